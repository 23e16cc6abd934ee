package archive

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/document"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
	"giaoban/official"
)

// skeleton is an official paper taken apart by what its form says: what stands at its head, where its text begins and ends,
// which lines are headings. Words decide only where the form is silent.
type skeleton struct {
	*view
	kind     official.Kind
	pieces   []piece
	title    Span // its type and what it is about
	symbol   Span // "05-BC/BTGTU"; empty while the clerk has given none
	issued   Span // "ngày 05 tháng 4 năm 2022"
	opening  int  // the first piece behind the title: addressees and bases
	from, to int  // the pieces of the text
	annexes  int  // the first piece of the annexes; between to and here stand recipients and signatures
	trusted  bool // the file itself says which lines are headings
}

// piece is a block of a file with the place of its words in the text.
type piece struct {
	document.Block
	cells []Span // of a row one for each column, empty where nothing stands
	all   Span   // its words; of a row from its first cell to its last
	words Span   // without the number that is typed before them
	label label
	head  bool // a heading of the text
	told  bool // an item that the file numbers itself, behind words that ask for something: “… yêu cầu:”
}

// skeletonOf takes a file apart; nil when it is no official paper.
func skeletonOf(v *view, pieces []piece) *skeleton {
	s := &skeleton{view: v, pieces: pieces}
	if !s.findHead() {
		return nil
	}
	s.findEnd()
	s.findHeadings()
	return s
}

// piecesOf gives the accepted blocks of a file; places are where they stand in the text.
func piecesOf(d document.Document, v *view, places [][]document.Range) []piece {
	blocks := d.Accepted()
	all := make([]piece, 0, len(blocks))
	for i, b := range blocks {
		p := piece{Block: b}
		for _, r := range places[i] {
			p.cells = append(p.cells, Span(r))
			if r.Start < r.End {
				if p.all.End == 0 {
					p.all.Start = r.Start
				}
				p.all.End = r.End
			}
		}
		p.words = p.all
		if b.Kind != document.Row {
			p.label, p.words.Start = labelOf(b, p.all.Start)
		}
		if n := len(all); n > 0 && b.Kind == document.Item {
			p.told = all[n-1].told || v.asks(all[n-1].words)
		}
		all = append(all, p)
	}
	return all
}

// asking words end a line behind which stands what is asked for.
var asking = []string{"yêu cầu", "đề nghị", "giao nhiệm vụ", "giao", "chỉ đạo", "lưu ý", "nhấn mạnh", "kết luận"}

// asks tells a line that ends in “… yêu cầu:”.
func (v *view) asks(s Span) bool {
	low := strings.TrimRight(v.low[s.Start:s.End], " ")
	if !strings.HasSuffix(low, ":") {
		return false
	}
	low = strings.TrimRight(low, " :")
	for _, word := range asking {
		if strings.HasSuffix(low, word) && v.edge(s.Start+len(low)-len(word)) {
			return true
		}
	}
	return false
}

// typeNames are the kinds of papers by the words in capitals above what they are about.
var typeNames = []struct {
	name string
	kind official.Kind
}{{"BÁO CÁO", official.Report}, {"THÔNG BÁO", official.Notice}, {"KẾ HOẠCH", official.Plan}, {"GIẤY MỜI", official.Invitation},
	{"BIÊN BẢN", official.Minutes}, {"TỜ TRÌNH", official.Petition}, {"HƯỚNG DẪN", official.Guideline}, {"CHƯƠNG TRÌNH", official.Programme},
	{"QUYẾT ĐỊNH", official.Decision}, {"QUY CHẾ", official.Regulation}, {"PHIẾU CHUYỂN", official.Transfer}}

// typeAt reads the name of a kind of paper at the beginning of a line.
func typeAt(line string) (official.Kind, bool) {
	line = strings.TrimLeft(line, " *-–_")
	for _, t := range typeNames {
		if rest, ok := strings.CutPrefix(line, t.name); ok && (rest == "" || rest[0] == ' ' || rest[0] == '\n' || rest[0] == ':') {
			return t.kind, true
		}
	}
	return "", false
}

var (
	numberLine = pattern.Of(`(?:^|\s)Số ?:? ?([0-9]{0,5} ?[-/] ?\pL[\pL0-9/&.,-]*[\pL0-9])$`)
	dateLine   = pattern.Of(`\pL, (ngày(?: [0-9]{1,2})? tháng(?: [0-9]{1,2})? năm(?: [0-9]{4})?)$`)
)

// mostHead is how many blocks the head of a paper may take.
const mostHead = 40

// findHead finds letterhead, number, date, type and addressees. A paper has three of them at least, with its recipients, and
// among them its type or, a letter, its addressees.
func (s *skeleton) findHead() bool {
	found := make(map[string]bool)
	title := -1
	for i := 0; i < len(s.pieces) && i < mostHead; i++ {
		p := &s.pieces[i]
		s.eachLine(p, func(l Span) {
			line := strings.Trim(s.text[l.Start:l.End], " *")
			if utf8.RuneCountInString(line) > 140 {
				return
			}
			switch {
			case strings.Contains(line, "ĐẢNG CỘNG SẢN VIỆT NAM"), strings.Contains(line, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"):
				found["national"] = true
			case s.symbol.End == 0 && numberLine().MatchString(line):
				found["number"] = true
				if symbol := numberLine().FindStringSubmatch(line)[1]; symbol[0] >= '0' && symbol[0] <= '9' {
					at := l.Start + strings.LastIndex(s.text[l.Start:l.End], symbol)
					s.symbol = Span{at, at + len(symbol)}
				}
			case !found["date"] && dateLine().MatchString(line):
				found["date"] = true
				day := dateLine().FindStringSubmatch(line)[1]
				at := l.Start + strings.LastIndex(s.text[l.Start:l.End], day)
				s.issued = Span{at, at + len(day)}
			}
		})
		if kind, ok := typeAt(s.text[p.words.Start:p.words.End]); ok && p.Kind != document.Row && len(found) > 0 {
			title, s.kind, found["type"] = i, kind, true
			break
		}
		if s.addresses(p) && len(found) > 0 {
			s.kind, found["addressees"] = official.Letter, true
			s.opening = i
			break
		}
	}
	for i := range s.pieces {
		if s.receives(&s.pieces[i]) {
			found["recipients"] = true
			break
		}
	}
	if s.kind == "" || len(found) < 3 {
		return false
	}
	if title >= 0 {
		s.findSubject(title)
	}
	s.findText()
	return true
}

// eachLine runs through the lines of a piece, those of each cell after the other.
func (s *skeleton) eachLine(p *piece, do func(l Span)) {
	for _, c := range p.cells {
		for start := c.Start; start < c.End; {
			end := start + strings.IndexByte(s.text[start:c.End], '\n')
			if end < start {
				end = c.End
			}
			do(Span{start, end})
			start = end + 1
		}
	}
}

// addresses tells the line “Kính gửi: …”.
func (s *skeleton) addresses(p *piece) bool {
	_, ok := s.begins(p.all.Start, p.all.End, "kính gửi", "kính trình")
	return ok
}

// receives tells the block that begins with “Nơi nhận:”.
func (s *skeleton) receives(p *piece) (ok bool) {
	s.eachLine(p, func(l Span) {
		if next, is := s.begins(s.skip(l.Start, l.End, " *_"), l.End, "nơi nhận"); is && l.End-next < 20 {
			ok = true
		}
	})
	return ok
}

// findSubject takes the lines below the type as what the paper is about, down to the line of dashes, a sentence or a number.
func (s *skeleton) findSubject(title int) {
	s.title = s.pieces[title].words
	s.opening = title + 1
	if !fold.Capitals(s.text[s.title.Start:s.title.End], 2) { // a saved page has both in one heading
		return
	}
	for i := title + 1; i < len(s.pieces) && i <= title+5; i++ {
		p := &s.pieces[i]
		text := s.text[p.words.Start:p.words.End]
		if ornament(text) {
			s.opening = i + 1
			return
		}
		if p.Kind == document.Row || p.label.rank > 0 || s.addresses(p) || document.EndsSentence(text) || i > title+1 && fold.Capitals(text, 2) {
			return
		}
		if _, basis := s.begins(p.words.Start, p.words.End, "căn cứ"); basis {
			return
		}
		s.title.End, s.opening = p.words.End, i+1
	}
}

// findText passes over addressees and bases.
func (s *skeleton) findText() {
	i := s.opening
	if i < len(s.pieces) && s.addresses(&s.pieces[i]) {
		i++
		for i < len(s.pieces) && s.pieces[i].label.rank == dashed {
			i++
		}
	}
	for i < len(s.pieces) {
		p := &s.pieces[i]
		text := s.text[p.words.Start:p.words.End]
		_, basis := s.begins(p.words.Start, p.words.End, "căn cứ")
		basis = basis && !strings.HasSuffix(text, ":") || strings.HasSuffix(text, ";")
		if p.Kind == document.Row || !(p.label.rank == dashed || p.label.rank == 0 && basis || ornament(text)) {
			break
		}
		i++
	}
	s.from = i
	for ; i < len(s.pieces) && i < s.from+mostHead; i++ { // what stands above “QUYẾT ĐỊNH:” are bases
		p := &s.pieces[i]
		if _, resolves := typeAt(s.text[p.words.Start:p.words.End]); resolves && s.kind == official.Decision && strings.HasSuffix(s.text[:p.words.End], ":") {
			s.from = i + 1
			break
		}
	}
}

// findEnd finds where recipients and signatures begin, and behind them the annexes.
func (s *skeleton) findEnd() {
	s.annexes, s.to = len(s.pieces), len(s.pieces)
	closed := false
	for i := s.from; i < len(s.pieces); i++ {
		p := &s.pieces[i]
		if !closed && s.receives(p) {
			s.to, closed = i, true
			continue
		}
		if s.annex(p, closed) {
			s.annexes = i
			if !closed {
				s.to = i
			}
			break
		}
	}
	for s.to > s.from && s.signs(&s.pieces[s.to-1]) {
		s.to--
	}
}

// annex tells the line “PHỤ LỤC II” above an annex; behind the signature also one that goes on with the title.
func (s *skeleton) annex(p *piece, closed bool) bool {
	if p.Kind == document.Row || p.label.rank > 0 {
		return false
	}
	next, ok := s.begins(p.words.Start, p.words.End, "phụ lục")
	if !ok {
		return false
	}
	rest := strings.Trim(s.text[next:p.words.End], " .:-–\n")
	first, _, _ := strings.Cut(rest, " ")
	return closed || rest == "" || roman(first) > 0 || first[0] >= '0' && first[0] <= '9' || p.Kind == document.Heading
}

// signs tells a block of which each line is an office in capitals or a name: what stands below the text.
func (s *skeleton) signs(p *piece) bool {
	if p.label.rank > 0 || p.Kind == document.Heading || p.Kind == document.Row && len(s.filled(p)) > 2 {
		return false
	}
	lines, ok := 0, true
	s.eachLine(p, func(l Span) {
		line := strings.Trim(s.text[l.Start:l.End], " *()")
		if line == "" {
			return
		}
		lines++
		if utf8.RuneCountInString(line) > 80 || !fold.Capitals(line, 2) && !nameLike(line) {
			ok = false
		}
	})
	return ok && lines > 0
}

// filled are the cells of a row in which something stands, by their columns.
func (s *skeleton) filled(p *piece) (columns []int) {
	for i, c := range p.cells {
		if c.Start < c.End {
			columns = append(columns, i)
		}
	}
	return columns
}

// ornament tells a line that has neither letters nor digits: “-----”.
func ornament(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
