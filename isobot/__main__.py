"""`python -m isobot` is `isobot`."""

from isobot.cli import main

main()
