"""The Socket Mode connection, which notices at once when the other side is gone."""

from __future__ import annotations

import threading
from time import time
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

PING_SECONDS = 3.0  # how often the connection is looked after; a lost one is replaced after about as long, a mute one after four times
ACKNOWLEDGE_SECONDS = 3.0  # within which Slack wants an acknowledgement


class EndNoticing:
    """A socket that raises ConnectionResetError at its end.

    slack_sdk's client takes the empty read that marks the end for "nothing yet", and reads again without a pause, until five pings
    have failed. An error it handles at once.
    """

    def __init__(self, socket: Any) -> None:
        self._socket = socket

    def recv(self, size: int) -> bytes:
        received: bytes = self._socket.recv(size)
        if not received:
            raise ConnectionResetError("Slack ended the connection without a word")
        return received

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


class Connection(SocketModeClient):
    """A Socket Mode client that hands every request to a Bolt app and sends its acknowledgement back."""

    def __init__(self, app: App, app_token: str, web_client: WebClient) -> None:
        super().__init__(app_token, logger=app.logger, web_client=web_client, ping_interval=PING_SECONDS)
        self._app = app
        self._changed = threading.Condition()
        self._open = True
        self._begun = 0  # requests that are not acknowledged yet
        self.socket_mode_request_listeners.append(self._on_request)

    def connect(self) -> None:
        """Open a session in place of the one before. Raises SlackApiError when the token is refused, OSError when nobody answers."""
        super().connect()
        session = self.current_session
        if session is not None and session.sock is not None:
            session.sock = EndNoticing(session.sock)  # type: ignore[assignment]

    def close(self) -> None:
        """Take no more requests, acknowledge those that were begun, and end the connection."""
        with self._changed:
            self._open = False
            self._changed.wait_for(lambda: self._begun == 0, ACKNOWLEDGE_SECONDS)
        super().close()

    def _on_request(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._changed:
            if not self._open:  # without an acknowledgement Slack sends it to another replica
                return
            self._begun += 1
        try:
            began = time()
            send_response(client, request, run_bolt_app(self._app, request), began)
        finally:
            with self._changed:
                self._begun -= 1
                self._changed.notify_all()
