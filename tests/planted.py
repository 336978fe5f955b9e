"""A made-up corpus in which what is to be found is known: findings planted among ten thousand ordinary documents.

Ordinary documents do what real ones do without asking for review: younger documents implement older ones,
bodies replace their own documents, laws end decrees, renewed rules rest on renewed grounds. Beside each planted
finding stands its near miss. The same seed gives the same corpus.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from ontology.place import places
from tests.time_graph import Doc, Rel

PROVINCES = [place.slug for place in places() if place.since is None or place.since <= "1997-01-01"]
PROVINCES = [
    slug for slug in PROVINCES if any(p.slug == slug and (p.until or "9") >= "2025-07-01" for p in places())
]
START, END = date(2010, 1, 1), date(2024, 12, 31)


@dataclass
class Planted:
    """A corpus and its truth.

    Attributes:
        documents: all of them.
        relations: all of them.
        truth: by kind of finding, the paths each is about, the one to be reviewed first; a circle as a set.
    """

    documents: list[Doc] = field(default_factory=list)
    relations: list[Rel] = field(default_factory=list)
    truth: dict[str, set[tuple[str, ...] | frozenset[str]]] = field(default_factory=dict)


class Planter:
    """Makes a corpus; every document gets a number of its own."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a corpus is no secret
        self.made = Planted(truth={"resting": set(), "chronology": set(), "authority": set(), "cycle": set()})
        self.number = 0

    def day(self, start: date = START, end: date = END) -> date:
        """A day between two, the later left out."""
        return start + timedelta(days=self.random.randrange(max(1, (end - start).days)))

    def central(self, day: date, issuer: str = "ttg", polity: str = "state") -> Doc:
        """A central document."""
        self.number += 1
        scope = "tw" if polity == "party" else "vn"
        return self._keep(
            Doc(
                f"{scope}/qd/{day.year}/{self.number}",
                str(day),
                f"{self.number}/QĐ",
                issuer=issuer,
                polity=polity,
            )
        )

    def local(self, day: date, place: str | None = None, issuer: str = "ubnd") -> Doc:
        """A document of a province."""
        self.number += 1
        place = place or self.random.choice(PROVINCES)
        return self._keep(
            Doc(f"{issuer}-{place}/kh/{day.year}/{self.number}", str(day), f"{self.number}/KH-UBND", level="province",
                place=place, issuer=f"{issuer}-{place}", polity="state")
        )  # fmt: skip

    def relate(self, subject: Doc, predicate: str, object_: Doc, effective: date | None = None) -> None:
        """A relation."""
        self.made.relations.append(
            Rel(subject.path, predicate, object_.path, str(effective) if effective else None)
        )

    def _keep(self, document: Doc) -> Doc:
        self.made.documents.append(document)
        return document


def plant(count: int = 10_000, each: int = 25, seed: int = 7) -> Planted:
    """A corpus of at least `count` documents with `each` findings of each planted shape."""
    planter = Planter(seed)
    for _ in range(each):
        _resting(planter)
        _chronology(planter)
        _authority(planter)
        _cycle(planter)
    pool = [planter.central(planter.day(START, date(2015, 1, 1))) for _ in range(300)]
    while len(planter.made.documents) < count:
        _ordinary(planter, pool)
    planter.random.shuffle(planter.made.documents)
    planter.random.shuffle(planter.made.relations)
    return planter.made


def _ordinary(planter: Planter, pool: list[Doc]) -> None:
    """A rule that implements what stands, perhaps renewed by its own body together with what it implements."""
    ground = planter.random.choice(pool)
    rule = planter.local(planter.day(date(2015, 1, 1)))
    planter.relate(rule, planter.random.choice(("implements", "guides", "basedOn")), ground)
    if planter.random.random() < 0.2:
        later = planter.local(planter.day(date(2025, 1, 1), date(2025, 5, 1)), rule.place)
        planter.relate(later, "replaces", rule)
        planter.relate(later, "implements", ground)


def _resting(planter: Planter) -> None:
    truth = planter.made.truth["resting"]
    old = planter.central(planter.day(date(2010, 1, 1), date(2012, 1, 1)))
    new = planter.central(planter.day(date(2018, 1, 1), date(2019, 1, 1)))
    planter.relate(new, "replaces", old, date(2019, 6, 1))
    for predicate in ("implements", "guides", "basedOn"):
        rule = planter.local(planter.day(date(2013, 1, 1), date(2017, 1, 1)))
        planter.relate(rule, predicate, old)
        truth.add((rule.path, old.path))
    amended = planter.central(planter.day(date(2010, 1, 1), date(2012, 1, 1)))
    amending = planter.central(planter.day(date(2018, 1, 1), date(2019, 1, 1)))
    planter.relate(amending, "amends", amended)
    rule = planter.local(planter.day(date(2013, 1, 1), date(2017, 1, 1)))
    planter.relate(rule, "details", amended)
    truth.add((rule.path, amended.path))
    # near misses: renewed by amendment, itself replaced, issued after the change, the changer itself, only cited
    renewed = planter.local(planter.day(date(2013, 1, 1), date(2017, 1, 1)))
    planter.relate(renewed, "implements", old)
    planter.relate(planter.local(date(2020, 1, 1), renewed.place), "amends", renewed)
    gone = planter.local(planter.day(date(2013, 1, 1), date(2017, 1, 1)))
    planter.relate(gone, "implements", old)
    planter.relate(planter.local(date(2018, 1, 1), gone.place), "repeals", gone)
    late = planter.local(date(2021, 1, 1))
    planter.relate(late, "implements", old)
    planter.relate(new, "basedOn", old)
    cited = planter.local(planter.day(date(2013, 1, 1), date(2017, 1, 1)))
    planter.relate(cited, "cites", old)


def _chronology(planter: Planter) -> None:
    young = planter.central(planter.day(date(2016, 1, 1), date(2018, 1, 1)))
    old = planter.local(planter.day(date(2012, 1, 1), date(2015, 1, 1)))
    planter.relate(old, planter.random.choice(("implements", "details", "guides")), young)
    planter.made.truth["chronology"].add((old.path, young.path))
    # near misses: the same day, an older one cited only
    same = planter.local(date.fromisoformat(young.date or ""))
    planter.relate(same, "implements", young)
    planter.relate(planter.local(date(2013, 1, 1)), "cites", young)


def _authority(planter: Planter) -> None:
    truth = planter.made.truth["authority"]
    shapes = [
        (planter.central(planter.day(date(2010, 1, 1), date(2012, 1, 1)), "bnv"), "btc"),
        (planter.central(planter.day(date(2010, 1, 1), date(2012, 1, 1)), "cp"), "ttg"),
        (planter.central(planter.day(date(2010, 1, 1), date(2012, 1, 1)), "bct", "party"), "cp"),
    ]
    for old, issuer in shapes:
        by = planter.central(planter.day(date(2014, 1, 1), date(2016, 1, 1)), issuer)
        planter.relate(by, "replaces", old)
        truth.add((old.path, by.path))
    here, there = planter.random.sample(PROVINCES[:20], 2)
    old = planter.local(planter.day(date(2010, 1, 1), date(2012, 1, 1)), here)
    by = planter.local(
        planter.day(date(2014, 1, 1), date(2016, 1, 1)), there if not _is_heir(here, there) else "lang-son"
    )
    planter.relate(by, "repeals", old)
    truth.add((old.path, by.path))
    # near misses: the issuer, its heir after a merger, a body above it, two bodies under one counter of the Party
    for first, second, polity in (
        ("bnv", "bnv", "state"),
        ("bkhdt", "btc", "state"),
        ("cp", "qh", "state"),
        ("bbt", "bct", "party"),
    ):
        old = planter.central(planter.day(date(2010, 1, 1), date(2012, 1, 1)), first, polity)
        planter.relate(planter.central(date(2025, 4, 1), second, polity), "replaces", old)
    old = planter.local(planter.day(date(2010, 1, 1), date(2012, 1, 1)), "hai-duong")
    planter.relate(planter.local(date(2025, 9, 1), "hai-phong"), "replaces", old)


def _is_heir(here: str, there: str) -> bool:
    return here == "lang-son" or any(place.slug == here and there in place.successors for place in places())


def _cycle(planter: Planter) -> None:
    size = planter.random.randint(2, 5)
    same = planter.day(date(2012, 1, 1), date(2014, 1, 1))
    predicate = planter.random.choice(("implements", "replaces"))
    ring = [planter.central(same) for _ in range(size)]
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        planter.relate(one, predicate, other)
    planter.made.truth["cycle"].add(frozenset(document.path for document in ring))
    # near miss: a chain, and a way round that does not close
    chain = [planter.central(same) for _ in range(4)]
    for one, other in pairwise(chain):
        planter.relate(one, predicate, other)
    planter.relate(chain[0], predicate, chain[2])
