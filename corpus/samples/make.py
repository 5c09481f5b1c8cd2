"""Render the sources into the documents that `corpus/policies/` holds: `python -m corpus.samples.make [FOLDER]`.

The rendering libraries are development dependencies, so the made documents are kept beside the ones written as Markdown.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from corpus.samples.source import Source, read_source

SOURCES = Path(__file__).parent / "sources"
POLICIES = Path(__file__).parents[1] / "policies"
RENDERERS = {
    "docx": "corpus.samples.word:word",
    "html": "corpus.samples.webpage:page",
    "pdf": "corpus.samples.portable:portable",
    "pptx": "corpus.samples.slides:slides",
    "xlsx": "corpus.samples.workbook:workbook",
}


def renderer(name: str) -> Callable[[Source], bytes]:
    """What turns a source into a file of the format `name`. Raises KeyError for a format that is not in RENDERERS."""
    module, _, attribute = RENDERERS[name].partition(":")
    render: Callable[[Source], bytes] = getattr(import_module(module), attribute)
    return render


def make(folder: Path) -> list[Path]:
    """Write every made document into `folder`; the paths in the order of their names."""
    made = []
    for path in sorted(SOURCES.glob("*.md")):
        source = read_source(path)
        target = folder / source.name
        target.write_bytes(renderer(source.properties["format"])(source))
        made.append(target)
    return made


if __name__ == "__main__":
    for made_document in make(Path(sys.argv[1]) if len(sys.argv) > 1 else POLICIES):
        print(made_document.name)
