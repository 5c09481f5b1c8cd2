"""What the settings say about a build."""

from __future__ import annotations

from indexer.build_options import BuildOptions
from indexer.sandbox.limits import Limits
from isobot.settings import Settings


def options_from(settings: Settings) -> BuildOptions:
    return BuildOptions(
        cache=settings.cache / "encoders",
        model=settings.model,
        precision=settings.precision,
        query_prompt=settings.query_prompt,
        passage_prompt=settings.passage_prompt,
        reranker=settings.reranker,
        default_framework=settings.default_framework,
        vectors=settings.vectors,
        limits=limits_from(settings),
        kept=settings.generations_kept,
    )


def limits_from(settings: Settings) -> Limits:
    return Limits(
        seconds=settings.read_seconds,
        memory_mb=settings.read_memory_mb,
        file_mb=settings.read_file_mb,
        pages=settings.read_pages,
        characters=settings.read_characters,
    )
