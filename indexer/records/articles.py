"""Records on the way from a file to its passages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.records.kinds import DatePrecision, Evidence, Kind, ParagraphKind, Role, Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article, with the markup that may show who speaks.

    ``text`` has single spaces; a line break inside the block is a newline. ``bold`` and ``italic``
    are spans of ``text``, in order, not overlapping. ``classes`` are the CSS classes of the block
    and of the elements around it, inside the article's container; ``linked`` is true if most of the
    block is a link.

    ``speaker`` is the name that the format gives to the voice (a ``<v Name>`` of a subtitle),
    ``""`` for a voice without a name, ``None`` if the format has no voices. ``time`` is the second
    of the recording at which the words begin.
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
class Mention:
    """A full name that an article prints, with the office before it, and the number of times.

    ``office`` is in small letters, its abbreviations written out.
    """

    name: str
    office: str | None
    times: int


@dataclass(frozen=True, slots=True)
class Article:
    """A saved article.

    ``id`` is its path below the corpus without the suffix, with ``/``. If a file holds several
    articles, it is the whole path and a name below it (``exports/feed.xml/on-fog``).

    ``date_evidence`` is the tag or line that ``published`` comes from. If ``published`` is
    ``None``, it may name a date that was seen and not trusted. ``updated`` is the printed date of a
    later version, ``language`` an ISO 639-1 code. ``bylines`` are bylines that are printed beside
    the headline, ``byline`` is the one that is stated, ``author`` the names of the people in them.
    ``sections`` are the names of its sections, and the words over its headline. ``note`` describes
    how the text was found if the usual way failed.
    """

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    published: str | None = None
    date_precision: DatePrecision | None = None
    date_evidence: str | None = None
    byline: str | None = None
    bylines: tuple[str, ...] = ()
    author: str | None = None
    sections: tuple[str, ...] = ()
    outlet: str | None = None
    url: str | None = None
    updated: str | None = None
    language: str | None = None
    dropped: tuple[Dropped, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as the article prints them.

    ``name`` is the fullest form of the name in the article, ``as_printed`` the form at this place,
    ``role`` the printed office ("then deputy governor"), ``attribution`` the printed words that
    name the speaker here ("Timofeev noted", "MS. PSAKI:"), ``evidence`` the kind of these words.
    """

    name: str
    as_printed: str
    attribution: str
    role: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """The words of one speaker without a break, or of the article itself (``narrative``).

    ``text`` separates paragraphs by an empty line. ``paragraph`` is the index of its first
    paragraph in the article. ``indirect`` is true if the words are the outlet's, not the speaker's
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
    """The unit of search and citation: an answer with its question, a statement, some narrative.

    ``id`` is ``<article id>#<position>``; positions count from 1 in reading order. ``speaker_id``
    is the name as a slug (``ivan-timofeev``); ``None`` if ``speaker`` only describes somebody, so
    that ``speaker_kind`` is "unnamed". ``time`` is the second of the recording at which the
    text begins; ``None`` if there is no recording. ``language`` is that of the text, and
    ``article_language`` that of the title and of most of the article. ``asker`` is who asked
    ``question``; it has the same forms as the speaker.
    """

    id: str
    article_id: str
    position: int
    title: str
    role: Role
    text: str
    question: str | None = None
    asker: str | None = None
    asker_id: str | None = None
    asker_as_printed: str | None = None
    asker_evidence: Evidence | None = None
    speaker: str | None = None
    speaker_id: str | None = None
    speaker_kind: Kind | None = None
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
    author: str | None = None
    language: str | None = None
    article_language: str | None = None


@dataclass(frozen=True, slots=True)
class AnalyzedPassage:
    """A passage with its words, as engines index them.

    ``terms`` and ``forms`` map each of `FIELDS` to its words in order, joined by single spaces:
    stems in ``terms``, the same words unstemmed, with their accents, in ``forms``. A position in
    one is the same word in the other.
    """

    passage: Passage
    terms: Mapping[str, str]
    forms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its stem, its unstemmed form in lower case with accents, and its span."""

    term: str
    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class IngestedArticle:
    """An article with everything read from it."""

    article: Article
    turns: tuple[Turn, ...]
    quotations: tuple[Quotation, ...]
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadableItem:
    """One of several articles of a file that cannot be read: its name in the file, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestedFile:
    """The articles of a file, usually one, and those that could not be read.

    ``problems`` are about its sidecar, and cost no article.
    """

    articles: tuple[IngestedArticle, ...]
    unreadable: tuple[UnreadableItem, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or one of several articles in it, that is not in the index, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The result of a reindex. Counts are articles, except ``passages``: all in the index.

    ``kept`` articles cannot be read now, so they stay as they were indexed before. ``unsettled``
    counts files that are still being written.
    ``duplicates`` are articles with the same or nearly the same text as another one, which the
    reason names. ``generation`` is ``None`` if nothing had to be written. ``repaired`` says what
    was damaged in the index before.
    """

    engine: str
    read: int
    unchanged: int
    kept: int
    unsettled: int
    removed: int
    articles: int
    passages: int
    skipped: tuple[Skipped, ...]
    duplicates: tuple[Skipped, ...]
    generation: str | None
    repaired: str | None
    seconds: float
