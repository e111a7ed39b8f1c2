"""An SIE file to ledgers, one for each fiscal year that it has months of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice

from gsn_dash.domain.amounts import Money
from gsn_dash.domain.drafts import Place
from gsn_dash.domain.ledger import IGNORE, LedgerDraft, LedgerEntry, LedgerMap
from gsn_dash.ingest.cells import document_key
from gsn_dash.ingest.control import ControlTotal
from gsn_dash.ingest.sie import controls
from gsn_dash.ingest.sie.covering import covered_months
from gsn_dash.ingest.sie.gathering import Gathered, Year, gather
from gsn_dash.ingest.sie.lines import Line, LineError, check_sum, decode, without_end
from gsn_dash.ingest.sie.months import Parts, parts_of, stray_budget
from gsn_dash.ingest.table import Problem

_TYPES = ("2", "3", "4", "4E", "4I")
_MOST_REMARKS, _MOST_OF_A_YEAR = 10, 5


@dataclass(frozen=True)
class ReadSie:
    """What an SIE file gives. With any problem the ledgers must not be recorded.

    A problem's row is its line. Remarks are Swedish sentences that name theirs.
    """

    ledgers: tuple[LedgerDraft, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()
    control_totals: tuple[ControlTotal, ...] = ()


def is_sie(content: bytes) -> bool:
    """Whether a file looks like SIE: its first line that is not empty is one of its records."""
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start[:1] == b"#" and start[1:4].isalpha()


def read_sie(name: str, content: bytes, ledger_map: LedgerMap) -> ReadSie:
    """Read a file of type 2, 3 or 4; what each record counts as is said in the package.

    `name` is the file's; the document of the ledgers' places is named by its content. The map
    changes nothing of what is read: it is asked what the remarks must say.
    """
    body = without_end(content)
    refused = _refuse_other(name, body)
    if refused:
        return ReadSie((), (refused,))
    decoded = decode(body)
    found, problems = gather(name, decoded.lines)
    problems = (*problems, *_faults_of(name, found, decoded.lines))
    if problems:
        return ReadSie((), problems, decoded.remarks)
    years, faults = parts_of(found)
    document = document_key(sha256(content).hexdigest())
    sides = {number: controls.sides_of(found, number, of) for number, of in _booked(years).items()}
    drafts = tuple(
        draft
        for number, parts in years.items()
        if (draft := _draft(document, found, number, parts, sides.get(number)))
    )
    problems = tuple(Problem(name, fault.line, "", fault.sentence) for fault in faults)
    if not (drafts or problems):
        problems = (_without_months(name, found),)
    if problems:
        return ReadSie((), problems, decoded.remarks)
    doubts = _doubts(sides.values(), years)
    said = islice(chain(doubts, _remarks(found, drafts, ledger_map)), _MOST_REMARKS)
    totals = [total for side in sides.values() for total in controls.control_totals(side)]
    return ReadSie(drafts, (), (*decoded.remarks, *said), tuple(totals))


def _booked(years: dict[int, Parts]) -> dict[int, Parts]:
    """The years that have an outcome, and not a budget alone."""
    return {
        number: parts
        for number, parts in years.items()
        if any(key.measure == "outcome" for key in parts)
    }


def _doubts(sides: Iterable[controls.Sides], years: dict[int, Parts]) -> Iterator[str]:
    """What in the file contradicts itself."""
    for side in sides:
        yield from islice(controls.differing(side), _MOST_OF_A_YEAR)
    for parts in years.values():
        yield from islice(controls.unbalanced(parts), 2)


def _refuse_other(name: str, content: bytes) -> Problem | None:
    if not content.strip():
        return Problem(name, 1, "", "filen är tom")
    if is_sie(content) and b"\x00" not in content:
        return None
    first = content.lstrip()[:40].decode("ascii", errors="replace").splitlines()[0]
    shown = "".join(char for char in first if char.isprintable())
    sentence = f"filen är ingen SIE-fil: den börjar med ”{shown}” och inte med #FLAGGA"
    return Problem(name, 1, "", sentence)


def _faults_of(name: str, found: Gathered, lines: tuple[Line, ...]) -> Iterator[Problem]:
    """What is wrong with the file as a whole."""
    try:
        yield from check_sum(name, lines)
    except LineError as error:
        yield Problem(name, error.line, "", error.sentence)
    if found.sie_type not in _TYPES:
        said = f"är SIE typ {found.sie_type[:10]}" if found.sie_type else "säger ingen SIE-typ"
        sentence = f"filen {said} och har bara årets summor: exportera typ 2, 3 eller 4"
        yield Problem(name, 0, "#SIETYP", sentence)
    if 0 not in found.years:
        yield Problem(name, 0, "#RAR", "räkenskapsåret saknas: filen ska ha en post #RAR 0")


def _without_months(name: str, found: Gathered) -> Problem:
    records = (
        "verifikationer (#VER)" if found.sie_type.startswith("4") else "periodsaldon (#PSALDO)"
    )
    return Problem(name, 0, "", f"filen har inga månader: {records} saknas, exportera dem också")


def _draft(
    document: str, found: Gathered, number: int, parts: Parts, sides: controls.Sides | None
) -> LedgerDraft | None:
    """A year's ledger; None where the file has no months of it."""
    year = found.years[number]
    # Here, once, SIE's sign is turned: in it a cost is above zero and revenue below.
    entries = tuple(
        LedgerEntry(
            key.month,
            key.account,
            key.objects.cost_centre,
            key.objects.project,
            key.measure,
            Money(-amount),
        )
        for key, amount in parts.items()
        if amount
    )
    if not entries:
        return None
    ordered = sorted(
        entries, key=lambda e: (e.month, e.account, e.measure, e.cost_centre, e.project)
    )
    return LedgerDraft(
        year.starts,
        year.ends,
        found.program,
        found.sie_type[:1],
        tuple(ordered),
        Place(document, f"Räkenskapsåret {year.starts}–{year.ends}"),
        covered_months(found, year, parts, sides),
        found.names,
    )


def _remarks(
    found: Gathered,
    drafts: tuple[LedgerDraft, ...],
    ledger_map: LedgerMap,
) -> Iterator[str]:
    """What a person who is about to keep the file should know of it, besides its totals."""
    stray = stray_budget(found)
    if stray:
        yield (
            f"Rad {stray[0].line} är den första av {len(stray)} budgetposter som säger ett år och"
            " har perioder i ett annat. De räknas inte."
        )
    for line, first in found.vouchers.repeated[:3]:
        yield f"Rad {line}: verifikationen är på raden lik den på rad {first}. Båda räknas."
    for line in found.vouchers.unmatched[:3]:
        yield f"Rad {line}: efter #RTRANS saknas den #TRANS som ska upprepa den."
    if found.vouchers.count and not found.sie_type.startswith("4"):
        yield "Filen har verifikationer, som inte räknas i typ 2 och 3: där räknas periodsaldona."
    yield from _unfinished(found, found.years[0])
    ignored = {
        entry.account[:2]
        for draft in drafts
        for entry in draft.entries
        if entry.account[:1] not in "12" and ledger_map.item_of(entry.account) == IGNORE
    }
    if ignored:
        groups = ", ".join(sorted(ignored))
        yield (
            f"Konton som börjar på {groups} hör enligt kontotabellen varken till intäkter eller"
            " kostnader och räknas inte."
        )


def _unfinished(found: Gathered, year: Year) -> Iterator[str]:
    """Whether the file was made before its last month was over."""
    made, last = found.generated, found.scope or found.vouchers.last_day
    if (
        made
        and last
        and year.starts <= made <= year.ends
        and ((made.year, made.month) == (last.year, last.month))
    ):
        yield f"Filen gjordes {made}, innan {last:%Y-%m} var slut: den månaden kan sakna poster."
