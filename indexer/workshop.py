"""Where a build is at work: in processes of this machine, or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from indexer.build_options import BuildOptions
from indexer.embeddings import COMMITTED_AT_ONCE
from indexer.encoders.base import Encoder
from indexer.reading_stage import Readers
from indexer.sandbox.pool import Sandbox


@dataclass(frozen=True, slots=True)
class Workshop:
    """Who reads, and who encodes; encoded_at_once: texts between two commits, about a second of work."""

    readers: Readers
    encoder: Encoder
    encoded_at_once: int = COMMITTED_AT_ONCE


@contextmanager
def workshop(options: BuildOptions, encoder: Encoder, unread: int) -> Iterator[Workshop]:
    """That of the options, until the end of the block. unread: files that are probably to be read.

    Raises SettingsError for a cluster that cannot be used.
    """
    if not options.dask:
        with Sandbox(options.limits) as sandbox:
            sandbox.begin(unread)
            yield Workshop(sandbox, encoder)
        return
    from indexer.cluster import Cluster

    with Cluster(options.dask, options.limits, encoder) as cluster:
        yield Workshop(cluster.readers, cluster.encoder, COMMITTED_AT_ONCE * cluster.threads)
