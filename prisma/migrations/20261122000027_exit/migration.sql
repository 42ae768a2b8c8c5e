-- A channel's last day of use: its own end, or the day on which the last service contract that covered it has ended.
-- Only what two people agreed to ends a channel: a term that ran out, or coverage left earlier, ends nothing.
-- A contract counts from its first approval: a draft neither keeps a channel in use nor ends its use.
CREATE OR REPLACE VIEW channel_last_days WITH (security_invoker = true) AS
  SELECT c.organization_id, c.id AS channel_id,
    least(e.ends_on, k.ends_on) AS ends_on,
    CASE WHEN k.ends_on < coalesce(e.ends_on, 'infinity') THEN k.contract_id END AS contract_id,
    CASE WHEN k.ends_on < coalesce(e.ends_on, 'infinity') THEN k.reason ELSE e.reason END AS reason
  FROM channels c
  LEFT JOIN channel_ends e ON e.channel_id = c.id
  LEFT JOIN (
    SELECT z.channel_id, z.contract_id, z.ends_on, z.reason FROM (
      -- The last agreed end among contracts that covered the channel on that very day.
      SELECT DISTINCT ON (x.channel_id) x.channel_id, x.contract_id, d.ends_on, d.reason
      FROM contract_channels x
      JOIN contracts n ON n.id = x.contract_id AND n.service
      JOIN contract_endings d ON d.contract_id = x.contract_id AND d.outcome = 'approved' AND d.kind = 'end'
      WHERE x.from_on <= d.ends_on AND (x.until_on IS NULL OR x.until_on >= d.ends_on)
        AND EXISTS (SELECT FROM contract_steps s WHERE s.contract_id = x.contract_id AND s.kind = 'approved')
        AND NOT EXISTS (SELECT FROM contract_endings l WHERE l.contract_id = d.contract_id AND l.outcome = 'approved'
          AND (l.closed_at, l.id) > (d.closed_at, d.id))
      ORDER BY x.channel_id, d.ends_on DESC, x.contract_id
    ) z
    -- Another contract keeps the channel in use: not ended by agreement, reaching beyond that day, begun by the next (or by today).
    WHERE NOT EXISTS (
      SELECT FROM contract_channels y
      JOIN contracts m ON m.id = y.contract_id AND m.service
      WHERE y.channel_id = z.channel_id AND y.contract_id <> z.contract_id
        AND y.from_on <= greatest(z.ends_on + 1, (now() AT TIME ZONE 'Asia/Seoul')::date)
        AND (y.until_on IS NULL OR y.until_on > z.ends_on)
        AND (m.renewal <> 'none' OR m.ends_on IS NULL OR m.ends_on > z.ends_on)
        AND EXISTS (SELECT FROM contract_steps s WHERE s.contract_id = m.id AND s.kind = 'approved')
        AND NOT EXISTS (SELECT FROM contract_endings f WHERE f.contract_id = m.id AND f.outcome = 'approved' AND f.kind = 'end'
          AND (y.until_on IS NULL OR y.until_on >= f.ends_on)
          AND NOT EXISTS (SELECT FROM contract_endings l WHERE l.contract_id = m.id AND l.outcome = 'approved'
            AND (l.closed_at, l.id) > (f.closed_at, f.id))))
  ) k ON k.channel_id = c.id
  WHERE e.ends_on IS NOT NULL OR k.ends_on IS NOT NULL;

CREATE INDEX contract_endings_agreed_idx ON contract_endings (contract_id, closed_at DESC) WHERE outcome = 'approved';
CREATE INDEX contract_steps_approved_idx ON contract_steps (contract_id) WHERE kind = 'approved';

-- The redirects hear of everything that the view reads.
DROP TRIGGER notify_presses ON contract_endings;
CREATE TRIGGER notify_presses AFTER INSERT OR UPDATE ON contract_endings FOR EACH ROW EXECUTE FUNCTION damso_notify_contract_presses();
DROP TRIGGER notify_presses ON contracts;
CREATE TRIGGER notify_presses AFTER UPDATE OF service, renewal, ends_on ON contracts FOR EACH ROW EXECUTE FUNCTION damso_notify_contract_presses();
CREATE TRIGGER notify_presses AFTER INSERT ON contract_steps FOR EACH ROW WHEN (NEW.kind = 'approved')
  EXECUTE FUNCTION damso_notify_contract_presses();
