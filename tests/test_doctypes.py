"""Document types: signs, names, and the scheme made of them."""

import pytest
from rdflib import RDF, SKOS, Graph

from ontology.doctype import document_types, type_of_name, type_of_symbol
from ontology.generate_turtle import types_ttl
from ontology.slug import fold, slug

# sign as printed, slug
SIGNS = [
    ("NQ", "nq"),
    ("QĐ", "qd"),
    ("QD", "qd"),
    ("QÐ", "qd"),  # U+00D0
    ("qđ", "qd"),
    ("QĐi", "qdi"),
    ("QĐI", "qdi"),
    ("QyĐ", "qdi"),
    ("CT", "ct"),
    ("CTr", "ctr"),
    ("CTR", "ctr"),
    ("CTHĐ", "cthd"),
    ("KL", "kl"),
    ("ĐA", "da"),
    ("DA", "du-an"),
    ("HD", "hd"),
    ("TT", "tt"),
    ("TTr", "ttr"),
    ("TTR", "ttr"),
    ("TTLT", "ttlt"),
    ("TTLB", "ttlt"),
    ("NĐ", "nd"),
    ("ND", "nd"),
    ("NQLT", "nqlt"),
    ("VBHN", "vbhn"),
    ("PL", "phap-lenh"),
    ("SL", "sl"),
    ("SLt", "sac-luat"),
    ("L", "lenh"),
    ("Đ.Lệ", "dieu-le"),
    # no document of ours: contracts, licences, standards
    ("HĐ", None),
    ("GP", None),
    ("QCVN", None),
    ("TTg", None),
    ("TW", None),
    ("", None),
]
NAMES = [
    ("Nghị quyết", "nq"),
    ("NGHỊ QUYẾT", "nq"),
    ("nghi quyet", "nq"),
    ("Nghị  quyết", "nq"),
    ("NQ", "nq"),
    ("Quyết định", "qd"),
    ("Quy định", "qdi"),
    ("Qui định", "qdi"),
    ("Quy chế", "qc"),
    ("Quy chế phối hợp", "qc"),
    ("Chỉ thị", "ct"),
    ("Chương trình hành động", "cthd"),
    ("Chương trình", "ctr"),
    ("Thông tư", "tt"),
    ("Thông tri", "thong-tri"),
    ("Thông tư liên tịch", "ttlt"),
    ("Thông báo kết luận", "tb"),
    ("Luật", "luat"),
    ("Bộ luật", "bo-luat"),
    ("Pháp lệnh", "phap-lenh"),
    ("Hiến pháp", "hien-phap"),
    ("Sắc lệnh", "sl"),
    ("Sắc luật", "sac-luat"),
    ("Công điện", "cd"),
    ("Công văn", "cv"),
    ("Đề án", "da"),
    ("Báo cáo thẩm định", "bc"),
    ("Chiến lược", "chien-luoc"),
    ("Quy hoạch", "qh"),
    ("Văn bản hợp nhất", "vbhn"),
    ("Hướng dẫn liên tịch", "hdlt"),
    ("Thoả thuận", "btt"),
    ("Giấy phép", None),
    ("Hợp đồng", None),
]


@pytest.mark.parametrize(("sign", "expected"), SIGNS)
def test_type_of_symbol(sign: str, expected: str | None) -> None:
    kind = type_of_symbol(sign)
    assert (kind.slug if kind else None) == expected


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_type_of_name(name: str, expected: str | None) -> None:
    kind = type_of_name(name)
    assert (kind.slug if kind else None) == expected


def test_a_shared_sign_is_told_apart_by_polity() -> None:
    assert [type_of_symbol("TT", polity).slug for polity in ("state", "party")] == ["tt", "thong-tri"]  # type: ignore[union-attr]
    assert type_of_symbol("NĐ", "party") is None


def test_every_name_and_sign_leads_back() -> None:
    for kind in document_types():
        for name in (kind.name, *kind.aliases):
            assert type_of_name(name) == kind, name
        for sign in kind.symbols:
            assert kind in (type_of_symbol(sign), type_of_symbol(sign, kind.polity)), sign


def test_rows_are_well_formed() -> None:
    slugs = [kind.slug for kind in document_types()]
    names = [fold(name) for kind in document_types() for name in (kind.name, *kind.aliases)]
    assert len(set(slugs)) == len(slugs)
    assert len(set(names)) == len(names)
    for kind in document_types():
        if kind.slug != "qc-lien-tich":  # in IRIs before the rule was settled
            assert kind.slug in {slug(kind.symbol or ""), slug(kind.name)}
        assert kind.polity in {"party", "state", "both"}
        assert kind.level in {"central", "any"}
        assert kind.source and kind.issuers
        assert kind.symbol == (kind.symbols[0] if kind.symbols else None)


def test_scheme_is_current_and_whole() -> None:
    from importlib.resources import files

    written = files("ontology").joinpath("types.ttl").read_text(encoding="utf-8")
    assert written == types_ttl(), "run `python -m ontology.generate`"
    graph = Graph().parse(data=written, format="turtle")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == len(document_types())
    for concept in concepts:
        label = graph.value(concept, SKOS.prefLabel)
        assert label is not None and getattr(label, "language", None) == "vi"
        assert type_of_name(str(label)).slug == str(concept).rsplit("/", 1)[1]  # type: ignore[union-attr]
