"""A question in, a cited answer out; and the surfaces that show it."""
