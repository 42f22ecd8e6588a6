"""Errors as readers see them: a status, a title, and a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    NotFound,
    TooManyRequests,
    Unauthorized,
)

from indexer import IndexMissing, IndexUnavailable, InvalidSearchRequest, OutOfTime
from search_app.wording.languages import gettext, translated


@dataclass(frozen=True, slots=True)
class Problem:
    """An error for readers. ``parameter`` and ``position`` are its place in the URL, if any.

    ``is_first_start`` is true if nothing has been indexed yet; the page then shows how to begin.
    """

    status: int
    title: str
    detail: str
    parameter: str | None = None
    position: int | None = None
    is_first_start: bool = False


def problem(error: Exception) -> Problem:
    """Describe an exception. An unexpected one is a 500 that reveals nothing about the server."""
    match error:
        case InvalidSearchRequest():
            return Problem(
                400,
                gettext("This search is not valid"),
                translated(error.args[0]),
                error.parameter,
                error.position,
            )
        case IndexUnavailable():
            return Problem(
                503,
                gettext("There is no index to search"),
                translated(error.args[0]),
                is_first_start=isinstance(error, IndexMissing),
            )
        case OutOfTime():
            return Problem(503, gettext("This search takes too long"), translated(error.args[0]))
        case NotFound():
            is_ours = error.description != NotFound.description
            nothing = gettext("There is no page at this address.")
            return Problem(404, gettext("Not found"), error.description if is_ours else nothing)
        case Unauthorized():
            return Problem(401, gettext("Please sign in"), error.description or error.name)
        case TooManyRequests():
            wait = gettext("This site limits how often one client may ask. Please wait a little.")
            return Problem(429, gettext("Too many requests"), wait)
        case HTTPException(code=int(status)) if not isinstance(error, InternalServerError):
            return Problem(status, error.name, error.description or error.name)
        case _:
            return Problem(
                500,
                gettext("Something went wrong"),
                gettext("This is a fault of the server, not of your search. Its log has details."),
            )
