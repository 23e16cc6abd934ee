package lists

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/internal/table"
	"giaoban/review"
)

var directives = List{
	Code: "directives", Path: "van-ban-chi-dao", Name: "Văn bản chỉ đạo", Act: access.RecordDirective,
	Columns: []Column{
		{Key: "loai", Name: "Loại văn bản", Required: true, Hint: "Chỉ thị, Nghị quyết, Kế hoạch…", also: []string{"ten loai"}},
		{Key: "so", Name: "Số, ký hiệu", Hint: "như 20-CT/TW", also: []string{"so ky hieu", "ky hieu", "so hieu"}},
		{Key: "ngay", Name: "Ngày ban hành", also: []string{"ngay van ban", "ngay thang"}},
		{Key: "co quan", Name: "Cơ quan ban hành", also: []string{"noi ban hanh", "tac gia"}},
		{Key: "trich yeu", Name: "Trích yếu", also: []string{"noi dung", "ve viec"}},
		{Key: "linh vuc", Name: "Lĩnh vực", Hint: "nhiều lĩnh vực thì cách nhau bằng dấu chấm phẩy"},
		{Key: "khoa", Name: "Khóa", Hint: "như XIII, nếu văn bản của Đảng"},
		{Key: "so den", Name: "Số đến"},
		{Key: "ngay den", Name: "Ngày đến"},
		{Key: "het hieu luc", Name: "Hết hiệu lực từ", Hint: "ngày cuối còn hiệu lực, nếu văn bản có ghi", also: []string{"het hieu luc"}},
	},
	Sample: [][]string{
		{"Chỉ thị", "20-CT/TW", "05/11/2012", "Bộ Chính trị", "về chăm sóc, giáo dục và bảo vệ trẻ em", "Lao động", "XI", "", "", ""},
	},
	check: (*checking).directives, out: (*checking).directivesOut,
}

func (c *checking) directives() error {
	seen := make(map[string]int)
	for _, row := range c.rows {
		before := len(c.Problems)
		n := c.directive(row)
		if n.Type == "" || len(c.Problems) > before {
			continue
		}
		label := strings.TrimSpace(n.Type + " " + n.Symbol)
		if n.Symbol == "" {
			label += " " + n.Subject
		}
		identity, known, err := directive.Look(c.tx, c.by, n)
		if err != nil {
			if err := c.take(row.No, "", err); err != nil {
				return err
			}
			continue
		}
		if first, twice := seen[identity]; twice {
			c.double(row.No, label, first)
			continue
		}
		seen[identity] = row.No
		if known {
			c.Lines = append(c.Lines, Line{No: row.No, State: There, Label: label, Words: "giữ nguyên"})
			continue
		}
		words := []string{n.Issuer, n.Subject}
		if !n.Date.IsZero() {
			words = append([]string{"ngày " + n.Date.Vietnamese()}, words...)
		}
		c.Lines = append(c.Lines, Line{No: row.No, State: Added, Label: label, Words: joined(words), enter: func(tx *db.Tx, by access.Actor) error {
			d, err := directive.Record(tx, by, n)
			if err != nil {
				return err
			}
			return review.Follow(tx, by, d)
		}})
	}
	return nil
}

// directive reads one row.
func (c *checking) directive(row table.Row) directive.New {
	none := calendar.Date{}
	n := directive.New{Type: c.of(row, "loai"), Symbol: c.of(row, "so"), Date: c.day(row, "ngay", none), Issuer: c.of(row, "co quan"),
		Subject: c.of(row, "trich yeu"), Term: c.of(row, "khoa"), ArrivedNo: c.of(row, "so den"), ArrivedOn: c.day(row, "ngay den", none),
		ValidTo: c.day(row, "het hieu luc", none)}
	var codes []string
	for _, typed := range several(c.of(row, "linh vuc")) {
		code, ok := fieldNamed(typed)
		if !ok {
			var names []string
			for _, s := range directive.AllSectors {
				names = append(names, "“"+s.Name+"”")
			}
			c.wrong(row.No, "linh vuc", "không có “%s”; hãy ghi như %s.", typed, strings.Join(names, ", "))
			continue
		}
		codes = append(codes, code)
	}
	n.Sectors = directive.SectorsOf(codes...)
	return n
}

// fieldNamed finds a sector of the register by its code, its name or the beginning of its name.
func fieldNamed(typed string) (code string, ok bool) {
	for _, s := range directive.AllSectors {
		if begins(s.Code, s.Name, typed) {
			return s.Code, true
		}
	}
	return "", false
}

// begins reports whether a word is the code or the name of something, or begins one of the things its name strings together.
func begins(code, name, typed string) bool {
	said, whole := fold.Fold(typed), fold.Fold(name)
	for part := range strings.SplitSeq(whole, ", ") {
		if said == part || strings.HasPrefix(part, said+" ") {
			return true
		}
	}
	return said == fold.Fold(code) || said == whole
}

// joined strings what is said of a row together.
func joined(words []string) string {
	var said []string
	for _, w := range words {
		if w != "" {
			said = append(said, w)
		}
	}
	return strings.Join(said, "; ")
}
