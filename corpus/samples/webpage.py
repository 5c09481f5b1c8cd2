"""A source as one HTML page that needs no other file."""

from __future__ import annotations

from html import escape

from corpus.samples.source import Block, Grid, Heading, Listing, Paragraph, Runs, Source

STYLE = """
body { margin: 0; background: #f4f6f8; color: #1d2733; font: 16px/1.55 Georgia, "Times New Roman", serif; }
header, footer { background: #17324d; color: #fff; padding: 0.9rem 2rem; font: 0.85rem/1.4 Verdana, Geneva, sans-serif; }
main { max-width: 50rem; margin: 2rem auto; padding: 2rem 3rem; background: #fff; border: 1px solid #d5dce3; }
h1, h2, h3 { font-family: Verdana, Geneva, sans-serif; color: #17324d; line-height: 1.3; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; } h3 { font-size: 1rem; margin-top: 1.5rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: 0.92rem; }
th, td { border: 1px solid #c3ccd5; padding: 0.4rem 0.6rem; text-align: left; vertical-align: top; }
caption { text-align: left; font-weight: bold; color: #17324d; padding-bottom: 0.3rem; }
thead th, .control th { background: #e8eef4; } .control th { width: 9rem; }
.clause > b { display: inline-block; min-width: 3rem; } .item { margin: 0.3rem 0 0.3rem 3rem; }
nav ul { columns: 2; list-style: none; padding: 0; font-size: 0.92rem; } nav a { color: #1f5d99; }
"""


def page(source: Source) -> bytes:
    """The whole page as UTF-8."""
    title = escape(source.title)
    control = "\n".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in source.control_rows())
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>',
        f'<meta name="author" content="{escape(source.properties["owner"])}">\n<style>{STYLE}</style>\n</head>\n<body>',
        f"<header>Merrowline policy library – {title}</header>\n<main>\n<h1>{title}</h1>",
        f'<table class="control">\n<caption>Document control</caption>\n<tbody>\n{control}\n</tbody>\n</table>',
        _contents(source.blocks),
        *(_element(block) for block in source.blocks),
        f"</main>\n<footer>{escape(source.edition)}</footer>\n</body>\n</html>\n",
    ]
    return "\n".join(lines).encode("utf-8")


def _contents(blocks: tuple[Block, ...]) -> str:
    entries = "\n".join(
        f'<li><a href="#{_anchor(block)}">{_label(block)}</a></li>' for block in blocks if isinstance(block, Heading) and block.level == 1
    )
    return f'<nav aria-label="Contents">\n<ul>\n{entries}\n</ul>\n</nav>'


def _label(heading: Heading) -> str:
    return escape(f"{heading.number} {heading.text}" if heading.number else heading.text)


def _anchor(heading: Heading) -> str:
    return "s" + (heading.number or heading.text.lower().replace(" ", "-"))


def _element(block: Block) -> str:
    match block:
        case Heading(level=level):
            return f'<h{level + 1} id="{_anchor(block)}">{_label(block)}</h{level + 1}>'
        case Paragraph(number=None, runs=runs):
            return f"<p>{_inline(runs)}</p>"
        case Paragraph(number=number, runs=runs):
            return f'<p class="clause"><b>{number}</b> {_inline(runs)}</p>'
        case Listing(items=items):
            if items[0].letter:
                return "\n".join(f'<p class="item">{item.letter} {_inline(item.runs)}</p>' for item in items)
            entries = "\n".join(f"<li>{_inline(item.runs)}</li>" for item in items)
            return f"<ul>\n{entries}\n</ul>"
        case Grid(header=header, rows=rows):
            head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in header)
            body = "\n".join("<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _inline(runs: Runs) -> str:
    parts = []
    for run in runs:
        text = escape(run.text)
        text = f"<em>{text}</em>" if run.italic else text
        parts.append(f"<strong>{text}</strong>" if run.bold else text)
    return "".join(parts)
