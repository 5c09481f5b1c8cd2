"""Finding documents."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
from pathlib import Path

import pytest

from corpus.errors import SourceError, UnsupportedFormatError
from indexer.sources import find


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Text.")
    return folder


def paths(*given: Path) -> list[str]:
    return [source.path for source in find(given)]


def test_documents_are_found_by_relative_path_in_order(tmp_path: Path):
    """Documents in subfolders are found; hidden files, lock files, images, code and archives are not."""
    put(tmp_path, "b/z.md", "a.docx", "README.md", ".hidden.md", ".git/x.md", "~$a.docx", "logo.png", "run.py", "all.zip", "B.TXT")
    assert paths(tmp_path) == ["B.TXT", "README.md", "a.docx", "b/z.md"]


def test_documents_without_a_reader_are_reported_when_read(tmp_path: Path):
    """A .wpd among the policies must not go missing in silence."""
    put(tmp_path, "a.md", "old.wpd")
    with pytest.raises(UnsupportedFormatError, match=r"\.wpd is not read"):
        find([tmp_path])[1].read()


def test_a_file_is_named_by_itself(tmp_path: Path):
    """A single file's path is its name, and it reads as what lies there."""
    (source,) = find([put(tmp_path, "x/a.md") / "x" / "a.md"])
    assert (source.path, source.sha256()) == ("a.md", hashlib.sha256(b"Text.").hexdigest())
    assert source.read().text.characters == "Text."


def test_several_folders_put_their_names_first(tmp_path: Path):
    """Each path begins with its folder's name; folders of one name are told apart by their parents; a file counts once."""
    put(tmp_path, "hr/policies/a.md", "it/policies/a.md", "legal/b.md")
    assert paths(tmp_path / "hr", tmp_path / "legal") == ["hr/policies/a.md", "legal/b.md"]
    assert paths(tmp_path / "hr/policies", tmp_path / "it/policies") == ["hr/policies/a.md", "it/policies/a.md"]
    assert paths(tmp_path / "legal", tmp_path / "legal" / "b.md") == ["legal/b.md"]


def test_links_that_lead_out_of_the_folder_are_refused(tmp_path: Path):
    """A link to another folder's file is not indexed, with the reason, and a link in a circle ends nothing."""
    inside, outside = put(tmp_path / "in", "a.md"), put(tmp_path / "out", "secret.md")
    (inside / "link.md").symlink_to(outside / "secret.md")
    (inside / "circle").symlink_to(inside)
    (inside / "gone.md").symlink_to(inside / "nothing.md")
    (inside / "elsewhere").symlink_to(outside)
    found = {source.path: source.refusal for source in find([inside])}
    assert {path: bool(refusal) for path, refusal in found.items()} == {"a.md": False, "elsewhere": True, "link.md": True}
    assert found["link.md"].startswith("It is a symbolic link that leads out of the folder.")
    assert [source.refusal for source in find([inside, outside]) if source.path == "out/secret.md"] == [""]


def test_a_tree_deeper_than_a_stack_is_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A path may have two thousand parts; what cannot be opened by so long a name is its own problem."""
    (tmp_path / "a.md").write_text("A.")
    monkeypatch.chdir(tmp_path)
    try:
        for _ in range(1200):
            os.mkdir("d")  # noqa: PTH102 - a path from the top would be too slow to make one by one
            os.chdir("d")
        Path("deep.md").write_text("Deep.")
        assert [path.rpartition("/")[2] for path in paths(tmp_path)] == ["a.md", "deep.md"]
    finally:
        os.chdir(tmp_path)
        subprocess.run(["rm", "-rf", "d"], check=True)  # Python's own removal recurses


def test_wrong_paths_say_what_is_wrong(tmp_path: Path):
    """A path that does not exist, a folder without documents and no path at all are named."""
    with pytest.raises(SourceError, match="missing does not exist"):
        find([tmp_path / "missing"])
    with pytest.raises(SourceError, match=r"empty holds no document.*\.docx"):
        find([put(tmp_path / "empty", "logo.png")])
    with pytest.raises(SourceError, match="No folder"):
        find([])


def test_a_checkout_leaves_out_what_git_ignores(tmp_path: Path):
    """By the .gitignore files from the top down, the deepest deciding; a folder that is no checkout knows no such files."""
    names = ("a.md", "build/b.md", "docs/c.md", "docs/draft.md", "docs/kept-draft.md", "local.md")
    put(tmp_path, *names, ".git/info/x.md")
    (tmp_path / ".gitignore").write_text("build/\n*draft.md\n")
    (tmp_path / "docs" / ".gitignore").write_text("!kept-draft.md\n")
    (tmp_path / ".git" / "info" / "exclude").write_text("local.md\n")
    assert paths(tmp_path) == ["a.md", "docs/c.md", "docs/kept-draft.md"]
    (tmp_path / ".git").rename(tmp_path / ".old")
    assert paths(tmp_path) == sorted(names)


@pytest.mark.parametrize(
    "copy",
    [
        "Leave Policy-DESKTOP-4F7K2QX.md", "Leave Policy (Amira's conflicted copy 2026-03-02).md", "Leave Policy-Amira’s MacBook Pro.md",
        "Leave Policy.sync-conflict-20260302-101010-ABCDEFG.md",
    ],
)  # fmt: skip
def test_what_synchronisation_leaves_is_no_document(tmp_path: Path, copy: str):
    """Lock files, links and settings are passed over; the second copy of a document is refused and told, unless it is the only one."""
    put(tmp_path, "Leave Policy.md", copy, "~$ave Policy.docx", "~WRL0001.tmp", "desktop.ini", "Intranet.url", "Access - Remote.md")
    found = {source.path: source.refusal for source in find([tmp_path])}
    assert sorted(found) == sorted(["Access - Remote.md", "Leave Policy.md", copy])
    assert found[copy] == "It is a copy of Leave Policy.md that a synchronisation kept aside. Merge the two, and delete it."
    assert not found["Leave Policy.md"] and not found["Access - Remote.md"]
    (tmp_path / "Leave Policy.md").unlink()
    assert not any(source.refusal for source in find([tmp_path]))


def test_a_source_can_be_sent_to_another_process(tmp_path: Path):
    """It is data alone."""
    (source,) = find([put(tmp_path, "a.md") / "a.md"])
    assert pickle.loads(pickle.dumps(source)) == source
