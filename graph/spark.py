"""A build on a Spark cluster: the same pure functions as stages over tables, the same N-Quads byte for byte.

    sources     texts as read, with their extraction      (mapInPandas)
    references  of each extraction, by group of numbers   (mapInPandas)
    settled     what `resolve_numbered` decides           (groupBy(block).applyInPandas)
    named       what `resolve_named` decides of the rest  (one group)
    lines       sorted N-Quads of `state_quads`           (sources with their links: cogroup)

Workers need phahe and the extra `phahe[spark]`. A worker that dies costs its tasks, which Spark does anew: all
functions are pure. The catalogue is small, is read where the command runs, and goes to every worker.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.cluster import Cluster
from graph.decide import Decided, decided, fresh_clusters, read_documents, read_resolution, resolve_groups
from graph.errors import ReadError, StoreError
from graph.extract_many import extract_any
from graph.items import NAMED, group_of, items_of, pack_item, unpack_item
from graph.model import Extraction, Source
from graph.read_jsonl import source_of_row
from graph.resolution import Resolution
from graph.resolve import group_catalogue, resolve_named
from graph.scheme import scheme_quads
from graph.state import state_quads
from graph.texts import SourceMeta, pack, unpack
from graph.waiting import Waiting, unpack_waiting

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

Catalogue = Mapping[str, Sequence[Cluster]]
"""The catalogue's documents by group."""

_READ = "source string, name string, origin string, raw string, body binary, failure string"
_REFERENCES = "block string, source string, key string, body binary"
_DECIDED = "kind string, source string, key string, path string, score double, day string, body binary"
_LINES = "line string"
_HELD = "held"
_SPARKS_OWN = "200"
"""Parts of a shuffle unless told otherwise: each of ours starts Python, and small clusters drown in starting it."""
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class SparkGraph(NamedTuple):
    """What a build on a cluster makes.

    Attributes:
        lines: one column `line`, sorted, without repeats: N-Quads.
        failures: columns `name` and `failure` of the rows that could not be read or extracted.
    """

    lines: "DataFrame"
    failures: "DataFrame"


def open_session(master: str) -> "SparkSession":
    """A session on a cluster (`spark://host:7077`, `yarn`, `local[2]` ...).

    Raises:
        StoreError: pyspark is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise StoreError("--spark needs pyspark; install phahe[spark], and Java 17") from None
    builder = SparkSession.builder.master(master).appName("phahe build")
    # texts are large: few rows at a time keep a worker's memory small
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "200")
    session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    if session.conf.get("spark.sql.shuffle.partitions") == _SPARKS_OWN:
        session.conf.set("spark.sql.shuffle.partitions", str(2 * session.sparkContext.defaultParallelism))
    return session


def read_texts(session: "SparkSession", addresses: Sequence[str]) -> "DataFrame":
    """Texts of JSON lines (plain or compressed as Spark knows) and Parquet, as one table.

    Raises:
        ReadError: none is given.
    """
    if not addresses:
        raise ReadError("no texts; --spark reads JSON lines and Parquet with columns id and text")
    schema = "id string, text string, url string"
    parquet = [address for address in addresses if address.rstrip("/").endswith(".parquet")]
    lines = [address for address in addresses if address not in parquet]
    read = session.read.schema(schema)
    tables = ([read.parquet(*parquet)] if parquet else []) + ([read.json(lines)] if lines else [])
    return tables[0] if len(tables) == 1 else tables[0].unionByName(tables[1])


def build_graph(texts: "DataFrame", catalogue: Sequence[Source]) -> SparkGraph:
    """The graph of a table of texts.

    Args:
        texts: columns `id`, `text` and perhaps `url`.
        catalogue: catalogue files.
    """
    from pyspark.sql import functions as f

    listed = {source.id: (source, extract_any(source)) for source in catalogue}
    rows = [item for _, extraction in listed.values() for item in items_of(extraction) if item.reference.id]
    groups = group_catalogue(rows)
    create = texts.sparkSession.createDataFrame
    read = texts.mapInPandas(_read, _READ).persist()
    # a text under two names is one source
    sources = read.filter("failure IS NULL").groupBy("source").agg(
        f.first("raw").alias("raw"), f.first("body").alias("body"),
        f.sort_array(f.collect_set("name")).alias("names"), f.sort_array(f.collect_set("origin")).alias("origins"),
    ).persist()  # fmt: skip
    references = sources.select("body").mapInPandas(_references, _REFERENCES).persist()
    blocks = {row["block"] for row in references.select("block").distinct().collect()}
    alone = resolve_groups(
        (fresh_clusters(groups[group]), ()) for group in sorted({*groups} - blocks - {NAMED})
    )
    settled = (
        references.filter(f.col("block") != NAMED).groupBy("block").applyInPandas(_decide(groups), _DECIDED)
    )
    settled = settled.unionByName(create(_rows(alone), _DECIDED)).persist()
    names = references.filter(f.col("block") == NAMED)
    held = settled.filter(f.col("kind") == _HELD).select(
        f.col("kind").alias("block"), "source", "key", "body"
    )
    named = names.unionByName(held).groupBy(f.lit(0)).applyInPandas(_decide_names(groups), _DECIDED)
    whole = settled.filter(f.col("kind") != _HELD).unionByName(named).persist()
    links = whole.filter(f.col("kind") != "document")
    stated = sources.groupBy("source").cogroup(links.groupBy("source")).applyInPandas(_source_lines, _LINES)
    documents = whole.filter(f.col("kind") == "document").select("path", "body")
    of_catalogue = links.filter(f.col("source").isin([*listed])).toPandas()
    here = [*scheme_quads(), *_catalogue_lines(listed, of_catalogue)]
    lines = (
        documents.mapInPandas(_document_lines, _LINES)
        .unionByName(stated)
        .unionByName(create([(line,) for line in here], _LINES))
    )
    return SparkGraph(
        lines.distinct().orderBy("line"), read.filter("failure IS NOT NULL").select("name", "failure")
    )


def _read(parts: "Iterable[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    """Texts to sources with their extraction, or with what failed."""
    for part in parts:
        yield _frame(_READ, (_read_row(row) for row in part.to_dict("records")))


def _read_row(row: dict[str, Any]) -> tuple[Any, ...]:
    try:
        source, _ = source_of_row(row)
        return source.id, source.name, source.origin, source.raw, pack(extract_any(source)), None
    except ReadError as error:
        return None, str(row.get("id")), None, None, None, str(error)
    except _FAULTS as error:
        return (
            None,
            str(row.get("id")),
            None,
            None,
            None,
            f"extraction failed: {type(error).__name__}: {error}",
        )


def _references(parts: "Iterable[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    for part in parts:
        extractions = map(unpack, part["body"])
        yield _frame(
            _REFERENCES,
            (
                (group_of(item.parts), *item.key, pack_item(item))
                for extraction in extractions
                for item in items_of(extraction)
            ),
        )


def _decide(groups: Catalogue) -> "Callable[[pd.DataFrame], pd.DataFrame]":
    def decide(block: "pd.DataFrame") -> "pd.DataFrame":
        catalogued = fresh_clusters(groups.get(block["block"].iloc[0], ()))
        rows = zip(block["source"], block["key"], block["body"], strict=True)
        return _frame(_DECIDED, _rows(resolve_groups([(catalogued, rows)])))

    return decide


def _decide_names(groups: Catalogue) -> "Callable[[pd.DataFrame], pd.DataFrame]":
    def decide(rest: "pd.DataFrame") -> "pd.DataFrame":
        catalogue = {
            cluster.id or "": cluster for clusters in groups.values() for cluster in fresh_clusters(clusters)
        }
        held = Waiting([cluster for cluster in catalogue.values() if cluster.parts is None])
        for body in rest[rest["block"] == _HELD]["body"]:
            held.take(unpack_waiting(body, catalogue))
        named = rest[rest["block"] == NAMED]
        items = (unpack_item(*row) for row in zip(named["source"], named["key"], named["body"], strict=True))
        rows = (row for part in resolve_named(held, items) for row in _rows(decided(part)))
        return _frame(_DECIDED, rows)

    return decide


def _rows(part: Decided) -> list[tuple[Any, ...]]:
    """Decisions as rows of one table."""
    return [
        *(("document", None, None, path, None, None, body) for path, body in part.documents),
        *(("link", *link, None) for link in part.links),
        *(("open", source, key, None, None, None, body) for source, key, body in part.still_open),
        *((_HELD, None, None, None, None, None, body) for body in part.held),
    ]


def _document_lines(parts: "Iterable[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    for part in parts:
        documents = read_documents(zip(part["path"], part["body"], strict=True))
        resolution = Resolution(documents={document.path: document for document in documents})
        yield _frame(_LINES, ((line,) for line in state_quads(resolution, (), _no_meta)))


def _source_lines(sources: "pd.DataFrame", links: "pd.DataFrame") -> "pd.DataFrame":
    if not len(sources):
        return _frame(_LINES, ())  # of the catalogue
    row = sources.iloc[0]
    names, origins = (tuple(map(str, row[name])) for name in ("names", "origins"))
    meta = SourceMeta(row["source"], "text", names, origins, len(row["raw"]))
    return _frame(_LINES, ((line,) for line in _stated(unpack(row["body"]), row["raw"], meta, links)))


def _catalogue_lines(listed: Mapping[str, tuple[Source, Extraction]], links: "pd.DataFrame") -> Iterator[str]:
    for id_, (source, extraction) in listed.items():
        origins = (source.origin,) if source.origin else ()
        meta = SourceMeta(id_, source.kind, (source.name,), origins, len(source.raw))
        yield from _stated(extraction, source.raw, meta, links[links["source"] == id_])


def _stated(extraction: Extraction, raw: str, meta: SourceMeta, links: "pd.DataFrame") -> Iterator[str]:
    """What one source states."""
    linked = links[links["kind"] == "link"]
    still_open = links[links["kind"] == "open"]
    columns = ("source", "key", "path", "score", "day")
    resolution = read_resolution(
        zip(*(linked[name] for name in columns), strict=True),
        zip(still_open["source"], still_open["key"], still_open["body"], strict=True),
    )
    return state_quads(resolution, [extraction], lambda _: meta, raw_of=lambda _: raw)


def _no_meta(source: str) -> SourceMeta:
    raise StoreError(f"source {source}: documents are stated without sources")


def _frame(schema: str, rows: Iterable[tuple[Any, ...]]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(
        list(rows), columns=[column.split()[0] for column in schema.split(", ")], dtype=object
    )
