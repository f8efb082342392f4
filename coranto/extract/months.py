"""The months' names, full, declined and shortened, in the languages of the web's newspapers."""

from __future__ import annotations

import re
from unicodedata import normalize

# In order of the year; "_" stands for a space in a name.
_NAMES = (
    "january jan januar jänner jaenner janvier janv enero ene gennaio gen janeiro januari januarie styczeń "
    "stycznia sty leden ledna január januára ianuarie siječanj siječnja januarja jaanuar janvāris sausio gener "
    "tammikuu tammikuuta ocak oca январь января янв січень січня студзеня януари јануар ιανουάριος ιανουαρίου ιαν "
    "يناير جانفي كانون_الثاني ژانویه ינואר בינואר जनवरी",
    "february feb februar feber février févr fév fevrier febrero febbraio fevereiro fev februari februarie luty "
    "lutego lut únor února február februára veljača veljače februarja veebruar februāris vasario febrer helmikuu "
    "helmikuuta şubat şub февраль февраля фев лютий лютого лютага февруари фебруар φεβρουάριος φεβρουαρίου φεβ "
    "فبراير فيفري شباط فوریه פברואר בפברואר फरवरी फ़रवरी",
    "march mar märz maerz mars marzo março marco maart mrt marec marzec marca březen března március martie ožujak "
    "ožujka märts marts kovo març maaliskuu maaliskuuta mart maret март марта мар березень березня сакавіка "
    "μάρτιος μαρτίου μαρ مارس آذار اذار מרץ במרץ मार्च",
    "april apr avril avr abril abr aprile avrile kwiecień kwietnia kwi duben dubna április apríla aprilie travanj "
    "travnja aprila aprill aprīlis balandžio d'abril huhtikuu huhtikuuta nisan nis апрель апреля апр квітень "
    "квітня красавіка април απρίλιος απριλίου απρ أبريل ابريل إبريل أفريل نيسان آوریل אפריל באפריל अप्रैल",
    "may mai mayo maggio mag maio mei maj maja květen května május mája svibanj svibnja maijs gegužės maig "
    "toukokuu toukokuuta mayıs май мая травень травня мај μάιος μαΐου μαϊ مايو ماي أيار ايار מאי במאי मई",
    "june jun juni juin junio giugno giu junho czerwiec czerwca cze červen června június jún júna iunie lipanj "
    "lipnja junija juuni jūnijs birželio juny kesäkuu kesäkuuta haziran haz июнь июня июн червень червня чэрвеня "
    "юни јун ιούνιος ιουνίου ιουν يونيو جوان حزيران ژوئن יוני ביוני जून",
    "july jul juli juillet juil julio luglio lug julho lipiec lipca lip červenec července július júl júla iulie "
    "srpanj srpnja julija juuli jūlijs liepos juliol julai heinäkuu heinäkuuta temmuz tem июль июля июл липень "
    "липня ліпеня юли јул ιούλιος ιουλίου ιουλ يوليو يوليوز جويلية تموز ژوئیه יולי ביולי जुलाई",
    "august aug août aout agosto ago augustus sierpień sierpnia sie srpen srpna augusztus augusta kolovoz kolovoza "
    "avgust avgusta augusts rugpjūčio agost agustus agu ogos elokuu elokuuta ağustos ağu август августа авг "
    "серпень серпня жніўня αύγουστος αυγούστου αυγ أغسطس اغسطس أوت غشت آب اوت אוגוסט באוגוסט अगस्त",
    "september sept sep septembre septiembre setiembre settembre set setembro wrzesień września wrz září "
    "szeptember septembra septembrie rujan rujna septembar septembris rugsėjo setembre syyskuu syyskuuta eylül eyl "
    "сентябрь сентября сен сент вересень вересня верасня септември септембар σεπτέμβριος σεπτεμβρίου σεπ σεπτ "
    "سبتمبر شتنبر أيلول ايلول سپتامبر ספטמבר בספטמבר सितंबर सितम्बर",
    "october oct oktober okt octobre octubre ottobre ott outubro out październik października paź říjen října "
    "október októbra octombrie oktobra oktobar oktoober oktobris spalio lokakuu lokakuuta ekim eki октябрь октября "
    "окт жовтень жовтня кастрычніка октомври октобар οκτώβριος οκτωβρίου οκτ أكتوبر اكتوبر تشرين_الأول تشرين_الاول "
    "اکتبر אוקטובר באוקטובר अक्टूबर अक्तूबर",
    "november nov novembre noviembre novembro listopad listopada lis listopadu novembra noiembrie studeni "
    "studenoga studenog novembar novembris lapkričio marraskuu marraskuuta kasım kas ноябрь ноября ноя листопад "
    "листопада лістапада ноември новембар νοέμβριος νοεμβρίου νοε نوفمبر نونبر تشرين_الثاني نوامبر נובמבר בנובמבר "
    "नवंबर नवम्बर",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudzień grudnia gru prosinec "
    "prosince decembra decembrie prosinac prosinca decembar detsember decembris gruodžio desembre desember des "
    "disember joulukuu joulukuuta aralık ara декабрь декабря дек грудень грудня снежня декември децембар "
    "δεκέμβριος δεκεμβρίου δεκ ديسمبر دجنبر كانون_الأول كانون_الاول دسامبر דצמבר בדצמבר दिसंबर दिसम्बर",
)
_ACCENTS = re.compile(r"[\u0300-\u036f]")


def _table() -> dict[str, int]:
    table = {name.replace("_", " "): month for month, names in enumerate(_NAMES, 1) for name in names.split()}
    # In capitals names lose their accents, in Greek, and their dots, in Turkish.
    return {_ACCENTS.sub("", normalize("NFD", name)).replace("ı", "i"): month for name, month in table.items()} | table


MONTHS = _table()
"""The number of a month by its name in small letters."""
