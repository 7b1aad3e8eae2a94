"""Whether an answer speaks of what was asked, or is only the nearest that the library has.

Three things are added up, each 0..1 (``benchmarks/sureness.md``): how sure it is which concept the query means, how near in
meaning the nearest sentence is, and the share of the query's information that is said in words of the trade. A passage
that has near half of the query's own words needs nothing else.
"""

from collections.abc import Iterable

from search.answers import Mode
from search.concepts import ConceptIndex
from search.finder import Found
from search.reading import Reading

_CONCEPT, _KNOWN = 0.3, 0.5  # weights beside that of the cosine, which is 1
_LEAST = 0.68
_LEAST_WORDS = 0.45  # share of the query's information that one passage has in its own words
_LEAST_WORDS_ALONE = 0.3  # the same where only words are asked for


def is_sure(reading: Reading, found: Iterable[Found], concepts: ConceptIndex, mode: Mode) -> bool:
    """False where no passage found has direct evidence: they are guesses, or there are none."""
    page = tuple(found)
    if not page:
        return False
    words = max(float(one.evidence.lexical[0]) for one in page)
    if mode == "lexical":
        return words >= _LEAST_WORDS_ALONE
    links = (*reading.links, *(link for clause in reading.clauses for link in clause.links))
    meant = max((confidence for _, confidence in links), default=0.0)
    near = max(float(one.evidence.dense[0]) for one in page)
    evidence = _CONCEPT * meant + near + _KNOWN * concepts.known(reading.subject)
    return words >= _LEAST_WORDS or evidence >= _LEAST
