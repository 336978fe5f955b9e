"""Status is derived: what stands, what was replaced, what nobody can tell, as of a date."""
# ruff: noqa: E501 - tables read best one row a line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.moment import moment_of
from graph.status import State, status_of
from ontology.status import reason_words, state_label, state_names
from tests.time_graph import Doc, Rel, documents_of, world

A, B, C, D = "tw/qd/2010/1", "tw/qd/2015/2", "tw/qd/2020/3", "tw/qd/2022/4"
OLD = Doc(A, "2010-02-25")
NEW = Doc(B, "2015-06-01")
THIRD = Doc(C, "2020-01-10")
FOURTH = Doc(D, "2022-01-10")
LAW = Doc("vn/luat/2013/45-qh13", "2013-11-29", "45/2013/QH13", "2014-07-01", polity="state")
LAW_UNDATED = Doc("vn/luat/2013/45-qh13", "2013-11-29", "45/2013/QH13", polity="state")

# documents, relations, the one asked about, as of -> state, reason, since
CASES: list[tuple[str, list[Doc], list[Rel], str, str | None, State, str, str | None]] = [
    ("alone", [OLD], [], A, "2012", "in-force", "none-known", "2010-02-25"),
    ("not issued", [OLD], [], A, "2009", "not-yet-in-force", "not-issued", None),
    ("on its day", [OLD], [], A, "2010-02-25", "in-force", "none-known", "2010-02-25"),
    ("not yet effective", [LAW], [], LAW.path, "2014-06-30", "not-yet-in-force", "not-effective", None),
    ("effective", [LAW], [], LAW.path, "2014-07-01", "in-force", "none-known", "2014-07-01"),
    ("State, effect unknown", [LAW_UNDATED], [], LAW.path, "2014-07-01", "unknown", "no-date", None),
    ("State, long ago", [LAW_UNDATED], [], LAW.path, "2017", "in-force", "none-known", "2013-11-29/2016-02-29"),
    ("only cited", [Doc(A, "2010-02-25", held=False)], [], A, "2012", "unknown", "only-cited", None),
    ("no date", [Doc(A)], [], A, "2012", "unknown", "no-date", None),
    ("no date, no question of date", [Doc(A)], [], A, None, "in-force", "none-known", None),
    ("year only, that year", [Doc(A, "2010")], [], A, "2010-05", "unknown", "no-date", None),
    ("year only, later", [Doc(A, "2010")], [], A, "2011", "in-force", "none-known", "2010"),
    ("replaced", [OLD, NEW], [Rel(B, "replaces", A)], A, "2015-06-01", "superseded", "superseded", "2015-06-01"),
    ("the day before", [OLD, NEW], [Rel(B, "replaces", A)], A, "2015-05-31", "in-force", "none-known", "2010-02-25"),
    ("the relation's own day", [OLD, NEW], [Rel(B, "replaces", A, "2016-01-01")], A, "2015-12-31", "in-force", "none-known", "2010-02-25"),
    ("the relation's own day came", [OLD, NEW], [Rel(B, "replaces", A, "2016-01-01")], A, "2016", "superseded", "superseded", "2016-01-01"),
    ("repealed repealer", [OLD, NEW, THIRD], [Rel(B, "repeals", A), Rel(C, "repeals", B)], A, "2021", "superseded", "superseded", "2015-06-01"),
    ("repealer repealed before it acted", [OLD, NEW, THIRD], [Rel(B, "replaces", A, "2021-01-01"), Rel(C, "repeals", B)], A, "2021", "unknown", "lapsed", None),
    ("replaced by two", [OLD, NEW, THIRD], [Rel(B, "replaces", A), Rel(C, "repeals", A)], A, "2021", "superseded", "superseded", "2015-06-01"),
    ("undated replacer", [OLD, Doc(B)], [Rel(B, "replaces", A)], A, "2021", "unknown", "undated", None),
    ("undated replacer, all told", [OLD, Doc(B)], [Rel(B, "replaces", A)], A, None, "superseded", "superseded", None),
    ("replacer of some month", [OLD, Doc(B, "2015-06")], [Rel(B, "replaces", A)], A, "2015-06-15", "unknown", "undated", None),
    ("replacer older", [OLD, Doc(B, "2009-01-01")], [Rel(B, "replaces", A)], A, "2021", "in-force", "none-known", "2010-02-25"),
    ("mutual", [Doc(A, "2010"), Doc(B, "2010")], [Rel(B, "replaces", A), Rel(A, "replaces", B)], A, "2021", "unknown", "circular", None),
    ("amended", [OLD, NEW], [Rel(B, "amends", A)], A, "2016", "partly-superseded", "amended", "2015-06-01"),
    ("amended later", [OLD, NEW], [Rel(B, "amends", A)], A, "2014", "in-force", "none-known", "2010-02-25"),
    ("amended, then replaced", [OLD, NEW, THIRD], [Rel(B, "amends", A), Rel(C, "replaces", A)], A, "2021", "superseded", "superseded", "2020-01-10"),
    ("amended some time", [OLD, Doc(B)], [Rel(B, "amends", A)], A, "2016", "unknown", "undated", None),
    ("suspended", [OLD, NEW], [Rel(B, "suspends", A)], A, "2016", "unknown", "suspended", None),
    ("cited, implemented", [OLD, NEW], [Rel(B, "implements", A), Rel(B, "cites", A)], A, "2016", "in-force", "none-known", "2010-02-25"),
    ("sources agree as far as they go", [OLD, NEW], [Rel(B, "replaces", A, "2016"), Rel(B, "replaces", A, "2016-03-01", "khac")], A, "2016-03-01", "superseded", "superseded", "2016-03-01"),
    ("sources contradict", [OLD, NEW], [Rel(B, "replaces", A, "2016-01-01"), Rel(B, "replaces", A, "2017-01-01", "khac")], A, "2016-06", "unknown", "undated", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("documents", "relations", "path", "as_of", "state", "reason", "since"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_state(
    documents: list[Doc],
    relations: list[Rel],
    path: str,
    as_of: str | None,
    state: str,
    reason: str,
    since: str | None,
) -> None:
    store = world(documents, relations)
    asked = documents_of(store, path)
    status = status_of(store, asked, as_of)[asked[0].iri]
    assert (status.state, status.reason, status.since) == (state, reason, since)
    assert status.as_of == as_of
    assert state_label(status.state, asked[0].polity) and reason_words(status.reason, "hôm nay")


def test_the_chain_goes_on_to_what_ended_the_repealer() -> None:
    store = world(
        [OLD, NEW, THIRD, FOURTH], [Rel(B, "repeals", A), Rel(C, "repeals", B), Rel(D, "replaces", C)]
    )
    asked = documents_of(store, A)
    status = status_of(store, asked, "2021")[asked[0].iri]
    assert [act.by.path for act in status.chain] == [B, C]
    assert [act.reckoning for act in status.chain] == ["issued", "issued"]
    assert [act.edge.best.quote for act in status.chain] == [f"{B} repeals {A}", f"{C} repeals {B}"]


def test_what_cannot_be_dated_or_comes_later_or_is_older_is_named() -> None:
    store = world(
        [OLD, NEW, Doc(C), Doc(D, "2009")],
        [Rel(B, "amends", A), Rel(C, "amends", A), Rel(D, "replaces", A)],
    )
    asked = documents_of(store, A)
    status = status_of(store, asked, "2012")[asked[0].iri]
    assert [act.by.path for act in status.undated] == [C]
    assert [act.by.path for act in status.later] == [B]
    assert [act.by.path for act in status.doubtful] == [D]
    assert status.state == "unknown"


def test_no_date_no_answer() -> None:
    store = world([OLD])
    with pytest.raises(QueryError):
        status_of(store, documents_of(store, A), "25/02/2010")


def test_every_state_has_its_words() -> None:
    assert set(state_names()) == set(State.__args__)  # type: ignore[attr-defined]
    for state in state_names():
        assert "hiệu lực" not in state_label(state, "party"), "documents of the Party are no law"


DAYS = st.dates().map(str)
PATHS = [f"tw/qd/{n}" for n in range(6)]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Doc], list[Rel]]:
    """Some dated documents that supersede and amend each other in whatever way."""
    documents = [Doc(path, draw(DAYS)) for path in PATHS]
    pairs = st.tuples(
        st.sampled_from(PATHS), st.sampled_from(["replaces", "repeals", "amends"]), st.sampled_from(PATHS)
    )
    relations = {
        Rel(*row, draw(st.none() | DAYS)) for row in draw(st.lists(pairs, max_size=8)) if row[0] != row[2]
    }
    return documents, sorted(relations, key=repr)


@given(histories(), DAYS, DAYS)
def test_superseded_stays_superseded(history: tuple[list[Doc], list[Rel]], one: str, other: str) -> None:
    """No document rises again, unless a later act makes the story circular or void, and then it is unknown."""
    early, late = sorted((one, other))
    store = world(*history)
    documents = documents_of(store, *PATHS)
    before, after = status_of(store, documents, early), status_of(store, documents, late)
    for iri, status in before.items():
        if status.state == "superseded":
            assert after[iri].state in {"superseded", "unknown"}
        if status.state != "not-yet-in-force":
            assert after[iri].state != "not-yet-in-force" or after[iri].reason == "not-effective"


@given(histories())
def test_at_the_end_of_all_days_the_status_is_the_plain_one(history: tuple[list[Doc], list[Rel]]) -> None:
    store = world(*history)
    documents = documents_of(store, *PATHS)
    plain, at_last = status_of(store, documents), status_of(store, documents, "9999-12-31")
    assert {iri: (s.state, s.chain) for iri, s in plain.items()} == {
        iri: (s.state, s.chain) for iri, s in at_last.items()
    }


@given(DAYS, DAYS)
def test_a_day_has_come_from_that_day_on(day: str, asked: str) -> None:
    assert moment_of(day).has_come(asked) == (day <= asked)
