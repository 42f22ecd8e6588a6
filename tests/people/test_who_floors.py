"""Who is who in the invented corpus of ``bench/gold/people`` keeps its floors: wrong first."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.who.__main__ import SECOND, invented
from bench.who.measures import scores, verdicts

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("gold")]


def test_one_person_is_one_speaker_over_the_invented_corpus(tmp_path: Path) -> None:
    found = scores(invented(tmp_path))
    assert found.crowds == 0
    assert found.others == 0
    assert found.wrong_name <= 0.011
    assert found.mixed <= 0.027
    assert found.precision >= 0.969
    assert found.recall >= 0.73


def test_names_in_two_scripts_and_namesakes_of_the_second_corpus_are_told_apart(
    tmp_path: Path,
) -> None:
    labels = verdicts(invented(tmp_path, SECOND))
    assert labels["wrong"] <= 5
    assert labels["right"] >= 23
