"""Labels before words that somebody says, told from the words before a colon in lists.

Recipes, tables of contents, scores, results, programmes and files of settings have lines like
labels. Their words are no sentences, or nothing tells that what is before the colon is a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.ingest.cast.members import People
from indexer.ingest.dialogue.label_parts import ARTICLES, has_label_words
from indexer.ingest.dialogue.labels import INITIALS
from indexer.ingest.dialogue.speaker_marks import GENERIC_ANSWER, GENERIC_QUESTION, NOBODY, Mark
from indexer.people.first_names import has_first_name
from indexer.people.names import could_be_name, is_office, is_outlet, without_honorific
from indexer.people.office_and_name import split_office
from indexer.records import Paragraph
from indexer.text.sentences import STOPS, WIDE_STOPS

MIN_WORDS = 12
"""Words that are speech also where no stop ends them."""

_ENDS = f"{STOPS}{WIDE_STOPS}:;—–-।۔"
_CLOSING = " )]\"”“»’'"
_NUMBER = re.compile(r"\d[\d.,:/–-]*(?<!\.)")
_INITIAL = re.compile(r"[^\W\d_]\.")
_LATIN = re.compile(r"[\u0000-\u024f’\s]+")


def is_speech(
    marks: Sequence[Mark | None], paragraphs: Sequence[Paragraph], people: People
) -> bool:
    """Return whether the labels of an article are before words that somebody says.

    At least half of these are sentences, and something tells that one label is a person.
    """
    named = [
        (mark, number)
        for number, mark in enumerate(marks)
        if mark is not None and mark.way == "label" and mark.label
    ]
    if not named or any(paragraph.time is not None for paragraph in paragraphs):
        return True
    texts = list(_texts(named, paragraphs))
    if 2 * sum(map(_is_said, texts)) < len(texts):
        return False
    if any(mark.role or mark.office for mark, _ in named):
        return True
    printed = {paragraphs[number].text[: mark.start] for mark, number in named}
    return any(map(has_label_words, printed)) or any(
        _is_of_person(label, people) for label in {mark.label for mark, _ in named if mark.label}
    )


def _texts(named: Sequence[tuple[Mark, int]], paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Yield the words after each label, or the next paragraph's after a label on its own line."""
    for mark, number in named:
        text = paragraphs[number].text[mark.start :]
        after = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
        yield text or after


def _is_said(text: str) -> bool:
    """Return whether a text is a sentence, and no score, page number or price.

    >>> [_is_said(text) for text in ("It thaws.", "14 points", "A Short History of Tugs 34")]
    [True, False, False]
    """
    words = text.split()
    bare = text.rstrip(_CLOSING)
    if not words or not bare or _NUMBER.fullmatch(words[-1]):
        return len(words) >= MIN_WORDS
    return bare[-1] in _ENDS or len(words) >= MIN_WORDS


def _is_of_person(label: str, people: People) -> bool:
    """Return whether a label is a person's by an office, a first name, or a full name in print."""
    office, name = split_office(label)
    bare = without_honorific(name)
    full = people.names.of(bare)
    if office or bare != name or is_outlet(label) or _INITIAL.search(label) or "(" in label:
        return True
    if GENERIC_QUESTION.fullmatch(label) or GENERIC_ANSWER.fullmatch(label) or NOBODY.match(label):
        return True
    if is_office(bare.split()[-1]) or has_first_name(bare) or not _LATIN.fullmatch(label):
        return True
    if INITIALS.fullmatch(label):
        return True
    return _is_full_name(full, people) or has_first_name(full)


def _is_full_name(name: str, people: People) -> bool:
    """Return whether a name has two words or more, of which none is an ordinary word."""
    words = name.split()
    is_ordinary = any(people.words.is_common(word) for word in words)
    return len(words) > 1 and not is_ordinary and words[0].lower() not in ARTICLES and (
        could_be_name(name)
    )  # fmt: skip
