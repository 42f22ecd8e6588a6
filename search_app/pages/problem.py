"""The page that a person sees instead when a request fails."""

from __future__ import annotations

from flask import Response, render_template

from search_app.problems import Problem


def problem_page(problem: Problem) -> Response:
    """Render a problem as a page with its status."""
    return Response(render_template("problem.html", problem=problem), problem.status)
