"""The values that pass between the stages: texts, references, mentions, claimed relations, extractions.

All are immutable. Offsets are code points, half-open, into the raw text as decoded, unless a name says `clean`.
Dates are ISO 8601 prefixes (`2013-06-03`, `2013-06`, `2013`): as precise as known, never padded.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

Basis = Literal["stated", "reported", "catalogued", "inferred"]
"""Who says so: the document itself, another text, an official list, or we by conclusion."""

MIN_CONFIDENCE = 0.5
"""Least confidence of a relation that is stated as a direct edge besides its record."""

SELF = "self"
"""Key of the text itself among its references."""


@dataclass(frozen=True, slots=True)
class Source:
    """One text as it was read.

    Attributes:
        name: file stem, or the `id` of a JSONL line; for people, not unique.
        raw: the text as decoded; every offset counts its code points.
        origin: where it came from (file name, or the `url` of a JSONL line), or None.
        kind: "text", or "catalogue" for a table of documents or of relations.
    """

    name: str
    raw: str
    origin: str | None = None
    kind: Literal["text", "catalogue"] = "text"

    @property
    def id(self) -> str:
        """Content hash: 16 hexadecimal digits of SHA-256 over the UTF-8 bytes; equal texts are one source.

        >>> Source("a", "Nghị quyết").id == Source("b", "Nghị quyết").id
        True
        """
        return hashlib.sha256(self.raw.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Reference:
    """One document as one text speaks of it: what all its mentions in that text say together.

    Attributes:
        key: `self` or `d1`, `d2`, ... in order of first mention; unique within the text.
        number: canonical number as cited (`25-NQ/TW`, `33/CT-TTg`, `10/2022/QH15`), the bare ordinal (`25`) where
            the text gives no symbol, or None for a document cited by name.
        type: type word as the text has it, in the scheme's spelling (`Nghị quyết`), or None.
        date: ISO prefix, or None.
        issuer: as the text names it, or None.
        title: as the text gives it, without quotation marks, or None; for a named document its name.
        named: whether it is cited by name only.
        scope: counter scope as in IRIs (`tw`, `tu-hai-duong`, `vn`, `ubnd-hai-duong`), or None where the text does
            not tell (a provincial number without a province).
        place: slug of the province the document belongs to (`hai-duong`), or None.
        term: slug of the Party term (`tw-11`) the text names for it, or None.
        context: words around its mentions and the head of the text, folded to lower case, at most 600 code
            points: what identity may be decided by where number and date leave it open. May be empty.
    """

    key: str
    number: str | None = None
    type: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    named: bool = False
    scope: str | None = None
    place: str | None = None
    term: str | None = None
    context: str = ""
    # Only a catalogue fills the rest.
    id: str | None = None
    aliases: tuple[str, ...] = ()
    effective: str | None = None
    polity: str | None = None
    level: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the raw text that cites a document; in text order and disjoint within an extraction."""

    start: int
    end: int
    text: str
    document: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation between two references of one text, with the words that say so.

    Attributes:
        subject: key of the reference that acts (implements, replaces ...).
        predicate: local name in the vocabulary (`implements`, `supersedes`, `amends`, `basedOn`, `cites` ...).
        object: key of the reference acted on.
        basis: who says so.
        confidence: 0 to 1, higher is surer.
        rule: id of the cue in `ontology/cues.toml` that fired.
        start: start of the quoted evidence.
        end: end of it; `quote == raw[start:end]`.
        provision: article or clause of the subject that says so (`Điều 3`), or None.
        effective: ISO date from which it holds, or None.
    """

    subject: str
    predicate: str
    object: str
    basis: Basis
    confidence: float
    rule: str
    start: int
    end: int
    quote: str
    provision: str | None = None
    effective: str | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether the dates contradict what the sentence seems to say: most such readings are wrong.

        What a report lists side by side ("Thực hiện A1, A2, tỉnh đã ban hành X1, X2") remains its word, of low
        confidence, though X1 is older than A2.
        """
        return self.rule.endswith("-older") and "-issued" not in self.rule


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one text says, before identity is decided: pure, and the unit of caching and distribution.

    Attributes:
        source: id of the source (its content hash).
        self_key: `self` where the text is itself a document, else None.
        references: by key, in order of first mention, `self` first.
        mentions: in text order, disjoint, possibly empty.
        claims: sorted by (start, subject, predicate, object), unique in (subject, predicate, object).
        date: the text's own date (its header, or a dateline), ISO prefix, or None: a bound for what it can cite.
        place: slug of the province that publishes the text, or None.
    """

    source: str
    self_key: str | None = None
    references: tuple[Reference, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = field(default=())
    date: str | None = None
    place: str | None = None

    def reference(self, key: str) -> Reference:
        """The reference with this key.

        Raises:
            KeyError: no reference has it.
        """
        for reference in self.references:
            if reference.key == key:
                return reference
        raise KeyError(key)
