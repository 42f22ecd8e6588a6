"""Which names are suggested to be one person's: every rule by its example and what it spares."""

from __future__ import annotations

import re

import pytest

from indexer.people.merging import RULES, Merge, merges
from indexer.people.name_parts import parsed
from indexer.people.speakers import Naming, speakers
from indexer.people.spellings import SOUNDS, sound


def naming(name: str, printed: str = "", *, role: str | None = None, **known: object) -> Naming:
    """Make a naming, by default in an article of its own."""
    fields = {
        "speaker_id": re.sub(r"\W+", "-", name.lower()).strip("-"),
        "as_printed": printed or name,
        "outlet": "Hall",
        "article_id": f"{name} {printed}",
        "passages": 3,
        "published": "2022-03-01",
        **known,
    }
    return Naming(name=name, role=role, **fields)  # type: ignore[arg-type]


def nothing(speaker_id: str, articles: int) -> list[str]:
    return []


def found(*namings: Naming, rows: tuple[str, ...] = (), text: str = "") -> list[Merge]:
    return merges(namings, rows, lambda speaker_id, articles: [text])


EXAMPLES = {
    "another spelling": (naming("Tigran Sethian", passages=9), naming("Тигран Сетян")),
    "the same words in another order": (
        naming("Nara Velidze", passages=9),
        naming("Velidze Nara"),
    ),
    "the outlet prints this for them elsewhere": (
        naming("Nara Velidze", "MS. VELIDZE", article_id="one"),
        naming("Nara Velidze", "MS. VELIDZE", article_id="two"),
        naming("Ms. Velidze", "MS. VELIDZE"),
    ),
    "the office and the surname": (
        naming("Nara Velidze", role="President of Morvia"),
        naming("President Velidze", outlet="Meridian"),
    ),
    "the initial and the surname": (naming("Nara Velidze"), naming("N. Velidze")),
    "with and without a middle name": (naming("Nara Velidze"), naming("Nara K. Velidze")),
    "a short form of the first name": (naming("Alexander Brandt"), naming("Alex Brandt")),
    "the only one of this surname in the outlet": (
        naming("Nara Velidze", "NARA VELIDZE"),
        naming("Ms. Velidze"),
    ),
    "one letter is different": (naming("Nara Velidze", passages=9), naming("Nara Veldize")),
}

TWO_PEOPLE = {
    "two first names": (naming("Nara Velidze"), naming("Tara Velidze")),
    "a man's and a woman's name": (naming("Paul Brandt"), naming("Paula Brandt")),
    "an initial that fits two": (
        naming("N. Velidze"),
        naming("Nara Velidze"),
        naming("Nino Velidze"),
    ),
    "a form of address that fits two": (
        naming("Mr. Brandt"),
        naming("Otto Brandt"),
        naming("Ivo Brandt"),
    ),
    "a form of address of another sex": (
        naming("Mr. Velidze"),
        naming("Nara Velidze", "MS. VELIDZE"),
    ),
    "a form of address years later": (
        naming("Mr. Brandt", published="2022-03-01"),
        naming("Otto Brandt", published="2009-03-01"),
    ),
    "a form of address in another outlet": (
        naming("Mr. Brandt"),
        naming("Otto Brandt", outlet="Meridian"),
    ),
    "an office that two had": (
        naming("President Velidze"),
        naming("Nara Velidze", role="President"),
        naming("Ivo Velidze", role="President"),
    ),
    "an office that the other never had": (
        naming("President Velidze"),
        naming("Ivo Velidze", role="Trainer"),
    ),
    "a label that an outlet prints for two": (
        naming("Mr. Brandt", "MR. BRANDT"),
        naming("Otto Brandt", "MR. BRANDT"),
        naming("Ivo Brandt", "MR. BRANDT"),
    ),
    "two who speak in one article": (
        naming("Alexander Brandt", article_id="a"),
        naming("Alex Brandt", article_id="a"),
    ),
    "two middle names": (naming("Otto K. Brandt"), naming("Otto M. Brandt")),
    "a short surname with another letter": (naming("Otto Martin"), naming("Otto Marin")),
    "offices without names": (naming("Moderator"), naming("Moderators")),
}


@pytest.mark.parametrize("reason", [reason for reason, _ in RULES])
def test_every_rule_finds_its_own_example(reason: str) -> None:
    (merge,) = found(*EXAMPLES[reason])
    assert merge.name == EXAMPLES[reason][0].name
    assert [one.reason for one in merge.also] == [reason]


@pytest.mark.parametrize("names", TWO_PEOPLE.values(), ids=TWO_PEOPLE)
def test_two_people_are_never_suggested_as_one(names: tuple[Naming, ...]) -> None:
    assert found(*names) == []


@pytest.mark.parametrize(
    "reason",
    [
        "the initial and the surname",
        "with and without a middle name",
        "a short form of the first name",
        "the only one of this surname in the outlet",
    ],
)
def test_a_namesake_printed_in_full_beside_the_rarer_name_keeps_them_apart(reason: str) -> None:
    surname = EXAMPLES[reason][0].name.split()[-1]
    assert found(*EXAMPLES[reason], text=f"Then Ivo {surname} spoke.") == []
    assert found(*EXAMPLES[reason], text=f"Then President {surname} spoke.") != []


def test_two_rows_are_two_people() -> None:
    names = EXAMPLES["the initial and the surname"]
    assert found(*names, rows=("nara-velidze", "n-velidze")) == []
    assert found(*names, rows=("nara-velidze",)) != []


def test_a_name_with_a_row_keeps_it_however_rare_it_is() -> None:
    (merge,) = found(
        naming("Tigran Sethian"), naming("Tigran Setyan", passages=90), rows=("tigran-sethian",)
    )
    assert (merge.id, merge.also[0].name) == ("tigran-sethian", "Tigran Setyan")


def test_names_of_one_person_are_gathered_in_one_row() -> None:
    (merge,) = found(
        naming("Secretary Velidze", "SECRETARY VELIDZE", passages=4),
        naming("Nara Velidze", "SECRETARY VELIDZE", role="Secretary", passages=20),
        naming("Secretary Veldize", passages=1),
        naming("Нара Велидзе", passages=2),
    )
    assert merge.name == "Nara Velidze"
    assert merge.passages == 27
    assert [one.name for one in merge.also] == [
        "Secretary Velidze",
        "Нара Велидзе",
        "Secretary Veldize",
    ]


@pytest.mark.parametrize(("one", "other"), [row[2:] for row in SOUNDS])
def test_every_row_of_sounds_makes_its_two_spellings_one(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize("row", SOUNDS, ids=lambda row: row[0])
def test_no_row_of_sounds_is_idle(row: tuple[str, str, str, str]) -> None:
    assert re.search(row[0], row[2].lower()) or re.search(row[0], row[3].lower())


@pytest.mark.parametrize(
    "spellings",
    [
        ("Khzmalyan", "Khzmalian", "Хзмалян", "Խզմալյան"),
        ("Kleymenov", "Kleimenov", "Клейменов"),
        ("Zelenskyy", "Zelensky", "Зеленский", "Зеленський"),
        ("Sarukhanyan", "Saroukhanian", "Саруханян", "Սարուխանյան"),
        ("Yuri", "Yuriy", "Iurii", "Юрий"),
        ("Sergey", "Sergei", "Сергей"),
    ],
)
def test_the_spellings_of_three_scripts_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({sound(word) for word in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Marin", "Martin"), ("Harutyunyan", "Harutyunov"), ("Maria", "Marie")]
)
def test_names_that_differ_sound_different(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_a_name_is_parsed_into_office_honorific_and_words() -> None:
    name = parsed("Vice President van der Velde")
    assert name is not None
    assert (name.office, name.words, name.is_full) == ("vice president", ("velde",), False)
    woman = parsed("Ms. N. Velidze")
    assert woman is not None
    assert (woman.is_woman, woman.is_initial, woman.surname) == (True, True, "velidze")
    assert parsed("Moderator") is None


def test_speakers_are_listed_with_forms_and_roles_over_time() -> None:
    later = naming(
        "Nara Velidze", "PRESIDENT VELIDZE", role="President", passages=5, published="2024-01-02"
    )
    earlier = naming("Nara Velidze", "Velidze", role="deputy governor", published="2019")
    undated = naming("Nara Velidze", "Velidze", article_id="x", published=None, outlet=None)
    (entry,) = speakers([later, earlier, undated])
    assert (entry.passages, entry.articles, entry.first, entry.last) == (
        11,
        3,
        "2019",
        "2024-01-02",
    )
    assert entry.printed == ("Velidze", "PRESIDENT VELIDZE")
    assert [(r.role, r.first, r.passages) for r in entry.roles] == [
        ("deputy governor", "2019", 3),
        ("President", "2024-01-02", 5),
    ]
    assert entry.outlets == ("Hall",)
