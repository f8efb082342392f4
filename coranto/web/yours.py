"""What is a reader's own: why "For you" shows what it shows, what was read, and how text and colours look."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coranto.web import addresses, readers, shell
from coranto.web.door import lists, reads

READ = 50
SUGGESTED = 6
YEAR = 365 * 86400


@require_safe
def for_you(request):
    """What this site made of what was read here, and the button that forgets it."""
    key = readers.profile_key(request)
    context = {
        "current": None,
        "kept": key is not None,
        "in_account": bool(key and key.startswith("user:")),
        "history": reads.history(key, READ) if key else (),
        "suggested": lists.for_you(key, SUGGESTED) if key else (),
    }
    return render(request, "for_you.html", context, using="pages")


@require_POST
def use(request):
    """Begin to keep what is read on this device; the first cookie comes with this press."""
    answer = HttpResponseRedirect(addresses.FOR_YOU)
    if readers.profile_key(request) is None:
        answer.set_cookie(
            readers.COOKIE, readers.new_cookie(), max_age=readers.COOKIE_AGE, httponly=True, samesite="Lax",
            secure=settings.OVER_TLS,
        )  # fmt: skip
    return answer


@require_POST
def forget(request):
    """Forget everything read, here and on this device."""
    key = readers.profile_key(request)
    if key is not None:
        readers.counter.flush()
        reads.forget(key)
    if shell.reader_account(request):
        messages.success(request, gettext("All forgotten. “For you” begins again with what you read from now on."))
    answer = HttpResponseRedirect(addresses.FOR_YOU)
    answer.delete_cookie(readers.COOKIE, samesite="Lax")
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def text(request):
    """Text size, colours and faces, kept in one cookie of this device."""
    if request.method != "POST":
        chosen = shell.Look.read(request.COOKIES.get(shell.LOOK_COOKIE, ""))
        context = {"current": None, "chosen": chosen, "sizes": shell.SIZES, "faces": settings.FONTS.is_dir()}
        return render(request, "text.html", context, using="pages")
    wanted = [request.POST.get(name, "") for name in ("theme", "size", "face")]
    cookie = shell.Look.read(".".join(word for word in wanted if word)).cookie()
    answer = HttpResponseRedirect(addresses.TEXT)
    if cookie:
        answer.set_cookie(
            shell.LOOK_COOKIE, cookie, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.OVER_TLS
        )
    else:
        answer.delete_cookie(shell.LOOK_COOKIE, samesite="Lax")
    return answer
