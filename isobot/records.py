"""Answers in the form that `--json` prints."""

from __future__ import annotations

from typing import Any

from corpus.answer import Answer
from isobot.citation import as_record


def answer_record(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 4),
        "owner": answer.owner,
        "citations": [as_record(citation) for citation in answer.citations],
        "nearest": [as_record(citation) for citation in answer.nearest],
        "notices": list(answer.notices),
        "differs": [list(pair) for pair in answer.differs],
        "phrased": [{"text": phrase.text, "citations": list(phrase.citations)} for phrase in answer.phrased],
        "understood": answer.understood or answer.question,
        **({"whole_clause": answer.citations[0].whole_clause} if answer.whole and answer.citations else {}),
        "generation": answer.generation,
        "milliseconds": round(answer.milliseconds, 1),
    }
