package succession

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/org"
	"giaoban/report"
	"giaoban/task"
)

// Propose lists everything that is open with the bodies that gave something in a change, each with one successor by
// function and the reason, or flagged for a person with the bodies that may be meant. Again it only adds what has become
// open since. Nothing of the work changes. Whoever announces changes may call it, and whoever accepts.
func Propose(tx *db.Tx, by access.Actor, change db.ID) ([]Item, error) {
	if !by.Can(access.ManageBodies, by.Body) {
		if err := by.May(access.AcceptSuccession, by.Body); err != nil {
			return nil, err
		}
	}
	found, err := Preview(tx, by, change)
	if err != nil {
		return nil, err
	}
	for i := range found {
		f := &found[i]
		f.ID, f.ProposedAt = tx.NewID(), tx.Now()
		if _, err := tx.Exec(`
insert into succession_item (id, change, kind, item, part, from_body, to_body, functions, reason, candidates, title, due, proposed_at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, f.ID, f.Change, string(f.Kind), f.Item, f.Part, f.From, f.To, f.Functions, f.Reason,
			f.Candidates, f.Title, f.Due, f.ProposedAt); err != nil {
			return nil, err
		}
	}
	if len(found) > 0 {
		if _, err := journal.Write(tx, by, "proposed", subject(change), journal.Details{"items": len(found)}); err != nil {
			return nil, err
		}
	}
	return itemsOf(tx, change)
}

func subject(change db.ID) journal.Subject { return journal.Subject{Kind: "change", ID: change} }

// Preview is what Propose would add: it looks and writes nothing.
func Preview(tx *db.Tx, by access.Actor, change db.ID) ([]Item, error) {
	if !by.Can(access.ManageBodies, by.Body) {
		if err := by.May(access.AcceptSuccession, by.Body); err != nil {
			return nil, err
		}
	}
	c, err := org.FindChange(tx, by, change)
	if err != nil {
		return nil, err
	}
	if c.Undone() {
		return nil, fault.Conflict("Lần sắp xếp này đã được hoàn tác nên không có gì để bàn giao.")
	}
	p := &proposer{tx: tx, change: c}
	if p.functions, err = org.Functions(tx, looking); err != nil {
		return nil, err
	}
	if p.names, err = org.Names(tx, c.Day); err != nil {
		return nil, err
	}
	var known []struct {
		Kind Kind   `db:"kind"`
		Item db.ID  `db:"item"`
		Part string `db:"part"`
	}
	if err := tx.Select(&known, "select kind, item, part from succession_item where change = ?", change); err != nil {
		return nil, err
	}
	p.known = make(map[string]bool, len(known))
	for _, k := range known {
		p.known[string(k.Kind)+" "+string(k.Item)+" "+k.Part] = true
	}
	var givers []db.ID
	for _, part := range c.Parts {
		if part.From != "" && !part.Stays() && !slices.Contains(givers, part.From) {
			givers = append(givers, part.From)
		}
	}
	for _, giver := range givers {
		if err := p.gather(giver); err != nil {
			return nil, err
		}
	}
	return p.items, nil
}

// looking sees every body's open work: whoever announces a change need not, and is shown none of it.
var looking = access.System("đề xuất bàn giao")

type proposer struct {
	tx        *db.Tx
	change    org.Change
	functions []org.Function
	names     map[db.ID]org.Body
	known     map[string]bool
	items     []Item

	from  db.ID
	parts []org.Part      // what from gave in this change
	held  map[string]bool // what it answered for
	ends  bool
}

func (p *proposer) gather(from db.ID) error {
	p.from, p.parts, p.held = from, nil, make(map[string]bool)
	for _, part := range p.change.Parts {
		if part.From == from {
			p.parts = append(p.parts, part)
		}
	}
	p.ends = slices.Contains(p.change.Ending(), from)
	held, err := org.FunctionsOf(p.tx, looking, from)
	if err != nil {
		return err
	}
	for _, h := range held {
		p.held[h.Function] = true
	}
	for _, gather := range []func() error{p.tasks, p.obligations, p.assignments, p.reviews} {
		if err := gather(); err != nil {
			return err
		}
	}
	return nil
}

func (p *proposer) tasks() error {
	open, err := task.OpenOf(p.tx, looking, p.from, calendar.OfInstant(p.tx.Clock()))
	if err != nil {
		return err
	}
	for _, t := range open {
		text := t.Title + "\n" + t.Product
		if !t.Leads {
			text = t.Part // its own part says best what a cooperating body does
			if len(p.mine(org.FunctionsNamed(p.functions, text))) == 0 {
				text += "\n" + t.Title
			}
		}
		p.add(Item{Kind: Task, Item: t.ID, Part: string(t.Body), Title: t.Title, Due: t.Due},
			org.FunctionsNamed(p.functions, text), "nội dung nhiệm vụ nêu")
	}
	return nil
}

func (p *proposer) obligations() error {
	owed, err := report.Due(p.tx, looking, p.from)
	if err != nil {
		return err
	}
	for _, o := range owed {
		sectors, err := report.SectorsAsked(p.tx, looking, o.Form, o.Scope)
		if err != nil {
			return err
		}
		p.add(Item{Kind: Obligation, Item: o.ID, Title: o.RegimeName + ", " + o.Period.Name(), Due: o.Due},
			p.ofSectors(sectors), "lĩnh vực phải báo cáo gồm")
	}
	return nil
}

// assignments goes sector by sector: each may have its own successor. What no function claims stays together.
func (p *proposer) assignments() error {
	lasting, err := report.AssignmentsFrom(p.tx, looking, p.from, p.change.Day)
	if err != nil {
		return err
	}
	for _, a := range lasting {
		item := Item{Kind: Assignment, Item: a.ID, Title: a.RegimeName}
		if to, ok := p.whole(); ok {
			item.Part = a.Whole()
			item.Title += ": " + report.SectorList(a.Sectors)
			p.propose(item, to, nil, "Toàn bộ công việc của cơ quan chuyển về "+p.name(to)+".")
			continue
		}
		var rest []report.Sector
		for _, s := range a.Sectors {
			codes := p.ofSectors([]report.Sector{s})
			if len(p.mine(codes)) == 0 {
				rest = append(rest, s)
				continue
			}
			item := item
			item.Part, item.Title = s.Code, a.RegimeName+": "+s.Name
			p.add(item, codes, "lĩnh vực gồm")
		}
		if len(rest) > 0 {
			codes := make([]string, len(rest))
			for i, s := range rest {
				codes[i] = s.Code
			}
			item.Part = string(report.ScopeOf(codes...))
			item.Title += ": " + report.SectorList(rest)
			p.add(item, nil, "")
		}
	}
	return nil
}

func (p *proposer) ofSectors(sectors []report.Sector) []string {
	var codes []string
	for _, s := range sectors {
		for _, code := range org.SectorFunctions(p.functions, s.Code, s.Name) {
			if !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// mine leaves those of the functions that the giver answered for or gives in this change.
func (p *proposer) mine(codes []string) []string {
	var own []string
	for _, code := range codes {
		given := slices.ContainsFunc(p.parts, func(part org.Part) bool { return part.Function == code })
		if given || p.held[code] {
			own = append(own, code)
		}
	}
	return own
}

// whole gives the one body to which everything went.
func (p *proposer) whole() (db.ID, bool) {
	if len(p.parts) == 1 && p.parts[0].Whole() && p.parts[0].To != "" && !p.parts[0].Stays() {
		return p.parts[0].To, true
	}
	return "", false
}

// goes tells where a function went in this change: to whom, "" when nobody has been named; stays when the giver goes on
// and kept it.
func (p *proposer) goes(function string) (to db.ID, stays bool) {
	rest := db.ID("")
	hasRest := false
	for _, part := range p.parts {
		if part.Function == function && function != "" {
			return part.To, part.Stays()
		}
		if part.Whole() {
			rest, hasRest = part.To, true
		}
	}
	if hasRest {
		return rest, rest == p.from
	}
	return "", !p.ends
}

// add proposes an item by the functions it concerns. how begins the reason: "nội dung nhiệm vụ nêu".
func (p *proposer) add(item Item, codes []string, how string) {
	if to, ok := p.whole(); ok {
		p.propose(item, to, nil, "Toàn bộ công việc của cơ quan chuyển về "+p.name(to)+".")
		return
	}
	codes = p.mine(codes)
	if len(codes) == 0 {
		to, stays := p.goes("")
		switch {
		case stays:
			return // names nothing that was handed over; the body goes on and keeps it
		case to != "":
			p.propose(item, to, nil, "Không nêu chức năng nào được chuyển riêng; phần còn lại do "+p.name(to)+" tiếp nhận.")
		default:
			p.flag(item, nil, nil, "Không nêu chức năng nào trong các chức năng đã chuyển; cần người quyết định.")
		}
		return
	}
	var targets []db.ID
	unknown, keeps := false, false
	for _, code := range codes {
		to, stays := p.goes(code)
		switch {
		case stays:
			keeps = true
		case to == "":
			unknown = true
		case !slices.Contains(targets, to):
			targets = append(targets, to)
		}
	}
	told := how + " " + p.functionNames(codes)
	switch {
	case len(targets) == 0 && !unknown:
		return // all of it stays
	case len(targets) == 1 && !unknown && !keeps:
		p.propose(item, targets[0], codes, upper(told)+"; "+p.name(targets[0])+" tiếp nhận.")
	case unknown && len(targets) == 0:
		p.flag(item, nil, codes, upper(told)+"; văn bản sắp xếp chưa nêu cơ quan tiếp nhận, cần người quyết định.")
	default:
		if keeps {
			targets = append(targets, p.from)
		}
		p.flag(item, targets, codes, upper(told)+", do nhiều cơ quan tiếp nhận; cần người quyết định.")
	}
}

func (p *proposer) propose(item Item, to db.ID, codes []string, reason string) {
	item.To = to
	p.keep(item, []db.ID{to}, codes, reason)
}

func (p *proposer) flag(item Item, first []db.ID, codes []string, reason string) {
	p.keep(item, first, codes, reason)
}

// keep enters the item with everybody who may be chosen, those the reason names first.
func (p *proposer) keep(item Item, first []db.ID, codes []string, reason string) {
	if p.known[string(item.Kind)+" "+string(item.Item)+" "+item.Part] {
		return
	}
	candidates := slices.Clone(first)
	for _, part := range p.parts {
		if part.To != "" && part.To != p.from && !slices.Contains(candidates, part.To) {
			candidates = append(candidates, part.To)
		}
	}
	texts := make([]string, len(candidates))
	for i, c := range candidates {
		texts[i] = string(c)
	}
	item.Change, item.From, item.Functions, item.Reason, item.Candidates = p.change.ID, p.from, strings.Join(codes, " "), reason, strings.Join(texts, " ")
	p.items = append(p.items, item)
}

func (p *proposer) name(body db.ID) string { return p.names[body].ShortName }

// mostNamed functions are told; a whole department's field is told by its first ones.
const mostNamed = 4

func (p *proposer) functionNames(codes []string) string {
	var names []string
	for i, code := range codes {
		if len(codes) > mostNamed && i == mostNamed-1 {
			return strings.Join(names, ", ") + fmt.Sprintf(" và %d chức năng khác", len(codes)-i)
		}
		name := code
		for _, f := range p.functions {
			if f.Code == code {
				name = f.Name
			}
		}
		names = append(names, fmt.Sprintf("“%s”", name))
	}
	return strings.Join(names, ", ")
}

// upper begins a sentence.
func upper(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
