"""`phahe ask`: a question in plain Vietnamese, answered by a named query, or refused."""

from pathlib import Path

import click

from api.options import format_option, open_store, store_option
from api.tables import print_csv, print_json, print_table


@click.command("ask")
@click.argument("question")
@click.option("--sparql", "with_sparql", is_flag=True, help="Show the SPARQL query that was run, too.")
@store_option
@format_option("table", "json", "csv")
def command(question: str, with_sparql: bool, store_path: Path, form: str) -> None:
    """Answer QUESTION, in Vietnamese with or without marks, by rule; what is not understood is said so.

    \b
    Example:
      phahe ask "Văn bản địa phương nào thực hiện Nghị quyết 25-NQ/TW ngày 03/6/2013?"
      phahe ask "Quyết định 290-QĐ/TW còn hiệu lực không?" --sparql
    """  # noqa: D301 - \b is what click wants
    from graph.answer import answer_question, answer_row
    from graph.days import today

    with open_store(store_path) as store:
        answer = answer_question(store, question, today())
    if form == "json":
        print_json(answer_row(answer))
    elif form == "csv":
        print_csv(answer.columns, (dict(zip(answer.columns, cells, strict=True)) for cells in answer.rows))
    else:
        click.echo(answer.says)
        if answer.rows:
            print_table(answer.columns, answer.rows, wide=answer.columns[-1])
    if with_sparql:
        click.echo(f"\n# {answer.query}.rq\n{answer.sparql}", err=form != "table")
