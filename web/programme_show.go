package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/appraisal"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/programme"
)

// programmePage is a programme: who agreed, then and now, what its lines have come to, and what may be done.
type programmePage struct {
	programme.Programme
	Badge      badge
	Parties    []partyLine
	Years      []int
	Sectors    []programmeSector
	Duties     []programme.Duty
	Papers     []programmePaper
	Files      []library.Use
	Conference *conference.Conference
	Before     *programme.Programme
	Next       []programme.Programme
	Lineage    string
	Activity   []journalRow
	MayKeep    bool
	Drafting   bool
	Count      string
	Bodies     []option // that may join
	Kinds      []option // of the periods of a regime
	Typed      map[string]string
	Failed     string
}

// partyLine is a party as it was called when it agreed, and who stands in its place now.
type partyLine struct {
	programme.Party
	Name     string
	Stands   []standLine
	Expected programme.Signed
}

type standLine struct {
	programme.Stand
	Name string
}

// programmeSector is a sector's lines with a mark for each year.
type programmeSector struct {
	Name  string
	Lines []programmeLine
}

type programmeLine struct {
	programme.Line
	LeadName string
	With     []string
	Marks    []yearMark
	Told     string // what the marks derive from
}

type yearMark struct {
	Year int
	badge
	Waiting int
}

// programmePaper is one of its papers, drafted or not.
type programmePaper struct {
	Role  programme.Role
	Year  int
	Paper paper.Paper
	Badge badge
	File  string // the name under which it is downloaded, without its ending
}

var markClass = map[programme.Mark]string{programme.MarkDone: "accepted", programme.MarkGoing: "on-time", programme.MarkNone: "nil"}

func markBadge(p programme.Progress) badge {
	if p.Late > 0 {
		return badge{"late", "quá hạn " + strconv.Itoa(p.Late)}
	}
	return badge{markClass[p.State()], p.State().Name()}
}

func (s *site) showProgramme(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := programmeOf(tx, by, db.ID(r.PathValue("programme")), r, "")
	return Reply{Page: "programme/show", Data: p}, err
}

// programmeOf gathers the page; form is the one that was refused, "" for none.
func programmeOf(tx *db.Tx, by access.Actor, id db.ID, r *http.Request, form string) (*programmePage, error) {
	one, err := programme.Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	p := &programmePage{Programme: one, Badge: programmeBadge(one, today), Years: one.Years(today), MayKeep: by.Can(access.KeepProgramme, one.Body),
		Typed: typedIn(r, form), Failed: form}
	p.Drafting = p.MayKeep && one.Signed == 0 && !one.Imported
	if form != "phan-chung" {
		p.Typed["phan-chung-subject"], p.Typed["phan-chung-bases"], p.Typed["phan-chung-frame"] = one.Subject, one.Bases, one.Frame
	}
	then, err := org.Names(tx, one.From)
	if err != nil {
		return nil, err
	}
	now, err := org.Names(tx, today)
	if err != nil {
		return nil, err
	}
	lines, err := programme.Lines(tx, by, id)
	if err != nil {
		return nil, err
	}
	table, err := programme.ProgressOf(tx, by, id)
	if err != nil {
		return nil, err
	}
	p.Sectors = programmeSectors(lines, table, p.Years, then)
	live := slices.DeleteFunc(slices.Clone(lines), func(l programme.Line) bool { return l.EndedAt != 0 })
	p.Count = programme.Counted(live, func(l programme.Line) programme.Mark { return table.Over(l.ID).State() }).Said()
	if err := p.parties(tx, by, lines, then, now, today); err != nil {
		return nil, err
	}
	if p.Duties, err = programme.Duties(tx, by, id); err != nil {
		return nil, err
	}
	if p.Papers, err = programmePapers(tx, by, one, p.Years); err != nil {
		return nil, err
	}
	if p.Files, err = library.Attached(tx, by, "programme", id); err != nil {
		return nil, err
	}
	if err := p.neighbours(tx, by); err != nil {
		return nil, err
	}
	if by.Can(access.ReadLineage, by.Body) {
		p.Lineage = lineageURL(one.Node())
	}
	if p.Activity, err = activityOf(tx, by, "programme", id, 20); err != nil {
		return nil, err
	}
	return p, p.choices(tx, by, now)
}

func (p *programmePage) choices(tx *db.Tx, by access.Actor, now map[db.ID]org.Body) error {
	if !p.MayKeep {
		return nil
	}
	for _, k := range []calendar.Kind{calendar.Month, calendar.Quarter, calendar.Half, calendar.NineMonths, calendar.Year} {
		p.Kinds = append(p.Kinds, option{Value: k.String(), Text: k.Name()})
	}
	bodies, err := org.At(tx, by, calendar.OfInstant(tx.Clock()))
	for _, b := range bodies {
		in := slices.ContainsFunc(p.Parties, func(l partyLine) bool { return l.Body == b.ID })
		if !in && b.Kind != org.OwnUnit && b.Kind != org.Commission {
			p.Bodies = append(p.Bodies, option{Value: string(b.ID), Text: b.Name})
		}
	}
	return err
}

func (p *programmePage) parties(tx *db.Tx, by access.Actor, lines []programme.Line, then, now map[db.ID]org.Body, today calendar.Date) error {
	all, err := programme.Parties(tx, by, p.ID)
	if err != nil {
		return err
	}
	stands, err := programme.Stands(tx, by, all, lines, today)
	if err != nil {
		return err
	}
	expected := map[db.ID]programme.Signed{}
	if p.MayKeep {
		if expected, err = programme.Expected(tx, by, all); err != nil {
			return err
		}
	}
	for _, one := range all {
		l := partyLine{Party: one, Name: then[one.Body].Name, Expected: expected[one.Body]}
		for _, s := range stands[one.Body] {
			l.Stands = append(l.Stands, standLine{s, now[s.Body].Name})
		}
		p.Parties = append(p.Parties, l)
	}
	return nil
}

func (p *programmePage) neighbours(tx *db.Tx, by access.Actor) error {
	if p.Programme.Conference != "" {
		c, err := conference.Find(tx, by, p.Programme.Conference)
		if err == nil {
			p.Conference = &c
		} else if !fault.Is(err, fault.KindMissing) && !fault.Is(err, fault.KindForbidden) {
			return err
		}
	}
	if p.Renews != "" {
		before, err := programme.Find(tx, by, p.Renews)
		if err == nil {
			p.Before = &before
		} else if !fault.Is(err, fault.KindMissing) {
			return err
		}
	}
	var err error
	p.Next, err = programme.RenewedBy(tx, by, p.ID)
	return err
}

func programmeSectors(lines []programme.Line, table programme.Table, years []int, names map[db.ID]org.Body) (all []programmeSector) {
	for _, l := range lines {
		row := programmeLine{Line: l, LeadName: names[l.Lead].ShortName}
		for _, body := range l.With {
			row.With = append(row.With, names[body].ShortName)
		}
		for _, year := range years {
			at := table.At(l.ID, year)
			row.Marks = append(row.Marks, yearMark{year, markBadge(at), at.Waiting})
		}
		if n := len(all); n == 0 || all[n-1].Name != l.SectorName() {
			all = append(all, programmeSector{Name: l.SectorName()})
		}
		last := &all[len(all)-1]
		last.Lines = append(last.Lines, row)
	}
	return all
}

// programmePapers are the papers of a programme: each role, for each year where it is yearly.
func programmePapers(tx *db.Tx, by access.Actor, p programme.Programme, years []int) (all []programmePaper, err error) {
	there, err := programme.Papers(tx, by, p.ID)
	if err != nil {
		return nil, err
	}
	add := func(role programme.Role, year int, file string) {
		one := programmePaper{Role: role, Year: year, Paper: there[role][year], File: file}
		if one.Paper.ID != "" {
			one.Badge = paperBadge(one.Paper)
		}
		all = append(all, one)
	}
	add(programme.RoleProgramme, 0, "chuong-trinh")
	for _, year := range slices.Backward(years) {
		add(programme.RolePlan, year, "ke-hoach-"+strconv.Itoa(year))
		add(programme.RoleAssessment, year, "danh-gia-"+strconv.Itoa(year))
	}
	add(programme.RoleTerm, 0, "tong-ket")
	return all, nil
}

// programmeFile is one of its papers as it stands now, as Word or PDF: "ke-hoach-2022.docx".
func (s *site) programmeFile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	name, ending, _ := strings.Cut(r.PathValue("file"), ".")
	role, year := programme.RoleProgramme, 0
	known := ending == "docx" || ending == "pdf"
	switch {
	case name == "chuong-trinh":
	case name == "tong-ket":
		role = programme.RoleTerm
	case strings.HasPrefix(name, "ke-hoach-"):
		role = programme.RolePlan
		year, _ = strconv.Atoi(strings.TrimPrefix(name, "ke-hoach-"))
	case strings.HasPrefix(name, "danh-gia-"):
		role = programme.RoleAssessment
		year, _ = strconv.Atoi(strings.TrimPrefix(name, "danh-gia-"))
	default:
		known = false
	}
	if !known || role.Yearly() && year == 0 {
		return Reply{}, fault.Missing("Không có tệp này; xin mở từ trang của chương trình.")
	}
	d, err := programme.Document(tx, by, db.ID(r.PathValue("programme")), role, year)
	if err != nil {
		return Reply{}, err
	}
	file, err := paper.File(d, strings.ReplaceAll(name, "-", " ")+" phoi hop", ending, official.HTMLOptions{})
	return downloaded(file), err
}

// programmeAct is programmeDo with the page of the programme.
func (s *site) programmeAct(tx *db.Tx, by access.Actor, r *http.Request, form string, act func(id db.ID, version int64) error) (Reply, error) {
	return s.programmeDo(tx, by, r, form, func() (Reply, error) {
		p, err := programmeOf(tx, by, db.ID(r.PathValue("programme")), r, form)
		return Reply{Page: "programme/show", Data: p}, err
	}, act)
}

func (s *site) reviseProgramme(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.programmeAct(tx, by, r, "phan-chung", func(id db.ID, version int64) error {
		return programme.Revise(tx, by, id, version, r.PostFormValue("subject"), r.PostFormValue("bases"), r.PostFormValue("frame"))
	})
}

func (s *site) addProgrammeLines(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.programmeAct(tx, by, r, "noi-dung", func(id db.ID, version int64) error {
		_, err := programme.AddLines(tx, by, id, version, r.PostFormValue("lines"), r.PostFormValue("basis"))
		return err
	})
}

func (s *site) signProgramme(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.programmeAct(tx, by, r, "ky", func(id db.ID, _ int64) error {
		if err := by.May(access.KeepProgramme, by.Body); err != nil {
			return err
		}
		if err := refusedUpload(r); err != nil {
			return err
		}
		var wrong fault.List
		on := readDay(&wrong, r, "signed_on", "")
		if err := wrong.Err(); err != nil {
			return err
		}
		var all []programme.Signed
		for _, body := range r.PostForm["body[]"] {
			one := programme.Signed{Body: db.ID(body), Signer: r.PostFormValue("signer-" + body), Title: r.PostFormValue("title-" + body)}
			for _, u := range s.uploads(r, "file-"+body) {
				file, err := storeUpload(tx, by, by.Body, u)
				if err != nil {
					return err
				}
				one.File = file
			}
			all = append(all, one)
		}
		return programme.NoteSignatures(tx, by, id, on, r.PostFormValue("symbol"), all)
	})
}

func (s *site) changeParty(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.programmeAct(tx, by, r, "tham-gia", func(id db.ID, _ int64) error {
		var wrong fault.List
		on := readDay(&wrong, r, "on", "")
		if err := wrong.Err(); err != nil {
			return err
		}
		body := db.ID(r.PostFormValue("body"))
		if r.PostFormValue("act") == "thoi" {
			return programme.Leave(tx, by, id, body, on, r.PostFormValue("basis"))
		}
		return programme.Join(tx, by, id, body, on, r.PostFormValue("basis"))
	})
}

func (s *site) endProgramme(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.programmeAct(tx, by, r, "ket-thuc", func(id db.ID, _ int64) error {
		var wrong fault.List
		on := readDay(&wrong, r, "on", "")
		if err := wrong.Err(); err != nil {
			return err
		}
		return programme.End(tx, by, id, on, r.PostFormValue("reason"))
	})
}

func (s *site) makeDuty(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return s.programmeAct(tx, by, r, "trach-nhiem", func(id db.ID, _ int64) error {
		if to := r.PostFormValue("to"); to != "" {
			days, _ := strconv.Atoi(r.PostFormValue("days"))
			return programme.MakeRule(tx, by, id, db.ID(r.PostFormValue("duty")), appraisal.Addressee(to), days)
		}
		kind, err := calendar.ParseKind(r.PostFormValue("kind"))
		if err != nil {
			return err
		}
		_, err = programme.MakeRegime(tx, by, id, db.ID(r.PostFormValue("duty")), r.PostFormValue("code"), kind)
		return err
	})
}

func (s *site) draftProgrammePaper(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var drafted paper.Paper
	reply, err := s.programmeAct(tx, by, r, "van-ban", func(id db.ID, _ int64) (err error) {
		year, _ := strconv.Atoi(r.PostFormValue("nam"))
		drafted, err = programme.Draft(tx, by, id, programme.Role(r.PostFormValue("role")), year, paper.Signature{})
		return err
	})
	if err == nil {
		reply.To = address("paper", drafted.ID)
	}
	return reply, err
}
