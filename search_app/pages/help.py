"""The query language and the keys, with examples that find something in the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import Blueprint, render_template

from indexer import FACETS, Facet, SearchRequest, is_unspaced, split_name
from search_app.pages.parts.samples import Samples, samples
from search_app.served_index import current_index
from search_app.urls.narrowing import in_query
from search_app.urls.request_args import DEFAULTS
from search_app.wording.languages import gettext

blueprint = Blueprint("help", __name__)


@dataclass(frozen=True, slots=True)
class Syntax:
    """A form of query, and examples of it."""

    finds: str
    examples: tuple[SearchRequest, ...]


@blueprint.get("/help")
def page() -> str:
    """Render the query language and the keys."""
    index = current_index()
    forms = list(_syntax(samples(index)))
    if index.info.passages:
        forms = _working(forms, index.info.fingerprint)
    return render_template("help.html", syntax=forms, keys=_keys())


def _working(forms: Iterable[Syntax], fingerprint: str) -> list[Syntax]:
    """Leave out examples that find nothing: a corpus may have no questions, dates or speakers."""
    checked = (
        Syntax(
            form.finds,
            tuple(example for example in form.examples if _finds(fingerprint, example)),
        )
        for form in forms
    )
    return [form for form in checked if form.examples]


@lru_cache(maxsize=100)
def _finds(fingerprint: str, example: SearchRequest) -> bool:
    """Return whether an example finds something, without notices, in the index that serves now.

    ``fingerprint`` is that of this index, so that an answer is kept until the index changes.
    """
    results = current_index().search(replace(example, limit=1))
    return bool(results.total and not results.notices)


def _syntax(given: Samples) -> Iterator[Syntax]:
    word, other, year = given.word, given.other, given.year
    yield _form(gettext("all of the words, in any form"), f"{word} {other}")
    yield _form(gettext("a phrase"), f'"{given.phrase}"')
    yield _form(gettext("without a word or phrase"), f"{word} -zebra", f"{word} NOT zebra")
    yield _form(
        gettext("one word or the other; groups"), f"{word} OR zebra", f"({word} OR zebra) {other}"
    )
    for facet in FACETS.values():
        value = given.values.get(facet.name) or facet.example
        yield _form(gettext(facet.finds), *_facet_queries(facet, value))
    yield _form(gettext("words that somebody said"), f"said:{word}")
    yield _form(gettext("words in a question"), f"asked:{given.question_word}")
    yield _form(gettext("words in a headline or a question"), f"about:{given.title_word}")
    yield _form(gettext("words in a headline"), f"title:{given.title_word}")
    yield _form(
        gettext("near each other, in any order"), f"{word} NEAR/9 {other}", f'"{word} {other}"~9'
    )
    if not is_unspaced(word):
        with_gap = f"{word[:3]}?{word[4:]}"
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
