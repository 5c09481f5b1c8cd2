"""The tiny organisation, for tests of the commands."""

from tests.organisation import cache, environ, isobot, organisation

__all__ = ["cache", "environ", "isobot", "organisation"]
