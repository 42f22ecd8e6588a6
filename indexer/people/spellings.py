"""Reduces names to their sound, which is the same for the usual spellings in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from anyascii import anyascii

from indexer.people.equal_names import ARMENIAN, FIRST_NAMES
from indexer.text.analysis import fold

SOUNDS = (
    (r"[^a-z]", "", "O’Hara", "Ohara"),
    (r"sch(?=[aeiouy])|shch", "q", "Shchedrin", "Schedrin"),
    (r"x", "ks", "Alexey", "Aleksey"),
    (r"kh", "h", "Khzmalyan", "Hzmalyan"),
    (r"tch", "ch", "Khatchatryan", "Khachatryan"),
    (r"ts|tz", "c", "Tsarukyan", "Tzarukyan"),
    (r"dzh|dj", "j", "Djaparidze", "Japaridze"),
    (r"ou|oo", "u", "Saroukhanyan", "Sarukhanyan"),
    (r"ph", "f", "Iosiph", "Iosif"),
    (r"(?<=[eo])ff?$", "v", "Romanoff", "Romanov"),
    (r"w", "v", "Iwanow", "Ivanov"),
    (r"th", "t", "Sethian", "Setian"),
    (r"gh", "g", "Gharibyan", "Garibyan"),
    (r"ye", "e", "Yeltsin", "Eltsin"),
    (r"yo", "e", "Fyodor", "Fedor"),
    (r"[iy]+", "i", "Kleymenov", "Kleimenov"),
    (r"(.)\1+", r"\1", "Kirill", "Kiril"),
)
"""Sounds that are written in several ways in Latin letters. A row: a pattern, the letter that
replaces it, and two spellings that become equal by it."""

OWN_LETTERS = (
    (r"г", "h", "Гриценко", "Hrytsenko"),
    (r"(?<=[бвгдзклмнпрстф])ю", "у", "Мюллер", "Müller"),
    (r"ћ", "ч", "Вучић", "Vuchich"),
    (r"ə", "a", "Əliyev", "Aliyev"),
    (r"^ո(?!ւ)", "vo", "Ոսկանյան", "Voskanyan"),
    (r"(?<=[ა-ჰ])ი$", "", "პუტინი", "Putin"),
    (r"[čçć]", "ch", "Gorbačov", "Gorbachov"),
    (r"[šşș]", "sh", "Pašinjan", "Pashinyan"),
    (r"[žż]", "zh", "Žukov", "Zhukov"),
)
"""Letters with a second reading in some languages. A row: a pattern, the other reading, and two
spellings of one name."""

READINGS = (
    (r"chtch|schtsch|szcz", "shch", "Khrouchtchev", "Khrushchev"),
    (r"tsch|cz", "tch", "Gorbatschow", "Gorbachev"),
    (r"(?<![tskh])ch(?=.*(?:w|sch|j))|(?<=i)ch(?=ail)", "kh", "Chodorkowski", "Khodorkovsky"),
    (
        r"(?<![tskh])ch(?=.*(?:tch|ou|ian$|ine$|vili$|enko$))",
        "sh",
        "Chevtchenko",
        "Shevchenko",
    ),
    (r"j", "y", "Timofejew", "Timofeyev"),
    (r"sch|sz", "sh", "Saakaschwili", "Saakashvili"),
    (r"sch|rz|j", "zh", "Prigoschin", "Prigozhin"),
    (
        r"(?<![dtscr])z(?=.*[eo]wa?$)|(?<=[ln])z(?=in$|$)|^z(?=.*eli$)",
        "ts",
        "Kusnezow",
        "Kusnetsow",
    ),
    (r"(?<![stc])s(?=[aeiouyjmn])(?=.*(?:[iy]j|[iy]y|[eo]wa?)$)", "z", "Selenskyj", "Zelensky"),
    (r"ds(?=e$)", "dz", "Schewardnadse", "Shevardnadze"),
    (r"x", "kh", "Xzmalyan", "Khzmalyan"),
    (r"ine$", "in", "Poutine", "Putin"),
    (r"gu(?=[ei])", "g", "Sergueï", "Sergei"),
    (r"ck|q|c(?=[aouklrt]|$)", "k", "Victor", "Viktor"),
    (r"rki(?=s+[iy]a)", "rg", "Sarkissian", "Sargsyan"),
    (r"(?<=[^aeiouqg])([aou])e(?![iu])", r"\1", "Mueller", "Müller"),
)
"""Latin letters that are read differently in another language or transliteration. A row: a pattern,
the English spelling, and two spellings of one name."""

NEARLY = (
    (r"ie|io(?=[a-z])", "e", "Fiodor", "Fyodor"),
    (r"(?<=[hq])o(?=v)", "e", "Gorbachov", "Gorbachev"),
    (r"ander$", "andr", "Alexander", "Aleksandr"),
    (r"(.)\1+", r"\1", "Timofeiev", "Timofeev"),
)
"""The same as `SOUNDS`, for pairs of sounds that are written for a single one."""

_SOUNDS, _OWN_LETTERS, _READINGS, _NEARLY = (
    [(re.compile(pattern), instead) for pattern, instead, *_ in rows]
    for rows in (SOUNDS, OWN_LETTERS, READINGS, NEARLY)
)
_MAX_READINGS = 24
_MAX_LETTERS = 40
"""Limits on the readings and letters of a word. No name has more, but typed text may."""


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """Return the sound of a word, in Latin letters.

    >>> sound("Хзмалян") == sound("Khzmalian") == sound("Խզմալյան")
    True
    """
    latin = in_latin(word)
    for pattern, one in _SOUNDS:
        latin = pattern.sub(one, latin)
    return latin


@lru_cache(maxsize=1 << 17)
def sounds(word: str) -> frozenset[str]:
    """Return the possible sounds of a word, which may be written in any language.

    Two spellings of one name have at least one sound in common.

    >>> sounds("Timofejew") & sounds("Тимофеев")
    frozenset({'timofev'})
    """
    own = unicodedata.normalize("NFC", word).casefold()[:_MAX_LETTERS]
    latin = {in_latin(spelt) for spelt in _read({own}, _OWN_LETTERS)}
    heard = {_single_sounds(sound(spelt)) for spelt in _read(latin, _READINGS)}
    heard |= {other for one in heard for other in _equal_names(one)}
    return frozenset(heard - {""} or {fold(own)})


def _single_sounds(heard: str) -> str:
    """Write pairs of sounds that stand for a single one as that one."""
    for pattern, instead in _NEARLY:
        heard = pattern.sub(instead, heard)
    return heard


def _equal_names(heard: str) -> Iterator[str]:
    """Return the forms of a name in other languages, as they sound."""
    first_names, beginnings = _sounds_of_equal_names()
    if other := first_names.get(heard):
        yield other
    for beginning, instead in beginnings.items():
        if heard.startswith(beginning):
            yield instead + heard.removeprefix(beginning)


@cache
def _sounds_of_equal_names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return first names and beginnings of names as they sound, with those they stand for."""
    tables = (FIRST_NAMES, ARMENIAN)
    names, beginnings = (
        {_single_sounds(sound(one)): _single_sounds(sound(other)) for one, other in rows}
        for rows in tables
    )
    return names, beginnings


def _read(spelt: set[str], rows: Iterable[tuple[re.Pattern[str], str]]) -> set[str]:
    """Return spellings together with all readings of them."""
    for pattern, instead in rows:
        if len(spelt) <= _MAX_READINGS:
            spelt = spelt | {pattern.sub(instead, one) for one in spelt}
    return spelt


def in_latin(word: str) -> str:
    """Return a word in small Latin letters without accents."""
    # anyascii converts the Armenian digraph for "u" letter by letter.
    return fold(anyascii(word.replace("ու", "u").replace("Ու", "U").replace("ՈՒ", "U")))
