"""The pages that tell of the site itself, and the files that tell it to machines."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from coranto.web import addresses, assets, icons

ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /search
Disallow: /for-you
Disallow: /kept
Disallow: /text-and-colours

Sitemap: {site}/sitemap.xml
"""
"""Of a public site. Articles may be asked for, because their pages say themselves that they are not to be indexed."""

PRIVATE_ROBOTS = """User-agent: *
Disallow: /
"""

SPECULATION = {
    "prefetch": [
        {
            "where": {"and": [{"href_matches": "/story/*"}, {"not": {"href_matches": "/story/*/feed"}}]},
            "eagerness": "moderate",
        }
    ]
}
"""What a browser may load ahead when a pointer rests on a link. Articles are left out: one that was loaded ahead is not
asked for again when it is opened, and its reading would never be counted."""


@require_safe
def site(request):
    """What this site is and does."""
    return render(request, "about.html", {"current": None}, using="pages")


@require_safe
def stories(request):
    """How stories are grouped and copies found."""
    return render(request, "grouping.html", {"current": None}, using="pages")


@require_safe
def keyboard(request):
    """The keys, and the box that switches them off."""
    return render(request, "keyboard.html", {"current": None}, using="pages")


@require_safe
def robots(request):
    """What machines may ask for; of a private site nothing."""
    words = ROBOTS.format(site=settings.SITE_URL) if settings.ACCESS == "public" else PRIVATE_ROBOTS
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request):
    """What a device needs to know to keep the site among its programs."""
    pictures = [{"src": assets.address("icon.svg"), "type": "image/svg+xml", "sizes": "any"}]
    pictures += [
        {"src": assets.address(name), "type": "image/png", "sizes": f"{size}x{size}", "purpose": "any maskable"}
        for name, size in icons.SIZES.items()
    ]
    told = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME[:12],
        "id": addresses.HOME,
        "start_url": addresses.HOME,
        "scope": addresses.HOME,
        "display": "minimal-ui",
        "lang": get_language(),
        "background_color": icons.PAPER,
        "theme_color": icons.PAPER,
        "icons": pictures,
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
def speculation_rules(request):
    """What a browser may load ahead; pages name this address in a header."""
    return JsonResponse(SPECULATION, content_type="application/speculationrules+json")
