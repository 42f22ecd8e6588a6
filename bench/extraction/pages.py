"""Invented pages: an article in three languages and four kinds, whose sentences are known."""

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
    """Paragraph of an invented article. ``bold`` are the questions of a bold interview."""

    text: str
    bold: bool = False

    def html(self) -> str:
        """Write the content of its ``<p>``."""
        return f"<b>{escape(self.text)}</b>" if self.bold else escape(self.text)


class DatedPage(NamedTuple):
    """A page, its file name, and the day of publication that it states, if any."""

    name: str
    html: str
    published: str | None


@cache
def invented(language: str) -> Mapping[str, Any]:
    """Load the texts of the article and of the headlines next to it."""
    text = resources.files(__package__).joinpath("pages.toml").read_text("utf-8")
    texts: Mapping[str, Any] = tomllib.loads(text)[language]
    return texts


def article(kind: str, language: str) -> list[Line]:
    """List the paragraphs of an article of one of `KINDS`."""
    return list(_lines(kind, invented(language)))


def _lines(kind: str, texts: Mapping[str, Any]) -> Iterator[Line]:
    if kind == "bold interview":
        yield Line(texts["narrative"][0])
        for question, answer in zip(texts["questions"], texts["answers"], strict=True):
            yield Line(question, bold=True)
            yield Line(answer)
    elif kind == "dash interview":
        yield Line(texts["narrative"][0])
        for question, answer in zip(texts["questions"], texts["answers"], strict=True):
            yield Line(f"- {question}")
            yield Line(f"- {answer}")
    else:
        for number, paragraph in enumerate(texts["narrative"]):
            yield Line(paragraph)
            if kind == "report" and number < len(texts["quoted"]):
                yield Line(texts["quoted"][number])


def sentences(line: Line) -> list[str]:
    """Split an invented paragraph into sentences, without the dash before it."""
    text = line.text.removeprefix("- ")
    for end in ("? ", ". ", "։ "):
        text = text.replace(end, f"{end.strip()}\n")
    return text.split("\n")
