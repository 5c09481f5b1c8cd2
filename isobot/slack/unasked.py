"""What people say to each other in a channel: whether it reads as a question that the bot might answer unasked."""

from __future__ import annotations

import re

from isobot.citation_request import citation_request

ENGLISH = "what which who whom whose when where why how may can could must shall should do does did is are was were am has have will would"
GERMAN = (
    "was welche welcher welches wer wen wem wessen wann wo wohin woher warum wieso weshalb wie darf dürfen kann können muss müssen "
    "soll sollen sollte ist sind gilt gelten hat haben gibt wird werden braucht brauche"
)
OPENINGS = frozenset((*ENGLISH.split(), *GERMAN.split()))  # what questions begin with, in the languages of the catalogue
GOING_ON = ("and", "or", "but", "und", "oder", "aber")  # "and for contractors" goes on with a question, where little follows
LONGEST_GOING_ON = 8  # words of "and for contractors who work from abroad"
ENDED = re.compile(r"[?？؟](?:[\s)\]”\"'’]|$)")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def reads_as_question(words: str) -> bool:
    """Whether the words are a question, with or without its mark, or want something shown of a citation; thanks and news are none."""
    said = WORD.findall(words.casefold())
    if not said:
        return False
    if ENDED.search(words) or citation_request(words):
        return True
    if said[0] in GOING_ON:
        return len(said) <= LONGEST_GOING_ON
    return len(said) > 2 and said[0] in OPENINGS
