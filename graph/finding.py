"""A review finding: what two sources say that asks for a second look. Never a verdict."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.facts import Document, Edge
from graph.iri import hash_of
from graph.lookup import shown_date
from graph.vocabulary import NAMESPACE
from ontology.finding import finding_kinds
from ontology.regime import Regime, regime_on

BATCH = 500
"""Documents looked at together."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be reviewed.

    Attributes:
        id: hash of its kind and of the paths it is about; the same in every build.
        kind: name of a kind in `ontology/findings.toml`.
        severity: `high`, `medium` or `low`: how much hangs on it.
        documents: what it is about; the one to be reviewed first.
        words: one sentence in Vietnamese.
        edges: the relations that give rise to it, with evidence; empty where it is about a document's own facts.
        day: ISO prefix of the day that gave rise to it, or None.
        regime: the rule that reigned that day, or None where none is known or asked for.
    """

    id: str
    kind: str
    severity: str
    documents: tuple[Document, ...]
    words: str
    edges: tuple[Edge, ...] = ()
    day: str | None = None
    regime: Regime | None = None


def make_finding(
    kind: str,
    severity: str,
    documents: Iterable[Document],
    edges: Iterable[Edge] = (),
    day: str | None = None,
    regime_of: str | None = None,
    key: Iterable[str] | None = None,
    **told: object,
) -> Finding:
    """A finding with its id and its sentence.

    Args:
        kind: name of a kind.
        severity: see `Finding`.
        documents: the one to be reviewed first.
        edges: the relations that give rise to it.
        day: ISO prefix.
        regime_of: polity whose rule of that day is told.
        key: what makes it one, where that is not the documents' paths in their order.
        told: what else the sentence of the kind has places for.
    """
    listed = tuple(documents)
    name = hash_of(kind, *(key if key is not None else (document.path for document in listed)))
    words = finding_kinds()[kind].words.format(
        *(document.label for document in listed), day=shown_date(day) if day else "?", **told
    )
    regime = regime_on(regime_of, day) if regime_of and day else None
    return Finding(name, kind, severity, listed, words, tuple(edges), day, regime)


def values(documents: Iterable[Document]) -> Iterator[str]:
    """IRIs of documents as terms of a SPARQL VALUES list, some hundreds at a time."""
    terms = [f"<{document.iri}>" for document in documents]
    for start in range(0, len(terms), BATCH):
        yield " ".join(terms[start : start + BATCH])


PREFIX = f"PREFIX ph: <{NAMESPACE}>\n"
"""For the queries of the finding modules."""
