"""What is each row about: its number, name, level and role?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.recognise.grid import NUMBERING, Grid, is_number_cell
from checker.recognise.vocabulary import Vocabulary
from checker.recognise.words import any_meets, plain, words

_NUMBER_PREFIX = re.compile(
    r"^(?:\(?(\d{1,3}(?:\.\d{1,3})*(?:\.?\s?[a-zæøå])?)(?:[.)]|(?=\s)))\s+(?=[^\W\d_])", re.IGNORECASE
)
_MARK = re.compile(r"(?<=\S)\s*(?:(\*+)|(?:\s(\d|[a-z])\))|([¹²³⁴-⁹]))\s*$", re.IGNORECASE)
_STARS = re.compile(r"^\*+\s+")
_INDENT_DASH = re.compile(r"^[-–•·]\s+")


@dataclass(slots=True)
class RowInfo:
    """A body row; `section` is the heading row it stands under, `mark` the footnote mark of its label."""

    index: int
    label: str
    name: str
    number: str | None
    indent: int
    role: str  # line, total, subtotal, of_which, result, heading, or wrapped (a piece of another row's label)
    words: tuple[str, ...]
    filled: bool
    section: str | None = None
    mark: str | None = None


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
        if grid.number is not None and (printed := plain(row.cells[grid.number])) and is_number_cell(printed):
            number = number_key(printed)
        name, mark = _without_mark(_STARS.sub("", label))
        if number is None and (prefix := _NUMBER_PREFIX.match(name)):
            number, name = number_key(prefix[1]), name[prefix.end() :]
        filled = any(plain(row.cells[i]) for i in grid.amounts)
        role = _role(words(name), filled, any(plain(row.cells[i]) for i in grid.texts), vocab)
        if role == "line" and _STARS.match(label):
            role = "total"  # '* Dagpleje', '** I alt': sums in lists from an accounting system
        if role == "heading":
            section = name
        result.append(
            RowInfo(index, label, name, number, _indent(raw) + 4 * column, role, words(name), filled, section, mark)
        )
    _join_wrapped(result)
    _mark_unnumbered(result)
    return result


def _join_wrapped(rows: list[RowInfo]) -> None:
    """Labels broken over two printed lines: the piece without figures goes to the row with them.

    A piece that begins with a small letter or a bracket continues the label above it; where the row above has
    no figures, that is the first piece of the label.
    """
    for at, row in enumerate(rows):
        above = rows[at - 1] if at else None
        if above is None or not _continues(row.label) or row.number:
            continue
        if row.filled and above.role == "heading" and not above.label.endswith(":"):
            _merge(row, above.label, row.label)
            row.indent, row.section = (
                min(row.indent, above.indent),
                above.section if above.section != above.name else None,
            )
            above.role, above.label, above.words = "wrapped", "", ()
        elif not row.filled and above.filled and row.role == "heading":
            _merge(above, above.label, row.label)
            row.role, row.label, row.words = "wrapped", "", ()


def _continues(label: str) -> bool:
    begins_small = bool(label) and (label[0] == "(" or label[0].islower())
    return begins_small and not NUMBERING.fullmatch(label.split(maxsplit=1)[0])


def _merge(row: RowInfo, first: str, second: str) -> None:
    joined = first[:-1] + second if first.endswith("-") and second[0].islower() else f"{first} {second}"
    row.label, (row.name, row.mark) = joined, _without_mark(joined)
    row.words = words(row.name)


def _mark_unnumbered(rows: list[RowInfo]) -> None:
    """Where nearly all rows have a number, one without is a sum of those above it, whatever it is called."""
    filled = [r for r in rows if r.filled]
    without = [r for r in filled if r.number is None]
    named = any(r.role == "total" for r in filled)  # a row that says it is the sum leaves the others lines
    if len(filled) >= 4 and 10 * len(without) <= 4 * len(filled) and not (named and len(without) > 1):
        for row in without:
            if row.role == "line":
                row.role = "subtotal"


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
    if found and any_meets(rows["stock"], found[:2]):
        return "stock"
    if found and any_meets(rows["result"], found[:1]):
        return "result"
    return "line"
