"""Which parts the bot has. A new feature adds its own here."""

from __future__ import annotations

from isobot.slack.answers_part import answers_part, help_part
from isobot.slack.controls_part import controls_part
from isobot.slack.curation_part import curation_part
from isobot.slack.home_part import home_part
from isobot.slack.owner_part import owner_part
from isobot.slack.parts import Parts
from isobot.slack.settings_part import settings_part


def all_parts() -> Parts:
    """Every part, in the order in which help and App Home show them."""
    parts = [answers_part(), controls_part(), owner_part(), home_part(), curation_part(), settings_part()]
    return Parts.of([*parts, help_part(parts)])
