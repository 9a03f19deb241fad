"""One check of a large source, from where it lies to the Report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.errors import RequestError
from checker.model.outcomes import Report
from checker.model.rules import RuleSet

if TYPE_CHECKING:
    from checker.scale.check import Scaled

ENGINES = ("auto", "python", "duckdb", "spark", "postgres")
LARGE = (".parquet", ".csv.gz", ".arrow", ".feather", ".duckdb", ".db")
"""Endings of files that are never a document."""
LARGE_CSV = 20_000_000
"""Bytes from which on a CSV file in long form is read as a large source."""
POSTGRES = ("postgresql:/", "postgres:/")


def engine_for(path: str, asked: str) -> str:
    """The engine for a path: the one asked for, else 'python' for documents and a database for large sources."""
    if asked != "auto":
        return asked
    if path.startswith(POSTGRES):
        return "postgres"
    file = Path(path.partition("#")[0])
    if file.is_dir():
        return "duckdb" if next(file.glob("**/*.parquet"), None) else "python"
    lower = file.name.lower()
    if lower.endswith(LARGE):
        return "duckdb"
    big = lower.endswith(".csv") and file.is_file() and file.stat().st_size > LARGE_CSV
    return "duckdb" if big and _is_long(file) else "python"


def _is_long(file: Path) -> bool:
    """Whether the headings of a CSV file are those of long form."""
    from checker.readers.csvfile import parse
    from checker.recognise.longheader import is_long

    with file.open("rb") as stream:
        head = stream.read(64_000).rpartition(b"\n")[0]
    tables = [block for block in parse(head.decode("utf-8-sig", errors="replace"), file.name) if hasattr(block, "rows")]
    return any(is_long(table) for table in tables)  # type: ignore[arg-type]


def check_large(
    path: str,
    ruleset: RuleSet,
    engine: str = "duckdb",
    memory: int = 0,
    most: int = 20,
    evidence: Path | None = None,
    step: Callable[[int, int], None] = lambda _, __: None,
) -> Report:
    """Check facts in long form where they lie. `memory` is in megabytes, 0 for what the engine takes by itself.

    At most `most` failures of each rule are in the report; all are counted. `evidence` is a Parquet file to write every
    outcome to. Raises SubmissionError where the source cannot be read, RequestError where the engine is not there.
    """
    from checker.scale import dense, plain
    from checker.scale.check import evaluate, prepare
    from checker.scale.report import report

    backend = _backend(path, engine, memory)
    try:
        scaled = prepare(backend, ruleset)
        fused = engine == "duckdb" and not scaled.binding.wide
        evaluate(backend, scaled, most, dense.run if fused else plain.run, step, _at_once(scaled, memory, fused))
        if evidence is not None:
            from checker.scale.outcomes import write

            write(backend, scaled, evidence)
        return report(backend, scaled, ruleset, most)
    finally:
        backend.close()


def _at_once(scaled: Scaled, memory: int, fused: bool) -> int:
    """How many entities are summed together so that it takes about a third of the memory; 0 for no bound."""
    if not memory or fused:
        return 0
    entities = max(1, len(scaled.coded.entities))
    a_fact = 250 * max(1, len(scaled.binding.points)) // max(1, len(scaled.shapes.all))  # bytes, as measured
    return max(1, memory * 1_000_000 // 3 // max(1, a_fact * scaled.shapes.rows // entities))


def _backend(path: str, engine: str, memory: int) -> Any:
    try:
        if engine == "duckdb":
            from checker.scale.duck import Duck

            return Duck(path, memory)
        if engine == "postgres":
            from checker.scale.postgres import Postgres

            return Postgres(path)
        from checker.scale.spark import Spark

        return Spark(path, memory)
    except ImportError as error:
        raise RequestError("scale.needs", what=error.name or str(error), file=path) from error


def sha256_of(path: Path) -> str:
    """The hash of a file; of a folder that of its files' names and hashes, in the order of their names."""
    if path.is_file():
        made = hashlib.sha256()
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                made.update(piece)
        return made.hexdigest()
    files = sorted(p for p in path.rglob("*") if p.is_file())
    told = "".join(f"{p.relative_to(path).as_posix()}\0{sha256_of(p)}\n" for p in files)
    return hashlib.sha256(told.encode()).hexdigest()
