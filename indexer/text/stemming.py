"""Stems of words by language: what the forms of one word share.

The stemmers are Snowball's (https://snowballstem.org). A language is a row of `LANGUAGES`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import Stemmer


class Stemming(NamedTuple):
    """The stemmer of a language, the scripts of the words that it knows, two forms of one word."""

    algorithm: str
    scripts: str
    form: str
    other_form: str


LANGUAGES = {
    "ar": Stemming("arabic", "arabic", "حكومة", "الحكومة"),
    "ca": Stemming("catalan", "latin", "govern", "governs"),
    "cs": Stemming("czech", "latin", "vláda", "vlády"),
    "da": Stemming("danish", "latin", "regering", "regeringen"),
    "de": Stemming("german", "latin", "Regierung", "Regierungen"),
    "el": Stemming("greek", "greek", "κυβέρνηση", "κυβερνήσεις"),
    "eo": Stemming("esperanto", "latin", "registaro", "registaroj"),
    "es": Stemming("spanish", "latin", "político", "políticas"),
    "et": Stemming("estonian", "latin", "valitsuse", "valitsused"),
    "eu": Stemming("basque", "latin", "etxe", "etxeak"),
    "fa": Stemming("persian", "arabic", "دولت", "دولت‌ها"),
    "fi": Stemming("finnish", "latin", "hallituksen", "hallitukset"),
    "fr": Stemming("french", "latin", "l’économie", "économies"),
    "ga": Stemming("irish", "latin", "fear", "bhfear"),
    "hi": Stemming("hindi", "devanagari", "सरकार", "सरकारों"),
    "hu": Stemming("hungarian", "latin", "kormány", "kormányok"),
    "id": Stemming("indonesian", "latin", "pemerintah", "pemerintahan"),
    "it": Stemming("italian", "latin", "politica", "politiche"),
    "lt": Stemming("lithuanian", "latin", "vyriausybė", "vyriausybės"),
    "nb": Stemming("norwegian", "latin", "regjering", "regjeringen"),
    "ne": Stemming("nepali", "devanagari", "सरकार", "सरकारको"),
    "nl": Stemming("dutch", "latin", "regering", "regeringen"),
    "nn": Stemming("norwegian", "latin", "regjering", "regjeringar"),
    "no": Stemming("norwegian", "latin", "regjering", "regjeringen"),
    "pl": Stemming("polish", "latin", "rząd", "rządu"),
    "pt": Stemming("portuguese", "latin", "governo", "governos"),
    "ro": Stemming("romanian", "latin", "guvern", "guvernul"),
    "sr": Stemming("serbian", "latin cyrillic", "влада", "владе"),
    "st": Stemming("sesotho", "latin", "buka", "libuka"),
    "sv": Stemming("swedish", "latin", "regering", "regeringen"),
    "ta": Stemming("tamil", "tamil", "அரசின்", "அரசால்"),
    "tr": Stemming("turkish", "latin", "hükümet", "hükümetin"),
    "yi": Stemming("yiddish", "hebrew", "רעגירונג", "רעגירונגען"),
}
"""Languages with a stemmer of their own. A row has an example of what it joins."""

BY_SCRIPT = {"latin": "english", "cyrillic": "russian", "armenian": "armenian"}
"""The stemmers of words whose language is not known, or has no row, by script.

They are made for English, Russian and Armenian. Ukrainian words lose only the endings that they
share with Russian ones.
"""

UNSTEMMED = "-"

_BY_SCRIPT_TOO = frozenset((None, "en", "ru", "uk", "hy"))
"""Languages in which words of Latin script are English ones."""

_SCRIPTS = re.compile(
    "(?P<cyrillic>[\u0400-\u052f])|(?P<armenian>[\u0530-\u058f])|(?P<greek>[\u0370-\u03ff\u1f00-\u1fff])"
    "|(?P<arabic>[\u0620-\u06ff])|(?P<hebrew>[\u05d0-\u05ea])|(?P<devanagari>[\u0900-\u097f])"
    "|(?P<tamil>[\u0b80-\u0bff])"
)
_RUSSIAN_VOWELS = str.maketrans("іє", "ие")


def stemming_of(language: str | None) -> str:
    """Return the key of a language's stems.

    All languages that are stemmed by script alone share ``""``, and all whose words are not stemmed
    `UNSTEMMED`.

    >>> stemming_of("de"), stemming_of("en"), stemming_of(None), stemming_of("vi")
    ('de', '', '', '-')
    """
    if language in _BY_SCRIPT_TOO:
        return ""
    return str(language) if language in LANGUAGES else UNSTEMMED


def key_of(stem: str) -> str:
    """Return the key of the language of a stem, as it begins with it in an index.

    >>> key_of("de:regier"), key_of("minist"), key_of("10:30")
    ('de', '', '')
    """
    key, colon, _ = stem.partition(":")
    return key if colon and (key in LANGUAGES or key == UNSTEMMED) else ""


def stem(form: str, folded: str, key: str) -> str:
    """Return the stem of a word for a key of `stemming_of`, before accents are removed from it.

    ``form`` is the word in small letters, ``folded`` the same without accents. Words of a Latin
    script whose language has no stemmer are their own stems.
    """
    script = _script(folded)
    row = LANGUAGES.get(key)
    if row is not None and script in row.scripts.split():
        return _stemmed(row.algorithm, form) or folded
    if key == UNSTEMMED and script == "latin":
        return folded
    return _by_script(folded, script)


def _by_script(folded: str, script: str) -> str:
    algorithm = BY_SCRIPT.get(script, "english")
    known = folded.translate(_RUSSIAN_VOWELS)
    stemmed = _stemmed(algorithm, known)
    if known != folded:  # a stem is the beginning of a word, so its own vowels can stay
        return folded[: len(stemmed)] or folded
    return stemmed or folded


def _stemmed(algorithm: str, word: str) -> str:
    # A Stemmer must not be shared by threads; making one is cheaper than guarding one.
    stemmed: str = Stemmer.Stemmer(algorithm, 0).stemWord(word)
    return stemmed


def _script(word: str) -> str:
    if word.isascii():
        return "latin"
    found = _SCRIPTS.search(word)
    return (found and found.lastgroup) or "latin"
