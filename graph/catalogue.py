"""Catalogue: tables of known documents and of relations between them, read as texts with spans.

A catalogue is CSV (UTF-8, RFC 4180, see `graph.cells`) whose header names the columns below; the span of a
cell is the evidence. `data/README.md` tells people how to add rows.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

from graph.cells import BOM, Row, fail, read_rows
from graph.errors import ReadError
from graph.iri import document_path, is_party_scope, type_of_word
from graph.model import Basis, Claim, Extraction, Mention, Reference, Source

Table = Literal["documents", "relations"]

DOCUMENT_COLUMNS = (
    "id", "number", "type", "title", "date", "effective", "issuer", "place", "aliases", "url", "seen", "note",
)  # fmt: skip
RELATION_COLUMNS = (
    "subject", "predicate", "object", "basis", "evidence", "provision", "effective", "url", "seen",
)  # fmt: skip
PREDICATES = frozenset(
    {
        "implements", "details", "guides", "supersedes", "replaces", "repeals", "amends", "cites", "basedOn",
        "consolidates", "suspends", "corrects",
    }
)  # fmt: skip
"""Local names of the vocabulary's relations that a catalogue may state."""

CONFIDENCES: dict[Basis, float] = {"catalogued": 1.0, "inferred": 0.6}
"""Confidence of a relation by its basis: a source says so, or we conclude it from what sources say."""

ALIAS_SEPARATOR = " | "
RULE = "catalogue"
"""What stands as the rule of a catalogued relation: no cue, a row."""

_COLUMNS: dict[Table, tuple[str, ...]] = {"documents": DOCUMENT_COLUMNS, "relations": RELATION_COLUMNS}
_MARKS: dict[Table, frozenset[str]] = {
    "documents": frozenset({"id", "number", "type"}),
    "relations": frozenset({"subject", "predicate", "object"}),
}
_HEADER_LIMIT = 2000
_ID = re.compile(r"[a-z][a-z0-9-]*(?:/[a-z0-9-]+){2,3}")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def is_catalogue(raw: str) -> Table | None:
    """Which catalogue table a text is by its header line, or None.

    >>> is_catalogue("subject,predicate,object,basis,evidence,provision,effective,url,seen")
    'relations'
    >>> is_catalogue("Kế hoạch thực hiện Nghị quyết 25-NQ/TW") is None
    True
    """
    head = raw[:_HEADER_LIMIT].split("\n", 1)[0].removeprefix(BOM).strip()
    columns = {column.strip('" ') for column in head.split(",")}
    for table, marks in _MARKS.items():
        if marks <= columns:
            return table
    return None


def read_catalogue(source: Source, on_error: Callable[[ReadError], None] = fail) -> Extraction:
    """A catalogue file as an extraction.

    A table of documents gives a reference per row (its key is the row's id) and a mention at its number, or
    at its title where it has none. A table of relations gives a claim per row, with the row's basis, whose
    quotation is the evidence cell; its references bear an id and nothing else.

    Args:
        source: the table.
        on_error: told of each bad row (a cell against the format, an id twice, an id that is not the one its
            row mints: row, column, value and expectation), which is left out; by default the first is raised.

    Raises:
        ReadError: not a catalogue; a column missing or unknown.
    """
    table = is_catalogue(source.raw)
    if table is None:
        raise ReadError(f"{source.name}: not a catalogue: its first line names neither table's columns")
    rows = read_rows(source, _COLUMNS[table], on_error)
    return (_documents if table == "documents" else _relations)(source, rows, on_error)


def _documents(source: Source, rows: Iterable[Row], on_error: Callable[[ReadError], None]) -> Extraction:
    references: dict[str, Reference] = {}
    mentions: list[Mention] = []
    for row in rows:
        key = row.text("id")
        try:
            if key in references:
                raise row.error("id", "new: an earlier row has it")
            references[key] = _reference(row)
        except ReadError as error:
            on_error(error)
            continue
        cell = row.cells["number"] if row.text("number") else row.cells["title"]
        mentions.append(Mention(cell.start, cell.end, cell.text, key))
    return Extraction(source.id, references=tuple(references.values()), mentions=tuple(mentions))


def _reference(row: Row) -> Reference:
    key = row.text("id")
    if not _ID.fullmatch(key):
        raise row.error("id", "a path like tw/nq/2013/25")
    number, title, type_word = row.optional("number"), row.optional("title"), row.text("type")
    if number is None and title is None:
        raise row.error("title", "given, though the number is empty")
    type_slug = type_of_word(type_word)
    if type_slug is None:
        raise row.error("type", "a type known to ontology/types.toml")
    _check_dates(row, "date", "effective")
    _check_source(row)
    scope = key.split("/")[0]
    minted = document_path(scope, type_slug, row.optional("date"), number, title)
    if minted != key:
        raise row.error("id", f"the id its number, type and date mint: {minted!r}")
    aliases = tuple(alias for alias in row.text("aliases").split(ALIAS_SEPARATOR) if alias)
    return Reference(
        key=key,
        number=number,
        type=type_word,
        date=row.optional("date"),
        issuer=row.optional("issuer"),
        title=title,
        named=number is None,
        scope=scope,
        place=row.optional("place"),
        id=key,
        aliases=aliases,
        effective=row.optional("effective"),
        polity=_polity(scope, type_slug),
        level=_level(scope),
        url=row.text("url"),
    )


def _polity(scope: str, type_slug: str) -> str:
    if type_slug in {"nqlt", "nghi-quyet-lien-tich"}:
        return "joint"
    return "party" if is_party_scope(scope) else "state"


def _level(scope: str) -> str | None:
    head, _, place = scope.partition("-")
    if not place:
        return "central"
    return "province" if head in {"ubnd", "hdnd"} or head.endswith("tu") else None


def _relations(source: Source, rows: Iterable[Row], on_error: Callable[[ReadError], None]) -> Extraction:
    references: dict[str, Reference] = {}
    mentions: list[Mention] = []
    claims: dict[tuple[str, str, str], Claim] = {}
    for row in rows:
        triple = (row.text("subject"), row.text("predicate"), row.text("object"))
        try:
            _check_relation(row)
            if triple in claims:
                raise row.error("predicate", "new: an earlier row states the same relation")
        except ReadError as error:
            on_error(error)
            continue
        for column in ("subject", "object"):
            cell = row.cells[column]
            references.setdefault(cell.text, Reference(key=cell.text, id=cell.text))
            mentions.append(Mention(cell.start, cell.end, cell.text, cell.text))
        claims[triple] = _claim(row)
    return Extraction(
        source.id,
        references=tuple(references.values()),
        mentions=tuple(mentions),
        claims=tuple(claims.values()),  # in file order, so sorted by start
    )


def _check_relation(row: Row) -> None:
    for column in ("subject", "object"):
        if not _ID.fullmatch(row.text(column)):
            raise row.error(column, "an id like tw/nq/2013/25")
    if row.text("predicate") not in PREDICATES:
        raise row.error("predicate", f"one of {', '.join(sorted(PREDICATES))}")
    if row.text("basis") not in CONFIDENCES:
        raise row.error("basis", f"one of {', '.join(sorted(CONFIDENCES))}")
    if row.text("subject") == row.text("object"):
        raise row.error("object", "another document than the subject")
    if not row.text("evidence"):
        raise row.error("evidence", "a sentence that states the fact")
    _check_dates(row, "effective")
    _check_source(row)


def _claim(row: Row) -> Claim:
    evidence = row.cells["evidence"]
    basis: Basis = "inferred" if row.text("basis") == "inferred" else "catalogued"
    return Claim(
        subject=row.text("subject"),
        predicate=row.text("predicate"),
        object=row.text("object"),
        basis=basis,
        confidence=CONFIDENCES[basis],
        rule=RULE,
        start=evidence.start,
        end=evidence.end,
        quote=evidence.text,
        provision=row.optional("provision"),
        effective=row.optional("effective"),
    )


def _check_dates(row: Row, *columns: str) -> None:
    for column in columns:
        value = row.text(column)
        if value and not _is_date(value):
            raise row.error(column, "a date like 2013-06-03, 2013-06 or 2013")


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])  # a year or month stands for its first day
    except ValueError:
        return False
    return True


def _check_source(row: Row) -> None:
    if not row.text("url").startswith(("https://", "http://")):
        raise row.error("url", "the address of a source")
    if not _is_date(row.text("seen")) or len(row.text("seen")) != 10:
        raise row.error("seen", "the day the source was read, like 2026-11-23")
