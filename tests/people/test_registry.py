"""Who is who over a corpus: names join by what the corpus prints, and never when in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import CorpusFolder, OpenCorpus, Run, found_ids

from indexer import Index, SearchRequest, open_index
from indexer.people.identity import Identity
from indexer.people.joined_names import FullName
from indexer.people.labels import Label, month_of
from indexer.people.nicknames import may_be_one
from indexer.people.offices import are_one, office_at_end
from indexer.people.registry import Registry
from indexer.people.speakers_toml import parse_aliases
from indexer.people.spellings import sound

OUTLET = "hall.example"

PEOPLE = [
    ("Nara Velidze", "president", 3),
    ("Tekla Velidze", "first lady", 2),
    ("Otto Brandt", "vice president", 3),
    ("Ilse Marlowe", "press secretary", 4),
    ("Emil Marlowe", "governor", 3),
    ("Joseph Saarinen", "minister", 2),
    ("Joe Saarinen", "minister", 3),
    ("Anna Kettunen", None, 3),
    ("Yoon Tae Mok", "president", 3),
    ("Katarina Wesselink", "secretary", 6),
]
"""Full names with an office, and the number of articles that print them so."""


def printed(people: Sequence[tuple[str, str | None, int]] = PEOPLE) -> list[FullName]:
    month = month_of("2022-05-10")
    return [
        FullName(100 * number + n, OUTLET, month, name, office)
        for number, (name, office, articles) in enumerate(people, 1)
        for n in range(articles)
    ]


def label(as_printed: str, name: str | None = None, date: str | None = "2022-05-11") -> Label:
    return Label(1, OUTLET, date, name or as_printed, as_printed)


def identity(*labels: Label, names: list[FullName] | None = None) -> Identity:
    """Return the identity of the last label."""
    registry = Registry(labels, printed() if names is None else names)
    return list(registry.identities())[-1][1]


@pytest.mark.parametrize(
    ("as_printed", "person"),
    [
        ("PRESIDENT VELIDZE", "Nara Velidze"),
        ("FIRST LADY VELIDZE", "Tekla Velidze"),
        ("VICE PRESIDENT BRANDT", "Otto Brandt"),
        ("SECRETARY MARLOWE", "Ilse Marlowe"),
        ("GOVERNOR MARLOWE", "Emil Marlowe"),
        ("MS. MARLOWE", "Ilse Marlowe"),
        ("MR. MARLOWE", "Emil Marlowe"),
        ("MINISTER SAARINEN", "Joe Saarinen"),
        ("MS. KETTUNEN", "Anna Kettunen"),
        ("PRESIDENT YOON", "Yoon Tae Mok"),
        ("PRESIDEN VELIDZE", "Nara Velidze"),
        ("SECRETARY WESELINK", "Katarina Wesselink"),
        ("Kettunen Anna", "Anna Kettunen"),
    ],
)
def test_a_label_is_the_one_person_whom_the_outlet_prints_so(as_printed: str, person: str) -> None:
    found = identity(label(as_printed))
    assert (found.name, found.kind) == (person, "person")


@pytest.mark.parametrize(
    "as_printed",
    [
        "VELIDZE",  # the president, or her relative
        "PRESIDENT BRANDT",  # the vice president is not the president
        "PRESIDENT MARLOWE",
        "MRS. BRANDT",  # he is a man
        "MR. SMITH",  # nobody of this name is printed
    ],
)
def test_a_label_that_may_mean_another_stays_a_name_of_its_own(as_printed: str) -> None:
    found = identity(label(as_printed))
    assert found.name not in {name for name, *_ in PEOPLE}


def test_a_surname_is_nobody_of_another_outlet_or_another_time() -> None:
    elsewhere = Label(1, "ferry.example", "2022-05-11", "MS. KETTUNEN", "MS. KETTUNEN")
    assert identity(elsewhere).name == "Ms. Kettunen"
    assert identity(label("MS. KETTUNEN", date="2031-05-11")).name == "Ms. Kettunen"


def test_an_office_alone_is_its_holder_of_these_months() -> None:
    named = [
        Label(n, OUTLET, f"2022-0{n}-11", "President Velidze", "PRESIDENT VELIDZE")
        for n in (4, 5, 6)
    ]
    assert identity(*named, label("THE PRESIDENT")).name == "Nara Velidze"
    assert identity(*named, label("THE PRESIDENT", date="2027-05-11")).id is None
    assert identity(*named, label("THE VICE PRESIDENT")).id is None


def test_in_the_month_of_a_change_an_office_alone_is_nobody() -> None:
    names = printed([("Nara Velidze", "president", 3), ("Sam Hesketh", "president", 3)])
    both = [
        Label(n, OUTLET, f"2022-05-{10 + n}", f"President {surname}", f"PRESIDENT {surname}")
        for n, surname in enumerate(("VELIDZE", "VELIDZE", "HESKETH", "HESKETH"))
    ]
    assert identity(*both, label("THE PRESIDENT"), names=names).id is None


def test_the_full_name_of_the_article_decides() -> None:
    assert identity(label("Velidze", "Tekla Velidze")).name == "Tekla Velidze"


def test_a_full_name_after_an_office_of_a_place_needs_no_known_first_name() -> None:
    assert identity(label("Ohio Congresswoman Shareeny Thell")).name == "Shareeny Thell"
    assert identity(label("President Thellmer Brandel")).name == "President Thellmer Brandel"


def test_what_an_article_misreads_is_no_name() -> None:
    assert identity(label("MR. BRANDT", "Brandt Flooring")).name == "Otto Brandt"
    assert identity(label("MINISTER SAARINEN", "Minister Saarinen")).name == "Joe Saarinen"


@pytest.mark.parametrize(
    "as_printed", ["MODERATOR", "AUDIENCE MEMBER", "Q", "SENIOR HARBOUR OFFICIAL", "Fleet Renewal"]
)
def test_crowds_officials_and_headings_are_nobody(as_printed: str) -> None:
    found = identity(label(as_printed))
    assert (found.id, found.kind) == (None, "unnamed")


@pytest.mark.parametrize(
    "as_printed",
    [
        "Grain Board",
        "Kennedy Forum",  # a first name begins it
        "Oral Health Awareness Month",
        "Federation of Norlund Societies for Marine Biology",  # and another is in it
        "Union of Port Engineers",  # a calling ends it
        "Friends of Harbour Research",
    ],
)
def test_an_organisation_is_a_body(as_printed: str) -> None:
    found = identity(label(as_printed))
    assert (found.kind, found.name) == ("body", as_printed)


@pytest.mark.parametrize("as_printed", ["Ada Lake", "Bill House", "Dr. Ada Forum"])
def test_a_surname_like_a_bodys_word_is_a_persons(as_printed: str) -> None:
    assert identity(label(as_printed)).kind == "person"


def test_forms_of_one_name_are_one_person() -> None:
    names = printed(
        [
            ("Joseph R. Saarinen", "minister", 2),
            ("Joe Saarinen", "minister", 5),
            ("Jo Lind", None, 2),
        ]
    )
    short = identity(label("Joe Saarinen"), names=names)
    long = identity(label("Joseph R. Saarinen"), names=names)
    assert short.id == long.id == "joe-saarinen"


def test_an_initial_that_fits_two_people_is_neither() -> None:
    names = printed([("Joan Arel", "mayor", 3), ("Jonas Arel", "mayor", 3)])
    assert identity(label("J. Arel"), names=names).name == "J. Arel"


@pytest.mark.parametrize("middle", ["", "B. "])
def test_elder_and_younger_are_two_people_and_the_bare_name_is_neither(middle: str) -> None:
    elder, younger, bare = (
        label("Karl Arel Sr."),
        label(f"Karl {middle}Arel Jr."),
        label("Karl Arel"),
    )
    registry = Registry([elder, younger, bare], printed([("Karl Arel", "mayor", 3)]))
    ids = [one.id for _, one in registry.identities()]
    assert len(set(ids)) == 3


def test_a_generation_alone_makes_no_other_person() -> None:
    names = printed([("Karl Arel Jr.", "mayor", 3), ("Karl Arel", "mayor", 3)])
    registry = Registry([label("Karl Arel"), label("Karl Arel Jr.")], names)
    assert len({one.id for _, one in registry.identities()}) == 1


@pytest.mark.parametrize("younger", ["Karl Arel Jr.", "Karl Arel jun.", "Карл Арел мл."])
def test_father_and_son_of_two_offices_are_two_people(younger: str) -> None:
    names = printed([("Karl Arel", "president", 5), (younger, "senator", 5)])
    registry = Registry([label("Karl Arel"), label(younger)], names)
    assert len({one.id for _, one in registry.identities()}) == 2


def test_a_seat_that_both_have_had_does_not_make_father_and_son_one() -> None:
    names = printed([("Karl Arel", "senator", 5), ("Karl Arel jun.", "senator", 5)])
    registry = Registry([label("Karl Arel"), label("Karl Arel jun.")], names)
    assert len({one.id for _, one in registry.identities()}) == 2


def test_a_surname_is_neither_of_two_whom_its_article_names() -> None:
    names = printed([("Otto Lind", None, 9), ("Ada Lind", None, 2)])
    here = [FullName(1, OUTLET, 1, name) for name in ("Otto Lind", "Ada Lind")]
    labels = [Label(2, OUTLET, "2022-05-11", "Otto Lind", "Lind"), label("Lind")]
    assert identity(*labels, names=[*names, *here]).id is None


@pytest.mark.parametrize(("mentioned", "mayor"), [(None, "Mayor Toft"), ("mayor", "Karl Toft")])
def test_two_titles_of_a_surname_in_one_article_are_two_people(
    mentioned: str | None, mayor: str
) -> None:
    names = [FullName(1, OUTLET, month_of("2022-05-11"), "Karl Toft", mentioned)]
    labels = [label("MAYOR TOFT", "Karl Toft"), label("PROF. TOFT", "Karl Toft")]
    assert identity(*labels, names=names).name == "Prof. Toft"
    assert identity(*reversed(labels), names=names).name == mayor
    listed = parse_aliases(b'[[speaker]]\nname = "Karl Toft"\n')
    assert list(Registry(labels, names, listed).identities())[-1][1].name == "Prof. Toft"


def test_a_mayor_may_be_called_mister_in_the_same_article() -> None:
    names = [FullName(1, OUTLET, month_of("2022-05-11"), "Karl Toft", "mayor")]
    labels = [label("MAYOR TOFT", "Karl Toft"), label("MR. TOFT", "Karl Toft")]
    assert identity(*labels, names=names).name == "Karl Toft"


@pytest.mark.parametrize(
    ("outlet", "other", "people"),
    [
        (OUTLET, "Sabine Lind-Berger", 1),
        ("ferry.example", "Sabine Lind-Berger", 2),
        (OUTLET, "Sonja Lind-Berger", 2),
        (OUTLET, "Sabine Lindgren", 2),
    ],
)
def test_a_second_surname_is_the_same_person_in_one_outlet(
    outlet: str, other: str, people: int
) -> None:
    names = [FullName(n, OUTLET, 0, "Sabine Lind") for n in (1, 2)]
    names += [FullName(n, outlet, 0, other) for n in (3, 4)]
    labels = [Label(1, OUTLET, None, "Sabine Lind", None), Label(3, outlet, None, other, None)]
    registry = Registry(labels, names)
    assert len({one.id for _, one in registry.identities()}) == people


def test_who_is_printed_with_two_surnames_is_nobody_of_the_first_alone() -> None:
    names = printed([("Otto Lind", None, 9)])
    assert identity(label("MR. LIND-BERGER"), names=names).name == "Mr. Lind-Berger"


def test_two_who_speak_in_one_article_are_not_one_because_their_names_sound_alike() -> None:
    registry = Registry([label("Ada Allin"), label("Ada Alin")], [])
    assert {one.id for _, one in registry.identities()} == {"ada-allin", "ada-alin"}


@pytest.mark.parametrize(
    ("outlet", "office", "people"),
    [
        ("ferry.example", None, 2),
        (OUTLET, None, 1),  # the outlet's slip
        ("ferry.example", "mayor", 1),
    ],
)
def test_names_that_sound_alike_are_one_only_in_one_outlet_or_office(
    outlet: str, office: str | None, people: int
) -> None:
    names = [
        FullName(1, OUTLET, 0, "Ada Allin", office),
        FullName(2, outlet, 0, "Ada Alin", office),
    ]
    labels = [Label(1, OUTLET, None, "Ada Allin", None), Label(2, outlet, None, "Ada Alin", None)]
    registry = Registry(labels, names)
    assert len({one.id for _, one in registry.identities()}) == people


def test_an_initial_with_the_office_of_both_is_neither() -> None:
    names = printed(
        [("Joan Arel", "mayor", 3), ("Jonas Arel", "mayor", 3), ("J. Arel", "mayor", 2)]
    )
    assert identity(label("J. Arel"), names=names).name == "J. Arel"


def test_a_row_of_the_keeper_wins() -> None:
    aliases = parse_aliases(b'[[speaker]]\nname = "N. Hesketh"\naliases = ["Nara Velidze"]')
    registry = Registry([label("PRESIDENT VELIDZE"), label("Nara Velidze")], printed(), aliases)
    assert {one.name for _, one in registry.identities()} == {"N. Hesketh"}


@pytest.mark.parametrize(
    ("splits", "who"),
    [
        ('"President Velidze"', ("president-velidze", "President Velidze")),
        ('{ label = "PRESIDENT VELIDZE", outlet = "hall.example" }', ("president-velidze", None)),
        ('{ label = "PRESIDENT VELIDZE", to = 2021 }', ("nara-velidze", "Nara Velidze")),
        ('{ label = "PRESIDENT VELIDZE", outlet = "ferry" }', ("nara-velidze", "Nara Velidze")),
    ],
)
def test_a_label_that_the_keeper_splits_off_is_a_speaker_of_its_own(
    splits: str, who: tuple[str, str | None]
) -> None:
    aliases = parse_aliases(f'[[speaker]]\nname = "Nara Velidze"\nnot = [{splits}]'.encode())
    ((_, found),) = Registry([label("PRESIDENT VELIDZE")], printed(), aliases).identities()
    assert found.id == who[0]
    assert who[1] in (None, found.name)


@pytest.mark.parametrize(
    ("full", "who"),
    [
        ("Nara Velidze", ("president-velidze", "President Velidze")),
        ("Nara M. Velidze", ("president-velidze", "President Velidze")),
        ("Otto Velidze", ("otto-velidze", "Otto Velidze")),
    ],
)
def test_a_label_that_is_split_off_has_no_name_of_whom_it_is_not(
    full: str, who: tuple[str, str]
) -> None:
    rows = b'[[speaker]]\nname = "Nara Velidze"\nnot = ["President Velidze"]'
    here = Label(1, OUTLET, "2022", full, "President Velidze")
    elsewhere = Label(2, OUTLET, "2022", "Nara Velidze", "Nara Velidze")
    found = dict(Registry([here, elsewhere], [], parse_aliases(rows)).identities())
    assert (found[here].id, found[here].name) == who
    assert found[elsewhere].id == "nara-velidze"


def test_two_people_of_one_name_are_two_once_the_keeper_says_so() -> None:
    rows = b'[[speaker]]\nname = "Nara Velidze"\nnot = [{label = "Nara Velidze", outlet = "Ferry"}]'
    here = Label(1, OUTLET, "2022", "Nara Velidze", "Nara Velidze")
    there = Label(2, "Ferry", "2022", "Nara Velidze", "Nara Velidze")
    registry = Registry([here, there], [], parse_aliases(rows))
    assert [(one.id, one.name) for _, one in registry.identities()] == [
        ("nara-velidze", "Nara Velidze"),
        ("nara-velidze-ferry", "Nara Velidze"),
    ]


@pytest.mark.parametrize(
    ("before", "office"),
    [
        ("He thanked President", "president"),
        ("with former Vice President", "former vice president"),
        ("by Secretary of Health and Human Services", "secretary of health and human services"),
        ("President Arel and First Lady", "first lady"),
        ("National Security Advisor", "national security adviser"),
        ("she met", None),
        ("Senators Holcomb and", None),
    ],
)
def test_an_office_is_read_off_the_words_before_a_name(before: str, office: str | None) -> None:
    assert office_at_end(before) == office


def test_a_qualifier_makes_another_office() -> None:
    assert are_one("secretary", "education secretary")
    assert not are_one("president", "vice president")
    assert not are_one("minister", "former minister")


def test_nicknames_are_known_by_groups() -> None:
    assert may_be_one(sound("Bob"), sound("Robert"))
    assert not may_be_one(sound("Bob"), sound("Rob Roy"))


# --- In the index --------------------------------------------------------------------------------


@pytest.fixture
def hall(corpus: CorpusFolder) -> CorpusFolder:
    """Three articles of an outlet: two name the mayor in full, one by office and surname."""
    for number in (1, 2):
        corpus.interview(
            f"hall/2022/{number}",
            "We keep it open.",
            speaker="Mayor Ada Lind",
            date=f"2022-03-0{number}",
        )
    corpus.interview("hall/2022/3", "It stays open.", speaker="MAYOR LIND", date="2022-03-09")
    return corpus


def names(index_path: Path) -> set[tuple[str | None, str | None]]:
    with open_index(index_path) as index:
        hits = index.search(SearchRequest(query="in:answer", limit=100)).hits
        return {(hit.passage.speaker, hit.passage.speaker_id) for hit in hits}


def test_one_person_is_one_speaker_in_search_facets_and_pages(
    hall: CorpusFolder, open_corpus: OpenCorpus
) -> None:
    index = open_corpus()
    facets = index.search(SearchRequest(query="in:answer")).facets["speaker"]
    assert [(one.value, one.label, one.count) for one in facets] == [("ada-lind", "Ada Lind", 3)]
    entry = index.speaker("ada-lind")
    assert entry is not None
    assert {(form.form, form.reason) for form in entry.forms} == {
        ("Mayor Ada Lind", "the full name in the article"),
        ("MAYOR LIND", "the office and the surname"),
    }


def test_a_new_article_changes_who_is_meant_in_old_ones_which_are_not_read_again(
    hall: CorpusFolder, run: Run, index_path: Path
) -> None:
    hall.remove("hall/2022/1.md")
    hall.remove("hall/2022/2.md")
    run()
    assert names(index_path) == {("Mayor Lind", "mayor-lind")}
    hall.interview("hall/2022/4", "Open.", speaker="Mayor Ada Lind", date="2022-03-10")
    assert run().read == 1
    assert names(index_path) == {("Ada Lind", "ada-lind")}
    with open_index(index_path) as index:
        assert len(found_ids(index, "speaker:ada-lind in:answer")) == 2
        assert index.speaker("mayor-lind") is None


def test_crowds_are_shown_and_found_but_are_in_no_list_of_people(
    corpus: CorpusFolder, open_corpus: OpenCorpus
) -> None:
    corpus.interview("hall/2022/5", "Louder!", speaker="AUDIENCE MEMBER")
    index = open_corpus()
    (hit,) = index.search(SearchRequest(query="kind:unnamed louder")).hits
    assert (hit.passage.speaker, hit.passage.speaker_id) == ("Audience Member", None)
    assert not [one for one in index.speakers("") if "Audience" in one.name]


# --- In a corpus ---------------------------------------------------------------------------------


def said(name: str, **more: str) -> dict[str, str]:
    return {"speaker": name, "outlet": "The Lantern", **more}


def who(index: Index) -> dict[str, str | None]:
    return {one.article_id: one.speaker for one in index.every(SearchRequest())}


def test_a_corpus_of_one_article_has_the_people_whom_it_names(
    corpus: CorpusFolder, open_corpus: OpenCorpus
) -> None:
    corpus.interview("a", "A word.", **said("Ms. Velidze"))
    assert who(open_corpus()) == {"a": "Ms. Velidze"}


def test_who_changes_the_name_in_the_middle_of_the_corpus_keeps_what_is_printed_at_the_time(
    corpus: CorpusFolder, open_corpus: OpenCorpus
) -> None:
    for month in ("01", "02", "03"):
        full = said("Nara Velidze", date=f"2022-{month}")
        corpus.interview(f"a{month}", f"As of {month}.", **full)
        corpus.write(
            f"m{month}.md",
            f"---\ntitle: On {month}\ndate: 2022-{month}-05\noutlet: The Lantern\n---\n\n"
            f"Everybody in the port met Minister Nara Velidze on day {month} of the tide.\n",
        )
        married = said("Nara Velidze Arel", date=f"2023-{month}")
        corpus.interview(f"b{month}", f"Once more {month}.", **married)
    corpus.interview("c", "Minister.", **said("Minister Velidze", date="2022-02"))
    corpus.interview("d", "Minister again.", **said("Minister Velidze", date="2014-02"))
    found = who(open_corpus())
    assert (found["c"], found["a01"]) == ("Nara Velidze", "Nara Velidze")
    assert (found["b01"], found["d"]) == ("Nara Velidze Arel", "Minister Velidze")


def test_the_keeper_joins_the_names_before_and_after(
    corpus: CorpusFolder, open_corpus: OpenCorpus
) -> None:
    corpus.interview("a", "Before.", **said("Nara Velidze", date="2022"))
    corpus.interview("b", "After.", **said("Nara Arel", date="2023"))
    corpus.write("speakers.toml", '[[speaker]]\nname = "Nara Arel"\naliases = ["Nara Velidze"]\n')
    assert set(who(open_corpus()).values()) == {"Nara Arel"}


def test_father_and_son_are_shown_with_the_full_stop_that_is_printed(
    corpus: CorpusFolder, open_corpus: OpenCorpus
) -> None:
    text = "The port met Karl Arel Sr. on Monday, and Karl Arel Sr. was late.\n\nSo it was."
    front = "---\ntitle: {}\ndate: 2022-03\noutlet: The Lantern\n---\n\n"
    for name in ("one", "two"):
        corpus.write(f"{name}.md", f"{front.format(name)}{text} Number {name}.\n")
    corpus.interview("a", "A word.", **said("Mr. Arel", date="2022-03"))
    assert who(open_corpus())["a"] == "Karl Arel Sr."


def test_bodies_are_not_among_the_people_of_a_search(
    corpus: CorpusFolder, open_corpus: OpenCorpus, engine: str
) -> None:
    corpus.interview("a", "The tide is late.", **said("Ada Lind"))
    corpus.interview("b", "The tide is high.", **said("Grain Board"))
    index = open_corpus(engine=engine)
    assert index.speaker("grain-board")
    found = index.search(SearchRequest("tide"))
    assert [one.value for one in found.facets["speaker"]] == ["ada-lind"]
    assert found.facet_sizes["speaker"] == 1
    assert {one.value: one.count for one in found.facets["kind"]}["body"] == 1
