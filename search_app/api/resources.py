"""What the index holds, as programs are given it: plain dictionaries, ready to be written as JSON.

What is not known is ``None``, never left out. Dates are ISO 8601, cut at what is known.
"""

from __future__ import annotations

from typing import Any

from flask import url_for

from indexer import ArticleView, IndexInfo, Notice, Passage, SpeakerEntry
from search_app.urls.links import article_url, passage_url, thing_url

Resource = dict[str, Any]


def address(kind: str, name: str) -> str:
    """Where programs find a passage, an article or a speaker."""
    return thing_url(f"api.{kind}", "name", name, external=True)


def passage_resource(passage: Passage) -> Resource:
    """A passage with who said it, where and when; ``permalink`` is for people."""
    return {
        "id": passage.id,
        "permalink": passage_url(passage, external=True),
        "role": passage.role,
        "speaker": {
            "id": passage.speaker_id,
            "name": passage.speaker,
            "as_printed": passage.as_printed,
            "role": passage.speaker_role,
            "attribution": passage.attribution,
        },
        "indirect": passage.indirect,
        "time": passage.time,
        "date": passage.published,
        "date_precision": passage.date_precision,
        "language": passage.language,
        "question": passage.question,
        "text": passage.text,
        "article": {
            "id": passage.article_id,
            "title": passage.title,
            "source": passage.outlet,
            "url": passage.url,
            "published": passage.published,
        },
    }


def passage_links(passage: Passage) -> Resource:
    """Where programs find a passage, its article and its speaker."""
    return {
        "self": address("passage", passage.id),
        "article": address("article", passage.article_id),
        "speaker": address("speaker", passage.speaker_id) if passage.speaker_id else None,
    }


def article_resource(article: ArticleView) -> Resource:
    """An article with its passages in reading order, and how it was read."""
    return {
        "id": article.id,
        "permalink": article_url(article.id, external=True),
        "title": article.title,
        "source": article.outlet,
        "url": article.url,
        "byline": article.byline,
        "language": article.language,
        "published": article.published,
        "date_precision": article.date_precision,
        "date_evidence": article.date_evidence,
        "updated": article.updated,
        "passages": [
            {**passage_resource(marked.passage), "links": passage_links(marked.passage)}
            for marked in article.passages
        ],
        "copies": [
            {
                "id": copy.id,
                "title": copy.title,
                "source": copy.outlet,
                "url": copy.url,
                "published": copy.published,
            }
            for copy in article.copies
        ],
        "left_out": [{"text": line.text, "rule": line.rule} for line in article.dropped],
        "links": {"self": address("article", article.id)},
    }


def speaker_resource(speaker: SpeakerEntry) -> Resource:
    """Who somebody is in this index: names and roles as printed, how often, from when to when."""
    return {
        "id": speaker.id,
        "name": speaker.name,
        "count": speaker.passages,
        "articles": speaker.articles,
        "first": speaker.first,
        "last": speaker.last,
        "printed": speaker.printed,
        "roles": [
            {"role": one.role, "count": one.passages, "first": one.first, "last": one.last}
            for one in speaker.roles
        ],
        "outlets": speaker.outlets,
        "links": {
            "self": address("speaker", speaker.id),
            "passages": url_for("api.search", speaker=speaker.id, _external=True),
        },
    }


def notice_resource(notice: Notice) -> Resource:
    """Something to know about how a query was understood; ``position`` is a place in it."""
    return {"message": notice.message, "position": notice.position}


def index_resource(info: IndexInfo) -> Resource:
    """Which index answered."""
    return {
        "built": info.built,
        "passages": info.passages,
        "articles": info.articles,
        "fingerprint": info.fingerprint,
    }
