"""Listing what is below a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.storage import disk


def test_each_folder_comes_before_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    for name in ("b/deep/file", "b/a", "a"):
        (tmp_path / name).touch()
    names = [path.relative_to(tmp_path).as_posix() for path in disk.below(tmp_path)]
    assert names == ["a", "b", "b/a", "b/deep", "b/deep/file"]


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "around").symlink_to(tmp_path)
    assert disk.below(tmp_path) == [tmp_path / "around"]


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name, error in {"missing": FileNotFoundError, "file": NotADirectoryError}.items():
        with pytest.raises(error):
            disk.below(tmp_path / name)
