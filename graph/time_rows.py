"""Answers about time as rows of plain values: differences, findings, coverage, comparisons (see `graph.rows`)."""

from graph.compare import Compared
from graph.coverage import Coverage, Territory
from graph.diff import Difference
from graph.finding import Finding
from graph.findings_marks import Mark
from graph.rows import Row, act_row, brief_row, edge_row, implementing_row, status_row
from ontology.finding import finding_kinds, severity_label
from ontology.regime import Regime, regime_on


def difference_row(difference: Difference) -> Row:
    """What changed in a lineage between two dates."""
    return {
        "document": brief_row(difference.root),
        "from": difference.start,
        "to": difference.end,
        "added": [brief_row(item) for item in difference.added],
        "removed": [brief_row(item) for item in difference.removed],
        "edges_added": [edge_row(item) for item in difference.edges_added],
        "edges_removed": [edge_row(item) for item in difference.edges_removed],
        "changes": [
            {
                "document": brief_row(change.document),
                "before": status_row(change.before, change.document),
                "after": status_row(change.after, change.document),
                "cause": [act_row(act) for act in change.cause],
            }
            for change in difference.changes
        ],
        "truncated": difference.truncated,
    }


def finding_row(finding: Finding, mark: Mark | None = None) -> Row:
    """A finding with its evidence, and what somebody said of it."""
    return {
        "id": finding.id,
        "kind": finding.kind,
        "kind_label": finding_kinds()[finding.kind].label,
        "severity": finding.severity,
        "severity_label": severity_label(finding.severity),
        "words": finding.words,
        "day": finding.day,
        "regime": regime_row(finding.regime),
        "documents": [brief_row(document) for document in finding.documents],
        "edges": [edge_row(edge) for edge in finding.edges],
        "mark": mark.mark if mark else None,
        "note": mark.note if mark else None,
    }


def regime_row(regime: Regime | None) -> Row | None:
    """The rule of a day."""
    if regime is None:
        return None
    return {"law": regime.law, "provision": regime.provision, "words": regime.words}


def coverage_row(coverage: Coverage) -> Row:
    """Coverage with its totals; of the rule for merged territories, that of the date."""
    return {
        "document": brief_row(coverage.document),
        "as_of": coverage.as_of,
        "totals": coverage.totals,
        "denominators": {era: sum(totals.values()) for era, totals in coverage.totals.items()},
        "regime": regime_row(regime_on("territory", coverage.as_of or "9999")),
        "territories": [territory_row(item) for item in coverage.territories],
    }


def territory_row(territory: Territory) -> Row:
    """One province of a coverage."""
    return {
        "place": territory.place.slug,
        "name": territory.place.name,
        "era": territory.era,
        "state": territory.state,
        "state_label": COVERAGE_LABELS[territory.state],
        "held": territory.held,
        "below": territory.below,
        "documents": [implementing_row(item) for item in territory.documents],
        "ended": [implementing_row(item) for item in territory.ended],
    }


COVERAGE_LABELS = {
    "implemented": "có văn bản thực hiện",
    "predecessor": "văn bản của nơi đã sáp nhập còn áp dụng",
    "nothing-found": "chưa thấy trong kho, dù kho có văn bản của nơi này từ khi ấy",
    "unknown": "kho không có văn bản nào của nơi này từ khi ấy: không biết",
}
"""States of coverage in Vietnamese."""


def compared_row(row: Compared) -> Row:
    """One implementing document beside the others."""
    return implementing_row(row.item) | {
        "delay": row.delay,
        "chain": row.chain,
        "cites": [brief_row(document) for document in row.cites],
        "status": row.status.state,
    }
