"""The rules of the house, read off the source: who may import whom, and how long things may get."""

from __future__ import annotations

import ast
import sys
import tomllib
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("indexer", "search_app")
FLOORS = (
    (
        *("indexer.text", "indexer.errors", "indexer.messages", "indexer.ranking"),
        "indexer.budget",
        *("indexer.records", "indexer.scopes"),
    ),
    ("indexer.people", "indexer.engines"),
    ("indexer.ingest", "indexer.storage"),
    ("indexer.search", "indexer.corpus"),
    ("indexer.index", "indexer.reindex"),
    ("indexer",),
    ("indexer.cli",),
    ("search_app",),
)
"""The house from the ground up: a module imports from its own floor and from those below."""

GROUND = FLOORS[0]
SEEN_BY_ENGINES = (*GROUND, "indexer.engines")
MAX_LOOSE_FILES = 7
"""Files in ``indexer/`` itself, ``__init__.py`` among them."""

KNOWN_TO = {
    "anyascii": ("indexer.people.spellings",),
    "bcrypt": ("search_app.access.users",),
    "babel": ("search_app.wording", "indexer.ingest.lines.months"),
    "bs4": ("indexer.ingest",),
    "click": ("indexer.cli", "search_app.cli"),
    "docx": ("indexer.ingest.readers.word_document",),
    "flask": ("search_app",),
    "flask_limiter": ("search_app.access.rates",),
    "limits": ("search_app.access.rates",),
    "flask_babel": ("search_app.wording.languages",),
    "frontmatter": ("indexer.ingest",),
    "htmldate": ("indexer.ingest",),
    "lxml": ("indexer.ingest",),
    "markupsafe": ("search_app",),
    "prometheus_client": ("search_app.monitoring.metrics",),
    "numpy": ("indexer.engines.whoosh", "indexer.storage.minhash"),
    "rapidfuzz": ("indexer.storage.name_search", "indexer.search.vocabulary"),
    "protego": ("indexer.corpus.fetching",),
    "py3langid": ("indexer.ingest",),
    "pypdf": ("indexer.ingest.readers.pdf_document",),
    "rich": ("indexer.cli",),
    "Stemmer": ("indexer.text.stemming",),
    "tantivy": ("indexer.engines.tantivy",),
    "trafilatura": ("indexer.ingest",),
    "waitress": ("search_app",),
    "warcio": ("indexer.ingest.readers.web_archive",),
    "webvtt": ("indexer.ingest.readers.subtitles",),
    "watchfiles": ("indexer.corpus.watching",),
    "werkzeug": ("search_app",),
    "whoosh": ("indexer.engines.whoosh",),
    "yaml": ("indexer.ingest",),
}
"""Every outside package, and the part of the house that knows it."""

MAX_FUNCTION_LINES = 40
MAX_PARAMETERS = 5
MAX_CLASS_LINES = 120
MAX_MODULE_LINES = 250
"""Lines of logic: without blank lines, comments, docstrings and tables."""

MIN_TABLE_LINES = 11
"""Lines from which a value at the top level of a module counts as a table."""


Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    name: str
    path: Path
    tree: ast.Module

    def imports(self) -> set[str]:
        """Return the dotted names of the modules that this one imports."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name}: relative imports hide who is meant"
                whole = {f"{node.module}.{alias.name}" for alias in node.names}
                found.update(name if name in NAMES else str(node.module) for name in whole)
        return found


def source_files() -> list[Path]:
    return [path for package in OURS for path in sorted((ROOT / package).rglob("*.py"))]


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {dotted(path) for path in source_files()}
MODULES = [
    Module(dotted(path), path, ast.parse(path.read_text("utf-8"))) for path in source_files()
]
FUNCTIONS = [
    (f"{module.name}:{node.name}", node)
    for module in MODULES
    for node in ast.walk(module.tree)
    if isinstance(node, Function)
]


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@cache
def edges() -> tuple[tuple[str, str], ...]:
    return tuple((module.name, imported) for module in MODULES for imported in module.imports())


def floor_of(name: str) -> int:
    """Return the floor of a module. Only its face counts as ``indexer`` itself."""
    fitting = [
        (len(part), number)
        for number, parts in enumerate(FLOORS)
        for part in parts
        if name == part or (part != "indexer" and name.startswith(f"{part}."))
    ]
    assert fitting, f"{name} stands on no floor: add it to FLOORS"
    return max(fitting)[1]


def test_records_and_errors_stand_on_the_standard_library_alone() -> None:
    plain = ("indexer.records", "indexer.errors", "indexer.messages", "indexer.text.periods")
    outside = [
        (name, imported)
        for name, imported in edges()
        if within(name, plain)
        and not within(imported, plain)
        and imported.split(".")[0] not in sys.stdlib_module_names
    ]
    assert outside == []


def test_no_import_runs_up_to_a_higher_floor() -> None:
    upwards = [
        (name, imported)
        for name, imported in edges()
        if within(imported, OURS) and floor_of(imported) > floor_of(name)
    ]
    assert upwards == []


def test_no_two_folders_import_each_other() -> None:
    """Neighbours are what lies in one folder, so that a folder and its own files may differ."""
    arrows = {
        (f"{parent}.{one}", f"{parent}.{other}")
        for name, imported in edges()
        if within(imported, OURS)
        for parent, one, other in [parted(name, imported)]
        if one and other
    }
    assert [(one, other) for one, other in sorted(arrows) if (other, one) in arrows] == []


def parted(name: str, imported: str) -> tuple[str, str, str]:
    """Where two dotted names part: what they share, and the next part of each."""
    ones, others = name.split("."), imported.split(".")
    shared = next((n for n, (a, b) in enumerate(zip(ones, others, strict=False)) if a != b), None)
    if shared is None:
        return name, "", ""
    return ".".join(ones[:shared]), ones[shared], others[shared]


def test_engines_see_terms_and_trees_alone() -> None:
    seen = [
        (name, imported)
        for name, imported in edges()
        if within(name, ("indexer.engines",)) and within(imported, OURS)
        if not within(imported, SEEN_BY_ENGINES)
    ]
    assert seen == []


def test_few_files_lie_loose_in_the_indexer() -> None:
    loose = sorted(path.name for path in (ROOT / "indexer").glob("*.py"))
    assert len(loose) <= MAX_LOOSE_FILES, loose


def test_the_web_face_knows_only_the_face_of_the_indexer() -> None:
    behind = [
        (name, imported)
        for name, imported in edges()
        if within(name, ("search_app",)) and imported.startswith("indexer.")
    ]
    assert behind == [("search_app.cli", "indexer.cli")], "the one door: commands next to `serve`"


def test_the_indexer_does_not_know_the_web_face() -> None:
    upwards = [
        (name, imported)
        for name, imported in edges()
        if within(name, ("indexer",)) and within(imported, ("search_app",))
    ]
    assert upwards == []


def test_an_outside_package_is_known_in_one_place() -> None:
    elsewhere = [
        (name, imported)
        for name, imported in edges()
        if not within(imported, OURS)
        and imported.split(".")[0] not in sys.stdlib_module_names
        and not within(name, KNOWN_TO.get(imported.split(".")[0], ()))
    ]
    assert elsewhere == []


def test_every_shipped_dependency_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    module_of = {
        "beautifulsoup4": "bs4",
        "Flask-Babel": "flask_babel",
        "Flask-Limiter": "flask_limiter",
        "prometheus-client": "prometheus_client",
        "PyStemmer": "Stemmer",
        "python-frontmatter": "frontmatter",
        "lxml": "bs4",  # the parser that BeautifulSoup is asked for by name
        "webvtt-py": "webvtt",
        "lxml_html_clean": "trafilatura",  # its parts need it; pip 23.2 does not see that
    }
    shipped = [line.split(">")[0].split("=")[0] for line in project["dependencies"]]
    imported = {name.split(".")[0] for _, name in edges()}
    unused = [name for name in shipped if module_of.get(name, name.lower()) not in imported]
    assert unused == []


def test_searching_loads_nothing_of_the_ingest_wing() -> None:
    reached, waiting = set(), ["indexer", "indexer.cli.search", "search_app", "search_app.cli"]
    graph = dict.fromkeys(NAMES, frozenset[str]()) | {
        m.name: frozenset(m.imports()) for m in MODULES
    }
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(graph.get(name, ()))
    assert [name for name in reached if within(name, ("indexer.ingest",))] == []


def test_no_module_imports_itself_in_a_circle() -> None:
    inside = {module.name: module.imports() & NAMES - {module.name} for module in MODULES}
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def test_functions_are_short_and_take_few_parameters() -> None:
    long = [name for name, function in FUNCTIONS if lines(function) > MAX_FUNCTION_LINES]
    wide = [name for name, function in FUNCTIONS if len(parameters(function)) > MAX_PARAMETERS]
    assert (long, wide) == ([], [])


def test_classes_and_modules_are_short() -> None:
    classes = [
        f"{module.name}:{node.name}"
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and lines(node) > MAX_CLASS_LINES
    ]
    modules = [module.name for module in MODULES if lines_of_logic(module) > MAX_MODULE_LINES]
    assert (classes, modules) == ([], [])


def test_no_function_imports_anything() -> None:
    importing = [
        name
        for name, function in FUNCTIONS
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]
    assert importing == []


def test_everything_public_says_what_it_gives() -> None:
    silent = [
        f"{module.name}:{node.name}"
        for module in MODULES
        for node in module.tree.body
        if isinstance(node, Function | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
    assert [m.name for m in MODULES if m.tree.body and not ast.get_docstring(m.tree)] == []


def lines(node: ast.stmt) -> int:
    return len(span(node))


def span(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def lines_of_logic(module: Module) -> int:
    skipped: set[int] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Module | ast.ClassDef | Function) and ast.get_docstring(node):
            skipped.update(span(node.body[0]))
    for node in module.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and lines(node) >= MIN_TABLE_LINES:
            skipped.update(span(node))
    source = enumerate(module.path.read_text("utf-8").splitlines(), 1)
    return sum(
        number not in skipped and line.strip() != "" and not line.strip().startswith("#")
        for number, line in source
    )


def parameters(function: Function) -> list[str]:
    every = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
    return [one.arg for one in every if one.arg not in ("self", "cls")]
