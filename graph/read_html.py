"""Web pages: the main text, without menus, banners and lists of other articles.

What surrounds an article names documents that the article does not, so a main-text extractor (trafilatura)
takes it away. But extractors know articles, and drop the letterhead and tables of a document that was saved
as HTML: a page that has nothing around its text is taken whole.
"""

import re
from copy import deepcopy

import trafilatura
from lxml import html
from lxml.etree import ParserError

from graph.encoding import Decoded, decode_bytes
from graph.errors import ReadError
from graph.quiet import quiet

_BLOCK = re.compile(
    "address|article|aside|blockquote|caption|center|d[dlt]|div|fieldset|figcaption|figure|footer|form|h[1-6r]|"
    "header|li|main|nav|[ou]l|p|pre|section|table|tbody|tfoot|thead|tr"
)
_UNREAD = ("script", "style", "noscript", "template", "head", "iframe", "svg", "select", "button")
_AROUND = "//nav | //aside | //footer | //form | //*[@role='navigation']"
_DECLARED = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""")


def html_text(data: bytes) -> Decoded:
    """Text of a page: its title, then its main text, headings, lists and tables included.

    Cells of a table row are joined by ` | `; cells of several paragraphs (letterheads) follow each other.

    Raises:
        ReadError: the bytes are no text. The message lacks the file. A page without text gives an empty one.
    """
    declared = _DECLARED.search(data[:4096])
    decoded = decode_bytes(data, declared[1].decode("ascii") if declared else None)
    if not decoded.text.strip():
        return decoded
    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        page = html.document_fromstring(decoded.text.encode("utf-8"), parser=parser)
    except (ParserError, ValueError) as error:
        raise ReadError(f"no HTML that can be read ({error}), expected a web page") from error
    # libxml2 stops at 2048 elements within each other
    cut = [entry.message for entry in parser.error_log if entry.level_name == "FATAL"]
    notes = (*decoded.notes, *(f"the page was not read to its end ({message})" for message in cut))
    whole = _whole_text(page)
    if cut and not whole:
        raise ReadError(f"{notes[-1]}; expected an ordinary web page: save its text")
    main = "" if _stands_alone(page, whole) else _main_text(page)
    title = _title(page)
    text = main or whole
    if title and _plain(title) not in _plain(text[: len(title) + 1000]):
        text = f"{title}\n\n{text}"
    return Decoded(text, decoded.encoding, notes)


def _main_text(page: html.HtmlElement) -> str:
    with quiet("trafilatura"):
        # a copy: the extractor takes the page apart
        found = trafilatura.extract(
            deepcopy(page), include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
        )
    return str(found).strip() if found else ""


def _stands_alone(page: html.HtmlElement, whole: str) -> bool:
    """Whether nothing surrounds the text: no navigation, next to no links."""
    if page.xpath(_AROUND):
        return False
    linked = sum(len(link.text_content().strip()) for link in page.iter("a"))
    return linked <= 0.05 * len(whole)


def _title(page: html.HtmlElement) -> str:
    # the first heading is the article's; <title> often has the site's name at its end
    for path in ("//h1", "//meta[@property='og:title']/@content", "//title"):
        for found in page.xpath(path):
            title = " ".join((found if isinstance(found, str) else found.text_content()).split())
            if title:
                return title
    return ""


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _whole_text(page: html.HtmlElement) -> str:
    pieces: list[str] = []
    stack: list[tuple[html.HtmlElement, bool]] = [(page, False)]
    while stack:
        element, is_end = stack.pop()
        tag = element.tag
        read = tag not in _UNREAD
        if is_end or not read:
            pieces.append("\n" if read and _BLOCK.fullmatch(tag) else "")
            pieces.append(_inline(element.tail))
            continue
        if tag == "br" or _BLOCK.fullmatch(tag):
            pieces.append("\n")
        elif tag in ("td", "th") and element.getprevious() is not None:
            pieces.append("\n" if _is_layout(element.getparent()) else " | ")
        pieces.append(element.text or "" if tag == "pre" else _inline(element.text))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_layout(row: html.HtmlElement) -> bool:
    """Whether a table row arranges paragraphs, as letterheads do, and holds no data."""
    return any(len(cell.xpath("./p | ./div | ./br | ./table")) > 1 for cell in row)


def _inline(text: str | None) -> str:
    # a line break in the source is a space on the page
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")
