"""What the core says beside an answer, in another language than English."""

from __future__ import annotations

import copy
from datetime import date

from isobot.citation import remarks
from isobot.languages import language
from isobot.notice import said
from isobot.question import Question
from isobot.responder import Responder
from tests.organisation import Organisation


def test_a_german_channel_is_told_in_german_what_is_not_there(organisation: Organisation) -> None:
    """The answer itself, which terminals and programs get, keeps the English sentence, also when it was copied."""
    answer = Responder(organisation.settings, lambda: date(2026, 9, 15)).answer(Question("where is A.8.99 documented?"))
    assert answer.notices == ("A.8.99 is not a control or clause of ISO/IEC 27001:2022.",)
    german = "A.8.99 ist keine Maßnahme und kein Abschnitt von ISO/IEC 27001:2022."
    assert remarks(answer, language("de")) == (german,) and remarks(answer) == answer.notices
    assert said(copy.deepcopy(answer.notices[0]), language("de")) == german
    assert said("As it is.", language("de")) == "As it is."
