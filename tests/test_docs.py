"""The documentation against the program: everything offered is documented, and the reverse.

Every shell command and every Python example of the pages is run over an invented corpus in a
temporary folder. A shell command that is not ours, serves, or names an address on the internet is
not run; `OUTSIDE` lists how each of those is checked instead.
"""

from __future__ import annotations

import doctest
import importlib
import json
import logging
import os
import pkgutil
import re
import shlex
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import click
import pytest
import yaml
from click.testing import CliRunner
from test_architecture import FLOORS

import indexer
from indexer import SearchRequest, open_index
from indexer.cli import command
from indexer.corpus.keeper_files import read_aliases
from indexer.engines import engine_names
from indexer.ingest.readers import FORMATS
from indexer.ingest.sidecar import KEYS
from indexer.people.aliases import FILE
from indexer.search import lexemes, query_fields, vocabulary
from search_app import create_app
from search_app.api.openapi import SEARCH
from search_app.api.schemas import SCHEMAS, Schema
from search_app.cli import main
from search_app.exports.formats import RENDERERS
from search_app.monitoring import access_log
from search_app.request_record import RequestRecord

ROOT = Path(__file__).parents[1]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("corpus/*.md")])
    if path.name != "CHANGELOG.md"
}
ALL = "\n".join(PAGES.values())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
GROUPS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
FENCE = re.compile(r"```.*?```", re.DOTALL)
TUTORIAL_CORPUS = os.environ.get("TUTORIAL_CORPUS")
"""A copy of wh-briefings with the years 2021 to 2023, to check the figures of the tutorial."""


# --- What the pages say --------------------------------------------------------------------------


def code(text: str) -> str:
    """Everything between backticks or in a block of code."""
    return "\n".join([*FENCE.findall(text), *re.findall(r"`([^`\n]+)`", FENCE.sub("", text))])


def blocks(page: str, language: str) -> list[str]:
    """Return the blocks of code of a page in one language, in order."""
    fenced = rf"^( *)```{language}\n(.*?)^\1```$"
    return [dedent(code) for _, code in re.findall(fenced, PAGES[page], re.DOTALL | re.MULTILINE)]


def section(page: str, heading: str) -> str:
    """Return the text under a heading of the second level; empty if there is none."""
    return PAGES[page].partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def first_column(text: str) -> list[str]:
    """Everything between backticks in the first cells of the tables of a text."""
    cells = re.findall(r"^\| (.*?) \|", text, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def anchors(page: str) -> set[str]:
    """Return the anchors of the headings of a page on GitHub."""
    headings = re.findall(r"^#+ (.+)$", PAGES[page], re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


# --- What the program offers ---------------------------------------------------------------------


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    named = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: one for name, one in named.items() if one}


def options(one: click.Command) -> list[click.Option]:
    return [parameter for parameter in one.params if isinstance(parameter, click.Option)]


def spellings(one: click.Command) -> set[str]:
    return {name for option in options(one) for name in option.opts + option.secondary_opts}


EVERY_OPTION = [option for one in commands().values() for option in options(one)]


def test_every_command_has_its_section_and_the_reverse() -> None:
    sections = set(re.findall(r"^## ([a-z-]+)$", PAGES["docs/commands.md"], re.MULTILINE))
    assert sections == set(commands())
    assert set(PROJECT["scripts"]) == {"commentary", "reindex"}


def test_every_command_that_a_page_names_exists() -> None:
    named = set(re.findall(r"\bcommentary ([a-z][a-z-]*)", code(ALL)))
    assert named <= set(commands())


@pytest.mark.parametrize("name", commands())
def test_the_section_of_a_command_lists_its_options_and_no_others(name: str) -> None:
    rows = first_column(section("docs/commands.md", name))
    written = {option for row in rows for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row)}
    assert written == spellings(commands()[name])


def test_every_option_that_a_page_names_exists() -> None:
    lines = re.findall(r"(?:commentary|reindex)\b.*", code(ALL))
    written = {option for line in lines for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", line)}
    written |= set(re.findall(r"`(--[a-z][a-z-]*)", ALL))
    offered = {name for one in commands().values() for name in spellings(one)}
    assert written - offered - {"--help", "--version"} == set()


def test_every_environment_variable_has_its_row_and_the_reverse() -> None:
    rows = re.findall(r"^\| [^|]* \| `(COMMENTARY_\w+)` \|", PAGES["docs/configuration.md"], re.M)
    assert {option.envvar for option in EVERY_OPTION if option.envvar} == set(rows)
    assert set(re.findall(r"COMMENTARY_[A-Z_]+", ALL)) == set(rows)


def test_the_defaults_in_the_pages_are_those_of_the_program() -> None:
    row = r"^\| `(--[\w-]+)` \| `COMMENTARY_\w+` \| `([^`]+)` \|"
    defaults = {
        one.opts[0]: f"{one.default:g}" if isinstance(one.default, float) else str(one.default)
        for one in EVERY_OPTION
        if one.envvar and isinstance(one.default, str | int | float)
    }
    assert dict(re.findall(row, PAGES["docs/configuration.md"], re.MULTILINE)) == defaults


def test_every_exit_code_is_in_the_pages_and_the_reverse() -> None:
    ours = {value for name, value in vars(command).items() if name.isupper() and is_code(value)}
    ours |= {*command._EXIT_CODES.values(), 0}
    written = re.findall(r"^\| (\d+) \|", section("docs/commands.md", "Exit codes"), re.MULTILINE)
    assert {int(number) for number in written} == ours


def is_code(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def test_every_query_field_is_in_the_pages_and_the_reverse() -> None:
    typed = re.findall(r"^\|[^|]*\| (.*) \|$", section("docs/query.md", "Fields"), re.MULTILINE)
    written = {name for cell in typed for name in re.findall(r"`([a-z]+):", cell)}
    assert written == {*query_fields.VALUE_FIELDS, *query_fields.TEXT_FIELDS}


def test_the_limits_of_a_query_are_in_the_pages() -> None:
    numbers = set(re.findall(r"\d+", section("docs/query.md", "Limits")))
    limits = (
        lexemes.MAX_CHARACTERS,
        lexemes.MAX_CLAUSES,
        lexemes.MAX_DEPTH,
        vocabulary.MAX_EXPANSIONS,
    )
    assert numbers == set(map(str, limits))


def test_every_engine_and_every_extra_is_in_the_pages_and_the_reverse() -> None:
    assert set(first_column(section("docs/configuration.md", "Engines"))) == set(engine_names())
    extras = set(first_column(section("docs/configuration.md", "Extras")))
    assert extras == set(PROJECT["optional-dependencies"])


def test_every_format_that_is_read_is_in_the_pages_and_the_reverse() -> None:
    read = {suffix for format in FORMATS for suffix in format.suffixes}
    rows = set(re.findall(r"`(\.[a-z.]+)`", "".join(table_of("corpus/README.md", "suffix"))))
    assert rows == read


def table_of(page: str, heading: str) -> list[str]:
    """Return the rows of the table whose first column has this heading."""
    table = re.search(rf"^\| {heading} \|.*\n(?:\|.*\n)+", PAGES[page], re.MULTILINE)
    return table[0].splitlines(keepends=True) if table else []


def test_every_export_is_in_the_pages_and_the_reverse() -> None:
    written = set(re.findall(r"`/search\.([a-z.]+)`", PAGES["docs/http.md"]))
    assert written == {*RENDERERS, "json"}


def test_every_address_is_in_the_pages_and_the_reverse(tmp_path: Path) -> None:
    routes = {
        route
        for rule in create_app(tmp_path).url_map.iter_rules()
        if rule.endpoint != "static"
        for route in spelled_out(rule.rule)
    }
    written = {name for name in first_column(PAGES["docs/http.md"]) if re.match(r"/\w|/$", name)}
    assert {name.partition("#")[0] for name in written} == routes


def spelled_out(rule: str) -> list[str]:
    """Return a route as a reader writes it: one for each choice, ``<id>`` for all else."""
    choice = re.search(r"<any\(([^)]*)\):\w+>", rule)
    if choice:
        return [rule.replace(choice[0], name.strip(" '")) for name in choice[1].split(",")]
    return [re.sub(r"<[^>]*>", "<id>", rule)]


def test_every_argument_of_a_search_is_in_the_pages_and_the_reverse() -> None:
    rows = first_column("".join(table_of("docs/http.md", "argument")))
    assert sorted(rows) == sorted(parameter.name for parameter in SEARCH)


def test_every_metric_is_in_the_pages_and_the_reverse(folder: Path) -> None:
    metrics = create_app(Path("index")).test_client().get("/metrics").text
    offered = set(re.findall(r"^# HELP (\w+)", metrics, re.MULTILINE))
    assert set(first_column(section("docs/operation.md", "Monitoring"))) >= offered
    named = set(re.findall(r"commentary_\w+", PAGES["docs/operation.md"]))
    assert {name.removesuffix("_bucket") for name in named} == offered


def test_every_field_of_the_log_is_in_the_pages() -> None:
    (example,) = blocks("docs/operation.md", "json")
    request = RequestRecord("GET", "/search.json", "q=fog")
    record = logging.makeLogRecord({"levelname": "INFO", "commentary_request": request})
    assert list(json.loads(access_log.formatter("json").format(record))) == list(
        json.loads(example)
    )


def test_every_field_of_the_answers_is_in_the_pages() -> None:
    offered = set().union(*map(fields, SCHEMAS.values()))
    written = {
        word
        for text in re.findall(r"`([^`\n]+)`", PAGES["docs/http.md"])
        for word in re.findall(r"\w+", text)
    }
    assert sorted(offered - written) == []


def fields(schema: Schema) -> set[str]:
    """Return the names of all fields of an answer, at any depth."""
    here = schema.get("properties", {})
    inside = [*here.values(), *filter(None, [schema.get("items")])]
    return set(here).union(*map(fields, inside)) if inside else set(here)


def test_every_package_is_in_the_pages() -> None:
    development = [one for one in GROUPS["dev"] if isinstance(one, str)]
    names = [re.split(r"[<>=!~\[]", one)[0] for one in [*PROJECT["dependencies"], *development]]
    page = PAGES["ARCHITECTURE.md"]
    assert [name for name in names if not re.search(rf"\b{name}\b", page)] == []


# --- The pages by themselves ---------------------------------------------------------------------


def test_the_readme_is_a_first_page() -> None:
    assert len(PAGES["README.md"].splitlines()) <= 130


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_resolves(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", FENCE.sub("", PAGES[page]))
    assert [link for link in links if not resolves(page, link)] == []


def resolves(page: str, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = ((ROOT / page).parent / path).resolve() if path else ROOT / page
    if not anchor:
        return target.exists()
    return anchor in anchors(target.relative_to(ROOT).as_posix())


def test_every_page_can_be_reached_from_the_readme() -> None:
    linked = set(re.findall(r"\]\(([^)#:]+\.md)", PAGES["README.md"]))
    assert [page for page in PAGES if page not in linked and page != "README.md"] == []


def test_the_sample_articles_are_all_listed_with_their_shape() -> None:
    sample = ROOT / "corpus" / "sample"
    listed = re.findall(
        r"^\| `([^`]+)` \|", (sample / "README.md").read_text("utf-8"), re.MULTILINE
    )
    articles = [path for path in sample.rglob("*.*") if path.parent != sample]
    assert sorted(listed) == sorted(
        path.relative_to(sample).with_suffix("").as_posix() for path in articles
    )


def test_every_folder_of_the_code_has_its_question() -> None:
    python = {path.parent for package in ("indexer", "search_app") for path in packages(package)}
    folders = {f"{path.relative_to(ROOT).as_posix()}/" for path in python}
    asked = set(first_column("".join(table_of("ARCHITECTURE.md", "folder"))))
    assert folders - asked == {"indexer/", "search_app/"}
    assert [name for name in asked if not (ROOT / name).is_dir()] == []


def packages(name: str) -> list[Path]:
    return list((ROOT / name).rglob("__init__.py"))


def test_every_floor_is_as_the_rules_have_it() -> None:
    rows = table_of("ARCHITECTURE.md", "floor")[2:]
    written = [set(re.findall(r"`([\w.]+)`", row)) for row in rows]
    assert written[::-1] == [set(floor) for floor in FLOORS]


def test_every_step_of_the_walks_is_where_the_pages_say() -> None:
    steps = re.findall(r"^\| .+? \| (`.+`) \| `(.+)` \|$", PAGES["ARCHITECTURE.md"], re.MULTILINE)
    assert len(steps) > 20
    assert [path for names, path in steps if not defines(path, re.findall(r"\w+", names))] == []


def defines(path: str, names: list[str]) -> bool:
    source = (ROOT / path).read_text("utf-8")
    return all(re.search(rf"^(?:def|class) {name}\b", source, re.MULTILINE) for name in names)


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/extending.md"])
def test_every_path_that_a_page_names_exists(page: str) -> None:
    named = re.findall(r"`((?:indexer|search_app|tests|bench|docs)/[\w/.-]*)`", PAGES[page])
    assert [path for path in named if not (ROOT / path).exists()] == []


# --- The examples --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with the invented articles as its corpus, and their index."""
    folder = tmp_path_factory.mktemp("documentation")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    run(f"reindex --corpus {folder}/corpus --index {folder}/index --jobs 1 --quiet")
    return folder


@pytest.fixture
def folder(indexed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the indexed folder, and make the copy the current folder."""
    shutil.copytree(indexed, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line: str) -> None:
    words = shlex.split(line, comments=True)
    words = words[1:] if words[0] == "commentary" else words
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, f"{line}: {result.output}"


def shell_lines(page: str) -> list[str]:
    lines = "".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    return [part for line in lines if line.strip() for part in line.split(" && ")]


def is_outside(line: str) -> bool:
    """Whether a command is not ours, runs until it is stopped, or asks the internet."""
    words = shlex.split(line, comments=True)
    return (
        words[0] not in ("commentary", "reindex")
        or not {"serve", "watch"}.isdisjoint(words)
        or "://" in line
    )


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "sh")])
def test_the_shell_examples_of_a_page_run(page: str, folder: Path) -> None:
    for line in shell_lines(page):
        if is_outside(line):
            words = shlex.split(line, comments=True)
            assert words[0] in OUTSIDE, f"{line}: say in OUTSIDE how it is checked"
            OUTSIDE[words[0]](words[1:])
        else:
            run(line)


def is_a_target(words: list[str]) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert words[0] in targets


def is_answered(words: list[str]) -> None:
    address = urlsplit(next(word for word in words if "://" in word))
    answer = create_app(Path("index")).test_client().get(address.path, query_string=address.query)
    assert answer.status_code == 200


def is_an_extra(words: list[str]) -> None:
    for extra in re.findall(r"\[([\w,]+)\]", " ".join(words)):
        assert set(extra.split(",")) <= set(PROJECT["optional-dependencies"])


def is_of_compose(words: list[str]) -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    command = [word for word in words if not word.startswith("-")]
    assert command[:2] in (["compose", "up"], ["compose", "build"], ["compose", "run"])
    assert set(command[2:3]) <= set(services)
    if ours := command[3:]:
        is_valid_usage(ours[1:] if ours[0] == "commentary" else ours)


def is_a_module(words: list[str]) -> None:
    assert words[0] == "-m"
    assert importlib.util.find_spec(words[1])


def is_valid_usage(words: list[str]) -> None:
    commands()[words[0]].make_context(words[0], words[1:])


def is_a_file_or_a_unit(words: list[str]) -> None:
    if words[0] == "cp":
        assert (ROOT / words[1]).is_file()
    else:
        assert (ROOT / "docs" / "deploy" / f"{words[-1]}.service").is_file()


def is_left_to_the_reader(words: list[str]) -> None:
    assert words


OUTSIDE: dict[str, Callable[[list[str]], None]] = {
    "commentary": is_valid_usage,
    "curl": is_answered,
    "docker": is_of_compose,
    "make": is_a_target,
    "pip": is_an_extra,
    "pipx": is_an_extra,
    "python": is_a_module,
    ".": is_left_to_the_reader,
    "cd": is_left_to_the_reader,
    "git": is_left_to_the_reader,
    "mkdir": is_left_to_the_reader,
    "rm": is_left_to_the_reader,
    "sudo": is_a_file_or_a_unit,
    "uv": is_an_extra,
}
"""How a command that is not run is checked, by the program that it names."""


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")])
def test_the_python_examples_of_a_page_run(page: str, folder: Path) -> None:
    for example in blocks(page, "python"):
        exec(compile(example, page, "exec"), surroundings(example))


def surroundings(example: str) -> dict[str, object]:
    """Return the names of the module that the first line of an example names."""
    path = re.match(r"# ([\w/]+)\.py", example)
    if path is None or not (ROOT / f"{path[1]}.py").exists():
        return {"__name__": "example"}
    module = path[1].removesuffix("/__init__").replace("/", ".")
    return dict(vars(importlib.import_module(module)))


def test_every_block_of_code_is_of_a_kind_that_is_checked() -> None:
    kinds = set(re.findall(r"^ *```(\w+)$", ALL, re.MULTILINE))
    assert kinds == {"sh", "python", "toml", "json"}
    plain = [block for page in PAGES for block in blocks(page, "")]
    assert [block for block in plain if re.search(r"^\$|^(commentary|reindex|make) ", block)] == []


def test_the_answer_in_the_pages_is_the_one_given(folder: Path) -> None:
    (example,) = blocks("docs/http.md", "json")
    (curl,) = [line for line in shell_lines("docs/http.md") if line.startswith("curl")]
    address = urlsplit(shlex.split(curl)[1])
    answer = create_app(Path("index")).test_client().get(address.path, query_string=address.query)
    assert shortened(answer.json, json.loads(example)) == json.loads(example)


def shortened(whole: Any, example: Any) -> Any:
    """Reduce an answer to the fields and items of an example."""
    if isinstance(example, dict):
        return {name: shortened(whole[name], part) for name, part in example.items()}
    if isinstance(example, list):
        return [shortened(one, part) for one, part in zip(whole, example, strict=False)]
    return whole


def test_the_example_of_a_sidecar_has_every_key() -> None:
    (example,) = blocks("corpus/README.md", "toml")
    assert sorted(tomllib.loads(example)) == sorted(KEYS)


def test_the_example_of_aliases_can_be_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("\n".join(blocks("docs/people.md", "toml")), "utf-8")
    aliases = read_aliases(tmp_path)
    assert [outlet.folder for outlet in aliases.outlets] == ["blogs"]
    person = aliases.person("Chair Velidze")
    assert person
    assert (person.name, len(person.offices)) == ("Nara Velidze", 2)


def modules() -> Iterator[ModuleType]:
    yield indexer
    for module in pkgutil.walk_packages(indexer.__path__, "indexer."):
        yield importlib.import_module(module.name)


@pytest.mark.parametrize("module", list(modules()), ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_run(
    module: ModuleType, indexed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(indexed)
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("module", [indexer, indexer.engines], ids=lambda module: module.__name__)
def test_the_face_and_the_seam_have_examples(module: ModuleType) -> None:
    assert doctest.DocTestFinder(recurse=False).find(module)[0].examples


# --- The figures of the tutorial -----------------------------------------------------------------


@pytest.fixture(scope="module")
def briefings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[indexer.Index]:
    if not TUTORIAL_CORPUS:
        pytest.skip("set TUTORIAL_CORPUS to a copy of wh-briefings, years 2021 to 2023")
    folder = tmp_path_factory.mktemp("briefings")
    shutil.copytree(TUTORIAL_CORPUS, folder / "corpus" / "wh-briefings")
    run(f"reindex --corpus {folder}/corpus --index {folder}/index --quiet")
    with open_index(folder / "index") as index:
        yield index


def test_the_tutorial_tells_how_much_there_is(briefings: indexer.Index) -> None:
    articles, passages = round(briefings.info.articles, -2), round(briefings.info.passages, -3)
    text = one_line("docs/tutorial.md")
    assert f"about {articles:,} articles and {passages:,} passages" in text


def test_the_searches_of_the_tutorial_find_what_it_says(briefings: indexer.Index) -> None:
    told = re.findall(r"^\| `(.+?)` \| (.+?) \|", PAGES["docs/tutorial.md"], re.MULTILINE)
    assert len(told) >= 12
    everything = SearchRequest(until="2023", group="article")
    results = [briefings.search(replace(everything, query=query)) for query, _ in told]
    figures = [f"{one.total:,} passages in {one.articles:,} articles" for one in results]
    assert [re.sub(r"\b1 (passage|article)\b", r"1 \1s", text) for _, text in told] == figures


def test_the_tutorial_describes_the_page_of_a_person(briefings: indexer.Index) -> None:
    speaker, unnamed = briefings.speaker("jake-sullivan"), briefings.speaker("mr-sullivan")
    assert speaker
    assert speaker.first
    assert speaker.last
    assert unnamed
    text = one_line("docs/tutorial.md")
    assert f"about {round(speaker.passages, -2):,} passages" in text
    first, last = (date.fromisoformat(day[:10]) for day in (speaker.first, speaker.last))
    assert f"first of {first:%-d %B %Y} and the last of {last:%-d %B %Y}" in text
    assert f'{unnamed.passages} passages are by a "Mr. Sullivan"' in text


def one_line(page: str) -> str:
    return " ".join(PAGES[page].split())
