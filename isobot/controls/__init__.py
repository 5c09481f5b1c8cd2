"""Where controls are documented."""
