"""Answers as rows of plain values, ready for JSON: what the command line prints and HTTP returns alike.

Keys are the vocabulary's words; dates ISO prefixes or null; offsets code points into the source's raw text.
"""

from dataclasses import asdict
from typing import Any

from graph.ask import Candidate, Implementing, Lineage
from graph.citation import cite_document
from graph.facts import Document, Edge, Evidence
from graph.iri import mint, mint_relation, parse_document
from graph.lookup import shown_date
from graph.status import Act, Status
from ontology.status import reason_words, reckoning_words, state_label

Row = dict[str, Any]


def document_row(document: Document) -> Row:
    """The facts of a document, those not known as null."""
    row = asdict(document)
    row["aliases"], row["variants"] = list(document.aliases), list(document.variants)
    row["citation"] = cite_document(document)
    return row


def brief_row(document: Document) -> Row:
    """What a list needs of a document, with how to cite it and where it can be read."""
    names = ("iri", "path", "number", "type", "date", "issuer", "title", "place", "level", "term", "url")
    return {name: getattr(document, name) for name in names} | {"citation": cite_document(document)}


def candidate_row(candidate: Candidate) -> Row:
    """A document that may be meant, with its score and the reasons, in Vietnamese."""
    return brief_row(candidate.document) | {
        "score": candidate.score,
        "why": list(candidate.why),
        "live": candidate.is_live,
    }


def evidence_row(edge: Edge, evidence: Evidence) -> Row:
    """Who says of a relation that it holds, in which words, and the IRI of the record that keeps it."""
    ends = [parse_document(iri) or iri for iri in (edge.subject, edge.object)]
    return {
        "iri": mint_relation(evidence.source, ends[0], edge.predicate, ends[1]),
        "basis": evidence.basis,
        "confidence": evidence.confidence,
        "rule": evidence.rule,
        "quote": evidence.quote,
        "source": evidence.source,
        "source_iri": mint("source", evidence.source),
        "source_name": evidence.source_name,
        "source_origin": evidence.source_origin,
        "start": evidence.start,
        "end": evidence.end,
        "provision": evidence.provision,
        "effective": evidence.effective,
    }


def edge_row(edge: Edge) -> Row:
    """A relation with all its evidence, best first."""
    ends = {"subject": edge.subject, "predicate": edge.predicate, "object": edge.object}
    return ends | {"evidence": [evidence_row(edge, item) for item in edge.evidence]}


def implementing_row(item: Implementing) -> Row:
    """An implementing document, the best evidence of its own relation, and the way on to the one asked about.

    `via` is empty where it implements that one directly; else each entry is a document between and the
    evidence that it implements the next.
    """
    between = [
        {"document": brief_row(document), "predicate": step.predicate} | evidence_row(step, step.best)
        for document, step in zip(item.documents, item.steps[1:], strict=True)
    ]
    return {
        "document": brief_row(item.document),
        "predicate": item.steps[0].predicate,
        **evidence_row(item.steps[0], item.evidence),
        "also": [evidence_row(item.steps[0], other) for other in item.steps[0].evidence[1:]],
        "via": between,
    }


def lineage_row(lineage: Lineage) -> Row:
    """Nodes and edges of a lineage, and each document's way from the root as positions among the edges."""
    position = {id(edge): number for number, edge in enumerate(lineage.edges)}
    return {
        "root": lineage.root.iri,
        "truncated": lineage.truncated,
        "nodes": [brief_row(document) for document in lineage.nodes],
        "edges": [edge_row(edge) for edge in lineage.edges],
        "ways": {iri: [position[id(edge)] for edge in way] for iri, way in lineage.ways.items()},
    }


def act_row(act: Act) -> Row:
    """What one document does to another's force: the relation, who acts, from when, how that was reckoned."""
    return {
        "by": brief_row(act.by),
        "predicate": act.edge.predicate,
        "object": act.edge.object,
        "from": act.moment.shown if act.moment else None,
        "reckoning": act.reckoning,
        "reckoning_label": reckoning_words(act.reckoning) if act.reckoning else None,
        "evidence": [evidence_row(act.edge, item) for item in act.edge.evidence],
    }


def status_row(status: Status, document: Document) -> Row:
    """A status with its words in Vietnamese and the acts that say so."""
    as_of = shown_date(status.as_of) if status.as_of else "nay"
    return {
        "document": status.document,
        "state": status.state,
        "label": state_label(status.state, document.polity),
        "as_of": status.as_of,
        "since": status.since,
        "reason": status.reason,
        "reason_label": reason_words(status.reason, as_of),
        "chain": [act_row(act) for act in status.chain],
        "undated": [act_row(act) for act in status.undated],
        "later": [act_row(act) for act in status.later],
        "doubtful": [act_row(act) for act in status.doubtful],
    }
