"""`phahe findings`: what somebody should look at again, with the words of the sources on both ends."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli import NOTHING
from api.options import as_of_today_option, format_option, known_at_option, open_store, store_option
from api.tables import print_csv, print_json, print_table, shown_evidence
from api.tables_of_time import FINDINGS, finding_rows
from ontology.finding import SEVERITIES, finding_kinds

if TYPE_CHECKING:
    from graph.finding import Finding


@click.command("findings")
@click.argument("ref", required=False)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(list(finding_kinds())),
    help="Only this kind; repeatable.",
)
@click.option("--severity", type=click.Choice(SEVERITIES), help="Only this severity and those above it.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="TOML file of findings marked seen or wrong.  [default: findings.toml in the store]",
)
@click.option("--all", "with_marked", is_flag=True, help="Show those marked seen or wrong, too.")
@as_of_today_option
@known_at_option
@store_option
@format_option("table", "json", "csv")
@click.pass_context
def command(
    ctx: click.Context,
    ref: str | None,
    kinds: tuple[str, ...],
    severity: str | None,
    decisions: Path | None,
    with_marked: bool,
    as_of: str,
    known_at: str | None,
    store_path: Path,
    form: str,
) -> None:
    """List findings for review about REF, or of the whole corpus. None is a verdict.

    To mark one, put its id into findings.toml in the store's folder:

    \b
      [[finding]]
      id = "0c1d2e3f4a5b6c7d"
      mark = "seen"     # or "wrong"
      note = "why"

    \b
    Example:
      phahe findings --kind resting --severity high
      phahe findings "Pháp lệnh 34/2007/PL-UBTVQH11" --format json
    """  # noqa: D301 - \b is what click wants
    from api.as_known import sources_at
    from graph.ask import resolve_reference
    from graph.findings import find_findings
    from graph.findings_marks import MARKS, read_marks
    from graph.time_rows import finding_row

    marks = read_marks(decisions or store_path / MARKS)
    with open_store(store_path) as store:
        documents = [resolve_reference(store, ref)] if ref else None
        found = find_findings(store, documents, kinds, as_of, sources_at(store_path, known_at))
    worst = SEVERITIES[: SEVERITIES.index(severity) + 1] if severity else SEVERITIES
    items = [item for item in found.items if item.severity in worst]
    shown = [item for item in items if with_marked or item.id not in marks]
    rows = [finding_row(item, marks.get(item.id)) for item in shown]
    if form == "json":
        print_json(rows)
    elif form == "csv":
        print_csv(FINDINGS, finding_rows(rows))
    elif shown:
        _print(shown)
    _tell(found.skipped, len(items) - len(shown))
    if not shown:
        click.echo("phahe: nothing for review is known to this corpus", err=True)
        ctx.exit(NOTHING)


def _tell(skipped: Counter[str], hidden: int) -> None:
    for kind, count in sorted((+skipped).items()):
        click.echo(
            f"phahe: {kind}: {count} pairs left open, since a date or an issuer is not known", err=True
        )
    if hidden:
        click.echo(f"phahe: {hidden} marked seen or wrong are not shown (--all shows them)", err=True)


def _print(found: "list[Finding]") -> None:
    from ontology.finding import severity_label

    print_table(
        ("Mã", "Loại", "Mức", "Cần rà soát", "Câu trích"),
        (
            (
                item.id,
                finding_kinds()[item.kind].label,
                severity_label(item.severity),
                item.words + (f"\n{item.regime.words}" if item.regime else ""),
                "\n".join(shown_evidence(edge.best, None) for edge in item.edges[:3]),
            )
            for item in found
        ),
        wide="Cần rà soát",
        narrow={"Loại": 14, "Câu trích": 40},
    )
