"""What is known of an outlet and changes the reading of its pages, rules and repeated blocks; why it was read so."""

from __future__ import annotations

import pytest

from coranto.articles import Rule
from coranto.extract import RuleError, check_rule, explain, extract, profile_of

FACTS = (
    "The mill on the lower brook turned again on Friday, after nine dry weeks, and the miller baked for everyone.",
    "Rain had filled the pond above it within two nights, said the keeper of the weir, who measures it every morning.",
    "The council wants to line the upper channel with clay before the next summer, which would cost a tenth of a year.",
)
OTHERS = (
    "A ferry ran aground off the northern pier at low tide, and forty passengers walked ashore over planks.",
    "Its captain told the harbour office that the buoy had drifted, which divers confirmed in the afternoon.",
    "Repairs will keep the boat in the yard until spring; a smaller one takes its place on the crossing.",
)
PLEA = "Our readers pay for this paper; join them today, and keep its reporters on the road through the winter, too."
SITE = "https://paper.example"


def page(title: str, paragraphs, *, above: str = "", below: str = "", suffix: str = "") -> str:
    text = "".join(f"<p>{words}</p>" for words in paragraphs)
    return (
        f"<html lang=en><title>{title}{suffix}</title><body><nav><a href=/>Front page of the paper</a></nav>"
        f"<div id=story><h1>{title}{suffix}</h1>{above}<div class='text wide'>{text}{below}</div></div>"
        f"<footer>Copyright 2026 The Paper</footer></body></html>"
    )


MILL = page("Mill turns again", FACTS, below=f"<p class=ask>{PLEA}</p>")
FERRY = page("Ferry runs aground", OTHERS, below=f"<p class=ask>{PLEA}</p>")


def read(html, *rules):
    return extract(html, SITE, rules=[Rule(*rule) for rule in rules])


def test_what_stands_on_another_page_of_the_outlet_is_no_body():
    assert PLEA in extract(MILL, SITE).text
    article = extract(MILL, SITE, siblings=[FERRY])
    assert article.text.split("\n\n") == list(FACTS)
    assert PLEA not in article.html
    assert article.lists.repeated == (PLEA,)
    assert extract(MILL.encode(), SITE, profile=profile_of([MILL, FERRY.encode()])) == article


@pytest.mark.parametrize(
    ("mark", "standing"),
    [("a copy of the article", None), ("h2", "What the council wants of us"), ("td", "Grain milled on that very day"),
     ("p", "Pros and cons:")],
)  # fmt: skip
def test_what_articles_share_stays_in_their_bodies(mark, standing):
    """Headings, cells and labels recur in bodies, and another version of the same article says nothing."""
    if standing is None:
        assert extract(MILL, SITE, siblings=[MILL]).text == extract(MILL, SITE).text
        return
    wrapped = f"<{mark}>{standing}</{mark}>" if mark != "td" else f"<table><tr><td>{standing}</td></tr></table>"
    pages = [
        page(title, texts, above="", below=f"{wrapped}<p>{texts[0][::-1]}</p>")
        for title, texts in (("Mill", FACTS), ("Ferry", OTHERS))
    ]
    alone = extract(pages[0], SITE)
    assert standing in alone.text or mark == "td"
    assert extract(pages[0], SITE, siblings=pages[1:]).text == alone.text


def test_a_profile_wants_a_third_of_many_pages():
    plea = f"<p>{PLEA}</p>"
    pages = [page(f"Story {n}", [f"{n} {words}" for words in FACTS], below=plea * (n < 3)) for n in range(9)]
    assert PLEA not in extract(pages[0], SITE, profile=profile_of(pages)).text
    assert PLEA in extract(pages[0], SITE, profile=profile_of([*pages, page("Tenth", OTHERS)])).text
    with pytest.raises(TypeError):
        profile_of([7])


@pytest.mark.parametrize(
    ("rule", "has", "lacks"),
    [
        (("drop", "p.ask"), FACTS[0], PLEA),
        (("drop", "#story > .text p.ask, aside"), FACTS[0], PLEA),
        (("drop", '[class="ask"]'), FACTS[0], PLEA),
        (("drop", "div p.ask p"), PLEA, "nothing"),
        (("keep", "footer"), "Copyright 2026 The Paper", "Front page"),
        (("keep", "nav > a"), "Front page of the paper", "Copyright"),
    ],
)
def test_rules_drop_and_keep_what_they_name(rule, has, lacks):
    text = read(MILL, rule).text
    assert has in text and lacks not in text


def test_what_is_dropped_is_not_read_at_all():
    html = page("Mill turns again", FACTS, above="<p class=other>By Ada Fenn, 3 May 2024</p><p>By Ben Marsh</p>")
    assert "Ada Fenn" in extract(html, SITE).authors
    article = read(html, ("drop", ".other"))
    assert article.authors == ("Ben Marsh",) and article.published is None


def test_an_element_goes_with_those_inside_it():
    html = page("Mill turns again", FACTS, below="<div class=ask><div class=ask><p class=ask>Pay.</p></div></div>" * 50)
    assert read(html, ("drop", ".ask"), ("drop", "div, .ask p")).kind in ("none", "article")


def test_the_end_of_headlines_is_cut_off():
    html = page("Mill turns again", FACTS, suffix=" – Our Valley")
    assert extract(html, SITE).title == "Mill turns again – Our Valley"
    assert read(html, ("title", "our valley")).title == "Mill turns again"
    assert read(html, ("title", "Mill turns again – Our Valley")).title == "Mill turns again – Our Valley"


@pytest.mark.parametrize(
    ("rule", "code", "part"),
    [
        (("drop", "p:has(a)"), "pseudo", ":has(a)"),
        (("drop", "p + p"), "join", "+ p"),
        (("keep", "p{color:red}"), "syntax", "{color:red}"),
        (("keep", "..a"), "syntax", "..a"),
        (("keep", "p,"), "syntax", ""),
        (("drop", " "), "empty", ""),
        (("drop", "p " * 101), "long", ""),
        (("drop", "p " * 13), "many", ""),
        (("burn", "p"), "kind", "burn"),
        (("title", ""), "empty", ""),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_with_its_place(rule, code, part):
    with pytest.raises(RuleError) as fault:
        check_rule(Rule(*rule))
    assert (fault.value.code, fault.value.part) == (code, part)
    with pytest.raises(RuleError):
        read(MILL, rule)


@pytest.mark.parametrize("selector", ["q div div div p", "q " + "div " * 6 + "p", "* * * * * b"])
def test_no_selector_walks_every_way_through_a_deep_page(selector):
    """lexbor alone would: here there are more ways than seconds in a year."""
    html = "<div>" * 250 + "<p><b>word</b></p>" * 5_000
    assert read(html, ("drop", selector)).kind in ("none", "article")
    assert isinstance(read(html, ("keep", selector)).text, str)


def test_every_block_is_told_of_in_page_order():
    told = explain(MILL, SITE)
    assert told.article == extract(MILL, SITE)
    assert [(block.verdict, block.text) for block in told.blocks] == [
        ("clutter", "Front page of the paper"),
        ("title", "Mill turns again"),
        *(("body", words) for words in (*FACTS, PLEA)),
        ("clutter", "Copyright 2026 The Paper"),
    ]
    assert "\n\n".join(block.text for block in told.blocks if block.verdict == "body") == told.article.text
    assert all(0 <= block.score <= 1 for block in told.blocks if block.score is not None)
    assert min(block.score for block in told.blocks if block.verdict == "body") > (told.blocks[0].score or 0)
    assert told.blocks[2].selector == "div.text"


def test_what_a_rule_or_another_page_cuts_is_told_with_the_reason():
    rules = [Rule("drop", "footer"), Rule("drop", "h1")]
    told = {block.text: block for block in explain(MILL, SITE, rules=rules, profile=profile_of([MILL, FERRY])).blocks}
    assert told[PLEA].why == "on other pages, too"
    assert told["Copyright 2026 The Paper"].why == told["Mill turns again"].why == "a rule drops it"
    half = page("Mill turns again", [FACTS[0] + "<span class=more>Read on</span>", *FACTS[1:]])
    told = explain(half, SITE, rules=[Rule("drop", ".more")])
    assert [block.why for block in told.blocks if block.text.startswith(FACTS[0])] == ["", "a rule drops it"]
    assert [block.verdict for block in told.blocks if block.text in FACTS[1:]] == ["body", "body"]
    assert told.article.text.startswith(FACTS[0] + "\n\n")


def test_fields_are_recognised_among_the_blocks():
    above = (
        "<p class=by>By Ada Fenn</p><p>3 May 2026</p><figure><img src=/a.jpg><figcaption>The mill by night, seen from "
        "the weir</figcaption></figure>"
    )
    below = (
        "</div><div class=related><h3>Related articles</h3><ul><li><a href=/b>A second mill is for sale again</a></li>"
        "<li><a href=/c>The weir is older than the town</a></li></ul></div><div>"
    )
    blocks = explain(page("Mill", FACTS, above=above, below=below), SITE).blocks
    told = {block.text: (block.verdict, block.why) for block in blocks}
    assert told["By Ada Fenn"][0] == "byline"
    assert told["3 May 2026"] == ("date", "a date")
    assert told["The mill by night, seen from the weir"][0] == "caption"
    assert told["The weir is older than the town"] == ("list", "related")


@pytest.mark.parametrize(("html", "blocks"), [
    ("", 0), ("<html>", 0), ("<p>", 0), (b"\xff\xfe", 0), ("<frameset><frame></frameset>", 0), ("<b>" * 3_000, 0),
    ("<p>word" * 5_000, 5_000),
])  # fmt: skip
def test_nothing_to_explain_is_explained(html, blocks):
    rules = [Rule("drop", "b"), Rule("keep", "p b")]
    told = explain(html, None, rules=rules)
    assert (told.article, told.article.kind, told.article.text) == (extract(html, rules=rules), "none", "")
    told_of = [(block.text, block.verdict, block.why) for block in told.blocks]
    assert told_of == [("word", "clutter", "outside")] * blocks
