"""What was asked in a while, what stayed unanswered, and which documents answer."""
