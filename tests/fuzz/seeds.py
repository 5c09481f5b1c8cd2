"""What fuzzing starts from: small right files of each reader, and the words that mean something in its format."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.indexer import hostile
from tests.indexer.compound import compound

POLICIES = Path(__file__).parents[2] / "corpus" / "policies"
SMALL = 60_000  # bytes; longer files teach nothing more and are slow to change

MAIL = b"""From: a@b.example
Subject: Locks
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

1 Lock all doors.
--x
Content-Type: text/html; charset=utf-8

<h1>2 Keys</h1><p>Hand in.</p>
--x--
"""
RST = b"""=====
Locks
=====

1 Doors
=======

- Lock all doors.

+---+---+
| a | b |
+---+---+

.. note:: Keys
"""
PAGE = b"""<style>.c0{font-weight:700}.k>li:before{content:"(" counter(k,lower-latin) ") "}</style>
<table role=presentation><tr><td><h2>1 Keys</h2><p>Hand in.<sup><a href="#n1" id=r1>1</a></sup></p><td><p class=c0>Links</p>
<tr><td>a<td>b</table>
<ol class=k><li>Lock<table><tr><td>x<td>y<table><tr><td>z</table></table></ol>
<p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">a)</span>Doors</p><p class=MsoToc1>1 Keys 2</p>
<ol><li id=n1>By hand.<a href="#r1">^</a></ol>
"""
WRITTEN = {
    ".csv": [b"Gate,Locked,By\nNorth,yes,Ines\nSouth,no,\"Jo, A.\"\n"],
    ".doc": [compound({"__properties_version1.0": b"x"}), compound({"EncryptedPackage": b"x"}), MAIL, PAGE, b"1 Doors\n\nLock all doors."],
    ".eml": [MAIL],
    ".html": [PAGE],
    ".mht": [MAIL.replace(b"multipart/mixed", b"multipart/related")],
    ".pdf": [content for kind, content in hostile.recursive_pdfs().items() if kind != "labels"],
    ".pptx": [hostile.plain_pptx()],
    ".rst": [RST],
    ".txt": [b"1 Doors\n\n(a) Lock all doors.\n(b) See 4.2.\n\n1.1 Keys\nHand in keys.\n\nGate | Locked\nNorth | yes\n"],
    ".docx": [hostile.plain_docx()],
    ".xlsx": [hostile.plain_xlsx()],
}
WORDS = {
    ".csv": "\" , ; | \t \n \r\n \0 =SUM(A1) 1.1 \ufeff",
    ".doc": "<html> <?xml <table> MIME-Version: W\0o\0r\0d\0 \xff\xff\xff\xff \0\0\0\0 \1 \xfe\xff\t\0",
    ".docx": "<w:p> </w:p> <w:r> <w:t> <w:tbl> <w:tr> <w:tc> <w:numPr> "
    '<w:ilvl w:val="9"/> <w:outlineLvl w:val="x"/> <w:ins> <w:del> " & <',
    ".eml": "Content-Type: boundary= charset=utf-7 base64 quoted-printable =?utf-8?q? --x \n\n multipart/mixed message/rfc822",
    ".html": "<table> <tr> <td colspan=9> <h1> </h1> <ul> <li> <pre> <!-- --> &#0; &nbsp; <p <script> </ ]]> <details> <dl> <dt> "
    '<sup> <a href="#n1" id="n1"> <style> .c0{font-weight:700} mso-list:l0 id=r1 role=none',
    ".md": "# ## --- ``` ~~~ > - * 1. | |---| [ ]( ) ![ ]( <div> &amp; \\ !!! {#a} : +++ \t 4.2 (a) \n\n",
    ".pdf": "obj endobj stream endstream /Kids [ ] << >> /Count /Length /MediaBox R BT ET Tj Td Tf Tm -1 0 99999999999 ( )",
    ".pptx": "<p:sp> <a:p> <a:r> <a:t> <a:tbl> <a:tr> <a:tc gridSpan=\"9\"> lvl=\"99\" <p:ph type=\"x\"/> \" & <",
    ".rst": "==== ---- .. :: ` ``x`` |a| * - + +---+ : :field: \\ __ _ [1]_ .. include:: .. csv-table:: .. raw::",
    ".txt": "1 1.1 1.1.1 (a) (iv) • - | \t \f \x0b \u2028 Annex A Article 7 § 3.2 4.2.99999 : ? \n\n ……… .......... 12",
    ".xlsx": "<row r=\"0\"> <row> </row> <c r=\"A1\" t=\"s\"> <c t=\"d\"> <v> </v> "
    '1e999 -1 99999 <mergeCell ref="A1:XFD9"/> t="inlineStr" " & <',
}  # fmt: skip
SAME = {".mht": ".eml", ".tsv": ".csv"}


@cache
def seeds_of(suffix: str) -> tuple[bytes, ...]:
    """Small files of the sample organisation with this suffix, and those written for it above."""
    found = [file.read_bytes() for file in sorted(POLICIES.glob(f"*{suffix}")) if file.stat().st_size <= SMALL]
    return (*found, *WRITTEN.get(suffix, ()))


def words_of(suffix: str) -> list[bytes]:
    return [word.encode() for word in WORDS[SAME.get(suffix, suffix)].split(" ") if word]


SUFFIXES = (".csv", ".doc", ".docx", ".eml", ".html", ".md", ".mht", ".pdf", ".pptx", ".rst", ".txt", ".xlsx")
"""One suffix for each reader."""
