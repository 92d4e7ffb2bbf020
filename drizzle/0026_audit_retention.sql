-- What a stranger causes (failed sign-ins) may be deleted once it is old, by a transaction that says it is the retention.
-- Everything else stays append-only, whoever is connected.
CREATE OR REPLACE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	-- TRUNCATE has no OLD, so that it must not be read there.
	IF TG_OP = 'DELETE' AND current_setting('earshot.audit_retention', true) = 'on' THEN
		IF OLD.actor_kind = 'nobody' AND OLD.at < now() - interval '90 days' THEN
			RETURN OLD;
		END IF;
	END IF;
	RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
END;
$$;
