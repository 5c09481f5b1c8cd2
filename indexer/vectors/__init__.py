"""Where vectors are kept and searched: a Protocol, and one file a store."""

from indexer.vectors.base import AUTO, NAMES, STORES, RowIds, Scores, VectorStore, build_store, load_store, store_class

__all__ = ["AUTO", "NAMES", "STORES", "RowIds", "Scores", "VectorStore", "build_store", "load_store", "store_class"]
