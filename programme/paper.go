package programme

import (
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/paper"
)

// Role is which of its papers one is.
type Role string

// The papers of a programme.
const (
	RoleProgramme  Role = "programme"  // what is signed
	RolePlan       Role = "plan"       // of a year
	RoleAssessment Role = "evaluation" // of a year
	RoleTerm       Role = "term"       // the review of the whole term
)

// Roles in the order of a programme's life.
var Roles = []Role{RoleProgramme, RolePlan, RoleAssessment, RoleTerm}

// Name is the office's word.
func (r Role) Name() string {
	return map[Role]string{RoleProgramme: "Bản chương trình, quy chế", RolePlan: "Kế hoạch năm", RoleAssessment: "Báo cáo đánh giá năm", RoleTerm: "Báo cáo tổng kết"}[r]
}

// Yearly reports whether there is one for each year.
func (r Role) Yearly() bool { return r == RolePlan || r == RoleAssessment }

// Papers lists the papers of a programme that the actor may read, the latest of each role and year.
func Papers(tx *db.Tx, by access.Actor, id db.ID) (map[Role]map[int]paper.Paper, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	var rows []struct {
		Paper db.ID `db:"paper"`
		Role  Role  `db:"role"`
		Year  int   `db:"year"`
	}
	if err := tx.Select(&rows, "select paper, role, year from programme_paper where programme = ? order by at, paper", id); err != nil {
		return nil, err
	}
	ids := make([]db.ID, len(rows))
	for i, r := range rows {
		ids[i] = r.Paper
	}
	found, err := paper.Among(tx, by, ids)
	all := make(map[Role]map[int]paper.Paper)
	for _, r := range rows {
		at := slices.IndexFunc(found, func(p paper.Paper) bool { return p.ID == r.Paper })
		if at < 0 || found[at].State == paper.Withdrawn {
			continue
		}
		if all[r.Role] == nil {
			all[r.Role] = make(map[int]paper.Paper)
		}
		all[r.Role][r.Year] = found[at]
	}
	return all, err
}

// PaperOf is one of them; zero while it was not drafted.
func PaperOf(tx *db.Tx, by access.Actor, id db.ID, role Role, year int) (paper.Paper, error) {
	all, err := Papers(tx, by, id)
	return all[role][year], err
}

// Document is what a role's paper says as things stand now, in the layout of today.
func Document(tx *db.Tx, by access.Actor, id db.ID, role Role, year int) (official.Document, error) {
	c, err := compose(tx, by, id, role, year)
	if err != nil {
		return official.Document{}, err
	}
	symbol, on := c.document.BodySymbol, day(tx)
	d, err := paper.Unissued(tx, c.document, on)
	if err != nil {
		return d, err
	}
	d.Date, d.Marks.Draft = official.DayOf(on.Year(), int(on.Month()), 0), 1
	if len(d.Joint) > 0 { // two bodies together stand below nobody
		d.Superior, d.Issuer, d.BodySymbol = "", c.names[c.p.Body].Name, symbol
	}
	if len(d.Signers) == 0 {
		d.Signers = []official.Signer{{Title: "Trưởng ban"}}
	}
	return d, nil
}

var roleKinds = map[Role]paper.Kind{RolePlan: paper.KeHoach, RoleAssessment: paper.BaoCao, RoleTerm: paper.BaoCao}

// Draft makes a role's paper of what stands now; it goes the way of every paper from then on.
func Draft(tx *db.Tx, by access.Actor, id db.ID, role Role, year int, signer paper.Signature) (paper.Paper, error) {
	if err := by.May(access.DraftPaper, by.Body); err != nil {
		return paper.Paper{}, err
	}
	there, err := PaperOf(tx, by, id, role, year)
	if err != nil {
		return there, err
	}
	if there.ID != "" {
		return there, fault.Conflict("%s đã được soạn. Xin mở văn bản đó; muốn soạn lại thì rút bản cũ trước; bản đã phát hành thì thay thế ở trang của nó.", role.Name())
	}
	c, err := compose(tx, by, id, role, year)
	if err != nil {
		return there, err
	}
	if c.p.StateOn(day(tx)) == Drafted && role != RoleProgramme {
		return there, fault.Conflict("%s chưa ký nên chưa có %s.", c.p.Kind.Name(), map[Role]string{RolePlan: "kế hoạch", RoleAssessment: "đánh giá", RoleTerm: "tổng kết"}[role])
	}
	kind := roleKinds[role]
	if role == RoleProgramme {
		if kind = paper.ChuongTrinh; c.p.Kind == Regulation {
			kind = paper.QuyChe
		}
	}
	var to []db.ID
	for _, party := range c.parties {
		if party.N > 0 {
			to = append(to, party.Body)
		}
	}
	p, err := paper.Draft(tx, by, paper.New{Body: c.p.Body, Kind: kind, Content: c.document, Origin: paper.Origin{Kind: "programme", ID: c.p.ID}, To: to, Signer: signer})
	if err != nil {
		return p, err
	}
	if _, err := tx.Exec("insert into programme_paper (paper, programme, role, year, at) values (?, ?, ?, ?, ?)", p.ID, c.p.ID, string(role), year, tx.Now()); err != nil {
		return p, err
	}
	to1 := lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}
	edges := []lineage.Edge{{From: c.p.Node(), To: to1, Verb: "soạn từ"}}
	for _, e := range c.used {
		edges = append(edges, lineage.Edge{From: e, To: to1, Verb: "ghi trong"})
	}
	if err := lineage.LinkAll(tx, edges); err != nil {
		return p, err
	}
	_, err = journal.Write(tx, by, "paper_drafted", c.p.about(), journal.Details{"paper": role.Name(), "year": yearOr(year)})
	return p, err
}

func yearOr(year int) string {
	if year == 0 {
		return ""
	}
	return fmt.Sprint(year)
}

// wrote finds the programme that wrote a paper, and as which.
func wrote(tx *db.Tx, by access.Actor, p paper.Paper) (one Programme, role Role, year int, err error) {
	var rows []struct {
		Programme db.ID `db:"programme"`
		Role      Role  `db:"role"`
		Year      int   `db:"year"`
	}
	if err = tx.Select(&rows, "select programme, role, year from programme_paper where paper = ?", p.ID); err != nil {
		return one, "", 0, err
	}
	if len(rows) == 0 {
		return one, "", 0, fault.Missing("Văn bản này không phải của một chương trình, quy chế phối hợp.")
	}
	one, err = Find(tx, by, rows[0].Programme)
	return one, rows[0].Role, rows[0].Year, err
}

// Ahead tells what the release of a paper will set in motion: a plan gives its lines that have a day, a lead and a product as tasks.
func Ahead(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Ahead, error) {
	one, role, year, err := wrote(tx, by, p)
	if err != nil || role != RolePlan {
		return paper.Ahead{}, err
	}
	planned, err := Plan(tx, by, one.ID, year)
	var ahead paper.Ahead
	for _, l := range planned {
		if l.becomesTask() {
			ahead.Tasks++
		}
	}
	return ahead, err
}

// Sign signs a paper of a programme. On the programme itself the signatures of the other parties stand beside the commission's, as
// they were noted; it is signed last.
func Sign(tx *db.Tx, by access.Actor, p paper.Paper, s paper.Signature) (paper.Paper, error) {
	one, role, _, err := wrote(tx, by, p)
	if err != nil {
		return p, err
	}
	if role != RoleProgramme {
		return paper.Sign(tx, by, p.ID, s)
	}
	parties, err := partiesOf(tx, one.ID)
	if err != nil {
		return p, err
	}
	s.Beside = nil
	for _, party := range parties {
		if party.N == 0 || len(parties) > mostJoint {
			continue
		}
		if party.SignedOn.IsZero() {
			return p, fault.Conflict("Chưa ghi chữ ký của mọi cơ quan cùng ký; ghi ở trang của %s rồi ký.", one.Kind.Name())
		}
		s.Beside = append(s.Beside, official.Signer{Title: party.Title, Name: party.Signer})
	}
	p, err = paper.Sign(tx, by, p.ID, s)
	if err != nil {
		return p, err
	}
	_, err = tx.Exec(`
update programme_party
set signer = ?, title = ?, signed_on = ?, noted_at = ?, noted_by = ?
where programme = ? and n = 0 and signed_on is null`, p.Signer, p.Title, day(tx), tx.Now(), by.Name, one.ID)
	return p, err
}

// Release sends a paper of a programme out; a plan puts its lines on the desks. The signed plan assigns, not the clerk.
func Release(tx *db.Tx, by access.Actor, p paper.Paper) (paper.Paper, error) {
	one, role, year, err := wrote(tx, by, p)
	if err != nil {
		return p, err
	}
	if p, err = paper.Release(tx, by, p.ID); err != nil {
		return p, err
	}
	switch role {
	case RoleProgramme:
		_, err = tx.Exec("update programme set symbol = ? where id = ? and symbol = ''", p.Symbol, one.ID)
		return p, err
	case RolePlan:
	default:
		return p, nil
	}
	plan := access.System(p.Label())
	planned, err := Plan(tx, plan, one.ID, year)
	if err != nil {
		return p, err
	}
	for _, l := range planned {
		if !l.becomesTask() {
			continue
		}
		t, err := give(tx, plan, one, l.Line, l.On, p.ID)
		if err != nil {
			return p, err
		}
		if err := lineage.Link(tx, lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}, t.Node(), t.Mode.Name()); err != nil {
			return p, err
		}
	}
	return p, nil
}

// Planned is a line as a year's plan has it.
type Planned struct {
	Line
	On      calendar.Date // the day in this year, zero while nobody said it
	LeftOut bool
	Reason  string // why it is left out, or carried into the year
	Tasks   int    // given in this year already
	Past    bool   // its day is over, so that nobody can be asked any more
}

// becomesTask reports whether the release of the plan makes a task of it.
func (l Planned) becomesTask() bool {
	return !l.LeftOut && l.Tasks == 0 && !l.On.IsZero() && !l.Past && l.lacks() == "" && l.EndedAt == 0
}

// BecomesTask is becomesTask for a page, with what is still lacking.
func (l Planned) BecomesTask() (bool, string) {
	switch {
	case l.lacks() != "":
	case l.On.IsZero():
		return false, "ngày"
	case l.Past:
		return false, "ngày còn ở phía trước"
	}
	return l.becomesTask(), l.lacks()
}

// Plan is what a year's plan takes from the lines: those that recur, those whose day falls in the year, and those that a person has
// given a day in it.
func Plan(tx *db.Tx, by access.Actor, id db.ID, year int) ([]Planned, error) {
	lines, err := Lines(tx, by, id)
	if err != nil {
		return nil, err
	}
	table, err := ProgressOf(tx, by, id)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Line    db.ID         `db:"line"`
		Due     calendar.Date `db:"due"`
		LeftOut bool          `db:"left_out"`
		Reason  string        `db:"reason"`
	}
	if err := tx.Select(&rows, `
select y.line, y.due, y.left_out, y.reason
from programme_line l
join programme_year y on y.line = l.id and y.year = ?
where l.programme = ?`, year, id); err != nil {
		return nil, err
	}
	said := make(map[db.ID]int, len(rows))
	for i, r := range rows {
		said[r.Line] = i
	}
	var all []Planned
	for _, l := range lines {
		one := Planned{Line: l, Tasks: table.At(l.ID, year).Tasks}
		if l.Due.Year() == year && !l.Due.IsZero() {
			one.On = l.Due
		}
		i, ok := said[l.ID]
		if ok {
			one.LeftOut, one.Reason = rows[i].LeftOut, rows[i].Reason
			if !rows[i].Due.IsZero() {
				one.On = rows[i].Due
			}
		}
		one.Past = !one.On.IsZero() && one.On.Before(day(tx))
		if ok || l.Due.IsZero() || l.Due.Year() == year || one.Tasks > 0 {
			if l.EndedAt == 0 || one.Tasks > 0 {
				all = append(all, one)
			}
		}
	}
	return all, nil
}

// PlanLine is what a person says of a line in a year's plan.
type PlanLine struct {
	Line    db.ID
	On      calendar.Date
	LeftOut bool
	Reason  string
}

// SetPlan keeps what a person said of the lines of a year: the day each is due, or that it is left out, with why.
func SetPlan(tx *db.Tx, by access.Actor, id db.ID, year int, all []PlanLine) error {
	p, err := keeping(tx, by, id)
	if err != nil {
		return err
	}
	lines, err := linesOf(tx, p.ID)
	if err != nil {
		return err
	}
	from, to := yearSpan(year)
	if from.Year() < p.From.Year() || !p.To.IsZero() && year > p.To.Year() {
		return fault.Invalid("year", "Năm %d không thuộc thời hạn của chương trình.", year)
	}
	if there, err := PaperOf(tx, by, id, RolePlan, year); err != nil {
		return err
	} else if there.ID != "" && there.State != paper.Drafted {
		return fault.Conflict("Kế hoạch %s đã ký; việc mới thì giao từ trang của nội dung.", yearSaid(year))
	}
	var wrong fault.List
	for _, one := range all {
		field := "on-" + string(one.Line)
		at := slices.IndexFunc(lines, func(l Line) bool { return l.ID == one.Line })
		switch {
		case at < 0:
			return fault.Missing("Một nội dung không có trong chương trình này.")
		case !one.On.IsZero() && (one.On.Before(from) || one.On.After(to)):
			wrong.Add(field, "Ngày phải trong %s.", yearSaid(year))
		case one.LeftOut && one.Reason == "":
			wrong.Add("reason-"+string(one.Line), "Cần lý do để ngoài kế hoạch.")
		case len(one.Reason) > 1000:
			wrong.Add("reason-"+string(one.Line), "Lý do dài quá 1.000 chữ.")
		}
		if err := official.RefuseSecret(one.Reason); err != nil {
			return err
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	for _, one := range all {
		if _, err := tx.Exec(`
insert into programme_year (line, year, due, left_out, reason, at, by_name)
values (?, ?, ?, ?, ?, ?, ?)
on conflict (line, year) do update
set due = excluded.due, left_out = excluded.left_out, reason = excluded.reason, at = excluded.at, by_name = excluded.by_name`,
			one.Line, year, one.On, one.LeftOut, one.Reason, tx.Now(), by.Name); err != nil {
			return err
		}
	}
	_, err = journal.Write(tx, by, "planned", p.about(), journal.Details{"year": year, "lines": len(all)})
	return err
}
