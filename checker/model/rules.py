"""A compiled rule set, and the relation and predicate rows it becomes when it meets a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.model.document import Place

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (NOTE, WARNING, ERROR)
"""From mildest to gravest."""


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A rule's own example: a small submission as text and what the rule must say of it."""

    name: str
    given: str
    expect: str
    findings: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    prior: str = ""  # last year's submission
    extract: str = ""  # an extract of the accounting system
    manifest: str = ""  # a regnskab.yaml
    traps: tuple[str, ...] | None = None  # 'code what' of cells, as a workbook's reader would say; None: no workbook


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, compiled: every setting checked against its kind, parameters already put in."""

    id: str
    name: str
    kind: str
    severity: str
    title: Mapping[str, str]
    why: Mapping[str, str]
    authority: str
    settings: Mapping[str, Any]
    missing: str = "not_evaluated"  # or 'zero' or 'fail': what one missing part means
    valid_from: int | None = None
    valid_to: int | None = None
    tables: tuple[str, ...] = ()  # layouts it is limited to; empty: any table
    scopes: tuple[str, ...] = ()
    unset: str = ""  # the parameter that must be set before the rule can run
    cases: tuple[RuleCase, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One thing an adjustment changes: 'off', 'on', 'severity', 'table' or 'scope', from one value to another.

    Values are severities, layouts or scopes; none of these stands for any table or scope.
    """

    what: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a rule file changes of a rule that it inherits, and why; `what` is empty where it changes nothing."""

    rule: str
    what: tuple[Change, ...]
    reason: str
    author: str = ""
    approved_by: str = ""
    date: str = ""

    @property
    def off(self) -> bool:
        """Whether the rule is switched off."""
        return any(change.what == "off" for change in self.what)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in the order of their ids, with the hash of every file they came from."""

    id: str
    version: str
    sha256: str
    rules: tuple[Rule, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    truncated: bool = False  # printed figures are cut off, not rounded
    switched_off: tuple[tuple[str, str], ...] = ()  # rule id and the reason given
    adjusted: tuple[Adjustment, ...] = ()  # in the order of rule ids, those that are switched off too
    two_people: bool = False  # a waiver counts only where another person has approved it


WITHIN, ACROSS, YEARS, PRIOR, EXTRACT, BESIDE = "within", "across", "years", "prior", "extract", "beside"
MODES = (WITHIN, ACROSS, YEARS, PRIOR, EXTRACT, BESIDE)
"""Which facts a relation sees: those of its own statement; the best known value of each data point over the
statements of the submission; over last year's submission too; for 'agree' alone, those data points that both the
submission and last year's (the extract) state; or, beside each other, what each term names: the points of its
statement, else the best known of all tables or of all text (`Term.source`)."""

TABLE, TEXT = "table", "text"
"""Sources of a term: figures of tables, or of sentences; '' is both."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`sum(weight * point) op constant` for every combination of the dimensions its terms leave free.

    `op` is '=', '<=' or 'agree' (the facts of one data point agree; see ROUNDING.md 2). `mode` is one of MODES.
    `free` names dimensions among scope, line, year, basis, as_of; the entity is always free. A term that fixes a
    line fixes its scope too. `constant` is in steps. `blocked` is the reason why the relation must not be
    evaluated, '' where it may. `exact` says that what is printed must hold where all figures are in one unit.
    `turned` says that the stated figure is taken with the other sign, since another rule judges its sign.
    """

    id: str
    rule: str
    op: str
    mode: str
    free: tuple[str, ...]
    missing: str = "not_evaluated"
    statement: str | None = None
    label: str = ""
    without_figures: tuple[str, ...] = ()
    blocked: str = ""
    group: str = ""  # relations of one part/whole group whose structure is uncertain share this key
    constant: int = 0
    exact: bool = False
    turned: bool = False
    also: tuple[tuple[str, int], ...] = ()  # what a failed check shows besides: catalogue key, value in steps


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a relation: the points it takes (None = free) and their weight.

    `clip` is 'pos' for max(point, 0), 'neg' for min(point, 0), 'abs' for |point|. `stated` marks the figure the
    others explain; a `required` one is never taken as zero, whatever the relation's `missing` says. In the row of a
    derived point (`relation` is its id) the weight of a factor is not used.
    """

    relation: str
    weight: int
    statement: str | None = None
    scope: str | None = None
    line: str | None = None
    measure: str | None = None
    basis: str | None = None
    year: int | None = None
    year_offset: int = 0
    clip: str = ""
    stated: bool = False
    label: str = ""
    required: bool = False
    source: str = ""  # TABLE or TEXT; only in relations beside each other and in those that agree


@dataclass(frozen=True, slots=True)
class Derived:
    """Points made of other points, one for every combination of `free`; a term whose measure is `id` takes them.

    Its operands are the terms whose relation is `id`. `op` says what is made of the points they take:

    * 'sum': weight * point, added, in the dimension of the operands;
    * 'difference': the point of the operand of weight 1 less that of the operand of weight -1;
    * 'product': of one point of each of two operands, divided by `scale` steps;
    * 'quotient': the point of the operand of weight 1 over that of the operand of weight -1, times `scale`;
    * 'greatest': the largest of weight * point / `scale` and `constant`;
    * 'common': what the points of its operand have in common, where all but `outliers` per cent (rounded up) of
      them, and `least` at least, meet; not usable where they do not.

    A point of which an operand is missing is not made; what points have in common is that of those that are there
    and can be used. An operand may be a derived point that comes earlier.
    """

    id: str
    rule: str
    op: str
    mode: str
    free: tuple[str, ...]
    dimension: str
    statement: str | None = None
    scale: int = 1
    constant: int | None = None
    outliers: int = 10
    least: int = 5


@dataclass(frozen=True, slots=True)
class Predicate:
    """A check that is not arithmetic: everything in `found` must be in `allowed`.

    An empty `allowed` with `undecided` set is not evaluated for that reason. `facts` are evidence, `places` where
    what is found stands, where no claim says it.
    """

    id: str
    rule: str
    statement: str
    about: str
    found: tuple[str, ...]
    allowed: tuple[str, ...]
    claims: tuple[int, ...] = ()  # indices into the submission's claims
    facts: tuple[str, ...] = ()
    undecided: str = ""
    args: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounding:
    """What one rule becomes in one submission; `unbound` says why it met nothing, where it met nothing."""

    relations: tuple[Relation, ...] = ()
    terms: tuple[Term, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    derived: tuple[Derived, ...] = ()
    unbound: str = ""
