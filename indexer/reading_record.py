"""A Reading as bytes and back: between processes, and in the cache. JSON, since what comes from a hostile file runs no code here."""

from __future__ import annotations

import json
from typing import Any

from corpus.text import CanonicalText, Page
from indexer.readers.base import Block, BlockKind, Reading

_KINDS = tuple(BlockKind)


def packed(reading: Reading) -> bytes:
    """The Reading as UTF-8 JSON; what documents.toml declares is not part of it."""
    return json.dumps(
        {
            "text": reading.text.characters,
            "pages": [[page.number, page.start, page.end, page.label] for page in reading.text.pages],
            "blocks": [[_KINDS.index(b.kind), b.start, b.end, b.level, b.size, b.bold, b.lead] for b in reading.blocks],
            "properties": dict(reading.properties),
            "warnings": reading.warnings,
            "converter": reading.converter,
        },
        ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")


def unpacked(record: bytes) -> Reading:
    """Raises ValueError for what is no record of a Reading."""
    return reading_from(json.loads(record))


def reading_from(raw: Any) -> Reading:
    """The Reading of a record whose JSON was parsed. Raises ValueError for what is none."""
    try:
        text = CanonicalText(str(raw["text"]), tuple(Page(*page) for page in raw["pages"]))
        blocks = tuple(Block(_KINDS[kind], *rest) for kind, *rest in raw["blocks"])
        properties = {str(key): str(value) for key, value in raw["properties"].items()}
        return Reading(text, blocks, properties, tuple(map(str, raw["warnings"])), converter=str(raw.get("converter", "")))
    except (KeyError, TypeError, IndexError, AttributeError) as problem:
        raise ValueError(f"no record of a reading ({problem})") from None
