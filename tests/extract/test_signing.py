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


BYLINES = {
    "de": (("Von Ada Byron", ("Ada Byron",)),
        ("Von Ada Byron und Ida Roth, Berlin", ("Ada Byron", "Ida Roth")), ("Text: Ada Byron", ("Ada Byron",)),
        ("Ein Kommentar von Ada Byron", ("Ada Byron",)),
        ("Ein Gastbeitrag von Ada von Byron", ("Ada von Byron",)), ("Autorin: Ada Byron", ("Ada Byron",))),
    "fr": (("Par Ada Byron", ("Ada Byron",)),
        ("Par Ada Byron et Jean de La Roche", ("Ada Byron", "Jean de La Roche")),
        ("Propos recueillis par Ada Byron", ("Ada Byron",)), ("Écrit par Ada Byron", ("Ada Byron",)),
        ("Par Ada Byron, envoyée spéciale à Lyon", ("Ada Byron",)), ("Publié par Ada Byron", ("Ada Byron",))),
    "es": (("Por Ada Byron", ("Ada Byron",)),
        ("Por Ada Byron y José de la Vega", ("Ada Byron", "José de la Vega")),
        ("Escrito por Ada Byron", ("Ada Byron",)), ("Texto: Ada Byron", ("Ada Byron",)),
        ("Redacción: Ada Byron", ("Ada Byron",))),
    "it": (("di Ada Byron", ("Ada Byron",)),
        ("Di Ada Byron e Piero Della Valle", ("Ada Byron", "Piero Della Valle")),
        ("a cura di Ada Byron", ("Ada Byron",)), ("dal nostro inviato Ada Byron", ("Ada Byron",)),
        ("dalla nostra corrispondente Ada Byron", ("Ada Byron",))),
    "pt": (("Por Ada Byron", ("Ada Byron",)), ("Por Ada Byron, g1 — Recife", ("Ada Byron",)),
        ("Por Ada Byron e João da Silva", ("Ada Byron", "João da Silva")),
        ("Reportagem de Ada Byron", ("Ada Byron",))),
    "ru": (("Автор: Ада Байрон", ("Ада Байрон",)), ("Автор Ада Байрон", ("Ада Байрон",)),
        ("Текст: Ада Байрон", ("Ада Байрон",)), ("Авторы: Ада Байрон, Иван Рот", ("Ада Байрон", "Иван Рот"))),
    "ar": (("بقلم: آدا بايرون", ("آدا بايرون",)), ("بقلم آدا بايرون", ("آدا بايرون",)),
        ("كتب: أحمد علي", ("أحمد علي",)), ("كتبت سارة حسن", ("سارة حسن",)),
        ("الكاتب: أحمد علي", ("أحمد علي",)), ("إعداد: أحمد علي", ("أحمد علي",))),
    "ja": (("文／山田花子", ("山田花子",)), ("文・山田花子", ("山田花子",)), ("記者 山田花子", ("山田花子",)),
        ("山田花子記者", ("山田花子",)), ("著者：山田花子", ("山田花子",)),
        ("取材・文 山田花子", ("山田花子",)), ("執筆：山田花子", ("山田花子",))),
    "zh": (("记者 王小明", ("王小明",)), ("記者王小明／台北報導", ("王小明",)), ("作者：王小明", ("王小明",)),
        ("文/王小明", ("王小明",)), ("责任编辑：王小明", ()), ("撰文：王小明", ("王小明",)),
        ("新华社记者王小明、李华", ("王小明", "李华")), ("来源：新华社 作者：王小明", ("王小明",))),
    "ko": (("김철수 기자", ("김철수",)), ("글 김철수", ("김철수",)), ("기자 김철수", ("김철수",))),
    "hi": (("लेखक: अदा बायरन", ("अदा बायरन",)), ("By अदा बायरन", ("अदा बायरन",)),
        ("द्वारा अदा बायरन", ("अदा बायरन",)), ("Written By: Ada Byron", ("Ada Byron",))),
    "tr": (("Yazan: Ada Byron", ("Ada Byron",)), ("Yazar: Ada Byron", ("Ada Byron",)),
        ("Haber: Ada Byron", ("Ada Byron",)), ("Muhabir: Ada Byron", ("Ada Byron",)),
        ("Ada Byron yazdı", ("Ada Byron",))),
    "pl": (("Autor: Ada Byron", ("Ada Byron",)), ("Opracowała Ada Byron", ("Ada Byron",)),
        ("Tekst: Ada Byron", ("Ada Byron",)), ("oprac. Ada Byron", ("Ada Byron",)),
        ("Napisała: Ada Byron", ("Ada Byron",))),
    "en": (("By Maria Dela Cruz and Jan van der Meer", ("Maria Dela Cruz", "Jan van der Meer")),
        ("By Abdullah al-Masri and Khaled bin Walid", ("Abdullah al-Masri", "Khaled bin Walid")),
        ("By Dr. Ada Byron, PhD", ("Dr. Ada Byron",)), ("By ADA BYRON", ("Ada Byron",)),
        ("By Ada Byron in Paris and Ida Roth in Rome", ("Ada Byron", "Ida Roth")),
        ("Words by Ada Byron; photography by Ned Ludd", ("Ada Byron",)),
        ("By Ada Byron | Staff Writer", ("Ada Byron",)),
        ("By Seán O'Brien and Zoë D'Arcy", ("Seán O'Brien", "Zoë D'Arcy"))),
}  # fmt: skip
SENTENCES = {
    "de": (
        "Die Mühle am Bach dreht sich wieder",
        "Die Mühle am Bach drehte sich am Freitag nach neun "
        "trockenen Wochen wieder, sagte der Müller. ",
    ),
    "ru": (
        "Мельница снова работает",
        "Мельница у ручья снова заработала в пятницу после "
        "девяти засушливых недель, сказал мельник. ",
    ),
    "ar": (
        "الطاحونة تدور من جديد",
        "عادت الطاحونة على الجدول إلى الدوران يوم الجمعة "
        "بعد تسعة أسابيع جافة، كما قال الطحان. ",
    ),
    "ja": (
        "小川の水車が再び回る",
        "小川の水車は九週間の乾いた日々のあと金曜日に再"
        "び回り始めたと粉屋は語った。長い待ち時間だった。",
    ),
    "hi": (
        "नाले की चक्की फिर चली",
        "नौ सूखे हफ्तों के बाद शुक्रवार को नाले पर "
        "बनी चक्की फिर चली, चक्की वाले ने कहा। ",
    ),
}
"""A headline and a sentence in the script of a language; German where there is none of its own."""


@pytest.mark.parametrize("language", BYLINES)
def test_bylines_of_a_language(language):
    near = {"zh": "ja", "ko": "ja"}.get(language, language)
    headline, sentence = SENTENCES.get(near, SENTENCES["de"])
    for line, authors in BYLINES[language]:
        text = f"<p>{sentence * 6}</p>" * 3
        found = extract(
            f'<html lang="{language}"><head><title>{headline}</title></head><body><article><h1>{headline}</h1>'
            f"<p>{line}</p>{text}</article></body></html>",
            "https://brook.example.com/news/mill",
        )
        assert found.authors == authors, line
