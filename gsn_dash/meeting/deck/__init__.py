"""The deck of a meeting: every view as JSON, composed from the figures."""
