"""What tells whether two documents are the same report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """What tells whether two documents are the same report, and which of them is the better reading: ``doubtful``
    counts the places marked doubtful, ``length`` the characters."""

    id: str
    title: str
    place: str
    doubtful: int
    length: int
    minhash: bytes
