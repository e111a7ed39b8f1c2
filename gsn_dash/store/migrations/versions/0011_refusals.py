"""What somebody was refused is put down too: the deed, beside who asked for it and as what."""

from alembic import op

revision = "0011"
down_revision = "0010"

REFUSALS = """
CREATE FUNCTION record_refusal(refused text, acting text, acting_as text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF refused !~ '^[a-z_]{1,40}$' THEN
        RAISE EXCEPTION 'the deed % has no name that a deed can have', refused
            USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM set_config('gsn.actor', acting, true), set_config('gsn.role', acting_as, true);
    INSERT INTO audit (action, object, object_id, digest) VALUES ('refuse', 'deed', refused, '');
END $$;
"""


def upgrade() -> None:
    """Make the function; `rights` says who may call it."""
    op.execute(REFUSALS)
    # Until then nobody: PostgreSQL lets everybody call what is new.
    op.execute("REVOKE EXECUTE ON FUNCTION record_refusal(text, text, text) FROM PUBLIC")
