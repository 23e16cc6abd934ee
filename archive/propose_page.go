package archive

import (
	"strings"
	"unicode/utf8"

	"giaoban/citation"
	"giaoban/document"
)

// lineKind is what a line of a page is to the reader.
type lineKind uint8

const (
	outside lineKind = iota // menus, comments, footers, other news
	repeat                  // what the portal says a second time
	title
	posted
	body
	heading
	caption
	byline
	beside // of a paper: bases, rows of tables, annexes
)

type line struct {
	Span
	kind     lineKind
	runes    int
	letters  string // for comparing, "" for very long lists of nothing
	finished bool   // ends as a sentence does
}

// page is the text by lines, with the article found.
type page struct {
	*view
	lines []line
	main  Span
	cited []citation.Reference // of the article
	told  map[int]bool         // lines that are items behind “… yêu cầu:”, by their first byte
}

// endings begin lines after which no line belongs to the article.
var endings = []string{"tin khác", "các tin khác", "tin bài khác", "các tin bài khác", "những tin khác", "tin tức khác", "tin liên quan", "tin, bài liên quan", "tin bài liên quan",
	"các tin liên quan", "bài viết liên quan", "bài liên quan", "bài viết khác", "các bài viết khác", "các bài khác", "bài khác", "tin cùng chuyên mục", "cùng chuyên mục",
	"tin cùng loại", "tin cùng chuyên đề", "cùng chủ đề", "tin mới hơn", "tin cũ hơn", "những tin mới hơn", "những tin cũ hơn", "các tin đã đưa", "tin đã đưa", "tin mới", "tin mới nhất", "tin đọc nhiều",
	"đọc nhiều", "xem nhiều", "tin nổi bật", "có thể bạn quan tâm", "bình luận", "ý kiến bạn đọc", "ý kiến của bạn", "gửi bình luận", "gửi ý kiến", "viết bình luận", "phản hồi", "gửi phản hồi",
	"tổng số điểm của bài viết", "click để đánh giá", "đánh giá bài viết", "đánh giá:", "bạn đã không sử dụng", "back to top", "về đầu trang", "lên đầu trang", "tiện ích thông tin", "qr code", "từ khóa", "tags", "tag:",
	"thăm dò ý kiến", "liên kết website", "liên kết web", "thống kê truy cập", "thống kê", "lượt truy cập", "số lượt truy cập", "đang truy cập", "đang online", "giấy phép", "bản quyền", "copyright", "©", "chịu trách nhiệm",
	"trưởng ban biên tập", "văn bản mới", "nơi nhận", "quảng cáo", "trang chủ", "xem thêm", "xem tiếp", "đọc thêm", "related news", "other news"}

// asides are lines of a page that end nothing: buttons and counters.
var asides = []string{"in bài viết", "in trang", "bản in", "gửi email", "gửi mail", "chia sẻ", "lượt xem", "số lượt xem", "lượt đọc", "print", "email", "facebook", "zalo", "twitter", "font size", "cỡ chữ", "nghe đọc bài",
	"lưu bài viết", "phóng to", "xem với cỡ chữ", "đọc bài viết", "audio", "trang tin điện tử", "đăng nhập", "tìm kiếm", "skip to main content", "chi tiết bài viết", "a+", "a-", "aa"}

var genre = []string{"hội nghị", "giao ban", "tổng kết", "sơ kết", "ký kết", "phối hợp", "khoa giáo", "tuyên giáo", "tuyên huấn", "triển khai", "nhiệm vụ", "báo cáo", "thông báo", "công tác", "kết luận", "quý", "chương trình", "quy chế"}

func newPage(text string, captions []string, m model) *page {
	p := &page{told: m.told}
	if m.paper != nil {
		p.view = m.paper.view
	} else {
		p.view = newView(text)
	}
	marked := map[string]bool{}
	for _, c := range captions {
		marked[lettersOf(c)] = true
	}
	for start := 0; start < len(text); {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		if start < end {
			l := line{Span: Span{start, end}, runes: utf8.RuneCountInString(text[start:end]), finished: document.EndsSentence(text[start:end])}
			l.letters = lettersOf(text[start:end])
			p.lines = append(p.lines, l)
		}
		start = end + 1
	}
	if m.paper != nil {
		p.sortPaper(m.paper)
		return p
	}
	first, last := p.article()
	if first < 0 {
		return p
	}
	for i := first; i <= last; i++ {
		p.lines[i].kind = body
	}
	p.dropRepeats(first, last)
	p.sortShortLines(first, last, marked)
	p.findTitle(first)
	p.findPosted(first)
	p.main = Span{len(text), 0}
	for _, l := range p.lines {
		if l.kind != outside && l.kind != posted {
			p.main.Start, p.main.End = min(p.main.Start, l.Start), max(p.main.End, l.End)
		}
	}
	if p.main.Start > p.main.End {
		p.main = Span{}
	}
	return p
}

// cue reports that a line is short and begins with one of the phrases.
func (p *page) cue(l line, phrases []string) bool {
	if l.runes > 160 {
		return false
	}
	start := p.skip(l.Start, l.End, "-–•*#>|:.»« \"“")
	next, ok := p.begins(start, l.End, phrases...)
	if !ok {
		return false
	}
	// "Tin mới" heads a list; "Tin mới về công tác khoa giáo được …" is a sentence.
	return l.runes <= 60 || !l.finished && l.End-next < 120
}

// paragraph reports that a line is running text.
func (p *page) paragraph(l line) bool {
	if l.runes < 90 || p.cue(l, endings) || p.cue(l, asides) {
		return false
	}
	return l.finished || l.runes > 260 || strings.Contains(p.text[l.Start:l.End], ". ")
}

// article gives the first and the last line of running text, the byline included; -1 when there is none.
func (p *page) article() (first, last int) {
	first = -1
	before, after := 0, 0 // runes of running text before and after the cue under consideration
	for _, l := range p.lines {
		if p.paragraph(l) {
			after += l.runes
		}
	}
	last = len(p.lines) - 1
	for i, l := range p.lines {
		if p.paragraph(l) {
			if first < 0 {
				first = i
			}
			before, after = before+l.runes, after-l.runes
			continue
		}
		// Some pages put "Tin liên quan" between the lead and the text.
		if first >= 0 && p.cue(l, endings) && (before >= 400 || 4*before >= after) {
			last = i - 1
			break
		}
	}
	if first < 0 {
		// A short note, or a list of short lines.
		for i, l := range p.lines {
			if l.runes >= 30 && !p.cue(l, endings) && !p.cue(l, asides) {
				if first < 0 {
					first = i
				}
			} else if first >= 0 && p.cue(l, endings) {
				return first, i - 1
			}
		}
		return first, last
	}
	// The article ends with running text, a list, or a byline; what follows without a cue is furniture too.
	end := last
	for end > first && !p.paragraph(p.lines[end]) && !(p.lines[end].runes >= 30 && p.lines[end].finished) && !document.IsBullet(p.text[p.lines[end].Start:p.lines[end].End]) {
		end--
	}
	for n := 0; n < 4 && end < last && p.bylineLike(p.lines[end+1]); n++ {
		end++
	}
	return first, end
}

// dropRepeats marks what a portal says twice: the lead above and inside, the beginning again under "tags".
func (p *page) dropRepeats(first, last int) {
	seen := map[string]int{}
	for i := range p.lines {
		l := &p.lines[i]
		if i > last || len(l.letters) < 20 {
			continue
		}
		if at, ok := seen[l.letters]; ok && i >= first {
			if p.lines[at].kind == body || l.kind != body {
				l.kind = repeat
				continue
			}
		}
		seen[l.letters] = i
	}
	if last-first > 1500 { // a book; a portal's page repeats itself within a screen
		return
	}
	for i := first; i <= last; i++ {
		l := &p.lines[i]
		if l.kind != body || len(l.letters) < 60 {
			continue
		}
		for j := first; j <= last; j++ {
			other := p.lines[j]
			if j == i || other.kind != body || len(other.letters) < 60 {
				continue
			}
			cut := strings.HasSuffix(p.text[l.Start:l.End], "...") || strings.HasSuffix(p.text[l.Start:l.End], "…") || !l.finished
			switch {
			case cut && strings.HasPrefix(other.letters, l.letters): // a teaser of what follows
				l.kind = repeat
			case cut && j < i-1 && strings.HasPrefix(l.letters, other.letters): // the beginning once more, cut off
				l.kind = repeat
			case j > i && j-i <= 3 && strings.HasPrefix(other.letters, l.letters): // the lead, and the lead again within the text
				l.kind = repeat
			}
		}
	}
}

// sortShortLines tells bylines, headings and captions among the lines of the article.
func (p *page) sortShortLines(first, last int, marked map[string]bool) {
	for i := last; i > first; i-- {
		l := &p.lines[i]
		if l.kind == repeat {
			continue
		}
		if !p.bylineLike(*l) || p.captionLike(*l) && !p.cue(*l, bylineCues) {
			break
		}
		l.kind = byline
	}
	for i := first; i <= last; i++ {
		l := &p.lines[i]
		if l.kind != body {
			continue
		}
		text := p.text[l.Start:l.End]
		switch {
		case marked[l.letters]:
			l.kind = caption
		case p.cue(*l, asides):
			l.kind = outside
		case l.finished && l.runes > 200, l.runes > 260:
		case p.cue(*l, bylineCues) && l.runes <= 60 && !p.cue(*l, []string{"ảnh:", "theo"}):
			l.kind = byline
		case p.told[l.Start]:
		case p.captionLike(*l):
			l.kind = caption
		case document.IsBullet(text) && (l.finished || l.runes > 90), strings.HasSuffix(text, ";"):
		case !l.finished || strings.HasSuffix(text, ":") && l.runes < 90 && p.sectionOf(l.Span) != none:
			l.kind = heading
		case l.runes <= 160 && p.saidElsewhere(i, first, last):
			l.kind = caption
		}
	}
}

// saidElsewhere reports that a longer line holds the words of a short one: so it is a caption or a teaser.
func (p *page) saidElsewhere(i, first, last int) bool {
	own := p.lines[i].letters
	if len(own) < 25 || last-first > 1500 {
		return false
	}
	for j := first; j <= last; j++ {
		if j != i && len(p.lines[j].letters) > len(own)+20 && strings.Contains(p.lines[j].letters, own) {
			return true
		}
	}
	return false
}
