"""Addresses to listen on, as people write them."""

from __future__ import annotations

from corpus.errors import SettingsError


def host_and_port(listen: str, name: str, everywhere: str) -> tuple[str, int]:
    """Host and port of "127.0.0.1:3000"; of ":3000" the host is `everywhere`. name: what the message calls it. Raises SettingsError."""
    host, colon, port = listen.rpartition(":")
    if not colon or not (port.isascii() and port.isdecimal()) or int(port) > 65535:
        raise SettingsError(f"{name} is {listen!r}, which is no address to listen on. Write it like 127.0.0.1:3000.")
    return host.strip("[]") or everywhere, int(port)
