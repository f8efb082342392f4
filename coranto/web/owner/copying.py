"""Whose texts outlets carry: groups of outlets that carry the same ones, and one outlet's record with its proof."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from coranto.store import copying
from coranto.store.copying import Carrying
from coranto.stories.clusters import clusters, takers
from coranto.web import wording
from coranto.web.asking import found_or_404
from coranto.web.owner.only import owners_page, shown
from coranto.web.owner.outlets import outlet_or_404

PROOFS = 40
STEP, TOP, WIDEST, LONGEST = 32, 16, 7, 18


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the drawing, from the outlet of the texts to the one that carries them; `width` grows with their
    number. One between two that carry the same stands upright."""

    y1: int
    y2: int
    width: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A group as a drawing: whose texts stand at the left (`sources`), who carries them at the right, as (name, y)."""

    sources: tuple[tuple[str, int], ...]
    carriers: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    ties: tuple[Line, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Group:
    """Outlets that carry the same texts: (id, name, share of their articles) of each, what they took (carrier, source,
    texts, of these under another name or date), which have texts in common, and all that as a drawing."""

    outlets: tuple[tuple[int, str, str], ...]
    taken: tuple[tuple[str, str, int, int], ...]
    shared: tuple[tuple[str, str, int], ...]
    drawn: Drawn


@owners_page
def page(request):
    """The groups of outlets of which many articles are copies without a word of their source."""
    told = copying.carrying()
    return shown(request, "owner_copying.html", here="copying", groups=groups(told), days=copying.DAYS)


def groups(told: Carrying) -> list[Group]:
    """The groups, that with the most outlets first."""
    sums: dict[int, int] = {}
    for carrier, _, texts, _ in told.taken:
        sums[carrier] = sums.get(carrier, 0) + texts
    chosen = {outlet: sums[outlet] for outlet in takers(sums, told.articles)}
    # One that takes from another of them carries the same texts as that.
    direct = [(one, other, texts) for one, other, texts, _ in told.taken]
    return [group(told, one.outlets, sums) for one in clusters(chosen, [*told.shared, *direct])]


def group(told: Carrying, outlets: tuple[int, ...], sums: dict[int, int]) -> Group:
    names = told.names
    taken = [each for each in told.taken if each[0] in outlets]
    shared = [each for each in told.shared if each[0] in outlets and each[1] in outlets]
    shares = [
        (outlet, names[outlet], wording.percent(sums[outlet] / max(told.articles.get(outlet, 0), sums[outlet])))
        for outlet in outlets
    ]
    return Group(
        tuple(shares),
        tuple((names[one], names[other], texts, differing) for one, other, texts, differing in taken),
        tuple((names[one], names[other], texts) for one, other, texts in shared),
        drawing(names, outlets, taken, shared),
    )


def drawing(names: dict[int, str], outlets: tuple[int, ...], taken: list[tuple], shared: list[tuple]) -> Drawn:
    """The group drawn: a line for each pair, wider for more texts."""
    sources = list(dict.fromkeys(other for _, other, *_ in taken if other not in outlets))
    most = max((texts for _, _, texts, *_ in taken), default=1)
    left = {outlet: TOP + STEP * row for row, outlet in enumerate(sources)}
    right = {outlet: TOP + STEP * row for row, outlet in enumerate(outlets)}

    def line(start: int, end: int, texts: int) -> Line:
        return Line(start, end, max(1, min(WIDEST, round(WIDEST * texts / most))))

    ties = [(one, other, texts) for one, other, texts, *_ in (*taken, *shared) if one in right and other in right]
    return Drawn(
        tuple((short(names[outlet]), y) for outlet, y in left.items()),
        tuple((short(names[outlet]), y) for outlet, y in right.items()),
        tuple(line(left[other], right[one], texts) for one, other, texts, *_ in taken if other in left),
        tuple(line(right[one], right[other], texts) for one, other, texts in ties),
        STEP * max(len(left), len(right)),
    )


def short(name: str) -> str:
    """A name with room beside the lines on a phone; the table has it whole."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


@owners_page
def record(request, number: int):
    """What one outlet does with texts, and the articles that show it."""
    outlet = outlet_or_404(request, number)
    deeds = copying.deeds(number)
    names = kinds()
    chosen = request.GET.get("kind", "")
    found_or_404(names.get(chosen) if chosen else True)
    lines = [
        (kind, name, len(deeds.kinds[kind]), wording.percent(len(deeds.kinds[kind]) / deeds.articles))
        for kind, name in names.items()
        if deeds.kinds[kind]
    ]
    context = {
        "here": None,
        "outlet": outlet,
        "deeds": deeds,
        "lines": lines,
        "chosen": chosen,
        "chosen_name": names.get(chosen, ""),
        "proof": copying.proof(deeds.kinds[chosen][:PROOFS]) if chosen else (),
    }
    return shown(request, "owner_record.html", **context)


def kinds() -> dict[str, str]:
    """What an outlet can do with a text, in words."""
    return {
        "own": gettext("Own reports"),
        "credited": gettext("Copies that name their source"),
        "unnamed": gettext("Copies that do not name their source"),
        "date": gettext("Re-dated: copies with another date"),
        "name": gettext("Re-signed: copies with another name"),
        "corrected": gettext("Changed after they were first seen"),
    }
