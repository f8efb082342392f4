"""The topics of an article: which of a page's lists of keywords is its own."""

from __future__ import annotations

import pytest

from coranto.extract import extract

TEXT = "<p>" + "The mill by the brook turned again on Friday after nine dry weeks, the miller said. " * 8 + "</p>"
LISTED = '<ul><li><a href="/t/1">Mills</a></li><li><a href="/t/2">Dry summer</a></li></ul>'


def page(meta="", after="", before=""):
    return (
        f"<html><head><title>Mill turns again</title>{meta}</head><body>{before}<article>"
        f"<h1>Mill at the brook turns again</h1>{TEXT}{after}</article></body></html>"
    )


@pytest.mark.parametrize(("parts", "tags"), [
    (dict(meta='<meta name="keywords" content="mill, brook, miller">', after=f"<h4>Read more about</h4>{LISTED}"),
     ("mill", "brook", "miller")),
    (dict(meta='<meta name="keywords" content="sport, politics, business, weather">',
          after=f"<h4>Mehr lesen über</h4>{LISTED}"), ("Mills", "Dry summer")),
    (dict(meta='<meta name="keywords" content="sport, politics, business, weather">'),
     ("sport", "politics", "business", "weather")),
    (dict(after=f"<h2>■関連キーワード</h2>{LISTED}"), ("Mills", "Dry summer")),
    (dict(after=f"<h2>More from our desk</h2>{LISTED}"), ()),
    (dict(before=f"<h4>Topics</h4>{LISTED}"), ()),
    (dict(meta='<meta property="article:tag" content="Lido"><meta property="article:tag" content="Harbour">',
          after=f"<h4>Topics</h4>{LISTED}"), ("Lido", "Harbour")),
])  # fmt: skip
def test_topics(parts, tags):
    assert extract(page(**parts), "https://brook.example/news/mill").tags == tags
