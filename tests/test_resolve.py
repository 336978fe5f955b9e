# ruff: noqa: E501 - a row of a table is one line
"""Identity over hand-made extractions: what is one document, what are two, and what must stay open."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import SELF, Extraction
from graph.resolution import Resolution
from graph.resolve import resolve_extractions
from tests.factories import NAMESAKES, catalogue, extraction, reference, row

PROVINCE = {"scope": "tu-hai-duong", "place": "hai-duong"}

# (id, extractions, {(source, key): path or None for open})
ROWS: list[tuple[str, list[Extraction], dict[tuple[str, str], str | None]]] = [
    (
        "topic and time choose among three namesakes",
        [
            catalogue(*NAMESAKES),
            extraction("a2014", reference("25-NQ/TW", context="tinh uy trien khai cong tac dan van theo nghi quyet 25-nq/tw"), date="2014-05-01"),
            extraction("b2009", reference("25-NQ/TW", context="doan vien thanh nien thuc hien nghi quyet 25-nq/tw"), date="2009-03-26"),
            extraction("c", reference("25-NQ/TW", context="cac cap uy quan triet nghi quyet 25-nq/tw")),
        ],
        {("a2014", "d1"): "tw/nq/2013/25", ("b2009", "d1"): "tw/nq/2008/25", ("c", "d1"): None},
    ),
    (
        "two topics equally near decide nothing",
        [
            catalogue(*NAMESAKES),
            extraction("a", reference("25-NQ/TW", context="cong tac dan van va cong tac thanh nien"), date="2014-05-01"),
        ],
        {("a", "d1"): None},
    ),
    (
        "a later document cannot be cited",
        [
            catalogue(*NAMESAKES),
            extraction("a", reference("25-NQ/TW", context="cong tac dan van"), date="2002-05-01"),
            extraction("b", reference("25-NQ/TW", context="cong tac dan van"), date="2005-05-01"),
        ],
        {("a", "d1"): None, ("b", "d1"): "tw/nq/2003/25"},
    ),
    (
        "the term named decides",
        [catalogue(*NAMESAKES), extraction("a", reference("25-NQ/TW", term="tw-11"))],
        {("a", "d1"): "tw/nq/2013/25"},
    ),
    (
        "the year named decides",
        [catalogue(*NAMESAKES), extraction("a", reference("25-NQ/TW", "2008"))],
        {("a", "d1"): "tw/nq/2008/25"},
    ),
    (
        "a date of the same term is a slip, one of another term another document",
        [
            catalogue(NAMESAKES[2]),
            extraction("a", reference("25-NQ/TW", "2013-06-30")),
            extraction("b", reference("25-NQ/TW", "2003-03-12")),
        ],
        {("a", "d1"): "tw/nq/2013/25", ("b", "d1"): "tw/nq/2003/25"},
    ),
    (
        "most sources win where dates of one term differ",
        [
            extraction("a", reference("57-NQ/TW", "2024-12-22")),
            extraction("b", reference("57-NQ/TW", "2024-12-22")),
            extraction("c", reference("57-NQ/TW", "2024-12-21")),
        ],
        {(source, "d1"): "tw/nq/2024/57" for source in "abc"},
    ),
    (
        "the word Quy định and the sign QĐi make no second document",
        [
            extraction("a", reference("07-QĐi/TW", "2018-08-28", type="Quy định")),
            extraction("b", reference("7-QĐ/TW", "2018-08-28", type="Quyết định")),
        ],
        {("a", "d1"): "tw/qd/2018/7", ("b", "d1"): "tw/qd/2018/7"},
    ),
    (
        "a wrong sign with the right ordinal and date is the catalogued document",
        [
            catalogue(row("tw/kl/2021/1", "01-KL/TW", "2021-05-18", "Về tiếp tục thực hiện Chỉ thị 05-CT/TW")),
            extraction("a", reference("01-CT/TW", "2021-05-18", type="Kết luận")),
        ],
        {("a", "d1"): "tw/kl/2021/1"},
    ),
    (
        "a normative number is its document whatever the date says",
        [
            extraction("a", reference("101/2012/NĐ-CP", "2012-11-22")),
            extraction("b", reference("101/2012/NĐ-CP", "2012-05-07")),
            extraction("c", reference("101/2012/NĐ-CP")),
        ],
        {(source, "d1"): "vn/nd/2012/101-cp" for source in "abc"},
    ),
    (
        "one number with and without its year are two counters",
        [
            extraction("a", reference("33/2021/QĐ-TTg", "2021-10-12")),
            extraction("b", reference("33/QĐ-TTg", "2021-01-07")),
        ],
        {("a", "d1"): "vn/qd/2021/33-2021-ttg", ("b", "d1"): "vn/qd/2021/33-ttg"},
    ),
    (
        "State numbers restart each year",
        [
            extraction("a", reference("33/CT-TTg", "2021-11-26")),
            extraction("b", reference("33/CT-TTg", "2019-12-05")),
        ],
        {("a", "d1"): "vn/ct/2021/33-ttg", ("b", "d1"): "vn/ct/2019/33-ttg"},
    ),
    (
        "the National Assembly numbers laws and resolutions apart",
        [
            extraction("a", reference("100/2015/QH13", type="Bộ luật")),
            extraction("b", reference("100/2015/QH13", type="Nghị quyết")),
            extraction("c", reference("100/2015/QH13", "2015-11-27", type=None)),
        ],
        {("a", "d1"): "vn/bo-luat/2015/100-qh13", ("b", "d1"): "vn/nq/2015/100-qh13", ("c", "d1"): None},
    ),
    (
        "a provincial number without a place: only one document of that date anywhere",
        [
            extraction("a", reference("28-CT/TU", "2022-05-19", **PROVINCE)),
            extraction("b", reference("28-CT/TU", "2022-05-19")),
            extraction("c", reference("28-CT/TU", "2022-05-20")),
            extraction("d", reference("28-CT/TU")),
        ],
        {
            ("a", "d1"): "tu-hai-duong/ct/2022/28",
            ("b", "d1"): "tu-hai-duong/ct/2022/28",
            ("c", "d1"): None,
            ("d", "d1"): None,
        },
    ),
    (
        "nothing but undated words of one time make one document without a year",
        [
            extraction("a", reference("05-ĐA/TU", **PROVINCE), date="2024-08-16"),
            extraction("b", reference("05-ĐA/TU", **PROVINCE), date="2024-10-01"),
        ],
        {("a", "d1"): "tu-hai-duong/da/5", ("b", "d1"): "tu-hai-duong/da/5"},
    ),
    (
        "undated words of two terms may be two documents",
        [
            extraction("a", reference("124-QĐ/TW"), date="2019-08-16"),
            extraction("b", reference("124-QĐ/TW"), date="2009-10-01"),
        ],
        {("a", "d1"): None, ("b", "d1"): None},
    ),
    (
        "a single plausible document needs no topic, an old one does",
        [
            catalogue(row("tw/kl/2019/43", "43-KL/TW", "2019-01-07", "Về tiếp tục thực hiện Nghị quyết về dân vận")),
            extraction("a", reference("43-KL/TW"), date="2021-01-01"),
            extraction("b", reference("43-KL/TW"), date="2040-01-01"),
            extraction("c", reference("43-KL/TW", title="Về công tác cán bộ nữ"), date="2021-01-01"),
        ],
        {("a", "d1"): "tw/kl/2019/43", ("b", "d1"): None, ("c", "d1"): None},
    ),
    (
        "a bare ordinal needs a date or a topic",
        [
            catalogue(*NAMESAKES),
            extraction("a", reference("25", type="Nghị quyết"), date="2014-01-01"),
            extraction("b", reference("25", "2013-06-03", type="Nghị quyết")),
            extraction("c", reference("25", type="Nghị quyết", title="về công tác dân vận"), date="2015-01-01"),
            extraction("d", reference("25", "2013-06-04", type="Nghị quyết")),
        ],
        {("a", "d1"): None, ("b", "d1"): "tw/nq/2013/25", ("c", "d1"): "tw/nq/2013/25", ("d", "d1"): None},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("extractions", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_references_resolve(
    extractions: list[Extraction], expected: dict[tuple[str, str], str | None]
) -> None:
    resolution = resolve_extractions(extractions)
    assert {key: resolution.path(*key) for key in expected} == expected
    assert_whole(resolution, extractions)


LAND = [
    row("vn/luat/2003/13-qh11", "13/2003/QH11", "2003-11-26", "Đất đai", type="Luật"),
    row("vn/luat/2013/45-qh13", "45/2013/QH13", "2013-11-29", "Luật Đất đai", type="Luật"),
    row("vn/luat/2018/35-qh14", "35/2018/QH14", "2018-11-20", "Luật sửa đổi, bổ sung một số điều của Luật Đất đai", type="Luật"),
    row("vn/luat/2024/31-qh15", "31/2024/QH15", "2024-01-18", "Luật Đất đai", type="Luật"),
    row("tw/nq/2016/4", "04-NQ/TW", "2016-10-30", "Về tăng cường xây dựng, chỉnh đốn Đảng", aliases=("Nghị quyết Trung ương 4 khóa XII",)),
]  # fmt: skip
NAMES: list[tuple[str, dict[str, object], str | None, str | None]] = [
    # what it is, reference fields, citing date, path
    ("name and date", {"title": "Luật Đất đai", "date": "2013-11-29"}, None, "vn/luat/2013/45-qh13"),
    ("name without type word", {"title": "Đất đai", "date": "2003-11-26"}, None, "vn/luat/2003/13-qh11"),
    ("name and year", {"title": "Luật Đất đai", "date": "2024"}, None, "vn/luat/2024/31-qh15"),
    ("day slipped", {"title": "Luật Đất đai", "date": "2013-11-19"}, None, "vn/luat/2013/45-qh13"),
    ("the newest when written", {"title": "Luật Đất đai"}, "2016-03-01", "vn/luat/2013/45-qh13"),
    ("just changed", {"title": "Luật Đất đai"}, "2024-03-01", None),
    ("no date at all", {"title": "Luật Đất đai"}, None, None),
    ("amending law by name", {"title": "sửa đổi, bổ sung một số điều của Luật Đất đai"}, "2020-01-01", "vn/luat/2018/35-qh14"),
    ("unknown law with a date", {"title": "Luật Thủy lợi", "date": "2017-06-19"}, None, "vn/luat/2017/thuy-loi"),
    ("unknown law without", {"title": "Luật Thủy lợi"}, None, "vn/luat/thuy-loi"),
    ("name that begins like a type word", {"title": "Luật Quy hoạch", "date": "2017-11-24"}, None, "vn/luat/2017/quy-hoach"),
    ("charter", {"title": "Điều lệ Đảng Cộng sản Việt Nam", "type": "Điều lệ"}, None, "tw/dieu-le/dang"),
    ("plenum", {"title": "Nghị quyết Hội nghị lần thứ tư BCH T.Ư Đảng khóa XII", "type": "Nghị quyết"}, None, "tw/nq/2016/4"),
    ("plenum with term aside", {"title": "Nghị quyết Trung ương 4", "type": "Nghị quyết", "term": "tw-12"}, None, "tw/nq/2016/4"),
    ("plenum of no term", {"title": "Nghị quyết Trung ương 4", "type": "Nghị quyết"}, None, None),
    ("congress", {"title": "Nghị quyết Đại hội XIII của Đảng", "type": "Nghị quyết"}, None, "tw/nq/dai-hoi-lan-thu-13"),
    ("congress written out", {"title": "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "type": "Nghị quyết"}, None, "tw/nq/dai-hoi-lan-thu-13"),
    ("congress of a province", {"title": "Nghị quyết Đại hội Đảng bộ tỉnh Hải Dương lần thứ XVII", "type": "Nghị quyết", "scope": "tu-hai-duong"}, None, "tu-hai-duong/nq/dai-hoi-dang-bo-tinh-hai-duong-lan-thu-17"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "cited", "path"), [row[1:] for row in NAMES], ids=[row[0] for row in NAMES]
)
def test_names_resolve(fields: dict[str, object], cited: str | None, path: str | None) -> None:
    fields = {"type": "Luật", **fields}
    extractions = [catalogue(*LAND), extraction("a", reference(None, **fields), date=cited)]  # type: ignore[arg-type]
    assert resolve_extractions(extractions).path("a", "d1") == path


def test_a_constitution_is_not_that_of_another_time() -> None:
    name = {"title": "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam", "type": "Hiến pháp"}
    resolution = resolve_extractions(
        [
            extraction("a", reference(None, "1992", **name), date="2005-06-01"),
            extraction("b", reference(None, **name), date="2001-01-01"),
            extraction("c", reference(None, **name), date="2017-01-01"),
        ]
    )
    assert resolution.path("b", "d1") == resolution.path("a", "d1") is not None
    assert resolution.path("c", "d1") is None


def test_a_number_dates_a_law_whose_day_no_text_gives() -> None:
    old = reference("07/1997/QH10", title="Các tổ chức tín dụng", type="Luật")
    new = reference("47/2010/QH12", "2010-06-16", key="d2", title="Các tổ chức tín dụng", type="Luật")
    name = {"title": "Các tổ chức tín dụng", "type": "Luật"}
    resolution = resolve_extractions(
        [
            extraction("a", old, new),
            extraction("b", reference(None, **name), date="2005-03-01"),
            extraction("c", reference(None, **name), date="2015-03-01"),
            extraction("d", reference(None, "1997", **name)),
        ]
    )
    assert resolution.path("b", "d1") == resolution.path("d", "d1") == "vn/luat/1997/7-qh10"
    assert resolution.path("c", "d1") == "vn/luat/2010/47-qh12"


def test_a_law_known_by_name_and_day_alone_is_not_the_version_in_force() -> None:
    """It may be a law that amended the one of that name, loosely cited."""
    law = reference("67/2014/QH13", "2014-11-26", title="Đầu tư", type="Luật")
    loose = [extraction(s, reference(None, "2016-11-22", title="Đầu tư", type="Luật")) for s in ("x", "y")]
    late = extraction("b", reference(None, title="Đầu tư", type="Luật"), date="2018-03-01")
    resolution = resolve_extractions([extraction("a", law), *loose, late])
    assert resolution.path("b", "d1") is None
    assert len(resolution.unresolved["b", "d1"].candidates) == 2


def test_the_congress_of_an_organisation_is_not_the_partys() -> None:
    party = {"title": "Nghị quyết Đại hội XIII của Đảng", "type": "Nghị quyết", "scope": "tw"}
    women = {
        "title": "Nghị quyết Đại hội đại biểu Phụ nữ toàn quốc lần thứ XIII",
        "type": "Nghị quyết",
        "scope": "vn",
    }
    resolution = resolve_extractions(
        [extraction("a", reference(None, **party)), extraction("b", reference(None, **women))]
    )
    assert resolution.path("a", "d1") != resolution.path("b", "d1")


def test_what_an_undated_text_cites_bounds_its_own_date() -> None:
    law = reference(None, key="d9", title="Luật Đất đai", type="Luật")
    late = [reference("13/2027/NĐ-CP", "2027-04-17"), reference("14/2027/NĐ-CP", "2027-05-17", key="d2")]
    early = [reference("13/2012/NĐ-CP", "2012-04-17"), reference("13/2027/NĐ-CP", "2027-04-17", key="d2")]
    resolution = resolve_extractions(
        [catalogue(*LAND), extraction("a", law, *late), extraction("b", law, *early)]
    )
    assert resolution.path("a", "d9") == "vn/luat/2024/31-qh15"
    assert resolution.path("b", "d9") is None


def test_candidates_come_with_scores_and_reasons() -> None:
    resolution = resolve_extractions(
        [catalogue(*NAMESAKES), extraction("a", reference("25-NQ/TW"), date="2010-01-01")]
    )
    candidates = resolution.unresolved["a", "d1"].candidates
    assert [candidate.path for candidate in candidates] == ["tw/nq/2008/25", "tw/nq/2003/25", "tw/nq/2013/25"]
    assert candidates[-1].score == 0
    assert candidates[-1].reason == "ban hành sau văn bản trích dẫn"
    assert all(0 <= candidate.score < 1 for candidate in candidates)


def test_contradicting_print_is_kept_as_variant() -> None:
    resolution = resolve_extractions(
        [
            catalogue(NAMESAKES[2]),
            extraction("a", reference("25-NQ/TW", "2013-06-30")),
            extraction("b", reference("25-KL/TW", "2013-06-03")),
        ]
    )
    assert resolution.documents["tw/nq/2013/25"].variants == ("ngày 2013-06-30", "số 25-KL/TW")


def test_relation_rows_of_a_catalogue_unite_with_its_documents() -> None:
    relations = extraction("1rel", reference(None, key="tw/nq/2013/25", id="tw/nq/2013/25"))
    resolution = resolve_extractions([relations, catalogue(*NAMESAKES)])
    assert resolution.path("1rel", "tw/nq/2013/25") == "tw/nq/2013/25"
    assert resolution.documents["tw/nq/2013/25"].title == NAMESAKES[2].title


def test_an_id_alone_is_the_document_its_number_mints() -> None:
    ids = [
        "tw/nq/2013/25",
        "vn/luat/2013/45-qh13",
        "vn/ct/2021/33-ttg",
        "vn/qd/2021/33-2021-ttg",
        "vn/nd/2023/13-cp",
    ]
    relations = extraction("1rel", *(reference(None, key=id_, id=id_) for id_ in ids))
    numbers = [
        reference("25-NQ/TW", "2013-06-03"),
        reference("45/2013/QH13", key="d2", type="Luật"),
        reference("33/CT-TTg", "2021-11-26", key="d3"),
        reference("33/2021/QĐ-TTg", key="d4"),
        reference("13/2023/NĐ-CP", key="d5"),
    ]
    resolution = resolve_extractions([relations, extraction("a", *numbers)])
    assert [resolution.path("a", number.key) for number in numbers] == ids
    assert sorted(resolution.documents) == sorted(ids)


def test_the_text_itself_is_a_document() -> None:
    own = reference(
        "28-CT/TU",
        "2022-05-19",
        key=SELF,
        title="Về công tác dân vận chính quyền",
        issuer="Ban Thường vụ Tỉnh ủy",
        **PROVINCE,
    )
    resolution = resolve_extractions([extraction("a", own, self_key=SELF, date="2022-05-19")])
    document = resolution.documents["tu-hai-duong/ct/2022/28"]
    assert (document.title, document.issuer, document.place) == (own.title, own.issuer, "hai-duong")


def test_two_documents_of_one_number_and_year_get_two_paths() -> None:
    resolution = resolve_extractions(
        [
            extraction("a", reference("05-CT/TU", "2020-02-01", **PROVINCE)),
            extraction("b", reference("05-CT/TU", "2020-11-20", **PROVINCE)),
        ]
    )
    assert sorted(resolution.documents) == ["tu-hai-duong/ct/2020/5-0201", "tu-hai-duong/ct/2020/5-1120"]


def assert_whole(resolution: Resolution, extractions: list[Extraction]) -> None:
    """Every reference is either linked to a document there is, or open with candidates there are."""
    keys = {(e.source, reference.key) for e in extractions for reference in e.references}
    assert set(resolution.links) | set(resolution.unresolved) == keys
    assert not set(resolution.links) & set(resolution.unresolved)
    assert {link.path for link in resolution.links.values()} <= set(resolution.documents)
    for unresolved in resolution.unresolved.values():
        assert {candidate.path for candidate in unresolved.candidates} <= set(resolution.documents)


references = st.builds(
    lambda number, date, title, context, term, place: reference(
        number,
        date,
        title=title,
        context=context,
        term=term,
        **({"scope": f"tu-{place}", "place": place} if number and number.endswith("TU") and place else {}),
        **({} if number else {"type": "Luật"}),
    ),
    st.sampled_from(["25-NQ/TW", "25-CT/TW", "25", "28-CT/TU", "13/2023/NĐ-CP", "13/NĐ-CP", "33/CT-TTg", "100/2015/QH13", None]),
    st.sampled_from([None, "2013-06-03", "2013-06-30", "2008-07-25", "2013", "2021-11-26", "2020-11-26", "2023-04-17"]),
    st.sampled_from([None, "Đất đai", "về công tác dân vận", "về công tác thanh niên"]),
    st.sampled_from(["", "cong tac dan van", "thanh nien dan van thanh nien"]),
    st.sampled_from([None, None, "tw-11"]),
    st.sampled_from([None, "hai-duong", "ha-noi"]),
)  # fmt: skip


@st.composite
def corpora(draw: st.DrawFn) -> list[Extraction]:
    """A few texts, perhaps with the catalogue of namesakes and of land laws."""
    texts = []
    for index in range(draw(st.integers(1, 6))):
        own = [
            _keyed(one, f"d{n}")
            for n, one in enumerate(draw(st.lists(references, min_size=1, max_size=4)), 1)
        ]
        texts.append(
            extraction(
                f"t{index}", *own, date=draw(st.sampled_from([None, "2014-01-01", "2009-05-01", "2024"]))
            )
        )
    if draw(st.booleans()):
        texts.append(catalogue(*NAMESAKES, *LAND))
    return texts


def _keyed(one: object, key: str) -> object:
    from dataclasses import replace

    return replace(one, key=key)  # type: ignore[type-var]


@settings(max_examples=150, deadline=None)
@given(corpora(), st.randoms(use_true_random=False))
def test_order_does_not_matter(texts: list[Extraction], rng: random.Random) -> None:
    from dataclasses import replace

    before = resolve_extractions(texts)
    shuffled = [
        replace(text, references=tuple(rng.sample(text.references, len(text.references)))) for text in texts
    ]
    rng.shuffle(shuffled)
    assert resolve_extractions(shuffled) == before
    assert_whole(before, texts)
