"""What the graph states of one document: number, type, issuer, dates, polity, level, place, names."""

from collections.abc import Iterator
from functools import cache

from graph.iri import is_party_scope, mint, mint_document, number_parts
from graph.nquads import RDF_TYPE, date_literal, iri, line, literal, ph
from graph.resolution import Document
from ontology.body import Body, body_named, body_of_symbol
from ontology.doctype import document_types
from ontology.place import places
from ontology.slug import fold

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_DISTRICT = frozenset({"hu", "qu", "thu", "du"})
_COMMITTEES = _DISTRICT | {"tw", "tu"}


def document_lines(document: Document) -> Iterator[str]:
    """All that is stated of a document, as N-Quads lines."""
    node = iri(mint_document(document.path))
    yield line(node, RDF_TYPE, ph("Document"))
    yield line(node, LABEL, literal(label_of(document), language="vi"))
    if document.type in _type_names():
        yield line(node, ph("type"), iri(mint("type", document.type)))
    if document.number:
        yield line(node, ph("number"), literal(document.number))
    if document.title:
        yield line(node, ph("title"), literal(document.title, language="vi"))
    if document.date:
        yield line(node, ph("dateIssued"), date_literal(document.date))
    if document.effective:
        yield line(node, ph("dateEffective"), date_literal(document.effective))
    if body := body_of(document):
        yield line(node, ph("issuedBy"), iri(mint("body", body.id)))
    if document.term:
        yield line(node, ph("term"), iri(mint("term", document.term)))
    polity, level, place = scope_facts(document)
    yield line(node, ph("polity"), ph(polity))
    yield line(node, ph("level"), ph(level))
    if place:
        yield line(node, ph("place"), iri(mint("place", place)))
    if document.url:
        yield line(node, ph("url"), literal(document.url, datatype="anyURI"))
    for alias in document.aliases:
        yield line(node, ph("alias"), literal(alias, language="vi"))
    for variant in document.variants:
        yield line(node, ph("variant"), literal(variant, language="vi"))


def scope_facts(document: Document) -> tuple[str, str, str | None]:
    """Polity, level and province of a document, by the catalogue or else by its scope.

    >>> scope_facts(Document("tu-hai-duong/ct/2022/28", "28-CT/TU", "ct", scope="tu-hai-duong"))
    ('party', 'province', 'hai-duong')
    """
    scope = document.scope or document.path.split("/")[0]
    head, _, rest = scope.partition("-")
    slugs = {place.slug for place in places()}
    place = document.place if document.place in slugs else None
    parts = rest.split("-")
    tail = next(
        ("-".join(parts[index:]) for index in range(len(parts)) if "-".join(parts[index:]) in slugs), None
    )
    place = place or tail
    polity = document.polity or ("party" if is_party_scope(scope) else "state")
    if document.level:
        level = document.level
    elif not rest or head.endswith("tw"):
        level = "central"
    elif head in _DISTRICT or (tail is not None and tail != rest):
        level = "district"
    else:
        level = "province"
    return polity, level, None if level == "central" else place


def body_of(document: Document) -> Body | None:
    """The issuing body: the one named as issuer, else the one whose sign the number bears; None if unknown.

    The sign of a Party committee (TW, TU) names none: several bodies of the committee issue under it.
    """
    place = scope_facts(document)[2]
    named = body_named(document.issuer, place) if document.issuer else None
    if named is not None:
        return named
    parts = number_parts(document.number) if document.number else None
    if parts is None or not parts.body or document.scope.split("-")[0] in _COMMITTEES:
        return None
    known = body_of_symbol(parts.body_key.split("-")[0].upper(), place)
    return known if known is not None and (known.level == "central") != (known.place is not None) else None


def label_of(document: Document) -> str:
    """How people cite it: `Nghị quyết số 25-NQ/TW ngày 03/6/2013`.

    >>> label_of(Document("tw/nq/2013/25", "25-NQ/TW", "nq", date="2013-06-03"))
    'Nghị quyết số 25-NQ/TW ngày 03/6/2013'
    >>> label_of(Document("vn/luat/2013/luat-dat-dai", None, "luat", title="Đất đai", date="2013"))
    'Luật Đất đai năm 2013'
    """
    kind = _type_names().get(document.type, "Văn bản")
    if document.number:
        name = f"{kind} số {document.number}"
    elif document.title:
        is_whole = fold(document.title).startswith(fold(kind))
        name = document.title if is_whole else f"{kind} {document.title}"
    else:
        name = f"{kind} {document.path}"
    return f"{name} {_spoken(document.date)}" if document.date else name


def _spoken(date: str) -> str:
    """A date as official papers write it: days below 10 and the first two months with a zero.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.4.
    """
    year, _, rest = date.partition("-")
    if not rest:
        return f"năm {year}"
    month, _, day = rest.partition("-")
    spoken_month = month if month in {"01", "02"} else month.lstrip("0")
    return f"ngày {day}/{spoken_month}/{year}" if day else f"tháng {spoken_month}/{year}"


@cache
def _type_names() -> dict[str, str]:
    return {kind.slug: kind.name for kind in document_types()}
