"""Meetings: agendas, proposed decisions, where each meeting is, and what it came to show.

Agendas and decisions are versions that are only ever added, 1, 2, 3 … without a gap. Of a
meeting its start, what it showed and its end are kept for ever; only where it is now moves, one
step of its sequence at a time, and never after the end. Whoever listens on the channel `gsn` is
told, at each commit, what has changed: "figures", "agenda", "meeting CODE" or "presence".
"""

from alembic import op

revision = "0004"
down_revision = "0003"

DOCUMENTS = "ALTER TABLE document ADD COLUMN item text NOT NULL DEFAULT '';"

# A name of one line, and the mark (sha256) of a browser's or a key's secret.
NAME = r"btrim({0}) <> '' AND char_length({0}) <= 60 AND {0} !~ '[\u0001-\u001f\u007f-\u009f]'"
MARK = "{0} ~ '^[0-9a-f]{{64}}$'"

AGENDAS = rf"""
CREATE TABLE agenda_version (
    year integer NOT NULL,
    number integer NOT NULL,
    version integer NOT NULL,
    document jsonb NOT NULL
        CHECK (jsonb_typeof(document) = 'object' AND octet_length(document::text) <= 65536),
    author text NOT NULL CHECK ({NAME.format("author")}),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (year, number, version),
    CONSTRAINT agenda_version_occasion_fkey
        FOREIGN KEY (year, number) REFERENCES occasion (year, number)
);
CREATE TABLE decision_version (
    year integer NOT NULL,
    number integer NOT NULL,
    item text NOT NULL CHECK (char_length(item) <= 20),
    version integer NOT NULL,
    text text NOT NULL CHECK (btrim(text) <> '' AND char_length(text) <= 20000
        AND text !~ '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]'),
    accepted boolean NOT NULL,
    author text NOT NULL CHECK ({NAME.format("author")}),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (year, number, item, version),
    CONSTRAINT decision_version_occasion_fkey
        FOREIGN KEY (year, number) REFERENCES occasion (year, number)
);
"""

# The end is kept as it was written, to the letter: what was shown is known by its hash.
MEETINGS = rf"""
CREATE TABLE meeting (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[BCDFGHJKLMNPQRSTVWXZ2-9]{{5}}$'),
    year integer NOT NULL,
    number integer NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_by text NOT NULL CHECK ({NAME.format("started_by")}),
    CONSTRAINT meeting_occasion_fkey
        FOREIGN KEY (year, number) REFERENCES occasion (year, number)
);
CREATE TABLE meeting_now (
    code text PRIMARY KEY REFERENCES meeting (code),
    sequence bigint NOT NULL DEFAULT 0,
    place jsonb NOT NULL
        CHECK (jsonb_typeof(place) = 'object' AND octet_length(place::text) <= 65536),
    presenter text NOT NULL CHECK ({NAME.format("presenter")}),
    presenter_mark text NOT NULL CHECK ({MARK.format("presenter_mark")}),
    turn bigint NOT NULL DEFAULT 0,
    moved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz
);
CREATE TABLE meeting_shown (
    code text NOT NULL REFERENCES meeting (code),
    sequence bigint NOT NULL,
    view text NOT NULL CHECK (view <> '' AND char_length(view) <= 80),
    batch bigint NOT NULL REFERENCES import_batch,
    shown_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (code, sequence)
);
CREATE TABLE meeting_end (
    code text PRIMARY KEY REFERENCES meeting (code),
    document json NOT NULL
        CHECK (json_typeof(document) = 'object' AND octet_length(document::text) <= 16777216)
);
CREATE TABLE meeting_ask (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL REFERENCES meeting (code),
    name text NOT NULL CHECK ({NAME.format("name")}),
    mark text NOT NULL CHECK ({MARK.format("mark")}),
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (code, mark)
);
"""

# Who follows where is gone with the processes that say it, so it needs no write-ahead log.
KEYS_AND_PROCESSES = f"""
CREATE TABLE presenter_key (
    mark text PRIMARY KEY CHECK ({MARK.format("mark")}),
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    used_by text CHECK ({MARK.format("used_by")}),
    used_at timestamptz,
    CHECK ((used_by IS NULL) = (used_at IS NULL))
);
CREATE INDEX presenter_key_used_by ON presenter_key (used_by);
CREATE UNLOGGED TABLE app_process (
    place text PRIMARY KEY CHECK (place <> '' AND char_length(place) <= 300),
    token text NOT NULL CHECK (token <> ''),
    following jsonb NOT NULL CHECK (jsonb_typeof(following) = 'object'),
    seen_at timestamptz NOT NULL
);
"""

# The lock makes the writers of one occasion take turns; the row that they wait for stays as it
# is. The time is the database's own, taken when it is this writer's turn.
VERSION_GUARDS = """
CREATE FUNCTION guard_agenda_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_version integer;
BEGIN
    PERFORM FROM occasion WHERE (year, number) = (NEW.year, NEW.number) FOR NO KEY UPDATE;
    SELECT max(version) INTO last_version FROM agenda_version
        WHERE (year, number) = (NEW.year, NEW.number);
    IF NEW.version <> coalesce(last_version, 0) + 1 THEN
        RAISE EXCEPTION 'version % of an agenda does not follow %', NEW.version, last_version
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.saved_at = clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER agenda_version_follows BEFORE INSERT ON agenda_version
    FOR EACH ROW EXECUTE FUNCTION guard_agenda_version();
CREATE FUNCTION guard_decision_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_version integer;
BEGIN
    PERFORM FROM occasion WHERE (year, number) = (NEW.year, NEW.number) FOR NO KEY UPDATE;
    SELECT max(version) INTO last_version FROM decision_version
        WHERE (year, number, item) = (NEW.year, NEW.number, NEW.item);
    IF NEW.version <> coalesce(last_version, 0) + 1 THEN
        RAISE EXCEPTION 'version % of a decision does not follow %', NEW.version, last_version
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.saved_at = clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER decision_version_follows BEFORE INSERT ON decision_version
    FOR EACH ROW EXECUTE FUNCTION guard_decision_version();
"""

MEETING_GUARDS = """
CREATE FUNCTION guard_meeting_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'meeting % has ended', OLD.code USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.code, NEW.sequence) <> (OLD.code, OLD.sequence + 1) THEN
        RAISE EXCEPTION 'meeting % moves one step at a time', OLD.code
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER meeting_now_moves BEFORE UPDATE ON meeting_now
    FOR EACH ROW EXECUTE FUNCTION guard_meeting_now();
CREATE TRIGGER meeting_now_stays BEFORE DELETE OR TRUNCATE ON meeting_now
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION guard_presenter_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.used_by IS NOT NULL OR NEW.mark <> OLD.mark THEN
        RAISE EXCEPTION 'a key opens once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER presenter_key_opens_once BEFORE UPDATE ON presenter_key
    FOR EACH ROW EXECUTE FUNCTION guard_presenter_key();
CREATE TRIGGER presenter_key_stays BEFORE DELETE OR TRUNCATE ON presenter_key
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

# A process says every few seconds that it lives; only what it says anew is told to the others.
NOTICES = """
CREATE FUNCTION tell_topic() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('gsn', TG_ARGV[0]);
    RETURN NULL;
END $$;
CREATE FUNCTION tell_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('gsn', 'meeting ' || coalesce(NEW.code, OLD.code));
    RETURN NULL;
END $$;
CREATE TRIGGER import_batch_told AFTER INSERT ON import_batch
    FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('figures');
CREATE TRIGGER agenda_version_told AFTER INSERT ON agenda_version
    FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('agenda');
CREATE TRIGGER decision_version_told AFTER INSERT ON decision_version
    FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('agenda');
CREATE TRIGGER meeting_now_told AFTER INSERT OR UPDATE ON meeting_now
    FOR EACH ROW EXECUTE FUNCTION tell_meeting();
CREATE TRIGGER meeting_ask_told AFTER INSERT OR UPDATE OR DELETE ON meeting_ask
    FOR EACH ROW EXECUTE FUNCTION tell_meeting();
CREATE TRIGGER app_process_told AFTER INSERT OR DELETE ON app_process
    FOR EACH ROW EXECUTE FUNCTION tell_topic('presence');
CREATE TRIGGER app_process_changed AFTER UPDATE ON app_process FOR EACH ROW
    WHEN ((OLD.token, OLD.following) IS DISTINCT FROM (NEW.token, NEW.following))
    EXECUTE FUNCTION tell_topic('presence');
"""

KEPT = ("agenda_version", "decision_version", "meeting", "meeting_shown", "meeting_end")
PARTS = (DOCUMENTS, AGENDAS, MEETINGS, KEYS_AND_PROCESSES)


def upgrade() -> None:
    """Make the tables, their guards and notices, and put the guard of 0001 on what is kept."""
    for part in (*PARTS, VERSION_GUARDS, MEETING_GUARDS, NOTICES):
        op.execute(part)
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
