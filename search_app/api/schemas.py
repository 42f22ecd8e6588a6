"""What the answers of the API look like, as JSON Schema: every field is always there."""

from __future__ import annotations

from typing import Any

from indexer import FACETS, GROUPS, ROLES, SORTS

Schema = dict[str, Any]

FACET_NAMES = (*FACETS, "year")


def array(items: Schema) -> Schema:
    """Any number of these."""
    return {"type": "array", "items": items}


def _object(**fields: Schema) -> Schema:
    """An object that has all of these fields."""
    return {"type": "object", "required": list(fields), "properties": fields}


def ref(name: str) -> Schema:
    """One of `SCHEMAS`, by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _maybe(schema: Schema) -> Schema:
    """The same, or null where it is not known."""
    return {**schema, "type": [schema["type"], "null"]}


TEXT: Schema = {"type": "string"}
NAME: Schema = {"type": "string", "minLength": 1}
_FLAG: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_URL: Schema = {"type": "string", "format": "uri"}
_SPAN: Schema = {**array(_COUNT), "minItems": 2, "maxItems": 2}
_WORDS: Schema = array(TEXT)

_PASSAGE: dict[str, Schema] = {
    "id": NAME,
    "permalink": _URL,
    "role": {"type": "string", "enum": ROLES},
    "speaker": _object(
        id=_maybe(TEXT),
        name=_maybe(TEXT),
        as_printed=_maybe(TEXT),
        role=_maybe(TEXT),
        attribution=_maybe(TEXT),
    ),
    "indirect": _FLAG,
    "time": _maybe(_COUNT),
    "date": _maybe(TEXT),
    "date_precision": _maybe(TEXT),
    "language": _maybe(TEXT),
    "question": _maybe(TEXT),
    "text": TEXT,
    "article": _object(
        id=NAME, title=TEXT, source=_maybe(TEXT), url=_maybe(TEXT), published=_maybe(TEXT)
    ),
    "links": _object(self=_URL, article=_URL, speaker=_maybe(_URL)),
}

_SPEAKER: dict[str, Schema] = {
    "id": NAME,
    "name": TEXT,
    "count": _COUNT,
    "articles": _COUNT,
    "first": _maybe(TEXT),
    "last": _maybe(TEXT),
    "printed": _WORDS,
    "roles": array(_object(role=TEXT, count=_COUNT, first=_maybe(TEXT), last=_maybe(TEXT))),
    "outlets": _WORDS,
    "links": _object(self=_URL, passages=_URL),
}

SCHEMAS: dict[str, Schema] = {
    "Search": _object(
        query=_object(
            q=TEXT,
            understood=TEXT,
            filters=_object(
                **dict.fromkeys(FACETS, _WORDS),
                **{"from": _maybe(TEXT), "to": _maybe(TEXT)},
            ),
            sort={"type": "string", "enum": SORTS},
            group={"type": "string", "enum": GROUPS},
        ),
        total=_COUNT,
        articles=_COUNT,
        page=_COUNT,
        per_page=_COUNT,
        took_ms={"type": "number"},
        relaxed=_FLAG,
        results=array(ref("Hit")),
        facets=_object(**dict.fromkeys(FACET_NAMES, array(ref("FacetValue")))),
        facet_sizes=_object(**dict.fromkeys(FACET_NAMES, _COUNT)),
        timeline=array(_object(period=TEXT, count=_COUNT)),
        undated=_COUNT,
        did_you_mean=array(_object(q=TEXT, total=_COUNT, url=_URL)),
        explanations=array(
            _object(label=TEXT, parameter=NAME, alone=_COUNT, without=_COUNT, url=_URL)
        ),
        notices=array(ref("Notice")),
        links=_object(self=_URL, next=_maybe(_URL), prev=_maybe(_URL), next_cursor=_maybe(_URL)),
        index=ref("Index"),
    ),
    "Passage": _object(**_PASSAGE),
    "Hit": _object(
        **_PASSAGE,
        score={"type": "number"},
        snippet=_object(text=TEXT, highlights=array(_SPAN)),
        in_article=_COUNT,
        more=array(ref("Hit")),
    ),
    "FacetValue": _object(
        value=NAME,
        label=NAME,
        count=_COUNT,
        first=_maybe(TEXT),
        last=_maybe(TEXT),
        chosen=_FLAG,
        url=_URL,
        exclude_url=_URL,
    ),
    "PassageAnswer": _object(**_PASSAGE, similar=array(ref("Hit")), index=ref("Index")),
    "Article": _object(
        id=NAME,
        permalink=_URL,
        title=TEXT,
        source=_maybe(TEXT),
        url=_maybe(TEXT),
        byline=_maybe(TEXT),
        language=_maybe(TEXT),
        published=_maybe(TEXT),
        date_precision=_maybe(TEXT),
        date_evidence=_maybe(TEXT),
        updated=_maybe(TEXT),
        passages=array(ref("Passage")),
        copies=array(
            _object(
                id=NAME,
                title=TEXT,
                source=_maybe(TEXT),
                url=_maybe(TEXT),
                published=_maybe(TEXT),
            )
        ),
        left_out=array(_object(text=TEXT, rule=NAME)),
        links=_object(self=_URL),
        index=ref("Index"),
    ),
    "Speaker": _object(**_SPEAKER, newest=array(ref("Hit")), index=ref("Index")),
    "Speakers": _object(
        q=TEXT,
        page=_COUNT,
        per_page=_COUNT,
        speakers=array(_object(**_SPEAKER)),
        links=_object(self=_URL, next=_maybe(_URL), prev=_maybe(_URL)),
        index=ref("Index"),
    ),
    "Suggestions": {
        "type": "array",
        "description": "What was typed, what it may become, what that is, where it is found.",
        "items": {"anyOf": [TEXT, _WORDS]},
        "minItems": 4,
        "maxItems": 4,
    },
    "Notice": _object(message=TEXT, position=_maybe(_COUNT)),
    "Index": _object(built=TEXT, passages=_COUNT, articles=_COUNT, fingerprint=NAME),
    "Problem": _object(
        type=TEXT,
        title=TEXT,
        status=_COUNT,
        detail=TEXT,
        errors=array(_object(parameter=NAME, message=TEXT, position=_maybe(_COUNT))),
    ),
}
