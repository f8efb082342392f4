"""The rules that correct how an outlet's pages are read: tried on its stored pages, kept, removed.

A rule is tried while the owner waits, one trial at a time in each process, and once more when it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from django.utils.translation import gettext, ngettext

from coranto.articles import Rule
from coranto.extract import RuleError
from coranto.pipeline import correcting
from coranto.pipeline.correcting import Example, Trial
from coranto.store import ways
from coranto.store.values import OutletValue
from coranto.web import addresses
from coranto.web.owner.changes import rule_words
from coranto.web.owner.only import by, done, given, owners_act, owners_page, shown
from coranto.web.owner.outlets import outlet_or_404
from coranto.web.versions import Field, fields

LONGEST_TEXT, MOST_TEXTS = 600, 3
trying = Lock()


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that a rule would have read otherwise: fields that differ, paragraphs that go and that come."""

    address: str
    headline: str
    fields: tuple[Field, ...]
    gone: tuple[str, ...]
    come: tuple[str, ...]
    more: int


@owners_page
def page(request, number: int):
    """The rules of an outlet, and the form for one more; the address may bring its fields along."""
    outlet = outlet_or_404(request, number)
    typed = {name: request.GET.get(name, "").replace("\0", "")[:500] for name in ("kind", "value")}
    return shown_rules(request, outlet, typed=typed)


def shown_rules(request, outlet: OutletValue, status: int = 200, **more):
    kept = [(one, rule_words(one.rule.kind, one.rule.value)) for one in ways.rules_of(outlet.id)]
    context = {"here": None, "outlet": outlet, "rules": kept, "trial": None, "most": ways.MOST_RULES, **more}
    return shown(request, "owner_rules.html", status, **context)


@owners_act
def try_rule(request, number: int):
    """What a rule would change. Nothing is kept."""
    outlet = outlet_or_404(request, number)
    rule, trial, error = tried(request, outlet)
    typed = {"kind": rule.kind, "value": rule.value}
    if trial is None:
        return shown_rules(request, outlet, 422, typed=typed, errors={"value": error})
    examples = [example_shown(one) for one in trial.examples]
    told = {"trial": trial, "examples": examples, "summary": summary(trial), "words": rule_words(rule.kind, rule.value)}
    if error:
        return shown_rules(request, outlet, 422, typed=typed, errors={"value": error}, **told)
    return shown_rules(request, outlet, typed=typed, **told)


@owners_act
def keep(request, number: int):
    """Keep a rule that was tried; it is tried once more, for the pages may be others by now."""
    outlet = outlet_or_404(request, number)
    rule, _, error = tried(request, outlet)
    if not error and ways.add_rule(number, rule, by(request)) is None:
        error = gettext("“%(rule)s” is a rule of this outlet already, or it has as many as it may have.")
        error %= {"rule": rule.value}
    if error:
        typed = {"kind": rule.kind, "value": rule.value}
        return shown_rules(request, outlet, 422, typed=typed, errors={"value": error})
    told = gettext("The rule is kept. The stored pages of %(outlet)s are read again by it in the background.")
    return done(request, told % {"outlet": outlet.name}, addresses.run("outlet", number, "rules"))


@owners_act
def remove(request, number: int):
    """Take a rule away."""
    outlet = outlet_or_404(request, number)
    chosen = given(request, "rule", 18)
    known = any(str(one.id) == chosen for one in ways.rules_of(number))
    gone = ways.remove_rule(int(chosen), by(request)) if known else None
    told = gettext("The rule is removed. The stored pages of %(outlet)s are read again without it in the background.")
    if gone is None:
        told = gettext("%(outlet)s has no such rule: it was removed already.")
    return done(request, told % {"outlet": outlet.name}, addresses.run("outlet", number, "rules"))


def tried(request, outlet: OutletValue) -> tuple[Rule, Trial | None, str]:
    """The rule of the form, what it would change, and why it cannot be kept (empty where it can)."""
    rule = Rule(given(request, "kind", 10), given(request, "value", 500))
    if not trying.acquire(timeout=1):
        return rule, None, gettext("Another rule is being tried. Try again in ten seconds.")
    try:
        trial = correcting.try_rule(outlet.id, rule)
    except RuleError as fault:
        return rule, None, fault_words(rule, fault)
    finally:
        trying.release()
    if trial.fault == "untried":
        error = gettext("No page of %(outlet)s is stored, so the rule cannot be tried. Come back when there is one.")
        return rule, None, error % {"outlet": outlet.name}
    if trial.fault == "emptied":
        error = ngettext(
            "“%(rule)s” would leave %(num)s stored page with hardly any text. Name a smaller part of the page.",
            "“%(rule)s” would leave %(num)s stored pages with hardly any text. Name a smaller part of the page.",
            trial.emptied,
        )
        return rule, trial, error % {"rule": rule.value, "num": trial.emptied}
    return rule, trial, ""


def fault_words(rule: Rule, fault: RuleError) -> str:
    """Why a rule cannot be followed, and what to write instead."""
    said = {
        "kind": gettext("Choose what becomes of the part."),
        "empty": gettext("Enter a selector such as p.newsletter, or the words that end headlines."),
        "long": gettext("“%(rule)s” is too long. Name the part by one class or id, such as p.newsletter."),
        "many": gettext("“%(rule)s” has too many steps. Name the part by one class or id, such as p.newsletter."),
        "pseudo": gettext(
            "“%(part)s” cannot be used. Name elements by tag, class, id or attribute: p.newsletter, #promo, [data-ad]."
        ),
        "join": gettext("“%(part)s” cannot be used. Join steps by a blank (anywhere inside) or by > (right inside)."),
        "syntax": gettext("“%(rule)s” is no selector, from “%(part)s” on. Write one such as div.related > p."),
    }
    return said[fault.code] % {"rule": rule.value[:80], "part": fault.part}


def summary(trial: Trial) -> str:
    """What a rule would change, in a sentence."""
    told = ngettext(
        "Tried on the last %(num)s stored page: %(changed)s would be read otherwise.",
        "Tried on the last %(num)s stored pages: %(changed)s would be read otherwise.",
        trial.tried,
    )
    return told % {"num": trial.tried, "changed": trial.changed}


def example_shown(one: Example) -> Shown:
    before, after = (reading.text.split("\n\n") for reading in (one.before, one.after))
    left, right = set(before), set(after)
    gone, come = [text for text in before if text not in right], [text for text in after if text not in left]
    differing = tuple(field for field in fields(one.before, one.after) if field.differs)
    more = sum(max(0, len(texts) - MOST_TEXTS) for texts in (gone, come))
    cut = (tuple(text[:LONGEST_TEXT] for text in texts[:MOST_TEXTS]) for texts in (gone, come))
    return Shown(addresses.short(one.article_id), one.headline, differing, *cut, more)
