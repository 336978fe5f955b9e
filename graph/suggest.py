"""What somebody may be about to ask for, told while they type."""

from graph.facts import Document, documents_of
from graph.index import document_index
from graph.vocabulary import Queryable
from graph.wanted import words_of

_MAX_WORDS = 12
_QUERY = (
    "SELECT DISTINCT document FROM name_text JOIN name ON name.id = name_text.rowid"
    " WHERE name_text MATCH ? ORDER BY name_text.rowid LIMIT ?"
)


def suggest(store: Queryable, prefix: str, limit: int = 8) -> list[Document]:
    """Documents whose title, alias or number goes on from what was typed, the best known first.

    The words typed may stand anywhere in the name, in this order and in a row, the last perhaps unfinished; only
    where too few are found, anywhere in any order. Marks and case do not count: `25-n`, `nghi quyet 25`, `dân v`.

    Args:
        store: what to ask.
        prefix: what was typed so far; nothing is suggested for nothing.
        limit: most documents.
    """
    words = [word for word in words_of(prefix) if word != "so"][:_MAX_WORDS]
    if not words:
        return []
    index = document_index(store)
    in_a_row = f'{{folded number}} : "{" ".join(words)}" *'
    anywhere = " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}" *'])
    found: dict[int, None] = {}
    for query in (in_a_row, f"{{folded number}} : ({anywhere})"):
        if len(found) < limit:
            found.update((row[0], None) for row in index.rows(_QUERY, (query, limit)))
    chosen = list(found)[:limit]
    documents = documents_of(index, chosen)
    return [documents[number] for number in chosen]
