"""The list of speakers, and the page of each."""

from __future__ import annotations

import pytest
from conftest import CorpusFolder, ServeCorpus, one, page, to, words
from flask import Flask
from flask.testing import FlaskClient

SPEAKERS = """
[[speaker]]
name = "Nara Velidze"
aliases = ["Нара Велидзе", "N. Velidze"]
same_as = ["https://people.example/velidze"]
"""


@pytest.fixture
def people(corpus: CorpusFolder, serve_corpus: ServeCorpus) -> FlaskClient:
    """App over three speakers. One has two names and often speaks of ferries."""
    corpus.write("speakers.toml", SPEAKERS)
    ferries = [f"The ferry of day {day} was late, as ferries are." for day in range(8)]
    corpus.interview("a", *ferries, speaker="Nara Velidze", date="2019-03-01", outlet="The Lantern")
    corpus.interview(
        "b", "Паром опоздал и в этот раз.", speaker="Нара Велидзе", date="2022", outlet="Маяк"
    )
    corpus.write(
        "c.md",
        "---\ntitle: Two of them\ndate: 2024-06\noutlet: The Lantern\n---\n\n"
        "**What of the bridge?**\n\n**Nara Velidze:** The bridge stands.\n\n"
        "**And of the grain?**\n\n**Tomas Arel:** The grain grows, and the bridge stands.\n\n"
        "**And then?**\n\n**Nara Velidze:** Then it is winter.\n\n"
        "**And after it?**\n\n**Tomas Arel:** After it, mud.\n",
    )
    corpus.interview(
        "d", *(f"Grain is grain, said {day} times." for day in range(4)), speaker="Zoë Bell"
    )
    return serve_corpus()


def test_the_page_of_a_person_links_to_the_pages_that_the_keeper_lists(people: FlaskClient) -> None:
    link = one(page(people, "/speakers/nara-velidze"), "[itemtype$=Person] [itemprop=sameAs]")
    assert (words(link), link["href"]) == (
        "people.example/velidze",
        "https://people.example/velidze",
    )
    told = people.get("/api/v1/speakers/nara-velidze").get_json()
    assert told["same_as"] == ["https://people.example/velidze"]


# --- Everybody -----------------------------------------------------------------------------------


def names(client: FlaskClient, address: str) -> list[str]:
    return [words(link) for link in page(client, address).select("#people .place")]


def test_the_most_quoted_speakers_come_first(people: FlaskClient) -> None:
    assert names(people, "/speakers") == ["Nara Velidze", "Zoë Bell", "Tomas Arel"]


def test_a_speaker_is_listed_with_counts_and_the_first_and_last_date(people: FlaskClient) -> None:
    row = words(page(people, "/speakers").select("tbody tr")[0])
    assert row.startswith("Nara Velidze 11")
    assert row.endswith("3 1 March 2019 June 2024")


def test_letters_link_to_the_family_names_that_begin_with_them(people: FlaskClient) -> None:
    letters = one(page(people, "/speakers"), ".letters")
    assert words(letters) == "most quoted A B V"
    assert names(people, to(letters, "V")) == ["Nara Velidze"]
    assert words(one(page(people, to(letters, "V")), "[aria-current=page]")) == "V"


@pytest.mark.parametrize("typed", ["vel", "нара", "Велидзе", "velidze nara"])
def test_a_part_of_a_name_in_any_spelling_filters_the_list(people: FlaskClient, typed: str) -> None:
    assert names(people, f"/speakers?q={typed}") == ["Nara Velidze"]


def test_a_name_without_a_speaker_is_reported(people: FlaskClient) -> None:
    assert "no speaker" in words(one(page(people, "/speakers?q=xyzzy"), "#people"))


@pytest.mark.slow
def test_a_long_list_has_pages(corpus: CorpusFolder, serve_corpus: ServeCorpus) -> None:
    for first in "bdfglmnprt":
        for second in "aeou":
            for end in ("lin", "rand", "mott"):
                name = f"Ada {first}{second}{end}".title()
                corpus.interview(f"{first}{second}{end}", f"Fog {first}.", speaker=name)
    client = serve_corpus()
    seen, address = [], "/speakers"
    while address:
        listed = page(client, address)
        seen += [words(link) for link in listed.select("#people .place")]
        ahead = listed.select("[rel=next]")
        address = str(ahead[0]["href"]) if ahead else ""
    assert len(seen) == len(set(seen)) == 120


# --- One of them ---------------------------------------------------------------------------------


def test_a_speaker_page_has_counts_dates_and_outlets(people: FlaskClient) -> None:
    speaker = page(people, "/speakers/nara-velidze")
    assert words(one(speaker, "h1")) == "Nara Velidze"
    assert words(one(speaker, ".span")) == "11 passages in 3 articles, 1 March 2019 to June 2024"
    outlets = words(one(speaker, ".aside section"))
    assert outlets == "Outlets The Lantern 10 Маяк 1"
    assert len(speaker.select(".timeline a")) == 3
    assert to(one(speaker, ".aside"), "Atom") == "/search.atom?speaker=nara-velidze"


def test_other_printed_names_are_shown(people: FlaskClient) -> None:
    forms = page(people, "/speakers/nara-velidze").select(".forms .form")
    assert [words(one(form, "b")) for form in forms] == ["Nara Velidze", "Нара Велидзе"]
    assert "1 passage listed by the keeper" in words(forms[1])


def test_the_newest_passages_come_first(people: FlaskClient) -> None:
    newest = page(people, "/speakers/nara-velidze").select(".hit > .words")
    assert words(newest[0]) == "The bridge stands."


def test_distinctive_words_link_to_their_passages(people: FlaskClient) -> None:
    speaker = page(people, "/speakers/nara-velidze")
    distinctive = one(speaker, ".distinctive")
    assert "log-odds" in words(distinctive)
    results = page(people, to(distinctive, "late"))
    assert {words(name) for name in results.select(".hit h2")} == {"Nara Velidze"}
    assert words(one(results, ".hit mark")) == "late"


def test_two_speakers_of_an_article_can_be_compared(people: FlaskClient) -> None:
    both = page(people, to(one(page(people, "/speakers/tomas-arel"), ".aside"), "Nara Velidze"))
    assert [words(chip) for chip in both.select(".chips bdi")] == ["Tomas Arel", "Nara Velidze"]
    assert words(one(both, ".count b")) == "13 passages"


def test_the_search_box_of_a_speaker_page_searches_that_speaker(people: FlaskClient) -> None:
    form = one(page(people, "/speakers/nara-velidze"), ".top form")
    hidden_fields = {
        str(field["name"]): str(field["value"]) for field in form.select("[type=hidden]")
    }
    results = page(people, f"/search?q=bridge&speaker={hidden_fields['speaker']}")
    assert words(one(results, ".count b")) == "Said in 1 passage"


def test_the_id_of_an_alias_redirects_to_the_speaker(people: FlaskClient) -> None:
    answer = people.get("/speakers/n-velidze")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/speakers/nara-velidze")


def test_an_unknown_speaker_is_not_found(client: FlaskClient) -> None:
    assert "no speaker" in words(one(page(client, "/speakers/nobody-at-all", 404), "main"))


def test_roles_are_listed_with_their_years_newest_first(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    for year, role in (("2018", "minister of fog"), ("2024", "minister of ferries")):
        corpus.write(
            f"{year}.md",
            f"---\ntitle: News of {year}\ndate: {year}\n---\n\n"
            f"“The tide of {year} waits for nobody,” said Ada Lind, {role}.",
        )
    speaker = page(serve_corpus(), "/speakers/ada-lind")
    assert words(one(speaker, ".roles")) == "2024 minister of ferries 2018 minister of fog"


def test_a_speaker_page_works_on_the_articles_of_the_site(app: Flask) -> None:
    assert page(app.test_client(), "/speakers/ada-lind").select(".hit")
