"""Paths between documents as rows of plain values, ready for JSON."""

from graph.paths import Paths, PathStep
from graph.rows import Row, brief_row, edge_row


def paths_row(found: Paths) -> Row:
    """The shortest paths between two documents, each with the relation of every step and its evidence."""
    return {
        "from": brief_row(found.start),
        "to": brief_row(found.goal),
        "truncated": found.truncated,
        "paths": [{"length": len(path), "steps": [_step_row(step) for step in path]} for path in found.paths],
    }


def _step_row(step: PathStep) -> Row:
    return {
        "direction": step.direction,
        "edge": edge_row(step.edge),
        "document": brief_row(step.document),
    }
