"""All review findings of a graph, or those about one document; each with evidence, none a verdict.

Findings are derived with each question, never stored. Each kind has a module (`graph.findings_resting` and so
on) that looks at the documents it is given; for a whole graph it is given those that a query says may be
concerned.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from graph.errors import QueryError
from graph.facts import Document, read_documents
from graph.finding import BATCH, PREFIX, Finding
from graph.findings_authority import CANDIDATES as AUTHORITY
from graph.findings_authority import find_authority
from graph.findings_chronology import CANDIDATES as CHRONOLOGY
from graph.findings_chronology import find_chronology
from graph.findings_contradictions import CANDIDATES as CONTRADICTIONS
from graph.findings_contradictions import find_contradictions
from graph.findings_cycles import cycle_candidates, find_cycles
from graph.findings_resting import CANDIDATES as RESTING
from graph.findings_resting import find_resting
from graph.findings_twins import find_twins, twin_candidates
from graph.findings_unseen import find_unseen
from graph.vocabulary import Queryable
from ontology.finding import SEVERITIES, finding_kinds


@dataclass(slots=True)
class Findings:
    """What was found.

    Attributes:
        items: most severe first, then by kind, then by path of the document to be reviewed; each id once.
        skipped: pairs that the data leave open, by kind.
    """

    items: list[Finding]
    skipped: Counter[str] = field(default_factory=Counter)


def find_findings(
    store: Queryable,
    documents: Collection[Document] | None = None,
    kinds: Iterable[str] = (),
    as_of: str | None = None,
    sources: Collection[str] | None = None,
) -> Findings:
    """Findings about some documents, or of the whole graph.

    Args:
        store: what to ask.
        documents: those concerned; None for all.
        kinds: names of kinds; none for all.
        as_of: ISO prefix, taken to its end; None for all the corpus knows.
        sources: ids of sources whose words count; None for all.

    Raises:
        QueryError: no such kind, or no date.
    """
    wanted = list(dict.fromkeys(kinds)) or list(finding_kinds())
    for kind in wanted:
        if kind not in finding_kinds():
            raise QueryError(f"finding {kind!r}: unknown (known: {', '.join(finding_kinds())})")
    skipped: Counter[str] = Counter()
    found: dict[str, Finding] = {}
    for kind in wanted:
        for finding in _of_kind(store, kind, documents, as_of, sources, skipped):
            found.setdefault(finding.id, finding)
    return Findings(sorted(found.values(), key=_rank), skipped)


def _rank(finding: Finding) -> tuple[int, int, str, str]:
    order = list(finding_kinds())
    return (
        SEVERITIES.index(finding.severity),
        order.index(finding.kind),
        finding.documents[0].path,
        finding.id,
    )


def _of_kind(
    store: Queryable,
    kind: str,
    documents: Collection[Document] | None,
    as_of: str | None,
    sources: Collection[str] | None,
    skipped: Counter[str],
) -> Iterator[Finding]:
    if kind == "unseen":
        yield from find_unseen(store, documents)
        return
    look: Callable[[Collection[Document]], Iterator[Finding]] = {
        "resting": lambda part: find_resting(store, part, as_of, sources, skipped),
        "chronology": lambda part: find_chronology(store, part, sources),
        "authority": lambda part: find_authority(store, part, sources, skipped),
        "cycle": lambda part: find_cycles(store, part, sources),
        "twins": lambda part: find_twins(store, part, as_of, sources),
        "contradiction": lambda part: find_contradictions(store, part, sources),
    }[kind]
    for part in _concerned(store, kind) if documents is None else [documents]:
        yield from look(part)


_CANDIDATES = {
    "resting": RESTING,
    "chronology": CHRONOLOGY,
    "authority": AUTHORITY,
    "contradiction": CONTRADICTIONS,
}


def _concerned(store: Queryable, kind: str) -> Iterator[list[Document]]:
    """The documents a kind may be about, some hundreds at a time, by IRI."""
    counted = {"cycle": cycle_candidates, "twins": twin_candidates}
    if kind in counted:
        iris = sorted(counted[kind](store))
    else:
        iris = sorted({row["document"].value for row in store.query(PREFIX + _CANDIDATES[kind])})
    for start in range(0, len(iris), BATCH):
        yield list(read_documents(store, iris[start : start + BATCH]).values())
