"""What flows through the program: plain frozen records, none with a method that does work.

    file -> Article -> Turn… -> Passage… -> AnalyzedPassage… -> engine
    URL  -> SearchRequest -> Query -> Matches -> SearchResults -> page, JSON, …

Dates are ISO 8601 strings cut at what is known (``2025``, ``2025-05``, ``2025-05-03``,
``2025-05-03T11:55`` and, where printed, a zone: ``2025-05-03T11:55+04:00``). What is not known
is ``None``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from indexer.messages import N_

Span: TypeAlias = tuple[int, int]
"""Start and end (exclusive) of a stretch of characters."""

ParagraphKind = Literal["paragraph", "heading", "quote", "list_item"]
DatePrecision = Literal["year", "month", "day", "minute"]
Role = Literal["question", "answer", "statement", "narrative"]
Sort = Literal["relevance", "newest", "oldest"]
Group = Literal["none", "article"]
Evidence = Literal["label", "cue", "carried", "introduced", "authored", "corrected"]
"""How a speaker is known: by a label before the words, by words about them ("Arel said"), from the
turn or quotation before, by an introduction, by the byline, by a correction of whoever keeps the
corpus."""


EVIDENCE: tuple[Evidence, ...] = ("label", "cue", "carried", "introduced", "authored", "corrected")
"""The kinds of evidence."""

ROLES: tuple[Role, ...] = ("question", "answer", "statement", "narrative")
"""The roles of passages: questions, answers, statements, and the article's own words."""

SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
"""The orders of results."""

GROUPS: tuple[Group, ...] = ("none", "article")
"""The groupings of results."""


FIELDS = ("text", "question", "title")
"""The searched fields of a passage, by name."""


# --- Facets --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """A property of passages that searches filter and count by.

    ``name`` is its name everywhere outside: in JSON, as an argument of addresses, as an option of
    commands. ``passage_field`` and ``request_field`` are its fields of `Passage` and of
    `SearchRequest`, ``query_fields`` its fields in queries, the preferred one first.

    ``kind`` says how typed text becomes values: ``people`` are found by any spelling of their
    names, ``names`` by their words, ``choices`` are the keys of ``labels``, and ``codes`` are
    written in small letters and match ``pattern``. ``invalid`` is told of a code that does not,
    ``unknown`` of a ``%(name)s`` that nothing here has.

    ``heading`` and ``labels`` name the facet and its choices to readers, ``finds`` says what a
    query field is for, with a value for an ``example``, ``meaning`` what an argument is.
    """

    name: str
    passage_field: str
    request_field: str
    query_fields: tuple[str, ...]
    kind: Literal["people", "names", "choices", "codes"]
    heading: str
    finds: str
    meaning: str
    example: str
    labels: Mapping[str, str] = field(default_factory=dict)
    pattern: str = ""
    invalid: str = ""
    unknown: str = ""


FACETS: Mapping[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet(
            name="speaker",
            passage_field="speaker_id",
            request_field="speakers",
            query_fields=("speaker", "by"),
            kind="people",
            heading=N_("Speakers"),
            finds=N_("what one person said, by any usual spelling of the name"),
            meaning="who said it: a name or an id",
            example="Ada Lind",
            unknown=N_("Nobody named “%(name)s” speaks in this corpus."),
        ),
        Facet(
            name="source",
            passage_field="outlet",
            request_field="sources",
            query_fields=("source",),
            kind="names",
            heading=N_("Outlets"),
            finds=N_("one outlet"),
            meaning="the outlet that published it",
            example="The Lantern",
            unknown=N_("No outlet of this corpus is named “%(name)s”."),
        ),
        Facet(
            name="office",
            passage_field="speaker_role",
            request_field="offices",
            query_fields=("office",),
            kind="names",
            heading=N_("Offices"),
            finds=N_("holders of one office, by words of it"),
            meaning="the office of whoever said it, as printed",
            example="mayor",
            unknown=N_("No office in this corpus is named “%(name)s”."),
        ),
        Facet(
            name="role",
            passage_field="role",
            request_field="roles",
            query_fields=("in",),
            kind="choices",
            heading=N_("Said in"),
            finds=N_("answers, statements, questions or narrative"),
            meaning=f"the kind of passage: one of {', '.join(ROLES)}",
            example="answer",
            labels={
                "question": N_("Questions"),
                "answer": N_("Answers"),
                "statement": N_("Statements and quotations"),
                "narrative": N_("The article itself"),
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
            meaning="the ISO 639-1 code of its language",
            example="en",
            pattern="[A-Za-z]{2,3}",
            invalid=N_("Write a language as its ISO 639-1 code, such as en."),
        ),
        Facet(
            name="evidence",
            passage_field="evidence",
            request_field="evidence",
            query_fields=("evidence",),
            kind="choices",
            heading=N_("Speaker known by"),
            finds=N_("one kind of evidence for who speaks"),
            meaning=f"how the speaker is known: one of {', '.join(EVIDENCE)}",
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
"""The facets by name, in the order in which they are shown: a new one is a row here, a field of
`Passage` and of `SearchRequest`, and a new `SCHEMA` of indexes."""


# --- From a file to its passages -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of an article, with what its markup tells about who speaks.

    ``text`` has single spaces; a line break inside the block is a newline. ``bold`` and ``italic``
    are spans of ``text``, in order, not overlapping. ``classes`` are the CSS classes of the block
    and of the elements around it, inside the article's container; ``linked`` tells that most of it
    is a link.

    ``speaker`` is the name that the format gives to the voice (a ``<v Name>`` of a subtitle),
    ``""`` for a voice without a name, ``None`` where the format knows of no voices. ``time`` is the
    second of the recording at which the words begin.
    """

    text: str
    kind: ParagraphKind = "paragraph"
    bold: tuple[Span, ...] = ()
    italic: tuple[Span, ...] = ()
    classes: frozenset[str] = frozenset()
    linked: bool = False
    speaker: str | None = None
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that nobody said, and the name of the rule that dropped it."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """One saved page. ``id`` is its path under the corpus, without the suffix, with ``/``; of one
    of several in a file the whole path, and a name below it (``exports/feed.xml/on-fog``).

    ``date_evidence`` is the tag or the line that ``published`` was read from; when ``published``
    is ``None`` it may tell which date was seen and not trusted. ``updated`` is a printed date of a
    later version, ``language`` an ISO 639-1 code. ``note`` tells how the text was found where the
    usual way failed.
    """

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    published: str | None = None
    date_precision: DatePrecision | None = None
    date_evidence: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    updated: str | None = None
    language: str | None = None
    dropped: tuple[Dropped, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as the article tells it: every field is taken from printed words.

    ``name`` is the fullest form that the article prints, ``as_printed`` the form at this place,
    ``role`` the printed office ("then deputy governor"), ``attribution`` the printed words that
    named the speaker here ("Timofeev noted", "MS. PSAKI:"), ``evidence`` what kind of words.
    """

    name: str
    as_printed: str
    attribution: str
    role: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says without a break, or what the article itself tells (``narrative``).

    ``text`` keeps paragraphs apart by an empty line. ``paragraph`` is the index of its first
    paragraph in the article. ``indirect`` tells that the words are the outlet's, not the speaker's
    ("Arel said that …"). ``times`` has the second of the recording at which each paragraph of
    ``text`` begins; it is empty for an article without a recording.
    """

    role: Role
    text: str
    paragraph: int
    speaker: Speaker | None = None
    indirect: bool = False
    times: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks in running text, without the marks."""

    text: str
    paragraph: int
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched and cited: an answer with its question, a statement, a piece of narrative.

    ``id`` is ``<article id>#<position>``; positions count from 1 in reading order. ``speaker_id``
    is the name as a slug (``ivan-timofeev``). ``time`` is the second of the recording at which the
    text begins; ``None`` if there is no recording.
    """

    id: str
    article_id: str
    position: int
    title: str
    role: Role
    text: str
    question: str | None = None
    speaker: str | None = None
    speaker_id: str | None = None
    as_printed: str | None = None
    speaker_role: str | None = None
    attribution: str | None = None
    evidence: Evidence | None = None
    indirect: bool = False
    time: int | None = None
    published: str | None = None
    date_precision: DatePrecision | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class AnalyzedPassage:
    """A passage with its words, as engines are given them.

    ``terms`` and ``forms`` map each of `FIELDS` to its words in order, joined by single spaces:
    stems in ``terms``, the same words unstemmed, with their accents, in ``forms``. A position in
    one is the same word in the other.
    """

    passage: Passage
    terms: Mapping[str, str]
    forms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its stem, its unstemmed form (in small letters, with its accents), and
    where it stands in the text."""

    term: str
    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class IngestedArticle:
    """An article with everything read out of it: what ``inspect`` prints and ``reindex`` keeps."""

    article: Article
    turns: tuple[Turn, ...]
    quotations: tuple[Quotation, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class UnreadableItem:
    """One of several articles of a file that cannot be read: its name in the file, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestedFile:
    """The articles of a file, of which most hold one, and those that could not be read."""

    articles: tuple[IngestedArticle, ...]
    unreadable: tuple[UnreadableItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or one of several articles in it, that is not in the index, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a reindex did. Counts are articles but for ``passages`` (all in the index afterwards).

    ``duplicates`` are articles whose text another one has, or nearly; the reason names that one.
    ``engine`` indexed them; ``generation`` is ``None`` when nothing had to be written.
    """

    engine: str
    read: int
    unchanged: int
    removed: int
    articles: int
    passages: int
    skipped: tuple[Skipped, ...]
    duplicates: tuple[Skipped, ...]
    generation: str | None
    seconds: float


# --- What was asked: the tree of a query ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Everything:
    """Every passage."""


@dataclass(frozen=True, slots=True)
class Term:
    """Passages with a word of this stem in any of ``fields``."""

    term: str
    fields: tuple[str, ...] = FIELDS


@dataclass(frozen=True, slots=True)
class Words:
    """Passages with any of these unstemmed forms in any of ``fields``, counted as if one word."""

    forms: tuple[str, ...]
    fields: tuple[str, ...] = FIELDS


@dataclass(frozen=True, slots=True)
class Phrase:
    """Passages with these stems one after the other in one of ``fields``."""

    terms: tuple[str, ...]
    fields: tuple[str, ...] = FIELDS


@dataclass(frozen=True, slots=True)
class Near:
    """Passages with all of ``parts`` close together in one of ``fields``, in any order.

    A part is stems one after the other. The first words of all parts stand at most ``distance``
    words apart; a part that is there twice has to stand there twice.
    """

    parts: tuple[tuple[str, ...], ...]
    distance: int
    fields: tuple[str, ...] = FIELDS


@dataclass(frozen=True, slots=True)
class Having:
    """Passages with one of ``values`` of a facet, by its name in `FACETS`; none when empty."""

    facet: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dated:
    """Passages published between two days (proleptic ordinals, inclusive, ``None`` is open).

    A date known only to the month or year counts when any of its days lies between the two. An
    undated passage is never between.
    """

    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class And:
    """Passages in all of ``parts``."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Passages in any of ``parts``; none when empty."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class MostOf:
    """Passages in at least ``least`` of ``parts``."""

    parts: tuple[Query, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Not:
    """Passages that are not in ``part``."""

    part: Query


@dataclass(frozen=True, slots=True)
class Preferring:
    """The passages of ``part``; those also in ``better`` score ``weight`` times its score more."""

    part: Query
    better: tuple[Query, ...]
    weight: float


Leaf: TypeAlias = Term | Words | Phrase | Near
"""What is looked for in the words of a passage."""

Query: TypeAlias = Everything | Leaf | Having | Dated | And | Or | MostOf | Not | Preferring


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about how the query was understood."""

    message: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as typed, as a tree, and as understood, in words that can be typed again.

    ``words`` are those that are wanted, in the order typed; ``clauses`` what all has to hold, each
    as it can be typed and as a tree.
    """

    typed: str
    tree: Query
    understood: str
    notices: tuple[Notice, ...] = ()
    words: tuple[Token, ...] = ()
    clauses: tuple[tuple[str, Query], ...] = ()


# --- From a request to its results ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """All that a search may ask. Several values of one filter are alternatives; filters combine.

    ``speakers`` are names or ids, ``languages`` ISO 639-1 codes, ``since`` and ``until`` inclusive
    dates cut at will (``2020``, ``2020-10``, ``2020-10-05``). Grouped by article, ``offset`` and
    ``limit`` count articles.
    """

    query: str = ""
    speakers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    offices: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    since: str | None = None
    until: str | None = None
    sort: Sort = "relevance"
    group: Group = "none"
    offset: int = 0
    limit: int = 20


def chosen_values(request: SearchRequest, facet: Facet) -> tuple[str, ...]:
    """The values of a facet that a request filters by."""
    values: tuple[str, ...] = getattr(request, facet.request_field)
    return values


FACET_VALUES = 40
"""How many values of a facet are given, if not asked otherwise."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which matches to give, in which order. Grouped by article, ``offset`` and ``limit`` count
    articles, and ``more`` is how many further passages of each to give. ``values`` is how many
    values of each facet to give."""

    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    group: Group = "none"
    more: int = 2
    values: int = FACET_VALUES


@dataclass(frozen=True, slots=True)
class Match:
    """A matching passage; grouped by article, the best of its article, with the next best ones.

    ``in_article`` is how many passages of the article match.
    """

    id: str
    score: float
    in_article: int
    more: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """What an engine answers: exact counts over all matches, and one page of them.

    ``facets`` maps each of `FACETS` to counts by value, the
    most frequent values alone, equal ones in their order, and ``year`` to those of all years;
    passages without a value are not counted there. ``sizes`` is how many values each has in all.
    ``spans`` maps those speakers of the facet who have dated passages to their first and last
    period. ``timeline`` counts by period: a day
    (``2020-10-05``), or the month or year where that is all that is known. ``undated`` is how many
    passages fit everything but have no date to compare, when dates were asked for.
    """

    total: int
    articles: int
    page: tuple[Match, ...]
    facets: Mapping[str, Mapping[str, int]]
    sizes: Mapping[str, int]
    spans: Mapping[str, tuple[str, str]]
    timeline: Mapping[str, int]
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Snippet:
    """The best window of a text and the spans to mark in it: plain text, never HTML.

    ``before`` and ``after`` tell whether something was left out on that side.
    """

    text: str
    highlights: tuple[Span, ...] = ()
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage, its score, and its snippets of text, question and title, as asked for.

    Grouped by article, ``more`` are the next best passages of the article, without snippets of
    their questions. ``in_article`` is how many of its passages were found.
    """

    passage: Passage
    score: float
    snippet: Snippet
    question: Snippet | None
    title: Snippet | None
    in_article: int = 1
    more: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of a facet: what a filter takes, what a reader is shown, how many passages.

    ``first`` and ``last`` are the periods of a speaker's dated passages.
    """

    value: str
    label: str
    count: int
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that finds something in place of one that does not, or finds little."""

    query: str
    total: int


@dataclass(frozen=True, slots=True)
class Completion:
    """What a beginning may become: a word, a speaker or a title, and the query that finds it."""

    text: str
    kind: Literal["word", "speaker", "title"]
    query: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A clause or filter of a search that found nothing: what is found by it alone, and by the
    search without it. ``parameter`` is the name of a filter, ``None`` for a clause of the query;
    ``rest`` is the query without it."""

    label: str
    alone: int
    without: int
    parameter: str | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What an index holds. ``built`` is ISO 8601 in UTC; ``first`` and ``last`` are dates."""

    engine: str
    generation: str
    fingerprint: str
    built: str
    articles: int
    passages: int
    speakers: int
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The answer to a `SearchRequest`: one page of hits, and counts over all matches.

    ``facets`` maps each of `FACETS` and ``year`` to values, most
    frequent first, `FACET_VALUES` at most (``year``: all, latest first), and ``facet_sizes`` to how
    many values there are. ``timeline`` counts by day, month or year, as fits the
    time between the first and the last, in order. ``relaxed`` tells that no passage has all the
    words, and these have most of them. ``explanations`` are there when nothing was found.
    """

    request: SearchRequest
    understood: str
    notices: tuple[Notice, ...]
    total: int
    articles: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    facet_sizes: Mapping[str, int]
    timeline: tuple[tuple[str, int], ...]
    undated: int
    took_ms: float
    index: IndexInfo
    relaxed: bool = False
    did_you_mean: tuple[Suggestion, ...] = ()
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage as its article page shows it: the whole of it, with the searched words marked."""

    passage: Passage
    text: Snippet
    question: Snippet | None


@dataclass(frozen=True, slots=True)
class Copy:
    """Where else the text of an article, or nearly the same text, was published."""

    id: str
    title: str
    published: str | None = None
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article as it is read: its passages in order, or some of them; a question of several
    stands once.

    ``length`` is how many passages there are in all, ``found`` the positions of those that have
    searched words; ``copies`` are in order of time.
    """

    id: str
    title: str
    passages: tuple[MarkedPassage, ...]
    published: str | None = None
    date_precision: DatePrecision | None = None
    date_evidence: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    updated: str | None = None
    language: str | None = None
    dropped: tuple[Dropped, ...] = ()
    copies: tuple[Copy, ...] = ()
    length: int = 0
    found: tuple[int, ...] = ()
