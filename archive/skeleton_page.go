package archive

import (
	"strings"

	"giaoban/official"
)

// sortPaper tells the lines of a paper by its skeleton, where a page of news is sorted by how its lines look.
func (p *page) sortPaper(s *skeleton) {
	at := 0
	for i := range p.lines {
		l := &p.lines[i]
		for at < len(s.pieces)-1 && s.pieces[at].all.End <= l.Start {
			at++
		}
		l.kind = s.lineKind(at, l.Start)
	}
	p.main = Span{len(p.text), 0}
	for _, l := range p.lines {
		if l.kind != outside {
			p.main.Start, p.main.End = min(p.main.Start, l.Start), max(p.main.End, l.End)
		}
	}
	if p.main.Start > p.main.End {
		p.main = Span{}
	}
}

// lineKind is what a line of the piece is to the reader of the page.
func (s *skeleton) lineKind(i, start int) lineKind {
	p := &s.pieces[i]
	switch {
	case s.title.Start <= start && start < s.title.End:
		return title
	case i < s.opening || i >= s.to && i < s.annexes:
		return outside
	case i < s.from, i >= s.annexes, p.rows(), p.aside():
		return beside
	case p.head:
		return heading
	}
	return body
}

// head proposes what stands above the text: the kind of the paper, its number and day, what it is about.
func (s *skeleton) head(out *Proposal) {
	out.Paper = s.kind
	out.Title.Span = s.trimmed(s.title, "-–_*")
	out.Title.Value = strings.Join(strings.Fields(s.text[out.Title.Start:out.Title.End]), " ")
	if s.symbol.End > 0 {
		out.Symbol = s.item(s.symbol)
	}
	if day, _, ok := s.dateIn(s.issued.Start, s.issued.End); ok {
		out.Issued = day
	}
	switch s.kind {
	case official.Report:
		out.Kind, out.KindSpan = Report, out.Title.Span
	case official.Notice:
		out.Kind, out.KindSpan = Notice, out.Title.Span
	}
}

// tellsOfMeeting tells the kinds of papers that tell of a conference as its page in the news does.
func tellsOfMeeting(k official.Kind) bool {
	return k == official.Invitation || k == official.Minutes || k == official.Programme
}
