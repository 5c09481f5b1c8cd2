"""Formulas of a page are read once, as a person reads them."""

from __future__ import annotations

import pytest

from indexer.readers.canvas import Canvas
from indexer.readers.html import write_html
from tests.indexer.blocks import words


def read(page: str) -> list[str]:
    canvas = Canvas()
    write_html(canvas, page)
    return words(canvas.reading())


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("<mi>r</mi><mo>=</mo><mi>p</mi><mo>×</mo><mi>i</mi>", "r = p × i"),
        ("<mo>-</mo><mn>4</mn><mo>&lt;</mo><msup><mi>x</mi><mn>2</mn></msup>", "-4 < x^2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac>", "(a + 1)/2"),
        ("<msqrt><mn>16</mn></msqrt><mo>≥</mo><msubsup><mi>a</mi><mn>1</mn><mi>n</mi></msubsup>", "√16 ≥ a_1^n"),
        ("<mi>f</mi><mo>\u2061</mo><mfenced><mi>x</mi><mi>y</mi></mfenced>", "f(x, y)"),
        ("<semantics><mtext>high</mtext><annotation>\\text{high}</annotation></semantics>", "high"),
        ("", "r"),
    ],
)
def test_a_formula_is_one_line(formula, shown):
    """With what is drawn above, below or beside; one that says nothing shows the words that stand for it."""
    assert read(f"<p>Score: <math alttext='r'>{formula}</math>.</p>") == [f"Score: {shown}."]


@pytest.mark.parametrize(
    "page",
    [
        "<span class='katex'><span class='katex-mathml'>{}</span><span class='katex-html' aria-hidden='true'>r≥12</span></span>",
        "<mjx-container class='MathJax'><mjx-math><mjx-mi>r</mjx-mi></mjx-math><mjx-assistive-mml>{}</mjx-assistive-mml></mjx-container>",
        "<span class='mwe-math-element'><span style='display: none'>{}</span><img alt='{{r}}'></span>",
    ],
)
def test_what_draws_a_formula_does_not_double_it(page):
    """Programs show a picture or letters of their own beside the MathML that they hide."""
    formula = "<math><mi>r</mi><mo>≥</mo><mn>12</mn></math>"
    assert read(f"<p>Treat {page.format(formula)} and {page.format(formula)}.</p>") == ["Treat r ≥ 12 and r ≥ 12."]
