"""The result of confronting rules with figures: outcomes with their arithmetic, findings, the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from checker.model.accepted import Gone, Waiver, WaiverState
from checker.model.causes import NOTHING, Cause, Diagnosis
from checker.model.document import Place
from checker.model.rules import Adjustment, Rule
from checker.model.submission import Fact, SourceFile, Submission

PASSED, PASSED_ROUNDING, FAILED, NOT_EVALUATED, ERROR_STATUS = (
    "passed",
    "passed_rounding",
    "failed",
    "not_evaluated",
    "error",
)
STATUSES = (PASSED, PASSED_ROUNDING, FAILED, NOT_EVALUATED, ERROR_STATUS)


@dataclass(frozen=True, slots=True)
class EvidenceTerm:
    """One figure in a calculation. `value` and `unit` in steps of the dimension; the weight is the relation's.

    `join` says how it goes with the figure before it: '' (added by its weight), 'times' or 'over'; 'from' and 'less'
    are the two figures that a difference after them is made of. A figure made of others (a column's sum) has no
    `as_printed`. `dimension` is its own where it is not that of the evidence; `year` is told where years meet, and
    `measure` where figures of several measures are added up.
    """

    label: str
    weight: int
    value: int
    unit: int
    as_printed: str
    place: Place
    stated: bool = False
    clip: str = ""
    orientation: int = 1
    fact_id: str = ""
    statement: str = ""
    join: str = ""
    dimension: str = ""
    year: int | None = None
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A calculation in full; every sum is in steps of `dimension` times `divisor`.

    `computed` is what the other terms make of the stated one, `difference` is stated - computed; `tolerance2`
    is twice what rounding explains, so that halves stay whole. `show` is the unit to print in. `divisor` is the
    weight of the stated term (above 1 for a share in per cent), times the grain of what is derived. `constant` is
    the relation's, in steps. `places` of missing terms are not known.
    """

    terms: tuple[EvidenceTerm, ...]
    op: str
    dimension: str = "kr"
    show: int = 100
    divisor: int = 1
    stated: int | None = None
    computed: int | None = None
    difference: int | None = None
    tolerance2: int | None = None
    unit_known: bool = True
    odds: int = 0  # of an improbable rounding: one in so many sums is off by as much
    missing: tuple[str, ...] = ()
    without_figures: tuple[str, ...] = ()
    constant: int = 0
    also: tuple[tuple[str, int], ...] = ()  # further figures to show: catalogue key, value in steps


@dataclass(frozen=True, slots=True)
class At:
    """What an outcome is about."""

    entity: str = ""
    statement: str = ""
    title: str = ""
    line: str = ""
    label: str = ""
    measure: str = ""
    year: int | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in a message: value in steps of its dimension, printed in the unit `show` (steps).

    `halves` says that `value` is doubled (a tolerance may end in a half); `known` that the unit was stated.
    """

    value: int
    show: int
    dimension: str = "kr"
    halves: bool = False
    known: bool = True
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A catalogue key with its arguments; a text beginning with '@' is itself a catalogue key.

    An argument may be a message, or several, which are listed.
    """

    key: str
    args: Mapping[str, Argument] = field(default_factory=dict)


Argument = str | Figure | Message | tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check said. `reason` is set for not_evaluated and error; `suspect` is the id of the fact that is wrong,
    where other checks decide it.

    `scale_slip` names the fact that fits when taken 1.000 times larger or smaller. `predicate` says that the
    check is no arithmetic. `facts` are the ids of all facts it looked at. Outcomes that share a `group` are one
    uncertain reading of a table's structure.
    """

    rule_id: str
    rule_name: str
    kind: str
    severity: str
    status: str
    at: At
    message: Message
    evidence: Evidence | None = None
    places: tuple[Place, ...] = ()
    reason: str = ""
    suspect: str = ""
    scale_slip: str = ""
    facts: tuple[str, ...] = ()
    predicate: bool = False
    group: str = ""
    coarse: bool = False  # a round amount of a sentence agrees where it is taken as rounded
    waiver: Waiver | None = None  # it fails, and somebody has accepted that with a reason
    baseline: str = ""  # against an earlier report: one of BASELINES; '' where there is none
    corrected: Evidence | None = None  # the calculation with the suspect, or several, put right


@dataclass(frozen=True, slots=True)
class Finding:
    """Outcomes that belong together, the telling one first, as the reader meets them.

    `cause` is 'figure' (one figure, or several together, are wrong), 'unit' (one is in another unit), 'one_of' (one of
    several is wrong), 'joint' (every check holds, and all figures cannot be right), 'structure', 'improbable', or ''
    where nothing is known but what the check says. `heading` stands in place of the rule's title, `further` are more
    sentences, `about` is the fact that is wrong, `diagnosis` what was found out.
    """

    cause: str
    severity: str
    outcomes: tuple[Outcome, ...]
    message: Message
    next_step: Message
    heading: Message | None = None
    further: tuple[Message, ...] = ()
    about: Fact | None = None
    diagnosis: Cause | None = None
    shown: tuple[tuple[Message, Evidence], ...] = ()  # figures that cannot all be right by several checks together
    repaired: Message | None = None  # with what the outcomes' corrected calculations are made
    off: int = 0  # how far the figure is from what it should be, in steps; 0 where that is not known

    @property
    def accepted(self) -> bool:
        """Whether every failed check of it is accepted with a reason; then no gate counts it."""
        failed = [o for o in self.outcomes if o.status == FAILED]
        return bool(failed) and all(o.waiver is not None for o in failed)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """An amount no evaluated check covers, with the reason's catalogue key."""

    place: Place
    as_printed: str
    reason: str
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many amounts stand in the submission and how many at least one evaluated check covers."""

    facts: int
    checked: int
    unchecked: tuple[Unchecked, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRow:
    """Which rule met what: how many checks, or why none."""

    rule_id: str
    statement: str
    checks: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What a report must say of each rule without loading the rule files again."""

    id: str
    name: str
    severity: str
    title: Mapping[str, str]
    why: Mapping[str, str]
    authority: str
    kind: str

    @classmethod
    def of(cls, rule: Rule) -> RuleInfo:
        """What is said of a rule."""
        return cls(rule.id, rule.name, rule.severity, rule.title, rule.why, rule.authority, rule.kind)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one run found; a renderer only formats it."""

    tool_version: str
    ruleset_id: str
    ruleset_version: str
    ruleset_sha256: str
    rules: tuple[RuleInfo, ...]
    submission: Submission
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    plan: tuple[PlanRow, ...]
    switched_off: tuple[tuple[str, str], ...] = ()
    adjusted: tuple[Adjustment, ...] = ()  # those that are switched off too
    diagnosis: Diagnosis = NOTHING
    waivers: tuple[WaiverState, ...] = ()
    baseline: str = ""  # the name of the earlier report it was compared with
    gone: tuple[Gone, ...] = ()
    baseline_foreign: bool = False  # it has no check in common with this one: it is another submission's
    basis: tuple[SourceFile, ...] = ()  # other files that decide what the report says, with the roles of BASES
    two_people: bool = False  # the rule set asks that another person approves what somebody accepts

    tally: Mapping[tuple[str, str], int] | None = None  # by rule and status, where not every outcome is held

    def count(self, status: str) -> int:
        """How many outcomes have `status`."""
        if self.tally is not None:
            return sum(n for (_, own), n in self.tally.items() if own == status)
        return sum(o.status == status for o in self.outcomes)

    @property
    def unlisted(self) -> dict[str, int]:
        """By rule, how many checks failed that are counted and not shown."""
        if self.tally is None:
            return {}
        shown: dict[str, int] = {}
        for outcome in self.outcomes:
            if outcome.status == FAILED:
                shown[outcome.rule_id] = shown.get(outcome.rule_id, 0) + 1
        left = {rule: n - shown.get(rule, 0) for (rule, status), n in self.tally.items() if status == FAILED}
        return {rule: n for rule, n in left.items() if n > 0}

    def to_html(self, lang: str = "da") -> str:
        """The report as one HTML page, the reader's language first."""
        reports: Any = import_module("checker.reports")  # above the model: loaded when asked for
        return str(reports.FORMATS["html"](self, reports.View(lang)))

    def to_frame(self, lang: str = "da") -> Any:
        """Every outcome as a row of a pandas data frame; see `checker.reports.frame`."""
        return import_module("checker.reports.frame").frame(self, lang)
