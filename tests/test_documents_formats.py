"""Reading pages, PDF files and Word documents, made here by hand."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml

from shanxi_kg.documents import find_sources, paragraphs, read_document
from shanxi_kg.errors import SourceError

if TYPE_CHECKING:
    from shanxi_kg.documents import Document

DATA = Path(__file__).parent / "data" / "documents"


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file below a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def read(path: Path) -> Document:
    """Find and read one file."""
    (source,) = find_sources([path])
    return read_document(source)


def problem(path: Path) -> str:
    """The message that reading a file ends with."""
    with pytest.raises(SourceError) as caught:
        read(path)
    return str(caught.value).removeprefix(f"{path}: ")


def body(document: Document) -> list[str]:
    """The texts of the paragraphs."""
    return [document.text[paragraph.start : paragraph.end] for paragraph in paragraphs(document)]


# Pages


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("", "gb18030"),
        ("no-such", "utf-8"),
        ("utf-8", "gb18030"),
        ("", "utf-16"),
    ],
)
def test_a_page_gives_its_article_in_any_encoding(tmp_path: Path, charset: str, encoding: str) -> None:
    page = (DATA / "page.html").read_text("utf-8").replace('<meta charset="utf-8">', f'<meta charset="{charset}">')
    document = read(written(tmp_path, "page.html", page.encode(encoding)))
    assert (document.title, document.issued, document.source) == (
        "Jincheng opens a data hall",
        "2021-06-05",
        "Jincheng Gazette",
    )
    assert body(document) == [
        (
            "Jincheng opened a data hall on June 1, the city's government said. "
            "Companies & schools may use it &amp; its archive."
        ),
        "Service under one roof",
        (
            "The hall, which employs 12 people, serves the city and its counties five days a week. It is “the first of "
            "its kind” in the south-east of the province, said Lin Yue, director of the Jincheng Data Bureau."
        ),
        "Year | Visitors",
        "2019 | 1,200",
        "2020 | 1,500",
        "The number of visitors is expected to rise by 25 percent in 2022, according to a plan of the bureau.",
    ]
    assert [paragraph.is_heading for paragraph in paragraphs(document)] == [False, True, *[False] * 5]
    assert document.text.startswith("Jincheng opens a data hall\n\nJincheng opened")


def test_a_page_without_meta_elements_gives_what_it_prints_below_its_title() -> None:
    document = read(DATA / "plain-page.html")
    assert (document.title, document.issued, document.source) == (
        "Datong drafts heritage rules",
        "2021-08-30",
        "Northern Post",
    )
    assert len(body(document)) == 2


@pytest.mark.parametrize(
    ("element", "issued"),
    [
        ('<meta property="article:published_time" content="2021-06-07T23:10:00+08:00">', "2021-06-07"),
        ('<script type="application/ld+json">{"datePublished": "2021-06-08T01:00:00Z"}</script>', "2021-06-08"),
        ('<meta name="PubDate" content="soon">', "2021-08-30"),
    ],
)
def test_a_page_says_its_date_in_several_ways(tmp_path: Path, element: str, issued: str) -> None:
    page = (DATA / "plain-page.html").read_text("utf-8").replace("<head>", "<head>" + element)
    assert read(written(tmp_path, "a.html", page)).issued == issued


@pytest.mark.parametrize(
    "content", [b"<html></html>", b"<html><body><a href='x'>Home</a></body></html>", b"<html>" + b"<div>" * 9000]
)
def test_a_page_without_an_article_says_so(tmp_path: Path, content: bytes) -> None:
    message = "no article text was found in the page; save the article's text as a .txt file"
    assert problem(written(tmp_path, "a.html", content)) == message


# PDF


def pdf(*pages: str, font: str = "/Type1/BaseFont/Helvetica", more: tuple[str, ...] = (), trailer: str = "") -> bytes:
    """Make a PDF file of content streams; `more` are further objects, from number 4 + 2 * pages on."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    objects.append(f"<</Type/Font/Subtype{font}>>")
    for number, content in enumerate(pages):
        resources = "/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{resources}/Contents {5 + 2 * number} 0 R>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate([*objects, *more], 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(offsets) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    return out + f"{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF".encode()


def printed(*lines: str, size: int = 11, top: int = 780) -> str:
    """A page's content: lines one below the other, '' for a gap."""
    shown = " T* ".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj" for line in lines)
    return f"BT /F1 {size} Tf {size + 3} TL 72 {top} Td {shown} ET"


FIRST_PAGE = (
    "Datong News",
    "",
    "Tax rule for Datong",
    "China Daily | 2022-11-30",
    "",
    "A rule on taxes was issued by Datong on November 28, which the county-level offices of",
    "the city welcomed. They had asked for it since the start of the year, an official of the intel-",
    "lectual property office said.",
    "Aims of the rule",
    "It is meant to help county-level offices and small companies in the north of the province,",
    "and it is to be followed by further rules on the work of the whole tax bureau and of county-",
)
SECOND_PAGE = ("Datong News", "", "level offices.", "The last rule of this kind was issued in 2010.", "", "2")


def test_the_lines_of_a_pdf_file_become_paragraphs_again(tmp_path: Path) -> None:
    document = read(written(tmp_path, "a.pdf", pdf(printed(*FIRST_PAGE, "", "1"), printed(*SECOND_PAGE))))
    assert (document.title, document.issued, document.source) == ("Tax rule for Datong", "2022-11-30", "China Daily")
    assert body(document) == [
        (
            "A rule on taxes was issued by Datong on November 28, which the county-level offices of the city welcomed. "
            "They had asked for it since the start of the year, an official of the intellectual property office said."
        ),
        "Aims of the rule",
        (
            "It is meant to help county-level offices and small companies in the north of the province, and it is to "
            "be followed by further rules on the work of the whole tax bureau and of county-level offices."
        ),
        "The last rule of this kind was issued in 2010.",
    ]


def test_a_pdf_file_gives_chinese_characters(tmp_path: Path) -> None:
    font = "/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]"
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 7 0 R"
    sizes = "/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80"
    more = (
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light{system}>>",
        f"<</Type/FontDescriptor/FontName/STSong-Light{sizes}>>",
    )
    content = f"BT /F1 11 Tf 72 770 Td <{'山西省知识产权局'.encode('utf-16-be').hex()}> Tj ET"
    document = read(written(tmp_path, "a.pdf", pdf(content, font=font, more=more)))
    assert (document.text, document.language) == ("山西省知识产权局\n", "zh")


def test_a_scan_says_that_it_has_no_text_layer(tmp_path: Path) -> None:
    message = problem(written(tmp_path, "a.pdf", pdf("0 0 595 842 re f")))
    assert message.startswith("the PDF file has no text layer; it is a scan or a picture; run OCR on it first")


def test_a_scanned_page_among_others_is_a_notice(tmp_path: Path) -> None:
    document = read(written(tmp_path, "a.pdf", pdf(printed(*FIRST_PAGE), "0 0 595 842 re f")))
    assert document.notices == ("1 of 2 pages have no text layer and were not read",)


def test_broken_and_locked_pdf_files_say_so(tmp_path: Path) -> None:
    key = f"<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'11' * 32}>/P -4>>"
    locked = pdf(printed("Rule"), trailer=f"/Encrypt {key}/ID[<00><00>]")
    assert problem(written(tmp_path, "locked.pdf", locked)) == "the PDF file needs a password; save it anew without one"
    assert problem(written(tmp_path, "broken.pdf", b"%PDF-1.4\nrule")).startswith("this is no sound PDF file (")
    assert problem(written(tmp_path, "text.pdf", "Tax rule")).startswith("this is no PDF file; ")


# DOCX

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(*paragraphs: str, xml: tuple[str, ...] = ()) -> bytes:
    """Make a Word document of paragraphs and of further elements."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for element in xml:
        document.element.body.insert_element_before(parse_xml(element), "w:sectPr")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_document_gives_paragraphs_and_the_rows_of_tables_in_order(tmp_path: Path) -> None:
    cells = [["Year", "Visitors"], ["2020", "1,500"]]
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>' for cell in row)}</w:tr>"
        for row in cells
    )
    after = f"<w:p {W}><w:r><w:t>It rose.</w:t></w:r></w:p>"
    content = word(
        "Tax rule", "China Daily | 2022-11-30", "A rule was issued.", xml=(f"<w:tbl {W}>{rows}</w:tbl>", after)
    )
    document = read(written(tmp_path, "a.docx", content))
    assert (document.title, document.issued, document.source) == ("Tax rule", "2022-11-30", "China Daily")
    assert body(document) == ["A rule was issued.", "Year | Visitors", "2020 | 1,500", "It rose."]


def test_insertions_and_content_controls_count_and_deletions_do_not(tmp_path: Path) -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    edited = (
        f"<w:p {W}>{run.format('A ')}<w:ins w:id='1' w:author='x'>{run.format('new ')}</w:ins>"
        f"<w:del w:id='2' w:author='x'><w:r><w:delText>old </w:delText></w:r></w:del>"
        f"<w:moveFrom w:id='3' w:author='x'>{run.format('moved ')}</w:moveFrom>{run.format('rule')}"
        "<w:r><w:tab/><w:t>was issued</w:t><w:br/><w:t>twice.</w:t></w:r></w:p>"
    )
    control = f"<w:sdt {W}><w:sdtContent><w:p>{run.format('It holds.')}</w:p></w:sdtContent></w:sdt>"
    document = read(written(tmp_path, "a.docx", word("Tax rule", xml=(edited, control))))
    assert body(document) == ["A new rule was issued", "twice.", "It holds."]


def test_the_properties_of_a_word_document_give_no_date(tmp_path: Path) -> None:
    document = read(written(tmp_path, "a.docx", word("Tax rule", "A rule was issued.")))
    assert (document.issued, document.source) == (None, None)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    """Make a ZIP archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Tax rule", "this is no DOCX file; "),
        (b"PK\x03\x04 and then nothing", "the archive is broken ("),
        (zipped(("a.txt", b"Tax rule")), "this is no sound DOCX file ("),
        (zipped(("[Content_Types].xml", b"<Types/>")), "this is no sound DOCX file ("),
        (zipped(("zeros", bytes(101_000_000))), "it unpacks to more than 100,000,000 bytes; "),
        (word(), "the document holds no text; "),
    ],
    ids=["text", "half", "archive", "no-part", "bomb", "empty"],
)
def test_what_is_no_sound_word_document_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    assert problem(written(tmp_path, "a.docx", content)).startswith(message)


def test_an_article_reads_the_same_from_every_format(tmp_path: Path) -> None:
    lines = ["Tax rule for Datong", "China Daily | 2022-11-30", "A rule on taxes was issued by the city of Datong."]
    html = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    files = {
        "a.txt": "\n\n".join(lines),
        "a.html": html,
        "a.docx": word(*lines),
        "a.pdf": pdf(printed(lines[0], "", lines[1], "", lines[2])),
    }
    read_as = [read(written(tmp_path / name, name, content)) for name, content in files.items()]
    assert {(d.title, d.issued, d.source, d.language, *body(d)) for d in read_as} == {
        ("Tax rule for Datong", "2022-11-30", "China Daily", "en", lines[2])
    }
