"""Cue words: the words around a quotation that tell whose it is."""

from __future__ import annotations

import re

from indexer.ingest.names import NAME
from indexer.ingest.words import DESCRIPTIONS, VERBS_OF_SAYING

_HELPERS = r"(?:(?:has|had|have|also|then|later|further|once|again|often)\s){0,3}"
_VERB = rf"{_HELPERS}(?:{'|'.join(VERBS_OF_SAYING)})\b"

_DESCRIBED = rf"(?:[Tt]he\s+(?:[\w-]+\s+){{0,3}}?)?(?i:{'|'.join(DESCRIPTIONS)})"

ANONYMOUS = re.compile(
    r"\b(?:[Ii]ts|[Tt]heir|[Aa]n?|[Aa]nother|[Oo]ne|[Tt]he|[Ss]ome|[Ss]everal|[Ss]enior|[Uu]nnamed)?\s*(?:[\w-]+\s){0,3}"
    r"(?:spokes(?:man|woman|person|people)|officials?|sources?|ministry|office|statement|report|agency|"
    rf"government|witness(?:es)?|they|aides?)\s+(?:\w+ly\s+)?{_VERB}"
)
"""Somebody speaks whom the article does not name: the words are nobody's that we know."""

LEADING_WORDS = re.compile(
    r"^(?:(?!the\b|former\b|then\b|according\b|in\b)[a-z][\w-]*\s+)+(?=[^\W\d_a-z])"
)

_PRONOUN = r"(?:[Hh]e|[Ss]he|[Оо]на?|[Նն]ա)"

_BEFORE_A_NAME = r"(?:(?:[Tt]he|[Ff]ormer|[Tt]hen)\s+)*(?:[a-z][\w-]+\s+){0,3}"

_APPOSITION = r"(?:,\s[^.;:“”\"«»]{2,140}?,)?"


def _subject(group: str) -> str:
    return (
        rf"(?:(?P<{group}_pronoun>{_PRONOUN})|(?P<{group}_described>{_DESCRIBED})"
        rf"|{_BEFORE_A_NAME}(?P<{group}>{NAME}))"
    )


AFTER = re.compile(
    rf"[\s,–—-]*(?:{_subject('s')}{_APPOSITION}\s+{_VERB}|{_VERB}\s+{_subject('t')})"
)

BEFORE = re.compile(
    rf"(?<!\w)(?:{_subject('s')}{_APPOSITION}\s+{_VERB}"
    rf"|(?:[Aa]ccording to|[Пп]о словам|[Ii]n the words of)\s+{_subject('t')})"
)

ASKED = re.compile(
    r"(?:(?:When |If )?[Aa]sked (?:about|whether|if|how|why|what|when|who|where|by|to)\b"
    r"|(?:Answering|Responding to|In (?:answer|response|reply) to) (?:a|the|our|another) question\b"
    r"|To (?:a|the|our) question\b|Отвечая на вопрос|На вопрос\b)"
)
