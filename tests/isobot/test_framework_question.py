"""Which questions are about what a framework asks."""

from __future__ import annotations

import pytest

from indexer.references import question_references
from isobot.framework_question import Aspect, FrameworkQuestion, framework_question

ABOUT_THE_FRAMEWORK = """
what does A.8.13 want from us?
what is iso 27001 clause 9.2 about
what does the standard say about backups
What does ISO/IEC 27001:2022 require for suppliers?
whats a.5.7
what's A.8.9 about?
explain clause 6.1.3 of iso 27001 to me
what does clause 9.2 of the standard require
what does annex a say about usb sticks
what do a.8.15 and a.8.16 ask for
does iso 27001 require a password policy?
is encryption required by iso 27001
which documents are mandatory under iso 27001?
what is the purpose of control 5.23
meaning of A.5.30
a.8.12 in plain english
what do we have to do to meet A.8.13?
what must we show for clause 9.3 of iso 27001
what would an auditor look for in A.8.8
what evidence is expected for A.6.3?
does the standard want us to have a ciso
how often does iso 27001 want internal audits?
according to iso 27001, who approves the risk treatment plan
which annex a controls deal with suppliers
which clauses of iso 27001 are about documents
what did A.12.3.1 ask?
what is annex a
what does iso say about working from home
summarise A.5.15
tell me about control A.7.7
define A.8.11
requirements of iso 27001 for internal audits
is there anything in iso 27001 about climate change
what does iso 27002 recommend for passwords
can you explain to me what A.5.19 means
why does A.5.3 exist
A.8.24 requirements
do we have to encrypt laptops to comply with iso 27001?
what's required by A.5.24
where is A.8.13 documented and what does it ask?
iso 27001:2013 – what does A.9.4.3 ask of passwords?
what does 27001 say on logging
what's the difference between A.8.15 and A.8.16?
is A.8.13 about backups?
what is expected of me under A.6.3
what is required by the standard
""".strip().split("\n")
ABOUT_OUR_RULES = """
how often do we back up?
where is A.8.13 documented?
which policy covers A.8.13
how do we meet A.8.13
how do we comply with iso 27001?
who is responsible for A.8.13?
are we iso 27001 certified?
when does our ISO certificate expire
what does our policy say about iso 27001
what does the remote working standard say about spain
what does the backup standard say about A.8.13
what is the standard notice period
what is in scope for iso 27001
what is our iso 27001 scope
A.8.13
a.5.7?
iso 27001
which clause documents A.5.15
do we have a policy for A.6.7
can i use my own laptop for work?
what does ISO 9001 require
what does iso 22301 say about tests
what do the policies say about annex a
which services are in the iso 27001 scope
who audits us for iso 27001
can customers see our iso 27001 certificate
what does AC-2 require
what does nist say about passwords
is A.8.13 applicable to us
what is the status of A.8.13
show me A.8.13 in the statement of applicability
what do we do for A.5.23
does our supplier have iso 27001
how is A.8.8 implemented
which of our documents covers A.5.19
what does the standard contract say about laptops
what does section 4.2 of the access control policy mean
what does annex a of the supplier security policy say
do we need iso 27001 for this customer
who owns clause 9.2 of iso 27001
when is the next iso 27001 audit
is the laptop standard mandatory
what are the requirements for passwords
what does clause 4.2 mean
the standard laptop is broken
which controls cover backups
auditor asks where supplier security is handled, iso 27001 A.15.1 / 5.19
what notice is needed beyond the standard requirements
which annex a controls apply to us
what does our iso 27001 auditor want to see
how do i report an incident according to iso 27001
""".strip().split("\n")


def asked(text: str) -> FrameworkQuestion | None:
    return framework_question(text, question_references(text))


@pytest.mark.parametrize("text", ABOUT_THE_FRAMEWORK)
def test_what_iso_27001_asks_means_or_requires_is_about_the_framework(text):
    """By its name, "the standard", Annex A or a control id, in the words of staff and of auditors."""
    assert asked(text) is not None


@pytest.mark.parametrize("text", ABOUT_OUR_RULES)
def test_what_the_organisation_does_or_says_is_not(text):
    """Where something is documented, how it is met, certificates, other standards, and "standard" as an ordinary word."""
    assert asked(text) is None


@pytest.mark.parametrize(
    ("text", "topic", "edition", "clause", "where", "aspect"),
    [
        ("what does the standard say about backups", "backups", None, None, False, Aspect.ASKS),
        ("what does ISO 27001:2013 say about USB sticks?", "usb sticks", "2013", None, False, Aspect.ASKS),
        ("what does clause 9.2 of the standard require", "9 2", None, "9.2", False, Aspect.ASKS),
        ("where is A.8.13 documented and what does it ask?", "where documented and it", None, None, True, Aspect.ASKS),
        ("what would an auditor look for in A.8.8", "auditor", None, None, False, Aspect.EVIDENCE),
        ("what does A.7.7 mean for our staff?", "our staff", None, None, False, Aspect.STAFF),
    ],
)
def test_a_question_is_taken_apart(text, topic, edition, clause, where, aspect):
    """Into what it is about, the edition, a clause named in words, and what of it is wanted."""
    assert asked(text) == FrameworkQuestion(topic, edition, clause, where, aspect)
