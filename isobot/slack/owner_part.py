"""The part that takes a question to the document's owner, and their reply back to where it was asked."""

from __future__ import annotations

import json

from isobot.slack.answers_part import cited
from isobot.slack.blocks import ASK_OWNER, button, rich_text, section, text
from isobot.slack.limits import MAX_RICH_TEXT
from isobot.slack.literal import clipped, cut, escaped, literal
from isobot.slack.parts import Part
from isobot.slack.reply import Reply
from isobot.slack.visit import Services, Visit, blocks_as_view, plain

REPLY, REPLY_VIEW = "isobot_owner_reply", "isobot_owner_reply_view"
SENT = "I have asked {owner} for you. Their reply comes back here."
UNKNOWN = "Nobody has told me how to reach {owner} in Slack, so please ask them yourself."
MAX_REPLY = 3000


def ask_owner(services: Services, visit: Visit) -> None:
    """Send the question to the owner's channel or person that the setting `owners` names."""
    record, _ = cited(services, visit)
    services.groups(visit.user)
    owner = record.owner or services.settings.default_owner or "the owner"
    owners = services.settings.owners
    to = owners.get(owner.casefold()) or owners.get("*")
    if to is None:
        services.tell(visit, Reply.saying(UNKNOWN.format(owner=owner)))
        return
    lines = [text("A question for you", bold=True), text(f"\n{clipped(literal(record.question), 1000)}\n")]
    if link := permalink(services, visit):
        lines += [{"type": "link", "url": link, "text": "Where it was asked"}]
    back = {"answer": record.id, "channel": visit.channel or visit.user, "thread_ts": visit.thread_ts, "user": visit.user}
    buttons = {"type": "actions", "elements": [button("Reply", REPLY, json.dumps(back)) | {"style": "primary"}]}
    asked = Reply(escaped(f"A question for you: {record.question[:1000]}"), [rich_text(section(*lines)), buttons])
    services.post(to, asked, visit=visit, then=Reply.saying(SENT.format(owner=owner)))


def permalink(services: Services, visit: Visit) -> str:
    """Where it was asked; "" for an answer that only its asker saw."""
    from slack_sdk.errors import SlackApiError

    if not (visit.channel and visit.thread_ts) or visit.channel.startswith("D"):
        return ""
    try:
        return str(services.client.chat_getPermalink(channel=visit.channel, message_ts=visit.thread_ts)["permalink"])
    except SlackApiError:
        return ""


def open_reply(services: Services, visit: Visit) -> None:
    services.groups(visit.user)
    field = {"type": "plain_text_input", "action_id": "reply", "multiline": True, "max_length": MAX_REPLY}
    block = {"type": "input", "block_id": "reply", "label": plain("Your reply"), "element": field}
    services.open(visit, blocks_as_view("Reply", [block], REPLY_VIEW, "Send", visit.kept(visit.value)))


def replied(services: Services, visit: Visit) -> None:
    """Bring the owner's words back: into the thread, or to the asker alone where the answer was theirs alone."""
    services.groups(visit.user)
    back = json.loads(visit.value)
    record = services.store.answer(back["answer"])
    words = literal(visit.inputs.get("reply", ""))
    words = words[: cut(words, MAX_RICH_TEXT // 2)]
    asked = clipped(literal(record.question if record else ""), 300)
    lines = [text("A reply from "), {"type": "user", "user_id": visit.user}, text(f" to “{asked}”:\n")]
    quote = {"type": "rich_text_quote", "elements": [text(words)]}
    reply = Reply(escaped(f"A reply to “{asked}”: {words}"), [rich_text(section(*lines), quote)])
    to = back["channel"] if back["thread_ts"] else back["user"]
    services.post(to, reply, back["thread_ts"] or None, visit, Reply.saying("I have passed your reply on."))


def owner_part() -> Part:
    return Part("owner", actions={ASK_OWNER: ask_owner, REPLY: open_reply}, views={REPLY_VIEW: replied})
