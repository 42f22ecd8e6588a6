"""Sidecars: ``<file>.toml`` next to a saved file comes before anything that the file says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from indexer.errors import UnreadableArticle
from indexer.ingest.corrections import Correction, corrections
from indexer.ingest.encoding import clean
from indexer.ingest.lines.dates import Dating
from indexer.ingest.lines.plausibility import FIRST_YEAR, implausible
from indexer.ingest.lines.stated_dates import stated_date
from indexer.ingest.settled_date import with_settled_date
from indexer.records import Article
from indexer.text.web_addresses import is_web_address

_LANGUAGE = re.compile(r"[a-z]{2}")
"""ISO 639-1."""

_OLD = "1000"
"""From this year on, whoever writes a sidecar by hand may mean what it says."""

SUFFIX = ".toml"
"""Appended to the name of the file: ``fog.html.toml``."""

_OF_EACH = ("outlet", "byline", "language")
"""Keys that may hold for all the articles of a file that holds several."""

KEYS = (
    *("title", "published", "updated", "outlet", "url", "byline", "language"),
    *("retrieved", "fetched_from", "corrections"),
)


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The contents of a sidecar: facts by their keys, corrections, and what is wrong with it."""

    facts: Mapping[str, object]
    corrections: Sequence[Correction]
    problems: Sequence[str]


def read_sidecar(data: bytes) -> Sidecar:
    """Read a sidecar. What is wrong with a key or a correction alone is a problem to name.

    Raises `UnreadableArticle` for text that is not TOML.
    """
    try:
        stated = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise UnreadableArticle(f"its sidecar cannot be read: {error}") from error
    known = ", ".join(KEYS)
    unknown = sorted(stated.keys() - set(KEYS))
    problems = [f"unknown key, {key!r}, is left out (known: {known})" for key in unknown]
    found = corrections(stated.get("corrections", []), problems)
    return Sidecar({key: stated[key] for key in KEYS if key in stated}, found, problems)


def apply_sidecar(article: Article, sidecar: Sidecar, *, several: bool = False) -> Article:
    """Return an article as its sidecar describes it; keys that are not there change nothing.

    Of ``several`` articles in one file, each takes only the keys that may hold for all. The time of
    saving (``retrieved``) is no date of publication: none is later, and if none is known it is
    evidence. ``fetched_from`` is for `commentary add`, which knows pages by it too. Raises
    `UnreadableArticle` for a value that is none, or a date that does not exist or is to come.
    """
    stated = sidecar.facts
    if several:
        stated = {name: value for name, value in stated.items() if name in _OF_EACH}
    facts: dict[str, object] = {name: _text(stated, name) for name in ("title", "outlet", "byline")}
    if facts["byline"] is not None:
        facts["bylines"] = ()  # the sidecar comes before what is printed
    facts["language"] = _of_form(stated, "language", _is_language)
    facts["url"] = url = _of_form(stated, "url", is_web_address)
    retrieved = _dating(stated, "retrieved")
    saved = retrieved.published if retrieved else None
    article = with_settled_date(replace(article, url=url or article.url), saved)
    updated = _dating(stated, "updated")
    facts["updated"] = updated.published if updated else None
    if dating := _dating(stated, "published"):
        facts |= {
            "published": dating.published,
            "date_precision": dating.precision,
            "date_evidence": dating.evidence,
        }
    elif article.published is None and article.date_evidence is None:
        facts["date_evidence"] = retrieved.evidence if retrieved else None
    known = {name: value for name, value in facts.items() if value is not None}
    return replace(article, **known)  # type: ignore[arg-type]  # the values are texts


def _text(stated: Mapping[str, object], name: str) -> str | None:
    value = stated.get(name)
    if value is None:
        return None
    text = clean(value).replace("\n", " ") if isinstance(value, str) else ""
    if not text:
        raise UnreadableArticle(f"its sidecar's {name} is not a text: {value!r}")
    return text


def _of_form(
    stated: Mapping[str, object], name: str, is_valid: Callable[[str], bool]
) -> str | None:
    text = _text(stated, name)
    if text is not None and not is_valid(text):
        raise UnreadableArticle(f"its sidecar's {name} is not valid: {text!r}")
    return text


def _is_language(text: str) -> bool:
    return _LANGUAGE.fullmatch(text) is not None


def _dating(stated: Mapping[str, object], name: str) -> Dating | None:
    value = stated.get(name)
    shown = value.isoformat() if isinstance(value, date | datetime) else value
    try:
        dating = stated_date(value, f"sidecar {name}: {shown}")
    except ValueError as error:
        raise UnreadableArticle(f"its sidecar's {name}: {error}") from error
    why = implausible(dating.published) if dating else None
    if why and dating and not _OLD <= dating.published < FIRST_YEAR:
        raise UnreadableArticle(f"its sidecar's {name} is {why}: {shown}")
    return dating
