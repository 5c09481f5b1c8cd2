"""Parts: what each brings to the Slack surface. Another feature joins by a Part of its own; nothing else changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from isobot.slack.limits import Block
from isobot.slack.visit import Services, Visit

Handler = Callable[[Services, Visit], None]
HomeSection = Callable[[Services, str], list[Block]]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Command:
    """A word behind `/isobot`. usage: as `/isobot help` prints it ("control A.8.13"). says: the key of the sentence that says what it does.

    takes: whether what follows the word fits it; where it does not, the whole is a question. Handlers get the rest as `visit.value`.
    """

    handle: Handler
    usage: str
    says: str
    takes: Callable[[str], bool] = bool


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature brings: commands by their word, buttons by action_id, modals by callback_id, message shortcuts by callback_id,
    and sections of App Home in their order. A home section gets the id of whose home it is, and returns no blocks where it has nothing.
    """

    name: str
    commands: Mapping[str, Command] = field(default_factory=dict)
    actions: Mapping[str, Handler] = field(default_factory=dict)
    views: Mapping[str, Handler] = field(default_factory=dict)
    shortcuts: Mapping[str, Handler] = field(default_factory=dict)
    home: tuple[HomeSection, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts as one."""

    commands: Mapping[str, Command]
    actions: Mapping[str, Handler]
    views: Mapping[str, Handler]
    shortcuts: Mapping[str, Handler]
    home: tuple[HomeSection, ...]

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Parts:
        """Raises ValueError where two parts bring the same name."""
        given = list(parts)
        return cls(
            commands=_joined("command", ((part.name, part.commands) for part in given)),
            actions=_joined("action", ((part.name, part.actions) for part in given)),
            views=_joined("view", ((part.name, part.views) for part in given)),
            shortcuts=_joined("shortcut", ((part.name, part.shortcuts) for part in given)),
            home=tuple(section for part in given for section in part.home),
        )


def _joined(kind: str, brought: Iterable[tuple[str, Mapping[str, Value]]]) -> dict[str, Value]:
    joined: dict[str, Value] = {}
    for part, names in brought:
        if twins := sorted(joined.keys() & names):
            raise ValueError(f"The part {part!r} brings the {kind} {twins[0]!r}, which another part has brought already.")
        joined.update(names)
    return joined
