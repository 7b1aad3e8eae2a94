"""A cheap look at a bare name in a sentence: may the sentence say anything of it?"""

import re

from graph.definitions.before import ENDS
from graph.definitions.purpose import CREATES, KNOWS
from graph.namings import Sentence
from graph.wording import near

# Words by which a sentence says what the name before them is, and how far from it they may stand.
_SAYS, _REACH = re.compile("[是指意]"), 9
_MADE_OF = 13
_BRACKETS = ("（", "(")
_QUOTES = ("”", "’")
_CLAUSE, _CLAUSE_REACH, _WHOLE = re.compile("[，,：]"), 17, 13
_DIGIT, _FIGURE_REACH = re.compile(r"\d"), 61


def may_be_told(text: str, sentence: Sentence, start: int, end: int) -> bool:
    """False where no family of definitions can say anything of ``text[start:end]``, a name without quotation marks or
    tail: it need not be asked."""
    ahead, rest = text[sentence.start : start], text[end : sentence.end]
    if rest.startswith(_BRACKETS) or (rest.startswith(_QUOTES) and rest[1:2] in _BRACKETS):
        return True
    if _SAYS.search(rest, 0, _REACH) or rest.startswith(("、", "作为")) or "由" in rest[:_MADE_OF]:
        return True
    if (ahead[:-1] if ahead.endswith(("“", "‘")) else ahead).removesuffix("的").endswith(ENDS):
        return True
    if (len(rest) <= _WHOLE or _CLAUSE.search(rest, 0, _CLAUSE_REACH)) and near(CREATES, ahead):
        return True
    return _DIGIT.search(rest, 0, _FIGURE_REACH) is not None and (not ahead or near(KNOWS, ahead))
