"""What ships for running the bot as a service."""
