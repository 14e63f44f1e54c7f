"""Names compared: what two spellings of one name share."""

import re
import unicodedata
from typing import Final

_APOSTROPHES: Final = re.compile("['`´‘’‛ʹʻʼʽˈ\u2032]")
_GAPS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
# Combining classes below 10 are no accents: they change the letter (the voicing marks of kana, virama).
_FIRST_ACCENT_CLASS: Final = 10


def fold(name: str) -> str:
    """Reduce a name to what two spellings of it share: no accents, case, apostrophes or hyphens.

    >>> fold("Komsomolsk-sur-l’Amour") == fold("KOMSOMOLSK SUR L'AMOUR")
    True
    """
    if name.isascii():  # as below, without the steps that leave ASCII as it is
        return _GAPS.sub(" ", _APOSTROPHES.sub("", name).lower()).strip()
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name)).casefold()
    letters = unicodedata.normalize("NFKD", letters)
    letters = "".join(c for c in letters if unicodedata.combining(c) < _FIRST_ACCENT_CLASS)
    letters = _APOSTROPHES.sub("", letters)
    return unicodedata.normalize("NFC", _GAPS.sub(" ", letters).strip())
