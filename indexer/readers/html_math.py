"""Formulas of a page in MathML, on one line as a person reads them, whatever else shows them for the eye."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

AROUND = frozenset({"katex", "katex-display", "mwe-math-element", "mathjax", "mathjax_chtml", "mathjax_svg", "mathjax_display"})
"""Classes, in small letters, of what holds a formula together with its picture."""
HOLDERS = frozenset({"mjx-container"})
SPACED = re.compile(r"[=<>≤≥≠≈≡+−±×÷∙·→⇒∈∪∩∧∨-]|&[lg]t;")
SILENT = frozenset({"annotation", "annotation-xml", "mphantom", "mspace"})
BEFORE = {
    "mfrac": ("/",), "msup": ("^",), "mover": ("^",), "msub": ("_",), "munder": ("_",), "msubsup": ("_", "^"), "munderover": ("_", "^"),
}  # fmt: skip
"""What parts the children of an element from its first, as in formulas of Word."""
DEEPEST = 60  # elements within one another
INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")  # that a function is applied, factors multiplied, indices parted


def write_formulas(tree: LexborHTMLParser) -> None:
    """Put the words of each formula in its place, once."""
    for formula in tree.css("math"):
        words = " ".join(_words(formula, 0).split()) or formula.attributes.get("alttext") or ""
        _holder(formula).replace_with(words)


def _holder(formula: LexborNode) -> LexborNode:
    """The outermost element that shows this formula and nothing else."""
    holder, node = formula, formula.parent
    while node is not None:
        classes = (node.attributes.get("class") or "").lower().split() if node.is_element_node else []
        if (node.tag in HOLDERS or not AROUND.isdisjoint(classes)) and len(node.css("math")) == 1:
            holder = node
        node = node.parent
    return holder


def _words(node: LexborNode, depth: int) -> str:
    if node.is_text_node:
        return (node.text_content or "").translate(INVISIBLE)
    if node.tag in SILENT or not node.is_element_node or depth > DEEPEST:
        return ""
    parts = [words for child in _children(node) if (words := _words(child, depth + 1)).strip()]
    match node.tag:
        case "mo":
            sign = "".join(parts).strip()
            return f" {sign} " if SPACED.fullmatch(sign) and node.prev is not None else sign
        case "msqrt" | "mroot":
            return f"√{_whole(''.join(parts[:1] if node.tag == 'mroot' else parts))}"
        case "mfenced":
            return f"({', '.join(parts)})"
        case "semantics":
            return "".join(parts[:1])
        case "mtr":
            return f"{' '.join(parts)}; "
    marks = BEFORE.get(node.tag or "")
    return "".join(parts) if marks is None or len(parts) < 2 else _joined(parts, marks)


def _children(node: LexborNode) -> list[LexborNode]:
    children, child = [], node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _joined(parts: Sequence[str], marks: Sequence[str]) -> str:
    rest = (f"{mark}{_whole(part)}" for mark, part in zip(marks, parts[1:], strict=False))
    return _whole(parts[0]) + "".join(rest)


def _whole(words: str) -> str:
    """In brackets, where it is a term of several."""
    words = words.strip()
    return f"({words})" if " " in words else words
