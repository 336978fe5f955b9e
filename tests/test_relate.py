"""Which words relate which documents: one row a rule, written for the rule; `self` is the text.

A row is a text and the relations it states, as `subject predicate object` with numbers (or names) for documents; the
narrowest predicate counts.
"""

import pytest

from graph.extract import extract_source
from graph.model import SELF, Source

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: 15/2020/QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Hà Nam, ngày 04 tháng 5 năm 2020\n\nQUYẾT ĐỊNH\n{title}\n\n{body}"
)


def decision(body: str, title: str = "Về việc quản lý chợ") -> str:
    """A provincial decision with this body."""
    return HEAD.format(title=title, body=body)


ROWS: list[tuple[str, str, set[str]]] = [
    (
        "words replaced by words: a law quoted among them is no object",
        decision(
            "Điều 1. Thay thế cụm từ “Luật Đất đai năm 2013” bằng cụm từ “Luật Đất đai năm 2024” tại khoản 2 Điều 5 Quy chế ban hành kèm theo Quyết định số 07/2016/QĐ-UBND ngày 02 tháng 3 năm 2016.\n"
        ),
        {"self amends 07/2016/QĐ-UBND"},
    ),
    (
        "a consolidated text without number consolidates the document its list of amendments belongs to",
        "VĂN BẢN HỢP NHẤT - BỘ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nTHÔNG TƯ\nQuy định về kê đơn thuốc\n\n"
        "Thông tư số 52/2017/TT-BYT ngày 29 tháng 12 năm 2017 của Bộ trưởng Bộ Y tế quy định về kê đơn thuốc; ghi sổ, có hiệu lực kể từ ngày 01 tháng 3 năm 2018, được sửa đổi, bổ sung bởi:\n"
        "Thông tư số 18/2018/TT-BYT ngày 22 tháng 8 năm 2018 của Bộ trưởng Bộ Y tế sửa đổi một số điều của Thông tư số 52/2017/TT-BYT, có hiệu lực kể từ ngày 15 tháng 10 năm 2018.\n"
        "Căn cứ Luật Dược số 105/2016/QH13 ngày 06 tháng 4 năm 2016;\n",
        {
            "self consolidates 52/2017/TT-BYT",
            "18/2018/TT-BYT amends 52/2017/TT-BYT",
            "self basedOn 105/2016/QH13",
        },
    ),
    (
        "report: each issued implements each carried out",
        "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương; Quyết định số 23-QĐ/TW, Tỉnh ủy Sơn La "
        "đã ban hành Chỉ thị số 11-CT/TU và Kế hoạch số 40-KH/TU.",
        {
            "11-CT/TU implements 25-NQ/TW",
            "11-CT/TU implements 23-QĐ/TW",
            "40-KH/TU implements 25-NQ/TW",
            "40-KH/TU implements 23-QĐ/TW",
        },
    ),
    (
        "report: a title cited inside another title is no target of what was issued",
        "Thực hiện Kết luận số 01-KL/TW về tiếp tục thực hiện Chỉ thị số 05-CT/TW; Chỉ thị số 18-CT/TW, Tỉnh ủy đã ban hành Kế hoạch số 7-KH/TU.",
        {"01-KL/TW implements 05-CT/TW", "7-KH/TU implements 01-KL/TW", "7-KH/TU implements 18-CT/TW"},
    ),
    (
        "report: the issued stands before the verb",
        "Huyện ủy Gia Lộc đã ban hành Kế hoạch số 12-KH/HU thực hiện Chỉ thị số 28-CT/TU của Tỉnh ủy.",
        {"12-KH/HU implements 28-CT/TU"},
    ),
    (
        "report: two chains in one sentence stay apart",
        "Chính phủ có Nghị quyết số 10/NQ-CP thực hiện Nghị quyết số 18-NQ/TW và Nghị quyết số 08/NQ-CP thực hiện Nghị quyết số 19-NQ/TW.",
        {"10/NQ-CP implements 18-NQ/TW", "08/NQ-CP implements 19-NQ/TW"},
    ),
    (
        "report: on the basis of",
        "Căn cứ Quyết định số 286-QĐ/TW, Ban Thường vụ Tỉnh ủy đã ban hành Quyết định số 489-QĐ/TU.",
        {"489-QĐ/TU basedOn 286-QĐ/TW"},
    ),
    (
        "what is denied relates nothing",
        decision(
            "Quyết định này không thay thế Quyết định số 12/2012/QĐ-UBND.\n"
            "Nghị định số 10/2012/NĐ-CP chưa hết hiệu lực khi Quyết định này có hiệu lực.\n"
            "Quyết định số 13/2012/QĐ-UBND không bị bãi bỏ bởi Quyết định này.\n"
            "Chưa thực hiện Nghị quyết số 14/NQ-HĐND ngày 01/02/2012."
        ),
        set(),
    ),
    (
        "a plan to replace replaces nothing",
        decision("Dự kiến ban hành Quyết định thay thế Quyết định số 12/2012/QĐ-UBND trong quý IV."),
        set(),
    ),
    (
        "work done by guidance is not guidance",
        decision(
            "Chợ được xếp hạng theo hướng dẫn tại Thông tư số 12/2012/TT-BTC và các văn bản hướng dẫn Luật Giá số 11/2012/QH13."
        ),
        set(),
    ),
    (
        "a sign that stands for another opens no list of repeals, nor is an item in passing one of its objects",
        decision(
            "Hai chữ số thay cho tên chợ như sau:\n- Mã chợ xã ban hành kèm theo Quyết định số 12/2012/QĐ-UBND.\n"
            "Bãi bỏ các văn bản sau:\na) Quyết định số 14/2012/QĐ-UBND.\n"
            "b) Đối với chợ huyện, theo Quyết định số 13/2012/QĐ-UBND."
        ),
        {"self repeals 14/2012/QĐ-UBND"},
    ),
    (
        "a list of changes rules provisions, not what items mention in passing",
        decision(
            "Sửa đổi, bổ sung các quy định sau:\n1. Khoản 2 Điều 3 Quyết định số 12/2012/QĐ-UBND.\n"
            "2. Phân cấp quản lý chợ theo quy định tại Quyết định số 13/2012/QĐ-UBND.\n"
            "3. Người kinh doanh thực hiện theo quy định của Luật Giá số 11/2012/QH13."
        ),
        {"self amends 12/2012/QĐ-UBND"},
    ),
    (
        "what the new words cite is not what they amend",
        decision(
            "Điều 1. Sửa đổi Quyết định số 12/2012/QĐ-UBND\n1. Bổ sung khoản 3 như sau: “Người làm việc theo hợp đồng "
            "xếp lương theo Nghị định số 204/2004/NĐ-CP thực hiện quy định này”."
        ),
        {"self amends 12/2012/QĐ-UBND"},
    ),
    (
        "a conference relates nothing",
        "Sáng nay, Tỉnh ủy tổ chức hội nghị tổng kết 10 năm thực hiện Nghị quyết số 25-NQ/TW và Chỉ thị số 18-CT/TW.",
        set(),
    ),
    (
        "a summary of years of work relates nothing",
        "Báo cáo số 45-BC/TU tổng kết 5 năm thực hiện Kết luận số 43-KL/TW nêu nhiều kết quả.",
        set(),
    ),
    (
        "work along with another document relates nothing",
        "Thi đua gắn với thực hiện Chỉ thị số 05-CT/TW theo Kế hoạch số 3-KH/TU.",
        set(),
    ),
    (
        "report: replaces",
        "Quy định số 37-QĐ/TW thay thế Quy định số 47-QĐ/TW về những điều đảng viên không được làm.",
        {"37-QĐ/TW replaces 47-QĐ/TW"},
    ),
    (
        "report: replaced by",
        "Quyết định số 290-QĐ/TW đã được thay thế bởi Quyết định số 23-QĐ/TW.",
        {"23-QĐ/TW replaces 290-QĐ/TW"},
    ),
    (
        "report: quoted words speak for the document quoted",
        "Quy định số 69-QĐ/TW ghi: “Quy định này thay thế Quy định số 102-QĐ/TW”.",
        {"69-QĐ/TW replaces 102-QĐ/TW"},
    ),
    (
        "own: căn cứ",
        decision(
            "Căn cứ Luật Thương mại ngày 14 tháng 6 năm 2005;\nCăn cứ Nghị định số 02/2003/NĐ-CP ngày 14/01/2003;\n\nĐiều 1. Ban hành."
        ),
        {"self basedOn Thương mại", "self basedOn 02/2003/NĐ-CP"},
    ),
    (
        "own: the basis of a basis is not one's own",
        decision(
            "Căn cứ Thông tư số 06/2003/TT-BTM hướng dẫn thực hiện Nghị định số 02/2003/NĐ-CP;\n\nĐiều 1. Ban hành."
        ),
        {"self basedOn 06/2003/TT-BTM", "06/2003/TT-BTM guides 02/2003/NĐ-CP"},
    ),
    (
        "own: a law amended by another rests on both",
        decision(
            "Căn cứ Luật Đầu tư số 61/2020/QH14 được sửa đổi, bổ sung bởi Luật số 03/2022/QH15;\n\nĐiều 1. Ban hành."
        ),
        {"self basedOn 61/2020/QH14", "self basedOn 03/2022/QH15", "03/2022/QH15 amends 61/2020/QH14"},
    ),
    (
        "own: amending law and the laws it amends",
        decision(
            "Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024; Luật sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở ngày 29 tháng 6 năm 2024;\n\n"
            "Điều 1. Ban hành."
        ),
        {
            "self basedOn Đất đai",
            "self basedOn sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở",
            "sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở amends Đất đai",
            "sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở amends Nhà ở",
        },
    ),
    (
        "own: a submission is no basis",
        decision(
            "Theo đề nghị của Sở Công Thương tại Tờ trình số 88/TTr-SCT ngày 02/4/2020,\n\nĐiều 1. Ban hành."
        ),
        set(),
    ),
    (
        "own: replaces in the closing article, with date and article",
        decision(
            "Điều 1. Ban hành.\n\nĐiều 2. Quyết định này có hiệu lực từ ngày 15/5/2020 và thay thế Quyết định số 09/2015/QĐ-UBND của UBND tỉnh."
        ),
        {"self replaces 09/2015/QĐ-UBND"},
    ),
    (
        "own: whole and partial repeal in one sentence",
        decision(
            "Điều 1. Ban hành.\n\nĐiều 2. Bãi bỏ Quyết định số 51/2014/QĐ-UBND và Điều 5 Quyết định số 09/2015/QĐ-UBND."
        ),
        {"self repeals 51/2014/QĐ-UBND", "self amends 09/2015/QĐ-UBND"},
    ),
    (
        "own: targets before the verb",
        decision(
            "Điều 1. Ban hành.\n\nĐiều 2. Quyết định số 51/2014/QĐ-UBND và Quyết định số 52/2014/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực."
        ),
        {"self repeals 51/2014/QĐ-UBND", "self repeals 52/2014/QĐ-UBND"},
    ),
    (
        "own: a list under a ruling head",
        decision(
            "Điều 1. Ban hành.\n\nĐiều 2. Bãi bỏ các văn bản sau:\n1. Quyết định số 51/2014/QĐ-UBND;\n2. Điều 3 Quyết định số 52/2014/QĐ-UBND."
        ),
        {"self repeals 51/2014/QĐ-UBND", "self amends 52/2014/QĐ-UBND"},
    ),
    (
        "own: reprinted text in quotation marks does not speak",
        decision(
            "Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 11/2019/QĐ-UBND như sau:\n1. Điều 21 được sửa đổi như sau:\n"
            "“Điều 21. Quy chế này thay thế Quyết định số 20/2013/QĐ-UBND.”",
            title="Sửa đổi, bổ sung một số điều của Quy chế ban hành kèm theo Quyết định số 11/2019/QĐ-UBND",
        ),
        {"self amends 11/2019/QĐ-UBND"},
    ),
    (
        "own title: implements",
        decision(
            "Điều 1. Ban hành.",
            title="Ban hành Kế hoạch thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ",
        ),
        {"self implements 33/CT-TTg"},
    ),
    (
        "own title: what is amended carries something out, the title does not",
        decision(
            "Điều 1. Ban hành.",
            title="Sửa đổi, bổ sung Chương trình hành động thực hiện Nghị quyết số 66-NQ/TW",
        ),
        set(),
    ),
    (
        "own opening: thực hiện A; B, the body issues",
        decision(
            "Thực hiện Nghị quyết số 25-NQ/TW; Kết luận số 43-KL/TW, Ủy ban nhân dân tỉnh ban hành Quyết định này như sau:\n\nĐiều 1. Ban hành."
        ),
        {"self implements 25-NQ/TW", "self implements 43-KL/TW"},
    ),
    (
        "own: having effect is no carrying out",
        decision(
            "Điều 1. Ban hành.\n\nĐiều 2. Kể từ ngày Quyết định này có hiệu lực thi hành, mã số quy định tại "
            "Nghị định số 62/2016/NĐ-CP được dùng tiếp."
        ),
        set(),
    ),
    (
        "report: in a list of amended laws the next one amends nothing",
        "Luật Tài nguyên nước số 17/2012/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số 08/2017/QH14, Luật Xuất bản số 19/2012/QH13.",
        {"08/2017/QH14 amends 17/2012/QH13"},
    ),
    (
        "report: a new clause that issues is no title of the mention before it",
        "Chỉ thị số 42-CT/TW về phòng, chống thiên tai, Chính phủ ban hành Kế hoạch thực hiện Kết luận số 213-KL/TW.",
        set(),
    ),
    (
        "own: details",
        decision("Điều 1. Quyết định này quy định chi tiết khoản 2 Điều 9 Luật Giá."),
        {"self details Giá"},
    ),
    (
        "a title that begins with its act is no issue by another body",
        decision(
            "Thực hiện Quyết định số 1133/QĐ-TTg của Thủ tướng Chính phủ phê duyệt các Đề án; Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n\nĐiều 1. Làm."
        ),
        {"self implements 1133/QĐ-TTg"},
    ),
    (
        "and carries out: the second goes with the first",
        "Tỉnh có Kế hoạch số 172/KH-UBND triển khai thi hành Luật Thực hiện dân chủ ở cơ sở và thực hiện Quyết định số 346/QĐ-TTg.",
        {"172/KH-UBND implements 346/QĐ-TTg", "172/KH-UBND implements Thực hiện dân chủ ở cơ sở"},
    ),
    (
        "a review of years carries nothing out, years before a comma do",
        "Hội nghị sơ kết nửa đầu năm 2025 thực hiện Nghị quyết số 57-NQ/TW.\n"
        "Trước đó mười ba năm, thực hiện Kết luận số 65-KL/TW, Tỉnh ủy đã có Đề án số 01-ĐA/TU.",
        {"01-ĐA/TU implements 65-KL/TW"},
    ),
    (
        "the only document spoken of so far repeals",
        "Quyết định số 68/2008/QĐ-BLĐTBXH có hiệu lực từ 15/2/2009. Bãi bỏ Quyết định số 955/1998/QĐ-BLĐTBXH và Quyết định số 999/1999/QĐ-BLĐTBXH.",
        {
            "68/2008/QĐ-BLĐTBXH repeals 955/1998/QĐ-BLĐTBXH",
            "68/2008/QĐ-BLĐTBXH repeals 999/1999/QĐ-BLĐTBXH",
        },
    ),
    (
        "a question states nothing",
        "Hỏi: Nghe nói Quyết định số 25/2021/QĐ-TTg bãi bỏ Quyết định số 40/2020/QĐ-UBND?",
        set(),
    ),
    (
        "the closing article speaks for the document without naming it",
        decision(
            "Điều 1. Ban hành Quy chế.\n\nĐiều 15. Hiệu lực thi hành\n1. Quyết định này có hiệu lực từ ngày ký.\n"
            "2. Quyết định số 44/2015/QĐ-UBND hết hiệu lực kể từ ngày 10 tháng 6 năm 2020.\n"
            "3. Điều 5, Điều 6 và phụ lục của Quyết định số 30/2016/QĐ-UBND bị bãi bỏ."
        ),
        {"self repeals 44/2015/QĐ-UBND", "self amends 30/2016/QĐ-UBND"},
    ),
    (
        "what others draft or propose is no act",
        decision(
            "Xét Tờ trình số 120/TTr-SNV về việc ban hành Quyết định thay thế Quyết định số 30/2018/QĐ-UBND,\n\n"
            "Điều 1. Công văn số 455/STP-VB về việc góp ý dự thảo Nghị quyết bãi bỏ Nghị quyết số 09/2019/NQ-HĐND để lại."
        ),
        set(),
    ),
    (
        "an article's heading opens a list",
        decision(
            "Điều 1. Bãi bỏ toàn bộ 2 văn bản quy phạm pháp luật\n1. Chỉ thị số 03/2005/CT-UBND.\n2. Quyết định số 54/2003/QĐ-UB.\n\n"
            "Điều 2. Quyết định này có hiệu lực từ ngày ký."
        ),
        {"self repeals 03/2005/CT-UBND", "self repeals 54/2003/QĐ-UB"},
    ),
    (
        "rules in several documents are parts of each",
        decision(
            "Điều 2. Quyết định này thay thế những quy định về kỷ luật tại các văn bản sau:\n"
            "Quyết định số 195/2004/QĐ-UB về ban hành Quy chế;\nQuyết định số 49/2008/QĐ-UBND về trách nhiệm;"
        ),
        {"self amends 195/2004/QĐ-UB", "self amends 49/2008/QĐ-UBND"},
    ),
    (
        "the text itself is named as amender",
        decision(
            "Điều 2. Chuyển tiếp\nTrường hợp nêu tại khoản 3 Điều 13 Quyết định số 14/2008/QĐ-UBND được sửa đổi, bổ sung tại khoản 7 Điều 1 của Quyết định này thì giữ nguyên."
        ),
        {"self amends 14/2008/QĐ-UBND"},
    ),
    (
        "an amender in a list is not what follows it",
        "Luật Giáo dục số 38/2005/QH11 đã được sửa đổi, bổ sung theo Luật số 44/2009/QH12, Luật Biển Việt Nam số 18/2012/QH13.",
        {"44/2009/QH12 amends 38/2005/QH11"},
    ),
    (
        "a circular amends no decree",
        "Nghị định số 123/2020/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 70/2025/NĐ-CP và Thông tư số 32/2025/TT-BTC.",
        {"70/2025/NĐ-CP amends 123/2020/NĐ-CP"},
    ),
    (
        "only a point of it was changed",
        "Điều 3 Thông tư số 12/2015/TT-BTC. Điểm này được sửa đổi theo Thông tư số 24/2020/TT-BTC.",
        set(),
    ),
    (
        "a recital quoted by a report is the basis of what it reports",
        "Về căn cứ, Quyết định số 15/2019/QĐ-UBND ghi: Căn cứ Luật Viên chức ngày 15/11/2010; Căn cứ Luật Doanh nghiệp ngày 26/11/2014.",
        {"15/2019/QĐ-UBND basedOn Doanh nghiệp", "15/2019/QĐ-UBND basedOn Viên chức"},
    ),
    (
        "a section of bases",
        decision(
            "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH\n1. Quyết định số 924/QĐ-TTg ngày 22/8/2022.\n2. Nghị quyết số 08-NQ/TU của Tỉnh ủy.\nII. MỤC TIÊU\n1. Theo Kế hoạch số 370/KH-UBND.",
            "Về chuyển đổi số",
        ).replace("QUYẾT ĐỊNH\n", "KẾ HOẠCH\n"),
        {"self basedOn 08-NQ/TU", "self basedOn 924/QĐ-TTg"},
    ),
    (
        "a plan to study carries out",
        "Đảng ủy triển khai Kế hoạch số 33-KH/ĐU về học tập, quán triệt, triển khai Chỉ thị số 18-CT/TU.",
        {"33-KH/ĐU implements 18-CT/TU"},
    ),
    (
        "wages adjusted under a decree amend nothing",
        "Thông tư số 23/2016/TT-BLĐTBXH hướng dẫn điều chỉnh lương hưu và trợ cấp hằng tháng theo Nghị định số 55/2016/NĐ-CP.",
        {"23/2016/TT-BLĐTBXH guides 55/2016/NĐ-CP"},
    ),
    (
        "a passage that begins within the closing article",
        "thi hành từ ngày 01/01/2027.\n3. Nghị định số 39/2015/NĐ-CP của Chính phủ quy định chính sách hỗ trợ hết hiệu lực từ ngày 01/7/2026.\n"
        "Điều 15. Chuyển tiếp\nNghị định này không áp dụng cho hồ sơ đã nộp.",
        {"self repeals 39/2015/NĐ-CP"},
    ),
    (
        "rules in two documents lose force, the documents do not",
        decision(
            "Điều 1. Ban hành.\n\nĐiều 2. Các quy định về đơn giá tại Quyết định số 18/2021/QĐ-UBND, Quyết định số 30/2022/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực."
        ),
        {"self amends 18/2021/QĐ-UBND", "self amends 30/2022/QĐ-UBND"},
    ),
    (
        "a rule to go by in a case is no basis",
        "Tỉnh có Quy định số 08-QĐ/TU; trường hợp khác thì căn cứ Điều lệ Đảng để xử lý.",
        set(),
    ),
    (
        "put into life, and given form",
        "Nhằm đưa Nghị quyết số 11-NQ/TU vào cuộc sống, HĐND tỉnh đã biểu quyết thông qua Nghị quyết số 01/2022/NQ-HĐND. Huyện ủy cụ thể hóa Nghị quyết 11 bằng Đề án số 04-ĐA/HU.",
        {"01/2022/NQ-HĐND implements 11-NQ/TU", "04-ĐA/HU implements 11-NQ/TU"},
    ),
    (
        "what is issued under another is not the other",
        "Thực hiện Nghị quyết số 26-NQ/TW, tỉnh ban hành nhiều văn bản theo tinh thần Kết luận số 54-KL/TW.",
        set(),
    ),
    (
        "the one just named is carried out",
        "Bộ Chính trị có Kết luận số 166-KL/TW. Thực hiện kết luận trên, Chính phủ ban hành Nghị quyết số 349/NQ-CP. Cần Thơ có Kế hoạch số 184/KH-UBND để triển khai nghị quyết này.",
        {"184/KH-UBND implements 349/NQ-CP", "349/NQ-CP implements 166-KL/TW"},
    ),
    (
        "the press names its subject by the type alone",
        "HĐND tỉnh thông qua Nghị quyết số 24/2023/NQ-HĐND. Nghị quyết thay thế Nghị quyết 12/2020/NQ-HĐND và bãi bỏ một phần Nghị quyết số 40/2021/NQ-HĐND.",
        {"24/2023/NQ-HĐND amends 40/2021/NQ-HĐND", "24/2023/NQ-HĐND replaces 12/2020/NQ-HĐND"},
    ),
    (
        "amenders joined by and are all of them",
        "Thông tư số 08/2026/TT-BTC sửa đổi Thông tư số 96/2020/TT-BTC được sửa đổi bởi Thông tư số 68/2024/TT-BTC và Thông tư số 18/2025/TT-BTC, Thông tư số 120/2020/TT-BTC.",
        {
            "08/2026/TT-BTC amends 120/2020/TT-BTC",
            "08/2026/TT-BTC amends 96/2020/TT-BTC",
            "18/2025/TT-BTC amends 96/2020/TT-BTC",
            "68/2024/TT-BTC amends 96/2020/TT-BTC",
        },
    ),
    (
        "a letter about another's programme carries nothing out",
        "Công văn số 83/BKHCN-VP về Chương trình hành động của Chính phủ thực hiện Nghị quyết số 57-NQ/TW đã gửi các bộ.",
        set(),
    ),
    (
        "a table of what is repealed: the next row is another matter",
        "1 | Nghị định số 88/2018/NĐ-CP | Được bãi bỏ bởi Nghị định số 110/2022/NĐ-CP về việc bãi bỏ một số văn bản | 30/12/2022\n"
        "2 | Nghị định số 108/2021/NĐ-CP | Được thay thế bởi Nghị định số 42/2023/NĐ-CP | 29/6/2023",
        {"110/2022/NĐ-CP repeals 88/2018/NĐ-CP", "42/2023/NĐ-CP replaces 108/2021/NĐ-CP"},
    ),
    (
        "rules that set prices correct nothing",
        "Nghị định số 39/2015/NĐ-CP quy định chính sách hỗ trợ theo Nghị quyết số 80/NQ-CP.",
        set(),
    ),
    (
        "work that a law orders is not the law carried out, nor does a law carry out a law",
        "Nghị định số 30/2016/NĐ-CP tiếp tục thực hiện cho đến khi Luật Việc làm số 74/2025/QH15 có hiệu lực. "
        "Áp dụng Bộ luật Tố tụng hình sự số 101/2015/QH13 để thi hành Bộ luật Hình sự số 100/2015/QH13.",
        set(),
    ),
    (
        "guidance on points of two",
        decision("Điều 1. Làm.", "một số nội dung Quy định số 22-QĐ/TW và Hướng dẫn số 02-HD/UBKTTW").replace(
            "QUYẾT ĐỊNH\n", "HƯỚNG DẪN\n"
        ),
        {"self guides 02-HD/UBKTTW", "self guides 22-QĐ/TW"},
    ),
    (
        "an annex of a document is a part of it",
        "Phụ lục 1 ban hành kèm theo Thông tư số 15/2021/TT-BNV được bãi bỏ theo Thông tư số 26/2022/TT-BNV.\n",
        {"26/2022/TT-BNV amends 15/2021/TT-BNV"},
    ),
    (
        "what a decision issues carries another out, however long its name",
        decision(
            "Điều 1. Ban hành kèm theo Quyết định này Chương trình hành động về giữ nước, trồng rừng và nuôi cá ở vùng trũng của tỉnh từ nay đến hết năm 2025 nhằm thực hiện Chỉ thị số 21-CT/TW và Nghị quyết số 08-NQ/TU.\n"
        ),
        {"self implements 21-CT/TW", "self implements 08-NQ/TU"},
    ),
    (
        "a programme issued in brackets carries out what stands before them, and nothing else",
        "Thực hiện Kết luận số 33-KL/TW về chợ và Chương trình hành động của Chính phủ thực hiện Nghị quyết số 12-NQ/TW (ban hành tại Nghị quyết số 45/NQ-CP và Nghị quyết số 46/NQ-CP), Bộ đã giao việc cho các cục.",
        {"45/NQ-CP implements 12-NQ/TW", "46/NQ-CP implements 12-NQ/TW"},
    ),
    (
        "what a document says others do it does not do itself",
        "Thông báo số 90/TB-VPCP của Văn phòng Chính phủ nêu rõ: Thời gian qua, tỉnh đã tích cực thực hiện Nghị quyết số 12-NQ/TW.",
        set(),
    ),
    (
        "a report's list: paragraphs that begin with a document, until one that does not",
        "Ngày 3/12/2025, Thủ tướng Chính phủ ban hành Quyết định số 47/2025/QĐ-TTg bãi bỏ toàn bộ 3 văn bản gồm:\n\n"
        "1. Quyết định số 11/2001/QĐ-TTg về kho muối.\n\n2. Quyết định số 12/2002/QĐ-TTg về bến đò.\n\n"
        "Việc rà soát theo Quyết định số 13/2003/QĐ-TTg vẫn tiếp tục.",
        {"47/2025/QĐ-TTg repeals 11/2001/QĐ-TTg", "47/2025/QĐ-TTg repeals 12/2002/QĐ-TTg"},
    ),
    (
        "a report's list that is only proposed relates nothing",
        "Theo Nghị định số 34/2016/NĐ-CP, Bộ đề xuất bãi bỏ 2 văn bản gồm:\n\n1. Quyết định số 11/2001/QĐ-TTg về kho muối.\n",
        set(),
    ),
    (
        "a plan named before is issued to carry out a resolution",
        "Theo Kế hoạch số 60/KH-UBND về chợ, tỉnh sẽ mở hai chợ. Kế hoạch được ban hành nhằm thực hiện Nghị quyết số 12-NQ/TU.",
        {"60/KH-UBND implements 12-NQ/TU"},
    ),
    (
        "of two resolutions with one number the term tells which is carried on",
        "Hội nghị nghe về Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương khóa XI; Nghị quyết số 25-NQ/TW, ngày 25/7/2008 của Ban Chấp hành Trung ương khóa X và Kết luận số 80-KL/TW về đẩy mạnh thực hiện Nghị quyết 25-NQ/TW của Ban Chấp hành Trung ương khóa X.",
        {"80-KL/TW implements 25-NQ/TW"},
    ),
    (
        "a portal's line above the text says what came after it",
        "Quyết định 15/2020/QĐ-UBND về quản lý chợ đã được thay thế bởi Quyết định 30/2024/QĐ-UBND và được áp dụng từ ngày 06/5/2024.\n\n"
        + decision("Điều 1. Chợ mở cửa từ sáng.\n"),
        {"30/2024/QĐ-UBND replaces self"},
    ),
]


def said(raw: str) -> set[str]:
    """The relations of a text, in the notation of the rows."""
    extraction = extract_source(Source("row", raw))
    name = {r.key: SELF if r.key == SELF else r.number or r.title for r in extraction.references}
    return {f"{name[c.subject]} {c.predicate} {name[c.object]}" for c in extraction.claims}


@pytest.mark.parametrize(
    ("raw", "relations"), [pytest.param(raw, relations, id=title) for title, raw, relations in ROWS]
)
def test_row(raw: str, relations: set[str]) -> None:
    assert said(raw) == relations


def test_a_repeal_names_article_and_day() -> None:
    raw = decision(
        "Điều 1. Ban hành.\n\nĐiều 2. Quyết định này có hiệu lực từ ngày 15/5/2020 và thay thế Quyết định số 09/2015/QĐ-UBND."
    )
    claim = extract_source(Source("row", raw)).claims[0]
    assert (claim.provision, claim.effective, claim.basis) == ("Điều 2", "2020-05-15", "stated")
    assert claim.quote == raw[claim.start : claim.end]
    assert "thay thế" in claim.quote


def test_what_is_older_is_too_unsure_for_an_edge() -> None:
    raw = "Nghị định số 12/2003/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 40/2010/NĐ-CP."
    claim = extract_source(Source("row", raw)).claims[0]
    assert claim.confidence < 0.5
    assert claim.rule == "amends-older"
