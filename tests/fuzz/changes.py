"""Files that are nearly right: a right one with a few changes, of its bytes or, inside an Office file, of a part."""

from __future__ import annotations

import io
import zipfile

from hypothesis import strategies as st

from tests.fuzz.seeds import seeds_of, words_of

LONGEST_RUN = 200  # times that a piece is repeated
ARCHIVES = frozenset({".docx", ".xlsx", ".pptx"})


@st.composite
def files(draw: st.DrawFn, suffix: str) -> bytes:
    """The bytes of a file with this suffix."""
    content = draw(st.sampled_from(seeds_of(suffix)))
    if suffix in ARCHIVES and draw(st.integers(0, 9)):
        return _with_changed_part(draw, content, suffix)
    return _changed(draw, content, words_of(suffix))


def _with_changed_part(draw: st.DrawFn, content: bytes, suffix: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as archive:
        names = [name for name in source.namelist() if name.endswith((".xml", ".rels"))]
        chosen = draw(st.sampled_from(names))
        for name in source.namelist():
            part = source.read(name)
            archive.writestr(name, _changed(draw, part, words_of(suffix)) if name == chosen else part)
    return out.getvalue()


def _changed(draw: st.DrawFn, content: bytes, words: list[bytes]) -> bytes:
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(changed)))
        end = min(len(changed), at + draw(st.integers(0, 40)))
        kind = draw(st.sampled_from(["insert", "replace", "delete", "repeat", "bytes", "move", "cut"]))
        if kind in ("insert", "replace"):
            changed[at : end if kind == "replace" else at] = draw(st.sampled_from(words))
        elif kind == "delete":
            del changed[at:end]
        elif kind == "repeat":
            changed[at:at] = bytes(changed[at:end]) * draw(st.integers(1, LONGEST_RUN))
        elif kind == "bytes":
            changed[at:end] = draw(st.binary(max_size=8))
        elif kind == "move":
            piece = bytes(changed[at:end])
            del changed[at:end]
            to = draw(st.integers(0, len(changed)))
            changed[to:to] = piece
        else:
            del changed[at:]
    return bytes(changed)
