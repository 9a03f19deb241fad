"""Does the local page check what is dropped on it, and answer nobody but its own browser?"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from checker.page.app import Page
from checker.page.jobs import KEPT, Jobs, checked

PORT, LIMIT = 8123, 2_000_000
SAMPLES = Path(__file__).parents[2] / "samples"
TEXT = (SAMPLES / "naestved-it-2021" / "regnskab.txt").read_bytes()
OWN = {"origin": f"http://127.0.0.1:{PORT}"}


@pytest.fixture
def page() -> Iterator[Page]:
    """A page that nobody has opened yet."""
    with Jobs() as jobs:
        yield Page(jobs, PORT, "dk-bemaerkninger", "da", LIMIT)


@pytest.fixture
def browser(page: Page) -> TestClient:
    """The browser that the page was opened in."""
    return TestClient(page.app, base_url=f"http://127.0.0.1:{PORT}", follow_redirects=False)


def form(**more: str) -> dict[str, str]:
    """What the form sends beside files."""
    return {"rules": "dk-bemaerkninger", "lang": "da", **more}


def finished(browser: TestClient, address: str) -> str:
    """The page of a job once it is done."""
    for _ in range(200):
        shown = str(browser.get(address).text)
        if "http-equiv" not in shown:
            return shown
        time.sleep(0.05)
    raise AssertionError(shown)


def test_a_file_is_checked_and_its_report_and_files_can_be_fetched(page: Page, browser: TestClient) -> None:
    sent = browser.post(f"/{page.token}/check", data=form(), files=[("files", ("regnskab.txt", TEXT))], headers=OWN)
    assert sent.status_code == 303
    shown = finished(browser, sent.headers["location"])
    assert "IT, regnskab 2021: ikke klar til aflevering." in shown
    base = sent.headers["location"].partition("?")[0]
    report = browser.get(f"{base}/report")
    assert "Samme tal står forskelligt to steder" in report.text
    assert report.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    names = re.findall(rf'href="{base}/file/([^"]+)"', shown)
    assert names == ["regnskab.arbejdspapir.xlsx", "regnskab.rapport.json"]
    for name in names:
        fetched = browser.get(f"{base}/file/{name}")
        assert fetched.content
        assert fetched.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"


def test_a_workbook_comes_back_annotated_and_last_years_file_is_used() -> None:
    book = (SAMPLES / "social-mio-2024" / "regnskab.xlsx").read_bytes()
    made = checked([("regnskab.xlsx", book)], [], "dk-bemaerkninger", "da")
    assert list(made.files) == ["regnskab.kontrol.xlsx", "regnskab.arbejdspapir.xlsx", "regnskab.rapport.json"]
    now = [(f.name, f.read_bytes()) for f in (SAMPLES / "skoler-2024" / "2024").glob("*.xlsx")]
    before = [(f.name, f.read_bytes()) for f in (SAMPLES / "skoler-2024" / "2023").glob("*.txt")]
    assert b"PRV001" in checked(now, before, "", "da").files["regnskab.rapport.json"]


def test_uploads_are_gone_when_the_check_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    checked([("../../x/regnskab.txt", TEXT), ("regnskab.txt", TEXT)], [], "", "en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"host": "evil.example:8123", **OWN}, 421),
        ({"host": "127.0.0.1:9999", **OWN}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
        ({**OWN, "sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_what_another_site_sends_is_refused(
    page: Page, browser: TestClient, headers: dict[str, str], code: int
) -> None:
    files = [("files", ("regnskab.txt", TEXT))]
    assert browser.post(f"/{page.token}/check", data=form(), files=files, headers=headers).status_code == code


def test_without_the_token_there_is_nothing(page: Page, browser: TestClient) -> None:
    assert browser.get(f"/{page.token}/").status_code == 200
    for path in ("/", "/x/", f"/{page.token[:-1]}/", f"/{page.token}x/", "/style.css"):
        assert browser.get(path).status_code == 404
    assert browser.get(f"/{page.token}/", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_every_answer_forbids_framing_storing_and_foreign_content(page: Page, browser: TestClient) -> None:
    for path in (f"/{page.token}/", f"/{page.token}/style.css", f"/{page.token}/job/none", "/"):
        headers = browser.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]


def test_what_is_too_large_is_refused_with_the_limit(page: Page, browser: TestClient) -> None:
    large = [("files", ("stor.txt", b"x" * (LIMIT + 1)))]
    assert browser.post(f"/{page.token}/check", data=form(), files=large, headers=OWN).status_code == 413


@pytest.mark.parametrize(
    ("more", "files", "said"),
    [
        ({}, [("files", ("", b""))], "Vælg en fil først."),
        ({"rules": "../../etc/passwd"}, [("files", ("regnskab.txt", TEXT))], "Regelsættet findes ikke."),
    ],
)
def test_a_form_that_lacks_something_says_what(
    page: Page, browser: TestClient, more: dict[str, str], files: list[tuple[str, tuple[str, bytes]]], said: str
) -> None:
    shown = browser.post(f"/{page.token}/check", data=form(**more), files=files, headers=OWN)
    assert (shown.status_code, said in shown.text) == (400, True)


def test_a_file_that_cannot_be_read_is_told_and_the_page_goes_on(page: Page, browser: TestClient) -> None:
    sent = browser.post(
        f"/{page.token}/check", data=form(), files=[("files", ("<b>.xlsx", b"not a workbook"))], headers=OWN
    )
    shown = finished(browser, sent.headers["location"])
    assert "Kontrollen kunne ikke gennemføres" in shown
    assert "<b>" not in shown


def test_a_result_can_be_forgotten_and_old_ones_are(page: Page, browser: TestClient) -> None:
    jobs = page._jobs
    first = jobs.start([("a.txt", b"Ingen tal.")], [], "", "da")
    browser.post(f"/{page.token}/job/{first.id}/forget", headers=OWN)
    assert browser.get(f"/{page.token}/job/{first.id}").status_code == 404
    started = [jobs.start([("a.txt", b"Ingen tal.")], [], "", "da") for _ in range(KEPT + 2)]
    assert [jobs.get(j.id) is None for j in started] == [True, True] + [False] * KEPT


def test_the_page_speaks_both_languages(page: Page, browser: TestClient) -> None:
    assert "Check accounts" in browser.get(f"/{page.token}/?lang=en").text
    assert "Kontrollér et regnskab" in browser.get(f"/{page.token}/?lang=xx").text
