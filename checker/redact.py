"""A report without the document's text: places, figures and calculations stay, names, titles and sentences do not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from checker.model.document import Place
from checker.model.outcomes import Argument, At, Evidence, Finding, Message, Outcome, Report
from checker.model.submission import Claim, Extraction, Fact, Line, NotRead, Remark, Statement, Submission

LEFT_OUT = "[…]"
"""What stands in place of the document's words."""

_FIGURE = re.compile(r"[-−–+(]?[\d.,\s]*\d[\d.,\s]*\)?\s?(kr\.|t\.kr\.|mio\. kr\.|mia\. kr\.|pct\.|%)?")
"""An amount or a year as printed, which stays."""


def redacted(report: Report) -> Report:
    """The report with every word of the document left out.

    Lines are called by their number, or by the row they stand in; tables and paragraphs by their ids, sheets by their
    number, columns by what they measure. File names, the area and the year stay, since they say what was checked. A
    remark says all this.
    """
    return _Redaction(report).made()


class _Redaction:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._names: dict[str, str] = {}
        s = report.submission
        for statement in (*s.statements, *s.other_statements, *s.texts):
            self._names[statement.title] = statement.id
        for fact in (*s.facts, *s.others):
            called = fact.number or self._row(fact.place)
            self._names.setdefault(fact.label, called)
            if fact.number:
                self._names.setdefault(f"{fact.number} {fact.label}", called)
        self._names.pop("", None)
        self._sheets: dict[tuple[str, str], str] = {}

    @staticmethod
    def _row(place: Place) -> str:
        return place.cell or f"{place.line or place.row or place.paragraph or ''}" or LEFT_OUT

    def made(self) -> Report:
        """The report made anew; outcomes of findings are the same objects as in the list."""
        r = self._report
        anew = {id(o): self._outcome(o) for o in r.outcomes}
        findings = tuple(self._finding(f, anew) for f in r.findings)
        unchecked = tuple(
            replace(u, place=self._place(u.place), as_printed=self._shown(u.as_printed), fact=self._fact(u.fact))
            for u in r.coverage.unchecked
        )
        return replace(
            r,
            submission=self._submission(r.submission),
            outcomes=tuple(anew[id(o)] for o in r.outcomes),
            findings=findings,
            coverage=replace(r.coverage, unchecked=unchecked),
            gone=tuple(replace(g, message=dict.fromkeys(g.message, LEFT_OUT)) for g in r.gone),
            waivers=tuple(replace(w, waiver=replace(w.waiver, about="")) for w in r.waivers),
            plan=tuple(replace(p, statement=self._name(p.statement)) for p in r.plan),
        )

    def _name(self, words: str) -> str:
        """What stands in place of a name; figures and catalogue keys stay."""
        if not words or words.startswith("@") or _FIGURE.fullmatch(words):
            return words
        return self._names.get(words, LEFT_OUT)

    def _shown(self, words: str) -> str:
        return words if _FIGURE.fullmatch(words) else LEFT_OUT

    def _place(self, place: Place) -> Place:
        return replace(place, snippet=None, mark=None, sheet=self._sheet(place.file, place.sheet))

    def _sheet(self, file: str, name: str | None) -> str | None:
        """Sheets are called by their number, in the order in which they are met."""
        if name is None:
            return None
        of_file = sum(own == file for own, _ in self._sheets)
        return self._sheets.setdefault((file, name), f"Ark{of_file + 1}")

    def _fact(self, fact: Fact | None) -> Fact | None:
        if fact is None:
            return None
        return replace(
            fact, label=self._name(fact.label), as_printed=self._shown(fact.as_printed), place=self._place(fact.place)
        )

    def _at(self, at: At) -> At:
        return replace(at, title=self._name(at.title), label=self._name(at.label))

    def _argument(self, value: Argument) -> Argument:
        if isinstance(value, str):
            return ", ".join(self._name(part) for part in value.split(", "))
        if isinstance(value, Message):
            return self._message(value)
        return tuple(self._message(m) for m in value) if isinstance(value, tuple) else value

    def _message(self, message: Message) -> Message:
        return Message(message.key, {k: self._argument(v) for k, v in message.args.items()})

    def _evidence(self, evidence: Evidence | None) -> Evidence | None:
        if evidence is None:
            return None
        terms = tuple(
            replace(t, label=self._name(t.label), as_printed=self._shown(t.as_printed), place=self._place(t.place))
            for t in evidence.terms
        )
        missing, without = (tuple(map(self._name, n)) for n in (evidence.missing, evidence.without_figures))
        return replace(evidence, terms=terms, missing=missing, without_figures=without)

    def _outcome(self, outcome: Outcome) -> Outcome:
        return replace(
            outcome,
            waiver=replace(outcome.waiver, about="") if outcome.waiver else None,
            at=self._at(outcome.at),
            message=self._message(outcome.message),
            evidence=self._evidence(outcome.evidence),
            corrected=self._evidence(outcome.corrected),
            places=tuple(map(self._place, outcome.places)),
        )

    def _finding(self, finding: Finding, anew: Mapping[int, Outcome]) -> Finding:
        shown = ((self._message(m), self._evidence(e) or e) for m, e in finding.shown)
        return replace(
            finding,
            outcomes=tuple(anew[id(o)] for o in finding.outcomes),
            message=self._message(finding.message),
            next_step=self._message(finding.next_step),
            heading=self._message(finding.heading) if finding.heading else None,
            further=tuple(map(self._message, finding.further)),
            about=self._fact(finding.about),
            shown=tuple(shown),
            repaired=self._message(finding.repaired) if finding.repaired else None,
        )

    def _submission(self, s: Submission) -> Submission:
        return replace(
            s,
            statements=tuple(map(self._statement, s.statements)),
            other_statements=tuple(map(self._statement, s.other_statements)),
            texts=tuple(map(self._statement, s.texts)),
            facts=tuple(f for fact in s.facts if (f := self._fact(fact))),
            others=tuple(f for fact in s.others if (f := self._fact(fact))),
            claims=tuple(map(self._claim, s.claims)),
            remarks=(*map(self._remark, s.remarks), Remark("reading.redacted", (), Place(s.files[0].path))),
            not_read=tuple(map(self._not_read, s.not_read)),
            extraction=tuple(map(self._extraction, s.extraction)),
            structure=tuple(replace(p, whole_label=self._name(p.whole_label)) for p in s.structure),
        )

    def _statement(self, statement: Statement) -> Statement:
        columns = tuple(replace(c, header=LEFT_OUT) for c in statement.columns)
        lines = tuple(self._line(line) for line in statement.lines)
        return replace(
            statement,
            title=self._name(statement.title),
            columns=columns,
            lines=lines,
            place=self._place(statement.place),
        )

    def _line(self, line: Line) -> Line:
        name = "" if line.number else self._names.get(line.name, LEFT_OUT)
        return replace(line, name=name, texts=tuple((LEFT_OUT, LEFT_OUT if t else "") for _, t in line.texts))

    def _claim(self, claim: Claim) -> Claim:
        return replace(claim, value=self._name(claim.value), place=self._place(claim.place))

    def _remark(self, remark: Remark) -> Remark:
        args = tuple((k, ", ".join(self._name(p) for p in v.split(", "))) for k, v in remark.args)
        return replace(remark, args=args, place=self._place(remark.place))

    def _extraction(self, made: Extraction) -> Extraction:
        """A page is a number, a sheet has a name."""
        page = made.where.isdigit() and (made.file, made.where) not in self._sheets
        return made if page or not made.where else replace(made, where=self._sheet(made.file, made.where) or "")

    def _not_read(self, item: NotRead) -> NotRead:
        return replace(item, text=self._shown(item.text), place=self._place(item.place))
