"""What the command-line library says in English, in Danish: the frame of its help, and its complaints about usage."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_SAID = [
    (re.compile(pattern, re.MULTILINE), danish)
    for pattern, danish in (
        (r"^Usage: ", "Brug: "),
        (r" \[OPTIONS\]", " [VALG]"),
        (r" COMMAND \[ARGS\]\.\.\.", " KOMMANDO [ARGUMENTER]..."),
        (r"^Options:$", "Valg:"),
        (r"^Arguments:$", "Argumenter:"),
        (r"^Commands:$", "Kommandoer:"),
        (r"\[required\]", "[skal angives]"),
        (r"\[default: ([^]]*)\]", r"[ellers \1]"),
        (r"Show this message and exit\.", "Vis denne hjælp."),
        (r"^No such option: (\S+)", r"valget \1 findes ikke"),
        (r" ?\(Possible options: (.*)\)", r"; mente du \1?"),
        (r"^No such command '(.*?)'\.?", r"kommandoen '\1' findes ikke"),
        (r"[.;]? Did you mean (.*)\?$", r"; mente du \1?"),
        (r"^Missing argument '(.*)'\.?", r"der mangler \1"),
        (r"^Missing option '(.*)'\.?", r"valget \1 skal angives"),
        (r"^Missing command\.", "der mangler en kommando"),
        (r"^Got unexpected extra argument\(?s?\)? \((.*)\)", r"'\1' er for meget; der er ingen plads til det"),
        (r"^Option '?(.*?)'? requires (?:an argument|(\d) arguments)\.?", r"valget \1 mangler sin værdi"),
        (r"^Option '?(.*?)'? does not take a value\.?", r"valget \1 tager ingen værdi"),
        (r"^Invalid value for '(.*?)': ", r"ugyldig værdi for \1: "),
        (r"'(.*)' is not a valid int(?:eger)?\.", r"'\1' er ikke et helt tal"),
        (r"'(.*)' is not a valid (?:float|number)\.", r"'\1' er ikke et tal"),
        (r"(\S+) is not in the range (.*)\.", r"\1 ligger ikke i \2"),
    )
]
UsageError: Any = typer.BadParameter.__mro__[1]
"""What the library raises where a command is used wrongly."""


def danish(said: str) -> str:
    """The same with every known phrase in Danish."""
    for pattern, instead in _SAID:
        said = pattern.sub(instead, said)
    return said


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return danish(super().get_help(ctx))


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return danish(super().get_help(ctx))


class Danish(typer.Typer):
    """An application whose help is Danish."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=_Group, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[..., Any]:
        """As of the library."""
        return super().command(name, cls=_Command, **settings)


def complaint(error: Any, lang: str) -> str:
    """What is wrong with how a command was used, and where help is found."""
    said = error.format_message().strip()
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "regnskabstjek"
    if lang != "da":
        return f"{said} Try: {path} --help"
    told = danish(said)
    return f"{told if told.endswith(('.', '?')) else told + '.'} Se {path} --help"
