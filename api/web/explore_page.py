"""The page of the explorer, with the picture to begin with in it."""

from typing import Any

from fastapi import Request, Response

from api.pages import page
from api.web.assets import assets
from api.web.drawing import empty_picture, picture_of
from api.web.language import Language, messages, section, visitor_of
from graph.ask import resolve_reference
from graph.project import neighbourhood
from graph.store import Store
from graph.vocabulary import vocabulary_labels


def explore_page(request: Request, store: Store, ref: str | None, hops: int, cap: int) -> Response:
    """The page, for a document or empty; what stands after # in its address is the script's.

    Raises:
        AmbiguousReferenceError: several documents bear the reference.
        UnknownReferenceError: none does.
    """
    language = visitor_of(request).language
    document = resolve_reference(store, ref) if ref else None
    return page(
        request,
        "explore.html",
        heading=document.label if document else messages(language)["explore.title"],
        picture=picture_of(store, neighbourhood(store, document, hops, cap))
        if document
        else empty_picture(store),
        words=explorer_words(store, language),
        service=True,
        modules=[name for name in assets() if name.startswith("explore/") and name.endswith(".js")],
    )


def explorer_words(store: Store, language: Language) -> dict[str, Any]:
    """What the script may say: the section `explore`, and the vocabulary's words as `label_{local name}`."""
    labels = {f"label_{name}": label for name, label in vocabulary_labels(store, language).items()}
    return labels | {"label_": messages(language)["explore.unknown"]} | section(language, "explore")
