"""How well texts are read: extraction compared with annotated texts, as figures to be watched over time.

An annotated text is a JSON file with `text`, `self`, `documents`, `mentions` (surface and which occurrence
of it) and `relations` between documents. What counts as right:

- a mention, where it overlaps an annotated one and bears the same number, or for a named document the same
  name in three fifths of its words;
- a document, where it is paired with an annotated one by the same measure, each at most once;
- a relation, where subject, predicate and object are all those annotated; the text itself is `self`.

Precision counts what was found, recall what was annotated, each over all texts together.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from graph.errors import ReadError
from graph.tally import PREDICATES, RARER, Row, Score

_SHARE = 0.6


def score_folder(
    folder: Path, extract: Callable[[str, str], Row], progress: Callable[[], None] | None = None
) -> Score:
    """Score an extractor against a folder of annotated texts.

    Args:
        folder: holds `*.json`, however deep.
        extract: from name and text to the row of its extraction.
        progress: called after each text.

    Raises:
        ReadError: the folder holds no annotated text, or one is malformed.
    """
    annotated = read_annotated(folder)
    score = Score()
    rarer = {predicate for _, gold in annotated for _, predicate, _ in gold["relations"]}
    score.predicates = (*PREDICATES, *(predicate for predicate in RARER if predicate in rarer))
    for name in ("mentions", "documents", "relations", *score.predicates):
        score.tally(name)
    for name, gold in annotated:
        score_text(score, name, gold, extract(name, gold["text"]))
        if progress:
            progress()
    return score


def read_annotated(folder: Path) -> list[tuple[str, Row]]:
    """The annotated texts of a folder, however deep: name and annotation, by path.

    Raises:
        ReadError: there is none, or one is malformed.
    """
    files = sorted(folder.rglob("*.json"))
    if not files:
        raise ReadError(f"{folder}: no annotated texts (*.json) in it")
    out = []
    for path in files:
        try:
            gold = json.loads(path.read_text(encoding="utf-8"))
            for mention in gold["mentions"]:
                _occurrence(gold["text"], mention["text"], mention.get("nth", 1))
                gold["documents"][mention["doc"]].get("number")
            for _subject, _predicate, _target in gold["relations"]:
                pass
            gold["self"]
        except (ValueError, KeyError, TypeError) as error:
            raise ReadError(f"{path}: not an annotated text ({type(error).__name__}: {error})") from error
        out.append((path.stem, gold))
    return out


def score_text(score: Score, name: str, gold: Row, found: Row) -> None:
    """Add one text's comparison to the score."""
    score.texts += 1
    _score_mentions(score, name, gold, found)
    pairs = pair_documents(gold["documents"], found)
    _score_documents(score, gold, found, pairs)
    _score_relations(score, name, gold, found, pairs)


def _score_mentions(score: Score, name: str, gold: Row, found: Row) -> None:
    text, tally = gold["text"], score.tally("mentions")
    free = list(found["mentions"])
    for mention in gold["mentions"]:
        start = _occurrence(text, mention["text"], mention.get("nth", 1))
        end, record = start + len(mention["text"]), gold["documents"][mention["doc"]]
        for candidate in free:
            overlaps = candidate["start"] < end and candidate["end"] > start
            cited = found["documents"].get(candidate["document"])
            if overlaps and cited is not None and is_same(record, cited):
                free.remove(candidate)
                tally.right += 1
                break
        else:
            tally.missed += 1
            score.note("missed mention", name, text[start:end])
    for candidate in free:
        # a text may well cite itself; nobody annotates that
        if candidate["document"] != found["self"]:
            tally.spurious += 1
            score.note("spurious mention", name, text[candidate["start"] : candidate["end"]])


def pair_documents(wanted: Row, found: Row) -> dict[str, str]:
    """From found keys to annotated ones, one to one; numbers go before names, the text with itself."""
    pairs = {found["self"]: "self"} if found["self"] is not None else {}
    numbered = [key for key, record in wanted.items() if canonical(record.get("number"))]
    named = [key for key in wanted if key not in numbered]
    for key in numbered + named:
        match = next(
            (
                mine
                for mine, row in found["documents"].items()
                if mine not in pairs and is_same(wanted[key], row)
            ),
            None,
        )
        if match is not None:
            pairs[match] = key
    return pairs


def _score_documents(score: Score, gold: Row, found: Row, pairs: dict[str, str]) -> None:
    tally, paired = score.tally("documents"), set(pairs.values())
    for key, record in gold["documents"].items():
        is_right = key in paired
        tally.right += is_right
        tally.missed += not is_right
        counts = score.recalled["numbered" if canonical(record.get("number")) else "named"]
        counts[0] += is_right
        counts[1] += 1
    tally.spurious += sum(key not in pairs for key in found["documents"] if key != found["self"])
    for mine, key in pairs.items():
        wanted = gold["self"] if key == "self" else gold["documents"][key]
        have = found["documents"].get(mine, {})
        if wanted and wanted.get("date"):
            _count(score.fields["date"], have.get("date") == wanted["date"])
        if wanted and wanted.get("issuer"):
            words = set(_words(wanted["issuer"]))
            _count(
                score.fields["issuer"], len(words & set(_words(have.get("issuer")))) >= _SHARE * len(words)
            )
    if gold["self"] and gold["self"].get("number"):
        have = found["documents"].get(found["self"], {})
        _count(
            score.fields["self_number"], canonical(have.get("number")) == canonical(gold["self"]["number"])
        )


def _score_relations(score: Score, name: str, gold: Row, found: Row, pairs: dict[str, str]) -> None:
    wanted = {(subject, predicate, target) for subject, predicate, target in gold["relations"]}
    have: dict[tuple[str, str, str], float] = {}
    for row in found["relations"]:
        if row["predicate"] in score.predicates:
            subject = pairs.get(row["subject"], f"?{row['subject']}")
            triple = (subject, row["predicate"], pairs.get(row["object"], f"?{row['object']}"))
            have[triple] = max(have.get(triple, 0.0), row.get("confidence", 1.0))
    score.confidences += [(confidence, triple in wanted) for triple, confidence in sorted(have.items())]
    score.reversed += sum((o, p, s) in wanted and (s, p, o) not in wanted for s, p, o in have)
    for kind, triples in (
        ("right", wanted & have.keys()),
        ("spurious", have.keys() - wanted),
        ("missed", wanted - have.keys()),
    ):
        for triple in sorted(triples):
            for tally in (score.tally("relations"), score.tally(triple[1])):
                setattr(tally, kind, getattr(tally, kind) + 1)
            if kind != "right":
                score.note(f"{kind} relation", name, " ".join(triple))


def is_same(wanted: Row, have: Row) -> bool:
    """Whether a found document is the annotated one: by number, or by name where that has none.

    >>> is_same({"number": "25"}, {"number": "25-NQ/TW"})
    True
    """
    number, mine = canonical(wanted.get("number")), canonical(have.get("number"))
    if number:
        # "Nghị quyết 25" may have been completed to its whole number
        return number == mine or bool(mine and number.isdigit() and re.split("[-/]", mine)[0] == number)
    if mine and wanted.get("title") is None:
        return False
    words = set(_words(wanted.get("title")))
    return bool(words) and len(
        words & {*_words(have.get("title")), *_words(have.get("type"))}
    ) >= _SHARE * len(words)


def canonical(number: str | None) -> str | None:
    """A number without blanks, odd dashes, small letters and leading zeros; None stays None.

    >>> canonical("05 - ctr/tu")
    '5-CTR/TU'
    """
    if not number:
        return None
    text = re.sub("[\u2010-\u2014\u2212]", "-", unicodedata.normalize("NFC", number))
    return re.sub(r"^0+(?=\d)", "", re.sub(r"\s+", "", text).upper())


def _words(text: str | None) -> Iterable[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text or "").lower())


def _occurrence(text: str, surface: str, nth: int) -> int:
    start = -1
    for _ in range(nth):
        start = text.index(surface, start + 1)
    return start


def _count(counts: list[int], is_right: bool) -> None:
    counts[0] += is_right
    counts[1] += 1
