"""A short run of `bench.fuzz`; ``make fuzz`` is the long one."""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath

import pytest

import bench.fuzz
from indexer.ingest.pipeline import ingest
from indexer.ingest.readers import FORMATS, format_of

CASES = 200


def test_mutated_queries_addresses_and_files_do_no_harm(tmp_path: Path) -> None:
    report = bench.fuzz.fuzz(tmp_path, range(CASES), seed=7)
    assert report.wrong == []
    assert sum(map(len, report.seconds.values())) == CASES


def test_every_format_is_among_the_seeds_and_is_read() -> None:
    seeds = bench.fuzz.seeds()
    for seed in seeds:
        articles = ingest(seed.pack(seed.content), PurePosixPath(seed.name)).articles
        assert articles, seed.name
    assert {format_of(PurePosixPath(seed.name)) for seed in seeds} == set(FORMATS)


def test_what_a_case_executes_or_asks_for_is_noted() -> None:
    watch = bench.fuzz.Watch()
    with pytest.raises(AssertionError, match=r"subprocess\.Popen"), watch.watching():
        subprocess.run(["true"], check=True)
