"""The page that tells how to ask: the query language, with examples from the corpus at hand, and
the keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from flask import Blueprint, render_template

from indexer import FACETS, Facet, Index, Passage, SearchRequest, split_name
from search_app.live import current_index
from search_app.urls.narrowing import in_query
from search_app.urls.request_args import DEFAULTS
from search_app.wording.languages import gettext

blueprint = Blueprint("help", __name__)

_WORD = re.compile(r"[^\W\d_]{2,}")
_LONG = 5
_NEAR = 8
_MOST_TELLING = 4


@dataclass(frozen=True, slots=True)
class Form:
    """Something that can be typed: what it finds, and examples that find something here."""

    finds: str
    examples: tuple[SearchRequest, ...]


@dataclass(frozen=True)
class _Facts:
    """What examples are made of: words of one passage, and where it stands.

    ``word`` and ``other`` stand near each other, ``phrase`` is two words in a row, ``values`` are
    those of facets, by their names.
    """

    word: str = "guarantee"
    other: str = "mediation"
    phrase: str = "security guarantee"
    asked: str = "what"
    titled: str = "peace"
    year: str = "2020"
    values: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("/help")
def help_page() -> str:
    """How to ask."""
    index = current_index()
    return render_template("help.html", forms=list(_forms(_facts(index))), keys=_keys())


def _forms(known: _Facts) -> Iterator[Form]:
    word, other = known.word, known.other
    gap = f"{word[:3]}?{word[4:]}"
    yield _form(gettext("all of the words, in any form"), f"{word} {other}")
    yield _form(gettext("a phrase"), f'"{known.phrase}"')
    yield _form(gettext("without a word or phrase"), f"{word} -zebra", f"{word} NOT zebra")
    yield _form(gettext("either, and groups"), f"{word} OR zebra", f"({word} OR zebra) {other}")
    for facet in FACETS.values():
        value = known.values.get(facet.name, facet.example)
        yield _form(gettext(facet.finds), *_facet_examples(facet, value))
    yield _form(gettext("words in what somebody said"), f"said:{word}")
    yield _form(gettext("words in a question"), f"asked:{known.asked}")
    yield _form(gettext("words in a headline or a question"), f"about:{known.titled}")
    yield _form(gettext("words in a headline"), f"title:{known.titled}")
    yield _form(
        gettext("near each other, in any order"), f"{word} NEAR/9 {other}", f'"{word} {other}"~9'
    )
    yield _form(gettext("beginnings and gaps, after three letters"), f"{word[:4]}*", gap)
    yield _form(gettext("a letter or two may be wrong"), f"{word[:-1]}~1")
    yield _form(gettext("exactly this form"), f'"{word}"')
    yield _form(
        gettext("dates: a year, a month, from one to another"),
        f"date:{known.year}",
        f"date:{known.year}-01..{known.year}-12",
    )
    yield _form(
        gettext("from a date on; before a date"),
        f"after:{known.year}-01-01",
        f"before:{int(known.year) + 1}",
    )


def _facet_examples(facet: Facet, value: str) -> Iterator[str]:
    """Queries for a value of a facet; a person is called by the family name alone too."""
    preferred, *others = facet.query_fields
    called = split_name(value)[0] if facet.kind == "people" else value
    yield f"{preferred}:{in_query(called)}"
    yield from (f"{other}:{in_query(value)}" for other in others)


def _form(finds: str, *queries: str) -> Form:
    return Form(finds, tuple(replace(DEFAULTS, query=query) for query in queries))


def _keys() -> list[tuple[tuple[str, ...], str]]:
    return [
        (("/",), gettext("to the search box")),
        (("j", "k"), gettext("to the next or the previous result, passage or name")),
        (("Enter",), gettext("opens it")),
        (("n", "p"), gettext("to the next or the previous marked word of an article")),
        (("?",), gettext("shows these keys")),
        (("Esc",), gettext("closes what is open")),
    ]


def _facts(index: Index) -> _Facts:
    """Words to try, out of an answer that the most quoted speaker gave."""
    for speaker in index.speakers(limit=1):
        telling = [one.word for one in index.telling_words(speaker.id)][:_MOST_TELLING]
        asked = SearchRequest(" OR ".join(telling), speakers=(speaker.id,), roles=("answer",))
        for request in (asked, replace(asked, roles=()), SearchRequest(speakers=(speaker.id,))):
            for hit in index.search(request).hits:
                if found := _from_passage(hit.passage, set(telling)):
                    return found
    return _Facts()


def _from_passage(passage: Passage, telling: set[str]) -> _Facts | None:
    """The facts of a passage; ``None`` if it is too short for all of the examples."""
    words = [found[0].lower() for found in _WORD.finditer(passage.text)]
    long = [place for place, word in enumerate(words) if len(word) >= _LONG]
    # A telling word makes the better example, and a long one is likelier to be one.
    long.sort(key=lambda place: (words[place] not in telling, -len(words[place])))
    for place in long:
        near = [
            other
            for other in long
            if 0 < abs(other - place) < _NEAR and words[other] != words[place]
        ]
        phrase = re.search(rf"(?i)\b{words[place]} [^\W\d_]{{4,}}", passage.text)
        if near and phrase:
            return _Facts(
                word=words[place],
                other=words[near[0]],
                phrase=phrase[0].lower(),
                asked=_longest(passage.question) or _Facts.asked,
                titled=_longest(passage.title) or words[place],
                year=(passage.published or _Facts.year)[:4],
                values=_facet_values(passage),
            )
    return None


def _facet_values(passage: Passage) -> dict[str, str]:
    """The values of facets that a passage has, speakers by their names."""
    values = {
        name: passage.speaker if facet.kind == "people" else getattr(passage, facet.passage_field)
        for name, facet in FACETS.items()
    }
    return {name: value for name, value in values.items() if value}


def _longest(text: str | None) -> str:
    return max(_WORD.findall(text or ""), key=len, default="").lower()
