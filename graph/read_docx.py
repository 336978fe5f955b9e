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
from graph.word_numbering import Numbering
from graph.word_style import StyleSheet, W
from ontology.legacy_encoding import legacy_encodings

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# deleted text is gone; a fallback repeats what stands before it
_UNREAD = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", _FALLBACK})
_LIMIT = 1_000_000_000


def docx_text(path: Path) -> Decoded:
    """Text of the body, then of footnotes and endnotes; page headers and footers are left out.

    A paragraph is a line, with the number that Word shows before it (`Điều 3.`). A table row is one line with
    cells joined by ` | `, but where a cell has several paragraphs (letterheads) its cells follow each other,
    each paragraph a line.

    Raises:
        ReadError: the file is damaged, locked or no .docx. The message lacks the file.
    """
    try:
        with zipfile.ZipFile(path) as package:
            size = sum(entry.file_size for entry in package.infolist())
        if size > _LIMIT:
            raise ReadError(f"{size} bytes when unpacked, expected at most {_LIMIT}")
        document = docx.Document(str(path))
        body = _Walk(document.part)
        lines = list(body.lines(document.element.body))
        parser = etree.XMLParser(resolve_entities=False)
        for kind in ("footnotes", "endnotes"):
            for relation in document.part.rels.values():
                if relation.reltype.endswith(f"/{kind}"):
                    notes = etree.fromstring(relation.target_part.blob, parser)
                    lines += [line for note in notes for line in body.lines(note) if line.strip()]
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


class _Walk:
    """Goes through the XML of one document, once, in order."""

    def __init__(self, part: Any) -> None:
        self._styles = StyleSheet(part)
        self._numbering = Numbering(part, self._styles)

    def lines(self, parent: Any) -> Iterator[str]:
        """Lines of the paragraphs and tables below an element, whatever wraps them."""
        for element in parent:
            if element.tag in _UNREAD:
                continue
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                for row in element.iter(f"{W}tr"):
                    # rows of a table within a cell come with their cell
                    if next(row.iterancestors(f"{W}tbl")) is element:
                        yield from self._row(row)
            else:
                yield from self.lines(element)

    def _row(self, row: Any) -> list[str]:
        cells = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                lines = [line for line in self.lines(cell) if line.strip()]
                # the rest of a cell that goes over several rows is empty
                if lines or cell.find(f"{W}tcPr/{W}vMerge") is None:
                    cells.append(lines)
        if any(len(lines) > 1 for lines in cells):
            return [line for lines in cells for line in lines]
        return [" | ".join("".join(lines).strip() for lines in cells)] if any(cells) else []

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        label = self._numbering.label(paragraph)
        boxes: list[Any] = []
        # letters of one VNI pair may stand in two runs: decode what has one font together
        runs = groupby(self._pieces(paragraph, paragraph, boxes), key=itemgetter(0))
        text = "".join(_decoded("".join(piece for _, piece in run), font) for font, run in runs)
        yield label + text if text.strip() else text
        for box in boxes:
            yield from self.lines(box)

    def _pieces(self, parent: Any, paragraph: Any, boxes: list[Any]) -> Iterator[tuple[str, str]]:
        """Font and text of what stands in a paragraph; text boxes anchored in it are put in `boxes`."""
        for element in parent:
            tag = element.tag
            if tag in _UNREAD:
                continue
            if tag == f"{W}t":
                yield self._styles.font(parent, paragraph), element.text or ""
            elif tag in _MARKS:
                yield self._styles.font(parent, paragraph), _MARKS[tag]
            elif tag == f"{W}softHyphen":
                # where a word may break: no letter, but in the font of TCVN3 the same number is its `ư`
                font = self._styles.font(parent, paragraph)
                yield font, "\xad" if font.startswith(".Vn") else ""
            elif tag == f"{W}txbxContent":
                boxes.append(element)
            else:
                yield from self._pieces(element, paragraph, boxes)


def _decoded(text: str, font: str) -> str:
    kind = "tcvn3" if font.startswith(".Vn") else "vni" if re.match(r"VNI[- ]", font) else None
    if kind is None:
        return text
    (encoding,) = (known for known in legacy_encodings() if known.id == kind)
    decoded = encoding.decode(text)
    # the fonts of capitals show small letters as capitals
    return decoded.upper() if kind == "tcvn3" and font.endswith("H") else decoded
