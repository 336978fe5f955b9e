"""A graph of as many documents as wanted: `python benchmarks/generate_graph.py N --store DIR | --output FILE.nq`.

The documents are invented, their shape is not: they go through `graph.state` as any build does. Numbers restart
each year in each counter, few documents are of the centre and most of the provinces, what is often implemented
is implemented more often (preferential attachment), each relation quotes its text, some are told twice, some
are too unsure to be edges, some documents bear no date. The same N and seed give the same bytes.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from graph.iri import document_path
from graph.load import hold_store, load_graph, publish
from graph.model import Claim, Extraction, Mention, Reference, Source
from graph.nquads import write_sorted
from graph.resolution import Document, Link, Resolution
from graph.scheme import scheme_quads
from graph.state import state_quads
from graph.texts import SourceMeta, Texts
from ontology.place import places

LEVELS = ("central", "ministry", "province", "district")
SHARES = (8, 14, 58, 20)
"""Documents in a hundred of each level."""

# level: (scope, type slug, type name, form of the number); {p} is a province, {n} the ordinal, {y} the year
COUNTERS = {
    "central": [
        ("tw", "nq", "Nghị quyết", "{n:02}-NQ/TW"),
        ("tw", "ct", "Chỉ thị", "{n:02}-CT/TW"),
        ("tw", "kl", "Kết luận", "{n:02}-KL/TW"),
        ("tw", "qd", "Quy định", "{n:02}-QĐ/TW"),
        ("vn", "luat", "Luật", "{n}/{y}/QH13"),
        ("vn", "nd", "Nghị định", "{n}/{y}/NĐ-CP"),
        ("vn", "qd", "Quyết định", "{n}/QĐ-TTg"),
        ("vn", "ct", "Chỉ thị", "{n}/CT-TTg"),
    ],
    "ministry": [
        ("vn", "tt", "Thông tư", "{n}/{y}/TT-BNV"),
        ("vn", "tt", "Thông tư", "{n}/{y}/TT-BTC"),
        ("vn", "tt", "Thông tư", "{n}/{y}/TT-BGDĐT"),
        ("vn", "qd", "Quyết định", "{n}/QĐ-BYT"),
    ],
    "province": [
        ("tu-{p}", "ct", "Chỉ thị", "{n:02}-CT/TU"),
        ("tu-{p}", "nq", "Nghị quyết", "{n:02}-NQ/TU"),
        ("tu-{p}", "kh", "Kế hoạch", "{n:02}-KH/TU"),
        ("ubnd-{p}", "qd", "Quyết định", "{n}/QĐ-UBND"),
        ("ubnd-{p}", "kh", "Kế hoạch", "{n}/KH-UBND"),
        ("hdnd-{p}", "nq", "Nghị quyết", "{n}/NQ-HĐND"),
    ],
    "district": [
        ("hu-thanh-ha-{p}", "kh", "Kế hoạch", "{n:02}-KH/HU"),
        ("hu-nam-sach-{p}", "ct", "Chỉ thị", "{n:02}-CT/HU"),
        ("hu-kim-dong-{p}", "nq", "Nghị quyết", "{n:02}-NQ/HU"),
    ],
}  # fmt: skip

DEEDS = ("tăng cường sự lãnh đạo của Đảng đối với", "đổi mới và nâng cao hiệu quả", "tiếp tục đẩy mạnh",
         "triển khai thực hiện", "quy định về", "phê duyệt đề án", "ban hành quy chế", "hướng dẫn thực hiện",
         "sơ kết ba năm thực hiện", "chấn chỉnh", "kiện toàn tổ chức làm", "bảo đảm nguồn lực cho")  # fmt: skip
SUBJECTS = ("công tác dân vận", "công tác tôn giáo", "công tác thanh niên", "phòng, chống tham nhũng",
            "bảo vệ môi trường", "chuyển đổi số", "cải cách hành chính", "quản lý đất đai", "giáo dục nghề nghiệp",
            "y tế cơ sở", "xây dựng nông thôn mới", "an toàn giao thông", "bình đẳng giới", "dữ liệu cá nhân",
            "dân chủ ở cơ sở", "quốc phòng, an ninh", "văn thư, lưu trữ", "tổ chức bộ máy", "kinh tế tập thể",
            "phòng cháy, chữa cháy", "bảo hiểm xã hội", "người có công", "đầu tư công", "hòa giải ở cơ sở",
            "giảm nghèo bền vững", "an toàn thực phẩm", "thủy lợi", "du lịch", "khoa học và công nghệ",
            "trẻ em")  # fmt: skip
WHERE = ("trong tình hình mới", "giai đoạn {y}-{z}", "của cơ quan nhà nước", "trên địa bàn {p}", "tại các xã, phường",
         "trong cán bộ, đảng viên", "của hệ thống chính trị", "theo hướng bền vững", "năm {y}",
         "đến năm {z}")  # fmt: skip

# predicate, mean number for each document, words of the sentence
RELATIONS = (
    ("implements", 0.7, "Thực hiện"),
    ("guides", 0.1, "Hướng dẫn thực hiện"),
    ("cites", 0.6, "Xem"),
    ("basedOn", 0.2, "Căn cứ"),
    ("replaces", 0.12, "Thay thế"),
    ("amends", 0.1, "Sửa đổi, bổ sung"),
)
COPIED = 0.65
"""Share of targets taken from those already chosen, so that the well known become better known."""
FIRST = 200
"""Targets chosen freely before any is copied, lest the very first take all."""
UNDATED = 0.02
UNSURE = 0.04
"""Share of relations that are inferred or below the threshold: records, and no edges."""
REPORTED = 0.15
"""Share of documents of which another text reports what they implement."""
FIRST_YEAR, N_YEARS = 2000, 26


class _Known(Mapping[tuple[str, str], Link]):
    """Links of references whose keys are the very paths of the documents they mean."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    def __getitem__(self, place: tuple[str, str]) -> Link:
        document = self._documents[place[1]]
        return Link(document.path, day=document.day)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def __len__(self) -> int:
        return 0


def invent_documents(count: int, rng: random.Random) -> list[Document]:
    """As many documents, oldest first; paths are unique."""
    slugs = {place.slug: place.name for place in places()}
    ordinals: Counter[tuple[str, str, int]] = Counter()
    found = []
    for index in range(count):
        level = rng.choices(LEVELS, SHARES)[0]
        scope, kind, _, form = rng.choice(COUNTERS[level])
        province = rng.choice(list(slugs))
        scope = scope.format(p=province)
        year = FIRST_YEAR + index * N_YEARS // count
        ordinals[scope, form, year] += 1
        number = form.format(n=ordinals[scope, form, year], y=year)
        topic = rng.choice(SUBJECTS), rng.choice(WHERE).format(y=year, z=year + 5, p=slugs[province])
        title = f"{rng.choice(DEEDS)} {topic[0]} {topic[1]}"
        date = f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        path = document_path(scope, kind, date, number, None)
        if rng.random() < UNDATED and "ubnd" not in scope:
            date = date[:4]
        found.append(
            Document(path, number, kind, title, date if rng.random() >= UNDATED else None, scope=scope)
        )
    return list({document.path: document for document in found}.values())


def invent_texts(
    documents: list[Document], rng: random.Random
) -> Iterator[tuple[Source, Extraction, SourceMeta]]:
    """The text of each document, what it relates to, and now and then a report that says so once more."""
    rank = [_rank(document) for document in documents]
    chosen: dict[str, list[int]] = {name: [] for name, _, _ in RELATIONS}
    for index, document in enumerate(documents):
        said: list[tuple[str, str, Document]] = []
        for name, mean, words in RELATIONS:
            for _ in range(_how_many(mean, rng)):
                target = _target(index, rank, name, chosen[name], rng)
                if target is not None:
                    said.append((name, words, documents[target]))
        yield _written(document, said, rng)
        if said and rng.random() < REPORTED:
            yield _reported(document, said[:1], rng)


def _rank(document: Document) -> int:
    scope = document.scope.split("-")[0]
    if scope in {"tw", "vn"}:
        return 1 if document.type == "tt" else 0
    return 3 if scope == "hu" else 2


def _how_many(mean: float, rng: random.Random) -> int:
    """A geometric number of this mean: mostly none or one, now and then many."""
    count = 0
    while rng.random() < mean / (1 + mean):
        count += 1
    return count


def _target(index: int, rank: list[int], name: str, chosen: list[int], rng: random.Random) -> int | None:
    """An older document, for what is implemented one of a higher level; None where none was hit upon."""
    for _ in range(8):
        other = (
            rng.choice(chosen)
            if len(chosen) >= FIRST and rng.random() < COPIED
            else rng.randrange(index or 1)
        )
        above = rank[other] < rank[index] if name in {"implements", "guides"} else True
        if other < index and above:
            chosen.append(other)
            return other
    return None


def _written(
    document: Document, said: list[tuple[str, str, Document]], rng: random.Random
) -> tuple[Source, Extraction, SourceMeta]:
    head = f"Văn bản số {document.number} ({document.path}) {document.title}.\n"
    return _text(document.path, head, document, said, "stated", rng)


def _reported(
    document: Document, said: list[tuple[str, str, Document]], rng: random.Random
) -> tuple[Source, Extraction, SourceMeta]:
    head = f"Tin về văn bản số {document.number} ({document.path}).\n"
    return _text(f"tin/{document.path}", head, None, said, "reported", rng, document)


def _text(
    name: str,
    raw: str,
    own: Document | None,
    said: list[tuple[str, str, Document]],
    basis: str,
    rng: random.Random,
    about: Document | None = None,
) -> tuple[Source, Extraction, SourceMeta]:
    """A text of one sentence for each relation, and its extraction; keys of references are paths."""
    subject = own or about
    assert subject is not None  # noqa: S101 - one of the two is given
    mentions, claims = [], []
    for predicate, words, target in said:
        start = len(raw)
        sentence = f"{words} văn bản số {target.number} về {target.title}"
        raw += sentence + ".\n"
        at = start + len(words) + len(" văn bản số ")
        mentions.append(Mention(at, at + len(target.number or ""), target.number or "", target.path))
        if predicate != "cites":
            is_sure = rng.random() >= UNSURE
            claims.append(
                Claim(
                    subject.path,
                    predicate,
                    target.path,
                    basis if is_sure or rng.random() < 0.5 else "inferred",  # type: ignore[arg-type]
                    round(rng.uniform(0.7, 1), 2) if is_sure else 0.4,
                    "generated",
                    start,
                    start + len(sentence),
                    sentence,
                )
            )
    source = Source(name, raw)
    keys = dict.fromkeys([subject.path, *(target.path for _, _, target in said)])
    extraction = Extraction(
        source.id,
        self_key=own.path if own else None,
        references=tuple(Reference(key) for key in keys),
        mentions=tuple(mentions),
        claims=tuple(claims),
    )
    return source, extraction, SourceMeta(source.id, "text", (name,), (), len(raw))


def graph_lines(count: int, seed: int, texts: Texts | None = None) -> Iterator[str]:
    """The graph as N-Quads lines, unsorted and with repeats; its texts are kept where a place for them is given."""
    rng = random.Random(seed)  # noqa: S311 - invented documents
    documents = {document.path: document for document in invent_documents(count, rng)}
    meta: dict[str, SourceMeta] = {}

    def extractions() -> Iterator[Extraction]:
        for source, extraction, about in invent_texts(list(documents.values()), rng):
            if texts is not None:
                texts.add(source)
            meta.clear()
            meta[source.id] = about
            yield extraction

    resolution = Resolution(documents, _Known(documents))
    return chain(scheme_quads(), state_quads(resolution, extractions(), meta.__getitem__))


def main() -> None:
    """Generate from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, help="documents")
    parser.add_argument("--store", type=Path, help="make a store folder, ready to be served")
    parser.add_argument("--output", type=Path, help="write sorted N-Quads")
    parser.add_argument("--seed", type=int, default=25)
    args = parser.parse_args()
    if (args.store is None) == (args.output is None):
        parser.error("expected one of --store and --output")
    started = time.perf_counter()
    if args.output is not None:
        n_quads = write_sorted(graph_lines(args.count, args.seed), args.output, args.output.parent)
    else:
        n_quads = make_store(args.count, args.seed, args.store)
    print(f"{args.count} documents, {n_quads} quads, {time.perf_counter() - started:.1f} s", file=sys.stderr)


def make_store(count: int, seed: int, store: Path) -> int:
    """A store folder whose live build is the generated graph; how many quads it holds."""
    with hold_store(store) as aside:
        with Texts(aside / "texts.sqlite", writable=True) as texts:
            n_quads = write_sorted(graph_lines(count, seed, texts), aside / "graph.nq", aside)
            counts = {"texts": len(texts), "documents": count}
            texts.seal()
        version = load_graph(aside, n_quads)
        publish(store, aside, {"version": version, "quads": n_quads, **counts})
    return n_quads


if __name__ == "__main__":
    main()
