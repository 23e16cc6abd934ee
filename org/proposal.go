package org

import (
	"cmp"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// commissionRow is the shipped row by which the commissions of propaganda and of mass mobilisation became one; the
// commission whose program this is goes on in it under another name.
const commissionRow = "btgdv-tinh"

// districtRow is the shipped row by which the commissions of the districts ended.
const districtRow = "ban-tuyen-giao-huyen"

// Proposal is what a shipped row would mean for the bodies of this office: a change to look at, complete and confirm.
type Proposal struct {
	Reference Reference
	Change    NewChange
	Lacking   []Named  // bodies of the row that the directory does not know; left out of the change
	Notes     []string // what to look at before confirming
}

// ProposalOf turns a shipped row into a change of this office's own bodies, matched by name and symbol. day is the first
// day of the new state where the row leaves it open, or where it was otherwise here; zero takes the row's. Nothing is
// written.
func ProposalOf(tx *db.Tx, by access.Actor, key string, day calendar.Date) (Proposal, error) {
	r, err := FindReference(tx, by, key)
	if err != nil {
		return Proposal{}, err
	}
	if r.Kind == "unchanged" {
		return Proposal{}, fault.Conflict("Dòng “%s” nói là giữ nguyên, không có gì để áp dụng.", r.Title())
	}
	if r.Group == OfCentral || r.Decided.Kind == Rejected {
		return Proposal{}, fault.Conflict("Dòng “%s” không áp dụng cho cơ quan của tỉnh.", r.Title())
	}
	p := proposer{Proposal: Proposal{Reference: r, Change: NewChange{Kind: Merged, Day: cmp.Or(day, r.Day), Basis: r.Basis, Reference: r.Key}}}
	looked := p.Change.Day
	if looked.IsZero() {
		looked = cmp.Or(r.Latest, calendar.OfInstant(tx.Clock()))
		p.note("Ngày khác nhau theo địa phương: hãy điền ngày theo quyết định của tỉnh.")
	}
	if !r.Fact() {
		p.note("Dòng này chưa có nguồn và chưa được xác nhận; xin đối chiếu với văn bản của tỉnh.")
	}
	if p.known, err = loadSpellings(tx, false); err != nil {
		return Proposal{}, err
	}
	p.day = looked
	if p.bodies, err = At(tx, by, looked.AddDays(-1)); err != nil {
		return Proposal{}, err
	}
	switch {
	case r.Key == commissionRow:
		p.commission()
	case r.Key == districtRow:
		p.districts()
	case r.Kind == "rename_expand":
		p.rename()
	case r.Kind == "continue_expand":
		p.expand()
	case r.Kind == "end":
		p.Change.Kind = Dissolved
		p.end()
	case r.Kind == "replace" && len(r.From) == len(r.To):
		for i := range r.From {
			p.merge(r.From[i:i+1], r.To[i])
		}
	default:
		p.merge(r.From, r.To[0])
	}
	if len(p.Change.Parts) == 0 && len(p.Change.Names) == 0 {
		p.note("Danh bạ không có cơ quan nào của dòng này; hãy thêm cơ quan hoặc ghi là không áp dụng.")
	}
	return p.Proposal, nil
}

// proposer works a proposal out.
type proposer struct {
	Proposal
	known  *spellings
	bodies []Body // of the eve
	day    calendar.Date
}

func (p *proposer) note(sentence string) { p.Notes = append(p.Notes, sentence) }

// here finds the body of the office that a shipped row means, as of the eve.
func (p *proposer) here(n Named) (Body, bool) {
	for _, spelling := range []string{n.Name, n.Symbol} {
		if spelling == "" {
			continue
		}
		if ids := p.known.bodies(spelling, p.day.AddDays(-1)); len(ids) == 1 {
			for _, b := range p.bodies {
				if b.ID == ids[0] {
					return b, true
				}
			}
		}
	}
	return Body{}, false
}

// receiver is the body that takes over: one that is there already, or one that the change founds.
func (p *proposer) receiver(n Named, like Body) NewPart {
	if b, ok := p.here(n); ok {
		return NewPart{To: b.ID}
	}
	// It may still bear the name under which the rows know it from before: Sở Văn hóa và Thể thao.
	for _, r := range shippedRows() {
		if (r.Kind != "continue_expand" && r.Kind != "rename_expand") || r.To[0].Symbol != n.Symbol {
			continue
		}
		for _, before := range r.From {
			if b, ok := p.here(before); ok {
				return NewPart{To: b.ID}
			}
		}
	}
	// It may have been entered by hand with its first day.
	if ids := p.known.bodies(n.Name, p.day); len(ids) == 1 {
		return NewPart{To: ids[0]}
	}
	code := strings.ReplaceAll(n.Symbol, "Đ", "D")
	if !slices.ContainsFunc(p.Change.Creates, func(b New) bool { return b.Code == code }) {
		kind := like.Kind
		if n.Symbol == policeSymbol {
			kind = Agency
		}
		p.Change.Creates = append(p.Change.Creates, New{Code: code, Name: n.Name, ShortName: n.Name, Symbol: n.Symbol, Place: like.Place,
			Kind: kind, Sort: like.Sort, Parent: like.Parent})
	}
	return NewPart{ToCode: code}
}

// merge lets all of from go into to; the one that is to goes on.
func (p *proposer) merge(from []Named, to Named) {
	var giving []Body
	for _, n := range from {
		b, ok := p.here(n)
		switch {
		case !ok:
			p.Lacking = append(p.Lacking, n)
		case n.Symbol != to.Symbol:
			giving = append(giving, b)
		}
	}
	if len(giving) == 0 {
		return
	}
	p.moves(giving)
	for _, b := range giving {
		part := p.receiver(to, b)
		part.From = b.ID
		p.Change.Parts = append(p.Change.Parts, part)
	}
}

// moves are the functions that go elsewhere, before the rest.
func (p *proposer) moves(giving []Body) {
	for _, m := range p.Reference.Moves {
		giver := giving[0]
		if m.From != "" {
			b, ok := p.here(Named{Name: BodyOfSymbol(m.From), Symbol: m.From})
			if !ok {
				p.Lacking = append(p.Lacking, Named{BodyOfSymbol(m.From), m.From})
				continue
			}
			giver = b
		}
		if !m.Decided.fact(m.Confidence) {
			p.note("Việc chuyển " + moveTitle(p.Reference, m) + " chưa có nguồn; xin kiểm tra.")
		}
		for _, function := range m.Functions {
			part := p.receiver(Named{BodyOfSymbol(m.To), m.To}, giver)
			part.From, part.Function = giver.ID, function
			p.Change.Parts = append(p.Change.Parts, part)
		}
	}
}

// rename gives a body another name and brings what it takes over.
func (p *proposer) rename() {
	p.Change.Kind = Renamed
	b, ok := p.here(p.Reference.From[0])
	if !ok {
		p.Lacking = append(p.Lacking, p.Reference.From[0])
		return
	}
	to := p.Reference.To[0]
	p.Change.Names = append(p.Change.Names, NewName{Body: b.ID, Name: to.Name, ShortName: to.Name, Symbol: to.Symbol})
	p.Change.Kinds = append(p.Change.Kinds, NewKind{Body: b.ID, Kind: Department})
	if b.Kind == Department {
		p.Change.Kinds = nil
	}
	for _, m := range p.Reference.Moves {
		giver, ok := p.here(Named{Name: BodyOfSymbol(m.From), Symbol: m.From})
		if !ok {
			p.Lacking = append(p.Lacking, Named{BodyOfSymbol(m.From), m.From})
			continue
		}
		for _, function := range m.Functions {
			p.Change.Parts = append(p.Change.Parts, NewPart{From: giver.ID, To: b.ID, Function: function})
		}
	}
}

// expand is a body that goes on with more to do, perhaps under another name.
func (p *proposer) expand() {
	to := p.Reference.To[0]
	for _, n := range p.Reference.From {
		b, ok := p.here(n)
		if !ok {
			continue
		}
		if n.Symbol != to.Symbol {
			p.Change.Kind = Renamed
			p.Change.Names = append(p.Change.Names, NewName{Body: b.ID, Name: to.Name, ShortName: to.Name, Symbol: to.Symbol})
			p.note("Nơi còn Sở Du lịch riêng thì giữ tên cũ: hãy ghi là không áp dụng.")
			return
		}
		p.Change.Kind = Moved
		for _, m := range p.Reference.Moves {
			if !m.Decided.fact(m.Confidence) {
				p.note("Việc nhận " + moveTitle(p.Reference, m) + " chưa có nguồn nên không ghi sẵn; hãy xác nhận dòng đó trước nếu đúng ở đây.")
				continue
			}
			giver, _ := p.here(Named{Name: BodyOfSymbol(m.From), Symbol: m.From})
			for _, function := range m.Functions {
				p.Change.Parts = append(p.Change.Parts, NewPart{From: giver.ID, To: b.ID, Function: function})
			}
		}
		return
	}
}

// end lets bodies end without saying who takes over, unless there is exactly one and it is known here.
func (p *proposer) end() {
	for _, n := range p.Reference.From {
		b, ok := p.here(n)
		if !ok {
			p.Lacking = append(p.Lacking, n)
			continue
		}
		part := NewPart{From: b.ID}
		if len(p.Reference.To) == 1 {
			if to, ok := p.here(p.Reference.To[0]); ok {
				part.To = to.ID
			}
		}
		p.Change.Parts = append(p.Change.Parts, part)
	}
}

// commission goes on under its new name; the commission of mass mobilisation goes into it where the directory knows it.
func (p *proposer) commission() {
	at := slices.IndexFunc(p.bodies, func(b Body) bool { return b.Kind == Commission })
	if at < 0 {
		return
	}
	own, to := p.bodies[at], p.Reference.To[0]
	name := strings.ReplaceAll(to.Name, "/Thành ủy", "")
	if strings.Contains(own.Name, "Thành ủy") {
		name = strings.ReplaceAll(to.Name, "Tỉnh ủy/", "")
	}
	p.Change.Names = append(p.Change.Names, NewName{Body: own.ID, Name: name, ShortName: name, Symbol: to.Symbol})
	for _, n := range p.Reference.From[1:] {
		for _, spelling := range []Named{{strings.ReplaceAll(n.Name, "/Thành ủy", ""), n.Symbol}, n} {
			if b, ok := p.here(spelling); ok && b.ID != own.ID {
				p.Change.Parts = append(p.Change.Parts, NewPart{From: b.ID, To: own.ID})
				return
			}
		}
	}
	p.Change.Kind = Renamed
	p.Change.Parts = append(p.Change.Parts, NewPart{To: own.ID, Function: "dan-van"})
}

// districts lets the commissions of the districts end; each went to many communes, so that nobody is named.
func (p *proposer) districts() {
	p.Change.Kind = Dissolved
	for _, b := range p.bodies {
		if b.Kind == LowerCommission {
			p.Change.Parts = append(p.Change.Parts, NewPart{From: b.ID})
		}
	}
}
