"""What does a note say of signs?"""

from __future__ import annotations

import pytest

from checker.recognise.notes import sign_claims
from checker.recognise.vocabulary import vocabulary

NOTES = {
    "- = udgift; + = indtægt.": [("udgift", "-")],
    "Fortegn: + merforbrug, - mindreforbrug": [("bedre", "-")],
    "+ merforbrug. - mindreforbrug.": [("bedre", "-")],
    "Anm.: + er overskud, - er underskud. Udgifter står med plus, indtægter med minus.": [
        ("bedre", "+"),
        ("udgift", "+"),
    ],
    "Udgifter er plus, indtægter er minus. En negativ afvigelse er et mindreforbrug.": [
        ("bedre", "-"),
        ("udgift", "+"),
    ],
    "+ angiver mindreforbrug i forhold til korr. budget, - merforbrug.": [("bedre", "+")],
    "I kolonnen er minus et mindreforbrug.": [("bedre", "-")],
    "I kolonnen er minus et mindreforbrug. En overførsel med minus er et underskud.": [("bedre", "-")],
    "+ er overskud, der søges overført, - er underskud": [("bedre", "+")],
    "Et minus i kolonnen Overførsel er et underskud": [],
    "Netto er udgifter minus indtægter.": [],
    "Resultatet er minus indtægter fra salg.": [],
    "Underskuddet på 5 mio. kr. er minus.": [],
    "Samlet er der et overskud - det søges overført.": [],
}


@pytest.mark.parametrize("note", NOTES)
def test_a_note_says_what_a_sign_means(note: str) -> None:
    assert sign_claims(note, vocabulary()) == NOTES[note]
