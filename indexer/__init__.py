"""Documents in, a published generation out. Knows nothing of Slack or of questions."""
