package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/people"
	"giaoban/report"
)

// offerLine is a body that the reorganisation knows and the directory may take.
type offerLine struct {
	org.Offered
	Ticked bool
	Since  string
	Sure   string // how sure the row is, where it is no fact
	Fields string // its sectors, where it answers for something
}

// kitLine is a ready-made regime, and whether the office uses it.
type kitLine struct {
	Code, Name string
	Used       bool
}

// propose gathers what is known without asking: bodies, books, days off.
func (p *setupPage) propose(tx *db.Tx, by access.Actor, r *http.Request, today calendar.Date) error {
	offers, err := org.Offers(tx, by)
	if err != nil {
		return err
	}
	typed := r.PostForm.Has("offers")
	for _, o := range offers {
		line := offerLine{Offered: o, Ticked: o.Usual, Since: o.ValidFrom.Vietnamese()}
		if typed {
			line.Ticked = slices.Contains(r.PostForm["bodies[]"], o.Code)
		}
		if o.Confidence != org.Sourced {
			line.Sure = o.Confidence.Name()
		}
		var names []string
		for _, sector := range org.AllSectors {
			if slices.Contains(o.Sectors, sector.Code) {
				names = append(names, sector.Name)
			}
		}
		line.Fields = strings.Join(names, "; ")
		p.Offers = append(p.Offers, line)
		if o.There {
			p.Taken = append(p.Taken, o.Name)
		}
	}
	if p.Commission.ID != "" {
		if p.Books, err = booksOf(tx, by, r); err != nil {
			return err
		}
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	for _, year := range []int{today.Year(), today.Year() + 1} {
		note, known := holidays.Year(year)
		sentence := fmt.Sprintf("Năm %d: chương trình chỉ biết thứ Bảy, Chủ nhật.", year)
		if known {
			sentence = fmt.Sprintf("Năm %d: %d ngày, %s.", year, len(holidays.Days(year)), note.Source)
		}
		p.Holidays = append(p.Holidays, strings.Join(append([]string{sentence}, note.Pending...), " "))
	}
	return nil
}

// steps lists what the office needs before it works, in the order in which it is done.
func (p *setupPage) steps(tx *db.Tx, by access.Actor, today calendar.Date) error {
	add := func(text, answer, url string) { add(&p.Steps, &p.Open, text, answer, url) }
	add("Tỉnh, thành phố của cơ quan", p.province, "#province")
	add("Cấp ủy cấp trên, như in ở đầu văn bản", p.Superior, "#superior")
	add("Địa danh trên văn bản", p.Commission.Place, "#place")
	p.Needed = p.Open > 0
	rows, err := org.References(tx, by)
	if err != nil {
		return err
	}
	since := ""
	if !p.MergedOn.IsZero() {
		since = p.Commission.Name + ", từ " + p.MergedOn.Vietnamese()
	}
	for _, row := range rows {
		if row.Key == commissionRow && row.Decided.Kind == org.Rejected {
			since = cmp.Or(since, "không áp dụng ở đây")
		}
	}
	add("Tên của Ban, dùng từ ngày nào", since, "#merged")
	profile := "theo ngày của văn bản"
	for _, o := range p.Profiles {
		if o.Selected && o.Value != "" {
			profile = o.Text
		}
	}
	add("Thể thức văn bản", profile, "#profile")
	add("Giờ làm việc", p.hours, "#hours")
	sectors := ""
	if p.sectored != "" {
		sectors = fmt.Sprintf("%d lĩnh vực", len(strings.Fields(p.sectored)))
	}
	add("Lĩnh vực Ban theo dõi", sectors, "#sectors")
	books := ""
	if p.Books.Said {
		books = "sổ " + p.Books.Name
	}
	add("Sổ văn bản: số tiếp theo của từng sổ", books, "#so")
	return p.stepsOfWork(tx, by, today)
}

// stepsOfWork are the steps that lead to the first report: bodies, people, regimes.
func (p *setupPage) stepsOfWork(tx *db.Tx, by access.Actor, today calendar.Date) error {
	add := func(text, answer, url string) { add(&p.Steps, &p.Open, text, answer, url) }
	counted := func(n int, what string) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf("%d %s", n, what)
	}
	bodies, err := org.At(tx, by, today)
	if err != nil {
		return err
	}
	others := 0
	for _, b := range bodies {
		if b.Kind != org.Commission {
			others++
		}
	}
	add("Cơ quan trong khối", counted(others, "cơ quan"), "#de-xuat")
	accounts, err := people.Accounts(tx, by)
	if err != nil {
		return err
	}
	officers := 0
	for _, a := range accounts {
		if !a.Disabled() && a.Role == access.CommissionOfficer {
			officers++
		}
	}
	people := ""
	if officers > 0 {
		people = fmt.Sprintf("%d tài khoản, %d chuyên viên của Ban", len(accounts), officers)
	}
	add("Người và tài khoản; cần ít nhất một chuyên viên của Ban", people, peopleListURL)
	regimes, err := report.Regimes(tx, by)
	if err != nil {
		return err
	}
	for _, kit := range report.Kits() {
		line := kitLine{Name: kit.Name, Code: kit.Code}
		line.Used = slices.ContainsFunc(regimes, func(r report.Regime) bool { return r.Code == kit.Code })
		p.Kits = append(p.Kits, line)
	}
	add("Chế độ báo cáo: bộ mẫu, hoặc lập riêng", counted(len(regimes), "chế độ"), kitsURL)
	return nil
}

func (s *site) takeOffers(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showSetup(tx, by, r)
	if err != nil {
		return again, err
	}
	if len(r.PostForm["bodies[]"]) == 0 {
		return again, fault.Invalid("bodies[]", "Chưa chọn cơ quan nào. Đánh dấu những cơ quan cần thêm rồi lưu lại.")
	}
	entered, err := org.TakeOffers(tx, by, r.PostForm["bodies[]"])
	if err != nil {
		return again, err
	}
	again.To = "/thiet-lap"
	if entered == 0 {
		again.Said = "Danh bạ đã có các cơ quan này; không có gì thay đổi."
		return again, nil
	}
	asked, err := report.AskNewBodies(tx, by)
	again.Said = fmt.Sprintf("Đã thêm %d cơ quan vào danh bạ. %sTiếp theo: thêm người và tài khoản.", entered, asked)
	return again, err
}

func (s *site) finishSetup(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showSetup(tx, by, r)
	if err != nil {
		return again, err
	}
	if p := again.Data.(*setupPage); p.Needed {
		return again, fault.Conflict("Văn bản chưa in đúng được: còn thiếu tỉnh, cấp ủy cấp trên hoặc địa danh. Xin ghi ở phần Cơ quan và văn bản.")
	}
	return Reply{To: "/ban-lam-viec"}, org.FinishSetup(tx, by)
}
