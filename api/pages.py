"""HTML pages: templates that escape what they are given, headers that keep browsers from loading more."""

import hashlib
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

import jinja2
import orjson
from fastapi import Request, Response
from markupsafe import Markup

from api.web.assets import asset_address
from api.web.language import COOKIE_SECONDS, LANGUAGES, Language, section, speaker, visitor_of
from graph.lookup import shown_date

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of every page: our own files only, nothing inline."""

REPORTS = "/csp-report"
"""Where browsers tell of what the policy stopped."""


def page(
    request: Request, template: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any
) -> Response:
    """A page made from one of the templates, in the visitor's language.

    Templates get, besides `values`: `t` (a message by its name), `lang`, `theme`, `root` (what stands before
    every path), `static` (an asset's address), `words_of` (the messages of a section, for a script),
    `other_languages` (pairs of language and address).

    Args:
        request: what is answered; with `If-None-Match` of the same page, 304.
        template: file name in `api/templates`.
        status: HTTP status.
        headers: more headers.
        values: for the template.
    """
    visitor = visitor_of(request)
    root = request.scope.get("root_path", "")
    text = render(
        template,
        visitor.language,
        root,
        theme=visitor.theme,
        other_languages=[
            (name, _in_language(request, name)) for name in LANGUAGES if name != visitor.language
        ],
        **values,
    )
    tag = f'"{hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]}"'
    safe = {
        "Content-Security-Policy": f"{POLICY}; report-uri {root}{REPORTS}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Vary": "Accept, Cookie",
        "Cache-Control": "no-cache",
        "Content-Language": visitor.language,
        "ETag": tag,
    }
    if status == 200 and request.headers.get("if-none-match") == tag:
        response = Response(status_code=304, headers=safe | (headers or {}))
    else:
        body = text.encode("utf-8", "replace")  # a text may hold half of a surrogate pair
        response = Response(body, status, safe | (headers or {}), "text/html; charset=utf-8")
    if visitor.chose:
        response.set_cookie("lang", visitor.language, COOKIE_SECONDS, samesite="lax")
    return response


def render(template: str, language: Language, root: str = "", **values: Any) -> str:
    """The text of a page: `values`, and `t`, `lang`, `root`, `static` as for `page`."""
    return (
        _templates()
        .get_template(template)
        .render(
            root=root,
            t=speaker(language),
            lang=language,
            static=partial(asset_address, root),
            words_of=partial(section, language),
            **values,
        )
    )


def _in_language(request: Request, language: str) -> str:
    """The address of this page in another language, as a query: `?q=...&lang=en`."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return "?" + urlencode([*kept, ("lang", language)])


def script_json(value: Any) -> Markup:
    r"""JSON that may stand in a script element: nothing in it can end the element.

    >>> script_json({"name": "</script>"})
    Markup('{"name":"\\u003c/script>"}')
    """
    return Markup(orjson.dumps(value).decode("utf-8").replace("<", "\\u003c"))  # noqa: S704 - no tag can open


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["script_json"] = script_json
    environment.filters["day"] = lambda date: shown_date(date) if date else ""
    environment.filters["days"] = lambda span: " – ".join(map(shown_date, span.split("/")))  # noqa: RUF001 - a span
    environment.filters["thousands"] = _thousands
    environment.filters["capital"] = lambda text: text[:1].upper() + text[1:]
    environment.tests["web_address"] = lambda text: text.startswith(("https://", "http://"))
    return environment


def _thousands(number: int) -> str:
    """A number as Vietnamese write it, thousands apart.

    >>> _thousands(1234567)
    '1.234.567'
    """
    return f"{number:,}".replace(",", ".")


def _source(name: str) -> str:
    return files("api").joinpath("templates", name).read_text(encoding="utf-8")
