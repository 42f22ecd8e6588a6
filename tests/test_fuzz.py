"""A short run of `bench.fuzz`; ``make fuzz`` is the long one."""

from __future__ import annotations

from pathlib import Path

import bench.fuzz

CASES = 200


def test_mutated_queries_addresses_and_files_do_no_harm(tmp_path: Path) -> None:
    kinds = bench.fuzz.fuzz(tmp_path, range(CASES), seed=7)
    assert sum(count for count, _ in kinds.values()) == CASES
