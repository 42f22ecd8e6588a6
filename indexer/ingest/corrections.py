"""Corrections of single passages, as the keeper of a corpus writes them into sidecars.

    [[corrections]]
    passage = 7
    digest = "0f3a…"
    speaker = "Nara Velidze"  # or false, if nobody says it
    office = "President"

The digest wins over the number: it finds the passage after the numbers have moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.ingest.encoding import clean
from indexer.records import Passage
from indexer.text.digests import passage_digest
from indexer.text.slugs import slug

_KEYS = ("passage", "digest", "speaker", "office", "article")
_DIGEST = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Correction:
    """The speaker of a passage: a name, or ``None`` if it is known that nobody does.

    The passage is found by its ``digest``, else by its ``position``; in a file of several articles
    ``article`` is the id of one of them, or the end of it.
    """

    position: int | None
    digest: str | None
    speaker: str | None
    office: str | None = None
    article: str | None = None

    def __str__(self) -> str:
        """Return the passage that it is about, for a message."""
        named = [f"passage {self.position}"] if self.position else []
        named += [f"digest {self.digest}"] if self.digest else []
        named += [f"article {self.article}"] if self.article else []
        return ", ".join(named)

    def is_of(self, passage: Passage) -> bool:
        """Return True if this is about a passage."""
        id_ = passage.article_id
        if self.article and id_ != self.article and not id_.endswith(f"/{self.article}"):
            return False
        if self.digest:
            return self.digest == passage_digest(id_, passage.text)
        return self.position == passage.position

    def applied(self, passage: Passage) -> Passage:
        """Return a passage as it is corrected."""
        name = self.speaker
        is_said = name is not None and passage.role == "narrative"
        return replace(
            passage,
            role="statement" if is_said else passage.role,
            speaker=name,
            speaker_id=(slug(name) or None) if name else None,
            speaker_kind=None,
            as_printed=None,
            speaker_role=self.office or None,
            attribution=None,
            evidence="corrected",
        )


def corrections(rows: object, problems: list[str]) -> list[Correction]:
    """Return the corrections that rows of a sidecar state. Others become ``problems``."""
    if not isinstance(rows, list):
        problems.append("write a [[corrections]] table for each passage")
        return []
    found = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(_correction(row))
        except ValueError as problem:
            problems.append(f"correction {number}: {problem}; it is left out")
    return found


def corrected(
    passages: Sequence[Passage], stated: Iterable[Correction], used: set[Correction]
) -> tuple[Passage, ...]:
    """Return passages as they are corrected. Corrections that are about one become ``used``."""
    now = list(passages)
    for correction in stated:
        for at, passage in enumerate(passages):
            if correction.is_of(passage):
                now[at] = correction.applied(passage)
                used.add(correction)
    return tuple(now)


def unused(stated: Iterable[Correction], used: set[Correction]) -> Iterator[str]:
    """Yield a message for each correction that is about no passage."""
    for correction in stated:
        if correction not in used:
            yield f"no passage is that of a correction ({correction})"


def _correction(row: object) -> Correction:
    """Read a row. Raises `ValueError` that says what is wrong."""
    if not isinstance(row, Mapping):
        raise ValueError("it is no table")
    if unknown := sorted(row.keys() - set(_KEYS)):
        raise ValueError(f"unknown key {unknown[0]!r} (known: {', '.join(_KEYS)})")
    position, digest, speaker = row.get("passage"), row.get("digest"), row.get("speaker")
    if position is not None and (type(position) is not int or position < 1):
        raise ValueError("passage is not a number from 1")
    if digest is not None and not (isinstance(digest, str) and _DIGEST.fullmatch(digest)):
        raise ValueError("digest is not 16 digits from 0 to f")
    if position is None and digest is None:
        raise ValueError("it names no passage: write passage or digest")
    if speaker is not False and not _text(speaker):
        raise ValueError('write speaker = "Name", or speaker = false if nobody says it')
    for key in ("office", "article"):
        if not isinstance(row.get(key, ""), str):
            raise ValueError(f"{key} is not a text")
    return Correction(
        position,
        digest,
        _text(speaker),
        _text(row.get("office")),
        _text(row.get("article")),
    )


def _text(value: object) -> str | None:
    return clean(value).replace("\n", " ") or None if isinstance(value, str) else None
