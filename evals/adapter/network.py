"""The encoder as it is trained: token ids in, vectors with gradients out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

from corpus.errors import EncoderError
from evals.adapter.training_set import HeadedPassage, Span
from indexer.encoders.adapter import parted
from indexer.encoders.onnx import source_of_base
from indexer.encoders.original import Original, load_original
from indexer.exporting import sound

TRAINABLE = (("mean",), ("mean", "normalize"))  # poolings whose parts are means of the same tokens
AT_ONCE = 512  # texts without gradients
SIDE_BY_SIDE = 32  # passages in one run; more would be padded to a greater length, in memory that a laptop does not have


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """Unit rows of passages, float32.

    headed, bare: (n, dimensions), of the passage with what stands above it, and of its own tokens there. sentences: (s, dimensions),
    of all their sentences in order. owners: int64 (s,), ascending: the row of each sentence's passage.
    """

    headed: Tensor
    bare: Tensor
    sentences: Tensor
    owners: Tensor


@dataclass(frozen=True, slots=True)
class _Read:
    """Token ids of a passage, and of its parts the ranges of tokens."""

    ids: list[int]
    parts: list[Span]


class Network:
    """A transformer of PyTorch and its tokenizer, which give the vectors that the exported encoder gives."""

    def __init__(self, original: Original, query_prompt: str = "", passage_prompt: str = "", device: str | None = None) -> None:
        """device: of PyTorch; None takes CUDA where there is one. Raises EncoderError for a model that does not pool by the mean."""
        if original.pooling not in TRAINABLE:
            raise EncoderError(
                f"The model {original.name} pools by {' and '.join(original.pooling)}; an adapter is trained for models that pool by the "
                "mean of their tokens alone. Choose another model."
            )
        self.name = original.name
        self.device = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        self.transformer: Any = original.network[0].auto_model.to(self.device).eval()
        if getattr(self.transformer, "_supports_sdpa", False):
            self.transformer.set_attn_implementation("sdpa")  # a fraction of the memory; only an export needs the other kind
        self._tokenizer = Tokenizer.from_str(original.tokenizer_json())
        self._query_prompt = query_prompt or original.own_prompt("query")
        self._passage_prompt = passage_prompt or original.own_prompt("document", "passage")
        self._known: dict[HeadedPassage, _Read] = {}

    def questions(self, texts: Sequence[str]) -> Tensor:
        """Unit rows, float32 (n, dimensions)."""
        encoded = self._tokenizer.encode_batch([sound(self._query_prompt + text) for text in texts])
        tokens, mask = self._run([one.ids for one in encoded])
        return _mean(tokens, mask)

    def passages(self, some: Sequence[HeadedPassage]) -> PassageVectors:
        """From one run of the transformer over each passage behind what stands above it, beside others of about its length."""
        read = [self._read(passage) for passage in some]
        order = sorted(range(len(read)), key=lambda at: len(read[at].ids))
        headed: dict[int, Tensor] = {}
        parts: dict[int, Tensor] = {}
        for start in range(0, len(order), SIDE_BY_SIDE):
            chosen = order[start : start + SIDE_BY_SIDE]
            whole, inner = self._vectors([read[at] for at in chosen])
            headed |= zip(chosen, whole, strict=True)
            parts |= zip(chosen, torch.split(inner, [len(read[at].parts) for at in chosen]), strict=True)
        rows = self._numbers([row for row, one in enumerate(read) for _ in one.parts])
        first = torch.ones_like(rows, dtype=torch.bool)
        first[1:] = rows[1:] != rows[:-1]
        every = torch.cat([parts[at] for at in range(len(read))])
        return PassageVectors(torch.stack([headed[at] for at in range(len(read))]), every[first], every[~first], rows[~first])

    def _vectors(self, read: Sequence[_Read]) -> tuple[Tensor, Tensor]:
        """Unit rows of the texts, float32 (n, dimensions), and of all their parts in order."""
        ids = [one.ids for one in read]
        if self.device.type == "cpu" and torch.is_grad_enabled():  # run it again going back, rather than keep 6 GB of a batch meanwhile
            tokens, mask = checkpoint(self._run, ids, use_reentrant=False)
        else:
            tokens, mask = self._run(ids)
        sums = functional.pad(tokens.cumsum(1), (0, 0, 1, 0))
        rows = self._numbers([row for row, one in enumerate(read) for _ in one.parts])
        spans = self._numbers([span for one in read for span in one.parts])
        low, high = spans[:, 0], spans[:, 1]
        return _mean(tokens, mask), functional.normalize((sums[rows, high] - sums[rows, low]) / (high - low)[:, None], dim=-1)

    @torch.no_grad()
    def embedded(self, some: Sequence[HeadedPassage]) -> Tensor:
        """Float32 (n, dimensions): the mean of both vectors of each passage, whose product with that of a question ranks it."""
        parts = (self.passages(some[start : start + AT_ONCE]) for start in range(0, len(some), AT_ONCE))
        return torch.cat([(vectors.headed + vectors.bare) / 2 for vectors in parts])

    @torch.no_grad()
    def asked(self, texts: Sequence[str]) -> Tensor:
        """What `questions` gives, of any number of texts and without gradients."""
        return torch.cat([self.questions(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)])

    def _run(self, ids: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """What the transformer says of each token, float32 (n, tokens, dimensions), and which of them are there, float32 (n, tokens)."""
        padded = torch.nn.utils.rnn.pad_sequence([torch.tensor(one) for one in ids], batch_first=True).to(self.device)
        lengths = self._numbers([len(one) for one in ids])
        mask = torch.arange(padded.shape[1], device=self.device)[None] < lengths[:, None]
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            said = self.transformer(input_ids=padded, attention_mask=mask.long()).last_hidden_state
        return said.float(), mask.float()

    def _read(self, passage: HeadedPassage) -> _Read:
        known = self._known.get(passage)
        if known is None:
            encoded = self._tokenizer.encode(sound(self._passage_prompt + passage.text))
            shift = len(self._passage_prompt)
            offsets = [(start - shift, end - shift) for start, end in encoded.offsets]
            known = self._known[passage] = _Read(encoded.ids, [_tokens_within(offsets, part) for part in passage.parts])
        return known

    def _numbers(self, numbers: Sequence[object]) -> Tensor:
        return torch.tensor(numbers, dtype=torch.int64, device=self.device)


def load_network(model: str, query_prompt: str = "", passage_prompt: str = "", device: str | None = None) -> Network:
    """model: as the setting names it; an adapter that it names behind a plus sign is left out. Raises EncoderError for a model that
    cannot be loaded or trained.
    """
    base, _ = parted(model)
    return Network(load_original(base, *source_of_base(base)), query_prompt, passage_prompt, device)


def _mean(tokens: Tensor, mask: Tensor) -> Tensor:
    return functional.normalize((tokens * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


def _tokens_within(offsets: Sequence[Span], part: Span) -> Span:
    """The range of tokens that overlap a range of the text; all of them where it lies beyond what the model reads."""
    start, end = part
    inside = [at for at, (low, high) in enumerate(offsets) if low < end and high > start and low < high]
    return (inside[0], inside[-1] + 1) if inside else (0, len(offsets))
