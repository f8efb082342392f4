"""The Jinja2 environment of our pages: gettext, times, addresses and drawings as names that templates may use.

Autoescape is on. Only `body.for_page` gives markup, made from what `coranto.extract.clean_html` has cleaned.
"""

from __future__ import annotations

import re
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined, pass_context

from coranto.web import addresses, assets, drawing, figures, languages, markup, shell, times, wishes, wording
from coranto.web.reasons import reason

SHORT_FIRST_PART = re.compile(r"\b([^\W\d_]{1,2})-(?=[^\W\d_])")


def environment(**options) -> Environment:
    """As Django's Jinja2 backend asks for it. A name that a view forgot is an error, not a blank."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)  # noqa: S701 - autoescape is in options
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)
    made.globals.update(
        to=addresses,
        url=named,
        draw=drawing,
        words=wording,
        reason=reason,
        markup=markup,
        wishes=wishes,
        figures=figures,
        pictures={},
        asset=assets.address,
        roman=assets.roman,
        site_name=settings.SITE_NAME,
        language=get_language,
        rtl=get_language_bidi,
        age=age,
        is_relative=is_relative,
        when=when,
        day=day,
        short_day=short_day,
        number=wording.number,
        once=once,
    )
    made.filters.update(
        clock=times.clock,
        full=times.full,
        iso=times.iso,
        as_given=times.as_given,
        local=times.local,
        dir=languages.direction,
        web=addresses.web,
        host=addresses.host,
        bare_address=addresses.without_scheme,
        at=addresses.at,
        unbroken=unbroken,
        by_day=by_day,
        hits_by_day=hits_by_day,
        stories_by_day=stories_by_day,
        ends=ends,
    )
    return made


def named(name: str, **parts) -> str:
    """The address of a page of allauth's, by the name that allauth knows it by."""
    return reverse(name, kwargs=parts)


@pass_context
def age(context, moment) -> str:
    """How long ago, counted to the page's own now."""
    return times.age(moment, context["now"])


@pass_context
def is_relative(context, moment) -> bool:
    """True where `age` counts minutes or hours, which the script may keep fresh."""
    return times.is_relative(moment, context["now"])


@pass_context
def when(context, moment) -> str:
    """A time that does not move, told from the page's own now."""
    return times.when(moment, context["now"])


@pass_context
def day(context, date) -> str:
    """The head of a day."""
    return times.day_head(date, context["now"])


@pass_context
def short_day(context, moment) -> str:
    """A time for a narrow column."""
    return times.short_day(moment, context["now"])


@pass_context
def once(context, name: str, *parts, caller) -> str:
    """The markup of a block that comes again on page after page, made once in a while. `parts` are all that it depends
    on beside the manner in which things are told to the reader: whole values, and what the reader did with them."""
    return shell.kept.get((name, context["manner"], parts), caller)


def unbroken(text: str) -> str:
    """`text` with a hyphen that does not break after a first part of one or two letters: 'e\u2011mail'."""
    return SHORT_FIRST_PART.sub("\\1\u2011", text)


def by_day(cards):
    """(day, cards) for each run of cards of one day on the site's clock."""
    return [(date, list(run)) for date, run in groupby(cards, key=lambda card: times.local(card.at).date())]


def hits_by_day(hits):
    """`by_day` for the hits of a search."""
    return [(date, list(run)) for date, run in groupby(hits, key=lambda hit: times.local(hit.card.at).date())]


def stories_by_day(stories):
    """`by_day` for stories, by their newest article."""
    return [(date, list(run)) for date, run in groupby(stories, key=lambda story: times.local(story.latest.at).date())]


def ends(found):
    """The days of the first and the last entry of a piece of a list in order of time, (None, None) in another order."""
    moments = [moment_of(each) for each in getattr(found, "cards", None) or getattr(found, "hits", None)
               or getattr(found, "stories", ())]  # fmt: skip
    if not moments or moments != sorted(moments, reverse=True):
        return None, None
    return times.local(moments[0]).date(), times.local(moments[-1]).date()


def moment_of(entry):
    """The time by which a card, a hit or a story stands in its list."""
    if hasattr(entry, "latest"):
        return entry.latest.at
    return getattr(entry, "card", entry).at
