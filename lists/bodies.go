package lists

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/internal/table"
	"giaoban/org"
	"giaoban/report"
)

var bodies = List{
	Code: "bodies", Path: "co-quan", Name: "Cơ quan", Act: access.EnterBodies,
	Columns: []Column{
		{Key: "ten", Name: "Tên cơ quan", Required: true, also: []string{"ten day du", "ten", "co quan", "don vi", "ten don vi"}},
		{Key: "ten gon", Name: "Tên gọn", Hint: "bỏ trống là tên đầy đủ", also: []string{"ten viet tat", "ten ngan"}},
		{Key: "loai", Name: "Loại", Hint: "bỏ trống thì đoán theo tên: Sở, xã, phường, đặc khu…", also: []string{"loai co quan"}},
		{Key: "ky hieu", Name: "Ký hiệu", Hint: "như trong số văn bản của cơ quan; bỏ trống là các chữ đầu", also: []string{"viet tat", "ma"}},
		{Key: "truc thuoc", Name: "Trực thuộc", Hint: "tên cơ quan cấp trên, có sẵn hoặc trong danh sách này", also: []string{"cap tren", "co quan cap tren"}},
		{Key: "linh vuc", Name: "Lĩnh vực báo cáo", Hint: "nhiều lĩnh vực thì cách nhau bằng dấu chấm phẩy", also: []string{"linh vuc"}},
		{Key: "tu ngay", Name: "Hoạt động từ ngày", Hint: "bỏ trống nếu đã có từ lâu", also: []string{"tu ngay", "ngay thanh lap"}},
		{Key: "can cu", Name: "Căn cứ", Hint: "văn bản thành lập", also: []string{"van ban"}},
		{Key: "cach viet", Name: "Cách viết khác", Hint: "cách nhau bằng dấu chấm phẩy", also: []string{"ten khac"}},
	},
	Sample: [][]string{
		{"Sở Y tế", "Sở Y tế", "Sở", "SYT", "", "Y tế", "01/3/2025", "", "Ngành Y tế"},
		{"Xã Vạn Thắng", "", "Xã, phường, đặc khu", "", "", "", "01/7/2025", "", ""},
	},
	check: (*checking).bodies, out: (*checking).bodiesOut, follow: report.AskNewBodies,
}

// sinceEver is the first day of a body whose list does not say since when it exists; since newCommunes there are communes
// without districts above them (Luật Tổ chức chính quyền địa phương 2025).
var (
	sinceEver   = calendar.On(2000, 1, 1)
	newCommunes = calendar.On(2025, 7, 1)
)

// brought is a body of the list on its way into the directory.
type brought struct {
	row    table.Row
	new    org.New
	parent string // its name
	above  *brought
	id     db.ID // once it is entered
	line   int   // place in Lines
}

func (c *checking) bodies() error {
	directory, err := org.LoadDirectory(c.tx, c.by, c.today)
	if err != nil {
		return err
	}
	held, err := org.SectorsEntered(c.tx, c.by, c.today)
	if err != nil {
		return err
	}
	commission, err := org.TheCommission(c.tx, c.today)
	hasCommission := err == nil
	mine := make(map[string]*brought)
	for _, row := range c.rows {
		b := c.body(row)
		if b.new.Name == "" {
			continue
		}
		key := fold.SortKey(b.new.Name)
		if first := mine[key]; first != nil {
			c.double(row.No, b.new.Name, first.row.No)
			continue
		}
		known, there, like := directory.Named(b.new.Name)
		if there {
			c.extend(row.No, known, b.new.Sectors, held[known.ID])
			mine[key] = &brought{row: row, id: known.ID}
			continue
		}
		b.new.Code = org.CodeFor(b.new.Name, b.new.Symbol, directory.Taken)
		b.new.Symbol = cmp.Or(b.new.Symbol, b.new.Code)
		if b.new.Kind == org.Commission {
			if hasCommission {
				c.wrong(row.No, "loai", "đã có Ban chủ trì là “%s”; hãy ghi loại khác.", commission.Name)
			}
			hasCommission = true
		}
		directory.Add(org.Body{Code: b.new.Code}, "")
		mine[key] = b
		b.line = len(c.Lines)
		c.Lines = append(c.Lines, Line{No: row.No, State: Added, Label: b.new.Name, Words: b.words(like)})
	}
	c.parents(mine, directory)
	for _, b := range mine {
		if b.id == "" && b.line < len(c.Lines) {
			c.Lines[b.line].enter = b.enter
		}
	}
	return nil
}

// body reads one row.
func (c *checking) body(row table.Row) *brought {
	n := org.New{Name: org.Tidied(c.of(row, "ten")), ShortName: c.of(row, "ten gon"), Symbol: c.of(row, "ky hieu"), Basis: c.of(row, "can cu"),
		Aliases: several(c.of(row, "cach viet"))}
	var ok bool
	if n.Kind, ok = choice(c, row, "loai", org.Kinds, func(k org.Kind) []string { return append([]string{k.Name(), string(k)}, shortKinds[k]...) }); !ok {
		n.Kind = org.KindByName(n.Name)
	}
	usual := sinceEver
	if n.Kind == org.Commune && !c.today.Before(newCommunes) {
		usual = newCommunes
	}
	n.ValidFrom = c.day(row, "tu ngay", usual)
	n.Sort = map[org.Kind]int{org.Commission: 1, org.OwnUnit: 1}[n.Kind]
	if n.Sort == 0 {
		n.Sort = 1000 // at the end, where no order is kept yet
	}
	n.Sectors = c.sectors(row)
	if len(n.Sectors) == 0 && (n.Kind == org.Department || n.Kind == org.Agency) {
		for _, f := range org.FunctionsIn(n.Name) { // Sở Y tế answers for what its name says
			if f.Sector != "" && !slices.Contains(n.Sectors, f.Sector) {
				n.Sectors = append(n.Sectors, f.Sector)
			}
		}
	}
	return &brought{row: row, new: n, parent: c.of(row, "truc thuoc")}
}

// shortKinds are other words for kinds.
var shortKinds = map[org.Kind][]string{
	org.Commune: {"Xã", "Phường", "Đặc khu", "Thị trấn"}, org.Agency: {"Cơ quan", "Đoàn thể", "Hội", "Ngành"},
	org.OwnUnit: {"Phòng", "Đơn vị"}, org.PartyCommittee: {"Đảng bộ", "Đảng ủy"}, org.Department: {"Sở, ngành"}, org.Commission: {"Ban"},
}

// sectors reads the lĩnh vực of a row.
func (c *checking) sectors(row table.Row) []string {
	var codes []string
	for _, typed := range several(c.of(row, "linh vuc")) {
		code, ok := sectorNamed(typed)
		if !ok {
			c.wrong(row.No, "linh vuc", "không có “%s”; hãy ghi như %s.", typed, sectorWords())
			continue
		}
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// sectorNamed finds a sector by its code, its name or the beginning of its name.
func sectorNamed(typed string) (code string, ok bool) {
	for _, s := range report.KitSectors() {
		if begins(s.Code, s.Name, typed) {
			return s.Code, true
		}
	}
	return "", false
}

func sectorName(code string) string {
	for _, s := range report.KitSectors() {
		if s.Code == code {
			return s.Name
		}
	}
	return code
}

func sectorWords() string {
	var names []string
	for _, s := range report.KitSectors() {
		names = append(names, "“"+s.Name+"”")
	}
	return strings.Join(names, ", ")
}

// words tells what the program read of a new body.
func (b *brought) words(like string) string {
	words := []string{b.new.Kind.Name(), "ký hiệu " + b.new.Symbol, "từ " + b.new.ValidFrom.Vietnamese()}
	for _, code := range b.new.Sectors {
		words = append(words, sectorName(code))
	}
	if b.parent != "" {
		words = append(words, "trực thuộc "+b.parent)
	}
	if like != "" {
		words = append(words, "chỉ khác dấu với “"+like+"”: xin xem có phải một cơ quan không")
	}
	return strings.Join(words, "; ")
}

// double notes a row that stands in the list before.
func (c *checking) double(no int, label string, first int) {
	c.Lines = append(c.Lines, Line{No: no, State: Doubled, Label: label, Words: "trùng dòng " + strconv.Itoa(first) + ", chỉ tính một lần"})
}

// extend gives a body of the directory the sectors of the list that it lacks.
func (c *checking) extend(no int, known org.Body, sectors, held []string) {
	line := Line{No: no, State: There, Label: known.Name, Words: "giữ nguyên"}
	var lacking, names []string
	for _, code := range sectors {
		if !slices.Contains(held, code) {
			lacking, names = append(lacking, code), append(names, sectorName(code))
		}
	}
	if len(lacking) > 0 {
		line.State, line.Words = Extended, "thêm lĩnh vực "+strings.Join(names, ", ")
		line.enter = func(tx *db.Tx, by access.Actor) error {
			for _, code := range lacking {
				if err := org.GiveSector(tx, by, known.ID, code, known.ValidFrom, ""); err != nil {
					return err
				}
			}
			return nil
		}
	}
	c.Lines = append(c.Lines, line)
}

// parents finds who stands above whom: a body of the list, or one of the directory.
func (c *checking) parents(mine map[string]*brought, directory *org.Directory) {
	for _, b := range mine {
		if b.parent == "" {
			continue
		}
		if above := mine[fold.SortKey(org.Tidied(b.parent))]; above != nil {
			b.above = above
			continue
		}
		known, ok, _ := directory.Named(b.parent)
		if !ok {
			c.wrong(b.row.No, "truc thuoc", "không có cơ quan “%s” trong danh bạ hay trong danh sách này.", b.parent)
			continue
		}
		b.new.Parent = known.ID
	}
	for _, b := range mine {
		for up, steps := b.above, 0; up != nil; up, steps = up.above, steps+1 {
			if up == b || steps > len(mine) {
				c.wrong(b.row.No, "truc thuoc", "“%s” đứng trên chính mình; xin sửa cơ quan cấp trên.", b.new.Name)
				b.above = nil
				break
			}
		}
	}
}

// enter enters the body after the one above it.
func (b *brought) enter(tx *db.Tx, by access.Actor) error {
	if b.id != "" {
		return nil
	}
	if b.above != nil {
		if err := b.above.enter(tx, by); err != nil {
			return err
		}
		b.new.Parent = b.above.id
	}
	if b.new.Kind == org.OwnUnit && b.new.Parent == "" {
		commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
		if err != nil {
			return err
		}
		b.new.Parent = commission.ID
	}
	entered, err := org.Create(tx, by, b.new)
	b.id = entered.ID
	return err
}
