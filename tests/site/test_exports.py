"""Exports: complete, in order, streamed, and read back by other programs."""

from __future__ import annotations

import csv
import doctest
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit
from xml.etree import ElementTree

import bibtexparser
import feedparser
import pytest
import rispy
from bs4 import BeautifulSoup
from conftest import CorpusFolder, Run
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer import IndexInfo, Passage, SearchRequest, SearchResults, split_name
from search_app import create_app
from search_app.exports import characters, citation, formats
from search_app.exports.formats import RENDERERS

Fields: TypeAlias = dict[str, str]

ATOM = "{http://www.w3.org/2005/Atom}"
FORMATS = sorted(RENDERERS)
LIND = "/articles/the-lantern/2025/lind-on-promises"

NASTY = (
    *("}", "{", "\\", "@article{x,", "%", "$&#_", "~^", '"', ",", ";"),
    *("\r\nTY  - JOUR", "\nER  - ", "\n\n", "\r", "\t", "\u2028", "\x85", "\xa0"),
    *("=1+1", "+1", "-1", "@x", "]]>", "&amp;", "<b>", "\x00", "\x0b", "\x1b", "\ufffe", "Ծ"),
)
letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
texts = st.lists(st.sampled_from(NASTY) | letters, max_size=6).map("".join)
names = texts.filter(lambda text: characters.one_line(text) != "")


# --- Each format, read by another program --------------------------------------------------------


def read_csv(text: str) -> list[Fields]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def read_jsonl(text: str) -> list[Fields]:
    _, *passages = map(json.loads, text.splitlines())
    return [
        {
            "permalink": passage["permalink"],
            "text": passage["text"],
            "speaker": passage["speaker"]["name"] or "",
            "title": passage["article"]["title"],
        }
        for passage in passages
    ]


def read_bib(text: str) -> list[Fields]:
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    entries = [{key: field.value for key, field in e.fields_dict.items()} for e in library.entries]
    return [
        {
            "permalink": permalink(unescaped(entry["note"])),
            "text": unescaped(entry["abstract"]),
            "speaker": turned_back(unescaped(entry.get("author", "").strip("{}"))),
            "title": unescaped(entry["title"]),
        }
        for entry in entries
    ]


def read_ris(text: str) -> list[Fields]:
    return [
        {
            "permalink": permalink(record["notes"][0]),
            "text": record.get("abstract", ""),
            "speaker": turned_back(record.get("authors", [""])[0]),
            "title": record.get("title", ""),
        }
        for record in rispy.loads(text)
    ]


def read_atom(text: str) -> list[Fields]:
    return [
        {
            "permalink": entry.findtext(f"{ATOM}id", ""),
            "text": entry.findtext(f"{ATOM}content", ""),
            "speaker": entry.findtext(f"{ATOM}author/{ATOM}name", ""),
            "title": entry.findtext(f"{ATOM}title", ""),
        }
        for entry in ElementTree.fromstring(text).iter(f"{ATOM}entry")
    ]


READERS: dict[str, Callable[[str], list[Fields]]] = {
    "csv": read_csv,
    "jsonl": read_jsonl,
    "bib": read_bib,
    "ris": read_ris,
    "atom": read_atom,
}


def permalink(note: str) -> str:
    match = re.match(r"Passage \d+: (\S+#p\d+)", note)
    assert match is not None, note
    return match[1]


def turned_back(name: str) -> str:
    return re.sub(r"^(\w+), ([\w ]+)$", r"\2 \1", name)


def unescaped(field: str) -> str:
    """Undo the LaTeX escapes of a field."""
    signs = {
        r"\textbackslash{}": "\\",
        r"\textbraceleft{}": "{",
        r"\textbraceright{}": "}",
        r"\textasciitilde{}": "~",
        r"\textasciicircum{}": "^",
    }
    return re.sub(r"\\text\w+\{\}|\\(.)", lambda sign: signs.get(sign[0]) or sign[1], field)


# --- Complete and in order ------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("arguments", ["q=nowheretobefound", "q=stamp", "q=promise", ""])
def test_every_format_has_none_one_or_many_passages_in_the_order_shown(
    client: FlaskClient, suffix: str, arguments: str
) -> None:
    sort = "&sort=newest" if suffix == "atom" else ""
    shown = client.get(f"/search.json?{arguments}{sort}&group=none").get_json()["results"]
    response = client.get(f"/search.{suffix}?{arguments}")
    assert response.status_code == 200
    assert response.content_type == f"{RENDERERS[suffix].MEDIA_TYPE}; charset=utf-8"
    exported = READERS[suffix](response.text)
    assert [(one["permalink"], one["text"]) for one in exported] == [
        (one["permalink"], one["text"]) for one in shown
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_has_all_pages(client: FlaskClient, suffix: str) -> None:
    whole = READERS[suffix](client.get(f"/search.{suffix}").text)
    paged = READERS[suffix](client.get(f"/search.{suffix}?page=2&per_page=1").text)
    assert len(whole) == len(paged) == client.get("/search.json").get_json()["total"]


def test_an_export_longer_than_one_read_is_complete(corpus: CorpusFolder, run: Run) -> None:
    answers = [f"The heron counts ferry {n}, and counts again." for n in range(40)]
    for day in range(1, 31):
        corpus.interview(f"heron-{day:02}", *(f"{a} Day {day}." for a in answers))
    report = run()
    client = create_app(corpus.path.parent / "index").test_client()
    rows = read_csv(client.get("/search.csv?q=heron").text)
    assert len({row["id"] for row in rows}) == len(rows) == report.passages == 1200


def test_every_renderer_is_a_format() -> None:
    folder = Path(formats.__file__).parent
    modules = {import_module(f"search_app.exports.{file.stem}") for file in folder.glob("*.py")}
    renderers = {
        module.__name__.rpartition(".")[2] for module in modules if hasattr(module, "render")
    }
    assert renderers == {module.__name__.rpartition(".")[2] for module in RENDERERS.values()}
    assert set(READERS) == set(RENDERERS), "add a function to READERS that reads the format back"


@pytest.mark.parametrize("suffix", sorted({*FORMATS} - {"ris"}))
def test_an_export_without_results_is_valid(client: FlaskClient, suffix: str) -> None:
    assert client.get(f"/search.{suffix}?q=nowheretobefound").text.strip()


# --- Streamed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_passage_is_sent_before_the_next_is_read(app: Flask, suffix: str) -> None:
    read = []

    def passages() -> Iterator[Passage]:
        for position in range(1, 100):
            read.append(position)
            yield passage(position=position)

    with app.test_request_context():
        pieces = RENDERERS[suffix].render(results(), passages())
        while not read:
            assert next(pieces)
        assert next(pieces)
    assert len(read) <= 2


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_invalid_argument_is_reported_before_anything_is_sent(
    client: FlaskClient, suffix: str
) -> None:
    for argument, parameter in (("from=2020-02-31", "from"), ("sort=drop+table", "sort")):
        response = client.get(f"/search.{suffix}?{argument}")
        assert response.status_code == 400
        assert response.mimetype == "application/problem+json"
        assert response.get_json()["errors"][0]["parameter"] == parameter


@pytest.mark.parametrize("suffix", FORMATS)
def test_without_an_index_the_problem_names_the_command(tmp_path: Path, suffix: str) -> None:
    response = create_app(tmp_path / "none").test_client().get(f"/search.{suffix}")
    assert response.status_code == 503
    assert "reindex" in response.get_json()["detail"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_export_again_is_not_modified(client: FlaskClient, suffix: str) -> None:
    etag = client.get(f"/search.{suffix}?q=promise").headers["ETag"]
    again = client.get(f"/search.{suffix}?q=promise", headers={"If-None-Match": etag})
    other = client.get(f"/search.{suffix}?q=harbour", headers={"If-None-Match": etag})
    assert (again.status_code, again.data, other.status_code) == (304, b"", 200)


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_answers_head_requests(client: FlaskClient, suffix: str) -> None:
    head = client.head(f"/search.{suffix}")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=The+“Lake”%3F", "-the-lake"),
        ("", ""),
        ("q=..%2F..%2Fetc%0D%0AX:1", "-etc-x-1"),
        ("q=" + "a" * 300, "-" + "a" * 60),
        ("q=Лод", "-%D0%BB%D0%BE%D0%B4"),
    ],
)
def test_a_file_is_named_after_its_query(client: FlaskClient, query: str, name: str) -> None:
    disposition = client.get(f"/search.csv?{query}").headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=commentary.csv; ")
    assert disposition.endswith(f"; filename*=UTF-8''commentary{name}.csv")


# --- The receipt ----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_export_has_the_receipt_of_its_search(client: FlaskClient, suffix: str) -> None:
    arguments = "q=promise&speaker=ada-lind&from=2019"
    answer = client.get(f"/search.json?{arguments}").get_json()
    index = answer["index"]
    text = client.get(f"/search.{suffix}?{arguments}").text
    for part in (
        f"Search: {answer['query']['understood']}",
        "speaker: ada-lind",
        "from: 2019",
        f"{answer['total']} of {index['passages']} passages in {index['articles']} articles",
        f"Index {index['fingerprint']} of {index['built']}",
    ):
        assert part in text


def test_json_lines_begin_with_the_receipt(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=promise&from=2019").get_json()
    lines = client.get("/search.jsonl?q=promise&from=2019").text.splitlines()
    receipt = json.loads(lines[0])["receipt"]
    assert {name: receipt[name] for name in ("query", "total", "undated", "index")} == {
        name: answer[name] for name in ("query", "total", "undated", "index")
    }
    assert client.get(path_of(receipt["search"])).status_code == 200


def test_a_line_of_json_has_the_fields_of_a_result(client: FlaskClient) -> None:
    line = json.loads(client.get("/search.jsonl?q=stamp").text.splitlines()[1])
    (result,) = client.get("/search.json?q=stamp").get_json()["results"]
    assert line == {name: result[name] for name in line}
    assert not {"score", "snippet"} & set(line)


# --- Any text -------------------------------------------------------------------------------------


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
@given(text=texts, title=names, speaker=st.none() | names, outlet=st.none() | names)
def test_reference_managers_read_what_was_written(
    suffix: str, text: str, title: str, speaker: str | None, outlet: str | None
) -> None:
    quoted = passage(text=text, title=title, speaker=speaker, outlet=outlet)
    (entry,) = READERS[suffix](rendered(suffix, quoted))
    assert entry["text"] == characters.one_line(text)
    assert entry["title"] == characters.one_line(title)
    assert bool(entry["speaker"]) == bool(speaker)


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


# --- Speakers and dates ---------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_unknown_speaker_is_empty(suffix: str) -> None:
    (entry,) = READERS[suffix](rendered(suffix, passage(speaker=None)))
    assert entry["speaker"] == ""


def test_a_reference_has_all_known_fields() -> None:
    quoted = passage(speaker_role="ferry warden", attribution="Lind said", indirect=True)
    (entry,) = bibtexparser.parse_string(rendered("bib", quoted)).entries
    assert entry.entry_type == "article"
    assert entry["author"] == "Lind, Ada"
    assert entry["journal"] == "The Lantern"
    assert (entry["date"], entry["year"], entry["month"]) == ("2025-05-03", "2025", "may")
    assert entry["url"] == "https://lantern.example/lind"
    for part in ("ferry warden", "Lind said", "not of the speaker", "Why so?"):
        assert part in entry["note"]
    (record,) = rispy.loads(rendered("ris", quoted))
    assert record["type_of_reference"] == "NEWS"
    assert record["authors"] == ["Lind, Ada"]
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


def test_the_name_of_an_organisation_is_one_author() -> None:
    quoted = passage(speaker="Boats, Ropes and Sons")
    (entry,) = bibtexparser.parse_string(rendered("bib", quoted)).entries
    assert entry["author"] == "{Boats, Ropes and Sons}"


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


# --- The feed -------------------------------------------------------------------------------------


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


def test_a_feed_is_sorted_newest_first_and_the_same_until_the_index_changes(
    client: FlaskClient,
) -> None:
    first, again = (client.get("/search.atom?q=promise&sort=oldest").data for _ in range(2))
    assert first == again
    feed = feedparser.parse(first)
    built = client.get("/healthz").get_json()["index"]["built"]
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


# --- Links ----------------------------------------------------------------------------------------


def test_the_page_links_to_every_format_of_its_search(client: FlaskClient) -> None:
    arguments = "q=promise&from=2019"
    page = BeautifulSoup(client.get(f"/search?{arguments}&per_page=1&page=2").text, "lxml")
    links = {link.get_text(): link["href"] for link in page.select(".receipt a")}
    for suffix, renderer in RENDERERS.items():
        sort = "&sort=newest" if suffix == "atom" else ""
        assert links[renderer.NAME] == f"/search.{suffix}?{arguments}{sort}"
    (feed,) = page.select("link[rel=alternate][type='application/atom+xml']")
    assert feed["href"] == links["Atom"]


def test_a_browser_finds_working_addresses_to_search(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/").text, "lxml")
    (link,) = page.select("link[rel=search]")
    response = client.get(str(link["href"]))
    assert response.content_type == f"{link['type']}; charset=utf-8"
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    description = ElementTree.fromstring(response.data)
    assert description.tag == f"{space}OpenSearchDescription"
    assert len(description.findtext(f"{space}ShortName", "")) <= 16
    for url in description.iter(f"{space}Url"):
        address = re.sub(
            r"\{(\w+)\??\}", lambda name: FILLED.get(name[1], ""), url.attrib["template"]
        )
        answer = client.get(path_of(address))
        assert answer.status_code == 200, address
        assert answer.mimetype == url.attrib["type"]


FILLED = {"searchTerms": "promise"}


def test_an_article_can_be_cited_by_reference_managers(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get(LIND).text, "lxml")
    cited = {tag["name"]: tag["content"] for tag in page.select("meta[name^=citation_]")}
    assert cited == {
        "citation_title": "A promise is not a postcard",
        "citation_publication_date": "2025/05/03",
        "citation_journal_title": "The Lantern",
        "citation_language": "en",
        "citation_fulltext_html_url": "https://lantern.example/lind",
    }


def test_an_article_marks_quotations_for_programs(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get(LIND).text, "lxml")
    (article,) = page.select("[itemtype='https://schema.org/NewsArticle']")
    quotations = article.select("[itemprop=hasPart][itemtype='https://schema.org/Quotation']")
    assert len(quotations) == 2
    properties = {
        tag["itemprop"]: tag.get_text(strip=True) for tag in quotations[0].select("[itemprop]")
    }
    assert properties == {
        "spokenByCharacter": "Ada Lind",
        "url": "link to this",
        "text": "The guarantees were a postcard, and nobody had put a stamp on it.",
    }


def test_reported_speech_is_not_marked_as_a_quotation(corpus: CorpusFolder, run: Run) -> None:
    said = "“The weir stays where it is,” Bo Ekman said."
    reported = "Ada Lind said that the weir would be moved to the other bank by the spring."
    corpus.write("weir.md", f"# The weir\n\nThe river is low.\n\n{said}\n\n{reported}\n")
    run()
    client = create_app(corpus.path.parent / "index").test_client()
    rows = read_csv(client.get("/search.csv?speaker=ada-lind").text)
    assert [(row["indirect"], row["text"]) for row in rows] == [("yes", reported)]
    page = BeautifulSoup(client.get("/articles/weir").text, "lxml")
    (quotation,) = page.select("[itemtype='https://schema.org/Quotation']")
    assert "stays where it is" in quotation.get_text()
    assert len(page.select("[itemprop=text], [itemprop=spokenByCharacter]")) == 2


@pytest.mark.parametrize("module", [citation, characters])
def test_the_examples_in_the_docstrings_run(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


# --- Passages and results -------------------------------------------------------------------------


def passage(**fields: object) -> Passage:
    """Make an answer by Ada Lind with some fields replaced."""
    answer = Passage(
        id="lantern/lind#1",
        article_id="lantern/lind",
        position=1,
        title="A promise",
        role="answer",
        text="The ferryman does.",
        question="Why so?",
        speaker="Ada Lind",
        speaker_id="ada-lind",
        published="2025-05-03",
        outlet="The Lantern",
        url="https://lantern.example/lind",
    )
    return replace(answer, **fields)  # type: ignore[arg-type]


def results() -> SearchResults:
    """Make the results of a search."""
    info = IndexInfo("memory", "1", "0123456789abcdef", "2025-06-01T12:00:00+00:00", 3, 9, 2)
    request = SearchRequest("promise")
    return SearchResults(request, "promise", (), 1, 1, (), {}, {}, (), 0, 0.5, info)


def rendered(suffix: str, *passages: Passage) -> str:
    """Write passages in a format, as they are sent."""
    with APP.test_request_context():
        text = "".join(RENDERERS[suffix].render(results(), passages))
    return text.encode().decode()


APP = create_app(Path("no-index-is-needed"))


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
