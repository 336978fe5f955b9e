"""An invented country of documents: what was issued when, by whom, under which number, and what each relates to.

Numbers restart as they do: the Centre's with the Party term, a province's committee's with its own congress, the
Assembly's with its term, the State's with the year. Ministries and provinces that were merged in 2025 issue no
more after it. What is often related to is related to more often (preferential attachment). Titles, numbers and
dates are invented; the same count and seed give the same world.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from ontology.place import Place, places
from ontology.term import term_of_date

FIRST_DAY, LAST_DAY = date(2004, 1, 5), date(2026, 9, 30)
MERGER_OF_MINISTRIES, MERGER_OF_PROVINCES = date(2025, 3, 1), date(2025, 7, 1)
COPIED = 0.6
"""Share of targets taken from those already related to, so that the well known become better known."""
NEARBY = 4000
"""How many of the latest documents of a kind are still related to."""

SUBJECTS = (
    "kinh tế tập thể", "bảo vệ nguồn nước", "dữ liệu mở", "văn thư điện tử", "nghề thủ công", "an toàn hồ đập",
    "nhà ở nông thôn", "giáo dục mầm non", "y học cổ truyền", "du lịch cộng đồng", "chợ truyền thống", "vận tải đường thủy",
    "cây xanh đô thị", "phòng cháy rừng", "đánh bắt xa bờ", "thư viện cơ sở", "bảo tồn di sản", "năng lượng mặt trời",
    "khuyến nông", "thanh niên nông thôn", "người cao tuổi", "hòa giải cơ sở", "tiếp công dân", "hợp tác biên giới",
    "đào tạo cán bộ trẻ", "kiểm soát giá thuốc", "nước sạch vùng cao", "chăn nuôi an toàn", "công nghệ sinh học",
    "quản lý đê điều", "đo lường hàng hóa", "thống kê cơ sở", "bưu chính công ích", "trợ giúp trẻ em", "làng nghề",
    "giống cây trồng", "phòng chống hạn mặn", "vật liệu xây dựng", "thể thao học đường", "tín dụng vi mô",
)  # fmt: skip
ASPECTS = (
    "trong tình hình mới", "ở cơ sở", "theo hướng bền vững", "gắn với chuyển đổi số", "vùng đồng bào dân tộc thiểu số",
    "trong các cơ quan nhà nước", "khu vực ven biển", "tại các xã, phường", "của hộ gia đình", "trong trường học",
)  # fmt: skip


class Kind(NamedTuple):
    """A series of documents: one issuer's (in each province one), one type, one way of numbering.

    Attributes:
        type, word: slug and name of the type.
        form: of the number; {n} ordinal, {y} year, {q} number of the Assembly.
        scope: of the path; {p} is the province's slug.
        issuer: {p} is the province's name.
        restarts: with the party "term", the provincial "congress", the "assembly", or the "year".
        weight: documents in ten thousand.
        until: first day on which it issues no more, or None.
        since: first day on which it issues.
    """

    type: str
    word: str
    form: str
    scope: str
    issuer: str
    restarts: str
    weight: int
    until: date | None = None
    since: date = FIRST_DAY

    @property
    def is_local(self) -> bool:
        """Whether each province has one."""
        return "{p}" in self.scope


def _ministry(sign: str, name: str, weight: int, until: date | None = None) -> Kind:
    return Kind(
        "tt", "Thông tư", f"{{n:02}}/{{y}}/TT-{sign}", "vn", f"Bộ trưởng Bộ {name}", "year", weight, until
    )


_M = MERGER_OF_MINISTRIES
KINDS = (
    Kind("nq", "Nghị quyết", "{n:02}-NQ/TW", "tw", "Bộ Chính trị", "term", 18),
    Kind("ct", "Chỉ thị", "{n:02}-CT/TW", "tw", "Ban Bí thư", "term", 20),
    Kind("kl", "Kết luận", "{n:02}-KL/TW", "tw", "Bộ Chính trị", "term", 26),
    Kind("qd", "Quy định", "{n:02}-QĐ/TW", "tw", "Bộ Chính trị", "term", 36),
    Kind("luat", "Luật", "{n:02}/{y}/QH{q}", "vn", "Quốc hội", "assembly", 10),
    Kind("nd", "Nghị định", "{n:02}/{y}/NĐ-CP", "vn", "Chính phủ", "year", 140),
    Kind("qd", "Quyết định", "{n}/QĐ-TTg", "vn", "Thủ tướng Chính phủ", "year", 300),
    Kind("qd", "Quyết định", "{n:02}/{y}/QĐ-TTg", "vn", "Thủ tướng Chính phủ", "year", 70),
    Kind("ct", "Chỉ thị", "{n:02}/CT-TTg", "vn", "Thủ tướng Chính phủ", "year", 40),
    _ministry("BNV", "Nội vụ", 90), _ministry("BTC", "Tài chính", 190), _ministry("BYT", "Y tế", 100),
    _ministry("BGDĐT", "Giáo dục và Đào tạo", 90), _ministry("BXD", "Xây dựng", 70), _ministry("BKHCN", "Khoa học và Công nghệ", 60),
    _ministry("BNNPTNT", "Nông nghiệp và Phát triển nông thôn", 120, _M), _ministry("BGTVT", "Giao thông vận tải", 90, _M),
    _ministry("BLĐTBXH", "Lao động - Thương binh và Xã hội", 80, _M), _ministry("BTTTT", "Thông tin và Truyền thông", 60, _M),
    _ministry("BTNMT", "Tài nguyên và Môi trường", 70, _M),
    _ministry("BNNMT", "Nông nghiệp và Môi trường", 120)._replace(since=_M),
    Kind("qd", "Quyết định", "{n:02}/{y}/QĐ-UBND", "ubnd-{p}", "Ủy ban nhân dân tỉnh {p}", "year", 2300),
    Kind("qd", "Quyết định", "{n}/QĐ-UBND", "ubnd-{p}", "Ủy ban nhân dân tỉnh {p}", "year", 2400),
    Kind("kh", "Kế hoạch", "{n}/KH-UBND", "ubnd-{p}", "Ủy ban nhân dân tỉnh {p}", "year", 1100),
    Kind("nq", "Nghị quyết", "{n:02}/{y}/NQ-HĐND", "hdnd-{p}", "Hội đồng nhân dân tỉnh {p}", "year", 900),
    Kind("nq", "Nghị quyết", "{n:02}-NQ/TU", "tu-{p}", "Tỉnh ủy {p}", "congress", 250),
    Kind("ct", "Chỉ thị", "{n:02}-CT/TU", "tu-{p}", "Tỉnh ủy {p}", "congress", 300),
    Kind("kh", "Kế hoạch", "{n:02}-KH/TU", "tu-{p}", "Tỉnh ủy {p}", "congress", 700),
)  # fmt: skip
REPORTS = 800
"""News reports in ten thousand texts."""

# kind of the acting document (type, head of scope): the relations it may state, each with the targets' kinds and a
# mean number; "own" looks for targets in the same province
_CENTRAL_PARTY, _LAW, _DECREE, _PREMIER = (
    ("nq tw", "ct tw", "kl tw"),
    ("luat vn",),
    ("nd vn",),
    ("qd vn", "ct vn"),
)
PLANS: dict[str, tuple[tuple[str, tuple[str, ...], float], ...]] = {
    "nq tw": (("replaces", ("nq tw",), 0.2),),
    "ct tw": (("implements", ("nq tw",), 0.6), ("replaces", ("ct tw",), 0.15)),
    "kl tw": (("implements", ("nq tw", "ct tw"), 0.8),),
    "qd tw": (("replaces", ("qd tw",), 0.3),),
    "luat vn": (("replaces", ("luat vn",), 0.4),),
    "nd vn": (("details", _LAW, 0.6), ("basedOn", _LAW, 1.2), ("replaces", _DECREE, 0.3), ("amends", _DECREE, 0.2)),
    "qd vn": (("implements", _CENTRAL_PARTY, 0.3), ("basedOn", (*_LAW, *_DECREE), 1.2), ("replaces", ("qd vn",), 0.15)),
    "ct vn": (("implements", (*_CENTRAL_PARTY, *_DECREE), 0.8),),
    "tt vn": (("guides", _DECREE, 0.6), ("basedOn", _DECREE, 1.3), ("amends", ("tt vn",), 0.2), ("repeals", ("tt vn",), 0.1)),
    "qd ubnd": (("basedOn", (*_LAW, *_DECREE, "tt vn", "own nq hdnd"), 2.8), ("replaces", ("own qd ubnd",), 0.3), ("amends", ("own qd ubnd",), 0.12)),
    "kh ubnd": (("implements", (*_PREMIER, *_CENTRAL_PARTY, "own nq tu", "own kh tu"), 1.3),),
    "nq hdnd": (("basedOn", (*_LAW, *_DECREE, "tt vn"), 2.4), ("amends", ("own nq hdnd",), 0.2), ("repeals", ("own nq hdnd",), 0.1)),
    "nq tu": (("implements", _CENTRAL_PARTY, 0.9),),
    "ct tu": (("implements", (*_CENTRAL_PARTY, *_PREMIER), 0.9), ("replaces", ("own ct tu",), 0.15)),
    "kh tu": (("implements", _CENTRAL_PARTY, 1.3),),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """A document of the invented country.

    Attributes:
        kind: its series.
        place: of the province that issues it, or None.
        number: as it is printed on it.
        day: of issue.
        subject: what it is about, without words of its type.
    """

    kind: Kind
    place: Place | None
    number: str
    day: date
    subject: str

    @property
    def scope(self) -> str:
        """As phahe names the counter."""
        return self.kind.scope.format(p=self.place.slug if self.place else "")

    @property
    def issuer(self) -> str:
        """Who issues it, as people write it."""
        is_city = self.place is not None and self.place.kind == "thành phố"
        words = self.kind.issuer.format(p=self.place.name if self.place else "")
        return words.replace("tỉnh", "thành phố").replace("Tỉnh ủy", "Thành ủy") if is_city else words

    @property
    def key(self) -> str:
        """What it is found again by in a graph: scope, number and day."""
        return f"{self.scope} {self.number} {self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Written:
    """A text: a document with what it relates to, or a report on one.

    Attributes:
        name: of the text.
        document: the text itself, or what it reports on.
        relations: (predicate, target), in the order of the text.
        is_report: whether another tells it.
    """

    name: str
    document: Invented
    relations: tuple[tuple[str, Invented], ...]
    is_report: bool


@dataclass
class World:
    """Makes texts, oldest first; memory grows by one small value for each document."""

    count: int
    rng: random.Random
    _ordinals: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _known: dict[str, list[Invented]] = field(default_factory=dict)
    _related: dict[str, list[Invented]] = field(default_factory=dict)

    def texts(self) -> Iterator[Written]:
        """As many texts as wanted, in order of time."""
        span = (LAST_DAY - FIRST_DAY).days
        provinces = [place for place in places() if not place.since or place.since < FIRST_DAY.isoformat()]
        provinces = [place for place in provinces if not place.until or place.until >= "2025"]
        weights = [kind.weight for kind in KINDS]
        last: Written | None = None
        for index in range(self.count):
            day = FIRST_DAY + timedelta(days=index * span // self.count)
            if last is not None and self.rng.randrange(10_000) < REPORTS:
                yield Written(f"tin-{index:07}", last.document, last.relations, True)
                last = None
                continue
            kind = self.rng.choices(KINDS, weights)[0]
            while day < kind.since or (kind.until and day >= kind.until):
                kind = self.rng.choices(KINDS, weights)[0]
            here = [place for place in provinces if not place.until or place.until > day.isoformat()]
            document = self._issue(kind, self.rng.choice(here) if kind.is_local else None, day)
            text = Written(f"vb-{index:07}", document, tuple(self._relations(document)), False)
            self._known.setdefault(_pool(document, own=False), []).append(document)
            if document.place:
                self._known.setdefault(_pool(document, own=True), []).append(document)
            if any(name == "implements" for name, _ in text.relations) and document.place:
                last = text
            yield text

    def _issue(self, kind: Kind, place: Place | None, day: date) -> Invented:
        scope = kind.scope.format(p=place.slug if place else "")
        self._ordinals[scope, kind.form, _period(kind, day)] += 1
        number = kind.form.format(
            n=self._ordinals[scope, kind.form, _period(kind, day)], y=day.year, q=assembly(day)
        )
        subject = self.rng.choice(SUBJECTS)
        if kind.type != "luat":
            subject = f"{subject} {self.rng.choice(ASPECTS)}"
        return Invented(kind, place, number, day, subject)

    def _relations(self, document: Invented) -> Iterator[tuple[str, Invented]]:
        taken = {document.key}
        plans = PLANS[f"{document.kind.type} {document.scope.partition('-')[0]}"]
        for predicate, pools, mean in plans:
            for _ in range(self._how_many(mean, predicate)):
                target = self._target(document, self.rng.choice(pools))
                if target is not None and target.key not in taken:
                    taken.add(target.key)
                    yield predicate, target

    def _how_many(self, mean: float, predicate: str) -> int:
        if predicate in {"details", "guides", "replaces", "amends"}:
            return int(self.rng.random() < mean)
        return min(6, int(self.rng.expovariate(1 / mean) + 0.5))

    def _target(self, document: Invented, pool: str) -> Invented | None:
        if pool.startswith("own "):
            pool = f"{pool} {document.place.slug if document.place else ''}"
        known, related = self._known.get(pool), self._related.setdefault(pool, [])
        if not known:
            return None
        if related and self.rng.random() < COPIED:
            target = related[self.rng.randrange(max(0, len(related) - NEARBY), len(related))]
        else:
            target = known[self.rng.randrange(max(0, len(known) - NEARBY), len(known))]
        if target.day >= document.day:
            return None
        related.append(target)
        del related[: -2 * NEARBY]
        return target


def _pool(document: Invented, *, own: bool) -> str:
    name = f"{document.kind.type} {document.scope.partition('-')[0]}"
    return f"own {name} {document.place.slug}" if own and document.place else name


def assembly(day: date) -> int:
    """The number of the National Assembly on a day: XI of 2002, then one each five years."""
    return (
        11 + (day >= date(2007, 7, 19)) + sum(day >= date(year, 7, 20) for year in (2011, 2016, 2021, 2026))
    )


def _period(kind: Kind, day: date) -> str:
    """What a counter runs through before it begins at 1 again."""
    if kind.restarts == "term":
        term = term_of_date(day.isoformat())
        return term.slug if term else ""
    if kind.restarts == "congress":
        return str(
            (day.year - (day.month < 10)) // 5
        )  # the province's own congress, in autumn of each fifth year
    if kind.restarts == "assembly":
        return str(assembly(day))
    return str(day.year)
