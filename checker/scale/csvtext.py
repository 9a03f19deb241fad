"""How is a large CSV file written, and what does the database's complaint about it mean?"""

from __future__ import annotations

import codecs
import csv
import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.errors import SubmissionError, reason
from checker.readers.csvfile import STATED, find_separator

PIECE, HEAD = 1 << 20, 1 << 14
_ENCODINGS = ("utf-8-sig", "cp1252")
_LINE = re.compile(r"\r\n?")
_AT = re.compile(r"CSV Error on Line: (\d+)")
_COLUMNS = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")


def written(path: Path, folder: Path) -> tuple[Path, dict[str, Any]]:
    """The file to read, and how: its separator is told by `sep=` or by the heading.

    One that is not in UTF-8 but in UTF-16 (with mark) or Windows-1252 is written anew as UTF-8 in the folder. Raises
    SubmissionError for what is none of them.
    """
    encoding = _encoding(path)
    if encoding != "utf-8-sig":
        made = folder / "utf-8.csv"
        with made.open("w", encoding="utf-8", newline="") as file:
            file.writelines(_decoded(path, encoding))
        path = made
    with _opened(path) as raw:
        head = _LINE.sub("\n", raw.read(HEAD).decode("utf-8-sig", "replace"))
    first, *others = head.split("\n", maxsplit=2)
    stated = STATED.match(first)
    if stated:
        separator, heading = "\t" if stated[1] == "\\t" else stated[1], next(iter(others), "")
    else:
        separator, heading = find_separator(head.rpartition("\n")[0] or head) or ",", first
    how: dict[str, Any] = {"delim": separator, "quote": '"', "escape": '"'} | ({"skip": 1} if stated else {})
    names = next(csv.reader([heading], delimiter=separator), [])
    whole = heading.count('"') % 2 == 0  # else it goes on in the next line
    if whole and all(names) and len({name.lower() for name in names}) == len(names):
        how |= {"columns": names, "auto_detect": False}  # else the database looks for the heading itself
    return path, how


def complaint(path: str, error: Exception) -> SubmissionError:
    """What the database says of a file, in our words; of a CSV file the line, what was found, and what was expected."""
    said = str(error)
    at = _AT.search(said)
    if at is None:
        return SubmissionError(path, "scale.unreadable", why=said.splitlines()[0])
    line = int(at[1])
    if columns := _COLUMNS.search(said):
        key = "scale.csv_more" if int(columns[2]) > int(columns[1]) else "scale.csv_fewer"  # more are not counted
        return SubmissionError(path, key, line, expected=columns[1], found=columns[2])
    told = [each.strip() for each in said.splitlines()[1:] if not each.startswith("Original Line")]
    return SubmissionError(path, "scale.unreadable", line, why=next(filter(None, told), "CSV"))


def _opened(path: Path) -> Any:
    return gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")


def _encoding(path: Path) -> str:
    """The first encoding in which all of the file can be read."""
    try:
        with _opened(path) as raw:
            start = raw.read(PIECE)
        marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        for encoding in ("utf-16",) if marked else () if b"\x00" in start else _ENCODINGS:
            try:
                for _ in _decoded(path, encoding):
                    pass
            except UnicodeDecodeError:
                continue
            return encoding
    except (OSError, EOFError, zlib.error) as error:
        why = reason(error) if isinstance(error, OSError) and error.strerror else str(error)
        raise SubmissionError(str(path), "scale.unreadable", why=why) from error
    raise SubmissionError(str(path), "input.not_text")


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    """The text, a piece at a time."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with _opened(path) as raw:
        while piece := raw.read(PIECE):
            yield decoder.decode(piece)
        yield decoder.decode(b"", True)
