"""What is kept and put back: the served index, the texts that the audit log points at, and the state."""
