"""People apart from what they did: every name is a pseudonym, and the name stands in one table.

Whoever writes gives the name; the database itself puts the pseudonym in its place, the acting
person's own where the name is theirs (setting `gsn.actor`). A name that is erased is gone from
here, while all that refers to the pseudonym stands as it was. Which rights a person has been
given is kept as rows that are only added; the last one is in force.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

PEOPLE = r"""
CREATE TABLE person (
    pseudonym text PRIMARY KEY DEFAULT 'p' || replace(gen_random_uuid()::text, '-', '')
        CHECK (pseudonym ~ '^p[0-9a-f]{32}$'),
    name text CONSTRAINT person_name_check CHECK (btrim(name) <> '' AND char_length(name) <= 60
        AND name !~ '[\u0001-\u001f\u007f-\u009f]'),
    subject text UNIQUE CHECK (subject <> '' AND char_length(subject) <= 500),
    known_since timestamptz NOT NULL DEFAULT clock_timestamp(),
    erased_at timestamptz,
    CHECK ((name IS NULL) = (erased_at IS NOT NULL)),
    CHECK (name IS NOT NULL OR subject IS NULL)
);
CREATE UNIQUE INDEX person_by_name ON person (name) WHERE subject IS NULL;
CREATE INDEX person_named ON person (name);
CREATE TABLE role_grant (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pseudonym text NOT NULL REFERENCES person,
    role text NOT NULL CHECK (role IN ('reader', 'presenter', 'editor', 'administrator')),
    granted_by text NOT NULL REFERENCES person,
    granted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX role_grant_of ON role_grant (pseudonym, id);
"""

# Who may not read the table of names can ask for one name, by a pseudonym that nobody guesses. A
# name that the same statement has brought is found too, which only a volatile function does.
NAMES = """
CREATE FUNCTION shown_name(wanted text) RETURNS text LANGUAGE sql VOLATILE STRICT
    SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT coalesce((SELECT name FROM person WHERE pseudonym = wanted), '') $$;
CREATE FUNCTION pseudonym_of(said text) RETURNS text LANGUAGE plpgsql VOLATILE STRICT
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found text;
BEGIN
    SELECT pseudonym INTO found FROM person
        WHERE pseudonym = current_setting('gsn.actor', true) AND said IN (name, pseudonym);
    IF found IS NULL THEN
        SELECT pseudonym INTO found FROM person WHERE pseudonym = said;
    END IF;
    WHILE found IS NULL LOOP
        SELECT pseudonym INTO found FROM person WHERE name = said AND subject IS NULL;
        IF found IS NULL THEN
            INSERT INTO person (name) VALUES (said) ON CONFLICT DO NOTHING
                RETURNING pseudonym INTO found;
        END IF;
    END LOOP;
    RETURN found;
END $$;
CREATE FUNCTION person_of(theirs text, said text) RETURNS text LANGUAGE sql VOLATILE STRICT
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO person AS known (subject, name) VALUES (theirs, said)
        ON CONFLICT (subject) DO UPDATE SET name = excluded.name
    RETURNING pseudonym $$;
CREATE FUNCTION erase_person(gone text) RETURNS boolean LANGUAGE plpgsql VOLATILE STRICT
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE person SET name = NULL, subject = NULL, erased_at = clock_timestamp()
        WHERE pseudonym = gone AND name IS NOT NULL;
    RETURN FOUND;
END $$;
CREATE FUNCTION write_pseudonym() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    said text;
BEGIN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO said USING NEW;
    RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], pseudonym_of(said)));
END $$;
CREATE FUNCTION guard_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.pseudonym <> OLD.pseudonym OR OLD.erased_at IS NOT NULL THEN
        RAISE EXCEPTION 'a pseudonym is for ever, and an erased name stays erased'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER person_is_one BEFORE UPDATE ON person
    FOR EACH ROW EXECUTE FUNCTION guard_person();
CREATE TRIGGER person_stays BEFORE DELETE OR TRUNCATE ON person
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER role_grant_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON role_grant
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER role_grant_authored BEFORE INSERT ON role_grant
    FOR EACH ROW EXECUTE FUNCTION write_pseudonym('granted_by');
"""

# Every column that holds who did something, and whether it may change afterwards.
NAMED = {
    "import_batch": ("recorded_by", False),
    "scenario_version": ("author", False),
    "agenda_version": ("author", False),
    "decision_version": ("author", False),
    "meeting": ("started_by", False),
    "meeting_now": ("presenter", True),
    "meeting_ask": ("name", True),
    "finding_answer": ("author", False),
    "ledger_map_version": ("author", False),
    "issued_report": ("issued_by", False),
}


def upgrade() -> None:
    """Make the tables, and put a pseudonym in the place of every name that has been kept."""
    op.execute(PEOPLE)
    op.execute(NAMES)
    for table, (column, moves) in NAMED.items():
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        # An earlier version may have kept a name that is longer than names are now.
        op.execute(
            f"UPDATE {table} SET {column} = pseudonym_of(left("
            f"btrim(regexp_replace({column}, '[\\u0001-\\u001f\\u007f-\\u009f]', '', 'g')), 60))"
        )
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        op.execute(f"ALTER TABLE {table} ADD FOREIGN KEY ({column}) REFERENCES person")
        events = f"INSERT OR UPDATE OF {column}" if moves else "INSERT"
        op.execute(
            f"CREATE TRIGGER {table}_authored BEFORE {events} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION write_pseudonym('{column}')"
        )
