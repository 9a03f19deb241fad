"""Great Expectations on SQLite: the project that `regnskabstjek export gx` writes, and its checkpoint.

Making the export and loading SQLite are part of it. A query says what fails and nothing of what agrees; the contract on
rows (LNG001) is not among the queries; FIG002 has a row for each figure, and is counted once for each table.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.big_shape import ACROSS, Counts, Key
from checker.exports import gx
from checker.exports.export import UNKNOWN, export
from checker.exports.source import opened, table_of
from checker.rulefile import load_rules
from tests.exports.build import DOUBLES, sqlite_of


@contextmanager
def _context(path: Path) -> Iterator[Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        backend = opened(str(path))
        table = table_of("facts", "sqlite")
        made = export(backend, load_rules(), gx.DATASOURCES["sqlite"], table_of(gx.TABLE, "sqlite"))
        backend.close()
        for file, content in gx.files(made, "sqlite", table, "da").items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(content, encoding="utf-8")
        sqlite_of(path, folder / "facts.db").close()
        os.environ |= {gx.ADDRESS: f"sqlite:///{folder}/facts.db", "GX_ANALYTICS_ENABLED": "false"}
        import great_expectations

        yield great_expectations.get_context(mode="file", project_root_dir=folder)


def run(path: Path) -> Counts:
    """Rule -> failed -> rows, as the checkpoint counts them."""
    found: Counts = {}
    with _context(path) as context:
        for suite in context.checkpoints.get("rules").run().run_results.values():
            for each in suite.results:
                rule, rows = each.expectation_config.meta["rule_id"], each.result["observed_value"]
                if rows and rule != UNKNOWN:
                    found[rule] = {"failed": rows}
    return found


def failed(path: Path) -> set[Key]:
    """The keys of the rows of all queries."""
    keys: set[Key] = set()
    with _context(path) as context:
        definition = context.validation_definitions.get("rules")
        definition.run()
        for each in definition.suite.expectations:
            rule = each.meta["rule_id"]
            if rule == UNKNOWN:
                continue
            for row in definition.get_unexpected_rows(each):
                entity, _, statement, _, line, measure, year, *_ = row.values()
                whole = rule == DOUBLES
                at = "" if rule in ACROSS else statement
                keys.add((rule, entity, at, "", "", 0) if whole else (rule, entity, at, line, measure, int(year or 0)))
    return keys
