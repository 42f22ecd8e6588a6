"""A short run of `bench.load`; ``make load`` is the long one."""

from __future__ import annotations

from pathlib import Path

import bench.load


def test_answers_stay_right_while_generations_are_published(tmp_path: Path) -> None:
    wrong, _ = bench.load.load(tmp_path, requests=200, publishes=3, clients=4, seed=3)
    assert wrong == []
