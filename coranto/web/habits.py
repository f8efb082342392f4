"""What readers do with articles: read and unread, kept for later, the place where they stopped, and one word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from coranto.store import events, marks, reactions
from coranto.store.counting import NETWORK
from coranto.store.reader_values import ReaderMark
from coranto.web import addresses, readers, saying
from coranto.web.asking import account_id, known_number
from coranto.web.beside import kept
from coranto.web.door import articles, lists

NEW_DEVICES, ON_ONE = 20, 3
"""So many devices without a cookie may react a day from one network, and so many of them to one article."""
MOST_SEEN = 20_000
"""So many networks and articles are counted a day; who comes after them gets no cookie for a word."""


@dataclass(frozen=True, slots=True)
class Word:
    """A reaction as a button: its kind, its word, how often it was said (0: not shown), and whether it is pressed."""

    kind: str
    name: str
    count: int
    pressed: bool


def marked(request, ids: Iterable[int]) -> dict[str, dict[int, ReaderMark]]:
    """For a page's context: what the account did with each of its articles. Visitors without one have no marks."""
    user = account_id(request)
    return {"own_marks": marks.of(user, ids) if user else {}}


@require_POST
def mark(request):
    """Carry out what a button of a list says: keep, drop, read, unread, or, with the list in `scope`, older; and what a
    remembered reader without an account may, too: less of this, or never this one."""
    user, key, given = account_id(request), readers.profile_key(request), request.POST
    if key is None:
        raise PermissionDenied
    back = given.get("next", "")
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, None)):
        back = addresses.HOME
    done, said = False, ""
    for act in ("less", "hide"):
        if given.get(act, "").isdecimal():
            done, said = events.press(key, known_number(given[act]), act, user), act
    for act, act_on in ACTS.items() if user else ():
        if given.get(act, "").isdecimal():
            done = act_on(user, known_number(given[act]))
    if user and given.get("older", "").isdecimal():
        kind, _, name = given.get("scope", "").partition(":")
        done, said = marks.read_to(user, kind, name, known_number(given["older"])), "older"
    if not done:
        raise Http404
    return HttpResponseRedirect(saying.at(back, said) if said else back)


ACTS = {
    "keep": marks.keep,
    "drop": lambda user, article: marks.keep(user, article, wanted=False),
    "read": lambda user, article: marks.set_read(user, article, True),
    "unread": lambda user, article: marks.set_read(user, article, False),
}


@require_POST
def place(request, number: str):
    """Note the paragraph that is in view."""
    user, paragraph = account_id(request), request.POST.get("paragraph", "")
    if user is None:
        raise PermissionDenied
    if not (paragraph.isdecimal() and len(paragraph) < 9 and marks.place(user, known_number(number), int(paragraph))):
        raise Http404
    return HttpResponse(status=204)


@require_POST
def dwell(request, number: str):
    """Note for how long a remembered reader had an article's text in view."""
    key, seconds = readers.profile_key(request), request.POST.get("seconds", "")
    if key is not None and seconds.isdecimal() and len(seconds) < 9:
        readers.counter.flush()
        events.dwell(key, known_number(number), int(seconds))
    return HttpResponse(status=204)


@require_POST
def shared(request, number: str):
    """Note that a remembered reader handed an article on."""
    key = readers.profile_key(request)
    if key is not None:
        events.press(key, known_number(number), "share", account_id(request))
    return HttpResponse(status=204)


@require_POST
def shown(request, number: str):
    """An article's page that was fetched ahead, which is no reading, is looked at now."""
    article = known_number(number)
    if article not in articles.cards((article,), user=account_id(request)):
        raise Http404
    readers.count_shown(request, article)
    return HttpResponse(status=204)


def words(article: int, key: str | None) -> tuple[Word, ...]:
    """The reactions to an article. Counts are told where enough readers come for them to say something."""
    found = reactions.of(article, key)
    told = kept("enough readers", lists.enough_readers)
    names = {
        "useful": gettext("Useful"),
        "thorough": gettext("Thorough"),
        "moving": gettext("Moving"),
        "unclear": gettext("Unclear"),
    }
    return tuple(
        Word(kind, name, found.counts.get(kind, 0) if told else 0, kind == found.mine) for kind, name in names.items()
    )


class NewDevices:
    """How many devices of one network got a cookie for their word today; it forgets with the day."""

    def __init__(self):
        self._day, self._seen = None, Counter()

    def one_more(self, network: str, article: int) -> bool:
        """Count a device; False where there were too many."""
        today = timezone.localdate()
        if today != self._day:
            self._day, self._seen = today, Counter()
        if len(self._seen) >= MOST_SEEN and network not in self._seen:
            return False
        self._seen.update((network, (network, article)))
        return self._seen[network] <= NEW_DEVICES and self._seen[network, article] <= ON_ONE


new_devices = NewDevices()


@require_POST
def react(request, number: str):
    """Say one word of an article, another one, or, with the same again, none."""
    article = known_number(number)
    card = articles.cards((article,), user=account_id(request)).get(article)
    if card is None:
        raise Http404
    if readers.profile_key(request) is None and not new_devices.one_more(readers.visitor(request)[:NETWORK], article):
        return HttpResponse(gettext("Too many words came from here today."), status=429, content_type="text/plain")
    answer = HttpResponseRedirect("")
    key = readers.key_given(request, answer)
    said = reactions.react(article, key, request.POST.get("kind", ""), account_id(request))
    if said is None:
        raise Http404
    answer["Location"] = saying.at(addresses.article(card), said or "none")
    return answer


def answered(request) -> str:
    """What stands beside the reactions after one of them was pressed."""
    word = request.GET.get(saying.NAME, "")
    if word == "none":
        return gettext("Your word is taken back.")
    return gettext("Your word is counted; press it again to take it back.") if word in reactions.KINDS else ""
