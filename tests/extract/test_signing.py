"""Who signs among the names that a page gives: one invented page a case."""

from __future__ import annotations

import pytest

from coranto.extract import extract

TEXT = "<p>" + "The mill by the brook turned again on Friday after nine dry weeks, the miller said. " * 8 + "</p>"


def page(people="", meta="", above="", below="", after="", site="Brook Times"):
    data = f'{{"@type":"NewsArticle","headline":"Mill at the brook turns again","author":{people}}}' if people else "{}"
    return (
        f'<html lang="en"><head><title>Mill at the brook turns again</title>{meta}'
        f'<meta property="og:site_name" content="{site}"><script type="application/ld+json">{data}</script></head>'
        f"<body>{above}<article><h1>Mill at the brook turns again</h1>{below}{TEXT}{after}</article></body></html>"
    )


ADA = '{"@type":"Person","name":"Ada Byron"}'


@pytest.mark.parametrize(("parts", "url", "authors"), [
    (dict(site="Ada Byron"), "https://brook.example.com/mill", ("Ada Byron",)),
    (dict(site="Ada Byron's Blog"), "https://adabyron.example.com/mill", ("Ada Byron",)),
    (dict(after="</article><footer><p>© 2026 Ada Byron. All rights reserved.</p></footer>", site=""),
     "https://adabyron.example.com/mill", ("Ada Byron",)),
    (dict(after="</article><footer><p>© 2026 Ada Byron. All rights reserved.</p></footer>"),
     "https://brook.example.com/mill", ()),
    (dict(site="Ada Byron", below="<p>By Ida Roth</p>"), "https://adabyron.example.com/mill", ("Ida Roth",)),
    (dict(site="Brook Mills"), "https://brookmills.example.com/mill", ()),
])  # fmt: skip
def test_a_site_that_bears_a_name_is_signed_by_it(parts, url, authors):
    assert extract(page(**parts), url).authors == authors


@pytest.mark.parametrize(("parts", "authors"), [
    (dict(people=ADA), ("Ada Byron",)),
    (dict(people=f'[{ADA},{{"@type":"Person","name":"Ida Roth"}}]', below="<p>By Ada Byron and Ida Roth</p>"),
     ("Ada Byron", "Ida Roth")),
    (dict(people='{"@type":"Organization","name":"Brook Times"}', below='<p class="byline">By Ada Byron</p>'),
     ("Ada Byron",)),
    (dict(below='<div class="byline"><span class="author">Ada Byron</span> Brook Times</div>'), ("Ada Byron",)),
    (dict(below="<p>By Ada Byron</p><p>Fact-checked by Ida Roth</p>"), ("Ada Byron",)),
    (dict(below='<p class="author-name">Ada Byron</p><p class="read">5 min read</p>'), ("Ada Byron",)),
    (dict(below='<div class="author">{{ article.author }}</div>', people=ADA), ("Ada Byron",)),
    (dict(meta='<meta name="author" content="Brook Times">', below="<p>Written by Ada Byron</p><p>May 3, 2026</p>"),
     ("Ada Byron",)),
    (dict(meta='<meta name="author" content="Brook Times">'), ("Brook Times",)),
    (dict(meta='<meta name="publisher" content="24 Mill Experts"><meta name="author" content="24 Mill Experts">'),
     ("24 Mill Experts",)),
    (dict(meta='<meta name="publisher" content="Brook News"><meta name="author" content="Brook News">',
          below="<p>Brook News</p><p>Ada Byron, May 3, 2026</p>"), ("Ada Byron",)),
    (dict(below="<div><span>by </span><p>Ada Byron</p></div>"), ("Ada Byron",)),
    (dict(below="<p>Written by:Ada Byron</p>"), ("Ada Byron",)),
    (dict(after="<h6>Author(s)</h6><ul><li>Ada Byron</li><li>Ida Roth</li></ul><h6>Topics</h6>"),
     ("Ada Byron", "Ida Roth")),
    (dict(below="<p>Ada Byron | 3 May 2026</p>"), ("Ada Byron",)),
    (dict(below="<p>3 May 2026</p><p>Adalovelace</p>"), ("Adalovelace",)),
    (dict(below="<p>3 May 2026</p><p>Brook</p>"), ()),
    (dict(after="<p>This post was written by Ada Byron, head of mills at the county</p>"), ("Ada Byron",)),
    (dict(below="<p>By <a href=/ada>A. N. Byron</a> See it in the printed edition of it</p>"), ("A. N. Byron",)),
    (dict(below='<p class="byline">By Ada Byron, BROOK Valley</p>'), ("Ada Byron",)),
    (dict(after="<p>Posted by Adalovelace at May 16, 2026 11:15 AM</p>"), ("Adalovelace",)),
    (dict(meta='<meta name="author" content="Ada &amp; Ida">'), ("Ada", "Ida")),
    (dict(after='<div class="comments"><p class="comment-author">Ned Ludd</p></div>'), ()),
    (dict(below="<dl><dt>Source:</dt><dd>Institute for Brook Science</dd></dl>"), ("Institute for Brook Science",)),
    (dict(below="<p>Son Güncelleme 3.5.2026</p>"), ()), (dict(below="<p>Ähnliche Beiträge</p><p>3.5.2026</p>"), ()),
    (dict(above='<nav><ul><li>Front Page</li><li>Home Garden</li></ul></nav>'), ()),
])  # fmt: skip
def test_authors(parts, authors):
    assert extract(page(**parts), "https://brook.example.com/news/mill").authors == authors
