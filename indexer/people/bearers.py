"""The people of a corpus by their full names: each with its forms, outlets, months and offices."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import indexer.people.offices as offices
from indexer.people.first_names import has_first_name, pronoun_of
from indexer.people.name_parts import parsed
from indexer.people.names import without_honorific
from indexer.people.nicknames import may_be_one
from indexer.people.slips import without_a_letter

Words = tuple[str, ...]
"""The words of a name as they sound, without particles and generation."""

_GENERATIONS = frozenset(("jr", "sr", "i", "ii", "iii", "iv"))
_SENIOR = frozenset(("sr", "i"))

UNDATED = 0
"""The month of an article without a date."""


@dataclass(frozen=True, slots=True)
class FullName:
    """A full name that an article prints, ``times`` times, with the office before it.

    ``month`` counts months from the year 0. ``is_label`` is true for a name that speaks.
    """

    article: int
    outlet: str | None
    month: int
    name: str
    office: str | None = None
    times: int = 1
    is_label: bool = False


@dataclass(slots=True)
class _Form:
    """One full name, in all its spellings."""

    words: Words
    generations: set[str] = field(default_factory=set)
    printed: Counter[str] = field(default_factory=Counter)
    articles: defaultdict[str | None, dict[int, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    offices: defaultdict[str | None, defaultdict[str, set[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    speaking: set[int] = field(default_factory=set)
    turned: set[Words] = field(default_factory=set)

    def add(self, full: FullName, generation: str | None) -> None:
        self.printed[full.name] += full.times
        self.articles[full.outlet][full.article] = full.month
        if full.is_label:
            self.speaking.add(full.article)
        if generation:
            self.generations.add(generation)
        if full.office:
            self.offices[full.outlet][full.office].add(full.article)

    def take(self, other: _Form) -> None:
        self.turned.add(other.words)
        self.speaking |= other.speaking
        self.printed.update(other.printed)
        for outlet, articles in other.articles.items():
            self.articles[outlet].update(articles)
        for outlet, held in other.offices.items():
            for office, own in held.items():
                self.offices[outlet][office] |= own


@dataclass(frozen=True, slots=True, eq=False)
class Bearer:
    """A person: the words of all forms of the name, and the name in its fullest common form.

    ``articles`` print the name, ``mentioned`` is the number of those in which it speaks not.
    """

    name: str
    forms: tuple[Words, ...]
    printed: Mapping[str, int]
    pronoun: str | None
    articles: frozenset[int]
    mentioned: int
    _months: Mapping[str | None, Sequence[int]]
    _offices: Mapping[str | None, Mapping[str, frozenset[int]]]
    _counts: dict[tuple[str, str | None], int] = field(default_factory=dict)

    def near(self, outlet: str | None, month: int, months: int) -> int:
        """Return the number of articles of an outlet, at most so many months away."""
        dated = self._months.get(outlet, ())
        if month == UNDATED:
            return len(dated)
        undated = bisect_left(dated, UNDATED + 1)
        return (
            undated
            + bisect_left(dated, month + months + 1)
            - bisect_left(dated, max(month - months, UNDATED + 1))
        )

    def has_office(self, office: str, outlet: str | None) -> int:
        """Return the number of articles of an outlet that print an office before the name."""
        if (office, outlet) not in self._counts:
            held = self._offices.get(outlet, {})
            articles = (own for name, own in held.items() if offices.are_one(office, name))
            self._counts[office, outlet] = len(frozenset().union(*articles))
        return self._counts[office, outlet]


def words_of_name(name: str) -> tuple[Words, str | None] | None:
    """Return the words of a name as they sound, and its generation; ``None`` if it has none."""
    found = parsed(without_honorific(name))
    if found is None:
        return None
    generation = found.words[-1] if found.words[-1] in _GENERATIONS else None
    words = found.words[:-1] if generation else found.words
    return (words, generation) if words else None


def bearers(names: Iterable[FullName]) -> list[Bearer]:
    """Return the people who bear full names: forms of one name are one person's.

    Two forms are joined if they share an outlet, and nothing tells them apart: a middle name that
    one leaves out, an initial, a nickname; a nickname and an initial need an office that both have.
    A form that fits two people is left alone.
    """
    forms: dict[Words, _Form] = {}
    for full in names:
        parts = words_of_name(full.name)
        if parts is None or len(parts[0]) < 2:
            continue
        words, generation = parts
        form = forms.get(words) or forms.setdefault(words, _Form(words))
        form.add(full, generation)
    return [_bearer(group) for group in _joined(_of_people(_turned(forms)))]


def _turned(forms: Mapping[Words, _Form]) -> Mapping[Words, _Form]:
    """Count "Arel Nicolas" as "Nicolas Arel" where both are printed."""
    kept: dict[Words, _Form] = {}
    for words, form in forms.items():
        other = forms.get(words[::-1]) if len(words) == 2 else None
        is_turned = other is not None and not _has_first_name(form) and _has_first_name(other)
        if other is not None and is_turned:
            other.take(form)
        else:
            kept[words] = form
    return kept


def _has_first_name(form: _Form) -> bool:
    return any(has_first_name(name) for name in form.printed)


def _of_people(forms: Mapping[Words, _Form]) -> Mapping[Words, _Form]:
    """Leave out what is no name: "Pastor Arel", and "Chair Nara Velidze" beside "Nara Velidze"."""
    return {words: form for words, form in forms.items() if _is_of_a_person(form, forms)}


def _is_of_a_person(form: _Form, forms: Mapping[Words, _Form]) -> bool:
    if form.speaking or _has_first_name(form):
        return True
    if any(form.words[at:] in forms for at in range(1, len(form.words) - 1)):
        return False
    return bool(form.offices) or len(form.articles) > 1


def _joined(forms: Mapping[Words, _Form]) -> Iterator[list[_Form]]:
    """Return the forms of each person."""
    by_surname: defaultdict[str, list[_Form]] = defaultdict(list)
    for form in forms.values():
        by_surname[form.words[-1]].append(form)
    for same in by_surname.values():
        yield from _groups(same) if len(same) > 1 else [same]
    # "Orbán Viktor" and "Viktor Orbán" are left apart: see `registry`.


def _groups(forms: Sequence[_Form]) -> Iterator[list[_Form]]:
    """Join forms of one surname, the most alike first, unless a form fits two people."""
    fits: defaultdict[Words, list[_Form]] = defaultdict(list)
    for one, other in combinations(forms, 2):
        if _may_be_one(one, other):
            fits[one.words].append(other)
            fits[other.words].append(one)
    group_of = {form.words: [form] for form in forms}
    for form in sorted(forms, key=lambda form: (-len(form.words), form.words)):
        others = fits[form.words]
        if any(not _agree(a.words, b.words) for a, b in combinations(others, 2)):
            # It is left to the fuller ones to say that it is theirs; "J. Arel" is nobody's.
            others = [o for o in others if o.words[0] == form.words[0] and len(fits[o.words]) == 1]
            others = others if len(others) == 1 else []
        for other in others:
            group, more = group_of[form.words], group_of[other.words]
            if group is not more and all(_agree(a.words, b.words) for a in group for b in more):
                group.extend(more)
                group_of.update((one.words, group) for one in more)
    seen: set[int] = set()
    for joined in group_of.values():
        if id(joined) not in seen:
            seen.add(id(joined))
            yield joined


def _may_be_one(one: _Form, other: _Form) -> bool:
    if not _agree(one.words, other.words) or not _generations_agree(one, other):
        return False
    shared = [outlet for outlet in one.articles if outlet in other.articles]
    if not shared:
        return False
    if one.words[0] == other.words[0]:
        return True
    return any(
        offices.are_one(office, another)
        for outlet in shared
        for office in one.offices.get(outlet, ())
        for another in other.offices.get(outlet, ())
    )


def _agree(one: Words, other: Words) -> bool:
    """Return whether nothing tells two names of one surname apart."""
    if one[-1] != other[-1] or not _firsts_agree(one[0], other[0]):
        return False
    middles, others = one[1:-1], other[1:-1]
    if not middles or not others:
        return True
    return len(middles) == len(others) and all(map(_start_alike, middles, others))


def _firsts_agree(one: str, other: str) -> bool:
    return may_be_one(one, other) or (min(len(one), len(other)) == 1 and _start_alike(one, other))


def _start_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _generations_agree(one: _Form, other: _Form) -> bool:
    """Return whether no one of them is the elder, and the other the younger."""
    elder, younger = one.generations & _SENIOR, other.generations - _SENIOR
    return not (elder and younger) and not (
        other.generations & _SENIOR and one.generations - _SENIOR
    )


def _bearer(forms: Sequence[_Form]) -> Bearer:
    printed: Counter[str] = Counter()
    months: defaultdict[str | None, dict[int, int]] = defaultdict(dict)
    held: defaultdict[str | None, defaultdict[str, set[int]]] = defaultdict(
        lambda: defaultdict(set)
    )
    speaking = {one for form in forms for one in form.speaking}
    for form in forms:
        printed.update(form.printed)
        for outlet, articles in form.articles.items():
            months[outlet].update(articles)
        for outlet, own in form.offices.items():
            for office, articles_of in own.items():
                held[outlet][office] |= articles_of
    name = max(printed, key=lambda name: (_is_plain(name), printed[name], len(name), name))
    pronouns = {pronoun for form in printed if (pronoun := pronoun_of(form))}
    return Bearer(
        name=name,
        forms=tuple(words for form in forms for words in (form.words, *sorted(form.turned))),
        printed=printed,
        pronoun=pronouns.pop() if len(pronouns) == 1 else None,
        articles=frozenset(one for own in months.values() for one in own),
        mentioned=len({one for own in months.values() for one in own} - speaking),
        _months={outlet: sorted(own.values()) for outlet, own in months.items()},
        _offices={
            outlet: {office: frozenset(articles) for office, articles in own.items()}
            for outlet, own in held.items()
        },
    )


def _is_plain(name: str) -> bool:
    """Return whether a name begins with a known first name, and is not all in capitals."""
    return name != name.upper() and has_first_name(name)


class BearerIndex:
    """People by the words of their names, as these sound."""

    def __init__(self, people: Sequence[Bearer]) -> None:
        self._people = people
        self._by_words: dict[Words, Bearer] = {}
        self._by_end: defaultdict[Words, list[Bearer]] = defaultdict(list)
        for bearer in people:
            self._by_words.update((words, bearer) for words in bearer.forms)
            for end in {words[at:] for words in bearer.forms for at in range(1, len(words))}:
                self._by_end[end].append(bearer)
        self._by_start: defaultdict[Words, list[Bearer]] = defaultdict(list)
        for bearer in people:
            if not has_first_name(bearer.name):
                for start in {words[:1] for words in bearer.forms}:
                    self._by_start[start].append(bearer)

    def with_words(self, words: Words) -> Bearer | None:
        """Return the person with a full name."""
        return self._by_words.get(words)

    def called(self, surname: Words) -> Sequence[Bearer]:
        """Return the people with a surname of one or more words."""
        return self._by_end.get(surname, ())

    def surname_first(self, surname: Words) -> Sequence[Bearer]:
        """Return the people whose name may begin with a surname ("Yoon Tae Mok")."""
        return self._by_start.get(surname, ())

    def spelt_nearly(self, surname: str) -> set[Bearer]:
        """Return the people whose surname is a letter away."""
        return {one for spelt in without_a_letter(surname) for one in self._by_slip.get(spelt, ())}

    @cached_property
    def _by_slip(self) -> Mapping[str, Sequence[Bearer]]:
        index: defaultdict[str, list[Bearer]] = defaultdict(list)
        for bearer in self._people:
            for surname in {words[-1] for words in bearer.forms}:
                for spelt in without_a_letter(surname):
                    index[spelt].append(bearer)
        return index
