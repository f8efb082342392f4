"""The day of an article among those that a page names: one invented head and lines about the headline a case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from coranto.extract import extract

TEXT = "<p>" + "The mill by the brook turned again on Friday after nine dry weeks, the miller said. " * 8 + "</p>"
WEST = timezone(timedelta(hours=-5))


def page(data="", meta="", above="", below="", after="", language="en", title="Mill turns again"):
    return (
        f'<html lang="{language}"><head><title>{title}</title>{meta}'
        f'<script type="application/ld+json">{data or "{}"}</script></head><body>{above}<article>'
        f"<h1>Mill at the brook turns again</h1>{below}{TEXT}</article>{after}</body></html>"
    )


NEWS = '{"@type":"NewsArticle","headline":"Mill at the brook turns again","datePublished":"%s","dateModified":"%s"}'


@pytest.mark.parametrize(("parts", "published"), [
    (dict(data=NEWS % ("2026-03-14T07:30:00-05:00", "2026-03-20T09:00:00-05:00"), below="<p>March 14, 2026</p>"),
     datetime(2026, 3, 14, 7, 30, tzinfo=WEST)),
    (dict(data=NEWS % ("2024-03-14T07:30:00-05:00", "2026-03-20T09:00:00-05:00"),
          below="<p>By Ada Byron</p><p>Updated: March 20, 2026</p>"), datetime(2026, 3, 20, 9, 0, tzinfo=WEST)),
    (dict(below="<p>Posted March 14, 2026. Updated March 20, 2026</p>"), date(2026, 3, 14)),
    (dict(meta='<meta name="w-published-date" content="2026-03-14T06:03:43.274Z">'),
     datetime(2026, 3, 14, 6, 3, 43, 274000, tzinfo=UTC)),
    (dict(meta='<meta property="article:modified_time" content="2026-03-20">'), date(2026, 3, 20)),
    (dict(below="<p>News deskMAR 14, 2026</p>"), date(2026, 3, 14)),
    (dict(below="<p>12/10/2026</p>", meta='<meta name="pubdate" content="2026-10-12">', language="en-US"),
     date(2026, 10, 12)),
    (dict(below="<p>10/12/2026</p>", language="en-US"), date(2026, 10, 12)),
    (dict(below="<p>10/12/2025</p>", language="en-GB"), date(2025, 12, 10)),
    (dict(after="<div><p>Copyright 12/10/2025</p><p>4. März 2026</p></div>", language="de"), date(2026, 3, 4)),
    (dict(after="<footer>© 2026</footer>"), None),
    (dict(title="Mill turns again | Brook Times | 14.03.2026"), date(2026, 3, 14)),
    (dict(below="<p>Updated9:00, 20 Mar 2026</p><p>Published14 Mar 2026</p>"), date(2026, 3, 14)),
    (dict(meta='<meta property="article:published_time" content="2026-03-14">'
          '<meta property="article:modified_time" content="2026-03-20">', below="<p>March 20, 2026</p>"),
     date(2026, 3, 14)),
    (dict(after='<script>{"x":{"datePublished":"2026-03-14","y":"2026-01-01"}}</script>'), date(2026, 3, 14)),
    (dict(after='<div data-x="{&quot;publishedAt&quot;:&quot;2026-03-14T06:03:00Z&quot;}"></div>'),
     datetime(2026, 3, 14, 6, 3, tzinfo=UTC)),
    (dict(after='<script>[{"datePublished":"2026-03-14"},{"datePublished":"2026-03-15"}]</script>'), None),
    (dict(below=f"<p>Brook, 14 March 2026 – {TEXT[3:]}"), date(2026, 3, 14)),
    (dict(below="<p>Erstellt am: 01.11.2025</p>", meta='<meta name="date" content="11.01.2025">', language="de"),
     date(2025, 11, 1)),
    (dict(after="<p>This page was last edited on March 14, 2026, at 9:30 by one of the many who care for it</p>"),
     datetime(2026, 3, 14, 9, 30)),
    (dict(after="<p>14. März 2026 um 9:30 · In: Mühlen und Bäche des Kreises · Kein Kommentar</p>", language="de"),
     datetime(2026, 3, 14, 9, 30)),
    (dict(data=NEWS % ("2199-01-01", "2199-01-01"), below="<p>14 March 2026</p>"), date(2026, 3, 14)),
])  # fmt: skip
def test_published(parts, published):
    found = extract(page(**parts), "https://brook.example.com/news/mill").published
    assert found == published
    if isinstance(published, datetime):
        assert found.utcoffset() == published.utcoffset()


def test_the_last_change_is_told_apart():
    html = page(data=NEWS % ("2026-03-14T07:30:00-05:00", "2026-03-20T09:00:00-05:00"))
    article = extract(html, "https://brook.example.com/news/mill")
    assert article.modified == datetime(2026, 3, 20, 9, 0, tzinfo=WEST)
    assert {(item.field, item.where) for item in article.date_evidence} == {
        ("published", "json-ld"),
        ("modified", "json-ld"),
    }


@pytest.mark.parametrize(("data", "changed"), [
    (NEWS % ("2026-03-14T07:30:00-05:00", "2026-03-14T13:00:00Z"), datetime(2026, 3, 14, 13, tzinfo=UTC)),
    (NEWS % ("2026-03-14T07:30:00-05:00", "2026-03-14T12:00:00Z"), None),
    (NEWS % ("2026-03-14T07:30:00-05:00", "2026-03-14"), date(2026, 3, 14)),
    (NEWS % ("2026-03-14", "2026-03-13T23:00:00Z"), None),
])  # fmt: skip
def test_a_change_before_publication_is_none(data, changed):
    assert extract(page(data=data), "https://brook.example.com/news/mill").modified == changed


PUBLISHED_AND_CHANGED = (
    ("de", "Veröffentlicht am 14. März 2026, aktualisiert am 20. März 2026"),
    ("de", "Erstellt: 14.03.2026, 18:05 Uhr | Aktualisiert: 20.03.2026, 19:00 Uhr"),
    ("de", "14.03.2026 | Stand: 20.03.2026"),
    ("fr", "Publié le 14 mars 2026 à 18h05 - Mis à jour le 20 mars 2026 à 19h00"),
    ("fr", "Publié le 14/03/2026. Mise à jour : 20/03/2026"),
    ("fr", "Modifié le 20 mars 2026, publié le 14 mars 2026"),
    ("es", "Publicado el 14 de marzo de 2026. Actualizado el 20 de marzo de 2026"),
    ("es", "Fecha de publicación: 14/03/2026. Última actualización: 20/03/2026"),
    ("it", "Pubblicato il 14 marzo 2026, aggiornato il 20 marzo 2026"),
    ("it", "14 marzo 2026 (ultimo aggiornamento: 20 marzo 2026)"),
    ("pt", "Publicado em 14 de março de 2026 às 18h05. Atualizado em 20 de março de 2026 às 19h00"),
    ("pt", "14/03/2026 18h05 Atualizado 20/03/2026 19h00"),
    ("ru", "Опубликовано 14 марта 2026, 18:05. Обновлено 20 марта 2026, 19:00"),
    ("ru", "14 марта 2026, обновлено: 20 марта 2026"),
    ("ar", "نشر في 14 مارس 2026، آخر تحديث 20 مارس 2026"),
    ("ar", "تاريخ النشر: 14 مارس 2026 - تاريخ التحديث: 20 مارس 2026"),
    ("ja", "公開日：2026年3月14日 最終更新日：2026年3月20日"),
    ("ja", "2026年3月14日 18時05分 更新 2026年3月20日"),
    ("zh", "发布时间：2026年3月14日 更新时间：2026年3月20日"),
    ("zh", "發布：2026-03-14 18:05 更新：2026-03-20 19:00"),
    ("ko", "입력 2026.03.14. 오후 6:05 수정 2026.03.20. 오후 7:00"),
    ("ko", "등록 2026-03-14 18:05 | 수정 2026-03-20 19:00"),
    ("hi", "प्रकाशित: 14 मार्च 2026, अपडेट: 20 मार्च 2026"),
    ("hi", "Published: 14 Mar 2026 06:05 PM (IST) Updated: 20 Mar 2026 07:00 PM (IST)"),
    ("tr", "Yayınlanma: 14 Mart 2026 18:05 Güncelleme: 20 Mart 2026 19:00"),
    ("tr", "Giriş: 14.03.2026 - 18:05 Son Güncelleme: 20.03.2026 - 19:00"),
    ("pl", "Opublikowano: 14 marca 2026, 18:05. Aktualizacja: 20 marca 2026, 19:00"),
    ("pl", "Data publikacji: 14.03.2026, data aktualizacji: 20.03.2026"),
    ("nl", "Gepubliceerd op 14 maart 2026, bijgewerkt op 20 maart 2026"),
    ("sv", "Publicerad 2026-03-14 18.05. Uppdaterad 2026-03-20 19.00"),
    ("no", "Publisert 14. mars 2026. Sist oppdatert 20. mars 2026"),
    ("fi", "Julkaistu 14.3.2026 klo 18.05, päivitetty 20.3.2026 klo 19.00"),
    ("cs", "Publikováno 14. 3. 2026, aktualizováno 20. 3. 2026"),
    ("hu", "Megjelent: 2026. március 14. Frissítve: 2026. március 20."),
    ("uk", "Опубліковано 14 березня 2026, оновлено 20 березня 2026"),
    ("el", "Δημοσίευση: 14/03/2026, Ενημέρωση: 20/03/2026"),
    ("vi", "Xuất bản 14/3/2026, cập nhật 20/3/2026"),
    ("id", "Diterbitkan 14 Maret 2026, diperbarui 20 Maret 2026"),
    ("en", "First published on Sat 14 Mar 2026 18.05 GMT. Last modified on Fri 20 Mar 2026"),
    ("en", "Updated March 20, 2026. Posted March 14, 2026"),
)


def test_publication_and_last_change_are_told_apart_in_many_languages():
    for language, line in PUBLISHED_AND_CHANGED:
        found = extract(page(below=f"<p>{line}</p>", language=language), "https://brook.example.com/news/mill")
        days = [(day.date() if isinstance(day, datetime) else day) for day in (found.published, found.modified)]
        assert days == [date(2026, 3, 14), date(2026, 3, 20)], line
