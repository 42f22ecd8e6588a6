"""Exported passages: any text, speakers, dates, and the feed."""

from __future__ import annotations

import doctest
import json
import re
from xml.etree import ElementTree

import bibtexparser
import feedparser
import pytest
import rispy
from conftest import path_of
from export_readers import ATOM, READERS, passage, read_atom, read_csv, read_jsonl, rendered
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer import split_name
from search_app.exports import characters, citation
from search_app.exports.formats import RENDERERS

FORMATS = sorted(RENDERERS)

NASTY = (
    *("}", "{", "\\", "@article{x,", "%", "$&#_", "~^", '"', ",", ";"),
    *("\r\nTY  - JOUR", "\nER  - ", "\n\n", "\r", "\t", "\u2028", "\x85", "\xa0"),
    *("=1+1", "+1", "-1", "@x", "]]>", "&amp;", "<b>", "\x00", "\x0b", "\x1b", "\ufffe", "Ծ"),
)
letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
texts = st.lists(st.sampled_from(NASTY) | letters, max_size=6).map("".join)
names = texts.filter(lambda text: characters.one_line(text) != "")


@given(text=texts, title=names, speaker=st.none() | names, question=st.none() | texts)
def test_csv_is_read_back_unchanged_and_has_no_formulas(
    text: str, title: str, speaker: str | None, question: str | None
) -> None:
    quoted = passage(text=text, title=title, speaker=speaker, question=question)
    (row,) = read_csv(rendered("csv", quoted))
    for column, value in {"text": text, "title": title, "question": question or ""}.items():
        assert row[column].removeprefix("'") == characters.printable(value).removeprefix("'")
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row.values())
    assert not any(cell.startswith(("\t", "\r", "\n")) for cell in row.values())


@given(text=texts, title=names, speaker=st.none() | names)
def test_json_lines_are_read_back_unchanged(text: str, title: str, speaker: str | None) -> None:
    (line,) = read_jsonl(rendered("jsonl", passage(text=text, title=title, speaker=speaker)))
    assert (line["text"], line["title"], line["speaker"]) == (text, title, speaker or "")


@pytest.mark.parametrize("suffix", ["bib", "ris"])
@given(text=texts, title=names, author=st.none() | names, outlet=st.none() | names)
def test_reference_managers_read_what_was_written(
    suffix: str, text: str, title: str, author: str | None, outlet: str | None
) -> None:
    quoted = passage(text=text, title=title, author=author, outlet=outlet)
    (entry,) = READERS[suffix](rendered(suffix, quoted))
    assert entry["text"] == characters.one_line(text)
    assert entry["title"] == characters.one_line(title)
    assert not entry["author"] or author


@given(text=texts, title=names, speaker=st.none() | names)
def test_a_feed_is_well_formed_xml(text: str, title: str, speaker: str | None) -> None:
    (entry,) = read_atom(rendered("atom", passage(text=text, title=title, speaker=speaker)))
    assert entry["text"] == re.sub("\r\n?", "\n", characters.printable(text))


def test_latex_syntax_in_bibtex_is_escaped() -> None:
    quoted = passage(title="Fish & chips: 50% off_now #1", text="It cost $5 ~ or {less}.")
    library = bibtexparser.parse_string(rendered("bib", quoted))
    (entry,) = library.entries
    assert entry["title"] == r"Fish \& chips: 50\% off\_now \#1"
    assert entry["abstract"] == (
        r"It cost \$5 \textasciitilde{} or \textbraceleft{}less\textbraceright{}."
    )


@pytest.mark.parametrize("module", [citation, characters])
def test_the_examples_in_the_docstrings_run(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


# --- Speakers and dates -------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_unknown_speakers_and_authors_are_empty(suffix: str) -> None:
    (entry,) = READERS[suffix](rendered(suffix, passage(speaker=None)))
    assert (entry.get("speaker", ""), entry.get("author", "")) == ("", "")


def test_a_reference_has_all_known_fields() -> None:
    quoted = passage(
        author="Jane Reed", speaker_role="ferry warden", attribution="Lind said", indirect=True
    )
    (entry,) = bibtexparser.parse_string(rendered("bib", quoted)).entries
    assert entry.entry_type == "article"
    assert entry["author"] == "Reed, Jane"
    assert entry["journal"] == "The Lantern"
    assert (entry["date"], entry["year"], entry["month"]) == ("2025-05-03", "2025", "may")
    assert entry["url"] == "https://lantern.example/lind"
    for part in (
        "Ada Lind, quoted: “The ferry",
        "ferry warden",
        "Lind said",
        "not of the speaker",
        "Why so?",
    ):
        assert part in entry["note"]
    (record,) = rispy.loads(rendered("ris", quoted))
    assert record["type_of_reference"] == "NEWS"
    assert record["authors"] == ["Reed, Jane"]
    assert record["secondary_title"] == "The Lantern"
    assert (record["date"], record["year"]) == ("2025/05/03", "2025")
    assert record["urls"] == ["https://lantern.example/lind"]


@pytest.mark.parametrize(
    ("published", "bib", "ris"),
    [
        ("2025", "2025", "2025"),
        ("2025-05", "2025-05", "2025/05"),
        ("2025-05-03T11:55+04:00", "2025-05-03", "2025/05/03"),
        (None, None, None),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(
    published: str | None, bib: str | None, ris: str | None
) -> None:
    quoted = passage(published=published)
    (entry,) = bibtexparser.parse_string(rendered("bib", quoted)).entries
    (record,) = rispy.loads(rendered("ris", quoted))
    assert entry.fields_dict["date"].value == bib if bib else "date" not in entry.fields_dict
    assert record.get("date") == ris


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lind", ("Lind", "Ada")),
        ("Ada Maria Lind-Holm", ("Lind-Holm", "Ada Maria")),
        ("Lind", ("Lind", "")),
        ("Ada van der Lind", ("Ada van der Lind", "")),
        ("Harbour Ministry", ("Harbour Ministry", "")),
        ("MS. LIND", ("MS. LIND", "")),
        ("President Lind", ("President Lind", "")),
        ("Boats, Ropes and Sons", ("Boats, Ropes and Sons", "")),
    ],
)
def test_only_plain_names_are_split_into_family_and_given_name(
    name: str, parts: tuple[str, str]
) -> None:
    assert split_name(name) == parts


def test_an_item_of_csl_has_all_known_fields() -> None:
    (item,) = json.loads(rendered("csl.json", passage(author="Jane Reed, Editors of the Lantern")))
    assert item["id"] == "lantern/lind#1"
    assert item["type"] == "article-newspaper"
    assert item["author"] == [
        {"family": "Reed", "given": "Jane"},
        {"literal": "Editors of the Lantern"},
    ]
    assert item["issued"] == {"date-parts": [[2025, 5, 3]]}
    assert item["container-title"] == "The Lantern"
    assert item["URL"] == "https://lantern.example/lind"
    assert "Ada Lind, quoted: “The ferryman does.”" in item["note"]


def test_several_authors_are_told_apart() -> None:
    written = passage(author="Jane Reed, Tomas Arel")
    (entry,) = bibtexparser.parse_string(rendered("bib", written)).entries
    assert entry["author"] == "Reed, Jane and Arel, Tomas"
    (record,) = rispy.loads(rendered("ris", written))
    assert record["authors"] == ["Reed, Jane", "Arel, Tomas"]


@pytest.mark.parametrize("suffix", ["bib", "ris", "csl.json"])
def test_nobody_is_quoted_in_a_text_of_their_own(suffix: str) -> None:
    own = passage(author="Ada Lind", evidence="authored")
    assert "quoted" not in rendered(suffix, own)


def test_the_name_of_an_organisation_is_one_author() -> None:
    quoted = passage(author="Boats Ropes and Sons")
    (entry,) = bibtexparser.parse_string(rendered("bib", quoted)).entries
    assert entry["author"] == "{Boats Ropes and Sons}"


def test_a_passage_keeps_its_key_and_no_two_have_the_same(client: FlaskClient) -> None:
    every = bibtexparser.parse_string(client.get("/search.bib").text)
    assert every.failed_blocks == []
    assert len(every.entries_dict) == len(every.entries)
    few = bibtexparser.parse_string(client.get("/search.bib?q=promise").text)
    assert few.entries_dict.keys() < every.entries_dict.keys()
    assert "lind2025" in {key.partition("-")[0] for key in few.entries_dict}


def test_only_web_addresses_are_linked(client: FlaskClient) -> None:
    for suffix in ("bib", "ris", "atom"):
        assert "javascript:" not in client.get(f"/search.{suffix}?q=marzipan").text


def test_reference_managers_get_the_language_of_the_article_not_of_the_passage() -> None:
    quoted = passage(text="Le brouillard.", language="fr", article_language="en")
    (record,) = rispy.loads(rendered("ris", quoted))
    (item,) = json.loads(rendered("csl.json", quoted))
    assert record["language"] == item["language"] == "en"
    (record,) = rispy.loads(rendered("ris", passage()))
    assert "language" not in record


# --- The feed -----------------------------------------------------------------------------------


def test_a_feed_is_read_by_a_feed_reader(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/search.atom?q=promise").data)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "promise · Commentary Search"
    assert feed.feed.links[0].rel == "self"
    assert feed.feed.id == feed.feed.links[0].href
    assert client.get(path_of(feed.feed.links[1].href)).mimetype == "text/html"
    lind = next(entry for entry in feed.entries if entry.get("author") == "Ada Lind")
    assert lind.title == "Ada Lind: A promise is not a postcard"
    assert lind.published == "2025-05-03T00:00:00Z"
    assert {link.rel: link.href for link in lind.links}["via"] == "https://lantern.example/lind"
    assert lind.id == lind.link


def test_a_feed_says_the_language_of_each_title_and_text() -> None:
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    quoted = passage(text="Le brouillard.", language="fr", article_language="en")
    for one, expected in ((quoted, ["en", "en", "fr"]), (passage(), ["en", "", ""])):
        feed = ElementTree.fromstring(rendered("atom", one))
        (entry,) = feed.iter(f"{ATOM}entry")
        texts = (feed, *(entry.find(f"{ATOM}{name}") for name in ("title", "content")))
        assert [text.get(lang) for text in texts if text is not None] == expected


def test_a_feed_is_sorted_newest_first_and_the_same_until_the_index_changes(
    client: FlaskClient,
) -> None:
    first, again = (client.get("/search.atom?q=promise&sort=oldest").data for _ in range(2))
    assert first == again
    feed = feedparser.parse(first)
    built = client.get("/readyz").get_json()["built"]
    assert {entry.updated for entry in feed.entries} == {built} == {feed.feed.updated}
    dates = [entry.published for entry in feed.entries if "published" in entry]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2025-05-03", "2025-05-03T00:00:00Z"),
        ("2025-05-03T11:55", "2025-05-03T11:55:00Z"),
        ("2025-05-03T11:55+04:00", "2025-05-03T11:55:00+04:00"),
        ("2025-05", None),
        ("2025", None),
        (None, None),
    ],
)
def test_a_feed_has_no_date_if_the_day_is_unknown(
    published: str | None, moment: str | None
) -> None:
    feed = ElementTree.fromstring(rendered("atom", passage(published=published)))
    assert feed.findtext(f"{ATOM}entry/{ATOM}published") == moment
