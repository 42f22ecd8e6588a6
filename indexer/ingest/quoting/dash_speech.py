"""Speech after a dash at the beginning of a paragraph, up to its end or to who says it.

What is between is the comment of the article: "– It holds – said Velidze. – It always did."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.ingest.quoting.clauses import Clauses, clauses_of
from indexer.ingest.quoting.quotations import Quoted
from indexer.people.names import CAPITAL
from indexer.people.rows import Language
from indexer.records import Span
from indexer.text.marks import OPENING_DOUBLE
from indexer.text.sentences import STOPS

_OPENING = re.compile(rf"[–—―-]\s*(?=[^\s\d–—―{OPENING_DOUBLE}-])")
_DASH = re.compile(r"(?<=[\s,.!?…:;])[–—―-]\s*|(?<=\w)[—―](?=[\s,.;:])")
_COMMA = re.compile(r"(?:,|(?<=[!?…]))\s+")
_OPENING_LATER = re.compile(rf"[.!?…:]\s[–—―]\s?(?=[{CAPITAL}])")
_RESUMED = re.compile(rf"[.!?…]\s+(?:[–—―-]\s*)?(?=[{CAPITAL}])")
_MIN_WORDS = 3


def with_dash_speech(
    quotes: list[Quoted], texts: Sequence[str], language: Language
) -> list[Quoted]:
    """Return quotations in marks with the speech after dashes, in order."""
    if not language.has("dash_speech"):
        return quotes
    spoken = list(dash_speech(texts, clauses_of(language)))
    taken = {quote.parts[0][0] for quote in spoken}
    marked = [q for q in quotes if not taken.intersection(n for n, _ in q.parts)]
    return sorted([*marked, *spoken], key=lambda quote: quote.parts)


def dash_speech(texts: Sequence[str], clauses: Clauses) -> Iterator[Quoted]:
    """Yield the speech in paragraphs that begin with a dash and say in themselves who speaks.

    Others that follow one of them are speech too, if they end as a sentence does. In a paragraph
    that begins without one, speech begins after a sentence, at a dash.
    """
    follows = False
    for number, text in enumerate(texts):
        opening = _OPENING.match(text)
        begin = opening or _OPENING_LATER.search(text)
        spans = list(_spans(text, begin.end(), clauses)) if begin else []
        has_comment = bool(spans) and _has_comment(text, spans)
        is_long = len(text.split()) > _MIN_WORDS and text.rstrip()[-1:] in STOPS
        if has_comment or (follows and opening and spans and is_long):
            yield from (Quoted(((number, span),)) for span in spans)
        follows = bool(opening) and (has_comment or follows)


def _has_comment(text: str, spans: Sequence[Span]) -> bool:
    return spans[-1][1] - spans[0][0] < len(text.rstrip()) - spans[0][0] or len(spans) > 1


def _spans(text: str, start: int, clauses: Clauses) -> Iterator[Span]:
    """Yield the spoken parts of a paragraph."""
    begin = start
    for cut in _DASH.finditer(text, start):
        if cut.start() < begin or not clauses.begins_with_verb(text[cut.end() :]):
            continue
        yield begin, len(text[: cut.start()].rstrip())
        resumed = _DASH.search(text, cut.end())
        if resumed is None:
            return
        begin = (
            resumed.end() + len(text[resumed.end() :]) - len(text[resumed.end() :].lstrip(" .,"))
        )
    yield from _to_a_comma(text, begin, len(text), clauses)


def _to_a_comma(text: str, begin: int, end: int, clauses: Clauses) -> Iterator[Span]:
    """Yield speech up to the comma before who says it, and after that sentence."""
    for comma in _COMMA.finditer(text, begin, end):
        if clauses.begins_with_verb(text[comma.end() : end]):
            yield begin, comma.start() + len(comma.group().rstrip())
            resumed = _RESUMED.search(text, comma.end(), end)
            if resumed and len(text[resumed.end() : end].split()) >= _MIN_WORDS:
                yield from _to_a_comma(text, resumed.end(), end, clauses)
            return
    if begin < end:
        yield begin, end
