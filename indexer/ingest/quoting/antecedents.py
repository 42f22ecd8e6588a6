"""Whom "she" or "the mayor" means in languages with rows: only if one person can be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.ingest.quoting.candidates import QUOTED, Heard
from indexer.ingest.quoting.persons import Persons
from indexer.ingest.quoting.rows import Language
from indexer.ingest.quoting.setting import Before
from indexer.text.sentences import sentences

_BEGINNING = 4
"""Words at the beginning of a sentence in which its subject is."""


class Antecedents:
    """Finds the persons who are meant without a name, along one walk through an article."""

    def __init__(self, persons: Persons, language: Language) -> None:
        self.heard = Heard()
        self._persons = persons
        self._anybody = re.compile(language.words("anybody"), re.I)

    def described(self, noun: str, so_far: Before) -> str | None:
        """Return the one person with an office; who just spoke may be called an expert too."""
        called = self._persons.are_called(noun)
        last = self.heard.last
        if not called and self._anybody.fullmatch(noun):
            is_here = last is not None and self.heard.place == so_far.number
            texts = [so_far.here, *so_far.earlier]
            return last.name if last and is_here else self._persons.only_one(texts)
        return called.pop() if len(called) == 1 else None

    def meant(self, so_far: Before, pronoun: str) -> str | None:
        """Return the person before: the only one, or the one whom the sentence begins with."""
        for back, text in enumerate([so_far.here, *reversed(so_far.earlier)]):
            unquoted = QUOTED.sub(" ", text)
            for start, end in reversed(sentences(unquoted)):
                named = self._persons.mentions(unquoted[start:end])
                fitting = [name for name in named if self._persons.fits(name, pronoun)]
                if len(fitting) == 1:
                    return fitting[0]
                if fitting:
                    return self._beginning(unquoted[start:end], fitting)
            last = self.heard.last
            if last and self.heard.place == so_far.number - back:
                return last.name if self._persons.fits(last.name, pronoun) else None
        return None

    def _beginning(self, sentence: str, names: Sequence[str]) -> str | None:
        """Return the one of several persons who is the first word of a sentence."""
        first = self._persons.mentions(" ".join(sentence.split()[:_BEGINNING]))
        return first[0] if len(first) == 1 and first[0] in names else None
