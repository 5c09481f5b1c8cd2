"""The tiny organisation, for tests of how it is indexed."""

from tests.organisation import cache, environ, isobot, organisation

__all__ = ["cache", "environ", "isobot", "organisation"]
