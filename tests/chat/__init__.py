"""The console without Slack."""
