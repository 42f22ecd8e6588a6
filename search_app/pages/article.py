"""One article: its passages in reading order, the searched words marked in them."""

from __future__ import annotations

from collections import Counter

import flask
from flask import Blueprint, render_template

from indexer import ArticleView
from search_app.exports.citation import author_names
from search_app.served_index import current_index
from search_app.urls.links import PASSAGES_PER_PAGE
from search_app.urls.request_args import whole_number
from search_app.wording.languages import gettext

blueprint = Blueprint("article", __name__)

_MAX_POSITION = 10**8
_PAGES_AROUND = 2
"""Links to pages before and after the one that is open."""


@blueprint.get("/articles/<path:article_id>")
def page(article_id: str) -> str:
    """Render an article, or one page of a long one. ``at`` is the position of its first passage."""
    query = flask.request.args.get("q", "")
    first = whole_number(flask.request.args, "at", 1, maximum=_MAX_POSITION)
    article = current_index().article(article_id, query, first, PASSAGES_PER_PAGE)
    if article is None:
        flask.abort(
            404, gettext("There is no such article in the index. It may have been taken out since.")
        )
    if not article.passages and first > 1:
        flask.abort(404, gettext("The article ends before this page."))
    return render_template(
        "article.html",
        article=article,
        authors=author_names(article.author),
        query=query,
        first=first,
        pages=_pages(article, first),
        voices=_voices(article),
        passages_per_page=PASSAGES_PER_PAGE,
    )


def _pages(article: ArticleView, first: int) -> list[tuple[int, int]]:
    """First and last passage of the pages to link to: both ends, and those around the open one."""
    size = PASSAGES_PER_PAGE
    last, here = (article.length - 1) // size, (first - 1) // size
    around = range(max(0, here - _PAGES_AROUND), min(last, here + _PAGES_AROUND) + 1)
    numbers = sorted({0, last, *around})
    return [(number * size + 1, min((number + 1) * size, article.length)) for number in numbers]


def _voices(article: ArticleView) -> list[tuple[str, str, int]]:
    """Id, name and number of passages of each speaker on the page, most frequent first."""
    counts = Counter(
        (one.passage.speaker_id, one.passage.speaker)
        for one in article.passages
        if one.passage.speaker_id and one.passage.speaker
    )
    return [(str(id_), str(name), count) for (id_, name), count in counts.most_common()]
