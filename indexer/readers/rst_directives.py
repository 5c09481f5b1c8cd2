"""Directives of Sphinx that docutils does not know, as what a reader of the page sees of them."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives

SET = ("class", "name", "open", "color", "icon", "sync", "selected", "animate", "gutter", "margin")
LISTED = ("maxdepth", "caption", "hidden", "glob", "numbered", "titlesonly", "name")


class _Shown(Directive):
    """What stands in it is text, below its argument in bold where that is a title."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(SET, directives.unchanged)
    has_content = True
    titled = True

    def run(self) -> list[Any]:
        holder = nodes.container()
        if self.titled and self.arguments:
            holder += nodes.paragraph("", "", nodes.strong(text=self.arguments[0]))
        self.state.nested_parse(self.content, self.content_offset, holder)
        return [holder]


class _Conditional(_Shown):
    """Its argument is a condition."""

    titled = False


class _Hidden(Directive):
    """It says nothing where it stands: lists of other files, and entries of an index."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(LISTED, directives.unchanged)

    def run(self) -> list[Any]:
        return []


class _Seealso(_Shown):
    def run(self) -> list[Any]:
        holder = super().run()[0]
        holder.insert(0, nodes.paragraph("", "", nodes.strong(text="See also")))
        return [holder]


class _Day(Directive):
    """The day on which a page is made is none of its text, which must be the same on every day."""

    has_content = True

    def run(self) -> list[Any]:
        return [nodes.Text("[date]")]


def know_directives() -> None:
    """Make them known to docutils."""
    for name in ("tab-item", "dropdown", "details", "card", "collapse"):
        directives.register_directive(name, _Shown)
    for name in ("only", "tab-set", "grid", "ifconfig"):
        directives.register_directive(name, _Conditional)
    for name in ("toctree", "index"):
        directives.register_directive(name, _Hidden)
    directives.register_directive("seealso", _Seealso)
    directives.register_directive("date", _Day)
