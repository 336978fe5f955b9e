"""Findings as feeds: Atom (RFC 4287) and JSON Feed 1.1; an entry's id stays, so a reader tells new from known."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from graph.rows import Row

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"

_TITLE = "phahe: văn bản cần rà soát"
_SCHEME = "https://w3id.org/phahe/finding/"


def atom_feed(base: str, rows: Sequence[Row], built: float) -> bytes:
    """An Atom feed.

    Args:
        base: what stands before every path of this server.
        rows: findings as `graph.time_rows.finding_row` gives them.
        built: when the build was made, in seconds since 1970: the findings' date, since they follow from it.
    """
    updated = _moment(built)
    entries = "".join(
        f"<entry><id>{_SCHEME}{row['id']}</id><title>{_text(_title(row))}</title><updated>{updated}</updated>"
        f"<link href={quoteattr(_address(base, row))}/>"
        f"<category term={quoteattr(row['kind'])} label={quoteattr(row['kind_label'])}/>"
        f'<content type="text">{_text(_body(row))}</content></entry>'
        for row in rows
    )
    head = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi"><id>{_SCHEME}</id><title>{_TITLE}</title>'
        f"<updated>{updated}</updated><author><name>phahe</name></author>"
        f'<link rel="self" href={quoteattr(f"{base}/findings/feed.atom")}/>'
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}{entries}</feed>\n'.encode()


def json_feed(base: str, rows: Sequence[Row], built: float) -> Row:
    """A JSON Feed; arguments as for `atom_feed`."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _TITLE,
        "language": "vi",
        "home_page_url": f"{base}/findings",
        "feed_url": f"{base}/findings/feed.json",
        "items": [
            {
                "id": f"{_SCHEME}{row['id']}",
                "url": _address(base, row),
                "title": _title(row),
                "content_text": _body(row),
                "date_modified": _moment(built),
                "tags": [row["kind"], row["severity"]],
            }
            for row in rows
        ],
    }


def _title(row: Row) -> str:
    document = row["documents"][0]
    return f"{row['kind_label']}: {document['number'] or document['path']}"


def _body(row: Row) -> str:
    quotes = [f"“{edge['evidence'][0]['quote']}”" for edge in row["edges"]]
    rule = [row["regime"]["words"]] if row["regime"] else []
    return "\n\n".join([row["words"], *rule, *quotes])


def _address(base: str, row: Row) -> str:
    return f"{base}/documents/{row['documents'][0]['path']}"


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _text(words: str) -> str:
    """Words as XML text; signs that XML 1.0 cannot hold are left out."""
    return escape("".join(sign for sign in words if sign in "\t\n\r" or sign >= " "))
