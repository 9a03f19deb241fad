"""Commands about rules and about what is read: facts, rules, explain, test, lint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checker.cli.shared import Lang, Output, Rules, app, choice, write
from checker.messages import LANGUAGES, text
from checker.version import DEFAULT_RULES as DEFAULT


@app.command()
def facts(
    path: Annotated[Path, typer.Argument(metavar="FIL", help="Filen, der skal læses.")],
    format_: Annotated[str, typer.Option("--format", help="table, csv, long eller json.")] = "table",
    output: Output = None,
    lang: Lang = "da",
) -> None:
    """Vis alle tal, der er læst i en fil, med deres betydning og sted."""
    from checker.reports.fact_list import FORMATS
    from checker.run import read

    choice(lang, LANGUAGES, "cli.lang_unknown")
    choice(format_, FORMATS, "cli.format_unknown")
    submission = read(path, path.as_posix() if not path.is_absolute() else path.name)
    write(FORMATS[format_](submission, lang), output)


@app.command(name="rules")
def list_rules(
    rules: Rules = DEFAULT,
    schema: Annotated[
        bool, typer.Option("--schema", help="Skriv i stedet regelfilers JSON-skema, som en editor kan bruge.")
    ] = False,
    output: Output = None,
    lang: Lang = "da",
) -> None:
    """Vis reglerne i et regelsæt."""
    from checker.catalogue.pages import rule_list
    from checker.resources import data_dir
    from checker.rulefile import load_rules

    choice(lang, LANGUAGES, "cli.lang_unknown")
    if schema:
        write((data_dir("schemas") / "rules.schema.json").read_text(encoding="utf-8"), output)
        return
    write(rule_list(load_rules(rules), lang), output)


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(metavar="REGEL", help="Regel-id eller navn.")],
    rules: Rules = DEFAULT,
    lang: Lang = "da",
) -> None:
    """Forklar en regel: hvad, hvorfor, grundlag, eksempler og rettelse."""
    from checker.catalogue.pages import rule_page
    from checker.rulefile import load_rules

    choice(lang, LANGUAGES, "cli.lang_unknown")
    write(rule_page(load_rules(rules), rule, lang))


@app.command(name="test")
def test_rules(rules: Rules = DEFAULT, lang: Lang = "da") -> None:
    """Kør reglernes egne eksempler."""
    from checker.casetest import run_cases
    from checker.rulefile import load_rules

    choice(lang, LANGUAGES, "cli.lang_unknown")
    ruleset = load_rules(rules)
    results = list(run_cases(ruleset, rules))
    wrong = [r for r in results if not r.ok]
    lines = [
        text("cli.case_failed", lang, {"rule": r.rule, "case": r.case, "found": r.found, "expected": r.expected})
        for r in wrong
    ]
    if not wrong:
        lines = [text("cli.cases_ok", lang, {"n": str(len(results)), "rules": str(len(ruleset.rules))})]
    write("\n".join(lines) + "\n")
    raise typer.Exit(1 if wrong else 0)


@app.command(name="lint")
def lint_files(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[STI...]", help="Regelfiler eller mapper; uden dem efterses alt, der følger med."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Advarsler giver også exitkode 2.")] = False,
    lang: Lang = "da",
) -> None:
    """Efterse regelfiler, tabeltyper og ordforråd for fejl og for det, der aldrig bruges."""
    from checker.lint import lint, report

    choice(lang, LANGUAGES, "cli.lang_unknown")
    found = lint(paths or ())
    write(report(found, lang))
    raise typer.Exit(2 if found.complaints or (strict and found.warnings) else 0)
