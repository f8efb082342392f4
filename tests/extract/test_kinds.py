"""What sort of page a page is: one invented page a case."""

from __future__ import annotations

import pytest

from coranto.extract import extract

SENTENCE = "The mill by the brook turned again on Friday after nine dry weeks, the miller said."
MENU = "".join(f'<li><a href="/s/{number}">Section number {number} of the site</a></li>' for number in range(60))
HEADS = [f'<h3><a href="/a/{number}">Council votes on bridge number {number}</a></h3>' for number in range(40)]
LINKS = "".join(HEADS)
TEASERS = "".join(f"<li>{head}<p>{SENTENCE[:60]}…</p></li>" for head in HEADS[:20])
ENTRIES = "".join(f"<h3>{hour}:15</h3><p>{SENTENCE * 2}</p>" for hour in range(18, 12, -1))
CLOCKS = "".join(f"<h3>Gate {hour} opens</h3><p>{hour}:15</p><p>{SENTENCE * 2}</p>" for hour in range(18, 12, -1))

GALLERY = '<script type="application/ld+json">[{"@type":"WebPage"},{"@type":"ImageGallery","name":"Mill"}]</script>'
PICTURES = "".join(f"<figure><img src=/{number}.jpg><p>{SENTENCE}</p></figure>" for number in range(5))


def page(body, title="Mill at the brook"):
    head = f'<html lang="en"><head><title>{title}</title></head>'
    return f"{head}<body><nav><ul>{MENU}</ul></nav><main><h1>{title}</h1>{body}</main></body></html>"


def home(teaser, text, meta=""):
    rows = "".join(teaser.format(f"{head.replace('h3', 'h2')}<p>{text}</p>") for head in HEADS[:5])
    return f"<html><head>{meta}<title>Brook Times</title></head><body><main>{rows}</main></body></html>"


@pytest.mark.parametrize(("html", "kind"), [
    (page(f"<p>{SENTENCE * 20}</p>"), "article"),
    (page(f"<p>{SENTENCE}</p><p>{SENTENCE}</p><p>{SENTENCE}</p>{LINKS}"), "article"),
    (page(LINKS, "Sport"), "listing"),
    (page(f"<ul>{TEASERS}</ul>", "Sport"), "listing"),
    (page(ENTRIES), "live"),
    (page(CLOCKS), "live"),
    (page(f"<p>{SENTENCE}</p>", "Page not found"), "error"),
    (page(f"<p>{SENTENCE}</p>", "Error 404"), "error"),
    (page(f"<p>{SENTENCE}</p>", "403 Forbidden"), "error"),
    (page(f"<p>{SENTENCE * 5}</p>", "Storm leaves 500 homes without light"), "article"),
    (page(f"<p>{SENTENCE * 5}</p>", "Forbidden City opens its oldest hall"), "article"),
    (page(GALLERY + PICTURES), "gallery"),
    (page(f"<p>{SENTENCE * 3}</p><p>Subscribe to continue reading</p>"), "paywall"),
    (page(""), "listing"),
    (home("<article>{}</article>", SENTENCE), "listing"),
    (home("<li>{}</li>", SENTENCE), "listing"),
    (home("<div>{}</div>", ""), "listing"),
    (home("<section>{}</section>", SENTENCE * 5), "article"),
    (f"<h1>Mill</h1><p>{SENTENCE * 3}</p>" + home("<article>{}</article>", SENTENCE), "article"),
    ("<html><body><h1>Mill</h1><p>Soon here.</p></body></html>", "none"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "none"),
    ("\ufffdPNG\n" + "".join(map(chr, range(256))) * 50, "none"),
    (b"%PDF-1.7 " + SENTENCE.encode() * 20, "none"),
])  # fmt: skip
def test_kind(html, kind):
    article = extract(html)
    assert (article.kind, 0 < article.confidence <= 1) == (kind, True)


@pytest.mark.parametrize(
    ("url", "kind"), [("https://x.example/", "listing"), ("https://x.example/a/mill-turns-again", "article")]
)
def test_a_front_page_is_a_listing_whatever_it_calls_itself(url, kind):
    html = home("<article>{}</article>", SENTENCE, "<meta property=og:type content=article>")
    assert extract(html, url).kind == kind


def test_the_time_of_an_entry_opens_its_heading():
    article = extract(page(CLOCKS))
    assert "\n\n18:15 Gate 18 opens\n\n" in f"\n\n{article.text}" and "<h3>17:15 Gate 17 opens</h3>" in article.html
    assert "18:15" not in article.text.split("\n\n")


@pytest.mark.parametrize(("html", "dated"), [
    ("<body><h1>Mill</h1><p>Soon here.</p></body>", False),
    (page(f"<p>{SENTENCE}</p>", "Page not found"), False),
    (page(f"<p>{SENTENCE * 20}</p>"), True),
])  # fmt: skip
def test_only_what_is_a_page_of_its_own_has_a_day(html, dated):
    article = extract(html, "https://x.example/2026/03/14/mill-turns-again")
    assert (article.published is not None, len(article.date_evidence)) == (dated, 1)
