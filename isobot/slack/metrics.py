"""What the bot counts and times, for Prometheus. The names are a contract with whoever watches them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram

from isobot.slack.logs import QUESTION

if TYPE_CHECKING:
    from corpus.answer import Answer

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

REGISTRY = CollectorRegistry()
QUESTIONS = Counter("isobot_questions", "Questions that were answered or abstained from.", ["surface"], registry=REGISTRY)
ABSTENTIONS = Counter("isobot_abstentions", "Questions that the documents did not answer.", ["surface"], registry=REGISTRY)
FAILURES = Counter("isobot_failures", "Failures that a person was told of with a reference.", registry=REGISTRY)
LIMITED = Counter("isobot_rate_limited", "Calls that Slack answered with 429.", registry=REGISTRY)
STAGE = Histogram(
    "isobot_stage_seconds",
    "Latency by stage: answer (search and cite), record (into the state), reply (all of it, until the message stands ready), "
    "post (from there until Slack has it).",
    ["stage"], buckets=SECONDS, registry=REGISTRY,
)  # fmt: skip

log = logging.getLogger("isobot.slack")


def note(answer: Answer, answer_id: str, surface: str) -> None:
    """Count a recorded answer, and tell the log of it."""
    QUESTIONS.labels(surface).inc()
    if answer.abstained:
        ABSTENTIONS.labels(surface).inc()
    STAGE.labels("answer").observe(answer.milliseconds / 1000)
    facts = {"answer": answer_id, "surface": surface, "abstained": answer.abstained, "confidence": round(answer.confidence, 4)}
    facts |= {"generation": answer.generation, "milliseconds": round(answer.milliseconds, 1)}
    log.info("abstained" if answer.abstained else "answered", extra={**facts, QUESTION: answer.question})
