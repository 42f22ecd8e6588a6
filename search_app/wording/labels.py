"""Names for roles, languages and kinds of evidence, and lists of names."""

from __future__ import annotations

from collections.abc import Sequence

from babel.lists import format_list

from indexer import Evidence, Facet
from search_app.wording.languages import gettext, locale


def choice(facet: Facet, value: str) -> str:
    """Name of one of the choices of a facet."""
    return gettext(facet.labels[value]) if value in facet.labels else value


def language(code: str) -> str:
    """Name of a language by its ISO 639-1 code; the code itself if it has no name."""
    name = locale().languages.get(code)
    return name[:1].upper() + name[1:] if name else code


def evidence(kind: Evidence | None) -> str:
    """Words before the attribution of a speaker, by the kind of evidence; "" before a cue."""
    words: dict[Evidence | None, str] = {
        "label": gettext("labelled"),
        "carried": gettext("continued from"),
        "introduced": gettext("introduced in"),
        "corrected": gettext("set right by the keeper"),
    }
    return words.get(kind, "")


def one_of(names: Sequence[str]) -> str:
    """Join alternatives: "Ada, Bo or Cy"."""
    return format_list(names, style="or", locale=locale())
