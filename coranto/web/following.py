"""Which outlets a signed-in reader follows: all, or those they chose; and the list of them to take along (OPML)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from coranto.sources.opml import Subscription, write_opml
from coranto.store import sources
from coranto.store.values import OutletValue
from coranto.web import addresses, saying
from coranto.web.asking import account_id


def state(request, outlet: OutletValue) -> dict:
    """For an outlet's page: `follows` is 'all', 'this' or 'others', and '' for visitors without an account."""
    user = account_id(request)
    if user is None:
        return {"follows": ""}
    chosen = sources.followed(user)
    return {"follows": "all" if chosen is None else "this" if outlet.id in chosen else "others"}


@require_POST
def follow(request):
    """Follow an outlet (`follow`), leave one out (`leave`), keep to one alone (`only`), or follow all (`all`)."""
    user = account_id(request)
    if user is None:
        raise PermissionDenied
    known = {outlet.slug: outlet.id for outlet in sources.outlets(user)}
    given = next(((act, request.POST[act]) for act in ("follow", "leave", "only", "all") if act in request.POST), None)
    if given is None or given[0] != "all" and given[1] not in known:
        raise Http404
    act, slug = given
    chosen = sources.followed(user)
    now = set(known.values() if chosen is None else chosen)
    if act == "all":
        wanted = None
    elif act == "only":
        wanted = {known[slug]}
    else:
        wanted = now | {known[slug]} if act == "follow" else now - {known[slug]}
    sources.follow(user, sorted(wanted) if wanted else None)
    back = addresses.SOURCES if act == "all" else addresses.outlet(slug)
    return HttpResponseRedirect(saying.at(back, "followed"))


@login_required
@require_safe
def opml(request):
    """The feeds of the outlets that this reader follows, without what opens a paid one."""
    user = account_id(request)
    chosen = sources.followed(user)
    known = {outlet.id: outlet for outlet in sources.outlets(user)}
    listed = [
        Subscription(row.url, row.outlet, addresses.web(known[row.outlet_id].home_url), known[row.outlet_id].section)
        for row in sources.listed(user)
        if row.kind == "feed" and row.outlet_id in known and (chosen is None or row.outlet_id in chosen)
    ]
    answer = HttpResponse(write_opml(gettext("Outlets"), listed), content_type="text/x-opml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="coranto.opml"'
    answer["Cache-Control"] = "private"
    return answer
