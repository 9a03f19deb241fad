"""Do sentences state what the cases of schemas/narrative.yaml say?"""

from __future__ import annotations

from typing import Any

import pytest

from checker.model.document import Document
from checker.model.submission import PART_MARK, Fact
from checker.readers.text import parse
from checker.recognise import recognise
from checker.resources import data_dir
from checker.yamlsource import read_yaml

TABLE = """Politikområde Skoler og havn

| Nr. | 1.000 kr. | Opr. budget 2023 | Korr. budget 2023 | Regnskab 2023 | Forv. regnskab 2023 | Over-/underskud 2023 |
| 1 | Skoler | 80.000 | 90.000 | 89.000 | 89.500 | 1.000 |
| 2 | SFO | 20.000 | 20.500 | 21.000 | 20.700 | -500 |
| 3 | Havnen | -3.000 | -3.000 | -4.000 | -3.500 | 1.000 |
| | I alt | 97.000 | 107.500 | 106.000 | 106.700 | 1.500 |

"""
CASES: list[dict[str, Any]] = list(read_yaml(data_dir("schemas") / "narrative.yaml").data["cases"])


def claims_of(text: str) -> list[dict[str, Any]]:
    read = recognise(Document("case.txt", "", "utf-8", parse(TABLE + text)))
    told = [(f.place.order, _claim(f)) for f in read.facts if f.text]
    told += [(n.place.order, {"none": n.text}) for n in read.not_read if n.reason == "unread.sentence"]
    return [claim for _, claim in sorted(told, key=lambda t: t[0])]


def _claim(fact: Fact) -> dict[str, Any]:
    key = fact.line.partition(PART_MARK)[0]
    made: dict[str, Any] = {fact.measure: fact.value // 100}
    return made if key == "i alt" else {**made, "line": key}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:60])
def test_a_sentence_states_what_its_case_says(case: dict[str, Any]) -> None:
    found = claims_of(case["text"])
    wanted = [dict(c) for c in case["claims"]]
    assert [c if "none" not in c else {"none": None} for c in found] == [
        c if "none" not in c else {"none": None} for c in wanted
    ]
