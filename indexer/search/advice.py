"""Helps readers whose search matches little: corrections, namesakes, and explanations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from indexer.budget import checked
from indexer.messages import Message
from indexer.records import (
    FACETS,
    Explanation,
    Having,
    Notice,
    ParsedQuery,
    Phrase,
    Query,
    SearchRequest,
    Suggestion,
    Term,
    chosen_values,
)
from indexer.scopes import has_bare_words
from indexer.search.lexemes import quoted
from indexer.search.resolver import MAX_HOLDERS, IndexResolver
from indexer.storage.library import Library
from indexer.text.analysis import tokens

_ENOUGH_HITS = 3
"""The number of hits from which a search gets no corrections."""

_MAX_NAMESAKES = 4
"""Names that are listed in the notice about namesakes."""

_MIN_NAME_LENGTH = 4
"""Letters of the shortest word that is looked up as a name."""


class Advice:
    """Advises on searches of one index. ``total`` returns the number of hits of a request."""

    def __init__(
        self, library: Library, resolver: IndexResolver, total: Callable[[SearchRequest], int]
    ) -> None:
        self._library = library
        self._resolver = resolver
        self._total = total

    def namesakes(self, parsed: ParsedQuery) -> Iterator[Notice]:
        """Return a notice for each typed name that means several people."""
        names = self._library.speakers.names
        for clause, tree in parsed.clauses:
            if isinstance(tree, Having) and tree.facet == "speaker" and len(tree.values) > 1:
                namesakes = sorted(names.get(value, value) for value in tree.values)
                yield Notice(_namesakes(clause, namesakes))

    def corrections(
        self, request: SearchRequest, parsed: ParsedQuery, total: int
    ) -> Iterator[Suggestion]:
        """Return queries with more hits, if the search has few."""
        if total >= _ENOUGH_HITS:
            return
        queries = (self._corrected(parsed), *self._renamed(parsed), self._named(parsed))
        for query in dict.fromkeys(queries):
            if query and (hits := self._total(replace(request, query=query))) > total:
                yield Suggestion(query, hits)

    def _corrected(self, parsed: ParsedQuery) -> str | None:
        """Return the query with its rare and unknown words corrected."""
        vocabulary = self._resolver.vocabulary
        corrections = {
            word.form: vocabulary.correction(word.form) for word in checked(parsed.words)
        }
        text, changed = parsed.understood, False
        for token in reversed(list(tokens(text))):
            if correction := corrections.get(token.form):
                text, changed = f"{text[: token.start]}{correction}{text[token.end :]}", True
        return text if changed else None

    def _renamed(self, parsed: ParsedQuery) -> Iterator[str]:
        """Yield the query with unknown names replaced by similar ones, and offices by holders."""
        names = self._library.names
        for clause, tree in checked(parsed.clauses):
            if tree == Having("speaker", frozenset()):
                typed = clause.partition(":")[2].strip('="')
                holders = [name for name, _ in names.holders(typed)[:MAX_HOLDERS]]
                for name in holders or names.similar(typed)[:1]:
                    yield parsed.understood.replace(clause, f"speaker:{quoted(name)}")

    def _named(self, parsed: ParsedQuery) -> str | None:
        """Return the query with words that name a speaker, or nearly do, as that speaker's."""
        clauses = [
            f"speaker:{quoted(name)}" if (name := self._name_in(clause, tree)) else clause
            for clause, tree in checked(parsed.clauses)
        ]
        text = " ".join(dict.fromkeys(clauses))
        return text if clauses != [clause for clause, _ in parsed.clauses] else None

    def _name_in(self, clause: str, tree: Query) -> str | None:
        """Return the only speaker whom a bare word names, or whose name is most similar."""
        names = self._library.names
        if len(clause) < _MIN_NAME_LENGTH or not has_bare_words(tree):
            return None
        if not isinstance(tree, Term | Phrase) or '"' in clause:
            return None
        found = names.find(clause)
        if not found:
            return next(iter(names.similar(clause)), None)
        (one, *others) = found
        return None if others else self._library.speakers.names.get(one)

    def explanations(self, request: SearchRequest, parsed: ParsedQuery) -> Iterator[Explanation]:
        """Return the hits of each clause and filter alone, and of the search without it."""
        if len(parsed.clauses) > 1 or (parsed.clauses and _filters(request)):
            for label, _ in parsed.clauses:
                rest = " ".join(text for text, _ in parsed.clauses if text != label)
                without = self._total(replace(request, query=rest))
                yield Explanation(
                    label,
                    self._total(SearchRequest(label, scope=request.scope)),
                    without,
                    rest=rest,
                )
        for parameter, (changed, value) in _filters(request).items():
            alone = replace(SearchRequest(scope=request.scope), **value)
            yield Explanation(
                _label(value),
                self._total(alone),
                self._total(replace(request, **changed)),
                parameter,
                request.query,
            )


def _namesakes(clause: str, names: list[str]) -> Message:
    first, rest = ", ".join(names[:_MAX_NAMESAKES]), len(names) - _MAX_NAMESAKES
    if rest <= 0:
        return Message("%(clause)s means %(names)s.", clause=clause, names=first)
    return Message(
        "%(clause)s means %(names)s and %(rest)s more.", clause=clause, names=first, rest=rest
    )


def _filters(request: SearchRequest) -> Mapping[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Return the filters in use, by parameter: the change that removes it, and its fields."""
    filters: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for facet in FACETS.values():
        if values := chosen_values(request, facet):
            filters[facet.name] = {facet.request_field: ()}, {facet.request_field: values}
    if request.since or request.until:
        dates = {"since": request.since, "until": request.until}
        filters["from"] = {"since": None, "until": None}, dates
    return filters


def _label(value: Mapping[str, Any]) -> str:
    """Return the values of a filter as text, or its first and last date."""
    if "since" in value:
        return " – ".join(value[end] or "…" for end in ("since", "until"))
    (values,) = value.values()
    return ", ".join(values)
