"""Settling: what an undated, short or scopeless reference means among the documents that bear its number.

Each rule either names one document with a score, or gives back candidates with reasons in Vietnamese. Nothing
here guesses: the best must be evidence by itself and clear of its rivals.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.cluster import Cluster, Item, term_slug
from graph.iri import is_party_scope
from graph.topic import TopicScore, clear_winner, pairs_of, topic_pairs, topic_scores
from ontology.term import terms

MAX_CANDIDATES = 10
_PARTY_YEARS = 12
"""How far back a Party document is cited as a matter of course, in years (two terms and what is between)."""
_STATE_YEARS = 3
"""The same for a State number that restarts each year."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One decision: the cluster meant and how sure that is; or none, with candidates.

    Attributes:
        cluster: None where it stays open.
        score: 0 to 1.
        candidates: best first, where it stays open.
    """

    cluster: Cluster | None
    score: float = 0.0
    candidates: tuple[tuple[Cluster, float, str], ...] = ()


def settle(item: Item, clusters: Sequence[Cluster], *, alone_suffices: bool) -> Settled:
    """Decide which of several documents of one number a reference means.

    Args:
        item: has no full date, or one that none of them has.
        clusters: at least one; all bear the number.
        alone_suffices: whether a single plausible candidate is enough without a word about its topic.
    """
    reasons: dict[int, list[str]] = {id(cluster): [] for cluster in clusters}
    possible = [cluster for cluster in clusters if not _is_later(cluster, item, reasons)]
    term = item.reference.term
    in_term = [cluster for cluster in possible if term and cluster.term == term]
    if term:
        for cluster in in_term:
            reasons[id(cluster)].append(f"khóa {_roman(term)}")
        if len(in_term) == 1:
            return Settled(in_term[0], 0.95)
        possible = in_term or [cluster for cluster in possible if cluster.term is None]
    if item.date:
        same = [cluster for cluster in possible if cluster.has_date(item.date[:7])]
        same = same or [cluster for cluster in possible if cluster.has_date(item.date[:4])]
        for cluster in same:
            reasons[id(cluster)].append(f"cùng năm {item.date[:4]}")
        if len(same) == 1:
            return Settled(same[0], 0.95)
        possible = same
    scores = topic_scores(
        [pairs_of(c.titles) for c in possible], item.reference.title, item.reference.context
    )
    for cluster, score in zip(possible, scores, strict=True):
        if score.met:
            reasons[id(cluster)].append(f"tiêu đề khớp: {', '.join(score.met[:3])}")
    winner = clear_winner(scores)
    if winner is not None and not alone_suffices and len(scores[winner].met) < 2:
        # a bare ordinal: one pair of syllables nearby is too little, unless the text gives it as the title
        winner = winner if set(scores[winner].met) & set(topic_pairs(item.reference.title or "")) else None
    if winner is not None:
        return Settled(possible[winner], min(0.95, 0.6 + scores[winner].score * 0.4))
    if (
        len(possible) == 1
        and alone_suffices
        and _is_plausible(possible[0], item)
        and not _contradicts(possible[0], item)
    ):
        return Settled(possible[0], 0.8)
    return Settled(None, 0.0, _candidates(item, clusters, possible, scores, reasons))


def _candidates(
    item: Item,
    clusters: Sequence[Cluster],
    possible: Sequence[Cluster],
    scores: Sequence[TopicScore],
    reasons: dict[int, list[str]],
) -> tuple[tuple[Cluster, float, str], ...]:
    """Everything that bears the number, the possible first, each with a score and reasons."""
    topic = {id(cluster): score.score for cluster, score in zip(possible, scores, strict=True)}
    ranked = []
    for cluster in clusters:
        score = 0.0
        if id(cluster) in topic:
            score = 0.2 + 0.6 * topic[id(cluster)] + _nearness(cluster, item)
        why = reasons[id(cluster)] or ["trùng số, ký hiệu"]
        ranked.append((cluster, round(min(score, 0.99), 3), "; ".join(why)))
    ranked.sort(key=lambda row: (-row[1], row[0].date or "9999", row[0].id or "", row[0].scope, row[0].type))
    return tuple(ranked[:MAX_CANDIDATES])


def _is_later(cluster: Cluster, item: Item, reasons: dict[int, list[str]]) -> bool:
    """Whether a document came after the text that cites it, as far as both dates tell."""
    date, cited = cluster.date, item.cited
    if not date or not cited or item.is_self:
        return False
    length = min(len(date), len(cited))
    if date[:length] > cited[:length]:
        reasons[id(cluster)].append("ban hành sau văn bản trích dẫn")
        return True
    return False


def _nearness(cluster: Cluster, item: Item) -> float:
    """A small prior for the recent, never decisive: 0.1 in the same year down to 0 after ten years."""
    if not cluster.date or not item.cited:
        return 0.0
    years = int(item.cited[:4]) - int(cluster.date[:4])
    return round(max(0.0, 0.1 - 0.01 * years), 3)


def _is_plausible(cluster: Cluster, item: Item) -> bool:
    """Whether a document is recent enough for the citing text to mean it without saying when it is of."""
    if not item.cited or not cluster.date:
        return cluster.date is None and (bool(cluster.rows) or cluster.n_sources > 0)
    years = int(item.cited[:4]) - int(cluster.date[:4])
    if not is_party_scope(cluster.scope):
        return 0 <= years <= _STATE_YEARS
    one, other = term_number(term_slug(item.cited)), term_number(cluster.term)
    return 0 <= years <= _PARTY_YEARS or (one is not None and other is not None and 0 <= one - other <= 1)


def term_number(slug: str | None) -> int | None:
    """Number of a Party term by its slug, or None."""
    return next((term.number for term in terms() if term.slug == slug), None)


def _roman(slug: str) -> str:
    return next((term.roman for term in terms() if term.slug == slug), slug)


def _contradicts(cluster: Cluster, item: Item) -> bool:
    """Whether the reference gives a title that shares nothing with the document's."""
    said = frozenset(topic_pairs(item.reference.title or ""))
    known = pairs_of(cluster.titles)
    return bool(said and known) and not said & known
