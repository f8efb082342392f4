"""The headline among a page's several wordings of it: one invented head and heading a case."""

from __future__ import annotations

import pytest

from coranto.extract import extract

TEXT = "<p>" + "The mill by the brook turned again on Friday after nine dry weeks, the miller said. " * 8 + "</p>"

DESCRIBED = '<script type="application/ld+json">{"@type":"WebPage","name":"Mill turns again after nine weeks"}</script>'


def page(heading="", title="", og="", headline="", site="Brook Times"):
    data = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{headline}"}}</script>'
    return (
        f'<html><head><title>{title}</title><meta property="og:site_name" content="{site}">'
        f'<meta property="og:title" content="{og}">{data if headline else ""}</head>'
        f"<body><article>{heading}{TEXT}</article></body></html>"
    )


@pytest.mark.parametrize(("parts", "headline"), [
    (dict(heading="<h1>Mill turns again: “We hoped”</h1>", og="Mill turns again",
          title="Mill turns again | Brook Times"), "Mill turns again: “We hoped”"),
    (dict(heading="<h1><span>Opinion</span> Mills must turn at night</h1>", og="Opinion | Mills must turn at night",
          headline="Mills must turn at night"), "Mills must turn at night"),
    (dict(heading="<h1><small>Dry summer - </small>Mill at the brook turns again</h1>",
          og="Mill at the brook turns again"), "Mill at the brook turns again"),
    (dict(heading="<h1><a><time>Mar <b>14</b> 2026</time> Mill at the brook turns again</a></h1>",
          title="Mill at the brook turns again", og="Mill at the brook turns again"), "Mill at the brook turns again"),
    (dict(heading="<h1><div>Nine dry weeks</div><span>: </span><span>Mill turns again</span></h1>",
          title="Nine dry weeks: Mill turns again", og="Nine dry weeks: Mill turns again"),
     "Nine dry weeks: Mill turns again"),
    (dict(title="Mill at the brook turns again - Brook Times", og="Mill at the brook turns again - Brook Times"),
     "Mill at the brook turns again"),
    (dict(title="Brook Times: Mill at the brook turns again"), "Mill at the brook turns again"),
    (dict(heading="<h1><a href='/'>Brook Times</a></h1><h1>Mill at the brook turns again</h1>",
          title="Mill at the brook turns again | Brook Times", og="Mill at the brook turns again"),
     "Mill at the brook turns again"),
    (dict(heading="<h1>Brook Times</h1>", title="Brook Times: Mill at the brook turns again"),
     "Mill at the brook turns again"),
    (dict(heading="<h1>Brook Times</h1>", title="Brook Times", og="Brook Times"), "Brook Times"),
    (dict(heading="<h1>Mill at the brook turns again <a href=/x>(brook.example)</a> <b>87</b></h1>",
          title="Mill at the brook turns again - Brook Times"), "Mill at the brook turns again"),
    (dict(heading="<h1>Mill at the brook &amp;amp; its miller</h1>", title="Mill at the brook &amp; its miller"),
     "Mill at the brook & its miller"),
    (dict(heading="<h1>Thirty years of &lt;br&gt; by the brook</h1>", og="Thirty years of &lt;br&gt; by the brook"),
     "Thirty years of <br> by the brook"),
    (dict(heading="<h1>The mill’s long year</h1>", title="The mill’s long year", og="The mill's long year"),
     "The mill’s long year"),
    (dict(heading="<h1>Die Mühle dreht sich wieder – Brook Times</h1>", og="Die Mühle dreht sich wieder"),
     "Die Mühle dreht sich wieder"),
    (dict(heading=f"<h1>Mill at the brook turns again</h1>{DESCRIBED}", og="Mill turns again after nine weeks",
          headline="Mill turns again after nine weeks"), "Mill at the brook turns again"),
    (dict(heading="<h1>水車が九週間ぶりに回る</h1>", title="水車が九週間ぶりに回る｜小川新聞", site="小川新聞"),
     "水車が九週間ぶりに回る"),
])  # fmt: skip
def test_headline(parts, headline):
    assert extract(page(**parts), "https://brook.example/news/mill").title == headline


def test_text_that_was_encoded_twice_is_mended():
    html = page(heading="<h1>The mill’s “long” year – at last</h1>").encode().decode("latin-1")
    assert extract(html).title == "The mill’s “long” year – at last"
    assert extract(page(heading="<h1>â Ã is no mistake by itself</h1>")).title == "â Ã is no mistake by itself"
