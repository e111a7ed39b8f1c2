"""What figures are about leaves its trace too, and nobody who reads can stand in anyone's way.

Names, kinds, order, members and codes are put right in place, but only with an import that is
open: each change is kept as a row of that import (`subject_version`; without content where
something is gone), which its digest in the chain covers. Whatever stands there is its last version.

Turns are rows that only the owner may lock: an advisory lock could be held by anybody. A log-in
with a role comes from a key, and a person's new name is put down, though not which it is.
"""

from alembic import op

revision = "0010"
down_revision = "0009"

# What tells the rows of each table apart.
SUBJECTS = {
    "document": ("key",),
    "activity": ("key",),
    "activity_member": ("group_key", "activity_key"),
    "project": ("key",),
    "project_code": ("project_key", "code"),
    "municipality": ("code",),
    "collaboration": ("key",),
}

VERSIONS = """
CREATE TABLE subject_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id bigint REFERENCES import_batch,
    subject text NOT NULL,
    key text NOT NULL,
    content jsonb
);
CREATE INDEX subject_version_of ON subject_version (subject, key, id);
CREATE INDEX subject_version_of_batch ON subject_version (batch_id);
CREATE FUNCTION put_down_subject() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    line jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    open_batch bigint;
BEGIN
    SELECT id INTO open_batch FROM import_batch
        WHERE opened_in = pg_current_xact_id() ORDER BY id DESC LIMIT 1;
    IF open_batch IS NULL THEN
        RAISE EXCEPTION 'rows of % change with an import alone: open one', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    INSERT INTO subject_version (batch_id, subject, key, content) VALUES (
        open_batch, TG_TABLE_NAME,
        (SELECT string_agg(line ->> part, ' ' ORDER BY place)
            FROM unnest(TG_ARGV) WITH ORDINALITY AS parts(part, place)),
        CASE TG_OP WHEN 'DELETE' THEN NULL ELSE jsonb_strip_nulls(line) END);
    RETURN NULL;
END $$;
"""

# An import that changes no name has the digest that it had.
DIGEST = """
ALTER FUNCTION batch_digest(bigint) RENAME TO figures_digest;
CREATE FUNCTION subjects_of(batch bigint) RETURNS text LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT string_agg(concat_ws(' ', subject, key, content), chr(10) ORDER BY id)
    FROM subject_version WHERE batch_id IS NOT DISTINCT FROM batch $$;
CREATE FUNCTION batch_digest(batch bigint) RETURNS text LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(text_digest(figures_digest(batch) || chr(10) || subjects_of(batch)),
        figures_digest(batch)) $$;
INSERT INTO audit (actor, action, object, object_id, digest)
    SELECT '', 'find', 'subject_version', '', text_digest(subjects_of(NULL))
    WHERE subjects_of(NULL) IS NOT NULL;
"""

TURNS = """
CREATE TABLE turn (name text PRIMARY KEY);
INSERT INTO turn VALUES ('audit'), ('imports');
CREATE FUNCTION hold_imports() RETURNS void LANGUAGE plpgsql VOLATILE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM turn WHERE name = 'imports' FOR UPDATE;
END $$;
CREATE OR REPLACE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM turn WHERE name = 'audit' FOR UPDATE;
    SELECT number + 1, hash INTO NEW.number, NEW.previous FROM audit ORDER BY number DESC LIMIT 1;
    NEW.number = coalesce(NEW.number, 1);
    NEW.previous = coalesce(NEW.previous, repeat('0', 64));
    NEW.at = clock_timestamp();
    NEW.actor = coalesce(nullif(current_setting('gsn.actor', true), ''), NEW.actor, '');
    NEW.role = coalesce(current_setting('gsn.role', true), '');
    NEW.login = session_user;
    NEW.hash = audit_hash(NEW);
    RETURN NEW;
END $$;
"""

# Who reads finds a log-in by a mark that he knows, and so not who else has logged in.
LOGINS = """
CREATE FUNCTION login_of(wanted text) RETURNS SETOF login LANGUAGE sql STABLE STRICT
    SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT * FROM login WHERE mark = wanted $$;
REVOKE EXECUTE ON FUNCTION login_of(text) FROM PUBLIC;
CREATE FUNCTION guard_keyed_login() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM presenter_key WHERE (used_by, role) = (NEW.mark, NEW.role);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a log-in with a role comes from a key'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER login_has_key BEFORE INSERT ON login
    FOR EACH ROW WHEN (NEW.role IS NOT NULL) EXECUTE FUNCTION guard_keyed_login();
CREATE FUNCTION put_down_rename() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit (actor, action, object, object_id, digest)
        VALUES ('', 'rename', 'person', NEW.pseudonym, '');
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER person_renamed AFTER UPDATE ON person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.name <> NEW.name)
    EXECUTE FUNCTION put_down_rename();
"""


def upgrade() -> None:
    """Make the versions, begin them with what there is, and let everything take its turn."""
    op.execute(VERSIONS)
    op.execute("SET LOCAL timezone = 'UTC'")
    for table, columns in SUBJECTS.items():
        key = ", ".join(columns)
        op.execute(
            "INSERT INTO subject_version (subject, key, content)"
            f" SELECT '{table}', concat_ws(' ', {key}), jsonb_strip_nulls(to_jsonb(line))"
            f" FROM {table} AS line ORDER BY {key}"
        )
        said = ", ".join(f"'{column}'" for column in columns)
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_put_down AFTER INSERT OR UPDATE OR DELETE"
            f" ON {table} DEFERRABLE INITIALLY DEFERRED"
            f" FOR EACH ROW EXECUTE FUNCTION put_down_subject({said})"
        )
    for part in (TURNS, DIGEST, LOGINS):
        op.execute(part)
    for table in ("subject_version", "turn"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER subject_version_in_open_batch BEFORE INSERT ON subject_version"
        " FOR EACH ROW EXECUTE FUNCTION refuse_closed_batch()"
    )
