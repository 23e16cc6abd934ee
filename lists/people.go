package lists

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/internal/table"
	"giaoban/org"
	"giaoban/people"
)

var persons = List{
	Code: "people", Path: "can-bo", Name: "Cán bộ", Act: access.ManageAccounts,
	Columns: []Column{
		{Key: "ho ten", Name: "Họ và tên", Required: true, also: []string{"ho ten", "ten", "can bo"}},
		{Key: "chuc vu", Name: "Chức vụ", Required: true, Hint: "như in dưới chữ ký", also: []string{"chuc danh"}},
		{Key: "co quan", Name: "Cơ quan", Required: true, Hint: "tên, tên gọn hoặc mã trong danh bạ", also: []string{"don vi", "ten co quan"}},
		{Key: "vai tro", Name: "Vai trò", Hint: "bỏ trống thì đoán theo chức vụ và cơ quan"},
		{Key: "dien thoai", Name: "Điện thoại cơ quan", also: []string{"dien thoai", "so dien thoai", "dt"}},
		{Key: "dang nhap", Name: "Tên đăng nhập", Hint: "bỏ trống là các chữ đầu của họ tên và mã cơ quan", also: []string{"tai khoan"}},
		{Key: "tu ngay", Name: "Giữ chức vụ từ ngày", Hint: "bỏ trống là hôm nay", also: []string{"tu ngay", "ngay bo nhiem"}},
		{Key: "quyen ky", Name: "Quyền ký", Hint: "bỏ trống là theo chức vụ"},
	},
	Sample: [][]string{
		{"Nguyễn Văn An", "Phó Giám đốc", "Sở Y tế", "Lãnh đạo cơ quan", "", "", "", ""},
		{"Trần Thị Bình", "Chuyên viên", "Sở Y tế", "Đầu mối cơ quan", "", "", "", ""},
	},
	check: (*checking).people, out: (*checking).peopleOut,
}

// newcomer is a person of the list.
type newcomer struct {
	row                              table.Row
	name, phone, title, login, named string
	body                             org.Body
	role                             access.Role
	signs                            people.Signing
	known                            db.ID // the person, where the office knows them
	posted                           bool  // and holds a post in that body
}

func (c *checking) people() error {
	directory, err := org.LoadDirectory(c.tx, c.by, c.today)
	if err != nil {
		return err
	}
	posts, err := people.PostsOn(c.tx, c.by, c.today)
	if err != nil {
		return err
	}
	accounts, err := people.Accounts(c.tx, c.by)
	if err != nil {
		return err
	}
	logins, signsIn := make(map[string]bool), make(map[db.ID]bool)
	for _, a := range accounts {
		logins[a.Login] = true
		signsIn[a.Person] = signsIn[a.Person] || !a.Disabled()
	}
	byName := make(map[string][]people.Post)
	heads := make(map[db.ID]string)
	for _, p := range posts {
		byName[fold.SortKey(p.Name)] = append(byName[fold.SortKey(p.Name)], p)
		if p.Signs.Leads() {
			heads[p.Body] = p.Name
		}
	}
	seen := make(map[string]int)
	for _, row := range c.rows {
		n, ok := c.newcomer(row, directory)
		if !ok {
			continue
		}
		key := fold.SortKey(n.name) + " " + string(n.body.ID)
		if first, twice := seen[key]; twice {
			c.double(row.No, n.name+", "+n.body.ShortName, first)
			continue
		}
		seen[key] = row.No
		for _, p := range byName[fold.SortKey(n.name)] {
			if p.Body == n.body.ID {
				n.known, n.posted = p.Person, true
			} else if n.known == "" {
				n.named = "trùng họ tên với " + p.Title + " của cơ quan khác"
			}
		}
		if err := c.welcome(n, logins, heads, n.posted && signsIn[n.known]); err != nil {
			return err
		}
	}
	return nil
}

// newcomer reads one row; ok is false when it cannot be looked at further.
func (c *checking) newcomer(row table.Row, directory *org.Directory) (n newcomer, ok bool) {
	n = newcomer{row: row, name: c.of(row, "ho ten"), phone: c.of(row, "dien thoai"), title: c.of(row, "chuc vu"), login: strings.ToLower(c.of(row, "dang nhap"))}
	named := c.of(row, "co quan")
	if n.name == "" || n.title == "" || named == "" {
		return n, false // said already
	}
	if n.body, ok = directory.Find(named); !ok {
		c.wrong(row.No, "co quan", "danh bạ không có “%s”. Hãy ghi đúng tên trong danh bạ, hoặc nhập danh sách cơ quan trước.", named)
		return n, false
	}
	if n.role, ok = choice(c, row, "vai tro", access.Roles, func(r access.Role) []string { return []string{r.Name(), string(r)} }); !ok {
		n.role = roleOf(n.title, n.body.Kind)
	}
	n.signs, _ = choice(c, row, "quyen ky", people.Signings, func(s people.Signing) []string { return []string{s.Name(), string(s)} })
	return n, true
}

// welcome checks a person against the rooms' own rules and notes what will be entered.
func (c *checking) welcome(n newcomer, logins map[string]bool, heads map[db.ID]string, complete bool) error {
	label := n.name + ", " + n.body.ShortName
	if complete {
		c.Lines = append(c.Lines, Line{No: n.row.No, State: There, Label: label, Words: "giữ nguyên"})
		return nil
	}
	from := c.day(n.row, "tu ngay", c.today)
	if from.After(c.today) {
		c.wrong(n.row.No, "tu ngay", "%s là ngày sắp tới; người chưa nhận chức vụ thì thêm sau.", from.Vietnamese())
	}
	if err := c.take(n.row.No, "ho ten", people.CheckPerson(n.name, n.phone)); err != nil {
		return err
	}
	if !n.posted {
		signs, err := people.CheckPost(n.body, n.title, n.role, n.signs)
		if err := c.take(n.row.No, "", err); err != nil {
			return err
		}
		if err == nil && signs.Leads() {
			if head := heads[n.body.ID]; head != "" {
				c.wrong(n.row.No, "chuc vu", "%s đã có %s đứng đầu; mỗi cơ quan một người. Hãy sửa chức vụ hoặc ghi quyền ký khác.", n.body.ShortName, head)
			}
			heads[n.body.ID] = n.name
		}
	}
	if n.login == "" {
		n.login = loginFor(n.name, n.body.Code, logins)
	} else if logins[n.login] {
		c.wrong(n.row.No, "dang nhap", "“%s” đã có người dùng; hãy chọn tên khác hoặc bỏ trống.", n.login)
	}
	if err := c.take(n.row.No, "dang nhap", people.CheckLogin(n.login)); err != nil {
		return err
	}
	logins[n.login] = true
	line := Line{No: n.row.No, State: Added, Label: label, Words: joined([]string{n.title, n.role.Name(), "đăng nhập " + n.login, n.named})}
	if n.posted {
		line.State, line.Words = Extended, "thêm tài khoản "+n.login
	}
	line.enter = func(tx *db.Tx, by access.Actor) error {
		person := n.known
		if !n.posted {
			var err error
			if person, err = people.AddPerson(tx, by, n.name, n.phone); err != nil {
				return err
			}
			if _, err := people.AddPost(tx, by, person, n.body.ID, n.title, n.role, n.signs, from, n.body.ValidTo); err != nil {
				return err
			}
		}
		_, err := people.AddAccount(tx, by, person, n.login, "")
		return err
	}
	c.Lines = append(c.Lines, line)
	return nil
}

// roleOf guesses a role from the title and the body.
func roleOf(title string, kind org.Kind) access.Role {
	said := fold.Fold(title)
	// In a department the heads of its divisions lead nobody outside it.
	leads := people.LeadingTitle(title) && !strings.Contains(said, "phong") && !strings.Contains(said, "thanh tra")
	switch ours := kind == org.Commission || kind == org.OwnUnit; {
	case ours && strings.Contains(said, "van thu"):
		return access.Clerk
	case strings.HasPrefix(said, "bao cao vien"):
		return access.Speaker
	case kind == org.Commission && leads:
		return access.CommissionLeader
	case ours:
		return access.CommissionOfficer
	case leads:
		return access.AgencyLeader
	}
	return access.AgencyOfficer
}

// loginFor makes a name to sign in with: the first letters of the name and the body's code, "nva.syt".
func loginFor(name, code string, taken map[string]bool) string {
	var letters strings.Builder
	for word := range strings.FieldsSeq(fold.Fold(name)) {
		if r, _ := utf8.DecodeRuneInString(word); r >= 'a' && r <= 'z' {
			letters.WriteRune(r)
		}
	}
	base := cmp.Or(letters.String(), "cb") + "." + strings.ToLower(code)
	for n := 1; ; n++ {
		login := base
		if n > 1 {
			login += strconv.Itoa(n)
		}
		if !taken[login] {
			return login
		}
	}
}
