"""What clutter calls itself: names of containers, and the phrases with which lists and promotion begin.

Tables of patterns in many languages and nothing else; `body`, `lists` and `flattened` decide what follows from a match.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .patterns import alternatives, by_initial

# Containers whose text is never an article's, as their class, id or role says. Words are parted by non-letters.
CONTAINER = re.compile(
    r"(?<![a-z])(?:nav|navbar|navigation|menu|menus|submenu|sidebar|side-bar|sidebars|footer|footnav|site-header|"
    r"masthead|topbar|breadcrumbs?|"
    r"related\w*|relacionad[ao]s|recommend\w*|recirc\w*|most-?(?:read|popular|viewed|shared|recent)|popular|"
    r"trending|read-?(?:more|next|also)|"
    r"more-(?:from|on|stories|news|articles|posts|coverage)|also-(?:read|like)|you-may|teasers?|teaser-list|promo|"
    r"promos|promoted|promotion|promobox|"
    r"sponsor\w*|advert\w*|ads?|adslot|ad-?(?:container|wrapper|unit|slot|block|box)|banner|outbrain|taboola|"
    r"newsletter\w*|subscri\w+|signup|sign-up|sign-in|login|"
    r"share|sharing|sharebar|share-?(?:bar|buttons?|tools?|links?)|social|socials|social-?\w*|addthis|sharedaddy|"
    r"comments?|commentlist|comment-?\w*|disqus|respond|replies|"
    r"cookies?|consent|gdpr|modal|popup|pop-up|overlay|lightbox|tooltip|dropdown|"
    r"author-?(?:bio|box|info|card|profile|details|about)|about-?(?:the-)?author|bio-box|authorbox|contributor-?bio|"
    r"tags?|tag-?(?:list|cloud|links|wrapper)|tagcloud|topics|keywords|post-?(?:nav\w*|meta|tags|footer)|"
    r"entry-?(?:meta|footer|utility)|metadata|article-?(?:footer|tags|meta|topics|info|share|tools)|"
    r"pagination|pager|paginat\w*|page-numbers|prev-?next|next-?prev|widget|widgets|widget-area|toolbar|utility|"
    r"skip-?\w*|screen-reader\w*|sr-only|visually-?hidden|"
    r"copyright|disclaimer|legal|donat\w*|paywall|piano|registration|register|poll|quiz|survey|rating|ratings|votes?|"
    r"carousel|slider|ticker|marquee|search|searchbox|search-?form|jump-?link|toc|table-of-contents|print-only|"
    r"noprint|no-print|"
    r"navigation|complementary|contentinfo|banner|dialog|alertdialog|tablist)(?![a-z])"
)

# Names that speak for the body itself.
BODY = re.compile(
    r"(?<![a-z])(?:article-?(?:body|text|content|copy|main|detail\w*)\w*|story-?(?:body|text|content|copy)\w*|"
    r"post-?(?:body|content|text|entry)\w*|entry-?content\w*|"
    r"content-?(?:body|text|article)|body-?(?:text|content|copy)|articlebody|articletext|articlecontent|"
    r"main-?(?:text|content)|rich-?text|richtext|wysiwyg|"
    r"prose|hentry|field-name-body|single-?content|news-?(?:text|body|content|detail\w*)|td-post-content|"
    r"blog-?content|page-?content|text-?content|textkoerper|notizia|noticia)(?![a-z])"
)

CAPTION = re.compile(
    r"(?<![a-z])(?:captions?|figcaption|credits?|image-?(?:info|credit|caption|desc\w*|meta)|photo-?(?:credit|"
    r"caption|info|desc\w*)|copyright|wp-caption-text|bildunterschrift|legende|legend|leyenda|pie-?foto|"
    r"media-?(?:caption|info|text))(?![a-z])"
)
BYLINE = re.compile(
    r"(?<![a-z])(?:by-?line\w*|authors?|author-?\w*|writers?|contributors?|reporters?|dateline|timestamp|"
    r"published|publish-?date|pub-?date|post-?date|entry-?date|posted-on|article-?(?:date|author|header|byline)|"
    r"date|datetime|time|autor\w*|auteur\w*|firma|signature)(?![a-z])"
)
LEAD = re.compile(
    r"(?<![a-z])(?:lead|lede|intro\w*|standfirst|dek|deck|sub-?(?:title|head|headline|heading)|excerpt|summary|"
    r"teaser-?text|vorspann|chapo|chapeau|sapo|entradilla|bajada|perex|abstract|article-?(?:lead|intro|summary|"
    r"description|dek|excerpt)|description|kicker-?text|sommario|ingress|manchet|zanka)(?![a-z])"
)

BIO = re.compile(r"(?<![a-z])(?:author|autor|contributor|writer|bio|profile)")
LIST_RELATED = re.compile(
    r"(?<![a-z])(?:related\w*|relacionad[ao]s|more-?(?:from|on|stories|news|articles)|read-?(?:more|next|also)|"
    r"recirc\w*|see-?also|verwandt\w*)"
)
LIST_RANKED = re.compile(r"(?<![a-z])(?:ranking|rank|top-?(?:stories|news)|charts?)(?![a-z])")
LIST_READ = re.compile(r"(?<![a-z])(?:most-?\w+|popular\w*|trending|meistgelesen|plus-?lus|mas-?leid\w+|mais-?lidas)")
LIST_RECOMMENDED = re.compile(r"(?<![a-z])(?:recommend\w*|empfehl\w*|you-?may|for-?you|editors?-?picks?|suggest\w*)")
LIST_COMMENTS = re.compile(
    r"(?<![a-z])(?:comments?|comment-?(?:list|body|text|content)|commentlist|disqus|replies)(?![a-z])"
)
CRUMBS = re.compile(r"(?<![a-z])(?:breadcrumbs?|bread-crumbs?|crumbs?|fil-ariane|migas)(?![a-z])")
TOPICS = re.compile(
    r"(?<![a-z])(?:tags?|topics?|keywords?|tag-?list|article-?tags|post-?tags|themen|schlagwort\w*|sujets|"
    r"etiquetas|temas|argomenti|labels?|hashtags?)(?![a-z])"
)
DATE = re.compile(
    r"(?<![a-z])(?:date|time|published|publish|pub-?date|timestamp|posted|byline|datum|fecha|data|meta|dateline|info)"
)

IS_CLUTTER, IS_BODY, IS_CAPTION, IS_BYLINE, IS_LEAD, IS_BIO, IS_CRUMBS, IS_TOPICS, IS_DATE = (
    1 << bit for bit in range(9)
)
IS_RELATED, IS_RANKED, IS_READ, IS_RECOMMENDED, IS_COMMENTS = (1 << bit for bit in range(9, 14))
_BITS = (
    (CONTAINER, IS_CLUTTER), (BODY, IS_BODY), (CAPTION, IS_CAPTION), (BYLINE, IS_BYLINE), (LEAD, IS_LEAD),
    (BIO, IS_BIO),
    (CRUMBS, IS_CRUMBS), (TOPICS, IS_TOPICS), (DATE, IS_DATE), (LIST_RELATED, IS_RELATED), (LIST_RANKED, IS_RANKED),
    (LIST_READ, IS_READ), (LIST_RECOMMENDED, IS_RECOMMENDED), (LIST_COMMENTS, IS_COMMENTS),
)  # fmt: skip


def marks_of(ident: str) -> int:
    """What a container calls itself, as a sum of IS_... bits. Who speaks for the body is no clutter."""
    marks = 0
    for name in ident.split():
        marks |= _marks_of_name(name)
    return marks & ~IS_CLUTTER if marks & IS_BODY else marks


@lru_cache(maxsize=60_000)
def _marks_of_name(name: str) -> int:
    marks, by_opening = 0, _by_opening()
    for word in _WORDS.finditer(name):
        opening = word[0]
        for pattern, bit in by_opening.get(opening) or by_opening.get(opening[:2], ()):
            if not marks & bit and pattern.match(name, word.start()):
                marks |= bit
    return marks


_WORDS = re.compile("(?<![a-z])[a-z]{2,3}")
_TABLE = re.compile(r"\(\?<!\[a-z]\)\(\?:(.*?)\)((?:\(\?!\[a-z]\))?)", re.S)
_OPENING = re.compile("[a-z]{2,3}(?![?*])")


@cache
def _by_opening() -> dict[str, list[tuple[re.Pattern[str], int]]]:
    """The names of the tables above by their first three letters, or two: of hundreds only a few need be tried on a
    word."""
    gathered: dict[str, dict[int, list[str]]] = {}
    for table, bit in _BITS:
        names, end = _TABLE.fullmatch(table.pattern).groups()
        for name in alternatives(names)[0]:
            opening = _OPENING.match(name)[0]
            gathered.setdefault(opening, {}).setdefault(bit, []).append(f"{name}{end}")
    for opening, of_bits in gathered.items():
        if len(opening) == 3:
            for bit, names in gathered.get(opening[:2], {}).items():
                of_bits.setdefault(bit, []).extend(names)
    return {
        opening: [(re.compile("|".join(names)), bit) for bit, names in of_bits.items()]
        for opening, of_bits in gathered.items()
    }


# Headings after which lists of other articles follow, whole line.
RELATED = by_initial(
    r"^(?:related(?: (?:articles?|stories|story|content|news|posts?|links?|topics|coverage|reading|video|"
    r"videos))?|more (?:on|from|in|about|stories|news|like)\b.{0,60}|"
    r"read (?:more|next|also|this next)\b.{0,40}|see also|also read|further reading|more|keep reading|continue "
    r"reading|up next|next (?:up|article|story|post)|(?:previous|next) (?:post|article|story)|"
    r"you (?:may|might|could) (?:also |be )?(?:like|enjoy|interested in|have missed)\b.*|in case you missed it|"
    r"don.t miss|what to read next|recent (?:posts|articles|news|stories)|latest(?: (?:news|stories|posts|"
    r"articles|headlines))?|"
    r"mehr (?:zum thema|zu|aus|über|von|lesen|artikel|nachrichten)\b.{0,60}|lesen sie (?:auch|mehr|dazu)\b.*|"
    r"auch interessant.*|das könnte (?:sie|dich) auch interessieren.*|weitere (?:artikel|themen|nachrichten|"
    r"meldungen|beiträge)\b.{0,40}|zum thema|passend zum thema|lesetipps?|verwandte (?:artikel|themen|beiträge)|"
    r"(?:à )?lire aussi.*|à lire(?: également)?\b.*|sur le même (?:sujet|thème)|articles? (?:liés|similaires|"
    r"connexes|récents)|voir aussi|dans la même rubrique|"
    r"(?:lea|lee|leer|ver) (?:también|más|tambien|mas)\b.*|te puede interesar.*|noticias relacionadas|artículos "
    r"relacionados|más (?:noticias|información|sobre|en)\b.{0,60}|relacionad[ao]s?|"
    r"leia (?:também|mais)\b.*|veja (?:também|mais)\b.*|saiba mais|notícias relacionadas|leggi anche.*|potrebbe "
    r"interessarti.*|articoli correlati|"
    r"lees (?:ook|meer)\b.*|meer (?:over|nieuws)\b.*|lue (?:myös|lisää)\b.*|läs (?:också|mer|även)\b.*|les "
    r"(?:også|mer)\b.*|læs (?:også|mere)\b.*|"
    r"(?:czytaj|zobacz|przeczytaj) (?:też|także|również|więcej)\b.*|powiązane.*|podobne.*|čtěte (?:také|více)\b.*|"
    r"související.*|mohlo by vás zajímat.*|"
    r"читайте (?:также|еще|ещё|нас)\b.*|по теме|(?:похожие|другие) (?:новости|статьи|материалы).*|еще по теме|"
    r"смотрите также.*|διαβάστε (?:επίσης|ακόμα|περισσότερα|και)\b.*|δείτε (?:επίσης|ακόμα)\b.*|σχετικά (?:άρθρα|"
    r"θέματα)|"
    r"baca juga.*|ilgili haberler.*|اقرأ (?:أيضا|أيضًا|المزيد).*|مواضيع ذات صلة|أخبار ذات صلة|מאמרים קשורים|"
    r"כתבות נוספות|関連記事|あわせて読みたい|相关(?:阅读|新闻|文章|报道)|延伸阅读|推荐阅读|관련 ?기사)\s*[:.»›>…→]*$",
    re.I,
)
RANKING = re.compile(
    r"^(?:ranking|rankings|top \d+|top (?:stories|news|articles)|hot|charts?|bestenliste|classement|le più lette|"
    r"рейтинг|ランキング|排行榜?|热门)\s*:?$",
    re.I,
)
MOST_READ = re.compile(
    r"^(?:most (?:read|popular|viewed|shared|commented|recent)\b.{0,30}|popular(?: (?:now|stories|articles|news|"
    r"posts))?|trending(?: (?:now|stories|news|topics))?|meistgelesen.*|am meisten gelesen|beliebte (?:artikel|"
    r"beiträge)|les plus lus.*|lo más (?:leído|visto)|más leíd[ao]s|mais lidas|i più letti|più letti|meest "
    r"gelezen|najczęściej czytane|nejčtenější|самое читаемое|популярное|δημοφιλή|人気記事|most emailed)\s*:?$",
    re.I,
)
RECOMMENDED = re.compile(
    r"^(?:recommendations?|recommended(?: (?:for you|stories|articles|reading|posts))?|for you|editor.?s.? "
    r"(?:picks?|choice)|our picks?|we recommend|staff picks|suggested(?: (?:for you|articles|reading))?|"
    r"empfehlungen?(?: der redaktion)?|für sie empfohlen|recommandé.*|recomendad[ao]s?.*|consigliati.*|"
    r"aanbevolen.*|polecane.*|doporučujeme.*|рекомендуем.*|おすすめ.*|推荐|猜你喜欢)\s*:?$",
    re.I,
)

# Whole paragraphs that sell, ask or point elsewhere.
PROMOTION = by_initial(
    r"^(?:advertisement|ads?|anzeige|werbung|publicité|publicidad(?:e)?|pubblicità|reklama?|реклама|annons|"
    r"annonce|mainos|διαφήμιση|広告|广告|إعلان|"
    r"(?:article continues|story continues|continue reading|content continues|scroll)\b.{0,60}|(?:click|tap) "
    r"here\b.{0,120}|"
    r"(?:sign|log) (?:up|in)\b.{0,160}|subscribe\b.{0,160}|get (?:the latest|our|more|breaking|unlimited|"
    r"email)\b.{0,160}|follow (?:us|me|him|her|\S+ on)\b.{0,160}|like us on\b.{0,100}|join (?:our|us|the|"
    r"thousands)\b.{0,120}|"
    r"download (?:our|the) .{0,20}app\b.{0,100}|listen to (?:this|the) article.*|support (?:our|independent|"
    r"us)\b.{0,160}|donate\b.{0,120}|become a (?:member|subscriber|supporter|patron)\b.{0,120}|"
    r"share (?:this|on|via|article|story|the|your)\b.{0,60}|tweet|whatsapp|facebook|twitter|linkedin|pinterest|"
    r"reddit|e-?mail|print|copy link|save|comments?(?: \(?\d+\)?)?|(?:leave|post|write|add) a (?:comment|reply).*|"
    r"show comments|view comments|"
    r"we (?:may )?(?:earn|receive) .{0,40}commission.{0,200}|this (?:article|post|page) (?:may )?contains? "
    r"affiliate links.*|.{0,80}purchases? (?:made )?through (?:our )?links.{0,160}|"
    r"(?:this|the) (?:story|article|post) (?:was|has been|originally|first) .{0,20}(?:updated|published|"
    r"appeared)\b.{0,160}|originally (?:published|appeared)\b.{0,120}|"
    r"have (?:a (?:news )?tip|you got a|something to)\b.{0,200}|do you have (?:a|any) (?:tip|story|news|"
    r"information)\b.{0,200}|(?:contact|email|reach) (?:us|the author|the reporter)\b.{0,140}|send (?:us|your|"
    r"tips|news)\b.{0,140}|"
    r"abonn(?:ieren|ez|eer)\b.{0,160}|newsletter\b.{0,120}|(?:hier|jetzt) (?:abonnieren|anmelden|kostenlos|"
    r"klicken)\b.{0,160}|folgen sie\b.{0,120}|teilen|drucken|kommentare?|kommentieren|"
    r"suscr[ií]b\w*\b.{0,160}|s[ií]guenos\b.{0,120}|compartir|imprimir|inscrivez-vous\b.{0,160}|suivez\b.{0,120}|"
    r"partager|seguici\b.{0,120}|iscriviti\b.{0,160}|condividi|inscreva-se\b.{0,160}|siga\b.{0,100}|"
    r"подпис(?:ывайтесь|аться|ка)\b.{0,160}|поделиться\b.{0,60}|ακολουθήστε\b.{0,200}|obserwuj\b.{0,100}|"
    r"udostępnij\b.{0,60}|"
    r"skip (?:to|past)\b.{0,60}|back to top|load more|show more|see more|view (?:all|more|gallery|"
    r"comments)\b.{0,60}|watch (?:now|live|below|the video)\b.{0,80}|play video|video player.*|loading\b.{0,40}|"
    r"enable javascript.*|(?:please )?enable (?:cookies|js)\b.*|your browser .{0,200}|accept (?:all )?cookies.*)$",
    re.I,
)
_NOTICE_WORDS = (
    "©", "(c) ", "(C) ", "opyright", "OPYRIGHT", "ights reserved", "IGHTS RESERVED", "vorbehalten", "roits réservés",
    "derechos reservados", "iritti riservati", "ireitos reservados", "may not be published", "may not be reproduced",
)  # fmt: skip
_CLAIM = re.compile(
    r"^(?:©|\(c\)|copyright\b\W{0,4}(?:by\b|\(c\)|(?:19|20)\d\d\b)|copyright ©|"
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|"
    r"tutti i diritti (?:sono )?riservati|todos os direitos reservados|"
    r"alle rechten voorbehouden|wszelkie prawa zastrzeżone|všechna práva vyhrazena|все права защищены|"
    r"alla rättigheter förbehållna|med ensamrätt|με επιφύλαξη παντός δικαιώματος|版权所有|無断転載)",
    re.I,
)
_LONGEST_CLAIM = 160
_SOURCE = re.compile(r"^(?:source|quelle|fuente|fonte|bron|źródło|zdroj|источник|πηγή)\s*:\s*\S.{0,100}$", re.I)


_TIME, _YEAR = re.compile(r"\b\d{1,2}[:.]\d\d\b"), re.compile(r"\b(?:19|20)\d\d\b")


def is_dated(text: str) -> bool:
    """Whether a short line that is no sentence tells times of days, as one does that says when a page came and changed:
    "Ann Lee 21 February 2026, 15:10 · 22 February 2026, 9:05". Of the corpora's 496 such lines 4 stand in bodies."""
    told = text.count(":") + text.count(".") > 1 and text[-1] not in ".!?…”\"»"
    return told and len(_TIME.findall(text)) > 1 and _YEAR.search(text) is not None


def is_notice(text: str) -> bool:
    """Whether a line claims rights or names a source and nothing else."""
    return any(map(text.__contains__, _NOTICE_WORDS)) or (":" in text and bool(_SOURCE.match(text)))


def claims_rights(text: str) -> bool:
    """Whether a line is short and begins by claiming rights, as the last one of a text may."""
    return len(text) <= _LONGEST_CLAIM and bool(_CLAIM.match(text))


COMMENTS = re.compile(
    r"^(?:\d+\s+)?(?:comments?|kommentare?|commentaires?|comentarios?|comentários|commenti|reacties|komentarze|"
    r"komentáře|комментарии|σχόλια|コメント|评论|댓글)(?:\s*\(?\d+\)?)?\s*:?$",
    re.I,
)
