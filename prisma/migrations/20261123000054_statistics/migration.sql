-- Statistics of a period read its days alone, not every day of every channel. The counters' own columns stay outside, so that counting stays cheap.
CREATE INDEX consult_days_by_day_idx ON consult_days (organization_id, day, channel_id);
CREATE INDEX destroyed_days_by_day_idx ON destroyed_days (organization_id, day, channel_id);
