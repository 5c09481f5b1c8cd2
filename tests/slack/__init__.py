"""The Slack surface, tried against a stand-in Slack over real sockets."""
