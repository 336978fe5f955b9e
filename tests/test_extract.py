"""What holds of every extraction: spans, quotes, keys; checked on made texts and on real ones where they are."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.extract import extract_source, extraction_record
from graph.model import SELF, Extraction, Source

words = st.sampled_from(
    [
        "Thực hiện",
        "Nghị quyết số 25-NQ/TW",
        "ngày 03/6/2013",
        "của Bộ Chính trị",
        ", ",
        "",
        " ",
        ". ",
        "\n",
        "\n\n",
        "Tỉnh ủy Sơn La",
        "đã ban hành",
        "Chỉ thị 28 –CT/TU",
        "Căn cứ",
        "Luật Đất đai",
        "năm 2013",
        "sửa đổi, bổ sung một số điều của",
        "Nghị định 12/2020/NĐ-CP",
        "Điều 1.",
        "Quyết định này",
        "thay thế",
        "“",
        "”",
        "(sau đây gọi tắt là Nghị quyết 25)",
        "hết hiệu lực kể từ ngày",
        "và",
        "Nghị̂ quyết 18",
        "217, 218 – QĐ/TW",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "QUYẾT ĐỊNH",
        "Số: 15/2020/QĐ-UBND",
        "về việc",
    ]
)
texts = st.lists(words, max_size=40).map(" ".join)


def check(source: Source, extraction: Extraction) -> None:
    """The invariants of design: every quote is its slice, every end is a reference of the text."""
    keys = [reference.key for reference in extraction.references]
    assert len(keys) == len(set(keys))
    assert (SELF in keys) == (extraction.self_key == SELF)
    end = 0
    for mention in extraction.mentions:
        assert end <= mention.start < mention.end <= len(source.raw)
        assert mention.text == source.raw[mention.start : mention.end]
        assert mention.document in keys
        end = mention.end
    mentioned = {mention.document for mention in extraction.mentions} | {SELF}
    for claim in extraction.claims:
        assert claim.quote == source.raw[claim.start : claim.end]
        assert claim.quote.strip()
        assert {claim.subject, claim.object} <= mentioned & set(keys)
        assert claim.subject != claim.object
        assert 0 < claim.confidence <= 1
    assert len({(c.subject, c.predicate, c.object) for c in extraction.claims}) == len(extraction.claims)


@given(texts)
def test_invariants_on_made_texts(raw: str) -> None:
    source = Source("made", raw)
    check(source, extract_source(source))


@given(st.text(max_size=200))
def test_no_text_breaks_extraction(raw: str) -> None:
    source = Source("any", raw)
    check(source, extract_source(source))


def test_extraction_is_pure() -> None:
    source = Source("a", "Thực hiện Nghị quyết số 25-NQ/TW, Tỉnh ủy Sơn La đã ban hành Chỉ thị số 11-CT/TU.")
    assert extract_source(source) == extract_source(Source("b", source.raw))


def test_the_record_keeps_the_contract() -> None:
    source = Source("a", "Thông tư số 06/2003/TT-BTM hướng dẫn thực hiện Nghị định số 02/2003/NĐ-CP.")
    record = extraction_record(source, extract_source(source))
    assert list(record) == ["source", "self", "documents", "mentions", "relations"]
    assert record["relations"][0]["predicate"] == "implements"
    assert record["relations"][0]["narrower"] == "guides"
    json.dumps(record)


def test_invariants_on_real_texts(shared: Path) -> None:
    path = shared / "corpus" / "documents.jsonl.gz"
    if not path.is_file():
        pytest.skip("needs shared/corpus/documents.jsonl.gz beside the checkout: not there")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            if i % 40 == 0:
                row = json.loads(line)
                source = Source(row["id"], row["text"][:60_000])
                check(source, extract_source(source))


def test_the_seed_is_read_whole(shared: Path, seed: Path) -> None:
    gold = json.loads((shared / "gold" / "dev" / "seed.json").read_text(encoding="utf-8"))
    source = Source("seed", seed.read_text(encoding="utf-8"))
    extraction = extract_source(source)
    number = {r.key: r.number for r in extraction.references}
    wanted = {k: d["number"] for k, d in gold["documents"].items()}
    assert {(number[c.subject], c.predicate, number[c.object]) for c in extraction.claims} == {
        (wanted[s], p, wanted[o]) for s, p, o in gold["relations"]
    }
