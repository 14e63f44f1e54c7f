"""A reader's folder of articles, such as it may be."""

import os
from pathlib import Path

import pytest

from geo.story import Story
from geo.story.articles import LARGEST_BYTES, MOST_PARAGRAPHS, Problem, read_articles

WHOLE = "Un.\n\nDeux.\n \t\nTrois.\nQuatre.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the articles of the tiny story, whole."""
    found = tmp_path / "articles"
    found.mkdir()
    for article in ("000", "001"):
        (found / f"{article}.txt").write_text(WHOLE, "utf-8")
    return found


def test_paragraphs_are_lines_that_are_not_blank(story: Story, folder: Path) -> None:
    """A whole folder has all paragraphs in order and nothing to complain of; a byte-order mark is no text."""
    (folder / "001.txt").write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    articles = read_articles(folder, story)
    assert dict.fromkeys(["s000", "s001"], ("Un.", "Deux.", "Trois.", "Quatre.")) == articles.paragraphs
    assert ((), ()) == (articles.problems, articles.ignored)


def test_a_folder_that_is_none_is_told(story: Story, folder: Path) -> None:
    """Neither a path to nowhere nor to a file raises."""
    for path in (folder / "nowhere", folder / "000.txt"):
        articles = read_articles(path, story)
        assert [("", "folder")] == [(problem.source_id, problem.reason) for problem in articles.problems]
        assert {} == articles.paragraphs


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (b"x" * (LARGEST_BYTES + 1), "large"),
        ("Écrit autrement".encode("latin-1"), "encoding"),
        ("Écrit".encode("utf-16"), "encoding"),
        (b"a\0b", "encoding"),
        (b"x\n" * (MOST_PARAGRAPHS + 1), "long"),
    ],
)
def test_what_is_not_an_article_is_left_unread(story: Story, folder: Path, written: bytes, reason: str) -> None:
    """The problem names the file and why; the other articles are read all the same."""
    (folder / "000.txt").write_bytes(written)
    articles = read_articles(folder, story)
    assert [Problem("s000", "000.txt", reason)] == list(articles.problems)  # type: ignore[arg-type]
    assert {"s001"} == set(articles.paragraphs)


def test_a_missing_article_is_named(story: Story, folder: Path) -> None:
    """As is one whose name is a folder's or a pipe's, which is never opened."""
    (folder / "000.txt").unlink()
    (folder / "001.txt").unlink()
    (folder / "000.txt").mkdir()
    os.mkfifo(folder / "001.txt")
    assert ["missing", "missing"] == [problem.reason for problem in read_articles(folder, story).problems]


def test_a_short_article_is_read_and_told(story: Story, folder: Path) -> None:
    """It has what it has; how much is cited is said."""
    (folder / "001.txt").write_text("Un.\n", "utf-8")
    articles = read_articles(folder, story)
    assert (Problem("s001", "001.txt", "short", has=1, cited=4),) == articles.problems
    assert ("Un.",) == articles.paragraphs["s001"]


def test_no_link_leads_out_of_the_folder(story: Story, folder: Path, tmp_path: Path) -> None:
    """A link to a file elsewhere, or to itself, is a problem; one within the folder is followed."""
    (tmp_path / "secret").write_text("secret", "utf-8")
    for article, target in (("000", "../secret"), ("001", "other.md")):
        (folder / f"{article}.txt").unlink()
        (folder / f"{article}.txt").symlink_to(target)
    (folder / "other.md").write_text(WHOLE, "utf-8")
    articles = read_articles(folder, story)
    assert [("s000", "outside")] == [(problem.source_id, problem.reason) for problem in articles.problems]
    assert {"s001"} == set(articles.paragraphs)
    (folder / "001.txt").unlink()
    (folder / "001.txt").symlink_to("001.txt")
    assert read_articles(folder, story).problems[1].reason in ("unreadable", "missing")


def test_other_files_are_named(story: Story, folder: Path) -> None:
    """Whatever their names are made of, they come out as text."""
    for name in ("notes.md", "<b>.txt", b"caf\xe9.txt"):
        Path(
            os.fsdecode(folder / name) if isinstance(name, str) else os.fsdecode(os.fsencode(folder) + b"/" + name)
        ).touch()
    ignored = read_articles(folder, story).ignored
    assert ["<b>.txt", "caf\ufffd.txt", "notes.md"] == sorted(ignored)
    assert all(name.encode("utf-8") for name in ignored)
