"""Commentary Search's index: build it with ``reindex``, open it with `open_index`, and ask.

from indexer import SearchRequest, open_index

with open_index("index") as index:
    for hit in index.search(SearchRequest("guarantees", since="2020")).hits:
        print(hit.passage.speaker, hit.passage.published, hit.snippet.text)
"""

from indexer.errors import (
    EngineUnavailable,
    IndexDamaged,
    IndexerError,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
    InvalidSearchRequest,
)
from indexer.index import Index, LiveIndex, open_index
from indexer.messages import Message
from indexer.people.family_names import split_name
from indexer.people.speakers import PrintedRole, SpeakerEntry
from indexer.records import (
    EVIDENCE,
    FACET_VALUES,
    FACETS,
    GROUPS,
    ROLES,
    SORTS,
    ArticleView,
    Completion,
    Dropped,
    Evidence,
    Explanation,
    Facet,
    FacetCount,
    Hit,
    IndexInfo,
    MarkedPassage,
    Notice,
    Passage,
    SearchRequest,
    SearchResults,
    Snippet,
    Suggestion,
    chosen_values,
)
from indexer.search.telling import TellingWord

__all__ = [
    "EVIDENCE",
    "FACETS",
    "FACET_VALUES",
    "GROUPS",
    "ROLES",
    "SORTS",
    "ArticleView",
    "Completion",
    "Dropped",
    "EngineUnavailable",
    "Evidence",
    "Explanation",
    "Facet",
    "FacetCount",
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
    "Notice",
    "Passage",
    "PrintedRole",
    "SearchRequest",
    "SearchResults",
    "Snippet",
    "SpeakerEntry",
    "Suggestion",
    "TellingWord",
    "chosen_values",
    "open_index",
    "split_name",
]
