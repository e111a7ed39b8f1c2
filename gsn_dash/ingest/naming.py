"""The names that rows give to quantities: read strictly, so that a slip is told where it stands."""

from __future__ import annotations

from gsn_dash.domain.refs import (
    APPENDIX_STATES,
    INVESTMENT_MEASURES,
    OPERATING_ITEMS,
    OPERATING_MEASURES,
    TOTAL,
    TOTAL_DEVIATIONS,
    UTILISATIONS,
    Quantity,
    parse_ref,
)
from gsn_dash.ingest.table import Row, RowError

KINDS = {
    "money": "ett belopp (money)",
    "percent": "en andel (percent)",
    "flag": "ett ja eller nej (flag)",
    "text": "en text (text)",
}
# How a name of each area is written.
_FORMS = {
    "operating": f"skriv operating:VERKSAMHET:{'/'.join(OPERATING_ITEMS)}:period följt av"
    f" {'/'.join(OPERATING_MEASURES['period'])}/why, eller :year följt av"
    f" {'/'.join(OPERATING_MEASURES['year'])}/why",
    "investment": "skriv investment:PROJEKT:"
    f"{'/'.join((*INVESTMENT_MEASURES, *UTILISATIONS))}/why/not_started"
    f" eller investment:{TOTAL} med också {'/'.join(TOTAL_DEVIATIONS)}",
    "collaboration": f"skriv collaboration:SAMARBETE:KOMMUNKOD, med {TOTAL} på högst en av dem",
    "appendix": f"skriv appendix:NAMN:{'/'.join(APPENDIX_STATES)}, utan kolon i namnet",
    "action_plan": "skriv action_plan:has_actions",
    "forecast": "skriv forecast:no_deviation",
}


def draft_ref(row: Row, *kinds: str) -> Quantity:
    """The quantity that the row's `ref` names, of one of the kinds; RowError where there is none.

    Whether its subjects exist is for the reader of the other files to say.
    """
    ref = row.required("ref")
    quantity = parse_ref(ref)
    if quantity is None:
        how = _FORMS.get(ref.partition(":")[0], f"börja med {', '.join(_FORMS)}")
        raise RowError("ref", f"”{ref}” är ingen uppgift som programmet känner: {how}")
    if quantity.kind not in kinds:
        sentence = f"”{ref}” är {KINDS[quantity.kind]}, men raden är {KINDS[kinds[0]]}"
        raise RowError("ref", sentence)
    return quantity


def draft_key_name(row: Row, column: str, *reserved: str) -> str:
    """A key that names of quantities are made of: without their colon, and not one of their own."""
    key = row.required(column)
    if ":" in key or key in (TOTAL, *reserved):
        raise RowError(column, f"”{key}” kan inte vara nyckel: skriv en annan, utan kolon")
    return key
