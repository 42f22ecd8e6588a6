"""People's names as articles print them, told from offices, outlets and other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from indexer.people.first_names import is_first_name
from indexer.people.generations import GENERATION
from indexer.people.honorifics import split_honorifics
from indexer.people.words import (
    GERMAN_OFFICES,
    MEMBERS,
    NOT_NAMES,
    OFFICES,
    ORGANISATION_WORDS,
    OUTLET_WORDS,
    SURNAMES_OF_BODIES,
)
from indexer.text.abbreviations import ABBREVIATED_OFFICES
from indexer.text.marks import DOUBLE

PARTICLES = "de|del|della|der|den|di|da|dos|du|la|le|van|von|zu|al|el|bin|ibn|ben|ter|ten|y"

NOT_A_SPEAKER = re.compile(
    r"(?:foto|photo|photos|picture|image|source|sources|tags?|related|read (?:also|more)"
    r"|see also|update[ds]?|p\.?\s?s|"
    r"interview(?:er)? by|interview|interviewed by|text|note|nb|editor.s note|warning|video"
    r"|audio|watch|listen|"
    r"subject|date|time|place|where|when|score|result|translat(?:ion|ed)(?: by)?|contact|email"
    r"|phone|tel|fax|"
    r"exclusive|opinion|analysis|breaking|live|explainer|background|context|fact ?box"
    r"|fact ?sheet|facts|"
    r"report|readout|statement|press release|profile|review|editorial|column|q ?& ?a|"
    r"фото|источник|теги|читайте также|видео|обновлено|справка|примечание|интервью"
    r"|беседовал[аи]?|мнение|"
    r"windows|mac(?:os)?|linux|android|ios|joke|answer key|"
    r"(?:letzte|erste|nächste|zweite|last|final|first|next|dernière|première|última|primera"
    r"|ultima|prima|laatste|eerste|sista|siste|sidste|ostatnie|последний|останнє)"
    r" (?:frage|question|pregunta|pergunta|domanda|vraag|fråga|spørsmål|spørgsmål|pytanie|вопрос"
    r"|питання)|"
    r".* sent to the senate|to the (?:congress|senate|house).*|for immediate release"
    r"|for further information.*)",
    re.I,
)
"""Words before a colon in every newspaper that name no speaker."""

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁІЇЄҐԱ-Ֆ"

_ABBREVIATED = "|".join(f"(?<={word[0].upper()}){word[1:]}" for word in ABBREVIATED_OFFICES)

# All begin with the capital, so that a search leaps from capital to capital.
NAME_WORD = (
    rf"(?:[{CAPITAL}](?:\.(?=\s?[{CAPITAL}])|(?:{_ABBREVIATED})s?\.(?=\s[{CAPITAL}])"
    rf"|[\w’'ʼ]*(?:[-‑][{CAPITAL}\w][\w’']*)*))"
)
"""A pattern for one word of a name: capitalised, an initial, or an abbreviated office before it."""

_BETWEEN_NAMES = r"(?:,?\s(?:of|for|and|the|&|de)){1,2}"
NAME = rf"{NAME_WORD}(?:(?:\s|(?<=\.))(?:(?:{PARTICLES})\s){{0,2}}{NAME_WORD}){{0,5}}{GENERATION}"
"""A pattern for a run of capitalised words, with the small words that names have."""

OFFICE_AND_NAME = rf"{NAME}(?:{_BETWEEN_NAMES}\s{NAME}){{0,4}}"
"""A pattern for a name with an office before it ("Secretary of the Interior Nara Velidze")."""

_NAME = re.compile(NAME)
_WORDS_BEFORE = re.compile(r"(?:[\w’'-]+\s+){1,8}$")
_AFTER_AN_OFFICE = frozenset(
    ("of", "for", "to", "at", "and", "in", "on", "from", "with", "by", "&")
)
_ARMENIAN_ARTICLE = re.compile(r"(?<=[ա-և])ը$|(?<=ն)ն$|(?<=[ոիու])ն$|(?<=յան)ի$")
_PLAIN = rf"(?:[^.;:{DOUBLE}]|(?<=\b[MD]r)\.|(?<=\bMs)\.|(?<=\bMrs)\.|(?<=\b[A-Z])\.)"
_STOP = r"(?<!\b[MD]r)(?<!\bMs)(?<!\bMrs)(?<!\b[A-Z])\."
_APPOSITION = re.compile(rf",\s+(?P<office>{_PLAIN}{{3,140}}?)(?:,\s|{_STOP}|$)")
_IS_ONE = re.compile(
    rf"\s+(?:is|was|has been)\s+(?:the\s|an?\s)?(?P<office>[^,.;:{DOUBLE}]{{3,100}})"
)
_THE_OFFICE = re.compile(rf"[Tt]he\s(?P<office>[^,.;:{DOUBLE}]{{3,80}}),\s$")
_LOOK_BACK_FOR_THE = 86
_BOUNDARY = re.compile(r"\b")
_OF_ANOTHER = re.compile(r"\b(?:after|at|by|for|from|of|to|with|\w+ing)\s$")
_OF_OR_FOR = re.compile(r"\s(?:of|for|from|at)\s")
_BODY_OF = re.compile(r"\s(?:of|for|on|against)\s")
_DIGRESSION = re.compile(r"(?<=\w)\s(?:--|—|–|who|which)\s")
_LOOK_BACK = 100
"""Characters before a name in which its office is."""

NEVER_A_NAME = re.compile(r"\d|^I[’']|^[А-ЯЁ]{2,5}$")


def words_of(name: str) -> list[str]:
    """Return the words of a name, without full stops after them: ``['Mr', 'J', 'Arel']``."""
    return [word.rstrip(".,:") for word in name.split()]


@lru_cache(maxsize=1 << 16)
def is_office(word: str) -> bool:
    """Return whether a word names an office or a calling, in any case, with or without a hyphen."""
    folded = word.lower().rstrip(".,")
    if {folded, folded.removesuffix("s"), _in_nominative(folded)} & OFFICES:
        return True
    if word.endswith(".") and ABBREVIATED_OFFICES.get(folded):
        return True
    if folded.endswith(GERMAN_OFFICES):
        return True
    if folded.endswith(("ologist", "ographer", "ometrist")):
        return True
    if folded.startswith(("co-", "ex-", "vice-")) and is_office(folded.partition("-")[2]):
        return True
    parts = folded.split("-")
    return len(parts) > 1 and all(part in OFFICES for part in parts)


def _in_nominative(word: str) -> str:
    """Return a Russian noun without the ending of its genitive: "президента", "секретаря"."""
    return re.sub(r"(?<=[б-щ])а$", "", re.sub(r"(?<=[б-щ])я$", "ь", word))


def written_out(office: str) -> str:
    """Return an office in small letters, its abbreviations written out.

    >>> written_out("Lt. Gov.")
    'lieutenant governor'
    """
    words = (word.rstrip(".") for word in office.lower().split())
    return " ".join(ABBREVIATED_OFFICES.get(word, word) for word in words)


def without_body(name: str) -> str:
    """Return a person's name, with any office before it, without the body that they are of.

    >>> without_body("Rep. Charles Arel of the Grain Board")
    'Rep. Charles Arel'
    """
    person, of, _ = _OF_OR_FOR.sub("\n", name).partition("\n")
    words = person.rstrip(",").split()
    bare = words[max((n + 1 for n, word in enumerate(words) if is_office(word)), default=0) :]
    return " ".join(words) if of and len(bare) > 1 and is_first_name(bare[0]) else name


def is_outlet(name: str) -> bool:
    """Return whether a name is like that of a paper, station or agency ("Portside Weekly")."""
    return any(word.lower().rstrip(".") in OUTLET_WORDS for word in name.split())


def is_organisation(name: str) -> bool:
    """Return whether a name is that of a body, a text or a place ("Grain Act")."""
    words = name.split()
    # "Bill" is a law or a man.
    telling = words[1:] if len(words) > 1 and is_first_name(words[0]) else words
    return any(word.lower().rstrip(".,") in ORGANISATION_WORDS for word in telling)


def is_surely_organisation(name: str) -> bool:
    """Return whether a name is that of a body although it begins like a person's.

    The last word tells it, unless people are called by it too, or that before "of" or "for".

    >>> is_surely_organisation("Kennedy Forum"), is_surely_organisation("Ada Lake")
    (True, False)
    >>> is_surely_organisation("Union of Port Engineers"), is_surely_organisation("Ada of Ilven")
    (True, False)
    """
    bare = name.removeprefix("The ")
    head = _BODY_OF.split(bare)[0]
    words = head.lower().replace(",", "").split()
    is_of_others = head != bare
    if is_of_others and words[-1:] and words[-1] in MEMBERS:
        return True
    is_whole = len(words) > 1 or is_of_others
    return is_whole and words[-1].rstrip(".") in ORGANISATION_WORDS - SURNAMES_OF_BODIES


def without_honorific(name: str) -> str:
    """Return a name without ``Mr``, ``Dr.`` and the like before it."""
    return " ".join(split_honorifics(name.split())[1])


def without_article(name: str) -> str:
    """Return an Armenian name without the article at its end (-ը, -ն).

    >>> without_article("Սարգիս Ադամյանն")
    'Սարգիս Ադամյան'
    """
    return _ARMENIAN_ARTICLE.sub("", name)


_TURKISH = str.maketrans({"İ": "i", "I": "ı"})


_AFTER_APOSTROPHE = re.compile(r"(?<=[а-яіїєґ]['’ʼ])[А-ЯІЇЄҐ]")
"""A Ukrainian letter that an apostrophe parts from its own word."""


def in_ordinary_case(label: str) -> str:
    """Return a label in capitals as it is usually written: ``Ms. Jean-Pierre``.

    >>> in_ordinary_case("İREM HATİPOĞLU")
    'İrem Hatipoğlu'
    >>> in_ordinary_case("O'NEILL"), in_ordinary_case("ЛУБ’ЯНА")
    ("O'Neill", 'Луб’яна')
    """
    if label != label.upper() or len(label) <= 3:
        return label
    if any(letter in label for letter in "İĞŞ"):
        small = label.translate(_TURKISH).lower()
        return re.sub(r"\bi(?=\w)", "İ", re.sub(r"\b[^\W\d_i]", lambda m: m[0].upper(), small))
    words = re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), label.lower())
    return _AFTER_APOSTROPHE.sub(lambda letter: letter.group().lower(), words)


def could_be_name(text: str) -> bool:
    """Return whether a text is made of capitalised words and looks like one person's name."""
    words = words_of(text)
    return (
        1 <= len(words) <= 5
        and _NAME.fullmatch(text) is not None
        and not any(
            (len(word) > 1 and word.lower() in NOT_NAMES) or NEVER_A_NAME.search(word)
            for word in words
        )
    )


def printed_office(name: str, texts: Sequence[str]) -> str | None:
    """Return the office printed next to a name; ``None`` if there is none.

    "Arel, then deputy governor, …", "Arel is governor", "the governor, Arel", "Governor Arel".
    """
    texts = [text for text in texts if name in text]
    if not texts:
        return None
    for text in texts:
        if office := _office_and_comma(name, text):
            return office
        for match in _matches_after(name, _IS_ONE, text):
            if is_office(words_of(match["office"])[0]):
                return match["office"].strip()
        for match in _matches_after(name, _APPOSITION, text):
            words = words_of(match["office"])
            if words[0] not in _AFTER_AN_OFFICE and any(map(is_office, words[:4])):
                return _DIGRESSION.split(match["office"])[0].strip()
        for start in _places(name, text):
            before = text[max(0, start - _LOOK_BACK) : start]
            preceding = _WORDS_BEFORE.search(before)
            if office := _trailing_office(preceding.group().split() if preceding else []):
                return office
    return None


def _office_and_comma(name: str, text: str) -> str | None:
    """Return the office before a name and a comma: "the port minister, Jon Berg"."""
    for start in _places(name, text):
        match = _THE_OFFICE.search(text, max(0, start - _LOOK_BACK_FOR_THE), start)
        is_whole = _BOUNDARY.match(text, start + len(name))
        if match is None or is_whole is None or _OF_ANOTHER.search(text[: match.start()]):
            continue
        office = match["office"].rpartition(" that the ")[2]
        if any(is_office(word) for word in words_of(office)):
            return office.strip()
    return None


def _matches_after(name: str, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern right after a name, those that do not overlap."""
    free = 0
    for start in _places(name, text):
        match = pattern.match(text, start + len(name)) if start >= free else None
        if match is not None:
            yield match
            free = match.end()


def _places(name: str, text: str) -> Iterator[int]:
    """Yield the places of a name in a text. No pattern is made: there are many names."""
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + len(name))


def _trailing_office(words: Sequence[str]) -> str | None:
    """Return the office in the words right before a name, from its first word on."""
    has_capitals = bool(words) and words[-1].isascii()
    if not words or (has_capitals and not (is_office(words[-1]) or words[-1][0].isupper())):
        return None
    for index in range(len(words) - 1, 0, -1):
        if words[index - 1] in ("and", "with") and is_office(words[index]):
            words = words[index:]  # what is before "and" is somebody else's
            break
    for index, word in enumerate(words):
        if is_office(word):
            return " ".join(words[index:])
    return None
