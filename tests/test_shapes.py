"""The shapes pass a sound graph and catch each planted fault under the node at fault."""
# ruff: noqa: E501 (one case, one line)

from functools import cache
from importlib.resources import files

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef

from ontology.namespace import PH

PREFIXES = """
@base <https://w3id.org/phahe/> .
@prefix ph: <https://w3id.org/phahe/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SOUND = (
    PREFIXES
    + """
<type/ct> a ph:DocumentType .
<type/nq> a ph:DocumentType .
<term/tw-11> a ph:Term .
<place/hai-duong> a ph:Place ; rdfs:label "Hải Dương"@vi ; ph:since "1997-01-01"^^xsd:date ;
  ph:until "2025-07-01"^^xsd:date ; ph:successor <place/hai-phong> .
<place/hai-phong> a ph:Place ; rdfs:label "Hải Phòng"@vi .
<body/btv-tu-hai-duong> a ph:Body ; rdfs:label "Ban Thường vụ Tỉnh ủy Hải Dương"@vi ; ph:polity ph:party ;
  ph:level ph:province ; ph:place <place/hai-duong> .
<doc/tw/nq/2013/25> a ph:Document ; rdfs:label "Nghị quyết số 25-NQ/TW"@vi ; ph:type <type/nq> ; ph:number "25-NQ/TW" ;
  ph:polity ph:party ; ph:level ph:central ; ph:dateIssued "2013-06-03"^^xsd:date ; ph:term <term/tw-11> .
<doc/tu-hai-duong/ct/2022/28> a ph:Document ; rdfs:label "Chỉ thị số 28-CT/TU"@vi ; ph:type <type/ct> ;
  ph:number "28-CT/TU" ; ph:title "dân vận"@vi ; ph:polity ph:party ; ph:level ph:province ;
  ph:place <place/hai-duong> ; ph:issuedBy <body/btv-tu-hai-duong> ; ph:dateIssued "2022-05"^^xsd:gYearMonth ;
  ph:implements <doc/tw/nq/2013/25> .
<source/0123456789abcdef> a ph:Source ; dcterms:identifier "bao-cao" ; ph:mentions <doc/tw/nq/2013/25> .
<relation/00112233aabbccdd> a ph:Relation ; ph:subject <doc/tu-hai-duong/ct/2022/28> ; ph:predicate ph:implements ;
  ph:object <doc/tw/nq/2013/25> ; ph:basis ph:reported ; ph:confidence 0.8 ; ph:rule "report-implements" ;
  ph:source <source/0123456789abcdef> ; ph:start 0 ; ph:end 20 ; ph:quote "Thực hiện Nghị quyết" .
<mention/99887766aabbccdd> a ph:UnresolvedMention ; ph:quote "Nghị quyết 25" ; ph:source <source/0123456789abcdef> ;
  ph:start 30 ; ph:end 43 ; ph:occurrences 1 ; ph:candidate <mention/99887766aabbccdd/1> .
<mention/99887766aabbccdd/1> a ph:Candidate ; ph:document <doc/tw/nq/2013/25> ; ph:score 0.4 ; ph:reason "cùng số"@vi ;
  ph:rank 1 .
"""
)
BASE = "https://w3id.org/phahe/"
CT = "doc/tu-hai-duong/ct/2022/28"
RELATION = "relation/00112233aabbccdd"
MENTION = "mention/99887766aabbccdd"

# what to replace in the sound graph, by what, the node at fault, words of the message
FAULTS = [
    ("document without a type", "ph:type <type/ct> ;", "", CT, "exactly one type"),
    ("document with two types", "ph:type <type/ct> ;", "ph:type <type/ct>, <type/nq> ;", CT, "exactly one type"),
    ("type outside the scheme", "ph:type <type/ct> ;", "ph:type <type/xx> ;", CT, "exactly one type"),
    ("two dates", '"2022-05"^^xsd:gYearMonth', '"2022-05"^^xsd:gYearMonth, "2022"^^xsd:gYear', CT, "at most one date"),
    ("date as a string", '"2022-05"^^xsd:gYearMonth', '"2022-05"', CT, "at most one date"),
    ("date that is none", '"2013-06-03"^^xsd:date', '"2013-02-31"^^xsd:date', "doc/tw/nq/2013/25", "at most one date"),
    ("unknown polity", "ph:number \"25-NQ/TW\" ;\n  ph:polity ph:party", "ph:number \"25-NQ/TW\" ;\n  ph:polity ph:stated", "doc/tw/nq/2013/25", "polity is one of"),
    ("unknown level", "ph:level ph:central", 'ph:level "central"', "doc/tw/nq/2013/25", "level is one of"),
    ("neither number nor title", 'ph:number "25-NQ/TW" ;', "", "doc/tw/nq/2013/25", "a number or a title"),
    ("two numbers", '"28-CT/TU" ;', '"28-CT/TU", "28/CT-TU" ;', CT, "at most one number"),
    ("no label", 'rdfs:label "Chỉ thị số 28-CT/TU"@vi ;', "", CT, "label"),
    ("issued by a document", "ph:issuedBy <body/btv-tu-hai-duong>", "ph:issuedBy <doc/tw/nq/2013/25>", CT, "issued by"),
    ("place that is none", "ph:place <place/hai-duong> ; ph:issuedBy", "ph:place <place/atlantis> ; ph:issuedBy", CT, "at most one place"),
    ("no subject", "ph:subject <doc/tu-hai-duong/ct/2022/28> ;", "", RELATION, "exactly one subject"),
    ("relation to itself", "ph:object <doc/tw/nq/2013/25> ; ph:basis", f"ph:object <{CT}> ; ph:basis", RELATION, "itself"),
    ("object no document", "ph:object <doc/tw/nq/2013/25> ; ph:basis", "ph:object <place/hai-duong> ; ph:basis", RELATION, "exactly one object"),
    ("predicate no relation", "ph:predicate ph:implements", "ph:predicate ph:number", RELATION, "exactly one predicate"),
    ("the root as predicate", "ph:predicate ph:implements", "ph:predicate ph:relatedTo", RELATION, "exactly one predicate"),
    ("unknown basis", "ph:basis ph:reported", "ph:basis ph:party", RELATION, "basis is one of"),
    ("no basis", "ph:basis ph:reported ;", "", RELATION, "basis is one of"),
    ("confidence above 1", "ph:confidence 0.8", "ph:confidence 1.2", RELATION, "confidence"),
    ("confidence below 0", "ph:confidence 0.8", "ph:confidence -0.1", RELATION, "confidence"),
    ("confidence a string", "ph:confidence 0.8", 'ph:confidence "0.8"', RELATION, "confidence"),
    ("start after end", "ph:start 0 ; ph:end 20", "ph:start 21 ; ph:end 20", RELATION, "less than its end"),
    ("start at end", "ph:start 0 ; ph:end 20", "ph:start 20 ; ph:end 20", RELATION, "less than its end"),
    ("negative start", "ph:start 0 ; ph:end 20", "ph:start -1 ; ph:end 20", RELATION, "0 or more"),
    ("no end", "ph:start 0 ; ph:end 20 ;", "ph:start 0 ;", RELATION, "ends at"),
    ("empty quote", 'ph:quote "Thực hiện Nghị quyết"', 'ph:quote ""', RELATION, "one quote"),
    ("no source", 'ph:rule "report-implements" ;\n  ph:source <source/0123456789abcdef> ;', 'ph:rule "report-implements" ;', RELATION, "one source"),
    ("no rule", 'ph:rule "report-implements" ;', "", RELATION, "one rule"),
    ("mention without quote", 'ph:quote "Nghị quyết 25" ;', "", MENTION, "one quote"),
    ("mention that never occurs", "ph:occurrences 1", "ph:occurrences 0", MENTION, "at least once"),
    ("candidate without score", "ph:score 0.4 ;", "", f"{MENTION}/1", "one score"),
    ("candidate of rank 0", "ph:rank 1", "ph:rank 0", f"{MENTION}/1", "one rank"),
    ("candidate of nothing", "ph:document <doc/tw/nq/2013/25>", "ph:document <type/nq>", f"{MENTION}/1", "one document"),
    ("source without a name", 'dcterms:identifier "bao-cao" ;', "", "source/0123456789abcdef", "name"),
    ("source of two documents", "ph:mentions <doc/tw/nq/2013/25>", f"ph:describes <doc/tw/nq/2013/25>, <{CT}>", "source/0123456789abcdef", "at most one document"),
    ("body without a name", 'rdfs:label "Ban Thường vụ Tỉnh ủy Hải Dương"@vi ;', "", "body/btv-tu-hai-duong", "name"),
    ("place without a name", 'rdfs:label "Hải Phòng"@vi', "ph:until 2025", "place/hai-phong", "name"),
    ("place followed by a body", "ph:successor <place/hai-phong>", "ph:successor <body/btv-tu-hai-duong>", "place/hai-duong", "takes over"),
]  # fmt: skip


@cache
def _shapes() -> Graph:
    return Graph().parse(data=files("ontology").joinpath("shapes.ttl").read_bytes(), format="turtle")


def _faults(turtle: str) -> list[tuple[str, str]]:
    data = Graph().parse(data=turtle, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inference="none", meta_shacl=False)
    assert isinstance(report, Graph)
    return sorted(
        (
            str(report.value(result, SH.focusNode)).removeprefix(BASE),
            str(report.value(result, SH.resultMessage)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def test_a_sound_graph_passes() -> None:
    assert _faults(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "node", "words"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_a_planted_fault_is_found(old: str, new: str, node: str, words: str) -> None:
    assert SOUND.count(old) == 1, "the row does not fit the sound graph"
    found = _faults(SOUND.replace(old, new))
    assert any(at == node and words in message for at, message in found), found


@pytest.mark.parametrize(
    "path", ["doc/tw/nq", "doc/TW/nq/2013/25", "tw/nq/2013/25", "doc/tw/nq/2013/25/1/2", "doc/tw/nq/13/25/x"]
)
def test_a_document_is_named_as_agreed(path: str) -> None:
    found = _faults(SOUND.replace("<doc/tw/nq/2013/25>", f"<{path}>"))
    assert any(at == path and "IRI" in message for at, message in found), found


@pytest.mark.parametrize(
    "path", ["doc/tu-hai-duong/da/5", "doc/vn/luat/2022/10-qh15", "doc/vn/qd/2021/33-2021-ttg"]
)
def test_shorter_and_longer_names_pass(path: str) -> None:
    assert _faults(SOUND.replace("<doc/tw/nq/2013/25>", f"<{path}>")) == []


def test_shapes_are_well_formed_shacl() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=_shapes(), meta_shacl=True)
    assert conforms, text


def test_every_constraint_says_what_was_expected() -> None:
    shapes = _shapes()
    # the members of sh:or lists speak through the shape that holds the list
    properties = set(shapes.objects(None, SH.property))
    for shape in {*properties, *shapes.subjects(SH.targetClass, None)}:
        message = shapes.value(shape, SH.message)
        assert message is not None and str(message)[0].islower(), shape


def test_shapes_speak_of_the_vocabulary_only() -> None:
    known = {str(term) for term in dir(PH)}
    for triple in _shapes():
        for node in triple:
            if isinstance(node, URIRef) and str(node).startswith(str(PH)):
                assert str(node) in known or str(node).removeprefix(str(PH)) in known, node
