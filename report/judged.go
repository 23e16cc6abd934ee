package report

import (
	"giaoban/calendar"
	"giaoban/internal/db"
)

// Judged is one time that the commission accepted a version or asked for more.
type Judged struct {
	At         db.Instant
	By         string
	Body       Body
	Period     calendar.Period
	Submission db.ID
	Version    int64
	Accepted   bool
	Reason     string // of what was asked for
}

// JudgedSince lists what was accepted and asked for after a moment, for some sub-periods of a regime, the oldest first:
// what tells apart a total of today from one that was signed then.
func JudgedSince(tx *db.Tx, r Regime, parts []calendar.Period, after db.Instant) ([]Judged, error) {
	in, args := db.In(parts)
	var rows []struct {
		At         db.Instant      `db:"at"`
		By         string          `db:"by_name"`
		Body       db.ID           `db:"body"`
		BodyCode   string          `db:"body_code"`
		Period     calendar.Period `db:"period"`
		Submission db.ID           `db:"submission"`
		Version    int64           `db:"version"`
		Accepted   bool            `db:"accepted"`
		Reason     string          `db:"reason"`
	}
	err := tx.Select(&rows, `
select j.at, j.by_name, s.body, b.code as body_code, p.period, s.id as submission, s.version, j.accepted, j.reason
from (
	select id, submission, at, by_name, true as accepted, '' as reason
	from report_acceptance
	where at > ?
	union all
	select id, submission, at, by_name, false as accepted, reason
	from report_return
	where at > ?
) j
join submission s on s.id = j.submission
join opening p on p.id = s.opening
join body b on b.id = s.body
where p.regime = ? and p.period in `+in+`
order by j.at, j.id`, append([]any{after, after, r.ID}, args...)...)
	all := make([]Judged, len(rows))
	for i, row := range rows {
		all[i] = Judged{row.At, row.By, Body{row.Body, row.BodyCode}, row.Period, row.Submission, row.Version, row.Accepted, row.Reason}
	}
	return all, err
}
