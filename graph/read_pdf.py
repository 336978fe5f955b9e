"""PDF files with a text layer: the text of each page, in the order in which the page was written."""

from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from graph.encoding import Decoded, replace_surrogates
from graph.errors import ReadError
from graph.quiet import quiet


def pdf_text(path: Path) -> Decoded:
    """Text of all pages, joined by newlines; pages without text are named in the notes.

    A file locked against changes only (empty user password) is read.

    Raises:
        ReadError: encrypted, damaged, or without a text layer. The message lacks the file.
    """
    notes = []
    pages = []
    with quiet("pypdf"):
        reader = _opened(path)
        for number, page in enumerate(_pages(reader), start=1):
            try:
                pages.append(page.extract_text())
            # pypdf lets all sorts of errors of damaged files through: KeyError, TypeError, RecursionError
            except Exception as error:
                pages.append("")
                notes.append(f"page {number} cannot be read ({type(error).__name__}: {error})")
    silent = [number for number, text in enumerate(pages, start=1) if not text.strip()]
    if len(silent) == len(pages):
        found = f"{notes[0]}, and no other holds text" if notes else f"no text layer in {len(pages)} page(s)"
        raise ReadError(f"{found}; expected a PDF with text: if it is scanned, OCR it first")
    if silent:
        numbers = ", ".join(map(str, silent[:10])) + (" ..." if len(silent) > 10 else "")
        notes.append(f"no text on {len(silent)} of {len(pages)} pages (scanned? OCR them): {numbers}")
    decoded = replace_surrogates("\n".join(pages))
    return Decoded(decoded.text, "pdf", (*notes, *decoded.notes))


def _opened(path: Path) -> PdfReader:
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("encrypted with a password; expected a PDF that opens without: save an open copy")
    except (ReadError, OSError):
        raise
    except Exception as error:
        raise _damaged(error) from error
    return reader


def _pages(reader: PdfReader) -> list[PageObject]:
    try:
        return list(reader.pages)
    except Exception as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> ReadError:
    kind = "" if isinstance(error, PyPdfError) else f"{type(error).__name__}: "
    return ReadError(f"damaged or no PDF ({kind}{error}); expected a complete PDF: fetch it anew")
