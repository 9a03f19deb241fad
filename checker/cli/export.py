"""Commands that write rules as queries for other programs: SQL, dbt, Great Expectations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.progress import progress
from checker.cli.shared import Lang, Rules, app, choice, complain, write
from checker.cli.tongue import Danish
from checker.errors import RequestError, reason
from checker.messages import LANGUAGES, text
from checker.version import DEFAULT_RULES as DEFAULT

if TYPE_CHECKING:
    from checker.exports.export import Export

exports = Danish(help="Skriv reglerne som forespørgsler, der kan køre, hvor tallene ligger.", no_args_is_help=True)
app.add_typer(exports, name="export")

Source = Annotated[str, typer.Argument(metavar="KILDE", help="Fakta i lang form: fil, mappe eller postgresql://….")]
Folder = Annotated[Path, typer.Option("-o", "--output", help="Mappe, der skal skrives i.")]


@exports.command()
def sql(
    source: Source,
    rules: Rules = DEFAULT,
    table: Annotated[str, typer.Option("--table", help="Tabellen, som forespørgslerne skal læse.")] = "facts",
    dialect: Annotated[
        str, typer.Option("--dialect", help="duckdb, postgres, spark, bigquery, snowflake, tsql eller sqlite.")
    ] = "duckdb",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Mappe til en fil for hver regel, i stedet for skærmen.")
    ] = None,
    lang: Lang = "da",
) -> None:
    """Skriv en SQL-forespørgsel for hver regel. Den giver en række for hvert tjek, der fejler."""
    from checker.exports import sqlfiles
    from checker.exports.words import DIALECTS, SQLITE

    choice(lang, LANGUAGES, "cli.lang_unknown")
    choice(dialect, [*DIALECTS, SQLITE], "export.dialect_unknown")
    made = _made(source, rules, dialect, table, lang)
    if output is None:
        write(sqlfiles.one(made, lang))
    else:
        _write(sqlfiles.files(made, lang), output, lang)
    _tell(made, lang)


@exports.command()
def dbt(
    source: Source,
    output: Folder,
    rules: Rules = DEFAULT,
    table: Annotated[str, typer.Option("--table", help="Modellen, eller kilden som KILDE.TABEL.")] = "facts",
    dialect: Annotated[str, typer.Option("--dialect", help="Databasens dialekt, som til sql.")] = "postgres",
    lang: Lang = "da",
) -> None:
    """Skriv en dbt-test for hver regel i mappen tests."""
    from checker.exports.dbt import TABLE, files, jinja
    from checker.exports.words import DIALECTS

    choice(lang, LANGUAGES, "cli.lang_unknown")
    choice(dialect, DIALECTS, "export.dialect_unknown")
    named = jinja(table)
    made = _made(source, rules, dialect, TABLE, lang)
    _write(files(made, named, lang), output, lang)
    _tell(made, lang)


@exports.command()
def gx(
    source: Source,
    folder: Annotated[Path, typer.Argument(metavar="MAPPE", help="Mappe til projektet.")],
    rules: Rules = DEFAULT,
    table: Annotated[str, typer.Option("--table", help="Tabellen, som projektet skal læse.")] = "facts",
    datasource: Annotated[str, typer.Option("--datasource", help="postgres, sqlite, spark eller pandas.")] = "postgres",
    lang: Lang = "da",
) -> None:
    """Skriv et projekt til Great Expectations med en forventning for hver regel."""
    from checker.exports.gx import DATASOURCES, TABLE, files
    from checker.exports.source import table_of

    choice(lang, LANGUAGES, "cli.lang_unknown")
    choice(datasource, DATASOURCES, "export.datasource_unknown")
    dialect = DATASOURCES[datasource] or "duckdb"
    named = table_of(table, dialect)
    made = _made(source, rules, dialect, TABLE, lang)
    _write(files(made, datasource, named, lang), folder, lang)
    _tell(made, lang)
    if datasource == "pandas":
        complain(f"{text('export.pandas', lang)} {', '.join(q.rule.id for q in made.queries)}")


def _made(source: str, rules: str, dialect: str, table: str, lang: str) -> Export:
    from checker.exports.export import export
    from checker.exports.source import opened, table_of
    from checker.rulefile import load_rules

    named = table_of(table, dialect)
    ruleset = load_rules(rules)
    with progress(source.rpartition("@")[2], lang):
        backend = opened(source)
        try:
            return export(backend, ruleset, dialect, named)
        finally:
            backend.close()


def _write(files: Mapping[str, str], folder: Path, lang: str) -> None:
    for name, content in files.items():
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RequestError("cli.write_failed", file=str(target.parent), why=reason(error)) from error
        write(content, target)
    complain(text("export.wrote", lang, {"n": str(len(files)), "folder": str(folder)}))
    own = {folder / name for name in files}
    left = sorted(str(f) for parent in {t.parent for t in own} for f in parent.glob("*.sql") if f not in own)
    if left:
        complain(text("export.left", lang, {"files": ", ".join(left)}))


def _tell(made: Export, lang: str) -> None:
    """What the export does not say."""
    from checker.exports.about import unsaid

    for line in (text("export.unsaid", lang), *unsaid(made, lang)):
        complain(line)
