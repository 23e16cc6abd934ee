package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
)

// The shipped rows that set-up asks about by name.
const (
	commissionRow = "btgdv-tinh"
	districtRow   = "ban-tuyen-giao-huyen"
)

// Where the steps lead that are done on pages of their own.
const (
	peopleListURL = "/thiet-lap/danh-sach/can-bo"
	kitsURL       = "/thiet-lap/bo-mau"
)

// setupPage is the administrator's desk until the office is set up: what it has said of itself, and what is proposed to it.
type setupPage struct {
	Steps   []question // what the office needs before it works
	Open    int        // how many of them wait
	Needed  bool       // what papers cannot do without is still open
	Ongoing bool       // the office is being set up
	Now     string     // the form that is next, which has the red button
	// What was reorganised and is to be confirmed here.
	Changes     []question
	ChangesOpen int

	office
	Books                      booksPage
	Offers                     []offerLine
	Taken                      []string // those of them that the directory has
	Holidays                   []string
	Kits                       []kitLine
	Commission                 org.Body
	Merged, NewName, NewSymbol string
	Former                     bool          // the commission bears its name of today from the beginning: since when is asked
	MergedOn                   calendar.Date // since when the commission is called as today; zero while unknown
	MergedBy                   db.ID         // the change that says so
	Basis                      string
}

// office is what the first form of Thiết lập asks.
type office struct {
	Provinces                          []option
	Profiles                           []option
	Sectors                            []option
	Superior, Place, PlaceFrom, Hours  string
	province, profile, hours, sectored string // as kept
}

// question is one thing set-up asks.
type question struct {
	Text, Answer, URL string
	Done              bool
}

func (s *site) showSetup(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.SetUpOffice, by.Body); err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	p := setupPage{Merged: r.PostFormValue("merged"), NewName: r.PostFormValue("new_name"), NewSymbol: r.PostFormValue("new_symbol"), Basis: r.PostFormValue("basis")}
	var err error
	if p.Commission, err = org.TheCommission(tx, today); err != nil && !fault.Is(err, fault.KindMissing) {
		return Reply{}, err
	}
	if p.Ongoing, err = org.SettingUp(tx); err != nil {
		return Reply{}, err
	}
	for _, part := range []func() error{
		func() error { return p.office.read(tx, by, r, p.Commission, today) },
		func() error { return p.named(tx, by) },
		func() error { return p.propose(tx, by, r, today) },
		func() error { return p.steps(tx, by, today) },
		func() error { return p.changed(tx, by) },
	} {
		if err := part(); err != nil {
			return Reply{}, err
		}
	}
	p.Now = p.next()
	return Reply{Page: "org/setup", Data: &p}, nil
}

// next is the form that is filled in now; "" while the next step stands on another page.
func (p *setupPage) next() string {
	switch {
	case p.Needed || p.hours == "" || p.sectored == "":
		return "co-quan"
	case !p.Books.Said:
		return "so"
	case p.Ongoing && p.step("#de-xuat"):
		return "de-xuat"
	case p.Ongoing && (p.step(peopleListURL) || p.step(kitsURL)):
		return ""
	case p.Ongoing:
		return "xong"
	}
	return "co-quan"
}

// step reports whether the step that leads there is still open.
func (p *setupPage) step(url string) bool {
	return slices.ContainsFunc(p.Steps, func(q question) bool { return q.URL == url && !q.Done })
}

// Next is the first step that is still open; nil when none is.
func (p *setupPage) Next() *question {
	if i := slices.IndexFunc(p.Steps, func(q question) bool { return !q.Done }); i >= 0 {
		return &p.Steps[i]
	}
	return nil
}

// read gathers what is kept, or what was typed over it.
func (o *office) read(tx *db.Tx, by access.Actor, r *http.Request, commission org.Body, today calendar.Date) error {
	code := ""
	for name, value := range map[string]*string{org.ProvinceCode: &code, org.Province: &o.province, org.Superior: &o.Superior,
		org.Profile: &o.profile, org.Hours: &o.hours, org.FieldSectors: &o.sectored} {
		kept, err := org.Setting(tx, name)
		if err != nil {
			return err
		}
		*value = kept
	}
	if code == "" && o.province != "" { // said in words when the office began
		if found, err := org.ProvinceNamed(tx, by, o.province, today); err == nil && len(found) == 1 {
			code = found[0].Code
		}
	}
	provinces, err := org.Provinces(tx, by, today)
	if err != nil {
		return err
	}
	chosen := cmp.Or(r.PostFormValue("province"), code)
	o.Provinces = []option{{"", "Chọn tỉnh, thành phố", chosen == ""}}
	for _, row := range provinces {
		o.Provinces = append(o.Provinces, option{row.Code, row.Code + " · " + row.FullName(), row.Code == chosen})
	}
	o.Place, o.Hours = commission.Place, cmp.Or(o.hours, org.UsualHours)
	profile, sectors := o.profile, []string(nil)
	if sectors, err = org.OfficeSectors(tx); err != nil {
		return err
	}
	if r.PostForm.Has("superior") {
		o.Superior, o.Place, o.PlaceFrom = r.PostFormValue("superior"), r.PostFormValue("place"), r.PostFormValue("place_from")
		o.Hours, profile, sectors = r.PostFormValue("hours"), r.PostFormValue("profile"), r.PostForm["sectors[]"]
	}
	o.Profiles = []option{{"", "Theo ngày của văn bản", profile == ""}}
	for _, known := range official.Profiles() {
		if known.Family == official.Party {
			o.Profiles = append(o.Profiles, option{known.Code, known.Name, known.Code == profile})
		}
	}
	for _, sector := range org.AllSectors {
		o.Sectors = append(o.Sectors, option{sector.Code, sector.Name, slices.Contains(sectors, sector.Code)})
	}
	return nil
}

// named finds since when the commission is called as it is today.
func (p *setupPage) named(tx *db.Tx, by access.Actor) error {
	changes, err := org.Changes(tx, by)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if c.Reference == commissionRow && !c.Undone() {
			p.MergedOn, p.MergedBy = c.Day, c.ID
		}
	}
	if p.Commission.ID == "" || !p.MergedOn.IsZero() {
		return nil
	}
	names, err := org.History(tx, by, p.Commission.ID)
	if err != nil || len(names) == 0 {
		return err
	}
	first := len(names) - 1 // the oldest row of the name that is borne today: another place makes another row
	for first > 0 && names[first-1].Name == names[len(names)-1].Name {
		first--
	}
	if first > 0 {
		p.MergedOn = names[first].ValidFrom
	}
	p.Former = first == 0 && strings.Contains(fold.Fold(names[0].Name), "dan van")
	return nil
}

func add(all *[]question, open *int, text, answer, url string) {
	if answer == "" {
		*open++
	}
	*all = append(*all, question{Text: text, Answer: answer, URL: url, Done: answer != ""})
}

// changed lists what the reorganisation asks of the directory, and what has been said.
func (p *setupPage) changed(tx *db.Tx, by access.Actor) error {
	add := func(text, answer, url string) { add(&p.Changes, &p.ChangesOpen, text, answer, url) }
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
			continue // among the steps
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
			add("Ban Tuyên giáo cấp huyện kết thúc hoạt động", answer, url)
			continue
		}
		add(row.Title(), answer, url)
	}
	waiting, err := org.Unconfirmed(tx, by)
	if err != nil {
		return err
	}
	answer := ""
	if len(waiting) == 0 {
		answer = "đã xem hết"
	}
	add("Các dòng tham chiếu chưa có nguồn", answer, "/sap-xep")
	entered, err := org.ReferenceEntered(tx)
	if err == nil && !entered {
		add("Danh mục cơ quan ban hành văn bản", "", "#ban-hanh")
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
	if superior := fold.Tidy(r.PostFormValue("superior")); superior != "" {
		if err := setAll(tx, by, [][2]string{{org.Superior, superior}}); err != nil {
			return again, err
		}
	}
	if r.PostForm.Has("hours") {
		if err := p.keepWays(tx, by, r, &wrong); err != nil {
			return again, err
		}
	}
	if r.PostFormValue("merged") != "" && p.MergedOn.IsZero() {
		name := mergeCommission
		if p.Former {
			name = p.calledBefore
		}
		if err := name(tx, by, r, &wrong); err != nil {
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

// keepWays keeps how the office writes and works: place, layout, hours, sectors.
func (p *setupPage) keepWays(tx *db.Tx, by access.Actor, r *http.Request, wrong *fault.List) error {
	var from calendar.Date
	if r.PostFormValue("place_from") != "" {
		from = readDay(wrong, r, "place_from", neededDay)
	}
	if place := r.PostFormValue("place"); p.Commission.ID != "" {
		if err := wrong.AddError("place", org.SetPlace(tx, by, p.Commission, place, from)); err != nil {
			return refield(err, map[string]string{"day": "place_from"})
		}
	}
	hours, err := org.ReadHours(r.PostFormValue("hours"))
	if err := wrong.AddError("hours", err); err != nil {
		return err
	}
	profile := r.PostFormValue("profile")
	if !slices.ContainsFunc(p.Profiles, func(o option) bool { return o.Value == profile }) {
		wrong.Add("profile", "Xin chọn thể thức trong danh sách.")
	}
	if err := wrong.AddError("sectors[]", org.FollowSectors(tx, by, r.PostForm["sectors[]"])); err != nil {
		return err
	}
	if wrong.Err() != nil {
		return nil
	}
	return setAll(tx, by, [][2]string{{org.Hours, hours}, {org.Profile, profile}})
}

// calledBefore says under which name the commission worked before it was called as today.
func (p *setupPage) calledBefore(tx *db.Tx, by access.Actor, r *http.Request, wrong *fault.List) error {
	day, err := calendar.ReadDate(r.PostFormValue("merged"))
	if err != nil {
		return wrong.AddError("merged", err)
	}
	former := org.NewName{Name: cmp.Or(strings.TrimSpace(r.PostFormValue("new_name")), formerName(p.Commission.Name)),
		Symbol: cmp.Or(strings.TrimSpace(r.PostFormValue("new_symbol")), "BTGTU")}
	return wrong.AddError("merged", org.CalledBefore(tx, by, p.Commission.ID, former, day, r.PostFormValue("basis")))
}

// formerName is what the commission was called before the merger.
func formerName(name string) string { return strings.ReplaceAll(name, " và Dân vận", "") }

// setAll writes settings that have changed.
func setAll(tx *db.Tx, by access.Actor, settings [][2]string) error {
	for _, s := range settings {
		if err := org.SetChanged(tx, by, s[0], s[1]); err != nil {
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
