"""How each form of question is answered: a sentence, headings and rows, all in Vietnamese.

Every function takes the question and gives what it says, the headings, and rows of cells with the path of the
document each is about.
"""

from collections.abc import Callable

from graph.ask import list_implementing
from graph.asked import Asked
from graph.compare import compare
from graph.coverage import Era, cover
from graph.diff import diff_lineage
from graph.lookup import shown_date, shown_days
from graph.status import status_of
from graph.territory import founded
from graph.vocabulary import local_name, vocabulary_labels
from ontology.place import earlier_places, place_of_slug
from ontology.status import reason_words, state_label

Rows = list[tuple[tuple[str, ...], str | None]]
Made = tuple[str, tuple[str, ...], Rows]


def _path(iri: str) -> str | None:
    return iri.partition("/doc/")[2] or None


def _listed(rows: list[dict[str, str]], key: str, *columns: str) -> Rows:
    """Rows about documents, each once, with the columns wanted."""
    seen: dict[str, tuple[str, ...]] = {}
    for row in rows:
        cells = tuple(
            shown_date(row[name]) if name.lower().endswith("date") and row[name] else row[name]
            for name in columns
        )
        seen.setdefault(row[key], cells)
    return [(cells, _path(iri)) for iri, cells in seen.items()]


def _implementing(asked: Asked) -> Made:
    rows = asked.rows()
    if asked.question.form.name == "implementing_local":
        rows = [row for row in rows if row["level"] != "central"]
    if asked.question.place:
        rows = [row for row in rows if local_name(row["place"]) == asked.question.place]
    quotes = {
        item.document.iri: item.evidence.quote for item in list_implementing(asked.store, asked.document)
    }
    for row in rows:
        row["quote"] = quotes.get(row["implementing"], "")
    found = _listed(rows, "implementing", "label", "date", "title", "quote")
    where = (
        f" của {asked.place}"
        if asked.question.place
        else " địa phương"
        if "local" in asked.question.form.name
        else ""
    )
    says = f"Kho này biết {len(found)} văn bản{where} thực hiện {asked.document.label}."
    return says, ("Văn bản", "Ngày", "Trích yếu", "Câu trích"), found


def _status(asked: Asked) -> Made:
    as_of = asked.question.date or asked.today
    status = status_of(asked.store, [asked.document], as_of)[asked.document.iri]
    label = state_label(status.state, asked.document.polity)
    why = reason_words(status.reason, shown_date(as_of))
    says = f"Tính đến {shown_date(as_of)}, {asked.document.label}: {label}. {why}"
    acts = [*status.chain, *status.undated]
    rows: Rows = [
        ((act.by.label, shown_days(act.moment.shown) if act.moment else "", act.edge.best.quote), act.by.path)
        for act in dict.fromkeys(acts)
    ]
    return says, ("Văn bản tác động", "Từ ngày", "Câu trích"), rows


def _acting(asked: Asked, wanted: tuple[str, ...], words: str) -> Made:
    rows = [row for row in asked.rows() if row["predicate"] in wanted]
    found = _listed(rows, "by", "label", "relationEffective", "quote")
    says = (
        f"{len(found)} văn bản {words} {asked.document.label}."
        if found
        else f"Kho này không có văn bản nào {words} {asked.document.label}; ngoài kho có thể có."
    )
    return says, ("Văn bản", "Hiệu lực từ", "Câu trích"), found


def _acted_on(asked: Asked, wanted: tuple[str, ...], words: str) -> Made:
    rows = [row for row in asked.rows() if row["predicate"] in wanted]
    found = _listed(rows, "other", "label", "quote")
    return (
        f"{asked.document.label} {words} {len(found)} văn bản, theo kho này.",
        ("Văn bản", "Câu trích"),
        found,
    )


def _cited_by(asked: Asked) -> Made:
    rows = [row for row in asked.rows() if row["predicate"] in ("basedOn", "cites")]
    found = _listed(rows, "other", "label", "date", "quote")
    return (
        f"{len(found)} văn bản căn cứ hoặc dẫn {asked.document.label}.",
        ("Văn bản", "Ngày", "Câu trích"),
        found,
    )


def _coverage(asked: Asked) -> Made:
    found = cover(asked.store, asked.document, asked.today)
    era: Era = "present" if "present" in found.totals else "old"
    totals = found.totals[era]
    total = sum(totals.values())
    says = (
        f"Trong {total} tỉnh, thành: {totals['implemented']} có văn bản thực hiện {asked.document.label},"
        f" {totals['predecessor']} còn văn bản của nơi đã sáp nhập, {totals['nothing-found']} chưa thấy dù kho có văn"
        f" bản của nơi ấy, {totals['unknown']} không biết vì kho không có văn bản nào của nơi ấy từ khi đó. Đây là điều"
        " kho này có, không phải đánh giá việc thực hiện."
    )
    missing = asked.question.form.name == "coverage_missing"
    wanted = ("nothing-found", "unknown") if missing else ("implemented", "predecessor")
    words = {"implemented": "có văn bản", "predecessor": "văn bản của nơi đã sáp nhập",
             "nothing-found": "chưa thấy trong kho", "unknown": "không biết"}  # fmt: skip
    rows: Rows = [
        (
            (
                item.place.name,
                words[item.state],
                ", ".join(one.document.number or one.document.label for one in item.documents),
            ),
            item.documents[0].document.path if item.documents else None,
        )
        for item in found.territories
        if item.era == era and item.state in wanted
    ]
    return says, ("Địa phương", "Tình trạng", "Văn bản"), rows


def _compare(asked: Asked) -> Made:
    rows: Rows = [
        (
            (
                row.item.document.place or "",
                row.item.document.label,
                "" if row.delay is None else str(row.delay),
                str(row.chain),
            ),
            row.item.document.path,
        )
        for row in compare(asked.store, asked.document, as_of=asked.today)
    ]
    says = f"{len(rows)} văn bản địa phương thực hiện {asked.document.label}, theo địa phương."
    return says, ("Địa phương", "Văn bản", "Sau (ngày)", "Số bước"), rows


def _diff(asked: Asked) -> Made:
    start, end = sorted((asked.question.date or "", asked.question.date2 or ""))
    found = diff_lineage(asked.store, asked.document, start, end)
    rows: Rows = [((item.label, "thêm", ""), item.path) for item in found.added]
    rows += [
        (
            (
                change.document.label,
                state_label(change.after.state, change.document.polity),
                ", ".join(act.by.label for act in change.cause),
            ),
            change.document.path,
        )
        for change in found.changes
    ]
    says = (
        f"Từ {shown_date(start)} đến {shown_date(end)}, phả hệ của {asked.document.label}"
        f" thêm {len(found.added)} văn bản;"
        f" {len(found.changes)} văn bản đổi tình trạng."
    )
    return says, ("Văn bản", "Thay đổi", "Do"), rows


def _review(asked: Asked) -> Made:
    found = _listed(asked.rows(), "document", "label", "groundLabel", "byLabel", "from")
    says = (
        f"{len(found)} văn bản nên được rà soát, vì văn bản làm căn cứ đã thay đổi."
        " Đây không phải kết luận về hiệu lực."
    )
    return says, ("Văn bản", "Dựa trên", "Đã đổi bởi", "Từ ngày"), found


def _collect(asked: Asked) -> Made:
    found = _listed(asked.rows(), "document", "label", "citing")[:50]
    says = f"{len(found)} văn bản được nhắc đến nhiều nhất mà kho chưa có."
    return says, ("Văn bản", "Số văn bản nhắc đến"), found


def _place_history(asked: Asked) -> Made:
    place = place_of_slug(asked.question.place or "")
    assert place is not None  # noqa: S101 - the question was understood
    heirs = [heir.full_name for slug in place.successors if (heir := place_of_slug(slug))]
    if place.until:
        says = f"{place.full_name} đến {shown_date(place.until)} thì nhập vào: {', '.join(heirs)}."
    else:
        day = founded(place.slug)
        parts = [item for slug in earlier_places(place.slug) if (item := place_of_slug(slug))]
        merged = [item for item in parts if place.slug in item.successors and item.until]
        since = (
            f" Từ {day // 10000} gồm cả: {', '.join(item.name for item in merged)}." if day and merged else ""
        )
        says = f"{place.full_name} là tỉnh, thành hiện nay.{since}"
    return says, (), []


def _place_documents(asked: Asked) -> Made:
    found = _listed(asked.rows(), "document", "label", "date")
    says = f"Kho có {len(found)} văn bản của {asked.place}, kể cả của những nơi đã nhập vào đó."
    return says, ("Văn bản", "Ngày"), found


def _facts(asked: Asked) -> Made:
    document = asked.document
    parts = [
        document.label,
        document.title,
        f"ban hành {shown_date(document.date)}" if document.date else "chưa rõ ngày ban hành",
        f"cơ quan ban hành: {document.issuer}" if document.issuer else "chưa rõ cơ quan ban hành",
    ]
    labels = vocabulary_labels(asked.store)
    rows: Rows = [
        (
            (
                labels.get(local_name(row["property"]), local_name(row["property"])),
                row["name"] or row["value"],
            ),
            None,
        )
        for row in asked.rows()
        if "://" not in row["property"]
    ]
    return ". ".join(part for part in parts if part) + ".", ("Điều đã biết", "Giá trị"), rows


def _counts(asked: Asked) -> Made:
    labels = vocabulary_labels(asked.store)
    rows: Rows = [((labels.get(row["kind"], row["kind"]), row["count"]), None) for row in asked.rows()]
    count = next((row["count"] for row in asked.rows() if row["kind"] == "Document"), "0")
    return f"Kho có {count} văn bản.", ("Loại", "Số"), rows


_ENDING = ("supersedes", "replaces", "repeals")

ANSWERS: dict[str, Callable[[Asked], Made]] = {
    "coverage_missing": _coverage,
    "coverage_count": _coverage,
    "compare": _compare,
    "implementing_place": _implementing,
    "implementing_local": _implementing,
    "implementing": _implementing,
    "status_at": _status,
    "status": _status,
    "superseded_by": lambda asked: _acting(asked, _ENDING, "thay thế hoặc bãi bỏ"),
    "supersedes": lambda asked: _acted_on(asked, _ENDING, "thay thế hoặc bãi bỏ"),
    "amended_by": lambda asked: _acting(asked, ("amends",), "sửa đổi, bổ sung"),
    "amends": lambda asked: _acted_on(asked, ("amends",), "sửa đổi, bổ sung"),
    "implements": lambda asked: _acted_on(asked, ("implements", "details", "guides"), "thực hiện"),
    "based_on": lambda asked: _acted_on(asked, ("basedOn",), "căn cứ vào"),
    "cited_by": _cited_by,
    "diff": _diff,
    "review": _review,
    "review_of": _review,
    "collect": _collect,
    "place_history": _place_history,
    "place_documents": _place_documents,
    "facts": _facts,
    "counts": _counts,
}
"""The answer to each form, by its name."""
