"""JSON Schemas of the answers of the API. Every field is always present."""

from __future__ import annotations

from typing import Any

from indexer import EVIDENCE, FACETS, GROUPS, KINDS, ROLES, SCOPES, SORTS

Schema = dict[str, Any]

FACET_NAMES = (*FACETS, "year")


def array(items: Schema) -> Schema:
    """Describe a list."""
    return {"type": "array", "items": items}


def _object(**fields: Schema) -> Schema:
    """Describe an object that has all of these fields."""
    return {"type": "object", "required": list(fields), "properties": fields}


def ref(name: str) -> Schema:
    """Refer to one of `SCHEMAS` by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _nullable(schema: Schema) -> Schema:
    """Allow null, for unknown values."""
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
        id=_nullable(TEXT),
        name=_nullable(TEXT),
        kind=_nullable({"type": "string", "enum": (*KINDS, None)}),
        as_printed=_nullable(TEXT),
        role=_nullable(TEXT),
        attribution=_nullable(TEXT),
        evidence=_nullable({"type": "string", "enum": (*EVIDENCE, None)}),
    ),
    "asker": _nullable(_object(id=TEXT, name=TEXT)),
    "author": _nullable(TEXT),
    "indirect": _FLAG,
    "time": _nullable(_COUNT),
    "date": _nullable(TEXT),
    "date_precision": _nullable(TEXT),
    "language": _nullable(TEXT),
    "question": _nullable(TEXT),
    "text": TEXT,
    "article": _object(
        id=NAME, title=TEXT, source=_nullable(TEXT), url=_nullable(TEXT), published=_nullable(TEXT)
    ),
    "links": _object(self=_URL, article=_URL, speaker=_nullable(_URL)),
}

_HIT: dict[str, Schema] = {
    **_PASSAGE,
    "score": {"type": "number"},
    "said": _FLAG,
    "context": _nullable({"type": "string", "enum": ("asked", "headline", "mixed", None)}),
    "snippet": _object(text=TEXT, highlights=array(_SPAN)),
    "in_article": _COUNT,
    "more": array(ref("Hit")),
}

_SPEAKER: dict[str, Schema] = {
    "id": NAME,
    "name": TEXT,
    "count": _COUNT,
    "articles": _COUNT,
    "first": _nullable(TEXT),
    "last": _nullable(TEXT),
    "kind": _nullable({"type": "string", "enum": (*KINDS, None)}),
    "printed": _WORDS,
    "same_as": array(TEXT),
    "forms": array(
        _object(
            form=TEXT,
            passages=_COUNT,
            reason=_nullable(TEXT),
            outlets=_WORDS,
            first=_nullable(TEXT),
            last=_nullable(TEXT),
        )
    ),
    "roles": array(_object(role=TEXT, count=_COUNT, first=_nullable(TEXT), last=_nullable(TEXT))),
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
                **{"from": _nullable(TEXT), "to": _nullable(TEXT)},
                scope={"type": "string", "enum": SCOPES},
            ),
            sort={"type": "string", "enum": SORTS},
            group={"type": "string", "enum": GROUPS},
        ),
        total=_COUNT,
        articles=_COUNT,
        scopes=_object(**dict.fromkeys(SCOPES, _COUNT)),
        page=_COUNT,
        per_page=_COUNT,
        took_ms={"type": "number"},
        results=array(ref("Hit")),
        nearly=_nullable(_object(total=_COUNT, results=array(ref("NearHit")))),
        facets=_object(**dict.fromkeys(FACET_NAMES, array(ref("FacetValue")))),
        facet_sizes=_object(**dict.fromkeys(FACET_NAMES, _COUNT)),
        timeline=array(_object(period=TEXT, count=_COUNT)),
        undated=_COUNT,
        did_you_mean=array(_object(q=TEXT, total=_COUNT, nearly=_FLAG, url=_URL)),
        explanations=array(
            _object(label=TEXT, parameter=NAME, alone=_COUNT, without=_COUNT, url=_URL)
        ),
        notices=array(ref("Notice")),
        links=_object(
            self=_URL, next=_nullable(_URL), prev=_nullable(_URL), next_cursor=_nullable(_URL)
        ),
        index=ref("Index"),
    ),
    "Passage": _object(**_PASSAGE),
    "Hit": _object(**_HIT),
    "NearHit": _object(**_HIT, missing=_WORDS),
    "FacetValue": _object(
        value=NAME,
        label=NAME,
        count=_COUNT,
        first=_nullable(TEXT),
        last=_nullable(TEXT),
        chosen=_FLAG,
        url=_URL,
        exclude_url=_URL,
    ),
    "PassageAnswer": _object(**_PASSAGE, similar=array(ref("Hit")), index=ref("Index")),
    "Article": _object(
        id=NAME,
        permalink=_URL,
        title=TEXT,
        source=_nullable(TEXT),
        url=_nullable(TEXT),
        author=_nullable(TEXT),
        byline=_nullable(TEXT),
        language=_nullable(TEXT),
        published=_nullable(TEXT),
        date_precision=_nullable(TEXT),
        date_evidence=_nullable(TEXT),
        updated=_nullable(TEXT),
        passages=array(ref("Passage")),
        copies=array(
            _object(
                id=NAME,
                title=TEXT,
                source=_nullable(TEXT),
                url=_nullable(TEXT),
                published=_nullable(TEXT),
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
        links=_object(self=_URL, next=_nullable(_URL), prev=_nullable(_URL)),
        index=ref("Index"),
    ),
    "Suggestions": {
        "type": "array",
        "description": "The text as typed, then queries, descriptions and addresses.",
        "items": {"anyOf": [TEXT, _WORDS]},
        "minItems": 4,
        "maxItems": 4,
    },
    "Notice": _object(message=TEXT, position=_nullable(_COUNT)),
    "Index": _object(built=TEXT, passages=_COUNT, articles=_COUNT, fingerprint=NAME),
    "Problem": _object(
        type=TEXT,
        title=TEXT,
        status=_COUNT,
        detail=TEXT,
        errors=array(_object(parameter=NAME, message=TEXT, position=_nullable(_COUNT))),
    ),
}
