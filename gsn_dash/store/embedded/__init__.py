"""A PostgreSQL of our own, run from the binaries of a wheel, in one folder."""

from gsn_dash.store.embedded.server import EmbeddedPostgres

__all__ = ["EmbeddedPostgres"]
