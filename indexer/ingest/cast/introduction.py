"""The person whom an article introduces: in its headline, under it, or before a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from indexer.ingest.cast.members import People
from indexer.people.first_names import has_first_name
from indexer.people.names import (
    NAME,
    NOT_A_SPEAKER,
    could_be_name,
    is_office,
    is_organisation,
    is_outlet,
    printed_office,
    words_of,
)
from indexer.people.office_and_name import split_office
from indexer.records import Article, Paragraph, Speaker
from indexer.text.marks import DOUBLE
from indexer.text.sentences import ASKING, STOPS


@dataclass(frozen=True, slots=True)
class Introduction:
    """The introduced person, and the paragraph that only presents them, if there is one.

    ``asker`` is who asks the questions, if the article says it. ``writer`` is the person of its
    byline, who asks what has no label.
    """

    speaker: Speaker | None = None
    paragraph: int | None = None
    asker: Speaker | None = None
    writer: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A form of words that introduces one person, with an example."""

    pattern: re.Pattern[str]
    example: str


_OFFICE = r"(?:[\w’'-]+[\s,]+){0,12}?"

_LATIN = re.compile(r"[\u0000-\u024f’ʼ]+")

_PRESENTED = re.compile(rf"(?P<name>{NAME}),\s(?P<office>[^.,;:{DOUBLE}]{{3,120}})")

_IS_A_SENTENCE = re.compile(rf"[{STOPS}](?:\s|$)|[:{DOUBLE}]")
_OPENING = 6
"""Paragraphs that may come before the first question."""

_UNDER_TITLE = 3
"""Paragraphs among which a line under the title is."""

_MAX_LINE = 200
"""Characters of such a line."""

_OFFICE_WORDS = 5
"""Words at the beginning of an office, of which one names it."""

_MAX_EVIDENCE = 120
"""Characters of a sentence that are kept as evidence."""

_ASKER = re.compile(
    r"(?:^[Bb]y|[Ii]nterview(?:ed)? by|[Pp]ropos recueillis par|[Ii]nterview(?:te)?:?\s+von"
    r"|[Gg]espräch(?: mit [^.]{3,60})? führten?|[Ee]ntrevista (?:de|por)"
    r"|[Ii]ntervista (?:di|a cura di)|^di|^von|^por|^par|^door|[Ii]nterviewt? door"
    r"|[Rr]ozmawiał[ai]?|[Бб]еседовал[аи]?|[Рр]озмовля(?:в|ла|ли)|[Ii]ntervju(?:ades)? av)"
    rf"\s*:?\s+(?P<name>{NAME})"
)
"""Words before the name of whoever asks."""

TITLE_ROWS = (
    Row(
        re.compile(r"(?P<name>[Ա-Ֆ][ա-և]+\s[Ա-Ֆ][ա-և]+)\s*[.․՝:]\s*\S"),
        "Արամ Սեթյան. հացի գինը",
    ),
    Row(re.compile(rf"(?P<name>{NAME})\s*:\s*\S"), "Nara Velidze: an alliance is not a favour"),
    Row(re.compile(rf".+\s[-–—]\s*(?P<name>{NAME})"), "An alliance is not a favour — Nara Velidze"),
    Row(
        re.compile(
            rf".*\b(?:[Ii]nterview (?:with|of)|[Qq]&A with|[Cc]onversation with|talks? (?:to"
            rf"|with))\s+(?:[a-z]\S*\s+)*(?P<name>{NAME}).*"
        ),
        "Interview with Nara Velidze",
    ),
    Row(
        re.compile(
            rf".*\b(?:[Mm]inutes with|[Qq]uestions (?:for|to)|[Ii]m Gespräch(?: mit)?"
            rf"|[Gg]espräch mit|[Ii]nterview (?:mit|met|med)|[Ii]nterview von {NAME} mit"
            r"|[Ee]ntretien avec|[Rr]encontre avec|[Ee]ntrevista (?:con|a|com)"
            r"|[Ii]ntervista (?:a|con)|[Cc]onversa com|[Ii]ntervju med)"
            rf"\s*:?\s+(?:[a-z]\S*\s+)*(?P<name>{NAME}).*"
        ),
        "Entretien avec Nara Velidze, paysanne",
    ),
)
"""Headlines, and lines under them that are no part of the text, the surest first."""

ASKER_ROWS = (
    Row(
        re.compile(
            r"(?:^|[.|·]\s*)(?:[Ii]nterview(?:ed)? by|[Qq]uestions by|[Aa]s told to"
            r"|[Pp]ropos recueillis par|[Ee]ntretien réalisé par"
            r"|[Ii]nterview(?:te)?:?\s+von|[Ii]nterview:"
            r"|[Dd]as (?:Gespräch|Interview) führte|[Dd]ie Fragen stellte"
            r"|[Ee]ntrevista (?:de|por|realizada por)|[Ii]ntervista (?:di|a cura di)"
            r"|[Ii]nterview(?:t)? door|[Rr]ozmawiał[ai]?|[Бб]еседовал[аи]?|[Рр]озмовля(?:в|ла)"
            rf"|[Ii]ntervju(?:ades)? av)\s*:?\s+(?P<name>{NAME})"
        ),
        "Interview by Lena Hartwell",
    ),
    Row(
        re.compile(rf"^[Mm]it .{{3,80}}? (?:sprach|sprachen|redete) (?P<name>{NAME})\.?$"),
        "Mit der Bürgermeisterin sprach Lena Hartwell.",
    ),
    Row(
        re.compile(
            rf"\b(?:[Hh]e|[Ss]he|[Tt]hey) (?:spoke|talked|talks?|speaks?) (?:to|with)\s+{_OFFICE}"
            rf"(?P<name>{NAME})"
        ),
        "She spoke to our reporter Lena Hartwell.",
    ),
)
"""Lines that say who asks."""

BYLINE_ROWS = (
    Row(
        re.compile(
            r"^(?:[Tt]exte?|[Tt]exto|[Tt]esto|[Tt]ekst|[Dd]i|[Vv]on|[Pp]ar|[Pp]or|[Bb]y|[Dd]oor|[Aa]v)"
            rf"\s*:?\s+(?P<name>{NAME})$",
            re.M,
        ),
        "Text: Lena Hartwell",
    ),
    Row(
        re.compile(
            rf"^(?P<name>{NAME})\n(?=[^\n]{{0,60}}$)(?![^\n]*(?:[Ff]oto|[Pp]hoto|©))[^\n]*\b20\d\d\b",
            re.M,
        ),
        "Lena Hartwell\nPorthaven – 27 May 2025",
    ),
)
"""Lines over an interview that say who wrote it, and so who asked."""

_MANY_ASK = re.compile(
    r"\b(?:press (?:conference|briefing)|town hall|debate|hearing|readers|pressekonferenz"
    r"|conférence de presse|rueda de prensa|conferenza stampa|брифинг|пресс-конференц)",
    re.I,
)
"""Words of an article that has more than one asker, whoever wrote it."""

_LAST = 3
"""Paragraphs at the end of an article that may say who asked."""

TEXT_ROWS = (
    Row(
        re.compile(
            rf"\b(?:[Ww]e (?:spoke|talked|met|sat down)(?: \w+)? (?:to|with)"
            rf"|(?:[Ii]n )?conversation with"
            rf"|[Ii]nterview(?:ed)?(?: with)?"
            rf"|[Oo]ur guest(?: today)? is)\s+{_OFFICE}(?P<name>{NAME})"
        ),
        "We spoke to the former minister Tomas Arel about the pact.",
    ),
    Row(
        re.compile(
            rf"(?P<name>{NAME})(?:,[^.,]+,)?\s+(?:spoke|talked|answer(?:s|ed)|repl(?:ies|ied))\b"
            r"(?! (?:to|with) (?:him|her|them)\b)"
        ),
        "Nara Velidze, the mayor, spoke to Portside Weekly.",
    ),
    Row(
        re.compile(
            rf"(?<![Hh]e )(?<!\b[Tt]hey )\b(?:spoke|talked|talks|speaks) (?:to|with)\s+{_OFFICE}"
            rf"(?P<name>{NAME})"
        ),
        "Portside Weekly spoke to Nara Velidze.",
    ),
    Row(
        re.compile(
            rf"(?P<name>{NAME})(?:,[^.,]+,)?\s+(?:ответил[аи]?|рассказал[аи]?|дал[аи]? интервью)\b"
        ),
        "Нара Велидзе, мэр города, ответила на вопросы читателей.",
    ),
)
"""Sentences before the first question, the surest first."""


def introduction(article: Article, people: People) -> Introduction:
    """Return the person whom the article introduces; empty if it does not tell one."""
    found = _introduced(article, people)
    asker = _asker(article, ASKER_ROWS)
    is_own = asker is None and found.speaker is not None and not _is_asked_by_many(article)
    writer = _asker(article, BYLINE_ROWS) if is_own else None
    if writer is not None and found.speaker is not None:
        is_other = writer.name != found.speaker.name and _may_answer(writer.name)
        writer = writer if is_other else None
    return replace(found, asker=asker, writer=writer or asker)


def _is_asked_by_many(article: Article) -> bool:
    texts = [article.title, *(p.text for p in article.paragraphs[:_OPENING])]
    return any(map(_MANY_ASK.search, texts))


def _asker(article: Article, rows: Sequence[Row]) -> Speaker | None:
    """Return who asks, if a line says so, and no other line names somebody else."""
    askers: dict[str, str] = {}
    paragraphs = [*article.paragraphs[:_OPENING], *article.paragraphs[-_LAST:]]
    texts = [article.title, *_dropped(article), *(p.text for p in paragraphs)]
    for text in texts if rows is BYLINE_ROWS else _lines(texts):
        for row in rows:
            if (found := row.pattern.search(text)) and len(found["name"].split()) > 1:
                askers.setdefault(found["name"], found.group())
    if len(askers) != 1 or not all(map(could_be_name, askers)):
        return None
    ((name, words),) = askers.items()
    return Speaker(name, name, words, evidence="introduced")


def _dropped(article: Article) -> Sequence[str]:
    return [dropped.text for dropped in article.dropped]


def _lines(texts: Sequence[str]) -> Sequence[str]:
    """Return the lines of texts that are short."""
    return [line for text in texts for line in text.split("\n") if len(line) <= _MAX_LINE]


def _introduced(article: Article, people: People) -> Introduction:
    line = _line_under_title(article)
    named = _with_office(_in_title([article.title, *_lines(_dropped(article))], people), article)
    if line is not None:
        number, speaker = line
        if named is None or words_of(named.name)[-1] == words_of(speaker.name)[-1]:
            return Introduction(speaker, number)
    if named is not None:
        return Introduction(named)
    return Introduction(_with_office(_in_opening(article, people), article))


def _in_opening(article: Article, people: People) -> Speaker | None:
    """Return the person whom the paragraphs before the first question present.

    By a form of words, or because they name one person alone.
    """
    opening = [p.text for p in takewhile(_asks_nothing, article.paragraphs[:_OPENING])]
    if len(opening) == len(article.paragraphs[:_OPENING]):
        return None
    for text in opening:
        presented = {
            m["name"] for m in _PRESENTED.finditer(text) if _begins_with_office(m["office"])
        }
        if len(presented) == 1:
            name = presented.pop()
            return _person(name, _sentence_with(name.split()[-1], text), people)
        for row in TEXT_ROWS:
            for match in row.pattern.finditer(text):
                speaker = _person(match["name"], match.group(), people)
                if speaker is not None and _may_answer(speaker.name):
                    return speaker
    return _named_first(opening, article, people)


def _named_first(opening: Sequence[str], article: Article, people: People) -> Speaker | None:
    """Return the one person whom an opening names, or else with whom one paragraph begins.

    Whoever asks is left out, by the byline or by a line that says so.
    """
    askers = {words_of(name)[-1] for name in (article.byline or "").split(",") if name.strip()}
    for text in opening:
        forms = (_ASKER, *(row.pattern for row in ASKER_ROWS))
        askers |= {words_of(m["name"])[-1] for form in forms for m in form.finditer(text)}
    named: dict[str, str] = {}
    first: dict[str, str] = {}
    for text in opening:
        for name in people.mentions(text):
            if words_of(name)[-1] in askers or (
                article.language == "de" and not _is_first(name, text)
            ):
                continue
            named.setdefault(name, text)
            if text.startswith(name) and text != name:
                first.setdefault(name, text)
    # Names of other scripts are inflected, and words next to them may be read as a part.
    latin = {name: text for name, text in named.items() if _LATIN.fullmatch(name)}
    for found in (latin if len(named) == 1 else {}, first):
        if len(found) == 1:
            ((name, text),) = found.items()
            label = f"{name.upper()}:"  # whose words have a label says nothing without one
            if any(p.text.upper().startswith(label) for p in article.paragraphs):
                return None
            sentence = _sentence_with(name.split()[-1], text)
            return Speaker(name, name, sentence, evidence="introduced")
    return None


def _may_answer(name: str) -> bool:
    return not is_outlet(name) and not is_organisation(name)


def _is_first(name: str, text: str) -> bool:
    """Return whether a name has a known first name or begins a text: German nouns have capitals."""
    return has_first_name(name) or text.startswith(name)


def _sentence_with(word: str, text: str) -> str:
    """Return the beginning of the sentence with a word, long enough to be recognised."""
    sentence = next((s for s in re.split(r"(?<=[.?!])\s+", text) if word in s), text)
    is_short = len(sentence) <= _MAX_EVIDENCE
    return sentence if is_short else sentence[: _MAX_EVIDENCE - 1].rsplit(" ", 1)[0] + "…"


def _asks_nothing(paragraph: Paragraph) -> bool:
    return not re.search(rf"[{ASKING}]|^[-–—]\s", paragraph.text)


def _with_office(speaker: Speaker | None, article: Article) -> Speaker | None:
    if speaker is None or speaker.role is not None:
        return speaker
    office = printed_office(speaker.name, [paragraph.text for paragraph in article.paragraphs])
    return replace(speaker, role=office)


def _in_title(lines: Sequence[str], people: People) -> Speaker | None:
    """Return the person whom a headline names, or else a line that says who is interviewed."""
    for number, line in enumerate(lines):
        for row in TITLE_ROWS if number == 0 else TITLE_ROWS[-1:]:
            match = row.pattern.match(line)
            if match is not None:
                speaker = _person(match["name"], line, people)
                if speaker is not None:
                    return speaker
    return None


def _person(printed: str, attribution: str, people: People) -> Speaker | None:
    """Return a printed name as a speaker, if it is or becomes a full name."""
    office, name = split_office(printed)
    words = words_of(name)
    if not could_be_name(name) or NOT_A_SPEAKER.fullmatch(printed) or name == name.upper():
        return None
    if any(is_office(word) or people.words.is_common(word) for word in words):
        return None
    full = people.names.of(name)
    if len(full.split()) < 2:
        return None
    return Speaker(full, printed, attribution, office, "introduced")


def _line_under_title(article: Article) -> tuple[int, Speaker] | None:
    """Return a short line that is only a name and an office, before the text begins."""
    for number, paragraph in enumerate(article.paragraphs[:_UNDER_TITLE]):
        text = paragraph.text.replace("\n", ", ")
        name, comma, office = text.partition(",")
        if len(text) > _MAX_LINE or _IS_A_SENTENCE.search(text):
            continue
        if comma and len(name.split()) >= 2 and could_be_name(name) and _begins_with_office(office):
            return number, Speaker(name, name, paragraph.text, office.strip(), "introduced")
    return None


def _begins_with_office(text: str) -> bool:
    return any(is_office(word) for word in words_of(text)[:_OFFICE_WORDS])
