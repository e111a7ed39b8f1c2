"""Log-ins that end, what a key lets its browser do, and guests who may show at one meeting.

A log-in is known by a mark, and of whom it is by a pseudonym: a log-in by key has none. Nothing
brings back one that has ended.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

MARK = "{0} ~ '^[0-9a-f]{{64}}$'"
ROLE = "{0} IN ('presenter', 'editor', 'administrator')"

LOGINS = f"""
CREATE TABLE login (
    mark text PRIMARY KEY CHECK ({MARK.format("mark")}),
    person text REFERENCES person,
    role text CHECK ({ROLE.format("role")}),
    began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    CHECK (person IS NULL OR role IS NULL)
);
CREATE INDEX login_of ON login (person) WHERE ended_at IS NULL;
CREATE FUNCTION guard_login() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR (NEW.mark, NEW.person, NEW.role, NEW.began_at)
            IS DISTINCT FROM (OLD.mark, OLD.person, OLD.role, OLD.began_at) THEN
        RAISE EXCEPTION 'a log-in only goes on, or ends' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER login_goes_on BEFORE UPDATE ON login
    FOR EACH ROW EXECUTE FUNCTION guard_login();
CREATE TRIGGER login_stays BEFORE DELETE OR TRUNCATE ON login
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

# Who has been let in with a key before stays so, for as long as a key's log-in lasts.
KEYS = f"""
ALTER TABLE presenter_key
    ADD COLUMN role text NOT NULL DEFAULT 'editor' CHECK ({ROLE.format("role")});
INSERT INTO login (mark, role, began_at, seen_at)
    SELECT used_by, 'editor', max(used_at), max(used_at) FROM presenter_key
    WHERE used_by IS NOT NULL GROUP BY used_by;
"""

GUESTS = f"""
CREATE TABLE meeting_guest (
    code text NOT NULL REFERENCES meeting (code),
    mark text NOT NULL CHECK ({MARK.format("mark")}),
    given_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (code, mark)
);
CREATE TRIGGER meeting_guest_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON meeting_guest
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    """Make the tables, and log in whoever has been let in with a key."""
    for part in (LOGINS, KEYS, GUESTS):
        op.execute(part)
