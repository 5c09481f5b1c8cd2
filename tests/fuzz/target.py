"""What must hold of every file, however wrong it is."""

from __future__ import annotations

import atexit
import traceback
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import indexer
from corpus.errors import DocumentError
from indexer.cut import Cutting, cut
from indexer.cut_record import packed, unpacked
from indexer.readers import read
from indexer.sandbox.limits import Limits
from indexer.sandbox.pool import Sandbox
from tests.indexer.blocks import check_blocks
from tests.indexer.trees import check_tree

HOW = Cutting(window=72, longest=254, framework="iso27001:2022")
OURS = str(Path(indexer.__file__).parent)
EXPLAINED = ("Word's parts", "Excel's parts", "PowerPoint's parts")  # readers whose library raises whatever it likes


def check(file: Path) -> bool:
    """Whether the file is read. What is refused is refused with a sentence, what is read nests, and no fault is in our own code.

    Raises AssertionError, or what our code raised.
    """
    if file.suffix == ".pdf" and _crashes(file):
        return False
    try:
        reading = read(file)
    except DocumentError as problem:
        assert str(problem) and "\n" not in str(problem)
        _raise_own_fault(problem)
        return False
    check_blocks(reading)
    made = cut(file.name, "0" * 64, reading, HOW, words_in)
    check_tree(reading, made.clauses)
    for passage in made.passages:
        clause = made.clauses[passage.clause]
        assert clause.start <= passage.start < passage.end <= clause.end
        assert reading.text.characters[passage.start : passage.end].strip()
    again = unpacked(packed(made))
    assert packed(again) == packed(made)
    return True


def _crashes(file: Path) -> bool:
    """Whether pdfium ends its process over the file, which is what the sandbox is for; here it would end the fuzzing."""
    try:
        _sandbox().read(file)
    except DocumentError as problem:
        return "crashed" in str(problem)
    return False


@cache
def _sandbox() -> Sandbox:
    sandbox = Sandbox(Limits(seconds=10), workers=1)
    atexit.register(sandbox.close)
    return sandbox


def words_in(texts: Sequence[str]) -> list[int]:
    """In place of the tokens that a model counts."""
    return [len(text.split()) for text in texts]


def _raise_own_fault(problem: DocumentError) -> None:
    """The refusal of a file is a fault of ours where an exception that nobody foresaw began in our code."""
    cause = problem.__cause__ or problem.__context__
    if cause is None or isinstance(cause, DocumentError | MemoryError | OSError) or str(problem).startswith(EXPLAINED):
        return
    frames = traceback.extract_tb(cause.__traceback__)
    if frames and frames[-1].filename.startswith(OURS) and "cannot be read (" in str(problem):
        raise cause
