"""How often something that costs may be asked for: so often by each address, so often by all together."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

_MOST_ADDRESSES = 1000


class Allowance:
    """``each`` times by an address, ``whole`` times by all, within ``window`` seconds. ``now`` gives the time in seconds."""

    def __init__(self, each: int, whole: int, window: float, now: Callable[[], float] = time.monotonic) -> None:
        self._each, self._whole, self._window = each, whole, window
        self._now = now
        self._lock = Lock()
        self._all: deque[float] = deque(maxlen=whole)
        self._used: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, address: str) -> int:
        """0 where it may be done now, which counts; else the seconds to wait."""
        with self._lock:
            now = self._now()
            used = self._used.pop(address, None) or deque(maxlen=self._each)
            self._used[address] = used
            if len(self._used) > _MOST_ADDRESSES:
                self._used.popitem(last=False)
            # A full queue's first is the one that has to be forgotten before the next.
            ends = [held[0] + self._window for held in (used, self._all) if len(held) == held.maxlen]
            wait = max(ends, default=now) - now
            if wait > 0:
                return max(1, round(wait))
            used.append(now)
            self._all.append(now)
            return 0
