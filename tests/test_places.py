"""Provinces and cities, before and after 1 July 2025."""

import re
from collections import Counter

import pytest

from ontology.place import place_named, place_of_slug, place_pattern, places
from ontology.slug import slug

NAMES = [
    ("Hải Dương", "hai-duong"),
    ("tỉnh Hải Dương", "hai-duong"),
    ("TỈNH HẢI DƯƠNG", "hai-duong"),
    ("TP. Hồ Chí Minh", "ho-chi-minh"),
    ("Thành phố Hồ Chí Minh", "ho-chi-minh"),
    ("thành phố Hồ Chí Minh", "ho-chi-minh"),
    ("TP.HCM", "ho-chi-minh"),
    ("TPHCM", "ho-chi-minh"),
    ("TP HCM", "ho-chi-minh"),
    ("Tp. Hồ Chí Minh", "ho-chi-minh"),
    ("Khánh Hoà", "khanh-hoa"),
    ("Thanh Hoá", "thanh-hoa"),
    ("Hoà Bình", "hoa-binh"),
    ("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"),
    ("Bà Rịa – Vũng Tàu", "ba-ria-vung-tau"),
    ("Bà Rịa—Vũng Tàu", "ba-ria-vung-tau"),
    ("Bà Rịa‑Vũng Tàu", "ba-ria-vung-tau"),
    ("Bà Rịa Vũng Tàu", "ba-ria-vung-tau"),
    ("Thừa Thiên Huế", "thua-thien-hue"),
    ("Thừa Thiên - Huế", "thua-thien-hue"),
    ("Thừa Thiên – Huế", "thua-thien-hue"),
    ("thành phố Huế", "hue"),
    ("Đắk Lắk", "dak-lak"),
    ("Đăk Lăk", "dak-lak"),
    ("Đắc Lắc", "dak-lak"),
    ("Đắc Nông", "dak-nong"),
    ("Bắc Cạn", "bac-kan"),
    ("Thủ đô Hà Nội", "ha-noi"),
    ("Hà Tây", "ha-tay"),
    ("Quảng Nam - Đà Nẵng", "quang-nam-da-nang"),
    ("Vĩnh Phú", "vinh-phu"),
    ("Vĩnh Phúc", "vinh-phuc"),
    ("huyện Thanh Hà", None),
    ("Việt Nam", None),
    ("", None),
]
# text, what the pattern finds
FOUND = [
    ("tỉnh Hải Dương, Hưng Yên và thành phố Hà Nội", ["Hải Dương", "Hưng Yên", "Hà Nội"]),
    ("TỈNH ỦY HẢI DƯƠNG", ["HẢI DƯƠNG"]),
    ("tỉnh Thanh Hoá và tỉnh Thanh Hóa", ["Thanh Hoá", "Thanh Hóa"]),
    ("tỉnh Bà Rịa – Vũng Tàu", ["Bà Rịa – Vũng Tàu"]),
    ("tỉnh Bà\nRịa-Vũng Tàu", ["Bà\nRịa-Vũng Tàu"]),
    ("Thừa Thiên - Huế", ["Thừa Thiên - Huế"]),
    ("Vĩnh Phúc", ["Vĩnh Phúc"]),
    (
        "TP. Hồ Chí Minh; Thành ủy TP.Hồ Chí Minh; THÀNH PHỐ HỒ CHÍ MINH",
        ["Hồ Chí Minh", "Hồ Chí Minh", "HỒ CHÍ MINH"],
    ),
    ("UBND TPHCM", ["TPHCM"]),
    # people, seas, battles, rivers, peace
    ("tư tưởng Hồ Chí Minh, Chủ tịch Hồ Chí Minh, Đoàn TNCS Hồ Chí Minh", []),
    ("châu Á - Thái Bình Dương", []),
    ("chiến thắng Điện Biên Phủ", []),
    ("đồng bằng sông Cửu Long", []),
    ("vì hòa bình và an giang hồ", []),
    ("tỉnh Bình Dương và tỉnh Thái Bình", ["Bình Dương", "Thái Bình"]),
    ("Nam Hà Nội", ["Hà Nội"]),
    ("xHải Dươngx", []),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_place_named(name: str, expected: str | None) -> None:
    place = place_named(name)
    assert (place.slug if place else None) == expected


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_place_pattern(text: str, expected: list[str]) -> None:
    assert re.findall(place_pattern(), text) == expected


def test_pattern_finds_every_name_and_what_it_finds_is_known() -> None:
    for place in places():
        for name in (place.full_name, place.full_name.upper()):
            found = re.findall(place_pattern(), name)
            assert found and place_named(found[-1]) == place, name


def test_63_became_34() -> None:
    before = [p for p in places() if p.code]
    after = [p for p in before if p.until is None]
    assert (len(before), len(after)) == (63, 34)
    assert {p.until for p in before if p.until} == {"2025-07-01"}
    assert all(p.code_2025 for p in after) and not any(p.code_2025 for p in before if p.until)
    assert len({p.code for p in before}) == 63 and len({p.code_2025 for p in after}) == 34
    assert Counter(p.kind for p in after) == {"tỉnh": 28, "thành phố": 6}


# Source: Nghị quyết 202/2025/QH15, Điều 1.
MERGED = [
    ("hai-duong", "hai-phong"),
    ("ha-giang", "tuyen-quang"),
    ("yen-bai", "lao-cai"),
    ("bac-kan", "thai-nguyen"),
    ("vinh-phuc", "phu-tho"),
    ("hoa-binh", "phu-tho"),
    ("bac-giang", "bac-ninh"),
    ("thai-binh", "hung-yen"),
    ("ha-nam", "ninh-binh"),
    ("nam-dinh", "ninh-binh"),
    ("quang-binh", "quang-tri"),
    ("quang-nam", "da-nang"),
    ("kon-tum", "quang-ngai"),
    ("binh-dinh", "gia-lai"),
    ("ninh-thuan", "khanh-hoa"),
    ("dak-nong", "lam-dong"),
    ("binh-thuan", "lam-dong"),
    ("phu-yen", "dak-lak"),
    ("binh-duong", "ho-chi-minh"),
    ("ba-ria-vung-tau", "ho-chi-minh"),
    ("binh-phuoc", "dong-nai"),
    ("long-an", "tay-ninh"),
    ("soc-trang", "can-tho"),
    ("hau-giang", "can-tho"),
    ("ben-tre", "vinh-long"),
    ("tra-vinh", "vinh-long"),
    ("tien-giang", "dong-thap"),
    ("bac-lieu", "ca-mau"),
    ("kien-giang", "an-giang"),
]


def test_mergers_of_2025() -> None:
    assert [(p.slug, p.successor) for p in places() if p.until == "2025-07-01"] == sorted(MERGED)


def test_earlier_succession() -> None:
    ha_tay, hai_hung = place_of_slug("ha-tay"), place_of_slug("hai-hung")
    assert ha_tay is not None and (ha_tay.until, ha_tay.successor) == ("2008-08-01", "ha-noi")
    assert hai_hung is not None and hai_hung.successors == ("hai-duong", "hung-yen")
    assert hai_hung.successor is None


def test_rows_are_well_formed() -> None:
    slugs = [p.slug for p in places()]
    assert slugs == sorted(set(slugs))
    for p in places():
        assert p.slug == slug(p.name)
        assert bool(p.until) == bool(p.successors)
        assert not (p.since and p.until) or p.since < p.until
        for heir in p.successors:
            successor = place_of_slug(heir)
            assert successor is not None
            assert successor.until is None or str(p.until) < successor.until


def test_no_name_stands_for_two_places() -> None:
    owners: dict[str, set[str]] = {}
    for p in places():
        for name in (p.name, *p.aliases):
            owners.setdefault(slug(name), set()).add(p.slug)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}
