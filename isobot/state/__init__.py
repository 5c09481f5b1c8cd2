"""What people did: the events that came in, the answers that went out, the questions nobody could be answered."""
