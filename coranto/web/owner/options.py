"""The settings that are safe to change from a page. They are written to settings.env.

`coranto run` starts its processes anew when the file has changed; where something else starts them, what is new holds
from their next start on. The page says which settings wait for that.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from django.utils.translation import gettext

from coranto import settings as options
from coranto.settings import BY_NAME, FILE, SettingError, Settings
from coranto.settings_file import change
from coranto.store import config, editing
from coranto.web import addresses
from coranto.web.owner.only import by, done, given, owners_act, owners_page, shown

SAFE = (
    "SITE_NAME",
    "SITE_LANGUAGE",
    "TIME_ZONE",
    "CONTACT",
    "ACCESS",
    "SIGNUP",
    "ORIGINALS_DAYS",
    "READS_DAYS",
    "PICTURES",
    "PICTURES_GB",
    "DISK_LIMIT_GB",
    "FETCH_SPACING",
)
CHOICES = {"ACCESS": ("private", "public"), "SIGNUP": ("closed", "open"), "PICTURES": ("on", "off")}


@dataclass(frozen=True, slots=True)
class Line:
    """A setting as the form shows it: `value` is what the file says, `fixed` where the environment says it instead,
    `pending` where the running site still goes by another."""

    name: str
    label: str
    hint: str
    value: str
    default: str
    choices: tuple[tuple[str, str], ...]
    fixed: bool
    pending: bool


@owners_page
def page(request):
    """The settings with their values."""
    return shown_form(request)


def shown_form(request, status: int = 200, typed=None, errors=None):
    written, read = options.read_file(config.site_settings.data / FILE), options.load(config.site_settings.data)
    lines = [line(name, written, read, typed) for name in SAFE]
    context = {"here": "settings", "lines": lines, "errors": errors or {}}
    return shown(request, "owner_options.html", status, **context)


def line(name: str, written: dict[str, str], read: Settings, typed) -> Line:
    option = BY_NAME[name]
    fixed = bool(os.environ.get(name))
    value = os.environ[name] if fixed else typed.get(name, "") if typed else written.get(name, "")
    choices = tuple((word, choice_names()[word]) for word in CHOICES.get(name, ()))
    pending = getattr(read, option.field) != getattr(config.site_settings, option.field)
    label, hint = labels()[name]
    return Line(
        name, label, hint, value or (option.default if choices else ""), option.default, choices, fixed, pending
    )


def labels() -> dict[str, tuple[str, str]]:
    """The name of each setting for people, and what it means."""
    return {
        "SITE_NAME": (gettext("Name of the site"), gettext("At the head of every page.")),
        "SITE_LANGUAGE": (gettext("Language of the pages’ own words"), gettext("A language tag such as en or fr-CA.")),
        "TIME_ZONE": (
            gettext("Time zone"),
            gettext("Where days begin and what times are shown in, such as Europe/Paris."),
        ),
        "CONTACT": (
            gettext("Contact"),
            gettext(
                "A mail address or page where outlets and people reach you; it is shown "
                "beside records and named in every request."
            ),
        ),
        "ACCESS": (
            gettext("Who may read"),
            gettext(
                "Public: everybody reads headlines, leads and links; accounts that "
                "you made or invited read whole texts."
            ),
        ),
        "SIGNUP": (gettext("New accounts"), gettext("Open: readers may make accounts by themselves.")),
        "ORIGINALS_DAYS": (gettext("Days that pages as fetched are kept"), gettext("0 keeps none.")),
        "READS_DAYS": (gettext("Days that it is kept who read what"), gettext("Counts of articles stay.")),
        "PICTURES": (gettext("Pictures of articles"), gettext("Whether they are fetched and shown.")),
        "PICTURES_GB": (gettext("Gigabytes for pictures"), gettext("What was not shown for long goes first.")),
        "DISK_LIMIT_GB": (
            gettext("Gigabytes for everything"),
            gettext("From there on pages as fetched are no longer kept."),
        ),
        "FETCH_SPACING": (
            gettext("Seconds between two requests to one host"),
            gettext("Where the outlet’s source says nothing else."),
        ),
    }


def choice_names() -> dict[str, str]:
    return {
        "private": gettext("Private"),
        "public": gettext("Public"),
        "closed": gettext("Closed"),
        "open": gettext("Open"),
        "on": gettext("On"),
        "off": gettext("Off"),
    }


@owners_act
def save(request):
    """Write what was changed; nothing where one value is wrong."""
    data = config.site_settings.data
    written = options.read_file(data / FILE)
    typed = {name: given(request, name, 200) for name in SAFE if name in request.POST and not os.environ.get(name)}
    wanted = {
        name: value for name, value in typed.items() if value != written.get(name, "") and differs(name, value, written)
    }
    errors = {}
    for name, value in wanted.items():
        try:
            BY_NAME[name].read(value or BY_NAME[name].default)
        except ValueError as expected:
            errors[name] = gettext("Expected: %(what)s") % {"what": expected}
    if not errors and wanted:
        try:
            change(data, wanted)
        except SettingError as fault:
            errors[next(iter(wanted))] = str(fault)
    if errors:
        return shown_form(request, 422, typed=typed, errors=errors)
    if not wanted:
        return done(request, gettext("Nothing was changed."), addresses.OPTIONS)
    editing.written_down("settings", by(request), names=sorted(wanted))
    told = gettext("Saved. It holds in a few seconds where “coranto run” runs the site, else from the next start on.")
    return done(request, told, addresses.OPTIONS)


def differs(name: str, value: str, written: dict[str, str]) -> bool:
    """Whether a value says something else than the file does, which may say nothing and mean the default."""
    return (value or BY_NAME[name].default) != (written.get(name) or BY_NAME[name].default)
