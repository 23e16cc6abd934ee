package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/table"
	"giaoban/lists"
	"giaoban/report"
)

var listsRoom = room{
	menu: entry{group: officeGroup, name: "Nhập danh sách", url: "/thiet-lap/danh-sach", key: "g i", when: bringsLists},
	pages: slices.Concat([]route{see("/thiet-lap/danh-sach", (*site).allLists, listActs()...)},
		pagesOf(lists.All[0], "/danh-ba"), pagesOf(lists.All[1], "/tai-khoan/phieu"), pagesOf(lists.All[2], "/che-do"), pagesOf(lists.All[3], "/van-ban-chi-dao")),
}

// pagesOf declares the pages of one list; next is where its entries are seen.
func pagesOf(l lists.List, next string) []route {
	at := listURL(l)
	return []route{
		see(at, func(s *site, tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
			return s.showList(tx, by, r, l)
		}, l.Act).
			titled("Nhập danh sách " + strings.ToLower(l.Name)),
		see(at+"/mau", func(s *site, tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
			return s.listTemplate(tx, by, r, l)
		}, l.Act),
		act(at, func(s *site, tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
			return s.bringList(tx, by, r, l)
		}, l.Act).
			files(1).says("Đã nhập danh sách.", nextWords[l.Code], next),
	}
}

var nextWords = map[string]string{"bodies": "Xem danh bạ", "people": "In phiếu mật khẩu", "indicators": "Xem chế độ báo cáo", "directives": "Xem sổ văn bản"}

func listURL(l lists.List) string { return "/thiet-lap/danh-sach/" + l.Path }

// listActs are what opens a page of some list.
func listActs() []access.Act {
	var acts []access.Act
	for _, l := range lists.All {
		acts = append(acts, l.Act)
	}
	return acts
}

// bringsLists reports whether lists are this person's work: the clerk's one list stands beside the register.
func bringsLists(by access.Actor) bool {
	return by.Can(access.EnterBodies, by.Body) || by.Can(access.ManageRegime, by.Body)
}

// listsPage shows the lists that an office brings along.
type listsPage struct{ Lists []listLink }

type listLink struct {
	lists.List
	URL   string
	First string // what comes before it
}

func (s *site) allLists(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var p listsPage
	for _, l := range lists.All {
		if by.Can(l.Act, by.Body) {
			p.Lists = append(p.Lists, listLink{l, listURL(l), firstBefore[l.Code]})
		}
	}
	if len(p.Lists) == 0 {
		return Reply{}, by.May(access.EnterBodies, by.Body)
	}
	return Reply{Page: "lists/all", Data: p}, nil
}

// firstBefore is what must be there before a list can be entered.
var firstBefore = map[string]string{
	"bodies":     "Chưa cần gì trước: tên cơ quan là đủ, mã do chương trình đặt.",
	"people":     "Sau danh sách cơ quan. Mỗi người có tài khoản; mật khẩu lần đầu in thành phiếu.",
	"indicators": "Sau khi có chế độ báo cáo, dùng bộ mẫu hoặc tự lập.",
	"directives": "Lúc nào cũng được; kỳ sơ kết, tổng kết tính từ ngày ban hành.",
}

// listPage takes one list: pasted or in a file, looked at first, then entered.
type listPage struct {
	lists.List
	URL     string
	First   string
	Rows    string
	Regimes []option
	Checked *lists.Checked
	Lines   []lists.Line
	Wrong   []lists.Problem
}

// mostShown is how many rows a page shows of a list that was looked at; the sum tells of all.
const mostShown = 300

// Hidden is how many rows were looked at and are not shown.
func (p listPage) Hidden() int { return len(p.Checked.Lines) - len(p.Lines) }

// HiddenWrong is how many problems are not shown.
func (p listPage) HiddenWrong() int { return len(p.Checked.Problems) - len(p.Wrong) }

func (s *site) showList(tx *db.Tx, by access.Actor, r *http.Request, l lists.List) (Reply, error) {
	if err := by.May(l.Act, by.Body); err != nil {
		return Reply{}, err
	}
	p, err := newListPage(tx, by, r, l)
	return Reply{Page: "lists/list", Data: p}, err
}

func newListPage(tx *db.Tx, by access.Actor, r *http.Request, l lists.List) (*listPage, error) {
	p := &listPage{List: l, URL: listURL(l), First: firstBefore[l.Code], Rows: r.PostFormValue("rows")}
	if l.Act != access.ManageRegime {
		return p, nil
	}
	regimes, err := report.Regimes(tx, by)
	for _, regime := range regimes {
		if regime.EndedAt == 0 {
			p.Regimes = append(p.Regimes, option{regime.Code, regime.Name, r.FormValue("regime") == regime.Code})
		}
	}
	return p, err
}

// bringList looks at a list or enters it, as the button says. What came in a file stands in the text field afterwards, so
// that it is sent once.
func (s *site) bringList(tx *db.Tx, by access.Actor, r *http.Request, l lists.List) (Reply, error) {
	again, err := s.showList(tx, by, r, l)
	if err != nil {
		return Reply{}, err
	}
	if err := refusedUpload(r); err != nil {
		return again, fieldOf("file", err)
	}
	p := again.Data.(*listPage)
	rows, err := s.rowsOf(r)
	if err != nil {
		return again, err
	}
	p.Rows = table.Text(rows)
	options := lists.Options{Regime: r.PostFormValue("regime")}
	bring := lists.Check
	if r.PostFormValue("act") == "nhap" {
		bring = lists.Enter
	}
	checked, err := bring(tx, by, l, rows, options)
	p.Checked = &checked
	p.Lines, p.Wrong = checked.Lines[:min(len(checked.Lines), mostShown)], checked.Problems[:min(len(checked.Problems), mostShown)]
	switch {
	case len(checked.Problems) > 0:
		return again, fault.Invalid("rows", "Danh sách có %d chỗ phải sửa; chưa ghi gì. Xem từng dòng ở dưới, sửa rồi gửi lại.", len(checked.Problems))
	case err != nil:
		return again, err
	case r.PostFormValue("act") == "nhap":
		return Reply{To: listURL(l), Said: checked.Sentence()}, nil
	}
	again.Again = true
	return again, nil
}

// rowsOf reads the file that was sent, else what was pasted.
func (s *site) rowsOf(r *http.Request) ([]table.Row, error) {
	if sent := s.uploads(r, "file"); len(sent) > 0 {
		f, err := sent[0].Open()
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return table.Read(f, sent[0].Size)
	}
	return table.Pasted(r.PostFormValue("rows"))
}

// listTemplate gives the file to fill in: empty, or with what the office has.
func (s *site) listTemplate(tx *db.Tx, by access.Actor, r *http.Request, l lists.List) (Reply, error) {
	if err := by.May(l.Act, by.Body); err != nil {
		return Reply{}, err
	}
	rows, name := l.Blank(), "mau-"+l.Path
	if r.FormValue("noi-dung") == "hien-co" {
		var err error
		if rows, err = lists.Out(tx, by, l, lists.Options{Regime: r.FormValue("regime")}); err != nil {
			return Reply{}, err
		}
		name = l.Path
	}
	return fileOf(name, l.Name, r.FormValue("dang"), rows)
}
