"""`python -m evals`: measure how well isobot answers, and how fast."""

from __future__ import annotations

from evals.cli.main import main

if __name__ == "__main__":
    main()
