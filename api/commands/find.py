"""`phahe find`: a reference or words of a title to the documents that may be meant."""

from pathlib import Path

import click

from api.cli import AMBIGUOUS, NOTHING
from api.options import asked_store_option, format_option, open_asked
from api.tables import print_candidates


@click.command("find")
@click.argument("words", nargs=-1, required=True)
@asked_store_option
@format_option("table", "json", "csv")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many candidates."
)
@click.pass_context
def command(
    ctx: click.Context, words: tuple[str, ...], store_path: Path | str, form: str, limit: int
) -> None:
    """Find documents by number, name or words of a title.

    Candidates come likeliest first, each with term, date, title and why. Diacritics and capitals may be left
    out. The exit status is 3 where several documents may be meant and nothing given decides.

    \b
    Example:
      phahe find "Nghị quyết 25"
      phahe find dan chu o co so --format json
    """  # noqa: D301 - \b is what click wants
    from graph.ask import find_documents, resolve_reference
    from graph.errors import AmbiguousReferenceError, UnknownReferenceError

    text = " ".join(words)
    with open_asked(store_path, text) as store:
        candidates = find_documents(store, text, limit)
        print_candidates(candidates, form)
        try:
            resolve_reference(store, text)
        except AmbiguousReferenceError as error:
            click.echo(f"phahe: {error}", err=True)
            ctx.exit(AMBIGUOUS)
        except UnknownReferenceError as error:
            click.echo(f"phahe: {error}", err=True)
            ctx.exit(NOTHING)
