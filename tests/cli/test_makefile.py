"""`make serve`: whether it serves, by how `reindex` ended."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
@pytest.mark.parametrize(
    ("code", "serves"), [(0, True), (3, True), (6, True), (1, False), (4, False), (130, False)]
)
def test_the_old_index_is_served_when_files_are_skipped_or_the_corpus_is_gone(
    tmp_path: Path, code: int, serves: bool
) -> None:
    (tmp_path / "bin").mkdir()
    programs = {"reindex": f"exit {code}", "commentary": "echo served", "python": "exit 0"}
    for name, does in programs.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / ".installed").touch()
    command = ["make", "--directory", ROOT, f"VENV={tmp_path}", "serve"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ("served" in ended.stdout) == serves
    assert (ended.returncode == 0) == serves
