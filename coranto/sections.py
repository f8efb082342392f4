"""The sections of a site: which of them an outlet's own label means.

Outlets call the same section by many names ("Business", "Money", "Wirtschaft", "Économie"). The table below gives the
names in use; a label that is not in it means no section, and the outlet's own then stands.
"""

from __future__ import annotations

from collections.abc import Iterable

# Site section -> labels in English, French, German, Spanish, Portuguese, Italian, Dutch, Polish, Russian, Arabic,
# Hebrew, Chinese, Japanese; in lower case.
LABELS: dict[str, str] = {
    "World": "world, world news, international, foreign, abroad, global, monde, étranger, welt, ausland,"
    " internacional, mundo, esteri, mondo, buitenland, świat, мир, العالم, دولي, عالمي, בעולם, חדשות"
    " בעולם, 国际, 國際, 世界",
    "Politics": "politics, government, westminster, congress, elections, politique, politik, innenpolitik, política,"
    " politica, politiek, polityka, политика, سياسة, السياسة, פוליטיקה, 政治, 时政",
    "Economy": "economy, business, money, markets, finance, companies, économie, entreprises, wirtschaft, finanzen,"
    " economía, negocios, economia, negócios, finanza, economie, gospodarka, экономика, бизнес, اقتصاد,"
    " الاقتصاد, أعمال, כלכלה, עסקים, 经济, 財經, 财经, 経済",
    "Local": "local, local news, city, metro, region, regional, communities, régions, région, lokales, regional,"
    " stadt, ciudad, locales, cidades, cronaca, regio, region, город, محليات, أخبار المدينة, محلي, מקומי,"
    " 本地, 地域",
    "Science": "science, sciences, research, wissenschaft, wissen, ciencia, ciência, scienza, scienze, wetenschap,"
    " nauka, наука, علوم, العلوم, מדע, 科学, 科學",
    "Technology": "technology, tech, digital, technologie, technik, netzwelt, tecnología, tecnologia, технологии,"
    " تكنولوجيا, تقنية, טכנולוגיה, 科技, テクノロジー",
    "Health": "health, medicine, wellness, santé, gesundheit, salud, saúde, salute, gezondheid, zdrowie, здоровье,"
    " صحة, الصحة, בריאות, 健康, 医療",
    "Culture": "culture, arts, arts & culture, entertainment, books, film, music, kultur, feuilleton, cultura,"
    " cultuur, kultura, культура, ثقافة, الثقافة, فنون, תרבות, 文化, エンタメ",
    "Sport": "sport, sports, football, soccer, cricket, rugby, fußball, deportes, esportes, calcio, спорт, رياضة,"
    " الرياضة, ספורט, 体育, 體育, スポーツ",
    "Environment": "environment, climate, nature, energy, environnement, climat, planète, umwelt, klima,"
    " medio ambiente, clima, ambiente, meio ambiente, milieu, środowisko, экология, بيئة, البيئة, סביבה, 环境, 環境",
    "Weather": "weather, météo, wetter, el tiempo, meteo, tempo, weer, pogoda, погода, الطقس, מזג אוויר, 天气, 天気",
    "Opinion": "opinion, opinions, comment, commentary, columns, editorial, editorials, op-ed, views, idées, débats,"
    " meinung, kommentar, kommentare, opinión, opinião, opinioni, opinie, мнения, آراء, رأي, דעות, 评论, 社説",
}
_SECTIONS = {label.strip(): section for section, labels in LABELS.items() for label in labels.split(",")}


def section_of(labels: Iterable[str | None]) -> str | None:
    """The site's section for the first of an article's own labels that has one, or None."""
    for label in labels:
        if label and (found := _SECTIONS.get(" ".join(label.split()).casefold())):
            return found
    return None
