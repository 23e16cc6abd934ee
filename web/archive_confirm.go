package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

// confirmPage is an old file: its text, the field at hand, and all that it seems to say.
type confirmPage struct {
	archive.Import
	Badge    badge
	Fields   int
	Text     markedText
	Card     *card // nil when nothing waits and nothing was asked for
	Groups   []fieldGroup
	Sure     int // fields that can be taken together
	Before   db.ID
	Behind   db.ID
	Waiting  db.ID
	Event    *archive.Event
	Kinds    []archive.FieldKind // that may be added
	MayTask  bool
	Linked   bool
	Finished string // what all of it made, in words
}

// fieldGroup is the head of the file, or all fields of one kind.
type fieldGroup struct {
	Name   string
	Kind   archive.FieldKind // "" for the head
	Fields []fieldLine
	Wait   int
}

type fieldLine struct {
	archive.Field
	Name  string // its kind, in the head
	Line  string
	URL   string
	Badge badge
	Look  bool // the machine was not sure
	Here  bool
}

var fieldClass = map[archive.FieldState]string{archive.Pending: "waiting", archive.Accepted: "accepted", archive.Corrected: "accepted", archive.Skipped: "nil"}

func (s *site) confirmOldFile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, fields, err := confirmPageOf(tx, by, db.ID(r.PathValue("import")))
	if err != nil {
		return Reply{}, err
	}
	switch kind := archive.FieldKind(r.FormValue("them")); {
	case kind.Known():
		p.Card, err = newCard(tx, by, p.Import, kind)
	default:
		p.Card, err = p.cardFor(tx, by, fields, db.ID(r.FormValue("phan")))
	}
	if err != nil {
		return Reply{}, err
	}
	return p.reply(fields), nil
}

func confirmPageOf(tx *db.Tx, by access.Actor, id db.ID) (*confirmPage, []archive.Field, error) {
	i, err := archive.Find(tx, by, id)
	if err != nil {
		return nil, nil, err
	}
	fields, err := archive.Fields(tx, by, id)
	if err != nil {
		return nil, nil, err
	}
	p := &confirmPage{Import: i, Badge: oldFileBadge(i.State()), Fields: len(fields), MayTask: by.Can(access.AssignTask, i.Body)}
	if p.Before, p.Behind, p.Waiting, err = archive.Beside(tx, by, i); err != nil {
		return nil, nil, err
	}
	if i.Event != "" {
		told, err := archive.FindEvent(tx, by, i.Event)
		if err != nil {
			return nil, nil, err
		}
		p.Event = &told.Event
	}
	p.Finished = archive.MadeOf(fields).String()
	for _, kind := range archive.FieldKinds {
		if !kind.Single() || !slices.ContainsFunc(fields, func(f archive.Field) bool { return f.Kind == kind && f.State != archive.Skipped }) {
			p.Kinds = append(p.Kinds, kind)
		}
	}
	p.Linked, err = linked(tx, by, "import", i.ID)
	return p, fields, err
}

// cardFor lays out the field that was asked for, else the first that waits.
func (p *confirmPage) cardFor(tx *db.Tx, by access.Actor, fields []archive.Field, asked db.ID) (*card, error) {
	for _, f := range fields {
		if asked == f.ID || asked == "" && f.State == archive.Pending {
			return p.card(tx, by, fields, f)
		}
	}
	return nil, nil
}

// reply finishes the page around its card.
func (p *confirmPage) reply(fields []archive.Field) Reply {
	here := db.ID("")
	if p.Card != nil {
		here = p.Card.ID
	}
	p.Text = markText(p.Import, fields, here)
	for _, f := range fields {
		line := fieldLine{Field: f, Line: f.Kind.Line(f.Now()), URL: fieldURL(p.ID, f), Badge: badge{fieldClass[f.State], f.State.Name()}, Here: f.ID == here}
		group := fieldGroup{Name: f.Kind.Name(), Kind: f.Kind}
		if f.Kind.Head() {
			group, line.Name = fieldGroup{Name: "Đầu bài"}, f.Kind.Name()
		}
		if len(p.Groups) == 0 || p.Groups[len(p.Groups)-1].Kind != group.Kind {
			p.Groups = append(p.Groups, group)
		}
		g := &p.Groups[len(p.Groups)-1]
		line.Look = f.State == archive.Pending && !f.Sure
		g.Fields = append(g.Fields, line)
		if f.State == archive.Pending {
			g.Wait++
			if f.Sure {
				p.Sure++
			}
		}
	}
	return Reply{Page: "archive/confirm", Data: p}
}

// decideField takes what a person says of the field on the card.
func (s *site) decideField(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, fields, err := confirmPageOf(tx, by, db.ID(r.PathValue("import")))
	if err != nil {
		return Reply{}, err
	}
	at := slices.IndexFunc(fields, func(f archive.Field) bool { return f.ID == db.ID(r.PathValue("field")) })
	if at < 0 {
		return Reply{}, fault.Missing("Không có phần này trong tư liệu.")
	}
	f := fields[at]
	version, err := strconv.Atoi(r.FormValue("version"))
	if err != nil {
		version = -1 // a form without it has read nothing
	}
	v, c := typedValue(r, f.Kind)
	switch r.FormValue("act") {
	case "nhan":
		_, err = archive.Accept(tx, by, f.ID, version, v, c)
	case "bo":
		_, err = archive.Skip(tx, by, f.ID, version)
	case "thay": // the other's decision was read and is not the right one
		var open archive.Field
		if open, err = archive.Reopen(tx, by, f.ID, version); err == nil {
			_, err = archive.Accept(tx, by, f.ID, open.Version, v, c)
		}
	case "lai":
		if _, err = archive.Reopen(tx, by, f.ID, version); err == nil {
			return Reply{To: fieldURL(p.ID, f)}, nil
		}
	default:
		err = fault.Invalid("", "Cần chọn Nhận, Bỏ qua hoặc Xem lại.")
	}
	if err != nil {
		return p.again(tx, by, fields, f, v, c, err)
	}
	return Reply{To: nextURL(p.ID, fields, at)}, nil
}

// nextURL is where the work goes on after a field was decided: the next one that waits, round to the beginning.
func nextURL(file db.ID, fields []archive.Field, at int) string {
	for n := 1; n < len(fields); n++ {
		if f := fields[(at+n)%len(fields)]; f.State == archive.Pending {
			return fieldURL(file, f)
		}
	}
	return "/tu-lieu/" + string(file) + "#phan"
}

// again shows the card with what was typed and why it could not be taken.
func (p *confirmPage) again(tx *db.Tx, by access.Actor, fields []archive.Field, f archive.Field, v archive.Value, c archive.Choice, why error) (Reply, error) {
	lost, err := p.card(tx, by, fields, f)
	if err != nil {
		return Reply{}, why
	}
	lost.Value, lost.Choice, p.Card = v, c, lost
	lost.Value.Remark = f.Value.Remark
	if err := lost.fill(tx, by, p.Import); err != nil {
		return Reply{}, err
	}
	return p.reply(fields), why
}

// decideQuickly takes or leaves fields as they were read: all that are sure, all that wait, or one of the list.
func (s *site) decideQuickly(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, fields, err := confirmPageOf(tx, by, db.ID(r.PathValue("import")))
	if err != nil {
		return Reply{}, err
	}
	switch act := r.FormValue("act"); {
	case act == "nhan-het":
		_, _, err = archive.AcceptSure(tx, by, p.ID)
	case act == "bo-het":
		_, err = archive.SkipRest(tx, by, p.ID)
	default:
		what, rest, _ := strings.Cut(act, ".")
		id, version, _ := strings.Cut(rest, ".")
		at := slices.IndexFunc(fields, func(f archive.Field) bool { return f.ID == db.ID(id) })
		n, wrong := strconv.Atoi(version)
		if at < 0 || wrong != nil || what != "nhan" && what != "bo" {
			return Reply{}, fault.Invalid("", "Cần chọn việc muốn làm với tư liệu này.")
		}
		f := fields[at]
		if what == "nhan" {
			_, err = archive.Accept(tx, by, f.ID, n, f.Value, archive.Choice{})
		} else {
			_, err = archive.Skip(tx, by, f.ID, n)
		}
		if err != nil {
			return p.again(tx, by, fields, f, f.Now(), archive.Choice{}, err)
		}
		return Reply{To: nextURL(p.ID, fields, at)}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	return Reply{To: address("import", p.ID) + "#phan"}, nil
}

// addToOldFile enters what the reader had not seen.
func (s *site) addToOldFile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, fields, err := confirmPageOf(tx, by, db.ID(r.PathValue("import")))
	if err != nil {
		return Reply{}, err
	}
	kind := archive.FieldKind(r.FormValue("kind"))
	v, c := typedValue(r, kind)
	f, err := archive.Add(tx, by, p.ID, kind, v, c)
	if err == nil {
		return Reply{To: fieldURL(p.ID, f)}, nil
	}
	if !kind.Known() {
		return p.reply(fields), err
	}
	p.Card = &card{Field: archive.Field{Kind: kind}, Name: kind.Name(), New: true, Value: v, Choice: c}
	if err := p.Card.fill(tx, by, p.Import); err != nil {
		return Reply{}, err
	}
	return p.reply(fields), err
}

// card is one field with what is needed to decide on it.
type card struct {
	archive.Field
	Value     archive.Value // in the form: as read, as confirmed, or as typed
	Choice    archive.Choice
	Name      string
	New       bool
	Place     int // its number among all
	Of        int
	Badge     badge
	Meaning   archive.Meaning
	Bodies    []option
	Leads     []option
	Kinds     []option
	Parts     []option
	Day       string // days as people write them
	Due       string
	Number    string // as offices write it
	Previous  string // address of the field before
	Next      string // address of the next one that waits
	Decided   string // "Tạ Thị Hoài Thương, 09:12 ngày 01/4/2022"
	NeedsBody bool
}

func (p *confirmPage) card(tx *db.Tx, by access.Actor, fields []archive.Field, f archive.Field) (*card, error) {
	c := &card{Field: f, Value: f.Now(), Name: f.Kind.Name(), Of: len(fields), Badge: badge{fieldClass[f.State], f.State.Name()}}
	at := slices.IndexFunc(fields, func(o archive.Field) bool { return o.ID == f.ID })
	c.Place = at + 1
	if at > 0 {
		c.Previous = fieldURL(p.ID, fields[at-1])
	}
	for n := 1; n < len(fields) && c.Next == ""; n++ {
		if o := fields[(at+n)%len(fields)]; o.State == archive.Pending {
			c.Next = fieldURL(p.ID, o)
		}
	}
	if f.State != archive.Pending {
		last, err := archive.LastDecision(tx, by, f.ID)
		if err != nil {
			return nil, err
		}
		c.Decided = last.ByName + ", " + last.At.String()
	}
	meanings, err := archive.Meanings(tx, by, p.Import, fields)
	if err != nil {
		return nil, err
	}
	c.Meaning = meanings[f.ID]
	if c.Meaning.Meant != "" {
		c.Choice.Directive = c.Meaning.Meant
	}
	return c, c.fill(tx, by, p.Import)
}

func newCard(tx *db.Tx, by access.Actor, i archive.Import, kind archive.FieldKind) (*card, error) {
	c := &card{Field: archive.Field{Kind: kind}, Name: kind.Name(), New: true}
	return c, c.fill(tx, by, i)
}

// fill reads the lists to choose from.
func (c *card) fill(tx *db.Tx, by access.Actor, i archive.Import) error {
	vietnamese := func(iso string) string {
		if d, err := calendar.ParseDate(iso); err == nil {
			return d.Vietnamese()
		}
		return iso
	}
	c.Kinds, c.Parts, c.Bodies, c.Leads = nil, nil, nil, nil
	c.Day, c.Due = vietnamese(c.Value.Date), vietnamese(c.Value.Due)
	c.Number = archive.NumberShown(c.Value.Number)
	if c.Kind == archive.HeldOnField {
		c.Day = vietnamese(c.Value.Text)
	}
	for _, k := range archive.Kinds {
		c.Kinds = append(c.Kinds, option{string(k), k.Name(), c.Value.Text == string(k)})
	}
	for _, part := range archive.Parts {
		c.Parts = append(c.Parts, option{part, archive.PartName(part), c.Value.Text == part})
	}
	today := calendar.OfInstant(tx.Clock())
	switch c.Kind {
	case archive.BodyField:
		day := i.HeldOn
		if day.IsZero() {
			day = today
		}
		bodies, err := org.At(tx, by, day)
		if err != nil {
			return err
		}
		issuers, err := org.Authorities(tx, by, day)
		if err != nil {
			return err
		}
		for _, b := range append(bodies, issuers...) {
			c.Bodies = append(c.Bodies, option{b.Code, b.Name, b.Code == c.Value.Body})
		}
		c.NeedsBody = c.Field.Value.Body == ""
	case archive.ConclusionField:
		bodies, err := org.At(tx, by, today)
		if err != nil {
			return err
		}
		for _, b := range bodies {
			c.Leads = append(c.Leads, option{b.Code, b.Name, b.Code == c.Value.Lead})
		}
	}
	return nil
}

// typedValue reads the form of a card.
func typedValue(r *http.Request, kind archive.FieldKind) (v archive.Value, c archive.Choice) {
	years, _ := strconv.Atoi(strings.TrimSpace(r.FormValue("years")))
	v = archive.Value{Text: r.FormValue("text"), Title: r.FormValue("title"), Body: r.FormValue("body"), Type: r.FormValue("type"), Symbol: r.FormValue("symbol"),
		Date: r.FormValue("date"), Issuer: r.FormValue("issuer"), Term: r.FormValue("term"), Subject: r.FormValue("subject"), Review: r.FormValue("review"), Years: years,
		Number: archive.TypedNumber(r.FormValue("number")), Unit: r.FormValue("unit"), Comparison: r.FormValue("comparison"), Estimate: r.FormValue("estimate") != ""}
	if kind == archive.ConclusionField && r.FormValue("mode") == "task" {
		v.Task, v.Lead, v.Product, v.Due = true, r.FormValue("lead"), r.FormValue("product"), r.FormValue("due")
	}
	if c.Another = r.FormValue("directive") == "khac"; !c.Another {
		c.Directive = db.ID(r.FormValue("directive"))
	}
	c.Forget = kind == archive.BodyField && r.FormValue("remember") == ""
	return v, c
}
