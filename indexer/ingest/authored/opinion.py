"""Bylines of texts that are marked as opinion: by a section, an address, a biography."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from indexer.ingest.authored.body import Body
from indexer.ingest.authored.headline import inflected, named_in
from indexer.ingest.authored.proof import Proof
from indexer.ingest.authored.rows import Kind, every_language
from indexer.ingest.authored.signature import signers
from indexer.ingest.authored.spared import is_told_of
from indexer.ingest.authored.writers import Writer, is_sure, writers_in
from indexer.people.names import is_office
from indexer.text.sentences import sentences

_PARTS_OF_TITLE = re.compile(r"\s*[:|•·]\s+|\s[|–—•·-]\s|(?<=[A-ZÀ-Þ]{4})\.\s")
_PARTS = re.compile(r"\s*[|•·/>›»–—]\s*|\s-\s")
_IN_BRACKETS = re.compile(r".*[(\[]([^()\[\]]{5,80})[)\]]\W*")
_BETWEEN = " … "

STANDFIRST_LINES = 2
"""Lines over a text of which the last sentence may say who writes it."""

OFFICE_WORDS = 14
"""Words at the beginning of a biography, of which one is an office or a calling."""


def by_opinion(body: Body) -> Proof | None:
    """Return who wrote an opinion; ``None`` if nothing marks one, or if nobody is named."""
    if told := _told_at_once(body) or _presented_over(body):
        return told
    writers, printed = written_by(body)
    if proof := inflected(body, writers):
        return proof
    mark = mark_of(body, writers)
    if mark is not None and not writers:
        writers, printed = _presented_in(body)
    if mark is None or not writers:
        return None
    return Proof(writers, mark if mark == printed else f"{mark}{_BETWEEN}{printed}")


def _told_at_once(body: Body) -> Proof | None:
    """Return the person of a line such as "A guest column by Ada Lind"."""
    article = body.article
    stated = (article.byline,) if article.byline else ()
    lines = (article.title, *article.sections, *article.bylines, *stated, *body.opening())
    closing = (text for _, text in body.closing())
    for line in (*lines, *_last_sentences(body), *closing):
        if writers := named_in(body, "opinion_by", line.strip("()[] ")):
            return Proof(writers, line)
    return None


def _presented_over(body: Body) -> Proof | None:
    """Return whom a line over a text in the first person presents: "…, writes Ada Lind"."""
    is_told = body.is_interview() or body.is_full_of_quotations()
    if is_told or not body.is_first_person():
        return None
    for text in body.texts[:STANDFIRST_LINES]:
        for kind in ("given", "standfirst"):
            if (writers := named_in(body, kind, text)) and not is_told_of(body, *writers):
                return Proof(writers, text)
    return None


def _last_sentences(body: Body) -> Iterator[str]:
    """Yield the last sentences of the lines over a text, before anybody speaks for themselves."""
    for text in body.texts[: min(STANDFIRST_LINES, body.begins)]:
        last = [text[start:end] for start, end in sentences(text)][-1:]
        yield from (one.strip().rstrip(".") for one in last)


def mark_of(body: Body, writers: Sequence[Writer]) -> str | None:
    """Return the printed words that mark a text as opinion; ``None`` without."""
    parts: list[str] = _PARTS_OF_TITLE.split(body.article.title)
    titled: Sequence[str] = (parts[0], parts[-1]) if len(parts) > 1 else ()
    names: list[str] = [*body.article.sections, *titled, *body.opening()]
    for name in names:
        if any(_fits("section", part.strip("[]() ")) for part in (name, *_PARTS.split(name))):
            return name
    for part in _address(body.article.url):
        if _fits("address", part):
            return f"/{part}/"
    if biography := _own_biography(body, writers):
        return biography
    if not body.is_full_of_quotations():
        for name in (*body.article.sections, *titled):
            if _fits("ideas", name):
                return name
    if body.is_first_person():
        for part in (*body.article.sections, *_address(body.article.url)):
            if _fits("blog", part):
                return part
    return None


def written_by(body: Body) -> tuple[tuple[Writer, ...], str]:
    """Return the people who are named as those who wrote a text, and the printed words.

    What readers see comes before what only the page's metadata has.
    """
    for line, writers in _bylines(body):
        if writers:
            return writers, line
    return (), ""


def _bylines(body: Body) -> Iterator[tuple[str, tuple[Writer, ...]]]:
    """Yield lines that may name who wrote a text, and the people in them, the surest first."""
    article = body.article
    for line in body.opening():
        yield line, named_in(body, "byline", line)
    for line in article.bylines:
        yield line, named_in(body, "byline", line) or _sure(writers_in(line, body.rows))
    if line := article.byline or "":
        yield line, named_in(body, "byline", line) or _sure(writers_in(line, body.rows))
    for _, text in body.closing():
        last = text.split("\n")[-1].strip()
        if bracketed := _IN_BRACKETS.fullmatch(last):
            yield last, _sure(body.names(bracketed[1]))
        yield last, named_in(body, "byline", last)
    yield _alone_presented(body)


def _presented_in(body: Body) -> tuple[tuple[Writer, ...], str]:
    """Return the people of an opinion whom only its form names, and the printed words.

    A line over it or the last one that is only names, a biography, or the name of the site.
    """
    title = body.article.title
    if writers := named_in(body, "speech", title) if ":" in title or "|" in title else ():
        return writers, title
    for line in (*body.opening(), *body.article.bylines):
        writers = body.names(line)
        if writers and (line == writers[0].printed or _is_line_of(writers, line)):
            return writers, line
        for match in body.rows.matches("byline", line):
            writers = body.names(match["who"])
            if len(writers) == 1 and match["who"] == writers[0].printed:
                return writers, line  # "di Ottavia Lind": a rare first name
    if signed := signers(body):
        return signed
    for _, text in body.closing():
        if presented := body.presented(text):
            return presented, text
    site = body.article.outlet or ""
    return tuple(one for one in _sure(body.names(site)) if one.name == site), site


def _is_line_of(writers: tuple[Writer, ...], line: str) -> bool:
    is_sure_or_set_off = bool(_sure(writers)) or f"{writers[0].printed}," in line
    return is_sure_or_set_off and line.startswith(writers[0].printed) and not line.endswith(":")


def _sure(writers: tuple[Writer, ...]) -> tuple[Writer, ...]:
    return writers if all(map(is_sure, writers)) else ()


def _own_biography(body: Body, writers: Sequence[Writer]) -> str | None:
    """Return the paragraph at the end that presents one of the writers."""
    names = {writer.name for writer in writers}
    for _, text in body.closing():
        if names & {writer.name for writer in body.presented(text) or ()}:
            return text
    return None


def _alone_presented(body: Body) -> tuple[str, tuple[Writer, ...]]:
    """Return the only biography of a text in the first person, which is at its end."""
    closing = [(text, people) for _, text in body.closing() if (people := body.presented(text))]
    if len(closing) != 1 or body.is_interview() or not body.is_first_person():
        return "", ()
    ((text, writers),) = closing
    is_of_office = any(is_office(word.strip(",.")) for word in text.split()[:OFFICE_WORDS])
    is_alone = sum(body.presented(one) is not None for one in body.texts) == 1
    if not (is_of_office and is_alone) or is_told_of(body, *writers):
        return "", ()
    return text, _sure(writers)


def _fits(kind: Kind, text: str) -> bool:
    return any(rows.fits(kind, text) for rows in every_language())


def _address(url: str | None) -> Iterator[str]:
    """Yield the folders of an address, and the first part of its host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return
    yield from filter(None, parts.path.split("/")[:-1])
    host = (parts.hostname or "").split(".")
    if len(host) > 2:
        yield host[0]
