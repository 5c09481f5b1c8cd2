"""Pages that programs made: what wikis and makers of sites put around the words of their authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.readers.html_tags import BLOCKS, HEADINGS

AROUND = "#breadcrumb-section, #breadcrumbs, .page-metadata, #footer, .toc-macro, #likes-and-labels-container, #labels-section"
SHAREPOINT = """#suiteBar, #suiteBarTop, #suiteBarDelta, #s4-ribbonrow, #ms-designer-ribbon, #globalNavBox, #DeltaTopNavigation,
#sideNavBox, #DeltaPlaceHolderLeftNavBar, #DeltaBreadcrumbDropdown, #DeltaPageStatusBar, #notificationArea, #searchInputBox, #ms-help,
#hybridSearch"""
SHAREPOINT_TITLE = "#DeltaPlaceHolderPageTitleInTitleArea"
MADE = """a.headerlink, .linenos, .linenodiv, .lineno, .mw-editsection, .mw-jump-link, .printfooter, #catlinks, #mw-navigation, #mw-panel,
#siteSub, #toc, #toc_container, #ez-toc-container, [class*="breadcrumb"], .comments-area, .sharedaddy"""
"""What Sphinx, Pygments, MediaWiki and WordPress add."""
PROVISION = 'span[class*="Leg"][class*="No"]'  # on the pages of legislation.gov.uk
SIGN = re.compile(r"(?:[#§∞]|(?P<only>[¶🔗]))\ufe0f?")  # the last two are nothing else
SKIP = re.compile(r"(?:skip|jump) to (?:the )?(?:main )?(?:content|navigation|search)|skip navigation", re.IGNORECASE)
EXPAND = "Click here to expand..."  # what Confluence writes over hidden parts that their author gave no name
SECTIONS = ("attachments", "comments", "space-details", "labels")  # ids of headings whose section is none of the author's
METADATA = re.compile(r"Created by\s+(?P<author>.+?)(?:,\s*last (?:modified|updated)(?: by\s+.+?)?(?:\s+on\s+(?P<modified>.+))?)?\s*$")


def without_export_frame(tree: LexborHTMLParser) -> dict[str, str]:
    """Take what a program added out of a page of its making; returns what it says of the page: title, author and last change."""
    links = [(link, link.text().strip()) for link in tree.css('a[href^="#"]')]
    made = [link for link, words in links if SKIP.fullmatch(words) or _is_sign(link, words)]
    for node in (*tree.css(f"{SHAREPOINT}, {MADE}"), *made):
        node.decompose()
    _with_spaces(tree)
    title = _words(tree.css_first(SHAREPOINT_TITLE))
    return _without_confluence(tree) or ({"title": title} if title else {})


def _with_spaces(tree: LexborHTMLParser) -> None:
    """Put a space behind each number of a provision, which only the style of the page sets apart from its text."""
    for number in tree.css(PROVISION):
        if (behind := number.next) is not None and behind.text()[:1].isalnum():
            number.insert_after(" ")


def _is_sign(link: LexborNode, sign: str) -> bool:
    """Whether a sign stands at an end of its block and leads to it: "#" beside a heading, and not what a sentence speaks of."""
    match = SIGN.fullmatch(sign)
    block = next((node for node in _above(link) if node.tag in BLOCKS), None)
    if match is None or block is None or match["only"]:
        return match is not None
    words, target = block.text().strip(), unquote((link.attributes.get("href") or "")[1:])
    aside = words.startswith(sign) or words.endswith(sign)
    near = (link, block, *([block.parent] if block.parent is not None else []), *block.css("[id], a[name]"))
    names = {node.attributes.get(key) for node in near if node.is_element_node for key in ("id", "name")}
    return aside and (block.tag in HEADINGS or target in names or words == sign)


def _above(node: LexborNode) -> Iterator[LexborNode]:
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def _without_confluence(tree: LexborHTMLParser) -> dict[str, str]:
    content, title = tree.css_first("#main-content"), tree.css_first("#title-text")
    if content is None or title is None or tree.css_first("#breadcrumbs") is None:
        return {}
    properties = _stated(tree, title)
    unnamed = [node for node in tree.css(".expand-control-text") if _words(node) == EXPAND]
    for node in (*tree.css(AROUND), *unnamed):
        node.decompose()
    for name in SECTIONS:
        heading = tree.css_first(f"h2#{name}")
        section = _section(heading)
        if section is not None:
            section.decompose()
    title.replace_with(properties["title"])
    return properties


def _stated(tree: LexborHTMLParser, title: LexborNode) -> dict[str, str]:
    words = _words(title)
    space = _words(tree.css_first("#breadcrumbs li"))
    properties = {"title": words.removeprefix(f"{space} : ") if space else words}
    metadata = METADATA.search(_words(tree.css_first(".page-metadata")))
    for key, value in metadata.groupdict().items() if metadata else ():
        if value:
            properties[key] = value.strip()
    return properties


def _section(heading: LexborNode | None) -> LexborNode | None:
    """The block that a heading opens: the one with the class `pageSection`."""
    node = heading
    while node is not None and "pageSection" not in (node.attributes.get("class") or "").split():
        node = node.parent
    return node


def _words(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node is not None else ""
