"""Bodies that issue documents."""

import pytest

from ontology.body import bodies, body_named, body_of_symbol
from ontology.place import place_of_slug

# text, province meant, id
NAMED = [
    ("Ban Chấp hành Trung ương Đảng", None, "bch-tw"),
    ("BCH Trung ương", None, "bch-tw"),
    ("BCH T.Ư Đảng", None, "bch-tw"),
    ("Ban Chấp hành Trung ương Đảng khóa XI", None, "bch-tw"),
    ("Bộ Chính trị", None, "bct"),
    ("BỘ CHÍNH TRỊ", None, "bct"),
    ("Bộ Chính trị (khóa XII)", None, "bct"),
    ("Ban Bí thư Trung ương Đảng", None, "bbt"),
    ("Uỷ ban Kiểm tra Trung ương", None, "ubkttw"),
    ("Ban Tuyên giáo và Dân vận Trung ương", None, "btgdvtw"),
    ("Đảng uỷ Khối các cơ quan Trung ương", None, "dukccqtw"),
    ("Quốc hội", None, "qh"),
    ("Ủy ban thường vụ Quốc hội", None, "ubtvqh"),
    ("Chính phủ", None, "cp"),
    ("Thủ tướng Chính phủ", None, "ttg"),
    ("Hội đồng Bộ trưởng", None, "hdbt"),
    ("Bộ trưởng Bộ Nội vụ", None, "bnv"),
    ("Bộ Lao động – Thương binh và Xã hội", None, "bldtbxh"),
    ("Bộ Lao động, Thương binh và Xã hội", None, "bldtbxh"),
    ("Bộ Văn hoá, Thể thao và Du lịch", None, "bvhttdl"),
    ("Ngân hàng Nhà nước", None, "nhnn"),
    ("Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam", None, "tld"),
    ("Ban Thường vụ Tỉnh ủy", "hai-duong", "btv-tu-hai-duong"),
    ("BTV Tỉnh uỷ", "hai-duong", "btv-tu-hai-duong"),
    ("Ban Thường vụ Tỉnh ủy Hưng Yên", "hai-duong", "btv-tu-hung-yen"),
    ("Tỉnh ủy Hải Dương", None, "tu-hai-duong"),
    ("TỈNH ỦY HẢI DƯƠNG", None, "tu-hai-duong"),
    ("Thành ủy Hà Nội", None, "tu-ha-noi"),
    ("Thành uỷ TP. Hồ Chí Minh", None, "tu-ho-chi-minh"),
    ("Thành ủy", "hai-phong", "tu-hai-phong"),
    ("Ban Chấp hành Đảng bộ tỉnh", "hai-duong", "bch-tu-hai-duong"),
    ("Ban Chấp hành Đảng bộ tỉnh Bà Rịa – Vũng Tàu", None, "bch-tu-ba-ria-vung-tau"),
    ("Đại hội đại biểu Đảng bộ tỉnh Hải Dương lần thứ XVII", None, "dh-tu-hai-duong"),
    ("Ban Dân vận Tỉnh ủy", "hai-duong", "bdvtu-hai-duong"),
    ("UBND tỉnh", "hai-duong", "ubnd-hai-duong"),
    ("UBND TP. Đà Nẵng", None, "ubnd-da-nang"),
    ("Uỷ ban nhân dân tỉnh Thanh Hoá", None, "ubnd-thanh-hoa"),
    ("HĐND tỉnh Hải Dương khóa XVII", None, "hdnd-hai-duong"),
    ("Sở Nội vụ tỉnh Hải Dương", None, "so-noi-vu-hai-duong"),
    ("Sở Nội vụ Hải Dương", None, "so-noi-vu-hai-duong"),
    ("Đoàn ĐBQH tỉnh Hải Dương", None, "ddbqh-hai-duong"),
    ("Huyện ủy Thanh Hà", "hai-duong", "hu-thanh-ha-hai-duong"),
    ("Huyện uỷ Thanh Hà, tỉnh Hải Dương", None, "hu-thanh-ha-hai-duong"),
    ("Ban Thường vụ Huyện ủy Thanh Hà", "hai-duong", "btv-hu-thanh-ha-hai-duong"),
    ("UBND huyện Thanh Hà", "hai-duong", "ubnd-huyen-thanh-ha-hai-duong"),
    ("Quận ủy Ba Đình", "ha-noi", "qu-ba-dinh-ha-noi"),
    ("Đảng ủy xã Tân An", None, "du-xa-tan-an"),
    # a city inside a province is no province
    ("Thành ủy Hải Dương", None, "thu-hai-duong"),
    ("UBND thành phố Hải Dương", "hai-duong", "ubnd-thanh-pho-hai-duong-hai-duong"),
    ("Thành ủy", "hai-duong", None),
    ("UBND thành phố", "hai-duong", None),
    # which province, which level?
    ("Tỉnh ủy", None, None),
    ("UBND tỉnh", None, None),
    ("UBND", "hai-duong", None),
    ("Huyện ủy", "hai-duong", None),
    ("Hội Người cao tuổi", None, None),
    ("", None, None),
]
# sign, id, level
SIGNS = [
    ("TW", "tw", "central"),
    ("TƯ", "tw", "central"),
    ("BDVTW", "bdvtw", "central"),
    ("CP", "cp", "central"),
    ("TTg", "ttg", "central"),
    ("TTG", "ttg", "central"),
    ("QH15", "qh", "central"),
    ("QH", "qh", "central"),
    ("UBTVQH14", "ubtvqh", "central"),
    ("HĐNN8", "hdnn", "central"),
    ("HĐBT", "hdbt", "central"),
    ("BNV", "bnv", "central"),
    ("BLĐTBXH", "bldtbxh", "central"),
    ("BLDTBXH", "bldtbxh", "central"),
    ("BGDĐT", "bgddt", "central"),
    ("BCT", "bct-cong-thuong", "central"),
    ("NHNN", "nhnn", "central"),
    ("VKSNDTC", "vksndtc", "central"),
    ("TU", "tu", "province"),
    ("BDVTU", "bdvtu", "province"),
    ("HU", "hu", "district"),
    ("ĐU", "du", None),
    ("UBND", "ubnd", None),
    ("HĐND", "hdnd", None),
    ("HDND", "hdnd", None),
    ("XYZ", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "place", "expected"), NAMED)
def test_body_named(text: str, place: str | None, expected: str | None) -> None:
    body = body_named(text, place)
    assert (body.id if body else None) == expected


@pytest.mark.parametrize(("sign", "expected", "level"), SIGNS)
def test_body_of_symbol(sign: str, expected: str | None, level: str | None) -> None:
    body = body_of_symbol(sign)
    assert (body.id if body else None, body.level if body else None) == (expected, level)


def test_a_province_makes_the_pattern_a_body() -> None:
    body = body_of_symbol("UBND", "hai-duong")
    assert body is not None and (body.id, body.level, body.place) == (
        "ubnd-hai-duong",
        "province",
        "hai-duong",
    )
    assert body.name == "Ủy ban nhân dân tỉnh Hải Dương"
    central = body_of_symbol("BNV", "hai-duong")
    assert central is not None and central.id == "bnv"


def test_names_fit_the_kind_of_place() -> None:
    names = {body.id: body.name for body in bodies()}
    assert names["tu-ha-noi"] == "Thành ủy Hà Nội"
    assert names["btv-tu-hai-duong"] == "Ban Thường vụ Tỉnh ủy Hải Dương"
    assert names["hdnd-ho-chi-minh"] == "Hội đồng nhân dân thành phố Hồ Chí Minh"


# id, since, until, successors
SUCCESSION = [
    ("tu-hai-duong", "1997-01-01", "2025-07-01", ("tu-hai-phong",)),
    ("bdvtu-hai-phong", None, "2025-02", ("btgdvtu-hai-phong",)),
    ("bdvtw", None, "2025-02", ("btgdvtw",)),
    ("btgdvtu-hai-duong", "2025-02", "2025-07-01", ("btgdvtu-hai-phong",)),
    ("ubnd-hai-hung", None, "1997-01-01", ("ubnd-hai-duong", "ubnd-hung-yen")),
    ("bkhdt", "1995", "2025-03-01", ("btc",)),
    ("bnnptnt", "1995", "2025-03-01", ("bnnmt",)),
    ("btnmt", "2002-08-05", "2025-03-01", ("bnnmt",)),
    ("bldtbxh", None, "2025-03-01", ("bnv",)),
    ("bgtvt", None, "2025-03-01", ("bxd",)),
    ("btttt", "2007-07-31", "2025-03-01", ("bkhcn",)),
    ("ubdt", "2002-08-05", "2025-03-01", ("bdttg",)),
    ("hdbt", "1981", "1992", ("cp",)),
]


@pytest.mark.parametrize(("id_", "since", "until", "successors"), SUCCESSION)
def test_succession(id_: str, since: str | None, until: str | None, successors: tuple[str, ...]) -> None:
    body = next(body for body in bodies() if body.id == id_)
    assert (body.since, body.until, body.successors) == (since, until, successors)


def test_rows_are_well_formed() -> None:
    ids = [body.id for body in bodies()]
    assert len(set(ids)) == len(ids)
    known = set(ids)
    for body in bodies():
        assert set(body.successors) <= known, body.id
        assert body.polity in {"party", "state", "front"}
        assert (body.level, body.place is None) in {("central", True), ("province", False)}
        assert body.place is None or place_of_slug(body.place) is not None
        assert not (body.since and body.until) or body.since < body.until, body.id
        assert body.symbol == (body.symbols[0] if body.symbols else None)


def test_every_central_name_leads_back_and_no_sign_is_shared() -> None:
    signs: dict[str, str] = {}
    for body in bodies():
        if body.level == "central":
            for name in (body.name, *body.aliases):
                assert body_named(name) == body, name
            for sign in body.symbols:
                assert signs.setdefault(sign.upper(), body.id) == body.id, sign
                assert body_of_symbol(sign) == body, sign


def test_every_provincial_name_leads_back() -> None:
    for body in bodies():
        if body.place in ("hai-duong", "ha-noi", "ba-ria-vung-tau", "hue"):
            assert body_named(body.name) == body, body.name
