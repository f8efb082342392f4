"""Why an entry stands in a list: what the ranking found, in words."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from coranto.store.values import ListedCard
from coranto.web.wording import number


def reason(entry: ListedCard) -> str:
    """Why an entry stands in Related, Most read or For you; empty for a reason this version does not know."""
    values = tuple(entry.values)
    known = REASONS.get(entry.reason)
    return known(values) if known else ""


def _number(values: tuple, at: int = 0) -> int:
    return int(float(values[at])) if len(values) > at else 0


def _names(values: tuple) -> str:
    return ", ".join(str(value) for value in values)


REASONS = {
    "same-story": lambda values: gettext("Same story, other facts"),
    "earlier-in-story": lambda values: gettext("Earlier in this story"),
    "cited": lambda values: gettext("This text links to it"),
    "cites": lambda values: gettext("Links to this text"),
    "went-on": lambda values: gettext("Readers went on to this"),
    "earlier": lambda values: gettext("Earlier, on %(names)s") % {"names": _names(values)},
    "names": lambda values: gettext("Names %(names)s, too") % {"names": _names(values)},
    "meaning": lambda values: gettext("Close in meaning"),
    "topics": lambda values: (
        ngettext("Shares the topic %(names)s", "Shares the topics %(names)s", len(values)) % {"names": _names(values)}
    ),
    "topic": lambda values: (
        ngettext(
            "You read %(num)s article on %(topic)s and chose More",
            "You read %(num)s articles on %(topic)s and chose More",
            _number(values, 1),
        )
        if len(values) > 2
        else ngettext(
            "You read %(num)s article on %(topic)s", "You read %(num)s articles on %(topic)s", _number(values, 1)
        )
    )
    % {"num": _number(values, 1), "topic": str(values[0]) if values else ""},
    "section-read": lambda values: (
        ngettext(
            "You read %(num)s article in %(section)s", "You read %(num)s articles in %(section)s", _number(values, 1)
        )
        % {"num": _number(values, 1), "section": str(values[0]) if values else ""}
    ),
    "outlet": lambda values: (
        ngettext(
            "You read %(num)s article of %(outlet)s", "You read %(num)s articles of %(outlet)s", _number(values, 1)
        )
        % {"num": _number(values, 1), "outlet": str(values[0]) if values else ""}
    ),
    "like": lambda values: gettext("Like “%(title)s”, which you read") % {"title": _names(values)},
    "explore": lambda values: (
        gettext("Unlike what you read: one in %(num)s is, so that the list does not close in")
        % {"num": number(_number(values, 1))}
    ),
    "tried": lambda values: gettext("Not by what you read: put beside it, to see which is opened more"),
    "by-time": lambda values: gettext("In plain time order, as you chose"),
    "kind": lambda values: gettext("Of a kind that you often read"),
    "fresh": lambda values: gettext("New, and like nothing that you read"),
    "section": lambda values: gettext("The newest of %(section)s") % {"section": _names(values)},
    "words": lambda values: (
        ngettext("Shares the word %(names)s", "Shares the words %(names)s", len(values)) % {"names": _names(values)}
    ),
    "readers": lambda values: (
        ngettext("%(num)s reader", "%(num)s readers", _number(values)) % {"num": number(_number(values))}
    ),
    "discussed": lambda values: (
        ngettext("%(num)s word of readers", "%(num)s words of readers", _number(values))
        % {"num": number(_number(values))}
    ),
    "rising": lambda values: (
        ngettext(
            "%(num)s reader in 3 hours, about %(expected)s expected",
            "%(num)s readers in 3 hours, about %(expected)s expected",
            _number(values),
        )
        % {"num": number(_number(values)), "expected": number(max(1, round(float(values[1]))))}
    ),
    "covered": lambda values: (
        ngettext("%(num)s independent origin", "%(num)s independent origins", _number(values))
        % {"num": number(_number(values))}
    ),
}
