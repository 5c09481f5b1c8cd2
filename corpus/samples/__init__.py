"""The sources of the sample organisation's made documents, and what renders them; `corpus/policies/` holds the results."""
