"""What a server counts, in the text form of Prometheus; several web processes are added up.

Where `PROMETHEUS_MULTIPROC_DIR` names a folder (`phahe serve --workers 2` sees to it) each process keeps its
figures in files there, and whichever is asked reads them all. What the store holds is read when asked.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from api.live import LiveStore
from api.serving import MULTIPROCESS_VARIABLE
from graph.errors import StoreError

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

_requests = Counter("phahe_http_requests", "Requests answered.", ["method", "route", "status"])
_seconds = Histogram(
    "phahe_http_request_duration_seconds",
    "Time from a request's head to its answer's last byte.",
    ["method", "route"],
    buckets=_BUCKETS,
)
_in_flight = Gauge(
    "phahe_http_requests_in_flight", "Requests being answered now.", multiprocess_mode="livesum"
)
_queries = Counter("phahe_sparql_queries", "SPARQL queries, by how they ended.", ["outcome"])
_query_seconds = Histogram(
    "phahe_sparql_query_duration_seconds",
    "Time of SPARQL queries that ran, to the last byte the client took.",
    buckets=_BUCKETS,
)
_waiting = Gauge(
    "phahe_sparql_queries_waiting", "SPARQL queries in line for a process.", multiprocess_mode="livesum"
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answered request; methods nobody has heard of are counted as `other`."""
    method = method if method in _METHODS else "other"
    _requests.labels(method, route, str(status)).inc()
    _seconds.labels(method, route).observe(seconds)


def request_in_flight() -> AbstractContextManager[None]:
    """Counts a request as being answered while it is entered."""
    return _in_flight.track_inprogress()


def count_query(outcome: str, seconds: float | None = None) -> None:
    """Count a SPARQL query.

    Args:
        outcome: how it ended, as `api.sparql.pool` calls it.
        seconds: how long it ran, where it ran.
    """
    _queries.labels(outcome).inc()
    if seconds is not None:
        _query_seconds.observe(seconds)


def query_waiting() -> AbstractContextManager[None]:
    """Counts a query as waiting for a process while it is entered."""
    return _waiting.track_inprogress()


def exposition(live: LiveStore, accept: str) -> tuple[bytes, str]:
    """All figures, and their media type: OpenMetrics where the client takes it, else Prometheus' text."""
    folder = os.environ.get(MULTIPROCESS_VARIABLE)
    if folder:
        registry = CollectorRegistry()
        _forget_dead(Path(folder))
        MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    else:
        registry = CollectorRegistry()
        registry.register(REGISTRY)
    registry.register(_StoreCollector(live))
    encode, media_type = choose_encoder(accept)
    return encode(registry), media_type


class _StoreCollector(Collector):
    """What the live build holds."""

    def __init__(self, live: LiveStore) -> None:
        self._live = live

    def collect(self) -> Iterator[Metric]:
        """The store's figures; only `phahe_store_ready 0` where there is no usable build."""
        try:
            store = self._live.current()
        except StoreError:
            store = None
        yield GaugeMetricFamily(
            "phahe_store_ready", "Whether there is a usable build.", value=int(bool(store))
        )
        if store is None:
            return
        info = GaugeMetricFamily("phahe_store_info", "The live build.", labels=["version"])
        info.add_metric([store.version], 1)
        yield info
        for name in ("documents", "unresolved", "texts", "quads"):
            if name in store.manifest:
                yield GaugeMetricFamily(
                    f"phahe_store_{name}", f"The live build's {name}.", value=store.manifest[name]
                )
        relations = GaugeMetricFamily(
            "phahe_store_relations", "The live build's relation records.", labels=["predicate"]
        )
        for predicate, count in store.manifest.get("relations", {}).items():
            relations.add_metric([predicate], count)
        yield relations
        since = self._live.live_since()
        if since is not None:
            yield GaugeMetricFamily(
                "phahe_store_live_since_timestamp_seconds", "When the live build went live.", value=since
            )


def _forget_dead(folder: Path) -> None:
    """Drop what processes that ended said of their present; what they counted stays counted."""
    for pid in {int(file.stem.rpartition("_")[2]) for file in folder.glob("gauge_live*_*.db")}:
        if not psutil.pid_exists(pid):
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
