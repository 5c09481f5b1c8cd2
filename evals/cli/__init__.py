"""The command line of `python -m evals`: one file a command."""
