"""geo.story.files: what is refused of a file from outside, and how a file of ours is written."""

import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.story import files, rules
from geo.story.faults import Rule
from geo.story.files import LONGEST_CELL, FileError, Row, read_rows, read_text, replacing, text_lines, write_whole

LIMIT = 1_000_000


def refused(folder: Path, name: str = "file.txt") -> FileError:
    """The error of a file that cannot be read."""
    with pytest.raises(FileError) as raised:
        read_text(folder, name, LIMIT)
    return raised.value


@pytest.mark.parametrize(
    "written", [b"", b"one", b"one\n", b"one\r\ntwo", b"one\rtwo\r", "é\u2028 \U0001f682\n".encode()]
)
def test_text_is_read_as_written(tmp_path: Path, written: bytes) -> None:
    """Every kind of line end stays as it is; a byte order mark is no text."""
    (tmp_path / "file.txt").write_bytes(written)
    assert written.decode() == read_text(tmp_path, "file.txt", LIMIT)
    (tmp_path / "file.txt").write_bytes(b"\xef\xbb\xbf" + written)
    assert written.decode() == read_text(tmp_path, "file.txt", LIMIT)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_lines_are_those_of_a_text_file(text: str) -> None:
    """Lines end where Python's own text files end them when it keeps the ends as they are."""
    assert list(io.StringIO(text, newline="")) == list(text_lines(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    ("written", "rule", "said"),
    [
        ("one\nOrléans".encode("latin-1"), rules.FILE_UTF8, "byte 7 cannot be read: 0xE9, on line 2"),
        (b"\xef\xbb\xbfone\nOrl\xe9", rules.FILE_UTF8, "byte 10 cannot be read: 0xE9, on line 2"),
        ("é".encode()[:1], rules.FILE_UTF8, "byte 0"),
        (b"one\nt\0wo", rules.FILE_NUL, "byte 5, on line 2"),
        ("one".encode("utf-16-le"), rules.FILE_NUL, "byte 1, on line 1"),
        ("one".encode("utf-16"), rules.FILE_MARK, "of UTF-16. "),
        ("\ufeffone".encode("utf-16-be"), rules.FILE_MARK, "of UTF-16. "),
        ("one".encode("utf-32"), rules.FILE_MARK, "of UTF-32. "),
        (b"x" * (LIMIT + 1), rules.FILE_SIZE, "not be larger than 1 MB"),
    ],
)
def test_what_is_not_text_in_utf8_is_refused(tmp_path: Path, written: bytes, rule: Rule, said: str) -> None:
    """The error names the rule, the byte and the line."""
    (tmp_path / "file.txt").write_bytes(written)
    error = refused(tmp_path)
    assert (rule, None) == (error.rule, error.row)
    assert said in str(error)


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line is held in memory whole, so it has a bound, which it may reach."""
    monkeypatch.setattr(files, "LONGEST_LINE", 4)
    assert ["abc\n", "abcd"] == list(text_lines(io.BytesIO(b"abc\nabcd")))
    with pytest.raises(FileError, match=r"not have more than 4 bytes.* line 2"):
        list(text_lines(io.BytesIO(b"abc\nabcd\n")))


def test_only_a_file_of_the_folder_is_read(tmp_path: Path) -> None:
    """A missing file, a folder, a pipe and a name that leads elsewhere are refused; a pipe is not waited for."""
    (tmp_path / "secret").write_text("secret", "utf-8")
    folder = tmp_path / "folder"
    (folder / "folder").mkdir(parents=True)
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to("../secret")
    assert {rules.FILE_EXISTS} == {refused(folder, name).rule for name in ("none", "folder", "pipe")}
    assert {rules.FILE_NAME} == {refused(folder, name).rule for name in ("../secret", str(tmp_path / "secret"), "link")}


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error has the cause."""
    (tmp_path / "file.txt").touch()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    error = refused(tmp_path)
    assert rules.FILE_OPENS == error.rule
    assert "Permission denied" in str(error)


def test_a_file_that_has_grown_is_refused(tmp_path: Path) -> None:
    """What counts is what was read, whatever the folder said before."""
    (tmp_path / "file.txt").write_bytes(b"four")
    assert b"four" == files._content(tmp_path / "file.txt", 0, 4)
    with pytest.raises(FileError, match="no larger"):
        files._content(tmp_path / "file.txt", 0, 3)


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    """A cell of several lines is of one row, and a blank line is a row."""
    lines = io.StringIO('a;b\n"1\n2";"x;""y"""\n\n3;4\n', newline="")
    assert [Row(1, ["a", "b"]), Row(2, ["1\n2", 'x;"y"']), Row(3, []), Row(4, ["3", "4"])] == list(
        read_rows(lines, ";")
    )


@pytest.mark.parametrize("cell", ['"open', '"closed"early', "x" * (LONGEST_CELL + 1)])
def test_what_is_not_csv_is_refused_at_its_row(cell: str) -> None:
    """The rows before it are read."""
    rows = read_rows(io.StringIO(f"a,b\n1,2\n{cell},3\n", newline=""))
    assert [1, 2] == [next(rows).number, next(rows).number]
    with pytest.raises(FileError) as raised:
        next(rows)
    assert (rules.FILE_CSV, 3) == (raised.value.rule, raised.value.row)


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    """It takes the place of the old one at once, may be read by everybody, and leaves nothing beside it."""
    target = tmp_path / "file.txt"
    target.write_text("old", "utf-8")
    with target.open(encoding="utf-8") as reader:
        write_whole(target, b"new")
        assert "old" == reader.read()
    assert b"new" == target.read_bytes()
    assert 0o644 == stat.S_IMODE(target.stat().st_mode)
    assert [target] == list(tmp_path.iterdir())


def test_a_file_that_is_not_finished_is_not_written(tmp_path: Path) -> None:
    """After an exception the old file stands, alone."""
    target = tmp_path / "file.txt"
    target.write_text("old", "utf-8")

    def write() -> None:
        with replacing(target) as beside:
            beside.write_text("ne", "utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert "old" == target.read_text("utf-8")
    assert [target] == list(tmp_path.iterdir())
