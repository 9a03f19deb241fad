"""Which cells did pandera find to break the contract, in the contract's own words?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.schemas.contract import CHECKS, columns

if TYPE_CHECKING:
    from pandera.errors import SchemaErrors


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell that breaks the contract. `row` is its position in the frame, from 0; None is the column as a whole.

    `check` is 'missing', 'unknown', 'form' or 'duplicate'; 'column' where a required column is not there.
    """

    row: int | None
    column: str
    check: str
    found: str


def broken_cells(error: SchemaErrors) -> list[BrokenCell]:
    """What `validate(…, lazy=True)` of pandas or Polars found, from the first row on; a cell once per check.

    Of a pandas frame the index must count the rows (`reset_index(drop=True)`). All rows of an id that is repeated
    are among them. ValueError where a check is none of the contract's.
    """
    cases: Any = error.failure_cases
    found: dict[tuple[int | None, str, str], str] = {}
    for index, column, check, case in zip(*(list(cases[n]) for n in _CASE), strict=True):
        name = str(check).partition("(")[0]
        if name not in CHECKS:
            raise ValueError(f"check {check} of column {column}; expected one of {', '.join(CHECKS)}")
        about = str(case if CHECKS[name] == "column" else column)
        blank = _is_null(case)
        if CHECKS[name] == "missing" and not blank:
            continue  # Polars: not a number is no null, and out of every range
        row = None if _is_null(index) else int(index)
        found.setdefault((row, about, CHECKS[name]), "" if blank else str(case))
    order = list(columns())
    return sorted(
        (BrokenCell(*key, text) for key, text in found.items()),
        key=lambda c: (-1 if c.row is None else c.row, order.index(c.column), c.check),
    )


def _is_null(cell: object) -> bool:
    """Null as pandas and Polars write it. The text 'nan' is none."""
    return not isinstance(cell, str) and str(cell) in {"None", "nan", "NaT", "<NA>"}


_CASE = ("index", "column", "check", "failure_case")
