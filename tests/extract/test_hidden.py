"""Bodies that a page keeps in its scripts' data."""

import json

import pytest

from coranto.extract import extract
from coranto.extract.hidden import hidden_body

TITLE = "Harbour bridge of Kerrin opens after nine years"
PARAGRAPHS = [
    f"The harbour bridge of Kerrin opened on day {day}, and {day} thousand people walked across it before noon."
    for day in range(1, 13)
]
NODES = [{"type": "paragraph", "content": [{"type": "text", "value": text}]} for text in PARAGRAPHS]
LISTED = [{"type": "text", "content": text} for text in PARAGRAPHS]
MARKUP = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
STATE = {f"Paragraph:{number}": {"__typename": "Paragraph", "text": text} for number, text in enumerate(PARAGRAPHS)}
TEASERS = [{"headline": f"Another story {number}", "text": text} for number, text in enumerate(PARAGRAPHS)]

ELEMENTS = [["$", "p", None, {"children": [text[:9], ["$", "b", None, {"children": text[9:]}]]}] for text in PARAGRAPHS]
TREE = json.dumps(["$", "main", None, {"children": ["$", "div", None, {"children": ELEMENTS}]}])
ROW = f"<div title='·'>{MARKUP}</div>"


def pushed(rows: str) -> str:
    """Rows as the app router hands them over: in pieces, cut anywhere."""
    pieces = [rows[at : at + 300] for at in range(0, len(rows), 300)]
    return "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)


SCRIPTS = {
    "next rows": pushed(f'0:I[7,["app"],"Page"]\n2:{TREE}\n'),
    "next text": pushed(f'1:["$","p",null,{{}}]\n1a:T{len(ROW.encode()):x},{ROW}3:null\n'),
    "nuxt": f"<script>window.__NUXT__={{data:[{{id:7,old:!1,none:void 0,body:{json.dumps(MARKUP)}}}]}};</script>",
    "nuxt called": "<script>window.__NUXT__=(function(a,b,c){c.x=1;return "
    f'{{layout:a,data:[{{html:b,"is":c,n:5}}]}}}}("default",{json.dumps(MARKUP)},{{}}));</script>',
    "next": '<script id="__NEXT_DATA__" type="application/json">'
    f"{json.dumps({'props': {'story': {'body': {'content': NODES}}}})}</script>",
    "fusion": "<script>window.Fusion=window.Fusion||{};"
    f"Fusion.globalContent={json.dumps({'content_elements': LISTED})};Fusion.deployment=7</script>",
    "apollo": f"<script>window.__APOLLO_STATE__ = {json.dumps(STATE)}</script>",
    "markup": f"<script>window.__STATE__={json.dumps({'article': {'body_html': MARKUP}})};</script>",
    "parsed": f"<script>window.__DATA__ = JSON.parse({json.dumps(json.dumps({'blocks': LISTED}))});</script>",
}


def page(script: str, shown: str = "") -> str:
    return f"<title>{TITLE}</title><body><h1>{TITLE}</h1>{shown}<div id=app></div>{script}</body>"


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_data_of_scripts_is_read_where_the_page_shows_nothing(script):
    article = extract(page(script))
    assert [text in article.text for text in PARAGRAPHS] == [True] * len(PARAGRAPHS)
    assert article.html.count("<p>") == len(PARAGRAPHS)
    assert any("structured data" in warning for warning in article.warnings)


def test_the_beginning_that_a_page_shows_is_continued_from_its_data():
    shown = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:3])
    assert PARAGRAPHS[-1] in extract(page(SCRIPTS["next"], shown)).text


@pytest.mark.parametrize(
    "script",
    [
        f"<script>window.__STATE__={json.dumps({'latest': TEASERS})}</script>",
        f"<script>window.__STATE__={json.dumps({'texts': ['a.b.c=1;' * 90] * 9})}</script>",
        f"<script>window.__STATE__={json.dumps({'body': MARKUP})[:-20]}</script>",
        "<script>" + "var a = [" * 3000 + "</script>",
        pushed("1:" + "[" * 50_000),
        pushed(f"1:Tffffff,{PARAGRAPHS[0]}\n"),
        '<script>__NUXT__={a:"' + r"\"" * 90_000 + "</script>",
        f'<script>__NUXT__=(function(a){{return {{b:[{"a," * 50_000}a]}}}}("{"x y. " * 50_000}"))</script>',
    ],
    ids=["other articles", "no prose", "cut off", "nested", "rows nested", "rows too short", "open string", "repeated"],
)
def test_what_is_no_body_stays_where_it_is(script):
    assert extract(page(script)).text == ""


def test_another_story_in_the_data_is_not_taken_for_this_one():
    shown = "\n\n".join(["The council met on Tuesday evening and spoke of nothing but the weather and the roads."] * 3)
    assert hidden_body(page(SCRIPTS["next"]), shown, "Council meets") == []
