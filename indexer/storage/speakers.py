"""The speakers of an index by the names that people type, kept in tables of its library.

The words of a name decide, in any order, folded. Only if nobody is named so, an office counts as a
word of the name, and then every word that sounds like one, in whatever language and script. What
is merely close is never taken for a name; it can be suggested.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.people.family_names import split_name
from indexer.people.speakers import Naming, SpeakerEntry, speakers
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
from indexer.text.analysis import fold

SCHEMA = """
CREATE TABLE namings
    (speaker_id, name, as_printed, role, outlet, article_id, passages, published);
CREATE INDEX namings_of_speakers ON namings (speaker_id);
CREATE TABLE aliases (name, slug, speaker_id);
CREATE TABLE speakers (place INTEGER PRIMARY KEY, id, name, passages, letter, in_order);
CREATE INDEX speakers_in_order ON speakers (letter, in_order);
CREATE TABLE speaker_names (place, name, PRIMARY KEY (place, name)) WITHOUT ROWID;
CREATE TABLE speaker_words (kind, word, place, PRIMARY KEY (kind, word, place)) WITHOUT ROWID;
"""
"""``place`` is who is quoted how often: 1 is whoever is quoted most; ``in_order`` sorts by family
names, of which ``letter`` is the first. The kinds of words: of a
``name``, as the same ``sound``, otherwise ``printed`` for the name, of a printed ``role``."""

Rows: TypeAlias = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
"""Gives the rows of a SQL query with its values."""

Having: TypeAlias = Callable[[str], set[int]]
"""Gives the places of all who have a word."""

_LAST = "\U0010ffff"
_LONG = 8
"""Letters of a word in which two may be wrong; in half as many, one."""

_MOST_NEAR = 200


def write_directory(db: sqlite3.Connection) -> None:
    """Lists everybody who speaks in the passages of a library."""
    for table in ("namings", "speakers", "speaker_names", "speaker_words"):
        db.execute(f"DELETE FROM {table}")
    columns = "speaker_id, speaker, as_printed, speaker_role, outlet, article_id"
    db.execute(
        f"INSERT INTO namings SELECT {columns}, count(*), min(published) FROM shown_passages"
        f" WHERE speaker_id IS NOT NULL GROUP BY {columns} ORDER BY {columns}"
    )
    places = {}
    for place, (speaker_id, name, passages) in enumerate(_by_passages(db), 1):
        places[speaker_id] = place
        row = [place, speaker_id, name, passages, *_in_order(name)]
        db.execute("INSERT INTO speakers VALUES (?, ?, ?, ?, ?, ?)", row)
    names = {
        (places[speaker_id], name)
        for table in ("namings", "aliases")
        for speaker_id, name in db.execute(f"SELECT DISTINCT speaker_id, name FROM {table}")
        if speaker_id in places and name
    }
    db.executemany("INSERT INTO speaker_names VALUES (?, ?)", sorted(names))
    words = {(kind, word, place) for place, name in names for kind, word in _words_of_a_name(name)}
    for kind, column in (("printed", "as_printed"), ("role", "role")):
        sql = f"SELECT DISTINCT speaker_id, {column} FROM namings WHERE {column} IS NOT NULL"
        for speaker_id, printed in db.execute(sql):
            words.update((kind, word, places[speaker_id]) for word in printed_words(printed))
    db.executemany("INSERT INTO speaker_words VALUES (?, ?, ?)", sorted(words))


def _by_passages(db: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Id, most frequent name and passages of each speaker, most passages first."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for speaker_id, name, passages in db.execute(
        "SELECT speaker_id, name, sum(passages) FROM namings GROUP BY speaker_id, name"
        " ORDER BY name"
    ):
        names[speaker_id][name or speaker_id] += passages
    found = [(id_, most.most_common(1)[0][0], most.total()) for id_, most in names.items()]
    return sorted(found, key=lambda row: (-row[2], row[0]))


def _in_order(name: str) -> tuple[str, str]:
    """The letter under which a name is listed, and its place there."""
    key = fold(" ".join(split_name(name))).lstrip(" .,'’\"“«„-")
    return (key[:1].upper() if key[:1].isalpha() else "#"), key


def _words_of_a_name(name: str) -> Iterator[tuple[str, str]]:
    for word in {*name_words(name), *printed_words(name)}:
        yield "name", word
        yield from (("sound", heard) for heard in sounds(word))


class SpeakerDirectory:
    """Finds people by their names; it answers from several threads at once."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.names: Mapping[str, str] = dict(rows("SELECT id, name FROM speakers", ()))
        aliases: dict[str, str] = dict(rows("SELECT slug, speaker_id FROM aliases", ()))
        self._ids = {slug: own for slug, own in aliases.items() if slug not in self.names}

    def meant(self, typed: str) -> frozenset[str]:
        """The ids of all who may be meant by a typed name; with ``=`` before it, of the one who has
        this id, or else of those who are named with just these words."""
        if typed.startswith(EXACTLY) and (exact := self.speaker_id(typed.lstrip(f"{EXACTLY} "))):
            return frozenset({exact})
        found = self._at(self._meant(typed_name(typed)), "id")
        known = None if found else self.speaker_id(typed)
        return frozenset(id_ for (id_,) in found) or frozenset({known} if known else ())

    def speaker_id(self, typed: str) -> str | None:
        """The id, be it one that an alias had before it became one."""
        known = self._ids.get(typed, typed)
        return known if known in self.names else None

    def similar(self, typed: str, limit: int) -> list[str]:
        """The names of others: those that sound alike, most quoted first; where nobody is meant,
        also those that are a slip or an initial away, the nearest first."""
        name = typed_name(typed.lstrip(f"{EXACTLY} "))
        meant = self._meant(typed_name(typed))
        places = sorted((self._meant(name) | self._sounding(name)) - meant)
        if not places and not meant:
            places = self._near(name)
        return list(dict.fromkeys(name for (name,) in self._at(places, "name")))[:limit]

    def complete(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Names with a word that begins so, and how many passages each has, most first; names that
        only sound so fill up. Of several words each has to begin one."""
        places = self._beginning(prefix, "name", limit)
        if len(places) < limit:
            heard = self._beginning(prefix, "sound", 2 * limit)
            places += [place for place in heard if place not in places][: limit - len(places)]
        return [(name, passages) for name, passages in self._at(places, "name, passages")]

    def letters(self) -> list[tuple[str, int]]:
        """The letters that family names begin with, in order, and how many speakers each has."""
        return self._rows(
            "SELECT letter, count(*) FROM speakers GROUP BY letter ORDER BY letter", ()
        )

    def under(self, letter: str, limit: int, offset: int) -> list[str]:
        """The ids of the speakers under a letter, in the order of their names."""
        rows = self._rows(
            "SELECT id FROM speakers WHERE letter = ? ORDER BY in_order, id LIMIT ? OFFSET ?",
            [letter, limit, offset],
        )
        return [id_ for (id_,) in rows]

    def company(self, speaker_id: str, limit: int) -> list[tuple[str, str, int]]:
        """Who else speaks in the same articles: id, name, in how many; most first."""
        return self._rows(
            "SELECT id, speakers.name, count(DISTINCT article_id) AS shared FROM namings"
            " JOIN speakers ON id = speaker_id WHERE speaker_id != ? AND article_id IN"
            " (SELECT article_id FROM namings WHERE speaker_id = ?)"
            " GROUP BY id ORDER BY shared DESC, place LIMIT ?",
            [speaker_id, speaker_id, limit],
        )

    def listed(self, prefix: str, limit: int | None = None, offset: int = 0) -> list[str]:
        """The ids of the speakers of a beginning, most quoted first; of none, all."""
        if not prefix.strip():
            values = [-1 if limit is None else limit, offset]
            rows = self._rows("SELECT id FROM speakers ORDER BY place LIMIT ? OFFSET ?", values)
        else:
            found = self._beginning(prefix, "name") or self._beginning(prefix, "sound")
            rows = self._at(found[offset : None if limit is None else offset + limit], "id")
        return [id_ for (id_,) in rows]

    def entry(self, speaker_id: str) -> SpeakerEntry | None:
        """All that is known of a speaker; ``None`` if there is none of this id."""
        rows = self._rows("SELECT * FROM namings WHERE speaker_id = ?", [speaker_id])
        return next(iter(speakers(Naming(*row) for row in rows)), None)

    # --- By the words of a name ------------------------------------------------------------------

    def _meant(self, name: TypedName) -> set[int]:
        named = self._all(self._spelt, name.words)
        if name.initials:
            named |= self._named(name, self._spelt)
        # A label may print more than the speaker: whom the speech is for, or where it is given.
        found = named & self._any(self._spelt_in_names, name.words) or named
        if found or name.is_exact:
            return found
        return (
            self._in_office(name, self._spelt_in_names)
            or self._sounding(name)
            or self._in_office(name, self._heard)
        )

    def _in_office(self, name: TypedName, having: Having) -> set[int]:
        """Who is named with some of the words, and has the others in a role."""
        held = self._named(name, lambda word: having(word) | self._places(["role"], [word]))
        return held & self._any(having, name.full)

    def _sounding(self, name: TypedName) -> set[int]:
        return self._named(name, self._heard)

    def _named(self, name: TypedName, having: Having) -> set[int]:
        found = self._all(having, name.full)
        if not name.initials:
            return found
        return {place for place, printed in self._forms(found) if has_initials(name, printed)}

    @staticmethod
    def _all(having: Having, words: Iterable[str]) -> set[int]:
        sets = [having(word) for word in dict.fromkeys(words)]
        return set.intersection(*sets) if sets else set()

    @staticmethod
    def _any(having: Having, words: Iterable[str]) -> set[int]:
        return set[int]().union(*map(having, words))

    def _spelt(self, word: str) -> set[int]:
        return self._places(["name", "printed"], [word])

    def _spelt_in_names(self, word: str) -> set[int]:
        return self._places(["name"], [word])

    def _heard(self, word: str) -> set[int]:
        return self._places(["sound"], sounds(word))

    def _places(self, kinds: Sequence[str], words: Iterable[str]) -> set[int]:
        wanted = list(words)
        rows = self._rows(
            f"SELECT place FROM speaker_words WHERE kind IN ({_marks(kinds)})"
            f" AND word IN ({_marks(wanted)})",
            [*kinds, *wanted],
        )
        return {place for (place,) in rows}

    def _forms(self, places: Iterable[int]) -> list[tuple[int, str]]:
        """Places with each name that they have."""
        return [
            (place, name)
            for place, name in self._rows(
                "SELECT place, name FROM json_each(?) JOIN speaker_names ON place = value",
                [json.dumps(list(places))],
            )
        ]

    def _at(self, places: Iterable[int], columns: str) -> list[tuple[Any, ...]]:
        """What is known of the speakers of these places, in the same order."""
        return self._rows(
            f"SELECT {columns} FROM (SELECT key, value FROM json_each(?))"
            " JOIN speakers ON place = value ORDER BY key",
            [json.dumps(list(places))],
        )

    # --- By a beginning, and by what is nearly right ---------------------------------------------

    def _beginning(self, prefix: str, kind: str, limit: int | None = None) -> list[int]:
        """Places in order."""
        words = dict.fromkeys(name_words(prefix))
        most = limit if len(words) == 1 else None
        found = [
            {place for one in _heard(word, kind) for place in self._within(kind, one, most)}
            for word in words
        ]
        return sorted(set.intersection(*found))[:limit] if found else []

    def _within(self, kind: str, beginning: str, limit: int | None) -> list[int]:
        rows = self._rows(
            "SELECT DISTINCT place FROM speaker_words WHERE kind = ? AND word >= ? AND word < ?"
            " ORDER BY place LIMIT ?",
            [kind, beginning, beginning + _LAST, -1 if limit is None else limit],
        )
        return [place for (place,) in rows]

    @cached_property
    def _all_sounds(self) -> list[str]:
        rows = self._rows("SELECT DISTINCT word FROM speaker_words WHERE kind = 'sound'", ())
        return [word for (word,) in rows]

    def _near(self, name: TypedName) -> list[int]:
        """Who is named almost so, the nearest first."""
        slips: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for word in name.full:
            for place, distance in self._slips(word).items():
                slips[place][word] = distance
        ranked = sorted(slips, key=lambda place: (-len(slips[place]), place))[:_MOST_NEAR]
        found = set()
        for place, printed in self._forms(ranked):
            missing = [word for word in name.full if word not in slips[place]]
            has_surname = name.full[-1] in slips[place]
            if not missing or (has_surname and may_stand_for(printed, slips[place], missing)):
                found.add((len(missing), sum(slips[place].values()), place))
        return [place for *_, place in sorted(found)]

    def _slips(self, word: str) -> dict[int, int]:
        """Who has a word with few letters wrong, and how many."""
        heard = sound(word)
        most = min(2, 2 * len(heard) // _LONG)
        near = process.extract(
            heard, self._all_sounds, scorer=OSA.distance, score_cutoff=most, limit=_MOST_NEAR
        )
        distances: dict[int, int] = {}
        for other, distance, _ in near:
            for place in self._places(["sound"], [other]):
                distances[place] = min(distance, distances.get(place, distance))
        return distances


def _heard(word: str, kind: str) -> list[str]:
    """What a word of a kind begins with if the whole word begins so; one letter has no sound."""
    if kind == "name":
        return [word]
    return sorted(sounds(word)) if len(word) > 1 else []


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
