"""Every error that isobot raises on purpose, on one page.

    IsobotError
    ├── InputError              the input or the settings are wrong (exit code 2)
    │   ├── SettingsError
    │   ├── SourceError         a path to index that is missing or holds no document
    │   ├── DocumentError       one document cannot be read; the others are
    │   │   ├── UnsupportedFormatError
    │   │   ├── EmptyDocumentError
    │   │   ├── EncryptedDocumentError
    │   │   └── DamagedDocumentError
    │   ├── QuestionError
    │   ├── FrameworkError      an unknown framework, or an id that it does not have
    │   └── DatasetError        an evaluation dataset that does not fit its form
    ├── GenerationError         the index cannot serve
    │   ├── NoGenerationError   nothing was published yet (exit code 2)
    │   ├── EncoderMismatchError  built by another model or by other settings (exit code 2)
    │   ├── BusyIndexError      another build holds the index
    │   └── DamagedGenerationError
    ├── EncoderError            a model cannot be loaded, exported or trusted
    ├── VectorError             an array of the wrong shape or with an unusable row
    ├── CitationError           a quotation that would not be a slice of its clause
    ├── StateError              what people did cannot be stored or read
    └── SlackError              Slack cannot be reached or refuses

Each message names the thing, the value and what to do next; edges print it and never a traceback.
"""

from __future__ import annotations

DONE = 0
FOUND_NOTHING = 1
BAD_INPUT = 2
FAILED = 3


class IsobotError(Exception):
    """Base of every error raised on purpose; `exit_code` is what a command ends with."""

    exit_code = FAILED


class InputError(IsobotError):
    exit_code = BAD_INPUT


class SettingsError(InputError):
    pass


class SourceError(InputError):
    pass


class DocumentError(InputError):
    """One document cannot be read. The message is the reason alone: whoever reports it names the document."""


class UnsupportedFormatError(DocumentError):
    pass


class EmptyDocumentError(DocumentError):
    pass


class EncryptedDocumentError(DocumentError):
    pass


class DamagedDocumentError(DocumentError):
    pass


class QuestionError(InputError):
    """characters: how many a question has that is too long; 0 for one without words."""

    def __init__(self, message: str, characters: int = 0) -> None:
        super().__init__(message)
        self.characters = characters


class NothingCitedError(QuestionError):
    """Something was asked of what was cited, and there is nothing of the kind. more: what else there is was asked."""

    def __init__(self, more: bool = False) -> None:
        asked = "Nothing else was found." if more else "There is no quotation that this could be about. Please ask your question again."
        super().__init__(asked)
        self.more = more


class FrameworkError(InputError):
    pass


class DatasetError(InputError):
    pass


class GenerationError(IsobotError):
    pass


class NoGenerationError(GenerationError):
    exit_code = BAD_INPUT


class EncoderMismatchError(GenerationError):
    exit_code = BAD_INPUT


class BusyIndexError(GenerationError):
    pass


class DamagedGenerationError(GenerationError):
    pass


class EncoderError(IsobotError):
    pass


class VectorError(IsobotError):
    pass


class CitationError(IsobotError):
    pass


class StateError(IsobotError):
    pass


class SlackError(IsobotError):
    pass
