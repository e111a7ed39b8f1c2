"""The vouchers of an SIE file of type 4, summed by month, account and object as they come.

Neither the texts nor the signatures of vouchers are kept: they name people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gsn_dash.ingest.sie.fields import (
    Objects,
    optional_at,
    read_account,
    read_amount,
    read_day,
    read_objects,
    text_at,
)
from gsn_dash.ingest.sie.lines import Field, LineError

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class RowKey:
    """What rows of vouchers are summed by; `month` is its first day."""

    month: date
    account: str
    objects: Objects


@dataclass
class _Open:
    """The voucher that is being read. `rows` are those that count (#TRANS)."""

    line: int
    name: str
    day: date
    is_open: bool = False
    balance: Decimal = _ZERO
    rows: list[tuple[RowKey, Decimal]] = field(default_factory=list)
    added: tuple[int, str, Decimal] | None = None


@dataclass
class Vouchers:
    """Sums in kr with SIE's sign; `first_lines` is where a month was first booked on.

    `repeated` holds the lines of vouchers that are the same as an earlier one to the last row, and
    `unmatched` those of #RTRANS that no #TRANS of the same account and amount follows.
    """

    sums: dict[RowKey, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    first_lines: dict[date, int] = field(default_factory=dict)
    last_day: date | None = None
    count: int = 0
    repeated: list[tuple[int, int]] = field(default_factory=list)
    unmatched: list[int] = field(default_factory=list)
    _current: _Open | None = None
    _seen: dict[int, int] = field(default_factory=dict)

    def begin(self, line: int, fields: Sequence[Field]) -> None:
        """#VER: series, number and day. Raises LineError, also where the last one is not closed."""
        self._refuse_open(line)
        day = read_day(line, text_at(line, fields, 2, "verdatum"))
        self._current = _Open(line, f"{optional_at(fields, 0)} {optional_at(fields, 1)}", day)

    def open(self, line: int) -> None:
        """The brace before the rows. Raises LineError."""
        if self._current is None or self._current.is_open:
            raise LineError(line, "klammern { hör inte till någon verifikation")
        self._current.is_open = True

    def add(self, line: int, label: str, fields: Sequence[Field]) -> None:
        """A row: only #TRANS counts. Raises LineError."""
        current = self._current
        if current is None or not current.is_open:
            raise LineError(line, f"{label} står utanför en verifikation")
        account = read_account(line, text_at(line, fields, 0, "kontonr"))
        objects = read_objects(line, fields, 1)
        amount = read_amount(line, text_at(line, fields, 2, "belopp"))
        if label == "#TRANS":
            self._count(line, fields, account, objects, amount)
        if current.added and (label, account, amount) != ("#TRANS", *current.added[1:]):
            self.unmatched.append(current.added[0])
        current.added = (line, account, amount) if label == "#RTRANS" else None

    def _count(
        self,
        line: int,
        fields: Sequence[Field],
        account: str,
        objects: Objects,
        amount: Decimal,
    ) -> None:
        """Add a row on the month of its own day or, where it has none, of the voucher's."""
        current = self._current
        said = optional_at(fields, 3)
        day = read_day(line, said) if said else current.day
        month = day.replace(day=1)
        self.first_lines.setdefault(month, line)
        self.last_day = max(day, self.last_day or day)
        kept = Objects(objects.cost_centre, objects.project)
        current.balance += amount
        current.rows.append((RowKey(month, account, kept), amount))

    def close(self, line: int) -> None:
        """The brace after the rows. Raises LineError where they do not sum to zero."""
        current = self._current
        if current is None or not current.is_open:
            raise LineError(line, "klammern } hör inte till någon verifikation")
        if current.added:
            self.unmatched.append(current.added[0])
        self._current = None
        self.count += 1
        if current.balance:
            difference = f"{current.balance:.2f}".replace(".", ",")
            sentence = f"verifikationen {current.name.strip()} balanserar inte: {difference} kr"
            raise LineError(current.line, f"{sentence} fattas eller är för mycket")
        for key, amount in current.rows:
            self.sums[key] += amount
        # Its hash alone: all rows of a large file would be held a second time.
        content = hash((current.name, current.day, tuple(current.rows)))
        first = self._seen.setdefault(content, current.line)
        if first != current.line and current.rows:
            self.repeated.append((current.line, first))

    def end_file(self, line: int) -> None:
        """Nothing comes after `line`. Raises LineError where a voucher is not closed."""
        self._refuse_open(line)

    def _refuse_open(self, line: int) -> None:
        current, self._current = self._current, None
        if current is not None:
            sentence = f"verifikationen på rad {current.line} tar inte slut: filen är avkortad"
            raise LineError(line, sentence)
