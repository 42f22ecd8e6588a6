"""Rolling back: the generation before serves again, in one step, as it was."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import IndexDamaged, IndexMissing, IndexOutdated, RollbackImpossible
from indexer.storage import generations
from indexer.storage.damage import command
from indexer.storage.generations import Manifest


def roll_back(index: Path) -> Manifest:
    """Let the generation before the one that serves serve again, and return its manifest.

    The next run brings it up to date, and removes the generation that served. Raises
    `RollbackImpossible` if there is none that can serve, `IndexLocked` if the index is being
    written, or `IndexUnavailable` if there is no index.
    """
    generations.read_manifest(index)
    with generations.locked(index):
        before = next(iter(generations.former(index)), None)
        if before is None or not (index / before).is_dir():
            raise RollbackImpossible(
                f"There is no generation before the one that serves in {index}: nothing was"
                " changed. `--keep N` keeps more of them. To bring the index up to date run"
                f" {command(index)}."
            )
        manifest = _intact(index, before)
        generations.serve(index, manifest)
    return manifest


def _intact(index: Path, generation: str) -> Manifest:
    """Return the manifest of a former generation. Raises `RollbackImpossible`."""
    try:
        manifest = generations.read_manifest(index, generation)
        if manifest.info.generation != generation:
            raise RollbackImpossible(_refusal(generation, "its manifest names another one"))
    except IndexOutdated:
        why = "it was built by another version of this program"
        raise RollbackImpossible(_refusal(generation, why)) from None
    except (IndexMissing, IndexDamaged):
        raise RollbackImpossible(_refusal(generation, "its manifest cannot be read")) from None
    try:
        manifest.files_in(index).verify(thoroughly=True)
    except IndexDamaged as damage:
        raise RollbackImpossible(_refusal(generation, damage.what)) from None
    return manifest


def _refusal(generation: str, why: str) -> str:
    return f"The generation before ({generation}) cannot serve: {why}. Nothing was changed."
