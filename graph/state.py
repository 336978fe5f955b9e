"""State what was resolved, as N-Quads lines: documents, relations with evidence, sources, open mentions.

A claim between two references becomes a relation between the documents they mean; a claim with an open end
becomes none, and is counted. Every relation says who says so and quotes the words (`quote == raw[start:end]`,
checked here against the raw text). Nothing is stated of a blank node, so the lines of equal inputs are equal.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from graph.claims import OLDER
from graph.errors import StoreError
from graph.iri import mint, mint_document, mint_mention, mint_relation
from graph.model import MIN_CONFIDENCE, Claim, Extraction, Mention
from graph.nquads import RDF_TYPE, date_literal, iri, line, literal, ph
from graph.resolution import Link, Resolution, Unresolved
from graph.scheme import body_lines, super_properties
from graph.state_document import body_of, document_lines
from graph.texts import SourceMeta, scalar
from ontology.body import Body

IDENTIFIER = "<http://purl.org/dc/terms/identifier>"


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The best words of one source for one relation between two documents."""

    subject: str
    predicate: str
    object: str
    confidence: float
    claim: Claim

    @property
    def rank(self) -> tuple[float, int, int, str, str]:
        """Lower is better."""
        return (-self.confidence, self.claim.start, self.claim.end, self.claim.basis, self.claim.rule)


def state_quads(
    resolution: Resolution,
    extractions: Iterable[Extraction],
    meta_of: Callable[[str], SourceMeta],
    *,
    raw_of: Callable[[str], str] | None = None,
    counts: Counter[str] | None = None,
    min_confidence: float = MIN_CONFIDENCE,
) -> Iterator[str]:
    """The graph as N-Quads lines, unsorted and with repeats; what the ontology says is in `graph.scheme`.

    Args:
        resolution: of these very extractions.
        extractions: one at a time; each is forgotten after it is stated.
        meta_of: names and origins of a source by its id.
        raw_of: raw text by source id; given, every quote and mention is compared with it.
        counts: gets `mentions`, `relation:{predicate}`, `basis:{basis}`, `unresolved`, `ambiguous`,
            `pending`.
        min_confidence: of direct edges.

    Raises:
        StoreError: a quote or a mention is not what the raw text has at its place.
    """
    tally = counts if counts is not None else Counter()
    yield from _document_lines(resolution)
    for extraction in extractions:
        if raw_of is not None:
            check_quotes(extraction, raw_of(extraction.source))
        yield from _source_lines(resolution, extraction, meta_of(extraction.source))
        yield from _relation_lines(resolution, extraction, tally, min_confidence)
        yield from _unresolved_lines(resolution, extraction, tally)
        tally["mentions"] += len(extraction.mentions)


def _document_lines(resolution: Resolution) -> Iterator[str]:
    bodies: set[Body] = set()
    for document in resolution.documents.values():
        yield from document_lines(document)
        if body := body_of(document):
            bodies.add(body)
    yield from body_lines(bodies)


def check_quotes(extraction: Extraction, raw: str) -> None:
    """See that every mention and every quote is what the raw text has at its place.

    Raises:
        StoreError: one is not; names the source, the place and both strings.
    """
    spans: list[tuple[int, int, str]] = [(m.start, m.end, m.text) for m in extraction.mentions]
    spans += [(claim.start, claim.end, claim.quote) for claim in extraction.claims]
    for start, end, words in spans:
        if not 0 <= start < end or scalar(raw[start:end]) != scalar(words):
            raise StoreError(
                f"source {extraction.source}: quote at {start}-{end} is {words[:60]!r},"
                f" but the text has {raw[start:end][:60]!r}; the extractor broke its promise"
            )


def _source_lines(resolution: Resolution, extraction: Extraction, meta: SourceMeta) -> Iterator[str]:
    node = iri(mint("source", extraction.source))
    yield line(node, RDF_TYPE, ph("Source"))
    for name in meta.names:
        yield line(node, IDENTIFIER, literal(name))
    for origin in meta.origins:
        yield line(node, ph("origin"), literal(origin))
    for reference in extraction.references:
        if path := resolution.path(extraction.source, reference.key):
            predicate = "describes" if reference.key == extraction.self_key else "mentions"
            yield line(node, ph(predicate), iri(mint_document(path)))


def _relation_lines(
    resolution: Resolution, extraction: Extraction, tally: Counter[str], min_confidence: float
) -> Iterator[str]:
    best: dict[tuple[str, str, str], _Evidence] = {}
    for claim in [*extraction.claims, *_citations(extraction)]:
        links = [resolution.links.get((extraction.source, key)) for key in (claim.subject, claim.object)]
        if links[0] is None or links[1] is None:
            if claim.rule != "mention":
                tally["pending"] += 1
            continue
        if links[0].path == links[1].path:
            continue
        if _is_older(links[0], links[1], claim):
            # what only the resolved dates tell: neither the reading nor the link is to be trusted
            claim = replace(claim, confidence=claim.confidence * OLDER, rule=f"{claim.rule}-older")
        confidence = min(claim.confidence, links[0].score, links[1].score)
        evidence = _Evidence(links[0].path, claim.predicate, links[1].path, confidence, claim)
        key = (evidence.subject, evidence.predicate, evidence.object)
        if key not in best or evidence.rank < best[key].rank:
            best[key] = evidence
    for evidence in best.values():
        tally[f"relation:{evidence.predicate}"] += 1
        tally[f"basis:{evidence.claim.basis}"] += 1
        yield from _record_lines(extraction.source, evidence)
        if evidence.claim.basis != "inferred" and evidence.confidence >= min_confidence:
            subject, object_ = (iri(mint_document(path)) for path in (evidence.subject, evidence.object))
            for predicate in (evidence.predicate, *super_properties().get(evidence.predicate, ())):
                yield line(subject, ph(predicate), object_)


def _is_older(subject: Link, object_: Link, claim: Claim) -> bool:
    """Whether a document would act upon one that is younger than itself."""
    if claim.predicate == "cites" or claim.basis == "catalogued" or claim.rule.endswith("-older"):
        return False
    length = min(len(subject.day), len(object_.day))
    return subject.day[:length] < object_.day[:length]


def _citations(extraction: Extraction) -> Iterator[Claim]:
    """A document cites what its text mentions, on the word of the first mention."""
    if extraction.self_key is None:
        return
    seen: set[str] = {extraction.self_key}
    for mention in extraction.mentions:
        if mention.document is not None and mention.document not in seen:
            seen.add(mention.document)
            span = (mention.start, mention.end, mention.text)
            yield Claim(extraction.self_key, "cites", mention.document, "stated", 1.0, "mention", *span)


def _record_lines(source: str, evidence: _Evidence) -> Iterator[str]:
    claim = evidence.claim
    node = iri(mint_relation(source, evidence.subject, evidence.predicate, evidence.object))
    yield line(node, RDF_TYPE, ph("Relation"))
    yield line(node, ph("subject"), iri(mint_document(evidence.subject)))
    yield line(node, ph("predicate"), ph(evidence.predicate))
    yield line(node, ph("object"), iri(mint_document(evidence.object)))
    yield line(node, ph("basis"), ph(claim.basis))
    yield line(node, ph("confidence"), decimal(evidence.confidence))
    yield line(node, ph("rule"), literal(claim.rule))
    yield line(node, ph("source"), iri(mint("source", source)))
    yield line(node, ph("start"), literal(str(claim.start), datatype="integer"))
    yield line(node, ph("end"), literal(str(claim.end), datatype="integer"))
    yield line(node, ph("quote"), literal(claim.quote))
    if claim.provision:
        yield line(node, ph("provision"), literal(claim.provision))
    if claim.effective:
        yield line(node, ph("effectiveDate"), date_literal(claim.effective))


def decimal(value: float) -> str:
    """A number between 0 and 1 as xsd:decimal, three digits at most, in the canonical form of XML Schema 1.1.

    >>> decimal(1.0), decimal(0.85)
    ('"1"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"0.85"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    return literal(f"{value:.3f}".rstrip("0").rstrip("."), datatype="decimal")


def _unresolved_lines(resolution: Resolution, extraction: Extraction, tally: Counter[str]) -> Iterator[str]:
    mentions: dict[str, list[Mention]] = {}
    for mention in extraction.mentions:
        if mention.document is not None:
            mentions.setdefault(mention.document, []).append(mention)
    for reference in extraction.references:
        unresolved = resolution.unresolved.get((extraction.source, reference.key))
        if unresolved is None:
            continue
        tally["ambiguous" if unresolved.candidates else "unresolved"] += 1
        if reference.key in mentions:
            yield from _open_lines(unresolved, mentions[reference.key])


def _open_lines(unresolved: Unresolved, mentions: list[Mention]) -> Iterator[str]:
    first = mentions[0]
    name = mint_mention(unresolved.source, first.start, first.end)
    node = iri(name)
    yield line(node, RDF_TYPE, ph("UnresolvedMention"))
    yield line(node, ph("quote"), literal(first.text))
    yield line(node, ph("source"), iri(mint("source", unresolved.source)))
    yield line(node, ph("start"), literal(str(first.start), datatype="integer"))
    yield line(node, ph("end"), literal(str(first.end), datatype="integer"))
    yield line(node, ph("occurrences"), literal(str(len(mentions)), datatype="integer"))
    for rank, candidate in enumerate(unresolved.candidates, 1):
        choice = iri(f"{name}/{rank}")
        yield line(node, ph("candidate"), choice)
        yield line(choice, RDF_TYPE, ph("Candidate"))
        yield line(choice, ph("document"), iri(mint_document(candidate.path)))
        yield line(choice, ph("score"), decimal(candidate.score))
        yield line(choice, ph("reason"), literal(candidate.reason, language="vi"))
        yield line(choice, ph("rank"), literal(str(rank), datatype="integer"))
