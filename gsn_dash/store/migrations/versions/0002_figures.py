"""Figures, published totals and claims, printed cells.

A figure row holds exactly one of an amount and the reason for its absence. Each cell has one
first row, a row is replaced at most once and only by a later row of the same cell, and a
withdrawn row ends the chain for the time being: so at most one row of a cell is in force.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

# What every figure row has, after its own key columns; `ref` names the quantity, and `cell` is
# the columns that a correction must share with the row it replaces.
FIGURE = """
    printed text NOT NULL,
    amount numeric(18, 2),
    unknown_reason text CHECK (unknown_reason <> ''),
    precision_kr numeric(18, 6) NOT NULL CHECK (precision_kr >= 0),
    approximate boolean NOT NULL DEFAULT false,
    place_id bigint NOT NULL REFERENCES place,
    batch_id bigint NOT NULL REFERENCES import_batch,
    replaces_id bigint UNIQUE CHECK (replaces_id < id),
    withdrawn boolean NOT NULL DEFAULT false CHECK (NOT withdrawn OR replaces_id IS NOT NULL),
    UNIQUE (id, {cell}),
    FOREIGN KEY (replaces_id, {cell}) REFERENCES {table} (id, {cell}),
    CHECK ((amount IS NULL) <> (unknown_reason IS NULL))
"""


def _figure(table: str, cell: str = "occasion_id, ref") -> str:
    return FIGURE.format(table=table, cell=cell).strip("\n")


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
{_figure("contribution", "occasion_id, ref, standing")},
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
    replaces_id bigint UNIQUE CHECK (replaces_id < id),
    withdrawn boolean NOT NULL DEFAULT false CHECK (NOT withdrawn OR replaces_id IS NOT NULL),
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
    replaces_id bigint UNIQUE CHECK (replaces_id < id),
    withdrawn boolean NOT NULL DEFAULT false CHECK (NOT withdrawn OR replaces_id IS NOT NULL),
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
{_figure("published_claim", "occasion_id, ref, place_id")},
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
    replaces_id bigint UNIQUE CHECK (replaces_id < id),
    withdrawn boolean NOT NULL DEFAULT false CHECK (NOT withdrawn OR replaces_id IS NOT NULL),
    UNIQUE (id, occasion_id, document_key, table_name, row_no, column_no),
    FOREIGN KEY (replaces_id, occasion_id, document_key, table_name, row_no, column_no)
        REFERENCES printed_cell (id, occasion_id, document_key, table_name, row_no, column_no)
);
CREATE UNIQUE INDEX printed_cell_first
    ON printed_cell (occasion_id, document_key, table_name, row_no, column_no)
    WHERE replaces_id IS NULL;
"""

FIGURES = ("operating_line", "appropriation", "project_result", "contribution", "population")
STATEMENTS = ("published_total", "published_claim", "printed_cell")
BATCHED = (*FIGURES, *STATEMENTS, "allocation_key")

KEY_GUARD = """
CREATE FUNCTION refuse_closed_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM allocation_key k JOIN import_batch b ON b.id = k.batch_id
        WHERE k.id = NEW.allocation_key_id AND b.opened_in = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'key % is recorded: record a correction', NEW.allocation_key_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER allocation_key_member_in_open_batch BEFORE INSERT ON allocation_key_member
    FOR EACH ROW EXECUTE FUNCTION refuse_closed_key();
"""


def upgrade() -> None:
    """Make the tables and put the guards of 0001 on them."""
    for part in (OPERATING, INVESTMENTS, COLLABORATIONS, PUBLISHED, KEY_GUARD):
        op.execute(part)
    for table in (*BATCHED, "allocation_key_member"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table in BATCHED:
        op.execute(
            f"CREATE TRIGGER {table}_in_open_batch BEFORE INSERT ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_closed_batch()"
        )
