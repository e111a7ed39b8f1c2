"""The spreadsheet that the next occasion's figures are filled into."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gsn_dash.charts.notation import GREY
from gsn_dash.domain.amounts import KR, MKR, TKR, Unknown
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.ledger_rules import is_from_ledger
from gsn_dash.domain.refs import TOTAL, ContributionKey, InvestmentKey, OperatingKey
from gsn_dash.domain.snapshot import Project, Snapshot
from gsn_dash.domain.template import KEPT, MARK, OCCASION_ROWS, OCCASION_SHEET
from gsn_dash.report.template_words import FIRST_TIME, HINTS, LAST_TIME, OCCASION_HEADING

# Made on no day, so that the same figures give the same bytes.
_NO_DAY = datetime(2000, 1, 1)
# The columns of names, which stand before those to fill in.
_WORDS = ("Kod", "Verksamhet", "Post", "Projektkod", "Projekt", "Samarbete", "Kommun", "Kommunkod")
_UNITS = {MKR: "miljoner kronor", TKR: "tusental kronor", KR: "kronor"}
_SHORT = {MKR: "Mkr", TKR: "tkr", KR: "kr"}
_ITEMS = {
    "revenue": "Intäkter", "cost": "Kostnader", "net": "Netto",
    "other_cost": "Övriga verksamhetskostnader",
}  # fmt: skip
_OPERATING_COLUMNS = {
    "Budget perioden": ("period", "budget"), "Utfall perioden": ("period", "outcome"),
    "Avvikelse perioden": ("period", "deviation"), "Budget helår": ("year", "budget"),
    "Prognos helår": ("year", "forecast"), "Avvikelse helår": ("year", "deviation"),
}  # fmt: skip
_INVESTMENT_COLUMNS = {
    "Grundbudget": "original", "Överfört": "carried_over", "Extra beviljat": "extra",
    "Totalt anslag": "appropriation", "Utfall perioden": "outcome", "Prognos helår": "forecast",
    "Kvar av anslaget": "left", "Avvikelse utfall": "outcome_deviation",
    "Avvikelse prognos": "forecast_deviation",
}  # fmt: skip
_Value = Figure | str | int | date | None
# A unit in kr and how many decimals an amount is printed with in it.
_Print = tuple[Decimal, int]
_PLAIN_PRINT: _Print = (MKR, 1)


def write_template(snapshot: Snapshot | None) -> bytes:
    """An xlsx with the lines of `snapshot`; the same snapshot gives the same bytes.

    Of amounts it has only those that stand over the occasions of a year, and none where the next
    occasion is of another year: an amount of the last one, left as it is, would pass for a new.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": MARK, "created": _NO_DAY})
    _Template(book, snapshot).write()
    book.close()
    return stream.getvalue()


class _Template:
    """Writes the sheets of the template into a workbook."""

    def __init__(self, book: Workbook, snapshot: Snapshot | None) -> None:
        edge = {"border": 1, "border_color": GREY}
        self._book = book
        self._snapshot = snapshot
        self._bold = book.add_format({"bold": True})
        self._heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 2})
        self._hint = book.add_format({"text_wrap": True, "valign": "top"})
        self._input = book.add_format({**edge, "align": "right"})
        self._day = book.add_format({**edge, "num_format": "yyyy-mm-dd", "align": "left"})
        self._edge = edge
        self._numbers: dict[int, Format] = {}

    def write(self) -> None:
        """Every sheet, in the order that a person fills them in."""
        self._write_occasion()
        self._write_operating()
        self._write_investments()
        self._write_contributions()
        self._write_populations()

    def _write_occasion(self) -> None:
        sheet = self._book.add_worksheet(OCCASION_SHEET)
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, 1, 14)
        sheet.write_string(0, 0, MARK, self._bold)
        sheet.write_string(1, 0, OCCASION_HEADING, self._heading)
        for y, (field, label) in enumerate(OCCASION_ROWS.items(), start=2):
            sheet.write_string(y, 0, label)
            is_day = field not in ("year", "number")
            sheet.write_blank(y, 1, None, self._day if is_day else self._input)
        for y, hint in enumerate(HINTS, start=3 + len(OCCASION_ROWS)):
            about = LAST_TIME if self._snapshot else FIRST_TIME
            sheet.write_string(y, 0, hint.format(about), self._hint)

    def _write_operating(self) -> None:
        snapshot = self._snapshot
        headings = ("Kod", "Verksamhet", "Post", *_OPERATING_COLUMNS)
        subjects = [(TOTAL, "", "Summa")]
        subjects += [(a.key, a.key, a.name) for a in (snapshot.activities if snapshot else ())]
        rows = [
            (code, name, _ITEMS[item], *(
                self._figure(OperatingKey(subject, item, *column).ref)
                for column in _OPERATING_COLUMNS.values()
            ))
            for subject, code, name in subjects
            for item in _ITEMS
        ]  # fmt: skip
        keys = (f":{span}:{measure}" for span, measure in _OPERATING_COLUMNS.values())
        kept = self._kept(3, keys)
        self._write_table("Driftbudget", "Driftkostnader", headings, rows, kept)

    def _write_investments(self) -> None:
        projects = self._snapshot.projects if self._snapshot else ()
        headings = ("Projektkod", "Projekt", *_INVESTMENT_COLUMNS)
        rows = [
            (" ".join(project.codes), project.name, *(
                self._figure(InvestmentKey(project.key, measure).ref)
                for measure in _INVESTMENT_COLUMNS.values()
            ))
            for project in (Project(TOTAL, "Summa", ()), *projects)
        ]  # fmt: skip
        kept = self._kept(2, (f"investment:{name}" for name in _INVESTMENT_COLUMNS.values()))
        self._write_table("Investeringar", "Investeringar", headings, rows, kept)

    def _kept(self, words: int, keys: Iterable[str]) -> list[bool]:
        """Which columns are written: the words, and amounts that the next occasion has as well."""
        is_same_year = bool(self._snapshot) and not self._snapshot.occasion.is_closing
        return [True] * words + [is_same_year and key in KEPT for key in keys]

    def _write_contributions(self) -> None:
        headings = ("Samarbete", "Kommun", "År", "Belopp", "Avrundat till (kr)")
        rows = [(name, payer, None, None, _step(f)) for name, payer, f in self._contributions()]
        self._write_table("Samarbeten", "", headings, rows, [True] * 5, (KR, 0))

    def _contributions(self) -> Iterable[tuple[str, str, Figure]]:
        """Each collaboration with a municipality that pays for it, and then the printed sums."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        names = {each.key: each.name for each in snapshot.collaborations}
        for key, paid in snapshot.contributions.items():
            payer = snapshot.municipalities[key.municipality].name
            yield names[key.collaboration], payer, paid.figure
        for code, municipality in snapshot.municipalities.items():
            if total := self._figure(ContributionKey(TOTAL, code).ref):
                yield "Summa", municipality.name, total

    def _write_populations(self) -> None:
        snapshot = self._snapshot
        counted = snapshot.populations if snapshot else ()
        latest = max((each.as_of for each in counted), default=None)
        rows = [
            (each.municipality, snapshot.municipalities[each.municipality].name, latest, each.count)
            for each in counted
            if each.as_of == latest
        ]
        headings = ("Kommunkod", "Kommun", "Datum", "Antal invånare")
        self._write_table("Invånare", "", headings, rows, [True] * 4, (KR, 0))

    def _figure(self, ref: str) -> Figure | None:
        """What a paper states for `ref`, as a fact or as a total."""
        if self._snapshot is None:
            return None
        return _stated(self._snapshot).get(ref) or self._snapshot.totals.get(ref)

    def _write_table(
        self, name: str, caption: str, headings: Sequence[str], rows: Sequence[tuple[_Value, ...]],
        kept: Sequence[bool], usual: _Print | None = None,
    ) -> None:  # fmt: skip
        """A sheet: what it is counted in, headings, and rows of values.

        `kept` has for each column whether its values are written, or left to be filled in.
        """
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, len(headings) - 1, 14)
        sheet.set_column(1, 1, 40)
        usual = usual or _usual_print(value for row in rows for value in row)
        unit = usual[0]
        title = f"{caption}, {_UNITS[unit]}" if caption else f"{name}, {_UNITS[unit]}"
        sheet.write_string(0, 0, "Folkmängd" if name == "Invånare" else title, self._bold)
        for x, heading in enumerate(headings):
            sheet.write_string(2, x, heading, self._heading)
        words = sum(heading in _WORDS for heading in headings)
        sheet.freeze_panes(3, words)
        for x, column in enumerate(zip(*rows, strict=True)):
            values = column if kept[x] else [None] * len(column)
            self._write_column(sheet, x, values, usual, x < words)

    def _write_column(
        self, sheet: Worksheet, x: int, values: Sequence[_Value], usual: _Print, is_words: bool
    ) -> None:
        texts = _shown_as_text(values, usual)
        for y, value in enumerate(values, start=3):
            if is_words:
                sheet.write_string(y, x, str(value or ""))
            elif isinstance(value, Figure):
                self._put_figure(sheet, y, x, value, usual, value.ref in texts)
            else:
                self._put(sheet, y, x, value)

    def _put(self, sheet: Worksheet, y: int, x: int, value: str | int | date | None) -> None:
        """A cell to fill in that holds no figure."""
        if isinstance(value, date):
            sheet.write_datetime(y, x, datetime(value.year, value.month, value.day), self._day)
        elif isinstance(value, int):
            sheet.write_number(y, x, value, self._input)
        else:
            sheet.write_blank(y, x, None, self._input)

    def _put_figure(
        self, sheet: Worksheet, y: int, x: int, figure: Figure, usual: _Print, is_text: bool
    ) -> None:
        """A number in the sheet's unit; text with its own where it was printed otherwise.

        A number says nothing of its rounding, so that the sheet's is taken for its own.
        """
        unit, decimals = printed = _print_of(figure, usual)
        named = "" if unit == usual[0] else f" {_SHORT[unit]}"
        if isinstance(figure.amount, Unknown):
            lost = f"{figure.printed}{named}" if figure.printed.startswith(",") else "?"
            sheet.write_string(y, x, lost, self._input)
            return
        value = figure.amount.kr / unit
        if figure.approximate or printed != usual or is_text:
            text = f"{value:.{decimals}f}{named}".replace(".", ",")
            sheet.write_string(y, x, f"ca {text}" if figure.approximate else text, self._input)
            return
        sheet.write_number(y, x, value, self._number(decimals))

    def _number(self, decimals: int) -> Format:
        if decimals not in self._numbers:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self._book.add_format({**self._edge, "num_format": pattern})
        return self._numbers[decimals]


def _step(figure: Figure) -> int | None:
    """What a row's amounts are rounded to in kr, which is the row's own; None for the krona."""
    return int(figure.precision) if figure.precision > 1 else None


def _stated(snapshot: Snapshot) -> dict[str, Figure]:
    """What papers state: what a ledger told needs nobody to write it."""
    figures = (*snapshot.operating.values(), *snapshot.investments.values())
    return {f.ref: f for f in figures if not is_from_ledger(snapshot, f)}


def _usual_print(values: Iterable[_Value]) -> _Print:
    """How most of the figures were printed."""
    figures = (value for value in values if isinstance(value, Figure) and value.precision)
    counted = Counter(_print_of(figure, _PLAIN_PRINT) for figure in figures)
    return counted.most_common(1)[0][0] if counted else _PLAIN_PRINT


def _shown_as_text(column: Iterable[_Value], usual: _Print) -> set[str]:
    """The figures of a column whose zeros last a number would lose, as 20,0 becomes 20.

    A reader takes them for as exact as most numbers around; where those are not shown with all
    their decimals either, they are text.
    """
    unit, decimals = usual
    written = [
        figure
        for figure in column
        if isinstance(figure, Figure) and not figure.is_unknown and not figure.approximate
        and _print_of(figure, usual) == usual
    ]  # fmt: skip
    last = Decimal(10).scaleb(-decimals)
    short = {figure.ref for figure in written if not figure.amount.kr / unit % last}
    is_plain = not decimals or len(short) * 2 <= len(written)
    return set() if is_plain else short


def _print_of(figure: Figure, usual: _Print) -> _Print:
    """The unit and the decimals that the figure's step was printed with; else the `usual`."""
    if not figure.precision:
        return usual
    unit = next((unit for unit in (MKR, TKR) if figure.precision * 100 >= unit), KR)
    return unit, max(0, -(figure.precision / unit).normalize().as_tuple().exponent)
