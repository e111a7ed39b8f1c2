"""What is inside a packed file (xlsx and ods are zip files), unpacked within limits."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from gsn_dash.ingest.cells import HIGHEST_RATIO, LARGEST_UNPACKED, FileRefused

BROKEN = "Filen är skadad och går inte att packa upp: öppna den i kalkylprogrammet och spara om."
_BOMB = (
    "Filen är packad så hårt att den inte öppnas: den blir orimligt stor uppackad."
    " Spara om den i kalkylprogrammet."
)
_LOCKED = "Filen är låst med lösenord: ta bort lösenordet i kalkylprogrammet och spara igen."
# A small file of blanks packs harder than the limit without being a danger to anybody.
_HARMLESS = 1024 * 1024
_MOST_MEMBERS = 2_000
_DEFINES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def unpack(content: bytes) -> dict[str, bytes]:
    """Every member of a zip file by its name. Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_bomb(members, len(content))
            return {member.filename: _read(archive, member) for member in members}
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
    ) as error:  # fmt: skip
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(BROKEN) from None


def _refuse_bomb(members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or unpacked > LARGEST_UNPACKED:
        raise FileRefused(_BOMB)
    if unpacked > _HARMLESS and unpacked > HIGHEST_RATIO * packed:
        raise FileRefused(_BOMB)
    if len({member.filename for member in members}) < len(members):
        raise FileRefused(BROKEN)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 1:
        raise FileRefused(_LOCKED)
    content = archive.read(member)  # never more than file_size, and held against its checksum
    if member.filename.endswith((".xml", ".rels")) and _DEFINES.search(content[:4096]):
        raise FileRefused(
            "Filen har egna definitioner i sin XML, vilket inget kalkylprogram skriver:"
            " öppna den i kalkylprogrammet och spara om."
        )
    return content
