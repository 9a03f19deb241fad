"""The pictures of the README: terminal, HTML report, annotated workbook, local page. Needs Chromium and LibreOffice.

Run with `make pictures`.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checker.annotate import annotate
from checker.reports import FORMATS, View
from checker.run import check

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
TEXT = ROOT / "samples" / "naestved-it-2021" / "regnskab.txt"
BOOK = ROOT / "samples" / "social-mio-2024" / "regnskab.xlsx"
_COLOURS = {"31;1": "#e06c6c", "33;1": "#e0b34c", "36": "#5fb3c9", "32": "#6cc06c", "2": "#999", "1": "#fff"}


@contextmanager
def browser(width: int, height: int) -> Iterator[Any]:
    """A headless Chromium with a window of this size."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in ("--headless=new", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{height}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        yield driver
    finally:
        driver.quit()


def shot(address: str, name: str, width: int = 1100, height: int = 900) -> None:
    """A picture of what a browser shows."""
    with browser(width, height) as driver:
        driver.get(address)
        driver.save_screenshot(str(PICTURES / name))


def terminal(folder: Path) -> None:
    """The first screen of the terminal, its colours as a browser shows them."""
    said = FORMATS["text"](check(TEXT, name=TEXT.name), View(colour=True, width=100))
    lines = "\n".join([f"$ regnskabstjek check {TEXT.name}", *said.splitlines()[:42]])

    def painted(match: re.Match[str]) -> str:
        return f'<span style="color:{_COLOURS[match[1]]}">{match[2]}</span>'

    body = re.sub("\x1b\\[([\\d;]+)m(.*?)\x1b\\[0m", painted, html.escape(lines, quote=False))
    page = folder / "terminal.html"
    page.write_text(
        '<meta charset="utf-8"><body style="margin:0;background:#1c1c1c;color:#d8d8d8">'
        f'<pre style="margin:0;padding:18px;font:14px/1.35 DejaVu Sans Mono,monospace">{body}</pre>',
        encoding="utf-8",
    )
    shot(page.as_uri(), "terminal.png", 960, 850)


def report(folder: Path) -> None:
    """The HTML report from its top."""
    page = folder / "rapport.html"
    page.write_text(FORMATS["html"](check(TEXT, name=TEXT.name), View()), encoding="utf-8")
    shot(page.as_uri(), "rapport.png")


def workbook(folder: Path) -> None:
    """The marked sheet of the annotated copy, as LibreOffice shows it."""
    import pypdfium2

    copy = folder / "regnskab.kontrol.xlsx"
    copy.write_bytes(annotate(BOOK.read_bytes(), check(BOOK, name=BOOK.name), BOOK.name, "da"))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(copy)]
    subprocess.run(command, check=True, capture_output=True)
    document = pypdfium2.PdfDocument(copy.with_suffix(".pdf"))
    image = document[len(document) - 1].render(scale=2).to_pil()
    image.crop((0, 0, image.width, int(image.height * 0.35))).save(PICTURES / "opfoelgning.png")


def page() -> None:
    """The local page, waiting for a file."""
    command = [sys.executable, "-m", "checker", "page", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        said = process.stderr.readline() if process.stderr else ""
        found = re.search(r"http://\S+/", said)
        if found is None:
            raise RuntimeError(said)
        shot(found.group(), "side.png", 900, 760)
        process.terminate()


def main() -> None:
    """All pictures anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        terminal(folder)
        report(folder)
        if shutil.which("soffice"):
            workbook(folder)
        page()


if __name__ == "__main__":
    main()
