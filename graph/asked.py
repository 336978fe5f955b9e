"""A question in plain Vietnamese with what it names, and the named query that is run for it."""

from graph.facts import Document
from graph.iri import mint
from graph.question import Question
from graph.vocabulary import NAMESPACE, Queryable, local_name
from ontology.place import place_of_slug
from ontology.query import NamedQuery, named_query


class Asked:
    """A question with the document it names, and the rows of its named query.

    Args:
        store: what to ask.
        question: as it was understood.
        document: the document it names, or None.
        today: ISO day.

    Attributes:
        sparql: its named query with what was asked put into it, ready to be run by anybody.
    """

    def __init__(self, store: Queryable, question: Question, document: Document | None, today: str) -> None:
        self.store = store
        self.question = question
        self.today = today
        self._document = document
        query = named_query(question.form.query)
        self.sparql = _filled(query, document, question.place)
        self.columns = query.columns

    @property
    def document(self) -> Document:
        """The document the question names."""
        assert self._document is not None  # noqa: S101 - forms that ask for it have a place for it
        return self._document

    @property
    def place(self) -> str:
        """Name of the province the question names."""
        place = place_of_slug(self.question.place or "")
        return place.name if place else ""

    def rows(self) -> list[dict[str, str]]:
        """The rows of the named query, what is not bound as empty, what is of the vocabulary by its local name."""
        return [{name: _value(row[name]) for name in self.columns} for row in self.store.query(self.sparql)]


def _filled(query: NamedQuery, document: Document | None, place: str | None) -> str:
    """A named query with the values asked about put into it, ready to be run by anybody."""
    given = {"document": document.iri if document else None, "place": mint("place", place) if place else None}
    bound = [
        f"  VALUES ?{name} {{ <{iri}> }}\n"
        for name in (parameter.split()[0] for parameter in query.parameters)
        if (iri := given.get(name))
    ]
    return query.text.replace("WHERE {\n", "WHERE {\n" + "".join(bound), 1)


def _value(term: object) -> str:
    value = getattr(term, "value", None)
    if not isinstance(value, str):
        return ""
    return local_name(value) if value.startswith(NAMESPACE) else value


def _path(iri: str) -> str | None:
    return iri.partition("/doc/")[2] or None
