"""Attention in exported networks."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from indexer.encoders.attention import fuse_attention

HEADS, HEAD = 4, 8
TOKENS = np.random.default_rng(3).normal(size=(1, 7, HEADS * HEAD)).astype(np.float32)


def write_attention(path, biased):
    """One layer of attention as tracing leaves it. biased: each score is moved by how far its two tokens stand apart."""
    import torch

    class Attention(torch.nn.Module):
        def __init__(self):
            super().__init__()
            torch.manual_seed(5)
            self.query, self.key, self.value, self.out = (torch.nn.Linear(HEADS * HEAD, HEADS * HEAD) for _ in range(4))

        def forward(self, tokens):
            shape = (*tokens.shape[:-1], -1, HEAD)
            query, key, value = (part(tokens).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value))
            scores = query @ key.transpose(2, 3) * HEAD**-0.5
            if biased:
                places = torch.arange(tokens.shape[1])
                scores = scores - (places[:, None] - places[None]).abs()
            mixed = (scores.softmax(-1) @ value).transpose(1, 2).contiguous()
            return self.out(mixed.reshape(*tokens.shape[:-1], -1))

    torch.onnx.export(
        Attention().eval(), (torch.zeros(1, 5, HEADS * HEAD),), str(path), input_names=["tokens"], output_names=["seen"],
        dynamic_axes={"tokens": {1: "tokens"}}, opset_version=17, dynamo=False,
    )  # fmt: skip
    return path


def seen_by(path):
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"]).run(None, {"tokens": TOKENS})[0]


@pytest.mark.filterwarnings("ignore")
def test_traced_attention_becomes_one_operator_that_computes_the_same(tmp_path):
    """For another number of tokens than it was traced with as well."""
    import onnx

    path = write_attention(tmp_path / "plain.onnx", biased=False)
    before = seen_by(path)
    assert fuse_attention(path, HEADS) == 1
    kinds = [node.op_type for node in onnx.load(path).graph.node]
    assert kinds.count("MultiHeadAttention") == 1
    assert not {"Softmax", "Transpose", "Reshape"} & set(kinds)
    np.testing.assert_allclose(seen_by(path), before, atol=1e-6)


@pytest.mark.filterwarnings("ignore")
def test_attention_of_another_kind_stays_as_it_was_traced(tmp_path):
    """A bias by position, which some networks add to the scores, is not lost."""
    path = write_attention(tmp_path / "biased.onnx", biased=True)
    before = path.read_bytes()
    assert fuse_attention(path, HEADS) == 0
    assert path.read_bytes() == before


def test_the_attention_of_the_default_encoder_is_fused_in_every_layer(encoder):
    """All-MiniLM-L6-v2 has six."""
    import onnx

    kinds = [node.op_type for node in onnx.load(encoder.folder / "model.onnx").graph.node]
    assert (kinds.count("MultiHeadAttention"), kinds.count("Softmax")) == (6, 0)
