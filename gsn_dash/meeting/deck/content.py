"""What a view is composed of, and what it is composed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from gsn_dash.charts.data import BridgeChart, RowsChart
from gsn_dash.charts.moving import move
from gsn_dash.domain.checks.finding import Finding
from gsn_dash.domain.figures import Figure
from gsn_dash.domain.meeting.agenda import Agenda
from gsn_dash.domain.scenario.fit import fit
from gsn_dash.domain.scenario.overlays import Overlay, Scenario
from gsn_dash.domain.scenario.trial import Trial, make_trial
from gsn_dash.domain.snapshot import Snapshot
from gsn_dash.present.tables import source_address
from gsn_dash.present.templates import Template, as_json
from gsn_dash.store.agendas import DecisionVersion
from gsn_dash.ui.views.what_if_levers import levers_json


@dataclass(frozen=True)
class DeckSources:
    """All that a deck is made of; the same sources give the same deck, byte for byte.

    `findings` are what the controls found of the snapshot. `read_at` is when the figures were
    read in, on the reader's clock. `decisions` are those that are kept, by their item's number.
    `scenario` is what the views of what if begin with. `archived` is a sentence over a meeting
    that is shown again, empty for one that is held.
    """

    snapshot: Snapshot
    findings: tuple[Finding, ...]
    read_at: datetime | None
    agenda: Agenda
    decisions: Mapping[str, DecisionVersion]
    scenario: Scenario = Scenario()
    scenario_name: str = ""
    archived: str = ""

    @cached_property
    def _fitted(self) -> tuple[Scenario, tuple[Overlay, ...]]:
        return fit(self.snapshot, self.scenario)

    @cached_property
    def trial(self) -> Trial:
        """What of the scenario these figures can take, compiled."""
        return make_trial(self.snapshot, self._fitted[0])

    @property
    def refused(self) -> tuple[Overlay, ...]:
        """What of the scenario these figures cannot take."""
        return self._fitted[1]

    @cached_property
    def levers(self) -> list[dict]:
        """The trial's levers as the screen takes them."""
        return levers_json(self.trial)


@dataclass(frozen=True)
class KeyNumber:
    """A large number with its name, as a link to its source."""

    name: str
    text: str
    ref: str


@dataclass(frozen=True)
class Content:
    """What a view shows: its sentence, and what there is beside that.

    `html` has each row that can be pointed out in an element with `data-row`; `levers` are ids.
    """

    message: str | Template
    numbers: tuple[KeyNumber, ...] = ()
    picture: dict | None = None
    html: str = ""
    levers: tuple[str, ...] = ()
    notes: tuple[str | Template, ...] = ()
    badge: str = ""


def content_json(content: Content) -> dict:
    """The content as the screen takes it."""
    return {
        "message": text_json(content.message),
        "badge": content.badge,
        "numbers": [
            {"name": number.name, "text": number.text, "href": source_address(number.ref)}
            for number in content.numbers
        ],
        "picture": content.picture,
        "html": content.html,
        "levers": list(content.levers),
        "notes": [text_json(note) for note in content.notes],
    }


def text_json(text: str | Template) -> str | list:
    """A plain text as it is, one that moves as the screen takes it."""
    return text if isinstance(text, str) else as_json(text)


def key_number(name: str, figure: Figure, text: str) -> KeyNumber:
    """A figure as a key number; `text` is its amount, already written."""
    return KeyNumber(name, text, figure.ref)


def draw_still(chart: RowsChart | BridgeChart) -> dict:
    """A chart that stands still, as a plan whose marks lead to their sources."""
    return move(chart, source_address)
