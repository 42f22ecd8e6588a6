"""Finds the speakers of a library by the names that people type.

A name matches by its words, in any order, folded. If no name has the words, an office counts as a
word of the name. Then words match that sound alike, in any language and script. A name that is
merely close never matches; it can be suggested.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.people.spellings import sound, sounds
from indexer.people.typed_names import (
    EXACTLY,
    TypedName,
    has_initials,
    may_stand_for,
    name_words,
    printed_words,
    typed_name,
)
from indexer.storage.database import Database, replace_rows
from indexer.storage.speakers import Speakers, names_by_place, printed_by_place

SCHEMA = """
CREATE TABLE speaker_names (place, name, PRIMARY KEY (place, name)) WITHOUT ROWID;
CREATE TABLE speaker_words (kind, word, place, PRIMARY KEY (kind, word, place)) WITHOUT ROWID;
"""
"""The kinds of words are: ``name``, a word of a name or alias; ``sound``, the sound of one;
``printed``, a word of a printed form; ``role``, a word of a printed role."""

_LAST_CHARACTER = "\U0010ffff"

_MIN_TWO_EDITS_LENGTH = 8
"""Letters of the shortest word in which two may be wrong; in half as many, one may be."""

_MAX_CLOSE = 200
"""Candidates for a mistyped name that are looked at."""

Lookup: TypeAlias = Callable[[str], set[int]]
"""A function that returns the places of the speakers who have a word."""


def write_name_words(db: sqlite3.Connection) -> None:
    """Index the words of the names, printed forms and roles of all speakers."""
    names = names_by_place(db)
    words = {(kind, word, place) for place, name in names for kind, word in _words_of_name(name)}
    for kind, column in (("printed", "as_printed"), ("role", "role")):
        for place, printed in printed_by_place(db, column):
            words.update((kind, word, place) for word in printed_words(printed))
    replace_rows(db, "speaker_names", sorted(names))
    replace_rows(db, "speaker_words", sorted(words))


def _words_of_name(name: str) -> Iterator[tuple[str, str]]:
    for word in {*name_words(name), *printed_words(name)}:
        yield "name", word
        yield from (("sound", heard) for heard in sounds(word))


class NameSearch:
    """Finds speakers by typed names, prefixes and close spellings."""

    def __init__(self, database: Database, speakers: Speakers) -> None:
        self._words = _NameWords(database)
        self._matcher = _NameMatcher(self._words)
        self._speakers = speakers

    def find(self, typed: str) -> frozenset[str]:
        """Return the ids of all speakers that a typed name may mean.

        After ``=`` only the speaker with this id matches, or else those with exactly these words
        in a name. An office that several people hold, or a label that is printed for several, means
        none of them: see `holders`.
        """
        if typed.startswith(EXACTLY):
            exact = self._speakers.id_of(typed.lstrip(f"{EXACTLY} "))
            if exact:
                return frozenset({exact})
        places = self._matcher.match(typed_name(typed))
        if self._matcher.is_description(typed, places):
            return frozenset()
        matches = self._speakers.at(places, "id")
        known = None if matches else self._speakers.id_of(typed)
        return frozenset(id_ for (id_,) in matches) or frozenset({known} if known else ())

    def holders(self, typed: str) -> list[tuple[str, int]]:
        """Return all whom a description such as "the president" may mean, most quoted first.

        Each is a name with its number of passages. Returns none for somebody's name, or for a label
        that is printed for one person alone.
        """
        places = self._matcher.match(typed_name(typed))
        if not places:
            places = self._matcher.in_role(typed_name(typed))
        elif not self._matcher.is_description(typed, places):
            return []
        rows = self._speakers.at(sorted(places), "name, passages")
        return [(name, passages) for name, passages in rows]

    def find_by_id(self, name_or_id: str) -> frozenset[str]:
        """Return the speaker with this id, or else all speakers that the name may mean."""
        known = self._speakers.id_of(name_or_id)
        return frozenset({known}) if known else self.find(name_or_id)

    def similar(self, typed: str, limit: int = 5) -> list[str]:
        """Return the names of other speakers that sound alike, most quoted first.

        If the typed name matches nobody, also names that are a slip or an initial away, closest
        first.
        """
        name = typed_name(typed.lstrip(f"{EXACTLY} "))
        matches = self._matcher.match(typed_name(typed))
        alike = self._matcher.match(name) | self._matcher.matching(name, self._words.sounding)
        places = sorted(alike - matches)
        if not places and not matches:
            places = self._close(name)
        return list(dict.fromkeys(name for (name,) in self._speakers.at(places, "name")))[:limit]

    def complete(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return names with a word that starts with ``prefix``, with their passage counts.

        Most frequent first. If they are fewer than ``limit``, names that sound so follow. Each
        word of a longer prefix must start a word of the name.
        """
        places = self._starting_with(prefix, "name", limit)
        if len(places) < limit:
            heard = self._starting_with(prefix, "sound", 2 * limit)
            places += [place for place in heard if place not in places][: limit - len(places)]
        return [(name, passages) for name, passages in self._speakers.at(places, "name, passages")]

    def starting_with(self, prefix: str, limit: int, offset: int = 0) -> list[str]:
        """Return the ids of speakers with a name that starts with ``prefix``, most quoted first."""
        places = self._starting_with(prefix, "name") or self._starting_with(prefix, "sound")
        return [id_ for (id_,) in self._speakers.at(places[offset : offset + limit], "id")]

    # --- By a prefix, and by close spellings -----------------------------------------------------

    def _starting_with(self, prefix: str, kind: str, limit: int | None = None) -> list[int]:
        words = dict.fromkeys(name_words(prefix))
        most = limit if len(words) == 1 else None
        places = [
            {
                place
                for start in _starts(word, kind)
                for place in self._words.starting_with(kind, start, most)
            }
            for word in words
        ]
        return sorted(set.intersection(*places))[:limit] if places else []

    def _close(self, name: TypedName) -> list[int]:
        """Return the places of names that differ by a few letters, closest first."""
        slips: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for word in name.full:
            for place, distance in self._words.close(word).items():
                slips[place][word] = distance
        candidates = sorted(slips, key=lambda place: (-len(slips[place]), place))[:_MAX_CLOSE]
        ranked = set()
        for place, printed in self._words.names_at(candidates):
            missing = [word for word in name.full if word not in slips[place]]
            has_surname = name.full[-1] in slips[place]
            if not missing or (has_surname and may_stand_for(printed, slips[place], missing)):
                ranked.add((len(missing), sum(slips[place].values()), place))
        return [place for *_, place in sorted(ranked)]


class _NameMatcher:
    """Matches typed names by their words."""

    def __init__(self, words: _NameWords) -> None:
        self._words = words

    def match(self, name: TypedName) -> set[int]:
        """Return the places of all whom a name may mean."""
        words = self._words
        named = _in_all(words.spelt, name.words)
        if name.initials:
            named |= self.matching(name, words.spelt)
        # A printed form may have more words than the name: for whom the speech is, or its place.
        matches = named & _in_any(words.spelt_in_names, name.words) or named
        if matches or name.is_exact:
            return matches
        return (
            self._in_office(name, words.spelt_in_names)
            or self.matching(name, words.sounding)
            or self._in_office(name, words.sounding)
        )

    def is_description(self, typed: str, places: Collection[int]) -> bool:
        """Return True if several people match, and none of them by a word of the name."""
        words = typed_name(typed).words
        if len(places) < 2:
            return False
        named = _in_any(self._words.spelt_in_names, words) | _in_any(self._words.sounding, words)
        return named.isdisjoint(places)

    def in_role(self, name: TypedName) -> set[int]:
        """Return the places of all who have held an office."""
        return _in_all(self._words.in_roles, [word for word in name.words if word != "the"])

    def _in_office(self, name: TypedName, having: Lookup) -> set[int]:
        """Return the places of names with some of the words, whose role has the others."""
        held = self.matching(name, lambda word: having(word) | self._words.in_roles(word))
        return held & _in_any(having, name.full)

    def matching(self, name: TypedName, having: Lookup) -> set[int]:
        """Return the places that have all written words of a name, and fit its initials."""
        places = _in_all(having, name.full)
        if not name.initials:
            return places
        return {
            place for place, printed in self._words.names_at(places) if has_initials(name, printed)
        }


class _NameWords:
    """Looks up the places of speakers by single words of their names."""

    def __init__(self, database: Database) -> None:
        self._rows = database.rows

    def spelt(self, word: str) -> set[int]:
        """Return the places of speakers with a word in a name or a printed form."""
        return self._places(["name", "printed"], [word])

    def spelt_in_names(self, word: str) -> set[int]:
        """Return the places of speakers with a word in a name."""
        return self._places(["name"], [word])

    def sounding(self, word: str) -> set[int]:
        """Return the places of speakers with a word in a name that sounds like this one."""
        return self._places(["sound"], sounds(word))

    def in_roles(self, word: str) -> set[int]:
        """Return the places of speakers with a word in a role."""
        return self._places(["role"], [word])

    def starting_with(self, kind: str, prefix: str, limit: int | None) -> list[int]:
        """Return the places of speakers with a word that starts with ``prefix``, in order."""
        rows = self._rows(
            "SELECT DISTINCT place FROM speaker_words WHERE kind = ? AND word >= ? AND word < ?"
            " ORDER BY place LIMIT ?",
            [kind, prefix, prefix + _LAST_CHARACTER, -1 if limit is None else limit],
        )
        return [place for (place,) in rows]

    def close(self, word: str) -> dict[int, int]:
        """Return the places of speakers with a word that differs by few letters, and how many."""
        heard = sound(word)
        cutoff = min(2, 2 * len(heard) // _MIN_TWO_EDITS_LENGTH)
        close = process.extract(
            heard, self._all_sounds, scorer=OSA.distance, score_cutoff=cutoff, limit=_MAX_CLOSE
        )
        distances: dict[int, int] = {}
        for other, distance, _ in close:
            for place in self._places(["sound"], [other]):
                distances[place] = min(distance, distances.get(place, distance))
        return distances

    def names_at(self, places: Iterable[int]) -> list[tuple[int, str]]:
        """Return the names of the speakers at these places, each with its place."""
        return [
            (place, name)
            for place, name in self._rows(
                "SELECT place, name FROM json_each(?) JOIN speaker_names ON place = value",
                [json.dumps(list(places))],
            )
        ]

    def _places(self, kinds: Sequence[str], words: Iterable[str]) -> set[int]:
        values = list(words)
        rows = self._rows(
            f"SELECT place FROM speaker_words WHERE kind IN ({_placeholders(kinds)})"
            f" AND word IN ({_placeholders(values)})",
            [*kinds, *values],
        )
        return {place for (place,) in rows}

    @cached_property
    def _all_sounds(self) -> list[str]:
        rows = self._rows("SELECT DISTINCT word FROM speaker_words WHERE kind = 'sound'")
        return [word for (word,) in rows]


def _in_all(having: Lookup, words: Iterable[str]) -> set[int]:
    sets = [having(word) for word in dict.fromkeys(words)]
    return set.intersection(*sets) if sets else set()


def _in_any(having: Lookup, words: Iterable[str]) -> set[int]:
    return set[int]().union(*map(having, words))


def _starts(word: str, kind: str) -> list[str]:
    """Return the starts of words of a kind that match a prefix. One letter has no sound."""
    if kind == "name":
        return [word]
    return sorted(sounds(word)) if len(word) > 1 else []


def _placeholders(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
