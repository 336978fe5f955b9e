"""A text that a client posts, as a source: JSON, a bare text or file, or a form with a file in it.

Files are read by the reader of builds, so what can be built from can be posted; but one text at a time.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from api.models.text import TEXT, PostedText
from graph.errors import ReadError
from graph.model import Source
from graph.read import ReadWarning, read_sources

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SUFFIXES = {
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "application/pdf": ".pdf",
    _DOCX: ".docx",
}
"""What the file of a media type is called."""

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "JSON; or the text or file itself; or a form with the file in its field `file`",
        "content": {
            "application/json": {"schema": PostedText.model_json_schema()},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
            "text/plain": {"schema": {"type": "string", "minLength": 1, "examples": [TEXT]}},
            **{
                name: {"schema": {"type": "string", "format": "binary"}}
                for name in _SUFFIXES
                if name != "text/plain"
            },
        },
    }
}
"""What the OpenAPI document says of the body."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A posted text.

    Attributes:
        source: the text.
        notes: what was guessed or replaced when the file was read; mostly empty.
    """

    source: Source
    notes: tuple[str, ...] = ()


async def read_posted(request: Request) -> Posted:
    """The text in the body of a request.

    Raises:
        HTTPException: 415, the body is in no form that is read here.
        RequestValidationError: JSON or form of another shape.
        ReadError: the file holds no text that can be read.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        return _from_json(await request.body())
    if kind == "multipart/form-data":
        return await _from_form(request)
    if kind in _SUFFIXES:
        return _from_file("text", _SUFFIXES[kind], await request.body())
    read = ", ".join(("application/json", "multipart/form-data", *_SUFFIXES))
    raise HTTPException(415, f"content type {kind or 'not told'!r}: expected one of {read}")


def _from_json(body: bytes) -> Posted:
    try:
        posted = PostedText.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_context=False)) from error
    return Posted(Source(posted.name, posted.text))


async def _from_form(request: Request) -> Posted:
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if isinstance(file, str):
            return _from_file("text", ".txt", file.encode("utf-8", "surrogatepass"))
        if not isinstance(file, UploadFile):
            raise RequestValidationError(
                [{"type": "missing", "loc": ("body", "file"), "msg": "Field required", "input": None}]
            )
        path = Path(file.filename or "text")
        suffix = _SUFFIXES.get((file.content_type or "").split(";")[0].strip().lower(), ".txt")
        if path.suffix.lower() in {".htm", *_SUFFIXES.values()}:
            suffix = path.suffix.lower()
        elif path.suffix and file.content_type not in _SUFFIXES:
            raise HTTPException(415, f"file {path.name!r}: expected one of {', '.join(_SUFFIXES.values())}")
        return _from_file(path.stem or "text", suffix, await file.read())


def _from_file(name: str, suffix: str, content: bytes) -> Posted:
    notes: list[str] = []
    with tempfile.TemporaryDirectory(prefix="phahe-posted-") as folder:
        path = Path(folder) / f"posted{suffix}"
        path.write_bytes(content)
        found: list[Source] = []
        try:
            found = list(read_sources(path, lambda error: _note(error, notes)))
        except ReadError as error:
            raise ReadError(str(error).removeprefix(f"{path}: ")) from error
    return Posted(Source(name, found[0].raw), tuple(note.partition(": ")[2] for note in notes))


def _note(error: ReadError, notes: list[str]) -> None:
    """Keep a warning; an error ends the reading."""
    if not isinstance(error, ReadWarning):
        raise error
    notes.append(str(error))
