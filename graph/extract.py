"""Extract what one text says: the pure function at the heart of a build, cached by content and run in parallel."""

from typing import Any

from graph.clean import clean_text
from graph.find import find_mentions
from graph.gather import gather_references
from graph.head import read_head
from graph.model import SELF, Extraction, Source
from graph.relate import relate_mentions
from graph.split import split_parts

VERSION = "1"
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

    >>> said = extract_source(Source("a", "Quyết định này thay thế Quyết định số 91/2007/QĐ-UBND ngày 03/8/2007 của UBND tỉnh."))
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


def extraction_record(source: Source, extraction: Extraction) -> dict[str, Any]:
    """One line of `phahe extract --format jsonl`.

    A narrower relation is printed under its broad name, with the narrow one beside it as `narrower`.
    """
    relations = [
        {
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
        for claim in extraction.claims
    ]
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
                "iri": None,
            }
            for reference in extraction.references
        },
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "document": m.document}
            for m in extraction.mentions
        ],
        "relations": relations,
    }
