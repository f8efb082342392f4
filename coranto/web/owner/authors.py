"""Names that are one person's: joined by the owner, and parted again."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from coranto.store import joins, lists
from coranto.store.values import AuthorValue
from coranto.web import addresses
from coranto.web.asking import account_id, found_or_404
from coranto.web.owner.only import by, done, given, owners_act
from coranto.web.rights import present


@dataclass(frozen=True, slots=True)
class Tools:
    """What the owner's section of an author's page shows: the name, and those that may be joined with it."""

    author: AuthorValue
    alike: tuple[AuthorValue, ...]
    words: str


def tools(request, author: AuthorValue) -> Tools | None:
    """The owner's section of an author's page; None for everybody else."""
    if not present().owner:
        return None
    words = request.GET.get("name", "").replace("\0", "").strip()[:100]
    return Tools(author, joins.named_alike(author.id, words), words)


def author_or_404(request, number: int) -> AuthorValue:
    return found_or_404(lists.author(number, user=account_id(request)))[0]


@owners_act
def join(request, number: int):
    """Say that a name of another outlet is the same person's."""
    author, other = author_or_404(request, number), given(request, "other", 20)
    here = addresses.author(author)
    if not other.isdecimal() or len(other) > 18:
        return done(request, gettext("Choose a name."), here)
    theirs = author_or_404(request, int(other))
    words = {"name": theirs.name, "outlet": theirs.outlet}
    try:
        joins.join(number, theirs.id, by(request))
    except ValueError:
        return done(request, gettext("%(name)s in %(outlet)s is joined with this name already.") % words, here)
    return done(request, gettext("Joined with %(name)s in %(outlet)s.") % words, here)


@owners_act
def part(request, number: int):
    """Say that a name is not those others'."""
    author = author_or_404(request, number)
    joins.part(number, by(request))
    return done(request, gettext("This name stands for itself again."), addresses.author(author))
