"""The bot in a process of its own, with a scripted responder instead of an index: `python -m tests.slack.serve`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.errors import IsobotError
from isobot.question import Question
from isobot.responder import Responder
from isobot.settings import Settings
from isobot.slack import run as running
from tests.slack.examples import abstention, answer, cite

HOSTILE = "<!channel> <@U0BEN> @here *bold* `code` :smile: <https://evil.example|here> &amp; \u202etxt.exe"


class EmptyIndex:
    """The catalogue of a generation without documents."""

    def number_of(self, path: str) -> None:
        return None


class ScriptedResponder:
    """Answers by one word of the question."""

    @property
    def generation(self) -> SimpleNamespace:
        if os.environ.get("NO_INDEX"):
            raise RuntimeError("secret/path/of/the/server is not readable")
        return SimpleNamespace(catalogue=EmptyIndex(), name="g-0001")

    def refresh(self) -> None:
        """There is never a new one."""

    def held(self) -> AbstractContextManager[None]:
        return nullcontext()

    def phrased(self, answer: Answer) -> Answer:
        return answer

    def closeness(self, words: str, citations: Iterable[Citation]) -> float:
        return 1.0

    def answer(self, question: Question) -> Answer:
        if "slowly" in question.text:
            time.sleep(1.5)
        while "held" in question.text and not Path(os.environ["LET_GO"]).exists():
            time.sleep(0.02)
        if "explode" in question.text:
            raise RuntimeError("secret/path/of/the/server is not readable")
        if "moon" in question.text:
            return abstention(cite(), question=question.text)
        quote = HOSTILE if "markup" in question.text else f"About {question.text}: your groups are {sorted(question.groups)}."
        return answer(cite(quote), question=question.text)


if __name__ == "__main__":
    running.LEASE_SECONDS = float(os.environ.get("LEASE_SECONDS", running.LEASE_SECONDS))
    try:
        running.run(Settings.load(), cast(Responder, ScriptedResponder()), os.environ.get("LISTEN"))
    except IsobotError as problem:
        print(problem, file=sys.stderr)
        sys.exit(problem.exit_code)
