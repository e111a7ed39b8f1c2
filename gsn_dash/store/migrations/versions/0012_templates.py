"""Our own template, filled in, is a kind of import of its own; before it was told as a table."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Let the list of kinds have it."""
    op.execute(
        "ALTER TABLE import_batch DROP CONSTRAINT import_batch_kind_check,"
        " ADD CONSTRAINT import_batch_kind_check CHECK (kind IN ('folder', 'table', 'template',"
        " 'ledger', 'population', 'correction', 'choice', 'withdrawal', 'map'))"
    )
