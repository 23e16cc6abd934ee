package citation

import (
	"math"
	"slices"
	"strings"

	"giaoban/calendar"
)

// Remarks.
const (
	noteInheritedType = "Từ chỉ loại lấy theo văn bản trước trong danh sách."
	noteShorthand     = "Cách viết tắt của trang tin, chưa phải ký hiệu đầy đủ."
	noteSharedDate    = "Ngày ghi chung cho danh sách."
	noteSharedIssuer  = "Cơ quan ban hành ghi chung cho danh sách."
	noteSharedSuffix  = "Ký hiệu ghi chung cho danh sách."
	noteFarType       = "Từ chỉ loại đứng cách số hiệu."
	noteNoSymbol      = "Chỉ ghi số, không ghi ký hiệu."
	noteAfterTitle    = "Cơ quan ban hành đứng sau tên văn bản."
	noteUnjoined      = "Thiếu dấu nối sau số."
	noteBeforeDate    = "Ngày lấy từ câu dẫn phía trước."
)

// keep writes a reference down, after the bare numbers of its list.
func (f *finder) keep(s symbol, left before, right after, bare []int, listed bool) {
	for n, i := range bare {
		item := s
		item.first, item.end, item.number, item.text = i, i+1, f.raw(i), f.raw(i)+s.suffix
		l := left
		if n > 0 {
			l = before{start: i, kind: left.kind, shared: true, issuer: left.issuer, date: left.date}
		}
		f.one(item, l, after{end: i + 1}, listed || n > 0)
		f.found[len(f.found)-1].note(noteSharedSuffix)
	}
	if len(bare) > 0 {
		left = before{start: s.first, kind: left.kind, shared: true, issuer: left.issuer, date: left.date}
		listed = true
	}
	f.one(s, left, right, listed)
	f.shareBack()
}

// one writes a single reference down.
func (f *finder) one(s symbol, left before, right after, listed bool) {
	start, end := f.at(left.start).start, f.at(right.end-1).end
	if start < f.past {
		start = f.at(s.first).start
	}
	if next := f.at(right.end); next.kind == closeKind && next.gap == none && f.opens(left.start, right.end) {
		end = next.end
	}
	ref := Reference{Number: s.number, Symbol: s.text, Start: start, End: end, Text: f.text[start:end]}
	l := link{head: s.headText, suffix: s.suffix, dated: right.date.end > 0, issuer: right.issuer.end > 0, chained: listed && !(left.kind != nil && f.parted(left.start))}
	note := func(n string) { ref.Notes = append(ref.Notes, n) }
	var prior *Reference
	var before link
	if listed && len(f.found) > 0 {
		prior, before = &f.found[len(f.found)-1], f.links[len(f.links)-1]
	}
	switch {
	case left.kind != nil:
		ref.Type, l.typed = left.kind.name, !left.shared
		f.compareKinds(s, left.kind, note)
		if left.far {
			note(noteFarType)
		}
	case left.short:
		note("Loại văn bản chỉ ghi tắt là “" + left.shortText + "”.")
	case prior != nil && prior.Type != "" && before.head == s.headText:
		ref.Type = prior.Type
		note(noteInheritedType)
	}
	if s.portal || s.dotted {
		note(noteShorthand)
	}
	if s.unjoined {
		note(noteUnjoined)
	}
	if s.number != "" && s.text == "" {
		note(noteNoSymbol)
	}
	l.lead, l.leadDate = left.issuer, left.date
	if l.lead.end == 0 {
		b, d := f.leadOf(left.start)
		l.lead, l.colon = b, f.at(left.start-1).kind == colonKind
		if l.leadDate.end == 0 && d.end > 0 {
			l.leadDate = d
			if right.date.end == 0 {
				note(noteBeforeDate)
			}
		}
	}
	if l.lead.end > 0 {
		l.leadIssuer = f.written(l.lead.first, l.lead.end)
	} else if prior != nil && right.issuer.end == 0 && before.leadIssuer != "" && (before.colon || !f.parted(left.start)) {
		l.colon = before.colon
		l.lead, l.leadIssuer = before.lead, before.leadIssuer
		note(noteSharedIssuer)
		if !before.dated && right.date.end == 0 && before.leadDate.end > 0 {
			l.leadDate = before.leadDate
			note(noteSharedDate)
		}
	}
	if right.passedTitle {
		note(noteAfterTitle)
	}
	d := right.date
	if d.end == 0 {
		d = l.leadDate
	}
	ref.Date = d.date
	if d.note != "" {
		note(d.note)
	}
	ref.Issuer, ref.Term = l.leadIssuer, l.lead.term
	if right.issuer.end > 0 {
		ref.Issuer, ref.Term = f.written(right.issuer.first, right.issuer.end), right.issuer.term
	}
	if right.term != "" {
		ref.Term = right.term
	}
	if ref.Symbol != "" && ref.Type != "" {
		if f.cited == nil {
			f.cited = make(map[string]bool)
		}
		f.cited[ref.Type+ref.Number] = true
	}
	ref.Confidence = confidence(&ref, s)
	if !listed {
		f.links, f.lone = f.links[:0], len(f.found)
	}
	f.found, f.links, f.past = append(f.found, ref), append(f.links, l), end
}

// opens reports whether a bracket is opened and not closed from token i up to end: "Nghị quyết (số 03-NQ/TU".
func (f *finder) opens(i, end int) bool {
	depth := 0
	for ; i < end; i++ {
		switch f.at(i).kind {
		case openKind:
			depth++
		case closeKind:
			depth--
		}
	}
	return depth > 0
}

// farKind looks for the word that the symbol abbreviates when it does not stand beside the number: "Kế hoạch tổ chức
// hội thi (số 45/KH-UBND)". The reference still begins at the number.
func (f *finder) farKind(s symbol, left *before) {
	if left.kind != nil || left.short || !left.numbered || !s.knownHead {
		return
	}
	for t := left.start - 1; t >= 0 && t > left.start-typeReach; t-- {
		tok := f.word(t)
		if tok.start < f.past || tok.kind == semicolonKind || f.at(t+1).gap >= line || tok.kind == dotKind && f.at(t+1).gap != none {
			return
		}
		if v, _ := types.match(&f.reader, t); v != 0 && tok.kind == wordKind && (tok.first || !misread[[2]word{f.word(t - 1).id, tok.id}]) {
			if e := &typeList.entries[v-1]; e.fits(s.head) {
				left.kind, left.far = e, true
				return
			}
		}
	}
}

// fits reports whether symbols of this kind begin with the given letters.
func (e *typeEntry) fits(head word) bool {
	return slices.Contains(e.heads, head)
}

// compareKinds says when the word and the symbol name different kinds; the word wins.
func (f *finder) compareKinds(s symbol, kind *typeEntry, note func(string)) {
	if !s.knownHead || strings.TrimSpace(kind.symbols) == "" || s.headText == "" {
		return
	}
	if kind.fits(s.head) {
		return
	}
	names := typeSymbols[s.head]
	text := "Từ chỉ loại là " + kind.name + ", ký hiệu ghi " + s.headText
	if len(names) > 0 {
		text += " (" + strings.Join(names, " hoặc ") + ")"
	}
	note(text + ".")
}

// confidence weighs what is written: a whole reference is nearly certain, a bare symbol is not.
func confidence(r *Reference, s symbol) float64 {
	c := 0.7
	if r.Type != "" {
		c += 0.12
	}
	if s.knownHead || s.year && s.knownBody {
		c += 0.08
	}
	if r.Date != (calendar.Date{}) {
		c += 0.05
	}
	if r.Issuer != "" {
		c += 0.04
	}
	c -= 0.06 * float64(len(r.Notes))
	if r.Symbol == "" && !(r.Number == "" && r.Date != (calendar.Date{})) {
		c -= 0.25
	}
	return rounded(c)
}

func rounded(c float64) float64 { return math.Round(max(c, 0.3)*100) / 100 }
