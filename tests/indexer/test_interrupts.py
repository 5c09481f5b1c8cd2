"""Ctrl-C comes when it can do no harm."""

from __future__ import annotations

import signal
import threading

import pytest

from indexer.interrupts import held_back


def test_ctrl_c_waits_until_the_end_of_the_block() -> None:
    """What stands in the block is done; then the interruption comes, and after it Ctrl-C works as before."""
    done = []
    with pytest.raises(KeyboardInterrupt), held_back():
        signal.raise_signal(signal.SIGINT)
        done.append(1)
    assert done == [1]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_without_ctrl_c_nothing_is_raised() -> None:
    """In another thread too, where no handler may be set."""
    done: list[int] = []

    def work() -> None:
        with held_back():
            done.append(2)

    with held_back():
        done.append(1)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1, 2]
