"""The command page."""

from __future__ import annotations

from typing import Annotated

import typer

from checker.cli.shared import Lang, Rules, app, choice, complain
from checker.errors import RequestError
from checker.messages import LANGUAGES, text
from checker.version import DEFAULT_RULES as DEFAULT


@app.command()
def page(
    rules: Rules = DEFAULT,
    lang: Lang = "da",
    port: Annotated[int, typer.Option("--port", help="Port på denne computer; 0: en, der er fri.")] = 0,
    limit_mb: Annotated[int, typer.Option("--limit-mb", help="Største upload i alt, i MB.")] = 100,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Åbn ikke browseren.")] = False,
) -> None:
    """Åbn en side på denne computer, hvor filer kan slippes og kontrolleres."""
    from checker.page import serve

    choice(lang, LANGUAGES, "cli.lang_unknown")

    def told(address: str) -> None:
        complain(text("page.address", lang, {"address": address}))

    try:
        serve(rules, lang, port, limit_mb * 1_000_000, told, browser=not no_browser)
    except (OSError, OverflowError) as error:
        raise RequestError("page.no_port", port=str(port)) from error
