"""The container against the program: both say the same of versions, ports, folders and files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from search_app import create_app
from search_app.cli import main

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def default(name: str) -> Any:
    command = main.get_command(click.Context(main), "serve")
    assert command is not None
    (option,) = (one for one in command.params if one.name == name)
    return option.default


def test_the_image_has_the_version_of_the_program() -> None:
    images = {service["image"] for service in COMPOSE["services"].values()}
    assert images == {f"{PROJECT['name']}:{PROJECT['version']}"}


def test_its_python_is_one_that_the_program_is_for() -> None:
    pythons = re.findall(r"^FROM python:([\d.]+)-slim", DOCKERFILE, re.MULTILINE)
    assert len(pythons) == 2
    for python in pythons:
        assert f"Programming Language :: Python :: {python}" in PROJECT["classifiers"]


def test_the_port_is_that_of_the_program_everywhere() -> None:
    port = str(default("port"))
    assert re.findall(r"^EXPOSE (\d+)", DOCKERFILE, re.MULTILINE) == [port]
    assert re.findall(r"127\.0\.0\.1:(\d+)", DOCKERFILE) == [port]
    assert COMPOSE["services"]["search"]["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_its_health_is_asked_at_an_address_that_exists(index_path: Path) -> None:
    (address,) = re.findall(r"urlopen\('http://[^/]+(/\w+)'\)", DOCKERFILE)
    assert create_app(index_path).test_client().get(address).status_code == 200


def test_the_folders_are_those_that_the_program_looks_in() -> None:
    (workplace,) = re.findall(r"^WORKDIR (/data)$", DOCKERFILE, re.MULTILINE)
    (volumes,) = re.findall(r"^VOLUME (\[.*\])$", DOCKERFILE, re.MULTILINE)
    folders = {f"{workplace}/corpus", f"{workplace}/{default('index_path')}"}
    assert set(yaml.safe_load(volumes)) == folders
    for service in COMPOSE["services"].values():
        assert {volume.split(":")[1] for volume in service["volumes"]} == folders


def test_what_serves_can_write_nothing() -> None:
    search = COMPOSE["services"]["search"]
    assert search["read_only"]
    assert all(volume.endswith(":ro") for volume in search["volumes"])
    assert re.findall(r"^USER (\d+):(\d+)$", DOCKERFILE, re.MULTILINE) == [("10001", "10001")]


def test_every_file_that_is_copied_exists_and_is_not_kept_out() -> None:
    let_in = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
        for name in line.split()
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert [name for name in copied if f"!{name}" not in let_in] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-all.lock"])
def test_what_is_installed_was_tested_in_the_same_version(lock: str) -> None:
    pinned = set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
    tested = (ROOT / "requirements-dev.lock").read_text("utf-8")
    assert pinned
    assert pinned <= set(re.findall(r"^\S+==\S+", tested, re.MULTILINE))
