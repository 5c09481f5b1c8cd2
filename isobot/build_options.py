"""What the settings say about a build."""

from __future__ import annotations

from indexer.build import BuildOptions
from isobot.settings import Settings


def options_from(settings: Settings) -> BuildOptions:
    return BuildOptions(
        cache=settings.cache / "encoders",
        model=settings.model,
        precision=settings.precision,
        query_prompt=settings.query_prompt,
        passage_prompt=settings.passage_prompt,
        default_framework=settings.default_framework,
    )
