"""The guidance that ships: complete, in order, laid out alike, and read as what it is."""

from __future__ import annotations

import re

import pytest

from corpus.clause import Clause
from corpus.control import ControlKind
from corpus.document import GUIDANCE, Document, Status
from corpus.library import crosswalks, framework
from indexer.guidance import FOLDER, controls_in, guidance
from indexer.links import control_links
from indexer.metadata import describe
from indexer.outline import outline
from indexer.readers.base import Reading

Guide = tuple[Document, Reading, tuple[Clause, ...]]


@pytest.fixture(scope="module")
def guides() -> dict[str, list[Guide]]:
    """Documents of each framework, by chapter: clauses 4 to 10 first, then A.5 and on."""
    found: dict[str, list[Guide]] = {}
    for source in guidance():
        reading = source.read()
        document, warnings = describe(source.path, source.sha256(), reading)
        assert (warnings, reading.warnings) == ((), ())
        assert document.framework is not None
        found.setdefault(document.framework, []).append((document, reading, tuple(outline(reading, document.title))))
    for name in found:
        found[name].sort(key=lambda guide: [int(part) for part in re.findall(r"\d+", guide[2][0].number or "")[:1]])
        found[name].sort(key=lambda guide: (guide[2][0].number or "").startswith("A"))
    return found


def paragraphs(guide: Guide, position: int) -> list[str]:
    """Of one clause, without those of the clauses in it."""
    _, reading, clauses = guide
    end = next((clause.start for clause in clauses[position + 1 :]), len(reading.text.characters))
    body = reading.text.characters[clauses[position].body : min(end, clauses[position].end)]
    return [line for line in body.split("\n") if line.strip()]


@pytest.mark.parametrize("name", ["iso27001:2022", "iso27001:2013"])
def test_every_clause_and_control_has_one_entry_in_the_standards_order(name, guides):
    """With the id and the title that the framework has."""
    headings = [(clause.number, clause.heading) for _, _, clauses in guides[name] for clause in clauses]
    assert headings == [(control.id, control.title) for control in framework(name).controls]
    assert sum(controls_in(document, clauses) for document, _, clauses in guides[name]) == len(framework(name).controls)


def test_each_control_of_the_present_edition_says_what_it_asks_what_is_looked_for_and_what_it_means(guides):
    """Three paragraphs: of two to seven sentences, of an auditor, and for staff. What only gathers others has one."""
    parents = {control.parent for control in framework("iso27001:2022").controls}
    for guide in guides["iso27001:2022"]:
        for position, clause in enumerate(guide[2]):
            found = paragraphs(guide, position)
            if clause.number in parents:
                assert len(found) == 1, clause.label
                continue
            assert len(found) == 3, clause.label
            assert 2 <= len(re.findall(r"[.!?](?:\s|$)", found[0])) <= 7, clause.label
            assert found[1].startswith("An auditor "), clause.label
            assert found[2].startswith("For staff: "), clause.label


def test_each_control_of_the_former_edition_names_what_it_became(guides):
    """By the crosswalk; a control that was split or joined names each of its successors."""
    (walk,) = [c for c in crosswalks() if (c.source, c.target) == ("iso27001:2013", "iso27001:2022")]
    former = {control.id for control in framework("iso27001:2013").controls if control.kind is ControlKind.CONTROL}
    named = 0
    for guide in guides["iso27001:2013"]:
        document, reading, clauses = guide
        links, _ = control_links(reading.text.characters, clauses, document, "iso27001:2022")
        for position, clause in enumerate(clauses):
            if clause.number in former:
                said = {link.id for link in links[position] if link.framework == "iso27001:2022"}
                assert said == {target for source, _, target in walk.pairs if source == clause.number}, clause.label
                named += 1
    assert named == 114


def test_guidance_is_read_as_guidance(guides):
    """Of the collection, in force, for everybody, owned by nobody; every id in it exists, and none is guessed."""
    for of_framework in guides.values():
        for document, reading, clauses in of_framework:
            assert (document.collection, document.status, document.audience) == (GUIDANCE, Status.IN_FORCE, None)
            assert (document.owner, document.review_by, document.expires, document.controls) == (None, None, None, ())
            links, unknown = control_links(reading.text.characters, clauses, document, "iso27001:2022")
            assert unknown == ()
            assert not any(link.ambiguous for of_clause in links.values() for link in of_clause)


def test_guidance_gives_way_to_a_document_of_the_same_path():
    """Then all of it stands in a folder of another name."""
    name = sorted(file.name for file in FOLDER.glob("*.md"))[0]
    assert {source.path.split("/")[0] for source in guidance()} == {"guidance"}
    assert {source.path.split("/")[0] for source in guidance({f"guidance/{name}"})} == {"isobot-guidance"}


def test_what_is_new_in_2022_is_said_to_be(guides):
    """The eleven controls without a source in :2013, and clause 6.3; nothing else claims it."""
    new = {
        clause.number
        for guide in guides["iso27001:2022"]
        for position, clause in enumerate(guide[2])
        if re.search(r"new in the edition of 2022", " ".join(paragraphs(guide, position)))
    }
    expected = ["6.3"] + [f"A.{id}" for id in ["5.7", "5.23", "5.30", "7.4", "8.9", "8.10", "8.11", "8.12", "8.16", "8.23", "8.28"]]
    assert new == set(expected)
