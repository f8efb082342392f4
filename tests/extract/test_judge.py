"""The judge of body runs: what it is asked, what it answers, and who decides."""

import json
from importlib.resources import files
from math import exp

import pytest

from coranto.extract import body, naming, signals, weighing
from coranto.extract.blocks import lay_out
from coranto.extract.expected import Expected
from coranto.extract.places import Known
from coranto.extract.tree import parse

PAGE = """<body><header class="site-head"><nav><a href=/a>News</a> <a href=/b>Sport</a></nav></header><main>
<article class="story"><h1>The mill of Ostrava turns again</h1>
<div class="story-body"><p>The old mill beside the river turned again on Monday, after forty years of rust.</p>
<p>“We had to cast every wheel anew”, said the miller, who had learned the trade from her aunt.</p>
<ul><li>Built in 1781, burned in 1833</li><li>Closed in 1984</li></ul>
<div class="newsletter-box"><p>Get the best of the week in your inbox, every Friday morning.</p></div>
<p>Visitors may see it on weekends; schools are asked to write beforehand, for there is little room.</p></div>
</article></main><footer class="site-foot"><p>All rights reserved by nobody in particular, 1984.</p></footer></body>"""


@pytest.fixture(scope="module")
def asked():
    layout = lay_out(parse(PAGE)[0])
    headline = next(index for index, run in enumerate(layout.runs) if run.tag == "h1")
    known = Known("The mill of Ostrava turns again", headline, "", "", None, 2)
    draft = body.draft(layout, known)
    return draft, known, body.asked(draft)


def test_every_run_asked_about_has_a_number_for_each_signal(asked):
    draft, _, rows = asked
    expected = Expected(draft.page, dict.fromkeys(draft.open, 0.5))
    assert rows.keys() >= set(draft.open) > set()
    assert {len(row) for row in rows.values()} == {signals.FIRST}
    assert {len(signals.again(row, expected, index)) for index, row in rows.items()} == {len(signals.NAMES)}
    assert not any(draft.page.layout.runs[index].text in ("News Sport", "News") for index in rows)


def test_answers_are_the_sums_of_the_trees_in_the_file(asked, monkeypatch):
    draft, _, rows = asked
    model = json.loads(files("coranto.extract").joinpath("body_model.json").read_text("utf-8"))

    def chance(trees, row):
        total = 0.0
        for tree in trees:
            while isinstance(tree, list):
                tree = tree[2] if row[tree[0]] <= tree[1] else tree[3]
            total += tree
        return 1 / (1 + exp(-total))

    opening = {index: chance(model["first"][: weighing.OPENING], row) for index, row in rows.items()}
    first = {index: chance(model["first"], row) for index, row in rows.items()}
    expected = Expected(draft.page, first)
    second = {index: chance(model["second"], signals.again(row, expected, index)) for index, row in rows.items()}
    monkeypatch.setattr(weighing, "DOUBT", (0.0, 0.0))
    monkeypatch.setattr(weighing, "UNSURE", (0.0, 0.0))
    assert weighing.chances(draft.page, rows) == pytest.approx(opening)
    monkeypatch.setattr(weighing, "UNSURE", (0.0, 1.0))
    assert weighing.chances(draft.page, rows) == pytest.approx(first)
    monkeypatch.setattr(weighing, "DOUBT", (0.0, 1.0))
    assert weighing.chances(draft.page, rows) == pytest.approx(second)


def test_a_run_is_seen_among_the_others(asked):
    draft, _, _ = asked
    layout = draft.page.layout
    places = {run.text[:8]: index for index, run in enumerate(layout.runs)}
    mill, miller, offer = places["The old "], places["“We had "], places["Get the "]
    expected = Expected(draft.page, {mill: 1.0, miller: 0.5})
    named = dict(zip(signals.GROUPS["expected"], expected.around(offer), strict=True))
    assert (named["chance"], named["expected_share"], named["expected_so_far"]) == (0.0, 0.0, 1.0)
    box = next(box for box in layout.boxes if box.ident == "story-body")
    text = sum(len(run.text) for run in layout.runs[box.start : box.end]) - len(layout.runs[offer].text)
    seen = len(layout.runs[mill].text) + 0.5 * len(layout.runs[miller].text)
    assert named["frame_expected"] == pytest.approx(seen / text)
    assert named["frame_share"] == pytest.approx(1.0)


def test_another_judge_may_decide(asked):
    draft, known, rows = asked
    wanted = {index for index in rows if "miller" in draft.page.layout.runs[index].text}
    kept = body.decided(draft, known, {index: float(index in wanted) for index in rows}).kept
    assert set(kept) == wanted


@pytest.mark.parametrize(("names", "others"), [("article-body", "newsletter"), ("entry-content", "cookie-consent")])
def test_names_weigh_for_and_against_the_body(names, others):
    assert sum(naming.weights_of("div", names)) > sum(naming.weights_of("div", others))


def test_names_of_one_outlet_weigh_nothing():
    assert naming.weights_of("x-none", "qzxwv kjhqz-qqkk") == (0.0, 0.0, 0.0)


def test_a_names_weight_depends_on_where_it_stands(asked):
    draft, _, rows = asked
    column = signals.NAMES.index("names")
    by_text = {draft.page.layout.runs[index].text[:8]: row[column] for index, row in rows.items()}
    assert by_text["The old "] > by_text["Get the "]
