"""The description of the API compared with the API, and the reference page."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest
import schemathesis
from conftest import SITE
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from indexer import FACETS, SearchRequest
from indexer.reindex.run import ReindexOptions, reindex
from search_app import create_app
from search_app.api.openapi import OPERATIONS, SEARCH, document
from search_app.api.schemas import Schema
from search_app.settings import Settings
from search_app.urls.request_args import arguments, arguments_by_cursor

DESCRIPTION = "/api/v1/openapi.json"
COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]


def closed(schema: Schema) -> Schema:
    """Forbid other fields in the objects of a schema."""
    return {**schema, "additionalProperties": False} if "properties" in schema else schema


STRICT = json.loads(json.dumps(document("http://localhost/")), object_hook=closed)
API = schemathesis.openapi.from_dict(STRICT)

UNCHECKED_ARGUMENTS = {"from", "to", "cursor"}
"""Arguments that are refused for reasons that a schema cannot express, such as 31 February."""


def status(case: schemathesis.Case, app: Flask) -> int:
    """Check that the answer is as described, and return its status."""
    case.operation.schema.app = app  # requests need no network
    query = case.query if isinstance(case.query, dict) else {}
    excluded = []
    if UNCHECKED_ARGUMENTS & set(query):
        excluded.append(positive_data_acceptance)
    if is_blank(query):
        excluded.append(negative_data_rejection)
    # Schemathesis asks for gzip, which it does not read without a network.
    plain = {"Accept-Encoding": "identity"}
    answer = case.call_and_validate(app=app, excluded_checks=excluded, headers=plain)
    return answer.status_code


def is_blank(query: Mapping[str, object]) -> bool:
    """Return true if an argument is empty, and so counts as absent."""
    values = [one if isinstance(one, list) else [one] for one in query.values()]
    return any(str(one or "").strip() == "" for value in values for one in value or [None])


@pytest.mark.slow
@API.parametrize()
@settings(max_examples=25, derandomize=True, database=None)
def test_every_request_is_answered_as_described(case: schemathesis.Case, app: Flask) -> None:
    status(case, app)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/v1/passages/{id}", "the-lantern/2025/lind-on-promises#1"),
        ("/api/v1/articles/{id}", "the-lantern/2025/lind-on-promises"),
        ("/api/v1/speakers/{id}", "ada-lind"),
    ],
)
def test_every_resource_is_answered_as_described(app: Flask, path: str, name: str) -> None:
    case = API[path]["GET"].Case(path_parameters={"id": quote(name)})
    assert status(case, app) == 200


@pytest.mark.parametrize(
    "query",
    [
        {"q": "the", "group": "article", "per_page": "2"},
        {"q": "guarentees"},
        {"q": "postcard drawbridge", "from": "2020", "speaker": "ada-lind"},
        {"q": '"the ((', "speaker": "nobody"},
    ],
)
def test_every_kind_of_search_is_answered_as_described(app: Flask, query: dict[str, str]) -> None:
    case = API["/api/v1/search"]["GET"].Case(query=query)
    assert status(case, app) == 200


@pytest.mark.parametrize(
    ("settings", "refused"),
    [
        (Settings(user_header="X-Remote-User", trusted_proxy="192.0.2.1"), 403),
        (Settings(rate_limit="1/hour"), 429),
    ],
)
def test_what_is_refused_by_a_site_of_limits_is_described(
    site_index: Path, settings: Settings, refused: int
) -> None:
    limited = create_app(site_index, settings)
    case = API["/api/v1/search"]["GET"].Case(query={"q": "the"})
    assert [status(case, limited) for _ in range(2)][-1] == refused


def test_the_description_is_openapi_and_names_this_server(tmp_path: Path) -> None:
    client = create_app(tmp_path, Settings(hosts=("search.example",))).test_client()
    description = client.get(DESCRIPTION, base_url="https://search.example").get_json()
    assert description["openapi"].startswith("3.1.")
    assert description["servers"] == [{"url": "https://search.example"}]


def test_every_address_of_the_api_is_described(app: Flask) -> None:
    routes = {
        re.sub(r"<[^>]*>", "{id}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    assert {one.path for one in OPERATIONS} == routes - {DESCRIPTION}


def test_exactly_the_arguments_of_a_search_are_described() -> None:
    values: dict[str, Any] = {facet.request_field: ("en",) for facet in FACETS.values()}
    request = SearchRequest(
        query="grain",
        **values,
        since="2020",
        until="2021",
        scope="all",
        sort="oldest",
        group="none",
        offset=10,
        limit=10,
    )
    names = {*arguments(request), *arguments_by_cursor(request, "5eed")}
    assert {parameter.name for parameter in SEARCH} == names


# --- The page for people -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the articles of ``tests/articles``."""
    index = tmp_path_factory.mktemp("served") / "index"
    reindex(ReindexOptions(SITE, index, jobs=1))
    command = [*COMMAND, "serve", "--port", "0", "--index", str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert address is not None
        yield address[0]
        process.terminate()
        process.communicate()


def examples(page: str) -> list[str]:
    return [unescape(example) for example in re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)]


@pytest.mark.slow
def test_every_example_of_the_page_runs(host: str) -> None:
    with urlopen(f"{host}/api") as page:
        commands = examples(page.read().decode())
    addresses = [re.fullmatch(r"curl '([^'\s]+)'", command)[1] for command in commands]
    assert {urlsplit(address).path.split("/")[3] for address in addresses} == {
        one.path.split("/")[3] for one in OPERATIONS
    }
    for command, address in zip(commands, addresses, strict=True):
        assert address.startswith(host)
        assert answer_of(command, address)


def answer_of(command: str, address: str) -> object:
    """Run a command and read its output as JSON. Without curl, make the same request."""
    if shutil.which("curl") is None:
        with urlopen(address) as answer:
            return json.load(answer)
    fail_on_errors = command.replace("curl", "curl --silent --show-error --fail --noproxy '*'", 1)
    run = subprocess.run(fail_on_errors, shell=True, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def test_the_page_has_examples_that_find_something(client: FlaskClient) -> None:
    commands = examples(client.get("/api").get_data(as_text=True))
    (first, *_) = [command for command in commands if "/api/v1/search?" in command]
    address = first.removeprefix("curl '").removesuffix("'")
    assert client.get(address).get_json()["total"] > 0


def test_the_page_names_every_address_and_every_argument(client: FlaskClient) -> None:
    page = client.get("/api").get_data(as_text=True)
    for name in [*(one.path for one in OPERATIONS), *(one.name for one in SEARCH)]:
        assert f"<code>{name}</code>" in page


def test_an_empty_index_has_a_page_with_fewer_examples(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    reindex(ReindexOptions(tmp_path / "corpus", tmp_path / "index", jobs=1))
    page = create_app(tmp_path / "index").test_client().get("/api")
    assert page.status_code == 200
    assert 0 < len(examples(page.get_data(as_text=True))) < len(OPERATIONS)
