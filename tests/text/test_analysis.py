"""The analyzer: what a word is, and that nothing a reader would search for is lost."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analysis import fold, terms_and_forms, tokens
from indexer.text.pairs import is_unspaced
from indexer.text.stemming import LANGUAGES


def terms(text: str) -> list[str]:
    return [token.term for token in tokens(text)]


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("AT&T", "at&t"),
        ("U.S.", "U.S"),
        ("the U.S. said", "the US said"),
        ("e-mail", "email"),
        ("e‑mail", "e-mail"),
        ("9/11", "9/11"),
        ("it’s", "it's"),
        ("it‘s", "itʼs"),
        ("G7", "g7"),
        ("G-7", "G7"),
        ("N.A.T.O.", "NATO"),
        ("1,400,000", "1400000"),
        ("José", "Jose"),
        ("Zoë Pärnala", "zoe parnala"),
        ("Łódź", "lodz"),
        ("Ağrı", "agri"),
        ("ＷＩＤＥ", "wide"),
        ("so\u00adft", "soft"),
        ("zero\u200bwidth", "zerowidth"),
        ("гарантии", "ГАРАНТИИ"),
        ("ёлка", "елка"),
        ("Հայաստանի", "հայաստան"),
        ("Ինչո՞ւ", "ինչու"),
        ("cycling", "cycles"),
        ("Armenia’s", "Armenia"),
        ("أحمد", "احمد"),
        ("حُكُومَة", "حكومة"),
        ("الحكـــومة", "الحكومة"),
        ("ایران", "ايران"),
        ("שלום", "שָׁלוֹם"),
        ("ΟΔΥΣΣΕΥΣ", "Οδυσσεύς"),
        ("ｶﾞｷﾞ", "ガギ"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_a_word_is_found_however_it_is_typed(printed: str, typed: str) -> None:
    assert terms(printed) == terms(typed) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [("US and Them", "us and them"), ("йод", "иод"), ("9/11", "911"), ("U.S.", "us")],
)
def test_words_that_differ_stay_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_a_hyphen_parts_words_so_that_each_is_found() -> None:
    assert terms("Russian-made state-of-the-art") == [
        "russian",
        "made",
        "state",
        "of",
        "the",
        "art",
    ]


def test_a_letter_joined_by_one_hyphen_and_parted_by_the_next_is_a_word_by_itself() -> None:
    assert terms("X-ray-based F-16-a") == ["x", "ray", "base", "f", "16", "a"]


def test_a_sentence_end_without_a_space_parts_words() -> None:
    assert terms("beyond the wall.Latest news") == ["beyond", "the", "wall", "latest", "news"]


def test_the_unstemmed_form_is_kept_in_step_with_the_stem() -> None:
    assert terms_and_forms("Running runs run") == ("run run run", "running runs run")


@pytest.mark.parametrize(
    "forms",
    [
        "міністр міністра міністри міністрів міністром",
        "війна війни війну війною",
        "вільний вільна вільного вільних",
        "країна країни країну країною",
    ],
)
def test_ukrainian_words_lose_their_endings(forms: str) -> None:
    assert len(set(terms(forms))) == 1


@pytest.mark.parametrize("two", ["ліс лис", "дім дим", "кіт кит", "сіла сила"])
def test_ukrainian_words_that_differ_by_a_vowel_stay_two(two: str) -> None:
    assert len(set(terms(two))) == 2


def test_composed_and_decomposed_letters_are_one() -> None:
    text = "Žižek, Ångström, Հայաստան, Андрей"
    assert terms(unicodedata.normalize("NFC", text)) == terms(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("東京都、AI時代", ["東京", "京都", "ai", "時代"]),
        ("한국어를 배우다", ["한국", "국어", "어를", "배우", "우다"]),
        ("ไทย", ["ไท", "ทย"]),
        ("ខ្មែរ", ["ខ្", "្ម", "មែ", "ែរ"]),
        ("語", ["語"]),
        ("กข\u200bค", ["กข", "ขค"]),
    ],
)
def test_scripts_without_spaces_have_pairs_of_letters(text: str, pairs: list[str]) -> None:
    assert terms(text) == pairs


def test_the_signs_of_indian_scripts_part_no_words() -> None:
    assert len(terms("हिन्दी में सरकार, தமிழ் অর্থনীতি।")) == 5


def test_a_long_text_without_a_space_is_read_in_one_go() -> None:
    assert len(terms("ประชาธิปไตย" * 10_000)) == 109_999


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_of_a_word_have_one_stem_in_their_language(language: str) -> None:
    row = LANGUAGES[language]
    (one, other) = (terms_and_forms(form, language)[0] for form in (row.form, row.other_form))
    assert one == other != ""
    assert row.form != row.other_form


def test_words_of_a_language_without_a_stemmer_are_their_own_stems() -> None:
    assert terms_and_forms("vladini ministri", "hr")[0] == "-:vladini -:ministri"


def test_turkish_has_an_i_without_a_dot() -> None:
    assert terms_and_forms("IRAK İZMİR", "tr")[1] == "ırak izmir"


def test_foreign_words_are_stemmed_by_their_script() -> None:
    assert terms_and_forms("Die гарантии", "de")[0] == "de:die de:гарант"


def test_a_text_without_words_has_no_terms() -> None:
    assert terms(" … — !? \u200b 🙂 ") == []


@given(st.text())
def test_offsets_cut_the_words_out_of_any_text(text: str) -> None:
    found = list(tokens(text))
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert all(one.start < other.start for one, other in itertools.pairwise(found))
    assert all(
        one.end <= other.start or (is_unspaced(one.form) and is_unspaced(other.form))
        for one, other in itertools.pairwise(found)
    )
    assert terms_and_forms(text)[0].split(" ") == ([t.term for t in found] or [""])


@given(st.text())
def test_no_term_has_a_space_and_none_is_empty(text: str) -> None:
    assert all(t.term and t.form and " " not in t.term + t.form for t in tokens(text))


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
