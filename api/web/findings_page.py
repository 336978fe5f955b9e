"""The page of findings for review: what is asked for, which part of it, each with the words of its sources."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response

from api.pages import page
from api.tables import shown_evidence
from api.web.cited_source import source_namer
from api.web.language import visitor_of
from api.web.paging import paging_of
from graph.facts import Document
from graph.finding import Finding
from graph.store import Store
from ontology.finding import SEVERITIES, finding_kinds, severity_label

_ROWS = 25
_TONES = {"high": "bad", "medium": "warn", "low": ""}

Choice = tuple[str, str, bool]
"""Label and address of a filter, and whether it is the present one."""


def findings_page(
    request: Request,
    store: Store,
    items: Sequence[Finding],
    as_of: str,
    about: Document | None,
    hidden: int,
    skipped: Mapping[str, int],
) -> Response:
    """The page, a part of it with `?offset=25`.

    Args:
        request: what is answered; its parameters are the filters.
        store: where the findings are from.
        items: all that fit, most severe first.
        as_of: ISO day.
        about: the only document asked about, or None.
        hidden: how many are marked and not shown.
        skipped: pairs that the data leave open, by kind.
    """
    language = visitor_of(request).language
    is_english = language == "en"
    labels = {name: kind.label_en if is_english else kind.label for name, kind in finding_kinds().items()}
    severities = {name: severity_label(name, language) for name in SEVERITIES}
    paging = paging_of(request, len(items), _ROWS)
    kept = {
        name: request.query_params.getlist(name) for name in ("ref", "kind", "severity", "as_of", "known_at")
    }
    return page(
        request,
        "findings.html",
        items=items[paging.offset : paging.last],
        paging=paging,
        as_of=as_of,
        about=about,
        hidden=hidden,
        skipped=[(labels[kind], count) for kind, count in skipped.items()],
        kinds=_choices(kept, "kind", labels),
        severities=_choices(kept, "severity", severities),
        labels=labels,
        severity_labels=severities,
        tones=_TONES,
        query=urlencode([(name, value) for name, values in kept.items() for value in values]),
        source_of=source_namer(store),
        shown_evidence=shown_evidence,
    )


def _choices(kept: Mapping[str, list[str]], name: str, labels: Mapping[str, Any]) -> list[Choice]:
    """One for each value, beside the other filters; the first, of no value and no label, takes the filter away."""
    others = [(key, value) for key, values in kept.items() if key != name for value in values]
    return [("", "?" + urlencode(others), not kept[name])] + [
        (label, "?" + urlencode([*others, (name, value)]), value in kept[name])
        for value, label in labels.items()
    ]
