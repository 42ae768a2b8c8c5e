-- The list of contracts by the end of their first term; those without a term come last.
CREATE INDEX contracts_by_end ON contracts (organization_id, (coalesce(ends_on, 'infinity'::date)), id);
