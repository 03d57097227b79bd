"""Letters and passwords travel encrypted, to a server whose certificate is its own, or not at all."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import Engine

from referral import mail
from referral.mail import smtp
from tests.mail.servers import SENDER, Postbox, free_port
from tests.mail.test_smtp import post
from tests.make import NOW


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for "localhost", signed by itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=localhost")
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the certificate."""
    context = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(smtp, "_trusted", lambda: context)


def _knows(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, said: object) -> AuthResult:
    known = isinstance(said, LoginPassword) and (said.login, said.password) == (b"ada", b"p@ss")
    return AuthResult(success=known)


@pytest.fixture(params=["smtp", "smtps"])
def running(request: pytest.FixtureRequest, certificate: Path) -> Iterator[tuple[str, Controller, Postbox]]:
    """A server that wants encryption and a password."""
    context, box, port = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), Postbox(), free_port()
    context.load_cert_chain(certificate)
    asked = {"authenticator": _knows, "hostname": "localhost", "port": port}
    if request.param == "smtps":
        controller = Controller(box, ssl_context=context, auth_require_tls=False, **asked)
    else:
        controller = Controller(box, tls_context=context, require_starttls=True, auth_required=True, **asked)
    controller.start()
    yield request.param, controller, box
    controller.stop()


def way(kind: str, controller: Controller, password: str = "p@ss", host: str = "localhost") -> smtp.Smtp:
    return smtp.Smtp(smtp.Server(host, controller.port, "ada", password, tls=kind == "smtps"), SENDER)


@pytest.mark.usefixtures("trusted")
def test_letters_leave_encrypted_and_with_a_password(engine: Engine, running: tuple[str, Controller, Postbox]) -> None:
    kind, controller, box = running
    ids = post(engine, 3)

    report = mail.send_due(engine, way(kind, controller), NOW)

    assert (report.sent, report.unreachable, box.delivered) == (3, "", ids)


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_fails_no_letter(engine: Engine, running: tuple[str, Controller, Postbox]) -> None:
    kind, controller, _box = running
    post(engine)

    report = mail.send_due(engine, way(kind, controller, "wrong"), NOW)

    assert (report.sent, report.failed, report.later) == (0, 0, 1)
    assert report.unreachable.startswith("no connection")


def test_a_certificate_nobody_vouches_for_gets_no_letter(
    engine: Engine, running: tuple[str, Controller, Postbox]
) -> None:
    kind, controller, box = running
    post(engine)

    report = mail.send_due(engine, way(kind, controller), NOW)

    assert report.sent == 0 and "SSLCertVerificationError" in report.unreachable and box.arrivals == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name_gets_no_letter(engine: Engine, running: tuple[str, Controller, Postbox]) -> None:
    kind, controller, box = running
    post(engine)

    report = mail.send_due(engine, way(kind, controller, host="127.0.0.1"), NOW)

    assert report.sent == 0 and box.arrivals == []
