"""What went wrong, as both faces tell it: status, title, and a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.exceptions import HTTPException, InternalServerError, NotFound

from indexer import IndexMissing, IndexUnavailable, InvalidSearchRequest
from search_app.wording.languages import gettext, told


@dataclass(frozen=True, slots=True)
class Problem:
    """An error for the reader; ``parameter`` and ``position`` tell where in the URL it is.

    ``is_first_start`` if nothing was indexed yet: the page then says how to begin.
    """

    status: int
    title: str
    detail: str
    parameter: str | None = None
    position: int | None = None
    is_first_start: bool = False


def problem(error: Exception) -> Problem:
    """The problem behind an exception. What we did not foresee is a 500 that tells nothing away."""
    match error:
        case InvalidSearchRequest():
            return Problem(
                400,
                gettext("This search cannot be done"),
                told(error.args[0]),
                error.parameter,
                error.position,
            )
        case IndexUnavailable():
            return Problem(
                503,
                gettext("There is no index to search"),
                told(error.args[0]),
                is_first_start=isinstance(error, IndexMissing),
            )
        case NotFound():
            is_ours = error.description != NotFound.description
            nothing = gettext("There is nothing at this address.")
            return Problem(404, gettext("Not found"), error.description if is_ours else nothing)
        case HTTPException(code=int(status)) if not isinstance(error, InternalServerError):
            return Problem(status, error.name, error.description or error.name)
        case _:
            return Problem(
                500,
                gettext("Something broke"),
                gettext("The fault is ours, not yours; the log of the server says more."),
            )
