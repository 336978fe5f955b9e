"""What one text says, and what its citations are worth, as rows of plain values, ready for JSON."""

from graph.extract import extraction_record
from graph.link import Linked
from graph.model import Extraction, Source
from graph.rows import Row, brief_row, candidate_row, status_row
from graph.verify import Citation, Verification


def linked_row(linked: Linked) -> Row:
    """What a reference of a text means in the graph: a document, candidates, or nothing known here."""
    return {
        "state": linked.state,
        "document": brief_row(linked.document) if linked.document else None,
        "score": linked.score,
        "candidates": [candidate_row(candidate) for candidate in linked.candidates],
    }


def extraction_row(source: Source, extraction: Extraction, linked: dict[str, Linked]) -> Row:
    """The record of `phahe extract --format jsonl`, each document with its link to the graph."""
    record = extraction_record(source, extraction)
    for key, document in record["documents"].items():
        document["link"] = linked_row(linked[key])
    return record | {
        "id": source.id,
        "date": extraction.date,
        "place": extraction.place,
        "doubtful": record.get("doubtful", []),
    }


def verification_row(verification: Verification) -> Row:
    """The citations of a text with their verdicts, and how many got each."""
    citations = [citation_row(citation) for citation in verification.citations]
    verdicts = [citation["verdict"] for citation in citations]
    return {
        "source": verification.source.name,
        "id": verification.source.id,
        "date": verification.date,
        "as_of": verification.as_of,
        "counts": {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))},
        "citations": citations,
    }


def citation_row(citation: Citation) -> Row:
    """One cited document: as cited, where, the verdict, and what it rests on."""
    reference, document = citation.linked.reference, citation.linked.document
    return {
        "number": reference.number,
        "type": reference.type,
        "date": reference.date,
        "title": reference.title,
        "verdict": citation.verdict,
        "mentions": [{"start": item.start, "end": item.end, "text": item.text} for item in citation.mentions],
        **linked_row(citation.linked),
        "status": status_row(citation.status, document) if citation.status and document else None,
    }
