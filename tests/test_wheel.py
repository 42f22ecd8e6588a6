"""The wheel, installed elsewhere: commands, templates and styles are all in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.wheel, pytest.mark.xdist_group("wheel")]

ROOT = Path(__file__).parents[1]
OLD_PIP = "23.2.1"
MOST_MEGABYTES = 220

WEB_PAGE = """<!doctype html><html lang="en"><head><title>The wall will stand</title>
<meta property="article:published_time" content="2024-05-06"></head><body>
<nav><a href="/">Home</a> <a href="/ports">Ports</a></nav>
<article><h1>The wall will stand</h1>
<p>The harbour wall of Ilven was shut to visitors for a week, and opened again on Monday.</p>
<p><strong>Will it hold for another winter?</strong></p>
<p><strong>Zoë Durand:</strong> It will hold for a hundred winters, if nobody digs below it.</p>
<p><strong>Who would dig there?</strong></p>
<p><strong>Zoë Durand:</strong> Whoever lays the second pipe has to dig, and nobody has asked.</p>
</article><footer>All rights reserved</footer></body></html>"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, from a copy so that nothing is left behind in the source."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for package in ("indexer", "search_app"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, source / package, ignore=ignored)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", cwd=source)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of an environment with the wheel and its requirements."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=False, symlinks=True)
    python = environment / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=environment)
    # The dependencies are those of this environment; a path file of theirs is not followed, so
    # that an editable install of the source cannot stand in for the wheel.
    packages = environment / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    packages.joinpath("dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return environment / "bin"


@pytest.fixture(scope="module")
def fresh(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment as a stranger does: the wheel, and all that pip installs with it.

    Not what the lock files name, and by the pip that came with Python 3.11, which does not know
    that extras may be spelt in several ways. Needs a registry: without one, skipped except in CI.
    """
    environment = tmp_path_factory.mktemp("fresh")
    venv.create(environment, with_pip=True, symlinks=True)
    python = environment / "bin" / "python"
    pip = (python, "-m", "pip", "--disable-pip-version-check", "--no-input")
    once = ("--retries", "0", "--timeout", "20")
    older = subprocess.run(
        [*pip, *once, "install", "--quiet", "--force-reinstall", f"pip=={OLD_PIP}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if older.returncode:
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop(f"pip {OLD_PIP} cannot be had from a package registry: {older.stderr[-300:]}")
    assert OLD_PIP in run(*pip, "--version", cwd=environment)
    run(*pip, "install", wheel, cwd=environment)
    return environment


@pytest.fixture
def workplace(scripts: Path, tmp_path: Path) -> Path:
    """Make a folder far from the source, with a corpus of one article and its index."""
    article = tmp_path / "corpus" / "invented-gazette" / "2024" / "wall.txt"
    article.parent.mkdir(parents=True)
    article.write_text(
        "Zoë Durand: the wall will stand\n\n- Will it?\n- For a hundred years.\n", "utf-8"
    )
    run(scripts / "reindex", "--quiet", cwd=tmp_path)
    return tmp_path


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    finished = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def test_the_wheel_holds_the_templates_and_the_styles_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder in (
        "indexer/corpus/starter",
        "search_app/templates",
        "search_app/static",
        "search_app/translations",
    ):
        kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.*")}
        assert kept
        assert kept <= set(names)
    tops = {name.split("/")[0] for name in names}
    assert tops == {"indexer", "search_app", "commentary_search-0.1.0.dist-info"}


def test_an_installed_wheel_indexes_and_searches_from_another_folder(
    scripts: Path, workplace: Path
) -> None:
    found = run(scripts / "commentary", "search", "hundred", "--json", cwd=workplace)
    assert json.loads(found)["total"] == 1
    run(scripts / "commentary", "check", cwd=workplace)


def test_an_installed_wheel_serves_its_pages(scripts: Path, workplace: Path) -> None:
    asks = (
        "from pathlib import Path; from search_app import create_app;"
        "client = create_app(Path('index')).test_client();"
        "print(*[client.get(at).status_code for at in ('/search?q=wall', '/static/style.css')])"
    )
    assert run(scripts / "python", "-c", asks, cwd=workplace).split() == ["200", "200"]


def test_a_web_page_is_read_and_found_after_a_plain_install(fresh: Path, tmp_path: Path) -> None:
    page = tmp_path / "corpus" / "invented-gazette" / "2024" / "wall.html"
    page.parent.mkdir(parents=True)
    page.write_text(WEB_PAGE, "utf-8")
    assert run(fresh / "bin" / "reindex", cwd=tmp_path).startswith("The index holds 1 article")
    answer = run(fresh / "bin" / "commentary", "search", "hundred", "--json", cwd=tmp_path)
    (hit,) = json.loads(answer)["results"]
    assert (hit["speaker"]["name"], hit["date"]) == ("Zoë Durand", "2024-05-06")
    assert hit["question"] == "Will it hold for another winter?"


def test_a_plain_install_begins_in_any_folder(fresh: Path, tmp_path: Path) -> None:
    run(fresh / "bin" / "commentary", "init", cwd=tmp_path)
    run(fresh / "bin" / "reindex", cwd=tmp_path)
    assert "Ada Lind" in run(fresh / "bin" / "commentary", "search", "ferries", cwd=tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"corpus", "index"}


def test_a_plain_install_is_small(fresh: Path) -> None:
    packages = fresh / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    of_python = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence")
    sizes = {
        top.name: sum(file.stat().st_size for file in (top, *top.rglob("*")) if file.is_file())
        for top in packages.iterdir()
        if top.name.split("-")[0].split(".")[0] not in of_python
    }
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    assert sum(sizes.values()) < MOST_MEGABYTES * 10**6, largest
