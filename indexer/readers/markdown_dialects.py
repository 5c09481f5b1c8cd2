"""Dialects: what makers of sites write between lines of Markdown, which shows as boxes and tabs and is no text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

FENCE = re.compile(r"\s*(?P<mark>`{3,}|~{3,})")
LIQUID = re.compile(r"\s*(?:\{%-?\s.*?-?%\}\s*)+")  # GitBook and Jekyll
SHORTCODE = re.compile(r"\s*(?:\{\{[<%].*?[%>]\}\}\s*)+")  # Hugo
COMPONENT = re.compile(r"""\s*(?:</?(?P<name>[A-Z][A-Za-z]*[a-z][A-Za-z]*)(?:\s+[\w-]+(?:=(?:"[^"]*"|'[^']*'|\{[^{}]*\}))?)*\s*/?>\s*)+""")
ENDED = re.compile(r"</([A-Z][A-Za-z]*)>|<([A-Z][A-Za-z]*)[^<>\n]*/>")
MODULE = re.compile(r"""import\s+(?:[\w{}*,\s]+\sfrom\s+)?['"][^'"]+['"];?\s*|export\s+(?:const|default|function)\s.*""")
REMARK = re.compile(
    r"\s*(?:\{/\*.*\*/\}|\\(?:newpage|pagebreak|clearpage|tableofcontents)|\[TOC\]|\[\[_?TOC_?\]\])\s*", re.IGNORECASE
)
TITLE = re.compile(r"""\b(?:title|label|summary)=(?:"(?P<one>[^"]+)"|'(?P<other>[^']+)')""")
CODE = re.compile(r"\s*\{%-?\s*(?:code|content-ref|embed|file|include|raw)\b")  # whose title names a file
TAB = re.compile(r"""(?P<indent>\s*)===[!+]?\s+["'](?P<title>[^"']+)["']\s*""")  # of MkDocs; what it shows stands further in
STEP = "    "


def plain_markdown(body: str) -> str:
    """The body with such lines left out, each with the title that it shows, in bold, where it has one."""
    return "\n".join(_plain(_without_tabs(body.split("\n")), _components(body)))


def _components(body: str) -> set[str]:
    """The names of the components that end somewhere; "<Name of system>" is a gap to fill in."""
    return {name for names in ENDED.findall(body) for name in names if name}


def _plain(lines: Sequence[str], components: set[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        found = FENCE.match(line)
        component = COMPONENT.fullmatch(line)
        if fence or found:
            fence = _fence_after(line, fence, found["mark"] if found else "")
            yield line
        elif LIQUID.fullmatch(line) or SHORTCODE.fullmatch(line) or (component and component["name"] in components):
            yield from _titled(line)
        elif REMARK.fullmatch(line) or (components and MODULE.fullmatch(line)):
            yield ""
        else:
            yield line


def _fence_after(line: str, fence: str, mark: str) -> str:
    if not fence:
        return mark
    return "" if mark[:1] == fence[:1] and len(mark) >= len(fence) and not line.strip().strip(fence[0]) else fence


def _titled(line: str) -> Iterator[str]:
    title = None if CODE.match(line) else TITLE.search(line)
    if title is None:
        yield ""
        return
    indent = line[: len(line) - len(line.lstrip())]
    yield from ("", f"{indent}**{title['one'] or title['other']}**", "")


def _without_tabs(lines: Sequence[str]) -> list[str]:
    """The lines with the titles of tabs in bold, and what these show no further in than they."""
    shown: list[str] = []
    inside = ""
    for line in lines:
        tab = TAB.fullmatch(line)
        if tab is not None:
            inside = tab["indent"] + STEP
            shown += ["", f"{tab['indent']}**{tab['title']}**", ""]
        elif inside and (line.startswith(inside) or not line.strip()):
            shown.append(line[len(inside) :] if line.strip() else line)
        else:
            inside = ""
            shown.append(line)
    return shown
