"""The query language and the keys, with examples that find something in the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from flask import Blueprint, render_template

from indexer import FACETS, Facet, Index, Passage, SearchRequest, split_name
from search_app.served_index import current_index
from search_app.urls.narrowing import in_query
from search_app.urls.request_args import DEFAULTS
from search_app.wording.languages import gettext

blueprint = Blueprint("help", __name__)

_WORD = re.compile(r"[^\W\d_]{2,}")
_MIN_WORD_LENGTH = 5
_MAX_DISTANCE = 8
"""Words between two example words that are near each other."""

_MAX_DISTINCTIVE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Syntax:
    """A form of query, and examples of it."""

    finds: str
    examples: tuple[SearchRequest, ...]


@dataclass(frozen=True)
class _Samples:
    """Words and names for examples, of one passage. The defaults serve a corpus without any.

    ``word`` and ``other`` are near each other; ``phrase`` are two words in a row. ``values`` are
    facet values by the names of their facets.
    """

    word: str = "guarantee"
    other: str = "mediation"
    phrase: str = "security guarantee"
    question_word: str = "what"
    title_word: str = "peace"
    year: str = "2020"
    values: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("/help")
def page() -> str:
    """Render the query language and the keys."""
    index = current_index()
    return render_template("help.html", syntax=list(_syntax(_samples(index))), keys=_keys())


def _syntax(samples: _Samples) -> Iterator[Syntax]:
    word, other, year = samples.word, samples.other, samples.year
    with_gap = f"{word[:3]}?{word[4:]}"
    yield _form(gettext("all of the words, in any form"), f"{word} {other}")
    yield _form(gettext("a phrase"), f'"{samples.phrase}"')
    yield _form(gettext("without a word or phrase"), f"{word} -zebra", f"{word} NOT zebra")
    yield _form(
        gettext("one word or the other; groups"), f"{word} OR zebra", f"({word} OR zebra) {other}"
    )
    for facet in FACETS.values():
        value = samples.values.get(facet.name, facet.example)
        yield _form(gettext(facet.finds), *_facet_queries(facet, value))
    yield _form(gettext("words that somebody said"), f"said:{word}")
    yield _form(gettext("words in a question"), f"asked:{samples.question_word}")
    yield _form(gettext("words in a headline or a question"), f"about:{samples.title_word}")
    yield _form(gettext("words in a headline"), f"title:{samples.title_word}")
    yield _form(
        gettext("near each other, in any order"), f"{word} NEAR/9 {other}", f'"{word} {other}"~9'
    )
    yield _form(gettext("beginnings and gaps, after three letters"), f"{word[:4]}*", with_gap)
    yield _form(gettext("with a letter or two that differ"), f"{word[:-1]}~1")
    yield _form(gettext("exactly this form"), f'"{word}"')
    yield _form(
        gettext("dates: a year, a month, or from one to another"),
        f"date:{year}",
        f"date:{year}-01..{year}-12",
    )
    yield _form(
        gettext("since a date; before a date"), f"after:{year}-01-01", f"before:{int(year) + 1}"
    )


def _facet_queries(facet: Facet, value: str) -> Iterator[str]:
    """Query each field of a facet for a value; the first for a person's family name alone."""
    first, *others = facet.query_fields
    name = split_name(value)[0] if facet.kind == "people" else value
    yield f"{first}:{in_query(name)}"
    yield from (f"{other}:{in_query(value)}" for other in others)


def _form(finds: str, *queries: str) -> Syntax:
    return Syntax(finds, tuple(replace(DEFAULTS, query=query) for query in queries))


def _keys() -> list[tuple[tuple[str, ...], str]]:
    """Keys with the sentence that says what they do."""
    return [
        (("/",), gettext("go to the search box")),
        (("j", "k"), gettext("go to the next or previous result, passage or name")),
        (("Enter",), gettext("open it")),
        (("n", "p"), gettext("go to the next or previous marked word of an article")),
        (("?",), gettext("show these keys")),
        (("Esc",), gettext("close what is open")),
    ]


def _samples(index: Index) -> _Samples:
    """Take samples from a passage of the most quoted speaker, an answer if there is one."""
    for speaker in index.speakers(limit=1):
        words = [one.word for one in index.telling_words(speaker.id)][:_MAX_DISTINCTIVE_WORDS]
        answers = SearchRequest(" OR ".join(words), speakers=(speaker.id,), roles=("answer",))
        any_role = replace(answers, roles=())
        for request in (answers, any_role, SearchRequest(speakers=(speaker.id,))):
            for hit in index.search(request).hits:
                if samples := _samples_of(hit.passage, set(words)):
                    return samples
    return _Samples()


def _samples_of(passage: Passage, distinctive: set[str]) -> _Samples | None:
    """Take samples from a passage. Returns ``None`` if it is too short for all examples."""
    words = [match[0].lower() for match in _WORD.finditer(passage.text)]
    long = [place for place, word in enumerate(words) if len(word) >= _MIN_WORD_LENGTH]
    # Distinctive words make the best examples, then long ones.
    long.sort(key=lambda place: (words[place] not in distinctive, -len(words[place])))
    for place in long:
        near = [
            other
            for other in long
            if 0 < abs(other - place) < _MAX_DISTANCE and words[other] != words[place]
        ]
        phrase = re.search(rf"(?i)\b{words[place]} [^\W\d_]{{4,}}", passage.text)
        if near and phrase:
            return _Samples(
                word=words[place],
                other=words[near[0]],
                phrase=phrase[0].lower(),
                question_word=_longest_word(passage.question) or _Samples.question_word,
                title_word=_longest_word(passage.title) or words[place],
                year=(passage.published or _Samples.year)[:4],
                values=_facet_values(passage),
            )
    return None


def _facet_values(passage: Passage) -> dict[str, str]:
    """Facet values of a passage by the names of their facets; speakers by their names."""
    values = {
        name: passage.speaker if facet.kind == "people" else getattr(passage, facet.passage_field)
        for name, facet in FACETS.items()
    }
    return {name: value for name, value in values.items() if value}


def _longest_word(text: str | None) -> str:
    return max(_WORD.findall(text or ""), key=len, default="").lower()
