"""From bytes to text, without losing or changing anything in silence.

Order: byte order mark; UTF-16 that lacks one; UTF-8; else the legacy encoding whose reading has the most true
Vietnamese syllables (windows-1258, TCVN3, VISCII, VNI); else a general guess. A detector trained on the web
knows only the first of these four, and takes the others for Western European: syllables decide better.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from charset_normalizer import from_bytes

from graph.errors import ReadError
from graph.syllable import marked_words, vietnamese_share
from ontology.legacy_encoding import LegacyEncoding, legacy_encodings, windows_punctuation

REPLACEMENT = "\ufffd"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF: name it .pdf"),
    (b"PK\x03\x04", "a zip archive or an office document: name it .docx if it is one"),
    (b"\xd0\xcf\x11\xe0", "an old office document: save it as .docx"),
    (rb"{\rtf", "RTF: save it as .docx"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "an ELF program"),
    (b"SQLite format 3\x00", "a SQLite database"),
)
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"

SAMPLE = 200_000
"""Bytes or characters that detection looks at, from the first that is not ASCII on."""
BAD_SHARE = 0.001
"""Share of bytes that may be invalid in a text which otherwise is UTF-8: more is damage, and no reading."""
_SURE_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    Attributes:
        text: newlines as in the file, without byte order mark, without NUL.
        encoding: Python's name of the encoding, or `tcvn3`, `viscii`, `vni`.
        notes: what a careful reader wants to know: replaced bytes, guesses; usually empty.
    """

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode_bytes(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a file.

    Args:
        data: the whole file.
        declared: the encoding it says of itself, believed only where it is neither Unicode nor Vietnamese.

    Raises:
        ReadError: no text, or UTF-8 with too many invalid bytes. The message lacks the file.

    >>> decode_bytes("Nghị quyết".encode()).text
    'Nghị quyết'
    >>> decode_bytes("Thực hiện Nghị quyết".encode("utf-16")).encoding
    'utf-16-le'
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ReadError(f"looks binary ({what}), expected text")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _without_nul(_decode_unicode(data[len(mark) :], encoding, len(mark)))
    if unmarked := _unmarked_utf16(data):
        return _without_nul(Decoded(data.decode(unmarked), unmarked))
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > 0.3 * len(data) or (controls > 3 and controls > 0.02 * len(data)):
        raise ReadError(f"looks binary ({controls} control bytes of {len(data)}), expected text")
    try:
        return _without_nul(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError as error:
        return _without_nul(_decode_other(data, declared, error))


def replace_surrogates(text: str) -> Decoded:
    r"""Put U+FFFD for surrogates without partner and for NUL, which no output format can hold, and note it.

    >>> replace_surrogates("a\ud800b").text == "a\ufffdb"
    True
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        fixed, count = re.subn("[\ud800-\udfff]", REPLACEMENT, text)
        note = f"{count} surrogates without partner replaced by U+FFFD, the first at character {error.start}"
        return _without_nul(Decoded(fixed, "utf-8", (note,)))
    return _without_nul(Decoded(text, "utf-8"))


def mend_legacy_font(text: str) -> tuple[str, str] | None:
    """Vietnamese typed in a TCVN3 or VNI font and then saved as Unicode, with the name of the encoding.

    None where the text is fine as it is, is no such Vietnamese, or has less than five words to tell by. TCVN3
    keeps the length, VNI does not.

    >>> mend_legacy_font("Thùc hiÖn NghÞ quyÕt sè 25 cña Ban ChÊp hµnh")
    ('Thực hiện Nghị quyết số 25 của Ban Chấp hành', 'TCVN3 (ABC)')
    >>> mend_legacy_font("Thực hiện Nghị quyết số 25 của Ban Chấp hành") is None
    True
    """
    sample = _from_first_odd(text)
    # no letter of these fonts lies above U+00FF; true Vietnamese has a third of its marked letters there
    beyond = sum(character >= "\u0100" and character.isalpha() for character in sample)
    if beyond > len(sample) // 100 or vietnamese_share(sample) > 0.5:
        return None
    latin = _as_latin(sample)
    for encoding in legacy_encodings():
        if encoding.id not in ("tcvn3", "vni"):
            continue
        meant = encoding.decode(latin)
        if vietnamese_share(meant) >= 0.8 and len(marked_words(meant)) >= 5:
            return encoding.decode(_as_latin(text)), encoding.name
    return None


def _decode_unicode(data: bytes, encoding: str, offset: int) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        return _with_replacements(data, encoding, error, offset)


def _with_replacements(data: bytes, encoding: str, error: UnicodeDecodeError, offset: int = 0) -> Decoded:
    """Read on where next to nothing is bad, or only the last character is cut; refuse where it is more."""
    text = data.decode(encoding, "replace")
    # U+FFFD that the file itself holds is not ours
    count = text.count(REPLACEMENT) - data.count(REPLACEMENT.encode(encoding))
    first = error.start + offset
    where = f"{count} invalid bytes or sequences in {encoding.upper()}, the first at byte {first}"
    if count >= BAD_SHARE * len(data) and error.end < len(data):
        raise ReadError(f"{where}; expected {encoding.upper()}, or less than {BAD_SHARE:.1%} invalid")
    return Decoded(text, encoding, (f"{where}: replaced by U+FFFD",))


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 whose NULs (the upper halves of ASCII) all lie on one side, and which decodes to text."""
    sample = data[: SAMPLE // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.3 * len(sample) / 2 or min(even, odd) > 0.01 * max(even, odd) or len(data) % 2:
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    controls = len(re.findall(r"[\0-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]", text))
    return encoding if controls <= 0.02 * len(text) else None


def _decode_other(data: bytes, declared: str | None, error: UnicodeDecodeError) -> Decoded:
    """What is not valid UTF-8: damaged UTF-8, a legacy encoding, or something else."""
    bad = len(data) - len(data.decode("utf-8", "ignore").encode("utf-8"))
    beyond_ascii = len(data.translate(None, bytes(range(0x80))))
    # several whole Vietnamese words in UTF-8 are no accident, however much around them is damaged
    meant = _from_first_odd(data.decode("utf-8", "ignore"))
    is_vietnamese = len(marked_words(meant)) >= 3 and vietnamese_share(meant) >= _SURE_SHARE
    mostly_utf8 = beyond_ascii > 2 * bad or is_vietnamese
    if mostly_utf8 and (bad < BAD_SHARE * len(data) or error.end >= len(data)):
        return _with_replacements(data, "utf-8", error)
    if is_vietnamese:
        return _with_replacements(data, "utf-8", error)
    sample = _from_first_odd(data.decode("latin-1"))
    readings: list[tuple[float, str, Callable[[bytes], str]]] = []
    try:
        share = vietnamese_share(sample.encode("latin-1").decode("cp1258"))
        readings.append((share, "cp1258", lambda raw: raw.decode("cp1258", "replace")))
    except UnicodeDecodeError:
        pass
    for legacy in legacy_encodings():
        readings.append((vietnamese_share(legacy.decode(sample)), legacy.id, _decoder(legacy)))
    share, name, decode = max(readings, key=lambda reading: reading[0])
    if share >= _SURE_SHARE:
        text = decode(data)
        notes = []
        if len(marked_words(text[: 2 * SAMPLE])) < 3:
            notes.append(f"encoding guessed from few words: {name}")
        if replaced := text.count(REPLACEMENT):
            notes.append(f"{replaced} bytes invalid in {name} replaced by U+FFFD")
        return Decoded(text, name, tuple(notes))
    if mostly_utf8:
        return _with_replacements(data, "utf-8", error)
    return _decode_by_guess(data, declared, sample.encode("latin-1"), error)


def _decoder(legacy: LegacyEncoding) -> Callable[[bytes], str]:
    return lambda raw: legacy.decode(raw.decode("latin-1"))


def _decode_by_guess(data: bytes, declared: str | None, sample: bytes, error: UnicodeDecodeError) -> Decoded:
    try:
        guess = codecs.lookup(declared).name if declared else None
    except LookupError:
        guess = None
    if guess in (None, "utf-8"):
        best = from_bytes(sample).best()
        guess = best.encoding if best else None
    if guess is None:
        found = f"no known encoding, byte {error.start} is not UTF-8"
        raise ReadError(f"{found}; expected UTF-8: save the file as that")
    text = data.decode(guess, "replace")
    replaced = text.count(REPLACEMENT)
    lost = f", {replaced} bytes replaced by U+FFFD" if replaced else ""
    return Decoded(text, guess, (f"not UTF-8 and not Vietnamese: read as {guess} by guess{lost}",))


def _without_nul(decoded: Decoded) -> Decoded:
    count = decoded.text.count("\0")
    if not count:
        return decoded
    note = f"{count} NUL characters replaced by U+FFFD, the first at character {decoded.text.index(chr(0))}"
    return Decoded(decoded.text.replace("\0", REPLACEMENT), decoded.encoding, (*decoded.notes, note))


def _from_first_odd(text: str) -> str:
    """The part that detection looks at: what is ASCII tells nothing."""
    found = re.search(r"[^\0-\x7f]", text)
    start = max(found.start() - 100, 0) if found else 0
    return text[start : start + SAMPLE]


def _as_latin(text: str) -> str:
    """Undo windows-1252: its punctuation and letters back to the bytes they came from."""
    return text.translate({ord(character): code for code, character in windows_punctuation().items()})
