"""Pure functions from what was shown to a number; one file a metric. None of them changes what it is given."""
