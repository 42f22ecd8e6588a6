"""A query tree as Tantivy takes it.

Words and their stems are looked for in a field of stems and one of forms; the weights follow
`indexer.ranking` as far as Tantivy's BM25 can: rare words count twice, fields as they do there.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain, product

from tantivy import FieldType, Occur, Schema, Searcher
from tantivy import Query as Asked

from indexer.ranking import WEIGHTS
from indexer.records import (
    FIELDS,
    And,
    Dated,
    Everything,
    Having,
    Leaf,
    MostOf,
    Near,
    Not,
    Or,
    Phrase,
    Preferring,
    Query,
    Term,
    Words,
)
from indexer.text.analysis import terms_and_forms

FORMS = {field: f"{field}_forms" for field in FIELDS}
"""The fields of forms, by the fields of stems."""

_LONGEST = 250
"""Characters; Tantivy forgets words of more than 65,530 bytes. Of longer ones a digest is kept."""

_REMEMBERED = 50_000
"""Words of queries, as Tantivy takes them."""

_MOST_PHRASES = 300
"""Ways in which words may stand close together that are asked for one by one."""

_NOTHING = Asked.empty_query()
_ALL = Asked.const_score_query(Asked.all_query(), 0.0)


def known_word(word: str) -> str:
    """A word as the index has it."""
    return word if len(word) <= _LONGEST else hashlib.sha256(word.encode()).hexdigest()


def known_words(words: str) -> str:
    """Words as the index has them; they stand apart by single spaces."""
    at, length = 0, len(words)
    while length - at > _LONGEST:
        space = words.rfind(" ", at, at + _LONGEST + 1)
        if space < 0:
            return " ".join(map(known_word, words.split(" ")))
        at = space + 1
    return words


class Translation:
    """Translates queries for one index; ``numbers`` tells the number of each value of a facet."""

    def __init__(
        self, schema: Schema, searcher: Searcher, numbers: Mapping[str, Mapping[str, int]]
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._numbers = numbers
        self._passages = searcher.num_docs
        self._rarity = lru_cache(maxsize=_REMEMBERED)(self._find_rarity)
        self._term = lru_cache(maxsize=_REMEMBERED)(self._find_term)

    def of(self, query: Query) -> Asked:
        """A query with its scores; what only matches scores 0."""
        if is_union(query):
            return _any(self._words(query))
        match query:
            case Term() | Words() | Phrase() | Near():
                return _any(self._by_field(query))
            case Having(facet, values):
                return self._having(facet, values)
            case Dated():
                return self.between(query)
            case And(parts):
                return every([self.of(part) for part in parts])
            case Or(parts):
                return _any([self.of(part) for part in parts])
            case MostOf(parts, least):
                return _most([self.of(part) for part in parts], least)
            case Not(part):
                return without(_ALL, self.of(part))
            case Preferring():
                return self._preferring(query)
            case Everything():
                return _ALL

    def _words(self, query: Query) -> list[Asked]:
        """The words of a union, one by one: Tantivy then skips what cannot be among the best."""
        match query:
            case Term() | Words():
                return self._by_field(query)
            case Or(parts):
                return [word for part in parts for word in self._words(part)]
            case Preferring(part, better, weight):
                more = (word for one in better for word in self._words(one))
                return [*self._words(part), *(Asked.boost_query(one, weight) for one in more)]
            case _:
                return [self.of(query)]

    def dated(self) -> Asked:
        """Passages that have a date."""
        return self.numbered("first_day", 1, None)

    def between(self, dates: Dated) -> Asked:
        """As `Dated`: any day of the passage lies between the two."""
        since, until = dates.since, dates.until
        if since is not None and until is not None and since > until:
            return _NOTHING
        limits = [self.dated()]
        if until is not None:
            limits.append(self.numbered("first_day", None, until))
        if since is not None:
            limits.append(self.numbered("last_day", since, None))
        return Asked.const_score_query(every(limits), 0.0)

    def among(self, name: str, numbers: Sequence[int]) -> Asked:
        """Passages with any of these numbers in a column."""
        if len(numbers) == 1:  # many times faster than a set of one
            asked = Asked.term_query(self._schema, name, numbers[0])
        else:
            asked = Asked.term_set_query(self._schema, name, list(numbers))
        return Asked.const_score_query(asked, 0.0)

    def numbered(self, name: str, least: int | None, most: int | None) -> Asked:
        """Passages whose number in a column lies between two, both included."""
        return Asked.range_query(self._schema, name, FieldType.Unsigned, least, most)

    def _preferring(self, query: Preferring) -> Asked:
        """What is preferred, in however many steps, side by side with what has to match: Tantivy
        takes longer over one within another."""
        wanted: list[Asked] = []
        part: Query = query
        while isinstance(part, Preferring):
            # That words are close tells this ranking nothing, and costs most.
            better = [self._parts(one) for one in part.better if not isinstance(one, Near)]
            wanted += [Asked.boost_query(one, part.weight) for one in chain.from_iterable(better)]
            part = part.part
        needed = part.parts if isinstance(part, And) and part.parts else (part,)
        return Asked.boolean_query(
            [
                *((Occur.Must, self.of(one)) for one in needed),
                *((Occur.Should, one) for one in wanted),
            ]
        )

    def _parts(self, query: Query) -> list[Asked]:
        """What together finds what a query does: of a word, it in each field."""
        match query:
            case Term() | Words() | Phrase() | Near():
                return self._by_field(query)
            case _:
                return [self.of(query)]

    def _by_field(self, leaf: Leaf) -> list[Asked]:
        return [self._weighted(field, self._leaf(leaf, field)) for field in leaf.fields]

    def _leaf(self, leaf: Leaf, field: str) -> Asked:
        match leaf:
            case Term(term):
                return self._term(field, field, term)
            case Words(forms):
                asked = [self._term(field, FORMS[field], form) for form in dict.fromkeys(forms)]
                return _any(asked)
            case Phrase(terms):
                return self._phrase(field, terms)
            case Near(parts, distance):
                return self._near(field, parts, distance)

    def _weighted(self, field: str, asked: Asked) -> Asked:
        return Asked.boost_query(asked, WEIGHTS[field])

    def _find_term(self, field: str, indexed: str, word: str) -> Asked:
        """A word in a field, which counts twice how rare it is in any field, not in this one."""
        known = known_word(word)
        asked = Asked.term_query(self._schema, indexed, known, "freq")
        alike = FIELDS if indexed == field else FORMS.values()
        rarity = min(self._rarity(one, known) for one in alike)
        return Asked.boost_query(asked, rarity**2 / self._rarity(indexed, known))

    def _find_rarity(self, indexed: str, word: str) -> float:
        """The weight that Tantivy gives a word of a field (its ``idf``)."""
        matching = self._searcher.doc_freq(indexed, word)
        return math.log(1 + (max(0, self._passages - matching) + 0.5) / (matching + 0.5))

    def _phrase(self, field: str, terms: Sequence[str]) -> Asked:
        if not terms:
            return _NOTHING
        if len(terms) == 1:
            return self._term(field, field, terms[0])
        return self._in_a_row(field, list(enumerate(map(known_word, terms))))

    def _in_a_row(self, field: str, way: Sequence[tuple[int, str]], slop: int = 0) -> Asked:
        """Words at certain places; the rarer they are, the more they count."""
        asked = Asked.phrase_query(self._schema, field, list(way), slop)
        return Asked.boost_query(asked, sum(self._rarity(field, word) for _, word in way))

    def _near(self, field: str, parts: Sequence[tuple[str, ...]], distance: int) -> Asked:
        """Every way in which the parts may stand, as a phrase with gaps; too many are looked for in
        the words of those passages that have all parts."""
        if not parts or not all(parts):
            return _NOTHING
        if len(parts) == 1:
            return self._phrase(field, parts[0])
        if len(parts) == 2 and distance and _are_two_words(parts):
            pair = [known_word(word) for (word,) in parts]
            either_way = (list(enumerate(pair)), list(enumerate(pair[::-1])))
            return _any([self._in_a_row(field, way, distance - 1) for way in either_way])
        if (distance + 1) ** (len(parts) - 1) * len(parts) > _MOST_PHRASES:
            return self._near_by_hand(field, parts, distance)
        ways = {
            way
            for last in range(len(parts))
            for others in product(range(distance + 1), repeat=len(parts) - 1)
            if (way := _way(parts, last, others))
        }
        return _any([self._gapped(field, way) for way in sorted(ways)])

    def _gapped(self, field: str, way: Sequence[tuple[int, str]]) -> Asked:
        if len(way) == 1:
            return self._term(field, field, way[0][1])
        return self._in_a_row(field, [(at, known_word(word)) for at, word in way])

    def _near_by_hand(self, field: str, parts: Sequence[tuple[str, ...]], distance: int) -> Asked:
        candidates = every([self._phrase(field, part) for part in parts])
        count = count_of(self._searcher, candidates)
        if not count:
            return _NOTHING
        near: dict[int, list[int]] = {}
        places = [place for _, place in self._searcher.search(candidates, count).hits]
        articles = self._searcher.fast_field_values("article", places)
        positions = self._searcher.fast_field_values("position", places)
        for place, article, position in zip(places, articles, positions, strict=True):
            words = str(self._searcher.doc(place).get_first(field)).split(" ")
            if _stand_near(words, [tuple(map(known_word, part)) for part in parts], distance):
                near.setdefault(int(article or 0), []).append(int(position or 0))
        found = [
            Asked.boolean_query(
                [
                    (Occur.Must, self.among("article", [article])),
                    (Occur.Must, _any([self.numbered("position", at, at) for at in those])),
                ]
            )
            for article, those in near.items()
        ]
        return Asked.const_score_query(_any(found), 1.0)

    def _having(self, facet: str, wanted: Collection[str]) -> Asked:
        known = self._numbers[facet]
        numbers = [known[value] for value in sorted(wanted) if value in known]
        return self.among(facet, numbers) if numbers else _NOTHING


def is_union(query: Query) -> bool:
    """Whether what matches is whatever has one of some words, preferred ones among them."""
    return bool(_united(query))


def _united(query: Query) -> set[tuple[str, str]]:
    """The stems and fields of which a union consists; none of anything else."""
    match query:
        case Term(term):
            return {(term, field) for field in query.fields}
        case Or(parts):
            found = [_united(part) for part in parts]
            return set().union(*found) if all(found) else set()
        case Preferring(part, better):
            united = _united(part)
            return united if all(_preferred(one) <= united for one in better) else set()
        case _:
            return set()


def _preferred(query: Query) -> set[tuple[str, str]]:
    """The stems and fields of single forms; what nothing unites with is anything else."""
    match query:
        case Words((form,)):
            return {(terms_and_forms(form)[0], field) for field in query.fields}
        case _:
            return {("", "")}


def is_scored(query: Query) -> bool:
    """Whether passages that match may have other scores than 0."""
    match query:
        case Term() | Words() | Phrase() | Near():
            return True
        case And(parts) | Or(parts) | MostOf(parts):
            return any(map(is_scored, parts))
        case Preferring(part, better):
            return any(map(is_scored, (part, *better)))
        case _:
            return False


def plain(query: Query) -> Query:
    """The same passages, without what is preferred."""
    match query:
        case Preferring(part):
            return plain(part)
        case And(parts):
            return And(tuple(map(plain, parts)))
        case Or(parts):
            return Or(tuple(map(plain, parts)))
        case MostOf(parts, least):
            return MostOf(tuple(map(plain, parts)), least)
        case Not(part):
            return Not(plain(part))
        case _:
            return query


def _are_two_words(parts: Sequence[tuple[str, ...]]) -> bool:
    return all(len(part) == 1 for part in parts) and parts[0] != parts[1]


def count_of(searcher: Searcher, asked: Asked) -> int:
    """How many passages match."""
    # Its stubs forget that results are counted.
    count: int = searcher.search(asked, 1).count  # type: ignore[attr-defined]
    return count


def every(parts: Sequence[Asked]) -> Asked:
    """What all of the parts find."""
    return Asked.boolean_query([(Occur.Must, part) for part in parts]) if parts else _ALL


def without(asked: Asked, part: Asked) -> Asked:
    """What is found, but for a part."""
    return Asked.boolean_query([(Occur.Must, asked), (Occur.MustNot, part)])


def _any(parts: Sequence[Asked]) -> Asked:
    if len(parts) < 2:
        return parts[0] if parts else _NOTHING
    return Asked.boolean_query([(Occur.Should, part) for part in parts])


def _most(parts: Sequence[Asked], least: int) -> Asked:
    if least > len(parts):
        return _NOTHING
    found = [(Occur.Should, part) for part in parts]
    if least <= 0:
        return Asked.boolean_query([(Occur.Must, _ALL), *found])
    return Asked.boolean_query(found, minimum_number_should_match=least)


def _way(
    parts: Sequence[tuple[str, ...]], last: int, before: Sequence[int]
) -> tuple[tuple[int, str], ...] | None:
    """One way for parts to stand: one of them at the end, each other so many words before it;
    ``None`` if two words would share a place, or two parts alike would be the same."""
    starts = [*(-far for far in before[:last]), 0, *(-far for far in before[last:])]
    if len({(part, start) for part, start in zip(parts, starts, strict=True)}) < len(parts):
        return None
    words: dict[int, str] = {}
    for part, start in zip(parts, starts, strict=True):
        for at, word in enumerate(part, start):
            if words.setdefault(at, word) != word:
                return None
    first = min(words)
    return tuple((at - first, words[at]) for at in sorted(words))


def _stand_near(words: Sequence[str], parts: Sequence[tuple[str, ...]], distance: int) -> bool:
    """Whether all parts stand at most so many words apart; a part that is there twice, twice."""
    starts = {
        part: [at for at in range(len(words)) if tuple(words[at : at + len(part)]) == part]
        for part in parts
    }
    needed = Counter(parts)
    return any(
        all(
            sum(last - distance <= at <= last for at in starts[part]) >= times
            for part, times in needed.items()
        )
        for last in sorted({at for found in starts.values() for at in found})
    )
