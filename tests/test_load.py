"""A short run of `bench.load`; ``make load`` is the long one."""

from __future__ import annotations

from pathlib import Path

import bench.load


def test_answers_stay_right_while_generations_are_published(tmp_path: Path) -> None:
    report = bench.load.load(
        tmp_path, requests=240, publishes=12, clients=4, engine="whoosh", seed=3
    )
    assert report.wrong == []
    assert sum(len(times) for times in report.times.values()) == 240
    assert 0 < report.growth < 2  # it is measured; the long run holds it under 1.2
