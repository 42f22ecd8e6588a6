"""The face of the package: what `from indexer import …` offers."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

import indexer

SOURCES = list(Path(indexer.__file__).parent.rglob("*.py"))


def test_all_lists_every_name_that_can_be_imported() -> None:
    names = [
        name
        for name, value in vars(indexer).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    ]
    assert sorted(indexer.__all__) == sorted(names)


def test_all_is_sorted_with_constants_first_then_classes_then_functions() -> None:
    def kind(name: str) -> int:
        return 0 if name.isupper() else 1 if name[0].isupper() else 2

    assert indexer.__all__ == sorted(indexer.__all__, key=lambda name: (kind(name), name))


@pytest.mark.parametrize("name", indexer.__all__)
def test_every_name_is_documented(name: str) -> None:
    value = getattr(indexer, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        assert value.__doc__
        assert not value.__doc__.startswith(f"{name}("), "the text that a dataclass has of itself"
    else:
        assert name in documented_variables()


@cache
def documented_variables() -> set[str]:
    """Return the variables of all modules with a text in quotes below the assignment."""
    return {
        target.id
        for path in SOURCES
        for body in [ast.parse(path.read_text("utf-8")).body]
        for variable, text in pairwise(body)
        for target in assigned(variable)
        if isinstance(target, ast.Name) and is_text(text)
    }


def assigned(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.AnnAssign):
        return [statement.target]
    return statement.targets if isinstance(statement, ast.Assign) else []


def is_text(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)
