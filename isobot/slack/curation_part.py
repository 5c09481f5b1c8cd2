"""The part that keeps owners' replies: proposed by who replied, approved by an admin in App Home."""

from __future__ import annotations

from isobot.refusals import ChangedError, NotServedError
from isobot.reopened import reopened
from isobot.slack import wording
from isobot.slack.blocks import Element, button, rich_text, section, text
from isobot.slack.limits import Block
from isobot.slack.literal import clipped, literal
from isobot.slack.parts import Part
from isobot.slack.reply import Reply
from isobot.slack.visit import Services, Visit
from isobot.state.owner_replies import OwnerReply, Status
from isobot.state.records import AnswerRecord

KEEP, APPROVE, DECLINE = "isobot_keep", "isobot_approve", "isobot_decline"
SHOWN = 5  # proposals in App Home
MAX_REPLY = 1500  # characters of a reply in App Home


def offered(services: Services, visit: Visit, record: AnswerRecord, owner: str, reply: str) -> Reply:
    """What an owner is told when their reply has been passed on: that it was, and that it can be kept, where a clause belongs to it."""
    words = services.words(visit)
    told = Reply.saying(words.say("owner.passed_on"))
    cited = (*record.citations, *record.nearest)[:1]
    if not cited:
        return told
    by = services.store.people.ref_of(services.identity(visit.user))
    id = services.store.owner_replies.add(record.question, reply, owner, cited[0], by)
    offer = rich_text(section(text(words.say("curated.offer"))))
    return Reply(told.text, [*told.blocks, offer, {"type": "actions", "elements": [button(words.say("button.keep"), KEEP, id)]}])


def keep(services: Services, visit: Visit) -> None:
    """Propose one's own reply."""
    services.groups(visit.user)
    reply = services.store.owner_replies.get(visit.value)
    by = services.store.people.ref_of(services.identity(visit.user))
    if reply is None or reply.replied_by != by:
        raise NotServedError("curated.not_yours")
    moved = services.store.owner_replies.move(reply.id, Status.SENT, Status.PROPOSED, by)
    services.say(visit, "curated.proposed" if moved else "curated.already")


def approve(services: Services, visit: Visit) -> None:
    decide(services, visit, Status.APPROVED, "curated.kept")


def decline(services: Services, visit: Visit) -> None:
    decide(services, visit, Status.DECLINED, "curated.declined")


def decide(services: Services, visit: Visit, status: Status, said: str) -> None:
    """Decide on a proposal, once. Raises NotServedError for who is no admin."""
    services.groups(visit.user)
    if not is_admin(services, visit.user):
        raise NotServedError("curated.admins")
    reply = services.store.owner_replies.get(visit.value)
    if reply is None:
        raise NotServedError("answer.gone")
    by = services.store.people.ref_of(services.identity(visit.user))
    if not services.store.owner_replies.move(reply.id, Status.PROPOSED, status, by):
        raise NotServedError("curated.already")
    services.say(visit, said, question=clipped(literal(reply.question), 150))


def proposals(services: Services, user: str) -> list[Block]:
    """For admins: what owners want to have kept, each with its clause and two buttons."""
    if not is_admin(services, user):
        return []
    waiting = services.store.owner_replies.all(Status.PROPOSED)
    if not waiting:
        return []
    words = services.channels.words("")
    blocks: list[Block] = [{"type": "divider"}, rich_text(section(text(words.say("curated.title", number=len(waiting)), bold=True)))]
    for reply in waiting[:SHOWN]:
        blocks.append(proposal(services, user, reply))
        buttons = [button(words.say("button.approve"), APPROVE, reply.id) | {"style": "primary"}]
        blocks.append({"type": "actions", "elements": [*buttons, button(words.say("button.decline"), DECLINE, reply.id)]})
    return blocks


def proposal(services: Services, user: str, reply: OwnerReply) -> Block:
    words = services.channels.words("")
    asked: list[Element] = [text(clipped(literal(reply.question), 300), bold=True)]
    said = literal(reply.reply)
    quote = {"type": "rich_text_quote", "elements": [text(said[:MAX_REPLY] + ("…" if len(said) > MAX_REPLY else ""))]}
    try:
        citation = reopened(services.responder.generation, reply.citation, services.groups(user))
        where = f"{wording.document_of(citation, words)}{wording.place_of(citation, words)}"
    except ChangedError as problem:
        where = problem.said(words)
    by = words.say("curated.by", owner=wording.name(reply.owner), date=reply.replied_at[:10])
    return rich_text(section(*asked), quote, section(text(by), text(f"\n{words.say('curated.clause')} {where}", italic=True)))


def is_admin(services: Services, user: str) -> bool:
    return bool(services.audience.names_of(user) & services.settings.admins)


def curation_part() -> Part:
    return Part("curation", actions={KEEP: keep, APPROVE: approve, DECLINE: decline}, home=(proposals,))
