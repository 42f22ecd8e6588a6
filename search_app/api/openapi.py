"""The OpenAPI 3.1 description of the API, built from the tables below.

The page ``/api`` shows the same tables to people.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer import FACETS, GROUPS, SCOPES, SORTS, Facet
from search_app.api.schemas import NAME, SCHEMAS, TEXT, Schema, array, ref
from search_app.urls.request_args import (
    DEFAULTS,
    LAST_PAGE,
    MAX_NAME_LENGTH,
    MAX_PER_PAGE,
    MAX_VALUES,
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of an address. ``place`` is ``query`` or ``path``."""

    name: str
    description: str
    schema: Schema
    place: str = "query"

    @property
    def is_repeatable(self) -> bool:
        """True if the argument may be given several times."""
        return bool(self.schema["type"] == "array")


@dataclass(frozen=True, slots=True)
class Operation:
    """An address of the API, with its arguments and the name of the schema of its answer."""

    path: str
    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: str
    media_type: str = "application/json"


def _several(values: Schema) -> Schema:
    return {**array(values), "maxItems": MAX_VALUES}


def _facet_value(facet: Facet) -> Schema:
    match facet.kind:
        case "choices":
            return {"type": "string", "enum": tuple(facet.labels)}
        case "codes":
            return {"type": "string", "pattern": f"^{facet.pattern}$"}
        case _:
            return {**NAME, "maxLength": MAX_NAME_LENGTH}


_DATE: Schema = {
    "type": "string",
    "pattern": "^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
}

PAGING = (
    Parameter(
        "page",
        "Number of the page, from 1",
        {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
    ),
    Parameter(
        "per_page",
        f"Results per page, at most {MAX_PER_PAGE}; the default is {DEFAULTS.limit}",
        {"type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE},
    ),
)

SEARCH = (
    Parameter("q", "The query, as typed into the search box", TEXT),
    *(Parameter(one.name, one.description, _several(_facet_value(one))) for one in FACETS.values()),
    Parameter("from", "First day, month or year: 2020-10-05, 2020-10 or 2020", _DATE),
    Parameter("to", "Last day, month or year, included", _DATE),
    Parameter(
        "scope",
        "Where words typed without a field have to match: said (the default) in what was said or"
        " written, asked in the question alone, headline in the title alone, all anywhere; all"
        " numbers count the scope",
        {"type": "string", "enum": SCOPES},
    ),
    Parameter(
        "sort",
        f"Order of the results: {', '.join(SORTS)}; the default is relevance, or newest if there is"
        " no query",
        {"type": "string", "enum": SORTS},
    ),
    Parameter(
        "group",
        "article (the default) gives the best passage of each article, its next best under more,"
        " and pages that count articles; none gives single passages",
        {"type": "string", "enum": GROUPS},
    ),
    *PAGING,
    Parameter("cursor", "Where to continue, from links.next_cursor; replaces page", TEXT),
)


def _id(description: str) -> tuple[Parameter, ...]:
    return (Parameter("id", description, NAME, "path"),)


OPERATIONS = (
    Operation("/api/v1/search", "search", "Search passages", SEARCH, "Search"),
    Operation(
        "/api/v1/passages/{id}",
        "passage",
        "Get a passage and similar ones",
        _id("Id of the passage, with its # written %23"),
        "PassageAnswer",
    ),
    Operation(
        "/api/v1/articles/{id}",
        "article",
        "Get an article with all its passages",
        _id("Id of the article, with its slashes"),
        "Article",
    ),
    Operation(
        "/api/v1/speakers",
        "speakers",
        "List speakers, most quoted first",
        (Parameter("q", "Beginning of a name or of a word in it", TEXT), *PAGING),
        "Speakers",
    ),
    Operation(
        "/api/v1/speakers/{id}",
        "speaker",
        "Get a speaker: names, roles over time, outlets, newest passages",
        _id("Id of the speaker"),
        "Speaker",
    ),
    Operation(
        "/api/v1/suggest",
        "suggest",
        "Complete a word, a speaker or a title",
        (Parameter("q", "Text as typed so far", TEXT),),
        "Suggestions",
        "application/x-suggestions+json",
    ),
)

_PROBLEMS = {
    "400": "An argument is not valid; the answer names it",
    "401": "The collection is private, and this is the name and password of none of its users",
    "403": "The collection is private, and its proxy names no user",
    "404": "There is nothing with this id",
    "429": "This client asks more often than it may; Retry-After says in how many seconds to ask",
    "503": "There is no index to search, or the search takes too long",
}


def document(server: str) -> Schema:
    """Build the whole description, for the API on a server."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Commentary Search",
            "version": "1",
            "summary": "Full-text search over political commentary: who said what, and when",
        },
        "servers": [{"url": server.rstrip("/")}],
        "paths": {one.path: {"get": _operation(one)} for one in OPERATIONS},
        "components": {
            "schemas": SCHEMAS,
            "responses": {status: _problem(text) for status, text in _PROBLEMS.items()},
        },
    }


def _operation(operation: Operation) -> Schema:
    content = {operation.media_type: {"schema": ref(operation.answer)}}
    problems = {status: {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [_parameter(one) for one in operation.parameters],
        "responses": {
            "200": {"description": operation.summary, "content": content},
            "304": {"description": "Not modified since the ETag was given"},
            **problems,
        },
    }


def _parameter(parameter: Parameter) -> Schema:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.place == "path",
        "description": parameter.description,
        "schema": parameter.schema,
    }


def _problem(description: str) -> Schema:
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": ref("Problem")}},
    }
