"""What is each row about: its number, name, level and role?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.recognise.grid import NUMBERING, Grid, is_amount
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import any_meets, plain, words

_NUMBER_PREFIX = re.compile(
    r"^(?:\(?(\d{1,3}(?:\.\d{1,3})*(?:\.?\s?[a-zæøå])?)(?:[.)]|(?=\s)))\s+(?=[^\W\d_])", re.IGNORECASE
)
_MARK = re.compile(r"(?<=\S)\s*(?:(\*+)|(?:\s(\d|[a-z])\))|([¹²³⁴-⁹]))\s*$", re.IGNORECASE)
_INDENT_DASH = re.compile(r"^[-–•·]\s+")


@dataclass(slots=True)
class RowInfo:
    """A body row. `level` is the depth of its numbering or else its indentation; `section` its heading row."""

    index: int
    label: str
    name: str
    number: str | None
    indent: int
    role: str  # line, total, subtotal, of_which, result, heading
    words: tuple[str, ...]
    filled: bool
    section: str | None = None
    mark: str | None = None
    explicit_number: bool = False


def number_key(printed: str) -> str:
    """'1a.', '1.a', '1 a' and '(1.a)' as '1.a'; '03' stays '03' (a code)."""
    key = re.sub(r"[()\s]", "", printed.lower()).strip(".")
    return re.sub(r"(?<=\d)(?=[a-zæøå])", ".", key).replace("..", ".")


def parent_number(key: str) -> str | None:
    """'1.a' -> '1', '3.22.01' -> '3.22', '1' -> None."""
    return key.rpartition(".")[0] or None


def row_infos(grid: Grid, vocab: Vocabulary) -> list[RowInfo]:
    """One info per body row, headings included, in order."""
    result: list[RowInfo] = []
    section: str | None = None
    for index, row in enumerate(grid.body):
        column, raw = _label_cell(grid, row.cells)
        label = plain(raw)
        number: str | None = None
        if grid.number is not None and (printed := plain(row.cells[grid.number])) and NUMBERING.fullmatch(printed):
            number = number_key(printed)
        name, mark = _without_mark(label)
        explicit = number is not None
        if number is None and (prefix := _NUMBER_PREFIX.match(name)):
            number, name = number_key(prefix[1]), name[prefix.end() :]
        filled = any(is_amount(row.cells[i]) or plain(row.cells[i]) for i in grid.amounts)
        role = _role(words(name), filled, any(plain(row.cells[i]) for i in grid.texts), vocab)
        if role == "heading":
            section = name
        indent = _indent(raw) + 4 * column
        result.append(RowInfo(index, label, name, number, indent, role, words(name), filled, section, mark, explicit))
    return result


def _label_cell(grid: Grid, cells: list[str]) -> tuple[int, str]:
    for level, index in enumerate(grid.labels):
        if plain(cells[index]):
            return level, cells[index]
    return 0, ""


def _indent(raw: str) -> int:
    stripped = raw.lstrip(" \u00a0\t")
    indent = len(raw) - len(stripped)
    return indent + (2 if _INDENT_DASH.match(stripped) else 0)


def _without_mark(label: str) -> tuple[str, str | None]:
    match = _MARK.search(label)
    if not match:
        return label, None
    return label[: match.start()], next(g for g in match.groups() if g)


def _role(found: tuple[str, ...], filled: bool, has_text: bool, vocab: Vocabulary) -> str:
    if not filled:
        return "line" if has_text else "heading"
    rows = vocab.tables["rows"]
    if found and any_meets(rows["of_which"], found[:1]):
        return "of_which"
    if any_meets(rows["total"], found):
        return "total"
    if found and any_meets(rows["subtotal"], found[:1]):
        return "subtotal"
    if found and any_meets(rows["result"], found[:1]):
        return "result"
    return "line"
