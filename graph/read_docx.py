"""Word files (.docx): paragraphs and tables in document order, then the notes.

The XML is walked here, since python-docx (which opens the package) passes over content controls, tracked
insertions, text boxes and footnotes; consolidated laws name what amended them in footnotes.
Runs in the old fonts `.Vn...` and `VNI-...` hold bytes of TCVN3 and VNI as Latin-1; they are decoded.
"""

import re
import zipfile
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from graph.encoding import Decoded, replace_surrogates
from graph.errors import ReadError
from graph.word_font import Fonts
from ontology.legacy_encoding import legacy_encodings

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# deleted text is gone; a fallback repeats what stands before it
_UNREAD = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK})
_LIMIT = 1_000_000_000


def docx_text(path: Path) -> Decoded:
    """Text of the body, then of footnotes and endnotes; page headers and footers are left out.

    A paragraph is a line. A table row is one line with cells joined by ` | `, but where a cell has several
    paragraphs (letterheads) its cells follow each other, each paragraph a line.

    Raises:
        ReadError: the file is damaged, locked or no .docx. The message lacks the file.
    """
    try:
        with zipfile.ZipFile(path) as package:
            size = sum(entry.file_size for entry in package.infolist())
        if size > _LIMIT:
            raise ReadError(f"{size} bytes when unpacked, expected at most {_LIMIT}")
        document = docx.Document(str(path))
        fonts = Fonts(document.part)
        lines = list(_blocks(document.element.body, fonts))
        parser = etree.XMLParser(resolve_entities=False)
        for kind in ("footnotes", "endnotes"):
            for relation in document.part.rels.values():
                if relation.reltype.endswith(f"/{kind}"):
                    notes = etree.fromstring(relation.target_part.blob, parser)
                    lines += [line for note in notes for line in _blocks(note, fonts) if line.strip()]
    except (ReadError, OSError):
        raise
    except (zipfile.BadZipFile, PackageNotFoundError) as error:
        raise ReadError(f"{_not_a_package(path)}; expected a complete .docx: save it anew in Word") from error
    # a damaged package fails anywhere in python-docx and lxml: KeyError, XMLSyntaxError, zlib.error, ...
    except Exception as error:
        found = f"damaged or no Word document ({type(error).__name__}: {error})"
        raise ReadError(f"{found}; expected a complete .docx: save it anew in Word") from error
    decoded = replace_surrogates("\n".join(lines))
    return Decoded(decoded.text, "docx", decoded.notes)


def _not_a_package(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "locked with a password, or an old .doc under a new name"
    return "cut off or damaged" if start.startswith(b"PK") else "not a .docx (no zip archive)"


def _blocks(parent: Any, fonts: Fonts) -> Iterator[str]:
    """Lines of the paragraphs and tables below an element, whatever wraps them."""
    for element in parent:
        if element.tag in _UNREAD:
            continue
        if element.tag == f"{_W}p":
            yield from _paragraph(element, fonts)
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                # rows of a table within a cell come with their cell
                if next(row.iterancestors(f"{_W}tbl")) is element:
                    yield from _row(row, fonts)
        else:
            yield from _blocks(element, fonts)


def _row(row: Any, fonts: Fonts) -> list[str]:
    cells = []
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is row:
            lines = [line for line in _blocks(cell, fonts) if line.strip()]
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if lines or merged is None:
                cells.append(lines)
    if any(len(lines) > 1 for lines in cells):
        return [line for lines in cells for line in lines]
    return [" | ".join("".join(lines).strip() for lines in cells)] if any(cells) else []


def _paragraph(paragraph: Any, fonts: Fonts) -> Iterator[str]:
    pieces: list[tuple[str, str]] = []
    boxes: list[Any] = []
    _collect(paragraph, paragraph, fonts, pieces, boxes)
    # letters of one VNI pair may stand in two runs: decode what has one font together
    runs = groupby(pieces, key=itemgetter(0))
    yield "".join(_decoded("".join(piece for _, piece in run), font) for font, run in runs)
    for box in boxes:
        yield from _blocks(box, fonts)


def _collect(
    parent: Any, paragraph: Any, fonts: Fonts, pieces: list[tuple[str, str]], boxes: list[Any]
) -> None:
    """Gather the text of a paragraph with its fonts, and the text boxes anchored in it."""
    for element in parent:
        tag = element.tag
        if tag in _UNREAD:
            continue
        if tag == f"{_W}t":
            pieces.append((fonts.of_run(parent, paragraph), element.text or ""))
        elif tag in _MARKS:
            pieces.append((fonts.of_run(parent, paragraph), _MARKS[tag]))
        elif tag == f"{_W}softHyphen":
            # where a word may break: no letter, but in the font of TCVN3 the same number is its `ư`
            font = fonts.of_run(parent, paragraph)
            pieces.append((font, "\xad" if font.startswith(".Vn") else ""))
        elif tag == f"{_W}txbxContent":
            boxes.append(element)
        else:
            _collect(element, paragraph, fonts, pieces, boxes)


def _decoded(text: str, font: str) -> str:
    kind = "tcvn3" if font.startswith(".Vn") else "vni" if re.match(r"VNI[- ]", font) else None
    if kind is None:
        return text
    (encoding,) = (known for known in legacy_encodings() if known.id == kind)
    decoded = encoding.decode(text)
    # the fonts of capitals show small letters as capitals
    return decoded.upper() if kind == "tcvn3" and font.endswith("H") else decoded
