"""The attention of an exported network, which tracing spells out in two dozen small operators a layer, as one operator of ONNX Runtime."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onnx import NodeProto

DOMAIN = "com.microsoft"
BY_HEADS, KEYS_BY_HEADS = [0, 2, 1, 3], [0, 2, 3, 1]  # of (text, tokens, heads, head): what parts the heads, and what turns keys besides


def fuse_attention(path: Path, heads: int) -> int:
    """Rewrite the ONNX file with one operator for each softmax(scale·Q·Kᵀ)·V without a mask; how many there were.

    heads: of each. What is computed otherwise, by a position bias or turned queries, stays as it was traced.
    """
    import onnx

    model = onnx.load(path)
    graph = _Graph(model.graph)
    fused = {id(ends): node for soft in model.graph.node if soft.op_type == "Softmax" for ends, node in graph.attention(soft, heads)}
    if fused:
        nodes = _needed([fused.get(id(node), node) for node in model.graph.node], {output.name for output in model.graph.output})
        del model.graph.node[:]
        model.graph.node.extend(nodes)
        model.opset_import.append(onnx.helper.make_opsetid(DOMAIN, 1))
        onnx.save(model, path)
    return len(fused)


class _Graph:
    """A traced graph: what makes each value, and what takes it."""

    def __init__(self, graph: Any) -> None:
        self._maker: dict[str, NodeProto] = {name: node for node in graph.node for name in node.output}
        self._takers: dict[str, list[NodeProto]] = {}
        for node in graph.node:
            for name in node.input:
                self._takers.setdefault(name, []).append(node)

    def attention(self, soft: NodeProto, heads: int) -> list[tuple[NodeProto, NodeProto]]:
        """The node at which the attention around a softmax ends, and the operator to take its place; empty where it is of another kind."""
        import onnx

        scores, scale = self._scaled(soft.input[0])
        mixed = self._taker(soft.output[0], "MatMul")
        joined = self._taker(mixed.output[0], "Transpose") if mixed else None
        ends = self._taker(joined.output[0], "Reshape") if joined and _order(joined) == BY_HEADS else None
        if scores is None or mixed is None or ends is None or mixed.input[0] != soft.output[0]:
            return []
        taken = [(scores.input[0], BY_HEADS), (scores.input[1], KEYS_BY_HEADS), (mixed.input[1], BY_HEADS)]
        sources = [self._before_heads(name, order) for name, order in taken]
        if not all(sources):
            return []
        made = onnx.helper.make_node(
            "MultiHeadAttention", sources, list(ends.output), name=f"{soft.name}/fused", domain=DOMAIN, num_heads=heads, scale=scale
        )
        return [(ends, made)]

    def _scaled(self, name: str) -> tuple[NodeProto | None, float]:
        """The product of queries and keys behind a softmax's input, and the constant that it is multiplied with."""
        from onnx.numpy_helper import to_array

        node, scale = self._maker.get(name), 1.0
        if node is not None and node.op_type == "Mul":
            factor = self._maker.get(node.input[1])
            if factor is None or factor.op_type != "Constant":
                return None, scale
            node, scale = self._maker.get(node.input[0]), float(to_array(factor.attribute[0].t))
        return (node if node is not None and node.op_type == "MatMul" else None), scale

    def _before_heads(self, name: str, order: list[int]) -> str:
        """The value of (text, tokens, hidden) that was parted into heads; "" where none was."""
        turned = self._maker.get(name)
        parted = self._maker.get(turned.input[0]) if turned is not None and _order(turned) == order else None
        return str(parted.input[0]) if parted is not None and parted.op_type == "Reshape" else ""

    def _taker(self, name: str, kind: str) -> NodeProto | None:
        """The one node that takes a value, if it is of the kind."""
        takers = self._takers.get(name, [])
        return takers[0] if len(takers) == 1 and takers[0].op_type == kind else None


def _order(node: NodeProto) -> list[int]:
    """Of a transposition; empty for any other node."""
    return [place for attribute in node.attribute for place in attribute.ints] if node.op_type == "Transpose" else []


def _needed(nodes: list[NodeProto], wanted: set[str]) -> list[NodeProto]:
    """The nodes, in their order, without those that nothing needs any more. wanted: names of the graph's outputs."""
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            wanted.update(node.input)
            kept.append(node)
    return kept[::-1]
