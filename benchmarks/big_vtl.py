"""What does VTL's own sum check (`check_hierarchy`, by vtlengine) say of these facts, and how long does it take?

It knows no rounding: it gives the imbalance of every sum, and what rounding explains is asked of it afterwards, as one
bound for a sum of four and one for a sum of five in one unit. Identifiers must be unique, so figures that stand twice
are left out before; a missing part counts as missing (`non_null`). To be run by an interpreter that has vtlengine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from benchmarks.big_shape import COLUMNS, Counts, Key, line_names

_CODE = {line: f"L{number}" for number, (line, *_) in enumerate(line_names())}
_PARTS = """SELECT entity, statement, measure, year, line, min(value)::DOUBLE AS value, min(unit)::DOUBLE AS unit
    FROM '{0}' WHERE value IS NOT NULL AND NOT (unit > 0.02 AND value % greatest(unit, 0.01) <> 0) GROUP BY ALL
    HAVING min(value) = max(value)"""


def run(path: Path) -> Counts:
    """Rule -> failed -> outcomes."""
    return {"SUM001": {"failed": len(failed(path))}}


def failed(path: Path) -> set[Key]:
    """The keys of sums whose imbalance is above what rounding explains."""
    from vtlengine import run as run_vtl

    with duckdb.connect() as base:
        frame = base.execute(_PARTS.format(path)).df()
    frame = frame[frame["measure"].isin({measure for _, measure in COLUMNS})]
    frame["line"] = frame["line"].map(_CODE)
    unit = frame.drop_duplicates(["entity", "statement"]).set_index(["entity", "statement"])["unit"]
    result: Any = run_vtl(
        script=_script(), data_structures=_structure(), datapoints={"DS_1": frame.drop(columns="unit")}
    )
    found = result["DS_r"].data
    name = {code: line for line, code in _CODE.items()}
    keys: set[Key] = set()
    for row in found[found["imbalance"].notna() & (found["imbalance"] != 0)].itertuples():
        line = name[str(row.line)]
        parts = sum(parent == line for *_, parent in line_names())
        if 2 * abs(row.imbalance) > (parts + 1) * unit[row.entity, row.statement] + 0.001:
            keys.add(("SUM001", str(row.entity), str(row.statement), line, str(row.measure), int(row.year)))
    return keys


def _script() -> str:
    """The tree as a hierarchical ruleset."""
    wholes = dict.fromkeys(parent for *_, parent in line_names() if parent)
    sums = "; ".join(
        f"{_CODE[whole]} = " + " + ".join(_CODE[line] for line, *_, parent in line_names() if parent == whole)
        for whole in wholes
    )
    return f"""define hierarchical ruleset tree (variable rule line) is {sums} end hierarchical ruleset;
        DS_r <- check_hierarchy(DS_1, tree rule line non_null all);"""


def _structure() -> dict[str, Any]:
    """The data structure: five identifiers and the value."""
    names = ("entity", "statement", "measure", "year", "line")
    kinds = {name: "Integer" if name == "year" else "String" for name in names}
    parts: list[dict[str, Any]] = [
        {"name": name, "type": kind, "role": "Identifier", "nullable": False} for name, kind in kinds.items()
    ]
    parts.append({"name": "value", "type": "Number", "role": "Measure", "nullable": True})
    return {"datasets": [{"name": "DS_1", "DataStructure": parts}]}
