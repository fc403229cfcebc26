"""Finding sources and reading them: names, encodings, formats, and everything that is not what it seems."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanxi_kg.documents import Document, Source, find_sources, paragraphs, read_document, read_documents
from shanxi_kg.documents.plaintext import decode
from shanxi_kg.errors import SourceError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "Tax rule for Datong\n\nChina Daily | 2022-11-30\n\nA rule was issued, the city’s tax bureau said.\n"
CHINESE = "大同市税务局发布新规定，自二〇二二年起施行，全市企业应当遵守。" * 4


def written(folder: Path, name: str, content: str | bytes = ARTICLE) -> Path:
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


def test_a_folder_gives_its_known_files_named_by_their_paths_and_sorted(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.HTML",
        "a/b/c.pdf",
        "a/b/d.docx",
        "e.htm",
        ".hidden.txt",
        ".git/x.txt",
        "notes.md",
        "x.json",
    ):
        written(tmp_path, name)
    assert [source.name for source in find_sources([tmp_path])] == ["a--b--c", "a--b--d", "a--z", "b", "e"]


def test_the_order_of_the_arguments_does_not_matter(tmp_path: Path) -> None:
    paths = [written(tmp_path, name) for name in ("c.txt", "a.txt", "b.txt")]
    assert find_sources(paths) == find_sources(reversed(paths))


def test_only_the_last_ending_is_dropped_from_a_name(tmp_path: Path) -> None:
    assert find_sources([written(tmp_path, "v1.2.txt")])[0].name == "v1.2"


def test_a_name_is_put_into_nfc(tmp_path: Path) -> None:
    path = written(tmp_path, unicodedata.normalize("NFD", "Lüliang.txt"))
    assert find_sources([path])[0].name == "L\u00fcliang"


@pytest.mark.parametrize(
    "names",
    [("x.txt", "x.html"), ("a/b.txt", "a--b.txt"), (unicodedata.normalize("NFD", "ü.txt"), "\u00fc.txt")],
    ids=["ending", "separator", "normal-form"],
)
def test_two_inputs_that_would_share_a_name_are_an_error_that_names_both(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    paths = [written(tmp_path, name) for name in names]
    with pytest.raises(UsageError) as caught:
        find_sources([tmp_path])
    assert all(str(path) in str(caught.value) for path in paths)


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt")
    assert find_sources([path, tmp_path, path]) == (Source("a", path),)


@pytest.mark.parametrize("name", ["missing.txt", "missing", "x" * 300 + ".txt", "nul\0.txt"])
def test_a_missing_path_is_a_usage_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="check the path"):
        find_sources([tmp_path / name])


def test_a_folder_without_anything_to_read_is_a_usage_error(tmp_path: Path) -> None:
    written(tmp_path, "notes.md")
    with pytest.raises(UsageError, match=r"holds no \.txt \.html \.htm \.pdf \.docx file"):
        find_sources([tmp_path])


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    written(tmp_path, "a/x.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [source.name for source in find_sources([tmp_path])] == ["a--x"]


def test_a_text_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, "tax.txt")
    assert read(path) == Document(
        name="tax",
        path=path,
        text=ARTICLE,
        title="Tax rule for Datong",
        issued="2022-11-30",
        source="China Daily",
        language="en",
        sha256=hashlib.sha256(ARTICLE.encode()).hexdigest(),
        title_span=(0, 19),
        dateline_span=(21, 45),
        source_span=(21, 45),
        furniture=((0, 19), (21, 45)),
        notices=(),
    )


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks_stay_as_they_are(tmp_path: Path, line_break: str) -> None:
    content = ARTICLE.replace("\n", line_break).encode()
    document = read(written(tmp_path, "a.txt", content))
    assert document.text.encode() == content
    assert (document.title, document.issued, body(document)) == (
        "Tax rule for Datong",
        "2022-11-30",
        ["A rule was issued, the city’s tax bureau said."],
    )


def test_a_byte_order_mark_counts_in_offsets_but_is_no_part_of_the_title(tmp_path: Path) -> None:
    document = read(written(tmp_path, "a.txt", "\ufeff" + ARTICLE))
    assert (document.text, document.title, document.title_span) == ("\ufeff" + ARTICLE, "Tax rule for Datong", (1, 20))


@pytest.mark.parametrize(
    ("encoding", "notices"),
    [
        ("utf-16", ()),
        ("utf-32", ()),
        ("utf-16-le", ("read as UTF-16-LE, which the file does not say (a guess)",)),
        ("utf-16-be", ("read as UTF-16-BE, which the file does not say (a guess)",)),
        ("gb18030", ("read as GB18030, which the file does not say (a guess)",)),
        ("cp1252", ("read as CP1252, which the file does not say (a guess)",)),
    ],
)
def test_english_is_read_in_the_encodings_that_newsrooms_use(
    tmp_path: Path, encoding: str, notices: tuple[str, ...]
) -> None:
    document = read(written(tmp_path, "a.txt", ARTICLE.encode(encoding)))
    assert (document.text, document.notices) == (ARTICLE, notices)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "gbk"])
def test_chinese_is_read_and_said_not_to_be_used(tmp_path: Path, encoding: str) -> None:
    document = read(written(tmp_path, "a.txt", CHINESE.encode(encoding)))
    assert (document.text, document.language) == (CHINESE, "zh")
    assert document.notices[-1] == "the text is Chinese; it is listed, but no facts are read from it"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is empty; put the article's text into it"),
        (b" \r\n\t\n", "it holds only white space; put the article's text into it"),
        ("\ufeff\n".encode(), "it holds only white space; put the article's text into it"),
        (b"%PDF-1.7\n1 0 obj", "this is a PDF file; rename it to .pdf"),
        (b"PK\x03\x04\x14\0", "this is a ZIP archive or an Office document; rename it to .docx"),
        (b"\x89PNG\r\n\x1a\n\0\0", "this is a PNG image; save it as text, HTML, PDF or DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "this is an old Office document; save it as text, HTML, PDF or DOCX"),
        (b"BM\x1a\0\0\0", "this is a BMP image; save it as text, HTML, PDF or DOCX"),
        (b"<!DOCTYPE html><p>A rule", "this is an HTML page; rename it to .html"),
        ("<html><p>A rule".encode("utf-16"), "this is an HTML page; rename it to .html"),
        (b"<p>One.</p><p>Two.</p><p>Three.</p>", "this is an HTML page; rename it to .html"),
        (b"A rule\0was issued\0\0.", "this is not a text file (byte 6 is zero); give a text, HTML, PDF or DOCX file"),
        (
            b"\x01\x02\x03\x04 rule",
            "this is not a text file (4 control characters); give a text, HTML, PDF or DOCX file",
        ),
        (
            "One\nL\u00fcliang, caf\u00e9 ".encode() + b"\xff rule",
            (
                "byte 20 (line 2) is not UTF-8, though the text before it is; "
                "mend the byte, or save the file anew as UTF-8"
            ),
        ),
        (
            b"A rule \xed\xa0\x80 was issued.",
            "byte 7 (line 1) is not UTF-8, though the text before it is; mend the byte, or save the file anew as UTF-8",
        ),
        (b"\xff\xfeA\x00\x00\xd8B\x00", "byte 4 is not UTF-16; save the file anew as UTF-8"),
    ],
    ids=lambda value: None,
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path: Path, content: bytes, message: str) -> None:
    assert problem(written(tmp_path, "a.txt", content)) == message


def test_bytes_in_no_encoding_are_refused() -> None:
    with pytest.raises(SourceError, match="is not"):
        decode(bytes(range(1, 256)) * 4, "a.txt")


def test_a_few_control_characters_are_a_notice(tmp_path: Path) -> None:
    document = read(written(tmp_path, "a.txt", ARTICLE + "\fA second rule was issued.\n"))
    assert document.notices == ("the text holds 1 control characters, the first at offset 94 (line 6)",)


def test_a_file_above_the_limit_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(5_000_000_000)
    assert problem(path) == "it has more than 10,000,000 bytes; split it into its articles"


def test_an_unknown_ending_is_refused_when_it_is_asked_for_by_name(tmp_path: Path) -> None:
    assert (
        problem(written(tmp_path, "a.md")) == "its ending is not known; the known ones are .txt .html .htm .pdf .docx"
    )


def test_what_is_no_regular_file_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    written(tmp_path, "a.txt")
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "lost.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    results = list(read_documents(find_sources([tmp_path])))
    assert [result.problem if isinstance(result, SourceError) else result.name for result in results] == [
        "a",
        "this is a folder, not a file",
        "it cannot be opened (No such file or directory)",
        "this is not a regular file",
        "it cannot be opened (Too many levels of symbolic links)",
    ]


@pytest.mark.parametrize("name", ["x" * 240 + ".txt", "a\nb.txt", "..txt", os.fsdecode(b"\xff.txt")])
def test_a_name_that_can_name_no_document_is_refused(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name)
    with pytest.raises(SourceError, match="its name is"):
        read(path)


@pytest.mark.parametrize(
    ("given", "output"),
    [
        (ARTICLE.encode(), "stdin|Tax rule for Datong|2022-11-30"),
        (b"", "-: it is empty; put the article's text into it"),
    ],
)
def test_standard_input_is_read_as_text(given: bytes, output: str) -> None:
    code = (
        "from shanxi_kg.documents import *\n"
        "for d in read_documents(find_sources(['-'])):\n"
        "    print(f'{d.name}|{d.title}|{d.issued}' if isinstance(d, Document) else d)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, check=True)
    assert done.stdout.decode().strip() == output


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="<") | st.sampled_from("\n\r\t"))


@settings(deadline=None)
@given(TEXTS.filter(lambda text: text.strip("\ufeff \n\r\t").strip()))
def test_a_utf_8_text_comes_through_unchanged(text: str) -> None:
    assert decode(text.encode("utf-8"), "a.txt").text == text


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["utf-16", "utf-32"]))
def test_a_text_with_a_byte_order_mark_comes_through_unchanged(text: str, encoding: str) -> None:
    whole = "Rule " + text
    assert decode(whole.encode(encoding), "a.txt").text == whole
