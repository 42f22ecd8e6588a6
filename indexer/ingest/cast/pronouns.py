"""The pronouns of people: "he" or "she", by form of address, by the text, or by first name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from indexer.ingest.cast.full_names import FullNames
from indexer.ingest.cast.name_runs import POSSESSIVE, name_key
from indexer.people.first_names import pronoun_of
from indexer.people.honorifics import PRONOUN_OF
from indexer.people.names import CAPITAL, NAME_WORD
from indexer.text.marks import CLOSING_DOUBLE, DOUBLE
from indexer.text.sentences import STOPS

_FORMS = dict.fromkeys(("he", "his", "him", "himself"), "he") | dict.fromkeys(
    ("she", "her", "hers", "herself"), "she"
)
_PRONOUN = re.compile(rf"\b(?:{'|'.join(_FORMS)})\b", re.I)
# What must not stand before a word is looked for after it: so a search leaps from word to word.
_HONORIFIC = "|".join(
    rf"{word}(?<!\w{word})" for word in (word.capitalize() for word in PRONOUN_OF)
)
_HONOURED = re.compile(rf"(?P<honorific>{_HONORIFIC})\.?\s(?:{NAME_WORD}\s)*(?P<name>{NAME_WORD})")


class Pronouns:
    """The pronouns of the people whom an article names."""

    def __init__(self, texts: Sequence[str], names: FullNames) -> None:
        self._texts = texts
        self._names = names
        self._known: dict[str, str | None] = {}
        self._honoured: dict[str, set[str]] = defaultdict(set)
        for match in (match for text in texts for match in _HONOURED.finditer(text)):
            surname = name_key(POSSESSIVE.sub("", match["name"]))
            self._honoured[surname].add(PRONOUN_OF[match["honorific"].lower()])

    def of(self, name: str) -> str | None:
        """Return the pronoun of a full name; ``None`` if nothing tells it."""
        if name not in self._known:
            honoured = self._honoured.get(name_key(name.split()[-1]), set())
            printed = next(iter(honoured)) if len(honoured) == 1 else self._printed(name)
            self._known[name] = printed or pronoun_of(name)
        return self._known[name]

    def _printed(self, name: str) -> str | None:
        """Return the pronoun in sentences that begin with a surname and name nobody else."""
        if self._names.of(name.split()[-1]) != name:
            return None
        pronouns: Counter[str] = Counter()
        surname = re.escape(name.split()[-1])
        sentence = re.compile(
            rf"(?:^|[{STOPS}{CLOSING_DOUBLE}]\s){surname}\b([^{STOPS}{DOUBLE}{CAPITAL}]*)"
        )
        for match in (match for text in self._texts[1:] for match in sentence.finditer(text)):
            pronouns.update(_FORMS[word.lower()] for word in _PRONOUN.findall(match[1]))
        likeliest = pronouns.most_common(1)
        return likeliest[0][0] if likeliest and likeliest[0][1] == pronouns.total() else None
