"""Documents that rest on one that was superseded or amended after their own issue, and were not renewed since.

To rest on is to implement (detail, guide) or to be based on. Renewed is a document that was itself superseded, or
amended after the ground moved. Where a date leaves open which came first there is no finding, only a count.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from graph.days import first_day, last_day
from graph.facts import Document, Edge, read_documents, read_edges, words_of_sources
from graph.finding import Finding, make_finding
from graph.status import Act, Status, status_of
from graph.vocabulary import Queryable, narrower, relation_kinds

CANDIDATES = """
SELECT DISTINCT ?document WHERE {
  { ?by ph:supersedes ?ground } UNION { ?by ph:amends ?ground }
  { ?document ph:implements ?ground } UNION { ?document ph:basedOn ?ground }
}"""

_ACTS = {"superseded": "đã bị thay thế hoặc bãi bỏ", "amended": "đã được sửa đổi, bổ sung"}
_PARTY_ACTS = {"superseded": "đã được thay thế", "amended": "đã được sửa đổi, bổ sung"}


def find_resting(
    store: Queryable,
    documents: Collection[Document],
    as_of: str | None,
    sources: Collection[str] | None,
    skipped: Counter[str],
) -> Iterator[Finding]:
    """Findings of this kind about some documents, as of a date, in the order of the documents.

    Args:
        store: what to ask.
        documents: those that may have to be reviewed.
        as_of: ISO prefix; None for all the corpus knows.
        sources: ids of sources whose words count; None for all.
        skipped: gets `resting`: pairs whose dates leave open which came first.
    """
    kinds = relation_kinds(store)
    implementing = narrower(kinds, ["implements"])
    resting = implementing | narrower(kinds, ["basedOn"])
    changing = narrower(kinds, ["supersedes", "amends"])
    upward = read_edges(store, sorted(document.iri for document in documents), "up", resting)
    grounds = read_documents(store, sorted({edge.object for edges in upward.values() for edge in edges}))
    states = status_of(store, [*documents, *grounds.values()], as_of, sources)
    for document in documents:
        state = states[document.iri]
        if state.state == "superseded":
            continue
        for iri, edges in _by_ground(upward.get(document.iri, ()), sources).items():
            if iri not in grounds:
                continue
            acts = [
                act
                for act in states[iri].chain
                if act.edge.object == iri and act.edge.predicate in changing and act.by.iri != document.iri
            ]
            later = [act for act in acts if _is_later(act, document)]
            if not later:
                skipped["resting"] += any(_is_later(act, document) is None for act in acts)
                continue
            if _is_renewed(state, later):
                continue
            yield _finding(document, grounds[iri], edges, later, states[iri], implementing)


def _by_ground(edges: Collection[Edge], sources: Collection[str] | None) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        if (told := words_of_sources(edge, sources)) is not None:
            found.setdefault(edge.object, []).append(told)
    return found


def _is_later(act: Act, document: Document) -> bool | None:
    """Whether an act took hold after a document's issue; None where the dates do not tell."""
    if act.moment is None or document.date is None:
        return None
    if last_day(document.date) < act.moment.first:
        return True
    return False if first_day(document.date) >= act.moment.last else None


def _is_renewed(state: Status, later: list[Act]) -> bool:
    """Whether a document was itself amended since the last change of its ground."""
    moved = max(act.moment.first for act in later if act.moment)
    return any(act.moment is not None and act.moment.last >= moved for act in state.chain)


def _finding(
    document: Document,
    ground: Document,
    edges: list[Edge],
    acts: list[Act],
    state: Status,
    implementing: frozenset[str],
) -> Finding:
    is_ended = state.state == "superseded"
    severity = "low"
    if is_ended:
        severity = "high" if any(edge.predicate in implementing for edge in edges) else "medium"
    words = _PARTY_ACTS if ground.polity == "party" else _ACTS
    first = acts[0].moment
    return make_finding(
        "resting",
        severity,
        (document, ground, *dict.fromkeys(act.by for act in state.chain)),
        (*edges, *(act.edge for act in (state.chain if is_ended else acts))),
        first.earliest if first else None,
        document.polity,
        key=(document.path, ground.path),
        act=words["superseded" if is_ended else "amended"],
    )
