"""Taking turns without the right to change: rows are locked by functions of the owner's.

PostgreSQL lets only who may update a row lock it. Those who write scenarios, answers, agendas and
decisions may not update what they wait for, so they ask for their turn here, and the guards of
the versions run as the owner.
"""

from alembic import op

revision = "0009"
down_revision = "0008"

TURNS = """
CREATE FUNCTION hold_occasion(of_year integer, of_number integer) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM occasion WHERE (year, number) = (of_year, of_number) FOR NO KEY UPDATE;
    RETURN FOUND;
END $$;
CREATE FUNCTION hold_scenario(wanted uuid) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM scenario WHERE id = wanted FOR NO KEY UPDATE;
    RETURN FOUND;
END $$;
"""

GUARDS = (
    "guard_scenario_version", "guard_agenda_version", "guard_decision_version",
    "guard_finding_answer",
)  # fmt: skip


def upgrade() -> None:
    """Make the functions, and let the guards run as the owner."""
    op.execute(TURNS)
    for guard in GUARDS:
        op.execute(f"ALTER FUNCTION {guard}() SECURITY DEFINER SET search_path = public, pg_temp")
