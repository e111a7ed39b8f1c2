"""The first schema: papers, occasions, figures, published totals and claims, import batches.

A figure row holds exactly one of an amount and the reason for its absence. Rows are never
updated or deleted: a correction is a new row that points at the one it replaces, each row is
replaced at most once, and each cell has one first row, so exactly one row is in force.
"""

from alembic import op

revision = "0001"
down_revision = None

BATCHES = """
CREATE TABLE import_batch (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by text NOT NULL CHECK (recorded_by <> ''),
    note text NOT NULL DEFAULT ''
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
    replaces_id bigint UNIQUE,
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

# What every figure row has, after its own key columns; `ref` names the quantity.
FIGURE = """
    printed text NOT NULL,
    amount numeric(18, 2),
    unknown_reason text CHECK (unknown_reason <> ''),
    precision_kr numeric(18, 6) NOT NULL CHECK (precision_kr >= 0),
    approximate boolean NOT NULL DEFAULT false,
    place_id bigint NOT NULL REFERENCES place,
    batch_id bigint NOT NULL REFERENCES import_batch,
    replaces_id bigint UNIQUE,
    UNIQUE (id, occasion_id, ref),
    FOREIGN KEY (replaces_id, occasion_id, ref) REFERENCES {table} (id, occasion_id, ref),
    CHECK ((amount IS NULL) <> (unknown_reason IS NULL))
"""


def _figure(table: str) -> str:
    return FIGURE.format(table=table).strip("\n")


OPERATING = f"""
CREATE TABLE operating_line (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occasion_id bigint NOT NULL REFERENCES occasion,
    activity_key text REFERENCES activity,
    item text NOT NULL CHECK (item IN ('revenue', 'cost', 'net', 'other_cost')),
    span text NOT NULL CHECK (span IN ('period', 'year')),
    measure text NOT NULL CHECK (measure IN ('budget', 'outcome', 'forecast', 'deviation')),
    ref text NOT NULL GENERATED ALWAYS AS ('operating:' || coalesce(activity_key, 'total')
        || ':' || item || ':' || span || ':' || measure) STORED,
{_figure("operating_line")},
    CHECK (measure <> 'outcome' OR span = 'period'),
    CHECK (measure <> 'forecast' OR span = 'year'),
    CHECK (item NOT IN ('cost', 'other_cost') OR measure = 'deviation' OR amount <= 0),
    CHECK (item <> 'revenue' OR measure = 'deviation' OR amount >= 0)
);
CREATE UNIQUE INDEX operating_line_first ON operating_line (occasion_id, ref)
    WHERE replaces_id IS NULL;
"""

INVESTMENTS = f"""
CREATE TABLE appropriation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occasion_id bigint NOT NULL REFERENCES occasion,
    project_key text REFERENCES project,
    kind text NOT NULL CHECK (kind IN ('original', 'carried_over', 'extra', 'appropriation')),
    ref text NOT NULL GENERATED ALWAYS AS ('investment:' || coalesce(project_key, 'total')
        || ':' || kind) STORED,
{_figure("appropriation")},
    CHECK (kind <> 'appropriation' OR amount >= 0)
);
CREATE UNIQUE INDEX appropriation_first ON appropriation (occasion_id, ref)
    WHERE replaces_id IS NULL;
CREATE TABLE project_result (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occasion_id bigint NOT NULL REFERENCES occasion,
    project_key text REFERENCES project,
    measure text NOT NULL CHECK (measure IN ('outcome', 'forecast', 'left')),
    ref text NOT NULL GENERATED ALWAYS AS ('investment:' || coalesce(project_key, 'total')
        || ':' || measure) STORED,
{_figure("project_result")},
    CHECK (measure = 'left' OR amount >= 0)
);
CREATE UNIQUE INDEX project_result_first ON project_result (occasion_id, ref)
    WHERE replaces_id IS NULL;
"""

COLLABORATIONS = f"""
CREATE TABLE contribution (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occasion_id bigint NOT NULL REFERENCES occasion,
    collaboration_key text NOT NULL REFERENCES collaboration,
    municipality_code text NOT NULL REFERENCES municipality,
    year integer CHECK (year BETWEEN 1990 AND 2200),
    standing text NOT NULL CHECK (standing IN ('in_force', 'restated')),
    ref text NOT NULL GENERATED ALWAYS AS ('collaboration:' || collaboration_key
        || ':' || municipality_code) STORED,
{_figure("contribution")},
    CHECK (amount >= 0)
);
CREATE UNIQUE INDEX contribution_first ON contribution (occasion_id, ref)
    WHERE replaces_id IS NULL AND standing = 'in_force';
CREATE UNIQUE INDEX contribution_restated ON contribution (occasion_id, ref, place_id)
    WHERE replaces_id IS NULL AND standing = 'restated';
CREATE TABLE allocation_key (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occasion_id bigint NOT NULL REFERENCES occasion,
    collaboration_key text NOT NULL REFERENCES collaboration,
    equal_part numeric(5, 4) NOT NULL CHECK (equal_part BETWEEN 0 AND 1),
    counted_on text NOT NULL CHECK (counted_on <> ''),
    place_id bigint NOT NULL REFERENCES place,
    batch_id bigint NOT NULL REFERENCES import_batch,
    replaces_id bigint UNIQUE,
    UNIQUE (id, occasion_id, collaboration_key),
    FOREIGN KEY (replaces_id, occasion_id, collaboration_key)
        REFERENCES allocation_key (id, occasion_id, collaboration_key)
);
CREATE UNIQUE INDEX allocation_key_first ON allocation_key (occasion_id, collaboration_key)
    WHERE replaces_id IS NULL;
CREATE TABLE allocation_key_member (
    allocation_key_id bigint NOT NULL REFERENCES allocation_key,
    municipality_code text NOT NULL REFERENCES municipality,
    PRIMARY KEY (allocation_key_id, municipality_code)
);
CREATE TABLE population (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    municipality_code text NOT NULL REFERENCES municipality,
    as_of date NOT NULL,
    inhabitants integer NOT NULL CHECK (inhabitants > 0),
    place_id bigint NOT NULL REFERENCES place,
    batch_id bigint NOT NULL REFERENCES import_batch,
    replaces_id bigint UNIQUE,
    UNIQUE (id, municipality_code, as_of),
    FOREIGN KEY (replaces_id, municipality_code, as_of)
        REFERENCES population (id, municipality_code, as_of)
);
CREATE UNIQUE INDEX population_first ON population (municipality_code, as_of)
    WHERE replaces_id IS NULL;
"""

PUBLISHED = f"""
CREATE TABLE published_total (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occasion_id bigint NOT NULL REFERENCES occasion,
    ref text NOT NULL CHECK (ref <> ''),
{_figure("published_total")}
);
CREATE UNIQUE INDEX published_total_first ON published_total (occasion_id, ref)
    WHERE replaces_id IS NULL;
CREATE TABLE published_claim (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occasion_id bigint NOT NULL REFERENCES occasion,
    ref text NOT NULL CHECK (ref <> ''),
    kind text NOT NULL CHECK (kind IN ('money', 'percent', 'flag', 'text')),
    ratio numeric(12, 6),
    flag boolean,
    statement text CHECK (statement <> ''),
{_figure("published_claim")},
    CHECK ((kind = 'percent') = (ratio IS NOT NULL)),
    CHECK ((kind = 'flag') = (flag IS NOT NULL)),
    CHECK ((kind = 'text') = (statement IS NOT NULL)),
    CHECK (kind = 'money' OR amount IS NULL)
);
CREATE UNIQUE INDEX published_claim_first ON published_claim (occasion_id, ref, place_id)
    WHERE replaces_id IS NULL;
CREATE TABLE printed_cell (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occasion_id bigint NOT NULL REFERENCES occasion,
    document_key text NOT NULL REFERENCES document,
    table_name text NOT NULL CHECK (table_name <> ''),
    row_no integer NOT NULL CHECK (row_no >= 0),
    column_no integer NOT NULL CHECK (column_no >= 0),
    role text NOT NULL CHECK (role IN ('heading', 'label', 'value')),
    text text NOT NULL,
    ref text NOT NULL DEFAULT '',
    batch_id bigint NOT NULL REFERENCES import_batch,
    replaces_id bigint UNIQUE,
    UNIQUE (id, occasion_id, document_key, table_name, row_no, column_no),
    FOREIGN KEY (replaces_id, occasion_id, document_key, table_name, row_no, column_no)
        REFERENCES printed_cell (id, occasion_id, document_key, table_name, row_no, column_no)
);
CREATE UNIQUE INDEX printed_cell_first
    ON printed_cell (occasion_id, document_key, table_name, row_no, column_no)
    WHERE replaces_id IS NULL;
"""

IMPORTS = ("import_batch", "import_file", "occasion_days")
FIGURES = ("operating_line", "appropriation", "project_result", "contribution", "population")
KEYS = ("allocation_key", "allocation_key_member")
STATEMENTS = ("published_total", "published_claim", "printed_cell")

GUARD = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed: record a correction', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""


def upgrade() -> None:
    """Make every table, and refuse change of the rows that hold figures."""
    for part in (BATCHES, PAPERS, SUBJECTS, OPERATING, INVESTMENTS, COLLABORATIONS, PUBLISHED):
        op.execute(part)
    op.execute(GUARD)
    for table in (*IMPORTS, *FIGURES, *KEYS, *STATEMENTS):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
