# ruff: noqa: E501 - a row of a table is one line
"""What the graph states of hand-made resolutions, and what it refuses to state."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import StoreError
from graph.iri import mint, mint_document
from graph.model import SELF, Extraction, Source
from graph.nquads import PH, date_literal, iri, literal, write_sorted
from graph.resolve import resolve_extractions
from graph.scheme import scheme_quads
from graph.state import state_quads
from graph.texts import SourceMeta
from tests.factories import NAMESAKES, catalogue, reference, written

TEXT = "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy ban hành Chỉ thị số 28-CT/TU; trích “lời\ncủa 28-CT/TU”."
CENTRAL = reference("25-NQ/TW", "2013-06-03")
LOCAL = reference("28-CT/TU", "2022-05-19", key="d2", scope="tu-hai-duong", place="hai-duong")
OPEN = reference("25", key="d3", type="Nghị quyết")


def example(**fields: object) -> tuple[Source, Extraction]:
    spans = [("Nghị quyết số 25-NQ/TW", CENTRAL), ("Chỉ thị số 28-CT/TU", LOCAL)]
    claims = (
        (
            "d2",
            "details",
            "d1",
            "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013, Tỉnh ủy ban hành Chỉ thị số 28-CT/TU",
        ),
    )
    return written("a", TEXT, spans, claims=claims, **fields)


def quads_of(*pairs: tuple[Source, Extraction], counts: Counter[str] | None = None) -> set[ox.Quad]:
    extractions = [extraction for _, extraction in pairs]
    raws = {source.id: source.raw for source, _ in pairs}
    lines = state_quads(
        resolve_extractions(extractions),
        extractions,
        lambda id_: SourceMeta(id_, "text", ("a",), (), 1),
        raw_of=lambda id_: raws[id_],
        counts=counts,
    )
    return set(ox.parse("\n".join(lines), ox.RdfFormat.N_QUADS))


def edges(quads: set[ox.Quad]) -> set[tuple[str, str, str]]:
    doc = mint_document("")
    return {
        (quad.subject.value.removeprefix(doc), quad.predicate.value.removeprefix(PH), quad.object.value.removeprefix(doc))
        for quad in quads
        if quad.subject.value.startswith(doc) and getattr(quad.object, "value", "").startswith(doc)
    }  # fmt: skip


def records(quads: set[ox.Quad]) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for quad in quads:
        if quad.subject.value.startswith(mint("relation", "")):
            name = quad.predicate.value.rpartition("#")[2]
            found.setdefault(quad.subject.value, {})[name] = quad.object.value
    return sorted(found.values(), key=lambda record: record["predicate"])


def test_a_claim_becomes_a_record_and_edges_with_what_they_imply() -> None:
    quads = quads_of(example())
    local, central = "tu-hai-duong/ct/2022/28", "tw/nq/2013/25"
    assert edges(quads) == {(local, name, central) for name in ("details", "implements", "relatedTo")}
    (record,) = records(quads)
    assert record["quote"] == TEXT[int(record["start"]) : int(record["end"])]
    assert record["predicate"] == f"{PH}details"
    assert record["basis"] == f"{PH}reported"
    assert record["confidence"] == "0.9"


def test_what_is_older_acts_upon_nothing_newer() -> None:
    """The words remain as a record of low confidence; the edge that the dates contradict does not exist."""
    claims = (("d1", "implements", "d2", "Thực hiện Nghị quyết số 25-NQ/TW"),)
    spans = [("Nghị quyết số 25-NQ/TW", CENTRAL), ("Chỉ thị số 28-CT/TU", LOCAL)]
    quads = quads_of(written("a", TEXT, spans, claims=claims))
    assert not edges(quads)
    (record,) = records(quads)
    assert (record["rule"], record["confidence"]) == ("cue-older", "0.27")


def test_a_document_cites_what_its_text_mentions() -> None:
    own = reference("10-KH/TU", "2014-01-02", key=SELF, scope="tu-hai-duong")
    quads = quads_of(example(own=(own,), self_key=SELF))
    path = "tu-hai-duong/kh/2014/10"
    assert {(path, "cites", "tw/nq/2013/25"), (path, "cites", "tu-hai-duong/ct/2022/28")} <= edges(quads)
    cites = [record for record in records(quads) if record["predicate"] == f"{PH}cites"]
    assert {record["quote"] for record in cites} == {"Nghị quyết số 25-NQ/TW", "Chỉ thị số 28-CT/TU"}


def test_a_claim_with_an_open_end_is_counted_and_not_stated() -> None:
    claims = (("d3", "implements", "d1", "Nghị quyết số 25-NQ/TW"),)
    counts: Counter[str] = Counter()
    quads = quads_of(
        written("a", TEXT, [("Nghị quyết", OPEN), ("25-NQ/TW", CENTRAL)], claims=claims), counts=counts
    )
    assert not edges(quads)
    assert not records(quads)
    assert (counts["pending"], counts["unresolved"] + counts["ambiguous"]) == (1, 1)


def test_two_references_that_mean_one_document_make_no_loop() -> None:
    other = reference("25-NQ/TW", "2013-06-30", key="d2")
    claims = (("d1", "amends", "d2", "Thực hiện"),)
    quads = quads_of(
        written("a", TEXT, [("Nghị quyết số 25-NQ/TW", CENTRAL), ("28-CT/TU", other)], claims=claims)
    )
    assert not edges(quads)
    assert not records(quads)


def test_doubtful_and_inferred_relations_have_a_record_and_no_edge() -> None:
    from dataclasses import replace

    for change in ({"confidence": 0.4}, {"basis": "inferred"}):
        source, extraction = example()
        claims = tuple(replace(claim, **change) for claim in extraction.claims)  # type: ignore[arg-type]
        quads = quads_of((source, replace(extraction, claims=claims)))
        assert not edges(quads)
        assert len(records(quads)) == 1


def test_an_open_mention_has_ranked_candidates_and_no_blank_node() -> None:
    table = Source("c", ".", kind="catalogue"), catalogue(*NAMESAKES)
    quads = quads_of(
        (table[0], catalogue(*NAMESAKES, source=table[0].id)),
        written("a", TEXT, [("Nghị quyết số 25-NQ/TW", reference("25-NQ/TW"))]),
    )
    store = ox.Store()
    store.extend(quads)
    rows = store.query(
        f"SELECT ?rank ?document ?quote {{ ?m a <{PH}UnresolvedMention> ; <{PH}quote> ?quote ; <{PH}candidate> ?c ."
        f" ?c <{PH}rank> ?rank ; <{PH}document> ?document }} ORDER BY ?rank"
    )
    found = [
        (row["rank"].value, row["document"].value.rpartition("doc/")[2], row["quote"].value) for row in rows
    ]
    assert [row[0] for row in found] == ["1", "2", "3"]
    assert {row[1] for row in found} == {"tw/nq/2003/25", "tw/nq/2008/25", "tw/nq/2013/25"}
    assert {row[2] for row in found} == {"Nghị quyết số 25-NQ/TW"}
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_a_false_quote_stops_the_build() -> None:
    from dataclasses import replace

    source, extraction = example()
    claim = replace(extraction.claims[0], quote="Thực hiện điều khác")
    with pytest.raises(StoreError, match=rf"source {source.id}: quote at 0-"):
        quads_of((source, replace(extraction, claims=(claim,))))


def test_a_document_says_what_is_known_of_it() -> None:
    quads = quads_of(example())
    node = mint_document("tu-hai-duong/ct/2022/28")
    said = {
        quad.predicate.value.rpartition("#")[2]: quad.object.value
        for quad in quads
        if quad.subject.value == node
    }
    assert said["number"] == "28-CT/TU"
    assert said["dateIssued"] == "2022-05-19"
    assert said["label"] == "Chỉ thị số 28-CT/TU ngày 19/5/2022"
    assert (said["polity"], said["level"]) == (f"{PH}party", f"{PH}province")
    assert said["place"] == mint("place", "hai-duong")
    assert any(quad.object == ox.NamedNode(mint("type", "ct")) for quad in quads)


@pytest.mark.parametrize(
    "text", ['a"b\\c\nd\re\tf\x00\x07\b\f\x7f', "Đề án “05”", "\ufffe\uffff", "😀", "\ud800", ""]
)
def test_literals_are_written_as_the_engine_writes_them(text: str) -> None:
    written_here = literal(text, language="vi")
    (quad,) = ox.parse(f"<http://a> <http://b> {written_here} .", ox.RdfFormat.N_QUADS)
    assert str(quad.object) == written_here
    assert quad.object.value == text.replace("\ud800", "\ufffd")


@pytest.mark.parametrize(
    ("date", "kind"), [("2013", "gYear"), ("2013-06", "gYearMonth"), ("2013-06-03", "date")]
)
def test_dates_are_as_precise_as_known(date: str, kind: str) -> None:
    assert date_literal(date) == f'"{date}"^^<http://www.w3.org/2001/XMLSchema#{kind}>'


def test_an_iri_holds_no_sign_that_ends_it() -> None:
    assert iri('https://a/b c>"') == "<https://a/b%20c%3E%22>"


def test_the_ontology_is_stated_alike_each_time_and_without_blank_subjects_in_the_default_graph() -> None:
    first = sorted(scheme_quads())
    assert sorted(scheme_quads()) == first
    quads = list(ox.parse("\n".join(first), ox.RdfFormat.N_QUADS))
    assert {quad.graph_name for quad in quads} == {ox.DefaultGraph(), ox.NamedNode(PH.removesuffix("#"))}
    default = [quad for quad in quads if quad.graph_name == ox.DefaultGraph()]
    assert not any(isinstance(quad.subject, ox.BlankNode) for quad in default)


def test_lines_are_sorted_on_disk_in_chunks(tmp_path: Path) -> None:
    lines = [f"<{letter}> <p> <o> ." for letter in "đbcaeđbaz😀"]
    assert write_sorted(lines, tmp_path / "out", tmp_path, held=3) == len(set(lines))
    assert (tmp_path / "out").read_bytes().splitlines() == sorted({line.encode() for line in lines})
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
