"""Names as they sound: the same for the usual spellings of one name, in whatever script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

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
"""What is spelt in several ways when a name is carried from one script to another: a pattern of
Latin letters, what stands for all that it matches, and two spellings that are one by it."""

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
"""Letters that have a second reading in some languages: a pattern, how else it may be written, and
two spellings of one name."""

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
"""Latin letters that are read otherwise in another language, or another tradition of writing
foreign names: a pattern, the English way, and two spellings of one name."""

NEARLY = (
    (r"ie|io(?=[a-z])", "e", "Fiodor", "Fyodor"),
    (r"(?<=[hq])o(?=v)", "e", "Gorbachov", "Gorbachev"),
    (r"ander$", "andr", "Alexander", "Aleksandr"),
    (r"(.)\1+", r"\1", "Timofeiev", "Timofeev"),
)
"""What is left of two sounds that are written for one; otherwise like `SOUNDS`."""

_SOUNDS, _OWN_LETTERS, _READINGS, _NEARLY = (
    [(re.compile(pattern), instead) for pattern, instead, *_ in rows]
    for rows in (SOUNDS, OWN_LETTERS, READINGS, NEARLY)
)
_MOST_READINGS, _LONGEST = 24, 40
"""Readings and letters of a word that are looked at: a name has no more, whatever is typed may."""


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """A word of a name as it sounds, in Latin letters.

    >>> sound("Хзмалян") == sound("Khzmalian") == sound("Խզմալյան")
    True
    """
    latin = _latin(word)
    for pattern, one in _SOUNDS:
        latin = pattern.sub(one, latin)
    return latin


@lru_cache(maxsize=1 << 17)
def sounds(word: str) -> frozenset[str]:
    """How a word of a name may sound, in whatever language it is written: two words that may be one
    name have one of their sounds in common.

    >>> sounds("Timofejew") & sounds("Тимофеев")
    frozenset({'timofev'})
    """
    own = unicodedata.normalize("NFC", word).casefold()[:_LONGEST]
    latin = {_latin(spelt) for spelt in _read({own}, _OWN_LETTERS)}
    heard = set()
    for spelt in _read(latin, _READINGS):
        one = sound(spelt)
        for pattern, instead in _NEARLY:
            one = pattern.sub(instead, one)
        heard.add(one)
    return frozenset(heard - {""} or {fold(own)})


def _read(spelt: set[str], rows: Iterable[tuple[re.Pattern[str], str]]) -> set[str]:
    """Spellings, and all that each row makes of them."""
    for pattern, instead in rows:
        if len(spelt) <= _MOST_READINGS:
            spelt = spelt | {pattern.sub(instead, one) for one in spelt}
    return spelt


def _latin(word: str) -> str:
    # What anyascii takes letter by letter: the Armenian digraph for "u".
    return fold(anyascii(word.replace("ու", "u").replace("Ու", "U").replace("ՈՒ", "U")))
