"""How the documents of the invented country read: laws, decrees, circulars, decisions of provinces, Party plans, news.

The layouts are those of the field (Nghị định 30/2020/NĐ-CP; Hướng dẫn 36-HD/VPTW), the sentences are ours. Citations
stand in print as they do: with the date in words, in figures, or without; by number or, for a law, by name.
"""

import random
from collections.abc import Callable
from datetime import date

from invented_world import Invented, Written

ACTORS = ("Các cơ quan, đơn vị", "Cấp ủy các cấp", "Thủ trưởng đơn vị", "Mặt trận và các đoàn thể", "Cơ quan chuyên môn",
          "Ủy ban nhân dân cấp xã", "Người đứng đầu", "Đơn vị sự nghiệp", "Các tổ chức có liên quan", "Văn phòng")  # fmt: skip
DEEDS = ("rà soát, bổ sung quy hoạch", "bố trí kinh phí hằng năm", "phân công cán bộ phụ trách", "tuyên truyền đến từng hộ dân",
         "lập danh mục việc cần làm trước", "cập nhật số liệu lên hệ thống chung", "công khai thủ tục tại trụ sở",
         "tổ chức lớp bồi dưỡng ngắn ngày", "ký cam kết trách nhiệm", "lấy ý kiến nhân dân trước khi quyết định",
         "lồng ghép với các chương trình khác", "khen thưởng tập thể làm tốt", "chấn chỉnh nơi làm chưa tốt",
         "huy động nguồn lực xã hội", "xây dựng mô hình điểm", "giám sát chặt chẽ chất lượng")  # fmt: skip
MANNERS = ("bảo đảm thiết thực, tiết kiệm", "đúng thẩm quyền", "trước ngày 30 tháng 11 hằng năm", "phù hợp với điều kiện từng nơi",
           "không để chồng chéo", "trên cơ sở đồng thuận của người dân", "theo phân cấp hiện hành", "trong quý đầu của năm",
           "có kiểm tra, có đánh giá", "với sự tham gia của chuyên gia")  # fmt: skip
VERBS = {"details": "quy định chi tiết một số điều của", "guides": "hướng dẫn thi hành", "amends": "sửa đổi, bổ sung một số điều của",
         "implements": "thực hiện"}  # fmt: skip


class Prose:
    """Writes texts; the same random numbers give the same words."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._sentences = [
            f"{actor} {deed}, {manner}." for actor in ACTORS for deed in DEEDS for manner in MANNERS
        ]

    def write(self, text: Written) -> str:
        """The whole text of a document or of a report."""
        if text.is_report:
            return self._report(text)
        scope, kind = text.document.scope.partition("-")[0], text.document.kind.type
        body: Callable[[Written], str] = self._party if scope in {"tw", "tu"} else self._articles
        return (self._plan if kind in {"kh", "ct"} and scope not in {"tw", "tu"} else body)(text)

    def cite(self, document: Invented, *, first: bool = True) -> str:
        """A citation: type and number or name, mostly with date and issuer."""
        chance = self.rng.random()
        if document.kind.type == "luat":
            name = f"Luật {_capital(document.subject)}"
            if chance < 0.35:
                return f"{name} ngày {_day(document.day)}"
            return name + (f" số {document.number}" if chance < 0.8 else f" năm {document.day.year}")
        cited = f"{document.kind.word} số {document.number}"
        if not first:
            return cited
        if chance < 0.06:
            return cited
        printed = self.rng.choice(
            (_day(document.day), f"{document.day.day:02}/{document.day.month}/{document.day.year}")
        )
        cited += f" ngày {printed}"
        if chance < 0.7:
            cited += f" của {document.issuer}"
        return cited + (f" về {document.subject}" if chance < 0.5 else "")

    def _filler(self, mean: int) -> list[str]:
        """Sentences, in paragraphs; about so many code points, seldom many more."""
        length = min(60_000, int(self.rng.lognormvariate(0, 0.9) * mean / 1.5))
        return self.rng.choices(self._sentences, k=max(3, length // 75))

    def _head(self, document: Invented) -> str:
        where = document.place.name if document.place else "Hà Nội"
        return (
            f"{document.issuer.upper()}\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
            f"---------------\nSố: {document.number}\n{where}, ngày {_day(document.day)}\n\n"
        )

    def _title(self, text: Written) -> tuple[str, list[tuple[str, Invented]]]:
        """Words after the type, and the relations that are left for the body."""
        document = text.document
        for index, (predicate, target) in enumerate(text.relations):
            if predicate in VERBS and target.kind.type != "luat":
                rest = [*text.relations[:index], *text.relations[index + 1 :]]
                lead = "Về việc " if document.kind.type == "qd" else ""
                return f"{lead}{VERBS[predicate]} {self.cite(target)}", rest
        return f"Về {document.subject}", list(text.relations)

    def _articles(self, text: Written) -> str:
        document = text.document
        if document.kind.type == "luat":
            title, rest = _capital(document.subject).upper(), list(text.relations)
        else:
            title, rest = self._title(text)
        lines = [self._head(document) + document.kind.word.upper(), title + "\n"]
        lines += [f"Căn cứ {self.cite(target)};" for name, target in rest if name == "basedOn"]
        lines.append(f"{document.issuer} ban hành {document.kind.word} này.\n")
        articles = [f"Điều 1. Phạm vi điều chỉnh\n{document.kind.word} này quy định về {document.subject}."]
        for name, target in rest:
            if name in VERBS:
                articles.append(
                    f"Điều {len(articles) + 1}. {document.kind.word} này {VERBS[name]} {self.cite(target)}."
                )
        sentences = self._filler(3600)
        for start in range(0, len(sentences), 6):
            clauses = "\n".join(
                f"{n}. {sentence}" for n, sentence in enumerate(sentences[start : start + 6], 1)
            )
            articles.append(f"Điều {len(articles) + 1}. Tổ chức thực hiện\n{clauses}")
        ends = [f"{document.kind.word} này có hiệu lực kể từ ngày ký."]
        ends += [
            f"{document.kind.word} này {'thay thế' if name == 'replaces' else 'bãi bỏ'} {self.cite(target)}."
            for name, target in rest
            if name in {"replaces", "repeals"}
        ]
        articles.append(f"Điều {len(articles) + 1}. Hiệu lực thi hành\n" + "\n".join(ends))
        return "\n".join([*lines, *articles, "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"])

    def _plan(self, text: Written) -> str:
        document = text.document
        title, rest = self._title(text)
        lines = [self._head(document) + document.kind.word.upper(), title + "\n"]
        return "\n".join([*lines, *self._body(document, rest)])

    def _party(self, text: Written) -> str:
        document = text.document
        name = "BAN CHẤP HÀNH TRUNG ƯƠNG" if document.scope == "tw" else document.issuer.upper()
        where = document.place.name if document.place else "Hà Nội"
        title, rest = self._title(text)
        head = (
            f"{name}\n*\nSố {document.number}\nĐẢNG CỘNG SẢN VIỆT NAM\n{where}, ngày {_day(document.day)}\n\n"
        )
        return "\n".join(
            [head + document.kind.word.upper(), title + "\n-----\n", *self._body(document, rest)]
        )

    def _body(self, document: Invented, rest: list[tuple[str, Invented]]) -> list[str]:
        acted = [self.cite(target) for name, target in rest if name == "implements"]
        lines = []
        if acted:
            lines.append(
                f"Thực hiện {', '.join(acted)}, {document.issuer} ban hành {document.kind.word} này như sau:\n"
            )
        lines += [f"Căn cứ {self.cite(target)};" for name, target in rest if name == "basedOn"]
        sentences = self._filler(2800)
        for number, start in enumerate(range(0, len(sentences), 8), 1):
            lines.append(f"{number}. Nhiệm vụ\n" + " ".join(sentences[start : start + 8]))
        for name, target in rest:
            if name in {"replaces", "repeals"}:
                verb = "thay thế" if name == "replaces" else "bãi bỏ"
                lines.append(f"{document.kind.word} này {verb} {self.cite(target)}.")
            elif name in {"amends", "details", "guides"}:
                lines.append(f"{document.kind.word} này {VERBS[name]} {self.cite(target)}.")
        return [*lines, "\nNơi nhận:\n- Các cơ quan;\n- Lưu Văn phòng.\n"]

    def _report(self, text: Written) -> str:
        document = text.document
        acted = [target for name, target in text.relations if name == "implements"]
        where = document.place.full_name if document.place else "Trung ương"
        sentences = self._filler(1400)
        lead = (
            f"Phóng viên báo địa phương - {where.capitalize()} có nhiều cách làm mới về {document.subject}."
        )
        cited = ", ".join(self.cite(target) for target in acted)
        said = f"Thực hiện {cited}, {document.issuer} đã ban hành {self.cite(document)}."
        half = len(sentences) // 2
        return "\n\n".join([lead, " ".join(sentences[:half]), said, " ".join(sentences[half:])]) + "\n"


def stated_relations(text: Written) -> list[tuple[Invented, str, Invented]]:
    """What a text says, as relations between documents; a report tells of what is implemented only."""
    return [
        (text.document, name, target)
        for name, target in text.relations
        if not text.is_report or name == "implements"
    ]


def _day(day: date) -> str:
    return f"{day.day:02} tháng {day.month:02} năm {day.year}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
