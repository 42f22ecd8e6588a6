"""What people type, and how it is understood; nothing that can be typed makes it fail."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from indexer.records import (
    And,
    Dated,
    Everything,
    Having,
    Near,
    Not,
    Or,
    ParsedQuery,
    Phrase,
    Query,
    Term,
    Words,
)
from indexer.search.lexemes import MAX_CHARACTERS, MAX_CLAUSES, MAX_DEPTH
from indexer.search.query import parse
from indexer.search.vocabulary import Vocabulary
from indexer.text.analysis import terms_and_forms

GAS, OIL, COAL = Term(("gas",)), Term(("oil",)), Term(("coal",))
SAID = Having("role", frozenset({"answer", "statement"}))


WORDS_OF_INDEX = Vocabulary(
    {
        "gas": 9,
        "gases": 2,
        "gasoline": 5,
        "gastric": 1,
        "oil": 7,
        "café": 3,
        "cafe": 1,
        "guarantees": 4,
    }
)


class SmallResolver:
    """Knows one speaker and one outlet, by any name that has theirs in it, and a few words."""

    spellings = staticmethod(WORDS_OF_INDEX.spellings)
    matching = staticmethod(WORDS_OF_INDEX.matching)
    similar = staticmethod(WORDS_OF_INDEX.similar)

    def stems(self, printed: str) -> tuple[str, ...]:
        return (terms_and_forms(printed)[0],)

    def speakers(self, name: str) -> frozenset[str]:
        return frozenset({"ada-lind"} if "lind" in name.lower() else ())

    speaker = speakers

    def holders(self, description: str) -> list[tuple[str, int]]:
        held = [("Ada Lind", 12), ("Bo Ekman", 3)]
        return held if description.lower() == "the president" else []

    def named(self, facet: str, name: str) -> frozenset[str]:
        is_lantern = facet == "source" and "lantern" in name.lower()
        return frozenset({"The Lantern"} if is_lantern else ())


def read(typed: str) -> ParsedQuery:
    return parse(typed, SmallResolver())


def test_a_description_of_several_people_applies_none_and_names_them() -> None:
    query = read('speaker:"the president" fog')
    assert Having("speaker", frozenset()) in [tree for _, tree in query.clauses]
    (notice,) = query.notices
    assert notice.message == (
        "“the president” names nobody for certain. It may be Ada Lind (12), Bo Ekman (3)."
    )


def day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", Everything()),
        ("gas", GAS),
        ("gas oil", And((GAS, OIL))),
        ("gas AND oil", And((GAS, OIL))),
        ("gas OR oil", Or((GAS, OIL))),
        ("gas or oil", And((GAS, Term(("or",)), OIL))),
        ("gas oil OR coal", Or((And((GAS, OIL)), COAL))),
        ("gas (oil OR coal)", And((GAS, Or((OIL, COAL))))),
        ("gas (oil coal)", And((GAS, OIL, COAL))),
        ("-gas", Not(GAS)),
        ("NOT gas", Not(GAS)),
        ("-gas -oil", And((Not(GAS), Not(OIL)))),
        ("-(gas OR oil)", Not(Or((GAS, OIL)))),
        ('-"gas oil"', Not(Phrase((("gas",), ("oil",))))),
        ("NOT NOT gas", GAS),
        ("-(-gas)", GAS),
        ("gas OR -oil", Or((GAS, Not(OIL)))),
    ],
)
def test_words_and_operators_make_a_tree(typed: str, tree: Query) -> None:
    assert read(typed).tree == tree
    assert not read(typed).notices


@pytest.mark.parametrize("typed", ['"gas oil"', "“gas oil”", "«gas oil»", "„gas oil“", '"gas oil”'])
def test_every_kind_of_quotation_mark_makes_a_phrase(typed: str) -> None:
    assert read(typed).tree == Phrase((("gas",), ("oil",)))


def test_words_are_stemmed_but_not_a_single_one_in_quotes() -> None:
    assert read("guarantees").tree == Term(("guarante",))
    assert read('"guarantees"').tree == Words(("guarantees",))


def test_a_hyphen_excludes_only_where_a_clause_begins() -> None:
    assert read("Russian-made").tree == Phrase((("russian",), ("made",)))
    assert read("gas - oil").tree == And((GAS, OIL))
    assert read("(-gas)").tree == Not(GAS)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("speaker:lind", Having("speaker", frozenset({"ada-lind"}))),
        ('by:"Ada Lind"', Having("speaker", frozenset({"ada-lind"}))),
        ("BY:Lind", Having("speaker", frozenset({"ada-lind"}))),
        ("source:“The Lantern”", Having("source", frozenset({"The Lantern"}))),
        ("in:Answer", Having("role", frozenset({"answer"}))),
        ("title:gas", Term(("gas",), ("title",))),
        ("about:gas", Term(("gas",), ("title", "question"))),
        ("said:gas", And((Term(("gas",), ("text",)), SAID))),
        ('said:"gas"', And((Words(("gas",), ("text",)), SAID))),
        (
            'asked:"gas oil"',
            Or(
                (
                    Phrase((("gas",), ("oil",)), ("question",)),
                    And(
                        (
                            Phrase((("gas",), ("oil",)), ("text",)),
                            Having("role", frozenset({"question"})),
                        )
                    ),
                )
            ),
        ),
        ("date:2020", Dated(day("2020-01-01"), day("2020-12-31"))),
        ("date:2020-02", Dated(day("2020-02-01"), day("2020-02-29"))),
        ("date:2020-10..2021-03", Dated(day("2020-10-01"), day("2021-03-31"))),
        ("date:2020..", Dated(since=day("2020-01-01"))),
        ("after:2020-10", Dated(since=day("2020-10-01"))),
        ("before:2020-10", Dated(until=day("2020-09-30"))),
        ("-speaker:lind", Not(Having("speaker", frozenset({"ada-lind"})))),
    ],
)
def test_fields_narrow(typed: str, tree: Query) -> None:
    assert read(typed).tree == tree
    assert not read(typed).notices


@pytest.mark.parametrize(
    ("typed", "tree", "told"),
    [
        ("colour:gas", Phrase((("colour",), ("gas",))), "no field “colour”"),
        ("speaker:nobody", Having("speaker", frozenset()), "There is no speaker named “nobody”"),
        ("source:nowhere", Having("source", frozenset()), "“nowhere”"),
        ("gas date:2020-02-31", GAS, "date:2020-02-31 is ignored"),
        ("gas date:soon", GAS, "date:soon is ignored: it is not a date"),
        ("gas date:..", GAS, "it has no date"),
        ("gas date:2021..2020", GAS, "ends before it begins"),
        ("gas in:jest", GAS, "question, answer, statement, narrative"),
        ("gas speaker:", GAS, "speaker: needs a value"),
        ('gas speaker:""', GAS, "speaker: needs a value"),
        ("gas !!", GAS, "“!!” has no word"),
        ('gas ""', GAS, "has no word"),
        ("gas OR", GAS, "“OR”"),
        ("OR gas", GAS, "“OR”"),
        ("gas AND", GAS, "“AND”"),
        ("gas NOT", GAS, "“NOT”"),
        ('"gas oil', Phrase((("gas",), ("oil",))), "not closed"),
        ("(gas", GAS, "not closed"),
        ("gas)", GAS, "without an opening one"),
        ("ga*", Term(("ga",)), "need three letters before them"),
        ("*gas", GAS, "need three letters before them"),
        ("xyz*", Words(()), "No word in this corpus matches xyz*"),
        ("ga~1", Term(("ga",)), "three letters or more"),
        ("gas~2", Words(("gas",)), "read as ~1, the limit"),
        ("gas NEAR/5 (oil coal)", And((GAS, OIL, COAL)), "NEAR"),
        ("gas NEAR", And((GAS, Term(("near",)))), ""),
    ],
)
def test_what_is_repaired_or_ignored_is_told(typed: str, tree: Query, told: str) -> None:
    parsed = read(typed)
    assert parsed.tree == tree
    assert told in " ".join(notice.message for notice in parsed.notices)


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("gas*", Words(("gas", "gases", "gasoline", "gastric"))),
        ("gas?s", Words(("gases",))),
        ("GASO*e", Words(("gasoline",))),
        ("caf*", Words(("cafe", "café"))),
        ('"cafe"', Words(("cafe", "café"))),
        ("gasses~1", Words(("gases",))),
        ("gasolnie~1", Words(("gasoline",))),
        ("title:gas*", Words(("gas", "gases", "gasoline", "gastric"), ("title",))),
        ('"gas oil"~10', Near(((("gas",),), (("oil",),)), 10)),
        ('"gas oil"~', Near(((("gas",),), (("oil",),)), 10)),
        ('"gas oil"~0', Phrase((("gas",), ("oil",)))),
        ("gas NEAR oil", Near(((("gas",),), (("oil",),)), 10)),
        ("gas NEAR/5 oil", Near(((("gas",),), (("oil",),)), 5)),
        ("gas NEAR/99999 oil", Near(((("gas",),), (("oil",),)), 100)),
        (
            'gas NEAR/3 "oil coal" NEAR/7 gas',
            Near(((("gas",),), (("oil",), ("coal",)), (("gas",),)), 7),
        ),
        ("-(gas NEAR oil) coal", And((Not(Near(((("gas",),), (("oil",),)), 10)), COAL))),
        ("language:hy", Having("language", frozenset({"hy"}))),
    ],
)
def test_patterns_and_nearness_are_understood(typed: str, tree: Query) -> None:
    assert read(typed).tree == tree
    assert not read(typed).notices


def test_an_equals_sign_is_part_of_the_name_that_it_stands_before() -> None:
    assert read('speaker:="Ada Lind" gas').understood == 'speaker:="Ada Lind" gas'


def test_wanted_words_and_clauses_are_given_in_order() -> None:
    parsed = read('gas "oil coal" -war speaker:lind')
    assert [word.form for word in parsed.words] == ["gas", "oil", "coal"]
    assert [text for text, _ in parsed.clauses] == ["gas", '"oil coal"', "-war", "speaker:lind"]


def test_a_notice_tells_where() -> None:
    assert [notice.position for notice in read("gas date:soon oil in:jest").notices] == [4, 18]


def test_a_question_mark_at_the_end_of_a_question_is_no_wildcard() -> None:
    assert not read("what about gas?").notices


@pytest.mark.parametrize(
    ("typed", "limit"),
    [
        ("gas " * 200, MAX_CHARACTERS),
        ("g " * (MAX_CLAUSES + 1), MAX_CLAUSES),
        ("(" * (MAX_DEPTH + 1) + "gas" + ")" * (MAX_DEPTH + 1), MAX_DEPTH),
    ],
)
def test_a_limit_is_named_when_it_cuts(typed: str, limit: int) -> None:
    assert any(str(limit) in notice.message for notice in read(typed).notices)


def test_what_is_within_the_limits_is_kept() -> None:
    assert read("(" * 20 + "gas) oil" + ")" * 19).tree == And((GAS, OIL))
    cut = read("(gas OR " * 10 + "oil " * 100)
    assert isinstance(cut.tree, Or)


def test_a_word_is_not_cut_in_two_by_the_limit() -> None:
    assert read("x" * 500 + " harbourmaster").tree == Term(("x" * 500,))


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("  gas   oil ", "gas oil"),
        ("gas oil OR coal", "(gas oil) OR coal"),
        ("NOT gas", "-gas"),
        ("Russian-made", '"Russian made"'),
        ("«gas oil»", '"gas oil"'),
        ("BY:Lind", "by:Lind"),
        ('speaker:"Ada Lind"', 'speaker:"Ada Lind"'),
        ("gas date:soon", "gas"),
        ('said:"gas" -(oil coal)', 'said:"gas" -(oil coal)'),
        ("OR, +said:gas", 'or "said gas"'),
    ],
)
def test_it_is_echoed_as_it_was_understood(typed: str, understood: str) -> None:
    assert read(typed).understood == understood


MARKS = [*"()\"“»'-:*?~", " ", " ", "OR", "AND", "NOT", "NEAR/3", "said:", "asked:", "by:", "date:"]
WORDS = ["2020", "..", "gas", "oil", "U.S.", "it’s", "e-mail", "a-b-c", "AT&T", "9/11", "\x00", "é"]
PIECES = st.sampled_from(MARKS + WORDS)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text())
@example("OR, NEAR NEAR gas")
@example('speaker:"(" -(-(-gas))')
@example("\ud800 by:\ud800x")
@example(":said:~")
@example('said NEAR/3 "OR"')
def test_what_was_understood_is_understood_in_the_same_way_again(typed: str) -> None:
    first = read(typed)
    assume(len(first.understood) <= MAX_CHARACTERS)
    second = read(first.understood)
    assert second.tree == first.tree
    assert second.understood == first.understood


@given(st.text(max_size=2000) | st.lists(PIECES, max_size=800).map("".join))
def test_nothing_that_can_be_typed_makes_it_fail(typed: str) -> None:
    read(typed).understood.encode("utf-8")
