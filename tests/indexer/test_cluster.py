"""A Dask cluster in place of this machine: two workers on 127.0.0.1, and the same generation as without them."""

from __future__ import annotations

import logging
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from corpus.errors import IsobotError, SettingsError
from indexer.build import BuildOptions, build
from indexer.generation import Generation, current_name
from indexer.sandbox.limits import Limits
from indexer.sources import find
from tests.indexer import hostile


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the scheduler."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=logging.CRITICAL,
        local_directory=str(tmp_path_factory.mktemp("dask")),
    ) as local:  # fmt: skip
        yield local.scheduler_address


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


def test_a_cluster_without_workers_is_told(tmp_path, cache):
    """And the index is as it was."""
    (tmp_path / "a.md").write_text("Lock all doors.")
    options = {"n_workers": 0, "host": "127.0.0.1", "dashboard_address": None, "silence_logs": logging.CRITICAL}
    with LocalCluster(**options) as empty, pytest.raises(IsobotError, match="has no workers"):
        build(find([tmp_path / "a.md"]), tmp_path / "index", BuildOptions(cache / "encoders", dask=empty.scheduler_address))
    assert not Path(tmp_path / "index" / "current").exists()
