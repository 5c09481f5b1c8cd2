"""Documents that LibreOffice converts: read as the ones that have a reader, within the same limits, and with nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest

from corpus.errors import DocumentError, EncryptedDocumentError
from indexer.readers import libreoffice, read
from indexer.readers.passing import without_passing
from indexer.sandbox.limits import Limits
from indexer.sandbox.pool import Sandbox
from tests.indexer import hostile
from tests.indexer.test_hostile import secret, served

POLICIES = Path(__file__).parents[2] / "corpus" / "policies"
WORD, EXCEL, POWERPOINT = "acceptable-use-policy.docx", "retention-schedule.xlsx", "security-awareness.pptx"
FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.{kind}">
<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"""
LINKED = """<text:p>Lock all doors.</text:p>
<text:section text:name="a"><text:section-source xlink:href="{file}" text:filter-name="Text"/><text:p>As it was.</text:p></text:section>
<text:p><draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{address}" xlink:type="simple"/></draw:frame></text:p>
<text:p>Read <text:date>then</text:date>, <text:time>then</text:time>, in <text:file-name>this</text:file-name>, in force from \
<text:date text:fixed="true" text:date-value="2026-05-01">1 May</text:date>.</text:p>"""
RICH = r"""{{\rtf1\ansi Lock all doors.\par {{\field{{\*\fldinst INCLUDETEXT "{file}"}}{{\fldrslt As it was.}}}}\par
{{\field{{\*\fldinst INCLUDEPICTURE "{address}"}}{{\fldrslt A picture.}}}}\par
{{\field{{\*\fldinst DDEAUTO cmd "/c calc"}}{{\fldrslt Sum.}}}}\par
{{\object\objemb{{\*\objclass Package}}{{\*\objdata 0105000002000000080000005061636b61676500}}{{\result An object.}}}}\par
Read {{\field{{\*\fldinst DATE}}{{\fldrslt then}}}}.\par}}"""
MILLION = """<table:table table:name="Gates"><table:table-row><table:table-cell><text:p>Lock</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000"/></table:table-row>
</table:table>"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(), workers=1) as one:
        yield one


def saved_as(name: str, form: str, folder: Path) -> Path:
    """A document of the sample organisation as LibreOffice saves it. form: a suffix, and a colon and LibreOffice's name for it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(libreoffice.program()), "--headless", "--norestore", profile, "--convert-to", form, "--outdir", str(folder)]
    for _ in range(libreoffice.STARTS):
        if subprocess.run([*command, str(POLICIES / name)], capture_output=True, check=False).returncode != libreoffice.BEGUN_ANEW:
            break
    return (folder / name).with_suffix(f".{form.partition(':')[0]}")


def agrees(sandbox: Sandbox, name: str, form: str, folder: Path) -> None:
    original, reading = read(POLICIES / name), sandbox.read(saved_as(name, form, folder))
    assert reading.text.characters == original.text.characters
    assert [(b.kind, b.start, b.end, b.level, b.bold) for b in reading.blocks] == [
        (b.kind, b.start, b.end, b.level, b.bold) for b in original.blocks
    ]
    assert {key: reading.properties.get(key) for key in ("title", "author")} == {
        key: original.properties.get(key) for key in ("title", "author")
    }


@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize("form", ["doc:MS Word 97", "odt", "rtf:Rich Text Format"])
def test_a_text_in_another_format_reads_as_the_word_document(form, sandbox, tmp_path):
    """Text, headings, automatic numbers, tables and lists are the same, and so is what the file says of itself."""
    agrees(sandbox, WORD, form, tmp_path)


@pytest.mark.needs("libreoffice-calc")
@pytest.mark.parametrize("form", ["xls:MS Excel 97", "ods"])
def test_a_spreadsheet_in_another_format_reads_as_the_workbook(form, sandbox, tmp_path):
    """Sheets, names of columns and rows are the same."""
    agrees(sandbox, EXCEL, form, tmp_path)


@pytest.mark.needs("libreoffice-impress")
@pytest.mark.parametrize("form", ["ppt:MS PowerPoint 97", "odp"])
def test_slides_in_another_format_read_as_the_presentation(form, sandbox, tmp_path):
    """The words of every slide are there, each slide a page."""
    original, reading = read(POLICIES / POWERPOINT), sandbox.read(saved_as(POWERPOINT, form, tmp_path))
    assert sorted(reading.text.characters.split()) == sorted(original.text.characters.split())
    assert len(reading.text.pages) == len(original.text.pages)


@pytest.mark.needs("libreoffice-calc")
def test_a_spreadsheet_of_a_million_empty_rows_is_read(sandbox, tmp_path):
    """What is repeated and empty is not written out."""
    (tmp_path / "a.fods").write_text(FLAT.format(kind="spreadsheet", body=MILLION))
    assert sandbox.read(tmp_path / "a.fods").text.characters == "Gates\n\nLock"


@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize(("name", "content"), [("a.odt", FLAT.format(kind="text", body=LINKED)), ("a.doc", RICH)])
def test_a_document_that_asks_for_another_file_does_not_get_it(name, content, sandbox, tmp_path):
    """Neither one of this machine nor an address; and today's date, the time and the file's place stay out of the text."""
    asked: list[str] = []
    with served(asked.append) as address:
        file = secret(tmp_path).as_uri() if name == "a.odt" else str(secret(tmp_path))
        (tmp_path / name).write_text(content.format(file=file, address=address))
        text = sandbox.read(tmp_path / name).text.characters
    assert asked == []
    assert text.startswith("Lock all doors.\n\nAs it was.")
    assert text.endswith("Read , , in , in force from 5/1/26." if name == "a.odt" else "An object.\n\nRead .")


@pytest.mark.needs("libreoffice")
def test_a_document_with_a_password_is_said_to_have_one(sandbox, tmp_path):
    """LibreOffice only says that it cannot open it."""
    odt = saved_as(WORD, "odt", tmp_path)
    algorithm = '<manifest:algorithm manifest:algorithm-name="Blowfish CFB"/>'
    key = f'<manifest:encryption-data manifest:checksum="AA==">{algorithm}</manifest:encryption-data>'
    with zipfile.ZipFile(odt) as source, zipfile.ZipFile(tmp_path / "locked.odt", "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part == "META-INF/manifest.xml":
                begin, end = content.split(b'"content.xml" manifest:media-type="text/xml"/>')
                content = begin + b'"content.xml" manifest:media-type="text/xml">' + key.encode() + b"</manifest:file-entry>" + end
            target.writestr(part, b"x" * 99 if part == "content.xml" else content)
    with pytest.raises(EncryptedDocumentError, match="locked with a password"):
        sandbox.read(tmp_path / "locked.odt")


def test_an_open_document_that_would_fill_the_memory_is_refused(sandbox, tmp_path):
    """Before LibreOffice sees it."""
    with zipfile.ZipFile(tmp_path / "bomb.odt", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        hostile.write_part(bomb, "content.xml", hostile.repeated(b" ", 130 * hostile.MEBIBYTE))
    with pytest.raises(DocumentError, match="at most 100 times are read"):
        sandbox.read(tmp_path / "bomb.odt")


@pytest.mark.parametrize(("part", "refused"), [("content.xml", True), ("Basic/script-lc.xml", False)])
def test_entities_are_refused_in_the_text_of_an_open_document(part, refused, tmp_path, monkeypatch):
    """Not beside it, where LibreOffice declares types itself: then it is only said what reads it."""
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr(part, "<!DOCTYPE x><x/>")
    with pytest.raises(DocumentError, match="declares XML entities" if refused else "is read with LibreOffice Writer"):
        read(tmp_path / "a.odt")


@pytest.mark.needs("libreoffice")
@pytest.mark.parametrize("how", ["its time is over", "its reader is killed", "reading is stopped"])
def test_libreoffice_is_not_left_behind(how, tmp_path):
    """Nor is the folder in which it works."""
    (tmp_path / "a.odt").write_text(FLAT.format(kind="text", body="<text:p>Lock all doors.</text:p>" * 20_000))
    sandbox = Sandbox(Limits(seconds=2 if how == "its time is over" else 300), workers=1)
    with sandbox, ThreadPoolExecutor(1) as pool:
        reading = pool.submit(sandbox.read, tmp_path / "a.odt")
        (process,) = _eventually(lambda: sandbox._alive)
        place = Path(process._place.name)
        (office,) = _eventually(lambda: _running_in(place))
        if how == "its reader is killed":
            os.kill(process._child.pid, signal.SIGKILL)
        elif how == "reading is stopped":
            sandbox.close()
        with pytest.raises(DocumentError):
            reading.result(timeout=60)
        assert _eventually(lambda: not Path(f"/proc/{office}/exe").exists() and not place.exists())


def _running_in(place: Path) -> list[int]:
    """The processes of LibreOffice with a profile below that folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"UserInstallation={place.as_uri()}".encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:  # it has ended meanwhile
            continue
    return found


def _eventually(condition):
    until = time.monotonic() + 60
    while not (found := condition()) and time.monotonic() < until:
        time.sleep(0.01)
    return found


@pytest.fixture
def pretended(tmp_path, monkeypatch) -> Iterator[Callable[[str], Path]]:
    """Installs a script of these lines as LibreOffice, the only one on PATH."""

    def install(lines: str) -> Path:
        (tmp_path / "bin").mkdir()
        script = tmp_path / "bin" / "soffice"
        script.write_text(f"#!/bin/sh\n{lines}\n")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
        return script

    for known in (libreoffice.program, libreoffice.version):
        known.cache_clear()
    yield install
    for known in (libreoffice.program, libreoffice.version):
        known.cache_clear()


def test_a_link_to_another_program_is_run_by_its_own_name(pretended):
    """A snap's is one to `snap`, which would not know what is asked of it otherwise."""
    script = pretended('[ "${0##*/}" = soffice ] && echo LibreOffice 24.8.1.2 abc || echo snap 2.60')
    script.rename(script.with_name("snap"))
    script.symlink_to("snap")
    assert libreoffice.program() == script
    assert libreoffice.version() == "LibreOffice 24.8.1.2"


@pytest.mark.parametrize("lines", ["echo snap 2.60", "exit 1", "echo OpenOffice 4.1.15"])
def test_what_does_not_say_its_version_is_there_all_the_same(lines, pretended):
    """And what another program says is no version."""
    pretended(lines)
    assert libreoffice.version() == "LibreOffice, which does not say its version"


def test_a_program_that_hangs_when_it_is_asked_for_its_version_leaves_nothing(pretended, tmp_path, monkeypatch):
    """Nor does it what it started."""
    monkeypatch.setattr(libreoffice, "TELLING", 1)
    pretended(f"sleep 600 & echo $! > {tmp_path}/started; wait")
    assert libreoffice.version() == libreoffice.UNTOLD
    started = (tmp_path / "started").read_text().strip()
    assert _eventually(lambda: not Path(f"/proc/{started}/exe").exists())


def test_a_conversion_that_hangs_ends_before_reading_must(pretended, tmp_path, monkeypatch):
    """And it is told that it was LibreOffice's time."""
    monkeypatch.setattr(libreoffice, "CONVERTING", 1)
    pretended("exec sleep 600")
    (tmp_path / "a.rtf").write_text(r"{\rtf1 Lock all doors.\par}")
    with pytest.raises(DocumentError, match=r"LibreOffice, which was to convert it, took longer than 1 s\. Save it as \.docx"):
        read(tmp_path / "a.rtf")


FIELD = """<w:r><w:fldChar w:fldCharType="begin"{locked}></w:fldChar></w:r><w:r><w:instrText> {name} </w:instrText></w:r>\
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{words}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"""
DATED = FIELD.format(name='DATE \\@"yyyy"', words="2026", locked="").encode()
PAGED = FIELD.format(name="PAGE", words="7", locked="").encode()
FIXED = FIELD.format(name='DATE \\@"yyyy"', words="2025", locked=' w:fldLock="true"').encode()
CELL = '<c r="A1"><f aca="{passing}">{formula}</f><v>46356</v></c>'
COUNTED = b'<c r="B1"><f aca="false">1+1</f><v>2</v></c>'
SLIDE = b'<a:fld id="{1}" type="datetime1"><a:t>30.11.2026</a:t></a:fld><a:fld id="{2}" type="slidenum"><a:t>3</a:t></a:fld>'


@pytest.mark.parametrize(
    ("part", "content", "gone", "kept"),
    [
        ("word/header1.xml", DATED + PAGED, b"2026", b"7"),
        ("word/document.xml", PAGED + DATED + FIXED, b"2026", b"2025"),
        ("word/document.xml", FIXED + DATED, b"2026", b"2025"),
        ("xl/worksheets/sheet1.xml", CELL.format(passing="true", formula="1+TODAY()").encode() + COUNTED, b"46356", b"<v>2</v>"),
        ("xl/worksheets/sheet1.xml", CELL.format(passing="false", formula="RANDBETWEEN(1,9)").encode() + COUNTED, b"46356", b"<v>2</v>"),
        ("xl/worksheets/sheet1.xml", CELL.format(passing="true", formula="CELL(&quot;filename&quot;)").encode(), b"46356", b"CELL"),
        ("ppt/slides/slide1.xml", SLIDE, b"30.11.2026", b"3</a:t>"),
    ],
)
def test_what_depends_on_the_day_is_taken_out(part, content, gone, kept, tmp_path):
    """So that the same file is the same text tomorrow; every other part stays as it is."""
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as made:
        made.writestr(part, content)
        made.writestr("other.xml", content)
    with zipfile.ZipFile(without_passing(tmp_path / "made.zip")) as lasting:
        assert gone not in lasting.read(part) and kept in lasting.read(part)
        assert lasting.read("other.xml") == content


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/document.xml", FIXED),
        ("xl/worksheets/sheet1.xml", CELL.format(passing="true", formula="OFFSET(A1,0,0)").encode()),
        ("xl/worksheets/sheet1.xml", CELL.format(passing="true", formula="INDIRECT(&quot;A1&quot;)").encode()),
        ("xl/worksheets/sheet1.xml", CELL.format(passing="false", formula="MYTODAY(1)").encode()),
    ],
)
def test_what_was_fixed_or_looked_up_stays(part, content, tmp_path):
    """A date that its author fixed, and a cell that shows another one, are the same on every day."""
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as made:
        made.writestr(part, content)
    assert without_passing(tmp_path / "made.zip") == tmp_path / "made.zip"


def test_a_file_without_them_stays_the_file(tmp_path):
    """Nothing is written twice."""
    document = docx.Document()
    document.add_paragraph("Lock all doors.")
    document.save(tmp_path / "made.docx")
    assert without_passing(tmp_path / "made.docx") == tmp_path / "made.docx"
