"""Names of months: the rows below, and those of any other language that CLDR has, through Babel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from babel.core import Locale, UnknownLocaleError

NAMES = {
    "en": (
        "january|february|march|april|may|june|july|august|september|october|november|december",
        "jan january's|feb febr|mar|apr||jun|jul|aug|sep sept|oct|nov|dec",
    ),
    "de": (
        "januar jänner|februar feber|märz maerz|april|mai|juni|juli|august|september|oktober"
        "|november|dezember",
        "jan jän|feb|mär mrz|apr||jun|jul|aug|sep sept|okt|nov|dez",
    ),
    "fr": (
        "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        "janv jan|févr fév||avr||jun|juil jul|aou|sept sep|oct|nov|déc",
    ),
    "es": (
        "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre setiembre|octubre"
        "|noviembre|diciembre",
        "ene|feb|mar|abr|may|jun|jul|ago|sep sept set|oct|nov|dic",
    ),
    "pt": (
        "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
        "jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez",
    ),
    "it": (
        "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre"
        "|dicembre",
        "gen genn|feb febbr|mar|apr|mag|giu|lug|ago|set sett|ott|nov|dic",
    ),
    "nl": (
        "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
        "jan|feb|mrt|apr||jun|jul|aug|sep sept|okt|nov|dec",
    ),
    "pl": (
        "stycznia styczeń|lutego luty|marca marzec|kwietnia kwiecień|maja|czerwca czerwiec"
        "|lipca lipiec|sierpnia sierpień|września wrzesień|października październik"
        "|listopada listopad|grudnia grudzień",
        "sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru",
    ),
    "uk": (
        "січня січень|лютого лютий|березня березень|квітня квітень|травня травень"
        "|червня червень|липня липень|серпня серпень|вересня вересень|жовтня жовтень"
        "|листопада листопад|грудня грудень",
        "січ|лют|бер|квіт кві|трав тра|черв чер|лип|серп сер|вер|жовт жов|лист лис|груд гру",
    ),
    "ru": (
        "января январь|февраля февраль|марта март|апреля апрель|мая май|июня июнь|июля июль"
        "|августа август|сентября сентябрь|октября октябрь|ноября ноябрь|декабря декабрь",
        "янв|февр фев|мар|апр||июн|июл|авг|сент сен|окт|нояб ноя|дек",
    ),
    "hy": (
        "հունվարի հունվար|փետրվարի փետրվար|մարտի մարտ|ապրիլի ապրիլ|մայիսի մայիս|հունիսի հունիս"
        "|հուլիսի հուլիս|օգոստոսի օգոստոս|սեպտեմբերի սեպտեմբեր|հոկտեմբերի հոկտեմբեր"
        "|նոյեմբերի նոյեմբեր|դեկտեմբերի դեկտեմբեր",
        "հնվ|փտվ|մրտ|ապր|մյս|հնս|հլս|օգս|սեպ|հոկ|նոյ|դեկ",
    ),
    "sv": (
        "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
        "jan|feb||apr||jun|jul|aug|sep sept|okt|nov|dec",
    ),
    "no": (
        "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember",
        "jan|feb|mar|apr||jun|jul|aug|sep sept|okt|nov|des",
    ),
    "da": (
        "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december",
        "jan|feb|mar|apr||jun|jul|aug|sep sept|okt|nov|dec",
    ),
    "tr": (
        "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
        "oca|şub|mar|nis|may|haz|tem|ağu|eyl|eki|kas|ara",
    ),
    "ar": (
        "يناير جانفي|فبراير فيفري شباط|مارس آذار|أبريل إبريل أفريل نيسان|مايو ماي أيار"
        "|يونيو جوان حزيران|يوليو جويلية تموز|أغسطس أوت آب|سبتمبر أيلول|أكتوبر|نوفمبر|ديسمبر",
        "|||||||||||",
    ),
}
"""By language the names of the twelve months, and shorter forms. The first are read on any page;
the shorter ones, many of which are words elsewhere ("set", "out", "ago"), in their language alone:
CLDR has no more of these languages than the tests ask for."""

_ALIASES = {"nb": "no", "nn": "no"}
_PREPOSITION = re.compile(r"d(?:e |a |hen |['’])")
_OTHER_FORMS = (("stand-alone", "wide"), ("format", "abbreviated"), ("stand-alone", "abbreviated"))
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
_MARKS = re.compile("[\u0300-\u036f.'’ʼ]")


def month_number(word: str, language: str | None) -> int:
    """Return the month that a word names, from 1 to 12; 0 if it names none.

    ``language`` is an ISO 639-1 code, if the page's is known.

    >>> month_number("mayıs", None), month_number("set", "pt"), month_number("set", "en")
    (5, 9, 0)
    """
    name = fold(word)
    language = _ALIASES.get(language or "", language)
    own = _names_of(language) if language else {}
    return own.get(name) or _names_of("en").get(name) or _anywhere().get(name, 0)


def is_month_of(word: str, language: str | None) -> bool:
    """Return whether a word is the name of a month in English or in a language."""
    name = fold(word)
    language = _ALIASES.get(language or "", language)
    return name in _names_of("en") or bool(language and name in _names_of(language))


def fold(word: str) -> str:
    """Return a word without capitals, accents, apostrophes and full stops."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return _MARKS.sub("", letters).translate(_PLAIN)


@cache
def _anywhere() -> Mapping[str, int]:
    """Return the full names of the languages above, and the short ones in no Latin letters."""
    full = {name: number for rows in NAMES.values() for name, number in _numbered(rows[0])}
    short = {name: number for rows in NAMES.values() for name, number in _numbered(rows[1])}
    return {name: number for name, number in short.items() if not name.isascii()} | full


def _numbered(row: str) -> Iterator[tuple[str, int]]:
    for number, names in enumerate(row.split("|"), start=1):
        yield from ((fold(name), number) for name in names.split())


@cache
def _names_of(language: str) -> Mapping[str, int]:
    """Return every form of a language's months; empty for a language that is not known."""
    if language in NAMES:
        return dict(pair for row in NAMES[language] for pair in _numbered(row))
    return {fold(name): number for name, number in _cldr_names(language)}


def _cldr_names(language: str) -> Iterator[tuple[str, int]]:
    try:
        months = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return
    for number, printed in months["format"]["wide"].items():
        for full in _words(printed):
            yield full, number
            for use, width in _OTHER_FORMS:
                # Babel lets names of one language slip into another that has none of its own here.
                names = _words(months[use][width].get(number, ""))
                yield from ((name, number) for name in names if fold(name)[0] == fold(full)[0])


def _words(name: str) -> list[str]:
    """Return a name without the preposition of "de maig" and "d’abril"; none of "tháng 5"."""
    bare = _PREPOSITION.sub("", name)
    return [] if re.search(r"[\s\d]", bare) or len(bare) < 2 else [bare]
