"""Words and names of the corpus for the examples of the help page, in the corpus's language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from indexer import FACETS, Index, Passage, SearchRequest, is_unspaced

_MIN_LENGTHS = (5, 2)
"""Letters of example words; shorter ones are taken only where there are no long ones."""

_MAX_DISTANCE = 8
"""Words between two example words that are near each other."""

_MAX_DISTINCTIVE_WORDS = 4
_MAX_PASSAGES = 20

_HAN_OR_KATAKANA = re.compile("[々\u3400-\u4dbf\u4e00-\u9fff]{2,}|[\u30a1-\u30fa\u30fc]{2,}")
_HAN = re.compile("[々\u3400-\u4dbf\u4e00-\u9fff]+")
_MAX_HAN = 4
"""Letters of a run of Han that may be one word. Of a longer one the first two letters are taken."""

_NEXT_WORD = "[\u3041-\u309f]{1,3}[\u3400-\u4dbf\u4e00-\u9fff]{2,4}"
"""Particles in Hiragana and a word in Han."""

_MIN_SHARED = 3
"""Letters of a word of a script such as Thai: what the text and the title have in common."""

_VOWELS_BEFORE = "\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4"
"""Vowels of Thai and Lao that belong to the letter after them."""

_LONG = 16
"""Letters of words that are too long for a good example."""


@dataclass(frozen=True)
class Samples:
    """Words and names for examples. The defaults serve an index without passages.

    ``word`` and ``other`` are near each other; ``phrase`` is printed like this. ``values`` are
    facet values by the names of their facets.
    """

    word: str = "guarantee"
    other: str = "mediation"
    phrase: str = "security guarantee"
    question_word: str = "what"
    title_word: str = "peace"
    year: str = "2020"
    values: Mapping[str, str] = field(default_factory=dict)


def samples(index: Index) -> Samples:
    """Take samples from the passages of the most quoted speaker, or else from any passages."""
    passages: list[Passage] = []
    distinctive: set[str] = set()
    for speaker in index.speakers(limit=1):
        words = [one.word for one in index.telling_words(speaker.id)][:_MAX_DISTINCTIVE_WORDS]
        distinctive.update(words)
        answers = SearchRequest(" OR ".join(words), speakers=(speaker.id,), roles=("answer",))
        passages += _found(index, answers)
        passages += _found(index, SearchRequest(speakers=(speaker.id,)))
    passages += _found(index, SearchRequest(scope="all"))
    word, other, phrase = next(_words_near(passages, distinctive), ("", "", ""))
    if not word:
        return Samples()
    return Samples(
        word=word,
        other=other,
        phrase=phrase,
        question_word=_first(_longest_word(one.question or "", one.text) for one in passages),
        title_word=_first(_longest_word(one.title, one.text) for one in passages),
        year=_first((one.published or "")[:4] for one in passages) or Samples.year,
        values={name: _first(_facet_values(name, passages)) for name in FACETS},
    )


def _found(index: Index, request: SearchRequest) -> Iterator[Passage]:
    return (hit.passage for hit in islice(index.search(request).hits, _MAX_PASSAGES))


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def _facet_values(name: str, passages: Iterable[Passage]) -> Iterator[str]:
    """Yield the values of a facet, speakers by their names."""
    facet = FACETS[name]
    column = "speaker" if facet.kind == "people" else facet.passage_field
    return (getattr(passage, column) or "" for passage in passages)


def _words_near(
    passages: Iterable[Passage], distinctive: set[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield a word, one near it, and a phrase, of each passage that has them."""
    passages = list(passages)
    for min_length in _MIN_LENGTHS:
        for passage in passages:
            yield from _of_passage(passage, distinctive, min_length)


def _of_passage(
    passage: Passage, distinctive: set[str], min_length: int
) -> Iterator[tuple[str, str, str]]:
    words = _words(passage.text, f"{passage.title} {passage.question or ''}")
    good = [
        place
        for place, word in enumerate(words)
        if len(word) >= (2 if is_unspaced(word) else min_length)
    ]
    # Distinctive words make the best examples, then long ones.
    good.sort(
        key=lambda place: (
            words[place] not in distinctive,
            len(words[place]) > _LONG,
            -len(words[place]),
        )
    )
    for place in good:
        word = words[place]
        near = [
            words[other]
            for other in good
            if abs(other - place) < _MAX_DISTANCE and words[other] != word
        ]
        phrase = _phrase(passage.text, word)
        if near and phrase:
            yield word, near[0], phrase


def _phrase(text: str, word: str) -> str:
    """Return a word of a text with the next one; without spaces, the word if none is sure."""
    if is_unspaced(word):
        found = re.search(f"{re.escape(word)}{_NEXT_WORD}", text)
        return found[0] if found else word
    found = re.search(rf"(?i)(?<!\w){re.escape(word)} [^\W\d_]{{2,}}(?!\w)", text)
    return found[0].lower() if found else ""


def _words(text: str, title: str) -> list[str]:
    """Return the words of a text in lower case; of scripts without spaces what are likely words."""
    words: list[str] = []
    for run in _runs(text):
        words.extend(_parts(run, title) if is_unspaced(run) else [run.lower()])
    return words


def _runs(text: str) -> list[str]:
    """Return the runs of letters and of the marks on them."""
    is_letter = (one if unicodedata.category(one)[0] in "LM" else " " for one in text)
    return "".join(is_letter).split()


def _parts(run: str, title: str) -> Iterator[str]:
    """Yield parts of a run of a script without spaces that are likely words."""
    parts = _HAN_OR_KATAKANA.findall(run)
    for part in parts:
        yield part[:2] if len(part) > _MAX_HAN and _HAN.fullmatch(part) else part
    if not parts:
        yield from _shared_parts(run, title)


def _shared_parts(text: str, other: str) -> Iterator[str]:
    """Yield the parts of a text that another one has too, in the order of the text."""
    shared = _longest_shared(text, other)
    if len(shared) < _MIN_SHARED:
        return
    before, _, after = text.partition(shared)
    yield from _shared_parts(before, other)
    yield shared
    yield from _shared_parts(after, other)


def _longest_shared(text: str, other: str) -> str:
    """Return the longest part of a text that another one has too."""
    longest = ""
    for start in range(len(text)):
        while text[start : start + len(longest) + 1] in other:
            if start + len(longest) >= len(text):
                break
            longest = text[start : start + len(longest) + 1]
    return longest.rstrip(_VOWELS_BEFORE)


def _longest_word(text: str, context: str) -> str:
    return max(_words(text, context), key=len, default="")
