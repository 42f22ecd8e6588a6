"""Full names of a corpus, with those that are forms of one person's name joined."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

import indexer.people.offices as offices
from indexer.people.first_names import has_first_name
from indexer.people.generations import Mark, mark_of
from indexer.people.names import PARTICLES, without_honorific
from indexer.people.nicknames import may_be_one
from indexer.people.office_and_name import split_office
from indexer.people.spellings import sound
from indexer.text.analysis import fold

Words = tuple[str, ...]
"""The words of a name as they sound, without particles and generation."""

Key = tuple[Words, str, str]
"""What tells one full name from another: its words as they sound, father or son, its spelling."""

Offices = Mapping[str | None, Mapping[str, Set[int]]]
"""The articles of each outlet that print an office before a name."""

_PARTICLES = frozenset(PARTICLES.split("|"))

CLEARLY_MORE = 4
"""Factor by which one form must be more frequent than all that it is told apart from."""

MIN_SURNAME = 4
"""Letters of each surname of a pair: "Al-Masri" is one surname."""

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
class Form:
    """One full name. ``spelt`` is it in small letters, ``mark`` tells father and son apart.

    ``articles`` are those of each outlet with their months, ``offices`` the articles of each outlet
    that print an office before it, ``speaking`` those in which it speaks. ``turned`` are the same
    words in another order.
    """

    words: Words
    mark: str
    spelt: str
    printed: Counter[str] = field(default_factory=Counter)
    articles: defaultdict[str | None, dict[int, int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    offices: defaultdict[str | None, defaultdict[str, set[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    speaking: set[int] = field(default_factory=set)
    turned: set[Words] = field(default_factory=set)

    @property
    def count(self) -> int:
        """The number of articles that print it."""
        return sum(map(len, self.articles.values()))

    def add(self, full: FullName) -> None:
        """Count a place where it is printed."""
        self.printed[full.name] += full.times
        self.articles[full.outlet][full.article] = full.month
        if full.is_label:
            self.speaking.add(full.article)
        if full.office:
            self.offices[full.outlet][full.office].add(full.article)

    def take(self, other: Form) -> None:
        """Count another form as this one."""
        self.turned.add(other.words)
        self.speaking |= other.speaking
        self.printed.update(other.printed)
        for outlet, articles in other.articles.items():
            self.articles[outlet].update(articles)
        for outlet, held in other.offices.items():
            for office, own in held.items():
                self.offices[outlet][office] |= own


@lru_cache(maxsize=1 << 17)
def words_of_name(name: str) -> tuple[Words, Mark] | None:
    """Return the words of a name as they sound, and its generation; ``None`` if it is none.

    >>> words_of_name("Karl van der Arel Jr.")
    (('karl', 'arel'), 'younger')
    """
    _, own = split_office(without_honorific(name))
    printed = [word for word in without_honorific(own).split() if word.lower() not in _PARTICLES]
    mark = mark_of(printed[-1]) if printed else ""
    printed = printed[:-1] if mark else printed
    words = tuple(filter(None, map(sound, [*printed[:-1], *map(_first_surname, printed[-1:])])))
    return (words, mark) if words else None


def double_surname(name: str) -> str:
    """Return a surname of two at the end of a name, as it sounds; the empty text if it is one."""
    last = name.split()[-1] if name else ""
    return sound(last) if _first_surname(last) != last else ""


def _first_surname(word: str) -> str:
    """Return the first part of a surname of two, which is also printed alone.

    >>> _first_surname("Lind-Berg"), _first_surname("Al-Masri"), _first_surname("Ki-moon")
    ('Lind', 'Al-Masri', 'Ki-moon')
    """
    first, _, rest = word.partition("-")
    is_double = len(first) >= MIN_SURNAME and len(rest) >= MIN_SURNAME and rest[0].isupper()
    return first if is_double and first[0].isupper() else word


def joined_names(names: Iterable[FullName]) -> Iterator[Sequence[Form]]:
    """Return the forms of each person's name.

    Two forms are joined if they share an outlet, and nothing tells them apart: a middle name that
    one leaves out, an initial, a nickname; a nickname and an initial need an office that both have.
    Names that sound alike need an outlet or an office that prints both, unless they are in two
    scripts. A form that fits two people is left alone. Father and son are two people, and so are
    two who speak in one article under names that only sound alike.
    """
    forms: dict[Key, Form] = {}
    for full in names:
        if key := _key(full.name):
            form = forms.get(key) or forms.setdefault(key, Form(*key))
            form.add(full)
    by_surname: defaultdict[str, list[Form]] = defaultdict(list)
    # In order, so that the same names make the same people whatever came first.
    for form in sorted(_of_people(_turned(forms)), key=_key_of_form):
        by_surname[form.words[-1]].append(form)
    for same in by_surname.values():
        yield from _groups(same) if len(same) > 1 else [same]


@lru_cache(maxsize=1 << 17)
def _key(name: str) -> Key | None:
    parts = words_of_name(name)
    if parts is None or len(parts[0]) < 2:
        return None
    return *parts, _spelt(name)


def _key_of_form(form: Form) -> Key:
    return form.words, form.mark, form.spelt


def _spelt(name: str) -> str:
    words = without_honorific(name).split()
    return " ".join(fold(word).rstrip(".") for word in words if not mark_of(word))


def _turned(forms: Mapping[Key, Form]) -> Mapping[Key, Form]:
    """Count "Arel Nicolas" as "Nicolas Arel" where both are printed."""
    kept: dict[Key, Form] = {}
    for (words, mark, spelt), form in forms.items():
        turned = words[::-1], mark, " ".join(spelt.split()[::-1])
        other = forms.get(turned) if len(words) == 2 else None
        if other is not None and not _has_first_name(form) and _has_first_name(other):
            other.take(form)
        else:
            kept[words, mark, spelt] = form
    return kept


def _has_first_name(form: Form) -> bool:
    return any(has_first_name(name) for name in form.printed)


def _of_people(forms: Mapping[Key, Form]) -> list[Form]:
    """Leave out what is no name: "Pastor Arel", and "Chair Nara Velidze" beside "Nara Velidze"."""
    known = {words for words, *_ in forms}
    return [form for form in forms.values() if _is_of_a_person(form, known)]


def _is_of_a_person(form: Form, known: Set[Words]) -> bool:
    if form.speaking or _has_first_name(form):
        return True
    if any(form.words[at:] in known for at in range(1, len(form.words) - 1)):
        return False
    return bool(form.offices) or len(form.articles) > 1


def _groups(forms: Sequence[Form]) -> list[list[Form]]:
    """Join forms of one surname, unless one fits two people: "J. Arel" is neither Joan nor Jon."""
    fits: list[set[int]] = [set() for _ in forms]
    for one, other in combinations(range(len(forms)), 2):
        if _may_be_one(forms[one], forms[other]):
            fits[one].add(other)
            fits[other].add(one)
    kept = [_without_rivals(others, forms) for others in fits]
    group_of = [[form] for form in forms]
    for one, others in enumerate(kept):
        for other in sorted(others):
            group, more = group_of[one], group_of[other]
            if one in kept[other] and group is not more:
                group.extend(more)
                group_of = [group if own is more else own for own in group_of]
    return list({id(group): group for group in group_of}.values())


def _without_rivals(fitting: Set[int], forms: Sequence[Form]) -> Set[int]:
    """Return the forms that fit one and agree with the most frequent of them.

    Returns none if the others are not far less frequent: they may be meant as well.
    """
    most = max(fitting, key=lambda number: (forms[number].count, -number), default=None)
    if most is None:
        return set()
    agreeing = {number for number in fitting if _agree(forms[number], forms[most])}
    rivals = sum(forms[number].count for number in fitting - agreeing)
    return agreeing if forms[most].count >= CLEARLY_MORE * rivals else set()


def _may_be_one(one: Form, other: Form) -> bool:
    if not _agree(one, other):
        return False
    shared = [outlet for outlet in one.articles if outlet in other.articles]
    if one.words == other.words and one.spelt != other.spelt:
        return True
    if one.words[0] == other.words[0]:
        return bool(shared)
    return any(
        _share_office({outlet: one.offices[outlet]}, {outlet: other.offices[outlet]})
        for outlet in shared
        if outlet in one.offices and outlet in other.offices
    )


def _only_sound_alike(one: Form, other: Form) -> bool:
    """Return whether nothing but their sound speaks for two spellings of one script."""
    if one.spelt == other.spelt or one.spelt.isascii() != other.spelt.isascii():
        return False
    if one.speaking & other.speaking:
        return True
    has_shared = any(outlet in other.articles for outlet in one.articles)
    return not has_shared and not _share_office(one.offices, other.offices)


def _share_office(held: Offices, others: Offices) -> bool:
    """Return whether one of the offices of each may be one."""
    return any(
        offices.are_one(office, another)
        for own in held.values()
        for office in own
        for other in others.values()
        for another in other
    )


def _agree(one: Form, other: Form) -> bool:
    """Return whether nothing tells two forms of one surname apart."""
    if one.mark != other.mark and _are_two_generations(one, other):
        return False
    if one.words == other.words and _only_sound_alike(one, other):
        return False
    if one.words[-1] != other.words[-1] or not _firsts_agree(one.words[0], other.words[0]):
        return False
    middles, others = one.words[1:-1], other.words[1:-1]
    if not middles or not others:
        return True
    return len(middles) == len(others) and all(map(_start_alike, middles, others))


def _are_two_generations(one: Form, other: Form) -> bool:
    """Return whether a name with "Jr." and one without it are two people's.

    They are one's if an office shows it that one person holds ("President"), or if neither has any.
    A seat shows nothing: father and son may both have had it.
    """
    if one.mark and other.mark:
        return True
    has_office = any(one.offices.values()) or any(other.offices.values())
    return has_office and not _share_office(_single(one.offices), _single(other.offices))


def _single(held: Offices) -> Offices:
    """Return the offices that are no seat among many."""
    return {
        outlet: {office: own for office, own in named.items() if not offices.is_seat(office)}
        for outlet, named in held.items()
    }


def _firsts_agree(one: str, other: str) -> bool:
    return may_be_one(one, other) or (min(len(one), len(other)) == 1 and _start_alike(one, other))


def _start_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
