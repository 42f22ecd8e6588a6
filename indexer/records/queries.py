"""The tree of a query, as engines match it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from indexer.records.kinds import FIELDS

Stems: TypeAlias = tuple[str, ...]
"""The stems of one word in the languages of an index, in order. Any of them is the word.

No passage has stems of two languages."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All passages."""


@dataclass(frozen=True, slots=True)
class Term:
    """Passages with a word of one of these stems in any of ``fields``."""

    stems: Stems
    fields: tuple[str, ...] = FIELDS


@dataclass(frozen=True, slots=True)
class Words:
    """Passages with any of these unstemmed forms in any of ``fields``, scored as one word."""

    forms: tuple[str, ...]
    fields: tuple[str, ...] = FIELDS


@dataclass(frozen=True, slots=True)
class Phrase:
    """Passages with these words next to each other and in this order in one of ``fields``."""

    words: tuple[Stems, ...]
    fields: tuple[str, ...] = FIELDS


@dataclass(frozen=True, slots=True)
class Near:
    """Passages with all of ``parts`` close together in one of ``fields``, in any order.

    A part is a phrase of one or more words. The first words of all parts are at most ``distance``
    words apart. A part that is given twice has to occur twice.
    """

    parts: tuple[tuple[Stems, ...], ...]
    distance: int
    fields: tuple[str, ...] = FIELDS


@dataclass(frozen=True, slots=True)
class Having:
    """Passages with one of ``values`` of a facet, which is named as in `FACETS`."""

    facet: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dated:
    """Passages published between two days, both included.

    Days are proleptic ordinals, ``None`` is open. A date known only to the month or year matches if
    any of its days lies in between. An undated passage never matches.
    """

    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Passages that match all of ``parts``."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Passages that match any of ``parts``; none if there are no parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class MostOf:
    """Passages that match at least ``least`` of ``parts``."""

    parts: tuple[Query, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Not:
    """Passages that do not match ``part``."""

    part: Query


@dataclass(frozen=True, slots=True)
class Preferring:
    """Passages that match ``part``; scores in ``better`` are added to theirs, times ``weight``."""

    part: Query
    better: tuple[Query, ...]
    weight: float


Leaf: TypeAlias = Term | Words | Phrase | Near
"""A part of a query that is looked up in the words of passages."""

Query: TypeAlias = Everything | Leaf | Having | Dated | And | Or | MostOf | Not | Preferring


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark for the reader on how a query was understood; ``position`` is a place in it."""

    message: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word of a query: its unstemmed form, and its stems in the languages of the index."""

    form: str
    stems: Stems


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as typed, as a tree, and as understood: in words that parse to the same tree.

    ``words`` are the words that results should have, in the order typed. ``clauses`` are the parts
    that must all match, each as text and as a tree.
    """

    typed: str
    tree: Query
    understood: str
    notices: tuple[Notice, ...] = ()
    words: tuple[TypedWord, ...] = ()
    clauses: tuple[tuple[str, Query], ...] = ()
