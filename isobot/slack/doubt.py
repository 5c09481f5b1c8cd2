"""Events in doubt: claimed by a replica that then fell silent. Each is looked for in Slack, and answered where it was not."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

from isobot.slack.events import Asking

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from isobot.slack.desk import Desk

CHECK_SHARE = 3.0  # leases are renewed, and silent replicas looked for, so many times within one lease
PAGE = 200  # messages that one call reads

log = logging.getLogger("isobot.slack")


def was_replied_to(client: WebClient, asking: Asking, event_id: str, metadata_type: str) -> bool:
    """Whether Slack shows a reply that carries the event's id.

    Reads the thread of the question, or in a direct conversation what was said after it. Raises SlackApiError, OSError.
    """
    place: dict[str, Any] = {"channel": asking.channel, "include_all_metadata": True, "oldest": asking.ts, "limit": PAGE}
    cursor = ""
    while True:
        page: Any = (
            client.conversations_replies(ts=asking.thread_ts, cursor=cursor, **place)
            if asking.thread_ts
            else client.conversations_history(cursor=cursor, **place)
        ).data
        for message in page.get("messages", ()):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == metadata_type and metadata.get("event_payload", {}).get("event_id") == event_id:
                return True
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return False


class Watch:
    """A thread that keeps this replica's leases alive and takes over the events of replicas that fell silent."""

    def __init__(self, desk: Desk, lease_seconds: float) -> None:
        self._desk = desk
        self._pause = lease_seconds / CHECK_SHARE
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop_taking(self) -> None:
        """Take nothing over any more; leases are kept alive until `close`."""
        self._desk.stop_taking()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                self._desk.look_after()
            except Exception:
                log.exception("events in doubt could not be looked after; trying again in %.0f s", self._pause)
            if self._stop.wait(self._pause):
                return
