-- Settled expenses whose approval is only stated: the alerts look at them each time they are asked.
CREATE INDEX expense_stated ON expense (review, approvals)
    WHERE state = 'approved' AND approvals LIKE '%?%';
