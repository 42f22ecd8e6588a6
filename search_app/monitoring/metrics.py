"""What a server counts and measures, written for Prometheus."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from indexer import IndexInfo
from search_app.exports.formats import RENDERERS
from search_app.monitoring.counters import SharedCounters
from search_app.request_record import RequestRecord

CONTENT_TYPE = CONTENT_TYPE_LATEST

SEARCHES = ("/search", "/search.json", "/api/v1/search")
"""The endpoints that answer a search with one page of results."""

_EXPORTS = "/search.<suffix>"

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the buckets of a histogram; one more holds all that took longer."""

_STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
_LABELS = (*map(str, SECONDS), "+Inf")


class Metrics:
    """The metrics of all processes of a server. Make them before the processes are forked."""

    def __init__(self, processes: int = 1) -> None:
        names = [
            "zero",
            *(f"status {status}" for status in _STATUSES),
            *(f"export {suffix}" for suffix in RENDERERS),
            *(f"{part} {path}" for path in SEARCHES for part in ("sum", *_LABELS)),
        ]
        self._columns = {name: column for column, name in enumerate(names)}
        self._counters = SharedCounters(len(names), processes)

    def take_row(self, process: int) -> None:
        """Count for a process of the server, numbered from 0, from now on."""
        self._counters.take_row(process)

    def record(self, request: RequestRecord) -> None:
        """Count a request that was answered."""
        self._add(f"status {request.status // 100}xx")
        # A 304 has not searched, and a 4xx was refused.
        if request.status != 200 and request.status < 500:
            return
        if request.endpoint in SEARCHES:
            label = _LABELS[bisect_left(SECONDS, request.seconds)]
            self._add(f"{label} {request.endpoint}")
            self._add(f"sum {request.endpoint}", request.seconds)
            if request.total == 0:
                self._add("zero")
        elif request.endpoint == _EXPORTS and request.status == 200:
            self._add(f"export {request.path.rpartition('/search.')[2]}")

    def text(self, index: IndexInfo | None) -> bytes:
        """Write all metrics; those of the index only if there is one."""
        registry = CollectorRegistry()
        registry.register(_Given([*self._families(), *(_of_index(index) if index else ())]))
        return generate_latest(registry)

    def _families(self) -> Iterator[Metric]:
        searches = CounterMetricFamily(
            "commentary_searches", "Searches that were answered", labels=["endpoint"]
        )
        seconds = HistogramMetricFamily(
            "commentary_search_seconds", "Time to answer a search", labels=["endpoint"]
        )
        for path in SEARCHES:
            counts = accumulate(self._total(f"{label} {path}") for label in _LABELS)
            buckets = list(zip(_LABELS, counts, strict=True))
            searches.add_metric([path], buckets[-1][1])
            seconds.add_metric([path], buckets, self._total(f"sum {path}"))
        yield from (searches, seconds)
        yield CounterMetricFamily(
            "commentary_zero_results", "Searches that found nothing", self._total("zero")
        )
        exports = CounterMetricFamily(
            "commentary_exports", "Exports that were sent", labels=["format"]
        )
        for suffix in RENDERERS:
            exports.add_metric([suffix], self._total(f"export {suffix}"))
        yield exports
        answers = CounterMetricFamily(
            "commentary_responses", "Answers to all requests", labels=["status"]
        )
        for status in _STATUSES:
            answers.add_metric([status], self._total(f"status {status}"))
        yield answers

    def _add(self, name: str, amount: float = 1) -> None:
        self._counters.add(self._columns[name], amount)

    def _total(self, name: str) -> float:
        return self._counters.total(self._columns[name])


class _Given(Collector):
    """Collector of metrics that are there already."""

    def __init__(self, families: list[Metric]) -> None:
        self._given = families

    def collect(self) -> list[Metric]:
        return self._given


def age_seconds(index: IndexInfo) -> int:
    """Return the age of an index in whole seconds."""
    return max(0, int((datetime.now(UTC) - datetime.fromisoformat(index.built)).total_seconds()))


def _of_index(index: IndexInfo) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "commentary_index_age_seconds",
        "Time since the index was last changed",
        age_seconds(index),
    )
    yield GaugeMetricFamily("commentary_passages", "Passages in the index", index.passages)
    yield GaugeMetricFamily(
        "commentary_skipped_files",
        "Files that the last reindex could not read",
        index.skipped,
    )
