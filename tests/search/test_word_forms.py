"""A word finds its forms in each language of a corpus, and no word of another language."""

from __future__ import annotations

import pytest
from conftest import CorpusFolder, OpenCorpus, found_ids

from indexer import Index, SearchRequest

TEXTS = {
    "de": "Die Regierungen der beiden Länder haben sich über die Häfen nicht geeinigt, sagte sie.",
    "en": "The news about the harbours is that both governments have agreed on nothing at all.",
    "es": "Los ministros no quisieron hablar de las políticas que el gobierno quiere cambiar.",
    "fr": "Les ministères n’ont pas voulu parler de l’économie, ni des élections nationales.",
    "it": "I ministri non hanno voluto parlare delle politiche che il governo vuole cambiare.",
    "pl": "Ministrowie nie chcieli rozmawiać o rządach, które zmieniają się w tym kraju co roku.",
    "ru": "Министры не хотели говорить о правительствах, которые меняются в этой стране.",
    "tr": "Bakanlar bu ülkede her yıl değişen hükümetlerin siyaseti hakkında konuşmak istemedi.",
}


@pytest.fixture
def index(corpus: CorpusFolder, engine: str, open_corpus: OpenCorpus) -> Index:
    """Index a sentence in each of eight languages, with each engine."""
    for language, text in TEXTS.items():
        corpus.write(f"lantern/2024/{language}.md", f"---\ntitle: {language}\n---\n\n{text}\n")
    return open_corpus(engine=engine)


@pytest.mark.parametrize(
    ("typed", "languages"),
    [
        ("Regierung", "de"),
        ("Hafen", "de"),
        ("harbor OR harbour", "en"),
        ("ministro", "es it"),
        ("politica", "es it"),
        ("política", "es it"),
        ("économie", "fr"),
        ("economies", "fr"),
        ("ministère", "fr"),
        ("rząd", "pl"),
        ("rzad", "pl"),
        ("министр", "ru"),
        ("hükümet", "tr"),
        ("hukumet", "tr"),
        ("new", ""),
        ('"Regierungen"', "de"),
        ('"Regierung"', ""),
        ('"der beiden Land"', "de"),
        ("Regierung NEAR/6 Land", "de"),
        ("nationale* OR Regierung", "de fr"),
        ("-ministro -politica gobierno", ""),
    ],
)
def test_a_word_finds_its_forms(index: Index, typed: str, languages: str) -> None:
    assert {found.split("/")[2][:2] for found in found_ids(index, typed)} == set(languages.split())


@pytest.mark.parametrize(
    ("typed", "marked"),
    [("Regierung", "Regierungen"), ("économie", "l’économie"), ("politica", "políticas")],
)
def test_the_form_that_was_found_is_marked(index: Index, typed: str, marked: str) -> None:
    snippet = index.search(SearchRequest(typed)).hits[0].snippet
    assert marked in [snippet.text[start:end] for start, end in snippet.highlights]


def test_a_passage_tells_its_language(index: Index) -> None:
    facets = index.search(SearchRequest("")).facets["language"]
    assert {facet.value for facet in facets} == set(TEXTS)


ODD = {
    "two": "Die Straße am Hafen ist gesperrt, sagte der Minister am Freitag in der Hauptstadt. "
    "The minister said on Friday that the road would stay closed until the end of the year.",
    "upper": "DIE STRASSE UND DIE GRÖSSE DES HAFENS SIND EIN THEMA FÜR ALLE PARTEIEN IM LANDTAG.",
    "greek": "Ο ΥΠΟΥΡΓΟΣ ΕΙΠΕ ΟΤΙ Ο ΔΡΟΜΟΣ ΘΑ ΜΕΙΝΕΙ ΚΛΕΙΣΤΟΣ ΜΕΧΡΙ ΤΟ ΤΕΛΟΣ ΤΟΥ ΧΡΟΝΟΥ.",
    "turkish": "IRAK VE İRAN BAKANLARI BU YIL ÜLKENİN BAŞKENTİNDE BİRLİKTE KONUŞMAK İSTEMEDİLER.",
    "vietnamese": "Bộ trưởng nói rằng con đường sẽ đóng cửa cho đến cuối năm nay ở thủ đô 🙂.",
    "romanised": "Ministr skazal chto doroga budet zakryta do kontsa goda, govorit agentstvo.",
    "mixed": "港口 is a word that the minister said, and الميناء is another one that she said.",
}


@pytest.fixture
def odd(corpus: CorpusFolder, engine: str, open_corpus: OpenCorpus) -> Index:
    """Index texts in odd letters and several languages, with each engine."""
    for name, text in ODD.items():
        corpus.write(f"lantern/2024/{name}.md", f"---\ntitle: {name}\nlang: fr\n---\n\n{text}\n")
    return open_corpus(engine=engine)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Straße", "two upper"),
        ("strasse", "two upper"),
        ("GRÖßE", "upper"),
        ("roads", "two"),
        ("υπουργός", "greek"),
        ("δρόμος", "greek"),
        ("Irak", "turkish"),
        ("İran", "turkish"),
        ("iran", "turkish"),
        ("truong", "vietnamese"),
        ("tru\u031bo\u031bng", "vietnamese"),
        ("nói 🙂 đóng", "vietnamese"),
        ("doroga", "romanised"),
        ("港口 الميناء minister", "mixed"),
        ("المينــاء", "mixed"),
        ("mini\u200dster 港\u200b口", "mixed"),
    ],
)
def test_odd_letters_and_several_languages_hide_nothing(odd: Index, typed: str, names: str) -> None:
    found = found_ids(odd, typed)
    assert {one.split("/")[2].partition("#")[0] for one in found} == set(names.split())
