"""What people say to a bot and do not ask of their policies: greetings, thanks, and what it can do."""

from __future__ import annotations

import re
from enum import StrEnum


class SmallTalk(StrEnum):
    """HELLO is answered with what can be asked, POLICIES with how to ask for them, DOUBT with what to do; the others with a word."""

    HELLO = "hello"
    POLICIES = "policies"
    DOUBT = "doubt"
    THANKS = "thanks"
    FINE = "fine"


_LONGEST = 12  # words
_EMOJI = re.compile(r":[\w+-]+:")
_MARKS = re.compile(r"[\s!-/:-@\[-`{-~…]*")  # "?" or "..." without a word
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_GREETINGS = "hi hello hey hiya howdy yo greetings morning afternoon evening hallo moin servus tag morgen abend"
_BESIDE_GREETINGS = "good day there again all everyone everybody team folks dear bot isobot guten zusammen"
_THANKS = "thanks thank thankyou thx ty cheers ta appreciated danke dank merci"
_BESIDE_THANKS = (
    "you very much so many a lot for your the that this help answer reply quick fast it ok okay great perfect brilliant awesome excellent "
    "lovely cool nice good super all again bot isobot and really is was useful helpful got vielen schön sehr dir bye"
)
_FINE = (
    "ok okay k okey yes yep yeah yup no nope nah sure fine great perfect brilliant awesome excellent lovely cool nice good super right "
    "understood noted alright lol haha hehe wow bye goodbye done got it will do sounds all clear makes sense never mind nevermind "
    "ja nein gut klar alles verstanden passt tschüss"
)
_HELLO, _THANKED, _CONTENT = (frozenset(words.split()) for words in (_GREETINGS, _THANKS, _FINE))
_AROUND_HELLO, _AROUND_THANKS = (frozenset(words.split()) for words in (_BESIDE_GREETINGS, _BESIDE_THANKS))
_OFFERS = re.compile(
    r"(?:please )?(?:can|could|will|would) you (?:please )?help(?: me| us)?(?: out)?(?: please| with (?:something|a question|this|that))*"
    r"|(?:please )?help(?: me)?(?: please)?"
    r"|(?:what|who) are you|what (?:can|do) you do(?: for me)?|how do(?:es)? (?:you|this|it|this bot|the bot) work"
    r"|what can (?:i|we) ask(?: you)?|(?:can|may|could) (?:i|we) ask (?:you )?(?:something|a question|anything)(?: please)?"
    r"|i (?:have|ve got|'ve got|got) a question|are you (?:there|a bot|a robot|human|awake|working)"
    r"|(?:just )?(?:a )?test(?:ing)?(?: test)*|ping|is this (?:thing )?(?:on|working)|(?:(?:give|ask) me a |start a )?quiz(?: me)?"
    r"|was kannst du|wer bist du|hilfe|kannst du mir helfen|ich habe eine frage"
)
_POLICIES = re.compile(
    r"(?:what|which) (?:policies|documents) (?:do|have) (?:you|we) (?:have|know|got)"
    r"|(?:do|have) (?:you|we) (?:have |got )?(?:any|some) (?:policies|documents)"
    r"|(?:what|which) (?:policies|documents) (?:can|do) (?:you|i) (?:search|read|know|ask(?: about)?)"
    r"|welche (?:richtlinien|dokumente) (?:habt ihr|haben wir|gibt es|kennst du)"
)
_DOUBTS = re.compile(
    r"(?:no )?(?:that|this|it)(?:'s| is)? (?:wrong|incorrect|false|nonsense)"
    r"|(?:no )?(?:that|this|it)(?:'s| is)? not (?:right|correct|true|helpful|it|what (?:i|we) (?:asked|meant))"
    r"|(?:that |this |it )?(?:isn't|is not|wasn't) (?:right|correct|true|helpful|what i asked)|wrong(?: answer)?|are you (?:really )?sure"
    r"|(?:das|es) (?:ist|stimmt) (?:falsch|nicht)|falsch|bist du (?:dir )?sicher"
)


def small_talk(said: str) -> SmallTalk | None:
    """What is said to the bot in passing; None for whatever may ask something, however short."""
    plain = _EMOJI.sub(" ", said)
    words = _WORD.findall(plain.casefold())
    if len(words) > _LONGEST or any(map(str.isdigit, plain)):
        return None
    if not words:
        return SmallTalk.FINE if _EMOJI.search(said) or not _MARKS.fullmatch(said) else None
    first = next((at for at, word in enumerate(words) if word not in _HELLO | _AROUND_HELLO), len(words))
    greets = not _HELLO.isdisjoint(words[:first])
    rest = words[first:] if greets else words
    if (greets and not rest) or _OFFERS.fullmatch(" ".join(rest)):
        return SmallTalk.HELLO
    said = " ".join(rest).replace("’", "'")
    if _POLICIES.fullmatch(said):
        return SmallTalk.POLICIES
    if _DOUBTS.fullmatch(said):
        return SmallTalk.DOUBT
    if not _THANKED.isdisjoint(rest) and (_THANKED | _AROUND_THANKS).issuperset(rest):
        return SmallTalk.THANKS
    return SmallTalk.FINE if _CONTENT.issuperset(rest) else None
