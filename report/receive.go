package report

import (
	"errors"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// received is what accepting and returning must know of a submission.
type received struct {
	ID         db.ID           `db:"id"`
	Obligation db.ID           `db:"obligation"`
	Opening    db.ID           `db:"opening"`
	Body       db.ID           `db:"body"`
	Holder     db.ID           `db:"holder"` // who answers for it now
	Version    int64           `db:"version"`
	Figures    []byte          `db:"figures"`
	Sections   string          `db:"sections"`
	N          int32           `db:"n"`
	Latest     db.ID           `db:"latest"`
	Accepted   db.ID           `db:"accepted"`
	Returned   bool            `db:"returned"`
	Whole      bool            `db:"whole"`  // sent back as a whole, not for parts only
	Before     []byte          `db:"before"` // figures of the version that counts until now
	Form       db.ID           `db:"form"`
	Digest     string          `db:"digest"`
	Regime     string          `db:"regime_code"`
	Period     calendar.Period `db:"period"`
}

func findReceived(tx *db.Tx, by access.Actor, id db.ID) (received, *Form, error) {
	org := by.Sees(access.ReadReport)
	var s received
	err := tx.Get(&s, `
select s.id, s.obligation, s.opening, s.body, o.holder, s.version, s.figures, s.sections, o.n, o.latest, o.accepted, o.returned,
	exists (select 1 from report_return t where t.submission = s.id and not t.keeps) as whole, a.figures as before, p.form, f.digest, r.code as regime_code, p.period
from submission s
join obligation o on o.id = s.obligation
join opening p on p.id = s.opening
join regime_form f on f.id = p.form
join regime r on r.id = p.regime
left join submission a on a.id = o.accepted
where s.id = ? and (cast(? as text) = '' or ? in (o.body, o.holder))`, id, org, org)
	if errors.Is(err, db.None) {
		return s, nil, noSubmission()
	}
	if err != nil {
		return s, nil, err
	}
	f, err := cachedForm(tx, s.Form, s.Digest)
	return s, f, err
}

func (s received) subject() journal.Subject {
	return journal.Subject{Kind: "submission", ID: s.ID, Body: s.Holder}
}

// Accept takes the newest version in: from now on it counts, in place of an older one, its origins are linked and its
// proposals become answers owed. Where parts of it were asked for, the rest counts. The totals are written once per commit.
func Accept(tx *db.Tx, by access.Actor, submission db.ID) error {
	s, f, err := findReceived(tx, by, submission)
	if err != nil {
		return err
	}
	if err := by.May(access.AcceptReport, s.Holder); err != nil {
		return err
	}
	switch {
	case s.Latest != s.ID:
		return fault.Conflict("Cơ quan đã gửi bản mới hơn; hãy nhận bản mới nhất.")
	case s.Whole:
		return fault.Conflict("Bản này đã được đề nghị bổ sung; hãy chờ cơ quan gửi bản mới.")
	case s.Accepted == s.ID:
		return fault.Conflict("Bản này đã được nhận.")
	}
	st, err := hold(tx, s.Opening)
	if err != nil {
		return err
	}
	asked, err := askedWhere(tx, "t.submission in (?, ?)", s.ID, s.Accepted)
	if err != nil {
		return err
	}
	if s.Accepted != "" {
		if err := st.putPacked(tx, f, s.N, s.Before, asked[s.Accepted], -1); err != nil {
			return err
		}
	}
	if err := st.putPacked(tx, f, s.N, s.Figures, asked[s.ID], 1); err != nil {
		return st.nameSender(tx, f, err, s.Body, s.Figures)
	}
	if err := insertAcceptance(tx, by, s.ID); err != nil {
		return err
	}
	if err := keepState(tx, s.Obligation); err != nil {
		return err
	}
	if err := s.leaveOrigin(tx, by); err != nil {
		return err
	}
	if mayPropose(s.Version, s.Sections) {
		if err := proposalsOf(tx, s.ID); err != nil {
			return err
		}
	}
	head, err := journal.Write(tx, by, "accepted", s.subject(), journal.Details{
		"regime": s.Regime, "period": s.Period.String(), "version": s.Version})
	if err != nil {
		return err
	}
	st.touch(head.Root)
	return nil
}

// mayPropose spares most acceptances the look for proposals: a first version that has none leaves nothing to answer.
func mayPropose(version int64, sections string) bool {
	return version > 1 || strings.Contains(sections, `"section":"`+SectionProposals+`"`)
}

func insertAcceptance(tx *db.Tx, by access.Actor, submission db.ID) error {
	_, err := tx.Exec("insert into report_acceptance (id, submission, at, by_actor, by_name) values (?, ?, ?, ?, ?)",
		tx.NewID(), submission, tx.Now(), by.Key(), by.Name)
	return err
}

func (s *standing) putPacked(tx *db.Tx, f *Form, n int32, figures []byte, asked []Asked, sign int64) error {
	values, err := unpackValues(nil, figures)
	if err != nil {
		return err
	}
	f.withhold(values, asked)
	return s.put(tx, f, n, values, sign)
}

// Returning is đề nghị bổ sung: why, where, and until when. The rest of the report stands.
type Returning struct {
	Reason          string
	Section, Sector string
	Paragraph       int           // from 1; 0 for the whole section
	Indicator       string        // when it is about a figure
	Due             calendar.Date // the new day; zero keeps the old one
}

// Mark is a return as the body sees it in its draft, beside the paragraph or the figure it is about.
type Mark struct {
	Returning
	Submission db.ID
	Version    int64
	At         db.Instant
	By         string
	Keeps      bool // the rest of the version stands
}

type returnRow struct {
	ID         db.ID         `db:"id"`
	Submission db.ID         `db:"submission"`
	At         db.Instant    `db:"at"`
	ByActor    string        `db:"by_actor"`
	ByName     string        `db:"by_name"`
	Reason     string        `db:"reason"`
	Section    string        `db:"section"`
	Sector     string        `db:"sector"`
	Paragraph  int           `db:"paragraph"`
	Indicator  string        `db:"indicator"`
	Due        calendar.Date `db:"due"`
	Keeps      bool          `db:"keeps"`
}

// Return asks for the newest version again. When it was accepted already, a report asked for as a whole leaves the totals;
// of a part only that figure or paragraph does, and the rest stays accepted. The body's next draft opens with everything it
// had sent. Several returns may be given to one version, one for each place.
func Return(tx *db.Tx, by access.Actor, submission db.ID, r Returning) error {
	s, f, err := findReceived(tx, by, submission)
	if err != nil {
		return err
	}
	if err := by.May(access.ReturnReport, s.Holder); err != nil {
		return err
	}
	if s.Latest != s.ID {
		return fault.Conflict("Cơ quan đã gửi bản mới hơn; hãy xem bản mới nhất.")
	}
	if err := r.check(tx, f); err != nil {
		return err
	}
	st, err := hold(tx, s.Opening)
	if err != nil {
		return err
	}
	if s.Accepted == s.ID {
		if err := s.withdraw(tx, st, f, r); err != nil {
			return err
		}
	}
	if err := tx.Insert("report_return", returnRow{ID: tx.NewID(), Submission: s.ID, At: tx.Now(), ByActor: by.Key(), ByName: by.Name,
		Reason: r.Reason, Section: r.Section, Sector: r.Sector, Paragraph: r.Paragraph, Indicator: r.Indicator, Due: r.Due,
		Keeps: r.Part()}); err != nil {
		return err
	}
	if err := keepState(tx, s.Obligation); err != nil {
		return err
	}
	head, err := journal.Write(tx, by, "returned", s.subject(), journal.Details{"regime": s.Regime, "period": s.Period.String(),
		"version": s.Version, "reason": r.Reason, "section": r.Section, "sector": r.Sector, "paragraph": r.Paragraph,
		"indicator": r.Indicator, "due": r.Due.String()})
	if err != nil {
		return err
	}
	st.touch(head.Root)
	return nil
}

// withdraw takes out of the totals what is asked for: a figure, the whole report, or nothing when it is about words.
func (s received) withdraw(tx *db.Tx, st *standing, f *Form, r Returning) error {
	if r.Part() && r.Indicator == "" {
		return nil
	}
	asked, err := askedWhere(tx, "t.submission = ?", s.ID)
	if err != nil {
		return err
	}
	before := asked[s.ID]
	if err := st.putPacked(tx, f, s.N, s.Figures, before, -1); err != nil || !r.Part() {
		return err
	}
	return st.putPacked(tx, f, s.N, s.Figures, append(before, Asked{Indicator: r.Indicator}), 1)
}

func (r *Returning) check(tx *db.Tx, f *Form) error {
	r.Reason = fold.Tidy(r.Reason)
	var wrong fault.List
	if r.Reason == "" {
		wrong.Add("reason", "Hãy ghi cần bổ sung gì và vì sao.")
	}
	if r.Section != "" && !f.Asks(r.Section, r.Sector) {
		wrong.Add("section", "Đề cương không có phần %s cho lĩnh vực %s.", SectionName(r.Section), r.Sector)
	}
	if r.Paragraph < 0 || r.Paragraph > mostParagraphs {
		wrong.Add("paragraph", "Số thứ tự đoạn không đúng.")
	}
	if r.Indicator != "" {
		if _, ok := f.Indicator(r.Indicator); !ok {
			wrong.Add("indicator", "Biểu mẫu không có chỉ tiêu %s.", r.Indicator)
		}
	}
	if !r.Due.IsZero() && r.Due.Before(calendar.OfInstant(tx.Clock())) {
		wrong.Add("due", "Hạn bổ sung không thể trước hôm nay.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return official.RefuseSecret(r.Reason)
}

// marksOf reads what was asked of some submissions, by submission.
func marksOf(tx *db.Tx, submissions []db.ID) (map[db.ID][]Mark, error) {
	marks := make(map[db.ID][]Mark)
	for part := range slices.Chunk(submissions, 500) { // below every engine's limit of parameters
		in, args := db.In(part)
		var rows []struct {
			returnRow
			Version int64 `db:"version"`
		}
		if err := tx.Select(&rows, `
select t.id, t.submission, t.at, t.by_actor, t.by_name, t.reason, t.section, t.sector, t.paragraph, t.indicator, t.due, t.keeps,
	s.version
from report_return t
join submission s on s.id = t.submission
where t.submission in `+in+`
order by t.at, t.id`, args...); err != nil {
			return nil, err
		}
		for _, row := range rows {
			marks[row.Submission] = append(marks[row.Submission], Mark{
				Returning:  Returning{row.Reason, row.Section, row.Sector, row.Paragraph, row.Indicator, row.Due},
				Submission: row.Submission, Version: row.Version, At: row.At, By: row.ByName, Keeps: row.Keeps})
		}
	}
	return marks, nil
}
