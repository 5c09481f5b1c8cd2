"""A Dask cluster in place of this machine: two workers on 127.0.0.1, and the same generation as without them."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from corpus.errors import IsobotError, SettingsError
from indexer.build import BuildOptions, build
from indexer.generation import Generation, current_name
from indexer.progress import Silent
from indexer.sandbox.limits import Limits
from indexer.sources import find
from indexer.verify import verify
from tests.indexer import hostile

HERE = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": logging.CRITICAL}


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, local_directory=str(tmp_path_factory.mktemp("dask")), **HERE) as local:
        yield local


@pytest.fixture(scope="module")
def cluster(two_workers: LocalCluster) -> str:
    """The address of the scheduler."""
    address: str = two_workers.scheduler_address
    return address


def test_the_generation_is_that_of_one_machine(cluster, organisation, tmp_path, cache):
    """Every file of it, byte for byte; a file whose parser crashes costs itself there too, and a limit is named."""
    documents = tmp_path / "documents"
    shutil.copytree(organisation.documents, documents)
    (documents / "crash.pdf").write_bytes(hostile.recursive_pdfs()["labels"])
    (documents / "long.txt").write_text("word " * 50_000)
    (documents / "documents.toml").write_text('[[source]]\npath = "."\nowner = "Ines"\n')
    made = []
    for name, dask in (("here", None), ("there", cluster)):
        options = BuildOptions(cache / "encoders", limits=Limits(characters=200_000), dask=dask)
        report = build(find([documents]), tmp_path / name, options)
        made.append((Generation.current(tmp_path / name).manifest, report))
    (here, at_home), (there, away) = made
    assert here.files == there.files and len(here.files) > 20
    assert [(s.path, s.reason) for s in at_home.skipped] == [(s.path, s.reason) for s in away.skipped]
    assert [(s.path, s.reason.split("`")[1]) for s in away.skipped] == [("crash.pdf", "read_memory_mb"), ("long.txt", "read_characters")]
    assert away.read == at_home.read


def test_a_worker_leaves_nothing_behind(two_workers, tmp_path, cache, monkeypatch):
    """What it was sent lies in its own folder, which goes with it, and not in the system's temporary one."""
    scratch, own = tmp_path / "scratch", tmp_path / "dask"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    (tmp_path / "a.md").write_text("Lock all doors.")
    with LocalCluster(n_workers=1, threads_per_worker=1, local_directory=str(own), loop=two_workers.loop, **HERE) as local:
        build(find([tmp_path / "a.md"]), tmp_path / "index", BuildOptions(cache / "encoders", dask=local.scheduler_address))
        assert len(list(own.rglob("isobot-encoder-*"))) == 1
        assert list(scratch.rglob("isobot-*")) == []
    assert list(own.rglob("isobot-*")) == []


class Killing(Silent):
    """Kills a worker when a stage has got so far."""

    def __init__(self, stage: str, steps: int, worker: int) -> None:
        self.left, self.at, self.worker, self.now = steps, stage, worker, ""

    def stage(self, name: str, total: int) -> None:
        self.now = name

    def advance(self, steps: int = 1) -> None:
        if self.now == self.at:
            self.left -= steps
            if self.worker and self.left <= 0:
                os.kill(self.worker, signal.SIGKILL)
                self.worker = 0


@pytest.mark.parametrize(("stage", "steps"), [("Reading documents", 3), ("Embedding passages", 1)])
def test_a_worker_that_dies_costs_its_work_alone(stage, steps, cluster, organisation, tmp_path, cache):
    """What it had under way goes to another, and the generation is that of one machine."""
    with Client(cluster, set_as_default=False) as client:
        victim = sorted(client.run(os.getpid).values())[0]
    killing = Killing(stage, steps, victim)
    build(find([organisation.documents]), tmp_path / "there", BuildOptions(cache / "encoders", dask=cluster), killing)
    assert killing.worker == 0
    build(find([organisation.documents]), tmp_path / "here", BuildOptions(cache / "encoders"))
    here, there = (Generation.current(tmp_path / name).manifest for name in ("here", "there"))
    assert here.files == there.files


def test_a_cluster_that_dies_is_told_and_the_last_generation_served(two_workers, tmp_path, cache, monkeypatch):
    """Every worker is gone in the middle of a build, and no other comes."""
    monkeypatch.setattr("indexer.cluster.ANSWERING", 2)
    (tmp_path / "documents").mkdir()
    for number in range(40):
        (tmp_path / "documents" / f"{number}.md").write_text(f"# Gate {number}\n\nLock gate {number}.\n")
    build(find([tmp_path / "documents" / "0.md"]), tmp_path / "index", BuildOptions(cache / "encoders"))
    before = current_name(tmp_path / "index")
    local = LocalCluster(n_workers=1, threads_per_worker=1, local_directory=str(tmp_path / "dask"), loop=two_workers.loop, **HERE)
    with local:
        closing = Closing(local)
        with pytest.raises(IsobotError, match=r"The Dask cluster failed .*run `isobot index` again"):
            build(
                find([tmp_path / "documents"]), tmp_path / "index", BuildOptions(cache / "encoders", dask=local.scheduler_address), closing
            )
    assert current_name(tmp_path / "index") == before
    assert verify(Generation.current(tmp_path / "index")).problems == ()


class Closing(Silent):
    """Ends a whole cluster once three documents are read."""

    def __init__(self, cluster: LocalCluster) -> None:
        self.cluster, self.read = cluster, 0

    def advance(self, steps: int = 1) -> None:
        self.read += steps
        if self.read == 43:  # 40 were looked at before
            self.cluster.close()


def test_a_cluster_that_cannot_be_used_is_named(tmp_path, cache, monkeypatch):
    """Nobody answers, or the address is none; what was published before is still served."""
    monkeypatch.setattr("indexer.cluster.ANSWERING", 1)
    (tmp_path / "a.md").write_text("Lock all doors.")
    build(find([tmp_path / "a.md"]), tmp_path / "index", BuildOptions(cache / "encoders"))
    before = current_name(tmp_path / "index")
    (tmp_path / "a.md").write_text("Lock all windows.")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for address in (f"tcp://127.0.0.1:{port}", "nowhere at all"):
        with pytest.raises(SettingsError, match="No Dask scheduler answers at"):
            build(find([tmp_path / "a.md"]), tmp_path / "index", BuildOptions(cache / "encoders", dask=address))
    assert current_name(tmp_path / "index") == before


def test_a_cluster_without_workers_is_told(two_workers, tmp_path, cache):
    """And the index is as it was."""
    (tmp_path / "a.md").write_text("Lock all doors.")
    with LocalCluster(n_workers=0, loop=two_workers.loop, **HERE) as empty, pytest.raises(IsobotError, match="has no workers"):
        build(find([tmp_path / "a.md"]), tmp_path / "index", BuildOptions(cache / "encoders", dask=empty.scheduler_address))
    assert not Path(tmp_path / "index" / "current").exists()
