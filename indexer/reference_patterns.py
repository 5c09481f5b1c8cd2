"""The forms in which people write the ids of controls. Every repetition is bounded, so that each pattern takes linear time."""

from __future__ import annotations

import re

SPACE = r"[ \t\u00a0\n]"
HYPHEN = r"[-‐‑–]"
ALONE = r"(?<![\w.@])(?<![A-Za-z][-‐‑])"
"""What an id may not stand right after: a letter, digit, dot, or a word with its hyphen."""
NUMBER_END = r"(?!\w|\.\d)"
DEEP = rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,2}}{NUMBER_END}"
"""Two or three parts: "8.13", "12.3.1"; never the beginning of a date, an address or a longer number."""

ITEM = rf"(?:(?:{SPACE}?\(?[a-k]\)|[a-k])(?!\w))?"
"""The letter of a list item after a clause number: "6.1.3 d)"."""

ANNEX_WORD = rf"Annex(?:ure)?{SPACE}{{1,2}}A\b"
KIND_WORD = r"(?:controls?|clauses?|sections?|requirements?|objectives?|domains?|themes?)"

ANNEX = re.compile(
    rf"(?<!\w)(?P<word>{ANNEX_WORD}[,:]?{SPACE}{{0,2}}\(?(?:{KIND_WORD}{SPACE}{{1,2}})?(?:A\.?{SPACE}?)?|Annex{SPACE}A(?=\.))"
    rf"(?:(?P<number>{DEEP})|\.(?P<dotted>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}{NUMBER_END}))"
    rf"|{ALONE}A(?P<spread>\.[ \u00a0]\d{{1,2}}(?:\.[ \u00a0]?\d{{1,2}}){{1,2}}){NUMBER_END}"
    rf"|{ALONE}A(?P<separator>\.{SPACE}?|[ \u00a0]?)(?P<bare>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}{NUMBER_END})",
    re.IGNORECASE,
)
"""Annex A's ids ("spread": "A. 18.2. 2", as some texts come). Case is ignored for the words; the caller judges a small "a"."""

NUMBERED = re.compile(
    rf"(?<![\w.])(?P<word>clauses?|sections?|requirements?|chapters?|controls?|objectives?|domains?|cl\.|§§?){SPACE}{{0,2}}"
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}(?!\.\d)){ITEM}(?!\w)",
    re.IGNORECASE,
)
AFTER_STANDARD = re.compile(
    rf"(?:[ \t\u00a0]?[,:(][ \t\u00a0]?|[ \t\u00a0])(?P<number>{DEEP}|\d{{1,2}}(?:\.\d{{1,2}}){{1,2}}(?=[a-k]\b)){ITEM}"
)
WORD_AFTER_STANDARD = re.compile(rf"{SPACE}?[,:;(–-]?{SPACE}?(?:the{SPACE}|in{SPACE})?$")
"""What may stand between a standard's name and "clause 9.2" that is said right after it."""
OF_STANDARD = re.compile(
    rf"{SPACE}?[,()\[]?{SPACE}?(?:(?:of|in|from|under|within|per){SPACE})?(?:the{SPACE})?(?:international{SPACE})?(?:standard{SPACE})?"
    r"(?:\w{2,3}[ /])?[(\[]?$"
)
"""What may stand between "clause 9.2" and the name of its standard ("of the standard BS EN ISO/IEC 27001")."""
OF_THE_STANDARD = re.compile(rf"{SPACE}of{SPACE}(?:the|that|this){SPACE}(?:international{SPACE})?standard\b", re.IGNORECASE)
OWN_PART = re.compile(rf"{SPACE}?(?:\([^()\n]{{0,60}}\))?{SPACE}?(?:above|below|(?:of|in){SPACE}(?:this|the|our|these)\b)", re.IGNORECASE)
"""After a number: a part of the document itself."""

NEXT_NUMBER = re.compile(
    rf"{SPACE}?(?:,{SPACE}?(?:and{SPACE}|or{SPACE})?|;{SPACE}?|&{SPACE}?|/{SPACE}?|and{SPACE}|or{SPACE}|to{SPACE}|through{SPACE}|[-–—]{SPACE}?)"
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}(?!\.\d)){ITEM}(?!\w)"
)
"""The next bare number of a list or range."""
RANGE = re.compile(rf"{SPACE}?(?:[-–—]|to|through|thru|until|up{SPACE}to|\.\.\.?|…){SPACE}?")
UNIT = re.compile(
    rf"{SPACE}?(?:%|°|€|£|\$)|{SPACE}?(?:percent|per{SPACE}cent|million|billion|thousand|seconds?|minutes?|hours?|days?|weeks?|months?|years?|metres?|meters?"
    r"|miles?|inch(?:es)?|[kMGT]i?B|[kmc]?m|k?g|ms|am|pm|EUR|USD|GBP)\b",
    re.IGNORECASE,
)
NOT_A_CONTROL = re.compile(
    r"(?:\bv(?:ersions?|ers?\.?)?|releases?|build|\brev(?:ision)?\.?|model|firmware|appendix|appendices|tables?|figures?|fig\.|sections?|exhibit|schedule"
    r"|steps?|part|size|paper)[ \t\u00a0\n]?(?:no\.? ?)?(?:A[.\d]{1,8}(?:,|,? and|,? or| &)[ \t\u00a0\n]){0,2}$",
    re.IGNORECASE,
)
"""Right before an id: it numbers something else."""
CONTROL_BEFORE = re.compile(r"(?:controls?|objectives?|domains?|themes?)[ \t\u00a0\n]{1,2}$", re.IGNORECASE)
OWN_APPENDIX = re.compile(r"^[#*_ \t]{0,12}(?:Appendix[ \t])?A\.[1-4](?![\w]|\.\d{1,2}\.)", re.MULTILINE)
"""A heading "A.1" to "A.4": the document has an appendix A of its own, for Annex A of the standard begins at A.5."""

FAMILIES = "AC|AT|AU|CA|CM|CP|IA|IR|MA|MP|PE|PL|PM|PS|PT|RA|SA|SC|SI|SR"
NIST_CONTROL = re.compile(rf"{ALONE}(?P<family>{FAMILIES}){HYPHEN}0?(?P<number>\d{{1,2}})(?:[a-z](?!\w))?(?!\w|[-‐‑]\d|\.\d)")
LOOSE_NIST_CONTROL = re.compile(
    rf"{ALONE}(?P<family>{FAMILIES})(?P<separator>{HYPHEN}| ?)0?(?P<number>\d{{1,2}})(?:[a-z](?!\w))?(?!\w|[-‐‑]\d|\.\d)", re.IGNORECASE
)
ENHANCEMENT = re.compile(r"[ \u00a0]?\([ \u00a0]?0?(?P<number>\d{1,2})[ \u00a0]?\)")
NEXT_ENHANCEMENT = re.compile(
    rf"{SPACE}?(?:[,/&]|[-–—]|,?{SPACE}?(?:and|or|to|through)(?={SPACE}))?{SPACE}?"
    r"(?P<shown>\([ \u00a0]?0?(?P<number>\d{1,2})[ \u00a0]?\))"
)
CLOCK_BEFORE = re.compile(r"\d[ \t\u00a0]?$")
"""Before "PM-5": a time of day."""

CSF = re.compile(
    rf"{ALONE}(?P<function>GV|ID|PR|DE|RS|RC)\.(?P<category>[A-Z]{{2}})(?:{HYPHEN}(?P<number>\d{{1,2}}))?(?!\w|{HYPHEN}\w|\.\w)"
)
LOOSE_CSF = re.compile(CSF.pattern, re.IGNORECASE)
CRITERION = re.compile(rf"{ALONE}(?P<series>CC|PI|A|C|P)(?P<number>\d)(?:\.(?P<point>\d{{1,2}}))?(?!\w|\.\d|[-‐‑]\d)")
LOOSE_CRITERION = re.compile(CRITERION.pattern, re.IGNORECASE)
URL = re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+")
