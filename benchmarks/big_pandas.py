"""The same pivot and the same rules in pandas and NumPy, all in memory: for a million facts, not for ten."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.big_shape import (
    ACCOUNTS,
    ACROSS,
    BEV,
    CARRIED,
    COLUMNS,
    DEV,
    DEV2,
    IND,
    KOR,
    OPR,
    REG,
    RES,
    SOE,
    STATUSES,
    TIL,
    Counts,
    Key,
)

_N = range(len(COLUMNS))
_ROW = ["entity", "line", "year"]
_STATED = {"BUD001": KOR, "BUD006": IND, "BUD007": IND, "DEV001": DEV, "FIG001": DEV, "OVF001": SOE, "OVF002": SOE}
_STATED |= {"OVF004": BEV, "OVF009": DEV2, "TXT024": SOE}
Array = Any
"""Of whole numbers or truth values; a status is -1 where there is nothing to say."""


class Figures(NamedTuple):
    """The pivot: by column the value, the unit, whether it is there and whether it can be used; the rows; the rest."""

    rows: pd.DataFrame
    v: Array
    u: Array
    there: Array
    good: Array
    excess: Array
    twice: pd.DataFrame
    tree: dict[str, str]
    broken: list[str]


def run(path: Path) -> Counts:
    """Rule -> status -> outcomes."""
    figures = _figures(path)
    found = {rule: _numbers(statuses) for rule, statuses in _row_rules(figures).items()}
    found |= {rule: _numbers(statuses) for rule, (_, statuses) in _sums(figures).items()}
    found["FIG001"] = [a + b for a, b in zip(found["FIG001"], _numbers(figures.twice["alone"]), strict=True)]
    halves = (figures.there[:, :DEV2], figures.there[:, DEV2:])
    tables = sum(int(figures.rows.loc[half.any(axis=1), "entity"].nunique()) for half in halves)
    doubled = len(_doubled(figures.twice))
    found["FIG002"], found["UNI001"] = [tables - doubled, 0, doubled, 0], [tables, 0, 0, 0]
    found["LNG001"] = [0 if figures.broken else 1, 0, len(figures.broken), 0]
    named = {rule: sorted(zip(STATUSES, numbers, strict=True)) for rule, numbers in sorted(found.items())}
    return {rule: {status: n for status, n in numbers if n} for rule, numbers in named.items()}


def failed(path: Path) -> set[Key]:
    """The keys of all that failed."""
    figures = _figures(path)
    keys: set[Key] = {("LNG001", "", "", what, "", 0) for what in figures.broken}
    for rule, statuses in _row_rules(figures).items():
        statement, measure = COLUMNS[_STATED[rule]]
        at = "" if rule in ACROSS else statement
        rows = figures.rows.loc[statuses == 2, _ROW]
        keys |= {(rule, str(e), at, str(line), measure, int(y)) for e, line, y in rows.itertuples(index=False)}
    for rule, (groups, statuses) in _sums(figures).items():
        for k, (statement, measure) in enumerate(COLUMNS):
            rows = groups.loc[statuses[:, k] == 2, _ROW]
            keys |= {(rule, str(e), statement, str(n), measure, int(y)) for e, n, y in rows.itertuples(index=False)}
    alone = figures.twice.loc[figures.twice["alone"] == 2, [*_ROW, "c"]]
    keys |= {("FIG001", e, "", n, COLUMNS[c][1], int(y)) for e, n, y, c in alone.itertuples(index=False)}
    return keys | {("FIG002", entity, statement, "", "", 0) for entity, statement in _doubled(figures.twice)}


def _numbers(statuses: Array) -> list[int]:
    """How many of each status."""
    return [int(np.count_nonzero(np.asarray(statuses) == status)) for status in range(len(STATUSES))]


def _doubled(twice: pd.DataFrame) -> set[tuple[str, str]]:
    """Entities and tables in which a figure stands twice."""
    return {(str(e), ACCOUNTS if c < DEV2 else CARRIED) for e, c in zip(twice["entity"], twice["c"], strict=True)}


def _figures(path: Path) -> Figures:
    """The file as a table of eleven columns, every figure as one number (see `big_hand`)."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from checker.recognise.longheader import contract

    names = ["entity", "statement", "line", "measure", "parent"]
    table = pq.read_table(path, columns=[*names, "year", "value", "unit"], read_dictionary=names)
    frame = table.select([*names, "year"]).to_pandas()
    oere = {c: pc.cast(pc.multiply(table[c], 100), "int64").to_pandas() for c in ("value", "unit")}
    columns = ("statement", "line", "measure")
    unknown = set(frame["measure"].cat.categories) - set(contract().choices["measure"])
    broken = sorted({c for c in columns if frame[c].isna().any()} | ({"measure"} if unknown else set()))
    broken += ["value"] if oere["value"].isna().any() else []
    codes = {m: k for k, (s, m) in enumerate(COLUMNS) if (s, m) != COLUMNS[DEV2]}
    c = frame["measure"].map(codes).astype("float").fillna(-1).astype("int8").to_numpy()
    c = np.where((c == DEV) & (frame["statement"] == CARRIED).to_numpy(), DEV2, c)
    held = ((c >= 0) & oere["value"].notna()).to_numpy()
    frame["c"], units = c, np.unique(oere["unit"])
    value, unit = oere["value"].fillna(0).astype("int64").to_numpy(), oere["unit"].to_numpy()
    excess = (unit > 2) & (value % np.maximum(unit, 1) != 0)
    frame["x"] = value * 16 + np.searchsorted(units, unit) * 2 + excess
    links = frame[["line", "parent"]].dropna().drop_duplicates()
    tree = dict(zip(links["line"].astype(str), links["parent"].astype(str), strict=True))
    cells = frame[held].groupby([*_ROW, "c"], observed=True, sort=False)["x"].agg(["size", "min", "max"]).reset_index()
    index = cells.groupby(_ROW, observed=True, sort=False).ngroup().to_numpy()
    rows = cells[_ROW].iloc[np.unique(index, return_index=True)[1]].reset_index(drop=True)
    x = np.zeros((len(rows), len(COLUMNS)), dtype="int64")
    there, good, off = (np.zeros(x.shape, dtype=bool) for _ in range(3))
    at = (index, cells["c"].to_numpy())
    low, high = cells["min"].to_numpy(), cells["max"].to_numpy()
    x[at], there[at], off[at] = low, True, (low & 1 == 1) | (high & 1 == 1)
    good[at] = (low == high) & (low & 1 == 0)
    several = (cells["size"] > 1).to_numpy()
    twice = cells.loc[several].copy()
    both = (there[:, DEV] & there[:, DEV2])[index[several]] & twice["c"].isin([DEV, DEV2]).to_numpy()
    said = np.where(off[at][several], 3, np.where(low[several] == high[several], 0, 2))
    twice["alone"] = np.where(both, -1, said)
    excess_dev = off[:, DEV] | off[:, DEV2]
    v, u = (x - (x & 15)) // 16, units[(x & 14) >> 1]
    return Figures(rows, v, u, there, good, excess_dev, twice, tree, broken)


def _equal(d: Array, width: Array, usable: Array, asked: Array) -> Array:
    status = np.where(d == 0, 0, np.where(2 * np.abs(d) <= width, 1, 2))
    return np.where(asked, np.where(usable, status, 3), -1)


def _at_most(d: Array, low: Array, usable: Array, asked: Array) -> Array:
    status = np.where(d <= 0, 0, np.where(low <= 0, 1, 2))
    return np.where(asked, np.where(usable, status, 3), -1)


def _row_rules(f: Figures) -> dict[str, Array]:
    """The rules that look at one line."""
    v, u, there, good = ([a[:, k] for k in _N] for a in (f.v, f.u, f.there, f.good))
    leaf = ~f.rows["line"].astype(str).isin(set(f.tree.values())).to_numpy()
    later = (f.rows["year"] > f.rows["year"].min()).to_numpy()
    place = pd.MultiIndex.from_frame(f.rows[_ROW])
    last = place.get_indexer(pd.MultiIndex.from_frame(f.rows[_ROW].assign(year=f.rows["year"] - 1)))
    known = last >= 0
    part = {k: np.where(there[k], v[k], 0) for k in (TIL, IND)}
    width = {k: np.where(there[k], u[k], 0) for k in (TIL, IND)}
    some = there[OPR].astype(int) + there[TIL] + there[IND] > 1
    usable = good[OPR] & good[KOR] & (good[TIL] | ~there[TIL]) & (good[IND] | ~there[IND])
    usable_dev = (good[DEV] | ~there[DEV]) & (good[DEV2] | ~there[DEV2]) & (there[DEV] | there[DEV2])
    both = there[DEV] & there[DEV2]
    apart = np.where(u[DEV] == u[DEV2], v[DEV] != v[DEV2], 2 * np.abs(v[DEV] - v[DEV2]) > u[DEV] + u[DEV2])
    usable_dev &= ~(both & apart)
    dev = np.where(~there[DEV2] | (there[DEV] & (u[DEV] < u[DEV2])), v[DEV], v[DEV2])
    ends = [(2 * v[k] - u[k], 2 * v[k] + u[k]) for k in (DEV, DEV2)]
    low = np.where(both, np.maximum(ends[0][0], ends[1][0]), np.where(there[DEV], ends[0][0], ends[1][0]))
    high = np.where(both, np.minimum(ends[0][1], ends[1][1]), np.where(there[DEV], ends[0][1], ends[1][1]))
    surplus = _at_most(
        v[SOE] - np.maximum(dev, 0), 2 * v[SOE] - u[SOE] - np.maximum(high, 0), good[SOE] & usable_dev, there[SOE]
    )
    opened, sought = v[IND] - v[BEV][last], v[IND] - v[SOE][last]
    strict = u[IND] == u[BEV][last]
    asked = there[IND] & later
    step = _equal(opened, np.where(strict, 0, u[IND] + u[BEV][last]), good[IND] & good[BEV][last] & known, asked)
    same = _equal(v[DEV] - v[DEV2], np.where(u[DEV] == u[DEV2], 0, u[DEV] + u[DEV2]), True, both)
    same = np.where(both & ~(good[DEV] & good[DEV2]), 2, same)
    return {
        "BUD001": _equal(
            v[OPR] + part[TIL] + part[IND] - v[KOR],
            u[OPR] + width[TIL] + width[IND] + u[KOR],
            usable,
            there[KOR] | some,
        ),
        "BUD006": step,
        "BUD007": _at_most(
            sought, 2 * sought - u[IND] - u[SOE][last], good[IND] & good[SOE][last] & known, asked & leaf
        ),
        "DEV001": _equal(
            v[KOR] - v[REG] - v[DEV],
            u[KOR] + u[REG] + u[DEV],
            good[KOR] & good[REG] & good[DEV],
            there[DEV] | (there[KOR] & there[REG]),
        ),
        "FIG001": np.where(both & f.excess, 3, same),
        "OVF001": np.where(leaf, surplus, -1),
        "OVF002": _at_most(
            np.minimum(dev, 0) - v[SOE],
            np.minimum(low, 0) - 2 * v[SOE] - u[SOE],
            good[SOE] & usable_dev,
            there[SOE] & leaf,
        ),
        "OVF004": _at_most(
            v[BEV] - np.maximum(v[SOE], 0),
            2 * v[BEV] - u[BEV] - np.maximum(2 * v[SOE] + u[SOE], 0),
            good[BEV] & good[SOE],
            there[BEV] & leaf,
        ),
        "OVF009": _equal(
            v[SOE] + v[RES] - v[DEV2],
            u[SOE] + u[RES] + u[DEV2],
            good[SOE] & good[RES] & good[DEV2],
            there[DEV2] | (there[SOE] & there[RES]),
        ),
        "TXT024": np.where(leaf, -1, surplus),
    }


def _sums(f: Figures) -> dict[str, tuple[pd.DataFrame, Array]]:
    """The rules on sums: their places, and the statuses of all columns."""
    place = pd.MultiIndex.from_frame(f.rows[_ROW].astype({"entity": str, "line": str}))
    line = f.rows["line"].astype(str)
    held = f.rows[["entity", "year"]].assign(line=line.map(f.tree)).astype({"entity": str})
    wide = {f"{name}{k}": a[:, k] for k in _N for name, a in _added(f).items()}
    added = pd.concat([held, pd.DataFrame(wide)], axis=1).dropna(subset=["line"])
    added = added.groupby(_ROW, sort=False)[list(wide)].sum().reset_index()
    above = added.assign(line=added["line"].map(f.tree)).dropna(subset=["line"])
    below = above.groupby(_ROW, sort=False)[list(wide)].sum().reset_index()
    parts = pd.Series(f.tree).value_counts()
    leaves = parts.groupby(parts.index.map(f.tree)).sum()
    found = {}
    for rule, frame, count in (("SUM001", added, parts), ("SUM002", below, leaves)):
        at = place.get_indexer(pd.MultiIndex.from_frame(frame[_ROW]))
        there, wanted = f.there[at] & (at >= 0)[:, None], frame["line"].map(count).to_numpy()[:, None]
        s, w, n, t = (frame[[f"{name}{k}" for k in _N]].to_numpy() for name in "swnt")
        usable = f.good[at] & there & (n == wanted)
        found[rule] = (frame, _equal(s - f.v[at], w + f.u[at], usable, there | (t > 1)))
    return found


def _added(f: Figures) -> dict[str, Array]:
    """What is added up: values, units, how many can be used, how many are there."""
    return {"s": np.where(f.good, f.v, 0), "w": np.where(f.good, f.u, 0), "n": f.good * 1, "t": f.there * 1}
