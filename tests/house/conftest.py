"""The variables under which commands are tried on the sample organisation's index."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.tree import sample_environment


@pytest.fixture(scope="session")
def environment(sample_index: Path, encoder_cache: Path) -> dict[str, str]:
    """Variables under which `isobot` asks the sample organisation's index."""
    return sample_environment(sample_index, encoder_cache.parent)
