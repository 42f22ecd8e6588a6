"""The part of a text that is shown, and the words marked in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import FIELDS, And, Near, Not, Or, Phrase, Query, Snippet, Term, Words
from indexer.search.snippets import WIDTH, marked, snippet

FILLER = "The gulls were loud and the tide was low. " * 12
PEACE, WAR = Term(("peac",)), Term(("war",))


def found(shown: Snippet) -> list[str]:
    return [shown.text[start:end] for start, end in shown.highlights]


def test_every_form_of_a_word_is_marked() -> None:
    shown = marked("Guarantees were guaranteed; a guarantor was not.", Term(("guarante",)), "text")
    assert found(shown) == ["Guarantees", "guaranteed"]
    assert shown.text.startswith("Guarantees")


def test_words_are_marked_where_they_are_near_each_other() -> None:
    shown = marked(
        "Bread first. " + FILLER + "The price of bread.",
        Near(((("bread",),), (("price",),)), 4),
        "text",
    )
    assert [shown.text[start:end] for start, end in shown.highlights] == ["price", "bread"]


def test_an_exact_word_is_marked_in_this_form_only() -> None:
    shown = marked("They cycle; she was cycling.", Words(("cycling",)), "text")
    assert found(shown) == ["cycling"]


def test_a_phrase_is_marked_only_where_all_of_it_stands() -> None:
    text = "The right to peace is not the right to war, nor peace by right."
    shown = marked(text, Phrase((("right",), ("to",), ("peac",))), "text")
    assert found(shown) == ["right to peace"]


def test_phrases_that_overlap_are_one_mark() -> None:
    query = And((Phrase((("a",), ("b",))), Phrase((("b",), ("c",)))))
    assert found(marked("a b c", query, "text")) == ["a b c"]


def test_what_is_excluded_is_never_marked() -> None:
    shown = marked("war and peace", And((PEACE, Not(WAR))), "text")
    assert found(shown) == ["peace"]


def test_a_word_asked_for_in_one_field_is_not_marked_in_another() -> None:
    query = Term(("peac",), ("title",))
    assert found(marked("peace", query, "title")) == ["peace"]
    assert found(marked("peace", query, "text")) == []


def test_accents_and_case_do_not_hide_a_word() -> None:
    assert found(marked("Ağrı, AĞRI, Agri", Term(("agri",)), "text")) == ["Ağrı", "AĞRI", "Agri"]


def test_the_window_has_the_most_different_words_the_closest_together() -> None:
    text = f"{FILLER}peace. {FILLER}War and {FILLER}peace? {FILLER}War, then peace. {FILLER}"
    shown = snippet(text, Or((PEACE, WAR)), "text")
    assert found(shown) == ["War", "peace"]
    assert "War, then peace." in shown.text
    assert (shown.before, shown.after) == (True, True)


def test_the_window_begins_and_ends_with_sentences_where_they_are_near() -> None:
    shown = snippet(f"{FILLER}“We want peace,” said Mr. Lind. {FILLER}", PEACE, "text")
    assert shown.text.startswith("The gulls")
    assert shown.text.endswith("low.")
    assert "said Mr. Lind." in shown.text


@pytest.mark.parametrize("initials", ["J.F.K.", "N.A.T.O.", "(U.S.)"])
def test_initials_end_no_sentence(initials: str) -> None:
    shown = snippet(f"{'tide ' * 60}. It was {initials} peace {'tide ' * 60}", PEACE, "text")
    assert shown.text.startswith(f"It was {initials} peace")


def test_without_sentences_the_window_ends_between_words() -> None:
    shown = snippet("tide " * 200 + "peace " + "tide " * 200, PEACE, "text")
    assert set(shown.text.split()) == {"tide", "peace"}
    assert len(shown.text.split()) == WIDTH


def test_without_a_searched_word_the_beginning_is_shown() -> None:
    shown = snippet(f"{FILLER}{FILLER}", PEACE, "text")
    assert (shown.before, shown.after) == (False, True)
    assert shown.highlights == ()


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("Peace, at last!", PEACE, "text") == Snippet("Peace, at last!", ((0, 5),))


@pytest.mark.parametrize("text", ["x" * 100_000, "x" * 300 + " peace " + "y" * 300 * 50, "", "…"])
def test_words_of_absurd_length_are_cut(text: str) -> None:
    shown = snippet(text, PEACE, "text")
    assert len(shown.text) <= WIDTH * 16
    assert bool(shown.highlights) == ("peace" in text)


def test_a_quotation_longer_than_the_window_is_marked_to_its_edge() -> None:
    phrase = Phrase(tuple((f"w{n}",) for n in range(80)))
    shown = snippet(
        "Before. " + " ".join(word for (word,) in phrase.words) + ". After.", phrase, "text"
    )
    assert shown.highlights == ((0, len(shown.text)),)


WORDS = st.lists(st.sampled_from(["peace", "war", "tide", "Mr.", "“low.”", "\n\n", "a-b"]))
QUERIES: st.SearchStrategy[Query] = st.sampled_from(
    [
        PEACE,
        Or((PEACE, WAR)),
        And((PEACE, Not(WAR))),
        Phrase((("peac",), ("war",))),
        Phrase((("tide",),)),
    ]
)


@given(WORDS.map(" ".join) | st.text(), QUERIES, st.sampled_from(FIELDS), st.integers(1, 60))
def test_a_window_is_a_piece_of_the_text_with_ordered_marks_inside(
    text: str, query: Query, field: str, width: int
) -> None:
    shown = snippet(text, query, field, width=width)
    assert shown.text in text
    edges = [0, *(edge for span in shown.highlights for edge in span), len(shown.text)]
    assert edges == sorted(edges)
    assert bool(shown.highlights) == bool(marked(text, query, field).highlights)
