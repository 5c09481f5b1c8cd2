"""Small random sentence-transformers models, written to a folder as a person's own model would be."""

from __future__ import annotations

from pathlib import Path

_WORDS = "[PAD] [UNK] [CLS] [SEP] the a no . , password key laptop visitor staff review access month hour may must not"


def write_vocabulary(folder: Path) -> list[str]:
    """The pieces of a tokenizer that can spell everything in small letters, written to vocab.txt."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    pieces = [*_WORDS.split(), *letters, *(f"##{letter}" for letter in letters)]
    (folder / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    return pieces


def write_tiny_bert(
    folder: Path, pooling: str = "mean", dense: int | None = None, prompts: dict[str, str] | None = None, outlier: float = 0.0
) -> Path:
    """A BERT of two layers, 32 dimensions and 24 tokens, with random weights.

    pooling: a pooling mode of sentence-transformers. dense: width of a dense layer after it. outlier: value of one
    inner activation that nothing reads, which costs full precision nothing and int8 everything.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Dense, Normalize, Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(5)
    plain = folder / "plain"
    plain.mkdir(parents=True)
    pieces = write_vocabulary(plain)
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=64, initializer_range=0.5,
    )  # fmt: skip
    model = BertModel(config)
    if outlier:
        with torch.no_grad():
            for layer in model.encoder.layer:
                layer.intermediate.dense.bias[0] = outlier
                layer.output.dense.weight[:, 0] = 0
    model.save_pretrained(plain)
    BertTokenizerFast(vocab=str(plain / "vocab.txt")).save_pretrained(plain)
    transformer = Transformer(str(plain), max_seq_length=24)
    modules = [transformer, Pooling(32, pooling_mode=pooling)]
    if dense:
        modules.append(Dense(32, dense))
    written = folder / "model"
    SentenceTransformer(modules=[*modules, Normalize()], prompts=prompts, device="cpu").save(str(written))
    return written


def write_tiny_cross_encoder(folder: Path, labels: int = 1, types: bool = True) -> Path:
    """A CrossEncoder of two layers and 32 dimensions, with random weights. types: it is told which of the two a token belongs to."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        BertTokenizerFast,
        DistilBertConfig,
        DistilBertForSequenceClassification,
    )

    torch.manual_seed(5)
    plain = folder / "plain-cross"
    plain.mkdir(parents=True)
    pieces = write_vocabulary(plain)
    if types:
        config = BertConfig(
            vocab_size=len(pieces), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
            max_position_embeddings=64, initializer_range=0.3, num_labels=labels,
        )  # fmt: skip
        model = BertForSequenceClassification(config)
    else:
        distilled = DistilBertConfig(
            vocab_size=len(pieces), dim=32, n_layers=2, n_heads=4, hidden_dim=64, max_position_embeddings=64, num_labels=labels,
            initializer_range=0.3,
        )  # fmt: skip
        model = DistilBertForSequenceClassification(distilled)
    model.save_pretrained(plain)
    BertTokenizerFast(vocab=str(plain / "vocab.txt")).save_pretrained(plain)
    written = folder / "cross"
    CrossEncoder(str(plain), device="cpu", max_length=48).save_pretrained(str(written))
    return written
