"""People found by their names: any spelling, script, accent, order and initial, and nobody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations, count
from pathlib import Path

import pytest
from anyascii import anyascii
from conftest import some_passage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.people.equal_names import ARMENIAN, FIRST_NAMES
from indexer.people.speakers import PrintedRole
from indexer.people.spellings import NEARLY, OWN_LETTERS, READINGS, sounds
from indexer.people.typed_names import typed_name
from indexer.records import Article
from indexer.storage.library import Library, LibraryWriter
from indexer.text.analysis import fold
from indexer.text.slugs import slug

Said = tuple[str, str, str | None, str | None]
"""A speaker's name, how it is printed, the printed role, and the date of the article."""

PEOPLE: list[Said] = [
    ("Aram Khzmalyan", "Khzmalyan", None, "2020-03-04"),
    ("Aram Khzmalyan", "Mr. Khzmalyan", "Minister of Trade", "2021-03-04"),
    ("Aram Khzmalyan", "Mr. Khzmalyan", None, None),
    ("Ivan Timofeev", "Mr. Timofeev", None, "2021"),
    ("Ivan Timofeev", "TIMOFEEV", None, "2021"),
    ("Petr Timofeev", "P. Timofeev", None, "2022"),
    ("Юрий Жданько", "Жданько", "президент", "2022"),
    ("Գոռ Ոսկանյան", "Ոսկանյան", None, "2022"),
    ("ნინო ქართველაშვილი", "ნინო", None, "2022"),
    ("Олег Гриценко", "Гриценко", None, "2022"),
    ("José Ibáñez-Núñez", "Señor Ibáñez", None, "2022"),
    ("John F. Marlowe", "J.F. Marlowe", None, "2022"),
    ("Sam Hesketh", "Sam Hesketh, adviser to Petr Arel", None, "2022"),
    ("Ada Arel", "ADA AREL", "Mayor of Parnala", "2022"),
    ("N. Velidze", "N. Velidze", None, "2022"),
    ("Mr. Brandt", "MR. BRANDT", None, "2022"),
]


def library_of(path: Path, said: list[Said], **more: str) -> Library:
    """Write a library with an article and a passage for each name."""
    with closing(LibraryWriter(path)) as writer:
        for number, (name, printed, role, date) in enumerate(said):
            article = Article(f"a/{number}", "On fog", (), published=date, outlet="The Lantern")
            fields = {
                "speaker": name,
                "speaker_id": slug(name),
                "as_printed": printed,
                "speaker_role": role,
                "published": date,
                "outlet": article.outlet,
                **more,
            }
            writer.articles.add(article, [some_passage(article.id, **fields)])
        writer.finish([], [], 0)
    return Library(path)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Open a library of invented people."""
    with closing(library_of(tmp_path / "library.sqlite", PEOPLE)) as opened:
        yield opened


def found(library: Library, typed: str) -> set[str]:
    names = library.speakers.names
    return {names[id_] for id_ in library.names.find(typed)}


@pytest.mark.parametrize(
    "typed",
    [
        "khzmalyan",
        "Khzmalian",
        "Хзмалян",
        "Խզմալյան",
        "Xzmalyan",
        "Mr. Khzmalian",
        "г-н Хзмалян",
        "Khzmalyan Aram",
        "Khzmalyan, Aram",
        "Арам Хзмалян",
        "A. Khzmalyan",
        "Khzmalyan A.",
        "А. Хзмалян",
        "A. B. Khzmalyan",
        "Minister Khzmalyan",
        "Minister Khzmalian",
    ],
)
def test_a_person_is_found_by_any_spelling_order_initial_or_address(
    library: Library, typed: str
) -> None:
    assert found(library, typed) == {"Aram Khzmalyan"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Zhdanko", "Юрий Жданько"),
        ("Yury Jdanko", "Юрий Жданько"),
        ("Yu. Zhdanko", "Юрий Жданько"),
        ("Ю. Жданько", "Юрий Жданько"),
        ("Voskanian", "Գոռ Ոսկանյան"),
        ("Gor Woskanjan", "Գոռ Ոսկանյան"),
        ("Kartvelashvili", "ნინო ქართველაშვილი"),
        ("Nino Kartwelaschwili", "ნინო ქართველაშვილი"),
        ("Hrytsenko", "Олег Гриценко"),
        ("Gritsenko", "Олег Гриценко"),
        ("ibanez", "José Ibáñez-Núñez"),
        ("Íbàñez Nuñez", "José Ibáñez-Núñez"),
        ("J F Marlowe", "John F. Marlowe"),
        ("J.F. Marlowe", "John F. Marlowe"),
        ("JF Marlowe", "John F. Marlowe"),
        ("J. Marlowe", "John F. Marlowe"),
        ("Marlow", None),
        ("J. R. Marlowe", None),
        ("R. Marlowe", None),
    ],
)
def test_names_of_every_script_are_found_in_latin_letters(
    library: Library, typed: str, name: str | None
) -> None:
    assert found(library, typed) == ({name} if name else set())


def test_two_people_of_one_surname_are_told_apart(library: Library) -> None:
    both = {"Ivan Timofeev", "Petr Timofeev"}
    for typed in ("timofeev", "Mr. Timofeev", "Тимофеев", "Timofejew", "Ms Timofeyev"):
        assert found(library, typed) == both
    for typed in ("Ivan Timofeev", "I. Timofeev", "Timofeev I.", "И. Тимофеев", "Иван Тимофеев"):
        assert found(library, typed) == {"Ivan Timofeev"}
    assert found(library, "P Timofeyeff") == {"Petr Timofeev"}
    assert found(library, "K. Timofeev") == set()


def test_who_is_spelt_just_so_is_meant_alone_and_the_others_are_suggested(tmp_path: Path) -> None:
    said: list[Said] = [(name, name, None, None) for name in ("T. Setyan", "Т. Сетян", "Ada Lind")]
    with closing(library_of(tmp_path / "library.sqlite", said)) as library:
        assert found(library, "Setyan") == {"T. Setyan"}
        assert found(library, "Sethian") == {"T. Setyan", "Т. Сетян"}
        assert library.names.similar("Setyan") == ["Т. Сетян"]
        assert library.names.similar("Sethian") == []


def test_an_equals_sign_turns_spellings_initials_and_offices_off(library: Library) -> None:
    assert found(library, "=Khzmalyan") == {"Aram Khzmalyan"}
    assert found(library, "=Khzmalyan Aram") == {"Aram Khzmalyan"}
    for typed in ("=Khzmalian", "=Хзмалян", "=A. Khzmalyan", "=Minister Khzmalyan", "="):
        assert found(library, typed) == set()
    assert library.names.similar("=Khzmalian") == ["Aram Khzmalyan"]


def test_a_label_that_names_two_is_no_name_of_the_other(library: Library) -> None:
    assert found(library, "Arel") == {"Ada Arel"}
    assert found(library, "adviser") == {"Sam Hesketh"}


def test_an_office_alone_is_no_name(library: Library) -> None:
    assert found(library, "Mayor Arel") == {"Ada Arel"}
    assert found(library, "mayor") == set()
    assert found(library, "Mayor Hesketh") == set()


def test_a_label_or_an_office_of_several_people_asks_which(tmp_path: Path) -> None:
    said: list[Said] = [
        ("Nara Velidze", "THE PRESIDENT", "president", "2024"),
        ("Otto Brandt", "THE PRESIDENT", "president", "2020"),
        ("Otto Brandt", "Mr. Brandt", None, "2021"),
        ("Ada Lind", "THE MAYOR", "mayor", "2021"),
        ("Bo Ekman", "Ekman", "deputy mayor", "2021"),
    ]
    with closing(library_of(tmp_path / "library.sqlite", said)) as library:
        for typed in ("the president", "President", "The President"):
            assert found(library, typed) == set()
            assert library.names.holders(typed) == [("Otto Brandt", 2), ("Nara Velidze", 1)]
        assert found(library, "the mayor") == {"Ada Lind"}
        assert library.names.holders("the mayor") == library.names.holders("Brandt") == []
        assert library.names.holders("deputy mayor") == [("Bo Ekman", 1)]
        assert library.names.holders("") == []


def test_names_are_found_by_their_forms_in_neighbouring_languages(tmp_path: Path) -> None:
    names = ("Volodymyr Kovalenko", "Igor Sidorenko", "Petros Hakobyan", "Ihor Bondar")
    said: list[Said] = [(name, name, None, None) for name in names]
    with closing(library_of(tmp_path / "library.sqlite", said)) as library:
        assert found(library, "Vladimir Kovalenko") == {"Volodymyr Kovalenko"}
        assert found(library, "Ihor Sidorenko") == {"Igor Sidorenko"}
        assert found(library, "Ігор Бондар") == {"Ihor Bondar"}
        assert found(library, "Bedros Hagopian") == {"Petros Hakobyan"}
        assert found(library, "Бедрос Акопян") == {"Petros Hakobyan"}
        assert found(library, "=Bedros Hagopian") == set()


@pytest.mark.parametrize(
    "typed", ["", " ", "?", "=", ".", "Mr.", "й", "J. F.", "习", "1", "\0", "'"]
)
def test_what_names_nobody_finds_nobody(library: Library, typed: str) -> None:
    assert library.names.find(typed) == frozenset()
    assert library.names.similar(typed) == []


def test_an_id_finds_its_speaker_even_if_it_is_no_name(tmp_path: Path) -> None:
    said: list[Said] = [("Otto Brandt", "Brandt", None, None)]
    with closing(library_of(tmp_path / "l.sqlite", said, speaker_id="keeper")) as library:
        assert library.names.find("keeper") == library.names.find("Brandt") == {"keeper"}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Khzmalin", ["Aram Khzmalyan"]),
        ("Хзмаляк", ["Aram Khzmalyan"]),
        ("Ivan Timofiv", ["Ivan Timofeev"]),
        ("Timfoeev", ["Ivan Timofeev", "Petr Timofeev"]),
        ("Nara Velidze", ["N. Velidze"]),
        ("Otto Brandt", ["Mr. Brandt"]),
        ("Ada Maria Arel", ["Ada Arel"]),
        ("Ada Hesketh", []),
        ("Tomas Arel", []),
        ("Lin", []),
    ],
)
def test_what_is_nearly_a_name_is_suggested_and_not_taken_for_it(
    library: Library, typed: str, names: list[str]
) -> None:
    assert library.names.similar(typed) == names
    assert library.names.find(typed) == frozenset()


def test_a_name_that_is_found_needs_no_suggestion(library: Library) -> None:
    assert library.names.similar("Khzmalian") == []
    assert library.names.similar("Timofeev", limit=1) == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("khz", ["Aram Khzmalyan"]),
        ("хзм", ["Aram Khzmalyan"]),
        ("zhd", ["Юрий Жданько"]),
        ("жда", ["Юрий Жданько"]),
        ("IBÁ", ["José Ibáñez-Núñez"]),
        ("nun", ["José Ibáñez-Núñez"]),
        ("timof", ["Ivan Timofeev", "Petr Timofeev"]),
        ("Mr. timof", ["Ivan Timofeev", "Petr Timofeev"]),
        ("p timof", ["Petr Timofeev"]),
        ("timofeev p", ["Petr Timofeev"]),
        ("a", ["Aram Khzmalyan", "Ada Arel"]),
        ("kart", ["ნინო ქართველაშვილი"]),
        ("minister", []),
        ("wub", []),
        ("", []),
        ("%", []),
    ],
)
def test_a_name_is_completed_from_any_of_its_words_most_quoted_first(
    library: Library, typed: str, names: list[str]
) -> None:
    assert [name for name, _ in library.names.complete(typed, 8)] == names


def test_a_completion_tells_how_many_passages_there_are_and_keeps_its_limit(
    library: Library,
) -> None:
    assert library.names.complete("a", 1) == [("Aram Khzmalyan", 3)]


def test_speakers_are_listed_by_passages_in_pages_and_by_a_prefix(library: Library) -> None:
    everybody = library.speakers.entries(library.speakers.most_quoted())
    assert [entry.passages for entry in everybody][:3] == [3, 2, 1]
    assert len(everybody) == len(library.speakers.names)
    assert library.speakers.most_quoted(2, 1) == [entry.id for entry in everybody[1:3]]
    assert library.names.starting_with("tim", 1, 1) == ["petr-timofeev"]
    assert library.names.starting_with("тим", 100) == ["ivan-timofeev", "petr-timofeev"]
    assert library.names.starting_with("?", 100) == []


def test_an_entry_tells_printed_forms_roles_outlets_and_dates(library: Library) -> None:
    entry = library.speakers.entry("aram-khzmalyan")
    assert entry is not None
    assert (entry.name, entry.passages, entry.articles) == ("Aram Khzmalyan", 3, 3)
    assert (entry.first, entry.last) == ("2020-03-04", "2021-03-04")
    assert entry.printed == ("Mr. Khzmalyan", "Khzmalyan")
    assert entry.roles == (PrintedRole("Minister of Trade", 1, "2021-03-04", "2021-03-04"),)
    assert entry.outlets == ("The Lantern",)
    assert library.speakers.entry("nobody") is None


def test_a_typed_name_is_parted_into_words_and_initials() -> None:
    assert typed_name("Prof. Dr. V.V. Arel").initials == ("v", "v")
    assert typed_name("Yu. Arel").initials == ("yu",)
    assert typed_name("M. Arel").initials == ("m",)
    assert typed_name("JF Arel").initials == ("j", "f")
    assert typed_name("LI AREL").initials == ()
    assert typed_name("Li Arel").initials == ()
    assert typed_name("X.").full == ("x",)


# --- Spellings -----------------------------------------------------------------------------------

SPELLINGS = """
Khzmalyan Khzmalian Xzmalyan Хзмалян Խզմալյան
Timofeev Timofeyev Timofejew Timofeiev Timofeeff Тимофеев
Zelensky Zelenskyy Zelenskiy Selenskyj Zelenskyj Zelenski Зеленский Зеленський Zełenski
Saakashvili Saakaschwili Saakachvili Саакашвили სააკაშვილი Saakaşvili
Pashinyan Pashinian Paschinjan Pachinian Пашинян Փաշինյան Paşinyan Pašinjan
Gorbachev Gorbachov Gorbatschow Gorbatchev Горбачёв Gorbaczow Gorbačov
Khrushchev Chruschtschow Khrouchtchev Хрущёв Хрущев
Yeltsin Jelzin Eltsine Ельцин Єльцин Eltsin
Zhukov Joukov Schukow Жуков Žukov
Tsereteli Zereteli წერეთელი Церетели
Shevchenko Chevtchenko Schewtschenko Шевченко
Zakharova Sacharowa Захарова Zaharova
Khachaturian Khachaturyan Chatschaturjan Хачатурян Խաչատուրյան Xachaturyan
Shchedrin Schtschedrin Щедрин Chtchedrine
Kuznetsov Kusnezow Kuznecov Кузнецов
Sargsyan Sarkissian Sargsian Սարգսյան Саргсян
Sergey Sergei Sergej Serguei Сергей
Mikhail Michail Mihail Михаил
Tatyana Tatiana Tatjana Татьяна
Solovyov Soloviov Solowjow Соловьёв
""".strip().splitlines()


@pytest.mark.parametrize("line", SPELLINGS, ids=lambda line: line.split()[0])
def test_the_usual_spellings_of_a_name_share_a_sound(line: str) -> None:
    apart = [pair for pair in combinations(line.split(), 2) if not share_a_sound(*pair)]
    assert apart == []


@pytest.mark.parametrize("row", [*OWN_LETTERS, *READINGS, *NEARLY], ids=lambda row: row[0])
def test_every_row_of_spellings_makes_its_two_examples_one(row: tuple[str, ...]) -> None:
    pattern, _, one, other = row
    assert share_a_sound(one, other)
    assert re.search(pattern, one.casefold()) or re.search(pattern, other.casefold())


@pytest.mark.parametrize("row", [*FIRST_NAMES, *ARMENIAN], ids=lambda row: row[0])
def test_every_row_of_equal_names_makes_its_two_spellings_one(row: tuple[str, str]) -> None:
    assert share_a_sound(*row)


def test_surnames_of_western_armenians_share_a_sound_with_those_of_armenia() -> None:
    for one, other in (
        ("Bedrossian", "Petrosyan"),
        ("Der-Bedrosian", "Ter-Petrosyan"),
        ("Hagopian", "Հակոբյան"),
        ("Krikorian", "Григорян"),
        ("Khatchadourian", "Khachaturyan"),
    ):
        assert share_a_sound(one, other), one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Igor", "Egor"),
        ("Petrov", "Bedrov"),
        ("Pavlov", "Pavelov"),
        ("Volodin", "Vladin"),
        ("Sarkozy", "Sargozy"),
        ("Chen", "Shen"),
        ("Marin", "Martin"),
        ("Timofeev", "Timonov"),
        ("Sahakyan", "Saakyan"),
        ("Petrosyan", "Petrosov"),
        ("Maria", "Marie"),
        ("Zarkov", "Zharkov"),
    ],
)
def test_different_names_share_no_sound(one: str, other: str) -> None:
    assert not share_a_sound(one, other)


def test_a_word_made_to_have_many_sounds_has_few() -> None:
    assert len(sounds("jqxckschtschjgueidsejczrzj" * 20)) < 100


def share_a_sound(one: str, other: str) -> bool:
    return not sounds(one).isdisjoint(sounds(other))


# --- Everybody is found --------------------------------------------------------------------------

SCRIPTS = (
    "abcdefghijklmnopqrstuvwxyzáčéžłøüñşç",
    "абвгдеёжзийклмнопрстуфхцчшщыэюя",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщюя",
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցուփքօֆ",
)


@st.composite
def full_names(draw: st.DrawFn) -> str:
    """Draw a name of two or three words, in letters of one script."""
    word = st.text(st.sampled_from(draw(st.sampled_from(SCRIPTS))), min_size=3, max_size=9)
    return " ".join(draw(st.lists(word, min_size=2, max_size=3))).title()


def without_accents(name: str) -> str:
    """``й`` is a letter, and none with an accent."""
    return "".join(c if c in "йЙ" else unicodedata.normalize("NFD", c)[0] for c in name)


def in_latin_letters(name: str) -> str:
    return anyascii(name.replace("ու", "u").replace("Ու", "U"))


NUMBERS = count()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(full_names(), st.booleans()), min_size=1, max_size=8))
def test_everybody_is_found_by_every_form_of_their_name(
    tmp_path: Path, people: list[tuple[str, bool]]
) -> None:
    said: list[Said] = [
        (name, name.split()[-1] if is_short else name.upper(), None, None)
        for name, is_short in people
    ]
    with closing(library_of(tmp_path / f"{next(NUMBERS)}.sqlite", said)) as library:
        for name, printed, *_ in said:
            own = slug(name)
            turned = " ".join(reversed(name.split()))
            for typed in (name, printed, turned, fold(name), f"={name}", f"Mr. {name}"):
                assert own in library.names.find(typed), typed
            for typed in (without_accents(name), in_latin_letters(name), in_latin_letters(turned)):
                # Somebody else may be called just so; then this is a suggestion.
                suggested = library.names.similar(typed, limit=99)
                shown = library.speakers.names[own]
                assert own in library.names.find(typed) or shown in suggested, typed
