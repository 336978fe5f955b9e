"""Files for the tests of reading, made on the spot: Word, PDF and encodings, good and bad."""

import io
import zipfile
from pathlib import Path

import docx
from pypdf import PdfWriter

from ontology.legacy_encoding import legacy_encodings

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
"""Small letters of the Vietnamese alphabet with all tones: 67 are beyond ASCII (134 with capitals)."""

REPORT = (
    "Thực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương khóa XI về tăng cường "
    "và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận, tỉnh đã ban hành Chỉ thị số 28-CT/TU.\n"
)


def legacy_bytes(text: str, encoding: str) -> bytes:
    """Encode; letters the encoding lacks (capitals with tones in TCVN3) become small, as they were typed."""
    (table,) = (known for known in legacy_encodings() if known.id == encoding)
    codes = {letter: code for code, letter in reversed(table.letters.items()) if not code[1:].isupper()}
    codes |= {letter: code for code, letter in table.letters.items() if code.isupper() and len(code) == 2}
    coded = (codes.get(letter) or codes.get(letter.lower(), letter) for letter in text)
    return "".join(coded).encode("latin-1")


def make_docx(path: Path, body: str, footnote: str | None = None, numbering: str | None = None) -> Path:
    """A Word file whose `w:body` (and `w:numbering`) holds this XML."""
    document = docx.Document()
    document.save(str(path))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    parts["word/document.xml"] = (
        f"<w:document {space} {compatible}><w:body>{body}</w:body></w:document>".encode()
    )
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {space}>{numbering}</w:numbering>".encode()
    if footnote:
        note = f'<w:footnotes {space}><w:footnote w:id="1">{paragraph(footnote)}</w:footnote></w:footnotes>'
        parts["word/footnotes.xml"] = note.encode()
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode()
        relations = "word/_rels/document.xml.rels"
        parts[relations] = parts[relations].replace(b"</Relationships>", relation)
        media = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        override = f'<Override PartName="/word/footnotes.xml" ContentType="{media}"/></Types>'.encode()
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def paragraph(text: str, font: str | None = None) -> str:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    return f'<w:p><w:r>{fonts}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows: tuple[tuple[str, ...], ...]) -> str:
    """A table of rows of cells of paragraphs."""
    cells = [
        "".join(f"<w:tc><w:tcPr/>{''.join(map(paragraph, cell))}</w:tc>" for cell in row) for row in rows
    ]
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def pdf_bytes(*pages: str) -> bytes:
    """A PDF with a text layer: lines of each page from top to bottom, the font's codes mapped to Unicode."""
    letters = sorted(set("".join(pages)) - {"\n"})
    code = {letter: f"{number:04X}" for number, letter in enumerate(letters, start=1)}
    pairs = "\n".join(f"<{code[letter]}> <{letter.encode('utf-16-be').hex()}>" for letter in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        f"<< /Length {len(cmap)} >> stream\n{cmap}\nendstream",
    ]
    kids = []
    for page in pages:
        lines = page.split("\n")
        shown = " T* ".join(f"<{''.join(code[letter] for letter in line)}> Tj" for line in lines)
        content = f"BT /F1 12 Tf 14 TL 50 800 Td {shown} ET" if page else ""
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >> stream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = b"%PDF-1.7\n"
    places = []
    for number, value in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{value}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def encrypted_pdf(data: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user_password=password, owner_password="chủ", algorithm="AES-256")  # noqa: S106
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
