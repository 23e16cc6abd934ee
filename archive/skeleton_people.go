package archive

import (
	"strings"
	"unicode/utf8"

	"giaoban/document"
	"giaoban/internal/fold"
	"giaoban/official"
)

// What the lines of an invitation, and those of minutes that tell who was there, say before their colon.
var (
	invitedKeys   = []string{"thành phần mời", "thành phần", "kính mời", "đại biểu mời", "thành phần dự", "thành phần tham dự"}
	presentKeys   = []string{"có mặt", "dự họp", "dự hội nghị", "đại biểu dự", "tham dự", "cùng dự", "dự", "dự và chỉ đạo", "thành phần", "thành phần dự"}
	absentKeys    = []string{"vắng mặt", "vắng mặt có lý do", "vắng", "vắng có lý do"}
	programmeKeys = []string{"chương trình", "chương trình hội nghị", "chương trình làm việc", "nội dung", "nội dung hội nghị", "nội dung làm việc"}
	whenKeys      = []string{"thời gian", "bắt đầu"}
	whereKeys     = []string{"địa điểm", "nơi họp"}
)

// longestKey of such a line, in letters.
const longestKey = 40

// key splits a line at its colon; "" where it has none that ends its first words.
func (s *skeleton) key(at Span) (key string, rest Span) {
	colon := strings.IndexByte(s.text[at.Start:at.End], ':')
	if colon < 0 || utf8.RuneCountInString(s.text[at.Start:at.Start+colon]) > longestKey {
		return "", Span{}
	}
	return strings.TrimSpace(s.low[at.Start : at.Start+colon]), s.trimmed(Span{at.Start + colon + 1, at.End}, "")
}

func among(key string, keys []string) bool {
	for _, k := range keys {
		if key == k {
			return true
		}
	}
	return false
}

// grouped reads what invitations and minutes tell in lists: who is invited, who was there and who was not, the programme, day
// and place. False for a block that is none of it.
func (r *reader) grouped(p *piece) bool {
	if r.group != nil {
		if p.label.rank > r.under {
			if it, ok := r.bare(p.words); ok {
				*r.group = append(*r.group, it)
			}
			return true
		}
		r.group = nil
	}
	lists := r.kind == official.Invitation || r.kind == official.Minutes && (r.in == attending || r.in == course || r.in == skipped)
	if !lists {
		return false
	}
	key, rest := r.key(p.words)
	switch {
	case key == "":
		return r.in == attending && r.kind == official.Minutes && r.namePresent(p)
	case among(key, whenKeys):
		r.when(rest)
	case among(key, whereKeys):
		if it, ok := r.bare(rest); ok && r.out.Place.Value == "" {
			r.out.Place = it
		}
	case among(key, programmeKeys):
		r.gather(&r.out.Programme, p, rest)
	case r.kind == official.Invitation && among(key, invitedKeys):
		r.gather(&r.out.Invited, p, rest)
	case r.kind == official.Minutes && among(key, absentKeys):
		r.gather(&r.out.Absent, p, rest)
	case r.kind == official.Minutes && among(key, presentKeys):
		r.gather(&r.out.Present, p, rest)
	default:
		return r.in != course // chair, secretary, what to bring: told elsewhere, or no list of ours
	}
	return true
}

// namePresent takes an item without a key below “Thành phần” as somebody who was there.
func (r *reader) namePresent(p *piece) bool {
	it, ok := r.bare(p.words)
	if ok && p.label.rank > 0 {
		r.out.Present = append(r.out.Present, it)
	}
	return true
}

// gather begins a list: what stands behind the colon, and the items below.
func (r *reader) gather(list *[]Item, p *piece, rest Span) {
	for _, part := range r.cut(rest) {
		if next, ok := r.begins(part.Start, part.End, "đại diện"); ok {
			part.Start = next
		}
		if it, ok := r.bare(part); ok {
			*list = append(*list, it)
		}
	}
	r.group, r.under = list, p.label.rank
	if p.label.rank == 0 {
		r.under = counted - 1
	}
}

// when takes the day of an invitation or of minutes, where the text has told none.
func (r *reader) when(at Span) {
	if !r.out.HeldOn.IsZero() {
		return
	}
	if d, found, ok := r.dateIn(at.Start, at.End); ok && !d.IsZero() {
		r.out.HeldOn, r.out.HeldOnSpan = d, found
		r.out.PartOfDay, r.out.PartSpan = r.page.partBefore(at.Start, found.Start)
	}
}

// signing are offices and the names below them, until another office comes.
type signing struct{ offices, names []Span }

// signers reads who signs, with the office above the name: of names that stand beside each other each with its own.
func (r *reader) signers() {
	var open signing
	for i := r.to; i < r.annexes; i++ {
		p := &r.pieces[i]
		for _, c := range p.cells {
			one := *p
			if one.cells = []Span{c}; r.receives(&one) {
				continue
			}
			r.eachLine(&one, func(l Span) {
				l = r.trimmed(l, "*()")
				switch line := r.text[l.Start:l.End]; {
				case line == "" || document.IsBullet(line):
				case fold.Capitals(line, 2):
					if len(open.names) > 0 {
						r.sign(open)
						open = signing{}
					}
					open.offices = append(open.offices, l)
				case nameLike(line) && len(open.offices) > 0:
					open.names = append(open.names, l)
				}
			})
			if p.rows() {
				r.sign(open)
				open = signing{}
			}
		}
	}
	r.sign(open)
}

func (r *reader) sign(s signing) {
	for i, name := range s.names {
		title := ""
		switch {
		case len(s.names) == 1:
			var words []string
			for _, o := range s.offices {
				words = append(words, strings.Fields(r.text[o.Start:o.End])...)
			}
			title = strings.Join(words, " ")
		case len(s.names) == len(s.offices):
			title = r.words(s.offices[i])
		}
		r.out.Signers = append(r.out.Signers, Person{Name: r.text[name.Start:name.End], Title: title, Span: name})
	}
}
