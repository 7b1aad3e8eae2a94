"""Starting further processes of the program."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
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


def cores() -> int:
    """How many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def begin(running: Connection) -> None:
    """Make a process that works for another end with the one that asked for it, however that ends; Ctrl-C is that one's
    to take."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(running, parent.sentinel), daemon=True).start()


def _end_with(*alive: Connection | int) -> None:
    wait(alive)
    os._exit(1)
