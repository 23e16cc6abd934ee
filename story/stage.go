package story

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/people"
	"giaoban/report"
	"giaoban/review"
	"giaoban/sample"
)

// stage is where a story is played.
type stage struct {
	plot
	bodies     map[string]org.Body
	actors     map[string]access.Actor // by how they sign in
	conference db.ID
	programme  db.ID
	renewal    db.ID
	review     db.ID // the paper that looks back on the programme
	told       []string
}

// How the people of the commission sign in, in every story.
const (
	head    = "truongban"
	deputy  = "photruongban"
	officer = "khoagiao"
	clerk   = "vanthu"
)

func (s *stage) officer() access.Actor { return s.actors[officer] }
func (s *stage) clerk() access.Actor   { return s.actors[clerk] }

// focal and leads are the two people of a body outside the commission.
func (s *stage) focal(code string) access.Actor { return s.actors[loginOf(code)] }
func (s *stage) leads(code string) access.Actor { return s.actors["lanhdao."+loginOf(code)] }

// tell notes a line about what is happening.
func (s *stage) tell(format string, args ...any) {
	s.told = append(s.told, fmt.Sprintf(format, args...))
}

func (s *stage) act(at, name string, do func(tx *db.Tx) error) act { return act{hour(at), name, do} }

// acts are what happens, in its order.
func (s *stage) acts() []act {
	all := []act{s.act(s.begin, "Lập danh bạ, sổ văn bản, chế độ báo cáo", s.found)}
	for _, d := range s.documents {
		if d.entered != "" {
			name := "Vào sổ " + strings.TrimSpace(d.Type+" "+d.Symbol)
			all = append(all, s.act(d.entered, name, func(tx *db.Tx) error { return s.enter(tx, d.New) }))
		}
	}
	if s.reviews.year != 0 {
		all = append(all, s.act(s.reviews.assigned, "Phân công sơ kết, tổng kết", s.assignReviews),
			s.act(s.reviews.listed, "Trình danh mục sơ kết, tổng kết", s.listReviews))
	}
	if s.cooperation.term != "" {
		return sorted(append(all, s.programmeActs()...))
	}
	for _, r := range s.before {
		all = append(all, s.reporting(r)...)
	}
	all = append(all, s.reporting(s.reports)...)
	all = append(append(all, s.consolidating()...), s.meetingActs()...)
	return sorted(all)
}

// found enters settings, bodies and people, the documents that are there already, and the regimes.
func (s *stage) found(tx *db.Tx) error {
	admin := access.System("lập tỉnh mẫu")
	for _, setting := range [][2]string{{org.Province, s.province}, {org.Superior, s.superior}, {org.Banner, sample.Mark}} {
		if err := org.Set(tx, admin, setting[0], setting[1]); err != nil {
			return err
		}
	}
	for i, b := range s.plot.bodies {
		if err := s.enterBody(tx, admin, i+1, b); err != nil {
			return err
		}
	}
	if err := org.EnterReference(tx, admin); err != nil {
		return err
	}
	if err := s.meet(tx, admin); err != nil {
		return err
	}
	for _, d := range s.documents {
		if d.entered == "" {
			if err := s.enter(tx, d.New); err != nil {
				return err
			}
		}
	}
	seen := map[string]bool{}
	for _, r := range append(s.before[:len(s.before):len(s.before)], s.reports) {
		if seen[r.regime.code] || r.regime.code == "" {
			continue
		}
		seen[r.regime.code] = true
		if err := s.beginRegime(tx, r); err != nil {
			return err
		}
	}
	s.tell("%s: %d cơ quan; %d văn bản chỉ đạo; %d chế độ báo cáo. Mọi nhân vật là giả định.",
		s.province, len(s.plot.bodies), len(s.documents), len(seen))
	return nil
}

// meet finds the bodies that come along with the program and send a guest.
func (s *stage) meet(tx *db.Tx, admin access.Actor) error {
	for _, g := range s.meeting.guests {
		if _, known := s.bodies[g.body]; known {
			continue
		}
		b, err := org.ByCode(tx, admin, g.body, calendar.OfInstant(tx.Clock()))
		if err != nil {
			return err
		}
		s.bodies[g.body] = b
	}
	return nil
}

func (s *stage) enterBody(tx *db.Tx, admin access.Actor, sort int, b body) error {
	b.Sort, b.ValidFrom = sort, date("2000-01-01")
	if b.Kind == org.OwnUnit {
		b.Parent = s.bodies[s.plot.bodies[0].Code].ID
	}
	if b.sector != "" {
		b.Sectors = []string{b.sector}
	}
	made, err := org.Create(tx, admin, b.New)
	if err != nil {
		return err
	}
	s.bodies[b.Code] = made
	for _, one := range b.people {
		who, err := people.AddPerson(tx, admin, one.name, "")
		if err != nil {
			return err
		}
		from := date("2018-01-02")
		if _, err := people.AddPost(tx, admin, who, made.ID, one.title, one.role, one.signs, from, b.ValidTo); err != nil {
			return err
		}
		if _, err := people.AddAccount(tx, admin, who, one.login, ""); err != nil {
			return err
		}
		s.actors[one.login] = access.Actor{Person: who, Name: one.name, Role: one.role, Body: made.ID, BodyCode: made.Code}
	}
	return nil
}

// enter puts a document into the register; its reviews follow.
func (s *stage) enter(tx *db.Tx, n directive.New) error {
	d, err := directive.Record(tx, s.clerk(), n)
	if err != nil {
		return err
	}
	s.tell("%s.", d.Label())
	return review.Follow(tx, s.clerk(), d)
}

// documentOf finds a document of the story by its symbol.
func (s *stage) documentOf(tx *db.Tx, symbol string) (directive.Directive, error) {
	found, _, err := directive.List(tx, s.officer(), directive.Filter{Text: symbol})
	if err != nil {
		return directive.Directive{}, err
	}
	for _, d := range found {
		if d.Symbol == symbol {
			return d, nil
		}
	}
	return directive.Directive{}, fmt.Errorf("story: no document %s", symbol)
}

// beginRegime sets a regime up with an outline of words alone: no page of these stories tells figures.
func (s *stage) beginRegime(tx *db.Tx, first round) error {
	r := first.regime
	made, err := report.CreateRegime(tx, s.officer(), report.NewRegime{Code: r.code, Name: r.name, Kind: r.kind,
		Content: r.content, Receiver: s.bodies[s.plot.bodies[0].Code].ID, Cutoff: r.cutoff, WorkingDays: 2, Basis: r.basis,
		Channel: "Gửi trong chương trình; bản ký số hoặc bản giấy gửi Văn phòng Ban"})
	if err != nil {
		return err
	}
	o := report.Outline{Sectors: []report.Sector{{Code: own, Name: "Công tác tham mưu, phối hợp"}}}
	for _, b := range s.plot.bodies {
		if b.sector != "" {
			o.Sectors = append(o.Sectors, report.Sector{Code: b.sector, Name: sectorName(b.sector)})
		}
	}
	for _, code := range []string{report.SectionResults, report.SectionShortcomings, report.SectionNextTasks} {
		o.Sections = append(o.Sections, report.Section{Code: code, Name: report.SectionName(code)})
	}
	if _, err := report.SaveForm(tx, s.officer(), made.ID, o, 0); err != nil {
		return err
	}
	for _, b := range s.plot.bodies {
		if b.sector == "" {
			continue
		}
		one, scope := []db.ID{s.bodies[b.Code].ID}, report.ScopeOf(b.sector)
		if err := report.AssignScope(tx, s.officer(), made.ID, one, scope, date(r.from), r.basis); err != nil {
			return err
		}
	}
	return report.Activate(tx, s.officer(), made.ID, first.of())
}

// own is the field in which the commission writes of itself; no body reports on it.
const own = "TM"

func sectorName(code string) string {
	for _, s := range org.AllSectors {
		if s.Code == code {
			return s.Name
		}
	}
	return code
}

// assignReviews says who leads the reviews of the year; the section of the commission follows them.
func (s *stage) assignReviews(tx *db.Tx) error {
	all, err := review.DueIn(tx, s.officer(), s.reviews.year)
	if err != nil {
		return err
	}
	for _, r := range all {
		lead, ok := s.bodies[s.reviews.leads[r.Symbol]]
		if !ok {
			continue
		}
		who := review.Assignment{Lead: lead.ID, Unit: s.bodies[section].ID}
		if err := review.Assign(tx, s.officer(), r.ID, r.Version, who); err != nil {
			return err
		}
		s.tell("%s: %s chủ trì.", r.Label(), lead.ShortName)
	}
	return nil
}

func (s *stage) listReviews(tx *db.Tx) error {
	laid, err := review.ListYear(tx, s.officer(), s.reviews.year)
	if err == nil {
		s.tell("%d cuộc sơ kết, tổng kết năm %d chờ Trưởng ban duyệt.", laid, s.reviews.year)
	}
	return err
}
