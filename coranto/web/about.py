"""The pages that tell of the site itself, and robots.txt."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /article/
Disallow: /a/
Disallow: /search
Disallow: /for-you
Disallow: /text-and-colours
"""


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
    """What machines may read: the site's own pages, not the outlets' articles."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
