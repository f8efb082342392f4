"""What was done here, by whom and when, in words; and undoing it where it can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from coranto.store import changes, undoing
from coranto.store.changes import ChangeRow
from coranto.web import addresses
from coranto.web.asking import account_id, found_or_404
from coranto.web.owner.only import by, done, owners_act, owners_page, shown

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Act:
    """A change and what it did, in words."""

    change: ChangeRow
    words: str


@owners_page
def page(request):
    """The log, the newest first."""
    before = request.GET.get("before", "")
    before = int(before) if before.isdecimal() and len(before) < 19 else None
    found = changes.listed(PER_PAGE + 1, before, account_id(request))
    older = found[PER_PAGE - 1].id if len(found) > PER_PAGE else None
    return shown(request, "owner_changes.html", here="changes", acts=acts(found[:PER_PAGE]), older=older)


@owners_act
def undo(request, number: int):
    """Undo an act."""
    known = changes.get(number)
    found_or_404(known if known and known.told_to(account_id(request)) else None)
    change = undoing.undo(number, by(request))
    if change is None:
        told = gettext("This cannot be undone: it was undone already, or what it changed is no longer there.")
    else:
        told = gettext("Undone: %(act)s") % {"act": words(change)}
    return done(request, told, addresses.CHANGES)


def acts(found: Iterable[ChangeRow]) -> list[Act]:
    return [Act(change, words(change)) for change in found]


def words(change: ChangeRow) -> str:
    """What an act did. One of a kind that this version does not know goes by its name."""
    say = WORDS.get(change.what)
    return say(change.details) if say else change.what


def withdrawn(told: dict) -> str:
    reason = {"reason": told.get("reason", "")}
    return gettext("Withdrew the article: %(reason)s. This cannot be undone.") % reason


def noted(told: dict) -> str:
    hidden, note = told["after"]
    finding = {"finding": finding_names().get(told["finding"], told["finding"]), "note": note}
    if hidden:
        return gettext("Hid in the record: %(finding)s") % finding
    if note:
        return gettext("Wrote beside the record (%(finding)s): %(note)s") % finding
    return gettext("Took back what was said of the record: %(finding)s") % finding


def finding_names() -> dict[str, str]:
    """What each finding of a record says, in a few words; '' is the whole record."""
    return {
        "": gettext("The whole record"),
        "name_differs": gettext("Another name"),
        "date_differs": gettext("Another date"),
        "headline_differs": gettext("Another headline"),
        "text_differs": gettext("How much of the text is the same"),
        "links_source": gettext("A link to the source"),
        "names_source": gettext("The source, named"),
        "agency_mark": gettext("The mark of an agency"),
        "same_outlet": gettext("The same house"),
        "mentions_source": gettext("A mention of the source"),
        "source_not_named": gettext("No mention of the source"),
        "mention_missing": gettext("A mention that the earliest copy has"),
        "first_unsure": gettext("That it is not sure who was first"),
    }


def paused(told: dict) -> str:
    if told.get("why"):
        return gettext("Paused %(outlet)s: %(why)s") % {"outlet": told["name"], "why": told["why"]}
    return gettext("Paused %(outlet)s") % {"outlet": told["name"]}


def edited(told: dict) -> str:
    names = field_names()
    parts = [
        gettext("%(field)s from %(before)s to %(after)s")
        % {"field": names.get(field, field), "before": plain(told["before"].get(field)), "after": plain(after)}
        for field, after in told["after"].items()
    ]
    if told.get("credential") == "set":
        parts.append(gettext("a new credential"))
    elif told.get("credential"):
        parts.append(gettext("the credential taken away"))
    return gettext("Changed %(outlet)s: %(fields)s") % {"outlet": told["name"], "fields": "; ".join(parts)}


def field_names() -> dict[str, str]:
    return {
        "name": gettext("the name"),
        "home_url": gettext("the front page"),
        "tagline": gettext("the line under the name"),
        "republish": gettext("free to republish"),
        "section": gettext("the section"),
        "url": gettext("the address"),
        "kind": gettext("what it is"),
        "reading": gettext("where the text comes from"),
        "interval": gettext("seconds between two looks"),
        "spacing": gettext("seconds between two requests"),
        "user_agent": gettext("the user agent"),
        "allow_private": gettext("private addresses allowed"),
    }


def plain(value) -> str:
    """A value as the log shows it."""
    if value is None or value == "":
        return gettext("nothing")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return f"“{value}”" if isinstance(value, str) else f"{value:g}"


def deleted(told: dict) -> str:
    outlet = {"outlet": told["name"], "num": told.get("articles", 0)}
    if not told.get("all"):
        return gettext("Deleted %(outlet)s, and kept its articles") % outlet
    return ngettext(
        "Deleted %(outlet)s with its %(num)s article", "Deleted %(outlet)s with its %(num)s articles", outlet["num"]
    ) % outlet  # fmt: skip


def joined(told: dict) -> str:
    return gettext("Joined the names %(names)s") % {"names": ", ".join(told["names"])}


def parted(told: dict) -> str:
    return gettext("Set the name %(name)s apart") % {"name": told["name"]}


def rule_words(kind: str, value: str) -> str:
    """A rule for an outlet's pages, in words."""
    said = {
        "keep": gettext("keep what “%(value)s” names"),
        "drop": gettext("drop what “%(value)s” names"),
        "title": gettext("cut “%(value)s” off the end of headlines"),
    }
    return said.get(kind, "%(value)s") % {"value": value}


def rule_added(told: dict) -> str:
    rule = rule_words(told["kind"], told["value"])
    return gettext("Added a rule to %(outlet)s: %(rule)s") % {"outlet": told["name"], "rule": rule}


def rule_removed(told: dict) -> str:
    rule = rule_words(told["kind"], told["value"])
    return gettext("Removed a rule from %(outlet)s: %(rule)s") % {"outlet": told["name"], "rule": rule}


def undone(told: dict) -> str:
    if told.get("name"):
        return gettext("Undid an earlier act on %(name)s") % {"name": told["name"]}
    return gettext("Undid an earlier act")


def settings_changed(told: dict) -> str:
    return gettext("Changed the settings %(names)s") % {"names": ", ".join(told["names"])}


WORDS = {
    "withdraw": withdrawn,
    "note": noted,
    "pause": paused,
    "resume": lambda told: gettext("Resumed %(outlet)s") % {"outlet": told["name"]},
    "edit outlet": edited,
    "edit source": edited,
    "add outlet": lambda told: (
        gettext("Added %(outlet)s, read at %(url)s") % {"outlet": told["name"], "url": told["url"]}
    ),
    "add list": lambda told: (
        ngettext("Added %(num)s feed of a list", "Added %(num)s feeds of a list", told["feeds"])
        % {"num": told["feeds"]}
    ),
    "delete outlet": deleted,
    "join": joined,
    "part": parted,
    "merge stories": lambda told: (
        gettext("Joined story %(other)s with story %(story)s") % {"other": told["other"], "story": told["story"]}
    ),
    "split story": lambda told: (
        gettext("Took this article out of story %(story)s") % {"story": told["story"]}
    ),
    "add rule": rule_added,
    "remove rule": rule_removed,
    "undo": undone,
    "settings": settings_changed,
    "invite": lambda told: (
        gettext("Invited a reader: %(note)s") % {"note": told["note"]}
        if told.get("note")
        else gettext("Invited a reader")
    ),
    "revoke": lambda told: gettext("Ended an invitation"),
    "full text": lambda told: (
        (gettext("Gave %(name)s whole texts") if told["may"] else gettext("Took whole texts from %(name)s"))
        % {"name": told["account"]}
    ),
    "remove account": lambda told: gettext("Removed the account %(name)s") % {"name": told["account"]},
    "retry": lambda told: (
        ngettext("Tried %(num)s article again", "Tried %(num)s articles again", told["articles"])
        % {"num": told["articles"]}
    ),
    "let go": lambda told: (
        ngettext("Let go of %(num)s article that failed", "Let go of %(num)s articles that failed", told["articles"])
        % {"num": told["articles"]}
    ),
}
