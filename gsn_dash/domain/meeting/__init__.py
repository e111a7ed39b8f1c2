"""The meeting's rules: its agenda and the place it has come to."""
