"""What a running bot does again and again beside answering."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def repeating(act: Callable[[], object], seconds: float, name: str, log: logging.Logger, complaint: str) -> Iterator[None]:
    """Do something at once and after every pause of so many seconds, in a thread, until the end; at which what was begun is finished.

    What fails is logged under `complaint`, and done again after the next pause. name: of the thread.
    """
    stop = threading.Event()

    def until_stopped() -> None:
        while True:
            try:
                act()
            except Exception:
                log.exception(complaint)
            if stop.wait(seconds):
                return

    thread = threading.Thread(target=until_stopped, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
