"""The endpoint that words answers: asked within a time, and never waited for again while it is down."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.answer import Answer
from corpus.errors import SettingsError
from isobot.phrasing import messages, sent_citations, standing

if TYPE_CHECKING:
    from isobot.settings import Settings

MOST_TOKENS = 400  # of a reply
PAUSE_SECONDS = 60.0  # for which an endpoint that failed is left alone

log = logging.getLogger("isobot.phraser")


class Phraser:
    """Words answers by an OpenAI-compatible endpoint. May be shared between threads; whatever fails there, the answer stays as it is."""

    def __init__(self, url: str, model: str, key: str | None, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """url: up to "/v1". seconds: for the whole of one reply. Raises SettingsError where the library is missing."""
        try:
            from openai import DefaultHttpxClient, OpenAI
        except ImportError:
            raise SettingsError(
                "phrasing_url is set, and the package that speaks to it is missing. Run: pip install 'isobot[phrasing]'"
            ) from None
        self._model, self._seconds, self._clock = model, seconds, clock
        # A redirection would carry the quotations to where no setting names; no key stands for a server that asks for none.
        http = DefaultHttpxClient(follow_redirects=False, timeout=seconds)
        self._client = OpenAI(base_url=url, api_key=key or "none", timeout=seconds, max_retries=0, http_client=http)
        self._left_until = float("-inf")

    def phrased(self, answer: Answer) -> Answer:
        """The answer with what of its wording stands; as it is where nothing does, where the endpoint is slow, down or wrong."""
        citations = sent_citations(answer)
        if not citations or self._clock() < self._left_until:
            return answer
        try:
            reply = self._within(lambda: self._asked(messages(answer.understood or answer.question, citations)))
        except Exception as problem:
            self._left_until = self._clock() + PAUSE_SECONDS
            log.warning("answers stay as quoted for %.0f s, because the endpoint that words them failed: %s", PAUSE_SECONDS, _said(problem))
            return answer
        return replace(answer, phrased=standing(reply, citations))

    def _asked(self, said: list[dict[str, str]]) -> str:
        reply = self._client.chat.completions.create(
            model=self._model,
            messages=said,  # type: ignore[arg-type]
            temperature=0,
            max_tokens=MOST_TOKENS,
        )
        return str(reply.choices[0].message.content or "")

    def _within(self, ask: Callable[[], str]) -> str:
        """The reply, or TimeoutError: the client's own limit is for each piece of it, and pieces may come for ever."""
        outcome: list[str | Exception] = []

        def run() -> None:
            try:
                outcome.append(ask())
            except Exception as problem:
                outcome.append(problem)

        thread = threading.Thread(target=run, name="phraser", daemon=True)
        thread.start()
        thread.join(self._seconds)
        if not outcome:
            raise TimeoutError(f"no whole reply within {self._seconds:g} s")
        if isinstance(outcome[0], Exception):
            raise outcome[0]
        return outcome[0]


def phraser_from(settings: Settings) -> Phraser | None:
    """The phraser that the settings name; None where they name none. Raises SettingsError for half of them."""
    if not settings.phrasing_url:
        return None
    if not settings.phrasing_model:
        raise SettingsError("phrasing_url is set, and phrasing_model is not. Name the model as that endpoint knows it.")
    return Phraser(settings.phrasing_url, settings.phrasing_model, settings.phrasing_key, settings.phrasing_seconds)


def _said(problem: Exception) -> str:
    """What went wrong, on one line, without the words that were sent or came back."""
    status = getattr(problem, "status_code", None)
    return f"{type(problem).__name__}{f' (HTTP {status})' if status else ''}" if not isinstance(problem, TimeoutError) else str(problem)
