"""Where vectors are kept and searched: a Protocol, and one file a store."""

from indexer.vectors.base import STORES, RowIds, Scores, VectorStore, store_class

__all__ = ["STORES", "RowIds", "Scores", "VectorStore", "store_class"]
