"""The command check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.progress import progress, watched
from checker.cli.shared import Lang, Output, app, choice, colour, complain, width, write, write_bytes
from checker.errors import RegnskabstjekError, RequestError
from checker.examine import Extras, examine
from checker.messages import LANGUAGES, text
from checker.model.outcomes import Report
from checker.model.rules import SEVERITIES, RuleSet
from checker.model.submission import THIS
from checker.reports import BINARY, FORMATS, View
from checker.reports.joining import joined
from checker.reports.places import joined as joined_places
from checker.scale.run import ENGINES, engine_for
from checker.version import DEFAULT_RULES as DEFAULT

WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Large:
    """How large sources are checked: engine, megabytes (0: as the engine likes), failures shown, file of outcomes."""

    engine: str
    memory: int
    most: int
    evidence: Path | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What one run is asked for."""

    rules: str | None
    format: str
    output: Path | None
    view: View
    fail_on: str
    min_coverage: int
    prior: Path | None
    extras: Extras
    annotate: bool
    changed_since: str
    cache: Path | None
    processes: int
    large: Large


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="STI...", help="Filer eller mapper, der skal kontrolleres.")],
    rules: Annotated[
        str | None,
        typer.Option("--rules", help=f"Regelsæt: navn på et medfølgende eller sti til en fil. Ellers {DEFAULT}."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", help=f"{', '.join([*FORMATS, *BINARY])}.")] = "text",
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
    annotate: Annotated[
        bool, typer.Option("--annotate", help="Skriv også <navn>.kontrol.xlsx med mærker ved siden af hvert regneark.")
    ] = False,
    waivers: Annotated[
        Path | None, typer.Option("--waivers", help="Accepterede afvigelser; ellers waivers.yaml ved materialet.")
    ] = None,
    ignore_waivers: Annotated[
        bool, typer.Option("--ignore-waivers", help="Se bort fra accepterede afvigelser.")
    ] = False,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Tidligere JSON-rapport at sammenligne med.")
    ] = None,
    redact: Annotated[bool, typer.Option("--redact", help="Udelad dokumentets tekst af rapporten.")] = False,
    changed_since: Annotated[
        str, typer.Option("--changed-since", help="Kun materialer, der er ændret siden denne git-revision.")
    ] = "",
    cache: Annotated[
        Path | None, typer.Option("--cache", help="Mappe med tidligere resultater af uændrede materialer.")
    ] = None,
    processes: Annotated[int, typer.Option("--processes", help="Så mange ad gangen; 0: en for hver kerne.")] = 0,
    watch: Annotated[bool, typer.Option("--watch", help="Kontrollér igen, hver gang materialet ændres.")] = False,
    engine: Annotated[str, typer.Option("--engine", help=f"{', '.join(ENGINES)}.")] = "auto",
    memory: Annotated[int, typer.Option("--memory", help="Højst så mange MB hukommelse til store mængder.")] = 0,
    max_findings: Annotated[
        int, typer.Option("--max-findings", help="Vis højst så mange fejl af hver regel i store mængder.")
    ] = 20,
    evidence: Annotated[
        Path | None, typer.Option("--evidence", help="Skriv hvert udfald af store mængder til denne Parquet-fil.")
    ] = None,
) -> None:
    """Kontrollér filer eller mapper. En mappe med filer er ét materiale; ellers er hver mappe under den ét."""
    choice(lang, LANGUAGES, "cli.lang_unknown")
    choice(format_, [*FORMATS, *BINARY], "cli.format_unknown")
    choice(fail_on, SEVERITIES, "cli.fail_on_unknown")
    choice(engine, ENGINES, "cli.engine_unknown")
    if format_ in BINARY and output is None:
        raise RequestError("check.needs_file", format=format_)
    asked = Asked(
        rules,
        format_,
        output,
        View(lang, show_passed, show_coverage, show_plan, with_facts, width(output), colour(output)),
        fail_on,
        min_coverage,
        prior,
        Extras(waivers, ignore_waivers, baseline, redact),
        annotate,
        changed_since,
        cache,
        processes,
        Large(engine, memory, max_findings, evidence),
    )
    if watch:
        for _ in watched([*paths, *([prior] if prior else [])], lang):
            _run(paths, asked)
    raise typer.Exit(_run(paths, asked))


def _run(paths: list[Path], asked: Asked) -> int:
    """The highest exit code of all paths; what cannot be read does not stop the others."""
    from checker.cli.many import check_many
    from checker.repository import submissions
    from checker.rulefile import load_rules

    ruleset = load_rules(asked.rules) if asked.rules else None
    codes, made = [0], list[Report]()
    for path in paths:
        if engine_for(str(path), asked.large.engine) != "python":
            report, code = _large(path, ruleset, asked)
            made += [report] if report else []
            codes.append(code)
            continue
        many = submissions(path)
        if many or asked.changed_since:
            codes.append(check_many(path, many or [path], asked))
            continue
        for report, code in _one(path, ruleset, asked):
            made += [report] if report else []
            codes.append(code)
    _out(made, asked)
    return max(codes)


def _one(path: Path, ruleset: RuleSet | None, asked: Asked) -> Iterator[tuple[Report | None, int]]:
    """The report of one submission with its code; none where it cannot be read."""
    from checker.redact import redacted
    from checker.run import exit_code, nothing_evaluated

    lang = asked.view.lang
    try:
        with progress(str(path), lang):
            report = examine(
                path,
                ruleset,
                path.as_posix() if not path.is_absolute() else path.name,
                asked.prior,
                replace(asked.extras, redact=False),
            )
    except RegnskabstjekError as error:
        complain(error.render(lang))
        yield None, 2
        return
    if asked.annotate:
        _annotate(path, report, lang)
    report = redacted(report) if asked.extras.redact else report
    persons = [r.place for r in report.submission.remarks if r.key == "reading.cpr"]
    if persons:
        said = joined_places(persons, report.submission.files, lang)
        complain(text("check.cpr", lang, {"file": str(path), "where": said}))
    for fault in report.submission.faults:
        complain(f"{fault.place.file}: {text(fault.key, lang, dict(fault.args))}")
    gate_reasons(
        report.coverage.checked, report.coverage.facts, asked.min_coverage, nothing_evaluated(report), str(path), lang
    )
    yield report, exit_code(report, asked.fail_on, asked.min_coverage)


def _large(path: Path, ruleset: RuleSet | None, asked: Asked) -> tuple[Report | None, int]:
    """The report of a large source with its code; none where it cannot be read."""
    from checker.rulefile import load_rules
    from checker.run import exit_code, nothing_evaluated
    from checker.scale.run import check_large

    lang, name = asked.view.lang, re.sub(r"^(postgres(?:ql)?:)/+", r"\1//", str(path))
    engine = engine_for(name, asked.large.engine)
    extras = asked.extras
    given = {
        "--prior": asked.prior,
        "--annotate": asked.annotate,
        "--waivers": extras.waivers,
        "--baseline": extras.baseline,
        "--redact": extras.redact,
        "--with-facts": asked.view.with_facts,
        "--changed-since": asked.changed_since,
    }
    if unused := [option for option, value in given.items() if value]:
        raise RequestError("scale.not_for_large", options=", ".join(unused))
    try:
        with progress(name, lang) as step:
            large, own = asked.large, ruleset or load_rules(DEFAULT)
            report = check_large(name, own, engine, large.memory, large.most, large.evidence, step)
    except RegnskabstjekError as error:
        complain(error.render(lang))
        return None, 2
    gate_reasons(
        report.coverage.checked, report.coverage.facts, asked.min_coverage, nothing_evaluated(report), name, lang
    )
    return report, exit_code(report, asked.fail_on, asked.min_coverage)


def _annotate(path: Path, report: Report, lang: str) -> None:
    """A marked copy beside each workbook of the submission."""
    from checker.annotate import annotate

    files = [path] if path.is_file() else sorted(path.iterdir())
    books = [f for f in files if f.suffix.lower() in WORKBOOKS and ".kontrol." not in f.name]
    named = {Path(f.path).name: f.path for f in report.submission.files}
    for book in books:
        if book.name in named:
            copy = book.with_name(f"{book.stem}.kontrol{book.suffix}")
            write_bytes(annotate(book.read_bytes(), report, named[book.name], lang), copy)
            complain(text("check.annotated", lang, {"file": str(copy)}))
    if not books:
        complain(text("check.no_workbook", lang, {"file": str(path)}))


def _out(made: list[Report], asked: Asked) -> None:
    if not made:
        return
    if len(made) > 1 and (asked.format in BINARY or asked.format == "html"):
        raise RequestError("check.one_file", format=asked.format)
    if asked.format in BINARY and asked.output:
        write_bytes(BINARY[asked.format](made[0], asked.view), asked.output)
        return
    texts = [FORMATS[asked.format](report, asked.view) for report in made]
    if asked.format == "text" and len(made) > 1:
        texts = [f"\n== {_name(report)}{said}" for report, said in zip(made, texts, strict=True)]
    write(joined(texts, asked.format), asked.output)


def _name(report: Report) -> str:
    """The path of a submission, as it is told."""
    own = [f.path for f in report.submission.files if f.role == THIS]
    return own[0] if len(own) == 1 else own[0].rpartition("/")[0] if own else ""


def gate_reasons(checked: int, facts: int, least: int, nothing: bool, file: str, lang: str) -> None:
    """Why a gate is shut beside findings."""
    if nothing:
        complain(text("cli.nothing_evaluated", lang, {"file": file}))
    if 100 * checked < least * facts:
        complain(text("cli.low_coverage", lang, {"pct": str(100 * checked // max(facts, 1)), "least": str(least)}))
