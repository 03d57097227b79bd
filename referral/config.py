"""Every setting, read once from the environment into one frozen value."""

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from referral import written
from referral.errors import UsageError

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: templates, static files, migrations and installed browser libraries lie here."""

MIN_SECRET = 32

SECRET = "secret_key"
"""The file of the key that was made, in the data folder."""

SERVED = "served_at"
"""The file of the address at which our own server was last started, in the data folder."""


@dataclass(frozen=True, slots=True)
class Site:
    """The association that runs this directory; the defaults are facts of `networks.csv`, row IRNA."""

    name: str = "Imago Relationships North America"
    """REFERRAL_SITE_NAME: the association's name, in titles and the footer."""
    short_name: str = "IRNA"
    """REFERRAL_SITE_SHORT_NAME: its usual abbreviation."""
    address: str = "12172 South Route 47, #207, Huntley, IL 60142, United States"
    """REFERRAL_SITE_ADDRESS: the postal address in the footer, parts separated by commas."""
    phone: str = "+1 866-960-1550"
    """REFERRAL_SITE_PHONE: the telephone number in the footer."""
    email: str = "training@imagorelationships.org"
    """REFERRAL_SITE_EMAIL: written in the footer so that harvesters do not read it."""
    website: str = "https://imagorelationships.org"
    """REFERRAL_SITE_WEBSITE: the association's own site."""
    region: str = "North America"
    """REFERRAL_SITE_REGION: where the association works, as in "outside North America?"."""
    countries: tuple[str, ...] = ("US", "CA")
    """REFERRAL_SITE_COUNTRIES: ISO 3166-1 codes of the countries it covers, separated by commas."""
    country: str = ""
    """REFERRAL_SITE_COUNTRY: the country a bare place name is first looked for in (default: the visitor's own)."""

    @property
    def home(self) -> str:
        """The country for whoever does not say theirs: the one that is set, else the first it covers."""
        return self.country or next(iter(self.countries), "")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one installation."""

    data: Path
    """REFERRAL_DATA: the folder of everything that is not code (default `var`)."""
    database_url: str
    """REFERRAL_DATABASE_URL: where the listings are kept (default: SQLite in the data folder)."""
    secret_key: str
    """REFERRAL_SECRET_KEY: at least 32 bytes; generated once into the data folder when not given."""
    secret_key_before: str
    """REFERRAL_SECRET_KEY_BEFORE: the key before it, for as long as a change of keys takes (default none)."""
    base_url: str
    """REFERRAL_BASE_URL: the public address, used in links that leave the site (default: where it is served)."""
    trusted_hosts: tuple[str, ...]
    """REFERRAL_TRUSTED_HOSTS: host names we answer to, with commas (default: the base URL's and this machine)."""
    gazetteer: Path
    """REFERRAL_GAZETTEER: the file of places (default `places.sqlite` in the data folder)."""
    search_limit: str
    """REFERRAL_SEARCH_LIMIT: requests for searches from one address (default "10 per second; 240 per minute"):
    a typed search takes two."""
    geocoder: str
    """REFERRAL_GEOCODER: who is asked for street addresses, in jobs only; nobody when empty (the default)."""
    proxies: int
    """REFERRAL_PROXIES: how many reverse proxies stand before us and set X-Forwarded-For (default 0)."""
    demo: bool
    """REFERRAL_DEMO: whether to say on every page that the listings are invented (default no)."""
    site: Site
    map_tiles: str = ""
    """REFERRAL_MAP_TILES: where maps get their pictures, as an address with {z}, {x} and {y}; our own ground when empty
    (the default)."""
    mail_url: str = ""
    """REFERRAL_MAIL_URL: how letters leave: smtp://user:password@host:587, smtps://host, or a folder (default: `mail`
    in the data folder)."""
    mail_from: str = "no-reply@localhost"
    """REFERRAL_MAIL_FROM: who letters are from (default: no-reply at the base URL's host)."""
    map_credit: str = ""
    """REFERRAL_MAP_CREDIT: whom to thank for those pictures, in a corner of the map."""

    @property
    def map_origin(self) -> str:
        """The one other origin a page may load pictures from; empty for none."""
        parts = urlsplit(self.map_tiles)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    @property
    def index_folder(self) -> Path:
        """Where the generations of the search index lie."""
        return self.data / "index"

    @property
    def photos_folder(self) -> Path:
        """Where the photos of listings lie."""
        return self.data / "photos"

    @property
    def https(self) -> bool:
        """Whether visitors reach us over https."""
        return self.base_url.startswith("https://")


def from_environment(environ: Mapping[str, str]) -> Config:
    """The settings in `environ`.

    Raises UsageError for a value that cannot be used.
    """
    data = Path(environ.get("REFERRAL_DATA", ROOT / "var")).absolute()
    base_url = environ.get("REFERRAL_BASE_URL", _address(environ, data)).rstrip("/")
    return Config(
        data=data,
        database_url=environ.get("REFERRAL_DATABASE_URL", f"sqlite:///{data / 'referral.sqlite'}"),
        secret_key=_secret(environ.get("REFERRAL_SECRET_KEY"), data),
        secret_key_before=_before(environ.get("REFERRAL_SECRET_KEY_BEFORE", "")),
        base_url=base_url,
        trusted_hosts=_hosts(environ.get("REFERRAL_TRUSTED_HOSTS"), base_url),
        gazetteer=Path(environ.get("REFERRAL_GAZETTEER", data / "places.sqlite")).absolute(),
        search_limit=environ.get("REFERRAL_SEARCH_LIMIT", "10 per second; 240 per minute"),
        geocoder=environ.get("REFERRAL_GEOCODER", ""),
        proxies=_count("REFERRAL_PROXIES", environ.get("REFERRAL_PROXIES", "0")),
        demo=_switch("REFERRAL_DEMO", environ.get("REFERRAL_DEMO", "no")),
        site=_site(environ),
        map_tiles=_tiles(environ.get("REFERRAL_MAP_TILES", "").strip()),
        map_credit=environ.get("REFERRAL_MAP_CREDIT", "").strip(),
        mail_url=environ.get("REFERRAL_MAIL_URL", "").strip(),
        mail_from=_sender(environ.get("REFERRAL_MAIL_FROM", "").strip(), base_url),
    )


def _site(environ: Mapping[str, str]) -> Site:
    known: dict[str, str] = {f: environ[k] for f in Site.__slots__ if (k := f"REFERRAL_SITE_{f.upper()}") in environ}
    countries = known.pop("countries", None)
    site = Site(**known)  # type: ignore[arg-type]  # every remaining field is a str
    return site if countries is None else replace(site, countries=_codes(countries))


def _codes(text: str) -> tuple[str, ...]:
    codes = tuple(c.strip().upper() for c in text.split(",") if c.strip())
    if not all(len(c) == 2 and c.isalpha() for c in codes):
        raise UsageError(f"REFERRAL_SITE_COUNTRIES is not a list of two-letter country codes: {text}")
    return codes


def _switch(name: str, text: str) -> bool:
    if text.lower() in {"1", "yes", "true", "on"}:
        return True
    if text.lower() in {"", "0", "no", "false", "off"}:
        return False
    raise UsageError(f"{name} is yes or no, not {text!r}.")


def _count(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 3):
        raise UsageError(f"{name} is a small whole number, not {text!r}.")
    return int(text)


def _tiles(address: str) -> str:
    """An address that pictures can be loaded from; its origin must be plain: it goes into the policy of every page."""
    parts = urlsplit(address)
    plain = parts.scheme in ("https", "http") and re.fullmatch(r"[a-z0-9.-]+(:[0-9]+)?", parts.netloc)
    own = address.startswith("/") and not parts.netloc
    if address and not ((plain or own) and all(part in address for part in ("{z}", "{x}", "{y}"))):
        raise UsageError(f"REFERRAL_MAP_TILES is not an address with {{z}}, {{x}} and {{y}}: {address}")
    return address


def _sender(given: str, base_url: str) -> str:
    """An address a letter can be from, with a name before it or without."""
    host = urlsplit(base_url).hostname or ""
    named = re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*", host)
    sender = given or f"Imago referral directory <no-reply@{host if named else 'localhost'}>"
    if not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", parseaddr(sender)[1]) or not sender.isprintable():
        raise UsageError(f"REFERRAL_MAIL_FROM is not an e-mail address: {sender}")
    return sender


def _address(environ: Mapping[str, str], data: Path) -> str:
    """Where the site is when no setting says so: where it is told to be served, else where it last was."""
    if port := environ.get("PORT"):
        return f"http://{environ.get('HOST') or '127.0.0.1'}:{port}"
    with suppress(OSError):
        return (data / SERVED).read_text().strip()
    return "http://127.0.0.1:8000"


def _hosts(text: str | None, base_url: str) -> tuple[str, ...]:
    if text is not None:
        return tuple(h.strip() for h in text.split(",") if h.strip())
    host = urlsplit(base_url).hostname
    if not host:
        raise UsageError(f"REFERRAL_BASE_URL is not an address: {base_url}")
    return tuple(dict.fromkeys((host, "127.0.0.1", "localhost", "[::1]")))


def _before(given: str) -> str:
    if given and len(given.encode()) < MIN_SECRET:
        raise UsageError(f"REFERRAL_SECRET_KEY_BEFORE needs at least {MIN_SECRET} bytes.")
    return given


def _secret(given: str | None, data: Path) -> str:
    """The key given, else the one generated once into the data folder, readable by its owner alone."""
    if given is not None:
        if len(given.encode()) < MIN_SECRET:
            raise UsageError(f"REFERRAL_SECRET_KEY needs at least {MIN_SECRET} bytes.")
        return given
    path = data / SECRET
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists() or path.stat().st_size < MIN_SECRET:
            with written.whole(path) as beside:
                beside.write_text(secrets.token_urlsafe(MIN_SECRET + 16))
        return path.read_text().strip()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UsageError(f"The data folder {data} cannot be used: {why}. REFERRAL_DATA names another.") from None
