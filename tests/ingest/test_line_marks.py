"""Calls of companies with names on lines, and assemblies of Japan with circles."""

from __future__ import annotations

import pytest

from tests.ingest.test_interview_marks import said, turns_of


@pytest.mark.parametrize("dash", ["--", "–", "-"])
def test_a_call_prints_names_with_firms_on_lines_of_their_own(dash: str) -> None:
    found = turns_of(
        "Operator",
        "Welcome to the call of the harbour. It is recorded.",
        f"Ada Lind {dash} Chief Executive Officer",
        "The ice was thin in this quarter.",
        "We broke one tug.",
        f"Jon Berg {dash} Harbour Bank {dash} Analyst",
        "Who pays for the tug?",
        f"Mia Holm {dash} Chief Financial Officer",
        "Nobody does, as you know.",
        "Questions & Answers:",
        "Jon Berg",
        "And the year after that?",
        "Unknown speaker",
        "The council pays.",
        "Call participants:",
        f"Ada Lind {dash} Chief Executive Officer",
        f"Jon Berg {dash} Harbour Bank {dash} Analyst",
        title="Harbour plc, call of the third quarter",
    )
    assert said(found, "one tug")[1] == "Ada Lind"
    assert said(found, "Who pays")[1] == "Jon Berg"
    assert said(found, "year after")[1] == "Jon Berg"
    assert said(found, "Nobody does")[1] == "Mia Holm"
    assert said(found, "is recorded")[1] is None
    assert said(found, "council pays")[1] is None
    assert all("Call participants" not in turn.text for turn in found if turn.speaker)


def test_a_list_of_people_is_no_call() -> None:
    found = turns_of(
        "Ada Lind -- Chief Executive Officer",
        "Jon Berg -- Harbour Bank",
        "Mia Holm -- Chief Financial Officer",
        title="Who came",
    )
    assert {turn.speaker for turn in found} == {None}


def test_circles_begin_the_speeches_of_an_assembly() -> None:
    found = turns_of(
        "○議長（森田花子君）　これより本日の会議を開きます。",
        "○川上太郎君　港の氷が薄いと聞きました。どうしますか。",
        "船も壊れております。",
        "◎知事（大川次郎君）　来月から直します。",
        "◆十二番（小林三郎君）　誰が払いますか。",
        "○副議長　静粛に願います。",
        "○議長　以上で終わります。",
        title="海辺県議会会議録",
    )
    assert said(found, "会議を開きます")[1] == "森田花子"
    assert said(found, "壊れております")[1] == "川上太郎"
    assert said(found, "来月から")[1] == "大川次郎"
    assert said(found, "払いますか")[1] == "小林三郎"
    assert said(found, "静粛に")[1] is None
    assert said(found, "以上で")[1] == "森田花子"


def test_a_list_with_circles_has_no_speakers() -> None:
    found = turns_of(
        "○会場　港の集会所です。",
        "○日時　十二月五日です。",
        "○定員　五十名です。",
        title="お知らせ",
    )
    assert {turn.speaker for turn in found} == {None}
