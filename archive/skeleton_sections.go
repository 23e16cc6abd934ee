package archive

import (
	"strings"

	"giaoban/official"
)

// sectionWords are how headings of papers begin, by what stands below them.
var sectionWords = []struct {
	in    section
	words []string
}{
	{causes, []string{"nguyên nhân"}},
	{attending, []string{"thành phần", "đại biểu dự", "người dự", "dự họp", "dự hội nghị"}},
	{course, []string{"diễn biến", "nội dung thảo luận", "ý kiến thảo luận", "các ý kiến"}},
	{skipped, []string{"bài học", "mục đích", "mục tiêu", "quan điểm", "sự cần thiết", "căn cứ", "thời gian", "địa điểm", "phạm vi", "đối tượng", "kết thúc"}},
	{shortcomings, []string{"hạn chế", "tồn tại", "thiếu sót", "yếu kém", "khuyết điểm", "bất cập"}},
	{difficulties, []string{"khó khăn", "vướng mắc"}},
	{results, []string{"kết quả", "ưu điểm", "tình hình", "thành tựu", "đánh giá kết quả", "đánh giá tình hình"}},
	{assessed, []string{"đánh giá", "nhận xét", "nhận định"}},
	{guidance, []string{"định hướng"}},
	{tasks, []string{"nhiệm vụ", "phương hướng", "giải pháp", "trọng tâm", "công tác trọng tâm", "chương trình công tác", "tổ chức thực hiện", "phân công", "việc cần làm"}},
	{proposals, []string{"kiến nghị", "đề xuất", "đề nghị"}},
	{conclusions, []string{"kết luận", "ý kiến kết luận", "ý kiến chỉ đạo", "chỉ đạo"}},
}

// sectionNamed tells by the first words of a heading, in small letters, what stands below it.
func sectionNamed(low string) section {
	for again := true; again; {
		again = false
		for _, word := range []string{"một số ", "những ", "các ", "về ", "phần "} {
			if rest, ok := strings.CutPrefix(low, word); ok {
				low, again = rest, true
			}
		}
	}
	found, most := none, 0
	v := newView(low)
	for _, s := range sectionWords {
		if next, ok := v.begins(0, len(low), s.words...); ok && next > most {
			found, most = s.in, next
		}
	}
	return found
}

// sectionHeld is what a heading of the first level is about that does not begin with it: "Thuận lợi, khó khăn".
func (s *skeleton) sectionHeld(at Span) section {
	for _, one := range sectionWords {
		switch one.in {
		case shortcomings, difficulties, proposals, conclusions, tasks, results:
			if s.hasAny(at.Start, at.End, one.words...) {
				return one.in
			}
		}
	}
	return none
}

// contents are what a paper of a kind tells below a heading that only says "Nội dung", and below one that names a subject.
func (s *skeleton) contents() section {
	switch s.kind {
	case official.Report:
		return results
	case official.Plan, official.Programme:
		return tasks
	case official.Guideline:
		return guidance
	case official.Notice, official.Decision, official.Regulation:
		return conclusions
	}
	return skipped
}

// chapter is a heading above the words that are being read.
type chapter struct {
	rank int
	in   section
}

// reader walks through the text of a paper and puts each block where the headings above it say.
type reader struct {
	*skeleton
	page   *page
	out    *Proposal
	open   []chapter // the highest first
	in     section
	group  *[]Item // the list that stands below “Thành phần mời:”; nil: none
	under  int     // the rank of that line
	items  int     // the last numbered item or row of the part, -1 without
	listed bool    // one of them came already
	tabled bool    // the last of them was a row
	above  columns // of the table that was read last
	match  Matcher
}

// read proposes what the paper says.
func (s *skeleton) read(p *page, out *Proposal, match Matcher) {
	r := &reader{skeleton: s, page: p, out: out, match: match}
	r.begin(s.from)
	for i := s.from; i < s.to; i++ {
		i = r.block(i)
	}
	r.open, r.in, r.group = nil, none, nil
	for i := s.annexes; i < len(s.pieces); i++ {
		if s.pieces[i].rows() {
			i = r.table(i)
		}
	}
	r.signers()
}

// begin looks over a part, down to the next heading, for the last of its items.
func (r *reader) begin(from int) {
	r.items, r.listed, r.tabled, r.group = -1, false, false, nil
	for i := from; i < r.to && !r.pieces[i].head; i++ {
		if r.pieces[i].label.rank > 0 || r.pieces[i].rows() {
			r.items = i
		}
	}
}

// block reads one block, or all rows of a table, and gives the last that was read.
func (r *reader) block(i int) int {
	p := &r.pieces[i]
	switch {
	case p.head:
		r.heading(p)
		r.begin(i + 1)
	case p.rows():
		return r.table(i)
	case p.aside() || ornament(r.text[p.words.Start:p.words.End]) || r.besideTable(i):
	case r.grouped(p):
	case p.label.rank == 0 && strings.HasSuffix(r.text[p.words.Start:p.words.End], ":"):
		r.announce(p)
	default:
		r.passage(i)
	}
	return i
}

func (r *reader) heading(p *piece) {
	rank := r.rank(p)
	for len(r.open) > 0 && r.open[len(r.open)-1].rank >= rank {
		r.open = r.open[:len(r.open)-1]
	}
	in := sectionNamed(r.low[p.words.Start:p.words.End])
	if _, ok := r.begins(p.words.Start, p.words.End, "nội dung"); ok && in == none {
		in = r.contents()
	}
	switch {
	case len(r.open) > 0:
		above := r.open[len(r.open)-1].in
		if in == none || (in == results || in == assessed) && above != assessed && above != none && above != skipped {
			in = above
		}
	case in == none:
		if in = r.sectionHeld(p.words); in == none {
			in = r.contents()
		}
	}
	r.open, r.in = append(r.open, chapter{rank, in}), in
}

// announce reads a line that ends in a colon. Where a heading has decided, words change nothing.
func (r *reader) announce(p *piece) {
	if r.in != none && r.in != assessed {
		return
	}
	if r.kind == official.Invitation {
		return
	}
	near := r.page.words.RuneStart(max(p.words.Start, p.words.End-160))
	if r.asks(p.words) || r.kind != official.Report && r.hasAny(near, p.words.End, "kết luận", "chỉ đạo", "yêu cầu", "đề nghị", "thống nhất") {
		r.in = conclusions
	} else if _, lacks := r.page.lacking(p.words.Start, p.words.End); lacks && r.in == assessed {
		r.in = shortcomings // “… còn một số hạn chế:”
	}
}

// passage reads a paragraph or an item of the text.
func (r *reader) passage(i int) {
	p := &r.pieces[i]
	in, item := r.in, p.label.rank > 0
	switch {
	case in == none && (p.told || p.label.rank == article || item && r.kind == official.Notice):
		in = conclusions
	case item:
	case r.closes(i):
		return
	case in == conclusions && !r.listed && r.items > i:
		in = assessed // before they are counted, conclusions say how things stand
	}
	if item {
		r.listed, r.tabled = true, false
	}
	r.add(in, p.words)
}

// closes tells the words that end a paper or a table: a paragraph behind the last item of the text, a note below a table of
// tasks, a sentence by which there is nothing to tell.
func (r *reader) closes(i int) bool {
	p := &r.pieces[i]
	if i == r.to-1 && r.listed {
		return true
	}
	if r.in == tasks && (r.tabled || r.leadsToTable(i)) {
		return true
	}
	_, formula := r.begins(p.words.Start, p.words.End, "trên đây là", "các cơ quan không nêu", "các cơ quan không có kiến nghị", "chưa có nội dung được tiếp nhận")
	return formula || i == r.to-1 && r.hasAny(p.words.Start, p.words.End, "thông báo để", "thông báo đến", "biết, thực hiện")
}

// add puts words into the list of a section.
func (r *reader) add(in section, s Span) {
	if _, cause := r.begins(s.Start, s.End, "nguyên nhân"); cause && (in == shortcomings || in == difficulties) {
		in = causes
	}
	if in == assessed {
		r.assess(s)
		return
	}
	it, ok := r.bare(s)
	if !ok {
		return
	}
	out := r.out
	switch in {
	case results:
		out.Results = append(out.Results, it)
	case difficulties:
		out.Difficulties = append(out.Difficulties, it)
	case shortcomings:
		out.Shortcomings = append(out.Shortcomings, it)
	case causes:
		out.Causes = append(out.Causes, it)
	case proposals:
		out.Proposals = append(out.Proposals, it)
	case guidance:
		out.Guidance, out.Conclusions = append(out.Guidance, it), append(out.Conclusions, it)
	case conclusions, tasks:
		r.conclude(in, it)
	}
}

// assess sorts what is said of how things stand by its words: below such a heading results and shortcomings stand together.
func (r *reader) assess(s Span) {
	of := func(s Span) section {
		at, lacks := r.page.lacking(s.Start, s.End)
		switch {
		case !lacks:
			return results
		case r.hasAny(at, s.End, "khó khăn", "vướng mắc") && !r.hasAny(at, s.End, "hạn chế", "tồn tại", "thiếu sót", "yếu kém"):
			return difficulties
		}
		return shortcomings
	}
	parts := r.sentences(s)
	mixed := false
	for _, part := range parts {
		mixed = mixed || of(part) != of(parts[0])
	}
	if !mixed {
		parts = []Span{s}
	}
	for _, part := range parts {
		in := of(part)
		if in != results {
			part.Start = r.page.withoutConnection(part.Start, part.End)
		}
		r.add(in, part)
	}
}

// bare gives words without the marks around them; false for what says nothing.
func (v *view) bare(at Span) (Item, bool) {
	at = v.trimmed(at, ",;:-–+•*/ ")
	for at.End > at.Start && strings.HasSuffix(v.text[at.Start:at.End], ".") && !strings.HasSuffix(v.text[at.Start:at.End], "..") {
		at = v.trimmed(Span{at.Start, at.End - 1}, ",;: /")
	}
	return v.item(at), strings.ContainsRune(v.text[at.Start:at.End], ' ')
}
