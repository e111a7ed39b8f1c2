"""A zip file without the moment it was made, so that the same content is the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# The first that a zip file can say.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def fix_times(content: bytes) -> bytes:
    """The same files in the same order, each with one fixed time and nothing of the machine."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _MOMENT)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name), compresslevel=_LEVEL)
    return made.getvalue()
