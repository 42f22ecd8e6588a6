"""Who asked a question, on pages, in JSON and in exports, resolved as speakers are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import CorpusFolder, Run, ServeCorpus, one, page, words
from export_readers import read_csv
from flask.testing import FlaskClient

PANEL = """---
title: The weir
date: 2025-05-03
outlet: The Lantern
---

**{asker}:** Who pays for the weir?

**Ada Lind:** The county does, as it always has.

**{asker}:** And who pays the keeper?

**Ada Lind:** Nobody does, and nobody ever will.
"""


def results(client: FlaskClient, query: str = "", **arguments: str) -> list[dict[str, Any]]:
    more = {"q": query, "group": "none", "scope": "all", **arguments}
    found: list[dict[str, Any]] = client.get("/search.json", query_string=more).get_json()[
        "results"
    ]
    return found


def test_an_asker_is_the_person_who_speaks_elsewhere(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    corpus.write("weir.md", PANEL.format(asker="Bo Ekman"))
    corpus.interview("ekman", "I only ask.", speaker="Bo Ekman", outlet="The Lantern")
    client = serve_corpus()
    (own,) = results(client, "only")
    askers = [hit["asker"] for hit in results(client, speaker="ada-lind")]
    assert askers == [{"id": own["speaker"]["id"], "name": "Bo Ekman"}] * 2
    assert own["asker"] is None


@pytest.mark.parametrize("asker", ["Q", "Question", "MODERATOR", "A reporter"])
def test_an_asker_who_is_only_described_is_nobody(
    corpus: CorpusFolder, serve_corpus: ServeCorpus, asker: str
) -> None:
    corpus.write("weir.md", PANEL.format(asker=asker))
    found = results(serve_corpus(), speaker="ada-lind")
    assert [(hit["question"], hit["asker"]) for hit in found] == [
        ("Who pays for the weir?", None),
        ("And who pays the keeper?", None),
    ]


def test_an_article_that_says_who_asks_changes_the_asker_of_others(
    corpus: CorpusFolder, serve_corpus: ServeCorpus, run: Run
) -> None:
    corpus.write("weir.md", PANEL.format(asker="MR. EKMAN"))
    client = serve_corpus()
    assert {hit["asker"]["name"] for hit in results(client, speaker="ada-lind")} == {"Mr. Ekman"}
    for day in ("01", "02", "03"):
        corpus.write(
            f"news-{day}.md",
            f"---\ntitle: On day {day}\ndate: 2025-05-{day}\noutlet: The Lantern\n---\n\n"
            f"Everybody in the port met Bo Ekman on day {day}, and nobody was late for it.\n",
        )
    assert run().read == 3
    found = results(client, speaker="ada-lind")
    assert {hit["asker"]["id"] for hit in found} == {"bo-ekman"}


def test_nobody_asks_by_the_name_of_a_room(corpus: CorpusFolder, serve_corpus: ServeCorpus) -> None:
    corpus.write("weir.md", PANEL.format(asker="MR. EKMAN"))
    for day in ("01", "02", "03"):
        corpus.write(
            f"news-{day}.md",
            f"---\ntitle: On day {day}\ndate: 2025-05-{day}\noutlet: The Lantern\n---\n\n"
            f"Everybody met in the Bo Ekman Reading Room on day {day}, and nobody was late.\n",
        )
    found = results(serve_corpus(), speaker="ada-lind")
    assert {hit["asker"]["id"] for hit in found} == {"mr-ekman"}


def test_whoever_is_asked_is_counted_and_found_and_the_row_shows_who_asked(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    corpus.write("weir.md", PANEL.format(asker="Bo Ekman"))
    client = serve_corpus()
    address = "q=weir&scope=asked"
    answer = client.get(f"/search.json?{address}").get_json()
    assert [(one["value"], one["count"]) for one in answer["facets"]["speaker"]] == [
        ("ada-lind", 1)
    ]
    assert client.get(f"/search.json?{address}&speaker=ada-lind").get_json()["total"] == 1
    assert client.get(f"/search.json?{address}&speaker=bo-ekman").get_json()["total"] == 0
    row = one(page(client, f"/search?{address}"), ".hit")
    assert words(one(row, "h2")) == "Bo Ekman asked Ada Lind"
    assert words(one(page(client, "/articles/weir"), "#p1 .turn .by")) == "Question Bo Ekman"


def test_exports_say_where_the_words_match_and_who_asked(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    corpus.write("weir.md", PANEL.format(asker="Bo Ekman"))
    client = serve_corpus()
    address = "?q=pays&scope=all"
    shown = results(client, "pays")
    asker = {"id": "bo-ekman", "name": "Bo Ekman"}
    assert [(hit["said"], hit["context"], hit["asker"]) for hit in shown] == [
        (False, "asked", asker)
    ] * 2
    lines = client.get(f"/search.jsonl{address}").text.splitlines()[1:]
    fields = ("id", "said", "context", "asker")
    assert [[json.loads(line)[name] for name in fields] for line in lines] == [
        [hit[name] for name in fields] for hit in shown
    ]
    rows = read_csv(client.get(f"/search.csv{address}").text)
    assert [(row["said"], row["context"], row["asker"]) for row in rows] == [
        ("no", "asked", "Bo Ekman")
    ] * 2
    (row,) = read_csv(client.get("/search.csv?q=county").text)
    assert (row["said"], row["context"]) == ("yes", "")
    assert "Question, asked by Bo Ekman: Who pays" in client.get("/search.ris?q=county").text
