"""Bytes of a file become drafts and located problems. Nothing here writes to the store."""
