"""What helps a reader whose search finds nothing, or not what was meant: words and names that were
mistyped, namesakes, and which part of the search is to blame.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

from indexer.messages import Message
from indexer.records import (
    Explanation,
    Having,
    Notice,
    ParsedQuery,
    SearchRequest,
    Suggestion,
)
from indexer.search.lexemes import quoted
from indexer.search.vocabulary import Vocabulary
from indexer.storage.library import Library
from indexer.text.analysis import tokens

_FEW = 3
_NAMED = 4


class HasVocabulary(Protocol):
    """Whatever knows the words of the index."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words."""


class Advice:
    """Knows the names and words of an index, and how much any search finds."""

    def __init__(
        self, library: Library, words: HasVocabulary, total: Callable[[SearchRequest], int]
    ) -> None:
        self._library = library
        self._words = words
        self._total = total

    def namesakes(self, typed: ParsedQuery) -> Iterator[Notice]:
        """Whom else a typed name means: readers should know before they quote."""
        names = self._library.speaker_names()
        for clause, tree in typed.clauses:
            if isinstance(tree, Having) and tree.facet == "speaker" and len(tree.values) > 1:
                meant = sorted(names.get(value, value) for value in tree.values)
                yield Notice(_means(clause, meant))

    def instead(
        self, request: SearchRequest, typed: ParsedQuery, total: int, relaxed: bool
    ) -> Iterator[Suggestion]:
        """Queries that find more, where the one typed finds little."""
        if total >= _FEW and not relaxed:
            return
        for better in dict.fromkeys((self._corrected(typed), self._renamed(typed))):
            if better and (found := self._total(replace(request, query=better))) > total:
                yield Suggestion(better, found)

    def _corrected(self, typed: ParsedQuery) -> str | None:
        """The query with the words that stand nowhere, or hardly anywhere, as they were meant."""
        vocabulary = self._words.vocabulary
        meant = {word.form: vocabulary.correction(word.form) for word in typed.words}
        text, changed = typed.understood, False
        for token in reversed(list(tokens(text))):
            if better := meant.get(token.form):
                text, changed = f"{text[: token.start]}{better}{text[token.end :]}", True
        return text if changed else None

    def _renamed(self, typed: ParsedQuery) -> str | None:
        """The query with the names of nobody as the likeliest speakers are called."""
        text = typed.understood
        for clause, tree in typed.clauses:
            if tree == Having("speaker", frozenset()):
                name = clause.partition(":")[2].strip('="')
                for likely in self._library.similar_speakers(name)[:1]:
                    text = text.replace(clause, f"speaker:{quoted(likely)}")
        return text if text != typed.understood else None

    def explained(self, request: SearchRequest, typed: ParsedQuery) -> Iterator[Explanation]:
        """Why nothing was found: each clause and each filter by itself, and the search without."""
        if len(typed.clauses) > 1 or (typed.clauses and _filters(request)):
            for label, _ in typed.clauses:
                rest = " ".join(text for text, _ in typed.clauses if text != label)
                without = self._total(replace(request, query=rest))
                yield Explanation(label, self._total(SearchRequest(label)), without, rest=rest)
        for parameter, (changed, value) in _filters(request).items():
            alone = replace(SearchRequest(), **value)
            yield Explanation(
                _label(value),
                self._total(alone),
                self._total(replace(request, **changed)),
                parameter,
                request.query,
            )


def _means(clause: str, names: list[str]) -> Message:
    first, rest = ", ".join(names[:_NAMED]), len(names) - _NAMED
    if rest <= 0:
        return Message("%(clause)s means %(names)s.", clause=clause, names=first)
    return Message(
        "%(clause)s means %(names)s and %(rest)s more.", clause=clause, names=first, rest=rest
    )


def _filters(request: SearchRequest) -> Mapping[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The filters that are on, by parameter: what turns each off, and what it is by itself."""
    names = {"speaker": "speakers", "source": "sources", "role": "roles", "language": "languages"}
    found: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for parameter, name in names.items():
        if values := getattr(request, name):
            found[parameter] = {name: ()}, {name: values}
    if request.since or request.until:
        dates = {"since": request.since, "until": request.until}
        found["from"] = {"since": None, "until": None}, dates
    return found


def _label(value: Mapping[str, Any]) -> str:
    """A filter in words: its values, or its first and last date."""
    if "since" in value:
        return " – ".join(value[end] or "…" for end in ("since", "until"))
    (values,) = value.values()
    return ", ".join(values)
