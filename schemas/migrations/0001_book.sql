-- The book. `event` is the truth; every other table here but the last four is made again from it.
--
-- One text for SQLite and PostgreSQL: for the latter INTEGER is read as BIGINT, and STRICT
-- and WITHOUT ROWID are left out. Days are ISO text, '' where there is none; a fiscal
-- year is its number, 0 where there is none; amounts count the currency's minor unit.

CREATE TABLE event (
    review TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    kind TEXT NOT NULL,
    recorded_at TEXT NOT NULL CHECK (length(recorded_at) = 24),
    actor TEXT NOT NULL,
    posted_on TEXT NOT NULL CHECK (length(posted_on) = 10),
    document_on TEXT NOT NULL CHECK (length(document_on) IN (0, 10)),
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    PRIMARY KEY (review, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_day ON event (review, posted_on, seq);
-- The events of one document; its first is found by the document's own row. A planner without
-- statistics takes `review = …` for few rows and the primary key for best, so those who look here
-- say review || '' = … .
CREATE INDEX event_by_subject ON event (subject, seq)
    WHERE kind NOT IN ('expense.submit', 'expense.settle', 'payee.add');
-- The few that took money back.
CREATE INDEX event_back ON event (review, posted_on, seq)
    WHERE kind IN ('expense.refund', 'expense.reverse');

CREATE TABLE balance (
    review TEXT NOT NULL,
    category TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    bucket TEXT NOT NULL,
    day TEXT NOT NULL CHECK (length(day) = 10),
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (review, category, fiscal_year, bucket, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    review TEXT NOT NULL,
    seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    posted_on TEXT NOT NULL CHECK (length(posted_on) = 10),
    PRIMARY KEY (review, seq, name)
) STRICT;

CREATE TABLE category (
    review TEXT NOT NULL,
    code TEXT NOT NULL,
    seq INTEGER NOT NULL,
    title TEXT NOT NULL,
    overhead INTEGER NOT NULL CHECK (overhead IN (0, 1)),
    PRIMARY KEY (review, code)
) STRICT;

CREATE TABLE decision (
    review TEXT NOT NULL,
    seq INTEGER NOT NULL,
    line INTEGER NOT NULL,
    act TEXT NOT NULL,
    category TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    posted_on TEXT NOT NULL CHECK (length(posted_on) = 10),
    PRIMARY KEY (review, seq, line)
) STRICT;

CREATE TABLE commitment (
    review TEXT NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'open', 'rejected', 'closed', 'held')),
    kind TEXT NOT NULL CHECK (kind IN ('meeting', 'contract')),
    category TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    used_minor INTEGER NOT NULL,
    claimed_minor INTEGER NOT NULL CHECK (claimed_minor >= 0),
    reserved_minor INTEGER NOT NULL CHECK (reserved_minor >= 0),
    posted_on TEXT NOT NULL CHECK (length(posted_on) = 10),
    expected_on TEXT NOT NULL CHECK (length(expected_on) = 10),
    purpose TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    meeting TEXT NOT NULL,
    PRIMARY KEY (review, number)
) STRICT;

CREATE TABLE expense (
    review TEXT NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    -- In pairs: of a longer list SQLite makes a table for each row that it writes.
    state TEXT NOT NULL CHECK (state IN ('submitted', 'approved') OR
        state IN ('rejected', 'withdrawn') OR state IN ('held', 'reversed')),
    category TEXT NOT NULL,
    fiscal_year INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    claimed_minor INTEGER NOT NULL CHECK (claimed_minor >= 0),
    reserved_minor INTEGER NOT NULL CHECK (reserved_minor >= 0),
    posted_on TEXT NOT NULL CHECK (length(posted_on) = 10),
    document_on TEXT NOT NULL CHECK (length(document_on) IN (0, 10)),
    commitment INTEGER NOT NULL,
    payee INTEGER NOT NULL,
    invoice TEXT NOT NULL,
    row_print TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    approvals TEXT NOT NULL,
    own_currency TEXT NOT NULL CHECK (length(own_currency) = 3),  -- of the invoice
    own_minor INTEGER NOT NULL CHECK (own_minor > 0),
    refunded_minor INTEGER NOT NULL CHECK (refunded_minor >= 0),
    own_refunded_minor INTEGER NOT NULL CHECK (own_refunded_minor BETWEEN 0 AND own_minor),
    closed_commitment INTEGER NOT NULL,  -- that it came after
    told_seq INTEGER NOT NULL,  -- the event that says its texts
    spent_on TEXT NOT NULL CHECK (length(spent_on) IN (0, 10)),
    amended_by TEXT NOT NULL,
    meeting TEXT NOT NULL,
    work_item TEXT NOT NULL,
    PRIMARY KEY (review, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX expense_late ON expense (review, closed_commitment) WHERE closed_commitment <> 0;
CREATE INDEX expense_undecided ON expense (review, commitment, number) WHERE state = 'submitted';
CREATE INDEX expense_held ON expense (review, commitment) WHERE state = 'held';
CREATE INDEX expense_by_row ON expense (review, row_print) WHERE row_print <> '';
CREATE INDEX expense_by_invoice ON expense (review, invoice, payee) WHERE invoice <> '';

CREATE TABLE request (
    review TEXT NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused', 'withdrawn')),
    category TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    granted_minor INTEGER NOT NULL CHECK (granted_minor >= 0),
    posted_on TEXT NOT NULL CHECK (length(posted_on) = 10),
    reason TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    decided_on TEXT NOT NULL CHECK (length(decided_on) IN (0, 10)),
    resolution TEXT NOT NULL,
    conditions TEXT NOT NULL,
    expires_on TEXT NOT NULL CHECK (length(expires_on) IN (0, 10)),
    PRIMARY KEY (review, number)
) STRICT;

-- Expenses and commitments that wait for a request; ended_seq is 0 while they do.
CREATE TABLE held (
    review TEXT NOT NULL,
    document TEXT NOT NULL,
    request INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    category TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    posted_on TEXT NOT NULL CHECK (length(posted_on) = 10),
    ended_seq INTEGER NOT NULL,
    ended_on TEXT NOT NULL CHECK (length(ended_on) IN (0, 10)),
    PRIMARY KEY (review, document)
) STRICT;

-- Fact sheets; `files` has a line for each state and format: "issued pdf DIGEST".
CREATE TABLE sheet (
    review TEXT NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('issued', 'approved', 'withheld', 'posted', 'withdrawn')),
    as_of TEXT NOT NULL CHECK (length(as_of) = 10),
    layout TEXT NOT NULL,
    known_at TEXT NOT NULL CHECK (length(known_at) = 24),
    events INTEGER NOT NULL,
    head TEXT NOT NULL CHECK (length(head) = 64),
    off_calendar INTEGER NOT NULL CHECK (off_calendar IN (0, 1)),
    target_on TEXT NOT NULL CHECK (length(target_on) IN (0, 10)),
    revised_on TEXT NOT NULL CHECK (length(revised_on) IN (0, 10)),
    restates INTEGER NOT NULL,
    issued_on TEXT NOT NULL CHECK (length(issued_on) = 10),
    issued_by TEXT NOT NULL,
    decided_on TEXT NOT NULL CHECK (length(decided_on) IN (0, 10)),
    decided_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    posted_on TEXT NOT NULL CHECK (length(posted_on) IN (0, 10)),
    withdrawn_on TEXT NOT NULL CHECK (length(withdrawn_on) IN (0, 10)),
    withdrawn_why TEXT NOT NULL,
    files TEXT NOT NULL,
    PRIMARY KEY (review, number)
) STRICT;

-- The days by which sheets are to be posted, where somebody set them.
CREATE TABLE sheet_target (
    review TEXT NOT NULL,
    financials TEXT NOT NULL CHECK (length(financials) = 10),
    seq INTEGER NOT NULL,
    target_on TEXT NOT NULL CHECK (length(target_on) = 10),
    revised_on TEXT NOT NULL CHECK (length(revised_on) IN (0, 10)),
    PRIMARY KEY (review, financials)
) STRICT;

-- Grants with an end date; ended_seq is 0 until what is left has been taken back.
CREATE TABLE expiring (
    review TEXT NOT NULL,
    seq INTEGER NOT NULL,
    category TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    expires_on TEXT NOT NULL CHECK (length(expires_on) = 10),
    ended_seq INTEGER NOT NULL,
    PRIMARY KEY (review, seq)
) STRICT;

CREATE TABLE payee (
    review TEXT NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    PRIMARY KEY (review, number)
) STRICT;

-- What is said of members, meetings, milestones and work items; of a name the latest counts.
CREATE TABLE record (
    review TEXT NOT NULL,
    seq INTEGER NOT NULL,
    line INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('member', 'meeting', 'milestone', 'work-item')),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (review, seq, line)
) STRICT;

-- The payees that are users of the book, whose own payments they do not approve.
CREATE TABLE payee_user (
    review TEXT NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    handle TEXT NOT NULL,
    PRIMARY KEY (review, number)
) STRICT;

CREATE TABLE account (
    name TEXT NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL,
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    grants TEXT NOT NULL,
    secret_digest TEXT NOT NULL
) STRICT;

CREATE TABLE policy (
    seq INTEGER NOT NULL PRIMARY KEY,
    review TEXT NOT NULL,
    from_on TEXT NOT NULL CHECK (length(from_on) = 10),
    up_to TEXT NOT NULL,
    role TEXT NOT NULL,
    persons INTEGER NOT NULL
) STRICT;

CREATE TABLE delegation (
    seq INTEGER NOT NULL PRIMARY KEY,
    delegator TEXT NOT NULL,
    delegate TEXT NOT NULL,
    from_on TEXT NOT NULL CHECK (length(from_on) = 10),
    until_on TEXT NOT NULL CHECK (length(until_on) = 10),
    ended INTEGER NOT NULL CHECK (ended IN (0, 1))
) STRICT;

CREATE TABLE request_key (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    review TEXT NOT NULL,
    seq INTEGER NOT NULL,
    request TEXT NOT NULL CHECK (length(request) = 64),
    PRIMARY KEY (actor, key)
) STRICT;

-- Not made from the log; the first three are tied to it by a digest.

CREATE TABLE person (
    review TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('payee', 'member')),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    salt TEXT NOT NULL,
    PRIMARY KEY (review, kind, number)
) STRICT;
CREATE INDEX person_by_name ON person (review, name);

CREATE TABLE secret (
    account TEXT NOT NULL PRIMARY KEY,
    password TEXT NOT NULL
) STRICT;

CREATE TABLE file (
    digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
    name TEXT NOT NULL,
    content TEXT NOT NULL  -- base64
) STRICT;

-- Who may come in: a session, a program's token, a one-time link. What the person holds is random
-- and is kept as its SHA-256 only.
CREATE TABLE ticket (
    digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
    account TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'program', 'link')),
    writes INTEGER NOT NULL CHECK (writes IN (0, 1)),
    label TEXT NOT NULL,
    issued_at TEXT NOT NULL CHECK (length(issued_at) = 24),
    used_at TEXT NOT NULL CHECK (length(used_at) = 24),
    expires_at TEXT NOT NULL CHECK (length(expires_at) = 24)
) STRICT;
CREATE INDEX ticket_by_account ON ticket (account, kind, issued_at);
