"""What has been put down is closed, a name that goes is told of, and occasions are proved too.

An import whose digest stands in the chain takes no more rows, also in the transaction that opened
it: one that makes its constraints immediate puts it down early. An occasion is a deed of its own.
A pseudonym stands for somebody only where they act themselves: what anybody has typed is a name.
"""

from alembic import op

revision = "0013"
down_revision = "0012"

# Who put a batch down says so in what tells that it is open: 2 is no transaction's number.
CLOSING = """
DROP TRIGGER import_batch_append_only ON import_batch;
CREATE TRIGGER import_batch_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON import_batch
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_change();
CREATE FUNCTION guard_import_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.opened_in <> '2' OR to_jsonb(NEW) - 'opened_in' <> to_jsonb(OLD) - 'opened_in' THEN
        RAISE EXCEPTION 'an import is only closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER import_batch_closes BEFORE UPDATE ON import_batch
    FOR EACH ROW EXECUTE FUNCTION guard_import_batch();
CREATE OR REPLACE FUNCTION put_down_batch() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit (actor, action, object, object_id, digest) VALUES (
        NEW.recorded_by,
        CASE NEW.kind WHEN 'correction' THEN 'correct' WHEN 'choice' THEN 'choose'
            WHEN 'withdrawal' THEN 'withdraw' WHEN 'map' THEN 'map' ELSE 'import' END,
        'import_batch', NEW.id, batch_digest(NEW.id));
    UPDATE import_batch SET opened_in = '2' WHERE id = NEW.id;
    RETURN NULL;
END $$;
"""

OCCASIONS = """
CREATE FUNCTION put_down_occasion() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    who text;
BEGIN
    SELECT recorded_by INTO who FROM import_batch
        WHERE opened_in = pg_current_xact_id() ORDER BY id DESC LIMIT 1;
    INSERT INTO audit (actor, action, object, object_id, digest) VALUES (
        coalesce(who, ''), 'add', 'occasion', NEW.year || ' ' || NEW.number,
        text_digest(jsonb_strip_nulls(to_jsonb(NEW))::text));
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER occasion_put_down AFTER INSERT ON occasion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION put_down_occasion();
INSERT INTO audit (actor, action, object, object_id, digest)
    SELECT '', 'find', 'occasion', year || ' ' || number,
        text_digest(jsonb_strip_nulls(to_jsonb(line))::text)
    FROM occasion AS line ORDER BY year, number;
"""

# Who reads may not read the table of names, but is to notice that one has gone.
ERASURES = """
CREATE INDEX person_erased ON person (erased_at) WHERE erased_at IS NOT NULL;
CREATE FUNCTION erasures() RETURNS text LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(count(*) || '@' || max(erased_at), '')
    FROM person WHERE erased_at IS NOT NULL $$;
REVOKE EXECUTE ON FUNCTION erasures() FROM PUBLIC;
CREATE TRIGGER person_erased_told AFTER UPDATE ON person FOR EACH ROW
    WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
    EXECUTE FUNCTION tell_topic('figures');
"""

# A name that an earlier version has taken stands as it is.
PSEUDONYMS = """
CREATE OR REPLACE FUNCTION pseudonym_of(said text) RETURNS text LANGUAGE plpgsql VOLATILE STRICT
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found text;
BEGIN
    SELECT pseudonym INTO found FROM person
        WHERE pseudonym = current_setting('gsn.actor', true) AND said IN (name, pseudonym);
    WHILE found IS NULL LOOP
        SELECT pseudonym INTO found FROM person WHERE name = said AND subject IS NULL;
        IF found IS NULL THEN
            INSERT INTO person (name) VALUES (said) ON CONFLICT DO NOTHING
                RETURNING pseudonym INTO found;
        END IF;
    END LOOP;
    RETURN found;
END $$;
ALTER TABLE person ADD CONSTRAINT person_name_is_no_pseudonym
    CHECK (subject IS NOT NULL OR name !~ '^p[0-9a-f]{32}$') NOT VALID;
"""


def upgrade() -> None:
    """Close what is put down, tell of erasures, and put down the occasions that there are."""
    for part in (CLOSING, OCCASIONS, ERASURES, PSEUDONYMS):
        op.execute(part)
