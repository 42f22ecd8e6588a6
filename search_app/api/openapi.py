"""The API as a document for machines: OpenAPI 3.1, built from the tables below.

The page ``/api`` shows people the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer import FACETS, GROUPS, SORTS, Facet
from search_app.api.schemas import NAME, SCHEMAS, TEXT, Schema, array, ref
from search_app.urls.request_args import LAST_PAGE, LONGEST_NAME, MOST_PER_PAGE, MOST_VALUES


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of an address: what it says, and which values it takes."""

    name: str
    meaning: str
    schema: Schema
    place: str = "query"

    @property
    def is_repeatable(self) -> bool:
        """Whether it may be given several times."""
        return bool(self.schema["type"] == "array")


@dataclass(frozen=True, slots=True)
class Operation:
    """An address of the API: what it gives, what it takes, and the schema of its answer."""

    path: str
    name: str
    gives: str
    parameters: tuple[Parameter, ...]
    answer: str
    media_type: str = "application/json"


def _several(of: Schema) -> Schema:
    return {**array(of), "maxItems": MOST_VALUES}


def _value(facet: Facet) -> Schema:
    match facet.kind:
        case "choices":
            return {"type": "string", "enum": tuple(facet.labels)}
        case "codes":
            return {"type": "string", "pattern": f"^{facet.pattern}$"}
        case _:
            return {**NAME, "maxLength": LONGEST_NAME}


_DATE: Schema = {
    "type": "string",
    "pattern": "^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
}

PAGING = (
    Parameter(
        "page", "which page, from 1", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}
    ),
    Parameter(
        "per_page",
        f"how many a page, at most {MOST_PER_PAGE}; 20 if it is not said",
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE},
    ),
)

SEARCH = (
    Parameter("q", "what to find, as it is typed into the search box", TEXT),
    *(Parameter(one.name, one.meaning, _several(_value(one))) for one in FACETS.values()),
    Parameter("from", "the first day, month or year: 2020-10-05, 2020-10 or 2020", _DATE),
    Parameter("to", "the last day, month or year, included", _DATE),
    Parameter(
        "sort",
        f"one of {', '.join(SORTS)}; without words to find, newest if it is not said",
        {"type": "string", "enum": SORTS},
    ),
    Parameter(
        "group",
        "article, if it is not said: the best of each article with its next best in more, and pages"
        " count articles; none: passage by passage",
        {"type": "string", "enum": GROUPS},
    ),
    *PAGING,
    Parameter("cursor", "in place of page: where to go on, from the answer before", TEXT),
)


def _named(meaning: str) -> tuple[Parameter, ...]:
    return (Parameter("id", meaning, NAME, "path"),)


OPERATIONS = (
    Operation("/api/v1/search", "search", "a search", SEARCH, "Search"),
    Operation(
        "/api/v1/passages/{id}",
        "passage",
        "one passage, and others like it",
        _named("the id of a passage; the # in it is written %23"),
        "PassageAnswer",
    ),
    Operation(
        "/api/v1/articles/{id}",
        "article",
        "an article with all its passages",
        _named("the id of an article, slashes and all"),
        "Article",
    ),
    Operation(
        "/api/v1/speakers",
        "speakers",
        "everyone who speaks, those with most passages first",
        (Parameter("q", "how the name, or a word of it, begins", TEXT), *PAGING),
        "Speakers",
    ),
    Operation(
        "/api/v1/speakers/{id}",
        "speaker",
        "a speaker: names, roles over time, outlets, newest passages",
        _named("the id of a speaker"),
        "Speaker",
    ),
    Operation(
        "/api/v1/suggest",
        "suggest",
        "what a beginning may become: words, speakers, titles",
        (Parameter("q", "the beginning", TEXT),),
        "Suggestions",
        "application/x-suggestions+json",
    ),
)

_PROBLEMS = {
    "400": "An argument cannot be meant: the answer names it.",
    "404": "There is nothing at this address.",
    "503": "There is no index to search.",
}


def document(server: str) -> Schema:
    """The whole description, for the API on this server."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Commentary Search",
            "version": "1",
            "summary": "Who said what about X, and when.",
        },
        "servers": [{"url": server.rstrip("/")}],
        "paths": {one.path: {"get": _operation(one)} for one in OPERATIONS},
        "components": {
            "schemas": SCHEMAS,
            "responses": {status: _problem(told) for status, told in _PROBLEMS.items()},
        },
    }


def _operation(operation: Operation) -> Schema:
    content = {operation.media_type: {"schema": ref(operation.answer)}}
    problems = {status: {"$ref": f"#/components/responses/{status}"} for status in _PROBLEMS}
    return {
        "operationId": operation.name,
        "summary": operation.gives,
        "parameters": [_parameter(one) for one in operation.parameters],
        "responses": {
            "200": {"description": operation.gives, "content": content},
            "304": {"description": "It is as it was when the ETag was given."},
            **problems,
        },
    }


def _parameter(parameter: Parameter) -> Schema:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.place == "path",
        "description": parameter.meaning,
        "schema": parameter.schema,
    }


def _problem(told: str) -> Schema:
    return {
        "description": told,
        "content": {"application/problem+json": {"schema": ref("Problem")}},
    }
