"""A stand-in Slack over real sockets on 127.0.0.1: the Web API that the bot calls, and Socket Mode.

It runs in a thread of its own. Whoever tests it says what people do, drops connections, and reads what the bot posted.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

from aiohttp import WSMsgType, web

from isobot.slack.limits import message_problems, view_problems
from isobot.slack.manifest import SCOPES
from tests.slack.strictness import refusal_of_message, refusal_of_view

BOT_TOKEN, APP_TOKEN = "xoxb-stand-in", "xapp-stand-in"
TEAM, BOT_USER, BOT_ID = "T0HOME", "U0BOT", "B0BOT"
PERSON, COLLEAGUE, GUEST, STRANGER = "U0AMIRA", "U0BEN", "U0GUEST", "U0STRANGER"
CHANNEL, DIRECT = "C0GENERAL", "D0AMIRA"
RESPONSE = "response_url"  # among `failures`, beside the methods of the Web API
WAIT = 60.0  # seconds that a test waits for what comes in well under one where the machine is not crowded


def person(user: str, **changed: Any) -> dict[str, Any]:
    name = user.removeprefix("U0").lower()
    facts = {"id": user, "team_id": TEAM, "is_bot": False, "is_restricted": False, "is_ultra_restricted": False, "deleted": False}
    return {**facts, "is_email_confirmed": True, "profile": {"email": f"{name}@example.org"}, **changed}


@dataclass(frozen=True)
class Call:
    """A call of the Web API. caller: which replica made it, where its SLACK_API_URL says so. done: Slack did it, and answers next."""

    caller: str
    method: str
    given: dict[str, Any]
    done: bool = False


class StandInSlack:
    """One workspace with one app. `posts` are the arguments of each accepted chat.postMessage, in order, with their `ts`."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.said: list[dict[str, Any]] = []  # what people said in threads, as `conversations.replies` shows it before the posts
        self.user_groups: dict[str, Any] = {}
        self.scopes = ",".join(SCOPES)
        self.views: list[dict[str, Any]] = []
        self.whispers: list[dict[str, Any]] = []
        self.prompts: list[dict[str, Any]] = []
        self.statuses: list[dict[str, Any]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.acks: list[str] = []
        self.users = {user: person(user) for user in (PERSON, COLLEAGUE)}
        self.users[GUEST] = person(GUEST, is_restricted=True)
        self.users[STRANGER] = person(STRANGER, team_id="T0ELSEWHERE", is_stranger=True)
        self.channels: dict[str, dict[str, Any]] = {name: {"id": name, "is_ext_shared": False} for name in (CHANNEL, DIRECT)}
        self.beyond: list[str] = []  # limits that isobot's own check saw broken in what was taken; the fixture wants none
        self.failures: dict[str, deque[str | int]] = {}
        self.unconfirmed: dict[
            str, deque[str | int]
        ] = {}  # what a call is answered with after it was done: an error, or a gateway's status
        self.throttle: Callable[[str, dict[str, Any]], float | None] = lambda method, given: None  # seconds to put a call off
        self.witness: Callable[[Call], float | None] = lambda call: None  # sees each call as it comes and as it was done
        self.accept_connections = True
        self._sockets: list[web.WebSocketResponse] = []
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="stand-in Slack", daemon=True)
        self._ready = threading.Event()
        self.port = 0

    # ---- its life

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(WAIT)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WAIT)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application()
        app.router.add_post("/api/{method}", self._on_call)
        app.router.add_post("/{caller}/api/{method}", self._on_call)
        app.router.add_post("/respond", self._on_response)
        app.router.add_get("/socket", self._on_socket)
        runner = web.AppRunner(app, shutdown_timeout=0)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.port = runner.addresses[0][1]
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    @property
    def api_url(self) -> str:
        return self.api_url_of("")

    def api_url_of(self, caller: str) -> str:
        """An address by which the stand-in knows who calls."""
        return f"http://127.0.0.1:{self.port}/{caller}{'/' if caller else ''}api/"

    # ---- the Web API

    async def _on_call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            given = await request.json()
        else:
            given = dict(await request.post())
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or given.get("token", "")
        call = Call(request.match_info.get("caller", ""), method, given)
        if late := self.witness(call):
            await asyncio.sleep(late)
        with self._changed:
            self.calls.append((method, given))
            failure = self.failures[method].popleft() if self.failures.get(method) else self.throttle(method, given)
        if isinstance(failure, int | float):
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(failure)})
        if token != (APP_TOKEN if method == "apps.connections.open" else BOT_TOKEN):
            return web.json_response({"ok": False, "error": "invalid_auth" if token else "not_authed"})
        answer = {"ok": False, "error": failure} if failure else self._answer(method, given)
        self.witness(replace(call, done=True))
        unconfirmed = self.unconfirmed[method].popleft() if self.unconfirmed.get(method) else ""
        if isinstance(unconfirmed, int):
            return web.Response(text="<html>Gateway</html>", status=unconfirmed, content_type="text/html")
        if unconfirmed:
            answer = {"ok": False, "error": unconfirmed}
        return web.json_response(answer if "ok" in answer else {"ok": True, **answer}, headers={"x-oauth-scopes": self.scopes})

    async def _on_response(self, request: web.Request) -> web.Response:
        """What comes back by a response_url: a message that only one person sees."""
        given = await request.json()
        with self._changed:
            failure = self.failures[RESPONSE].popleft() if self.failures.get(RESPONSE) else None
        if isinstance(failure, int):
            return web.Response(text="ratelimited", status=429, headers={"Retry-After": str(failure)})
        problem = failure or refusal_of_message(given)
        if problem is None:
            self._take(self.whispers, given)
        return web.Response(text=problem or "ok", status=400 if problem else 200)

    def _take(self, where: list[dict[str, Any]], given: dict[str, Any]) -> None:
        blocks = given.get("blocks") or []
        self.beyond += message_problems(json.loads(blocks) if isinstance(blocks, str) else blocks, given.get("text", ""))
        self._heard(where, given)

    def _heard(self, where: list[dict[str, Any]], given: dict[str, Any]) -> None:
        with self._changed:
            where.append(given)
            self._changed.notify_all()

    def _answer(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        if method == "auth.test":
            return {
                "team_id": TEAM,
                "team": "Example",
                "user_id": BOT_USER,
                "user": "isobot",
                "bot_id": BOT_ID,
                "url": "https://example.org/",
            }
        if method == "apps.connections.open":
            return {"url": f"ws://127.0.0.1:{self.port}/socket"} if self.accept_connections else {"ok": False, "error": "internal_error"}
        if method == "users.info":
            return found("user", self.users.get(given["user"]), "user_not_found")
        if method == "conversations.info":
            return found("channel", self.channels.get(given["channel"]), "channel_not_found")
        if method in ("views.open", "views.publish"):
            view = json.loads(given["view"]) if isinstance(given["view"], str) else given["view"]
            if problem := refusal_of_view(view):
                return {"ok": False, "error": problem}
            self.beyond += view_problems(view)
            self._heard(self.views, view)
            return {"view": view}
        if method == "assistant.threads.setSuggestedPrompts":
            fine = 1 <= len(given["prompts"]) <= 4 and all({"title", "message"} == set(one) for one in given["prompts"])
            self._heard(self.prompts, given)
            return {} if fine else {"ok": False, "error": "invalid_arguments"}
        if method == "assistant.threads.setStatus":
            self._heard(self.statuses, given)
            return {}
        if method == "chat.getPermalink":
            return {"permalink": f"https://example.slack.com/archives/{given['channel']}/p{given['message_ts']}"}
        if method == "conversations.members":
            if (channel := self.channels.get(given["channel"])) is None:
                return {"ok": False, "error": "channel_not_found"}
            return {"members": channel.get("members", [PERSON, COLLEAGUE, BOT_USER])}
        if method == "usergroups.users.list":
            return found("users", self.user_groups.get(given["usergroup"]), "no_such_subteam")
        if method == "users.list":
            return {"members": list(self.users.values())}
        if method == "chat.postEphemeral":
            problem = refusal_of_message(given)
            if problem is None:
                self._take(self.whispers, given)
            return {"ok": False, "error": problem} if problem else {"message_ts": self.next_ts()}
        if method == "chat.postMessage":
            return self._post(given)
        if method in ("conversations.replies", "conversations.history"):
            return self._said(given)
        return {"ok": False, "error": "unknown_method"}

    def _post(self, given: dict[str, Any]) -> dict[str, Any]:
        if given.get("channel") not in self.channels and given.get("channel") not in self.users:
            return {"ok": False, "error": "channel_not_found"}
        if problem := refusal_of_message(given):
            return {"ok": False, "error": problem}
        ts = self.next_ts()
        self._take(self.posts, {**given, "ts": ts, "at": time.monotonic()})
        return {"channel": given["channel"], "ts": ts, "message": {"text": given.get("text", ""), "ts": ts}}

    def _said(self, given: dict[str, Any]) -> dict[str, Any]:
        """A page of the messages of a thread, or of a channel outside of threads; their metadata only for who asks for it."""
        with self._changed:
            every = [*self.said, *self.posts]
        thread = [post for post in every if post["channel"] == given["channel"] and post.get("thread_ts") == given.get("ts")]
        first, most = int(given.get("cursor") or 0), int(given.get("limit") or 100)
        page, after = thread[first : first + most], first + most
        shown = ("text", "ts", "thread_ts", *(["metadata"] if str(given.get("include_all_metadata")) in ("1", "True", "true") else []))
        messages = [{name: post[name] for name in shown if name in post} for post in page]
        return {"messages": messages, "response_metadata": {"next_cursor": str(after) if after < len(thread) else ""}}

    # ---- Socket Mode

    async def _on_socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0"}})
        with self._changed:
            self._sockets.append(socket)
            self._changed.notify_all()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                with self._changed:
                    self.acks.append(json.loads(message.data)["envelope_id"])
                    self._changed.notify_all()
        with self._changed:
            self._sockets.remove(socket)
            self._changed.notify_all()
        return socket

    @property
    def connections(self) -> int:
        return len(self._sockets)

    def drop(self) -> None:
        """Break every connection without a word; none of them is taken for a new one afterwards."""
        self.wait_for_connection()  # a bot may say that it is ready before this side has noted the connection
        dropped = list(self._sockets)
        for socket in dropped:
            transport = socket._req.transport  # the public close() would say goodbye
            self._loop.call_soon_threadsafe(transport.abort)
        self.wait(lambda: not any(socket in self._sockets for socket in dropped), "the broken connections to be noticed")

    def refresh(self) -> None:
        """Ask for a new connection, as Slack does every few hours."""
        self._send({"type": "disconnect", "reason": "refresh_requested"})

    def _send(self, message: dict[str, Any]) -> None:
        self.wait_for_connection()
        socket = self._sockets[-1]
        asyncio.run_coroutine_threadsafe(socket.send_json(message), self._loop).result(WAIT)

    # ---- what people do

    def next_ts(self) -> str:
        return f"1790000000.{next(self._numbers):06d}"

    def mention(self, text: str, **event: Any) -> dict[str, Any]:
        """Somebody writes in the channel and mentions the bot. Returns the delivered envelope, for sending it again."""
        said = {"type": "app_mention", "user": PERSON, "text": f"<@{BOT_USER}> {text}", "channel": CHANNEL, "ts": self.next_ts()}
        return self.deliver({**said, **event})

    def say(self, text: str, thread_ts: str, **event: Any) -> dict[str, Any]:
        """Somebody writes in a thread of the channel, to nobody in particular."""
        said = {"type": "message", "channel_type": "channel", "user": PERSON, "text": text, "channel": CHANNEL, "ts": self.next_ts()}
        return self.deliver({**said, "thread_ts": thread_ts, **event})

    def direct_message(self, text: str, **event: Any) -> dict[str, Any]:
        said = {"type": "message", "channel_type": "im", "user": PERSON, "text": text, "channel": DIRECT, "ts": self.next_ts()}
        return self.deliver({**said, **event})

    def delete(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Somebody takes back what they wrote. asked: as it was delivered."""
        return self.deliver(deletion(asked["payload"]["event"]))

    def deliver(self, event: dict[str, Any], **envelope: Any) -> dict[str, Any]:
        """Send an event. `envelope` adds to, or replaces, what Slack wraps it in ("event_id")."""
        number = next(self._numbers)
        wrapped = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A0", "event": event, "event_id": f"Ev{number:08d}"}
        body = {**wrapped, "is_ext_shared_channel": False, "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}]}
        payload = {**body, **envelope}
        self._send({"type": "events_api", "envelope_id": f"env-{number}", "accepts_response_payload": False, "payload": payload})
        return {"envelope_id": f"env-{number}", "payload": payload}

    def interact(self, kind: str, payload: dict[str, Any]) -> None:
        """Send a click, a submitted modal, a shortcut ("interactive") or a command ("slash_commands")."""
        back = {"response_url": f"http://127.0.0.1:{self.port}/respond", "trigger_id": f"trigger.{next(self._numbers)}"}
        whole = {"team": {"id": TEAM}, "team_id": TEAM, "api_app_id": "A0", **back, **payload}
        self._send({"type": kind, "envelope_id": f"env-{next(self._numbers)}", "accepts_response_payload": True, "payload": whole})

    def command(self, text: str, user: str = PERSON, channel: str = CHANNEL) -> None:
        self.interact("slash_commands", {"command": "/isobot", "text": text, "user_id": user, "channel_id": channel})

    def click(self, post: dict[str, Any], label: str, user: str = PERSON) -> None:
        """Somebody clicks the first button of a message that says `label`."""
        rows = (block["elements"] for block in post["blocks"] if block["type"] == "actions")
        button = next(one for row in rows for one in row if one["text"]["text"] == label)
        channel = post.get("channel", CHANNEL)
        message = {"ts": post.get("ts", self.next_ts())} | ({"thread_ts": post["thread_ts"]} if post.get("thread_ts") else {})
        place = {"channel": {"id": channel}, "message": message, "container": {"type": "message", "channel_id": channel}}
        self.interact("interactive", {"type": "block_actions", "user": {"id": user}, "actions": [button], **place})

    def submit(self, view: dict[str, Any], user: str = PERSON, **inputs: str | list[str]) -> None:
        """Somebody fills in a modal and sends it; what they leave is as it was. No response_url comes with that."""
        fields = {block["element"]["action_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
        values = {name: {name: state_of(field, inputs.get(name))} for name, field in fields.items()}
        whole = {"type": "view_submission", "user": {"id": user}, "view": {**view, "state": {"values": values}}, "response_url": ""}
        self.interact("interactive", whole)

    def deliver_again(self, delivered: dict[str, Any], attempt: int = 1) -> str:
        """Send the same event once more, as Slack does when it saw no acknowledgement. Returns the envelope's id."""
        envelope_id = f"env-{next(self._numbers)}"
        again = {"type": "events_api", "envelope_id": envelope_id, "payload": delivered["payload"]}
        self._send({**again, "accepts_response_payload": False, "retry_attempt": attempt, "retry_reason": "timeout"})
        return envelope_id

    # ---- what a test waits for

    def wait(self, condition: Callable[[], bool], what: str, seconds: float = WAIT) -> None:
        deadline = time.monotonic() + seconds
        with self._changed:
            while not condition():
                left = deadline - time.monotonic()
                assert left > 0, f"waited {seconds} s for {what}; posts: {self.posts}; calls: {[name for name, _ in self.calls]}"
                self._changed.wait(min(left, 0.2))

    def wait_for_posts(self, count: int, seconds: float = WAIT) -> list[dict[str, Any]]:
        self.wait(lambda: len(self.posts) >= count, f"{count} posts", seconds)
        return self.posts[:count]

    def wait_for_ack(self, envelope_id: str) -> None:
        self.wait(lambda: envelope_id in self.acks, f"the acknowledgement of {envelope_id}")

    def wait_for_connection(self, seconds: float = WAIT) -> None:
        self.wait(lambda: self.connections > 0, "a connection", seconds)


def deletion(event: dict[str, Any]) -> dict[str, Any]:
    """The event by which Slack tells that the message of another event was deleted."""
    kind = "im" if event["channel"].startswith("D") else "channel"
    before = {"type": "message", **{name: event[name] for name in ("user", "text", "ts")}}
    whole = {"type": "message", "subtype": "message_deleted", "hidden": True, "channel": event["channel"], "channel_type": kind}
    return {**whole, "deleted_ts": event["ts"], "ts": f"{event['ts']}1", "previous_message": before}


def state_of(field: dict[str, Any], given: str | list[str] | None) -> dict[str, Any]:
    """What Slack tells of a field: what was given, else what it began with."""
    if field["type"] == "plain_text_input":
        return {"type": field["type"], "value": given}
    options = {option["value"]: option for option in field["options"]}
    if field["type"] == "multi_static_select":
        chosen = field.get("initial_options", []) if given is None else [options[value] for value in given]
        return {"type": field["type"], "selected_options": chosen}
    return {"type": field["type"], "selected_option": field.get("initial_option") if given is None else options[str(given)]}


def found(name: str, value: dict[str, Any] | None, error: str) -> dict[str, Any]:
    return {name: value} if value is not None else {"ok": False, "error": error}
