-- The ledger of destruction for auditors (docs/auditors.md): numbers, days and hashes, no free text.
CREATE VIEW check_ledger AS
  SELECT l.id, l.number, l.material, l.made_from, l.made_to, l.count, l.destroyed_on, l.reason, l.method, l.handled_by, l.approved_by,
    l.destruction_id AS run, l.digest, l.at, l.organization_id
  FROM ledger_entries l;
REVOKE ALL ON check_ledger FROM PUBLIC;
GRANT SELECT ON check_ledger TO damso_auditor;
