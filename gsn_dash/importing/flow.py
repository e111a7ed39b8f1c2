"""A file step by step: begun, looked at, kept. Nothing is kept before the last step.

What takes time or may break runs in a child process; what is kept is one transaction. So a file
that is refused leaves nothing, and who is killed in the midst has kept all of it or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError

from gsn_dash.domain.checks.finding import Finding, Verdict
from gsn_dash.domain.checks.run import run_controls
from gsn_dash.domain.differences import Difference, differences
from gsn_dash.domain.drafts import WITHDRAWAL, Drafts
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.refs import population_ref
from gsn_dash.domain.snapshot import Occasion, Snapshot
from gsn_dash.importing.child import ask_child
from gsn_dash.importing.ledger_years import without_known_years
from gsn_dash.importing.titles import titled, usual_title
from gsn_dash.importing.unchanged import count_figures, figures_unsaid, without_unchanged
from gsn_dash.ingest.cells import LARGEST_FILE, FileRefused
from gsn_dash.ingest.meanings import CONTRIBUTIONS, INVESTMENTS, OPERATING
from gsn_dash.ingest.opened import Choices, Known, Opened, ReadFile, known_in
from gsn_dash.store.keep import Overtaken, keep
from gsn_dash.store.ledger_maps import read_map
from gsn_dash.store.names import read_names
from gsn_dash.store.occasions import list_occasions
from gsn_dash.store.preview import Preview, occasion_of, preview
from gsn_dash.store.read import Batch, read_batches, read_snapshot
from gsn_dash.store.record import Recorded
from gsn_dash.store.trouble import told_of
from gsn_dash.store.withdrawing import CannotWithdraw, preview_withdrawal

AWAY = "Databasen svarar inte, så filen går inte att jämföra med det som gäller; försök igen."
_REFUSING = "Databasen lämnar inte ut det som gäller; den som sköter databasen ser varför i loggen."
_NOBODY = "förhandsgranskning"
_MOST_TRIES = 3
_ABOUT_OCCASION = (OPERATING, INVESTMENTS, CONTRIBUTIONS)
_BAD = (Verdict.FAILS, Verdict.CANNOT_TELL)


@dataclass(frozen=True)
class Look:
    """What keeping a file would do, told before anything is kept.

    `read` has the drafts of what is not in force already; `same` is how many figures are.
    `preview` is None where the file has problems or the database refuses it, and `refusal` is
    then one Swedish sentence in the second case. `before` and `after` are the controls of the
    occasion, as it is and as it would be. `earlier` is the occasion before one that would be
    new. `unsaid` are figures that an occasion has and the file does not state: they stay.
    """

    read: ReadFile
    preview: Preview | None = None
    before: tuple[Finding, ...] = ()
    after: tuple[Finding, ...] = ()
    changes: tuple[Difference, ...] = ()
    refusal: str = ""
    same: int = 0
    earlier: Snapshot | None = None
    unsaid: tuple[Figure, ...] = ()

    @property
    def can_keep(self) -> bool:
        """Whether there is something new that may be kept."""
        if self.preview is None:
            return False
        found = self.preview.recorded
        return bool(found.added or found.corrected or found.withdrawn)


@dataclass(frozen=True)
class FindingChange:
    """A control that comes out otherwise; None on the side where there is no such control."""

    before: Finding | None
    after: Finding | None


def begin(name: str, content: bytes) -> Opened:
    """Open a file and recognise what it holds. Raises FileRefused.

    Its sheets are cut short, for showing: `look` reads the whole of them.
    """
    if len(content) > LARGEST_FILE:
        megabytes = LARGEST_FILE // 1024**2
        raise FileRefused(f"Filen är större än {megabytes} MB; spara bara de blad som behövs.")
    return ask_child("open", name, content)


def needs_occasion(opened: Opened) -> bool:
    """Whether a person has to say which occasion the file is about: it does not itself."""
    about = any(found.kind in _ABOUT_OCCASION for found in opened.recognised)
    return opened.kind == "table" and about


def find_same(engine: Engine, opened: Opened) -> Batch | None:
    """The last import that has read just this file and not been withdrawn, or None.

    What came after it may have changed its figures since. Raises StoreUnavailable.
    """
    with told_of(AWAY, _REFUSING):
        batches = read_batches(engine)
    for batch in reversed(batches):
        if batch.withdrawn_by is None and opened.sha256 in (sha256 for _, sha256 in batch.files):
            return batch
    return None


def look(engine: Engine, opened: Opened, choices: Choices) -> Look:
    """Read the file as it was chosen, and tell what keeping it would do.

    The accounts of a ledger are read by the map in force. Raises FileRefused where the reading
    takes too long, and StoreUnavailable.
    """
    with told_of(AWAY, _REFUSING):
        known = _known(engine)
        ledger_map = read_map(engine).map
    chosen = replace(choices, ledger_map=ledger_map)
    read = ask_child("read", opened, chosen, known)
    if read.problems:
        return Look(read)
    with told_of(AWAY, _REFUSING):
        return _compare(engine, without_known_years(engine, read), _MOST_TRIES)


def _known(engine: Engine) -> Known:
    """The names that a file may use: of projects those in force, of others all there are.

    A name is known whether or not any occasion in force speaks of it.
    """
    names = read_names(engine)
    return replace(
        known_in(read_snapshot(engine)),
        activities=names.activities,
        municipalities={each.code: each for each in names.municipalities},
        collaborations=names.collaborations,
    )


def _compare(engine: Engine, read: ReadFile, tries: int) -> Look:
    """What of the file is not in force already, and what keeping that would do."""
    latest, occasion = read_snapshot(engine), occasion_of(read.drafts)
    held = read_snapshot(engine, occasion) if occasion else latest
    seen = look_at(engine, read, without_unchanged(read.drafts, held, latest))
    # An import that came in between may have changed what was found to be as the file says.
    has_moved = latest and seen.preview and seen.preview.seen_batch != latest.batch
    return _compare(engine, read, tries - 1) if has_moved and tries else seen


def look_at_withdrawal(engine: Engine, batch: int) -> Look | CannotWithdraw:
    """What withdrawing the import `batch` would do. Raises StoreUnavailable."""
    with told_of(AWAY, _REFUSING):
        found = preview_withdrawal(engine, batch, _NOBODY)
    if isinstance(found, CannotWithdraw):
        return found
    return _look(ReadFile(Drafts(kind=WITHDRAWAL), (), (), ()), found)


def look_at(engine: Engine, read: ReadFile, drafts: Drafts) -> Look:
    """What keeping `drafts`, of what was read, would do. Raises StoreUnavailable."""
    same = count_figures(read.drafts) - count_figures(drafts)
    changing = replace(read, drafts=drafts)
    try:
        found = preview(engine, drafts, _NOBODY)
    except (IntegrityError, DataError) as error:
        return Look(changing, refusal=_explain(error))
    return replace(
        _look(changing, found),
        same=same + found.recorded.unchanged,
        earlier=_earlier(engine, found),
        unsaid=figures_unsaid(read.drafts, found.before),
    )


def _earlier(engine: Engine, found: Preview) -> Snapshot | None:
    """The occasion before one that would be new; None where it is not, or is the first."""
    if found.before is not None or found.after is None:
        return None
    now = found.after.occasion
    lines = list_occasions(engine)
    places = [(line.year, line.number) for line in lines]
    before = [place for place in places if place < (now.year, now.number)]
    with told_of(AWAY, _REFUSING):
        return read_snapshot(engine, max(before)) if before else None


def _look(read: ReadFile, found: Preview) -> Look:
    before, after = _controls(found.before), _controls(found.after)
    changes = differences(found.before, found.after)
    if found.before is None or found.after is None:
        changes = tuple(change for change in changes if _is_of(read.drafts, change))
    return Look(read, found, before, after, changes)


def _is_of(drafts: Drafts, change: Difference) -> bool:
    """Whether the file says it: what belongs to no occasion neither comes nor goes with one."""
    if change.part == "population":
        named = {population_ref(draft.municipality, draft.as_of) for draft in drafts.populations}
        return change.ref in named
    return change.part != "ledger" or bool(drafts.ledgers)


def keep_look(
    engine: Engine, seen: Look, by: str, note: str, title: str = ""
) -> Recorded | Overtaken | str:
    """Keep what was looked at, in one transaction; a sentence where the database refuses it.

    `title` is what the paper is called, by default `default_title`. Overtaken where another import
    has come since. Raises NotKept for a name or a note that cannot be kept, and StoreUnavailable.
    """
    assert seen.preview is not None
    drafts = titled(seen.read.drafts, title.strip() or default_title(seen))
    return keep_drafts(engine, drafts, by, note, seen.preview.seen_batch)


def default_title(seen: Look) -> str:
    """What the paper is called where nobody says; empty where its file is of no occasion."""
    after = seen.preview.after if seen.preview else None
    return usual_title(seen.read.drafts, after.occasion if after else None)


def occasion_told(seen: Look) -> Occasion | None:
    """The occasion that a file is about; None for a file of none (inhabitants, ledgers)."""
    after = seen.preview.after if seen.preview else None
    return after.occasion if after and default_title(seen) else None


def keep_drafts(
    engine: Engine, drafts: Drafts, by: str, note: str, seen_batch: int
) -> Recorded | Overtaken | str:
    """As `keep_look`, of drafts made on the figures of the batch `seen_batch`."""
    try:
        return keep(engine, drafts, by, note, seen_batch)
    except (IntegrityError, DataError) as error:
        return _explain(error)


def finding_changes(seen: Look) -> tuple[FindingChange, ...]:
    """The controls that have another verdict, and those that do not hold and are new or have gone.

    A figure that has moved to another file is still controlled as the same.
    """
    found = []
    for was, will_be in _paired(seen.before, seen.after):
        sides = [side.verdict for side in (was, will_be) if side]
        if sides[0] is not sides[-1] or (len(sides) == 1 and sides[0] in _BAD):
            found.append(FindingChange(was, will_be))
    return tuple(found)


def _paired(
    before: tuple[Finding, ...], after: tuple[Finding, ...]
) -> list[tuple[Finding | None, Finding | None]]:
    """Each control with what it was: the same place first, then the same rule and quantity."""
    left = {finding.key: finding for finding in before}
    found: dict[str, Finding | None] = {one.key: left.pop(one.key, None) for one in after}
    for one in after:
        if found[one.key] is None:
            alike = (k for k, was in left.items() if (was.rule, was.ref) == (one.rule, one.ref))
            found[one.key] = left.pop(next(alike, ""), None)
    pairs = [(found[one.key], one) for one in after]
    return [*pairs, *((was, None) for was in left.values())]


def _controls(snapshot: Snapshot | None) -> tuple[Finding, ...]:
    return run_controls(snapshot) if snapshot else ()


def _explain(error: IntegrityError | DataError) -> str:
    """What the database says of a row that its constraints refuse."""
    diagnosis = getattr(error.orig, "diag", None)
    name = (diagnosis and diagnosis.constraint_name) or "okänd"
    return (
        f"Databasen godtar inte en rad i filen (regeln {name}), så inget sparades. Se efter att"
        " namn och tal är rimliga, och visa annars meningen för den som sköter programmet."
    )
