"""Starting further processes of the program."""

import multiprocessing
import signal
from collections.abc import Sequence
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext


def context(preloaded: Sequence[str]) -> BaseContext:
    """How processes are started: a plain fork would copy locks that other threads of this process hold. What is
    ``preloaded`` are the modules that they all need; only the first call of a process can name them."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(list(preloaded))
    # Ctrl-C goes to the whole group of processes; while the server of forks starts it would die of it, and say so.
    # (Starting the tracker, which it needs, would lift the block again.)
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return found
