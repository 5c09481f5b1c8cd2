"""A console in which the Slack bot answers where no Slack is: the same answers, its buttons as numbers."""
