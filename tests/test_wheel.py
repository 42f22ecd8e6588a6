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

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing is left behind in the source."""
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
    """The folder of commands of an environment that holds the wheel and what it stands on."""
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


@pytest.fixture
def workplace(scripts: Path, tmp_path: Path) -> Path:
    """A folder far from the source, with a corpus of one article and its index."""
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
    for folder in ("search_app/templates", "search_app/static", "search_app/translations"):
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
