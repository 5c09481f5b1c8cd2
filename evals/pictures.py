"""Pictures of what people see in Slack: the blocks of each surface as HTML, and that as a PNG by headless Chromium."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from corpus.errors import IsobotError, SourceError

if TYPE_CHECKING:
    from isobot.settings import Settings
    from isobot.slack.limits import Block
    from isobot.slack.visit import Services

ANSWERED, LEFT_OPEN = "can i work from spain for a month?", "may i bring my dog to the office?"
REPLIED = "Yes, Spain is in the European Economic Area. But 20 working days are less than a month: plan for four weeks at most."
PROPOSED = "For longer stays ask me in person: there are agreements with two partner companies."
DIFFERING = "how long till my screen goes off on its own"
PERSON, TEAM, CHANNEL = "U0AMIRA", "T0MERROWLINE", "C0GENERAL"
WIDTH = 720  # CSS pixels
LEAST_HEIGHT = 220  # below which Chromium makes its window no smaller, but what it shows in it
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
STYLE = """
body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, "Noto Sans", "DejaVu Sans", sans-serif; }
main { padding: 16px 20px; } main.message { display: grid; grid-template-columns: 36px 1fr; gap: 10px; }
.face { width: 36px; height: 36px;
  border-radius: 6px; background: #1f4e5f; color: #fff; font: bold 18px/36px sans-serif; text-align: center; }
.who b { margin-right: 6px; } .app { background: #e8e8e8; border-radius: 3px; font-size: 10px; padding: 1px 4px; color: #616061; }
.part { white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0; }
blockquote { margin: 4px 0; padding-left: 12px; border-left: 4px solid #ddd; white-space: pre-wrap; }
code { background: #f6f6f7; border: 1px solid #ddd; border-radius: 3px; color: #c01343; font-size: 12px; padding: 1px 3px; }
button { background: #fff; border: 1px solid #bbb;
  border-radius: 4px; font: bold 13px sans-serif; padding: 5px 12px; margin: 4px 8px 4px 0; }
button.primary { background: #007a5a; border-color: #007a5a; color: #fff; }
hr { border: 0; border-top: 1px solid #ddd; margin: 10px 0; } ul { margin: 4px 0; padding-left: 24px; }
label { display: block; font-weight: bold; margin: 12px 0 4px; } .option { margin: 4px 0; } .option small { color: #616061; display: block;
  margin-left: 24px; } .option i { display: inline-block; width: 10px; height: 10px; border: 1px solid #868686; border-radius: 50%;
  margin-right: 10px; } .option i.on { border: 4px solid #1264a3; width: 4px; height: 4px; }
.field { border: 1px solid #868686; border-radius: 4px; padding: 6px 10px; min-height: 20px; color: #616061; }
.field.chosen { color: #1d1c1d; }
.field b { float: right; font-weight: normal; } footer { text-align: right; padding: 10px 20px; border-top: 1px solid #ddd; }
h1 { font-size: 20px; margin: 0; padding: 14px 20px; border-bottom: 1px solid #ddd; }
"""


@dataclass(frozen=True, slots=True)
class Surface:
    """What is drawn. title: of a modal or of App Home; "" for a message of the bot. submit: the button below a modal's fields."""

    blocks: list[Block]
    title: str = ""
    submit: str = ""

    @classmethod
    def of(cls, view: Mapping[str, Any]) -> Surface:
        return cls(view["blocks"], view["title"]["text"], view.get("submit", {}).get("text", ""))


def page(surface: Surface) -> str:
    """A page that shows a surface about as Slack does."""
    inner = "".join(map(block_html, surface.blocks))
    if surface.title:
        footer = f'<footer><button class="primary">{html.escape(surface.submit)}</button></footer>' if surface.submit else ""
        body = f"<h1>{html.escape(surface.title)}</h1><main>{inner}</main>{footer}"
    else:
        said = f'<div><div class="who"><b>isobot</b><span class="app">APP</span></div>{inner}</div>'
        body = f'<main class="message"><div class="face">§</div>{said}</main>'
    script = "<script>document.title = document.documentElement.scrollHeight</script>"
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{STYLE}</style><body>{body}{script}</body></html>'


def block_html(block: Mapping[str, Any]) -> str:
    """One block. Raises SourceError for a kind that isobot does not use."""
    if block["type"] == "divider":
        return "<hr>"
    if block["type"] == "rich_text":
        return "".join(map(part_html, block["elements"]))
    if block["type"] == "actions":
        return "<div>" + "".join(map(button_html, block["elements"])) + "</div>"
    if block["type"] == "input":
        return f"<label>{html.escape(block['label']['text'])}</label>{field_html(block['element'])}"
    raise SourceError(f"A block of the kind {block['type']!r} cannot be drawn. Teach `evals/pictures.py` to.")


def field_html(element: Mapping[str, Any]) -> str:
    """A field of a modal, as it is when the modal opens."""
    if element["type"] == "radio_buttons":
        return "".join(option_html(option, option == element.get("initial_option")) for option in element["options"])
    chosen = element.get("initial_options") or [element["initial_option"]] if "initial_option" in element else []
    shown = ", ".join(option["text"]["text"] for option in chosen)
    arrow = "<b>⌄</b>" if "options" in element else ""
    return f'<div class="field {"chosen" if shown else ""}">{arrow}{html.escape(shown)}</div>'


def option_html(option: Mapping[str, Any], chosen: bool) -> str:
    below = f"<small>{html.escape(option['description']['text'])}</small>" if "description" in option else ""
    return f'<div class="option"><i class="{"on" if chosen else ""}"></i>{html.escape(option["text"]["text"])}{below}</div>'


def button_html(element: Mapping[str, Any]) -> str:
    return f'<button class="{element.get("style", "")}">{html.escape(element["text"]["text"])}</button>'


def part_html(part: Mapping[str, Any]) -> str:
    inner = "".join(
        f"<li>{leaves_html(item['elements'])}</li>" if part["type"] == "rich_text_list" else leaf_html(item) for item in part["elements"]
    )
    return {
        "rich_text_section": f'<div class="part">{inner}</div>',
        "rich_text_quote": f"<blockquote>{inner}</blockquote>",
        "rich_text_list": f"<ul>{inner}</ul>",
    }[part["type"]]


def leaves_html(leaves: list[Mapping[str, Any]]) -> str:
    return "".join(map(leaf_html, leaves))


def leaf_html(leaf: Mapping[str, Any]) -> str:
    words = html.escape(str(leaf.get("text") or leaf.get("url") or leaf.get("user_id")))
    for style, tag in (("code", "code"), ("italic", "i"), ("bold", "b")):
        if leaf.get("style", {}).get(style):
            words = f"<{tag}>{words}</{tag}>"
    return words


def photograph(browser: str, content: str, target: Path) -> None:
    """Write the page's picture, as high as the page is."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(content, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={folder}/profile", "--disable-gpu"]
        dom = called([browser, *options, f"--window-size={WIDTH},100", "--dump-dom", source.as_uri()])
        found = re.search(r"<title>(\d+)</title>", dom)
        height = max(int(found[1]) if found else 800, LEAST_HEIGHT)
        called([browser, *options, f"--window-size={WIDTH},{height}", f"--screenshot={target.resolve()}", source.as_uri()])
    if not target.is_file():
        raise SourceError(f"{browser} made no picture at {target}. Try `{browser} --headless --screenshot` by hand to see why.")


def called(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout


def make(settings: Settings, folder: Path) -> list[Path]:
    """Draw each surface, answered from the index in the settings. Raises SourceError where there is no Chromium."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise SourceError(f"The pictures are made with Chromium, and none of {', '.join(BROWSERS)} is installed. Install one.")
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, surface in surfaces(settings).items():
        target = folder / f"{name}.png"
        photograph(browser, page(surface), target)
        made.append(target)
    return made


def surfaces(settings: Settings) -> dict[str, Surface]:
    """Name → every surface, made by the bot's own code: questions and clicks of one member of staff."""
    from isobot.slack.all_parts import all_parts
    from isobot.slack.blocks import ASK_OWNER, CLAUSE
    from isobot.slack.channel_settings import ChannelSettings
    from isobot.slack.visit import Visit
    from isobot.state.owner_replies import Status

    parts = all_parts()
    with tempfile.TemporaryDirectory() as state:
        services = serving(settings, Path(state) / "state.db")
        drawn = cast(Drawn, services.client)
        found = {}
        for name, question in {"answer": ANSWERED, "differing": DIFFERING, "abstention": LEFT_OPEN}.items():
            found[name] = services.answer(Visit(PERSON), question)
        record = services.store.answer(found["answer"].answer_id or "")
        if record is None or record.abstained:
            raise IsobotError(
                f"The index in {settings.index} does not answer “{ANSWERED}”. Draw the pictures from the sample organisation's."
            )
        drawings = {name: Surface(reply.blocks) for name, reply in found.items()}
        parts.actions[CLAUSE](services, Visit(PERSON, value=f"{record.id}:1"))
        drawings["clause"] = Surface.of(drawn.opened[-1])
        for name, command, value in (("control", "where", "A.8.13"), ("help", "help", "")):
            parts.commands[command].handle(services, Visit(PERSON, value=value))
            drawings[name] = Surface(drawn.posted[-1])
        parts.actions[ASK_OWNER](services, Visit(PERSON, CHANNEL, value=found["abstention"].answer_id or ""))
        drawings["owner"] = Surface(drawn.posted[-2])
        parts.commands["settings"].handle(services, Visit(PERSON, CHANNEL))
        drawings["settings"] = Surface.of(drawn.opened[-1])
        services.channels.keep(CHANNEL, ChannelSettings(language="de"), services.identity(PERSON))
        drawings["german"] = Surface(services.answer(Visit(PERSON, CHANNEL), ANSWERED).blocks)
        replies, owner = services.store.owner_replies, "Head of People"
        said = [replies.add(record.question, reply, owner, record.citations[0], "") for reply in (REPLIED, PROPOSED)]
        for id in said:
            replies.move(id, Status.SENT, Status.PROPOSED, "")
        replies.move(said[0], Status.PROPOSED, Status.APPROVED, "")
        drawings["curated"] = Surface(services.answer(Visit(PERSON), ANSWERED).blocks)
        drawings["home"] = Surface([block for section in parts.home for block in section(services, PERSON)], "isobot")
        services.store.close()
    return drawings


class Drawn:
    """In the place of Slack's client and of the outbox: one member of staff, and what the bot posts to them."""

    def __init__(self) -> None:
        self.posted: list[list[Block]] = []
        self.opened: list[Mapping[str, Any]] = []

    def views_open(self, view: Mapping[str, Any], **_: Any) -> None:
        self.opened.append(view)

    def users_info(self, user: str) -> dict[str, Any]:
        return {"user": {"id": user, "team_id": TEAM, "real_name": "Head of People", "profile": {"email": "people@merrowline.example"}}}

    def put(self, _channel: str, arguments: dict[str, Any], **_: Any) -> Future[str]:
        self.posted.append(arguments["blocks"])
        posted: Future[str] = Future()
        posted.set_result("")
        return posted


def serving(settings: Settings, state: Path) -> Services:
    from dataclasses import replace

    from slack_sdk import WebClient

    from isobot.responder import Responder
    from isobot.slack.allowance import Allowance
    from isobot.slack.audience import Audience
    from isobot.slack.channel_settings import Channels
    from isobot.slack.curation import Curation
    from isobot.slack.outbox import Outbox
    from isobot.slack.visit import Services
    from isobot.slack.workspace import Workspace
    from isobot.state.store import Store

    drawn = Drawn()
    client, outbox = cast(WebClient, drawn), cast(Outbox, drawn)
    workspace = Workspace(TEAM, "Merrowline", None, "U0ISOBOT", "isobot")
    shown = replace(
        settings,
        document_url="https://files.merrowline.example/{path}",
        admins=frozenset({"people@merrowline.example"}),
        owners={"*": "C0POLICIES"},
    )
    audience = Audience(client, workspace, settings.users)
    store = Store.open(f"sqlite:///{state}")
    responder, channels = Responder(settings), Channels(store)
    curation, allowance = Curation(store, responder), Allowance(100, 100)
    return Services(client, workspace, responder, store, audience, shown, outbox, channels, curation, allowance)
