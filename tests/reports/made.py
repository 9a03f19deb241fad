"""What tests of the formats are made of: reports of small accounts, with waivers, an earlier report, hostile text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from checker.model.accepted import (
    CHANGED,
    NEW,
    UNCHANGED,
    Gone,
    Waiver,
)
from checker.model.document import Place
from checker.model.outcomes import (
    ERROR_STATUS,
    FAILED,
    At,
    Evidence,
    Finding,
    Message,
    Outcome,
    Report,
)
from checker.model.rules import RuleSet
from checker.model.submission import Remark, Submission
from checker.reports import FORMATS, View
from checker.rulefile import load_rules
from checker.run import check, check_submission
from tests.build import submission
from tests.diagnose.texts import ALL, BUDGET, REGNSKAB, SKOLER, accounts

SAMPLES = Path(__file__).parent.parent.parent / "samples"
NOTED = "Anm.: Regnskab 2020 er i løbende priser.\n"
WRONG = accounts((ALL, BUDGET, "2.110"), (SKOLER, REGNSKAB, "1.136")) + NOTED
KEPT = ("SUM001", "DEV001", "FIG001", "SGN002", "TXT001", "TXT011", "PRI001", "AFS001")


@cache
def rules() -> RuleSet:
    """The default rule set."""
    return load_rules()


@cache
def few_rules() -> RuleSet:
    """Some rules of it, for tests that make many reports."""
    return replace(rules(), rules=tuple(r for r in rules().rules if r.id in KEPT))


def report(given: str | Submission, few: bool = True) -> Report:
    """What the rules say of a text."""
    made = submission(given) if isinstance(given, str) else given
    return check_submission(made, few_rules() if few else rules())


@cache
def right() -> Report:
    """Accounts in which all adds up."""
    return report(accounts())


@cache
def wrong() -> Report:
    """Accounts in which one total is wrong, and a note names a year that is not there."""
    return report(WRONG)


@cache
def sample(name: str) -> Report:
    """The report of one of the samples, by its path."""
    return check(SAMPLES / name, name=f"samples/{name}")


def changed(given: Report, change: Callable[[Outcome], Outcome]) -> Report:
    """The report with every outcome changed, in its findings too."""
    made = {id(o): change(o) for o in given.outcomes}
    findings = tuple(replace(f, outcomes=tuple(made[id(o)] for o in f.outcomes)) for f in given.findings)
    return replace(given, outcomes=tuple(made[id(o)] for o in given.outcomes), findings=findings)


def told_in(format_: str, given: Report, view: View) -> str:
    """The report in a format that is text."""
    made = FORMATS[format_](given, view)
    assert isinstance(made, str)
    return made


def waiver(reason: str = "Aftalt med revisionen") -> Waiver:
    """A deviation that Bo accepted and Eva approved."""
    return Waiver("f", "v", reason, "Bo", "2024-02-01", "Eva", "2024-12-31")


def accepted(given: Report, reason: str = "Aftalt med revisionen") -> Report:
    """The report with every failed check accepted."""
    return changed(given, lambda o: replace(o, waiver=waiver(reason)) if o.status == FAILED else o)


def compared(given: Report) -> Report:
    """The report against an earlier one: the first failed check is new, the second as it was, the others changed."""
    failed = [id(o) for o in given.outcomes if o.status == FAILED]
    states = {key: (NEW, UNCHANGED, CHANGED)[min(n, 2)] for n, key in enumerate(failed)}
    made = changed(given, lambda o: replace(o, baseline=states.get(id(o), "")))
    gone = (Gone("abcd", "SUM001", {"da": "Der stod 5.", "en": "It said 5."}),)
    return replace(made, baseline="rapport-2023.json", gone=gone)


def crashed(given: Report) -> Report:
    """The report with a rule that crashed."""
    message = Message("outcome.error", {"rule": "SUM001", "what": "ZeroDivisionError: x"})
    outcome = Outcome("SUM001", "total-differs-from-parts", "total", "error", ERROR_STATUS, At(), message, reason="x")
    return replace(given, outcomes=(outcome, *given.outcomes))


def with_fault(given: Report) -> Report:
    """The report with a file that could not be read."""
    fault = Remark("input.empty", (), Place("mappe/tom.txt"))
    return replace(given, submission=replace(given.submission, faults=(fault,)))


def poisoned(given: Report, text: str) -> Report:
    """The report with a text everywhere that a submission, a rule file or a waiver may have put one.

    Half a character (a surrogate) can stand in the name of a file alone; no reader lets one through.
    """
    bad = text.encode("utf-8", "replace").decode()

    def place(at: Place) -> Place:
        return replace(at, file=text, sheet=bad if at.sheet else None, snippet=bad)

    def message(said: Message) -> Message:
        args = {k: bad if isinstance(v, str) and not v.startswith("@") else v for k, v in said.args.items()}
        return replace(said, args=args)

    def evidence(made: Evidence | None) -> Evidence | None:
        if made is None:
            return None
        terms = tuple(replace(t, label=bad, as_printed=bad, place=place(t.place)) for t in made.terms)
        return replace(made, terms=terms, missing=(bad,), without_figures=(bad,))

    def outcome(o: Outcome) -> Outcome:
        at = replace(o.at, label=bad, title=bad, entity=bad)
        own = replace(o, at=at, message=message(o.message), evidence=evidence(o.evidence))
        return replace(own, places=tuple(map(place, o.places)))

    def finding(f: Finding) -> Finding:
        about = replace(f.about, label=bad, place=place(f.about.place)) if f.about else None
        heading = message(f.heading) if f.heading else None
        said = replace(f, message=message(f.message), heading=heading, about=about, next_step=message(f.next_step))
        return replace(said, further=tuple(map(message, f.further)))

    made = changed(given, outcome)
    submission_ = made.submission
    files = tuple(replace(f, path=text) for f in submission_.files)
    titled = tuple(replace(r, title={"da": bad, "en": bad}, why={"da": bad, "en": bad}) for r in made.rules)
    return replace(
        made,
        submission=replace(submission_, entity=bad, files=files),
        findings=tuple(map(finding, made.findings)),
        rules=titled,
        ruleset_id=bad,
    )
