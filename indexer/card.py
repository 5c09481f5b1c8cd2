"""What an exported model says of itself, in a file beside model.onnx and tokenizer.json."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import ClassVar, Self

from corpus.errors import EncoderError


@dataclass(frozen=True, slots=True)
class Card:
    """The facts of one exported model, each a field; `export_version` is among them.

    FILE: the card's name. KIND: what the model is called. VERSION: of exports that this program reads.
    """

    FILE: ClassVar[str]
    KIND: ClassVar[str]
    VERSION: ClassVar[int]

    def write(self, folder: Path) -> None:
        (folder / self.FILE).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The card in `folder`. Raises EncoderError when there is none, or none that this version understands."""
        path = folder / cls.FILE
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            card = cls(**{field.name: _frozen(found[field.name]) for field in fields(cls)})
            version = int(found["export_version"])
        except OSError as error:
            raise EncoderError(f"{folder} holds no exported {cls.KIND}: {cls.FILE} cannot be read ({error.strerror}).") from error
        except (ValueError, KeyError, TypeError) as error:
            raise EncoderError(f"{path} is damaged ({error!r}). Delete {folder}; the model is exported again when next used.") from error
        if version != cls.VERSION:
            raise EncoderError(
                f"{folder} was exported as version {version}, and this isobot reads version {cls.VERSION}. "
                "Run `isobot index` to rebuild with a fresh export."
            )
        return card


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
