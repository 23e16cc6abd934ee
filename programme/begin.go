package programme

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
)

// New is what a programme is begun with.
type New struct {
	Kind       Kind
	Subject    string          // "": made from parties and term
	Term       calendar.Period // a term or a year
	From, To   calendar.Date   // of a regulation; a programme has those of its term
	Bases      string
	Frame      string
	Parties    []db.ID // beside the commission, in the order of the khối
	Apart      bool    // every party gets a programme of its own on the same frame
	Lines      string  // as typed, see Typed
	Duties     string  // as typed, see readDuties
	Conference db.ID   // the ceremony
	Directive  db.ID   // the decision that issued it
	Renews     db.ID
	Imported   bool
	Symbol     string
}

// mostParties and mostWords bound what one programme holds.
const (
	mostParties = 500
	mostLines   = 600
	mostWords   = 20000
)

// Begin enters a programme, or, Apart, one for every party: a ceremony signs several on one frame. Nothing is in force
// before its parties have signed.
func Begin(tx *db.Tx, by access.Actor, n New) ([]Programme, error) {
	commission, err := org.TheCommission(tx, day(tx))
	if err != nil {
		return nil, err
	}
	if err := by.May(access.KeepProgramme, commission.ID); err != nil {
		return nil, err
	}
	names, err := n.check(tx, by, commission)
	if err != nil {
		return nil, err
	}
	groups := [][]db.ID{n.Parties}
	if n.Apart {
		groups = nil
		for _, body := range n.Parties {
			groups = append(groups, []db.ID{body})
		}
	}
	subject := n.Subject
	var made []Programme
	for _, parties := range groups {
		switch n.Subject = subject; {
		case subject == "":
			n.Subject = subjectOf(n, commission, parties, names)
		case n.Apart: // what was typed stays, with whom it is signed
			n.Subject = subject + ", với " + names[parties[0]].Name
		}
		p, err := n.begin(tx, by, commission, parties)
		if err != nil {
			return nil, err
		}
		made = append(made, p)
	}
	return made, nil
}

// check mends and judges what was typed, everything at once.
func (n *New) check(tx *db.Tx, by access.Actor, commission org.Body) (map[db.ID]org.Body, error) {
	var wrong fault.List
	if n.Kind != OfWork && n.Kind != Regulation {
		wrong.Add("kind", "Hãy chọn chương trình hay quy chế.")
	}
	n.Subject, n.Symbol = fold.Tidy(n.Subject), fold.Tidy(n.Symbol)
	n.Bases, n.Frame = tidyLines(n.Bases), tidyLines(n.Frame)
	if len(n.Subject) > 1000 || len(n.Bases) > mostWords || len(n.Frame) > mostWords || len(n.Symbol) > 80 {
		wrong.Add("frame", "Lời văn dài quá; phần chung nhiều nhất %d chữ.", mostWords)
	}
	switch {
	case !n.Term.IsZero():
		if k := n.Term.Kind(); k != calendar.Term && k != calendar.Year {
			wrong.Add("term", "Thời hạn là một giai đoạn hoặc một năm; hãy viết như 2022..2025.")
		}
		n.From, n.To = n.Term.First(), n.Term.Last()
	case n.Kind == OfWork:
		wrong.Add("term", "Cần thời hạn của chương trình; hãy viết như 2022..2025.")
	case n.From.IsZero():
		wrong.Add("from", "Cần ngày quy chế bắt đầu có hiệu lực.")
	case !n.To.IsZero() && n.To.Before(n.From):
		wrong.Add("to", "Ngày hết hiệu lực phải sau ngày bắt đầu (%s).", n.From.Vietnamese())
	}
	names, err := org.Names(tx, n.From)
	if err != nil {
		return nil, err
	}
	seen := map[db.ID]bool{commission.ID: true}
	n.Parties = slices.DeleteFunc(n.Parties, func(id db.ID) bool {
		again := seen[id] || names[id].ID == "" && id == ""
		seen[id] = true
		return again
	})
	switch {
	case len(n.Parties) == 0:
		wrong.Add("parties", "Hãy chọn ít nhất một cơ quan cùng ký với Ban.")
	case len(n.Parties) > mostParties:
		wrong.Add("parties", "Nhiều nhất %d cơ quan.", mostParties)
	}
	for _, id := range n.Parties {
		switch b := names[id]; {
		case b.ID == "":
			wrong.Add("parties", "Một cơ quan đã chọn không có trong danh bạ.")
		case b.Kind == org.OwnUnit:
			wrong.Add("parties", "%s là đơn vị của Ban, không ký với Ban.", b.Name)
		}
	}
	slices.SortStableFunc(n.Parties, func(a, b db.ID) int { return names[a].Sort - names[b].Sort })
	if n.Conference != "" {
		if _, err := conference.Find(tx, by, n.Conference); err != nil {
			return nil, wrongChoice(&wrong, "conference", err)
		}
	}
	if n.Directive != "" {
		if _, err := directive.Find(tx, by, n.Directive); err != nil {
			return nil, wrongChoice(&wrong, "directive", err)
		}
	}
	if err := official.RefuseSecret(n.Subject, n.Bases, n.Frame, n.Lines, n.Duties, n.Symbol); err != nil {
		return nil, err
	}
	return names, wrong.Err()
}

// wrongChoice says that a chosen record is not there as a problem of its field; other errors stay what they are.
func wrongChoice(wrong *fault.List, field string, err error) error {
	if !fault.Is(err, fault.KindMissing) {
		return err
	}
	wrong.Add(field, "%s", fault.Of(err).Problems[0].Sentence)
	return wrong.Err()
}

// subjectOf is "phối hợp công tác khoa giáo giữa Ban Tuyên giáo Tỉnh ủy với Sở Y tế, giai đoạn 2022 - 2025".
func subjectOf(n New, commission org.Body, parties []db.ID, names map[db.ID]org.Body) string {
	with := "các cơ quan khối Khoa giáo"
	if len(parties) <= 3 {
		var all []string
		for _, id := range parties {
			all = append(all, names[id].Name)
		}
		with = joined(all)
	}
	subject := fmt.Sprintf("phối hợp công tác khoa giáo giữa %s với %s", commission.Name, with)
	if !n.Term.IsZero() {
		subject += ", " + n.Term.Name()
	}
	return subject
}

// joined is "A, B và C".
func joined(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + " và " + all[len(all)-1]
}

func (n New) begin(tx *db.Tx, by access.Actor, commission org.Body, parties []db.ID) (Programme, error) {
	p := Programme{ID: tx.NewID(), Body: commission.ID, Kind: n.Kind, Subject: n.Subject, Term: n.Term, From: n.From, To: n.To, Bases: n.Bases,
		Frame: n.Frame, Symbol: n.Symbol, Conference: n.Conference, Directive: n.Directive, Renews: n.Renews, Imported: n.Imported,
		Version: 1, MadeAt: tx.Now(), MadeBy: by.Name, Parties: len(parties) + 1}
	if _, err := tx.Exec(`
insert into programme (id, org, kind, subject, term, from_day, to_day, bases, frame, symbol, conference, directive, renews, imported,
	ended_on, end_reason, version, made_at, made_by)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, '', 1, ?, ?)`, p.ID, p.Body, string(p.Kind), p.Subject, p.Term.String(), p.From, p.To,
		p.Bases, p.Frame, p.Symbol, p.Conference, p.Directive, p.Renews, p.Imported, p.MadeAt, p.MadeBy); err != nil {
		return p, err
	}
	for i, body := range append([]db.ID{commission.ID}, parties...) {
		if err := p.insertParty(tx, i, body, p.From, ""); err != nil {
			return p, err
		}
	}
	lines, err := readLines(tx, by, n.Lines, p)
	if err != nil {
		return p, err
	}
	if err := p.addLines(tx, by, lines, n.Apart); err != nil {
		return p, err
	}
	if err := p.addDuties(tx, readDuties(n.Duties)); err != nil {
		return p, err
	}
	if err := directive.MentionAll(tx, by, []directive.Text{{Source: p.Node(), Field: "căn cứ", Text: p.Bases}, {Source: p.Node(), Field: "phần chung", Text: p.Frame}}); err != nil {
		return p, err
	}
	if err := p.link(tx, by); err != nil {
		return p, err
	}
	_, err = journal.Write(tx, by, "begun", p.about(), journal.Details{"subject": p.Subject, "parties": len(parties), "lines": len(lines)})
	return p, err
}

// link leads to the programme from the ceremony, from the decision and from the term before.
func (p Programme) link(tx *db.Tx, by access.Actor) error {
	var edges []lineage.Edge
	if p.Conference != "" {
		c, err := conference.Find(tx, by, p.Conference)
		if err != nil {
			return err
		}
		edges = append(edges, lineage.Edge{From: c.Node(), To: p.Node(), Verb: "ký kết tại"})
	}
	if p.Directive != "" {
		d, err := directive.Find(tx, by, p.Directive)
		if err != nil {
			return err
		}
		edges = append(edges, lineage.Edge{From: d.Node(), To: p.Node(), Verb: "ban hành theo"})
	}
	if p.Renews != "" {
		before, err := Find(tx, by, p.Renews)
		if err != nil {
			return err
		}
		edges = append(edges, lineage.Edge{From: before.Node(), To: p.Node(), Verb: "nối tiếp"})
	}
	return lineage.LinkAll(tx, edges)
}

// tidyLines is a text of many lines without empty ones, each tidied.
func tidyLines(text string) string {
	var lines []string
	for line := range strings.Lines(fold.Clean(text)) {
		if line = fold.Tidy(strings.TrimLeft(strings.TrimSpace(line), "-–•+ ")); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// Revise changes subject, bases and frame while nobody has signed.
func Revise(tx *db.Tx, by access.Actor, id db.ID, version int64, subject, bases, frame string) error {
	p, err := keeping(tx, by, id)
	if err != nil {
		return err
	}
	if err := p.drafting(); err != nil {
		return err
	}
	subject, bases, frame = fold.Tidy(subject), tidyLines(bases), tidyLines(frame)
	if err := official.RefuseSecret(subject, bases, frame); err != nil {
		return err
	}
	var wrong fault.List
	if subject == "" || len(subject) > 1000 {
		wrong.Add("subject", "Cần trích yếu, không quá 1.000 chữ.")
	}
	if len(bases) > mostWords || len(frame) > mostWords {
		wrong.Add("frame", "Lời văn dài quá; mỗi phần nhiều nhất %d chữ.", mostWords)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := p.changed(tx, version); err != nil {
		return err
	}
	if _, err := tx.Exec("update programme set subject = ?, bases = ?, frame = ? where id = ?", subject, bases, frame, p.ID); err != nil {
		return err
	}
	p.Subject, p.Bases, p.Frame = subject, bases, frame
	if err := directive.MentionAll(tx, by, []directive.Text{{Source: p.Node(), Field: "căn cứ", Text: bases}, {Source: p.Node(), Field: "phần chung", Text: frame}}); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "revised", p.about(), journal.Details{"subject": subject})
	return err
}

// End ends a programme before its term does, or a regulation that another takes the place of.
func End(tx *db.Tx, by access.Actor, id db.ID, on calendar.Date, reason string) error {
	p, err := keeping(tx, by, id)
	if err != nil {
		return err
	}
	reason = fold.Tidy(reason)
	var wrong fault.List
	if reason == "" || len(reason) > 2000 {
		wrong.Add("reason", "Cần lý do kết thúc, không quá 2.000 chữ.")
	}
	wrong.AddError("on", calendar.Happened("Ngày kết thúc", on, day(tx)))
	if on.IsZero() {
		wrong.Add("on", "Cần ngày kết thúc.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(reason); err != nil {
		return err
	}
	if !p.EndedOn.IsZero() {
		return fault.Conflict("%s đã kết thúc ngày %s.", p.Kind.Name(), p.EndedOn.Vietnamese())
	}
	if _, err := tx.Exec("update programme set ended_on = ?, end_reason = ?, version = version + 1 where id = ?", on, reason, p.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "ended", p.about(), journal.Details{"on": on.String(), "reason": reason})
	return err
}
