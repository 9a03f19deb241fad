"""Are deviations accepted only as written, and is every waiver that does not count told with why?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import RegnskabstjekError, RequestError, RuleError
from checker.findings import exit_code
from checker.fingerprints import fingerprints, value_hash
from checker.model.accepted import WAIVER_STATES, Waiver
from checker.model.document import Document
from checker.model.outcomes import Message, Outcome, Report
from checker.model.rules import RuleSet
from checker.readers.text import parse as parse_text
from checker.reports import View
from checker.reports.json_report import render as as_json
from checker.reports.terminal import render as as_text
from checker.rulefile import load_rules
from checker.run import check_document
from checker.waivers import NAME, add, apply, dump, parse, propose, read, same_person
from tests.build import PROPERTY, rule

TODAY = date(2026, 4, 1)
TABLE = """
Regnskab i 1.000 kr.
| Område | Regnskab 2022 | Regnskab 2023 |
| Skoler | 90 | 100 |
| SFO | 30 | 40 |
| I alt | 125 | 150 |
"""
"""Two sums that are off, 5 and 10."""


def made(text: str = TABLE, two_people: bool = False, severity: str = "error") -> Report:
    """A report of the sums of a text."""
    sums = rule("total", severity=severity)
    ruleset = RuleSet("set", "1", "0" * 64, (sums,), two_people=two_people)
    return check_document(Document("case", "0" * 64, "utf-8", parse_text(text)), ruleset)


def marks(report: Report) -> list[str]:
    """The fingerprints of the failed outcomes."""
    known = fingerprints(report.outcomes, report.submission)
    return [mark for mark, o in zip(known, report.outcomes, strict=True) if o.status == "failed"]


def waiver(report: Report, number: int = 0, /, **changes: str) -> Waiver:
    """A waiver of a failed outcome of the report."""
    failed = [o for o in report.outcomes if o.status == "failed"]
    whole = Waiver(marks(report)[number], value_hash(failed[number]), "Aftalt med revisor", "Bo", "2026-03-01")
    return replace(whole, **changes)  # type: ignore[arg-type]


def states(report: Report) -> list[str]:
    """The states of its waivers."""
    return [s.state for s in report.waivers]


# Reading

FULL = """\
# Afvigelser
waivers:
  - fingerprint: 0123456789abcdef
    value_hash: "0123456789012345"
    reason: >
      Afrunding i
      kildesystemet
    by: Bo  Hansen
    date: 2026-03-01
    approved_by: Eva
    until: 2026-12-31
    rule: SUM001
    about: I alt, regnskab 2023
  - {fingerprint: fedcba9876543210, value_hash: aaaaaaaaaaaaaaaa, reason: Aftalt, by: Bo, date: "2026-03-02"}
"""


def test_everything_that_a_waiver_may_say_is_read() -> None:
    assert parse(FULL) == (
        Waiver(
            *("0123456789abcdef", "0123456789012345", "Afrunding i kildesystemet", "Bo Hansen", "2026-03-01"),
            *("Eva", "2026-12-31", "SUM001", "I alt, regnskab 2023", 3),
        ),
        Waiver("fedcba9876543210", "aaaaaaaaaaaaaaaa", "Aftalt", "Bo", "2026-03-02", line=14),
    )


@pytest.mark.parametrize("text", ["", "# intet endnu\n", "{}\n", "---\n", "waivers:\n", "waivers: []\n"])
def test_a_file_may_be_empty(text: str) -> None:
    assert parse(text) == ()


def complaints(text: str) -> list[str]:
    """Every complaint about a file as 'line:column message'."""
    with pytest.raises(RuleError) as raised:
        parse(text, "w.yaml")
    for complaint in raised.value.complaints:
        assert complaint.render("da") != complaint.render("en")
        assert complaint.render("da").startswith(f"w.yaml:{complaint.line}:{complaint.column}: ")
    return [
        f"{c.line}:{c.column} {c.key}({', '.join(f'{k}={v}' for k, v in c.args.items())})"
        + (f" -> {c.suggestion}" if c.suggestion else "")
        for c in raised.value.complaints
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("fingerprint: 0123456789abcdef", "fingerprint: 12ab", ["3:18 waiver.bad_hash(found=12ab)"]),
        ("0123456789abcdef", "1234567890123456", ["3:18 waiver.bad_hash(found=1234567890123456)"]),
        ("0123456789abcdef", "0123456789ABCDEF", ["3:18 waiver.bad_hash(found=0123456789ABCDEF)"]),
        ('    value_hash: "0123456789012345"\n', "", ["3:5 rulefile.key_missing(key=value_hash)"]),
        ('"0123456789012345"', "x", ["4:17 waiver.bad_hash(found=x)"]),
        (">\n      Afrunding i\n      kildesystemet", '"  "', ["5:13 waiver.reason_blank()"]),
        (">\n      Afrunding i\n      kildesystemet", '""', ["3:5 rulefile.key_missing(key=reason)"]),
        ("    by: Bo  Hansen\n", "", ["3:5 rulefile.key_missing(key=by)"]),
        ("by: Bo  Hansen", "by: ' '", ["8:9 rulefile.not_a_text()"]),
        ("by: Bo  Hansen", "by: 7", ["8:9 rulefile.not_a_text()"]),
        ("date: 2026-03-01", "date: 1/3 2026", ["9:11 waiver.bad_date(found=1/3 2026)"]),
        ("date: 2026-03-01", "date: 2026-02-30", ["9:11 waiver.bad_date(found=2026-02-30)"]),
        ("date: 2026-03-01", "date: 20260301", ["9:11 waiver.bad_date(found=20260301)"]),
        ("    date: 2026-03-01\n", "", ["3:5 rulefile.key_missing(key=date)"]),
        ("approved_by: Eva", "approved_by:", ["10:17 rulefile.not_a_text()"]),
        ("until: 2026-12-31", "until: snart", ["11:12 waiver.bad_date(found=snart)"]),
        ("until: 2026-12-31", "until: 2026-13-01", ["11:12 waiver.bad_date(found=2026-13-01)"]),
        ("until: 2026-12-31", "until: 2026-02-28", ["11:12 waiver.until_before_date(found=2026-02-28)"]),
        ("    rule:", "    rul:", ["12:5 yaml.unknown_key(key=rul) -> rule"]),
        ("about: I alt", "reason: x", ["13:5 yaml.duplicate_key(key=reason)"]),
        ("waivers:", "waiver:", ["2:1 yaml.unknown_key(key=waiver) -> waivers"]),
        (
            "fedcba9876543210",
            "0123456789abcdef",
            ["14:19 waiver.twice(fingerprint=0123456789abcdef, line=3)"],
        ),
    ],
)
def test_every_mistake_is_told_with_its_place(old: str, new: str, expected: list[str]) -> None:
    assert old in FULL
    assert complaints(FULL.replace(old, new, 1)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- x\n", ["1:1 rulefile.not_a_mapping()"]),
        ("waivers: x\n", ["1:10 rulefile.not_a_list()"]),
        ("waivers: [x]\n", ["1:11 rulefile.not_a_mapping()"]),
        ("waivers: [\n", ["2:1 yaml.invalid(why=did not find expected node content)"]),
    ],
)
def test_a_file_of_another_form_is_refused(text: str, expected: list[str]) -> None:
    assert complaints(text) == expected


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    wrong = FULL.replace("by: Bo  Hansen", "by: ''").replace("until: 2026-12-31", "until: x").replace("aaaa", "zzzz", 1)
    assert [c.partition(" ")[0] for c in complaints(wrong)] == ["3:5", "11:12", "14:49"]


def test_a_file_is_read_and_a_missing_one_is_a_complaint(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with pytest.raises(RuleError) as raised:
        read(path)
    assert [c.key for c in raised.value.complaints] == ["yaml.unreadable"]
    path.write_text(FULL, encoding="utf-8")
    assert read(path) == parse(FULL)


# Applying


def test_a_waiver_with_the_same_figures_counts_and_stays_visible() -> None:
    report = made()
    applied = apply(report, [waiver(report)], TODAY, False)
    assert states(applied) == ["used"]
    assert [o.waiver is not None for o in applied.outcomes if o.status == "failed"] == [True, False]
    assert [f.accepted for f in applied.findings] == [f.outcomes[0].waiver is not None for f in applied.findings]
    assert sum(f.accepted for f in applied.findings) == 1
    assert len(applied.findings) == len(report.findings)


def test_findings_hold_the_very_outcomes_of_the_report() -> None:
    report = made()
    applied = apply(report, [waiver(report, 1)], TODAY, False)
    own = {id(o) for o in applied.outcomes}
    assert all(id(o) in own for f in applied.findings for o in f.outcomes)
    assert _places(report) == _places(applied)


def _places(report: Report) -> list[int]:
    """Which outcomes the findings hold, by number."""
    number = {id(o): n for n, o in enumerate(report.outcomes)}
    return [number[id(o)] for f in report.findings for o in f.outcomes]


CHANGES: dict[str, dict[str, str]] = {
    "used": {"approved_by": "Eva", "until": "2026-04-01"},
    "void": {"value_hash": "0" * 16, "until": "2026-01-01"},
    "expired": {"until": "2026-03-31"},
    "stale": {"fingerprint": "0" * 16, "value_hash": "0" * 16, "until": "2026-01-01"},
    "unapproved": {"approved_by": " BO "},
}


@pytest.mark.parametrize("state", WAIVER_STATES)
def test_every_state_has_its_reason(state: str) -> None:
    report = made()
    applied = apply(report, [waiver(report, **CHANGES[state])], TODAY, True)
    assert states(applied) == [state]
    assert any(o.waiver for o in applied.outcomes) is (state == "used")


def test_two_people_are_asked_for_only_where_the_rule_set_does() -> None:
    report = made()
    assert states(apply(report, [waiver(report)], TODAY, True)) == ["unapproved"]
    assert states(apply(report, [waiver(report, approved_by="bo")], TODAY, True)) == ["unapproved"]
    assert states(apply(report, [waiver(report)], TODAY, False)) == ["used"]
    assert states(apply(report, [waiver(report, approved_by="Eva")], TODAY, True)) == ["used"]


def test_the_rule_set_tells_the_report_whether_it_asks_for_two_people() -> None:
    assert made(two_people=True).two_people
    assert not made().two_people


OWN = """
ruleset: {id: egne, version: "1", extends: [base.yaml]HEAD}
"""


@pytest.mark.parametrize(
    ("base", "own", "two"),
    [
        ("", "", False),
        (", two_people: true", "", True),
        ("", ", two_people: true", True),
        (", two_people: true", ", two_people: false", True),
        (", two_people: false", "", False),
    ],
)
def test_a_file_that_extends_another_cannot_lift_that_two_people_are_asked_for(
    tmp_path: Path, base: str, own: str, two: bool
) -> None:
    head = f'ruleset: {{id: base, version: "1", extends: [dk-faelles]{base}}}\n'
    (tmp_path / "base.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "egne.yaml").write_text(OWN.replace("HEAD", own), encoding="utf-8")
    assert load_rules(tmp_path / "egne.yaml").two_people is two


def test_whether_two_people_are_asked_for_is_true_or_false(tmp_path: Path) -> None:
    wrong = 'ruleset: {id: x, version: "1", extends: [dk-faelles], two_people: ja}\n'
    (tmp_path / "x.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load_rules(tmp_path / "x.yaml")
    assert [(c.line, c.column, c.key) for c in raised.value.complaints] == [(1, 67, "rulefile.not_true_or_false")]


@pytest.mark.parametrize(
    ("one", "other", "same"), [("Bo", "bo ", True), ("Åse", "A\u030ase", True), ("Bo", "Eva", False)]
)
def test_a_person_is_known_by_name(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


def test_only_what_fails_can_be_accepted() -> None:
    report = made(TABLE.replace("125", "120"))
    known = fingerprints(report.outcomes, report.submission)
    passed = [(mark, o) for mark, o in zip(known, report.outcomes, strict=True) if o.status != "failed"]
    assert passed
    given = [Waiver(mark, value_hash(o), "x", "Bo", "2026-03-01") for mark, o in passed]
    applied = apply(report, given, TODAY, False)
    assert set(states(applied)) == {"stale"}
    assert applied.outcomes == report.outcomes


def test_a_crash_cannot_be_accepted() -> None:
    report = made()
    crashed = replace(report.outcomes[0], status="error")
    broken = replace(report, outcomes=(crashed, *report.outcomes[1:]))
    mark = fingerprints(broken.outcomes, broken.submission)[0]
    given = Waiver(mark, value_hash(crashed), "x", "Bo", "2026-03-01")
    assert states(apply(broken, [given], TODAY, False)) == ["stale"]
    assert exit_code(apply(broken, [given], TODAY, False)) == 3
    with pytest.raises(RequestError):
        propose(broken, mark, "x", "Bo", TODAY)


def test_the_gate_opens_only_when_every_finding_is_accepted() -> None:
    report = made()
    both = [waiver(report, n) for n in range(2)]
    assert exit_code(report) == 1
    assert exit_code(apply(report, both[:1], TODAY, False)) == 1
    assert exit_code(apply(report, both, TODAY, False)) == 0
    assert exit_code(apply(report, both, TODAY, True)) == 1
    assert exit_code(apply(report, both, TODAY, False), min_coverage=101) == 2


def test_a_finding_of_which_one_check_is_not_accepted_is_not() -> None:
    report = made()
    joined = replace(report.findings[0], outcomes=tuple(o for f in report.findings for o in f.outcomes))
    report = replace(report, findings=(joined,))
    one = apply(report, [waiver(report)], TODAY, False)
    assert [o.waiver is None for o in one.findings[0].outcomes].count(True) == 1
    assert (one.findings[0].accepted, exit_code(one)) == (False, 1)
    both = apply(report, [waiver(report, n) for n in range(2)], TODAY, False)
    assert (both.findings[0].accepted, exit_code(both)) == (True, 0)


def test_applying_again_forgets_what_was_applied_before() -> None:
    report = made()
    once = apply(report, [waiver(report)], TODAY, False)
    assert apply(once, [], TODAY, False) == report
    assert apply(once, [waiver(report)], TODAY, False) == once


@PROPERTY
@given(
    which=st.lists(st.sampled_from([0, 1]), unique=True),
    changed=st.booleans(),
    until=st.dates(date(2026, 3, 1), date(2026, 5, 1)) | st.none(),
    approved=st.sampled_from(["", "Bo", "Eva"]),
    two=st.booleans(),
)
def test_a_waiver_never_changes_what_was_found(
    which: list[int], changed: bool, until: date | None, approved: str, two: bool
) -> None:
    report = REPORT
    end = until.isoformat() if until else ""
    given_ = [
        waiver(report, n, until=end, approved_by=approved, **({"value_hash": "0" * 16} if changed else {}))
        for n in which
    ]
    applied = apply(report, given_, TODAY, two)
    assert [replace(o, waiver=None) for o in applied.outcomes] == list(report.outcomes)
    assert [s.waiver for s in applied.waivers] == given_
    assert (applied.coverage, len(applied.findings)) == (report.coverage, len(report.findings))
    counts = not changed and (until is None or until >= TODAY) and (not two or approved == "Eva")
    assert sum(f.accepted for f in applied.findings) == (len(which) if counts else 0)
    assert exit_code(applied) == (0 if counts and len(which) == 2 else 1)


REPORT = made()


# Proposing


def test_a_finding_is_proposed_by_its_number_or_a_check_by_its_fingerprint() -> None:
    report = made()
    (first,) = propose(report, 1, " Aftalt  med revisor ", "Bo", date(2026, 3, 1), "Eva", "2026-12-31")
    assert (first.reason, first.by, first.date) == ("Aftalt med revisor", "Bo", "2026-03-01")
    assert (first.approved_by, first.until, first.rule) == ("Eva", "2026-12-31", "R")
    assert first.about == "I alt, regnskab 2023, Regnskab i 1.000 kr."
    assert propose(report, "1", "Aftalt med revisor", "Bo", date(2026, 3, 1), "Eva", "2026-12-31") == (first,)
    assert propose(report, first.fingerprint, first.reason, "Bo", date(2026, 3, 1), "Eva", "2026-12-31") == (first,)
    applied = apply(report, [first], TODAY, True)
    assert [f.accepted for f in applied.findings] == [True, False]


def test_a_finding_of_several_checks_is_accepted_by_one_waiver_each() -> None:
    report = made()
    joined = replace(report.findings[0], outcomes=tuple(o for f in report.findings for o in f.outcomes))
    report = replace(report, findings=(joined,))
    proposed = propose(report, 1, "Aftalt", "Bo", TODAY)
    assert sorted(w.fingerprint for w in proposed) == sorted(marks(report))
    assert apply(report, proposed, TODAY, False).findings[0].accepted
    partly = apply(report, proposed[:1], TODAY, False)
    assert [w.fingerprint for w in propose(partly, 1, "Aftalt", "Bo", TODAY)] == [proposed[1].fingerprint]


def passed_mark(report: Report) -> str:
    """The fingerprint of an outcome that did not fail."""
    known = fingerprints(report.outcomes, report.submission)
    return next(mark for mark, o in zip(known, report.outcomes, strict=True) if o.status == "passed")


@pytest.mark.parametrize(
    ("ask", "key"),
    [
        (lambda r: propose(r, 1, "  ", "Bo", TODAY), "waiver.no_reason"),
        (lambda r: propose(r, 1, "x", "", TODAY), "waiver.no_by"),
        (lambda r: propose(r, 1, "x", "Bo", TODAY, until="1.5.2026"), "waiver.bad_date"),
        (lambda r: propose(r, 1, "x", "Bo", TODAY, until="2026-02-31"), "waiver.bad_date"),
        (lambda r: propose(r, 1, "x", "Bo", TODAY, until="2026-03-31"), "waiver.until_before_date"),
        (lambda r: propose(r, 0, "x", "Bo", TODAY), "waiver.no_such_finding"),
        (lambda r: propose(r, 2, "x", "Bo", TODAY), "waiver.no_such_finding"),
        (lambda r: propose(r, -1, "x", "Bo", TODAY), "waiver.no_such_finding"),
        (lambda r: propose(r, "SUM001", "x", "Bo", TODAY), "waiver.no_such_finding"),
        (lambda r: propose(r, "0" * 16, "x", "Bo", TODAY), "waiver.no_such_check"),
        (lambda r: propose(r, passed_mark(r), "x", "Bo", TODAY), "waiver.nothing_failed"),
        (lambda r: propose(r, 1, "x", "Bo", TODAY, "bo"), "waiver.own_approval"),
        (lambda r: propose(apply(r, [waiver(r)], TODAY, False), 1, "x", "Bo", TODAY), "waiver.accepted_already"),
    ],
)
def test_what_cannot_be_proposed_is_refused(ask: Callable[[Report], object], key: str) -> None:
    with pytest.raises(RequestError) as raised:
        ask(made(TABLE.replace("125", "120"), two_people=True))
    assert raised.value.key == key
    assert raised.value.render("da") != raised.value.render("en")


# Writing


def test_a_file_is_made_where_it_is_missing_and_read_as_it_was_meant(tmp_path: Path) -> None:
    path, report = tmp_path / NAME, made()
    proposed = propose(report, 1, "Afrunding: se bilag #3", "Bo", TODAY) + propose(report, 2, "Aftalt", "Eva", TODAY)
    add(path, *proposed)
    assert path.read_text(encoding="utf-8").startswith("waivers:\n  - fingerprint: ")
    assert tuple(replace(w, line=0) for w in read(path)) == proposed
    assert apply(report, read(path), TODAY, False).findings[1].accepted


@pytest.mark.parametrize(
    "before",
    [
        *("", "# kun en note\n", "waivers:\n", "waivers:   # her\n\n# slut", "{}\n"[:0], FULL, FULL.rstrip("\n")),
        FULL.replace("\n", "\r\n"),
        "\ufeff" + FULL,
        FULL + "  # den sidste linje\n\n\n",
        FULL.replace("\n  - ", "\n- ").replace("\n    ", "\n  "),
        "waivers:\n    -\n        fingerprint: 0123456789abcdef\n        value_hash: aaaaaaaaaaaaaaaa\n"
        "        reason: |\n            - ikke et punkt\n        by: Bo\n        date: 2026-03-01",
        '"waivers" :\n- {fingerprint: 0123456789abcdef, value_hash: aaaaaaaaaaaaaaaa, reason: x, by: B, '
        "date: 2026-03-01}",
    ],
)
def test_what_stands_in_the_file_is_kept_byte_for_byte(tmp_path: Path, before: str) -> None:
    path = tmp_path / NAME
    path.write_bytes(before.encode("utf-8"))
    new = waiver(REPORT)
    add(path, new)
    after = path.read_bytes()
    assert after.startswith(before.encode("utf-8"))
    assert (b"\r\n" in after[len(before.encode("utf-8")) :]) is ("\r\n" in before)
    old = parse(before.removeprefix("\ufeff"))
    assert [replace(w, line=0) for w in read(path)] == [*(replace(w, line=0) for w in old), new]


@pytest.mark.parametrize("before", ["waivers: []\n", "waivers: null\n", "{waivers: []}\n", "waivers:\n...\n", "{}\n"])
def test_a_file_to_which_nothing_can_be_appended_is_left_alone(tmp_path: Path, before: str) -> None:
    path = tmp_path / NAME
    path.write_text(before, encoding="utf-8")
    with pytest.raises(RequestError) as raised:
        add(path, waiver(REPORT))
    assert raised.value.key == "waiver.by_hand"
    assert dump(waiver(REPORT)).splitlines()[0] in raised.value.render("da")
    assert path.read_text(encoding="utf-8") == before


def test_a_second_waiver_of_the_same_check_is_refused(tmp_path: Path) -> None:
    path, new = tmp_path / NAME, waiver(REPORT)
    add(path, new)
    before = path.read_bytes()
    for several in ((new,), (waiver(REPORT, 1), new), (waiver(REPORT, 1), waiver(REPORT, 1))):
        with pytest.raises(RequestError) as raised:
            add(path, *several)
        assert raised.value.key == "waiver.second"
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "key"),
    [(FULL.replace("by: Bo  Hansen", "by: ''").encode(), "rulefile.key_missing"), (b"\xe6", "yaml.not_utf8")],
)
def test_a_file_with_mistakes_is_not_written_to(tmp_path: Path, content: bytes, key: str) -> None:
    path = tmp_path / NAME
    path.write_bytes(content)
    with pytest.raises(RuleError) as raised:
        add(path, waiver(REPORT))
    assert [c.key for c in raised.value.complaints] == [key]
    assert path.read_bytes() == content


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(RegnskabstjekError):
        add(tmp_path, waiver(REPORT))
    with pytest.raises(RequestError) as raised:
        add(tmp_path / "mangler" / NAME, waiver(REPORT))
    assert raised.value.key == "cli.write_failed"


WORDS = st.text(min_size=1, max_size=60).filter(lambda t: bool(t.split()))


@PROPERTY
@given(reason=WORDS, by=WORDS, about=st.text(max_size=40))
def test_any_reason_is_read_as_it_was_written(reason: str, by: str, about: str) -> None:
    def plain(text: str) -> str:
        return " ".join(text.split())

    new = replace(waiver(REPORT), reason=plain(reason), by=plain(by), about=plain(about))
    written = "waivers:\n" + dump(new)
    assert [replace(w, line=0) for w in parse(written)] == [new]


# Reports


def shown(report: Report, lang: str = "da", **view: bool) -> str:
    """The report as text."""
    return as_text(report, View(lang, **view))


def test_without_waivers_nothing_is_said_of_them() -> None:
    report = made()
    assert shown(apply(report, [], TODAY, False)) == shown(report)
    assert "2 fejl, 0 advarsler, 0 til orientering · 0 accepteret med begrundelse" in shown(report)


def test_accepted_findings_stand_in_a_section_of_their_own() -> None:
    report = made()
    text = shown(apply(report, [waiver(report, approved_by="Eva", until="2026-12-31")], TODAY, False))
    open_, _, accepted = text.partition("ACCEPTERET MED BEGRUNDELSE")
    assert (open_.count("[fejl]"), accepted.count("[fejl]")) == (0, 1)
    assert "1 skal rettes · 1 accepteret med begrundelse" in open_
    assert "Begrundelse: Aftalt med revisor (Bo, 2026-03-01, godkendt af Eva, til og med 2026-12-31)" in accepted
    assert "1 fejl, 0 advarsler, 0 til orientering · 1 accepteret med begrundelse" in accepted
    assert open_.count("Næste skridt") == 1
    assert accepted.count("Næste skridt") == 0


def test_findings_keep_their_numbers_when_one_is_accepted() -> None:
    report = made()
    first = propose(report, 1, "Aftalt", "Bo", TODAY)
    text = shown(apply(report, first, TODAY, False))
    open_, _, accepted = text.partition("ACCEPTERET MED BEGRUNDELSE")
    assert "\n 2  R " in open_
    assert "\n 1  R " in accepted


def test_a_report_in_which_all_is_accepted_says_so() -> None:
    report = made()
    applied = apply(report, [waiver(report, n) for n in range(2)], TODAY, False)
    assert "ingen fejl ud over det, der er accepteret" in shown(applied)
    assert "no errors but those accepted" in shown(applied, "en")
    assert "ingen fejl fundet" in shown(made(TABLE.replace("125", "120").replace("150", "140")))


def test_the_reason_for_a_part_of_a_finding_is_told() -> None:
    report = made()
    joined = replace(report.findings[0], outcomes=tuple(o for f in report.findings for o in f.outcomes))
    text = shown(apply(replace(report, findings=(joined,)), [waiver(report)], TODAY, False))
    assert "Begrundelse for 1 af 2 kontroller, de øvrige er ikke accepteret: Aftalt med revisor (Bo," in text
    assert "ACCEPTERET" not in text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("void", "Accept i linje 7 (R I alt): bortfaldet, for tallene er andre end dem, der blev accepteret."),
        ("expired", "Accept i linje 7 (R I alt): udløbet 2026-03-31."),
        ("stale", "Accept i linje 7 (R I alt): uden virkning, for der er ikke længere noget,"),
        ("unapproved", "Accept i linje 7 (R I alt): gælder ikke, før en anden end Bo har godkendt den."),
    ],
)
def test_a_waiver_that_does_not_count_is_told(state: str, said: str) -> None:
    report = made()
    given_ = replace(waiver(report, rule="R", about="I alt", **CHANGES[state]), line=7)
    assert said in shown(apply(report, [given_], TODAY, True))
    assert "Waiver on line 7 (R I alt): " in shown(apply(report, [given_], TODAY, True), "en")


def test_what_people_wrote_is_never_taken_for_a_message_or_a_code_of_the_terminal() -> None:
    report = made()
    text = shown(
        apply(report, [waiver(report, reason="@report.accepted, {n} \x1b[31m", by="@report.and")], TODAY, False)
    )
    assert "Begrundelse: @report.accepted, {n} \ufffd[31m (@report.and, 2026-03-01, uden slutdato)" in text


def test_the_json_holds_every_waiver_with_its_state() -> None:
    report = made()
    given_ = [waiver(report, approved_by="Eva"), waiver(report, 1, until="2026-03-02", rule="R", about="I alt")]
    data = json.loads(as_json(apply(report, given_, TODAY, False), View()))
    core = {"reason": "Aftalt med revisor", "by": "Bo", "date": "2026-03-01", "approved_by": "Eva", "until": None}
    assert [o["waiver"] for o in data["outcomes"] if o["status"] == "failed"] == [core, None]
    assert [f.get("accepted") for f in data["findings"]].count(True) == 1
    whole = {"fingerprint": given_[0].fingerprint, "value_hash": given_[0].value_hash, **core}
    assert data["waivers"][0] == {**whole, "rule": None, "about": None, "state": "used"}
    assert {k: data["waivers"][1][k] for k in ("state", "until", "rule", "about")} == {
        "state": "expired",
        "until": "2026-03-02",
        "rule": "R",
        "about": "I alt",
    }
    assert data["baseline"] is None


def test_the_same_report_and_waivers_give_the_same_bytes() -> None:
    def once() -> str:
        report = made()
        return as_json(apply(report, [waiver(report)], TODAY, False), View())

    assert once() == once()


def test_an_outcome_without_evidence_is_known_by_what_it_says() -> None:
    plain = Outcome("R", "x", "total", "error", "failed", REPORT.outcomes[0].at, Message("next.total", {"a": "1"}))
    other = replace(plain, message=Message("next.total", {"a": "2"}))
    assert value_hash(plain) != value_hash(other)
