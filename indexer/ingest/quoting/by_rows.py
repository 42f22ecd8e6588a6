"""Quotations of languages with rows to their speakers. Without evidence there is no speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.quoting.antecedents import Antecedents
from indexer.ingest.quoting.candidates import QUOTED
from indexer.ingest.quoting.clauses import clauses_of
from indexer.ingest.quoting.naming import Namer
from indexer.ingest.quoting.noun_phrases import Subject
from indexer.ingest.quoting.persons import Persons
from indexer.ingest.quoting.rows import Language
from indexer.ingest.quoting.setting import Before, Setting, fills_paragraphs
from indexer.people.names import CAPITAL
from indexer.records import Speaker
from indexer.text.sentences import STOPS, sentence_ends, sentences

_CAPITAL = re.compile(rf"\s+[{CAPITAL}]")
_ANNOUNCING = re.compile(r":$|[ա-և]\.$")
_MIN_TOLD, _MAX_OFFICE = 2, 6
"""Words after and before the name of a person who is announced."""

_MAX_BETWEEN = 40
"""Characters of other words between two quotations of one speaker, after the cue's sentence."""

_NEAR = 90
"""Characters after a quotation in which a verb of saying belongs to it."""


class ByRows:
    """Names the speakers of quotations along one walk through an article."""

    def __init__(self, context: ArticleContext, namer: Namer, language: Language) -> None:
        self._language = language
        self._namer = namer
        self._clauses = clauses_of(language)
        self._persons = Persons(context.texts, language)
        self._and = re.compile(
            rf"\s{language.words('and')}\s(?:\S+\s){{0,3}}?[{CAPITAL}]"
            if language.has("and")
            else r"(?!)"
        )
        self._antecedents = Antecedents(self._persons, language)
        self.heard = self._antecedents.heard

    def speaker(self, setting: Setting, texts: Sequence[str]) -> Speaker | None:
        """Return the speaker of a quotation; ``None`` if the text does not tell."""
        subjects, so_far = self._subjects(setting)
        for subject in subjects:
            if speaker := self._speaker(subject, so_far, setting):
                return speaker
        if subjects or self._clauses.says(f"{setting.after[:_NEAR]} {setting.sentence}"):
            # Somebody says it whom the article does not name.
            self.heard.last = None
            return None
        return self._announced(setting) or self._carried(setting, texts)

    def _announced(self, setting: Setting) -> Speaker | None:
        """Return the one person whom a sentence begins with that announces by a colon."""
        sentence = setting.sentence.rstrip()
        if not _ANNOUNCING.search(sentence):
            return None
        names = list(self._clauses.phrases.names(sentence))
        persons = self._persons.mentions(sentence)
        if len(persons) != 1 or not names or len(sentence.split(names[0])[1].split()) < _MIN_TOLD:
            return None
        is_first = self._persons.named(names[0]) == persons[0]
        is_near = len(sentence.split(names[0])[0].split()) <= _MAX_OFFICE
        return self._namer.person(persons[0], sentence) if is_first and is_near else None

    def _subjects(self, setting: Setting) -> tuple[list[Subject], Before]:
        """Return the likely subjects of the clause that quotes, and the text before it."""
        clauses, so_far = self._clauses, setting.before
        if self._language.has("verb_last") and clauses.begins_with_verb(setting.after):
            return [self._first_of(setting)], so_far
        # After a full stop inside the marks a capital begins another sentence.
        is_over = setting.words.rstrip()[-1:] in (*STOPS,) and _CAPITAL.match(setting.after)
        after = "" if is_over else setting.after
        if subject := clauses.after(after) or clauses.inside(setting.words):
            return [subject], so_far
        if subjects := clauses.before(setting.sentence):
            return subjects, setting.before_cue(0)
        subject = clauses.later(after)
        return [subject] if subject else [], so_far

    def _first_of(self, setting: Setting) -> Subject:
        """Return the one person of the words before a quotation whose verb comes after it."""
        sentence = setting.sentence
        printed = f"{sentence.strip()} {setting.after.strip()}".strip(" ,.:")
        phrases = self._clauses.phrases
        names = [name for name in phrases.names(sentence) if self._persons.named(name)]
        if len(names) == 1:
            return Subject(printed, names[0], name=names[0])
        noun = sentence.strip(" ,.:")
        if names or not noun:
            return Subject(printed, left_out=not names)
        pronoun, described = phrases.pronoun(noun), phrases.description(noun)
        return Subject(printed, noun, pronoun=pronoun, described=described)

    def _speaker(self, subject: Subject, so_far: Before, setting: Setting) -> Speaker | None:
        full: str | None = None
        around = f"{setting.sentence} {setting.after}"
        if subject.name is not None:
            phrase = around.find(subject.phrase)
            if phrase >= 0 and self._and.match(around, phrase + len(subject.phrase)):
                return None
            full = self._persons.named(subject.phrase) or self._persons.named(subject.name)
            if full is None and not self._clauses.says(subject.printed):
                full = self._persons.named(subject.name, inflected=True)
        if full is None and subject.beside:
            full = self._persons.named(subject.beside)
        if full is None and subject.described and subject.name in (None, subject.described):
            full = self._antecedents.described(subject.described, so_far)
        elif full is None and subject.pronoun is not None:
            full = self._antecedents.meant(so_far, subject.pronoun)
        elif full is None and subject.left_out:
            full = self._antecedents.meant(so_far, "")
        if full is None:
            return None
        person = self._namer.person(full, subject.printed)
        return replace(person, as_printed=subject.name or full)

    def _goes_on(self, setting: Setting, last: Speaker) -> bool:
        """Return whether nobody else and no other sentence stands between two quotations."""
        between = setting.before.here[setting.floor :]
        others = set(self._persons.mentions(between)) - {last.name}
        ends = sentence_ends(f"{between}“X")
        rest = between[ends[0] :] if ends else between
        return not others and len(rest) <= _MAX_BETWEEN

    def _carried(self, setting: Setting, texts: Sequence[str]) -> Speaker | None:
        first, (start, _) = setting.quote.parts[0]
        last = self.heard.last
        if last is not None and first == self.heard.place:
            return replace(last, evidence="carried") if self._goes_on(setting, last) else None
        is_next = first == self.heard.place + 1 and start <= 2
        if last is not None and is_next and fills_paragraphs(setting.quote, texts):
            return replace(last, evidence="carried")
        announcing = setting.sentence_before()
        if start <= 2 and first:
            announcing = texts[first - 1] if texts[first - 1].rstrip().endswith(":") else ""
            announcing = announcing[sentences(announcing)[-1][0] :] if announcing else ""
        subjects = self._clauses.before(QUOTED.sub(" ", announcing)) if announcing else []
        found = (self._speaker(subject, setting.before, setting) for subject in subjects)
        return next((speaker for speaker in found if speaker), None)
