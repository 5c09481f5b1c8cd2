"""Numerals: the number of a list item or heading as it is printed."""

from __future__ import annotations

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"))
ROMAN_UNITS = ((5, "v"), (4, "iv"), (1, "i"))


def numeral(number: int, style: str) -> str:
    """`number` (from 1) in one of the styles of WordprocessingML (ST_NumberFormat, ECMA-376 part 1, 17.18.59).

    Letters repeat after z (27 is "aa", 28 "bb"), as Word prints them; a style not known here prints as decimal.
    """
    match style:
        case "lowerLetter" | "upperLetter" if 0 < number <= 780:
            text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case "lowerRoman" | "upperRoman" if 0 < number < 4000:
            text = _roman(number)
        case "decimalZero":
            text = f"{number:02d}"
        case "ordinal":
            text = f"{number}{_ordinal_suffix(number)}"
        case _:
            text = str(number)
    return text.upper() if style.startswith("upper") else text


def _roman(number: int) -> str:
    letters = ""
    for value, symbol in (*ROMAN, *ROMAN_UNITS):
        count, number = divmod(number, value)
        letters += symbol * count
    return letters


def _ordinal_suffix(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
