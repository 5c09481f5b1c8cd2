"""Words that say little without those beside them: "Otherwise …" leans on what stands before; "If you are …" is one branch of several."""

from __future__ import annotations

import re

_THINGS = r"(?:case|reason|circumstance|condition|situation|event|time|purpose|end|step|instance|environment)s?"
_DOES = (
    r"(?:is|are|was|were|means?|includes?|also|must|should|can|may|will|shall|does|do|did|has|have|had|only|then|applies|apply|needs?|requires?"
    r"|allows?|contains?|helps?|happens?)"
)
_LEANS = re.compile(
    rf"""(?:
        if\ (?:so|not|yes|no|none|neither|both)(?=\s*[,;:.]) | if\ (?:this|that|these|any\ of\ (?:these|them)|none\ of\ (?:these|them))
        | if\ you(?:\ have|['’]ve)?\ reach(?:ed)?\ this
        | otherwise | else | instead | however | also | therefore | thus | hence | consequently | similarly | likewise | nevertheless | then
        | (?:after|before|until|once|when|as|by|despite|without)\ (?:that|this|these)
        | (?:in|for|under|on|during|at|to|with|from)\ (?:that|this|these|those|such|either|all\ other)\ {_THINGS}
        | for\ (?:example|instance) | e\.g\.
        | it\ (?!(?:is|was|can\ be|may\ be)\ (?:[\w-]+\ ){{1,4}}(?:to|that)\b){_DOES}
        | (?:this|that|they|he|she|these|those)\ {_DOES}
        | (?:these|those|such)\ \w+
        | the\ (?:same|latter|former) | their | its
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CONDITION = re.compile(r"(?:if|for|where|when|in case|unless|wenn|falls|für|si|pour)\b", re.IGNORECASE)


def leans(words: str) -> bool:
    """Whether a sentence leans on the one before it."""
    return _LEANS.match(words) is not None


def is_branch(words: str) -> bool:
    """Whether a sentence begins with the condition on which it holds, so that its like may stand beside it."""
    return _CONDITION.match(words) is not None and not leans(words)
