"""How many amounts in running text are understood? Precision and recall of claims on labelled texts.

    python -m benchmarks.narrative [FOLDER | narrative-variants.yaml]... [--errors] [--types]

A folder holds texts with labels beside them (`x.txt`, `x.yaml`; tests/narrative/README.md says what a label is).
A claim is found when the amount's place, its line, what it is and its value are right; wrong when the tool says
something else of it; missed when it says nothing. An amount that is none of the accounts' figures is rightly left alone
(abstained) or wrongly taken.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from checker.model.document import Document
from checker.model.submission import PART_MARK, Fact, Submission
from checker.readers.text import parse
from checker.recognise import recognise
from checker.recognise.rows import number_key
from checker.recognise.words import fold

ROOT = Path(__file__).parent.parent
TYPES = {
    "over_underskud": "result",
    "rest": "result",
    "forventet_over_underskud": "forecast_result",
    "overfoersel_soegt": "transfer_out",
    "overfoersel_ind": "transfer_in",
    "rest_efter_overfoersel": "remaining",
    "budgetaendring": "budget_change",
    "tillaegsbevilling": "budget_add",
    "omplacering": "reallocation",
    "regnskab": "actual",
    "brutto": "actual",
    "budget": "budget",
    "korrigeret_budget": "budget",
    "oprindeligt_budget": "original_budget",
    "forventet_regnskab": "forecast",
    "forklaret": "explained",
}
ALIKE = {"budget_change": "budget_step", "budget_add": "budget_step"}
"""'Budgettet er hævet med 3 mio. kr.' is a step or the whole way: those who label do not agree, so neither is wrong."""
LEFT = ("other", "prior")
"""What is no figure of these accounts: left alone is right."""


@dataclass(slots=True)
class Text:
    """A labelled text."""

    id: str
    text: str
    year: int | None
    claims: list[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Score:
    """One labelled claim or one of the tool's: 'found', 'wrong', 'missed', 'abstained', 'taken' or 'invented'."""

    result: str
    type: str
    said: str


def load(path: Path) -> Iterator[Text]:
    """The texts of a folder, or of a file of variants with tables."""
    if path.is_dir():
        for labels in sorted(path.glob("*.yaml")):
            data = yaml.safe_load(labels.read_text(encoding="utf-8"))
            text = labels.with_suffix(".txt").read_text(encoding="utf-8")
            yield Text(labels.stem, text, data.get("year"), data["claims"])
        return
    for variant in yaml.safe_load(path.read_text(encoding="utf-8"))["variants"]:
        text = f"{_table(variant['table'])}\n\n{variant['text']}"
        yield Text(variant["id"], text, 2023, _numbered(text, variant["claims"]))


def _table(table: Mapping[str, Any]) -> str:
    heads = {
        "opr_budget": "Opr. budget 2023",
        "korr_budget": "Korr. budget 2023",
        "regnskab": "Regnskab 2023",
        "afvigelse": "Afvigelse 2023",
    }
    rows = ["\t".join([f"Nr.\tI {table['unit']}", *(heads[c] for c in table["columns"])])]
    rows += ["\t".join(f"{c:,}".replace(",", ".") if isinstance(c, int) else c for c in row) for row in table["rows"]]
    return "\n".join([*rows, "", table["sign"]])


def _numbered(text: str, claims: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Claims in the form of the folders: a quote that comes again right after itself refers back."""
    result: list[dict[str, Any]] = []
    start = text.index("\n\n")
    for claim in claims:
        again = bool(result) and result[-1]["quote"] == claim["quote"] and result[-1]["line"] == claim["ref"]
        at = result[-1]["at"] if again else text.index(claim["quote"], start)
        start = at if again else at + 1
        result.append({**claim, "line": claim["ref"], "at": at, "back": again})
    return [dict(c) for c in result]


def score(text: Text) -> list[Score]:
    """Every labelled claim against what the tool says of the amount that stands there."""
    blocks = parse(text.text)
    read = recognise(Document(text.id, "", "utf-8", blocks))
    starts = [0]
    for line in text.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    ids = {f.fact_id: f for f in read.facts}
    facts: dict[int, list[Fact]] = {}
    for fact in (f for f in read.facts if f.text and f.measure in TYPES):
        place = ids[fact.refers].place if fact.refers else fact.place
        if place.line and place.column:
            facts.setdefault(starts[place.line - 1] + place.column - 1, []).append(fact)
    result = []
    used: set[str] = set()
    for claim in text.claims:
        at = claim["at"] if "at" in claim else _nth(text.text, claim["quote"], claim.get("nth", 1))
        near = [f for place in range(at - 3, at + 4) for f in facts.get(place, ()) if f.fact_id not in used]
        result.append(_one(claim, near, used, read))
    rest = [f for group in facts.values() for f in group if f.fact_id not in used]
    result += [
        Score("invented", TYPES[fact.measure], f"{fact.as_printed} -> {_say(fact)}: {fact.place.snippet}")
        for fact in rest
        if not any(_same(claim, fact) for claim in text.claims)
    ]
    return result


def _one(claim: Mapping[str, Any], facts: Sequence[Fact], used: set[str], read: Submission) -> Score:
    kind = claim["type"]
    wanted = f"{claim['quote']} = {kind} {claim['line']} {claim['kr']}{' (back)' if claim.get('back') else ''}"
    right = next((f for f in facts if _right(claim, f)), None)
    first = [f for f in facts if bool(f.refers) == bool(claim.get("back"))]
    if right is None and not first:
        return Score("abstained" if kind in LEFT else "missed", kind, wanted)
    fact = right or first[0]
    used.add(fact.fact_id)
    if right is not None:
        return Score("found", kind, wanted)
    if kind in LEFT and fact.year != read.year:
        return Score("abstained", kind, wanted)
    snippet = f"{wanted} BUT {_say(fact)}: {fact.place.snippet}"
    return Score("taken" if kind in LEFT else "wrong", kind, snippet)


def _same(claim: Mapping[str, Any], fact: Fact) -> bool:
    """Whether the text says the same elsewhere: told twice is not invented, nor that what is not carried is left."""
    kinds = ("result", "remaining") if fact.measure == "rest_efter_overfoersel" else (TYPES[fact.measure],)
    return claim["type"] in kinds and _line(claim["line"], fact) and abs(fact.value) == abs(round(100 * claim["kr"]))


def _right(claim: Mapping[str, Any], fact: Fact) -> bool:
    kind, wanted = TYPES[fact.measure], round(100 * claim["kr"])
    alike = ALIKE.get(kind, kind) == ALIKE.get(claim["type"], claim["type"])
    level = kind in ("actual", "budget", "original_budget", "forecast")
    return alike and _line(claim["line"], fact) and (fact.value == wanted or (level and abs(fact.value) == abs(wanted)))


def _line(wanted: str, fact: Fact) -> bool:
    key = fact.line.partition(PART_MARK)[0]
    if wanted == "TOTAL":
        return key == "i alt"
    if wanted == "NONE":
        return fact.number is None and key == fold(fact.label)
    return number_key(str(wanted)) in (key, fact.number) or fold(str(wanted)) in (key, fold(fact.label))


def _say(fact: Fact) -> str:
    return f"{TYPES[fact.measure]} {fact.line} {fact.value / 100:.0f} {fact.basis or ''} {fact.year}"


def _nth(text: str, quote: str, nth: int) -> int:
    at = -1
    for _ in range(nth):
        at = text.index(quote, at + 1)
    return at


def summary(scores: Sequence[Score]) -> str:
    """Precision: of what the tool says, how much is right. Recall: of the accounts' figures, how many it found."""
    n = Counter(s.result for s in scores)
    said = n["found"] + n["wrong"] + n["taken"] + n["invented"]
    asked = n["found"] + n["wrong"] + n["missed"]
    precision = n["found"] / said if said else 0
    recall = n["found"] / asked if asked else 0
    return (
        f"found {n['found']:4} wrong {n['wrong']:3} missed {n['missed']:3} invented {n['invented']:3} "
        f"taken {n['taken']:3} abstained {n['abstained']:3}   precision {precision:.3f} recall {recall:.3f}"
    )


def main(arguments: Sequence[str]) -> None:
    """Print a line per text and one for all; --errors lists what is not right, --types counts by type."""
    paths = [Path(a) for a in arguments if not a.startswith("--")] or [ROOT / "tests/narrative/texts"]
    every: list[Score] = []
    for path in paths:
        for text in load(path):
            scores = score(text)
            every += scores
            print(f"{text.id:12} {summary(scores)}")
            if "--errors" in arguments:
                for s in scores:
                    if s.result not in ("found", "abstained"):
                        print(f"    {s.result:9} {s.said}")
    print(f"{'all':12} {summary(every)}")
    if "--types" in arguments:
        for kind in sorted({s.type for s in every}):
            print(f"  {kind:16} {summary([s for s in every if s.type == kind])}")


if __name__ == "__main__":
    main(sys.argv[1:])
