"""The tool that asks in SPARQL: the same processes, limits and refusals as `/sparql`."""

from typing import Annotated, Any

import orjson
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult
from pydantic import Field

from api.live import LiveStore
from api.mcp.answers import Queried
from api.mcp.tools import result
from api.sparql.pool import QueryPool
from graph.errors import PhaheError
from graph.query_worker import Job

_TABLE, _GRAPH = "application/sparql-results+json", "text/turtle"
_LONGEST = 500_000
"""Bytes of an answer; a model reads no more, and should ask for less."""


class QueryTool:
    """SPARQL over one store."""

    def __init__(self, live: LiveStore, queries: QueryPool, max_query_bytes: int) -> None:
        self._live = live
        self._queries = queries
        self._max_query_bytes = max_query_bytes

    async def sparql(
        self, query: Annotated[str, Field(min_length=1, description="SPARQL 1.1; the prefix ph: is known")]
    ) -> Annotated[CallToolResult, Queried]:
        """Ask the graph in SPARQL 1.1 (SELECT, ASK, CONSTRUCT, DESCRIBE); read-only, stopped when it takes too long.

        Documents are `?x a ph:Document` with ph:number, ph:title, ph:dateIssued; edges `?x ph:implements ?y`; who
        says so and in which words: `?r a ph:Relation ; ph:subject ?x ; ph:object ?y ; ph:quote ?q`. Add a LIMIT.
        """
        size = len(query.encode("utf-8", "replace"))
        if size > self._max_query_bytes:
            raise ToolError(f"query: {size} bytes, at most {self._max_query_bytes} are read")
        try:
            store = self._live.current()
            media_type, content = await self._ask(query)
        except PhaheError as error:
            raise ToolError(str(error)) from error
        return result(store, _read(media_type, content))

    async def _ask(self, query: str) -> tuple[str, bytes]:
        content = b""
        async with self._queries.asking(Job(query, table=_TABLE, form=_GRAPH)) as asked:
            media_type = await asked.media_type()
            while not asked.is_whole:
                content += await asked.piece()
                if len(content) > _LONGEST:
                    raise ToolError(
                        f"the answer is longer than {_LONGEST} bytes; add a LIMIT or ask for less"
                    )
        return media_type, content


def _read(media_type: str, content: bytes) -> dict[str, Any]:
    row: dict[str, Any] = {"columns": [], "rows": [], "boolean": None, "graph": None}
    if media_type == _GRAPH:
        return row | {"graph": content.decode("utf-8")}
    found = orjson.loads(content)
    if "boolean" in found:
        return row | {"boolean": found["boolean"]}
    rows = [{name: term["value"] for name, term in one.items()} for one in found["results"]["bindings"]]
    return row | {"columns": found["head"]["vars"], "rows": rows}
