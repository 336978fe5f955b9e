"""The explorer as one HTML file that opens from disk without network: the page's own modules, put into it.

A file cannot load modules (browsers refuse `import` from `file:`), so they are joined to one script in the order of
their imports, which works because no two of them bind the same name. The policy in the file names the hashes of
what it holds; nothing else may run or load.
"""

import base64
import hashlib
import re
from collections.abc import Iterator

from markupsafe import Markup

from api.pages import render
from api.web.assets import assets
from api.web.drawing import picture_of
from api.web.explore_page import explorer_words
from api.web.language import Language
from graph.project import DocumentGraph
from graph.store import Store

_START = "explore/file.js"
_SHEETS = ("base.css", "vis-network.css", "explore/explore.css")
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.M)


def drawing_file(store: Store, graph: DocumentGraph, heading: str, language: Language = "vi") -> str:
    """The file.

    Args:
        store: what the graph was read from: its vocabulary gives the words.
        graph: made by `graph.project`.
        heading: of the page.
        language: of its words.

    Returns:
        HTML that loads nothing from anywhere; the same for the same graph.
    """
    library, script = _text("vis-network.js"), _script()
    sheet = "\n".join(_text(name) for name in _SHEETS)
    return render(
        "drawing.html",
        language,
        heading=heading,
        picture=picture_of(store, graph),
        words=explorer_words(store, language),
        service=False,
        policy="default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none';"
        f" script-src {_hash(library)} {_hash(script)}; style-src {_hash(sheet)}",
        library=Markup(library),  # noqa: S704 - our own files and the library's, no words of documents
        script=Markup(script),  # noqa: S704
        sheet=Markup(sheet),  # noqa: S704
    )


def _script() -> str:
    """The modules of the explorer as one script in a scope of its own."""
    joined = "".join(_modules(_START, set()))
    return f'"use strict";\n(() => {{\n{joined}}})();\n'


def _modules(name: str, seen: set[str]) -> Iterator[str]:
    """A module and, before it, those it imports; each once."""
    if name in seen:
        return
    seen.add(name)
    text = _text(name)
    for imported in _IMPORT.findall(text):
        yield from _modules(f"explore/{imported}", seen)
    yield _EXPORT.sub("", _IMPORT.sub("", text))


def _text(name: str) -> str:
    """An asset as a browser reads it within a page: every end of a line is LF (HTML Standard, section 13.2.3.5)."""
    return assets()[name].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _hash(content: str) -> str:
    """As a policy names it. Source: Content Security Policy Level 3, section 2.3.1."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode()}'"
