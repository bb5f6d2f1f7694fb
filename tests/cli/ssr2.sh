# The world that most transcripts begin in: SSR2 on 31 March 2017, noon.
# ann keeps the books, olga supports, carl and dana chair, boris is of the Board,
# vera looks on. 550,000 USD are granted, 160,000 of it are given to FY17, and
# 95,000 are committed to two meetings (SSR2-C1).
export PURSER_NOW=2017-03-31T12:00:00Z PURSER_USER=ann
{
    purser init
    purser review open SSR2 --name "Second Security, Stability and Resiliency Review" \
        --start 2017-03-02 --expected 2018-03-01 --on 2017-03-02
    purser user add olga --role support --review SSR2
    purser user add carl --role chair --review SSR2
    purser user add dana --role chair --review SSR2
    purser user add boris --role board
    purser user add vera --role viewer
    purser category add SSR2 services "Professional Services" --on 2017-03-02
    purser category add SSR2 travel Travel --on 2017-03-02
    purser envelope grant SSR2 --category services --amount 200,000 --on 2017-03-15 \
        --why "The Board sets 550,000 aside"
    purser envelope grant SSR2 --category travel --amount 350,000 --on 2017-03-15 \
        --why "The Board sets 550,000 aside"
    purser budget allot SSR2 --fiscal-year FY17 --category services --amount 40,000 --on 2017-03-15
    purser budget allot SSR2 --fiscal-year FY17 --category travel --amount 120,000 --on 2017-03-15
    purser commitment open SSR2 --category travel --amount 95,000 --for "ICANN58 and Madrid" \
        --kind meeting --expected 2017-05-15 --on 2017-03-15
} >/dev/null
