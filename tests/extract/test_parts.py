"""The smaller readers one by one: plain text, dates, names, titles, entries, listings, cited sources, counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from coranto.extract import cited_sources, extract, links, plain_text, read_entry
from coranto.extract.composing import split_credit
from coranto.extract.context import counts_in
from coranto.extract.dates import find_moment, in_address, read_moment
from coranto.extract.names import clean_names
from coranto.extract.titles import without_site


@pytest.mark.parametrize(("html", "text"), [
    ("<p>a &amp; b</p><p>c</p>", "a & b\n\nc"),
    ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
    ("<ul><li>1</li><li>2</li></ul>", "1\n2"),
    ("<script>x</script>y<style>z</style><!-- c -->", "y"),
    ("5 < 6 and <b>bold</b>", "5 < 6 and bold"),
    ("<td>1</td><td>2</td>", "1 2"),
    ("no markup", "no markup"),
    ("<p>cut <a href=", "cut"),
])  # fmt: skip
def test_plain_text(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(("value", "moment"), [
    ("2026-03-14T07:30:00+01:00", datetime(2026, 3, 14, 7, 30, tzinfo=timezone(timedelta(hours=1)))),
    ("2026-03-14 07:30:00 -0500", datetime(2026, 3, 14, 7, 30, tzinfo=timezone(timedelta(hours=-5)))),
    ("2026-03-14T07:30:00.000Z", datetime(2026, 3, 14, 7, 30, tzinfo=UTC)),
    ("Sat, 14 Mar 2026 07:30:00 +0100", datetime(2026, 3, 14, 7, 30, tzinfo=timezone(timedelta(hours=1)))),
    ("20260314", date(2026, 3, 14)),
    ("24 novembre 2026", date(2026, 11, 24)),
    ("Dienstag, 3. März 2026 um 14.30 Uhr", datetime(2026, 3, 3, 14, 30)),
    ("3 de março de 2021", date(2021, 3, 3)),
    ("2026年11月24日 10:30", datetime(2026, 11, 24, 10, 30)),
    ("5 мая 2024, 18:20", datetime(2024, 5, 5, 18, 20)),
    ("Dec. 22, 2023, 10:15 p.m. EST", datetime(2023, 12, 22, 22, 15, tzinfo=timezone(timedelta(hours=-5)))),
    ("Fri Apr 28 19:20:36 CEST 2023", datetime(2023, 4, 28, 19, 20, 36, tzinfo=timezone(timedelta(hours=2)))),
    ("Fri Feb 18 10:27:24 2022", datetime(2022, 2, 18, 10, 27, 24)),
    ("12.03.2024", date(2024, 3, 12)),
    ("31/01/2024", date(2024, 1, 31)),
    ("01/31/2024", date(2024, 1, 31)),
    ("1703268000", datetime(2023, 12, 22, 18, 0, tzinfo=UTC)),
    ("2024-02-30", None), ("yesterday", None), ("0000-00-00", None), ("", None), ("99999999999999999999", None),
])  # fmt: skip
def test_moments_keep_their_offset(value, moment):
    assert read_moment(value) == moment
    found = read_moment(value)
    if isinstance(moment, datetime):
        assert found.utcoffset() == moment.utcoffset()


LINES = {
    "de": (("Das Spiel vom 14. März 2026 2:1 für Bach", "2026-03-14"),
        ("Samstag, 14. März 2026, 18:05 Uhr", "2026-03-14T18:05:00"),
        ("Sa., 14.03.2026 - 07:30 Uhr", "2026-03-14T07:30:00"),
        ("Stand: 14.03.26, 7.30 Uhr", "2026-03-14T07:30:00"), ("14. Jänner 2026", "2026-01-14"),
        ("am 14. Sept. 2026 um 7:30", "2026-09-14T07:30:00"),),
    "fr": (("Publié le samedi 14 mars 2026 à 18h05", "2026-03-14T18:05:00"),
        ("le 1er août 2026 à 7 h 30", "2026-08-01T07:30:00"),
        ("Mis à jour le 14/03/2026 à 18:05", "2026-03-14T18:05:00"), ("14 févr. 2026", "2026-02-14"),
        ("14 déc. 2026", "2026-12-14"), ("14 juil. 2026", "2026-07-14"),),
    "es": (("sábado, 14 de marzo de 2026 a las 18:05 h", "2026-03-14T18:05:00"),
        ("14 mar 2026 - 18:05 CET", "2026-03-14T18:05:00+01:00"), ("Marzo 14, 2026", "2026-03-14"),
        ("14 de sept. de 2026", "2026-09-14"), ("14 de setiembre de 2026", "2026-09-14"),
        ("14.03.2026 a las 6:05 p. m.", "2026-03-14T18:05:00"),),
    "it": (("sabato 14 marzo 2026, ore 18:05", "2026-03-14T18:05:00"),
        ("14 Marzo 2026 alle 18:05", "2026-03-14T18:05:00"), ("1° gennaio 2026", "2026-01-01"),
        ("14 set 2026", "2026-09-14"), ("14 GEN 2026", "2026-01-14"),),
    "pt": (("14 de março de 2026 às 18h05", "2026-03-14T18:05:00"),
        ("sábado, 14 mar. 2026 18:05", "2026-03-14T18:05:00"), ("14/03/2026 18h05", "2026-03-14T18:05:00"),
        ("1º de dezembro de 2026", "2026-12-01"), ("14 fev 2026", "2026-02-14"),),
    "ru": (("14 марта 2026, 18:05", "2026-03-14T18:05:00"),
        ("суббота, 14 марта 2026 г., 18:05", "2026-03-14T18:05:00"),
        ("14 мар. 2026 в 18:05", "2026-03-14T18:05:00"), ("14 сент. 2026", "2026-09-14"),
        ("14.03.2026 18:05 (МСК)", "2026-03-14T18:05:00+03:00"), ("14 МАРТА 2026 ГОДА", "2026-03-14"),),
    "uk": (("субота, 14 березня 2026 року, 18:05", "2026-03-14T18:05:00"), ("14 грудня 2026", "2026-12-14"),),
    "ar": (("السبت، 14 مارس 2026 18:05", "2026-03-14T18:05:00"), ("14 مارس/آذار 2026", "2026-03-14"),
        ("14 آذار 2026", "2026-03-14"), ("١٤ مارس ٢٠٢٦", "2026-03-14"), ("14 كانون الثاني 2026", "2026-01-14"),
        ("14 تشرين الثاني 2026", "2026-11-14"), ("14 جانفي 2026", "2026-01-14"), ("14 أبريل 2026", "2026-04-14"),
        ("14 ابريل 2026", "2026-04-14"), ("14 أغسطس 2026 06:05 م", "2026-08-14T18:05:00"),
        ("14 يناير، 2026", "2026-01-14"), ("2026/03/14", "2026-03-14"),),
    "fa": (("۱۴۰۴/۱۲/۲۳", None), ("۲۳ اسفند ۱۴۰۴", None), ("14 مارس 2026", "2026-03-14"),),
    "th": (("14 มีนาคม 2569", None), ("14 มี.ค. 2569 18:05 น.", None), ("14/03/2569", None),),
    "ja": (("2026年3月14日 18時05分", "2026-03-14T18:05:00"), ("2026年3月14日(土) 午後6時5分", "2026-03-14T18:05:00"),
        ("2026/03/14 18:05", "2026-03-14T18:05:00"), ("２０２６年３月１４日", "2026-03-14"), ("令和8年3月14日", None),),
    "zh": (("2026年03月14日18:05", "2026-03-14T18:05:00"), ("2026-03-14 18:05:09", "2026-03-14T18:05:09"),
        ("2026年3月14日 下午6:05", "2026-03-14T18:05:00"), ("2026年3月14日 星期六 18:05", "2026-03-14T18:05:00"),
        ("2026.03.14", "2026-03-14"),),
    "ko": (("2026년 3월 14일 18:05", "2026-03-14T18:05:00"), ("2026.03.14. 오후 6:05", "2026-03-14T18:05:00"),
        ("입력 2026-03-14 18:05", "2026-03-14T18:05:00"),),
    "hi": (("14 मार्च 2026, 18:05", "2026-03-14T18:05:00"),
        ("शनिवार, 14 मार्च 2026 06:05 PM IST", "2026-03-14T18:05:00+05:30"),
        ("14 Mar 2026 06:05 PM (IST)", "2026-03-14T18:05:00+05:30"), ("१४ मार्च २०२६", "2026-03-14"),
        ("14 जनवरी 2026", "2026-01-14"),),
    "tr": (("14 Mart 2026 Cumartesi 18:05", "2026-03-14T18:05:00"),
        ("Cumartesi, 14 Mart 2026 - 18:05", "2026-03-14T18:05:00"), ("14.03.2026 - 18:05", "2026-03-14T18:05:00"),
        ("14 ŞUBAT 2026", "2026-02-14"), ("14 KASIM 2026", "2026-11-14"), ("14 Ağustos 2026", "2026-08-14"),
        ("14 Aralık 2026", "2026-12-14"), ("14 Haziran 2026", "2026-06-14"), ("14 EYLÜL 2026", "2026-09-14"),),
    "pl": (("sobota, 14 marca 2026, 18:05", "2026-03-14T18:05:00"),
        ("14 marca 2026 r., godz. 18:05", "2026-03-14T18:05:00"), ("14 paź 2026", "2026-10-14"),
        ("14.03.2026 r.", "2026-03-14"), ("14 września 2026", "2026-09-14"),),
    "cs": (("sobota 14. března 2026 18:05", "2026-03-14T18:05:00"), ("14. 3. 2026", "2026-03-14"),
        ("14. 3. 2026 18:05", "2026-03-14T18:05:00"), ("14. září 2026", "2026-09-14"),),
    "nl": (("zaterdag 14 maart 2026 om 18:05 uur", "2026-03-14T18:05:00"),
        ("14 mrt. 2026 18.05", "2026-03-14T18:05:00"),),
    "sv": (("lördag 14 mars 2026 kl. 18.05", "2026-03-14T18:05:00"), ("14 maj 2026", "2026-05-14"),
        ("2026-03-14 18.05", "2026-03-14T18:05:00"),),
    "da": (("lørdag den 14. marts 2026 kl. 18:05", "2026-03-14T18:05:00"),),
    "no": (("lørdag 14. mars 2026 kl. 18:05", "2026-03-14T18:05:00"), ("14. des. 2026", "2026-12-14"),),
    "fi": (("la 14.3.2026 klo 18.05", "2026-03-14T18:05:00"), ("14. maaliskuuta 2026", "2026-03-14"),),
    "el": (("Σάββατο, 14 Μαρτίου 2026, 18:05", "2026-03-14T18:05:00"), ("14 ΜΑΡΤΙΟΥ 2026", "2026-03-14"),
        ("14 Δεκ. 2026", "2026-12-14"),),
    "hu": (("2026. március 14. 18:05", "2026-03-14T18:05:00"), ("2026. március 14., szombat", "2026-03-14"),
        ("2026.03.14. 18:05", "2026-03-14T18:05:00"),),
    "ro": (("Sâmbătă, 14 martie 2026, ora 18:05", "2026-03-14T18:05:00"),),
    "bg": (("14 март 2026, 18:05", "2026-03-14T18:05:00"), ("14 юли 2026", "2026-07-14"),),
    "sr": (("14. mart 2026. 18:05", "2026-03-14T18:05:00"),),
    "hr": (("14. ožujka 2026. u 18:05", "2026-03-14T18:05:00"),),
    "sk": (("14. marca 2026 o 18:05", "2026-03-14T18:05:00"),),
    "he": (("14 במרץ 2026", "2026-03-14"), ("14 מרץ 2026, 18:05", "2026-03-14T18:05:00"),
        ("14.3.2026, 18:05", "2026-03-14T18:05:00"),),
    "vi": (("Thứ bảy, 14/3/2026, 18:05 (GMT+7)", "2026-03-14T18:05:00+07:00"), ("14 tháng 3 2026", "2026-03-14"),
        ("ngày 14 tháng 3 năm 2026", "2026-03-14"),),
    "id": (("Sabtu, 14 Maret 2026 18:05 WIB", "2026-03-14T18:05:00+07:00"), ("14 Agustus 2026", "2026-08-14"),
        ("14 Mei 2026", "2026-05-14"), ("14 Des 2026, 18.05 WIB", "2026-12-14T18:05:00+07:00"),),
    "lt": (("2026 m. kovo 14 d.", "2026-03-14"),),
    "et": (("14. märts 2026", "2026-03-14"),),
    "ca": (("14 de març de 2026", "2026-03-14"), ("14 d’abril de 2026", "2026-04-14"),),
    "en": (("Sat 14 Mar 2026 18.05 GMT", "2026-03-14T18:05:00+00:00"),
        ("March 14, 2026 at 6:05 p.m. ET", "2026-03-14T18:05:00-05:00"),
        ("Saturday, March 14th, 2026 6:05 PM", "2026-03-14T18:05:00"),
        ("6:05 PM EDT, Sat March 14, 2026", "2026-03-14T18:05:00-04:00"),
        ("12:05 am, 14 March 2026", "2026-03-14T00:05:00"), ("14-Mar-2026", "2026-03-14"),
        ("the 14th of March, 2026", "2026-03-14"), ("Mar 14 2026, 6 PM", "2026-03-14T18:00:00"),
        ("14 March 2026 | 6pm", "2026-03-14T18:00:00"),),
}  # fmt: skip


@pytest.mark.parametrize("language", LINES)
def test_lines_of_a_language_name_their_moment(language):
    """Figures, names of months in every case, hours, halves of the day; years of other calendars are none."""
    for line, moment in LINES[language]:
        found = find_moment(line)
        assert (found[0].isoformat() if found else None) == moment, line


SAID = {
    "en": "The mill on the brook turned again on Friday, and the miller said that he had been waiting for this. ",
    "de": "Die Mühle am Bach dreht sich seit Freitag wieder, und der Müller sagt, dass er darauf gewartet hat. ",
    "pt": "O moinho do ribeiro voltou a girar na sexta-feira, e o moleiro não tinha pão para os vizinhos da vila. ",
    "ja": "小川の水車が金曜日に九週間ぶりに回り始め、粉屋は町の人々のために待ちに待ったパンを焼いた。",
}


@pytest.mark.parametrize(("declared", "said", "times", "language"), [
    ("en-GB", "en", 20, "en-GB"),
    ("en", "de", 20, "de"),
    ("en", "de", 2, "en"),
    ("es", "pt", 20, "pt"),
    ("pt_BR", "pt", 20, "pt-BR"),
    ("ja-JP", "ja", 40, "ja-JP"),
    ("en", "ja", 40, "ja"),
    ("", "de", 2, "de"),
])  # fmt: skip
def test_a_long_text_in_another_language_than_declared_is_believed(declared, said, times, language):
    page = f'<html lang="{declared}"><h1>{said}</h1>' + f"<p>{SAID[said] * 4}</p>" * (times // 4 or 1)
    assert extract(page).language == language


@pytest.mark.parametrize(("stated", "shown", "published"), [
    ("2026-03-14T06:30:00Z", "14 March 2026, 07:30", datetime(2026, 3, 14, 7, 30, tzinfo=timezone(timedelta(hours=1)))),
    ("2026-03-14T07:30:00", "14 March 2026, 07:30", datetime(2026, 3, 14, 7, 30)),
    ("2026-03-14T06:30:00Z", "14 March 2026, 06:37", datetime(2026, 3, 14, 6, 30, tzinfo=UTC)),
    ("", "14 March 2026, 07:30", datetime(2026, 3, 14, 7, 30)),
    ("", "14 March 2026, 07:30 GMT", datetime(2026, 3, 14, 7, 30, tzinfo=UTC)),
])  # fmt: skip
def test_a_zone_is_claimed_only_where_the_page_shows_one(stated, shown, published):
    meta = f'<meta property="article:published_time" content="{stated}">' if stated else ""
    article = extract(f"<title>Mill</title>{meta}<h1>Mill turns again at last</h1><p>{shown}</p><p>{'Word. ' * 60}</p>")
    assert article.published == published
    assert article.published.utcoffset() == published.utcoffset()


def test_month_first_only_where_asked():
    assert read_moment("03/04/2024") == date(2024, 4, 3)
    assert read_moment("03/04/2024", month_first=True) == date(2024, 3, 4)


def test_a_date_is_found_inside_a_line_with_its_place():
    found = find_moment("Posted by Ann on May 3, 2026 at 9:05 am in Culture")
    assert found is not None and found[0] == datetime(2026, 5, 3, 9, 5)
    assert find_moment("Call 555-1234 for 12 of 40 seats") is None


@pytest.mark.parametrize(("url", "day"), [
    ("https://x.example/2026/03/14/slug", date(2026, 3, 14)), ("https://x.example/a-20260314", None),
    ("https://x.example/news/20260314/a", date(2026, 3, 14)),
    ("https://x.example/2026/mar/14/slug", date(2026, 3, 14)),
    ("https://x.example/a/2026-03-14-slug", date(2026, 3, 14)), ("https://x.example/1234/56/78/", None), (None, None),
])  # fmt: skip
def test_days_in_addresses(url, day):
    assert in_address(url) == day


@pytest.mark.parametrize(("raw", "names"), [
    (["By Jane Doe and John Roe"], ("Jane Doe", "John Roe")),
    (["Von Karin Weiß, Redakteurin"], ("Karin Weiß",)),
    (["JANE DOE, Staff Writer"], ("Jane Doe",)),
    (["ByJane Doe"], ("Jane Doe",)),
    (["Byron Katz"], ("Byron Katz",)),
    (["Jane Doe | Updated May 3"], ("Jane Doe",)),
    (["jane@x.example", "https://x.example/jane", "admin"], ()),
    (["Ana Gil y Luis Mora"], ("Ana Gil", "Luis Mora")),
    (["Jane Doe", "Doe", "jane doe"], ("Jane Doe",)),
    (["Martin Luther King Jr."], ("Martin Luther King Jr.",)),
    (["Eva Stein, dpa"], ("Eva Stein", "dpa")),
    (["Robert Moff, Ph.D."], ("Robert Moff",)),
    (["John O'Connor The Associated Press"], ("John O'Connor",)),
    (["נועם ברקאי"], ("נועם ברקאי",)),
    (["Paramita (Guha) Ghosh"], ("Paramita (Guha) Ghosh",)),
    (["Jane Doe (Brook)"], ("Jane Doe",)),
    (["Jane Doe on Friday May 3"], ("Jane Doe",)),
    (["Written By Jane Doe Fact Checked By John Roe"], ("Jane Doe",)),
    (["Managing News Editor"], ("Managing News Editor",)),
    (["Verfasst von Eva Stein"], ("Eva Stein",)),
    (["{{ article.author }}"], ()),
    (["Ada Byron, Head of Mills and Brook Affairs"], ("Ada Byron",)),
    (["School of Arts and Crafts"], ("School of Arts and Crafts",)),
    (["Ada Byron, Product marketer"], ("Ada Byron",)),
    (["Ein Interview von Ada Byron", "Publié par Luis de la Mora"], ("Ada Byron", "Luis de la Mora")),
])  # fmt: skip
def test_names_are_cleaned(raw, names):
    assert clean_names(raw) == names


@pytest.mark.parametrize(("title", "sites", "expected"), [
    ("Mill turns again | Brook Times", ["Brook Times"], "Mill turns again"),
    ("Brook Times - Mill turns again", ["Brook Times"], "Mill turns again"),
    ("Mill turns again - Local - Brook Times", ["Brook Times"], "Mill turns again - Local"),
    ("Report: mill turns again", ["Brook Report"], "Report: mill turns again"),
    ("Mill turns again", ["Brook Times"], "Mill turns again"),
])  # fmt: skip
def test_site_names_are_taken_off(title, sites, expected):
    assert without_site(title, sites) == expected


def test_counts_are_read_from_short_lines():
    assert counts_in("1,234 views · 12 comments") == {"views": 1234, "comments": 12}
    assert counts_in("3.4K likes") == {"reactions": 3400}
    assert counts_in("no numbers") == {}


@pytest.mark.parametrize(("caption", "credit", "parts"), [
    ("The mill at dusk © Ida Roth", "", ("The mill at dusk", "Ida Roth")),
    ("(c) NORD/Roth", "", (None, "NORD/Roth")),
    ("The mill.", "Photo by Ida Roth", ("The mill.", "Ida Roth")),
    ("The mill.", "Foto: Roth / Nordbild", ("The mill.", "Roth / Nordbild")),
    ("The mill.", "Photo agency Nord", ("The mill.", "Photo agency Nord")),
])  # fmt: skip
def test_captions_and_credits_are_parted(caption, credit, parts):
    assert split_credit(caption, credit) == parts


@pytest.mark.parametrize(("stated", "steps", "section"), [
    ("", ["Home"], None), ("", ["Home", "Town", "Articles"], "Town"), ("Home", ["Home", "Town"], "Town"),
    ("news/town", [], "town"), ("town", ["Home", "Town"], "Town"), ("Arts / Music", [], "Arts / Music"),
])  # fmt: skip
def test_sections(stated, steps, section):
    items = ",".join(f'{{"position":{number},"name":"{step}"}}' for number, step in enumerate(steps, 1))
    html = (
        f'<meta property="article:section" content="{stated}"><meta property="og:site_name" content="brooktimes">'
        '<meta name="application-name" content="Brook Times"><script type="application/ld+json">{"@graph":['
        f'{{"@type":"BreadcrumbList","itemListElement":[{items}]}},{{"@type":"NewsArticle",'
        f'"headline":"Mill turns again","alternativeHeadline":"Mill turns again!"}}]}}</script>'
        f"<h1>Mill turns again</h1><p>{'Word. ' * 60}</p>"
    )
    article = extract(html)
    assert (article.section, article.outlet, article.subtitle) == (section, "Brook Times", None)


@pytest.mark.parametrize(("sentence", "verbs"), [
    ("The mill is open, he {} Brook News.", "told,said to,confirmed to,informed,according to,as reported by"),
    ("The mill is open, {} Brook News.", "in an interview with,in a statement to,laut,nach Angaben von,berichtet,selon,"
     "d’après,según,de acuerdo con,secondo,segundo,de acordo com,volgens,enligt,ifølge,według,podle,по данным"),
    ("{} Brook News, the mill is open.", "Wie die,Laut,Selon,Según,Secondo,Volgens,По сообщению,Σύμφωνα με την"),
    ("Brook News {} it on Friday.", "first reported,reports,revealed,broke the story,was the first to report,quoted"),
    ("Ada Byron {} on Friday that it is open.", "said,announced,warned,testified,sagte,a déclaré,dijo,disse,заявила"),
    ("“It is open”, {} Ada Byron on Friday.", "said,according to,so,erklärte,zei,сказал"),
])  # fmt: skip
def test_sources_are_seen_by_any_verb(sentence, verbs):
    assert [verb for verb in verbs.split(",") if not cited_sources(sentence.format(verb))] == []


def test_cited_sources_name_verb_sentence_and_place():
    text = "The mill turned again.\n\nThe miller told CBS News that nine weeks were enough. Ada Byron said so too."
    found = cited_sources(text)
    assert [(item.name, item.kind, item.verb) for item in found] == [
        ("CBS News", "outlet", "told"),
        ("Ada Byron", "person", "said"),
    ]
    assert text[found[0].position :].startswith(found[0].sentence)
    assert cited_sources("Selon Le Monde, le moulin tourne.")[0].name == "Le Monde"
    assert cited_sources("Nobody said anything.") == ()
    assert cited_sources("So erklärte das Gericht, die Gebag sagte nichts.") == ()


ENTRY = SimpleNamespace(
    id="1", title="Mill &amp;amp; brook <b>again</b>", link="https://x.example/a",
    published=datetime(2026, 5, 3, tzinfo=UTC), updated=None,
    authors=("By Ada Byron",), summary="<p>Short.</p>", tags=("Mills", "Mills"), language=None, source=None,
    comments=None,
    content="<p>GRUND (Nordwire) — The mill turned again on Friday, the miller told Brook Radio, and everybody in the lower village had bread before noon.</p><figure><img src='/m.jpg'>"  # noqa: E501
    "<figcaption>The mill. Photo: Ida Roth</figcaption></figure><script>x</script><p>The post Mill appeared first on Brook Times.</p><p>© 2026 Brook Times</p>",  # noqa: E501
    enclosures=(SimpleNamespace(url="https://x.example/e.jpg", type="image/jpeg"),),
)  # fmt: skip


def test_an_entry_is_read_like_a_page():
    article = read_entry(ENTRY, "en")
    assert article.title == "Mill & brook again"
    assert (
        article.text.startswith("GRUND (Nordwire) — The mill")
        and "appeared first" not in article.text
        and "©" not in article.text.split("\n\n")[0]
    )
    assert (article.authors, article.tags, article.language, article.dateline) == (
        ("Ada Byron",),
        ("Mills",),
        "en",
        "GRUND (Nordwire)",
    )
    assert [picture.url for picture in article.images] == ["https://x.example/m.jpg", "https://x.example/e.jpg"]
    assert (article.images[0].caption, article.images[0].credit) == ("The mill.", "Ida Roth")
    assert "The mill." not in article.text and "<figcaption>The mill." in article.html
    alone = "<figure><img src='/m.jpg'><figcaption>The mill</figcaption></figure>"
    assert read_entry({"content": alone}).text == "The mill"
    assert [item.name for item in article.cited] == ["Brook Radio"]
    assert article.date_evidence[0].where == "feed" and article.published == ENTRY.published
    assert "<script" not in article.html and article.notices == ("© 2026 Brook Times",)


def test_an_entry_of_odd_values_is_read_all_the_same():
    article = read_entry(
        {"title": 7, "content": None, "authors": "no tuple", "published": "soon", "enclosures": [None, {}]}
    )
    assert article.kind == "none" and article.title is None and article.authors == ()


LISTING = """<nav><a href="/sport">All the sport of the week on one page</a><a href="/about">About</a></nav><main>
<h2><a href="/2026/05/03/mill-turns-again">Mill turns again after nine dry weeks</a></h2><p>Lead 
<a href="/2026/05/03/mill-turns-again">more</a></p>
<h2><a href="/2026/05/02/whale-on-loan">Museum lends its whale to a shopping centre</a></h2>
<h2><a href="/2026/05/01/pass-road">Pass road opens one lane before the weekend</a></h2>
<a href="https://elsewhere.example/2026/05/01/foreign">A headline that another site has written here</a>
<a href="/tag/mills">Everything that we ever wrote about mills</a>
<a href="/2026/05/report.pdf">The whole report as a file to download</a></main>
<footer><a href="/privacy">Our policy on privacy and your choices</a></footer>"""


def test_a_listing_gives_its_articles_and_nothing_else():
    found = [link for link in links(LISTING, "https://x.example/") if link.article]
    assert [link.url for link in found] == [
        "https://x.example/2026/05/03/mill-turns-again", "https://x.example/2026/05/02/whale-on-loan",
        "https://x.example/2026/05/01/pass-road",
    ]  # fmt: skip
    assert found[0].title == "Mill turns again after nine dry weeks"


@pytest.mark.parametrize(("line", "signs"), [
    ("By Ada Fenn", True),
    ("Von Jörg Müller und Élise Őri", True),
    ("By URSULA VON DER LINDEN for The Lantern", True),
    ("By Friday", False),
    ("By the river they stood", False),
    ("Par Ada Fenn, qui marche au bord de la mer", False),
])  # fmt: skip
def test_a_line_under_the_headline_that_only_signs_is_no_body(line, signs):
    paragraphs = "".join(
        f"<p>The council of Kerrin met for the {n}. time this spring and spoke of the harbour and its {n} cranes.</p>"
        for n in range(2, 8)
    )
    read = extract(f"<main><h1>Bridge closes for a week</h1><p>{line}</p>{paragraphs}</main>")
    assert read.text.startswith("The council of Kerrin met for the 2. time") == signs


@pytest.mark.parametrize(("stated", "section"), [
    ("Sport", "Sport"),
    ("Meta, Recent News, Sidebar", "Meta"),
    ("Home; Harbour", "Harbour"),
    ("Bridge closes for a week", "Kerrin"),
    ("Bridge closes for a week and what else the council of Kerrin decided", "Kerrin"),
])  # fmt: skip
def test_a_section_is_one_name_and_not_the_headline(stated, section):
    read = extract(
        f'<meta property="article:section" content="{stated}"><ol class="breadcrumb"><li>Home</li><li>Kerrin</li></ol>'
        "<main><h1>Bridge closes for a week</h1><p>The council met in the morning, and then it went home.</p></main>"
    )
    assert read.section == section


PARAGRAPH = "<p>The mill on the brook turned again on Friday, after {} dry weeks, and the miller baked for all.</p>"
PARAGRAPHS = "".join(map(PARAGRAPH.format, ("nine", "ten", "eleven", "twelve")))


@pytest.mark.parametrize(("markup", "addresses"), [
    ("<img src=/m.jpg><img src=/arrow_right.svg><img src=/icons/down.png width=40>", ["m.jpg"]),
    ("<img src=/brand-logo.png width=640 height=480>", ["brand-logo.png"]),
    ("<img src=/placeholder.png width=640 height=480 srcset='/s.jpg 300w, /l.jpg 900w'>", ["l.jpg"]),
    ("<picture><source srcset=/p.webp><img src=/blank.gif></picture>", ["p.webp"]),
    ("<img src=/transparent.gif>", []),
    ("<img srcset='/w_9,h_6/l.jpg 900w, /w_3,h_2/s.jpg 300w'>", ["w_9,h_6/l.jpg"]),
    ("<img src=/beacon/m.jpg><img src=/beacon/m.gif>", ["beacon/m.jpg"]),
    ("<img src=/1/m.jpg?w=300><img src=/1/m.jpg?w=600>", ["1/m.jpg?w=300"]),
    ("<img src=/1/m.jpg alt=Mill><img src=/2/m.jpg alt=Weir>", ["1/m.jpg", "2/m.jpg"]),
    ("<img src=/image?id=1><img src=/image?id=2><img src=/image?id=1>", ["image?id=1", "image?id=2"]),
])  # fmt: skip
def test_each_picture_is_given_once_and_signs_and_stand_ins_are_none(markup, addresses):
    page = f"<article><h1>Mill turns again</h1>{PARAGRAPHS}<div>{markup}</div>{PARAGRAPHS}</article>"
    found = [picture.url for picture in extract(page, "https://x.example/a").images]
    assert found == [f"https://x.example/{name}" for name in addresses]


def test_markup_parts_no_word_that_the_text_keeps_whole():
    opening = "<p><span class=cap>T</span>he m<font>il</font>l.</p>"
    page = f"<article><h1>Mill turns again</h1>{opening}{PARAGRAPHS}</article>"
    article = extract(page)
    assert article.text.startswith("The mill.") and article.html.startswith("<p>The mill.</p>")


def test_a_caption_lacks_what_the_page_hides_behind_it():
    caption = "<figcaption>The wheel. <i>Photo: Ida Roth</i><span hidden>Show more</span></figcaption>"
    page = f"<article><h1>Mill turns again</h1><figure><img src=/m.jpg>{caption}</figure>{PARAGRAPHS}</article>"
    picture = extract(page, "https://x.example/a").images[0]
    assert (picture.caption, picture.credit) == ("The wheel.", "Ida Roth")


TEASER = (
    "<div class=c><a href=/{0}><h4>The {0} story of the dry brook</h4><p>What came of it after nine weeks of sun.</p>"
    "</a></div>"
)
TEASERS = "".join(map(TEASER.format, ("first", "second", "third")))


@pytest.mark.parametrize(("around", "related"), [
    (f"<section><div><h3>More on this topic</h3></div><div>{TEASERS}</div></section>", 3),
    (f"<div>{TEASERS}</div>", 3),
    (f"<nav>{TEASERS}</nav>", 0),
    ("<div><a href=/first>The first story of the dry brook</a></div>", 0),
])  # fmt: skip
def test_lists_are_found_with_and_without_a_heading(around, related):
    page = f"<article><h1>Mill turns again</h1>{PARAGRAPHS}</article>{around}"
    found = extract(page, "https://x.example/a").lists.related
    names = ("first", "second", "third")[:related]
    assert [link.title for link in found] == [f"The {name} story of the dry brook" for name in names]
    assert [link.url for link in found] == [f"https://x.example/{name}" for name in names]


SPOKEN = "The mill by the brook turned again on Friday after nine dry weeks, the miller said to all who came to see it."


@pytest.mark.parametrize(("line", "notice"), [
    ("Copyright 2026 Brook Times", True),
    ("Copyright © 2026 Brook Times. All rights reserved.", True),
    ("© 2026 Brook Times", True),
    ("Alle Rechte vorbehalten.", True),
    ("Tous droits réservés", True),
    ("Copyright law was changed in 2026, and the miller is glad of it, for his songs are his own now.", False),
])  # fmt: skip
def test_a_last_line_that_claims_rights_is_a_notice(line, notice):
    article = extract(f"<article><h1>Mill turns again</h1>{f'<p>{SPOKEN * 3}</p>' * 4}<p>{line}</p></article>")
    assert (article.notices == (line,), article.text.endswith(line)) == (notice, not notice)


@pytest.mark.parametrize(("title", "outlet"), [
    ("Mill turns again | Brook Times", "Brook Times"),
    ("Mill turns again after nine weeks | Brook Times", "Brook Times"),
    ("Mill turns again: Brook Times", "x.example"),
    ("Mill turns again - after nine weeks", "x.example"),
    ("Council meets | Brook Times", "x.example"),
])  # fmt: skip
def test_the_outlet_stands_behind_the_headline_or_its_beginning(title, outlet):
    page = f"<title>{title}</title><h1>Mill turns again after nine weeks</h1><p>{SPOKEN}</p>"
    assert extract(page, "https://x.example/a").outlet == outlet


@pytest.mark.parametrize("beneath", ["<figcaption>{0}</figcaption></figure><p>{0}</p>", "<p>{0}</p></figure>"])
def test_what_a_figure_shows_is_not_shown_again_beneath_it(beneath):
    slides = "".join(f"<figure><img src=/{n}.jpg>{beneath.format(f'{n}: {SPOKEN}')}" for n in range(5))
    article = extract(f"<main><h1>Mill turns again</h1><p>{SPOKEN * 3}</p>{slides}</main>", "https://x.example/a")
    assert [article.html.count(f"{n}: {SPOKEN}") for n in range(5)] == [1] * 5
    assert article.html.count("<figcaption>") == 5
