"""Scenarios: what somebody assumed, as a document in versions that are only ever added.

A scenario's versions are 1, 2, 3 … without a gap, also when several write at once. A deletion
and a freeze are versions too: after a deletion comes one that is open, after a freeze none.
Results are not kept: they follow from the document and from the figures of its batch.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

# No control characters: on one line none at all, in a note none but tab and line breaks.
SCENARIOS = r"""
CREATE TABLE scenario (
    id uuid PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE scenario_version (
    scenario_id uuid NOT NULL REFERENCES scenario,
    version integer NOT NULL,
    name text NOT NULL CONSTRAINT scenario_version_name_check
        CHECK (btrim(name) <> '' AND char_length(name) <= 80
            AND name !~ '[\u0001-\u001f\u007f-\u009f]'),
    author text NOT NULL CONSTRAINT scenario_version_author_check
        CHECK (btrim(author) <> '' AND char_length(author) <= 60
            AND author !~ '[\u0001-\u001f\u007f-\u009f]'),
    note text NOT NULL CONSTRAINT scenario_version_note_check
        CHECK (char_length(note) <= 2000
            AND note !~ '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]'),
    document jsonb NOT NULL CONSTRAINT scenario_version_document_check
        CHECK (jsonb_typeof(document) = 'object' AND octet_length(document::text) <= 65536),
    year integer NOT NULL,
    number integer NOT NULL,
    batch bigint NOT NULL REFERENCES import_batch,
    state text NOT NULL CHECK (state IN ('open', 'frozen', 'deleted')),
    fingerprint text CHECK (char_length(fingerprint) BETWEEN 1 AND 200),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (scenario_id, version),
    CONSTRAINT scenario_version_occasion_fkey
        FOREIGN KEY (year, number) REFERENCES occasion (year, number),
    CONSTRAINT scenario_version_frozen_check
        CHECK ((state = 'frozen') = (fingerprint IS NOT NULL))
);
"""

# The lock makes the writers of one scenario take turns; the row that they wait for stays as it
# is. The time is the database's own, taken when it is this writer's turn.
GUARDS = """
CREATE FUNCTION guard_scenario_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_version integer;
    last_state text;
BEGIN
    PERFORM FROM scenario WHERE id = NEW.scenario_id FOR NO KEY UPDATE;
    SELECT version, state INTO last_version, last_state FROM scenario_version
        WHERE scenario_id = NEW.scenario_id ORDER BY version DESC LIMIT 1;
    IF NEW.version <> coalesce(last_version, 0) + 1 THEN
        RAISE EXCEPTION 'version % of scenario % does not follow %',
            NEW.version, NEW.scenario_id, coalesce(last_version, 0)
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF last_state = 'frozen' THEN
        RAISE EXCEPTION 'scenario % is frozen: save it as a new one', NEW.scenario_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF coalesce(last_state, 'deleted') = 'deleted' AND NEW.state <> 'open' THEN
        RAISE EXCEPTION 'scenario % must be opened before it is %', NEW.scenario_id, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.saved_at = clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER scenario_version_follows BEFORE INSERT ON scenario_version
    FOR EACH ROW EXECUTE FUNCTION guard_scenario_version();
CREATE FUNCTION refuse_empty_scenario() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM scenario_version WHERE scenario_id = NEW.id AND version = 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'scenario % has no first version', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER scenario_is_whole AFTER INSERT ON scenario
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_empty_scenario();
"""


def upgrade() -> None:
    """Make the tables, their guards, and put the guard of 0001 on them."""
    op.execute(SCENARIOS)
    op.execute(GUARDS)
    for table in ("scenario", "scenario_version"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
