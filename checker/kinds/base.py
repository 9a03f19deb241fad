"""What every kind offers, and the words its settings are described with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.model.rules import Grounding, Rule
from checker.model.submission import Statement, Submission


@dataclass(frozen=True, slots=True)
class Setting:
    """One key under `check:`. `type` is text, texts, pattern, choice, measure, measures, number or equations."""

    type: str
    required: bool = False
    choices: tuple[str, ...] = ()
    default: Any = None
    help: str = field(default="", compare=False)  # what it says, in a sentence, for editors


ALL, DOUBLED = "all", "doubled"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: its settings and how it grounds. `predicate` kinds have no tolerance bounds in their cases."""

    ground: Callable[[Rule, Submission], Grounding]
    settings: Mapping[str, Setting] = field(default_factory=dict)
    predicate: bool = False
    where: tuple[str, ...] = ("table",)  # by which of table and scope its rules may be narrowed
    by_figures: Callable[[Rule], str] = field(default=lambda _: "")  # whose figures decide how a rule grounds: ALL of
    # them, only DOUBLED ones, or '' where what is stated decides it, whatever the figures are
    law: bool = True  # figures that break it cannot all be true; False: it says what is allowed or usual


def tables_of(rule: Rule, submission: Submission) -> Iterator[Statement]:
    """The statements the rule may look at: those of the layouts it names, or all."""
    return (s for s in submission.statements if not rule.tables or s.layout in rule.tables)
