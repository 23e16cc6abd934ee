package lists

import (
	"fmt"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fold"
	"giaoban/internal/table"
	"giaoban/report"
)

var indicators = List{
	Code: "indicators", Path: "chi-tieu", Name: "Chỉ tiêu", Act: access.ManageRegime,
	Columns: []Column{
		{Key: "chi tieu", Name: "Chỉ tiêu", Required: true, also: []string{"ten chi tieu", "ten", "noi dung"}},
		{Key: "linh vuc", Name: "Lĩnh vực", Required: true, Hint: "một lĩnh vực của biểu mẫu"},
		{Key: "don vi", Name: "Đơn vị tính", Required: true, also: []string{"don vi", "dvt"}},
		{Key: "cach cong", Name: "Cách cộng", Hint: "cộng dồn, lấy kỳ cuối, bình quân hoặc tỷ lệ; bỏ trống là cộng dồn", also: []string{"cong"}},
		{Key: "so le", Name: "Số lẻ", Hint: "số chữ số sau dấu phẩy; bỏ trống là 0", also: []string{"so thap phan"}},
		{Key: "chieu", Name: "Chiều tốt", Hint: "cao hơn, thấp hơn; bỏ trống là chỉ theo dõi", also: []string{"chieu huong"}},
		{Key: "nam", Name: "Chỉ tiêu năm", also: []string{"ke hoach nam", "ke hoach"}},
		{Key: "a/b", Name: "a/b nghĩa là", Hint: "đạt trên tổng, thực hiện trên kế hoạch, kỳ này trên kỳ trước", also: []string{"a/b"}},
		{Key: "tu so", Name: "Tử số", Hint: "của tỷ lệ: tên chỉ tiêu"},
		{Key: "mau so", Name: "Mẫu số", Hint: "của tỷ lệ: tên chỉ tiêu"},
		{Key: "he so", Name: "Hệ số nhân", Hint: "của tỷ lệ; bỏ trống là 100"},
	},
	Sample: [][]string{
		{"Lượt khám bệnh", "Y tế", "lượt", "cộng dồn", "0", "", "", "", "", "", ""},
		{"Trường đạt chuẩn quốc gia", "Giáo dục", "trường", "lấy kỳ cuối", "0", "cao hơn", "", "đạt trên tổng", "", "", ""},
	},
	check: (*checking).indicators, out: (*checking).indicatorsOut,
}

// indicators adds to the newest form of a regime; what the form has stays.
func (c *checking) indicators() error {
	regime, err := c.regime()
	if err != nil || regime.ID == "" {
		return err
	}
	forms, err := report.Forms(c.tx, c.by, regime.ID)
	if err != nil {
		return err
	}
	var outline report.Outline
	version := int64(0)
	if len(forms) > 0 {
		outline = forms[0].Outline.Clone()
		if !forms[0].Active {
			version = forms[0].Version
		}
	}
	c.Notes = append(c.Notes, "Vào biểu mẫu của chế độ “"+regime.Name+"”.")
	byName, codes := make(map[string]report.Indicator), make(map[string]bool)
	for _, k := range report.Kits() { // a kit that is used later keeps its codes
		for _, in := range k.Outline.Indicators {
			codes[in.Code] = true
		}
	}
	for _, in := range outline.Indicators {
		byName[in.Sector+" "+fold.SortKey(in.Name)] = in
		codes[in.Code] = true
	}
	ratios, seen := make(map[int]table.Row), make(map[string]int)
	last := -1
	for _, row := range c.rows {
		before := len(c.Problems)
		in := c.indicator(row, &outline)
		if in.Name == "" || len(c.Problems) > before {
			continue
		}
		key := in.Sector + " " + fold.SortKey(in.Name)
		if first, twice := seen[key]; twice {
			c.double(row.No, in.Name, first)
			continue
		}
		seen[key] = row.No
		if old, there := byName[key]; there {
			if fold.SortKey(old.Unit) != fold.SortKey(in.Unit) {
				c.wrong(row.No, "don vi", "biểu mẫu đã có “%s” tính bằng “%s”; hãy ghi đúng đơn vị ấy, hoặc đặt tên khác.", old.Name, old.Unit)
				continue
			}
			c.Lines = append(c.Lines, Line{No: row.No, State: There, Label: old.Name, Words: "giữ nguyên"})
			continue
		}
		in.Code = freeCode(in.Sector, codes)
		codes[in.Code], byName[key] = true, in
		if in.Aggregation == report.Ratio {
			ratios[len(outline.Indicators)] = row
		}
		outline.Indicators = append(outline.Indicators, in)
		c.Lines = append(c.Lines, Line{No: row.No, State: Added, Label: in.Name,
			Words: joined([]string{sectorOf(outline, in.Sector), in.Unit, in.Aggregation.Name()})})
		last = len(c.Lines) - 1
	}
	for at, row := range ratios {
		in := &outline.Indicators[at]
		in.Numerator, in.Denominator = c.part(row, "tu so", outline), c.part(row, "mau so", outline)
	}
	if last >= 0 {
		c.Lines[last].enter = func(tx *db.Tx, by access.Actor) error {
			_, err := report.SaveForm(tx, by, regime.ID, outline, version)
			return err
		}
	}
	return nil
}

// regime finds whose form it is: the one named, or the only one.
func (c *checking) regime() (report.Regime, error) {
	all, err := report.Regimes(c.tx, c.by)
	if err != nil {
		return report.Regime{}, err
	}
	var open []report.Regime
	var names []string
	for _, r := range all {
		if r.EndedAt != 0 {
			continue
		}
		if r.Code == c.options.Regime {
			return r, nil
		}
		open, names = append(open, r), append(names, "“"+r.Name+"” ("+r.Code+")")
	}
	switch {
	case len(open) == 0:
		c.wrong(0, "", "Chưa có chế độ báo cáo nào để nhận chỉ tiêu. Hãy dùng một bộ mẫu hoặc lập chế độ trước.")
	case c.options.Regime == "" && len(open) == 1:
		return open[0], nil
	default:
		c.wrong(0, "", "Hãy chọn chế độ báo cáo nhận các chỉ tiêu này: %s.", strings.Join(names, ", "))
	}
	return report.Regime{}, nil
}

// indicator reads one row; a sector that only kits know joins the form.
func (c *checking) indicator(row table.Row, o *report.Outline) report.Indicator {
	in := report.Indicator{Name: c.of(row, "chi tieu"), Unit: c.of(row, "don vi"), Sector: c.sectorOfForm(row, o), Aggregation: report.Sum,
		Direction: report.NoDirection, Fraction: report.NoFraction}
	if how, ok := choice(c, row, "cach cong", aggregations, func(a report.Aggregation) []string { return []string{a.Name(), string(a)} }); ok {
		in.Aggregation = how
	}
	if way, ok := choice(c, row, "chieu", directions, directionNames); ok {
		in.Direction = way
	}
	if meaning, ok := choice(c, row, "a/b", fractions, fractionNames); ok {
		in.Fraction = meaning
	}
	in.Decimals = c.count(row, "so le", 0, decimal.MaxDecimals)
	if in.Aggregation == report.Ratio {
		in.Factor = int64(c.count(row, "he so", 100, 1e9))
	}
	if typed := c.of(row, "nam"); typed != "" {
		v, err := decimal.Parse(typed, in.Decimals)
		if err != nil {
			c.take(row.No, "nam", err)
		} else {
			in.Target = &v
		}
	}
	return in
}

var (
	aggregations = []report.Aggregation{report.Sum, report.Last, report.Average, report.Ratio}
	directions   = []report.Direction{report.Higher, report.Lower, report.NoDirection}
	fractions    = []report.Fraction{report.PartTotal, report.ActualTarget, report.ThisLast, report.NoFraction}
)

func directionNames(d report.Direction) []string {
	return map[report.Direction][]string{report.Higher: {"cao hơn", "cao hơn là tốt", "cao", "tăng"}, report.Lower: {"thấp hơn", "thấp hơn là tốt", "thấp", "giảm"},
		report.NoDirection: {"chỉ theo dõi", "không"}}[d]
}

func fractionNames(f report.Fraction) []string {
	return map[report.Fraction][]string{report.PartTotal: {"đạt trên tổng", "phần trên tổng"}, report.ActualTarget: {"thực hiện trên kế hoạch"},
		report.ThisLast: {"kỳ này trên kỳ trước"}, report.NoFraction: {"không"}}[f]
}

// count reads a whole number.
func (c *checking) count(row table.Row, key string, usual, most int) int {
	typed := c.of(row, key)
	if typed == "" {
		return usual
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < 0 || n > most {
		c.wrong(row.No, key, "“%s” không đọc được; hãy ghi một số từ 0 đến %d.", typed, most)
	}
	return n
}

func (c *checking) sectorOfForm(row table.Row, o *report.Outline) string {
	typed := c.of(row, "linh vuc")
	if typed == "" {
		return ""
	}
	for _, s := range o.Sectors {
		if begins(s.Code, s.Name, typed) {
			return s.Code
		}
	}
	for _, s := range report.KitSectors() {
		if begins(s.Code, s.Name, typed) {
			o.Sectors = append(o.Sectors, s)
			return s.Code
		}
	}
	var names []string
	for _, s := range o.Sectors {
		names = append(names, "“"+s.Name+"”")
	}
	c.wrong(row.No, "linh vuc", "không có “%s” trong biểu mẫu; hãy ghi như %s.", typed, strings.Join(names, ", "))
	return ""
}

func sectorOf(o report.Outline, code string) string {
	for _, s := range o.Sectors {
		if s.Code == code {
			return s.Name
		}
	}
	return code
}

// part finds the indicator that a ratio is made of, by its name or code.
func (c *checking) part(row table.Row, key string, o report.Outline) string {
	typed := c.of(row, key)
	for _, in := range o.Indicators {
		if in.Aggregation != report.Ratio && typed != "" && (in.Code == typed || fold.SortKey(in.Name) == fold.SortKey(typed)) {
			return in.Code
		}
	}
	c.wrong(row.No, key, "tỷ lệ cần tên một chỉ tiêu được nhập của biểu mẫu hoặc của danh sách này (đang ghi “%s”).", typed)
	return ""
}

// freeCode makes the next code of a sector: YT14 after YT13.
func freeCode(sector string, taken map[string]bool) string {
	for n := 1; ; n++ {
		if code := fmt.Sprintf("%s%02d", sector, n); !taken[code] {
			return code
		}
	}
}
