"""A page on this computer alone: drop a file, read the report, fetch the annotated copy and the working paper."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable

from checker.page.app import Page
from checker.page.jobs import Jobs

HOST = "127.0.0.1"


def serve(rules: str, lang: str, port: int, limit: int, say: Callable[[str], None], browser: bool = True) -> None:
    """Serve until interrupted, on 127.0.0.1 only; port 0 takes any that is free. `say` is told the address.

    `limit` is the largest upload in bytes. What was uploaded is gone when a check ends; reports when the page closes.
    """
    import uvicorn

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener, Jobs() as jobs:
        listener.bind((HOST, port))
        listener.listen()
        own = listener.getsockname()[1]
        page = Page(jobs, own, rules, lang, limit)
        say(page.address)
        if browser:
            webbrowser.open(page.address)
        config = uvicorn.Config(page.app, log_level="error", server_header=False, date_header=False, lifespan="off")
        uvicorn.Server(config).run(sockets=[listener])
