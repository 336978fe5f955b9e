"""What a text says it is: its own number, type, date, issuer, title and province."""

import pytest

from graph.clean import clean_text
from graph.find import find_mentions
from graph.head import Head, read_head

ROWS = [
    (
        "Party letterhead",
        "TỈNH ỦY QUẢNG TRỊ\n*\nSố 86-KH/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nQuảng Trị, ngày 07 tháng 5 năm 2018\n\nKẾ HOẠCH\nthực hiện Nghị quyết số 18-NQ/TW\n\nThực hiện ...",
        ("86-KH/TU", "Kế hoạch", "2018-05-07", "Tỉnh ủy Quảng Trị", "tu-quang-tri"),
    ),
    (
        "State letterhead in columns",
        "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 101/2009/QĐ-UBND | Vinh, ngày 28 tháng 10 năm 2009 |\nQUYẾT ĐỊNH\nBAN HÀNH QUY CHẾ\n"
        "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN\nCăn cứ Luật ...;",
        ("101/2009/QĐ-UBND", "Quyết định", "2009-10-28", "Ủy ban nhân dân tỉnh Nghệ An", "ubnd-nghe-an"),
    ),
    (
        "a law",
        "Luật số: 10/2022/QH15\n\nHà Nội, ngày 10 tháng 11 năm 2022\n\nLUẬT\nTHỰC HIỆN DÂN CHỦ Ở CƠ SỞ\n\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;",
        ("10/2022/QH15", "Luật", "2022-11-10", "Quốc hội", "vn"),
    ),
    (
        "a consolidated text in the gazette: the number it prints is the base document's",
        "VĂN BẢN HỢP NHẤT - BỘ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nTHÔNG TƯ1\nQuy định về kê đơn thuốc\n\n"
        "Thông tư số 52/2017/TT-BYT ngày 29 tháng 12 năm 2017 của Bộ trưởng Bộ Y tế quy định về kê đơn thuốc, có hiệu lực kể từ ngày 01 tháng 3 năm 2018, được sửa đổi, bổ sung bởi:\n"
        "Thông tư số 18/2018/TT-BYT ngày 22 tháng 8 năm 2018 của Bộ trưởng Bộ Y tế sửa đổi một số điều của Thông tư số 52/2017/TT-BYT, có hiệu lực kể từ ngày 15 tháng 10 năm 2018.\n"
        "Căn cứ Luật Dược ngày 06 tháng 4 năm 2016;\n(Ban hành kèm theo Thông tư số 52/2017/TT-BYT)",
        (None, "Văn bản hợp nhất", None, None, None),
    ),
    (
        "a consolidated text with a number of its own",
        "BỘ Y TẾ\nSố: 04/VBHN-BYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Nội, ngày 02 tháng 4 năm 2019\n\nTHÔNG TƯ\nQuy định về kê đơn thuốc\n\n"
        "Thông tư số 52/2017/TT-BYT ngày 29 tháng 12 năm 2017 của Bộ trưởng Bộ Y tế quy định về kê đơn thuốc, có hiệu lực kể từ ngày 01 tháng 3 năm 2018, được sửa đổi, bổ sung bởi:\n"
        "Thông tư số 18/2018/TT-BYT ngày 22 tháng 8 năm 2018 sửa đổi một số điều của Thông tư số 52/2017/TT-BYT.\nCăn cứ Luật Dược;",
        ("04/VBHN-BYT", "Văn bản hợp nhất", "2019-04-02", "Bộ Y tế", "vn"),
    ),
    (
        "a draft without number",
        "TỈNH ỦY HẢI DƯƠNG\n*\nSố          -QĐ/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nHải Dương, ngày     tháng     năm 2025\n\nQUYẾT ĐỊNH\nban hành Quy chế\n\nĐiều 1. Quyết định này ...",
        (None, "Quyết định", None, "Tỉnh ủy Hải Dương", None),
    ),
    (
        "a number broken over lines",
        "CHÍNH\nPHỦ\nSố:\n61/1998/NĐ-\nCP\nHà\nNội, ngày 15 tháng 8 năm 1998\nNGHỊ ĐỊNH\nVỀ CÔNG TÁC THANH TRA\nCHÍNH PHỦ\nCăn cứ Luật ...;",
        ("61/1998/NĐ-CP", "Nghị định", "1998-08-15", "Chính phủ", "vn"),
    ),
    (
        "a portal's table of properties",
        "Số hiệu: | 05/2015/NĐ-CP | Loại văn bản: | Nghị định |\nNơi ban hành: | Chính phủ |\nNgày ban hành: | 12/01/2015 |\nTÓM TẮT\nLương trả chậm phải trả lãi.",
        ("05/2015/NĐ-CP", "Nghị định", "2015-01-12", "Chính phủ", "vn"),
    ),
    (
        "the annex bears the number",
        "Điều 6. Thông tư này có hiệu lực từ ngày 11 tháng 5 năm 2026.\n\nBIỂU PHÍ\n(Kèm theo Thông tư số 30/2026/TT-BTC ngày 27 tháng 3 năm 2026 của Bộ trưởng Bộ Tài chính)",
        ("30/2026/TT-BTC", "Thông tư", "2026-03-27", "Bộ Tài chính", "vn"),
    ),
    (
        "a law's last line tells its day",
        "Điều 74. Luật này có hiệu lực từ ngày 01 tháng 7 năm 2024.\nLuật này được Quốc hội khóa XV, kỳ họp thứ 5 thông qua ngày 19 tháng 6 năm 2023.",
        (None, "Luật", "2023-06-19", "Quốc hội", None),
    ),
    (
        "a joint letterhead over columns",
        "ỦY BAN THƯỜNG VỤ QUỐC HỘI -      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nCHÍNH PHỦ\nSố: 72/2025/NQLT/UBTVQH15-CP       Hà Nội, ngày 20 tháng 02 năm 2025\n\nNGHỊ QUYẾT LIÊN TỊCH\nQuy định tiếp xúc cử tri\n\nCăn cứ Luật Tổ chức Quốc hội;",
        (
            "72/2025/NQLT/UBTVQH15-CP",
            "Nghị quyết liên tịch",
            "2025-02-20",
            "Ủy ban Thường vụ Quốc hội - Chính phủ",
            "vn",
        ),
    ),
    (
        "reprinted without header",
        "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, Ban Thường vụ Tỉnh ủy ban hành Chương trình hành động thực hiện Nghị quyết như sau:\nI. MỤC ĐÍCH\n1. Làm.",
        (None, "Chương trình hành động", None, "Ban Thường vụ Tỉnh ủy", None),
    ),
    (
        "announced with its number",
        "LTS: Ngày 14-11-2016, Tỉnh ủy Ninh Thuận đã ban hành Nghị quyết số 10-NQ/TU về hạ tầng. Báo trân trọng giới thiệu toàn văn Nghị quyết.\n\nI- Tình hình\nTốt.",
        ("10-NQ/TU", "Nghị quyết", "2016-11-14", "Tỉnh ủy Ninh Thuận", "tu-ninh-thuan"),
    ),
    (
        "a department under its committee",
        "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSỞ CÔNG THƯƠNG\nSố: 123/BC-SCT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLào Cai, ngày 3 tháng 2 năm 2024\n\nBÁO CÁO\nKết quả\n\nCăn cứ Luật Hóa chất;",
        ("123/BC-SCT", "Báo cáo", "2024-02-03", "Sở Công Thương tỉnh Lào Cai", "sct-lao-cai"),
    ),
    (
        "a district committee under its Party unit, a portal's line above",
        "CHI TIẾT VĂN BẢN\nĐẢNG BỘ HUYỆN THẠCH THÀNH\nHUYỆN ỦY\n*\nSố 118 - KH/HU\nĐẢNG CỘNG SẢN VIỆT NAM\nThạch Thành, ngày 14 tháng 9 năm 2021\n\nKẾ HOẠCH\nhọc tập Kết luận số 01-KL/TW\n",
        ("118-KH/HU", "Kế hoạch", "2021-09-14", "Huyện ủy Thạch Thành", "hu-thach-thanh"),
    ),
    (
        "a page's title under its day",
        "Thứ Hai, 23/12/2024\nQuy định số 24-QĐ/TW, ngày 30/7/2021 của Ban Chấp hành Trung ương về thi hành Điều lệ Đảng\n\n- Căn cứ Điều lệ Đảng;\n\nBAN CHẤP HÀNH TRUNG ƯƠNG\n\nQUY ĐỊNH THI HÀNH ĐIỀU LỆ ĐẢNG\n\n1. Điều 1",
        ("24-QĐ/TW", "Quy định", "2021-07-30", "Ban Chấp hành Trung ương Đảng", "tw"),
    ),
    (
        "a file whose lines are lost",
        "ỦY BAN NHÂN DÂN TỈNH QUẢNG BÌNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 1544/QĐ-UBND Quảng Bình, ngày 21 tháng 6 năm 2023 QUYẾT ĐỊNH Về hồ chứa Căn cứ Luật Thủy lợi;",
        ("1544/QĐ-UBND", "Quyết định", "2023-06-21", "Ủy ban nhân dân tỉnh Quảng Bình", "ubnd-quang-binh"),
    ),
    (
        "announced by its paper with a short number",
        "Ngày 6/8, Ban Thường vụ Tỉnh ủy Yên Bái đã ban hành Chỉ thị số 17 về dư luận xã hội.\nNội dung Chỉ thị như sau:\nTrong những năm qua, mọi việc đều tốt.",
        ("17", "Chỉ thị", None, "Ban Thường vụ Tỉnh ủy Yên Bái", None),
    ),
    (
        "a directive under its title in small letters",
        "Chỉ thị về việc xây dựng kế hoạch 5 năm\nThực hiện Chỉ thị số 751/CT-TTg của Thủ tướng Chính phủ, Uỷ ban nhân dân tỉnh yêu cầu các sở, ngành triển khai với những nội dung sau :\nA .",
        (None, "Chỉ thị", None, "Uỷ ban nhân dân tỉnh", None),
    ),
    (
        "issuer and number in one column of a table without lines",
        "ỦY BAN NHÂN DÂN TỈNH GIA LAI ------- Số: 18/2018/QĐ-UBND | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc --------------- Gia Lai, ngày 09 tháng 4 năm 2018 |\nQUYẾT ĐỊNH\nVỀ BẾN ĐÒ\nCăn cứ Luật Giao thông đường thủy nội địa;",
        ("18/2018/QĐ-UBND", "Quyết định", "2018-04-09", "Ủy ban nhân dân tỉnh Gia Lai", "ubnd-gia-lai"),
    ),
    (
        "announced with 'Quy định này', its number behind 'toàn văn'",
        "Quy định mới về họp chi bộ\nNgày 05/8/2022, Ban Bí thư đã ban hành Quy định số 88-QĐ/TW về họp chi bộ. Quy định này thay thế Quy định số 33-QĐ/TW.\nXin giới thiệu toàn văn Quy định số 88-QĐ/TW.\nĐiều 1. Chi bộ họp mỗi tháng.",
        ("88-QĐ/TW", "Quy định", "2022-08-05", "Ban Bí thư", "tw"),
    ),
    (
        "a union's committee, not the Party's, by the sign of the number",
        "BAN CHẤP HÀNH TRUNG ƯƠNG            ĐOÀN TNCS HỒ CHÍ MINH\n***\nSố: 51 - KH/TWĐTN            Hà Nội, ngày 02 tháng 3 năm 2021\n\nKẾ HOẠCH\nMùa hè xanh\n\nCăn cứ Điều lệ Đoàn;",
        (
            "51-KH/TWĐTN",
            "Kế hoạch",
            "2021-03-02",
            "Ban Chấp hành Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh",
            "vn",
        ),
    ),
    (
        "the issuer behind 'ban hành bởi'",
        "Nghị quyết số 14-NQ/TU ngày 08/6/2021 ban hành bởi Tỉnh ủy Bạc Liêu về nuôi tôm.\nI- Tình hình\n- Nghề nuôi tôm lớn lên.",
        ("14-NQ/TU", "Nghị quyết", "2021-06-08", "Tỉnh ủy Bạc Liêu", "tu-bac-lieu"),
    ),
]


def head(raw: str) -> Head:
    """The head of a raw text."""
    text = clean_text(raw)
    return read_head(text, find_mentions(text))


@pytest.mark.parametrize(("raw", "facts"), [pytest.param(raw, facts, id=title) for title, raw, facts in ROWS])
def test_row(raw: str, facts: tuple[str | None, ...]) -> None:
    found = head(raw)
    assert found.is_document
    assert (
        found.number,
        found.type.name if found.type else None,
        found.date,
        found.issuer,
        found.scope,
    ) == facts


@pytest.mark.parametrize(
    "raw",
    [
        "Ngày 28/10/2024\n\nTỉnh ủy Hải Dương tiếp tục thực hiện Nghị quyết số 25-NQ/TW về công tác dân vận.",
        "Thực hiện Nghị quyết số 25-NQ/TW, Tỉnh ủy ban hành Kế hoạch như sau: họp dân trước, thu tiền sau. Chỉ thị được đọc toàn văn ở xã.",
        "Bạn đọc hỏi: Quy chế này áp dụng cho ai? Chúng tôi đã gửi câu hỏi tới Sở Nội vụ.",
        "",
    ],
)
def test_an_article_is_no_document(raw: str) -> None:
    assert not head(raw).is_document


def test_an_article_has_a_date_and_a_province() -> None:
    found = head(
        "Thứ Sáu 16/08/2024 10:03\n\nTỉnh ủy Hải Dương họp. UBND tỉnh Hải Dương báo cáo. Tỉnh Hải Dương có hai huyện."
    )
    assert (found.date, found.place) == ("2024-08-16", "hai-duong")
