package intake

import (
	"slices"
	"strings"

	"giaoban/calendar"
	"giaoban/document"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// head is what a paper says of itself at its top and its foot.
type head struct {
	Issuer, Symbol, Type, Subject, Signer string
	Date                                  calendar.Date
	lines                                 []string // the first ones, each tidied
}

// headLines is how many lines may stand before the text of a paper begins.
const headLines = 40

var (
	symbolLine = pattern.Of(`^[Ss]ố\s*:?\s*(\d+[a-zđ]?\s*[-–/]\s*[\p{Lu}\d][\p{Lu}\d&./–-]*(?:\s*[-–/]\s*[\p{Lu}\d][\p{Lu}\d&./–-]*)*)`)
	dayLine    = pattern.Of(`(?i)ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})`)
	aboutLine  = pattern.Of(`^(?:V/v|Về việc)\s*:?\s*`)
	nameLine   = pattern.Of(`^\p{Lu}\p{Ll}*(?:\s+\p{Lu}\p{Ll}*){1,5}$`)
)

// types are the kinds of papers by their titles; a letter has no title.
var types = []string{"Báo cáo", "Thông báo", "Kế hoạch", "Chương trình", "Quyết định", "Quy định", "Quy chế", "Nghị quyết", "Chỉ thị", "Kết luận", "Hướng dẫn",
	"Tờ trình", "Đề án", "Biên bản", "Công điện", "Giấy mời", "Thông tri", "Phương án", "Công văn"}

// mottoes stand above the letterhead of every paper.
var mottoes = []string{"cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam"}

// readHead reads the letterhead, the title and the signer of a paper: what it does not say stays "".
func readHead(d document.Document) head {
	text, _ := d.Text()
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	h := head{lines: lines[:min(len(lines), headLines)]}
	h.letterhead()
	h.title()
	h.signed(lines)
	return h
}

// letterhead reads who issues the paper, its symbol and its day.
func (h *head) letterhead() {
	for n, line := range h.lines {
		if h.Symbol == "" {
			if m := symbolLine().FindStringSubmatch(line); m != nil {
				h.Symbol = strings.TrimRight(strings.Join(strings.Fields(m[1]), ""), "./-–")
				h.Issuer = issuerAbove(h.lines[:n])
			}
		}
		if m := dayLine().FindStringSubmatch(line); m != nil && h.Date.IsZero() {
			h.Date, _ = calendar.ReadDate(m[1] + "/" + m[2] + "/" + m[3])
		}
	}
}

// issuerAbove is the last line of capitals above the symbol that is no motto; a name may take two lines.
func issuerAbove(lines []string) string {
	for _, line := range slices.Backward(lines) {
		letters := strings.Trim(line, " *-–_.")
		if letters != "" && fold.Capitals(letters, 2) && !slices.Contains(mottoes, fold.Fold(letters)) {
			return letters
		}
	}
	return ""
}

// title reads the kind of the paper and what it is about.
func (h *head) title() {
	for n, line := range h.lines {
		if about := aboutLine().FindString(line); about != "" && h.Symbol != "" {
			h.Type, h.Subject = "Công văn", strings.TrimSpace(line[len(about):])
			return
		}
		for _, t := range types {
			rest, ok := strings.CutPrefix(line, strings.ToUpper(t))
			if !ok || rest != "" && !fold.Capitals(rest, 2) {
				continue
			}
			h.Type, h.Subject = t, subjectOf(strings.TrimSpace(rest), h.lines[n+1:])
			return
		}
	}
}

// subjectOf joins the lines under the title until the text begins.
func subjectOf(first string, lines []string) string {
	said := []string{first}
	for n, line := range lines {
		low := fold.Fold(line)
		if n == 3 || strings.HasSuffix(line, ".") || strings.HasSuffix(line, ";") || strings.Trim(line, " *-–_") == "" ||
			slices.ContainsFunc([]string{"kinh gui", "can cu", "thuc hien", "i.", "1.", "phan", "ngay", "so:"}, func(w string) bool { return strings.HasPrefix(low, w) }) {
			break
		}
		said = append(said, line)
	}
	return strings.TrimSpace(strings.Join(said, " "))
}

// signed reads the last name that stands alone below the office of who signs.
func (h *head) signed(lines []string) {
	foot := lines[max(0, len(lines)-30):]
	for n, line := range slices.Backward(foot) {
		if !nameLine().MatchString(line) {
			continue
		}
		for _, above := range foot[:n] {
			if fold.Capitals(above, 2) && !strings.Contains(fold.Fold(above), "noi nhan") {
				h.Signer = line
				return
			}
		}
	}
}
