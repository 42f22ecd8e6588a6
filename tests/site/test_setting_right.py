"""Setting speakers right: the lines to paste, and reports to the keeper."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from conftest import Commentary, CorpusFolder, Run, one, page, to, words
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.text.digests import passage_digest
from search_app import create_app
from search_app.pages.report import MOST_AN_HOUR
from search_app.settings import Settings

SAID = "The tide was late, and so was the ferry."
ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "reports.jsonl"


@pytest.fixture
def reader(corpus: CorpusFolder, run: Run, index_path: Path, kept: Path) -> FlaskClient:
    """Client of an app over two articles that takes reports."""
    corpus.interview("a", SAID, speaker="Ms. Velidze", date="2022-03", outlet="The Lantern")
    corpus.interview("b", "Quite so.", speaker="Nara Velidze", date="2022-02", outlet="The Lantern")
    corpus.interview("c", "It is.", speaker="Nara Velidze", date="2022-01", outlet="The Lantern")
    run()
    return create_app(index_path, Settings(reports=kept)).test_client()


def send(reader: FlaskClient, headers: dict[str, str] | None = None, **fields: str) -> TestResponse:
    form = {"passage": "a#1", "said_by": "name", "name": "Otto Brandt", "note": "", **fields}
    return reader.post("/report", data=form, headers=ORIGIN if headers is None else headers)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


# --- Lines to paste ------------------------------------------------------------------------------


def test_the_page_of_a_passage_says_what_names_the_speaker_and_how_to_correct_it(
    reader: FlaskClient, corpus: CorpusFolder, run: Run
) -> None:
    doubt = one(page(reader, "/passages/a%231"), "#doubt")
    assert words(one(doubt, "summary")) == "Wrong speaker?"
    aside = one(page(reader, "/passages/a%231"), ".aside")
    assert to(aside, "Read it in the article") == "/articles/a#p1"
    assert to(aside, "All that Nara Velidze said") == "/speakers/nara-velidze"
    assert words(one(doubt, ".evidence bdi")) == "Ms. Velidze:"
    assert "Why “Ms. Velidze” is Nara Velidze:" in words(doubt)
    assert "a.md.toml" in words(doubt)
    paste = one(doubt, "pre").get_text()
    (told,) = tomllib.loads(paste)["corrections"]
    assert told == {"passage": 1, "digest": passage_digest("a", SAID), "speaker": "…"}
    corpus.write("a.md.toml", paste.replace("…", "Otto Brandt"))
    assert run().skipped == ()
    corrected = page(reader, "/passages/a%231")
    assert words(one(corrected, ".source b")) == "Otto Brandt"
    assert words(one(corrected, ".source .evidence")).endswith("set right by the keeper")


def test_each_printed_form_of_a_person_has_the_lines_that_split_it_off(
    reader: FlaskClient, corpus: CorpusFolder, run: Run
) -> None:
    name, form = page(reader, "/speakers/nara-velidze").select("li.form")
    assert words(name) == "Nara Velidze 2 passages the full name"
    assert words(one(form, "summary")) == "not her? Ms. Velidze"
    paste = one(form, "pre").get_text()
    (row,) = tomllib.loads(paste)["speaker"]
    assert row["not"] == [{"label": "Ms. Velidze", "outlet": "The Lantern", "from": 2022}]
    corpus.write("speakers.toml", paste)
    assert run().skipped == ()
    assert not page(reader, "/speakers/nara-velidze").select("li.form")
    assert words(one(page(reader, "/passages/a%231"), ".source b")) == "Ms. Velidze"


@pytest.mark.parametrize("head", ["date: 2022\n", "outlet: The Lantern\n", ""])
def test_the_lines_hold_for_articles_without_a_date_or_an_outlet(
    reader: FlaskClient, corpus: CorpusFolder, run: Run, head: str
) -> None:
    corpus.write(
        "d.md",
        f"---\ntitle: Both names\n{head}---\n\n**So?**\n\n**Nara Velidze:** It is so.\n\n"
        "**And so?**\n\n**Ms. Velidze:** It was.\n",
    )
    run()
    _, form = page(reader, "/speakers/nara-velidze").select("li.form")
    assert words(form).startswith("Ms. Velidze 2 passages")
    corpus.write("speakers.toml", one(form, "pre").get_text())
    assert run().skipped == ()
    assert not page(reader, "/speakers/nara-velidze").select("li.form")


def test_an_alias_of_the_keeper_is_taken_out_where_it_is_listed(
    reader: FlaskClient, corpus: CorpusFolder, run: Run
) -> None:
    corpus.interview("d", "It was.", speaker="N. Velidze")
    row = '[[speaker]]\nname = "Nara Velidze"\naliases = ["n velidze"]'
    corpus.write("speakers.toml", row)
    run()
    forms = page(reader, "/speakers/nara-velidze").select("li.form")
    (alias,) = [form for form in forms if words(one(form, "b")) == "N. Velidze"]
    assert "listed by the keeper" in words(alias)
    assert "take this name out of the aliases in speakers.toml" in words(alias)
    assert not alias.select("pre")


def test_in_a_file_of_several_articles_the_lines_name_the_article(
    reader: FlaskClient, corpus: CorpusFolder, run: Run
) -> None:
    item = f"<title>Tide</title><description>{SAID} Ada Lind said so, twice.</description>"
    corpus.write("f.xml", f"<rss><channel><item>{item}</item></channel></rss>")
    run()
    paste = one(page(reader, "/passages/f.xml/tide%231"), "#doubt pre").get_text()
    corpus.write("f.xml.toml", paste.replace("…", "Otto Brandt"))
    assert run().skipped == ()
    assert words(one(page(reader, "/passages/f.xml/tide%231"), ".source b")) == "Otto Brandt"


# --- Reports -------------------------------------------------------------------------------------


def test_a_report_is_a_line_that_says_nothing_of_its_sender(
    reader: FlaskClient, kept: Path
) -> None:
    answer = send(reader, note="He was\r\nthere.")
    assert (answer.status_code, answer.location) == (303, "/passages/a%231?reported=1#doubt")
    (report,) = lines(kept)
    assert set(report) == {"at", "passage", "digest", "shown", "said_by", "note", "label"}
    assert report["label"] is None
    assert (report["passage"], report["digest"]) == ("a#1", passage_digest("a", SAID))
    assert (report["shown"], report["said_by"]) == ("Nara Velidze", "Otto Brandt")
    told = one(page(reader, "/passages/a%231?reported=1"), "#doubt [role=status]")
    assert words(told) == "Thank you. It is shown as before until the keeper decides."


def test_a_printed_form_is_reported_from_the_page_of_the_person(
    reader: FlaskClient, kept: Path
) -> None:
    form = one(page(reader, "/speakers/nara-velidze"), "li.form form")
    hidden = {str(one["name"]): str(one["value"]) for one in form.select("[type=hidden]")}
    assert hidden == {"speaker": "nara-velidze", "label": "Ms. Velidze"}
    answer = reader.post("/report", data={**hidden, "name": "Irakli Velidze"}, headers=ORIGIN)
    assert answer.status_code == 303
    (report,) = lines(kept)
    assert (report["label"], report["passage"]) == ("Ms. Velidze", "a#1")
    assert (report["shown"], report["said_by"]) == ("Nara Velidze", "Irakli Velidze")
    assert answer.location.endswith("#doubt")
    doubt = one(page(reader, answer.location), "#doubt details[open]")
    told = words(one(doubt, "[role=status]"))
    assert told == "Thank you. It is shown as before until the keeper decides."


@pytest.mark.parametrize(("chosen", "said_by"), [("unknown", None), ("nobody", False)])
def test_a_reader_may_say_that_nobody_says_it(
    reader: FlaskClient, kept: Path, chosen: str, said_by: bool | None
) -> None:
    send(reader, said_by=chosen, name="")
    assert lines(kept)[0]["said_by"] is said_by


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://elsewhere.example"}, {"Origin": "null"}]
)
def test_a_report_from_another_site_is_refused(
    reader: FlaskClient, kept: Path, headers: dict[str, str]
) -> None:
    assert send(reader, headers).status_code == 403
    assert not kept.exists()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"passage": "nowhere#1"}, 404),
        ({"speaker": "nara-velidze", "label": "Mr. Velidze"}, 404),
        ({"speaker": "nobody", "label": "Ms. Velidze"}, 404),
        ({"speaker": "nara-velidze", "label": "Ms. Velidze", "note": "a" * 2001}, 400),
        ({"note": "a" * 2001}, 400),
        ({"name": "a" * 201}, 400),
        ({"note": "a" * 40_000}, 413),
    ],
)
def test_a_report_that_cannot_be_kept_is_refused(
    reader: FlaskClient, kept: Path, fields: dict[str, str], status: int
) -> None:
    assert send(reader, **fields).status_code == status
    assert not kept.exists()


def test_a_client_sends_so_many_reports_in_an_hour(reader: FlaskClient, kept: Path) -> None:
    answers = [send(reader).status_code for _ in range(MOST_AN_HOUR + 1)]
    assert answers == [303] * MOST_AN_HOUR + [429]
    assert len(lines(kept)) == MOST_AN_HOUR


def test_without_a_file_there_is_no_form_and_no_report_is_taken(
    reader: FlaskClient, index_path: Path, kept: Path
) -> None:
    assert page(reader, "/passages/a%231").select("#doubt form")
    closed = create_app(index_path).test_client()
    assert not page(closed, "/passages/a%231").select("#doubt form")
    assert not page(closed, "/speakers/nara-velidze").select("li.form form")
    assert page(closed, "/speakers/nara-velidze").select("li.form pre")
    assert send(closed).status_code == 404
    assert not kept.exists()


def test_the_command_lists_reports_and_marks_them_as_done(
    reader: FlaskClient, kept: Path, commentary: Commentary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMENTARY_REPORTS", str(kept))
    assert commentary("reports").stdout == ""
    send(reader, note="He was\r\nthere.")
    send(reader, said_by="nobody")
    assert commentary("reports").stdout.splitlines() == [
        "1  a#1 · shown: Nara Velidze · Otto Brandt says it · He was there.",
        "2  a#1 · shown: Nara Velidze · nobody says it",
    ]
    assert commentary("reports", "--done", "1").stdout.startswith("2  a#1")
    (left,) = json.loads(commentary("reports", "--json").stdout)["reports"]
    assert (left["number"], left["said_by"]) == (2, False)
    again = commentary("reports", "--done", "1")
    assert again.exit_code == 1
    assert "There is no open report 1" in again.stderr
    with kept.open("a", encoding="utf-8") as file:
        file.write("no report\n")
    send(reader, speaker="nara-velidze", label="Ms. Velidze", name="")
    assert commentary("reports").stdout.splitlines()[1:] == [
        "4  a#1 · shown: Nara Velidze · wherever “Ms. Velidze” is printed · somebody else says it"
    ]
