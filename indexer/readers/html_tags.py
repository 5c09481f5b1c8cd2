"""HTML's elements: which show no text of the document, which begin a block, which set text off, and all of their names."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from indexer.readers.html_styles import BOLDNESS

_DROPPED = """
script style nav template noscript svg math iframe object audio video canvas button select input textarea head title dialog
"""
_BLOCKS = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul
"""
_ALL = """
a abbr address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code col colgroup
data dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr
html i iframe img input ins kbd label legend li link main map mark meta meter nav noscript object ol optgroup option output p
param picture pre progress q rp rt ruby s samp script section select small source span strike strong style sub summary sup svg
table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
"""

DROPPED = frozenset(_DROPPED.split())
BLOCKS = frozenset(_BLOCKS.split())
ALL = frozenset(_ALL.split())
BOLD = frozenset({"b", "strong", "dt", "u", "summary", "button"})  # less what styles make of them: see `is_bold`
HEADINGS = {f"h{level}": level for level in range(1, 7)}
TITLED = frozenset({"summary", "dt", "th", *HEADINGS})  # elements in which a button is their words, which it folds
FOLDING = re.compile(r"accordion|collaps|expand|faq", re.IGNORECASE)  # in the class of a button that does so by itself
CONTROLS = re.compile(
    r"\W*(?:(?:open|close|toggle|show|hide|expand|collapse)\W*)?(?:(?:main )?menu|navigation|search|filters?|share|language|more|less|"
    r"options|all|settings|contents)?\W*",
    re.IGNORECASE,
)
"""The words of a button that is no part of the text."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def is_bold(node: LexborNode) -> bool:
    """Whether an element sets its words in bold or underlines them: by its style, else by its name."""
    boldness = node.attributes.get(BOLDNESS) if node.is_element_node else None
    return node.tag in BOLD if boldness is None else boldness == "1"


def is_dropped(node: LexborNode) -> bool:
    """Whether an element shows no text of the document, by its name; the button that unfolds a part of it bears that part's title."""
    tag = node.tag or ""
    return tag in DROPPED and not (tag == "button" and _unfolds(node))


def _unfolds(button: LexborNode) -> bool:
    attributes = button.attributes
    around = button.parent
    titled = any(node.tag in TITLED for node in (around, around.parent) if node is not None) if around is not None else False
    folding = titled or "aria-expanded" in attributes or FOLDING.search(attributes.get("class") or "") is not None
    return folding and CONTROLS.fullmatch(button.text()) is None


def heading_level(node: LexborNode) -> int:
    """The level at which an element is a heading, by its name or its role; 0 for another."""
    if node.tag in HEADINGS:
        return HEADINGS[node.tag]
    if not node.is_element_node or node.attributes.get("role") != "heading":
        return 0
    level = node.attributes.get("aria-level") or ""
    return min(int(level), 9) if level.isdecimal() and level != "0" else 2


def is_hidden(node: LexborNode) -> bool:
    """Whether a node shows nothing, as its own attributes say."""
    if not node.is_element_node:
        return not node.is_text_node
    attributes = node.attributes
    return bool(attributes) and ("hidden" in attributes or bool(HIDDEN.search((attributes.get("style") or "").lower())))
