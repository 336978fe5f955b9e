"""Topics: which of several documents a text speaks about, by the words their titles do not share.

A title is cut into pairs of syllables (most Vietnamese words are two) after the words of officialese are
taken out, so "Tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới" is
about "dân vận". A pair counts by how few of the candidates have it: what all share decides nothing. Words of
the very body of law ("đất đai") count as any other; no dictionary is used.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ontology.slug import fold

_STOPS = """
tang cuong; tiep tuc; doi moi; nang cao; day manh; su lanh dao cua dang; lanh dao; cua dang; doi voi; cong
tac; trong tinh hinh moi; tinh hinh moi; thoi ky moi; thoi ky; thoi gian toi; cong nghiep hoa; hien dai hoa;
dat nuoc; chat luong; hieu qua; hieu luc; thuc hien; trien khai; quan triet; mot so; nhiem vu; giai phap; van
de; chu truong; chinh sach; hien nay; giai doan; nhiem ky; den nam; tam nhin; viet nam; dang cong san; nghi
quyet; chi thi; ket luan; quyet dinh; quy dinh; quy che; huong dan; ke hoach; chuong trinh; hanh dong; de an;
thong bao; thong tu; nghi dinh; phap lenh; ban hanh; ban chap hanh; chap hanh; trung uong; bo chinh tri; ban
bi thu; ban thuong vu; tinh uy; thanh uy; huyen uy; chinh phu; thu tuong; uy ban nhan dan; hoi dong nhan dan;
sua doi; bo sung; mot so dieu; to chuc; phat huy; vai tro; xay dung; phat trien; quan ly; nang luc; cap uy;
cac cap; tren dia ban tinh; dia ban; va; cua; voi; trong; cac; nhung; theo; duoc; khoa; lan thu; hoi nghi;
thanh pho
"""
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\b\d\S*\s?[-/]\s?\S+")


@cache
def _stop_phrases() -> tuple[dict[str, tuple[tuple[str, ...], ...]], int]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _STOPS.replace("\n", " ").split(";"):
        words = tuple(phrase.split())
        by_first.setdefault(words[0], []).append(words)
    ordered = {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in by_first.items()}
    return ordered, max(len(phrase) for phrases in ordered.values() for phrase in phrases)


@lru_cache(maxsize=8192)
def topic_pairs(text: str) -> tuple[str, ...]:
    """Pairs of adjacent syllables, folded, in text order with repeats, officialese and numbers taken out.

    >>> topic_pairs("Tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận")
    ('dan van',)
    """
    words = _WORD.findall(_NUMBER.sub(" 0 ", fold(text)))
    stops, _ = _stop_phrases()
    pairs: list[str] = []
    previous: str | None = None
    at = 0
    while at < len(words):
        word = words[at]
        length = next(
            (len(stop) for stop in stops.get(word, ()) if tuple(words[at : at + len(stop)]) == stop), 0
        )
        if length or word[0].isdigit():
            previous = None
            at += max(length, 1)
            continue
        if previous is not None:
            pairs.append(f"{previous} {word}")
        previous = word
        at += 1
    return tuple(pairs)


def pairs_of(texts: Iterable[str]) -> frozenset[str]:
    """The pairs of several titles together."""
    return frozenset(pair for text in texts for pair in topic_pairs(text))


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How well a candidate's topic is met.

    Attributes:
        weight: 0 and more; the sum over its met pairs, each by rarity and by how often the text says it.
        coverage: 0 to 1, the share of its own pairs' weight that is met.
        met: the met pairs, heaviest first.
    """

    weight: float
    coverage: float
    met: tuple[str, ...]

    @property
    def is_evidence(self) -> bool:
        """Whether this is enough if no rival comes near: half of the topic, or two pairs of it."""
        return self.weight >= 1 and (self.coverage >= 0.5 or (len(self.met) >= 2 and self.weight >= 2))

    @property
    def score(self) -> float:
        """The same between 0 and 1."""
        return round(self.weight / (self.weight + 2), 3)


def topic_scores(candidates: Sequence[frozenset[str]], title: str | None, context: str) -> list[TopicScore]:
    """How well each candidate's pairs are met by a reference's title and the words around it.

    Args:
        candidates: pairs of each candidate's titles, in any order.
        title: counts twice.
        context: counts up to two occurrences of a pair.
    """
    document_frequency = Counter(pair for pairs in candidates for pair in pairs)
    n_known = sum(1 for pairs in candidates if pairs)
    in_title = Counter(topic_pairs(title or ""))
    in_context = Counter(topic_pairs(context))
    result: list[TopicScore] = []
    for pairs in candidates:
        total = weight = met_weight = 0.0
        met: list[tuple[float, str]] = []
        for pair in sorted(pairs):
            rarity = 1.0 if n_known <= 1 else 1 - (document_frequency[pair] - 1) / (n_known - 1)
            total += rarity
            times = (2 if in_title[pair] else 0) + min(in_context[pair], 2)
            if times and rarity:
                weight += rarity * times
                met_weight += rarity
                met.append((-rarity * times, pair))
        coverage = met_weight / total if total else 0.0
        result.append(
            TopicScore(round(weight, 6), round(coverage, 6), tuple(pair for _, pair in sorted(met)))
        )
    return result


def clear_winner(scores: Sequence[TopicScore]) -> int | None:
    """The index of the one candidate that its topic decides for, or None.

    It must be evidence by itself and twice as heavy as any rival.
    """
    if not scores:
        return None
    best = max(range(len(scores)), key=lambda index: scores[index].weight)
    rival = max((score.weight for index, score in enumerate(scores) if index != best), default=0.0)
    return best if scores[best].is_evidence and scores[best].weight >= 2 * rival else None
