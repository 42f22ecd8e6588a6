"""Quotations of languages with rows to their speakers. Without evidence there is no speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.ingest.cast.context import ArticleContext
from indexer.ingest.quoting.antecedents import Antecedents
from indexer.ingest.quoting.callings import Callings
from indexer.ingest.quoting.candidates import QUOTED
from indexer.ingest.quoting.clauses import clauses_of
from indexer.ingest.quoting.named_subjects import NamedSubjects
from indexer.ingest.quoting.naming import Namer
from indexer.ingest.quoting.noun_phrases import Subject
from indexer.ingest.quoting.persons import Persons
from indexer.ingest.quoting.setting import Before, Setting, goes_on_alone
from indexer.people.names import CAPITAL
from indexer.people.rows import Language
from indexer.records import Speaker
from indexer.text.sentences import STOPS, sentence_ends, sentences

_CAPITAL = re.compile(rf"\s+[{CAPITAL}]")
_ANNOUNCING = re.compile(r":$|[ա-և]\.$")
_COMMENT = re.compile(rf"\s*(?:,\s?[—–-]|,|[—–-])\s?[^\W\d_{CAPITAL}]")
_COMMENT_INSIDE = re.compile(rf"[,.!?…]\s?[—–]\s[^\W\d_{CAPITAL}]|[!?]\s[^\W\d_{CAPITAL}]")
_MIN_TOLD, _MAX_OFFICE = 2, 6
"""Words after and before the name of a person who is announced."""

_MAX_TITLE = 2
"""Words before the name of a person with whom a sentence begins: "The pilot Arel"."""

_MAX_BETWEEN = 40
"""Characters of other words between two quotations of one speaker, after the cue's sentence."""

_MAX_ANNOUNCING = 3
"""Words before a colon with which a speaker goes on: "And then he closed:"."""

_NEAR = 90
"""Characters after a quotation in which a verb of saying belongs to it."""


class ByRows:
    """Names the speakers of quotations along one walk through an article."""

    def __init__(self, context: ArticleContext, namer: Namer, language: Language) -> None:
        self._language = language
        self._namer = namer
        self._clauses = clauses_of(language)
        self._persons = Persons(context.texts, language)
        self._antecedents = Antecedents(
            self._persons,
            Callings(context.texts, self._persons, language),
            self._clauses.phrases,
            language,
        )
        self.heard = self._antecedents.heard
        self._named_subjects = NamedSubjects(namer, self._clauses, self._persons, self._antecedents)

    def speaker(self, setting: Setting, texts: Sequence[str]) -> Speaker | None:
        """Return the speaker of a quotation; ``None`` if the text does not tell."""
        if self._clauses.anothers.search(setting.sentence):
            return None
        subjects, so_far = self._subjects(setting)
        for subject in subjects:
            if speaker := self._named_subjects.speaker(subject, so_far, setting):
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
        names = [n for n in self._clauses.phrases.names(sentence) if self._persons.named(n)]
        persons = self._antecedents.named_in(sentence)
        if len(persons) != 1 or not names or len(sentence.split(names[0])[1].split()) < _MIN_TOLD:
            return None
        is_first = self._persons.named(names[0]) == persons[0]
        ahead = sentence.split(names[0])[0]
        is_near = len(ahead.split()) <= _MAX_OFFICE or bool(self._persons.mentions(ahead))
        return self._namer.person(persons[0], sentence.strip()) if is_first and is_near else None

    def _subjects(self, setting: Setting) -> tuple[list[Subject], Before]:
        """Return the likely subjects of the clause that quotes, and the text before it."""
        clauses, so_far = self._clauses, setting.before
        if self._language.has("verb_last") and clauses.begins_with_verb(setting.after):
            return [self._named_subjects.first_of(setting)], so_far
        # After a full stop inside the marks a capital begins another sentence.
        is_over = setting.words.rstrip()[-1:] in (*STOPS,) and _CAPITAL.match(setting.after)
        after = "" if is_over else setting.after
        if subject := clauses.after(after) or clauses.inside(setting.words):
            return [subject], so_far
        is_whole = not setting.sentence.strip() and not setting.floor
        if is_whole and (subject := clauses.after_any_verb(after)):
            return [subject], so_far
        if subjects := clauses.before(setting.sentence):
            return subjects, setting.before_cue(0)
        subject = clauses.later(after)
        return [subject] if subject else [], so_far

    def _goes_on(self, setting: Setting, last: Speaker) -> bool:
        """Return whether nobody else and no other sentence stands between two quotations."""
        between = setting.before.here[setting.floor :]
        others = set(self._persons.mentions(between)) - {last.name}
        ends = sentence_ends(f"{between}“X")
        rest = between[ends[0] :] if ends else between
        is_announced = rest.rstrip().endswith(":") and len(rest.split()) > _MAX_ANNOUNCING
        return not others and not is_announced and len(rest) <= _MAX_BETWEEN

    def _carried(self, setting: Setting, texts: Sequence[str]) -> Speaker | None:
        first, (start, _) = setting.quote.parts[0]
        if _COMMENT.match(setting.after) or _COMMENT_INSIDE.search(setting.words):
            # Somebody says it by a word that the rows do not know.
            self.heard.last = None
            return None
        last = self.heard.last
        if last is not None and first == self.heard.place:
            return replace(last, evidence="carried") if self._goes_on(setting, last) else None
        is_next = first == self.heard.place + 1 and start <= 2
        if last is not None and is_next and goes_on_alone(setting, texts):
            return replace(last, evidence="carried")
        announcing = setting.sentence_before()
        if start <= 2 and first:
            announcing = texts[first - 1] if texts[first - 1].rstrip().endswith(":") else ""
            announcing = announcing[sentences(announcing)[-1][0] :] if announcing else ""
        subjects = self._clauses.before(QUOTED.sub(" ", announcing)) if announcing else []
        found = (
            self._named_subjects.speaker(subject, setting.before, setting) for subject in subjects
        )
        return next((speaker for speaker in found if speaker), None) or self._alone(setting, texts)

    def _alone(self, setting: Setting, texts: Sequence[str]) -> Speaker | None:
        """Return the one person whom the sentence before whole quoted words begins with.

        The words end their paragraph: "Arel shakes his head. “Not in my time.”".
        """
        number, (_, end) = setting.quote.parts[-1]
        sentence = setting.sentence_before()
        rest = texts[number][end + 1 :].strip()
        is_last = rest in (*STOPS,) or (not rest and setting.words[-1:] in STOPS)
        if not sentence or not is_last or self._clauses.says(sentence):
            return None
        named = self._antecedents.named_in(sentence)
        if len(named) != 1 or self._persons.mentions(sentence) != named:
            return None
        name = next(n for n in self._clauses.phrases.names(sentence) if self._persons.named(n))
        ahead = sentence.partition(name)[0].split()
        return self._namer.person(named[0], sentence) if len(ahead) <= _MAX_TITLE else None
