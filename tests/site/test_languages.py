"""Translations of the pages: catalogues that fit the sentences, and the choice of a language."""

from __future__ import annotations

import re
import tomllib
import warnings
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from addresses import ADDRESSES
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from conftest import one, words
from flask.testing import FlaskClient

from search_app import create_app
from search_app.wording.counts import number
from search_app.wording.dates import date
from search_app.wording.languages import CATALOGUES, gettext, ngettext

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
PLACEHOLDERS = re.compile(r"%(?:\(\w+\)s|%)|</?\w+>|`[^`]*`")


@cache
def sentences() -> set[str | tuple[str, ...]]:
    """All sentences for readers, found as `make translations` finds them."""
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
    """Messages of a catalogue that are translated, and checked if they were guessed."""
    return [
        message
        for message in catalogue(code)
        if message.id and all(forms(message.string)) and not message.fuzzy
    ]


def untranslated(code: str) -> set[str | tuple[str, ...]]:
    """Sentences that readers of a language see in English."""
    return sentences() - {message.id for message in translated(code)}


@pytest.fixture(scope="module", autouse=True)
def warn_of_untranslated_sentences() -> None:
    """List them in the summary, so that a change may land before it is translated."""
    for code in CODES:
        if missing := untranslated(code):
            listed = "".join(f"\n  {forms(sentence)[0]}" for sentence in sorted(missing, key=str))
            warnings.warn(
                f"{code}.po lacks translations (run `make translations`, then edit it):{listed}",
                stacklevel=1,
            )


def test_all_languages_of_the_pages_are_there() -> None:
    assert {"de", "es", "fr", "hy", "ru", "uk"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_without_a_translation_is_shown_in_english(
    client: FlaskClient, code: str
) -> None:
    with client.application.test_request_context(headers={"Accept-Language": code}):
        assert gettext("Not translated: %(name)s.", name="A") == "Not translated: A."
        assert ngettext("%(count)s fog", "%(count)s fogs", 2, count=2) == "2 fogs"
        assert gettext("Speakers") != "Speakers"


@pytest.mark.parametrize("code", CODES)
def test_translations_have_the_placeholders_and_tags_of_their_sentences(code: str) -> None:
    def parts(text: str) -> Counter[str]:
        return Counter(PLACEHOLDERS.findall(text))

    wrong = [
        (message.id, form)
        for message in translated(code)
        for form in forms(message.string)
        if parts(form) != parts(forms(message.id)[-1])
    ]
    assert wrong == []


# --- Readers -------------------------------------------------------------------------------------


def page_in(client: FlaskClient, accepted: str, address: str = "/") -> BeautifulSoup:
    answer = client.get(address, headers={"Accept-Language": accepted})
    return BeautifulSoup(answer.text, "lxml")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ru", "ru"),
        ("ru-RU,ru;q=0.9,en;q=0.5", "ru"),
        ("hy-AM", "hy"),
        ("uk-UA,ru;q=0.4", "uk"),
        ("be,ru;q=0.4", "ru"),
        ("de-AT", "de"),
        ("fr-CA,en;q=0.5", "fr"),
        ("es-419", "es"),
        ("pl", "en"),
        ("ru;q=0", "en"),
        ("en-US,ru;q=0.9", "en"),
        ("", "en"),
        ("*", "en"),
        ("no language; at all", "en"),
    ],
)
def test_a_page_is_in_the_best_language_that_the_browser_accepts(
    client: FlaskClient, accepted: str, language: str
) -> None:
    assert one(page_in(client, accepted), "html")["lang"] == language


def test_a_reader_chooses_a_language_that_is_offered_under_its_own_name(
    client: FlaskClient,
) -> None:
    offered = {
        str(button["value"]): words(button)
        for button in page_in(client, "en").select("button[name=language]")
    }
    assert offered == {
        "en": "English",
        "de": "Deutsch",
        "es": "Español",
        "fr": "Français",
        "hy": "Հայերեն",
        "ru": "Русский",
        "uk": "Українська",
    }
    client.post("/preferences", data={"language": "hy"})
    assert one(page_in(client, "en"), "html")["lang"] == "hy"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Said in 1 passage by 1 person, in 1 article"),
        ("ru", "Сказано в 1 отрывке (говорит 1 человек), в 1 статье"),
        ("hy", "Ասվել է 1 հատվածում (խոսում է 1 մարդ), 1 հոդվածում"),
        ("de", "Gesagt an 1 Stelle von 1 Person, in 1 Artikel"),
        ("fr", "Dit dans 1 passage par 1 personne, dans 1 article"),
        ("es", "Dicho en 1 pasaje por 1 persona, en 1 artículo"),
        ("uk", "Сказано в 1 уривку (говорить 1 людина), в 1 статті"),
    ],
)
def test_nouns_take_the_form_that_their_number_asks_for(
    client: FlaskClient, language: str, expected: str
) -> None:
    count = words(one(page_in(client, language, "/search?q=ferryman"), ".count h1"))
    assert count.replace(" ,", ",") == expected.replace(" ,", ",")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["0 Stellen", "1 Stelle", "2 Stellen", "5 Stellen", "21 Stellen"]),
        ("fr", ["0 passage", "1 passage", "2 passages", "5 passages", "21 passages"]),
        ("es", ["0 pasajes", "1 pasaje", "2 pasajes", "5 pasajes", "21 pasajes"]),
        ("uk", ["0 уривків", "1 уривок", "2 уривки", "5 уривків", "21 уривок"]),
    ],
)
def test_each_language_has_its_own_plural_forms(
    client: FlaskClient, language: str, expected: list[str]
) -> None:
    with client.application.test_request_context(headers={"Accept-Language": language}):
        shown = [
            ngettext("%(count)s passage", "%(count)s passages", count, count=count)
            for count in (0, 1, 2, 5, 21)
        ]
    assert shown == expected


@pytest.mark.parametrize(
    ("language", "expected_dates", "expected_number"),
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
    client: FlaskClient, language: str, expected_dates: list[str], expected_number: str
) -> None:
    with client.application.test_request_context(headers={"Accept-Language": language}):
        dates = [date(published) for published in ("2025-05-03T11:55", "2023-06", "2021", None)]
        number_here = number(12345)
    # CLDR writes spaces that break no line.
    assert [re.sub(r"\s", " ", text) for text in dates] == expected_dates
    assert re.sub(r"\s", " ", number_here) == expected_number


def test_messages_of_the_index_are_translated_too(client: FlaskClient) -> None:
    notice = one(page_in(client, "ru", "/search?q=colour:red"), ".notice")
    assert words(notice).startswith("Поля «colour» нет")
    refused = page_in(client, "hy", "/search?from=2020-02-31")
    assert "2020-02-31 ամսաթիվ չկա" in words(one(refused, ".lead"))


def test_without_an_index_the_page_says_so_in_the_language_of_the_reader(tmp_path: Path) -> None:
    client = create_app(tmp_path / "none").test_client()
    assert "ещё нет индекса" in words(one(page_in(client, "ru"), "main"))


def test_programs_are_always_answered_in_english(client: FlaskClient) -> None:
    for address in ("/search.json?q=colour:red", "/api/v1/search?from=x", "/api/nowhere"):
        headers = {"Accept-Language": "ru"}
        client.set_cookie("language", "hy")
        assert not re.search("[а-яա-ֆ]", client.get(address, headers=headers).text), address


@pytest.mark.parametrize("code", CODES)
def test_no_page_shows_in_english_what_is_translated(client: FlaskClient, code: str) -> None:
    english = {
        form
        for sentence in sentences() - untranslated(code)
        for form in forms(sentence)
        if "%" not in form
    }
    # Some words are the same in both languages, such as "Filter" in German.
    english -= {form for message in translated(code) for form in forms(message.string)}
    for address in ADDRESSES:
        page = page_in(client, code, address)
        for part in page.select("[lang=en]"):
            part.decompose()
        shown = {" ".join(text.split()) for text in page.find_all(string=True)}
        shown |= {str(tag["aria-label"]) for tag in page.select("[aria-label]")}
        assert shown & english == set(), address
