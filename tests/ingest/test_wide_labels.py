"""Labels in letters without capitals, as China, Japan and Korea print them."""

from __future__ import annotations

import pytest

from tests.ingest.test_interview_marks import said, turns_of

INTERVIEWS = {
    "zh": (
        "记者采访了港口市市长林海。",
        "记者：道路为什么关闭？",
        "林海：海水先到了。",
        "记者：谁来付钱？",
        "林海先生：所有人。",
    ),
    "zh, many": (
        "主持人：道路为什么关闭？",
        "林海（市长）：海水先到了。",
        "主持人：谁来付钱？",
        "王宁：我不知道。",
        "林海（市长）：所有人。",
        "王宁：一半人。",
    ),
    "ja": (
        "港町の町長、林海氏に聞いた。",
        "記者：なぜ道を閉めたのですか？",
        "林海氏：海水先到了。",
        "記者：誰が払いますか？",
        "林海氏：所有人。",
    ),
    "ko": (
        "항구 시장 林海를 만났다.",
        "기자: 왜 길을 막았습니까?",
        "林海: 海水先到了。",
        "기자: 누가 냅니까?",
        "林海 : 所有人。",
    ),
}


@pytest.mark.parametrize("kind", INTERVIEWS)
def test_names_answer_who_asks(kind: str) -> None:
    found = turns_of(*INTERVIEWS[kind], title="港口的墙")
    assert said(found, "海水先到了")[1] == said(found, "所有人")[1] == "林海"
    assert {turn.role for turn in found if turn.speaker} == {"answer"}
    assert [turn.speaker for turn in found if turn.role == "question"] == [None, None]
    assert all("：" not in turn.text for turn in found)


def test_an_office_in_brackets_is_the_answerers() -> None:
    found = turns_of(*INTERVIEWS["zh, many"], title="港口的墙")
    (office,) = {
        turn.speaker.role for turn in found if turn.speaker and turn.speaker.name == "林海"
    }
    assert office == "市长"


def test_answers_to_words_for_question_and_answer_are_nobodys() -> None:
    found = turns_of(
        "问：道路为什么关闭？",
        "答：海水先到了。",
        "问：谁来付钱？",
        "答：所有人。",
        title="港口的墙",
    )
    assert [turn.role for turn in found] == ["question", "answer"] * 2
    assert {turn.speaker for turn in found} == {None}


@pytest.mark.parametrize("label", ["注意事项", "注", "道路"])
def test_a_label_that_nothing_confirms_ends_the_answer_before_it(label: str) -> None:
    found = turns_of(*INTERVIEWS["zh"], f"{label}：明年春天才开放。", title="港口的道路")
    assert said(found, "明年春天")[1] is None
    assert said(found, "所有人")[1] == "林海"


@pytest.mark.parametrize(
    "lines",
    [
        ("时间：周一上午", "地点：港口大厅", "时间：周二上午", "地点：旧市政厅"),
        ("记者：林海", "时间：周一", "来源：港口报", "时间：周二"),
        ("場所：港の会館", "質問：電話で", "場所：市役所", "日時：月曜日"),
        ("时间：周一上午", "记者：林海", "时间：周二上午", "记者：王宁"),
    ],
)
def test_a_list_of_facts_has_no_speakers(lines: tuple[str, ...]) -> None:
    assert {turn.speaker for turn in turns_of(*lines, title="三场讲座")} == {None}
