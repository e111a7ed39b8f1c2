"""The spreadsheet that the next occasion's figures are filled into."""

from __future__ import annotations

import io
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
from gsn_dash.domain.snapshot import Occasion, Project, Snapshot
from gsn_dash.domain.template import MARK, OCCASION_ROWS, OCCASION_SHEET

# Made on no day, so that the same figures give the same bytes.
_NO_DAY = datetime(2000, 1, 1)
_UNITS = {MKR: "miljoner kronor", TKR: "tusental kronor", KR: "kronor"}
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
_HINTS = (
    "Fyll i rutorna med ram på varje blad. Det som står här är förra tillfällets uppgifter:"
    " ändra dem till det nya tillfällets.",
    "Skriv kostnader med minus. Skriv ? där papperen inte ger någon uppgift, och lämna tomt det"
    " som papperen inte tar upp. Skriv ”ca 0,3” för ett ungefärligt belopp.",
    "Netto, avvikelser och summor fylls i som de är tryckta. De används för att kontrollera de"
    " andra beloppen och ersätter dem inte.",
    "Nya verksamheter, projekt och samarbeten läggs till på egna rader under de andra.",
)
_Value = Figure | str | int | date | None


def write_template(snapshot: Snapshot | None) -> bytes:
    """An xlsx with the lines of `snapshot`; the same snapshot gives the same bytes."""
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
        self._write_occasion(self._snapshot.occasion if self._snapshot else None)
        self._write_operating()
        self._write_investments()
        self._write_contributions()
        self._write_populations()

    def _write_occasion(self, occasion: Occasion | None) -> None:
        sheet = self._book.add_worksheet(OCCASION_SHEET)
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, 1, 14)
        sheet.write_string(0, 0, MARK, self._bold)
        for y, (field, label) in enumerate(OCCASION_ROWS.items(), start=2):
            sheet.write_string(y, 0, label)
            self._put(sheet, y, 1, getattr(occasion, field) if occasion else None, KR)
        for y, hint in enumerate(_HINTS, start=3 + len(OCCASION_ROWS)):
            sheet.write_string(y, 0, hint, self._hint)

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
        self._write_table("Driftbudget", "Driftkostnader", headings, rows, 3)

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
        self._write_table("Investeringar", "Investeringar", headings, rows, 2)

    def _write_contributions(self) -> None:
        headings = ("Samarbete", "Kommun", "År", "Belopp", "Avrundat till (kr)")
        self._write_table("Samarbeten", "", headings, list(self._contributions()), 2, KR)

    def _contributions(self) -> Iterable[tuple[_Value, ...]]:
        snapshot = self._snapshot
        if snapshot is None:
            return
        names = {each.key: each.name for each in snapshot.collaborations}
        for key, contribution in snapshot.contributions.items():
            payer = snapshot.municipalities[key.municipality].name
            figure = contribution.figure
            yield names[key.collaboration], payer, contribution.year, figure, _step(figure)
        for code, municipality in snapshot.municipalities.items():
            figure = self._figure(ContributionKey(TOTAL, code).ref)
            if figure:
                yield "Summa", municipality.name, None, figure, _step(figure)

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
        self._write_table("Invånare", "", headings, rows, 2, KR)

    def _figure(self, ref: str) -> Figure | None:
        """What a paper states for `ref`, as a fact or as a total."""
        if self._snapshot is None:
            return None
        return _stated(self._snapshot).get(ref) or self._snapshot.totals.get(ref)

    def _write_table(
        self, name: str, caption: str, headings: Sequence[str], rows: Sequence[tuple[_Value, ...]],
        words: int, unit: Decimal | None = None,
    ) -> None:  # fmt: skip
        """A sheet: what it is counted in, headings, and rows with `words` columns of names."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, len(headings) - 1, 14)
        sheet.set_column(1, 1, 40)
        unit = unit or _unit(value for row in rows for value in row)
        title = f"{caption}, {_UNITS[unit]}" if caption else f"{name}, {_UNITS[unit]}"
        sheet.write_string(0, 0, "Folkmängd" if name == "Invånare" else title, self._bold)
        for x, heading in enumerate(headings):
            sheet.write_string(2, x, heading, self._heading)
        sheet.freeze_panes(3, words)
        for y, row in enumerate(rows, start=3):
            for x, value in enumerate(row):
                if x < words:
                    sheet.write_string(y, x, str(value or ""))
                else:
                    self._put(sheet, y, x, value, unit)

    def _put(self, sheet: Worksheet, y: int, x: int, value: _Value, unit: Decimal) -> None:
        """A cell to fill in: a number where the figure is one, text where it is not plainly so."""
        if isinstance(value, date):
            sheet.write_datetime(y, x, datetime(value.year, value.month, value.day), self._day)
        elif isinstance(value, int):
            sheet.write_number(y, x, value, self._input)
        elif isinstance(value, Figure):
            self._put_figure(sheet, y, x, value, unit)
        else:
            sheet.write_blank(y, x, None, self._input)

    def _put_figure(self, sheet: Worksheet, y: int, x: int, figure: Figure, unit: Decimal) -> None:
        if isinstance(figure.amount, Unknown):
            lost = figure.printed if figure.printed.startswith(",") else "?"
            sheet.write_string(y, x, lost, self._input)
            return
        decimals = _decimals(figure, unit)
        value = figure.amount.kr / unit
        if figure.approximate or (unit != KR and decimals != _decimals_of_unit(unit)):
            text = f"{value:.{decimals}f}".replace(".", ",")
            sheet.write_string(y, x, f"ca {text}" if figure.approximate else text, self._input)
            return
        sheet.write_number(y, x, value, self._number(decimals))

    def _number(self, decimals: int) -> Format:
        if decimals not in self._numbers:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self._book.add_format({**self._edge, "num_format": pattern})
        return self._numbers[decimals]


def _stated(snapshot: Snapshot) -> dict[str, Figure]:
    """What papers state: what a ledger told needs nobody to write it."""
    figures = (*snapshot.operating.values(), *snapshot.investments.values())
    return {f.ref: f for f in figures if not is_from_ledger(snapshot, f)}


def _unit(values: Iterable[_Value]) -> Decimal:
    """The unit that the figures were printed in: the largest that none is finer than a tenth of."""
    steps = [value.precision for value in values if isinstance(value, Figure) and value.precision]
    finest = min(steps, default=MKR / 10)
    if finest >= MKR / 10:
        return MKR
    return TKR if finest >= TKR else KR


def _decimals_of_unit(unit: Decimal) -> int:
    return 1 if unit == MKR else 0


def _decimals(figure: Figure, unit: Decimal) -> int:
    """How many decimals the figure was printed with, counted in `unit`."""
    if not figure.precision:
        return _decimals_of_unit(unit)
    return max(0, -(figure.precision / unit).normalize().as_tuple().exponent)


def _step(figure: Figure) -> int | None:
    """The step that the figure was printed in, where it is whole kr."""
    return int(figure.precision) if figure.precision >= 1 else None
