"""Passages, articles and speakers as dictionaries, ready to be written as JSON.

An unknown value is ``None``; no field is left out. Dates are ISO 8601, as precise as known.
"""

from __future__ import annotations

from typing import Any

from flask import url_for

from indexer import (
    ArticleView,
    Context,
    IndexInfo,
    Notice,
    Passage,
    PrintedForm,
    SpeakerEntry,
)
from search_app.urls.links import article_url, passage_url, resource_url

Resource = dict[str, Any]


def api_url(kind: str, id_: str) -> str:
    """Address of one passage, article or speaker in the API."""
    return resource_url(f"api.{kind}", f"{kind}_id", id_, external=True)


def passage_resource(passage: Passage) -> Resource:
    """Write a passage with its speaker, article and date. ``permalink`` is for people."""
    return {
        "id": passage.id,
        "permalink": passage_url(passage, external=True),
        "role": passage.role,
        "speaker": {
            "id": passage.speaker_id,
            "name": passage.speaker,
            "kind": passage.speaker_kind,
            "as_printed": passage.as_printed,
            "role": passage.speaker_role,
            "attribution": passage.attribution,
            "evidence": passage.evidence,
        },
        "asker": {"id": passage.asker_id, "name": passage.asker} if passage.asker else None,
        "author": passage.author,
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


def context_resource(context: Context) -> Resource:
    """Write whether the words of a search match what was said, else where they match."""
    is_said = context == "said"
    return {"said": is_said, "context": None if is_said else context}


def passage_links(passage: Passage) -> Resource:
    """Addresses of a passage, its article and its speaker in the API."""
    return {
        "self": api_url("passage", passage.id),
        "article": api_url("article", passage.article_id),
        "speaker": api_url("speaker", passage.speaker_id) if passage.speaker_id else None,
    }


def article_resource(article: ArticleView) -> Resource:
    """Write an article with its passages in reading order, and how it was read."""
    return {
        "id": article.id,
        "permalink": article_url(article.id, external=True),
        "title": article.title,
        "source": article.outlet,
        "url": article.url,
        "author": article.author,
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
        "links": {"self": api_url("article", article.id)},
    }


def speaker_resource(speaker: SpeakerEntry) -> Resource:
    """Write a speaker: names and roles as printed, counts, first and last date.

    Each of the ``forms`` of the name has the reason why it means this speaker.
    """
    return {
        "id": speaker.id,
        "name": speaker.name,
        "count": speaker.passages,
        "articles": speaker.articles,
        "first": speaker.first,
        "last": speaker.last,
        "kind": speaker.kind,
        "same_as": speaker.same_as,
        "printed": speaker.printed,
        "forms": [_form_resource(form) for form in speaker.forms],
        "roles": [
            {"role": one.role, "count": one.passages, "first": one.first, "last": one.last}
            for one in speaker.roles
        ],
        "outlets": speaker.outlets,
        "links": {
            "self": api_url("speaker", speaker.id),
            "passages": url_for("api.search", speaker=speaker.id, _external=True),
        },
    }


def _form_resource(form: PrintedForm) -> Resource:
    """Write a printed form of a name, with the articles that print it."""
    return {
        "form": form.form,
        "passages": form.passages,
        "reason": form.reason,
        "outlets": form.outlets,
        "first": form.first,
        "last": form.last,
    }


def notice_resource(notice: Notice) -> Resource:
    """Write a notice on how a query was understood. ``position`` is a place in the query."""
    return {"message": notice.message, "position": notice.position}


def index_resource(info: IndexInfo) -> Resource:
    """Write the identity and the size of the index that answered."""
    return {
        "built": info.built,
        "passages": info.passages,
        "articles": info.articles,
        "fingerprint": info.fingerprint,
    }
