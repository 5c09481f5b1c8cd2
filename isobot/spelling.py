"""Spelling: a word of a question that stands in no document, and is one slip of the keys away from one that does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from string import ascii_lowercase
from typing import Protocol

from indexer.analysis import QUESTION_WORDS, analyse, bigrams, fold, stems
from indexer.encoders.base import Encoder
from indexer.generation import Generation, Mask
from indexer.keywords import Keywords

SHORTEST = 5  # letters; in a shorter word a slip makes another word as often as not
LONG = 7  # letters from which on a wrong letter counts, too: "vetting" is no "setting", and "pinged" no "pinned"
MOST = 20  # unknown words of a question that are looked into; each takes some milliseconds
LOOKED_AT = 30  # passages with a stem, in which the word itself is looked for
_WORD = re.compile(rf"(?<![\w'’.@/-])[A-Za-z]?[a-z]{{{SHORTEST - 1},30}}(?![\w'’@/-])")  # acronyms, ids and addresses are spelt as they are


class Vocabulary(Protocol):
    """Which words there are, for who asks."""

    def is_common(self, word: str) -> bool:
        """Whether the word is known everywhere, and so is meant as it is typed."""
        ...

    def frequencies(self, words: Sequence[str]) -> list[int]:
        """How many passages hold a word of the same stem, for each of these words of the letters a to z."""
        ...

    def stands(self, word: str) -> bool:
        """Whether a passage holds the word itself."""
        ...


@dataclass(frozen=True, slots=True)
class Readable:
    """The words of what may be read. passages: bool array (passages,). clauses: bool array (clauses with passages,).

    What stands elsewhere is as if it were nowhere.
    """

    generation: Generation
    encoder: Encoder
    passages: Mask
    clauses: Mask

    def is_common(self, word: str) -> bool:
        return self.encoder.count_tokens([word]) == [1]

    def frequencies(self, words: Sequence[str]) -> list[int]:
        return self._keywords.frequencies(stems(words), self.passages)

    def stands(self, word: str) -> bool:
        found = self._keywords.holding(stems([word])[0], self.passages)[:LOOKED_AT]
        return any(re.search(rf"\b{word}\b", fold(self._text(int(row)))) for row in found)

    def named(self, name: str) -> int:
        tokens = analyse(name)
        if pairs := bigrams(tokens):
            return min(self.generation.keywords("clause_pairs").frequencies(pairs, self.clauses))
        return min(self._keywords.frequencies(tokens, self.passages), default=0)

    @property
    def _keywords(self) -> Keywords:
        return self.generation.keywords("passages")

    def _text(self, row: int) -> str:
        document, _, start, end, _ = (int(value) for value in self.generation.passages[row])
        return self.generation.text(document).characters[start:end]


def spelled(question: str, vocabulary: Vocabulary) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A question as it was meant, and each misspelt word of it with what it was taken for."""
    typed = dict.fromkeys(match.group() for match in _WORD.finditer(question))
    known = vocabulary.frequencies([fold(word) for word in typed])
    unseen = (word for word, frequency in zip(typed, known, strict=True) if not frequency)
    unknown = islice((word for word in unseen if _is_unknown(fold(word), vocabulary)), MOST)
    mended = {word: found for word in unknown if (found := _meant(fold(word), vocabulary))}
    return _WORD.sub(lambda match: mended.get(match.group(), match.group()), question), tuple(mended.items())


def _is_unknown(word: str, vocabulary: Vocabulary) -> bool:
    return not (word in QUESTION_WORDS or vocabulary.is_common(word))


def _meant(word: str, vocabulary: Vocabulary) -> str | None:
    """What an unknown word is taken for: of the words one slip away the most frequent; None for a word that is meant as it is typed."""
    near = list(dict.fromkeys(one for one in _near(word) if one not in QUESTION_WORDS))
    counted = dict(zip(near, vocabulary.frequencies(near), strict=True))
    ranked = sorted((one for one in near if counted[one]), key=lambda one: (-counted[one], one))
    return next(filter(vocabulary.stands, ranked), None)


def _near(word: str) -> Iterator[str]:
    """Words one slip away that begin alike: a letter left out, typed twice, or in its neighbour's place; of a long word also any wrong
    or needless one. Source: Damerau, "A technique for computer detection and correction of spelling errors", 1964.
    """
    for at in range(1, len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in ascii_lowercase)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        if after and (len(word) >= LONG or after[0] == before[-1]):
            yield before + after[1:]
        if after and len(word) >= LONG:
            yield from (before + letter + after[1:] for letter in ascii_lowercase)
