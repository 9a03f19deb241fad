"""The command line: the only place that prints or exits."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from checker.errors import RegnskabstjekError, RequestError
from checker.messages import LANGUAGES, text
from checker.model.rules import SEVERITIES
from checker.version import DEFAULT_RULES as DEFAULT

app = typer.Typer(
    help="Kontrollerer, om tallene i et kommunalt regnskab stemmer indbyrdes, og viser beregningen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Lang = Annotated[str, typer.Option("--lang", help="Sprog: da eller en.")]
Rules = Annotated[str, typer.Option("--rules", help="Regelsæt: navn på et medfølgende eller sti til en fil.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Skriv til fil i stedet for skærmen.")]


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(help="Filer eller mapper, der skal kontrolleres.")],
    rules: Annotated[
        str | None,
        typer.Option("--rules", help=f"Regelsæt: navn på et medfølgende eller sti til en fil. Ellers {DEFAULT}."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="text eller json.")] = "text",
    output: Output = None,
    lang: Lang = "da",
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="Mildeste alvor, der giver exitkode 1: error, warning, note.")
    ] = "error",
    min_coverage: Annotated[int, typer.Option("--min-coverage", help="Mindste kontrolomfang i procent.")] = 0,
    show_passed: Annotated[
        bool, typer.Option("--show-passed", help="Vis også det, der stemmer, med beregninger.")
    ] = False,
    show_coverage: Annotated[
        bool,
        typer.Option("--show-coverage", help="Vis beløb, der ikke er kontrolleret, og hvordan materialet er læst."),
    ] = False,
    show_plan: Annotated[bool, typer.Option("--show-plan", help="Vis, hvilke regler der er brugt hvor.")] = False,
    with_facts: Annotated[bool, typer.Option("--with-facts", help="Tag alle læste tal med i JSON.")] = False,
    prior: Annotated[Path | None, typer.Option("--prior", help="Sidste års fil eller mappe.")] = None,
    engine: Annotated[str, typer.Option("--engine", help="auto eller python.")] = "auto",
) -> None:
    """Kontrollér en eller flere filer eller mapper; en mappe er ét materiale."""
    from checker.reports import FORMATS, View
    from checker.rulefile import load_rules
    from checker.run import check as run_check
    from checker.run import exit_code, nothing_evaluated

    _choice(lang, LANGUAGES, "cli.lang_unknown")
    _choice(format_, FORMATS, "cli.format_unknown")
    _choice(fail_on, SEVERITIES, "cli.fail_on_unknown")
    _choice(engine, ("auto", "python"), "cli.engine_unknown")
    ruleset = load_rules(rules) if rules else None
    view = View(lang, show_passed, show_coverage, show_plan, with_facts, _width(output), _colour(output))
    codes, texts = [0], []
    for path in paths:
        try:
            report = run_check(path, ruleset, path.as_posix() if not path.is_absolute() else path.name, prior)
        except RegnskabstjekError as error:
            _complain(error.render(lang))
            codes.append(2)
            continue
        texts.append(FORMATS[format_](report, view))
        codes.append(exit_code(report, fail_on, min_coverage))
        for fault in report.submission.faults:
            _complain(f"{fault.place.file}: {text(fault.key, lang, dict(fault.args))}")
        _gate_reasons(
            report.coverage.checked, report.coverage.facts, min_coverage, nothing_evaluated(report), str(path), lang
        )
    if texts:
        _write(_joined(texts, format_), output)
    raise typer.Exit(max(codes))


def _joined(texts: list[str], format_: str) -> str:
    if format_ != "json" or len(texts) == 1:
        return "".join(texts)
    return "[\n" + ",\n".join(t.rstrip("\n") for t in texts) + "\n]\n"


def _gate_reasons(checked: int, facts: int, least: int, nothing: bool, file: str, lang: str) -> None:
    if nothing:
        _complain(text("cli.nothing_evaluated", lang, {"file": file}))
    if 100 * checked < least * facts:
        _complain(text("cli.low_coverage", lang, {"pct": str(100 * checked // max(facts, 1)), "least": str(least)}))


@app.command()
def facts(
    path: Annotated[Path, typer.Argument(help="Filen, der skal læses.")],
    format_: Annotated[str, typer.Option("--format", help="table, csv, long eller json.")] = "table",
    output: Output = None,
    lang: Lang = "da",
) -> None:
    """Vis alle tal, der er læst i en fil, med deres betydning og sted."""
    from checker.reports.fact_list import FORMATS
    from checker.run import read

    _choice(lang, LANGUAGES, "cli.lang_unknown")
    _choice(format_, FORMATS, "cli.format_unknown")
    submission = read(path, path.as_posix() if not path.is_absolute() else path.name)
    _write(FORMATS[format_](submission, lang), output)


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

    _choice(lang, LANGUAGES, "cli.lang_unknown")
    if schema:
        _write((data_dir("schemas") / "rules.schema.json").read_text(encoding="utf-8"), output)
        return
    _write(rule_list(load_rules(rules), lang), output)


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="Regel-id eller navn.")], rules: Rules = DEFAULT, lang: Lang = "da"
) -> None:
    """Forklar en regel: hvad, hvorfor, grundlag, eksempler og rettelse."""
    from checker.catalogue.pages import rule_page
    from checker.rulefile import load_rules

    _choice(lang, LANGUAGES, "cli.lang_unknown")
    _write(rule_page(load_rules(rules), rule, lang))


@app.command(name="test")
def test_rules(rules: Rules = DEFAULT, lang: Lang = "da") -> None:
    """Kør reglernes egne eksempler."""
    from checker.casetest import run_cases
    from checker.rulefile import load_rules

    _choice(lang, LANGUAGES, "cli.lang_unknown")
    ruleset = load_rules(rules)
    results = list(run_cases(ruleset, rules))
    wrong = [r for r in results if not r.ok]
    lines = [
        text("cli.case_failed", lang, {"rule": r.rule, "case": r.case, "found": r.found, "expected": r.expected})
        for r in wrong
    ]
    if not wrong:
        lines = [text("cli.cases_ok", lang, {"n": str(len(results)), "rules": str(len(ruleset.rules))})]
    _write("\n".join(lines) + "\n")
    raise typer.Exit(1 if wrong else 0)


@app.command(name="lint")
def lint_files(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Regelfiler eller mapper; uden dem efterses alt, der følger med.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Advarsler giver også exitkode 2.")] = False,
    lang: Lang = "da",
) -> None:
    """Efterse regelfiler, tabeltyper og ordforråd for fejl og for det, der aldrig bruges."""
    from checker.lint import lint, report

    _choice(lang, LANGUAGES, "cli.lang_unknown")
    found = lint(paths or ())
    _write(report(found, lang))
    raise typer.Exit(2 if found.complaints or (strict and found.warnings) else 0)


def _choice(value: str, known: object, key: str) -> None:
    names = tuple(known)  # type: ignore[arg-type, var-annotated]
    if value not in names:
        from checker.yamlsource import nearest

        raise RequestError(key, name=value, known=", ".join(names), hint=nearest(value, names) or "–")


def _width(output: Path | None) -> int:
    return 100 if output or not sys.stdout.isatty() else min(120, shutil.get_terminal_size().columns)


def _colour(output: Path | None) -> bool:
    return (
        output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _write(content: str, output: Path | None = None) -> None:
    if output is None:
        sys.stdout.write(content)
        return
    try:
        output.write_text(content, encoding="utf-8")
    except OSError as error:
        raise RequestError("cli.write_failed", file=str(output), why=str(error.strerror or error)) from error


def _complain(message: str) -> None:
    sys.stderr.write(f"regnskabstjek: {message}\n")


def _lang_asked() -> str:
    """The language of messages that stop a run before its options are known to be right."""
    args = sys.argv[1:]
    asked = [a.split("=", 1)[1] for a in args if a.startswith("--lang=")]
    asked += [b for a, b in pairwise(args) if a == "--lang"]
    return asked[-1] if asked and asked[-1] in LANGUAGES else "da"


def main() -> None:
    """Entry point. Exit codes: 0, 1 findings, 2 cannot run, 3 a fault of the tool."""
    gc.set_threshold(50_000)  # a short run makes little garbage and should not look for it all the time
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    try:
        app()
    except RegnskabstjekError as error:
        _complain(error.render(_lang_asked()))
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
    except Exception as error:  # a fault of ours is code 3 and never looks like a finding
        import traceback

        traceback.print_exc()
        _complain(text("cli.internal", _lang_asked(), {"what": f"{type(error).__name__}: {error}"}))
        sys.exit(3)
