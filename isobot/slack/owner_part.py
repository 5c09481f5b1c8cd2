"""The part that takes a question to the document's owner, and their reply back to where it was asked."""

from __future__ import annotations

import json

from isobot.refusals import NotServedError
from isobot.slack.answers_part import cited
from isobot.slack.blocks import ASK_OWNER, button, rich_text, section, text
from isobot.slack.curation_part import offered
from isobot.slack.limits import MAX_RICH_TEXT
from isobot.slack.literal import clipped, escaped, literal, pieces
from isobot.slack.parts import Part
from isobot.slack.reply import Reply
from isobot.slack.visit import Services, Visit, blocks_as_view, plain
from isobot.state.records import AnswerRecord

REPLY, REPLY_VIEW = "isobot_owner_reply", "isobot_owner_reply_view"
MAX_REPLY = 3000


def ask_owner(services: Services, visit: Visit) -> None:
    """Send the question to the owner's channel or person that the setting `owners` names."""
    record, _ = cited(services, visit)
    services.groups(visit.user)
    words = services.words(visit)
    owner = owner_of(services, record) or words.say("owner.unnamed")
    to = reached_at(services, record)
    if to is None:
        services.say(visit, "owner.unknown", owner=owner)
        return
    theirs = services.channels.words(to)
    lines = [text(theirs.say("owner.question"), bold=True), text(f"\n{clipped(literal(record.question), 1000)}\n")]
    if link := permalink(services, visit):
        lines += [{"type": "link", "url": link, "text": theirs.say("owner.where")}]
    back = {"answer": record.id, "channel": visit.channel or visit.user, "thread_ts": visit.thread_ts, "user": visit.user}
    label = theirs.say("button.reply")
    buttons = {"type": "actions", "elements": [button(label, REPLY, json.dumps(back)) | {"style": "primary"}]}
    notice = escaped(f"{theirs.say('owner.question')}: {record.question[:1000]}")
    sent = Reply.saying(words.say("owner.sent", owner=owner))
    services.post(to, Reply(notice, [rich_text(section(*lines)), buttons]), visit=visit, then=sent)


def owner_of(services: Services, record: AnswerRecord) -> str | None:
    return record.owner or services.settings.default_owner


def reached_at(services: Services, record: AnswerRecord) -> str | None:
    """The Slack user or channel that gets questions for the owner of what was cited; None where no setting says."""
    owners = services.settings.owners
    return owners.get((owner_of(services, record) or "").casefold()) or owners.get("*")


def asked_of(services: Services, visit: Visit) -> AnswerRecord:
    """The answer whose question was sent to this person, or to a channel of theirs.

    Decided anew at each step from the settings and Slack, not from what the button carries. Raises NotServedError for anybody else.
    """
    services.groups(visit.user)
    record = services.store.answer(json.loads(visit.value)["answer"])
    to = reached_at(services, record) if record else None
    if record is None or to is None:
        raise NotServedError("owner.not_here")
    theirs = visit.user == to if to.startswith(("U", "W")) else services.audience.is_member(visit.user, to)
    if not theirs:
        raise NotServedError("owner.not_yours")
    return record


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
    asked_of(services, visit)
    words = services.words(visit)
    field = {"type": "plain_text_input", "action_id": "reply", "multiline": True, "max_length": MAX_REPLY}
    block = {"type": "input", "block_id": "reply", "label": plain(words.say("owner.label")), "element": field}
    submit = words.say("button.send")
    services.open(visit, blocks_as_view(words.say("owner.modal"), [block], words, REPLY_VIEW, submit, visit.kept(visit.value)))


def replied(services: Services, visit: Visit) -> None:
    """Bring the owner's words back: into the thread, or to the asker alone where the answer was theirs alone."""
    record = asked_of(services, visit)
    back = json.loads(visit.value)
    to = back["channel"] if back["thread_ts"] else back["user"]
    words = services.channels.words(to)
    said = literal(visit.inputs.get("reply", ""))
    asked = clipped(literal(record.question), 300)
    from_whom = [text(f"{words.say('owner.reply')} "), {"type": "user", "user_id": visit.user}]
    lines = [*from_whom, text(f" {words.say('owner.reply_to', question=asked)}\n")]
    quote = {"type": "rich_text_quote", "elements": [text(piece) for piece in pieces(said, MAX_RICH_TEXT // 2)]}
    reply = Reply(escaped(f"{words.say('owner.reply_to', question=asked)} {said}"), [rich_text(section(*lines), quote)])
    owner = owner_of(services, record) or words.say("owner.unnamed")
    told = offered(services, visit, record, owner, visit.inputs.get("reply", ""))
    services.post(to, reply, back["thread_ts"] or None, visit, told)


def owner_part() -> Part:
    return Part("owner", actions={ASK_OWNER: ask_owner, REPLY: open_reply}, views={REPLY_VIEW: replied})
