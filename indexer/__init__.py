"""Search an index of political commentary from Python.

Build the index with ``reindex``, then open it. The examples search the articles of ``corpus/``.

>>> from indexer import SearchRequest, open_index
>>> index = open_index("index")
>>> results = index.search(SearchRequest("said:guarantee", since="2025", sort="oldest"))
>>> for hit in results.hits:
...     print(hit.passage.speaker, hit.passage.published, hit.passage.outlet)
Nara Velidze 2025-05-03T08:30+02:00 The Meridian
Ilse Brandt 2025-09-17T16:40 Portside Weekly
Nara Velidze 2026-04-16T19:30 Portside Weekly

Words match in what was said, unless a request has another ``scope``. The facets count all matches
in the scope, also those on later pages. `Index.every` reads all passages.

>>> [(facet.label, facet.count) for facet in results.facets["speaker"]]
[('Nara Velidze', 2), ('Ilse Brandt', 1)]
>>> len(list(index.every(SearchRequest("speaker:brandt"))))
13

An article is read in passages, with the words of a query marked.

>>> article = index.article(results.hits[-1].passage.article_id, "guarantee")
>>> article.title, article.length, article.match_positions
('What is a guarantee? A panel at the Old Customs House', 15, (2, 14))
>>> index.close()
"""

from indexer.budget import Budget
from indexer.errors import (
    EngineUnavailable,
    IndexDamaged,
    IndexerError,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
    InvalidSearchRequest,
    OutOfTime,
)
from indexer.index import Index, LiveIndex, open_index
from indexer.messages import Message
from indexer.people.family_names import split_name
from indexer.people.speakers import PrintedForm, PrintedRole, SpeakerEntry
from indexer.records import (
    EVIDENCE,
    FACET_VALUES,
    FACETS,
    GROUPS,
    KINDS,
    ROLES,
    SCOPES,
    SORTS,
    ArticleView,
    Completion,
    Context,
    Dropped,
    Evidence,
    Explanation,
    Facet,
    FacetCount,
    FoundPassage,
    Hit,
    IndexInfo,
    MarkedPassage,
    Nearly,
    Notice,
    Passage,
    Scope,
    SearchRequest,
    SearchResults,
    Snippet,
    Suggestion,
    chosen_values,
)
from indexer.search.telling import TellingWord
from indexer.storage.reports import MAX_NAME, MAX_NOTE, Report, Reports
from indexer.text.digests import passage_digest
from indexer.text.pairs import is_unspaced

__all__ = [
    "EVIDENCE",
    "FACETS",
    "FACET_VALUES",
    "GROUPS",
    "KINDS",
    "MAX_NAME",
    "MAX_NOTE",
    "ROLES",
    "SCOPES",
    "SORTS",
    "ArticleView",
    "Budget",
    "Completion",
    "Context",
    "Dropped",
    "EngineUnavailable",
    "Evidence",
    "Explanation",
    "Facet",
    "FacetCount",
    "FoundPassage",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexInfo",
    "IndexMissing",
    "IndexOutdated",
    "IndexUnavailable",
    "IndexerError",
    "InvalidSearchRequest",
    "LiveIndex",
    "MarkedPassage",
    "Message",
    "Nearly",
    "Notice",
    "OutOfTime",
    "Passage",
    "PrintedForm",
    "PrintedRole",
    "Report",
    "Reports",
    "Scope",
    "SearchRequest",
    "SearchResults",
    "Snippet",
    "SpeakerEntry",
    "Suggestion",
    "TellingWord",
    "chosen_values",
    "is_unspaced",
    "open_index",
    "passage_digest",
    "split_name",
]
