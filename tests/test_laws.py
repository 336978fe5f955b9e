"""Names of laws: what may stand in the list."""

import pytest

from graph.clean import fold_letters
from graph.extract import extract_source
from graph.model import Source
from ontology.law import law_names


@pytest.mark.parametrize("kind", law_names())
def test_no_name_stands_twice_or_is_a_number(kind: str) -> None:
    names = law_names()[kind]
    # commas and blanks are loose in print, so names that differ only there are one
    folded = [" ".join(fold_letters(name).replace(",", " ").split()) for name in names]
    assert sorted(set(folded)) == sorted(folded)
    assert not [name for name in names if any(letter.isdigit() for letter in name) or "…" in name]
    assert not [name for name in names if name.isupper()]


# text, the name found in it
CITED = [
    ("theo Luật Phòng, chống rửa tiền.", "Phòng, chống rửa tiền"),
    ("theo Luật Phòng chống rửa tiền.", "Phòng chống rửa tiền"),
    ("theo Luật Khám bệnh, chữa bệnh và các quy định khác.", "Khám bệnh, chữa bệnh"),
    ("theo Luật Phục hồi, phá sản số 142/2025/QH15.", "Phục hồi, phá sản"),
    ("thi hành Luật Dân số", "Dân số"),
    ("thi hành Luật Tương trợ tư pháp về dân sự", "Tương trợ tư pháp về dân sự"),
    ("thi hành Luật Tương trợ tư pháp", "Tương trợ tư pháp"),
    ("của Luật Phòng cháy chữa cháy hiện hành", "Phòng cháy chữa cháy"),
    ("của Bộ  luật Lao động", "Lao động"),
    ("của Luật Cán bộ, công chức và Luật Viên chức", "Cán bộ, công chức"),
]


@pytest.mark.parametrize(("raw", "name"), CITED)
def test_a_known_name_is_found_whole(raw: str, name: str) -> None:
    extraction = extract_source(Source("x", raw))
    assert extraction.references[0].title == name
