"""The day of an article among those that a page names: one invented head and lines about the headline a case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from coranto.extract import extract

TEXT = "<p>" + "The mill by the brook turned again on Friday after nine dry weeks, the miller said. " * 8 + "</p>"
WEST = timezone(timedelta(hours=-5))


def page(data="", meta="", above="", below="", after="", language="en", title="Mill turns again"):
    return (
        f'<html lang="{language}"><head><title>{title}</title>{meta}'
        f'<script type="application/ld+json">{data or "{}"}</script></head><body>{above}<article>'
        f"<h1>Mill at the brook turns again</h1>{below}{TEXT}</article>{after}</body></html>"
    )


NEWS = '{"@type":"NewsArticle","headline":"Mill at the brook turns again","datePublished":"%s","dateModified":"%s"}'


@pytest.mark.parametrize(("parts", "published"), [
    (dict(data=NEWS % ("2026-03-14T07:30:00-05:00", "2026-03-20T09:00:00-05:00"), below="<p>March 14, 2026</p>"),
     datetime(2026, 3, 14, 7, 30, tzinfo=WEST)),
    (dict(data=NEWS % ("2024-03-14T07:30:00-05:00", "2026-03-20T09:00:00-05:00"),
          below="<p>By Ada Byron</p><p>Updated: March 20, 2026</p>"), datetime(2026, 3, 20, 9, 0, tzinfo=WEST)),
    (dict(below="<p>Posted March 14, 2026. Updated March 20, 2026</p>"), date(2026, 3, 14)),
    (dict(meta='<meta name="w-published-date" content="2026-03-14T06:03:43.274Z">'),
     datetime(2026, 3, 14, 6, 3, 43, 274000, tzinfo=UTC)),
    (dict(meta='<meta property="article:modified_time" content="2026-03-20">'), date(2026, 3, 20)),
    (dict(below="<p>News deskMAR 14, 2026</p>"), date(2026, 3, 14)),
    (dict(below="<p>12/10/2026</p>", meta='<meta name="pubdate" content="2026-10-12">', language="en-US"),
     date(2026, 10, 12)),
    (dict(below="<p>10/12/2026</p>", language="en-US"), date(2026, 10, 12)),
    (dict(below="<p>10/12/2025</p>", language="en-GB"), date(2025, 12, 10)),
    (dict(after="<div><p>Copyright 12/10/2025</p><p>4. März 2026</p></div>", language="de"), date(2026, 3, 4)),
    (dict(after="<footer>© 2026</footer>"), None),
    (dict(title="Mill turns again | Brook Times | 14.03.2026"), date(2026, 3, 14)),
    (dict(below="<p>Updated9:00, 20 Mar 2026</p><p>Published14 Mar 2026</p>"), date(2026, 3, 14)),
    (dict(meta='<meta property="article:published_time" content="2026-03-14">'
          '<meta property="article:modified_time" content="2026-03-20">', below="<p>March 20, 2026</p>"),
     date(2026, 3, 14)),
    (dict(after='<script>{"x":{"datePublished":"2026-03-14","y":"2026-01-01"}}</script>'), date(2026, 3, 14)),
    (dict(after='<div data-x="{&quot;publishedAt&quot;:&quot;2026-03-14T06:03:00Z&quot;}"></div>'),
     datetime(2026, 3, 14, 6, 3, tzinfo=UTC)),
    (dict(after='<script>[{"datePublished":"2026-03-14"},{"datePublished":"2026-03-15"}]</script>'), None),
    (dict(below=f"<p>Brook, 14 March 2026 – {TEXT[3:]}"), date(2026, 3, 14)),
    (dict(below="<p>Erstellt am: 01.11.2025</p>", meta='<meta name="date" content="11.01.2025">', language="de"),
     date(2025, 11, 1)),
    (dict(after="<p>This page was last edited on March 14, 2026, at 9:30 by one of the many who care for it</p>"),
     datetime(2026, 3, 14, 9, 30)),
    (dict(after="<p>14. März 2026 um 9:30 · In: Mühlen und Bäche des Kreises · Kein Kommentar</p>", language="de"),
     datetime(2026, 3, 14, 9, 30)),
    (dict(data=NEWS % ("2199-01-01", "2199-01-01"), below="<p>14 March 2026</p>"), date(2026, 3, 14)),
])  # fmt: skip
def test_published(parts, published):
    found = extract(page(**parts), "https://brook.example.com/news/mill").published
    assert found == published
    if isinstance(published, datetime):
        assert found.utcoffset() == published.utcoffset()


def test_the_last_change_is_told_apart():
    html = page(data=NEWS % ("2026-03-14T07:30:00-05:00", "2026-03-20T09:00:00-05:00"))
    article = extract(html, "https://brook.example.com/news/mill")
    assert article.modified == datetime(2026, 3, 20, 9, 0, tzinfo=WEST)
    assert {(item.field, item.where) for item in article.date_evidence} == {
        ("published", "json-ld"),
        ("modified", "json-ld"),
    }


@pytest.mark.parametrize(("data", "changed"), [
    (NEWS % ("2026-03-14T07:30:00-05:00", "2026-03-14T13:00:00Z"), datetime(2026, 3, 14, 13, tzinfo=UTC)),
    (NEWS % ("2026-03-14T07:30:00-05:00", "2026-03-14T12:00:00Z"), None),
    (NEWS % ("2026-03-14T07:30:00-05:00", "2026-03-14"), date(2026, 3, 14)),
    (NEWS % ("2026-03-14", "2026-03-13T23:00:00Z"), None),
])  # fmt: skip
def test_a_change_before_publication_is_none(data, changed):
    assert extract(page(data=data), "https://brook.example.com/news/mill").modified == changed
