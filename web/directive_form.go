package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/review"
)

// directiveForm is the form of a new document, or of a correction. Everything is kept as it was typed.
type directiveForm struct {
	ID      db.ID // of the document corrected; "" for a new one
	Label   string
	Version int64
	Parent  *directive.Directive // the document this one is made from
	Cited   string               // the citation the fields were filled from
	Read    []string             // what was read of it, and what was not certain

	Type, Number, Symbol, Date, Term, Issuer, Province, Subject string
	ArrivedNo, ArrivedOn, ValidFrom, ValidTo, Text              string
	Level                                                       []option
	Sectors                                                     []option
	Goals                                                       []goalLine
	Distinct                                                    bool
	Doubt                                                       bool // the register has something that looks alike
	Alike                                                       []directive.Candidate
	Authorities                                                 []string // offered for the issuer
	Types                                                       []string
	Kind, Record                                                string // the record a mention was found in, to go back to
}

// goalLine is a goal as typed.
type goalLine struct{ ID, Text, Unit, Target, Year string }

// usualTypes are offered for the type beside those that stand in the register.
var usualTypes = []string{"Nghị quyết", "Chỉ thị", "Kết luận", "Quyết định", "Quy định", "Quy chế", "Chương trình", "Kế hoạch", "Đề án", "Hướng dẫn", "Thông báo", "Thông tri", "Công văn", "Nghị định", "Thông tư", "Luật"}

func (s *site) newDirective(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f := &directiveForm{Cited: strings.TrimSpace(r.FormValue("vien-dan")), Kind: r.FormValue("nguon-kind"), Record: r.FormValue("nguon-id")}
	if err := f.ready(tx, by); err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	f.ArrivedOn = today.Vietnamese()
	if err := f.from(tx, by, db.ID(r.FormValue("tao-tu"))); err != nil {
		return Reply{}, err
	}
	switch {
	case f.Kind == incomingKind:
		if err := f.arrived(tx, by); err != nil {
			return Reply{}, err
		}
	case f.Cited != "":
		f.readCitation(f.Cited)
	case r.FormValue("ky-hieu") != "" || r.FormValue("chu") != "":
		ref, _, err := referenceOf(r)
		if err != nil {
			return Reply{}, err
		}
		f.fill(ref)
		if ref.Symbol == "" {
			f.Subject = ref.Text
		}
	}
	return Reply{Page: "directive/form", Data: f}, f.lookAlike(tx, by)
}

// ready asks authority and fills in what is offered for choice.
func (f *directiveForm) ready(tx *db.Tx, by access.Actor) error {
	if err := by.May(access.RecordDirective, by.Body); err != nil {
		return err
	}
	known, err := directive.Types(tx, by)
	if err != nil {
		return err
	}
	f.Types = append([]string(nil), usualTypes...)
	for _, t := range known {
		if !slices.Contains(f.Types, t) {
			f.Types = append(f.Types, t)
		}
	}
	f.levels("")
	f.sectors("")
	f.Authorities, err = issuersOffered(tx, by)
	return err
}

func (f *directiveForm) levels(chosen directive.Level) {
	f.Level = []option{{Value: "", Text: "Theo ký hiệu, cơ quan ban hành", Selected: chosen == ""}}
	for _, l := range directive.Levels {
		f.Level = append(f.Level, option{Value: string(l), Text: l.Name(), Selected: l == chosen})
	}
}

func (f *directiveForm) sectors(chosen directive.Sectors) {
	f.Sectors = nil
	for _, sector := range directive.AllSectors {
		f.Sectors = append(f.Sectors, option{Value: sector.Code, Text: sector.Name, Selected: chosen.Has(sector.Code)})
	}
}

// from takes over from the document this one is made from what both have in common.
func (f *directiveForm) from(tx *db.Tx, by access.Actor, parent db.ID) error {
	if parent == "" {
		return nil
	}
	p, err := directive.Find(tx, by, parent)
	if err != nil {
		return err
	}
	f.Parent = &p
	f.Type, f.Subject = "Kế hoạch", "thực hiện "+p.Label()
	if p.Issuer != "" {
		f.Subject += " của " + p.Issuer
	}
	f.sectors(p.Sectors)
	return nil
}

// readCitation fills the fields from a citation that was pasted; the words after it in quotation marks are the subject.
func (f *directiveForm) readCitation(text string) {
	refs := citation.Find(text)
	if len(refs) == 0 {
		f.Read = []string{"Chưa nhận ra văn bản nào trong đoạn đã dán; xin ghi vào các ô bên dưới."}
		return
	}
	f.fill(refs[0])
	f.Read = append(f.Read, refs[0].Notes...)
	if len(refs) > 1 {
		f.Read = append(f.Read, "Đoạn đã dán có "+strconv.Itoa(len(refs))+" văn bản; các ô được điền theo văn bản thứ nhất.")
	}
	rest := text[refs[0].End:]
	if len(refs) > 1 {
		rest = text[refs[0].End:refs[1].Start]
	}
	f.Subject = subjectAfter(rest)
}

// subjectAfter takes what follows a citation as its subject: “về …” or "về …", up to the end of the sentence.
func subjectAfter(rest string) string {
	rest = strings.Join(strings.Fields(rest), " ")
	rest = strings.TrimLeft(rest, " ,;:–-")
	for _, quotes := range [][2]string{{"“", "”"}, {"\"", "\""}, {"«", "»"}} {
		if at := strings.Index(rest, quotes[0]); at >= 0 && at < 24 {
			inside := rest[at+len(quotes[0]):]
			if end := strings.Index(inside, quotes[1]); end > 0 {
				return strings.TrimSpace(inside[:end])
			}
		}
	}
	if !strings.HasPrefix(rest, "về ") {
		return ""
	}
	for _, end := range []string{". ", "; ", "./"} {
		if at := strings.Index(rest, end); at > 0 {
			rest = rest[:at]
		}
	}
	return strings.TrimRight(rest, " .;,")
}

func (f *directiveForm) fill(r citation.Reference) {
	f.Type, f.Number, f.Symbol, f.Date, f.Term, f.Issuer = r.Type, r.Number, r.Symbol, r.Date.Vietnamese(), r.Term, r.Issuer
}

// lookAlike shows beside the form what the register has under the same symbol.
func (f *directiveForm) lookAlike(tx *db.Tx, by access.Actor) error {
	if f.Symbol == "" {
		return nil
	}
	ref := citation.Reference{Type: f.Type, Symbol: f.Symbol, Issuer: f.Issuer, Term: f.Term}
	if d, err := calendar.ReadDate(f.Date); err == nil {
		ref.Date = d
	}
	found, err := directive.Resolve(tx, by, []citation.Reference{ref})
	if err != nil {
		return err
	}
	for _, c := range found[0].Candidates {
		if c.ID != f.ID {
			f.Alike = append(f.Alike, c)
		}
	}
	return nil
}

// read takes the form as it was sent.
func (f *directiveForm) read(r *http.Request) directive.New {
	value := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	f.Type, f.Number, f.Symbol, f.Date, f.Term = value("type"), value("number"), value("symbol"), value("date"), value("term")
	f.Issuer, f.Province, f.Subject, f.ArrivedNo, f.ArrivedOn = value("issuer"), value("province"), value("subject"), value("arrived_no"), value("arrived_on")
	f.ValidFrom, f.ValidTo, f.Text, f.Distinct = value("valid_from"), value("valid_to"), r.PostFormValue("text"), value("distinct") != ""
	f.Kind, f.Record = value("nguon-kind"), value("nguon-id")
	f.levels(directive.Level(value("level")))
	chosen := directive.SectorsOf(r.PostForm["sectors[]"]...)
	f.sectors(chosen)
	ids, texts, units, targets, years := r.PostForm["goal_id[]"], r.PostForm["goal_text[]"], r.PostForm["goal_unit[]"], r.PostForm["goal_target[]"], r.PostForm["goal_year[]"]
	at := func(list []string, i int) string {
		if i < len(list) {
			return strings.TrimSpace(list[i])
		}
		return ""
	}
	f.Goals = nil
	for i := range texts {
		g := goalLine{at(ids, i), at(texts, i), at(units, i), at(targets, i), at(years, i)}
		if g != (goalLine{ID: g.ID}) {
			f.Goals = append(f.Goals, g)
		}
	}
	return directive.New{Level: directive.Level(value("level")), Type: f.Type, Number: f.Number, Symbol: f.Symbol, Term: f.Term, Issuer: f.Issuer,
		Province: f.Province, Subject: f.Subject, Sectors: chosen, ArrivedNo: f.ArrivedNo, Text: f.Text, Distinct: f.Distinct, Goals: []directive.Goal{}}
}

// exact turns the typed days and numbers into the room's; every one that cannot be read is named.
func (f *directiveForm) exact(n *directive.New, r *http.Request) error {
	var wrong fault.List
	n.Date, n.ArrivedOn = readDay(&wrong, r, "date", ""), readDay(&wrong, r, "arrived_on", "")
	n.ValidFrom, n.ValidTo = readDay(&wrong, r, "valid_from", ""), readDay(&wrong, r, "valid_to", "")
	for i, g := range f.Goals {
		goal := directive.Goal{ID: db.ID(g.ID), Text: g.Text, Unit: g.Unit}
		if g.Target != "" {
			var err error
			if goal.Target, goal.Decimals, err = goalTarget(g.Target); err != nil {
				wrong.Add("goals", "Chỉ tiêu thứ %d: %s", i+1, err.Error())
			}
		}
		if g.Year != "" {
			year, err := strconv.Atoi(g.Year)
			if err != nil {
				wrong.Add("goals", "Chỉ tiêu thứ %d: năm “%s” không đọc được; hãy ghi như 2025.", i+1, short(g.Year))
			}
			goal.Year = year
		}
		n.Goals = append(n.Goals, goal)
	}
	return wrong.Err()
}

// goalTarget reads a target with as few decimals as it was typed with: "95,25" is 9525 with 2.
func goalTarget(text string) (value int64, decimals int, err error) {
	for decimals = range 5 {
		var typed decimal.Typed
		if typed, err = decimal.ParseVietnamese(text, decimals); err == nil {
			return typed.Value, decimals, nil
		}
	}
	return 0, 0, err
}

func (s *site) recordDirective(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f := &directiveForm{}
	if err := f.ready(tx, by); err != nil {
		return Reply{}, err
	}
	n := f.read(r)
	if err := f.from(tx, by, db.ID(r.PostFormValue("tao-tu"))); err != nil {
		return Reply{}, err
	}
	f.Type, f.Subject, n.Parent = n.Type, n.Subject, db.ID(r.PostFormValue("tao-tu"))
	f.sectors(n.Sectors)
	d, err := s.entered(tx, by, r, f, n)
	if err == nil {
		to := address("directive", d.ID)
		if f.Kind != "" && r.PostFormValue("ve") != "" {
			to = "/vien-dan/cho"
		}
		return Reply{To: to}, nil
	}
	return f.refused(tx, by, err)
}

// entered registers the document and stores its files.
func (s *site) entered(tx *db.Tx, by access.Actor, r *http.Request, f *directiveForm, n directive.New) (directive.Directive, error) {
	if err := refusedUpload(r); err != nil {
		return directive.Directive{}, err
	}
	if err := f.exact(&n, r); err != nil {
		return directive.Directive{}, err
	}
	uploads := s.uploads(r, "files")
	for i, u := range uploads {
		if i == 0 {
			file, err := storeUpload(tx, by, by.Body, u)
			if err != nil {
				return directive.Directive{}, err
			}
			n.File = file
			if n.Text == "" {
				n.Text = wordsOf(r.Context(), u)
			}
		}
	}
	if f.ID != "" {
		d, err := directive.Revise(tx, by, f.ID, f.Version, n)
		if err != nil {
			return d, err
		}
		return d, review.Follow(tx, by, d)
	}
	if f.Kind == incomingKind && len(uploads) == 0 {
		if err := f.takeOver(tx, by, &n); err != nil {
			return directive.Directive{}, err
		}
	}
	d, err := directive.Record(tx, by, n)
	if err == nil {
		err = review.Follow(tx, by, d)
	}
	if err == nil && f.Kind == incomingKind {
		err = intake.Settle(tx, by, db.ID(f.Record), d.Node())
	}
	for _, u := range uploads[min(1, len(uploads)):] {
		if err != nil {
			break
		}
		var file db.ID
		if file, err = storeUpload(tx, by, by.Body, u); err == nil {
			err = directive.AttachFile(tx, by, d.ID, file, "Phụ lục", "")
		}
	}
	return d, err
}

// refused shows the form again; where the register has something alike, with the box that says otherwise.
func (f *directiveForm) refused(tx *db.Tx, by access.Actor, err error) (Reply, error) {
	return withPage(err, func() (Reply, error) {
		f.Doubt = fault.Is(err, fault.KindConflict)
		return Reply{Page: "directive/form", Data: f}, f.lookAlike(tx, by)
	})
}

func (s *site) editDirective(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f, d, err := correctionOf(tx, by, db.ID(r.PathValue("directive")))
	if err != nil {
		return Reply{}, err
	}
	f.Version = d.Version
	f.Type, f.Number, f.Symbol, f.Date, f.Term, f.Issuer = d.Type, d.Number, d.Symbol, d.Date.Vietnamese(), d.Term, d.Issuer
	f.Province, f.Subject, f.ArrivedNo, f.ArrivedOn = d.Province, d.Subject, d.ArrivedNo, d.ArrivedOn.Vietnamese()
	f.ValidFrom, f.ValidTo = d.ValidFrom.Vietnamese(), d.ValidTo.Vietnamese()
	f.levels(d.Level)
	f.sectors(d.Sectors)
	if f.Text, err = directive.Words(tx, by, d.ID); err != nil {
		return Reply{}, err
	}
	goals, err := directive.Goals(tx, by, d.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, g := range goals {
		line := goalLine{ID: string(g.ID), Text: g.Text, Unit: g.Unit, Target: decimal.FormatVietnamese(g.Target, g.Decimals)}
		if g.Year != 0 {
			line.Year = strconv.Itoa(g.Year)
		}
		f.Goals = append(f.Goals, line)
	}
	return Reply{Page: "directive/form", Data: f}, nil
}

func correctionOf(tx *db.Tx, by access.Actor, id db.ID) (*directiveForm, directive.Directive, error) {
	f := &directiveForm{ID: id}
	if err := f.ready(tx, by); err != nil {
		return f, directive.Directive{}, err
	}
	d, err := directive.Find(tx, by, id)
	f.Label = d.Label()
	return f, d, err
}

func (s *site) reviseDirective(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	f, _, err := correctionOf(tx, by, db.ID(r.PathValue("directive")))
	if err != nil {
		return Reply{}, err
	}
	n := f.read(r)
	f.Version, _ = strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	d, err := s.entered(tx, by, r, f, n)
	if err == nil {
		return Reply{To: address("directive", d.ID)}, nil
	}
	return f.refused(tx, by, err)
}
