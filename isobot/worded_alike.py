"""Whether one sentence has all the words of a question: then it seldom speaks of something else, however far it is in meaning."""

from __future__ import annotations

import re

from indexer.analysis import analyse
from indexer.sentences import sentences

FEWEST = 2  # words of a question's matter: one alone stands in many a sentence
_SAYS_SOMETHING = re.compile(r"\s*(?:\||[-*•]\s|\(?\w{1,3}[.)]\s)|.*[.!?;:][\"”’)]*\Z", re.DOTALL)  # a row, an item or a sentence, no title


def has_all_words(question: str, quotation: str) -> bool:
    """Whether one sentence of the quotation has every word of the question but those that only make it one."""
    asked = frozenset(analyse(question, question=True))
    if len(asked) < FEWEST or not asked <= frozenset(analyse(quotation)):
        return False
    said = (line[start:end] for line in quotation.splitlines() for start, end in sentences(line, 0, len(line)))
    return any(_SAYS_SOMETHING.match(words) and asked <= frozenset(analyse(words)) for words in said)
