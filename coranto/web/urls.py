"""The table of contents of the site: every address and who answers it."""

from __future__ import annotations

from django.urls import include, path, re_path

from coranto.web import (
    about,
    article,
    checking,
    errors,
    feeds,
    following,
    front,
    habits,
    pictures,
    ranking,
    reading,
    search,
    sitemap,
    sources,
    versions,
    yours,
)

urlpatterns = [
    path("", front.home),
    path("feed", feeds.home),
    path("latest", reading.latest),
    path("kept", reading.keeping),
    path("marks", habits.mark),
    path("latest/feed", feeds.latest),
    path("ranking", ranking.page),
    path("ranking.json", ranking.data),
    path("stories", reading.stories),
    path("stories/feed", feeds.stories),
    re_path(r"^archive/(?P<day>\d{4}-\d{2}-\d{2})$", reading.archive),
    re_path(r"^archive/(?P<day>\d{4}-\d{2}-\d{2})/feed$", feeds.archive),
    path("section/<str:slug>", reading.section),
    path("section/<str:slug>/feed", feeds.section),
    path("outlet/<str:slug>", reading.outlet),
    path("outlet/<str:slug>/feed", feeds.outlet),
    path("topic/<str:slug>", reading.topic),
    path("topic/<str:slug>/feed", feeds.topic),
    re_path(r"^author/(?P<number>\d{1,19})(?:/(?P<slug>[^/]*))?$", reading.author),
    re_path(r"^author/(?P<number>\d{1,19})/[^/]*/feed$", feeds.author),
    re_path(r"^article/(?P<number>\d{1,19})/reaction$", habits.react),
    re_path(r"^article/(?P<number>\d{1,19})/place$", habits.place),
    re_path(r"^article/(?P<number>\d{1,19})/shown$", habits.shown),
    re_path(r"^article/(?P<number>\d{1,19})/dwell$", habits.dwell),
    re_path(r"^article/(?P<number>\d{1,19})/shared$", habits.shared),
    re_path(r"^article/(?P<number>\d{1,19})(?:/(?P<slug>[^/]*))?$", article.article),
    re_path(r"^a/(?P<number>\d{1,19})$", article.short),
    re_path(r"^a/(?P<number>\d{1,19})/versions$", versions.versions),
    re_path(r"^a/(?P<number>\d{1,19})/compared$", versions.compared),
    re_path(r"^story/(?P<number>\d{1,19})(?:/(?P<slug>[^/]*))?$", reading.story),
    re_path(r"^story/(?P<number>\d{1,19})/[^/]*/feed$", feeds.story),
    re_path(r"^picture/(?P<key>[0-9a-f]{16})-(?P<slot>208|480|960)\.webp$", pictures.picture),
    path("search", search.page),
    path("search/feed", feeds.search),
    path("check", checking.page),
    path("sources", sources.page),
    path("sources/follow", following.follow),
    path("sources/opml", following.opml),
    path("for-you", yours.for_you),
    path("for-you/use", yours.use),
    path("for-you/wishes", yours.wish),
    path("for-you/sliders", yours.slide),
    path("for-you/forget", yours.forget),
    re_path(r"^for-you/log\.(?P<form>json|csv)$", yours.log),
    path("text-and-colours", yours.text),
    path("about", about.site),
    path("about/stories", about.stories),
    path("about/keyboard", about.keyboard),
    path("robots.txt", about.robots),
    path("sitemap.xml", sitemap.index),
    re_path(r"^sitemap/(?P<kind>pages|stories|topics)-(?P<first>\d{1,19})\.xml$", sitemap.part),
    path("manifest.webmanifest", about.manifest),
    path("speculation-rules.json", about.speculation_rules),
    path("run/", include("coranto.web.owner.urls")),
    path("account/", include("coranto.web.accounts.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = errors.broken
