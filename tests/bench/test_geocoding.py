"""bench.geocoding: how accuracy is counted, and what a corpus is."""

from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from bench.geocoding import Accuracy, Labelled, accuracy, read_corpus


def test_a_name_that_is_not_found_is_not_near() -> None:
    """Shares are of all names; the median is of those that were found."""
    assert Accuracy(names=4, found=0.75, within=0.5, median_km=161.0) == accuracy([[0.0, None], [161.0, 162.0]])
    assert Accuracy(names=1, found=0.0, within=0.0, median_km=None) == accuracy([[None]])


def test_a_corpus_is_read_with_its_labels(tmp_path: Path) -> None:
    """Each row is a name of a document and where it lies; other columns do not matter."""
    corpus = tmp_path / "corpus.csv"
    corpus.write_text("lon,lat,note,toponym,document\n2.35,48.85,x,Paris,a\n", "utf-8")

    assert [Labelled("a", "Paris", 48.85, 2.35)] == read_corpus(str(corpus))


HEADER = "document,toponym,lat,lon\n"


@pytest.mark.parametrize("text", ["", HEADER, "toponym,lat,lon\nParis,1,2\n", f"{HEADER}a,b,x,1\n", f"{HEADER}a,b\n"])
def test_what_is_no_corpus_is_refused(tmp_path: Path, text: str) -> None:
    """A file without the columns, without numbers or without rows is an error that names it."""
    corpus = tmp_path / "corpus.csv"
    corpus.write_text(text, "utf-8")

    with pytest.raises(ArgumentTypeError, match=r"corpus\.csv"):
        read_corpus(str(corpus))
