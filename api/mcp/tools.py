"""The tools: each asks the graph as the HTTP API does, and answers with IRIs, citations, quotes and gaps."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import orjson
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent
from pydantic import Field

from api.live import LiveStore
from api.mcp.answers import Answer, Corpus, Coverage, Found, Implementing, Lineage, Verified, WholeDocument
from api.mcp.gaps import known_gaps
from graph.ask import LINEAGE, list_implementing, resolve_reference, trace_lineage
from graph.corpus_rows import stats_row
from graph.coverage import cover
from graph.errors import AmbiguousReferenceError, PhaheError
from graph.facts import Document
from graph.lookup import find_documents
from graph.model import Source
from graph.rows import Row, brief_row, candidate_row, implementing_row, lineage_row
from graph.status import status_of
from graph.store import Store
from graph.text_rows import verification_row
from graph.time_rows import coverage_row
from graph.verify import verify_text
from graph.whole_document import related, whole_row

Reference = Annotated[
    str,
    Field(
        min_length=1,
        max_length=2000,
        description="a document as people name it, such as 'Nghị quyết số 25-NQ/TW ngày 03/6/2013', or its IRI",
    ),
]
Date = Annotated[
    str | None,
    Field(
        pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
        description="ISO date: leave out what came later; null: all that is known",
    ),
]
Limit = Annotated[int, Field(ge=1, le=500, description="most documents in the answer")]


class Tools:
    """The tools over one store; each is safe to call from any thread.

    Raises:
        ToolError: from each tool, in words meant for the model: what was asked cannot be answered.
    """

    def __init__(self, live: LiveStore) -> None:
        self._live = live

    def find(
        self,
        words: Annotated[
            str, Field(min_length=1, max_length=2000, description="a number, a name or words of a title")
        ],
        limit: Limit = 10,
    ) -> Annotated[CallToolResult, Found]:
        """Find documents by number, name or words of a title (with or without diacritics), likeliest first."""
        store = self._store()
        try:
            found = find_documents(store, words, limit)
        except PhaheError as error:
            raise ToolError(str(error)) from error
        more = [] if found else [f"{words!r} was not found, which says nothing about the world"]
        return result(store, {"candidates": [candidate_row(item) for item in found]}, *more)

    def document(
        self, ref: Reference, as_of: Date = None
    ) -> Annotated[CallToolResult, Answer[WholeDocument]]:
        """One document: facts, whether it stands as of a date and why, its relations with quoted evidence."""

        def tell(store: Store, found: Document) -> tuple[Row, list[str]]:
            edges, nodes, is_cut = related(store, found)
            status = status_of(store, [found], as_of)[found.iri]
            row = whole_row(found, status, edges, nodes, is_cut) | {"href": f"/documents/{found.path}"}
            return row, ["some relations were left out; ask lineage for them"] if is_cut else []

        return self._about(ref, tell)

    def implementing(
        self,
        ref: Reference,
        level: Annotated[
            Literal["central", "province", "district", "commune", "local"] | None,
            Field(description="only documents of this level; local: all below the centre"),
        ] = None,
        place: Annotated[str | None, Field(description="only documents of this province")] = None,
        direct: Annotated[
            bool, Field(description="leave out those that implement through another one")
        ] = False,
        as_of: Date = None,
        limit: Limit = 50,
    ) -> Annotated[CallToolResult, Answer[Implementing]]:
        """Which documents implement one, each with the sentence that says so, who says it and the way between."""

        def tell(store: Store, found: Document) -> tuple[Row, list[str]]:
            items = list_implementing(store, found, level, place, direct, as_of)
            row = {
                "document": brief_row(found),
                "total": len(items),
                "items": [implementing_row(item) for item in items[:limit]],
            }
            return row, [f"items holds the first {limit} of {len(items)}"] if len(items) > limit else []

        return self._about(ref, tell)

    def lineage(
        self,
        ref: Reference,
        direction: Annotated[
            Literal["up", "down", "both"],
            Field(description="up: what it comes from; down: what came of it"),
        ] = "up",
        relation: Annotated[
            list[str], Field(min_length=1, description="relations to follow, narrower ones too")
        ] = list(LINEAGE),  # noqa: B006 - never changed, and the schema shall show it
        depth: Annotated[int, Field(ge=1, le=50, description="most steps")] = 10,
        as_of: Date = None,
        limit: Limit = 100,
    ) -> Annotated[CallToolResult, Answer[Lineage]]:
        """The chain of documents that one comes from, or that came of it; each relation with its evidence."""

        def tell(store: Store, found: Document) -> tuple[Row, list[str]]:
            traced = trace_lineage(store, found, direction, relation, depth, as_of, limit)
            more = ["a limit of depth or of documents left something out"] if traced.truncated else []
            return lineage_row(traced), more

        return self._about(ref, tell)

    def verify(
        self,
        text: Annotated[
            str, Field(min_length=1, max_length=1_000_000, description="any text that cites documents")
        ],
        as_of: Date = None,
    ) -> Annotated[CallToolResult, Verified]:
        """Check the citations of a text: known, superseded (by what), ambiguous (candidates), or unknown here."""
        store = self._store()
        try:
            row = verification_row(verify_text(store, Source("text", text), as_of))
        except PhaheError as error:
            raise ToolError(str(error)) from error
        return result(store, {"answer": {"corpus_version": store.version, "notes": [], **row}})

    def provinces(self, ref: Reference, as_of: Date = None) -> Annotated[CallToolResult, Answer[Coverage]]:
        """In which provinces the corpus knows a document that implements one, and where it cannot tell."""

        def tell(store: Store, found: Document) -> tuple[Row, list[str]]:
            silent = "a province without a document here may have one that the corpus does not hold"
            return coverage_row(cover(store, found, as_of)), [silent]

        return self._about(ref, tell)

    def coverage(self) -> Annotated[CallToolResult, Corpus]:
        """What the corpus holds and what it is known to lack; ask this before saying that something is not there."""
        store = self._store()
        return result(store, {"answer": {"corpus_version": store.version, **stats_row(store.manifest)}})

    def _store(self) -> Store:
        try:
            return self._live.current()
        except PhaheError as error:
            raise ToolError(str(error)) from error

    def _about(self, ref: str, tell: Callable[[Store, Document], tuple[Row, list[str]]]) -> CallToolResult:
        """The answer about the one document that a reference names, or the candidates."""
        store = self._store()
        try:
            row, more = tell(store, resolve_reference(store, ref))
        except AmbiguousReferenceError as error:
            rows = [candidate_row(candidate) for candidate in error.candidates]
            return result(store, {"answer": None, "candidates": rows}, str(error))
        except PhaheError as error:
            raise ToolError(str(error)) from error
        return result(store, {"answer": {"corpus_version": store.version, **row}, "candidates": []}, *more)


def result(store: Store, row: dict[str, Any], *more: str) -> CallToolResult:
    """An answer: the row with version and gaps, as structured content and, for clients that know none, as text.

    Args:
        store: what was asked.
        row: the answer.
        more: gaps of this very answer.
    """
    whole = {"corpus_version": store.version, **row, "known_gaps": known_gaps(store.manifest, *more)}
    return CallToolResult(
        content=[TextContent(type="text", text=orjson.dumps(whole).decode())], structured_content=whole
    )
