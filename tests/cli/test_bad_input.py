"""Bad input: one clear sentence, the right exit code, no traceback, and nothing lost."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from indexer.generation import current_name
from tests.organisation import DOCUMENTS, Command, Organisation, write_documents
from tests.privileges import public_folder, unprivileged

__all__ = ["public_folder"]
POLICIES = Path(__file__).parents[2] / "corpus" / "policies"
PDF = POLICIES / "password-and-authentication-standard.pdf"
NOTE = "# Note\n\n## 1 Paper\n\nLock all paper away.\n"


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(PDF))
    writer.encrypt("secret", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("holiday.txt", "no document")
    return buffer.getvalue()


BAD = {
    "encrypted.pdf": (encrypted, "password|encrypted"),
    "truncated.pdf": (lambda: PDF.read_bytes()[:3000], "damaged"),
    "zip.docx": (zipped, "Word|Office"),
    "zip.xlsx": (zipped, "Excel|Office"),
    "text.docx": (lambda: b"plain words", "zip archive"),
    "empty.md": (lambda: b"", "empty|no text"),
    "empty.pdf": (lambda: b"", "empty"),
    "blank.txt": (lambda: b" \n\t\n", "empty|no text"),
    "noise.html": (lambda: os.urandom(4000), "."),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0 an old one", "binary"),
    "old.wpd": (lambda: b"an old one", "not read"),
}


@pytest.mark.parametrize("name", sorted(BAD))
@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
def test_a_document_that_cannot_be_read_is_skipped_with_one_line(name, as_json, isobot: Command, tmp_path):
    """The exit code says so, the reason is one line beside the name, and the other document is indexed."""
    make, reason = BAD[name]
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "good.md").write_text(NOTE)
    (documents / name).write_bytes(make())
    ended = isobot("index", documents, "--index", tmp_path / "index", *["--json"] * as_json)
    assert ended.code == 1, ended
    if as_json:
        (skipped,) = json.loads(ended.out)["skipped"]
        assert (set(skipped), skipped["path"]) == ({"path", "reason"}, name)
        said = skipped["reason"]
    else:
        (said,) = [line for line in ended.out.splitlines() if line.startswith(f"  {name}: ")]
    assert "\n" not in said
    assert any(words in said for words in reason.split("|")), said
    assert isobot("ask", "what is done with paper?", "--index", tmp_path / "index").out
    assert "Lock all paper away." in isobot("text", "good.md", "--index", tmp_path / "index").out


def test_a_document_without_words_is_not_passed_over_in_silence(isobot: Command, tmp_path):
    """A PDF whose letters cannot be told is skipped, or a line tells that nothing can be found in it; the second time too."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "good.md").write_text(NOTE)
    (documents / "beheaded.pdf").write_bytes(PDF.read_bytes()[3000:])
    for _ in range(2):
        ended = isobot("index", documents, "--index", tmp_path / "index")
        assert "  beheaded.pdf: " in ended.out, ended
        assert "Nothing in it can be quoted or found" in ended.out or ended.code == 1


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("latin.txt", "Café rules\n\nThe café closes at 18h – señor.\n".encode("latin-1", "replace"), "The café closes at 18h"),
        ("latin.md", "# Règles\n\nNe fermez pas à clé.\n".encode("latin-1"), "Ne fermez pas à clé."),
        ("utf16.txt", "Lock it.\n\nBitte abschließen.\n".encode("utf-16"), "Bitte abschließen."),
        ("plain.txt", b"Staff lock their screens whenever they leave.", "Staff lock their screens whenever they leave."),
        ("no-heading.md", b"Staff lock their screens.\n\nVisitors wait.\n", "Visitors wait."),
        ("one-word.md", b"Hello", "Hello"),
    ],
)
def test_odd_documents_are_read_and_can_be_quoted(name, content, expected, isobot: Command, tmp_path):
    """Latin-1, no heading at all, a single word: indexed without complaint, verified, printed and cited."""
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / name).write_bytes(content)
    assert isobot("index", documents, "--index", tmp_path / "index").code == 0
    assert expected in isobot("text", name, "--index", tmp_path / "index").out
    assert isobot("verify", "--index", tmp_path / "index").code == 0
    answer = json.loads(isobot("ask", expected, "--index", tmp_path / "index", "--json").out)
    assert (answer["citations"] or answer["nearest"])[0]["document"]["path"] == name


def test_folders_without_documents_are_refused(isobot: Command, environ: Path, tmp_path):
    """An empty folder, one that is not there, one with pictures alone, a name that is too long: nothing is written."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "cat.png").write_bytes(b"\x89PNG")
    for path, message in (
        (tmp_path / "empty", "empty holds no document. These formats are read: .csv, .doc, .docm, .docx"),
        (tmp_path / "gone", "gone does not exist. Check its name"),
        (tmp_path / "pictures", "pictures holds no document."),
        ("a" * 5000, "cannot be looked at: File name too long."),
        ("/dev/null", "/dev/null is neither a folder nor a file."),
        (environ, "holds no document."),
    ):
        ended = isobot("index", path)
        assert (ended.code, ended.out) == (2, ""), ended
        assert ended.err.startswith("isobot: ")
        assert message in ended.err
    assert not (environ / ".isobot").exists()


def test_a_folder_that_may_not_be_entered_is_named(isobot: Command, public_folder, tmp_path, monkeypatch):
    """Not as a failure inside, and with what to do."""
    (public_folder / "closed" / "inner").mkdir(parents=True)
    (public_folder / "closed").chmod(0o000)
    monkeypatch.setenv("ISOBOT_SETTINGS", "")
    with unprivileged():
        for path in (public_folder / "closed" / "inner", public_folder / "closed", public_folder):
            ended = isobot("index", path, "--index", tmp_path / "index")
            assert ended.code == 2, ended
            assert "closed" in ended.err
            assert "Permission denied" in ended.err or "holds no document" in ended.err
    (public_folder / "closed").chmod(0o755)


def test_none_readable_ends_with_two_and_a_line_for_each(isobot: Command, tmp_path):
    """Nothing is published, and stdout stays empty for a program."""
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in ("encrypted.pdf", "zip.docx", "empty.md"):
        (documents / name).write_bytes(BAD[name][0]())
    ended = isobot("index", documents, "--index", tmp_path / "index", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[0] == "isobot: None of the 3 documents could be read; the index is as it was."
    assert [line.split(":")[0] for line in ended.err.splitlines()[1:]] == ["  empty.md", "  encrypted.pdf", "  zip.docx"]
    assert isobot("ask", "anything?", "--index", tmp_path / "index").code == 2


@pytest.mark.parametrize("command", [["ask", "is paper locked?"], ["text", "a.md"], ["verify"], ["ask"]])
def test_without_an_index_every_command_that_needs_one_says_how_to_build_it(command, isobot: Command, tmp_path):
    """And ends with 2, since whoever typed it can mend it."""
    ended = isobot(*command, "--index", tmp_path / "none")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"isobot: There is no index in {tmp_path}/none. Build one with `isobot index PATH --index {tmp_path}/none`.\n"


@pytest.fixture
def index(organisation: Organisation, tmp_path: Path) -> Path:
    return Path(shutil.copytree(organisation.index, tmp_path / "index"))


@pytest.mark.parametrize("part", ["manifest.json", "catalogue.sqlite", "passages.npy", "vectors/vectors.faiss", "documents.npy"])
@pytest.mark.parametrize("how", ["missing", "garbage", "empty"])
def test_a_damaged_index_is_named_by_ask_and_found_by_verify(part, how, isobot: Command, index):
    """`ask` ends with 3 and says which file and what to do; `verify` names it too; `index` mends it, as they say."""
    file = index / "generations" / current_name(index) / part
    file.unlink() if how == "missing" else file.write_bytes(b"" if how == "empty" else b"garbage " * 99)
    asked = isobot("ask", "is a laptop encrypted?", "--index", index, "--json")
    assert (asked.code, asked.out) == (3, "")
    assert part.removesuffix("/vectors.faiss") in asked.err
    assert "Run `isobot index`" in asked.err
    verified = isobot("verify", "--index", index)
    assert verified.code == (3 if part in ("manifest.json", "catalogue.sqlite", "passages.npy") and not verified.out else 1), verified
    assert part in verified.out + verified.err
    doctor = isobot("doctor", "--index", index)
    assert doctor.code == 1
    assert "problem: " in doctor.out


def test_damaged_texts_are_named(isobot: Command, index):
    """The store of texts is beside the generations, and is what every quotation is sliced from."""
    (index / "texts.sqlite").write_bytes(b"garbage " * 999)
    for command in (["ask", "is a laptop encrypted?"], ["text", "laptop-standard.md"], ["control", "A.8.1"]):
        ended = isobot(*command, "--index", index)
        assert (ended.code, ended.out) == (3, ""), ended
        assert "texts.sqlite is damaged" in ended.err
        assert "move it away; then run `isobot index`" in ended.err
    verified = isobot("verify", "--index", index)
    assert verified.code == 1
    assert "texts.sqlite is damaged" in verified.out


def test_an_index_of_another_model_is_refused(isobot: Command, organisation, monkeypatch):
    """The setting, where it came from and both ways out are in the sentence; nothing else needs the model."""
    monkeypatch.setenv("ISOBOT_PRECISION", "fp32")
    ended = isobot("ask", "is a laptop encrypted?", "--index", organisation.index)
    assert (ended.code, ended.out) == (2, "")
    assert "was built with precision 'int8', and precision is 'fp32' now (ISOBOT_PRECISION). Run `isobot index`" in ended.err
    assert isobot("text", "laptop-standard.md", "--index", organisation.index).code == 0
    assert isobot("verify", "--index", organisation.index).code == 0


@pytest.mark.parametrize(
    ("question", "code", "message"),
    [
        ("", 2, "The question is empty."),
        ("   ", 2, "The question is empty."),
        ("?!", 2, "The question is empty."),
        ("long " * 4000, 2, "has 20,000 characters; at most 4,000 are read."),
        ("z" * 4000, None, ""),
        ("ماذا أفعل عند فقدان الحاسوب؟", None, ""),
        ("笔记本电脑丢失后多久必须报告？", None, ""),
        ("Πόσο σύντομα πρέπει να δηλωθεί;", None, ""),
        ("कितने घंटे में?", None, ""),
        ("💻 lost 💻", None, ""),
        ("\udcff\udcfe laptop", None, ""),
        ("laptop\x00\x1b[31m lost", None, ""),
        ("' OR 1=1; DROP TABLE documents; --", None, ""),
        ("%_%", 2, "The question is empty."),
        ("[/bold] [link=x]laptop", None, ""),
        ("-laptop", 2, "No such option"),
    ],
)
def test_every_question_gets_an_answer_or_a_sentence(question, code, message, isobot: Command, organisation):
    """Empty, endless, in another script, of bytes that are no text: never a traceback, and JSON that parses."""
    ended = isobot("ask", question, "--index", organisation.index, "--json")
    if code is None:
        answer = json.loads(ended.out)
        assert ended.code == (1 if answer["abstained"] else 0)
        assert isobot("ask", question, "--index", organisation.index).code == ended.code
    else:
        assert (ended.code, ended.out) == (code, "")
        assert message in ended.err


@pytest.mark.parametrize("name", ["with space", "what?now", "a#b", "100%", "çé字", "[/red]", "~tilde", "-dash"])
def test_an_index_may_lie_anywhere(name, isobot: Command, environ: Path, tmp_path):
    """Built, asked, verified and examined under names that mean something to a URL, a shell or a terminal; relative and absolute."""
    documents = write_documents(tmp_path / "documents [x]", *list(DOCUMENTS)[2:])
    for place in (f"./{name}", str(environ / name)):
        assert isobot("index", documents, "--index", place).code == 0
        assert isobot("ask", "who reviews access?", f"--index={place}").code in (0, 1)
        assert isobot("text", "laptop-standard.md", f"--index={place}").code == 0
        assert isobot("verify", f"--index={place}").code == 0
        assert isobot("doctor", f"--index={place}").code == 0


def test_an_index_folder_that_may_not_be_written_is_named(isobot: Command, public_folder, monkeypatch):
    """With the system's reason, what is still true, and what to do."""
    (public_folder / "documents").mkdir()
    (public_folder / "documents" / "note.md").write_text(NOTE)
    (public_folder / "index").mkdir(mode=0o555)
    monkeypatch.setenv("ISOBOT_SETTINGS", "")
    with unprivileged():
        ended = isobot("index", public_folder / "documents", "--index", public_folder / "index")
    assert (ended.code, ended.out) == (3, "")
    assert "index could not be written: Permission denied. What was published before is still served." in ended.err


def test_an_index_that_may_not_be_written_can_be_asked(isobot: Command, organisation, public_folder, monkeypatch):
    """A bot that is another user than the one who builds needs no more than to read."""
    index = shutil.copytree(organisation.index, public_folder / "index")
    monkeypatch.setenv("ISOBOT_SETTINGS", "")
    for path in [*index.rglob("*"), index]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    with unprivileged():
        assert isobot("ask", "within how many hours must a lost laptop be reported?", "--index", index).code == 0
        assert isobot("verify", "--index", index).code == 0
    for path in [*index.rglob("*"), index]:
        path.chmod(0o755)
