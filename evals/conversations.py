"""Conversations: what follow-ups gain against asking the same words alone, and that they take nothing from other questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.answer import Answer
from corpus.errors import QuestionError
from evals.dataset import Gold, StaffQuestion
from evals.metrics.bootstrap import difference_interval, mean_interval
from evals.metrics.hits import first_hit
from evals.records import Record, records
from indexer.progress import Progress
from isobot.conversation import Conversation, Earlier, continued
from isobot.question import Question
from isobot.responder import Responder

REQUESTS = frozenset({"whole-clause", "which-control", "source"})
KINDS = ("substitution", "dependent", "third-turn", "identifier", *sorted(REQUESTS), "new-question", "unanswerable")
LEANING = ("substitution", "dependent", "third-turn", "identifier")
UNRELATED = "unrelated"
STAFF = "staff.jsonl"
STEP = 37  # prime to the number of questions, so that each stands behind one on another matter


@dataclass(frozen=True, slots=True)
class Talk:
    """A short conversation, of which the last turn is scored. told: words that must be told of the citation, for some requests."""

    id: str
    kind: str
    turns: tuple[str, ...]
    gold: tuple[Gold, ...]
    told: str = ""

    @property
    def question(self) -> StaffQuestion:
        return StaffQuestion(self.id, self.turns[-1], self.gold)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One conversation: whether its last turn was answered rightly, asked alone and in the conversation."""

    id: str
    kind: str
    turns: tuple[str, ...]
    alone: bool
    together: bool


def read_talks(file: Path) -> tuple[Talk, ...]:
    """Read conversations, one JSON object a line. Raises DatasetError naming the file and line of the first mistake."""
    return tuple(_talk(record) for record in records(file))


def _talk(record: Record) -> Talk:
    kind, turns = record.filled("kind"), record.texts("turns")
    if kind not in KINDS:
        record.fail(f'"kind" is {kind!r}; it must be one of {", ".join(KINDS)}.')
    if len(turns) < 2:
        record.fail('"turns" needs a question and at least one follow-up.')
    gold = tuple(Gold(one.filled("file"), one.filled("quote"), one.text("section", "")) for one in record.records("gold"))
    if bool(gold) == (kind == "unanswerable"):
        record.fail('needs "gold", unless its kind is "unanswerable".')
    return Talk(record.filled("id"), kind, turns, gold, record.text("told", ""))


def measure(talks: Sequence[Talk], responder: Responder, progress: Progress, staff: Sequence[StaffQuestion] = ()) -> tuple[Outcome, ...]:
    """Hold every conversation, and ask its last turn alone. staff: questions of their own, each asked behind another of them."""
    progress.stage("Holding conversations", len(talks) + len(staff))
    outcomes = []
    for talk in talks:
        alone, together = _answer_alone(responder, talk.turns[-1]), _last_answer(responder, talk.turns)
        outcomes.append(Outcome(talk.id, talk.kind, talk.turns, _right(talk, alone), _right(talk, together)))
        progress.advance()
    for place, question in enumerate(staff):
        before = Earlier.of(responder.answer(Question(staff[(place * STEP + 1) % len(staff)].text)))
        alone, together = responder.answer(Question(question.text)), continued(responder, Question(question.text), before)
        turns = (before.question, question.text)
        outcomes.append(Outcome(question.id, UNRELATED, turns, _answers(question, alone), _answers(question, together)))
        progress.advance()
    return tuple(outcomes)


def _answer_alone(responder: Responder, text: str) -> Answer | None:
    try:
        return responder.answer(Question(text))
    except QuestionError:
        return None


def _last_answer(responder: Responder, turns: Iterable[str]) -> Answer | None:
    """The answer to the last turn; None where it was none that could be answered."""
    conversation = Conversation(responder)
    answer: Answer | None = None
    for turn in turns:
        try:
            answer = conversation.answer(turn)
        except QuestionError:
            answer = None
    return answer


def _right(talk: Talk, answer: Answer | None) -> bool:
    """Whether the turn was answered rightly: the words that answer stand in what is cited first; of nothing that answers, nothing is.

    A request is right where it is about the right clause, and says or shows what was wanted.
    """
    if answer is None:
        return False
    if talk.kind in REQUESTS:
        clause = [(one.document.path, one.whole_clause) for one in answer.citations]
        wanted = any(talk.told in notice for notice in answer.notices) if talk.told else answer.whole
        return wanted and first_hit(talk.question, clause) is not None
    return _answers(talk.question, answer)


def _answers(question: StaffQuestion, answer: Answer) -> bool:
    if not question.answerable:
        return answer.abstained
    return first_hit(question, [(one.document.path, one.clause_text) for one in answer.citations[:1]]) is not None


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Figures by kind, and of all that leans on the question before: share right alone and together, and the gain with its interval."""
    kinds = {"all that lean": LEANING, **{kind: (kind,) for kind in (*KINDS, UNRELATED)}}
    groups = {name: [one for one in outcomes if one.kind in members] for name, members in kinds.items()}
    return {
        "conversations": len(outcomes),
        "kinds": {name: _figures(of) for name, of in groups.items() if of},
        "per_conversation": [{"id": one.id, "kind": one.kind, "alone": one.alone, "together": one.together} for one in outcomes],
    }


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    alone, together = ({one.id: float(getattr(one, name)) for one in outcomes} for name in ("alone", "together"))
    count = len(outcomes)
    return {
        "count": count,
        "alone": sum(alone.values()) / count,
        "together": sum(together.values()) / count,
        "together_interval": mean_interval(list(together.values())),
        "gain": (sum(together.values()) - sum(alone.values())) / count,
        "gain_interval": difference_interval(alone, together),
    }


def shown(figures: dict[str, Any], outcomes: Sequence[Outcome]) -> str:
    """The report as lines for a person, with the conversations whose last turn was not answered rightly."""
    lines = [f"{'last turn answered rightly':27} {'count':>5}  {'alone':>5}  {'in conversation':18} gain"]
    for kind, of in figures["kinds"].items():
        (low, high), (least, most) = of["together_interval"], of["gain_interval"]
        share = f"{of['together']:.2f} ({low:.2f}–{high:.2f})"
        lines.append(f"{kind:27} {of['count']:5}  {of['alone']:5.2f}  {share:18} {of['gain']:+.2f} ({least:+.2f} to {most:+.2f})")
    missed = [one for one in outcomes if not one.together and one.kind != UNRELATED]
    named = [f"  {one.id}  {' › '.join(one.turns)}" for one in missed]
    return "\n".join([*lines, *(["", "Not answered rightly:", *named] if named else [])])
