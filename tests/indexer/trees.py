"""What holds of every tree of clauses."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.clause import Clause
from indexer.readers.base import BlockKind, Reading


def check_tree(made: Reading, clauses: Sequence[Clause]) -> None:
    """Clauses stand in order, nest, and hold each character that is not furniture in exactly one innermost clause."""
    depth = [0] * len(made.text.characters)
    for position, clause in enumerate(clauses):
        assert clause.start <= clause.body <= clause.end
        assert position == 0 or clauses[position - 1].start <= clause.start
        if clause.parent is None:
            assert clause.level == 1
        else:
            parent = clauses[clause.parent]
            assert clause.parent < position
            assert parent.level + 1 == clause.level
            assert parent.start <= clause.start <= clause.end <= parent.end
        for at in range(clause.start, clause.end):
            assert depth[at] == clause.level - 1
            depth[at] = clause.level
    for block in made.blocks:
        assert block.kind is BlockKind.FURNITURE or all(depth[block.start : block.end])
