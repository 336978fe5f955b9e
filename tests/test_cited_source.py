"""Sources as people know them: never an id, never the name of a file where something better is known."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.web.cited_source import CitedSource, source_namer
from graph.build import build
from graph.store import Store

LONG = "Tỉnh ủy tổng kết mười năm " + "rất dài " * 20

# text -> its name
TEXTS = [
    ("Hưng Yên: dân chủ ở cơ sở\n\nThực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013.", "Hưng Yên: dân chủ ở cơ sở"),
    ("\n\n  Sau   khoảng trống \nThực hiện Nghị quyết số 25-NQ/TW.", "Sau khoảng trống"),
    (LONG + "\nNghị quyết 25-NQ/TW", None),
]  # fmt: skip

# address -> site
ADDRESSES = [
    ("https://www.vbpl.vn/van-ban/1", "vbpl.vn"),
    ("http://[hỏng", ""),
    (None, ""),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("nguon")
    for number, (text, _) in enumerate(TEXTS):
        (folder / f"bai-{number}.txt").write_text(text, encoding="utf-8")
    build([folder], folder / "kho")
    with Store(folder / "kho") as opened:
        yield opened


def test_a_text_is_named_by_its_heading(store: Store) -> None:
    name = source_namer(store)
    found = {store.texts.raw(id_): name(id_, 0) for id_ in store.texts.ids("text")}
    for text, wanted in TEXTS:
        [told] = [source for raw, source in found.items() if raw == text]
        assert told == CitedSource(wanted or told.name)
        assert len(told.name) <= 81
    assert found[LONG + "\nNghị quyết 25-NQ/TW"].name.endswith("…")


def test_what_is_no_source_of_the_store_bears_its_id(store: Store) -> None:
    assert source_namer(store)("0" * 16, 5) == CitedSource("0" * 16)


def test_the_text_of_a_document_is_named_by_it(demo_store: Path) -> None:
    with Store(demo_store) as opened:
        names = [source_namer(opened)(id_, 0) for id_ in opened.texts.ids("text")]
    assert CitedSource("Chỉ thị số 28-CT/TU ngày 19/5/2022", is_text_of=True) in names


def test_a_row_of_the_catalogue_tells_where_it_was_read(demo_store: Path) -> None:
    with Store(demo_store) as opened:
        rows = list(opened.query(
            "SELECT ?s ?start { ?r ph:basis ph:catalogued ; ph:source ?s ; ph:start ?start } ORDER BY ?r"
        ))  # fmt: skip
        name = source_namer(opened)
        for row in rows:
            told = name(row["s"].value.rpartition("/")[2], int(row["start"].value))
            assert told.is_catalogue
            assert told.url and told.url.startswith("http") and told.site


@pytest.mark.parametrize(("address", "site"), ADDRESSES)
def test_site(address: str | None, site: str) -> None:
    assert CitedSource("danh mục", is_catalogue=True, url=address).site == site
