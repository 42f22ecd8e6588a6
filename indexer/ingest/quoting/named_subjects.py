"""Subjects of clauses to the persons of an article, for languages with rows."""

from __future__ import annotations

from dataclasses import replace

from indexer.ingest.quoting.antecedents import Antecedents
from indexer.ingest.quoting.clauses import Clauses
from indexer.ingest.quoting.naming import Namer
from indexer.ingest.quoting.noun_phrases import Subject
from indexer.ingest.quoting.persons import Persons
from indexer.ingest.quoting.setting import Before, Setting
from indexer.records import Speaker


class NamedSubjects:
    """Names the persons whom the subjects of clauses name, mean, or describe."""

    def __init__(
        self, namer: Namer, clauses: Clauses, persons: Persons, antecedents: Antecedents
    ) -> None:
        self._namer = namer
        self._clauses = clauses
        self._persons = persons
        self._antecedents = antecedents

    def first_of(self, setting: Setting) -> Subject:
        """Return the one person of the words before a quotation whose verb comes after it."""
        sentence = setting.sentence
        around = (sentence.strip(" ,.:"), setting.after.strip(" ,.:"))
        printed = " … ".join(filter(None, around))
        phrases = self._clauses.phrases
        names = [name for name in phrases.names(sentence) if self._persons.named(name)]
        if len(names) == 1:
            return Subject(printed, names[0], name=names[0])
        noun = sentence.strip(" ,.:")
        if names or not noun:
            return Subject(printed, left_out=not names)
        pronoun, described = phrases.pronoun(noun), phrases.description(noun)
        return Subject(printed, noun, pronoun=pronoun, described=described)

    def speaker(self, subject: Subject, so_far: Before, setting: Setting) -> Speaker | None:
        """Return the person who is the subject of a clause; ``None`` if the text does not tell."""
        full: str | None = None
        around = f"{setting.sentence} {setting.after}"
        if subject.name is not None:
            phrase = around.find(subject.phrase)
            if phrase >= 0 and self._clauses.joining.match(around, phrase + len(subject.phrase)):
                return None
            full = self._persons.named(subject.phrase) or self._persons.named(subject.name)
            if full is None and not self._clauses.says(subject.printed):
                full = self._persons.named(subject.name, inflected=True)
        if full is None and subject.beside:
            full = self._persons.named(subject.beside)
        if full is None and subject.described and subject.name in (None, subject.described):
            full = self._antecedents.described(subject.described, so_far)
        elif subject.is_latter:
            full = self._antecedents.latter(so_far)
        elif full is None and subject.pronoun is not None:
            full = self._antecedents.meant(so_far, subject.pronoun)
        elif full is None and subject.left_out:
            full = self._left_out(setting.sentence.partition(subject.printed)[0], so_far)
        pronoun = subject.pronoun or self._clauses.phrases.gender(subject)
        if full is None or (subject.name is None and not self._persons.fits(full, pronoun or "")):
            return None
        if pronoun:
            self._persons.call(full, pronoun)
        person = self._namer.person(full, subject.printed)
        return replace(person, as_printed=subject.name or full)

    def _left_out(self, ahead: str, so_far: Before) -> str | None:
        """Return the subject of a verb alone: the one of its sentence, or of the one before."""
        if not self._persons.mentions(ahead):
            return self._antecedents.meant(so_far, "")
        names = (self._persons.named(name) for name in self._clauses.phrases.names(ahead))
        own = {name for name in names if name}
        return own.pop() if len(own) == 1 else None
