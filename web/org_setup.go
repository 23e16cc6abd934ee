package web

import (
	"cmp"
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
)

// The shipped rows that set-up asks about by name.
const (
	commissionRow = "btgdv-tinh"
	districtRow   = "ban-tuyen-giao-huyen"
)

// setupPage is what the program must know of this province, and what is still to be answered.
type setupPage struct {
	Questions                  []question
	Open                       int
	Provinces                  []option
	Superior                   string
	Merged, NewName, NewSymbol string
	MergedOn                   calendar.Date // the change that says so; zero while unknown
	MergedBy                   db.ID
	Basis                      string
	Commission                 org.Body
}

// question is one thing set-up asks.
type question struct {
	Text, Answer, URL string
	Done              bool
}

func (s *site) showSetup(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	p := setupPage{Merged: r.PostFormValue("merged"), NewName: r.PostFormValue("new_name"), NewSymbol: r.PostFormValue("new_symbol"), Basis: r.PostFormValue("basis")}
	code, err := org.Setting(tx, org.ProvinceCode)
	if err != nil {
		return Reply{}, err
	}
	province, err := org.Setting(tx, org.Province)
	if err != nil {
		return Reply{}, err
	}
	if p.Superior, err = org.Setting(tx, org.Superior); err != nil {
		return Reply{}, err
	}
	if code == "" && province != "" { // said in words when the office began
		if found, err := org.ProvinceNamed(tx, by, province, today); err == nil && len(found) == 1 {
			code = found[0].Code
		}
	}
	provinces, err := org.Provinces(tx, by, today)
	if err != nil {
		return Reply{}, err
	}
	chosen := cmp.Or(r.PostFormValue("province"), code)
	p.Provinces = []option{{"", "Chọn tỉnh, thành phố", chosen == ""}}
	for _, row := range provinces {
		p.Provinces = append(p.Provinces, option{row.Code, row.Code + " · " + row.FullName(), row.Code == chosen})
	}
	if r.Method == http.MethodPost {
		p.Superior = r.PostFormValue("superior")
	}
	if p.Commission, err = org.TheCommission(tx, today); err != nil && !fault.Is(err, fault.KindMissing) {
		return Reply{}, err
	}
	changes, err := org.Changes(tx, by)
	if err != nil {
		return Reply{}, err
	}
	for _, c := range changes {
		if c.Reference == commissionRow && !c.Undone() {
			p.MergedOn, p.MergedBy = c.Day, c.ID
		}
	}
	if err := p.ask(tx, by, province, today); err != nil {
		return Reply{}, err
	}
	return Reply{Page: "org/setup", Data: &p}, nil
}

func (p *setupPage) add(text, answer, url string) {
	if answer == "" {
		p.Open++
	}
	p.Questions = append(p.Questions, question{Text: text, Answer: answer, URL: url, Done: answer != ""})
}

// ask lists what the program asks of a new office and what it has been told.
func (p *setupPage) ask(tx *db.Tx, by access.Actor, province string, today calendar.Date) error {
	p.add("Tỉnh, thành phố của cơ quan", province, "#province")
	p.add("Cấp ủy cấp trên, như in ở đầu văn bản", p.Superior, "#superior")
	merged := ""
	if !p.MergedOn.IsZero() {
		merged = "từ " + p.MergedOn.Vietnamese()
	}
	rows, err := org.References(tx, by)
	if err != nil {
		return err
	}
	for _, row := range rows {
		answer, rejected := "", row.Decided.Kind == org.Rejected
		if rejected {
			answer = "không áp dụng ở đây"
		}
		switch {
		case row.Key == commissionRow:
			p.add("Ngày Ban Tuyên giáo và Ban Dân vận hợp nhất", cmp.Or(merged, answer), "#merged")
			continue
		case row.Kind == "unchanged" || row.Group != org.OfDepartments && row.Key != districtRow && row.Key != "dang-uy-ubnd-tinh":
			continue
		}
		applied, err := org.AppliedOn(tx, by, row.Key)
		if err != nil {
			return err
		}
		if !applied.IsZero() {
			answer = "đã ghi, từ " + applied.Vietnamese()
		}
		if answer == "" {
			proposal, err := org.ProposalOf(tx, by, row.Key, row.Day)
			if err != nil {
				return err
			}
			if len(proposal.Change.Parts) == 0 && len(proposal.Change.Names) == 0 {
				continue // the directory knows none of these bodies
			}
		}
		url := "/sap-xep/moi?dong=" + row.Key
		if row.Key == districtRow {
			p.add("Ban Tuyên giáo cấp huyện kết thúc hoạt động", answer, url)
			continue
		}
		p.add(row.Title(), answer, url)
	}
	waiting, err := org.Unconfirmed(tx, by)
	if err != nil {
		return err
	}
	answer := ""
	if len(waiting) == 0 {
		answer = "đã xem hết"
	}
	p.add("Các dòng tham chiếu chưa có nguồn", answer, "/sap-xep")
	entered, err := org.ReferenceEntered(tx)
	if err == nil && !entered {
		p.add("Danh mục cơ quan ban hành văn bản", "", "#ban-hanh")
	}
	return err
}

func (s *site) saveSetup(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showSetup(tx, by, r)
	if err != nil {
		return again, err
	}
	p := again.Data.(*setupPage)
	today := calendar.OfInstant(tx.Clock())
	var wrong fault.List
	if code := r.PostFormValue("province"); code != "" {
		row, err := org.ProvinceAt(tx, by, code, today)
		if err != nil {
			wrong.Add("province", "Xin chọn tỉnh, thành phố trong danh sách.")
		} else if err := setAll(tx, by, [][2]string{{org.ProvinceCode, code}, {org.Province, row.FullName()}}); err != nil {
			return again, err
		}
	}
	if superior := strings.TrimSpace(fold.Clean(r.PostFormValue("superior"))); superior != "" {
		if err := setAll(tx, by, [][2]string{{org.Superior, superior}}); err != nil {
			return again, err
		}
	}
	if r.PostFormValue("merged") != "" && p.MergedOn.IsZero() {
		if err := mergeCommission(tx, by, r, &wrong); err != nil {
			return again, err
		}
	}
	if err := wrong.Err(); err != nil {
		return again, err
	}
	if err := org.EnterReference(tx, by); err != nil {
		return again, err
	}
	return Reply{To: "/thiet-lap"}, nil
}

// setAll writes settings that have changed.
func setAll(tx *db.Tx, by access.Actor, settings [][2]string) error {
	for _, s := range settings {
		before, err := org.Setting(tx, s[0])
		if err != nil {
			return err
		}
		if before == s[1] {
			continue
		}
		if err := org.Set(tx, by, s[0], s[1]); err != nil {
			return err
		}
	}
	return nil
}

// mergeCommission announces that the commission goes on as Ban Tuyên giáo và Dân vận.
func mergeCommission(tx *db.Tx, by access.Actor, r *http.Request, wrong *fault.List) error {
	day, err := calendar.ReadDate(r.PostFormValue("merged"))
	if err != nil {
		return wrong.AddError("merged", err)
	}
	proposal, err := org.ProposalOf(tx, by, commissionRow, day)
	if err != nil {
		return err
	}
	n := proposal.Change
	n.Basis = cmp.Or(strings.TrimSpace(r.PostFormValue("basis")), n.Basis)
	for i := range n.Names {
		n.Names[i].Name = cmp.Or(strings.TrimSpace(r.PostFormValue("new_name")), n.Names[i].Name)
		n.Names[i].ShortName = n.Names[i].Name
		n.Names[i].Symbol = cmp.Or(strings.TrimSpace(r.PostFormValue("new_symbol")), n.Names[i].Symbol)
	}
	_, err = announce(tx, by, n)
	return wrong.AddError("merged", refield(err, map[string]string{"day": "merged", "parts": "merged", "name": "new_name"}))
}
