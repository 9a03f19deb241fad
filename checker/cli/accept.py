"""Commands about accepted deviations and about reports compared: waive, verify, diff."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.shared import Lang, Output, app, choice, read_bytes, write
from checker.errors import RequestError
from checker.messages import LANGUAGES, text
from checker.model.outcomes import Report

OfRules = Annotated[str | None, typer.Option("--rules", help="Regelsæt: navn på et medfølgende eller sti til en fil.")]
Prior = Annotated[Path | None, typer.Option("--prior", help="Sidste års fil eller mappe.")]


@app.command()
def waive(
    path: Annotated[Path, typer.Argument(metavar="STI", help="Filen eller mappen, som fundet er gjort i.")],
    which: Annotated[
        str, typer.Argument(metavar="[FUND]", help="Fundets nummer i rapporten, eller kontrollens fingeraftryk.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="Begrundelsen.")] = "",
    by: Annotated[str, typer.Option("--by", help="Hvem der accepterer.")] = "",
    approved_by: Annotated[str, typer.Option("--approved-by", help="Hvem der godkender.")] = "",
    until: Annotated[str, typer.Option("--until", help="Gælder til og med, som ÅÅÅÅ-MM-DD.")] = "",
    read_back: Annotated[
        Path | None, typer.Option("--from", help="Mærket regneark, hvor begrundelserne er skrevet i Opfølgning.")
    ] = None,
    waivers: Annotated[
        Path | None, typer.Option("--waivers", help="Filen, der skrives i; ellers waivers.yaml ved materialet.")
    ] = None,
    rules: OfRules = None,
    prior: Prior = None,
    lang: Lang = "da",
) -> None:
    """Acceptér en afvigelse med begrundelse, eller dem, der er skrevet i et mærket regneark."""
    from checker.examine import Extras, beside, examine
    from checker.waivers import add, as_typed, propose

    choice(lang, LANGUAGES, "cli.lang_unknown")
    file = waivers or beside(path)

    def now() -> Report:
        return examine(path, rules, None, prior, Extras(waivers=file if file.is_file() else None))

    if read_back:
        from checker.annotate import read_back as typed

        rows = typed(read_bytes(read_back), read_back.name)
        if not rows:
            raise RequestError("accept.nothing_typed", file=read_back.name)
        found = as_typed(now(), rows, read_back.name, date.today())
    elif which and reason and by:
        report = now()
        found = propose(report, which, reason, by, date.today(), approved_by, until)
    else:
        raise RequestError("accept.needs")
    add(file, *found)
    write(text("accept.added", lang, {"n": str(len(found)), "file": str(file)}) + "\n")


@app.command()
def verify(
    report: Annotated[Path, typer.Argument(metavar="RAPPORT", help="Tidligere rapport som JSON.")],
    path: Annotated[Path, typer.Argument(metavar="STI", help="Filen eller mappen, som rapporten er om.")],
    rules: OfRules = None,
    prior: Prior = None,
    lang: Lang = "da",
) -> None:
    """Kør en kontrol igen, og sig, om den siger det samme som en tidligere rapport."""
    from checker.earlier import load
    from checker.reports.differences import verified
    from checker.run import check
    from checker.verify import verify as differences

    choice(lang, LANGUAGES, "cli.lang_unknown")
    before = load(report, report.name)
    now = check(path, rules, path.as_posix() if not path.is_absolute() else path.name, prior)
    found = differences(before, now, report.name)
    write(verified(found, now, lang))
    raise typer.Exit(1 if found else 0)


@app.command()
def diff(
    first: Annotated[Path, typer.Argument(metavar="STI", help="Det ene materiale.")],
    second: Annotated[Path, typer.Argument(metavar="STI", help="Det andet.")],
    rules: OfRules = None,
    output: Output = None,
    lang: Lang = "da",
) -> None:
    """Vis, hvilke tal der er forskellige i to materialer."""
    from checker.reports.differences import compared
    from checker.run import check
    from checker.verify import diff as rows_of

    choice(lang, LANGUAGES, "cli.lang_unknown")
    one, other = check(first, rules, str(first)), check(second, rules, str(second))
    rows = rows_of(one, other)
    write(compared(rows, one, other, lang), output)
    raise typer.Exit(1 if rows else 0)
