package report

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

// UsedKit says what using a kit has changed, and what is still missing before periods may be opened.
type UsedKit struct {
	Regime     Regime
	Made       bool // the regime is new
	Indicators int  // of the form that was made; 0 when the regime had one
	Assigned   []org.Body
	Unanswered []string        // sectors of the form for which no body answers
	From       calendar.Period // the first period of a regime that was put into force now; zero when it was not
}

// Changed reports whether anything did.
func (u UsedKit) Changed() bool { return u.Made || len(u.Assigned) > 0 || !u.From.IsZero() }

// UseKit makes the regime of a kit, with its form, and gives it to the bodies that answer for its sectors. parts are codes
// of Kit.Parts; none means all. What the office has already stays as it is, so that using a kit again only adds what was
// missing: the bodies entered since.
func UseKit(tx *db.Tx, by access.Actor, code string, parts []string) (UsedKit, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return UsedKit{}, err
	}
	if err := by.May(access.ManageRegime, commission.ID); err != nil {
		return UsedKit{}, err
	}
	k, err := FindKit(code)
	if err != nil {
		return UsedKit{}, err
	}
	chosen, err := k.choose(parts)
	if err != nil {
		return UsedKit{}, err
	}
	var used UsedKit
	used.Regime, err = FindRegime(tx, by, k.Code)
	switch {
	case fault.Is(err, fault.KindMissing):
		err = used.make(tx, by, k, commission.ID, chosen)
	case err == nil && used.Regime.EndedAt != 0:
		err = fault.Conflict("Chế độ “%s” đã dừng; muốn báo cáo tiếp thì lập chế độ mới.", used.Regime.Name)
	}
	if err != nil || !chosen[KitReporters] {
		return used, err
	}
	if err := used.assign(tx, by); err != nil {
		return used, err
	}
	return used, used.activate(tx, by)
}

// choose reads which parts are wanted.
func (k Kit) choose(parts []string) (map[string]bool, error) {
	chosen := make(map[string]bool)
	for _, p := range k.Parts() {
		chosen[p.Code] = len(parts) == 0
	}
	for _, code := range parts {
		if _, ok := chosen[code]; !ok {
			return nil, fault.Invalid("parts", "Bộ mẫu “%s” không có phần “%s”; hãy chọn trong danh sách.", k.Name, code)
		}
		chosen[code] = true
	}
	if !slices.ContainsFunc(k.Outline.Sectors, func(s Sector) bool { return chosen[s.Code] }) {
		return nil, fault.Invalid("parts", "Hãy giữ ít nhất một lĩnh vực của bộ mẫu.")
	}
	return chosen, nil
}

func (u *UsedKit) make(tx *db.Tx, by access.Actor, k Kit, receiver db.ID, chosen map[string]bool) error {
	n := NewRegime{Code: k.Code, Name: k.Name, Content: k.Content, Receiver: receiver, Kind: k.Kind, Cutoff: k.Cutoff,
		WorkingDays: k.WorkingDays, Channel: "Gửi trong chương trình; bản ký số hoặc bản giấy gửi Văn phòng Ban"}
	var known map[string]string
	if chosen[KitFeed] {
		feed, err := k.feed(tx, by)
		if err != nil {
			return err
		}
		if n.FeedsFrom = feed.ID; feed.ID != "" {
			if known, err = askedBy(tx, by, feed.ID); err != nil {
				return err
			}
		}
	}
	o := k.Outline.only(chosen, known)
	if !chosen[KitOutline] {
		o.Sections = nil
	}
	r, err := CreateRegime(tx, by, n)
	if err != nil {
		return err
	}
	if _, err := SaveForm(tx, by, r.ID, o, 0); err != nil {
		return err
	}
	u.Regime, u.Made, u.Indicators = r, true, len(o.Indicators)
	return nil
}

// feed finds the regime of shorter periods that is in use, the nearest kind first.
func (k Kit) feed(tx *db.Tx, by access.Actor) (Regime, error) {
	for _, code := range k.FeedsFrom {
		r, err := FindRegime(tx, by, code)
		if err == nil && r.EndedAt == 0 && r.Kind != 0 && r.Kind < k.Kind || err != nil && !fault.Is(err, fault.KindMissing) {
			return r, err
		}
	}
	return Regime{}, nil
}

// askedBy gives the indicators that the newest form of a regime asks for, names by code: nobody types them twice.
func askedBy(tx *db.Tx, by access.Actor, regime db.ID) (map[string]string, error) {
	forms, err := Forms(tx, by, regime)
	if err != nil || len(forms) == 0 {
		return nil, err
	}
	asked := make(map[string]string)
	for _, in := range forms[0].Indicators {
		asked[in.Code] = in.Name
	}
	return asked, nil
}

// only leaves the sectors that were chosen and what is not known from elsewhere. The numbers of a ratio stay with it.
func (o Outline) only(chosen map[string]bool, known map[string]string) Outline {
	left := Outline{Sections: slices.Clone(o.Sections), AskFar: o.AskFar}
	for _, s := range o.Sectors {
		if chosen[s.Code] {
			left.Sectors = append(left.Sectors, s)
		}
	}
	needed := make(map[string]bool)
	for _, in := range o.Indicators {
		if in.Aggregation == Ratio && known[in.Code] != in.Name {
			needed[in.Numerator], needed[in.Denominator] = true, true
		}
	}
	for _, in := range o.Indicators {
		if chosen[in.Sector] && (known[in.Code] != in.Name || needed[in.Code]) {
			left.Indicators = append(left.Indicators, in)
		}
	}
	left.Rules = rulesWithin(o.Rules, left.Indicators)
	return left
}

// assign gives the regime to every body that answers for one of its sectors today and has not been asked yet.
func (u *UsedKit) assign(tx *db.Tx, by access.Actor) error {
	forms, err := Forms(tx, by, u.Regime.ID)
	if err != nil || len(forms) == 0 {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	bodies, err := org.At(tx, by, today)
	if err != nil {
		return err
	}
	sectors, err := org.SectorsOn(tx, by, today)
	if err != nil {
		return err
	}
	assignments, err := Assignments(tx, by, u.Regime.ID)
	if err != nil {
		return err
	}
	asked := make(map[db.ID]bool)
	for _, a := range assignments {
		asked[a.Body] = true
	}
	from := u.first(today)
	for _, b := range bodies {
		scope := forms[0].scopeOf(b, sectors[b.ID])
		if asked[b.ID] || scope == "" {
			continue
		}
		begin := from
		if begin.Before(b.ValidFrom) {
			begin = b.ValidFrom
		}
		if err := AssignScope(tx, by, u.Regime.ID, []db.ID{b.ID}, scope, begin, u.Regime.Name); err != nil {
			return err
		}
		u.Assigned = append(u.Assigned, b)
	}
	u.Unanswered = forms[0].unanswered(slices.Concat(slices.Collect(maps.Values(sectors))...))
	return nil
}

// unanswered names the sectors of a form that no body answers for. The work at the base is that of the commissions below,
// where there are any; coordination is the commission's own.
func (f *Form) unanswered(sectors []string) (names []string) {
	for _, s := range f.Sectors {
		if s.Code != "CS" && s.Code != "TM" && !slices.Contains(sectors, s.Code) {
			names = append(names, s.Name)
		}
	}
	return names
}

// first is the first day of the figures of the period that runs today.
func (u *UsedKit) first(today calendar.Date) calendar.Date {
	from, _ := u.Regime.Cutoff.Span(u.Regime.Running(today))
	if from.IsZero() || today.Before(from) {
		return today
	}
	return from
}

// Running is the period whose figures are gathered today; after the nine months the next year's.
func (r Regime) Running(today calendar.Date) calendar.Period {
	p, ok := r.Cutoff.PeriodOf(r.Kind, today)
	if !ok {
		p, _ = r.Cutoff.PeriodOf(r.Kind, calendar.On(today.Year()+1, 1, 1))
	}
	return p
}

// scopeOf is what a form asks of a body: the sectors it answers for. Commissions below answer for the work at the base.
// The commission itself and its own units are not asked.
func (f *Form) scopeOf(b org.Body, sectors []string) Scope {
	switch {
	case b.Kind == org.Commission || b.Kind == org.OwnUnit:
		return ""
	case b.Kind == org.LowerCommission && len(sectors) == 0:
		sectors = []string{"CS"}
	}
	var asked []string
	for _, s := range f.Sectors {
		if slices.Contains(sectors, s.Code) {
			asked = append(asked, s.Code)
		}
	}
	return ScopeOf(asked...)
}

// activate puts the regime into force from the period that runs, where nothing is missing any more.
func (u *UsedKit) activate(tx *db.Tx, by access.Actor) error {
	if u.Regime.ActivatedAt != 0 {
		return nil
	}
	if err := u.Regime.ready(tx); err != nil {
		if fault.Of(err) != nil {
			return nil // the page of the regime says what it lacks
		}
		return err
	}
	from := u.Regime.Running(calendar.OfInstant(tx.Clock()))
	if err := Activate(tx, by, u.Regime.ID, from); err != nil {
		return err
	}
	u.From = from
	r, err := RegimeByID(tx, by, u.Regime.ID)
	u.Regime = r
	return err
}

// AskNewBodies gives the regimes that were made of kits before there were bodies to the bodies that answer for their
// sectors, and tells in a sentence to how many; only while the office is being set up, because later somebody may have left
// them out on purpose.
func AskNewBodies(tx *db.Tx, by access.Actor) (said string, err error) {
	settingUp, err := org.SettingUp(tx)
	if err != nil || !settingUp || !by.Can(access.ManageRegime, by.Body) {
		return "", err
	}
	for _, kit := range Kits() {
		regime, err := FindRegime(tx, by, kit.Code)
		if fault.Is(err, fault.KindMissing) || err == nil && regime.EndedAt != 0 {
			continue
		}
		if err != nil {
			return "", err
		}
		used, err := UseKit(tx, by, kit.Code, nil)
		if err != nil {
			return "", err
		}
		if len(used.Assigned) > 0 {
			said += regime.Name + ": " + used.Sentence() + " "
		}
	}
	return said, nil
}

// Sentence tells a person what was done and what comes next.
func (u UsedKit) Sentence() string {
	if !u.Changed() {
		return "Bộ mẫu đã được dùng từ trước, không có gì phải thêm."
	}
	var done []string
	if u.Made {
		done = append(done, "Đã lập chế độ “"+u.Regime.Name+"” với "+strconv.Itoa(u.Indicators)+" chỉ tiêu.")
	}
	if len(u.Assigned) > 0 {
		done = append(done, "Đã giao cho "+strconv.Itoa(len(u.Assigned))+" cơ quan.")
	}
	switch {
	case !u.From.IsZero():
		done = append(done, "Áp dụng từ "+u.From.Name()+"; chuyên viên của Ban mở kỳ.")
	case u.Regime.ActivatedAt == 0:
		done = append(done, "Chưa áp dụng: hãy nhập danh sách cơ quan có lĩnh vực rồi dùng lại bộ mẫu.")
	}
	if len(u.Assigned) > 0 && len(u.Unanswered) > 0 {
		done = append(done, "Chưa cơ quan nào phụ trách: "+strings.Join(u.Unanswered, "; ")+". Giao thêm ở trang của chế độ.")
	}
	return strings.Join(done, " ")
}
