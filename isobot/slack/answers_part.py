"""The part that asks and answers: `/isobot ask` and `help`, the buttons under an answer, the message shortcut, asking from App Home."""

from __future__ import annotations

from dataclasses import replace

from corpus.citation import Citation
from corpus.clock import today
from isobot.citation import SHOWN, differences
from isobot.follow_up import without_requests
from isobot.question import Question
from isobot.refusals import ChangedError, NotServedError
from isobot.reopened import reopened
from isobot.slack import blocks as shown
from isobot.slack.blocks import Buttons, rich_text, section, text, with_citations
from isobot.slack.clause_view import clause_view
from isobot.slack.events import words_of
from isobot.slack.limits import Block
from isobot.slack.literal import clipped, escaped, literal
from isobot.slack.manifest import SHORTCUT
from isobot.slack.parts import Command, Part
from isobot.slack.reply import Reply
from isobot.slack.visit import Services, Visit, blocks_as_view, plain
from isobot.state.records import AnswerRecord

ASK_VIEW, FEEDBACK_VIEW, ASK_HERE = "isobot_ask_view", "isobot_feedback_view", "isobot_ask_here"
REASONS = ("wrong", "incomplete", "outdated", "other")
MAX_QUESTION = 3000  # characters that a modal's field takes


def ask(services: Services, visit: Visit) -> None:
    services.tell(visit, services.answer(visit, visit.value, visit.channel))


def clause(services: Services, visit: Visit) -> None:
    """Open the whole clause of one citation, with its neighbours, for the person who clicked."""
    record, position = cited(services, visit)
    groups = services.groups(visit.user)
    citation = reopened(services.responder.generation, (record.citations or record.nearest)[position], groups)
    services.open(visit, clause_view(citation, services.words(visit)))


def more(services: Services, visit: Visit) -> None:
    """What else answers, for the person who clicked: asked again with their own groups."""
    record, _ = cited(services, visit)
    answer = services.responder.answer(Question(without_requests(record.question), services.groups(visit.user)))
    seen = {(one.path, one.start, one.end) for one in record.citations[:SHOWN]}
    left = tuple(one for one in answer.citations if (one.document.path, one.start, one.end) not in seen)
    if not left:
        services.say(visit, "answer.no_more")
        return
    rest = replace(answer, citations=left, notices=(), differs=())
    services.tell(visit, services.shown(rest, visit, services.record(rest, visit)))


def helpful(services: Services, visit: Visit) -> None:
    record, _ = cited(services, visit)
    services.groups(visit.user)
    services.store.record_feedback(record.id, services.identity(visit.user), helpful=True)
    services.say(visit, "feedback.thanks")


def not_helpful(services: Services, visit: Visit) -> None:
    record, _ = cited(services, visit)
    services.groups(visit.user)
    words = services.words(visit)
    options = [{"text": plain(words.say(f"feedback.{reason}")), "value": reason} for reason in REASONS]
    reason = {"type": "radio_buttons", "action_id": "reason", "options": options, "initial_option": options[0]}
    comment = {"type": "plain_text_input", "action_id": "comment", "multiline": True, "max_length": MAX_QUESTION}
    fields: list[Block] = [
        {"type": "input", "block_id": "reason", "label": plain(words.say("feedback.reason")), "element": reason},
        {"type": "input", "block_id": "comment", "label": plain(words.say("feedback.comment")), "element": comment, "optional": True},
    ]
    title, submit = words.say("feedback.title"), words.say("button.send")
    services.open(visit, blocks_as_view(title, fields, words, FEEDBACK_VIEW, submit, visit.kept(record.id)))


def feedback(services: Services, visit: Visit) -> None:
    services.groups(visit.user)
    reason, comment = visit.inputs.get("reason", "other"), visit.inputs.get("comment", "")
    services.store.record_feedback(visit.value, services.identity(visit.user), helpful=False, reason=reason, comment=comment)
    services.say(visit, "feedback.thanks")


def share(services: Services, visit: Visit) -> None:
    """Post the recorded answer to the channel, if at this moment everybody there may read every citation."""
    record, _ = cited(services, visit)
    services.groups(visit.user)
    readers = services.audience.of_channel(visit.channel)
    try:
        if not isinstance(readers, frozenset):
            raise NotServedError(f"refusal.{readers.why}")
        citations = [reopened(services.responder.generation, one, readers) for one in record.citations[:SHOWN]]
    except ChangedError:
        raise NotServedError("share.refused") from None
    if not citations:
        raise NotServedError("share.nothing")
    lines = [text(clipped(literal(record.question), 300), bold=True)]
    said = differing(services, visit, record, citations, readers)
    lines += [text(f"\n{clipped(literal(one), shown.MAX_NOTICE)}", italic=True) for one in said]
    buttons = Buttons(record.id, services.settings.document_url)
    blocks = with_citations([rich_text(section(*lines))], tuple(citations), today(), buttons, services.words(visit))
    services.post(visit.channel, Reply(escaped(f"{record.question}\n“{citations[0].quote[:1000]}”"), blocks, record.id), visit=visit)


def differing(services: Services, visit: Visit, record: AnswerRecord, shared: list[Citation], readers: frozenset[str]) -> list[str]:
    """A sentence for each two citations that are shared and disagree, as the same question shows it to the readers of the channel."""
    answer = services.responder.answer(Question(without_requests(record.question), readers))
    places = {(one.document.path, one.start, one.end) for one in shared}
    there = [(one.document.path, one.start, one.end) in places for one in answer.citations]
    pairs = tuple(pair for pair in answer.differs if all(there[at] for at in pair))
    return differences(replace(answer, differs=pairs), services.words(visit))


def from_message(services: Services, visit: Visit) -> None:
    """The message shortcut: ask with the words of somebody's message, and answer to the one who asks."""
    words = words_of(str(visit.message.get("text") or ""), services.workspace.bot_user_id)[:4000]
    if not words:
        raise NotServedError("ask.no_words")
    services.tell(visit, services.answer(visit, words, visit.channel))


def ask_here(services: Services, visit: Visit) -> None:
    words = services.words(visit)
    field = {"type": "plain_text_input", "action_id": "question", "multiline": True, "max_length": MAX_QUESTION}
    block = {"type": "input", "block_id": "question", "label": plain(words.say("ask.label")), "element": field}
    services.open(visit, blocks_as_view(words.say("ask.title"), [block], words, ASK_VIEW, words.say("button.submit_ask"), visit.kept("")))


def asked(services: Services, visit: Visit) -> None:
    services.tell(visit, services.answer(visit, visit.inputs.get("question", "")))


def opened(services: Services, visit: Visit) -> None:
    """A link opens by itself; Slack only tells of it."""


def cited(services: Services, visit: Visit) -> tuple[AnswerRecord, int]:
    """The answer that a button names, and which of its citations. Raises ChangedError where there is none."""
    id, _, position = visit.value.partition(":")
    record = services.store.answer(id)
    place = int(position) if position.isdigit() else 0
    if record is None or (position and place >= len(record.citations or record.nearest)):
        raise ChangedError("answer.gone")
    return record, place


def help_part(parts: list[Part]) -> Part:
    """`/isobot help`, which tells of every command that the parts bring."""

    def tell(services: Services, visit: Visit) -> None:
        words = services.words(visit)
        lines = [text(words.say("help.lead"), bold=True)]
        for command in (*(command for part in parts for command in part.commands.values()), itself):
            lines += [text("\n"), text(f"/isobot {command.usage}", code=True), text(f"  {words.say(command.says)}")]
        lines.append(text(f"\n{words.say('help.ways')}"))
        services.tell(visit, Reply(escaped(words.say("help.title")), [rich_text(section(*lines))]))

    itself = Command(tell, "help", "help.help", takes=lambda rest: not rest)
    return Part("help", commands={"help": itself})


def answers_part() -> Part:
    return Part(
        "answers",
        commands={"ask": Command(ask, "ask how long must a password be?", "help.ask")},
        actions={
            shown.CLAUSE: clause,
            shown.OPEN: opened,
            shown.MORE: more,
            shown.HELPFUL: helpful,
            shown.NOT_HELPFUL: not_helpful,
            shown.SHARE: share,
            ASK_HERE: ask_here,
        },
        views={FEEDBACK_VIEW: feedback, ASK_VIEW: asked},
        shortcuts={SHORTCUT: from_message},
    )
