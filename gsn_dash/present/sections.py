"""Where in Tänk om each kind of lever belongs."""

from __future__ import annotations

OPERATING, INVESTMENTS, BILLS = "drift", "investeringar", "samarbeten"
SECTIONS = {
    OPERATING: ("used_up", "rest", "year_end", "action", "action_start", "lump", "lump_month"),
    INVESTMENTS: ("utilisation", "stopped", "moved", "carried"),
    BILLS: ("assumed", "price", "equal_part", "counted_on", "member"),
}
