package programme

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
	"giaoban/org"
)

// readLines reads lines as an office has them: pasted from a table (nội dung, chủ trì, phối hợp, sản phẩm, thời gian, parted by
// tabs) or typed one after the other, with the same said behind colons ("…; chủ trì: Sở Y tế; thời gian: hằng quý"). A line that
// is only the name of a sector is the heading of those below it. Without a heading the lead's own sector counts.
func readLines(tx *db.Tx, by access.Actor, typed string, p Programme) ([]Line, error) {
	typed = fold.Clean(typed)
	if strings.TrimSpace(typed) == "" {
		return nil, nil
	}
	match, err := org.Matcher(tx, by)
	if err != nil {
		return nil, err
	}
	codes, err := org.Codes(tx)
	if err != nil {
		return nil, err
	}
	sectors, err := org.SectorsOn(tx, by, p.From)
	if err != nil {
		return nil, err
	}
	body := func(spelling string) (db.ID, bool) {
		code, ok := match(spelling, p.From)
		if !ok {
			code, ok = match(spelling, day(tx))
		}
		return codes[code], ok
	}
	var wrong fault.List
	var lines []Line
	sector := ""
	n := 0
	for row := range strings.Lines(typed) {
		n++
		if code, ok := headingOf(row); ok {
			sector = code
			continue
		}
		l, unknown := lineTyped(row, body)
		if l.Words == "" {
			continue
		}
		if len(l.Words) > 4000 || len(l.Product) > 1000 || len(l.Time) > 300 {
			wrong.Add("lines", "Dòng %d dài quá; một nội dung nhiều nhất 4.000 chữ.", n)
		}
		for _, name := range unknown {
			wrong.Add("lines", "Dòng %d: “%s” không phải tên một cơ quan trong danh bạ, hoặc là tên của nhiều cơ quan.", n, fold.Cut(name, 60))
		}
		if l.Sector = sector; sector == "" && len(sectors[l.Lead]) == 1 {
			l.Sector = sectors[l.Lead][0]
		}
		lines = append(lines, l)
	}
	return lines, wrong.Err()
}

// numbered is what stands before the words of a heading or a line: "1.", "a)", "II.", "-".
var numbered = pattern.Of(`^\s*(?:(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[IVX]{1,5}|[a-zđ])\s*[.)]|[-–•+*])\s*`)

func unnumbered(s string) string {
	return strings.TrimSpace(strings.TrimPrefix(s, numbered().FindString(s)))
}

// headingOf tells a row that names a sector alone: "1. Lĩnh vực Y tế:", "Lao động, thương binh và xã hội".
func headingOf(row string) (code string, ok bool) {
	if strings.ContainsAny(strings.TrimSpace(row), "\t;") {
		return "", false
	}
	key := wordsOf(unnumbered(row))
	for _, before := range []string{"linh vuc ", "ve linh vuc ", "ve ", "doi voi "} {
		key = strings.TrimPrefix(key, before)
	}
	if key == "chung" || key == "noi dung chung" {
		return "", true
	}
	words := strings.Fields(key)
	if len(words) < 2 {
		return "", false
	}
	for _, s := range directive.AllSectors {
		name := strings.Fields(wordsOf(s.Name))
		known := append(name, fieldWords...)
		alien := slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(known, w) })
		if !alien && words[0] == name[0] && words[1] == name[1] {
			return s.Code, true
		}
	}
	return "", false
}

// fieldWords stand beside the first two words in the names that offices give the sectors.
var fieldWords = strings.Fields("va thuong binh xa hoi tre em dao tao the thao du lich gia dinh moi truong cong nghe van truyen thong so dan kho nghe nghiep bao ho nguoi co")

func wordsOf(s string) string {
	return strings.Join(strings.FieldsFunc(fold.Fold(s), func(r rune) bool { return strings.ContainsRune(" ,.:-–/&", r) }), " ")
}

// lineTyped reads one row; unknown are the names that no one body answers to.
func lineTyped(row string, body func(string) (db.ID, bool)) (l Line, unknown []string) {
	var lead, with string
	cells := strings.Split(strings.Trim(row, "\r\n"), "\t")
	if len(cells) > 1 {
		for i := range cells {
			cells[i] = fold.Tidy(cells[i])
		}
		if isNumber(cells[0]) { // the column TT
			cells = cells[1:]
		}
		cells = append(cells, "", "", "", "", "")
		l.Words, lead, with, l.Product, l.Time = cells[0], cells[1], cells[2], cells[3], cells[4]
	} else {
		l.Words, lead, with, l.Product, l.Time = clauses(row)
	}
	l.Words = unnumbered(l.Words)
	if fold.Fold(l.Words) == "noi dung" || fold.Fold(l.Words) == "noi dung phoi hop" {
		return Line{}, nil // the heads of the columns
	}
	if lead != "" {
		if id, ok := body(lead); ok {
			l.Lead = id
		} else {
			unknown = append(unknown, lead)
		}
	}
	for name := range strings.FieldsFuncSeq(with, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		name = strings.TrimSpace(name)
		if name == "" {
			continue
		}
		id, ok := body(name)
		if !ok {
			unknown = append(unknown, name)
			continue
		}
		if id != l.Lead && !slices.Contains(l.With, id) {
			l.With = append(l.With, id)
		}
	}
	l.Frequency, l.Due = timeTold(l.Time)
	return l, unknown
}

func isNumber(s string) bool {
	s = strings.TrimRight(s, ". )")
	if head := fold.Fold(s); head == "tt" || head == "stt" {
		return true
	}
	return s != "" && strings.Trim(s, "0123456789.") == ""
}

// clauses are the parts of a typed line behind its semicolons.
func clauses(row string) (words, lead, with, product, time string) {
	parts := strings.Split(fold.Tidy(row), ";")
	var own []string
	for _, part := range parts {
		head, rest, ok := strings.Cut(part, ":")
		to := map[string]*string{"chu tri": &lead, "phoi hop": &with, "san pham": &product, "thoi gian": &time, "thoi han": &time, "han": &time}[fold.Fold(head)]
		if !ok || to == nil {
			own = append(own, part)
			continue
		}
		*to = strings.Trim(rest, " .")
	}
	return strings.TrimSpace(strings.Join(own, ";")), lead, with, product, time
}

// timeTold reads how often, or until which day.
func timeTold(words string) (Frequency, calendar.Date) {
	folded := fold.Fold(words)
	for _, word := range strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == ',' || r == '(' || r == ')' }) {
		if d, ok := calendar.DateIn(strings.Trim(word, ".;")); ok {
			return "", d
		}
	}
	for _, f := range []struct {
		words string
		is    Frequency
	}{{"hang thang", Monthly}, {"moi thang", Monthly}, {"hang quy", Quarterly}, {"moi quy", Quarterly}, {"6 thang", HalfYearly}, {"nua nam", HalfYearly},
		{"hang nam", Yearly}, {"moi nam", Yearly}, {"thuong xuyen", Yearly}} {
		if strings.Contains(folded, f.words) {
			return f.is, calendar.Date{}
		}
	}
	return "", calendar.Date{}
}
