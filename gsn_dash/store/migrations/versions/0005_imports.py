"""Imports of every kind and their withdrawal, ledgers by month, answers, issued appendices.

Batches are numbered without a gap, so that a preview, which is rolled back, leaves no trace. A
ledger is in force as a figure is, one chain for each fiscal year; a row may stand for another
ledger's entries (`entries_id`), so that a withdrawal copies no entry. The months of a ledger are
rolled up for each version of the map that it has been in force under, and never changed.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

NAME = r"btrim({0}) <> '' AND char_length({0}) <= 60 AND {0} !~ '[\u0001-\u001f\u007f-\u009f]'"
SHA256 = "{0} ~ '^[0-9a-f]{{64}}$'"

BATCHES = """
CREATE FUNCTION next_batch() RETURNS bigint LANGUAGE sql AS
    'SELECT coalesce(max(id), 0) + 1 FROM import_batch';
ALTER TABLE import_batch
    ALTER COLUMN id DROP IDENTITY,
    ALTER COLUMN id SET DEFAULT next_batch(),
    ADD COLUMN kind text NOT NULL DEFAULT 'folder' CHECK (kind IN ('folder', 'table', 'ledger',
        'population', 'correction', 'choice', 'withdrawal', 'map')),
    ADD COLUMN withdraws_id bigint UNIQUE REFERENCES import_batch CHECK (withdraws_id < id),
    ADD CHECK ((kind = 'withdrawal') = (withdraws_id IS NOT NULL));
"""

# The order that papers were first named in, which no later change of a name moves.
DOCUMENTS = "ALTER TABLE document ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;"

LEDGERS = f"""
CREATE TABLE ledger (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    starts date NOT NULL,
    ends date NOT NULL,
    program text NOT NULL,
    sie_type text NOT NULL CHECK (sie_type <> ''),
    months date[] NOT NULL,
    fingerprint text NOT NULL CHECK ({SHA256.format("fingerprint")}),
    entries_id bigint REFERENCES ledger CHECK (entries_id < id),
    place_id bigint NOT NULL REFERENCES place,
    batch_id bigint NOT NULL REFERENCES import_batch,
    replaces_id bigint UNIQUE CHECK (replaces_id < id),
    withdrawn boolean NOT NULL DEFAULT false CHECK (NOT withdrawn OR replaces_id IS NOT NULL),
    UNIQUE (id, starts),
    FOREIGN KEY (replaces_id, starts) REFERENCES ledger (id, starts),
    CHECK (starts < ends)
);
CREATE UNIQUE INDEX ledger_first ON ledger (starts) WHERE replaces_id IS NULL;
CREATE TABLE ledger_entry (
    ledger_id bigint NOT NULL,
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    account text COLLATE "C" NOT NULL CHECK (account <> ''),
    cost_centre text COLLATE "C" NOT NULL,
    project text COLLATE "C" NOT NULL,
    measure text COLLATE "C" NOT NULL CHECK (measure IN ('outcome', 'budget')),
    amount numeric(18, 2) NOT NULL,
    PRIMARY KEY (ledger_id, month, account, cost_centre, project, measure)
);
CREATE TABLE ledger_month (
    ledger_id bigint NOT NULL REFERENCES ledger,
    map_version integer NOT NULL CHECK (map_version >= 0),
    month date NOT NULL,
    item text NOT NULL CHECK (item IN ('revenue', 'cost', 'balance')),
    activity text NOT NULL,
    project text NOT NULL,
    measure text NOT NULL,
    amount numeric(18, 2) NOT NULL,
    batch_id bigint NOT NULL REFERENCES import_batch,
    PRIMARY KEY (ledger_id, map_version, month, item, activity, project, measure)
);
CREATE TABLE ledger_map_version (
    version integer PRIMARY KEY CHECK (version > 0),
    document jsonb NOT NULL
        CHECK (jsonb_typeof(document) = 'object' AND octet_length(document::text) <= 1048576),
    author text NOT NULL CHECK ({NAME.format("author")}),
    batch_id bigint NOT NULL UNIQUE REFERENCES import_batch,
    saved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""

# Many entries come at once, so they are looked over together, which also finds every ledger.
LEDGER_GUARDS = """
CREATE FUNCTION refuse_closed_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed bigint;
BEGIN
    SELECT ledger_id INTO closed FROM (SELECT DISTINCT ledger_id FROM added) AS theirs
        WHERE NOT EXISTS (
            SELECT FROM ledger JOIN import_batch ON import_batch.id = ledger.batch_id
            WHERE ledger.id = ledger_id AND opened_in = pg_current_xact_id()
        ) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger % is recorded: record a correction', closed
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_in_open_ledger AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_closed_ledger();
CREATE FUNCTION guard_ledger_map_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_version integer;
BEGIN
    SELECT max(version) INTO last_version FROM ledger_map_version;
    IF NEW.version <> coalesce(last_version, 0) + 1 THEN
        RAISE EXCEPTION 'version % of the map does not follow %', NEW.version, last_version
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_map_version_follows BEFORE INSERT ON ledger_map_version
    FOR EACH ROW EXECUTE FUNCTION guard_ledger_map_version();
"""

ANSWERS = rf"""
CREATE TABLE finding_answer (
    year integer NOT NULL,
    number integer NOT NULL,
    key text NOT NULL CHECK (key <> '' AND char_length(key) <= 500),
    version integer NOT NULL,
    state text NOT NULL CHECK (state IN ('explained', 'reopened')),
    words text NOT NULL CHECK (char_length(words) <= 2000
        AND words !~ '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]'),
    author text NOT NULL CHECK ({NAME.format("author")}),
    fingerprint text NOT NULL CHECK ({SHA256.format("fingerprint")}),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (year, number, key, version),
    CONSTRAINT finding_answer_occasion_fkey
        FOREIGN KEY (year, number) REFERENCES occasion (year, number),
    CHECK (state <> 'explained' OR btrim(words) <> '')
);
CREATE INDEX finding_answer_newest ON finding_answer (saved_at);
CREATE FUNCTION guard_finding_answer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_version integer;
BEGIN
    PERFORM FROM occasion WHERE (year, number) = (NEW.year, NEW.number) FOR NO KEY UPDATE;
    SELECT max(version) INTO last_version FROM finding_answer
        WHERE (year, number, key) = (NEW.year, NEW.number, NEW.key);
    IF NEW.version <> coalesce(last_version, 0) + 1 THEN
        RAISE EXCEPTION 'version % of an answer does not follow %', NEW.version, last_version
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.saved_at = clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER finding_answer_follows BEFORE INSERT ON finding_answer
    FOR EACH ROW EXECUTE FUNCTION guard_finding_answer();
CREATE TRIGGER finding_answer_told AFTER INSERT ON finding_answer
    FOR EACH STATEMENT EXECUTE FUNCTION tell_topic('figures');
"""

ISSUED = f"""
CREATE TABLE issued_report (
    id uuid PRIMARY KEY,
    year integer NOT NULL,
    number integer NOT NULL,
    batch bigint NOT NULL REFERENCES import_batch,
    format text NOT NULL CHECK (format IN ('pdf', 'docx')),
    options jsonb NOT NULL
        CHECK (jsonb_typeof(options) = 'object' AND octet_length(options::text) <= 1048576),
    fingerprint text NOT NULL CHECK (char_length(fingerprint) BETWEEN 1 AND 200),
    sha256 text NOT NULL,
    content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 33554432),
    issued_by text NOT NULL CHECK ({NAME.format("issued_by")}),
    issued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT issued_report_occasion_fkey
        FOREIGN KEY (year, number) REFERENCES occasion (year, number),
    CHECK (sha256 = encode(sha256(content), 'hex'))
);
CREATE INDEX issued_report_newest ON issued_report (issued_at);
"""

# An occasion is read by these, so that it costs the same however many there are.
OF_OCCASION = (
    "occasion_days", "operating_line", "appropriation", "project_result", "contribution",
    "allocation_key", "published_total", "published_claim", "printed_cell",
)  # fmt: skip
KEPT = (
    "ledger", "ledger_entry", "ledger_month", "ledger_map_version", "finding_answer",
    "issued_report",
)  # fmt: skip
BATCHED = ("ledger", "ledger_month", "ledger_map_version")


def upgrade() -> None:
    """Make the tables, their guards and notices, and the indexes that an occasion is read by."""
    for part in (BATCHES, DOCUMENTS, LEDGERS, LEDGER_GUARDS, ANSWERS, ISSUED):
        op.execute(part)
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table in BATCHED:
        op.execute(
            f"CREATE TRIGGER {table}_in_open_batch BEFORE INSERT ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_closed_batch()"
        )
    for table in OF_OCCASION:
        op.execute(f"CREATE INDEX {table}_of_occasion ON {table} (occasion_id)")
    op.execute("CREATE INDEX population_of_day ON population (as_of)")
