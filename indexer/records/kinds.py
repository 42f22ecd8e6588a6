"""Fixed sets of values: roles, orders, kinds of evidence, and the searched fields."""

from __future__ import annotations

from typing import Literal, TypeAlias

Span: TypeAlias = tuple[int, int]
"""Start and end (exclusive) of a stretch of characters."""

ParagraphKind = Literal["paragraph", "heading", "quote", "list_item"]
DatePrecision = Literal["year", "month", "day", "minute"]
Role = Literal["question", "answer", "statement", "narrative"]
Sort = Literal["relevance", "newest", "oldest"]
Group = Literal["none", "article"]
Scope = Literal["said", "asked", "headline", "all"]
"""Where the words of a search are looked for: in what was said, in questions, in headlines."""

Context = Literal["said", "asked", "headline", "mixed"]
"""Where the words of a search stand in a passage, or that they are spread over these places."""

Evidence = Literal["label", "cue", "carried", "introduced", "authored", "corrected"]
"""Reason for naming a speaker: a label before the words, a cue near them ("Arel said"), the turn or
quotation before, an introduction in the article, its byline, or a correction in the corpus."""

Kind = Literal["person", "unnamed", "body"]
"""Kinds of speakers: a person, somebody who is only described or a crowd, an organisation."""

KINDS: tuple[Kind, ...] = ("person", "unnamed", "body")
"""The kinds of speakers."""

EVIDENCE: tuple[Evidence, ...] = ("label", "cue", "carried", "introduced", "authored", "corrected")
"""The kinds of evidence."""

ROLES: tuple[Role, ...] = ("question", "answer", "statement", "narrative")
"""The roles of passages: questions, answers, statements, and the article's own words."""

SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
"""The orders of results."""

GROUPS: tuple[Group, ...] = ("none", "article")
"""The groupings of results."""

SCOPES: tuple[Scope, ...] = ("said", "asked", "headline", "all")
"""The parts of the matches that a search can show."""

FIELDS = ("text", "question", "title")
"""The searched fields of a passage, by name."""
