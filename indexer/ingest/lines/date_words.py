"""Tell by the words around a date whether it is that of publication or of a later version."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias, cast

from indexer.ingest.lines.months import fold

Label: TypeAlias = Literal["published", "updated", "other"]

_WORD = re.compile(r"[^\W\d_]+")


def label(text: str) -> Label | None:
    """Return what the last label in a text calls the date after it; ``None`` if there is none.

    >>> label("Zuletzt aktualisiert am"), label("Posted on"), label("Berlin,")
    ('updated', 'published', None)
    """
    last = None
    for found in _labels().finditer(fold(text)):
        last = found
    return cast("Label", last.lastgroup) if last else None


def label_alone(text: str) -> Label | None:
    """Return what a line that says nothing else calls the date in the next line.

    >>> label_alone("Published on:"), label_alone("The wall will stand")
    ('published', None)
    """
    rest = _labels().sub(" ", fold(text))
    return label(text) if all(word in _around() for word in _WORD.findall(rest)) else None


def says_nothing_else(text: str) -> bool:
    """Return whether a text has no words but those around dates, and names no event.

    >>> says_nothing_else("Published on Saturday, at"), says_nothing_else("Deadline:")
    (True, False)
    """
    rest = _labels().sub(lambda found: found[0] if found["other"] else " ", fold(text))
    return all(word in _around() for word in _WORD.findall(rest))


@cache
def rows() -> Mapping[str, Mapping[str, str]]:
    """Load the words of each language, and its examples (``date_words.toml``)."""
    text = resources.files(__package__).joinpath("date_words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _labels() -> re.Pattern[str]:
    groups = (
        f"(?P<{name}>{'|'.join(map(_pattern, _words(name)))})"
        for name in ("updated", "published", "other")
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})")


def _pattern(word: str) -> str:
    ending = r"[^\s\d:|,;.()]*" if word.endswith("*") else r"(?!\w)"
    return re.escape(fold(word.rstrip("*"))) + ending


@cache
def _around() -> frozenset[str]:
    # Words are compared one by one, as "segunda-feira" and "bazar ertəsi" are printed.
    return frozenset(part for word in _words("around") for part in _WORD.findall(fold(word)))


def _words(name: str) -> Iterator[str]:
    for row in rows().values():
        yield from filter(None, row.get(name, "").split(", "))
