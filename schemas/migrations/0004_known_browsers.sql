-- Browsers that are known for their user, and who made a link. An older link's maker is not known.
ALTER TABLE ticket RENAME TO ticket_before;
DROP INDEX ticket_by_account;
CREATE TABLE ticket (
    digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
    account TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'program', 'link', 'browser')),
    writes INTEGER NOT NULL CHECK (writes IN (0, 1)),
    label TEXT NOT NULL,
    issued_at TEXT NOT NULL CHECK (length(issued_at) = 24),
    issued_by TEXT NOT NULL,
    used_at TEXT NOT NULL CHECK (length(used_at) = 24),
    expires_at TEXT NOT NULL CHECK (length(expires_at) = 24)
) STRICT;
INSERT INTO ticket (digest, account, kind, writes, label, issued_at, issued_by, used_at, expires_at)
SELECT digest, account, kind, writes, label, issued_at,
    CASE kind WHEN 'link' THEN '' ELSE account END, used_at, expires_at
FROM ticket_before;
DROP TABLE ticket_before;
CREATE INDEX ticket_by_account ON ticket (account, kind, issued_at);

-- The last event of BOOK of which a user was told who made a link to choose that user's password.
-- Not made from the log.
CREATE TABLE link_told (
    account TEXT NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT;
