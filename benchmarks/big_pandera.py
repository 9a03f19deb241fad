"""What can pandera say of these facts: the rules on one row, after the pivot (here in pandas), and only that they fail.

It cannot say what a sum over other rows is, what last year's row says, that a figure stands twice, or that a rule had
nothing to go on or was off by rounding: a check is true or false. The pivot is that of `big_pandas`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.big_pandas import _figures
from benchmarks.big_shape import ACROSS, BEV, COLUMNS, DEV, DEV2, IND, KOR, OPR, REG, RES, SOE, TIL, Counts, Key

STATED = {"BUD001": KOR, "DEV001": DEV, "FIG001": DEV, "OVF001": SOE, "OVF002": SOE, "OVF004": BEV, "OVF009": DEV2}
"""The rules that are rows, and the column of what they are about."""


def run(path: Path) -> Counts:
    """Rule -> failed -> outcomes."""
    found: Counts = {}
    for rule, *_ in sorted(failed(path)):
        found.setdefault(rule, {"failed": 0})["failed"] += 1
    return found


def failed(path: Path) -> set[Key]:
    """The keys of all that failed. Of a check on rows the failure cases hold every cell of the row: one is counted."""
    import pandera.pandas as pa

    rows = _rows(path)
    schema = pa.DataFrameSchema(checks=[pa.Check(check, name=rule) for rule, check in CHECKS.items()])
    try:
        schema.validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases[["check", "index"]].drop_duplicates()
        return keys_of(rows, zip(cases["check"], cases["index"], strict=True))
    return set()


def keys_of(rows: pd.DataFrame, cases: Any) -> set[Key]:
    """The keys of failed checks and rows."""
    entity, line, year = (rows[c].astype(str).to_numpy() for c in ("entity", "line", "year"))
    keys = set()
    for rule, index in cases:
        statement, measure = COLUMNS[STATED[rule]]
        at = "" if rule in ACROSS else statement
        keys.add((rule, entity[index], at, line[index], measure, int(year[index])))
    return keys


def _rows(path: Path) -> pd.DataFrame:
    """The pivot: value and unit of each column (nullable), the best known deviation, whether the line is no sum."""
    f = _figures(path)
    rows = f.rows.copy()
    for k in range(len(COLUMNS)):
        rows[f"v{k}"] = pd.Series(f.v[:, k]).where(f.good[:, k]).astype("Int64")
        rows[f"u{k}"] = f.u[:, k]
    rows["there"] = f.there @ (1 << np.arange(len(COLUMNS)))
    rows["conflict"] = f.there[:, DEV] & f.there[:, DEV2] & ~(f.good[:, DEV] & f.good[:, DEV2]) & ~f.excess
    rows["leaf"] = ~rows["line"].astype(str).isin(set(f.tree.values()))
    return rows


def _held(truth: Any) -> Any:
    """What is not known does not fail."""
    return truth.fillna(True).astype(bool)


def _budget(r: pd.DataFrame) -> Any:
    there = {k: r["there"] & (1 << k) != 0 for k in (TIL, IND)}
    d = r[f"v{OPR}"] - r[f"v{KOR}"]
    width = r[f"u{OPR}"] + r[f"u{KOR}"]
    for k in (TIL, IND):
        d = d + r[f"v{k}"].where(there[k], 0)
        width = width + r[f"u{k}"].where(there[k], 0)
    alone = ~(there[TIL] | there[IND] | r[f"v{OPR}"].notna())
    return _held(2 * d.abs() <= width) | alone


def _sum(parts: tuple[int, ...], whole: int, minus: bool = False) -> Any:
    def check(r: pd.DataFrame) -> Any:
        first, second = (r[f"v{k}"] for k in parts)
        d = first + (-second if minus else second) - r[f"v{whole}"]
        return _held(2 * d.abs() <= sum(r[f"u{k}"] for k in (*parts, whole)))

    return check


def _same(r: pd.DataFrame) -> Any:
    d = (r[f"v{DEV}"] - r[f"v{DEV2}"]).abs()
    one_unit = r[f"u{DEV}"] == r[f"u{DEV2}"]
    return _held(2 * d <= (r[f"u{DEV}"] + r[f"u{DEV2}"]).where(~one_unit, 0)) & ~r["conflict"]


def _surplus(r: pd.DataFrame, sign: int) -> Any:
    ends = [2 * sign * r[f"v{k}"] + r[f"u{k}"] for k in (DEV, DEV2)]
    there = [r["there"] & (1 << k) != 0 for k in (DEV, DEV2)]
    known = (r[f"v{DEV}"].notna() | ~there[0]) & (r[f"v{DEV2}"].notna() | ~there[1]) & _same(r)
    high = ends[0].where(~(ends[1] < ends[0]).fillna(False), ends[1]).fillna(ends[1]).clip(lower=0)
    return _held(2 * sign * r[f"v{SOE}"] - r[f"u{SOE}"] <= high) | ~known | ~r["leaf"]


def _granted(r: pd.DataFrame) -> Any:
    high = (2 * r[f"v{SOE}"] + r[f"u{SOE}"]).clip(lower=0)
    return _held(2 * r[f"v{BEV}"] - r[f"u{BEV}"] <= high) | ~r["leaf"]


CHECKS = {
    "BUD001": _budget,
    "DEV001": _sum((KOR, REG), DEV, minus=True),
    "FIG001": _same,
    "OVF001": lambda r: _surplus(r, 1),
    "OVF002": lambda r: _surplus(r, -1),
    "OVF004": _granted,
    "OVF009": _sum((SOE, RES), DEV2),
}
"""A check is a function of all rows; True where the rule holds or has nothing to say."""
