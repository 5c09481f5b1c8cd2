"""An answer shown again, from what was recorded and from the texts, whatever was indexed since."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import DamagedGenerationError, NoGenerationError, SourceError
from indexer.generation import Generation
from indexer.texts import TextStore
from isobot.settings import Settings
from isobot.state.records import AnswerRecord, CitedSlice
from isobot.state.store import Store


class Standing(StrEnum):
    """What became of a cited document in the index that is served now."""

    SAME = "the document is unchanged since"
    REWRITTEN = "the document was changed since"
    RENAMED = "the document is unchanged since, under another path"
    GONE = "the document is no longer in the index"
    UNKNOWN = "no index is served that it could be compared with"


@dataclass(frozen=True, slots=True)
class Quotation:
    """quote: the words as they were shown; None where their text is lost or damaged, and then `problem` says how."""

    cited: CitedSlice
    quote: str | None
    standing: Standing
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Replay:
    """asker: who asked, as the surface names people; None when they were erased. intact: whether the record is what was recorded."""

    record: AnswerRecord
    asker: str | None
    intact: bool
    quotations: tuple[Quotation, ...]

    @property
    def whole(self) -> bool:
        """Whether the answer is shown as it was given, to the letter."""
        return self.intact and all(one.quote is not None for one in self.quotations)


def replay(store: Store, settings: Settings, answer_id: str) -> Replay:
    """Show an answer again. Raises SourceError where the state holds none by that id, StateError."""
    record = store.answer(answer_id)
    if record is None:
        raise SourceError(f"The state holds no answer {answer_id!r}. `isobot audit export` lists the answers that it holds.")
    try:
        served = Generation.current(settings.index)
    except NoGenerationError:
        served = None
    cited = record.citations or record.nearest
    quotations = tuple(_quotation(settings, served, one) for one in cited)
    return Replay(record, store.people.identity_of(record.asker_ref), record.computed_hash() == record.hash, quotations)


def _quotation(settings: Settings, served: Generation | None, cited: CitedSlice) -> Quotation:
    standing = _standing(served, cited)
    try:
        texts = TextStore(settings.index)
        try:
            characters = texts.get(cited.text_sha256).characters
        finally:
            texts.close()
    except DamagedGenerationError as problem:
        return Quotation(cited, None, standing, str(problem))
    return Quotation(cited, characters[cited.start : cited.end], standing)


def _standing(served: Generation | None, cited: CitedSlice) -> Standing:
    if served is None:
        return Standing.UNKNOWN
    number = served.catalogue.number_of(cited.path)
    if number is not None:
        return Standing.SAME if served.document(number).text_sha256 == cited.text_sha256 else Standing.REWRITTEN
    every = (served.document(number).text_sha256 for number in served.catalogue.numbers())
    return Standing.RENAMED if cited.text_sha256 in every else Standing.GONE
