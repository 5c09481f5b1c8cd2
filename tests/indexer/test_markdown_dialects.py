"""What makers of sites write between lines of Markdown shows as boxes and tabs, and is no text."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.readers.markdown import read_markdown
from tests.indexer.blocks import shapes, words


@pytest.fixture
def read(tmp_path: Path):
    def _read(text: str):
        (tmp_path / "rules.md").write_text(text)
        return read_markdown(tmp_path / "rules.md")

    return _read


@pytest.mark.parametrize(
    "box",
    [
        '{{% hint style="info" title="Day" %}}\n{}\n{{% endhint %}}',
        '{{% tabs %}}\n{{% tab title="Day" %}}\n{}\n{{% endtab %}}\n{{% endtabs %}}',
        '{{{{< callout title="Day" >}}}}\n{}\n{{{{< /callout >}}}}',
        "<Tabs>\n<TabItem value='day' label='Day'>\n\n{}\n\n</TabItem>\n</Tabs>",
        '<Admonition type="note" title="Day">\n{}\n</Admonition>',
        '=== "Day"\n\n    {}\n',
        ":::tip[Day]\n{}\n:::",
        ":::tip Day\n{}\n:::",
    ],
    ids=["gitbook", "tabs of gitbook", "hugo", "tabs of docusaurus", "component", "mkdocs", "docusaurus", "docusaurus 2"],
)
def test_a_box_shows_its_title_and_its_text(read, box):
    """The title in bold; a list goes on in it."""
    reading = read(f"# Bells\n\n{box.format('They ring.')}\n\nEnd.")
    assert words(reading) == ["Bells", "Day", "They ring.", "End."]
    assert reading.blocks[1].bold


def test_lines_of_programs_and_remarks_are_left_out_where_components_are(read):
    """And shown where none is, as are gaps to fill in and code."""
    page = "import Bell from '@site/Bell';\n\nexport const loud = true;\n\n{/* later */}\n\n# Bells\n\n<Bell loud />\n\nThey ring."
    assert words(read(page)) == ["Bells", "They ring."]
    kept = "import bells from \"Ghent\"\n\n<Name of tower>\n\n```\n{% raw %}\n<Bell />\n```\n\nBells of {{ tower }} ring."
    assert words(read(kept.replace("<Bell />", "<Bell>"))) == [
        'import bells from "Ghent"', "<Name of tower>", "{% raw %}\n<Bell>", "Bells of {{ tower }} ring.",
    ]  # fmt: skip


def test_orders_to_a_printer_are_left_out(read):
    """Where contents or a page are to begin."""
    assert words(read("[TOC]\n\nBells.\n\n\\newpage\n\nRopes.\n\n[[_TOC_]]")) == ["Bells.", "Ropes."]


def test_a_list_of_links_to_headings_is_contents(read):
    """With the words above it; one that leads elsewhere, or says more, is a list."""
    contents = "**Contents**\n\n- [Bells](#bells)\n  - [Ropes](#ropes)\n- [Keys](#keys)\n\n# Bells\n\nThey ring."
    assert [kind for kind, _, _ in shapes(read(contents))] == [*["furniture"] * 4, "heading", "paragraph"]
    for other in ("- [Keys](keys.md)", "- [Keys](#keys) are hung up"):
        assert "furniture" not in {kind for kind, _, _ in shapes(read(contents.replace("- [Keys](#keys)", other)))}


def test_terms_stand_in_bold_above_what_they_mean(read):
    """As in Pandoc and MkDocs."""
    reading = read("Bell\n: What rings.\n\nRope\n: What pulls it.\n: Of hemp.")
    assert [(block.bold, text) for block, text in zip(reading.blocks, words(reading), strict=True)] == [
        (True, "Bell"), (False, "What rings."), (True, "Rope"), (False, "What pulls it."), (False, "Of hemp."),
    ]  # fmt: skip


def test_a_list_in_a_tab_is_a_list(read):
    """What stands further in below the tab's title is no code."""
    assert shapes(read('=== "Day"\n\n    1. Climb\n    2. Ring\n\nEnd.')) == [
        ("paragraph", 0, "Day"), ("list item", 1, "1. Climb"), ("list item", 1, "2. Ring"), ("paragraph", 0, "End."),
    ]  # fmt: skip
