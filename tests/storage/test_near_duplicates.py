"""Copies with small edits: found by their signatures, grouped by their dates."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise, permutations
from pathlib import Path
from zlib import crc32

import pytest
from conftest import CorpusFolder, ServeCorpus

from indexer.storage.indexed_files import KnownArticle
from indexer.storage.minhash import PERMUTATIONS, likeness, signature
from indexer.storage.near_duplicates import LIKENESS, NearDuplicates, originals

WORDS = [f"word{number}" for number in range(1000)]


def edited(words: Sequence[str], edits: int) -> list[str]:
    """Replace some words of a text, far from one another."""
    step = len(words) // (edits + 1)
    places = {step * number for number in range(1, edits + 1)}
    return [f"edited{n}" if n in places else word for n, word in enumerate(words)]


def signed(words: Sequence[str]) -> bytes:
    made = signature(words)
    assert made is not None
    return made


# --- Signatures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("edits", [0, 5, 10, 20, 40, 80])
def test_signatures_agree_in_about_the_share_of_word_runs_that_texts_share(edits: int) -> None:
    shared = (996 - 5 * edits) / (996 + 5 * edits)
    estimated = likeness(signed(WORDS), signed(edited(WORDS, edits)))
    assert estimated == pytest.approx(shared, abs=0.12)
    assert edits or estimated == 1


def test_the_order_of_the_words_counts() -> None:
    shuffled = random.Random(1).sample(WORDS, len(WORDS))
    assert likeness(signed(WORDS), signed(shuffled)) < 0.1


def test_a_short_text_has_no_signature() -> None:
    assert signature(WORDS[:99]) is None
    assert len(signed(WORDS[:100])) == 4 * PERMUTATIONS + 8


def test_texts_with_other_numbers_are_not_alike() -> None:
    sums = [signed([*WORDS, *said.split()]) for said in ("200 rooms", "800 rooms", "200 beds")]
    assert likeness(sums[0], sums[1]) == 0
    assert likeness(sums[0], sums[2]) > LIKENESS


def test_a_signature_is_the_same_in_every_version() -> None:
    """Signatures are kept in the index: those of other versions must be comparable."""
    assert signed(WORDS)[:8].hex() == "9723090069272400"
    assert crc32(signed(WORDS)) == 0xC4AE8A33
    assert crc32(signed([f"word{number}" for number in range(25_000)])) == 0x67FBE128


# --- Pairs ---------------------------------------------------------------------------------------

TEXTS = {
    "first": WORDS,
    "edited": edited(WORDS, 5),
    "much edited": edited(WORDS, 200),
    "other": [f"other{number}" for number in range(500)],
    "other, edited": [f"other{number}" for number in range(500)] + ["end"],
}
NEAR = {("edited", "first"), ("other", "other, edited")}


def pairs(near_duplicates: NearDuplicates) -> set[tuple[str, str]]:
    found = list(near_duplicates.pairs())
    assert len(found) == len(set(found))
    assert {(other, one, alike) for one, other, alike in found} == set(found)
    assert all(LIKENESS <= alike <= 1 for _, _, alike in found)
    return {(one, other) for one, other, _ in found if one < other}


def test_the_pairs_are_the_same_in_whatever_order_texts_come() -> None:
    for order in permutations(TEXTS):
        with closing(NearDuplicates.rehearsed(None)) as near_duplicates:
            for name in order:
                near_duplicates.add(name, signed(TEXTS[name]))
            assert pairs(near_duplicates) == NEAR


def test_a_text_that_was_added_is_told_what_it_is_like() -> None:
    with closing(NearDuplicates.rehearsed(None)) as near_duplicates:
        assert near_duplicates.add("first", signed(WORDS)) == set()
        assert near_duplicates.add("edited", signed(TEXTS["edited"])) == {"first"}
        assert near_duplicates.add("first", signed(WORDS)) == {"edited"}


def test_a_text_that_was_removed_leaves_nothing_behind() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        near_duplicates = NearDuplicates(db)
        for name, words in TEXTS.items():
            near_duplicates.add(name, signed(words))
        for name in ("first", "never there", *TEXTS):
            near_duplicates.remove(name)
        for table in ("signatures", "bands", "near"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_rehearsal_leaves_the_library_as_it_is(tmp_path: Path) -> None:
    library = tmp_path / "library #1?.sqlite"
    with closing(sqlite3.connect(library, isolation_level=None)) as db:
        NearDuplicates(db).add("first", signed(WORDS))
    before = library.read_bytes()
    with closing(NearDuplicates.rehearsed(library)) as near_duplicates:
        assert near_duplicates.add("edited", signed(TEXTS["edited"])) == {"first"}
    assert library.read_bytes() == before


# --- Who is shown --------------------------------------------------------------------------------


def article(
    article_id: str, text: str, published: str | None = None, outlet: str | None = None
) -> KnownArticle:
    return KnownArticle(article_id, f"{article_id}.md", text, 200, 1, published, outlet)


def near(*texts: str, alike: float = 0.97) -> list[tuple[str, str, float]]:
    """Each text is nearly the same as the next one."""
    chain = list(pairwise(texts))
    return [(one, other, alike) for one, other in (*chain, *((b, a) for a, b in chain))]


@pytest.mark.parametrize("texts", [("one", "one"), ("one", "other")])
@pytest.mark.parametrize(
    ("dates", "shown"),
    [
        ({"a": "2024-03-09", "b": "2024-03-08"}, "b"),
        ({"a": "2024-03-08", "b": "2024-03-08"}, "a"),
        ({"a": "2024-03-08", "b": "2024-03-08T09:00"}, "a"),
        ({"a": "2024-03-08T10:00", "b": "2024-03-08T09:00"}, "b"),
        ({"a": None, "b": "2024-03-08"}, "b"),
        ({"a": None, "b": None}, "a"),
        ({"a": "2024-03", "b": "2024-03-08"}, "b"),
        ({"a": "2024-03", "b": "2024-04-08"}, "a"),
        ({"a": "2024-03-08", "b": "2024-04-08"}, "a"),
        ({"a": "2024-04-08", "b": "2024-03-08"}, "b"),
    ],
)
def test_the_earliest_is_shown_then_the_lowest_id(
    dates: dict[str, str | None], shown: str, texts: tuple[str, str]
) -> None:
    articles = [
        article(name, text, date, f"outlet of {name}")
        for (name, date), text in zip(dates.items(), texts, strict=True)
    ]
    (copy,) = dates.keys() - {shown}
    assert originals(articles, near("one", "other")) == {copy: shown}
    assert originals(articles[::-1], near("one", "other")) == {copy: shown}


@pytest.mark.parametrize("texts", [("one", "one"), ("one", "other")])
@pytest.mark.parametrize(
    ("first", "second", "outlets"),
    [
        ("2024-03-08", "2024-04-09", ("Lantern", "Gazette")),
        ("2023", "2024-03", ("Lantern", "Gazette")),
        ("2023-11", "2024-01-01T09:00", ("Lantern", None)),
        ("2024-03-08", "2024-03-11", ("Lantern", "Lantern")),
        ("2024-03-08", "2024-03-11", (None, None)),
    ],
)
def test_what_appears_long_after_is_another_article(
    texts: tuple[str, str], first: str, second: str, outlets: tuple[str | None, str | None]
) -> None:
    articles = [
        article("a", texts[0], first, outlets[0]),
        article("b", texts[1], second, outlets[1]),
    ]
    assert originals(articles, near("one", "other")) == {}


def test_texts_of_one_outlet_must_be_more_alike() -> None:
    lantern = [article("a", "one", None, "Lantern"), article("b", "other", None, "Lantern")]
    gazette = article("b", "other", None, "Gazette")
    assert originals(lantern, near("one", "other", alike=0.9)) == {}
    assert originals([lantern[0], gazette], near("one", "other", alike=0.9)) == {"b": "a"}


def test_every_copy_is_like_the_one_that_is_shown() -> None:
    chain = near("one", "two", "three")
    articles = [article("a", "one"), article("b", "two"), article("c", "three")]
    assert originals(articles, chain) == {"b": "a"}
    assert originals(articles[1:], chain) == {"c": "b"}


def test_texts_without_words_are_no_copies_of_one_another() -> None:
    nothing = [KnownArticle(name, f"{name}.md", None, 0, 1) for name in "ab"]
    assert originals(nothing, []) == {}


def test_texts_are_called_copies_only_if_they_are_very_much_alike() -> None:
    assert LIKENESS >= 0.85


# --- On the page ---------------------------------------------------------------------------------


def test_an_article_lists_where_else_it_was_published(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    text, url = " ".join(WORDS), "https://gazette.example/fog?a=1&b=2"
    corpus.interview("a", text, date="2024-03-09", outlet="Gazette <b>", url=url)
    corpus.interview("b", text + " End.", date="2024-03-08", outlet="The Lantern")
    corpus.interview("c", text, outlet="The Mirror", url="javascript:alert(1)")
    client = serve_corpus()
    for article_id in "abc":
        page = client.get(f"/articles/{article_id}").get_data(as_text=True)
        assert '<link rel="canonical" href="http://localhost/articles/b">' in page
        listed = page[page.index("Also published") :]
        assert "Gazette &lt;b&gt;" in listed
        assert "9 March 2024" in listed
        assert '<a href="https://gazette.example/fog?a=1&amp;b=2"' in listed
        assert "The Mirror" in listed
        assert "date unknown" in listed
        assert 'href="javascript' not in page


def test_an_article_without_copies_says_nothing_of_them(
    corpus: CorpusFolder, serve_corpus: ServeCorpus
) -> None:
    corpus.interview("a", "A word.")
    corpus.write("a.md.toml", 'updated = "2024-03-10"')
    page = serve_corpus().get("/articles/a").get_data(as_text=True)
    assert "Also published" not in page
    assert 'updated <time datetime="2024-03-10">' in page
