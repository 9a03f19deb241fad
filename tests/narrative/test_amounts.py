"""Are amounts in running text read with their value, and as exactly as they are told?"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.amounts.show import figure
from checker.recognise.narrative.amounts import amounts
from tests.build import KR, MIO, PROPERTY, TKR

MIA = 1000 * MIO


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3,4 mio. kr.", 34 * MIO // 10, MIO // 10),
        ("746.810 kr.", 746_810 * KR, KR),
        ("0,04 mio. kr.", 40 * TKR, 10 * TKR),
        ("3. mio. kr.", 3 * MIO, MIO),
        ("900 t.kr.", 900 * TKR, TKR),
        ("2 mia. kr.", 2 * MIA, MIA),
        ("kr. 362.000", 362 * TKR, KR),
        ("halvanden mio. kr.", 15 * MIO // 10, MIO // 10),
        ("-5,5 mio. kr.", -55 * MIO // 10, MIO // 10),
        ("minus 3 mio. kr.", -3 * MIO, MIO),
        ("ca. 2 mio. kr.", 2 * MIO, 2 * MIO),
        ("knap 2 mio. kr.", 2 * MIO, 2 * MIO),
        ("mellem 2 og 3 mio. kr.", 25 * MIO // 10, 2 * MIO),
        ("2-3 mio. kr.", 25 * MIO // 10, 2 * MIO),
    ],
)
def test_one_amount(text: str, value: int, unit: int) -> None:
    assert [(said.value, said.unit) for said in amounts(f"Der er brugt {text} i året")] == [(value, unit)]


def test_amounts_share_the_unit_of_the_last() -> None:
    found = amounts("Skoler og SFO fik 1,2 og 0,8 mio. kr., Havnen 3, 4 og 5 t.kr.")
    assert [s.value for s in amounts("Forbrug 74,8 mod budget 75,7 mio. kr.")] == [748 * MIO // 10, 757 * MIO // 10]
    assert [said.value for said in found] == [12 * MIO // 10, 8 * MIO // 10, 3 * TKR, 4 * TKR, 5 * TKR]


@pytest.mark.parametrize(
    "text",
    [
        "efter § 12 stk. 2",
        "45 børn i 2023",
        "sag 23/1234",
        "tlf. 58 55 10 00",
        "den 3. maj",
        "12,5 pct.",
        "I 1.000 kr.",
    ],
)
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert amounts(text) == []


def test_what_widens_an_amount_is_said() -> None:
    told = [amounts(text)[0] for text in ("omkring 2 mio. kr.", "godt 2 mio. kr.", "2-3 mio. kr.", "3. mio. kr.")]
    assert [said.hedge for said in told] == ["about", "above", "range", ""]
    assert told[-1].remarks == ("stray_dot",)


@PROPERTY
@given(st.integers(1, 10**9), st.sampled_from([KR, TKR]))
def test_what_is_printed_is_read_again(count: int, unit: int) -> None:
    (said,) = amounts(f"Der er et overskud på {figure(count * unit, unit, 'kr', 'da')}, som overføres")
    assert (said.value, said.unit) == (count * unit, unit)
    assert said.coarse == 0 or count * unit % said.coarse == 0


@PROPERTY
@given(st.integers(1, 10**6), st.integers(0, 9))
def test_tenths_of_a_million_are_known_to_the_tenth(whole: int, tenth: int) -> None:
    (said,) = amounts(f"et forbrug på {figure(whole * MIO, MIO, 'kr', 'da', word=False)},{tenth} mio. kr.")
    assert (said.value, said.unit) == (whole * MIO + tenth * MIO // 10, MIO // 10)


@PROPERTY
@given(st.text(max_size=200))
def test_any_text_is_read_and_every_amount_stands_where_it_says(text: str) -> None:
    found = amounts(text)
    assert all(text[said.start : said.end] == said.text for said in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
