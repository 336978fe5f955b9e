"""Options that several commands share, and what they stand for."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from graph.part import Part
    from graph.store import Store

DEFAULT_STORE = ".phahe"

F = TypeVar("F", bound=Callable[..., Any])


class StorePath(click.ParamType[Path | str]):
    """A store folder as a Path, or the address of a SPARQL server as str."""

    name = "store"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """An address is told by its `://`."""
        return str(value) if "://" in str(value) else Path(value)


def store_option(function: F) -> F:
    """`--store DIR`, passed as `store_path`."""
    return click.option(
        "--store",
        "store_path",
        type=click.Path(path_type=Path),
        default=DEFAULT_STORE,
        envvar="PHAHE_STORE",
        show_default=True,
        show_envvar=True,
        help="Folder of the store.",
    )(function)


def asked_store_option(function: F) -> F:
    """`--store DIR|URL`, passed as `store_path`, of questions that a SPARQL server can be asked too."""
    return click.option(
        "--store",
        "store_path",
        type=StorePath(),
        metavar="DIR|URL",
        default=DEFAULT_STORE,
        envvar="PHAHE_STORE",
        show_default=True,
        show_envvar=True,
        help="Folder of the store, or address of the queries of a SPARQL 1.1 server (see phahe push).",
    )(function)


def format_option(*formats: str, default: str = "table") -> Callable[[F], F]:
    """`--format`, passed as `form`; also kept on the context, for candidates printed by the error handler."""

    def keep(ctx: click.Context, _: click.Parameter, value: str) -> str:
        ctx.meta["phahe.format"] = value
        return value

    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=default,
        show_default=True,
        callback=keep,
        help="How to print it: a table for people, the rest for programs.",
    )


def direction_option(default: str) -> Callable[[F], F]:
    """`--direction`, which way a lineage is followed."""
    return click.option(
        "--direction",
        type=click.Choice(("up", "down", "both")),
        default=default,
        show_default=True,
        help="up: what it acts on; down: what acts on it.",
    )


def relation_option(default: str) -> Callable[[F], F]:
    """`--relation R`, repeatable; `default` says what is followed where none is given."""
    return click.option(
        "--relation",
        "relations",
        multiple=True,
        metavar="R",
        help=f"Relation to follow, narrower ones too; repeatable.  [default: {default}]",
    )


def as_of_option(function: F) -> F:
    """`--as-of DATE`."""
    return click.option(
        "--as-of",
        metavar="DATE",
        help="Leave out what was issued or took effect after this ISO date (2020-12-31, 2020-12 or 2020).",
    )(function)


def as_of_today_option(function: F) -> F:
    """`--as-of DATE`, today where not given."""
    from graph.days import today

    return click.option(
        "--as-of",
        metavar="DATE",
        default=today,
        help="The date asked about (2020-12-31, 2020-12 or 2020, to its end).  [default: today]",
    )(function)


def known_at_option(function: F) -> F:
    """`--known-at BUILD`."""
    return click.option(
        "--known-at",
        metavar="BUILD",
        help="Count only sources known to the corpus at this build or ISO date (see journal.jsonl in the store).",
    )(function)


def open_store(path: Path) -> "Store":
    """The live build of a store, for reading.

    Raises:
        StoreError: there is none that can be used.
    """
    from graph.store import Store  # loads the RDF engine

    return Store(path)


def open_asked(path: Path | str, ref: str, relations: Sequence[str] = ()) -> "Store | Part":
    """A store for a question about one reference: the folder's live build, or the part of a server's graph.

    Args:
        path: folder, or address of a server.
        ref: what the question is about.
        relations: what it follows, local names.

    Raises:
        StoreError: there is none that can be used.
    """
    if isinstance(path, Path):
        return open_store(path)
    from graph.endpoint import Endpoint
    from graph.part import Part

    return Part(Endpoint(path), ref, relations)
