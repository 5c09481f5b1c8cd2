"""Several organisations in one index: who names one is answered from its documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from indexer.folder_words import FolderWords
from isobot.question import Question
from isobot.records import answer_record
from isobot.responder import Responder
from tests.organisation import responder_on

RULES = {
    "aurora-security/passwords.md": "# Passwords\n\nA password at Aurora has at least 15 characters.\n",
    "aurora-security/doors.md": "# Doors\n\nAurora locks its doors at six.\n",
    "aurora-security/visitors.md": "# Visitors\n\nVisitors of Aurora wear a badge.\n",
    "borealis-policies/passwords.md": "# Password rules\n\nA password of staff has at least 8 characters, for security.\n",
    "borealis-policies/travel.md": "# Travel\n\nBorealis pays for the train, and security is told of each journey.\n",
    "borealis-policies/visitors.md": "# Guests\n\nGuests of Borealis wait at the desk of security.\n",
    "borealis-policies/code.md": "# Code\n\nBorealis writes its own code.\n",
}
Asked = Callable[..., Responder]


@pytest.fixture
def responder_of(tmp_path: Path, cache: Path) -> Asked:
    def made(name: str, **more: str) -> Responder:
        return responder_on(tmp_path / name, RULES | {key.replace("__", "/") + ".md": value for key, value in more.items()}, cache)

    return made


def test_who_names_an_organisation_is_answered_from_its_folder(responder_of: Asked) -> None:
    """Also where the other one's rule is nearer; who names none is answered from all."""
    responder = responder_of("both")
    for name, path in (("aurora", "aurora-security/passwords.md"), ("Borealis", "borealis-policies/passwords.md")):
        answer = responder.answer(Question(f"least length of passwords at {name}?"))
        assert {one.document.path.split("/")[0] for one in answer.citations or answer.nearest} == {path.split("/")[0]}
        assert (answer.citations or answer.nearest)[0].document.path == path
    answer = responder.answer(Question("least length of passwords?"))
    assert len({one.document.path.split("/")[0] for one in answer.citations or answer.nearest}) == 2


def test_a_word_that_others_say_as_well_names_no_folder(responder_of: Asked) -> None:
    """Security is in the name of one folder and in the documents of the other."""
    answer = responder_of("both").answer(Question("who is told of a journey for security?"))
    assert (answer.citations or answer.nearest)[0].document.path == "borealis-policies/travel.md"


def test_a_subject_names_no_folder(responder_of: Asked) -> None:
    """Others may speak of it too, who alone answer."""
    subject = {f"signalling__rule{n}": f"# Rule {n}\n\nFor signalling, flag {n} is used, and signalling ends at dusk.\n" for n in range(3)}
    more = {"borealis-policies__boats": "# Boats\n\nBoats of guests need lamps, and signalling with mirrors is forbidden to them.\n"}
    answer = responder_of("subject", **subject, **more).answer(Question("do boats of guests need lamps for signalling?"))
    assert (answer.citations or answer.nearest)[0].document.path == "borealis-policies/boats.md"


def test_a_clause_of_another_organisation_is_not_said_not_to_exist(responder_of: Asked) -> None:
    """Ids are looked up in all that may be read."""
    ids = "# Rules\n\n## POL.ITR.012 Lamps\n\nLamps burn all night.\n"
    responder = responder_of("ids", **{"borealis-policies__rules": ids, "aurora-security__rules": ids.replace("012", "001")})
    answer = responder.answer(Question("what does POL.ITR.012 say at Aurora?"))
    assert answer.citations[0].clause.number == "POL.ITR.012"
    assert answer.notices == ()


def test_a_folder_that_the_asker_may_not_read_is_not_named(responder_of: Asked) -> None:
    """Not a byte of the answer tells that there is one."""
    hidden = {f"cassini__rule{n}": f"---\naudience: board\n---\n\n# Cassini {n}\n\nCassini has rule {n} on passwords.\n" for n in range(3)}
    responders = (responder_of("without"), responder_of("with", **hidden))
    answers = [responder.answer(Question("least length of passwords at cassini?")) for responder in responders]
    told = [{key: value for key, value in answer_record(one).items() if key not in ("generation", "milliseconds")} for one in answers]
    assert told[0] == told[1]


def test_folders_are_known_by_the_words_of_their_names() -> None:
    """With all that lies in them and below."""
    words = FolderWords(["aurora-security/a.md", "aurora-security/doors/b.md", "c.md"])
    named = words.named(["door", "aurora", "aurora", "c"])
    assert [(word, numbers.tolist()) for word, numbers in named] == [("door", [1]), ("aurora", [0, 1])]
    assert np.array_equal(words.named(["secur"])[0][1], [0, 1])


def test_a_control_is_looked_up_at_the_organisation_that_is_named(responder_of: Asked) -> None:
    """What another one's clause documents of it is no answer; who names none gets it."""
    documented = "---\ncontrols: A.7.2\n---\n\n# Gates\n\n## 1 Gates\n\nBorealis keeps a guard at each gate.\n"
    responder = responder_of("controls", **{"borealis-policies__gates": documented})
    for question in ("where is A.7.2 documented", "where does Borealis document A.7.2"):
        assert responder.answer(Question(question)).citations[0].document.path == "borealis-policies/gates.md"
    assert "borealis-policies/gates.md" not in {
        one.document.path for one in responder.answer(Question("where does Aurora document A.7.2")).citations
    }
