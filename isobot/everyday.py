"""Everyday words: where one stands in no document, the question is searched for with what the documents call the thing."""

from __future__ import annotations

import math
import re
from typing import Protocol

USUAL = 20  # times as often as what is typed documents use the name that it is replaced by
_NAMES = """
work from home < wfh
work remotely | work from home < telework
working from home | home working | homeworking | remote working | teleworking
line manager | supervisor | manager < boss
line managers | supervisors | managers < bosses
colleague < co-worker | coworker | workmate
contractor < freelancer
contractors < freelancers
temporary staff | agency staff | temporary workers | agency workers
intern | trainee
dismissed | terminated < fired | sacked | given the sack | laid off
resign < quit
annual leave | paid time off | vacation < pto
sick | ill < unwell
payslip | pay slip | wage slip
salary | wages
pay rise | salary increase
removable media | usb stick | usb drive < usb key | memory stick | thumb drive | flash drive | pen drive
usb sticks | usb drives | removable media < usb keys | memory sticks | thumb drives | flash drives | pen drives
mobile phone | smartphone | cell phone | cellphone
mobile phones | smartphones | cell phones | cellphones
wi-fi | wifi | wireless network < wlan
text message < sms
text messages < sms messages
cameras < cctv
cctv | surveillance cameras | video surveillance | security cameras
service desk | help desk | helpdesk | it support | support desk
badge | access card | id card | swipe card | key card | keycard
car park | parking lot
waste < rubbish | garbage
lorry | truck
lorries | trucks
stolen < nicked | pinched
phishing < scam
password < passcode | pwd
passwords < passcodes | pwds
credentials < creds
vulnerability < vuln
vulnerabilities < vulns
unsolicited e-mail | spam | junk mail
clear desk | clean desk | tidy desk
video conference | video call
law enforcement | police < cops
children < kids
family | household < wife | husband | girlfriend | boyfriend | son | daughter
data protection impact assessment | dpia
subject access request | dsar
non-disclosure agreement | confidentiality agreement | nda
bring your own device | private devices | personal devices | byod
single sign-on | sso
personally identifiable information | personal data | personal information | pii
acceptable use policy | aup
statement of applicability | soa
virtual private network | vpn
service level agreement | sla
recovery time objective | rto
recovery point objective | rpo
business continuity plan | bcp
disaster recovery plan | drp
"""
"""Names of one thing; behind "<" those that only people use, for which the others are put."""


def _others() -> dict[str, tuple[str, ...]]:
    """For each name those that may be put for it."""
    others: dict[str, tuple[str, ...]] = {}
    for line in _NAMES.strip().splitlines():
        usual, said = ([name.strip() for name in part.split("|") if name.strip()] for part in line.partition("<")[::2])
        for name in (*usual, *said):
            others[name] = (*others.get(name, ()), *(other for other in usual if other != name))
    return {name: found for name, found in others.items() if found}


_WORD = re.compile(r"[\w-]+")
_OTHERS = _others()
_FIRST = frozenset(name.split()[0] for name in _OTHERS)
_NAMED = re.compile(rf"(?<![\w'’@/.-])(?:{'|'.join(sorted(map(re.escape, _OTHERS), key=len, reverse=True))})(?![\w'’@/-])", re.IGNORECASE)


class Vocabulary(Protocol):
    """How often things are called so, for who asks."""

    def named(self, name: str) -> int:
        """How many passages hold a name of one word, or clauses, at most, one of several: its words side by side, in any form."""
        ...


def as_documents_say(question: str, vocabulary: Vocabulary) -> str:
    """A question with each name that documents hardly use replaced by the one that they use for the thing, if there is one."""
    if _FIRST.isdisjoint(_WORD.findall(question.casefold())):  # nearly always, and soon told
        return question
    return _NAMED.sub(lambda match: _called(match.group(), vocabulary), question)


def other_names(name: str) -> tuple[str, ...]:
    """What else a thing is called that is called so; none of what is not in the list."""
    return _OTHERS.get(" ".join(name.casefold().split()), ())


def _called(name: str, vocabulary: Vocabulary) -> str:
    counted = {other: vocabulary.named(other) for other in _OTHERS[name.casefold()]}
    usual = max(counted, key=counted.__getitem__)
    least = USUAL if name.isalnum() else math.inf  # several words say themselves what they mean
    rare = vocabulary.named(name)
    return usual if counted[usual] > (least * rare if rare else 0) else name
