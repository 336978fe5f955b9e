"""Extract what one text says: the pure function at the heart of a build, cached by content and run in parallel."""

from typing import Any

from graph.clean import clean_text
from graph.find import find_mentions
from graph.gather import gather_references
from graph.head import read_head
from graph.iri import document_path, mint_document, type_segment
from graph.model import SELF, Claim, Extraction, Reference, Source
from graph.relate import relate_mentions
from graph.split import split_parts
from ontology.doctype import type_of_name

VERSION = "2"
"""Changes whenever the outcome for some text may change; cached extractions of another version are not used."""

BROADER = {
    "details": "implements",
    "guides": "implements",
    "replaces": "supersedes",
    "repeals": "supersedes",
}
"""Broad relation of each narrower one, as the JSONL contract prints it."""


def extract_source(source: Source) -> Extraction:
    """Read a text: its own header, its mentions, the documents they mean within the text, and their relations.

    >>> said = extract_source(Source("a", "Quyết định này thay thế Quyết định số 91/2007/QĐ-UBND."))
    >>> [reference.number for reference in said.references]
    ['91/2007/QĐ-UBND']
    """
    text = clean_text(source.raw)
    spans = find_mentions(text)
    head = read_head(text, spans)
    gathered = gather_references(text, spans, head)
    parts = split_parts(text, head.body_start)
    return Extraction(
        source=source.id,
        self_key=SELF if head.is_document else None,
        references=gathered.references,
        mentions=gathered.mentions(text),
        claims=relate_mentions(text, gathered, head, parts),
        date=head.date,
        place=head.place,
    )


def _iri(reference: Reference) -> str | None:
    """The IRI the text alone gives a document; None where scope or symbol are not told.

    What identity over all texts decides may be another one: a year that this text leaves out, a name whose number is
    known elsewhere.
    """
    kind = type_of_name(reference.type) if reference.type else None
    if reference.scope is None or kind is None or (reference.number or "x").isdigit():
        return None
    path = document_path(
        reference.scope, type_segment(kind.slug), reference.date, reference.number, reference.title
    )
    return mint_document(path)


def extraction_record(source: Source, extraction: Extraction) -> dict[str, Any]:
    """One line of `phahe extract --format jsonl`.

    A narrower relation is printed under its broad name, with the narrow one beside it as `narrower`. Relations
    that the dates contradict stand apart, under `doubtful`.
    """
    sure: list[dict[str, Any]] = []
    doubtful: list[dict[str, Any]] = []
    for claim in extraction.claims:
        (doubtful if claim.is_doubtful else sure).append(_relation_row(claim))
    return {
        "source": source.name,
        "self": extraction.self_key,
        "documents": {
            reference.key: {
                "number": reference.number,
                "type": reference.type,
                "date": reference.date,
                "issuer": reference.issuer,
                "title": reference.title,
                "iri": _iri(reference),
            }
            for reference in extraction.references
        },
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "document": m.document}
            for m in extraction.mentions
        ],
        "relations": sure,
        **({"doubtful": doubtful} if doubtful else {}),
    }


def _relation_row(claim: Claim) -> dict[str, Any]:
    return {
        "subject": claim.subject,
        "predicate": BROADER.get(claim.predicate, claim.predicate),
        **({"narrower": claim.predicate} if claim.predicate in BROADER else {}),
        "object": claim.object,
        "basis": claim.basis,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "provision": claim.provision,
        "effective": claim.effective,
    }
