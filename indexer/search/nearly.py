"""Names the words that a passage with only some of them lacks."""

from __future__ import annotations

from dataclasses import replace

from indexer.records import Hit, Leaf, Near, Or, ParsedQuery, Passage, Phrase, Scope, Term, Words
from indexer.scopes import CONTEXT_FIELDS, in_field
from indexer.search.snippets import matching_leaves


def missing_named(hit: Hit, parsed: ParsedQuery, scope: Scope) -> Hit:
    """Return a hit, and those under it, with the words and phrases that each does not have."""
    leaves = {
        text: leaf
        for text, tree in parsed.clauses
        for leaf in [tree if scope == "all" else in_field(tree, CONTEXT_FIELDS[scope])]
        if isinstance(leaf, Term | Words | Phrase | Near)
    }
    return replace(
        hit,
        missing=_missing(hit.passage, leaves),
        more=tuple(replace(one, missing=_missing(one.passage, leaves)) for one in hit.more),
    )


def _missing(passage: Passage, leaves: dict[str, Leaf]) -> tuple[str, ...]:
    every = Or(tuple(leaves.values()))
    fields = {"text": passage.text, "question": passage.question, "title": passage.title}
    present = {
        leaf
        for field, text in fields.items()
        if text
        for leaf in matching_leaves(text, every, field, passage.language)
    }
    return tuple(text for text, leaf in leaves.items() if leaf not in present)
