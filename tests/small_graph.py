# ruff: noqa: E501 - tables read best one row a line
"""A small graph written by hand, in the shape builds have, and a store folder made of it.

Three resolutions bear the number 25-NQ/TW; that of 2013 is implemented in Hải Dương and Hưng Yên, one of the
implementing documents has a district's plan below it, two documents replace each other (a cycle no real corpus
should have, and every walk must survive).
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox

from graph.index import DocumentIndex
from graph.iri import mint_relation
from graph.load import hold_store, load_graph, publish
from graph.model import Source
from graph.nquads import write_sorted
from graph.prefixes import PREFIXES
from graph.texts import Texts
from graph.write_index import write_index

BASE = "https://w3id.org/phahe/"
PH = f"{BASE}ontology#"
LABEL, TYPE = f"{PREFIXES['rdfs']}label", f"{PREFIXES['rdf']}type"

# id, number, title, date, issuer, place, level, term
DOCUMENTS = [
    ("tw/nq/2003/25", "25-NQ/TW", "công tác tôn giáo", "2003-03-12", "bch-tw", None, "central", "tw-9"),
    ("tw/nq/2008/25", "25-NQ/TW", "tăng cường sự lãnh đạo của Đảng đối với công tác thanh niên thời kỳ đẩy mạnh công nghiệp hóa", "2008-07-25", "bch-tw", None, "central", "tw-10"),
    ("tw/nq/2013/25", "25-NQ/TW", "tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới", "2013-06-03", "bch-tw", None, "central", "tw-11"),
    ("tw/kl/2015/1", "01-KL/TW", "việc học tập", "2015", "bct", None, "central", None),
    ("tw/qd/2009/290", "290-QĐ/TW", "Quy chế công tác dân vận của hệ thống chính trị", "2010-02-25", "bct", None, "central", "tw-10"),
    ("tw/qd/2021/23", "23-QĐ/TW", "Quy chế công tác dân vận của hệ thống chính trị", "2021-07-30", "bct", None, "central", "tw-13"),
    ("tu-hai-duong/ct/2022/28", "28-CT/TU", "tiếp tục đổi mới, tăng cường công tác dân vận của cơ quan nhà nước", "2022-05-19", "btv-tu-hai-duong", "hai-duong", "province", None),
    ("tu-hai-duong/qc/2022/357", "357-QC/TU", "Quy chế công tác dân vận của hệ thống chính trị tỉnh Hải Dương", "2022-03-01", "btv-tu-hai-duong", "hai-duong", "province", None),
    ("tu-hai-duong/da/5", "05-ĐA/TU", "Xây dựng chính quyền xã, phường, thị trấn thân thiện", None, None, "hai-duong", "province", None),
    ("tu-hung-yen/ct/2022/28", "28-CT/TU", "thực hiện dân chủ ở cơ sở", "2022-09-05", "btv-tu-hung-yen", "hung-yen", "province", None),
    ("hu-thanh-ha-hai-duong/kh/2022/12", "12-KH/HU", "thực hiện Chỉ thị 28-CT/TU", "2022-07-01", None, "hai-duong", "district", None),
    ("vn/luat/2022/10-qh15", "10/2022/QH15", "Thực hiện dân chủ ở cơ sở", "2022-11-10", "qh", None, "central", None),
    ("vn/nd/2023/13-cp", "13/2023/NĐ-CP", "bảo vệ dữ liệu cá nhân", "2023-04-17", "cp", None, "central", None),
    ("vn/ct/2021/33-ttg", "33/CT-TTg", "tiếp tục tăng cường và đổi mới công tác dân vận", "2021-11-26", "ttg", None, "central", None),
]  # fmt: skip

TYPES = {"nq": "Nghị quyết", "kl": "Kết luận", "qd": "Quyết định", "ct": "Chỉ thị", "qc": "Quy chế", "da": "Đề án",
         "kh": "Kế hoạch", "luat": "Luật", "nd": "Nghị định"}  # fmt: skip
BODIES = {"bch-tw": "Ban Chấp hành Trung ương", "bct": "Bộ Chính trị", "qh": "Quốc hội", "cp": "Chính phủ",
          "ttg": "Thủ tướng Chính phủ", "btv-tu-hai-duong": "Ban Thường vụ Tỉnh ủy Hải Dương",
          "btv-tu-hung-yen": "Ban Thường vụ Tỉnh ủy Hưng Yên"}  # fmt: skip
PLACES = {"hai-duong": "Hải Dương", "hung-yen": "Hưng Yên"}

REPORT = Source(
    "bao-cao",
    "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy Hải Dương đã ban hành Quy chế số 357-QC/TU, Chỉ thị số"
    " 28 –CT/TU và Đề án số 05-ĐA/TU. Huyện ủy Thanh Hà ban hành Kế hoạch số 12-KH/HU thực hiện Chỉ thị 28-CT/TU.\n"
    "Tỉnh ủy Hưng Yên <b>ban hành</b> Chỉ thị số 28-CT/TU thực hiện Nghị quyết 25-NQ/TW.\n"
    "Quyết định 23-QĐ/TW thay thế Quyết định 290-QĐ/TW. Quyết định 290-QĐ/TW thay thế Quyết định 23-QĐ/TW.\n"
    "Có lẽ Kết luận 01-KL/TW thực hiện Nghị quyết 25-NQ/TW.\n",
    "bao-cao.txt",
)
FIRST = REPORT.raw[: REPORT.raw.index(" Huyện ủy")]

# subject, predicate, object, basis, confidence, quote
RELATIONS = [
    ("tu-hai-duong/qc/2022/357", "implements", "tw/nq/2013/25", "reported", 0.8, FIRST),
    ("tu-hai-duong/ct/2022/28", "implements", "tw/nq/2013/25", "reported", 0.8, FIRST),
    ("tu-hai-duong/da/5", "implements", "tw/nq/2013/25", "reported", 0.8, FIRST),
    ("hu-thanh-ha-hai-duong/kh/2022/12", "guides", "tu-hai-duong/ct/2022/28", "stated", 0.9,
     "Huyện ủy Thanh Hà ban hành Kế hoạch số 12-KH/HU thực hiện Chỉ thị 28-CT/TU."),
    ("tu-hung-yen/ct/2022/28", "implements", "tw/nq/2013/25", "stated", 0.9,
     "Tỉnh ủy Hưng Yên <b>ban hành</b> Chỉ thị số 28-CT/TU thực hiện Nghị quyết 25-NQ/TW."),
    ("tw/qd/2021/23", "replaces", "tw/qd/2009/290", "stated", 0.95, "Quyết định 23-QĐ/TW thay thế Quyết định 290-QĐ/TW."),
    ("tw/qd/2009/290", "replaces", "tw/qd/2021/23", "reported", 0.6, "Quyết định 290-QĐ/TW thay thế Quyết định 23-QĐ/TW."),
    ("tu-hai-duong/qc/2022/357", "cites", "tw/qd/2021/23", "stated", 1.0, FIRST),
    ("tw/kl/2015/1", "implements", "tw/nq/2013/25", "inferred", 0.3, "Có lẽ Kết luận 01-KL/TW thực hiện Nghị quyết 25-NQ/TW."),
]  # fmt: skip


@dataclass
class MemoryStore:
    """The asking side of `graph.store.Store`, over a graph in memory and a read model in a folder for this run."""

    rdf: ox.Store
    index: DocumentIndex

    def query(self, text: str, /) -> Any:
        return self.rdf.query(text, prefixes=PREFIXES)

    __hash__ = object.__hash__
    __eq__ = object.__eq__


@cache
def vocabulary() -> dict[str, tuple[str, ...]]:
    """Local names the small graph uses, with what each implies."""
    supers = {"implements": "relatedTo", "guides": "implements", "details": "implements", "supersedes": "relatedTo",
              "replaces": "supersedes", "repeals": "supersedes", "amends": "relatedTo", "cites": "relatedTo",
              "basedOn": "cites"}  # fmt: skip
    closed: dict[str, tuple[str, ...]] = {}
    for name in supers:
        chain = [name]
        while chain[-1] in supers:
            chain.append(supers[chain[-1]])
        closed[name] = tuple(chain)
    return closed


@cache
def vocabulary_quads() -> tuple[ox.Quad, ...]:
    """The project's own vocabulary, in its named graph."""
    path = Path(__file__).resolve().parent.parent / "ontology" / "phahe.ttl"
    graph = ox.NamedNode(f"{BASE}ontology")
    parsed = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    return tuple(ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in parsed)


def quads() -> Iterator[ox.Quad]:
    """Everything the small graph says."""
    yield from vocabulary_quads()
    for kind, names, predicate in (
        ("type", TYPES, f"{PREFIXES['skos']}prefLabel"),
        ("body", BODIES, LABEL),
        ("place", PLACES, LABEL),
    ):
        for slug, name in names.items():
            yield _quad(f"{BASE}{kind}/{slug}", predicate, ox.Literal(name, language="vi"))
    for row in DOCUMENTS:
        yield from document_quads(*row)
    source = f"{BASE}source/{REPORT.id}"
    yield _quad(source, TYPE, ox.NamedNode(f"{PH}Source"))
    yield _quad(source, f"{PREFIXES['dcterms']}identifier", ox.Literal(REPORT.name))
    for subject, predicate, object_, basis, confidence, quote in RELATIONS:
        yield from relation_quads(source, subject, predicate, object_, basis, confidence, quote)


def document_quads(
    path: str,
    number: str,
    title: str,
    date: str | None,
    issuer: str | None,
    place: str | None,
    level: str,
    term: str | None,
) -> Iterator[ox.Quad]:
    """What is said of one document, given as in DOCUMENTS."""
    iri = f"{BASE}doc/{path}"
    kind = path.split("/")[1]
    yield _quad(iri, TYPE, ox.NamedNode(f"{PH}Document"))
    yield _quad(iri, f"{PH}number", ox.Literal(number))
    yield _quad(iri, f"{PH}type", ox.NamedNode(f"{BASE}type/{kind}"))
    yield _quad(iri, f"{PH}title", ox.Literal(title, language="vi"))
    yield _quad(iri, f"{PH}polity", ox.NamedNode(f"{PH}{'state' if path.startswith('vn') else 'party'}"))
    yield _quad(iri, f"{PH}level", ox.NamedNode(f"{PH}{level}"))
    shown = f"{TYPES[kind]} số {number}" + (f" ngày {date}" if date else "")
    yield _quad(iri, LABEL, ox.Literal(shown, language="vi"))
    if date:
        datatype = {10: "date", 7: "gYearMonth", 4: "gYear"}[len(date)]
        value = ox.Literal(date, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))
        yield _quad(iri, f"{PH}dateIssued", value)
    for name, target in (("issuedBy", issuer and f"body/{issuer}"), ("place", place and f"place/{place}"),
                         ("term", term and f"term/{term}")):  # fmt: skip
        if target:
            yield _quad(iri, f"{PH}{name}", ox.NamedNode(BASE + target))


def relation_quads(
    source: str,
    subject: str,
    predicate: str,
    object_: str,
    basis: str,
    confidence: float,
    quote: str,
    effective: str | None = None,
) -> Iterator[ox.Quad]:
    """A relation's record on the word of a source, and its edges where it is sure enough."""
    record = mint_relation(REPORT.id, subject, predicate, object_)
    start = REPORT.raw.index(quote)
    ends = [ox.NamedNode(f"{BASE}doc/{path}") for path in (subject, object_)]
    yield _quad(record, f"{PREFIXES['rdf']}type", ox.NamedNode(f"{PH}Relation"))
    yield _quad(record, f"{PH}subject", ends[0])
    yield _quad(record, f"{PH}predicate", ox.NamedNode(PH + predicate))
    yield _quad(record, f"{PH}object", ends[1])
    yield _quad(record, f"{PH}basis", ox.NamedNode(PH + basis))
    yield _quad(
        record,
        f"{PH}confidence",
        ox.Literal(str(confidence), datatype=ox.NamedNode(f"{PREFIXES['xsd']}decimal")),
    )
    yield _quad(record, f"{PH}rule", ox.Literal("tay"))
    yield _quad(record, f"{PH}source", ox.NamedNode(source))
    yield _quad(record, f"{PH}start", ox.Literal(start))
    yield _quad(record, f"{PH}end", ox.Literal(start + len(quote)))
    yield _quad(record, f"{PH}quote", ox.Literal(quote))
    if effective:
        day = ox.Literal(effective, datatype=ox.NamedNode(f"{PREFIXES['xsd']}date"))
        yield _quad(record, f"{PH}effectiveDate", day)
    if basis != "inferred" and confidence >= 0.5:
        for name in vocabulary()[predicate]:
            yield _quad(ends[0].value, PH + name, ends[1])


def _quad(subject: str, predicate: str, value: Any) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.DefaultGraph())


@cache
def memory_store() -> MemoryStore:
    """The small graph in memory; nobody writes to it."""
    return store_of(quads())


def store_of(statements: Iterable[ox.Quad]) -> MemoryStore:
    """Any graph in memory, with its read model."""
    rdf = ox.Store()
    rdf.bulk_extend(statements)
    with TemporaryDirectory() as folder:
        quads_file = Path(folder, "graph.nq")
        write_sorted((f"{quad} ." for quad in rdf), quads_file, Path(folder))
        write_index(quads_file, Path(folder, "index"))
        # what is opened stays readable when the folder is gone
        return MemoryStore(rdf, DocumentIndex(Path(folder, "index")))


def make_store(folder: Path, more: list[ox.Quad] | None = None, *, alone: bool = False) -> Path:
    """A store folder whose live build is the small graph, with some more quads; or those alone."""
    with hold_store(folder) as aside:
        lines = [f"{quad} ." for quad in (*(() if alone else quads()), *(more or ()))]
        n_quads = write_sorted(lines, aside / "graph.nq", aside)
        version = load_graph(aside, n_quads)
        with Texts(aside / "texts.sqlite", writable=True) as texts:
            texts.add(REPORT)
            texts.seal()
        counts = {"quads": n_quads, "texts": 1, "documents": len(DOCUMENTS)}
        publish(folder, aside, {"version": version, **counts})
    return folder


def swap_build(folder: Path, note: str) -> str:
    """Make another build live, the small graph with one more alias, in one step as a build does; its version."""
    subject, alias = ox.NamedNode(f"{BASE}doc/tw/nq/2003/25"), ox.NamedNode(f"{PH}alias")
    aside = make_store(
        folder.with_name(f"{folder.name}-next"), [_quad(subject.value, alias.value, ox.Literal(note))]
    )
    (build,) = (aside / "builds").iterdir()
    shutil.rmtree(folder / "builds" / build.name, ignore_errors=True)
    build.rename(folder / "builds" / build.name)
    (aside / "CURRENT").replace(folder / "CURRENT")
    shutil.rmtree(aside)
    return build.name
