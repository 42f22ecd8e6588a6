"""What is read of the texts of ``bench/gold`` keeps its floors: wrong first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from bench import authored, speakers
from bench.extraction import outlets

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("gold")]

SECOND = speakers.GOLD / "second"
FLOORS = {
    (speakers.GOLD, "transcripts"): (605, 2),
    (speakers.GOLD, "interviews"): (270, 1),
    (speakers.GOLD, "quotations"): (480, 5),
    (SECOND, "transcripts"): (302, 9),
    (SECOND, "interviews"): (150, 9),
    (SECOND, "quotations"): (705, 2),
}
"""The least number of paragraphs under their speaker, and the greatest under another."""


@pytest.mark.parametrize(("gold", "part"), FLOORS)
def test_words_are_under_the_person_who_says_them(gold: Path, part: str) -> None:
    counts = Counter(row.verdict for row in speakers.judged(part, gold))
    least_right, most_wrong = FLOORS[gold, part]
    assert counts["wrong"] <= most_wrong
    assert counts["right"] >= least_right


@pytest.mark.parametrize(
    ("gold", "least_right", "most_wrong"), [(speakers.GOLD, 0.97, 0), (SECOND, 0.9, 0)]
)
def test_texts_of_one_person_are_under_that_person_and_those_of_nobody_under_nobody(
    gold: Path, least_right: float, most_wrong: int
) -> None:
    texts = list(authored.scored(gold))
    assert sum(text.words["wrong"] > 0 for text in texts) <= most_wrong
    own = [text.words for text in texts if text.kind == "authored"]
    right, nobody = (sum(words[verdict] for words in own) for verdict in ("right", "nobody"))
    assert right >= least_right * (right + nobody)


def test_invented_pages_are_read_better_than_by_the_extractor_alone() -> None:
    outcomes = [outlets.outcome(*page) for page in outlets.invented()]
    texts = [one.f1 for one in outcomes if one.f1]
    assert all(one.is_read for one in outcomes)
    assert mean(mine for mine, _ in texts) >= 0.975
    assert sum(mine < theirs - outlets.MAX_GAP for mine, theirs in texts) <= 1
    dates = [one.date for one in outcomes if one.date]
    assert sum(own not in (told, None) for told, own, _ in dates) == 0
    assert sum(own == told for told, own, _ in dates) >= 56
