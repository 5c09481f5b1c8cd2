"""Two replicas in HTTP mode on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from isobot.state.store import Store
from tests.postgresql import PostgresServer
from tests.slack.examples import answer, cite
from tests.slack.kills import LOOK, POST, Moment, run
from tests.slack.stand_in import StandInSlack

pytestmark = pytest.mark.needs("postgresql")


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer() as running:
        yield running


def test_an_event_is_claimed_by_one_and_answers_form_one_chain(server: PostgresServer) -> None:
    """Eight threads on two stores: one of them gets the event, all of their answers stand in one chain, in one migrated schema."""
    url = server.database("claims")
    with ThreadPoolExecutor(8) as threads:
        stores = list(threads.map(lambda _: Store.open(url), range(2)))
        claims = threads.map(lambda n: stores[n % 2].events.claim("Ev1", channel="C1", ts="1.5", kind="app_mention"), range(8))
        assert sorted(claims) == [False] * 7 + [True]
        ids = set(threads.map(lambda n: stores[n % 2].record_answer(answer(cite()), f"slack:T:{n % 3}", "slack:channel"), range(40)))
    assert len(ids) == 40 and stores[0].verify_chain().holds
    assert {record.id for record in stores[1].answers()} == ids
    for store in stores:
        store.close()


def test_a_killed_replica_loses_and_doubles_nothing(server: PostgresServer, slack: StandInSlack, tmp_path: Path) -> None:
    """Killed after its reply was posted; and killed there, with the other one killed while it looks whether that was so."""
    moments = Moment(POST, 2, done=True), Moment(POST, 1, done=True, then=LOOK)
    found = run(moments, slack, tmp_path, server.database("kills"))
    assert [(one["killed"], one["once"], one["unfinished"]) for one in found["moments"]] == [(1, 6, 0), (2, 6, 0)], found
    assert found["chain"] and found["exits"] == [0, 0]
