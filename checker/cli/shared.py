"""What all commands share: the application, options, and how they write, complain and refuse."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.tongue import Danish
from checker.errors import RequestError, reason

app = Danish(
    help="Kontrollerer, om tallene i et kommunalt regnskab stemmer indbyrdes, og viser beregningen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Lang = Annotated[str, typer.Option("--lang", help="Sprog: da eller en.")]
Rules = Annotated[str, typer.Option("--rules", help="Regelsæt: navn på et medfølgende eller sti til en fil.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Skriv til fil i stedet for skærmen.")]


def choice(value: str, known: object, key: str) -> None:
    """Refuses a value that is none of the known ones."""
    names = tuple(known)  # type: ignore[arg-type, var-annotated]
    if value not in names:
        from checker.yamlsource import nearest

        raise RequestError(key, name=value, known=", ".join(names), hint=nearest(value, names) or "–")


def width(output: Path | None) -> int:
    """How many characters a line may have."""
    return 100 if output or not sys.stdout.isatty() else min(120, shutil.get_terminal_size().columns)


def colour(output: Path | None) -> bool:
    """Whether colours can be shown and are wanted."""
    return (
        output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def write(content: str, output: Path | None = None) -> None:
    """To the file, or to standard output."""
    if output is None:
        sys.stdout.write(content)
        return
    try:
        output.write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        raise RequestError("cli.write_failed", file=str(output), why=reason(error)) from error


def read_bytes(file: Path) -> bytes:
    """What a file holds."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise RequestError("check.unreadable", file=str(file), why=reason(error)) from error


def write_bytes(content: bytes, output: Path) -> None:
    """To the file."""
    try:
        output.write_bytes(content)
    except OSError as error:
        raise RequestError("cli.write_failed", file=str(output), why=reason(error)) from error


def complain(message: str) -> None:
    """One line to standard error."""
    sys.stderr.write(f"regnskabstjek: {message}\n")
