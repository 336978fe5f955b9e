"""How to cite a document in full, as an official paper cites another for the first time.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6: type, number, date of issue, issuing body and
title; a law or an ordinance goes by its type and name.
"""

from graph.facts import Document
from graph.named import LAW_TYPES


def cite_document(document: Document) -> str:
    """The citation of a document in Vietnamese; what is not known of it is left out.

    A title that does not begin with "về" stands in quotation marks, since nothing else tells where it begins.

    >>> cite_document(Document("", "tw/nq/2013/25", label="Nghị quyết số 25-NQ/TW ngày 03/6/2013",
    ...     issuer="Ban Chấp hành Trung ương", title="Về tăng cường công tác dân vận", type_slug="nq"))
    'Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương về tăng cường công tác dân vận'
    >>> cite_document(Document("", "vn/luat/2022/10-qh15", label="Luật số 10/2022/QH15 ngày 10/11/2022",
    ...     number="10/2022/QH15", type="Luật", type_slug="luat", title="Thực hiện dân chủ ở cơ sở"))
    'Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15 ngày 10/11/2022'
    """
    title = " ".join((document.title or "").split())
    if document.type_slug in LAW_TYPES and document.number and document.type and title:
        rest = document.label.removeprefix(document.type).strip()
        name = title if title.lower().startswith(document.type.lower()) else f"{document.type} {title}"
        return f"{name} {rest}"
    cited = document.label
    if document.issuer:
        cited += f" của {document.issuer}"
    if title and title not in document.label:
        cited += f" v{title[1:]}" if title.lower().startswith("về ") else f" “{title}”"
    return cited
