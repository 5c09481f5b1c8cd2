"""How well it answers: datasets, metrics, a runner, a report, benchmarks. Run as `python -m evals`."""
