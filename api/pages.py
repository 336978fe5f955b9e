"""HTML pages: templates that escape what they are given, headers that keep browsers from loading more."""

from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
import orjson
from fastapi import Request, Response
from markupsafe import Markup

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)


def page(
    request: Request, template: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any
) -> Response:
    """A page made from one of the templates beside this module."""
    text = _templates().get_template(template).render(root=request.scope.get("root_path", ""), **values)
    safe = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Vary": "Accept"}
    return Response(text, status, safe | (headers or {}), "text/html")


def script_json(value: Any) -> Markup:
    r"""JSON that may stand in a script element: nothing in it can end the element.

    >>> script_json({"name": "</script>"})
    Markup('{"name":"\\u003c/script>"}')
    """
    return Markup(orjson.dumps(value).decode("utf-8").replace("<", "\\u003c"))  # noqa: S704 - no tag can open


@cache
def _templates() -> jinja2.Environment:
    from graph.lookup import shown_date

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["script_json"] = script_json
    environment.filters["day"] = lambda date: shown_date(date) if date else ""
    return environment


def _source(name: str) -> str:
    return files("api").joinpath("templates", name).read_text(encoding="utf-8")
