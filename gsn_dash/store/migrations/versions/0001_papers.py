"""Imports, papers, occasions, and what figures are about.

Rows are never updated or deleted, names excepted: a correction is a new row that points at the
one it replaces. Rows belong to a batch, and a batch is closed with the transaction that opened
it, so that what an import brought can be told for ever.
"""

from alembic import op

revision = "0001"
down_revision = None

BATCHES = """
CREATE TABLE import_batch (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by text NOT NULL CHECK (recorded_by <> ''),
    note text NOT NULL DEFAULT '',
    opened_in xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE TABLE import_file (
    batch_id bigint NOT NULL REFERENCES import_batch,
    name text NOT NULL CHECK (name <> ''),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    PRIMARY KEY (batch_id, name)
);
"""

PAPERS = """
CREATE TABLE document (
    key text PRIMARY KEY CHECK (key <> ''),
    title text NOT NULL CHECK (title <> ''),
    kind text NOT NULL,
    dated date,
    pages text NOT NULL DEFAULT ''
);
CREATE TABLE place (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document_key text NOT NULL REFERENCES document,
    section text NOT NULL CHECK (section <> ''),
    row_label text NOT NULL DEFAULT '',
    column_label text NOT NULL DEFAULT '',
    doc_page integer CHECK (doc_page > 0),
    UNIQUE NULLS NOT DISTINCT (document_key, section, row_label, column_label, doc_page)
);
CREATE TABLE occasion (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    year integer NOT NULL CHECK (year BETWEEN 1990 AND 2200),
    number integer NOT NULL CHECK (number > 0),
    UNIQUE (year, number),
    UNIQUE (id, year)
);
CREATE TABLE occasion_days (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occasion_id bigint NOT NULL,
    year integer NOT NULL,
    period_start date NOT NULL,
    period_end date NOT NULL,
    appendix_dated date NOT NULL,
    meeting_on date NOT NULL,
    document_key text NOT NULL REFERENCES document,
    batch_id bigint NOT NULL REFERENCES import_batch,
    replaces_id bigint UNIQUE CHECK (replaces_id < id),
    withdrawn boolean NOT NULL DEFAULT false CHECK (NOT withdrawn OR replaces_id IS NOT NULL),
    UNIQUE (id, occasion_id),
    FOREIGN KEY (replaces_id, occasion_id) REFERENCES occasion_days (id, occasion_id),
    FOREIGN KEY (occasion_id, year) REFERENCES occasion (id, year),
    CHECK (period_start < period_end),
    CHECK (extract(year FROM period_start) = year AND extract(year FROM period_end) = year)
);
CREATE UNIQUE INDEX occasion_days_first ON occasion_days (occasion_id)
    WHERE replaces_id IS NULL;
"""

SUBJECTS = """
CREATE TABLE activity (
    key text PRIMARY KEY CHECK (key <> '' AND key <> 'total'),
    name text NOT NULL CHECK (name <> '')
);
CREATE TABLE activity_member (
    group_key text NOT NULL REFERENCES activity,
    activity_key text NOT NULL REFERENCES activity,
    PRIMARY KEY (group_key, activity_key),
    CHECK (group_key <> activity_key)
);
CREATE TABLE project (
    key text PRIMARY KEY CHECK (key <> '' AND key <> 'total'),
    name text NOT NULL CHECK (name <> ''),
    kind text NOT NULL CHECK (kind IN ('project', 'group', 'rest')),
    position integer NOT NULL
);
CREATE TABLE project_code (
    project_key text NOT NULL REFERENCES project,
    code text NOT NULL CHECK (code ~ '^[0-9]{1,8}$'),
    PRIMARY KEY (project_key, code)
);
CREATE TABLE municipality (
    code text PRIMARY KEY CHECK (code ~ '^[0-9]{4}$'),
    name text NOT NULL CHECK (name <> '')
);
CREATE TABLE collaboration (
    key text PRIMARY KEY CHECK (key <> '' AND key <> 'total'),
    name text NOT NULL CHECK (name <> ''),
    position integer NOT NULL
);
"""

GUARDS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed: record a correction', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION refuse_closed_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM import_batch WHERE id = NEW.batch_id AND opened_in = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'batch % is closed: open a new one', NEW.batch_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

KEPT = ("import_batch", "import_file", "place", "occasion", "occasion_days")
BATCHED = ("import_file", "occasion_days")


def upgrade() -> None:
    """Make the tables and their guards."""
    for part in (BATCHES, PAPERS, SUBJECTS, GUARDS):
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
