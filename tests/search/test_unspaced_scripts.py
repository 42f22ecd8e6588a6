"""Scripts without spaces: any part of a text is found, and marked whole."""

from __future__ import annotations

import pytest
from conftest import CorpusFolder, OpenCorpus
from hypothesis import given
from hypothesis import strategies as st

from indexer import Index, SearchRequest
from indexer.records import Term
from indexer.search.query import parse
from indexer.search.snippets import marked
from indexer.search.vocabulary import Vocabulary
from indexer.text.analysis import terms_and_forms, tokens

TEXTS = {
    "ja": "首相は国会で、港の再建には三年かかると述べた。防波堤は今年中に完成するという。",
    "zh": "部长说，港口的重建需要三年时间。防波堤将在年底前完工，费用由国家承担。",
    "th": "รัฐมนตรีกล่าวว่าการสร้างท่าเรือใหม่จะใช้เวลาสามปี และจะแล้วเสร็จภายในปีนี้",
    "ko": "장관은 항구를 다시 짓는 데 삼 년이 걸린다고 말했다. 방파제는 올해 안에 완공된다.",
}


@pytest.fixture
def index(corpus: CorpusFolder, engine: str, open_corpus: OpenCorpus) -> Index:
    """One person's words in four scripts without spaces, with each engine."""
    for language, text in TEXTS.items():
        corpus.interview(f"lantern/2024/{language}", text, title=f"Talk in {language}")
    return open_corpus(engine=engine)


def parts(text: str) -> list[str]:
    """Return every string of two to four letters of a text without a space or mark."""
    found = (text[at : at + size] for size in (2, 3, 4) for at in range(len(text) - size + 1))
    return [part for part in found if all(letter not in " 、。，." for letter in part)]


@pytest.mark.parametrize("language", TEXTS)
def test_every_part_of_a_text_is_found_and_marked(index: Index, language: str) -> None:
    for part in parts(TEXTS[language])[::9]:
        (hit, *others) = index.search(SearchRequest(part)).hits
        assert hit.passage.article_id == f"lantern/2024/{language}" or others
        shown = [hit.snippet.text[start:end] for start, end in hit.snippet.highlights]
        assert any(part in one for one in shown)


def test_a_single_letter_finds_the_words_that_have_it(index: Index) -> None:
    assert index.search(SearchRequest("港")).total == 2
    (hit, _) = index.search(SearchRequest("港")).hits
    assert all("港" in hit.snippet.text[start:end] for start, end in hit.snippet.highlights)


def test_a_search_may_mix_scripts(index: Index) -> None:
    assert index.search(SearchRequest("首相 OR รัฐมนตรี OR 部长 OR 장관")).total == 4


@given(st.text("港口再建費用ガギ한국어กขคี", min_size=1, max_size=12))
def test_what_was_understood_is_read_the_same_again(typed: str) -> None:
    words = Vocabulary({token.form: 1 for token in tokens("港口再建 한국어 กขค")})

    class Words:
        speakers = speaker = staticmethod(lambda name: frozenset())
        named = staticmethod(lambda facet, name: frozenset())
        spellings = staticmethod(words.spellings)
        matching = staticmethod(words.matching)
        similar = staticmethod(words.similar)
        stems = staticmethod(lambda printed: (terms_and_forms(printed)[0],))

    parsed = parse(typed, Words())
    assert parse(parsed.understood, Words()).tree == parsed.tree


def test_a_word_beside_a_run_of_letters_is_marked_by_itself() -> None:
    shown = marked("AI時代", Term(("ai",)), "text")
    assert [shown.text[start:end] for start, end in shown.highlights] == ["AI"]
