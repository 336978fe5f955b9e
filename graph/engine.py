"""Small things said to and by the RDF engine, for all that speak with it."""

import pyoxigraph as ox

_LONGEST = 500


def has_graph(rdf: ox.Store, name: str) -> bool:
    """Whether there is a named graph of this IRI; what is no IRI names none."""
    try:
        return bool(rdf.contains_named_graph(ox.NamedNode(name)))
    except ValueError:
        return False


def error_line(error: BaseException) -> str:
    """What an error says, on one line of bounded length: the engine lists all that it would have taken."""
    return " ".join(str(error).split())[:_LONGEST] or type(error).__name__
