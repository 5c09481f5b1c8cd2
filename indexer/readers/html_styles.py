"""What the styles of a page say of its elements, beyond their names: which are bold, and how the items of a list are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

BOLDNESS, FORM, DOTTED = "data-bold", "data-form", "data-dotted"
"""Attributes in which it is noted: "1" or "0"; "(%)" for "(a)"; of lists that count as "1.1", what stands behind that."""
MOST_CSS = 500_000  # characters of style sheets that are read
RULE = re.compile(r"([^{}]{1,1000})\{([^{}]{0,5000})\}")
SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?\.(?P<name>[\w-]+)(?P<item>\s*>\s*li::?before)?", re.IGNORECASE)
WEIGHT = re.compile(r"font-weight\s*:\s*(?:(?P<bold>bold(?:er)?|[6-9]00)|normal|lighter|[1-5]00)\b", re.IGNORECASE)
LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|(?:lower|upper)-(?:alpha|latin|roman))\b", re.IGNORECASE)
COUNTER = re.compile(r'content\s*:\s*"(?P<before>[^"]{0,3})"\s*counter\([\w-]+\s*,\s*(?P<style>[a-z-]+)\)\s*"(?P<after>[^"]{0,3})"')
ITEMS = re.compile(r"(?P<items>[\w\s.#>-]{0,100}\bli)\s*::?before", re.IGNORECASE)
COUNTERS = re.compile(r'content\s*:\s*counters\(\s*[\w-]+\s*,\s*"\."\s*\)\s*(?:"(?P<after>[^"]{0,3})")?')
MOST_ITEM_RULES = 20
TYPES = {"alpha": "a", "latin": "a", "roman": "i"}


def note_styles(tree: LexborHTMLParser) -> None:
    """Note in attributes what style sheets, by tag and class, and the elements' own styles say."""
    rules: dict[tuple[str, str], str] = {}
    items: dict[tuple[str, str], str] = {}
    sheet = list(_rules(tree))
    for selector, declared in sheet:
        if match := SELECTOR.fullmatch(selector):
            key = (match["tag"] or "").lower(), match["name"]
            kind = items if match["item"] else rules
            kind[key] = f"{kind.get(key, '')};{declared}"
    for node in tree.css("[class]") if rules or items else ():
        for name in (node.attributes.get("class") or "").split():
            for key in (("", name), (node.tag or "", name)):
                _note(node, rules.get(key, ""))
        for name in (node.attributes.get("class") or "").split():
            for key in (("", name), (node.tag or "", name)):
                _note_mark(node, items.get(key, ""))
    for node in tree.css("[style]"):
        _note(node, node.attributes.get("style") or "")
    _note_dotted(tree, sheet)


def _rules(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Each selector of the style sheets, with what is declared for it."""
    sheets = "\n".join(style.text() for style in tree.css("style"))[:MOST_CSS]
    for rule in RULE.finditer(re.sub(r"/\*.*?\*/|@import[^;]*;", "", sheets, flags=re.DOTALL)):
        for selector in rule[1].split(","):
            yield selector.strip(), rule[2]


def _note_dotted(tree: LexborHTMLParser, sheet: Sequence[tuple[str, str]]) -> None:
    """Note the lists whose items show the numbers of those around them too: "1.1"."""
    found = [(items, counters) for selector, declared in sheet
             if (items := ITEMS.fullmatch(selector)) and (counters := COUNTERS.search(declared))]  # fmt: skip
    for items, counters in found[:MOST_ITEM_RULES]:
        try:
            nodes = tree.css(items["items"])
        except SelectolaxError:  # no selector after all
            continue
        for node in nodes:
            if node.parent is not None and node.parent.tag == "ol":
                node.parent.attrs[DOTTED] = (counters["after"] or "").strip()


def _note(node: LexborNode, declared: str) -> None:
    if weight := WEIGHT.search(declared):
        node.attrs[BOLDNESS] = "1" if weight["bold"] else "0"
    if node.tag == "ol" and (style := LIST_STYLE.search(declared)):
        node.attrs["type"] = _type(style[1])


def _note_mark(node: LexborNode, declared: str) -> None:
    """Note a mark that stands before each item; it is shown though the list has none of its own."""
    if node.tag == "ol" and (counter := COUNTER.search(declared)):
        node.attrs["type"] = _type(counter["style"])
        node.attrs[FORM] = f"{counter['before'].strip()}%{counter['after'].strip()}"


def _type(style: str) -> str:
    """The value of `type` that does the same: "A" for "upper-latin"; "none" stays."""
    case, _, letters = style.lower().partition("-")
    letter = TYPES.get(letters, "1")
    return style.lower() if case == "none" else letter.upper() if case == "upper" else letter
