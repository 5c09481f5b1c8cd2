"""Notes of slides stand behind the policy that they tell of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pptx import Presentation

from indexer.generation import Generation
from isobot.hit import Hit, whole_clause
from isobot.slide_notes import behind_rules
from tests.organisation import index_of

POLICY = "# Mooring Policy\n\n## 1 Boats\n\nEvery boat is moored with two ropes.\n\n## 2 Ropes\n\nA rope is replaced every spring.\n"
OTHER = "# Ferry Policy\n\n## 1 Notes\n\nSee the Mooring Policy.\n"


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Generation:
    base = tmp_path_factory.mktemp("notes")
    (base / "documents").mkdir()
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "Boats", "Moor your boat well"
    slide.notes_slide.notes_text_frame.text = "Mooring Policy, section 1. Ask who has two ropes."
    slides.save(str(base / "documents" / "slides.pptx"))
    (base / "documents" / "mooring.md").write_text(POLICY, encoding="utf-8")
    (base / "documents" / "ferry.md").write_text(OTHER, encoding="utf-8")
    index_of(base / "documents", base / "index", cache)
    return Generation.current(base / "index")


def clause(generation: Generation, path: str, heading: str) -> Hit:
    number = generation.catalogue.number_of(path)
    assert number is not None
    headings = [one.heading for one in generation.catalogue.clauses(number)]
    return whole_clause(generation, number, headings.index(heading))


def test_notes_stand_behind_the_first_clause_of_the_policy_that_they_name(generation: Generation) -> None:
    """The slide itself keeps its place, and so do notes of a document that is no presentation."""
    everything = np.ones(len(generation.catalogue.numbers()), dtype=np.bool_)
    notes, slide = clause(generation, "slides.pptx", "Notes"), clause(generation, "slides.pptx", "Boats")
    boats, ropes = clause(generation, "mooring.md", "Boats"), clause(generation, "mooring.md", "Ropes")
    ferry = clause(generation, "ferry.md", "Notes")
    assert behind_rules(generation, [notes, slide, ropes, boats], everything) == [slide, ropes, notes, boats]
    assert behind_rules(generation, [slide, ferry, ropes], everything) == [slide, ferry, ropes]
    assert behind_rules(generation, [notes, ferry], everything) == [notes, ferry]
    assert behind_rules(generation, [notes, *[ferry] * 4, boats], everything) == [notes, *[ferry] * 4, boats]


def test_what_may_not_be_read_moves_no_notes(generation: Generation) -> None:
    """The policy could not stand among the hits, and its name in the notes counts for nothing."""
    notes, boats = clause(generation, "slides.pptx", "Notes"), clause(generation, "mooring.md", "Boats")
    nothing = np.zeros(len(generation.catalogue.numbers()), dtype=np.bool_)
    assert behind_rules(generation, [notes, boats], nothing) == [notes, boats]
