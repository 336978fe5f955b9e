"""Which of several forms a client would rather have (the Accept header, RFC 9110 section 12.5.1)."""

from collections.abc import Sequence

from fastapi import Request


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type a client likes best, or None if it accepts none of them.

    The most specific range that covers a type gives its quality; of equals the first offered wins.

    >>> preferred("text/turtle;q=0.5, application/json", ["application/json", "text/turtle"])
    'application/json'
    >>> preferred("image/png", ["application/json"]) is None
    True
    """
    if not accept or not accept.strip():
        return offered[0]
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    best, best_quality = None, 0.0
    for name in offered:
        kind = name.split("/")[0]
        covering = [(rank, quality) for item, quality in ranges for rank in [_rank(item, name, kind)] if rank]
        quality = max(covering)[1] if covering else 0.0
        if quality > best_quality:
            best, best_quality = name, quality
    return best


def wants_html(request: Request) -> bool:
    """Whether a browser asks, or whoever names HTML before JSON; `*/*` alone does not."""
    accept = request.headers.get("accept", "")
    return (
        "text/html" in accept.lower() and preferred(accept, ["application/json", "text/html"]) == "text/html"
    )


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.lower().split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, max(0.0, min(1.0, float(parameter[2:])))
            except ValueError:
                return name, 0.0
    return name, 1.0


def _rank(accepted: str, name: str, kind: str) -> int:
    return 3 if accepted == name else 2 if accepted == f"{kind}/*" else 1 if accepted == "*/*" else 0
