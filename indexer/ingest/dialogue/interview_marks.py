"""Marks of interviews that only the whole article confirms.

Letters for question and answer ("P." and "R."), initials of people who are named elsewhere ("L. M.
–"), names on plain lines of their own, and names as the terms of a list of definitions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.ingest.dialogue.line_marks import call_marks, circle_marks
from indexer.ingest.dialogue.speaker_marks import Mark
from indexer.ingest.dialogue.wide_labels import wide_marks
from indexer.people.names import NAME_WORD, could_be_name, in_ordinary_case, is_office
from indexer.records import Paragraph
from indexer.text.sentences import STOPS, ends_with_question

LETTERS = (
    ("Q", "A"), ("P", "R"), ("F", "A"), ("В", "О"), ("D", "R"), ("V", "A"), ("F", "S"), ("Q", "R"),
    ("З", "В"), ("П", "В"), ("P", "O"), ("O", "V"), ("K", "V"), ("S", "C"), ("Հ", "Պ"),
)  # fmt: skip
"""First letters of the words for question and answer: English, Spanish, German, Russian, Italian,
Dutch, Swedish, French, Ukrainian, Polish, Czech, Finnish, Turkish, Armenian."""

MIN_TURNS = 2
"""Turns of each of two voices from which letters, initials or lines are marks."""

OPENING = 7
"""Texts, with the title, in which somebody with these initials is named."""

MAX_INITIALS = 4

_LETTER = re.compile(
    r"(?P<letter>[^\W\d_])"
    r"(?i:regunta|espuesta|ergunta|esposta|omanda|isposta|uestion|nswer|rage|ntwort|ytanie)?"
    r"(?:\s?[.:]\s?[–—-]?|\s?[–—-])\s+(?=\S)"
)
"""A letter, or the word that the first label prints in full: "Pregunta." before "P."."""

_HEAD = re.compile(
    r"(?P<head>[^\W\d_][^\n:–—?!]{1,40}?)(?:\s?:\s?[–—-]?|\s?\.\s?[–—-]|\s[–—-])\s*(?=\S)"
)
_INITIALS = re.compile(r"[^\W\d_](?:\.?[\s-]?[^\W\d_]){1,3}\.?")
_NAME = re.compile(
    rf"{NAME_WORD}(?:\s(?:de|del|la|van|von|der|da|dos|di)\b)*(?:\s{NAME_WORD}){{1,3}}"
)
_NAME_AND_OFFICE = re.compile(rf"(?P<name>{_NAME.pattern}), (?P<office>[^.:,?!\n]{{3,60}}):\s+")
_WITH_INITIALS = re.compile(rf"(?P<name>{_NAME.pattern})\s\((?P<initials>[^\W\d_]{{2,4}})\)")


def interview_marks(paragraphs: Sequence[Paragraph], title: str) -> list[Mark | None]:
    """Return the marks that the whole article confirms, ``None`` where a paragraph has none."""
    for read in (_letters, _initials, call_marks, circle_marks, wide_marks, _lines, _terms):
        marks = read(paragraphs, title)
        if any(marks):
            return marks
    return [None] * len(paragraphs)


def _letters(paragraphs: Sequence[Paragraph], title: str) -> list[Mark | None]:
    """Read letters for question and answer, of which each stands twice, and the question first."""
    found = [_LETTER.match(p.text) or _bold_letter(p) for p in paragraphs]
    letters = [one["letter"].upper() if one else "" for one in found]
    counts = Counter(letters)
    for asks, answers in LETTERS:
        is_asked = (
            letters.index(asks) < letters.index(answers)
            if counts[asks] and counts[answers]
            else False
        )
        if is_asked and min(counts[asks], counts[answers]) >= MIN_TURNS:
            roles = {asks: "question", answers: "answer"}
            return [
                Mark("letter", one.end(), role=roles[letter])  # type: ignore[arg-type]
                if one and letter in roles
                else _other_asker(paragraph)
                for one, letter, paragraph in zip(found, letters, paragraphs, strict=True)
            ]
    return [None] * len(paragraphs)


def _other_asker(paragraph: Paragraph) -> Mark | None:
    """Read the name and the office of a second person who asks, between letters.

    >>> _other_asker(Paragraph("Ada Lind, editor: Why now?")).label
    'Ada Lind'
    >>> _other_asker(Paragraph("The tug, once more: is it late?")) is None
    True
    """
    found = _NAME_AND_OFFICE.match(paragraph.text)
    if found is None or not ends_with_question(paragraph.text):
        return None
    if not could_be_name(found["name"]) or not any(map(is_office, found["office"].split())):
        return None
    return Mark("label", found.end(), found["name"], "question", found["office"])


def _bold_letter(paragraph: Paragraph) -> re.Match[str] | None:
    is_bold = bool(paragraph.bold) and paragraph.bold[0][0] == 0 and paragraph.bold[0][1] <= 2
    return re.match(r"(?P<letter>[^\W\d_])\s+(?=\S)", paragraph.text) if is_bold else None


def _initials(paragraphs: Sequence[Paragraph], title: str) -> list[Mark | None]:
    """Read initials of people whom full labels or the opening name, and these labels."""
    heads = [_HEAD.match(p.text) for p in paragraphs]
    counts = Counter(
        _letters_of(one["head"]) for one in heads if one and _are_initials(one["head"])
    )
    frequent = {initials for initials, count in counts.items() if count >= MIN_TURNS}
    full = [one["head"].strip() for one in heads if one and " " in one["head"].strip()]
    names = {
        name for name in full if not _are_initials(name) and could_be_name(in_ordinary_case(name))
    }
    texts = [title, *(p.text for p in paragraphs[:OPENING])]
    known = dict(_known(frequent, names, texts))
    if not known or len(known) < len(frequent):
        return [None] * len(paragraphs)
    named = {name for name in names if in_ordinary_case(name) in known.values()}
    if len(known) < MIN_TURNS and len(named | {""}) < MIN_TURNS:
        return [None] * len(paragraphs)
    return [_mark(one, known, named) if one else None for one in heads]


def _mark(head: re.Match[str], known: Mapping[str, str], named: set[str]) -> Mark | None:
    label = head["head"].strip()
    if label in named:
        return Mark("label", head.end(), in_ordinary_case(label))
    name = known.get(_letters_of(label)) if _are_initials(label) else None
    return Mark("label", head.end(), name) if name else None


def _known(frequent: set[str], names: set[str], texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield initials with the only name that has them: of a label, in brackets, in the opening."""
    printed = {m["initials"]: m["name"] for text in texts for m in _WITH_INITIALS.finditer(text)}
    opening = {m.group() for text in texts for m in _NAME.finditer(text)}
    for initials in frequent:
        if initials in printed:
            yield initials, printed[initials]
            continue
        for pool in ({in_ordinary_case(name) for name in names}, opening):
            own = {name for name in pool if _initials_of(name) == initials and could_be_name(name)}
            if len(own) == 1:
                yield initials, own.pop()
                break


def _are_initials(head: str) -> bool:
    head = head.strip()
    return (
        _INITIALS.fullmatch(head) is not None
        and _letters_of(head).isupper()
        and 1 < len(_letters_of(head)) <= MAX_INITIALS
        and head == head.upper()
    )


def _letters_of(head: str) -> str:
    return re.sub(r"[^\w]", "", head)


def _initials_of(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())


def _lines(paragraphs: Sequence[Paragraph], title: str) -> list[Mark | None]:
    """Read names on lines of their own, if two names or more recur and words follow each."""
    counts = Counter(p.text for p in paragraphs if _is_name_line(p))
    names = {text for text, count in counts.items() if count >= MIN_TURNS}
    follows = [p.text in names for p in paragraphs]
    is_alternating = not any(a and b for a, b in pairwise(follows))
    if len(names) < MIN_TURNS or not is_alternating:
        return [None] * len(paragraphs)
    return [
        Mark("label", len(p.text), p.text.rstrip(":")) if p.text in names else None
        for p in paragraphs
    ]


def _is_name_line(paragraph: Paragraph) -> bool:
    text = paragraph.text.rstrip(":")
    is_plain = paragraph.kind != "heading" and not paragraph.bold
    return (
        is_plain
        and 1 < len(text.split()) <= MAX_INITIALS
        and text[-1] not in STOPS
        and could_be_name(text)
    )


def _terms(paragraphs: Sequence[Paragraph], title: str) -> list[Mark | None]:
    """Read the terms of a list of definitions that are names, if two of them recur.

    Each name stands once in full; later a first name or a surname is enough.
    """
    terms = [p.text.rstrip(":") if "dt" in p.classes else "" for p in paragraphs]
    full = {term for term in terms if " " in term and could_be_name(term)}
    people = [_one_of(full, term) for term in terms]
    counts = Counter(name for name in people if name)
    recurring = sum(count >= MIN_TURNS for count in counts.values())
    if recurring < MIN_TURNS or len(list(filter(None, people))) < len(list(filter(None, terms))):
        return [None] * len(paragraphs)
    start = people.index(next(filter(None, people)))
    return [
        Mark("label", len(p.text), name)
        if name
        else Mark("label", label="")  # what is outside the list is nobody's
        if number > start and p.classes.isdisjoint({"dt", "dd"})
        else None
        for number, (p, name) in enumerate(zip(paragraphs, people, strict=True))
    ]


def _one_of(names: set[str], part: str) -> str | None:
    """Return the only one of some names that a part of it can mean."""
    words = part.split()
    found = [name for name in names if words and set(words) <= set(name.split())]
    return found[0] if len(found) == 1 else None


def without_terms(
    paragraphs: Sequence[Paragraph], marks: Sequence[Mark | None]
) -> Sequence[Paragraph]:
    """Return paragraphs that are in no list of definitions, if marks are its terms."""
    if not any(m and "dt" in p.classes for m, p in zip(marks, paragraphs, strict=True)):
        return paragraphs
    return [replace(p, classes=p.classes - {"dt", "dd"}) for p in paragraphs]
