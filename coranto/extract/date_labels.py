"""The words by which pages say what a date beside them is: that of publication or that of the last change."""

from __future__ import annotations

import re

from .patterns import by_initial

_WORD_ENDS = r"(?:\b|(?=\d)|(?<=[a-z])(?-i:(?=[A-Z])))"
"""Where a word ends, be it glued to what follows ("Updated20:49", "PostedMay 5")."""
UPDATED = by_initial(
    r"\b(?:updated?|modified|edited|revised|last reviewed|reviewed|aktualisiert|stand|geändert|überarbeitet|"
    r"mis à jour|mise à jour|modifié|actualizad[oa]|actualización|aggiornat[oa]|aggiornamento|atualizad[oa]|"
    r"atualização|bijgewerkt|uppdaterad|ändrad|oppdatert|opdateret|ændret|endret|päivitetty|muokattu|"
    r"zaktualizowan\w+|aktualizacj\w+|aktualizov\w+|frissítve|módosítva|actualizat|обновлено|обновлён|изменено|"
    r"оновлено|ενημερώθηκε|ενημέρωση|güncelle\w+|diperbarui|cập nhật)" + _WORD_ENDS +
    r"|تحديث|تعديل|עודכן|更新|修訂|수정|업데이트|अपडेट|अद्यतन",
    re.I,
)
PUBLISHED = by_initial(
    r"\b(?:published|posted|created|first published|originally published|date|publi[ée]e?|paru|mis en ligne|"
    r"veröffentlicht|erschienen|erstellt|gepostet|eingestellt|publicad[oa]|publicación|fecha|pubblicat[oa]|"
    r"pubblicazione|publicação|gepubliceerd|geplaatst|publicerad|publicerat|publisert|lagt ut|udgivet|julkaistu|"
    r"opublikowan\w+|data publikacji|dodano|publikováno|zveřejněno|megjelent|közzétéve|publicat|опубликовано|"
    r"опубліковано|дата|δημοσιεύθηκε|δημοσίευση|yayın\w*|eklenme|diterbitkan)" + _WORD_ENDS +
    r"|نشر|פורסם|发布|發布|发表|發表|掲載|公開|投稿|配信|입력|등록|작성|प्रकाशित|เผยแพร่",
    re.I,
)
