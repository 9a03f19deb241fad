"""Does the local page take a real file drop, from two browsers at once, and without scripts?"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.outside

SAMPLES = Path(__file__).parents[2] / "samples"
TEXT = SAMPLES / "naestved-it-2021" / "regnskab.txt"
BOOK = SAMPLES / "social-mio-2024" / "regnskab.xlsx"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a page in a process of its own."""
    command = [sys.executable, "-m", "checker", "page", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=tmp_path) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/\S+/", said)
        assert found, said
        yield found.group()
        process.terminate()


def drop(driver: Any, file: Path) -> None:
    """The file let go over the field, as from a folder."""
    box = driver.find_element("css selector", ".drop").rect
    at = {"x": int(box["x"] + box["width"] / 2), "y": int(box["y"] + box["height"] / 2)}
    data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        driver.execute_cdp_cmd("Input.dispatchDragEvent", {"type": kind, **at, "data": data})


def done(driver: Any) -> None:
    """Waits until the check is over."""
    for _ in range(200):
        if driver.find_elements("css selector", "a.main"):
            return
        time.sleep(0.1)
    raise AssertionError(driver.page_source)


def start(driver: Any) -> None:
    """Presses the button."""
    driver.find_element("css selector", "button[type=submit]").click()


def test_a_dropped_file_gives_its_report(address: str, browser: Callable[[], Any]) -> None:
    driver = browser()
    driver.get(address)
    drop(driver, TEXT)
    assert [i.text for i in driver.find_elements("css selector", ".chosen li")] == ["regnskab.txt"]
    start(driver)
    done(driver)
    assert driver.find_element("css selector", "h1").text == "IT, regnskab 2021: ikke klar til aflevering."
    driver.find_element("css selector", "a.main").click()
    assert "Samme tal står forskelligt" in driver.find_element("css selector", ".body.da").text
    assert [e for e in driver.get_log("browser") if "favicon" not in e["message"]] == []


def test_a_workbook_gives_an_annotated_copy_and_a_working_paper(
    address: str, browser: Callable[[], Any], tmp_path: Path
) -> None:
    driver = browser()
    driver.get(address)
    drop(driver, BOOK)
    start(driver)
    done(driver)
    for link in driver.find_elements("css selector", "main ul a"):
        link.click()
    wanted = {"regnskab.kontrol.xlsx", "regnskab.arbejdspapir.xlsx", "regnskab.rapport.json"}
    for _ in range(100):
        there = {f.name for f in (tmp_path / "downloads").glob("*")}
        if wanted <= there:
            break
        time.sleep(0.1)
    assert wanted <= there
    assert (tmp_path / "downloads" / "regnskab.kontrol.xlsx").read_bytes()[:2] == b"PK"


def test_two_browsers_at_once_each_get_their_own(address: str, browser: Callable[[], Any]) -> None:
    first, second = browser(), browser()
    for driver, file in ((first, TEXT), (second, BOOK)):
        driver.get(address)
        drop(driver, file)
    for driver in (first, second):
        start(driver)
    for driver in (first, second):
        done(driver)
    titles = [d.find_element("css selector", "h1").text for d in (first, second)]
    assert titles[0].startswith("IT, regnskab 2021")
    assert titles[1].startswith("Social- og Sundhedsudvalget, regnskab 2024")


def test_the_plain_form_works_without_scripts(address: str, browser: Callable[[], Any]) -> None:
    driver = browser()
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    driver.get(address)
    driver.find_element("id", "files").send_keys(str(TEXT))
    start(driver)
    done(driver)
    assert driver.find_element("css selector", "h1").text.startswith("IT, regnskab 2021")


def test_another_site_cannot_reach_it(address: str, browser: Callable[[], Any], tmp_path: Path) -> None:
    """A page of another origin that knows the port and even the token is refused."""
    evil = tmp_path / "evil.html"
    evil.write_text(
        f"<form id=f method=post action='{address}check' enctype='multipart/form-data'>"
        "<input name=rules value=dk-bemaerkninger></form><script>document.getElementById('f').submit()</script>"
    )
    driver = browser()
    driver.get(evil.as_uri())
    time.sleep(1)
    assert driver.find_element("css selector", "body").text in ("wrong origin", "another site asks")


def test_axe_finds_nothing_on_the_page(address: str, browser: Callable[[], Any], axe: str) -> None:
    driver = browser()
    driver.get(address)
    driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    driver.get(address)
    driver.execute_script(axe)
    found = driver.execute_async_script("const done = arguments[arguments.length - 1]; axe.run().then(r => done(r))")
    assert [v["id"] for v in found["violations"]] == []
