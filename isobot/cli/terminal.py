"""An answer on a terminal."""

from __future__ import annotations

from datetime import date

from rich.text import Text

from corpus.answer import Answer
from corpus.citation import Citation
from isobot.citation import ENGLISH, SHOWN, citation_line, controls_line, marks, references_line, remarks
from isobot.cli.screen import Screen


def print_answer(answer: Answer, today: date) -> None:
    """Quotation, citation line and controls, best first; or that the documents do not say, what is near, and whom to ask."""
    console = Screen()
    for notice in remarks(answer):
        console.print(Text(printable(notice), style="yellow"))
    if answer.abstained:
        if not answer.notices:
            console.print(Text("Your policies don't say.", style="bold"))
        console.print(f"Ask {printable(answer.owner or 'whoever keeps your policies')}.", markup=False)
        if answer.nearest:
            console.print(Text("\nNot an answer, but near:", style="dim"))
    for citation in (answer.citations or answer.nearest)[:SHOWN]:
        console.print()
        print_citation(console, citation, today, dim=answer.abstained, whole=answer.whole)


def print_citation(
    console: Screen, citation: Citation, today: date, dim: bool = False, controls: bool = True, whole: bool = False
) -> None:
    """One quotation with the line that says where it stands; the clause around it in its place where `whole` is asked for."""
    words = citation.whole_clause if whole else citation.quote
    console.print_indented(f"“{printable(words)}”", "dim" if dim else "bold")
    console.print(Text(f"  {printable(citation_line(citation))}", style="cyan"), soft_wrap=True)
    if names := citation.column_names:
        console.print(Text(f"  {printable(ENGLISH.say('place.columns', names=names))}", style="dim"), soft_wrap=True)
    if words := citation.lead_in:
        console.print(Text(f"  {printable(ENGLISH.say('place.lead', words=words))}", style="dim"), soft_wrap=True)
    for mark in marks(citation, today):
        console.print(Text(f"  ! {mark}", style="yellow"))
    if controls and (named := controls_line(citation.controls)):
        console.print(Text(f"  {named}", style="dim"), soft_wrap=True)
    if citation.refers:
        places = references_line(citation.refers)
        console.print(Text(f"  {printable(ENGLISH.say('place.refers', places=places))}", style="dim"), soft_wrap=True)


def printable(text: str) -> str:
    """Text without the control characters with which a document could rewrite the screen; line ends stay."""
    return "".join(character if character == "\n" or character.isprintable() else " " for character in text)
