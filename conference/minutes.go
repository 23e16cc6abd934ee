package conference

import (
	"errors"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
)

// Minutes is diễn biến: what is written while the conference runs. Assessment is the general assessment that opens the
// notice. Version 0: nothing written yet.
type Minutes struct {
	Course     string     `db:"course"`
	Assessment string     `db:"assessment"`
	EndedAt    string     `db:"ended_at"`
	Version    int64      `db:"version"`
	At         db.Instant `db:"at"`
}

// MinutesOf reads what was written down; for the commission only.
func MinutesOf(tx *db.Tx, by access.Actor, id db.ID) (Minutes, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return Minutes{}, err
	}
	if by.Sees(access.ReadBriefing) != "" {
		return Minutes{}, fault.Missing("Diễn biến hội nghị %s do Ban ghi và giữ.", b.Period.Name())
	}
	return minutesOf(tx, id)
}

func minutesOf(tx *db.Tx, id db.ID) (Minutes, error) {
	var m Minutes
	err := tx.Get(&m, "select course, assessment, ended_at, version, at from conference_minutes where conference = ?", id)
	if errors.Is(err, db.None) {
		return Minutes{}, nil
	}
	return m, err
}

// WriteMinutes saves the course and the assessment; m.Version is the one the page was opened with. On a conflict the
// version kept is returned beside the fault, so that both can be shown.
func WriteMinutes(tx *db.Tx, by access.Actor, id db.ID, m Minutes) (Minutes, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return Minutes{}, err
	}
	if err := by.May(access.ConcludeBriefing, b.Body); err != nil {
		return Minutes{}, err
	}
	if err := open(tx, b); err != nil {
		return Minutes{}, err
	}
	m.Course, m.Assessment = fold.Tidy(m.Course), fold.Tidy(m.Assessment)
	if err := refuseSecret(m.Course, m.Assessment); err != nil {
		return Minutes{}, err
	}
	if typed := fold.Tidy(m.EndedAt); typed != "" {
		if m.EndedAt = readHour(typed); m.EndedAt == "" {
			return m, fault.Invalid("ended_at", "Giờ kết thúc “%s” không đọc được; hãy viết như 17:05.", shortened(typed))
		}
	}
	kept, err := minutesOf(tx, id)
	if err != nil {
		return m, err
	}
	if kept.Course == m.Course && kept.Assessment == m.Assessment && kept.EndedAt == m.EndedAt && kept.Version > 0 {
		return kept, nil
	}
	if kept.Version != m.Version {
		return kept, stale("diễn biến")
	}
	m.Version, m.At = m.Version+1, tx.Now()
	if _, err := tx.Exec(`
insert into conference_minutes (conference, course, assessment, ended_at, version, at)
values (?, ?, ?, ?, ?, ?)
on conflict (conference) do update
set course = excluded.course, assessment = excluded.assessment, ended_at = excluded.ended_at,
	version = excluded.version, at = excluded.at`, id, m.Course, m.Assessment, m.EndedAt, m.Version, m.At); err != nil {
		return m, err
	}
	_, err = journal.Write(tx, by, "minuted", b.subject(), journal.Details{"version": m.Version})
	return m, err
}
