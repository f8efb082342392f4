"""What is a reader's own: why "For you" shows what it shows, what was read, and how text and colours look."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coranto.store import events, profiles
from coranto.store.originals import Keeping
from coranto.store.reader_values import Event, Profile, Sliders
from coranto.web import addresses, readers, saying, shell
from coranto.web.asking import known_number
from coranto.web.beside import suggested
from coranto.web.door import reads
from coranto.web.habits import marked
from coranto.web.rights import reader_account

READ, ALL = 10, 500
YEAR = 365 * 86400
COLUMNS = ("at", "what", "title", "outlet", "address", "list", "position", "seconds")
FORMULA = re.compile(r"^[=+\-@\t\r]")
"""How a text begins that a spreadsheet would carry out."""
SLIDERS = ("outlet", "section", "topic", "fresh", "surprise")
STEPS = tuple(map(str, range(profiles.STEPS)))
WISH = re.compile(r"(topic|outlet):(.{1,100})", re.DOTALL)


@require_safe
def for_you(request):
    """What this site made of what was read here, what its reader may change of it, and how it is forgotten."""
    key = readers.profile_key(request)
    known = profiles.profile(key)
    if known is not None and not (known.remembers or known.reads or profiles.account_of(key)):
        known = None
    interests = profiles.interests(known) if known else ()
    following = suggested(key, set())[0] if known and known.reads and known.remembers else ()
    limit = ALL if "all" in request.GET else READ
    context = {
        "current": None,
        "known": known,
        "may_be_kept": key is not None,
        "in_account": bool(key and profiles.account_of(key)),
        "fields": [(field, [one for one in interests if one.field == field]) for field in profiles.FIELDS],
        "history": reads.history(key, limit) if known else (),
        "limit": limit,
        "reads_days": round(Keeping.reads_days),
        "next": following,
        "logged": readers.listed(request, key, {"for-you": following}),
        **marked(request, [entry.card.id for entry in following]),
    }
    return render(request, "for_you.html", context, using="pages")


@require_POST
def use(request):
    """Begin or cease to keep what is read. A device's first cookie comes with this press; an account's box may be empty
    (`use` is then missing beside `box`)."""
    wanted = "box" not in request.POST or "use" in request.POST
    answer = HttpResponseRedirect(saying.at(addresses.FOR_YOU, "used" if wanted else "unused"))
    profiles.remember(readers.key_given(request, answer), wanted)
    return answer


@require_POST
def wish(request):
    """Keep what a reader wants more, less or never of: a field 'topic:SLUG' or 'outlet:SLUG' for each."""
    key = readers.profile_key(request)
    given = ((WISH.fullmatch(name), level) for name, level in request.POST.items())
    wishes = {(found[1], found[2]): level for found, level in given if found}
    if key is None or profiles.profile(key) is None:
        raise Http404
    profiles.wish(key, dict(list(wishes.items())[: profiles.MOST_WISHES]))
    return HttpResponseRedirect(saying.at(addresses.FOR_YOU, "wished"))


@require_POST
def slide(request):
    """Keep how a reader wants their list made: a step from 0 to 4 for each slider, and `order`, 'time' or another."""
    key = readers.profile_key(request)
    if key is None or profiles.profile(key) is None:
        raise Http404
    given = {name: request.POST.get(name, "") for name in SLIDERS}
    steps = {name: int(step) for name, step in given.items() if step in STEPS}
    profiles.slide(key, Sliders(**steps, by_time=request.POST.get("order") == "time"))
    return HttpResponseRedirect(saying.at(addresses.FOR_YOU, "wished"))


@require_POST
def forget(request):
    """Forget everything read, here and on this device; or, where `article` names one, that it was read."""
    key = readers.profile_key(request)
    one = request.POST.get("article", "")
    if one.isdecimal():
        if key is not None:
            readers.counter.flush()
            reads.forget_one(key, known_number(one))
        return HttpResponseRedirect(saying.at(addresses.FOR_YOU, "forgotten-one"))
    if key is not None:
        readers.counter.flush()
        reads.forget(key)
        shell.kept.forget()
    answer = HttpResponseRedirect(saying.at(addresses.FOR_YOU, "forgotten"))
    answer.delete_cookie(readers.COOKIE, samesite="Lax")
    return answer


@require_safe
def log(request, form: str):
    """Everything in the log of who asks, as a table, or as JSON with the lists that they were shown, their wishes and
    their sliders."""
    key = readers.profile_key(request)
    if key is None:
        raise Http404
    readers.counter.flush()
    found = events.of(key)
    answer = HttpResponse(content_type="application/json" if form == "json" else "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="reading.{form}"'
    answer["Cache-Control"] = "no-store"
    if form == "json":
        shown = [{"at": one.at, "list": one.place, "articles": one.articles} for one in events.shown_to(key)]
        told = [dict(zip(COLUMNS, cells(one), strict=True)) for one in found]
        known = profiles.profile(key) or Profile(None, False, {})
        wishes = [{"what": what, "name": name, "wish": level} for (what, name), level in known.wishes.items()]
        kept = {"events": told, "lists": shown, "wishes": wishes, "sliders": known.sliders._asdict()}
        json.dump(kept, answer, default=str, ensure_ascii=False, indent=1)
        return answer
    table = csv.writer(answer)
    table.writerow(COLUMNS)
    for one in found:
        table.writerow(FORMULA.sub(r"'\g<0>", cell) if isinstance(cell, str) else cell for cell in cells(one))
    return answer


def cells(one: Event) -> tuple:
    """An event as a row under `COLUMNS`."""
    address = settings.SITE_URL + addresses.short(one.article)
    return one.at.isoformat(), one.kind, one.title, one.outlet, address, one.place, one.position, one.dwell


@require_http_methods(["GET", "HEAD", "POST"])
def text(request):
    """Text size, colours and faces, kept in one cookie of this device."""
    chosen = shell.Look.read(request.COOKIES.get(shell.LOOK_COOKIE, ""))
    if request.method != "POST":
        context = {"current": None, "chosen": chosen, "sizes": shell.SIZES, "faces": settings.FONTS.is_dir()}
        return render(request, "text.html", context, using="pages")
    wanted = [request.POST.get(name, "") for name in ("theme", "size", "face", "copies")]
    look = shell.Look.read(".".join(word for word in wanted if word))
    if reader_account(request):  # whose own setting stands in its place and not in this form
        look = replace(look, without_copies=chosen.without_copies)
    cookie = look.cookie()
    answer = HttpResponseRedirect(addresses.TEXT)
    if cookie:
        answer.set_cookie(
            shell.LOOK_COOKIE, cookie, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.OVER_TLS
        )
    else:
        answer.delete_cookie(shell.LOOK_COOKIE, samesite="Lax")
    return answer
