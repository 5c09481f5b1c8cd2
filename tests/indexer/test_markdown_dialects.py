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


def test_a_list_in_a_tab_is_a_list(read):
    """What stands further in below the tab's title is no code."""
    assert shapes(read('=== "Day"\n\n    1. Climb\n    2. Ring\n\nEnd.')) == [
        ("paragraph", 0, "Day"), ("list item", 1, "1. Climb"), ("list item", 1, "2. Ring"), ("paragraph", 0, "End."),
    ]  # fmt: skip
