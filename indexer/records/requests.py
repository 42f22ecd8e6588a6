"""Requests: the facets that a search can filter by, its order, and its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from indexer.messages import N_
from indexer.records.kinds import EVIDENCE, KINDS, ROLES, Evidence, Group, Kind, Role, Scope, Sort


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """A property of passages that searches filter and count by.

    ``name`` is its key in JSON, its argument in addresses and its option of commands.
    ``passage_field`` and ``request_field`` are its fields of `Passage` and `SearchRequest`.
    ``query_fields`` are its fields in the query language, the usual one first.

    ``kind`` is how a typed value is looked up. ``people`` are found by any spelling of a name,
    ``names`` by their words. ``choices`` are the keys of ``labels``. ``codes`` are in lower case
    and match the regular expression ``pattern``. Passages whose speaker is of one of the kinds
    ``uncounted`` are found by their values, but are not counted.

    The other fields are texts for readers: ``heading`` stands above the values, ``labels`` name the
    choices, ``finds`` explains the query field, with ``example`` as its value, and ``description``
    the argument. ``invalid`` is the error for a code that does not match, ``unknown`` the notice
    for a ``%(name)s`` that is not in the index.
    """

    name: str
    passage_field: str
    request_field: str
    query_fields: tuple[str, ...]
    kind: Literal["people", "names", "choices", "codes"]
    heading: str
    finds: str
    description: str
    example: str
    labels: Mapping[str, str] = field(default_factory=dict)
    pattern: str = ""
    uncounted: tuple[Kind, ...] = ()
    invalid: str = ""
    unknown: str = ""


FACETS: Mapping[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet(
            name="speaker",
            passage_field="speaker_id",
            request_field="speakers",
            query_fields=("speaker",),
            kind="people",
            heading=N_("Speakers"),
            finds=N_("one person, in any usual spelling of the name"),
            description="Name or id of a speaker",
            example="Ada Lind",
            unknown=N_("There is no speaker named “%(name)s” in this corpus."),
            uncounted=("unnamed", "body"),
        ),
        Facet(
            name="source",
            passage_field="outlet",
            request_field="sources",
            query_fields=("source",),
            kind="names",
            heading=N_("Outlets"),
            finds=N_("one outlet"),
            description="Name of an outlet",
            example="The Lantern",
            unknown=N_("There is no outlet named “%(name)s” in this corpus."),
        ),
        Facet(
            name="author",
            passage_field="author",
            request_field="authors",
            query_fields=("author",),
            kind="names",
            heading=N_("Authors"),
            finds=N_("articles by one author, by words of the byline"),
            description="Author of the article as printed, or words of the name",
            example="lind",
            unknown=N_("There is no author named “%(name)s” in this corpus."),
        ),
        Facet(
            name="office",
            passage_field="speaker_role",
            request_field="offices",
            query_fields=("office",),
            kind="names",
            heading=N_("Offices"),
            finds=N_("one office, by words of its name"),
            description="Office of the speaker as printed, or words of it",
            example="mayor",
            unknown=N_("There is no office named “%(name)s” in this corpus."),
        ),
        Facet(
            name="role",
            passage_field="role",
            request_field="roles",
            query_fields=("in",),
            kind="choices",
            heading=N_("Said in"),
            finds=N_("answers, statements, questions or narrative"),
            description=f"Kind of passage: {', '.join(ROLES)}",
            example="answer",
            labels={
                "question": N_("Questions"),
                "answer": N_("Answers"),
                "statement": N_("Statements and quotations"),
                "narrative": N_("The article itself"),
            },
        ),
        Facet(
            name="kind",
            passage_field="speaker_kind",
            request_field="kinds",
            query_fields=("kind",),
            kind="choices",
            heading=N_("Kinds of speakers"),
            finds=N_("people, bodies or unnamed speakers"),
            description=f"Kind of speaker: {', '.join(KINDS)}",
            example="person",
            labels={
                "person": N_("People"),
                "unnamed": N_("Unnamed speakers"),
                "body": N_("Organisations"),
            },
        ),
        Facet(
            name="language",
            passage_field="language",
            request_field="languages",
            query_fields=("language",),
            kind="codes",
            heading=N_("Languages"),
            finds=N_("one language"),
            description="Language of the article, as its ISO 639-1 code",
            example="en",
            pattern="[A-Za-z]{2,3}",
            invalid=N_("Give a language as its ISO 639-1 code, such as en."),
        ),
        Facet(
            name="evidence",
            passage_field="evidence",
            request_field="evidence",
            query_fields=("evidence",),
            kind="choices",
            heading=N_("Speaker known by"),
            finds=N_("one kind of evidence for the speaker"),
            description=f"Evidence for the speaker: {', '.join(EVIDENCE)}",
            example="label",
            labels={
                "label": N_("A label before the words"),
                "cue": N_("Words such as “Arel said”"),
                "carried": N_("The words before"),
                "introduced": N_("An introduction"),
                "authored": N_("The byline"),
                "corrected": N_("A correction by the keeper"),
            },
        ),
    )
}
"""The facets by name, in the order of the page. To add one, add a row here, a field to
`SearchRequest`, and raise ``SCHEMA`` in `indexer.storage.generations`."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search. Several values of one filter are alternatives; filters must all match.

    ``speakers`` are names or ids, ``languages`` ISO 639-1 codes. ``since`` and ``until`` are dates
    as ``2020``, ``2020-10`` or ``2020-10-05``, both included. ``scope`` is the part of the matches
    that is returned and counted; see `indexer.scopes`. If grouped by article, ``offset``
    and ``limit`` count articles.

    >>> SearchRequest("peace -war", speakers=("velidze",), since="2020", sort="newest").sort
    'newest'
    """

    query: str = ""
    speakers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    authors: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    languages: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    since: str | None = None
    until: str | None = None
    scope: Scope = "said"
    sort: Sort = "relevance"
    group: Group = "none"
    offset: int = 0
    limit: int = 20


def chosen_values(request: SearchRequest, facet: Facet) -> tuple[str, ...]:
    """Return the values of a facet that a request filters by."""
    values: tuple[str, ...] = getattr(request, facet.request_field)
    return values


FACET_VALUES = 40
"""Values of each facet in an answer, the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Page:
    """The part of the matches to return, and their order.

    If grouped by article, ``offset`` and ``limit`` count articles, and ``more`` is the number of
    further passages of each. ``values`` is the number of values of each facet. ``scope`` is the
    part of the matches that is returned and counted, and ``others`` the number of articles of which
    to return the best match in each other context. By relevance, the contexts of the scope ``all``
    follow each other.
    """

    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    group: Group = "none"
    more: int = 2
    values: int = FACET_VALUES
    scope: Scope = "all"
    others: int = 0
