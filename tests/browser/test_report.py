"""Can the HTML report be opened, searched, filtered, walked by keyboard, printed, and read by everybody?"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.reports import View
from checker.reports.html import render
from checker.run import check

pytestmark = pytest.mark.outside

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ["naestved-it-2021/regnskab.txt", "social-mio-2024/regnskab.xlsx", "kultur-mio-2024/budgetopfoelgning.txt"]


def written(tmp_path: Path, name: str, lang: str = "da") -> Path:
    """The report of a sample as a file."""
    file = tmp_path / "rapport.html"
    file.write_text(render(check(SAMPLES / name, name=Path(name).name), View(lang)), encoding="utf-8")
    return file


def log(driver: Any) -> list[str]:
    """What the browser complains of."""
    return [entry["message"] for entry in driver.get_log("browser")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["da", "en"])
def test_axe_finds_nothing(tmp_path: Path, browser: Callable[[], Any], axe: str, name: str, lang: str) -> None:
    driver = browser()
    driver.get(written(tmp_path, name, lang).as_uri())
    for details in driver.find_elements("css selector", "details"):
        driver.execute_script("arguments[0].open = true", details)
    driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
    driver.get(driver.current_url)
    driver.execute_script(axe)
    found = driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(r => done(r))"
    )
    said = [f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:120]})" for v in found["violations"]]
    assert said == []
    assert len(found["passes"]) > 15


def test_it_opens_without_a_complaint_and_asks_for_nothing(tmp_path: Path, browser: Callable[[], Any]) -> None:
    driver = browser()
    driver.get(written(tmp_path, NAMES[0]).as_uri())
    assert driver.title == "IT, regnskab 2021: ikke klar til aflevering."
    assert log(driver) == []
    assert driver.execute_script("return performance.getEntriesByType('resource').length") == 0


def test_checks_are_searched_and_filtered(tmp_path: Path, browser: Callable[[], Any]) -> None:
    from selenium.webdriver.support.select import Select

    driver = browser()
    driver.get(written(tmp_path, NAMES[0]).as_uri())

    def shown() -> list[str]:
        items = driver.find_elements("css selector", "#da-list details")
        return [i.get_attribute("data-status") for i in items if i.is_displayed()]

    every = len(shown())
    field = driver.find_element("css selector", ".da .filter input")
    field.send_keys("Leasing")
    assert 0 < len(shown()) < every
    field.clear()
    Select(driver.find_element("css selector", ".da .filter select")).select_by_value("failed")
    assert set(shown()) == {"failed"}
    field.send_keys("findes slet ikke")
    assert shown() == []
    assert driver.find_element("css selector", ".da .filter output").text == f"0 / {every}"


def test_an_amount_leads_to_its_finding_and_a_link_opens_a_check(tmp_path: Path, browser: Callable[[], Any]) -> None:
    driver = browser()
    driver.get(written(tmp_path, NAMES[0]).as_uri())
    wrong = driver.find_element("css selector", ".da a.amount.wrong")
    target = wrong.get_attribute("href").split("#")[1]
    wrong.send_keys("\n")
    assert driver.execute_script("return location.hash") == f"#{target}"
    exact = driver.find_element("css selector", ".da a.amount.exact")
    check_id = exact.get_attribute("href").split("#")[1]
    exact.send_keys("\n")
    driver.execute_script("window.dispatchEvent(new HashChangeEvent('hashchange'))")
    assert driver.find_element("id", check_id).get_attribute("open") is not None


def test_the_language_is_switched_by_keyboard_alone(tmp_path: Path, browser: Callable[[], Any]) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    driver = browser()
    driver.get(written(tmp_path, NAMES[0]).as_uri())
    ActionChains(driver).send_keys(Keys.TAB).send_keys(Keys.ARROW_RIGHT).perform()
    assert driver.find_element("css selector", ".body.en h1").is_displayed()
    assert not driver.find_element("css selector", ".body.da h1").is_displayed()
    seen = set()
    for _ in range(60):
        ActionChains(driver).send_keys(Keys.TAB).perform()
        seen.add(driver.execute_script("return document.activeElement.tagName"))
    assert {"A", "SUMMARY"} <= seen


def test_without_scripts_everything_is_there(tmp_path: Path, browser: Callable[[], Any]) -> None:
    driver = browser()
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    driver.get(written(tmp_path, NAMES[0]).as_uri())
    text = driver.find_element("css selector", ".body.da").text
    assert "Det skal nok være" in text or "det skal nok være 10.588" in text
    assert not driver.find_element("css selector", ".da .filter").is_displayed()


def test_it_prints_to_pdf_with_all_findings(tmp_path: Path, browser: Callable[[], Any]) -> None:
    driver = browser()
    driver.get(written(tmp_path, NAMES[0]).as_uri())
    printed = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"])
    file = tmp_path / "rapport.pdf"
    file.write_bytes(printed)
    import pdfplumber

    with pdfplumber.open(file) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
        assert len(pdf.pages) > 3
    for said in ("Ordet i teksten siger det modsatte af tabellen", "10.589", "Underskrift", "Alle kontroller"):
        assert said in text


def test_the_embedded_json_is_the_report(tmp_path: Path, browser: Callable[[], Any]) -> None:
    driver = browser()
    driver.get(written(tmp_path, NAMES[0]).as_uri())
    data = json.loads(driver.execute_script("return document.getElementById('report').textContent"))
    assert data["tool"]["name"] == "regnskabstjek"
