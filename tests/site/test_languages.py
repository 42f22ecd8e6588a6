"""The pages in other languages: catalogues that are whole, and readers who are understood."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from conftest import one, words
from flask.testing import FlaskClient

from search_app import create_app
from search_app.wording.counts import number
from search_app.wording.dates import date
from search_app.wording.languages import CATALOGUES

ROOT = Path(__file__).parents[2]
CODES = sorted(path.stem for path in CATALOGUES.glob("*.po"))
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "counted": (1, 2),
    "Message": None,
}
_FILLED = re.compile(r"%(?:\(\w+\)s|%)|</?\w+>|`[^`]*`")


def sentences() -> set[str | tuple[str, ...]]:
    """All that the program says to readers, found as `make translations` finds it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    mappings = [(one["pattern"], one["method"]) for one in project["tool"]["babel"]["mappings"]]
    return {
        message
        for folder in ("indexer", "search_app")
        for _, _, message, _, _ in extract_from_dir(
            ROOT / folder, method_map=mappings, keywords=KEYWORDS
        )
    }


def catalogue(code: str) -> Catalog:
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def translated(code: str) -> list[Message]:
    return [message for message in catalogue(code) if message.id]


def test_russian_and_armenian_are_there() -> None:
    assert {"hy", "ru"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_catalogue_has_every_sentence_and_no_other(code: str) -> None:
    assert {message.id for message in translated(code)} == sentences(), "run `make translations`"


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_translated_and_checked(code: str) -> None:
    assert [message.id for message in translated(code) if not all(forms(message.string))] == []
    assert [message.id for message in translated(code) if message.fuzzy] == []


@pytest.mark.parametrize("code", CODES)
def test_what_is_filled_in_and_marked_up_is_the_same_in_every_translation(code: str) -> None:
    def parts(text: str) -> Counter[str]:
        return Counter(_FILLED.findall(text))

    wrong = [
        (message.id, form)
        for message in translated(code)
        for form in forms(message.string)
        if parts(form) != parts(forms(message.id)[-1])
    ]
    assert wrong == []


# --- Readers -------------------------------------------------------------------------------------


def asked_in(client: FlaskClient, language: str, address: str = "/") -> BeautifulSoup:
    answer = client.get(address, headers={"Accept-Language": language})
    return BeautifulSoup(answer.text, "lxml")


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("ru", "ru"),
        ("ru-RU,ru;q=0.9,en;q=0.5", "ru"),
        ("hy-AM", "hy"),
        ("uk,ru;q=0.4", "ru"),
        ("fr", "en"),
        ("ru;q=0", "en"),
        ("en-US,ru;q=0.9", "en"),
        ("", "en"),
        ("*", "en"),
        ("no language; at all", "en"),
    ],
)
def test_a_page_is_in_the_best_of_the_languages_that_a_browser_asks_for(
    client: FlaskClient, wish: str, language: str
) -> None:
    assert one(asked_in(client, wish), "html")["lang"] == language


def test_a_reader_chooses_a_language_that_is_offered_under_its_own_name(
    client: FlaskClient,
) -> None:
    offered = {
        str(button["value"]): words(button)
        for button in asked_in(client, "en").select("button[name=language]")
    }
    assert offered == {"en": "English", "hy": "Հայերեն", "ru": "Русский"}
    client.post("/preferences", data={"language": "hy"})
    assert one(asked_in(client, "en"), "html")["lang"] == "hy"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "1 passage in 1 article, by 1 speaker"),
        ("ru", "1 отрывок в 1 статье , говорит 1 человек"),
        ("hy", "1 հատված 1 հոդվածում , խոսում է 1 մարդ"),
    ],
)
def test_numbers_stand_in_their_own_sentences(
    client: FlaskClient, language: str, told: str
) -> None:
    count = words(one(asked_in(client, language, "/search?q=ferryman"), ".count h1"))
    assert count.replace(" ,", ",") == told.replace(" ,", ",")


@pytest.mark.parametrize(
    ("language", "written", "twelve_thousand"),
    [
        ("en", ["3 May 2025, 11:55", "June 2023", "2021", "date unknown"], "12,345"),
        ("ru", ["3 мая 2025 г., 11:55", "июнь 2023 г.", "2021", "дата неизвестна"], "12 345"),
        (
            "hy",
            ["03 մայիսի, 2025 թ., 11:55", "2023 թ․ հունիս", "2021", "ամսաթիվն անհայտ է"],
            "12 345",
        ),
    ],
)
def test_dates_and_numbers_are_written_as_the_language_writes_them(
    client: FlaskClient, language: str, written: list[str], twelve_thousand: str
) -> None:
    with client.application.test_request_context(headers={"Accept-Language": language}):
        dates = [date(published) for published in ("2025-05-03T11:55", "2023-06", "2021", None)]
        number_here = number(12345)
    # CLDR writes spaces that break no line.
    assert [re.sub(r"\s", " ", text) for text in dates] == written
    assert re.sub(r"\s", " ", number_here) == twelve_thousand


def test_what_the_index_has_to_say_is_translated_too(client: FlaskClient) -> None:
    notice = one(asked_in(client, "ru", "/search?q=colour:red"), ".notice")
    assert words(notice).startswith("Поля «colour» нет")
    refused = asked_in(client, "hy", "/search?from=2020-02-31")
    assert "2020-02-31 ամսաթիվ չկա" in words(one(refused, ".lead"))


def test_without_an_index_the_page_says_so_in_the_language_of_the_reader(tmp_path: Path) -> None:
    client = create_app(tmp_path / "none").test_client()
    assert "ещё нет индекса" in words(one(asked_in(client, "ru"), "main"))


def test_programs_are_answered_in_english_whoever_asks(client: FlaskClient) -> None:
    for address in ("/search.json?q=colour:red", "/api/v1/search?from=x", "/api/nowhere"):
        wish = {"Accept-Language": "ru"}
        client.set_cookie("language", "hy")
        assert not re.search("[а-яա-ֆ]", client.get(address, headers=wish).text), address


ADDRESSES = (
    *("/", "/search", "/search?q=postcrad", "/search?q=nowhere&from=2019&speaker=ada-lind"),
    *("/search?page=99", "/articles/the-lantern/2025/lind-on-promises?q=promise"),
    *("/articles/odd/markup", "/passages/the-lantern/2025/lind-on-promises%231"),
    *("/speakers", "/speakers/ada-lind", "/help", "/nowhere"),
)


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_of_ours_is_left_in_english(client: FlaskClient, code: str) -> None:
    english = {form for sentence in sentences() for form in forms(sentence) if "%" not in form}
    for address in ADDRESSES:
        page = asked_in(client, code, address)
        told = {" ".join(text.split()) for text in page.find_all(string=True)}
        told |= {str(tag["aria-label"]) for tag in page.select("[aria-label]")}
        assert told & english == set(), address
