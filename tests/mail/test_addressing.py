"""One rule for what an e-mail address is, whoever types it wherever."""

from email import message_from_bytes
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral import mail
from referral.errors import UsageError
from referral.mail.addressing import compared, kept, on_the_wire
from referral.mail.transport import Folder
from tests.make import NOW


@pytest.mark.parametrize(("typed", "is_kept"), [
    (" Ann@Example.org ", "Ann@example.org"),
    ("ann@BÜCHER.example", "ann@bücher.example"),
    ("ann@xn--bcher-kva.example", "ann@bücher.example"),
    ("o'neil+imago@example.org", "o'neil+imago@example.org"),
])  # fmt: skip
def test_an_address_is_kept_in_one_way(typed: str, is_kept: str) -> None:
    assert kept(typed) == is_kept
    assert kept(kept(typed)) == is_kept


@pytest.mark.parametrize("typed", [
    "", "ann", "ann@", "@example.org", "a..b@example.org", "ann@example", "a b@c.example",
    "ann@b.example, ben@c.example", "=?x?q?a?=@example.org", "a" * 65 + "@b.example",
])  # fmt: skip
def test_what_is_none_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(UsageError, match="not a whole e-mail address"):
        kept(typed)


def test_an_address_that_few_servers_can_write_to_is_refused_with_the_reason() -> None:
    with pytest.raises(UsageError, match="Before the @"):
        kept("josé@example.org")


def test_two_ways_to_write_one_address_compare_as_one() -> None:
    assert compared("ANN@Bücher.example") == compared(" ann@xn--BCHER-kva.example") == "ann@bücher.example"
    assert compared("nothing") == "nothing" and compared("") == ""


def test_a_letter_travels_to_such_a_host_in_letters_that_every_server_reads(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    assert on_the_wire("ann@bücher.example") == "ann@xn--bcher-kva.example"
    assert on_the_wire("ann@example.org") == "ann@example.org"
    values = {"listing": "Ada Example", "link": "https://directory.example/therapists/ada"}
    mail.post(session, "ann@bücher.example", "undelivered", values, NOW, reply_to="vic@bücher.example")
    session.commit()

    assert mail.send_due(engine, Folder(tmp_path, "letters@directory.example"), NOW).sent == 1

    [file] = tmp_path.glob("*.eml")
    message = message_from_bytes(file.read_bytes())
    assert (message["To"], message["Reply-To"]) == ("ann@xn--bcher-kva.example", "vic@xn--bcher-kva.example")
