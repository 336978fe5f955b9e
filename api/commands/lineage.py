"""`phahe lineage`: what a document comes from, and what came of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from api.cli import NOTHING
from api.options import (
    as_of_option,
    asked_store_option,
    direction_option,
    format_option,
    open_asked,
    relation_option,
)
from api.tables import print_csv, print_json, print_table, shown_evidence

if TYPE_CHECKING:
    from graph.ask import Lineage
    from graph.rows import Row


@click.command("lineage")
@click.argument("ref")
@direction_option("up")
@relation_option("implements, supersedes")
@click.option("--depth", type=click.IntRange(1, 50), default=10, show_default=True, help="Most steps away.")
@click.option(
    "--max-nodes", type=click.IntRange(1, 10_000), default=500, show_default=True, help="Most documents."
)
@as_of_option
@asked_store_option
@format_option("table", "json", "csv")
@click.pass_context
def command(
    ctx: click.Context,
    ref: str,
    direction: Literal["up", "down", "both"],
    relations: tuple[str, ...],
    depth: int,
    max_nodes: int,
    as_of: str | None,
    store_path: Path | str,
    form: str,
) -> None:
    """Trace the documents REF implements or replaces, and those that implement or replace it, with evidence.

    \b
    Example:
      phahe lineage "23-QĐ/TW ngày 30/7/2021" --direction both
      phahe lineage tw/nq/2013/25 --direction down --relation implements --format json
    """  # noqa: D301 - \b is what click wants
    from graph.ask import LINEAGE, resolve_reference, trace_lineage
    from graph.rows import lineage_row
    from graph.vocabulary import vocabulary_labels

    with open_asked(store_path, ref, relations or LINEAGE) as store:
        document = resolve_reference(store, ref)
        lineage = trace_lineage(store, document, direction, relations or LINEAGE, depth, as_of, max_nodes)
        labels = vocabulary_labels(store) if form == "table" else {}
    if form == "json":
        print_json(lineage_row(lineage))
    elif form == "csv":
        print_csv(_COLUMNS, _flat(lineage))
    elif lineage.edges:
        _print(lineage, labels)
    if lineage.truncated:
        click.echo("phahe: truncated: more documents lie beyond --depth or --max-nodes", err=True)
    if not lineage.edges:
        click.echo(f"phahe: {document.label}: no relation of this kind in this corpus", err=True)
        ctx.exit(NOTHING)


_COLUMNS = (
    "subject", "predicate", "object", "basis", "confidence", "rule", "quote", "source", "source_name",
    "start", "end",
)  # fmt: skip


def _flat(lineage: "Lineage") -> "list[Row]":
    from graph.rows import evidence_row

    return [
        {"subject": edge.subject, "predicate": edge.predicate, "object": edge.object}
        | evidence_row(edge, evidence)
        for edge in lineage.edges
        for evidence in edge.evidence
    ]


def _print(lineage: "Lineage", labels: dict[str, str]) -> None:
    names = {document.iri: document for document in lineage.nodes}
    order = {document.iri: number for number, document in enumerate(lineage.nodes)}
    rows = []
    for edge in sorted(
        lineage.edges, key=lambda edge: (order[edge.object], order[edge.subject], edge.predicate)
    ):
        subject, evidence = names[edge.subject], edge.best
        quote = shown_evidence(evidence, subject.number)
        relation, basis = (
            labels.get(edge.predicate, edge.predicate),
            labels.get(evidence.basis, evidence.basis),
        )
        place = f" ({subject.place})" if subject.place else ""
        rows.append((subject.label + place, relation, names[edge.object].label, basis, quote))
    print_table(("Văn bản", "Quan hệ", "Với văn bản", "Theo lời", "Câu trích"), rows, wide="Câu trích")
