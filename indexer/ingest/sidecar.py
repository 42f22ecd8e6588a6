"""What was noted beside a saved file: ``<file>.toml`` goes before whatever the file says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from indexer.errors import UnreadableArticle
from indexer.ingest.encoding import clean
from indexer.ingest.lines.dates import Dating, stated_date
from indexer.records import Article
from indexer.text.web_addresses import is_web_address

_LANGUAGE = re.compile(r"[a-z]{2}")
"""ISO 639-1."""

SUFFIX = ".toml"
"""Appended to the name of the file: ``fog.html.toml``."""

_OF_EACH = ("outlet", "byline", "language")
"""What may be said of all the articles of a file that holds several."""

KEYS = ("title", "published", "updated", "outlet", "url", "byline", "language", "retrieved")


def apply_sidecar(article: Article, sidecar: bytes, *, several: bool = False) -> Article:
    """The article as its sidecar says it is; what the sidecar leaves out stays as it was read.

    Of ``several`` in one file, each is told only what may be said of all of them. The time of
    saving (``retrieved``) is only evidence, and only where no date is known. Raises
    `UnreadableArticle` for what is not TOML, a key that means nothing, or a date that does not
    exist.
    """
    noted = _noted(sidecar)
    if several:
        noted = {name: value for name, value in noted.items() if name in _OF_EACH}
    facts: dict[str, object] = {name: _text(noted, name) for name in ("title", "outlet", "byline")}
    facts["language"] = _of_form(noted, "language", _is_language)
    facts["url"] = _of_form(noted, "url", is_web_address)
    updated = _dating(noted, "updated")
    facts["updated"] = updated.published if updated else None
    if dating := _dating(noted, "published"):
        facts |= {
            "published": dating.published,
            "date_precision": dating.precision,
            "date_evidence": dating.evidence,
        }
    elif article.published is None and article.date_evidence is None:
        retrieved = _dating(noted, "retrieved")
        facts["date_evidence"] = retrieved.evidence if retrieved else None
    stated = {name: value for name, value in facts.items() if value is not None}
    return replace(article, **stated)  # type: ignore[arg-type]  # the values are texts


def _noted(sidecar: bytes) -> Mapping[str, object]:
    try:
        noted = tomllib.loads(sidecar.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise UnreadableArticle(f"its sidecar cannot be read: {error}") from error
    if unknown := sorted(noted.keys() - set(KEYS)):
        known = ", ".join(KEYS)
        raise UnreadableArticle(f"its sidecar says {unknown[0]!r}; it may say: {known}")
    return noted


def _text(noted: Mapping[str, object], name: str) -> str | None:
    value = noted.get(name)
    if value is None:
        return None
    text = clean(value).replace("\n", " ") if isinstance(value, str) else ""
    if not text:
        raise UnreadableArticle(f"its sidecar's {name} is no text: {value!r}")
    return text


def _of_form(noted: Mapping[str, object], name: str, is_right: Callable[[str], bool]) -> str | None:
    text = _text(noted, name)
    if text is not None and not is_right(text):
        raise UnreadableArticle(f"its sidecar's {name} is none: {text!r}")
    return text


def _is_language(text: str) -> bool:
    return _LANGUAGE.fullmatch(text) is not None


def _dating(noted: Mapping[str, object], name: str) -> Dating | None:
    value = noted.get(name)
    shown = value.isoformat() if isinstance(value, date | datetime) else value
    try:
        return stated_date(value, f"sidecar {name}: {shown}")
    except ValueError as error:
        raise UnreadableArticle(f"its sidecar's {name}: {error}") from error
