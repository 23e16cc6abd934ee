package programme

import (
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
)

// Review is the look back over a term, sector by sector.
type Review struct {
	Lines, Touched int
	Sectors        []SectorReview
}

// SectorReview is one sector's: lines with results, lines never touched, and old paragraphs that speak of no one line.
type SectorReview struct {
	Code      string
	Name      string
	Lines     []Line
	Done      []Line
	Untouched []Line
	Old       []Evidence
	Continues int // lines of which a person said so
}

// Said is "6 nội dung: 5 đã có kết quả, 1 chưa thực hiện; 4 tiếp tục ở giai đoạn tới."
func (s SectorReview) Said() string {
	said := fmt.Sprintf("%d nội dung: %d đã có kết quả, %d chưa thực hiện", len(s.Lines), len(s.Done), len(s.Untouched))
	if s.Continues > 0 {
		said += fmt.Sprintf("; %d tiếp tục ở giai đoạn tới", s.Continues)
	}
	return said + "."
}

// ReviewOf looks back over the term as things stand now.
func ReviewOf(tx *db.Tx, by access.Actor, id db.ID) (Review, error) {
	c := &composer{}
	p, err := Find(tx, by, id)
	if err != nil {
		return Review{}, err
	}
	if c.lines, err = linesOf(tx, id); err != nil {
		return Review{}, err
	}
	if c.table, err = ProgressOf(tx, by, id); err != nil {
		return Review{}, err
	}
	err = tx.Select(&c.old, evidenceColumns+"where e.programme = ? and e.line is null and e.settled = 'yes'\norder by e.day, e.id", id)
	return reviewOf(p, c.lines, c.table, c.old), err
}

func reviewOf(_ Programme, lines []Line, table Table, old []Evidence) (r Review) {
	sectors, of := bySector(lines)
	for _, e := range old {
		if !slices.Contains(sectors, e.Sector) {
			sectors = append(sectors, e.Sector)
		}
	}
	for _, code := range sectors {
		s := SectorReview{Code: code, Name: sectorName(code), Lines: of[code]}
		for _, l := range s.Lines {
			if table.Over(l.ID).Touched() {
				s.Done = append(s.Done, l)
			} else {
				s.Untouched = append(s.Untouched, l)
			}
			if l.Ahead == Continues {
				s.Continues++
			}
		}
		for _, e := range old {
			if e.Sector == code {
				s.Old = append(s.Old, e)
			}
		}
		r.Lines, r.Touched, r.Sectors = r.Lines+len(s.Lines), r.Touched+len(s.Done), append(r.Sectors, s)
	}
	return r
}

// Next is what a person says of a line for the next term.
type Next struct {
	Line  db.ID
	Ahead Onward
	Note  string
}

// SayNext keeps which lines go on into the next term, with a word on each.
func SayNext(tx *db.Tx, by access.Actor, id db.ID, all []Next) error {
	p, err := keeping(tx, by, id)
	if err != nil {
		return err
	}
	if len(all) > mostLines {
		return fault.Invalid("", "Nhiều nhất %d nội dung.", mostLines)
	}
	for _, n := range all {
		n.Note = fold.Tidy(n.Note)
		if n.Ahead != "" && n.Ahead.Name() == "" || len(n.Note) > 1000 {
			return fault.Invalid("next-"+string(n.Line), "Hãy chọn tiếp tục hoặc không; ghi chú không quá 1.000 chữ.")
		}
		if err := official.RefuseSecret(n.Note); err != nil {
			return err
		}
		done, err := tx.Exec("update programme_line set ahead = ?, ahead_note = ? where id = ? and programme = ?", string(n.Ahead), n.Note, n.Line, p.ID)
		if err != nil {
			return err
		}
		if done == 0 {
			return fault.Missing("Một nội dung không có trong chương trình này.")
		}
	}
	_, err = journal.Write(tx, by, "next_said", p.about(), journal.Details{"lines": len(all)})
	return err
}

// Renew begins the programme of the next term as a draft with the lines that go on, each led to from the line before; more are added
// as to any draft. A party that is no more is replaced by who does its work now, as far as that is one body.
func Renew(tx *db.Tx, by access.Actor, id db.ID, term calendar.Period, typed string) (Programme, error) {
	p, err := keeping(tx, by, id)
	if err != nil {
		return p, err
	}
	if next, err := RenewedBy(tx, by, id); err != nil || len(next) > 0 {
		if err == nil {
			err = fault.Conflict("Đã có dự thảo của giai đoạn sau: %s.", next[0].Label())
		}
		return p, err
	}
	if !term.IsZero() && !term.First().After(p.From) {
		return p, fault.Invalid("term", "Giai đoạn sau phải bắt đầu sau %s.", p.From.Vietnamese())
	}
	lines, err := linesOf(tx, id)
	if err != nil {
		return p, err
	}
	parties, err := partiesOf(tx, id)
	if err != nil {
		return p, err
	}
	stands, err := Stands(tx, by, parties, lines, day(tx))
	if err != nil {
		return p, err
	}
	now := func(body db.ID) db.ID {
		if s, moved := stands[body]; moved {
			if len(s) == 1 {
				return s[0].Body
			}
			return ""
		}
		return body
	}
	n := New{Kind: p.Kind, Term: term, Bases: p.Bases, Frame: p.Frame, Lines: typed, Renews: p.ID}
	if p.Kind == Regulation && term.IsZero() {
		n.From = day(tx)
	}
	for _, party := range parties {
		if party.N == 0 || !party.ValidTo.IsZero() {
			continue
		}
		if s, moved := stands[party.Body]; moved {
			for _, one := range s {
				n.Parties = append(n.Parties, one.Body)
			}
			continue
		}
		n.Parties = append(n.Parties, party.Body)
	}
	made, err := Begin(tx, by, n)
	if err != nil {
		return p, err
	}
	next := made[0]
	var kept []Line
	var edges []lineage.Edge
	for _, l := range lines {
		if l.Ahead != Continues {
			continue
		}
		copied := Line{Sector: l.Sector, Words: l.Words, Product: l.Product, Time: l.Time, Frequency: l.Frequency, Origin: l.ID, Lead: now(l.Lead)}
		if !l.Due.IsZero() { // its day lies in the old term
			copied.Time = ""
		}
		for _, body := range l.With {
			if heir := now(body); heir != "" && heir != copied.Lead && !slices.Contains(copied.With, heir) {
				copied.With = append(copied.With, heir)
			}
		}
		kept = append(kept, copied)
	}
	if err := next.addLines(tx, by, kept, false); err != nil {
		return next, err
	}
	for _, l := range kept {
		for _, before := range lines {
			if before.ID == l.Origin {
				edges = append(edges, lineage.Edge{From: before.Node(), To: l.Node(), Verb: "tiếp tục bằng"})
			}
		}
	}
	if err := lineage.LinkAll(tx, edges); err != nil {
		return next, err
	}
	_, err = journal.Write(tx, by, "renewed", p.about(), journal.Details{"next": next.Label(), "lines": len(kept)})
	return next, err
}

// PlanReviewConference plans the conference that reviews the programme, with the programme's report among its items, so that its pack
// holds the report's words; the parties are invited.
func PlanReviewConference(tx *db.Tx, by access.Actor, id db.ID, on calendar.Date, place string) (conference.Conference, error) {
	p, err := keeping(tx, by, id)
	if err != nil {
		return conference.Conference{}, err
	}
	report, err := PaperOf(tx, by, id, RoleTerm, 0)
	if err != nil {
		return conference.Conference{}, err
	}
	parties, err := partiesOf(tx, id)
	if err != nil {
		return conference.Conference{}, err
	}
	n := conference.New{Type: "programme_review", Title: "Hội nghị tổng kết " + fold.Uncapital(p.Label()), HeldOn: on, Place: place}
	about := conference.Item{Subject: "Báo cáo tổng kết " + fold.Uncapital(p.Label()), AboutKind: "programme", AboutID: p.ID, AboutLabel: p.Label()}
	if report.ID != "" {
		about.AboutKind, about.AboutID, about.AboutLabel = "paper", report.ID, report.Label()
	}
	n.Items = []conference.Item{about, {Subject: "Ý kiến của các cơ quan"}, {Subject: "Nội dung phối hợp giai đoạn tới"}, {Subject: "Kết luận hội nghị"}}
	for _, party := range parties {
		if party.N > 0 && party.ValidTo.IsZero() {
			n.Invitees = append(n.Invitees, conference.Invitee{Body: party.Body, Who: "Đại diện lãnh đạo"})
		}
	}
	c, err := conference.Plan(tx, by, n)
	if err != nil {
		return c, err
	}
	return c, lineage.Link(tx, p.Node(), c.Node(), "tổng kết tại")
}
