"""The command line: the only place that prints or exits."""

from __future__ import annotations

import codecs
import gc
import os
import sys
from collections.abc import Callable
from itertools import pairwise

from typer import Abort

from checker.cli import check, rules, export, accept, page, tongue  # isort: skip  # in the order that the help lists commands
from checker.cli.shared import app, complain
from checker.errors import RegnskabstjekError
from checker.messages import LANGUAGES, text

__all__ = ["accept", "app", "check", "export", "main", "page", "rules"]


_PLAIN = {
    "✓": "v", "≈": "~", "✗": "x", "○": "o", "→": "->", "×": "x", "÷": ":", "·": "|", "…": "...", "–": "-", "−": "-",
    "„": '"', "“": '"', "”": '"', "»": ">>", "«": "<<", "‼": "!!", "\u00a0": " ",
}  # fmt: skip
"""What stands for a sign that the terminal's code page lacks."""


STOPPED = 130
"""The code of a run that was stopped with Ctrl-C."""


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_PLAIN.get(c, "?") for c in error.object[error.start : error.end]), error.end


def _lang_asked() -> str:
    """The language of messages that stop a run before its options are known to be right."""
    args = sys.argv[1:]
    asked = [a.split("=", 1)[1] for a in args if a.startswith("--lang=")]
    asked += [b for a, b in pairwise(args) if a == "--lang"]
    return asked[-1] if asked and asked[-1] in LANGUAGES else "da"


def main() -> None:
    """Entry point. Exit codes: 0, 1 findings, 2 cannot run, 3 a fault of the tool."""
    gc.set_threshold(50_000)  # a short run makes little garbage and should not look for it all the time
    codecs.register_error("plain", _plain)
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="plain")
    try:
        code = app(standalone_mode=False)
        if code == STOPPED:
            complain(text("cli.stopped", _lang_asked()))
        sys.exit(code)
    except tongue.UsageError as error:
        asked_help = type(error).__name__ == "NoArgsIsHelpError"
        if asked_help:
            sys.stderr.write(error.format_message() + "\n")
        else:
            complain(tongue.complaint(error, _lang_asked()))
        sys.exit(2)
    except (Abort, KeyboardInterrupt):
        complain(text("cli.stopped", _lang_asked()))
        sys.exit(2)
    except RegnskabstjekError as error:
        complain(error.render(_lang_asked()))
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
    except Exception as error:  # a fault of ours is code 3 and never looks like a finding
        import traceback

        traceback.print_exc()
        complain(text("cli.internal", _lang_asked(), {"what": f"{type(error).__name__}: {error}"}))
        sys.exit(3)
