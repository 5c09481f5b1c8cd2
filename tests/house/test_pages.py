"""The four pages: no dead link, no path of somebody's machine, no target that make does not have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, PAGES, ROOT

MACHINE = re.compile(r"(?<![\w.:/~-])/(?:work|root|home|Users|private|mnt|tmp)\b|[A-Z]:\\\\")
NAMED = re.compile(rf"`((?:{'|'.join((*PACKAGES, 'tests'))})/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)\b")

page = pytest.mark.parametrize("page", PAGES, ids=[path.name for path in PAGES])


@page
def test_no_page_names_a_path_of_a_machine(page: Path) -> None:
    """A reader's folders are not the writer's."""
    assert not MACHINE.findall(page.read_text(encoding="utf-8"))


@page
def test_every_link_leads_somewhere(page: Path) -> None:
    """A link inside the tree names a file that is there, and a heading that is in it."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


@page
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    """`indexer/build.py` in a text is a file or a folder of the tree; a name in capitals stands for one to be written."""
    named = [name for name in NAMED.findall(page.read_text(encoding="utf-8")) if not Path(name).stem.isupper()]
    missing = [name for name in named if not (ROOT / name).exists()]
    assert not missing


def test_pages_and_makefile_know_the_same_targets() -> None:
    """Every target is told of, and none is told of that does not exist."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    said = {name for path in PAGES for name in MAKE.findall("\n".join(code(path.read_text(encoding="utf-8"))))}
    assert said == targets


def code(text: str) -> list[str]:
    """What a page sets as code, in blocks and in lines."""
    return re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL) + re.findall(r"`[^`\n]+`", text)


def anchors(file: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
