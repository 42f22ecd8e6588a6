"""The article's own paragraphs inside an interview: they end the answer before them.

A reader believes that unmarked paragraphs after an answer go on with it. These do not: headings,
closing lines, and what is told about people in the third person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from indexer.ingest.dialogue.speaker_marks import CLOSES, covers
from indexer.people.names import CAPITAL, NAME, NAME_WORD, could_be_name, without_honorific
from indexer.people.office_and_name import split_office
from indexer.people.telling import VERBS_OF_SAYING
from indexer.records import Paragraph
from indexer.text.lazy_patterns import LazyPattern
from indexer.text.marks import CLOSING_DOUBLE, OPENING_DOUBLE

FIRST_PERSON: Mapping[str, str] = {
    "cs": "já mě mně můj moje my nás nám náš naše jsem jsme",
    "da": "jeg mig min mit mine vi os vores",
    "de": "ich mich mir mein meine meinem meinen meiner wir uns unser unsere unserem unseren",
    "en": "I I’m I've I’ve I'm I’d I'd I’ll I'll me my mine we we’re we're we’ve we've us our ours",
    "es": "yo me mi mis mí nosotros nosotras nos nuestro nuestra nuestros nuestras creo",
    "fi": "minä minun minua minulle me meidän meitä meille",
    "fr": "je j’ai j'ai me m’a moi mon ma mes nous notre nos",
    "hy": "ես ինձ իմ մենք մեզ մեր",
    "it": "io mi me mio mia miei mie noi ci nostro nostra nostri nostre",
    "nl": "ik mij me mijn wij we ons onze",
    "no": "jeg meg min mitt mine vi oss vår vårt våre",
    "pl": "ja mnie mi mój moja moje my nas nam nasz nasza nasze jestem jesteśmy",
    "pt": "eu me mim meu minha meus minhas nós nos nosso nossa nossos nossas",
    "ru": "я меня мне мой моя моё мои мы нас нам наш наша наше наши",
    "sv": "jag mig min mitt mina vi oss vår vårt våra",
    "tr": "ben beni bana benim biz bizi bize bizim",
    "uk": "я мене мені мій моя моє мої ми нас нам наш наша наше наші",
}
"""Words in which a speaker means himself, by language."""

CLOSING_LINES = re.compile(
    r"(?:(?:the|this) (?:interview|conversation|transcript|q&a) (?:was|has been|is)\b"
    r"|interview(?:ed)? by\b|as told to\b|(?:das|dieses) (?:gespräch|interview) (?:führte|wurde)"
    r"|interview:|die fragen stellte|mit \S.{2,60} sprach\b|propos recueillis|entretien réalisé"
    r"|entrevista (?:realizada|de|por)\b|intervista (?:di|a cura)\b|rozmawiał|wywiad przeprowadził"
    r"|бесед\w+ (?:вел|вёл|вела|провел|провела)|беседовал|интервью (?:взял|провел|подготовил)"
    r"|розмовля|розмову вел|спілкува|զրուցեց|het interview|söyleşi:|röportaj:).*",
    re.I | re.S,
)
"""Lines that close an interview and name who made it."""

_QUOTED = re.compile(rf"[\"{OPENING_DOUBLE}][^\"{OPENING_DOUBLE}{CLOSING_DOUBLE}]+[“\"»”]")
_WHO = rf"(?:(?:[^\W\d_]+\s){{0,4}}?{NAME}|he|she|er|sie|il|elle|él|ella|он|она)"
_ATTRIBUTED = LazyPattern(
    # After a comma and a closing mark an unknown small word before a name is a verb of saying.
    rf"(?:,¶|¶,)\s(?:[–—-]\s)?(?:(?:[^\W\d_A-Z]+\s){{1,3}}(?P<name>{NAME})"
    rf"|(?P<subject>{NAME})\s[^\W\d_A-Z]+)(?=[.,]|$)"
    rf"|¶,?\s(?:[–—-]\s)?(?:{_WHO}(?:,[^,]+,)?\s{VERBS_OF_SAYING}|{VERBS_OF_SAYING}\s{_WHO})\b"
)
"""An attribution after quoted words, for which ¶ stands: nobody says it so, only print does."""

_PRESENTED = re.compile(
    rf"(?P<name>{NAME_WORD}\s{NAME_WORD}(?:\s{NAME_WORD})?),\s(?:(?P<age>\d{{2}}),|[^,.]{{3,60}},\s{VERBS_OF_SAYING}\b)"
)
"""Somebody presented by age or office at the beginning: "Bo Reed, 71, …", "…, the mayor, said"."""

_CUE_BEFORE = LazyPattern(
    rf"(?P<name>{NAME_WORD}\s{NAME})(?:,[^,]+,)?\s{VERBS_OF_SAYING}[^.]{{0,40}}[:,]\s¶"
)
"""A name and a verb before quoted words: a speaker may quote somebody so too."""

_FULL_NAME = re.compile(rf"(?<=[\w,] ){NAME_WORD}\s{NAME_WORD}")
"""Two capitalised words inside a sentence."""

_WORD = re.compile(r"[\w’']+")

_THIRD_PERSON = re.compile(
    r"(?:^|[.!?…]\s)(?:He|She|Er|Il|Elle|Él|Ella|Ele|Ela|Lui|Lei|Он|Она|Він|Вона)\s"
)
"""A sentence whose subject is somebody named before."""

_BEGINS_WITH_NAME = re.compile(
    rf"(?P<name>{NAME_WORD}\s{NAME_WORD})(?:,\s|\s(?!and\b|und\b|et\b|y\b|e\b)[^\W\d_{CAPITAL}])"
)
"""A full name that is the subject of a paragraph."""

_NO_VERB = r"(?:and|or|from|of|at|in|und|von|aus|et|de|du|y|e|di|en|van|och|og|i|z|и|из|і|з|ve)\b"

_MAX_LINE = 120
"""Characters of a crosshead."""

_MIN_QUOTED_WORDS = 3


def is_told(paragraph: Paragraph, speaker: str | None, language: str | None) -> bool:
    """Return whether an unmarked paragraph after the words of a speaker is the article's own.

    It closes the interview, or tells of the speaker or of somebody's words in the third person.
    """
    text = paragraph.text
    if CLOSES.fullmatch(text) or CLOSING_LINES.fullmatch(text):
        return True
    plain = _QUOTED.sub(_placeholder, text)
    if _means_himself(plain, language):
        return False
    if speaker is not None and text[0] not in "([" and _is_subject(speaker.split()[-1], plain):
        return True
    if (other := _presented(plain)) and other["age"]:
        return True
    cue = _ATTRIBUTED.search(plain)
    return cue is not None and could_be_name(cue["name"] or cue["subject"] or "He")


def _presented(plain: str) -> re.Match[str] | None:
    found = _PRESENTED.match(plain)
    name = found["name"] if found else ""
    return found if could_be_name(name) and without_honorific(name) == name else None


def ends_interview(paragraph: Paragraph) -> bool:
    """Return whether a paragraph at the end, where nobody means himself, tells of somebody."""
    plain = _QUOTED.sub(_placeholder, paragraph.text)
    begins = _BEGINS_WITH_NAME.match(plain)
    if (begins and could_be_name(begins["name"])) or _presented(plain):
        return True
    return _THIRD_PERSON.search(plain) is not None


def means_himself(paragraph: Paragraph, language: str | None) -> bool:
    """Return whether a speaker means himself in a paragraph, outside quotations."""
    return _means_himself(_QUOTED.sub(_placeholder, paragraph.text), language)


def closes(paragraph: Paragraph, speaker: str | None, language: str | None) -> bool:
    """Return whether a paragraph after the last mark of an article is its own.

    It is a remark in italics, or presents somebody by full name and quotes them. ``speaker`` is
    whom the article introduces, if the answer bears no label.
    """
    text = paragraph.text
    plain = _QUOTED.sub(_placeholder, text)
    if _means_himself(plain, language):
        return False
    if speaker is not None and (text.startswith(speaker) or _quotes_another(plain, speaker)):
        return True
    is_remark = covers(paragraph.italic, text) and text[0] not in "(["
    cue = _CUE_BEFORE.search(plain)
    return is_remark or (cue is not None and split_office(cue["name"])[0] is None)


def is_capital_line(text: str) -> bool:
    """Return whether a text is a line in capitals: a crosshead, the next scene, a motion.

    >>> [is_capital_line(text) for text in ("SCENE TWO", "NO!", "(APPLAUSE)")]
    [True, False, False]
    """
    return text.isupper() and len(text) <= _MAX_LINE and text[-1].isalnum() and len(text) > 3


def _quotes_another(plain: str, speaker: str) -> bool:
    """Return whether a text quotes words, and names somebody else in full."""
    names = (found.group() for found in _FULL_NAME.finditer(plain) if "¶" in plain)
    return any(could_be_name(name) and speaker.split()[-1] not in name for name in names)


def _is_subject(surname: str, text: str) -> bool:
    """Return whether a word that may be a verb follows a surname: "Arel, 61, left"."""
    follows = rf"\b{re.escape(surname)}(?:,? \(?\d+\)?,?)?\s(?!{_NO_VERB})[^\W\d_{CAPITAL}]"
    return re.search(follows, text) is not None


def _placeholder(quoted: re.Match[str]) -> str:
    """Return ¶ for a quotation, with the mark before the closing one; short ones stay."""
    words = quoted.group()
    if len(words.split()) < _MIN_QUOTED_WORDS:
        return words
    return f"{words[-2]}¶" if words[-2] == "," else "¶"


def _means_himself(text: str, language: str | None) -> bool:
    return not _first_person(language).isdisjoint(_WORD.findall(text))


@cache
def _first_person(language: str | None) -> frozenset[str]:
    """Return the words of a language, of all if it is not known, in small letters and capitals."""
    row = FIRST_PERSON.get(language or "", " ".join(FIRST_PERSON.values()))
    return frozenset(form for word in row.split() for form in (word, word.capitalize()))
