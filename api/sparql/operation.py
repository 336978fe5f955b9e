"""What a client asks for: a query or an update, with its dataset, out of a request of the protocol.

Source: https://www.w3.org/TR/sparql11-protocol/ sections 2.1 and 2.2.
"""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl

from starlette.requests import Request

_FORM = "application/x-www-form-urlencoded"
QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"
_DATASETS = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_MOST_PARAMETERS = 1000


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update.

    Attributes:
        kind: which of the two.
        text: in SPARQL.
        default_graphs: IRIs of the graphs that make its default graph, in order, possibly none.
        named_graphs: IRIs of its named graphs, in order, possibly none.
    """

    kind: Literal["query", "update"]
    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]

    @property
    def has_dataset(self) -> bool:
        """Whether the request says which graphs are meant."""
        return bool(self.default_graphs or self.named_graphs)


class BadOperationError(Exception):
    """A request that is none of the protocol's.

    Attributes:
        status: of HTTP.
        headers: that the answer has to bear.
    """

    def __init__(self, detail: str, status: int = 400, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = headers


async def read_operation(request: Request, longest: int) -> Operation | None:
    """The operation of a request, or None for a GET that asks nothing: it wants to know what is here.

    Args:
        request: a GET, HEAD or POST; its body has not been read.
        longest: bytes that a query or update may have.

    Raises:
        BadOperationError: says what was expected.
        starlette.requests.ClientDisconnect: the client has left.
    """
    parameters = _parameters(request.scope["query_string"], "address")
    if request.method != "POST":
        if _values(parameters, "update"):
            raise BadOperationError("parameter update: updates are sent by POST")
        if not parameters:
            return None
        return _operation("query", parameters, longest)
    kind = _content_type(request)
    # of a form every byte may be written as three
    body = await _body(request, longest * 3 if kind == _FORM else longest)
    if kind == _FORM:
        parameters += _parameters(body, "body")
        return _operation("update" if _values(parameters, "update") else "query", parameters, longest)
    operation: Literal["query", "update"] = "query" if kind == QUERY_TYPE else "update"
    for name in ("query", "update"):
        if _values(parameters, name):
            raise BadOperationError(f"parameter {name}: the {operation} is the body, so the address has none")
    return _operation(operation, [*parameters, (operation, _decoded(body, "body"))], longest)


def _operation(
    kind: Literal["query", "update"], parameters: list[tuple[str, str]], longest: int
) -> Operation:
    texts = _values(parameters, kind)
    other = "query" if kind == "update" else "update"
    if len(texts) != 1 or _values(parameters, other):
        found = f"{len(texts)} times" + (f", beside {other}" if _values(parameters, other) else "")
        raise BadOperationError(f"parameter {kind}: given {found}, expected once and alone")
    if (size := len(texts[0].encode())) > longest:
        raise BadOperationError(f"{kind} of {size} bytes, at most {longest}", 413)
    default, named = _DATASETS[kind]
    return Operation(kind, texts[0], _values(parameters, default), _values(parameters, named))


def _content_type(request: Request) -> str:
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    known = (_FORM, QUERY_TYPE, UPDATE_TYPE)
    if kind not in known:
        raise BadOperationError(
            f"Content-Type {kind or 'absent'!r}: expected {', '.join(known)}", 415,
            {"Accept-Post": ", ".join(known)},
        )  # fmt: skip
    for parameter in rest.lower().split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "charset" and value.strip("\"' ") not in {"utf-8", "utf8", "us-ascii"}:
            raise BadOperationError(f"charset {value!r}: SPARQL is sent as UTF-8", 415)
    if request.headers.get("content-encoding", "identity") != "identity":
        raise BadOperationError("Content-Encoding: expected none", 415)
    return kind


async def _body(request: Request, longest: int) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > longest:
            raise BadOperationError(f"body of more than {longest} bytes", 413, {"Connection": "close"})
    return bytes(body)


def _parameters(content: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            _decoded(content, where), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS
        )
    except UnicodeDecodeError as error:
        raise BadOperationError(f"{where}: what is percent-encoded there is not UTF-8") from error
    except ValueError as error:
        raise BadOperationError(f"{where}: more than {_MOST_PARAMETERS} parameters") from error


def _decoded(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadOperationError(f"{where}: not UTF-8 (byte {error.start})") from error


def _values(parameters: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in parameters if key == name)
