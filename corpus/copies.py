"""Near copies: the same report from two sites, or as a print and as a scan, told by MinHash of its wording.

MinHash: A. Broder, "On the resemblance and containment of documents" (1997); banding as in Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", chapter 3. The hashing is the library rensa's.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

import numpy as np

from corpus.candidates import Candidate

_SLOTS = 128
_ROWS = 4  # slots to a band: two texts that share .7 of their wording meet in one of 32 bands in 9,998 of 10,000 cases
_SEED = 20
_SHINGLE = 5  # characters
_MIXED = np.uint64(0x9E3779B97F4A7C15)  # odd: no two numbers times it are one
_SHORTEST = 200  # characters: shorter texts are alike by their set phrases
#: A scan with 3 wrong characters in a hundred shares about .75 with its print; reports of one union in two years
#: share .1 to .3.
NEAR = 0.7
_WORDING = re.compile(r"[^\w]+|_")
_YEAR = re.compile(r"(?:19|20)\d\d")


def signature(text: str) -> bytes:
    """The MinHash of a text's wording, 128 little-endian 32-bit numbers; empty for a short text."""
    import rensa

    squeezed = _WORDING.sub("", text)
    if len(squeezed) < _SHORTEST:
        return b""
    made = rensa.RMinHash(num_perm=_SLOTS, seed=_SEED)
    made.update([squeezed[i : i + _SHINGLE] for i in range(len(squeezed) - _SHINGLE + 1)])
    return np.array(made.digest(), "<u4").tobytes()


def similarity(a: bytes, b: bytes) -> float:
    """The share of their wording that two texts have in common (Jaccard), estimated from their signatures."""
    return float(np.mean(np.frombuffer(a, "<u4") == np.frombuffer(b, "<u4")))


def _may_be_same(a: Candidate, b: Candidate) -> bool:
    """False where place or year say that a common template, not a common report, makes the wording alike."""
    years = [set(_YEAR.findall(one.title)) for one in (a, b)]
    return (not (a.place and b.place) or a.place == b.place) and (not all(years) or years[0] == years[1])


def same_as(candidates: Iterable[Candidate]) -> Mapping[str, str]:
    """For each document that nearly repeats another the id of the one that is shown: the one with the fewest doubtful
    places, then the longest, then the first id. What the result is doesn't depend on the order of ``candidates``."""
    shown: defaultdict[tuple[int, bytes], list[Candidate]] = defaultdict(list)
    found: dict[str, str] = {}
    width = 4 * _ROWS
    for one in sorted(candidates, key=lambda one: (one.doubtful, -one.length, one.id)):
        bands = [(n, one.minhash[n : n + width]) for n in range(0, len(one.minhash), width)]
        met = {other.id: other for band in bands for other in shown.get(band, ()) if _may_be_same(one, other)}
        nearest = max(met.values(), key=lambda other: (similarity(one.minhash, other.minhash), other.id), default=None)
        if nearest is not None and similarity(one.minhash, nearest.minhash) >= NEAR:
            found[one.id] = nearest.id
            continue
        for band in bands:
            shown[band].append(one)
    return found


def meeting(prints: Mapping[str, bytes], of: Container[str] | None = None) -> list[str]:
    """The documents, of these with their signatures, that share a band with another: hardly any, and no others are like any
    other. With ``of`` those of them that share one with these, or with one that does, and so on: whether others are near
    copies doesn't depend on these. (Bands are told by a hash: once in ages two that differ are taken for one, which does
    no harm.)"""
    names = list(prints)
    found = np.array([of is None or name in of for name in names], np.bool_)
    if not found.any():
        return []
    halves = np.frombuffer(b"".join(prints.values()), "<u8").reshape(len(names), -1)
    bands = halves[:, ::2] * _MIXED + halves[:, 1::2]
    meets = np.zeros(len(names), np.bool_)
    for band in bands.T:
        order = np.argsort(band)
        same = np.flatnonzero(band[order[1:]] == band[order[:-1]])
        meets[order[same]] = meets[order[same + 1]] = True
    reached = 0
    while reached < np.count_nonzero(found) < len(names):
        reached = int(np.count_nonzero(found))
        found = np.any([np.isin(band, band[found]) for band in bands.T], axis=0)
    return [names[at] for at in np.flatnonzero(meets & found).tolist()]
