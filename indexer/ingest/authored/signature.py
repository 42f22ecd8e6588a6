"""Signatures: names after the text, and people who name themselves in it ("I, Ada Lind, …")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.ingest.authored.body import Body
from indexer.ingest.authored.proof import Proof
from indexer.ingest.authored.spared import is_told_of
from indexer.ingest.authored.writers import Writer, is_sure, writers_in
from indexer.ingest.lines.dates import is_date_line
from indexer.people.names import is_office
from indexer.text.lengths import word_count
from indexer.text.sentences import sentences

MAX_CLOSING_LINES = 16
MAX_OFFICE_WORDS = 12
"""Words of a line after a name: an office, a place."""

MAX_SIGNERS = 60

_FOOTER = re.compile(
    r"(?:[#*\s\\_–—-]|-?30-?|END|THE WHITE HOUSE)+,?|(?:cc|encl(?:osures?)?|copy to|copies to)\b.*",
    re.I,
)
_DASH = re.compile(r"(?:—|–|--?)\s*(?=\S)")
_STARTS_SELF = re.compile(r"\b(?:I|Я|Ich|Je|Yo|Io|Eu|Ja|Ik|Я|Ես),\s(?=\S)")


def by_signature(body: Body) -> Proof | None:
    """Return who has signed a text; ``None`` if nobody has."""
    return _closing(body) or _named_by_themselves(body)


def signers(body: Body) -> tuple[tuple[Writer, ...], str] | None:
    """Return the people whose names are the last lines of a text, and these lines."""
    names, printed = _last_names(body)
    return (tuple(names), "\n".join(printed)) if names else None


def _last_lines(body: Body) -> list[str]:
    lines = [line for text in body.texts[-MAX_CLOSING_LINES:] for line in _lines(text)]
    return _without_footers(lines)


def _after_valediction(body: Body) -> Proof | None:
    """Return the people of the lines after "Sincerely,": names, each with offices under it."""
    lines = _last_lines(body)
    places = [n for n, line in enumerate(lines) if body.rows.fits("valediction", line)]
    if not places:
        return None
    before, *closing = lines[places[-1] :]
    named = [_signers(line, body) for line in closing]
    are_short = all(word_count(line) <= MAX_OFFICE_WORDS for line in closing)
    if not named or not named[0] or not are_short:
        return None
    return _signed([one for writers in named for one in writers], "\n".join((before, *closing)))


def _last_names(body: Body) -> tuple[list[Writer], list[str]]:
    """Return the people of the last lines, and these lines."""
    lines = _last_lines(body)
    names: list[Writer] = []
    printed: list[str] = []
    while lines and len(names) < MAX_SIGNERS:
        line = lines[-1]
        found = _signers(line, body)
        if not found and not _is_office_line(line, body):
            break
        names[:0] = found
        printed.insert(0, lines.pop())
    return names, printed


def _closing(body: Body) -> Proof | None:
    """Return the people whose names are the last lines.

    After a valediction, or with a dash or in capitals under a text in the first person.
    """
    if proof := _after_valediction(body):
        return proof
    names, printed = _last_names(body)
    if not names:
        return None
    if not all(map(is_sure, names)):
        return None
    first = next(line for line in printed if _signers(line, body))
    is_set_off = bool(_DASH.match(first)) or _is_in_capitals(first)
    has_opening = any(body.rows.fits("salutation", line) for line in body.opening())
    if not (is_set_off or has_opening) or not body.is_first_person(at_least=1):
        return None
    if not is_told_of(body, *names):
        return Proof(tuple(names), "\n".join(printed), is_signed=True)
    return None


def _signed(writers: Sequence[Writer], words: str) -> Proof:
    return Proof(tuple(writers), words, is_told=True, is_signed=True)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _without_footers(lines: Sequence[str]) -> list[str]:
    end = len(lines)
    while end and (_FOOTER.fullmatch(lines[end - 1]) or is_date_line(lines[end - 1].strip(" ."))):
        end -= 1
    return list(lines[max(0, end - MAX_SIGNERS) : end])


def _signers(line: str, body: Body) -> tuple[Writer, ...]:
    """Return the people of a line that is nothing but names, with offices after them."""
    line = _DASH.sub("", line, count=1) if _DASH.match(line) else line
    if word_count(line) > MAX_OFFICE_WORDS or line.endswith((":", "?", "!")):
        return ()
    writers = writers_in(line, body.rows)
    if not writers or not (all(map(is_sure, writers)) or line == writers[0].printed):
        return ()
    rest = line.partition(writers[-1].printed)[2].strip(" .")
    is_name_line = not rest or rest.startswith((",", "("))
    return writers if is_name_line and line.startswith(writers[0].printed[:1]) else ()


def _is_office_line(line: str, body: Body) -> bool:
    """Return whether a line only tells an office or a place, as under a signature."""
    words = line.split()
    is_short = len(words) <= MAX_OFFICE_WORDS and not line.endswith((".", "?", "!", ":"))
    is_small = len(words) <= 2 and line[0].islower()
    return (
        is_short
        and not body.rows.fits("valediction", line)
        and (is_small or any(is_office(word.strip(",")) for word in words))
    )


def _is_in_capitals(line: str) -> bool:
    return line == line.upper() and line != line.lower()


def _named_by_themselves(body: Body) -> Proof | None:
    """Return the one person who says "I, Ada Lind, President of Tavia"."""
    found: dict[str, Proof] = {}
    for text in body.own:
        for start in (match.start() for match in _STARTS_SELF.finditer(text)):
            end = next((b for _, b in sentences(text[start:])), len(text))
            sentence = text[start : start + end]
            for match in body.rows.matches("signed", sentence):
                writers = writers_in(match["who"], body.rows)
                if len(writers) == 1 and is_sure(writers[0]) and _has_office(sentence):
                    cut = sentence[: match.end("who")]
                    found.setdefault(writers[0].name, _signed(writers, cut))
    return next(iter(found.values())) if len(found) == 1 else None


def _has_office(sentence: str) -> bool:
    return any(is_office(word.strip(",")) for word in sentence.split()[:12])
