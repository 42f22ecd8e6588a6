"""The documentation against the program: everything offered is documented, and the reverse."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

import indexer
from search_app import create_app
from search_app.cli import main

ROOT = Path(__file__).parents[1]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "corpus" / "README.md"])
    if path.name != "CHANGELOG.md"
}
ALL = "\n".join(PAGES.values())
COMMANDS = PAGES["docs/commands.md"]
CONFIGURATION = PAGES["docs/configuration.md"]
HTTP = PAGES["docs/http.md"]
ARCHITECTURE = PAGES["ARCHITECTURE.md"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in found.items() if command}


def options() -> list[click.Option]:
    return [
        parameter
        for command in commands().values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
    ]


def modules() -> Iterator[ModuleType]:
    yield indexer
    for module in pkgutil.walk_packages(indexer.__path__, "indexer."):
        yield importlib.import_module(module.name)


def code(text: str) -> str:
    """What stands between backticks or in a block of code."""
    blocks = re.findall(r"```.*?```", text, re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


def section(page: str, heading: str) -> str:
    """The text under a heading of the second level."""
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_every_command_has_its_section() -> None:
    assert [name for name in commands() if not section(COMMANDS, name)] == []


def test_every_command_of_the_pages_exists() -> None:
    named = set(re.findall(r"\bcommentary ([a-z]+)", code(ALL)))
    assert named <= set(commands())
    scripts = PROJECT["project"]["scripts"]
    assert set(scripts) == {"commentary", "reindex"}


@pytest.mark.parametrize("name", commands())
def test_the_section_of_a_command_lists_its_options(name: str) -> None:
    rows = re.findall(r"^\| (`-.*?`) \|", section(COMMANDS, name), re.MULTILINE)
    written = {option for row in rows for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row)}
    offered = {
        spelling
        for option in commands()[name].params
        if isinstance(option, click.Option)
        for spelling in option.opts + option.secondary_opts
    }
    assert written == offered


def test_every_option_of_the_pages_exists() -> None:
    ours = re.findall(r"(?:commentary|reindex)\b.*", code(ALL))
    written = {option for line in ours for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", line)}
    written |= set(re.findall(r"`(--[a-z][a-z-]*)", ALL))
    offered = {name for option in options() for name in option.opts + option.secondary_opts}
    assert written - offered - {"--help"} == set()


def test_every_environment_variable_is_in_the_pages_and_the_reverse() -> None:
    read = {option.envvar for option in options() if option.envvar}
    table = set(re.findall(r"^\| [^|]* \| `(COMMENTARY_\w+)` \|", CONFIGURATION, re.MULTILINE))
    assert read == table
    assert set(re.findall(r"COMMENTARY_[A-Z_]+", ALL)) == read


def test_the_defaults_in_the_pages_are_those_of_the_program() -> None:
    row = r"^\| `(--[\w-]+)` \| `COMMENTARY_\w+` \| `([^`]+)` \|"
    rows = re.findall(row, CONFIGURATION, re.MULTILINE)
    defaults = {
        one.opts[0]: f"{one.default:g}" if isinstance(one.default, float) else str(one.default)
        for one in options()
        if one.envvar and isinstance(one.default, str | int | float)
    }
    assert dict(rows) == defaults


def test_every_make_target_of_the_pages_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", code(ALL))) <= targets


def test_every_address_is_in_the_pages(tmp_path: Path) -> None:
    routes = {
        route
        for rule in create_app(tmp_path).url_map.iter_rules()
        if rule.endpoint != "static"
        for route in spelled_out(rule.rule)
    }
    assert [route for route in sorted(routes) if f"`{route}`" not in HTTP] == []


def spelled_out(rule: str) -> list[str]:
    """A route as a reader writes it: one for each choice, ``<id>`` for anything else."""
    choice = re.search(r"<any\(([^)]*)\):\w+>", rule)
    if choice:
        return [rule.replace(choice[0], name.strip()) for name in choice[1].split(",")]
    return [re.sub(r"<[^>]*>", "<id>", rule)]


def test_every_package_is_in_the_pages() -> None:
    development = [one for one in PROJECT["dependency-groups"]["dev"] if isinstance(one, str)]
    required = [*PROJECT["project"]["dependencies"], *development]
    names = [re.split(r"[<>=!~\[]", requirement)[0] for requirement in required]
    assert [name for name in names if not re.search(rf"\b{name}\b", ARCHITECTURE)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_between_pages_resolves(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", PAGES[page])
    targets = [(ROOT / page).parent / link.partition("#")[0] for link in links]
    assert [str(target) for target in targets if not target.exists()] == []


def test_the_sample_articles_are_all_listed_with_their_shape() -> None:
    sample = ROOT / "corpus" / "sample"
    listed = re.findall(
        r"^\| `([^`]+)` \|", (sample / "README.md").read_text("utf-8"), re.MULTILINE
    )
    articles = [path for path in sample.rglob("*.*") if path.parent != sample]
    assert sorted(listed) == sorted(
        path.relative_to(sample).with_suffix("").as_posix() for path in articles
    )


@pytest.mark.parametrize("module", list(modules()), ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_run(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
