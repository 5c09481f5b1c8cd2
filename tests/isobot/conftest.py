"""The tiny organisation, for tests of what answers from it."""

from tests.organisation import cache, environ, isobot, organisation

__all__ = ["cache", "environ", "isobot", "organisation"]
