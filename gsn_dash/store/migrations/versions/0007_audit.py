"""Who did what, for ever: rows that are only added, each chained to the one before by its hash.

The database writes them itself, when the transaction of the deed commits, and one transaction at
a time, so that the chain is one line. Nobody who writes may write here. A deed that changes no
row (a log-in) is put down by `record_deed`. The hash is the SHA-256, in hexadecimal, of the hash
before it followed by the row's fields, each as its length in bytes, a colon, its text and a comma.

The digest of an import is of all rows that it brought (`batch_digest`). Columns that are null do
not count, so a column added later changes no digest as long as old rows have null in it.
"""

from alembic import op

revision = "0007"
down_revision = "0006"

AUDIT = """
CREATE TABLE audit (
    number bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    login text NOT NULL,
    action text NOT NULL CHECK (action <> ''),
    object text NOT NULL,
    object_id text NOT NULL,
    digest text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$')
);
CREATE FUNCTION audit_hash(link audit) RETURNS text LANGUAGE sql IMMUTABLE
    SET search_path = public, pg_temp AS $$
    SELECT encode(sha256(convert_to(link.previous || string_agg(
        octet_length(field) || ':' || field || ',', '' ORDER BY place), 'UTF8')), 'hex')
    FROM unnest(ARRAY[
        link.number::text,
        to_char(link.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        link.actor, link.role, link.login, link.action, link.object, link.object_id, link.digest
    ]) WITH ORDINALITY AS fields(field, place) $$;
CREATE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(4702025);
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
CREATE TRIGGER audit_chained BEFORE INSERT ON audit
    FOR EACH ROW EXECUTE FUNCTION chain_audit();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

DIGESTS = """
CREATE FUNCTION text_digest(content text) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT encode(sha256(convert_to(content, 'UTF8')), 'hex') $$;
CREATE FUNCTION batch_digest(batch bigint) RETURNS text LANGUAGE plpgsql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    part text;
    whole text := '';
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['import_file', 'occasion_days', 'operating_line', 'appropriation',
        'project_result', 'contribution', 'allocation_key', 'population', 'published_total',
        'published_claim', 'printed_cell', 'ledger', 'ledger_month', 'ledger_map_version'] LOOP
        EXECUTE format('SELECT string_agg(content, chr(10) ORDER BY content COLLATE "C") FROM
            (SELECT jsonb_strip_nulls(to_jsonb(line))::text AS content FROM %I AS line
                WHERE batch_id = $1) AS lines', name) INTO part USING batch;
        whole := whole || name || chr(10) || coalesce(part, '') || chr(10);
    END LOOP;
    SELECT string_agg(allocation_key_id || ' ' || municipality_code, chr(10)
        ORDER BY allocation_key_id, municipality_code) INTO part
        FROM allocation_key_member JOIN allocation_key ON id = allocation_key_id
        WHERE batch_id = batch;
    SELECT whole || coalesce(part, '') || chr(10) || jsonb_strip_nulls(to_jsonb(line) - 'opened_in')
        INTO whole FROM import_batch AS line WHERE id = batch;
    RETURN text_digest(whole);
END $$;
"""

# What a trigger puts down: the action, what it is about, and the column with who did it.
DEEDS = """
CREATE FUNCTION put_down() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    content jsonb;
BEGIN
    content := jsonb_strip_nulls(to_jsonb(NEW));
    INSERT INTO audit (actor, action, object, object_id, digest) VALUES (
        CASE WHEN TG_ARGV[1] = '' THEN '' ELSE content ->> TG_ARGV[1] END, TG_ARGV[0],
        TG_TABLE_NAME,
        (SELECT string_agg(content ->> part, ' ' ORDER BY place)
            FROM unnest(TG_ARGV[2:]) WITH ORDINALITY AS parts(part, place)),
        text_digest(content::text));
    RETURN NULL;
END $$;
CREATE FUNCTION put_down_batch() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit (actor, action, object, object_id, digest) VALUES (
        NEW.recorded_by,
        CASE NEW.kind WHEN 'correction' THEN 'correct' WHEN 'choice' THEN 'choose'
            WHEN 'withdrawal' THEN 'withdraw' WHEN 'map' THEN 'map' ELSE 'import' END,
        'import_batch', NEW.id, batch_digest(NEW.id));
    RETURN NULL;
END $$;
CREATE FUNCTION put_down_scenario() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    before scenario_version;
BEGIN
    SELECT * INTO before FROM scenario_version
        WHERE scenario_id = NEW.scenario_id AND version = NEW.version - 1;
    INSERT INTO audit (actor, action, object, object_id, digest) VALUES (
        NEW.author,
        CASE WHEN NEW.version = 1 THEN 'create' WHEN NEW.state = 'deleted' THEN 'delete'
            WHEN NEW.state = 'frozen' THEN 'freeze' WHEN before.state = 'deleted' THEN 'restore'
            WHEN before.document = NEW.document AND before.name <> NEW.name THEN 'rename'
            ELSE 'save' END,
        'scenario_version', NEW.scenario_id || ' ' || NEW.version,
        text_digest(jsonb_strip_nulls(to_jsonb(NEW))::text));
    RETURN NULL;
END $$;
CREATE FUNCTION put_down_issued() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit (actor, action, object, object_id, digest)
        VALUES (NEW.issued_by, 'issue', 'issued_report', NEW.id, NEW.sha256);
    RETURN NULL;
END $$;
CREATE FUNCTION put_down_erasure() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit (actor, action, object, object_id, digest)
        VALUES ('', 'erase', 'person', NEW.pseudonym, '');
    RETURN NULL;
END $$;
CREATE FUNCTION record_deed(done text, acting text, acting_as text) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF done NOT IN ('log_in', 'log_out', 'refuse') THEN
        RAISE EXCEPTION 'the deed % is put down by the database alone', done
            USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM set_config('gsn.actor', acting, true), set_config('gsn.role', acting_as, true);
    INSERT INTO audit (action, object, object_id, digest) VALUES (done, 'person', acting, '');
END $$;
"""

# The action, the column with who did it (empty where none says it), and what names the row.
ADDED = {
    "agenda_version": ("change", "author", "year", "number", "version"),
    "decision_version": ("decide", "author", "year", "number", "item", "version"),
    "meeting": ("start", "started_by", "code"),
    "meeting_end": ("end", "", "code"),
    "finding_answer": ("answer", "author", "year", "number", "key", "version"),
    "role_grant": ("grant", "granted_by", "pseudonym", "role"),
}
OWN = {
    "import_batch": "put_down_batch",
    "scenario_version": "put_down_scenario",
    "issued_report": "put_down_issued",
}
# Of what was there before the chain, that it was there.
FOUND = """
INSERT INTO audit (actor, action, object, object_id, digest)
    SELECT {author}, 'find', '{table}', concat_ws(' ', {columns}), {digest}
    FROM {table} AS line ORDER BY {columns}
"""
ROW_DIGEST = "text_digest(jsonb_strip_nulls(to_jsonb(line))::text)"


def _deed(table: str, when: str, function: str) -> None:
    """Put a deed down when the transaction that did it commits."""
    op.execute(
        f"CREATE CONSTRAINT TRIGGER {table}_put_down AFTER {when}"
        f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {function}"
    )


def upgrade() -> None:
    """Make the chain and what writes it, and begin it with the imports that there are."""
    for part in (AUDIT, DIGESTS, DEEDS):
        op.execute(part)
    for table, words in ADDED.items():
        said = ", ".join(f"'{word}'" for word in words)
        _deed(table, f"INSERT ON {table}", f"EXECUTE FUNCTION put_down({said})")
    for table, function in OWN.items():
        _deed(table, f"INSERT ON {table}", f"EXECUTE FUNCTION {function}()")
    _deed(
        "presenter_key",
        "UPDATE ON presenter_key",
        "EXECUTE FUNCTION put_down('redeem', '', 'used_by')",
    )
    _deed(
        "person",
        "UPDATE ON person",
        "WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
        " EXECUTE FUNCTION put_down_erasure()",
    )
    op.execute("SET LOCAL timezone = 'UTC'")
    _find("import_batch", "recorded_by", "id", digest="batch_digest(id)")
    _find("scenario_version", "author", "scenario_id", "version")
    _find("issued_report", "issued_by", "id", digest="sha256")
    for table, (_, author, *columns) in ADDED.items():
        _find(table, author, *columns)


def _find(table: str, author: str, *columns: str, digest: str = ROW_DIGEST) -> None:
    """Put down what a table held before the chain began."""
    values = {"table": table, "columns": ", ".join(columns), "digest": digest}
    op.execute(FOUND.format(author=author or "''", **values))
