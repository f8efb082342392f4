"""Texts that are not written as English is: their faces, where their lines may break, how far lines stand apart."""

from __future__ import annotations

import pytest

TEXTS = {
    "zh-Hant": (
        "克林河大橋因裂縫關閉數週",
        "週六，潛水員在第二座橋墩發現裂縫後，大橋對所有車輛<em>關閉</em>。局方說：「維修需要四個月。」",
    ),
    "ja": (
        "ケリン橋、ひび割れで数週間閉鎖へ",
        "土曜日、潜水士が橋脚にひび割れを見つけ、橋は<em>閉鎖</em>された。局は「修理には四か月かかる」と述べた。",
    ),
    "ko": (
        "케린 다리, 균열로 몇 주간 폐쇄",
        "잠수부가 교각에서 균열을 발견한 뒤 다리가 <em>폐쇄</em>되었다. 당국은 “수리에 넉 달이 걸린다”고 말했다.",
    ),
}
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<link rel="canonical" href="https://{host}.example/bridge"></head><body><article><h1>{title}</h1>{text}</article></body>
</html>"""
SET = """selector => { const set = getComputedStyle(document.querySelector(selector));
  return [set.fontFamily, set.lineBreak, set.wordBreak, set.letterSpacing, set.fontStyle, set.hyphens,
          Math.round(100 * parseFloat(set.lineHeight) / parseFloat(set.fontSize))]; }"""


@pytest.fixture
def stored(served, tmp_path) -> dict[str, int]:
    """The articles by their language."""
    for language, (title, text) in TEXTS.items():
        made = PAGE.format(language=language, title=title, text=f"<p>{text}</p>" * 4, host=language.lower())
        (tmp_path / f"{language}.html").write_text(made, encoding="utf-8")
    served.folder.command("import", str(tmp_path))
    return {article["reading"].get("language"): article["id"] for article in served.folder.exported()}


@pytest.mark.browser
def test_chinese_japanese_and_korean_are_set_as_they_are_there(tabs, served, stored):
    tab = tabs.open(served.base, viewport={"width": 320, "height": 700})
    for language, face, in_heads, in_texts in (
        ("zh-Hant", "Songti TC", "normal", "normal"),
        ("ja", "Hiragino Mincho", "auto-phrase", "normal"),
        ("ko", "Noto Serif CJK KR", "keep-all", "keep-all"),
    ):
        tab.goto(f"/a/{stored[language]}")
        assert tab.locator("h1").get_attribute("lang") == tab.locator(".prose").get_attribute("lang") == language
        family, *head = tab.evaluate(SET, "h1")
        assert face in family and head == ["strict", in_heads, "normal", "normal", "none", 130], language
        family, *body = tab.evaluate(SET, ".prose p")
        assert face in family and body == ["strict", in_texts, "normal", "normal", "none", 180], language
        assert tab.evaluate(SET, ".prose em")[4] == "normal"
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320
