"""Invented pages: one article in three languages and four kinds, its sentences known one by one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import Any, NamedTuple

LANGUAGES = ("en", "ru", "hy")
KINDS = ("bold interview", "dash interview", "report", "plain")


class Line(NamedTuple):
    """A paragraph of an invented article; ``bold`` is how a bold interview prints a question."""

    text: str
    bold: bool = False

    def html(self) -> str:
        """The inside of its ``<p>``."""
        return f"<b>{escape(self.text)}</b>" if self.bold else escape(self.text)


@cache
def invented(language: str) -> Mapping[str, Any]:
    """The words of an article and of the headlines beside it."""
    text = resources.files(__package__).joinpath("pages.toml").read_text("utf-8")
    words: Mapping[str, Any] = tomllib.loads(text)[language]
    return words


def article(kind: str, language: str) -> list[Line]:
    """The paragraphs of an article of one of `KINDS`."""
    return list(_lines(kind, invented(language)))


def _lines(kind: str, words: Mapping[str, Any]) -> Iterator[Line]:
    if kind == "bold interview":
        yield Line(words["told"][0])
        for question, answer in zip(words["questions"], words["answers"], strict=True):
            yield Line(question, bold=True)
            yield Line(answer)
    elif kind == "dash interview":
        yield Line(words["told"][0])
        for question, answer in zip(words["questions"], words["answers"], strict=True):
            yield Line(f"- {question}")
            yield Line(f"- {answer}")
    else:
        for number, told in enumerate(words["told"]):
            yield Line(told)
            if kind == "report" and number < len(words["quoted"]):
                yield Line(words["quoted"][number])


def sentences(line: Line) -> list[str]:
    """The sentences of an invented paragraph, without the dash before it."""
    marked = line.text.removeprefix("- ")
    for end in ("? ", ". ", "։ "):
        marked = marked.replace(end, f"{end.strip()}\n")
    return marked.split("\n")
