-- Views for people with a database tool; the program itself does not read them.
DROP VIEW IF EXISTS account_total;
CREATE VIEW account_total AS
SELECT review, category, fiscal_year, bucket, SUM(amount_minor) AS amount_minor
FROM balance
GROUP BY review, category, fiscal_year, bucket;
