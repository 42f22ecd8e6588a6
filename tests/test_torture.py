"""Kills, failing disks and damage leave an index whole: the short form of ``make torture``."""

import os
import shutil

import pytest

from bench import torture


@pytest.mark.crash
@pytest.mark.skipif(
    not shutil.which("strace") and "CI" not in os.environ, reason="strace is not installed"
)
def test_a_few_faults_of_each_kind_are_survived(capsys: pytest.CaptureFixture[str]) -> None:
    code = torture.main(["--short", "--engine", "whoosh"])
    told = capsys.readouterr().out
    assert (code, told.splitlines()[-1]) == (0, "All was survived."), told
    assert "SIGKILL" in told
    assert "'recovered': " in told
