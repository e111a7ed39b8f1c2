"""What an import does, in words: what would change, what came of it, and the history's names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from gsn_dash.domain import drafts
from gsn_dash.domain.differences import CHANGED, GONE, NEW, SAME, Difference, Stated
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.ledger import LedgerDraft
from gsn_dash.domain.snapshot import Occasion, Population, Snapshot
from gsn_dash.present.collaborating import format_exact_kr
from gsn_dash.present.names import (
    name_collaboration,
    name_municipality,
    name_occasion,
    name_quantity,
)
from gsn_dash.present.numbers import (
    UNKNOWN,
    format_day,
    format_moment,
    format_number,
    name_month,
)
from gsn_dash.present.places import describe_precision
from gsn_dash.present.scenarios import apart
from gsn_dash.present.sharing import describe_key
from gsn_dash.present.sources import count_inhabitants, format_value

MESSAGE = (
    "Välj en fil, se vad som skulle ändras, och läs sedan in den. Inget sparas förrän du trycker"
    " på Läs in."
)
FILE_KINDS = (
    "Kalkylblad (xlsx, ods eller csv) i programmets mall eller med kommunens egna kolumner,"
    " redovisning som SIE 4 (si, se eller sie), och SCB:s tabell över folkmängd."
)
BATCH_KINDS = {
    drafts.FOLDER: "Mappen med papperens siffror",
    drafts.TABLE: "Tabell",
    drafts.TEMPLATE: "Ifylld mall",
    drafts.LEDGER: "Redovisning (SIE)",
    drafts.POPULATION: "Invånare",
    drafts.CORRECTION: "Rättelse",
    drafts.CHOICE: "Val av källa",
    drafts.WITHDRAWAL: "Dragen tillbaka",
    drafts.MAP: "Ändrad kontotabell",
}
CHANGE_KINDS = {NEW: "ny", CHANGED: "ändras", GONE: "tas bort", SAME: "samma"}
NOTHING_NEW = "Allt i filen är redan inläst: inget ändras."
_COUNTED = {
    NEW: ("ny", "nya"),
    CHANGED: ("ändrad", "ändrade"),
    GONE: ("borttagen", "borttagna"),
}
_NOWHERE = "finns inte"
_PARTS = {"restated": " (på ett ställe till)", "total": " (tryckt summa)", "claim": " (i texten)"}
_ITEMS = {"revenue": "intäkter", "cost": "kostnader"}
_MEASURES = {"outcome": "utfall", "budget": "budget"}


def name_batch_kind(kind: str) -> str:
    """What an import was of; a kind that is new to this version is named as it is."""
    return BATCH_KINDS.get(kind, kind)


def name_difference(snapshot: Snapshot, found: Difference) -> str:
    """What a figure that changes is: "Kostnader, utfall januari–april 2023"."""
    area, *names = found.ref.split(":")
    if found.part == "population":
        day = format_day(date.fromisoformat(names[1]))
        return f"Invånare i {name_municipality(snapshot, names[0])} {day}"
    if found.part == "key":
        return f"Fördelningsnyckeln för {name_collaboration(snapshot, names[0])}"
    if area == "ledger":
        year, month = names[0].split("-")
        item = _ITEMS.get(names[1], names[1])
        return f"Redovisningen {name_month(int(month))} {year}: {item}, {_MEASURES[names[2]]}"
    return f"{name_quantity(snapshot, found.ref)}{_PARTS.get(found.part, '')}"


def format_stated(stated: Stated | None) -> str:
    """One side of a difference; "finns inte" where there is none."""
    if stated is None:
        return _NOWHERE
    if isinstance(stated, Population):
        return count_inhabitants(stated.count)
    if not isinstance(stated, Figure):
        return describe_key(stated)
    if stated.is_unknown:
        return UNKNOWN
    return format_exact_kr(stated) if stated.ref.startswith("ledger") else format_value(stated)


def format_sides(before: Stated | None, after: Stated | None) -> tuple[str, str]:
    """Both sides of a difference, with what differs where their amounts are written alike."""
    was, will = format_stated(before), format_stated(after)
    if was != will or not (isinstance(before, Figure) and isinstance(after, Figure)):
        return was, will
    if before.approximate != after.approximate:
        return _with_state(before, was), _with_state(after, will)
    if before.precision != after.precision:
        return (
            f"{was} ({describe_precision(before.precision)})",
            f"{will} ({describe_precision(after.precision)})",
        )
    return was, will


def _with_state(figure: Figure, said: str) -> str:
    return f"cirka {said}" if figure.approximate else f"{said}, inte ungefärligt"


def describe_kept(batch: int | None, said: str = "", occasion: Occasion | None = None) -> str:
    """What came of an import, in one sentence; `batch` is None where nothing was new.

    `said` is what `count_changes` says of it, `occasion` what it was about, if any.
    """
    if batch is None:
        return NOTHING_NEW
    about = f" för {name_occasion(occasion)}" if occasion else ""
    return f"Inläsning {batch} är sparad{about}{f': {said}' if said else ''}."


def describe_coming(said: str, same: int, has_ledger: bool = False) -> str:
    """What an import would do, in one sentence; `said` is what `count_changes` says of it."""
    if not said and has_ledger:
        return "Inget belopp som visas ändras: inget tillfälle ligger under den tiden."
    if not said:
        return "Inget belopp ändras, bara var uppgifterna står eller tillfällets dagar."
    alike = f", och {format_number(same)} är som förut" if same else ""
    return f"Det här skulle ge {said}{alike}."


def describe_taken(gone: int, back: int) -> str:
    """What a withdrawal would do that leaves its occasion empty, counted as the import was."""
    said = f"{format_number(gone)} {'uppgift' if gone == 1 else 'uppgifter'}"
    again = f" och låta {format_number(back)} tidigare gälla igen" if back else ""
    return f"Det här skulle ta bort {said}{again}."


def describe_new_controls(count: int) -> str:
    """That a new occasion is controlled, and that nothing is found; empty for no control."""
    if not count:
        return ""
    what = "1 kontroll" if count == 1 else f"{format_number(count)} kontroller"
    return f"Sidan Granskning får {what} av tillfället, och ingen av dem visar något fel."


def describe_ledger(draft: LedgerDraft) -> str:
    """The year of a ledger, and how many of its months the file has."""
    months = len(draft.months)
    count = "1 månad" if months == 1 else f"{months} månader"
    return f"Redovisning {format_day(draft.starts)}–{format_day(draft.ends)}, med {count}."


def count_changes(changes: Iterable[Difference]) -> str:
    """ "12 ändrade uppgifter", "3 uppgifter (2 nya, 1 ändrad)"; empty where nothing changes."""
    counts = Counter(change.kind for change in changes)
    found = [
        f"{format_number(counts[kind])} {one if counts[kind] == 1 else more}"
        for kind, (one, more) in _COUNTED.items()
        if counts[kind]
    ]
    whole = sum(counts[kind] for kind in _COUNTED)
    if len(found) > 1:
        return f"{format_number(whole)} uppgifter ({', '.join(found)})"
    return f"{found[0]} {'uppgift' if whole == 1 else 'uppgifter'}" if found else ""


def describe_new(occasion: Occasion) -> str:
    """That an occasion is not there yet."""
    name = name_occasion(occasion)
    return f"{name[0].upper()}{name[1:]} är nytt."


def describe_same_occasion(occasion: Occasion) -> str:
    """Which occasion, that there is already, a file is about."""
    return f"Filen gäller {name_occasion(occasion)}."


def describe_gone(occasion: Occasion) -> str:
    """That an occasion would not be there any more."""
    name = name_occasion(occasion)
    return f"{name[0].upper()}{name[1:]} visas då inte längre: inget annat har lästs in för det."


def describe_same(batch: int, by: str, at: datetime) -> str:
    """That just this file has been read before; what came since may say something else."""
    return (
        f"Precis den här filen har lästs in förut: inläsning {batch}, {format_moment(at)} av"
        f" {apart(by)}. Vad den skulle ändra nu står nedanför."
    )


def describe_overtaken(batch: int, by: str, at: datetime) -> str:
    """That somebody else kept something between the preview and the button."""
    return (
        f"Inget sparades: {apart(by)} läste in något annat {format_moment(at)} (inläsning {batch}),"
        " efter att det här visades. Se vad som ändras nu och tryck en gång till."
    )


def describe_withdrawn(batch: int, is_empty: bool = False) -> str:
    """That an import has been undone; `is_empty` where no occasion is left."""
    now = "Det som gällde före den gäller igen."
    if is_empty:
        now = "Programmet har inga uppgifter nu: läs in en fil på den här sidan."
    return f"Inläsning {batch} är tillbakadragen. {now}"
