"""Forms of numbers and cues of relations: every row matches its examples and none of its counter-examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.clean import clean_text, fold_letters
from ontology.cue import Cue, cue, cues
from ontology.form import NumberForm, compact_number, number_rules

FORMS = number_rules().forms


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_matches_its_examples_whole(form: NumberForm) -> None:
    assert len(form.examples) == len(form.canonical)
    for example, canonical in zip(form.examples, form.canonical, strict=True):
        match = form.pattern.fullmatch(example)
        assert match is not None, example
        assert compact_number(match) == canonical


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_matches_no_counter_example_whole(form: NumberForm) -> None:
    kept = [
        example
        for example in form.counter_examples
        if (match := form.pattern.fullmatch(example))
        and match.groupdict().get("type") not in number_rules().excluded_types
    ]
    assert kept == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_the_first_form_that_matches_an_example_writes_it_the_same(form: NumberForm) -> None:
    """An earlier form may claim an example of a later one only if it reads the same number in it."""
    for example, canonical in zip(form.examples, form.canonical, strict=True):
        first = next(f.pattern.match(example) for f in FORMS if f.pattern.match(example))
        assert first is not None
        if first.end() == len(example):
            assert compact_number(first) == canonical


@pytest.mark.parametrize("row", cues(), ids=lambda row: row.id)
def test_a_cue_matches_its_examples_and_no_counter_example(row: Cue) -> None:
    assert [e for e in row.examples if not row.pattern.search(fold_letters(clean_text(e).clean))] == []
    assert [e for e in row.counter_examples if row.pattern.search(fold_letters(clean_text(e).clean))] == []


@pytest.mark.parametrize("row", cues(), ids=lambda row: row.id)
def test_every_cue_has_a_source_and_a_score(row: Cue) -> None:
    assert row.source
    assert 0 < row.confidence <= 1


def test_cue_ids_are_unique_and_found() -> None:
    assert len({row.id for row in cues()}) == len(cues())
    assert cue("replaces").predicate == "replaces"
    with pytest.raises(KeyError):
        cue("nothing")


@pytest.mark.parametrize("row", [row for row in cues() if row.words], ids=lambda row: row.id)
@given(data=st.data())
def test_every_match_of_a_cue_holds_one_of_its_words(row: Cue, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(row.pattern))
    match = row.pattern.search(text)
    assert match is not None
    assert any(word in match.group() for word in row.words)
