package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

const upwardURL = "/bao-cao-cap-tren"

var upwardRoom = room{
	menu: regimeRoom.menu,
	pages: []route{
		see(upwardURL, (*site).upwards, access.ReadConsolidation, access.ManageRegime).titled("Báo cáo cấp trên").named("upward/list"),
		see(upwardURL+"/moi", (*site).newUpward, access.ManageRegime).titled("Ghi báo cáo cấp trên"),
		act(upwardURL+"/moi", (*site).addUpward, access.ManageRegime).
			says("Đã ghi; hạn của các kỳ mở từ nay tính lùi từ hạn báo cáo cấp trên.", "Chế độ báo cáo", "/che-do"),
		act(upwardURL+"/{upward}/dung", (*site).endUpward, access.ManageRegime).titled("Báo cáo cấp trên").
			says("Đã kết thúc; hạn của các kỳ mở từ nay tính từ ngày chốt số liệu.", "Chế độ báo cáo", "/che-do"),
		act(upwardURL+"/{upward}/{period}/nhan", (*site).noteUpwardReceipt, access.NumberPaper).titled("Báo cáo cấp trên").
			says("Đã ghi số và ngày tiếp nhận của cấp trên.", "Văn bản", "/van-ban"),
	},
}

// upwardPage lists what the commission owes upward, and the rules it follows from.
type upwardPage struct {
	Lines     []upwardLine
	Rules     []upwardRule
	MayManage bool
	MayNote   bool
	Failed    string
	Typed     struct{ Number, Day, Reason string }
}

type upwardLine struct {
	consolidation.UpwardReport
	Badge badge
}

// Key names the line's fields.
func (l upwardLine) Key() string { return string(l.Upward.ID) + "-" + l.Period.String() }

type upwardRule struct {
	report.Upward
	RegimeName, RegimeCode string
}

func (s *site) upwards(tx *db.Tx, by access.Actor, _ *http.Request) (Reply, error) {
	data, err := upwardsOf(tx, by)
	return Reply{Page: "regime/upward", Data: data}, err
}

func upwardsOf(tx *db.Tx, by access.Actor) (upwardPage, error) {
	data := upwardPage{MayManage: by.Can(access.ManageRegime, by.Body), MayNote: by.Can(access.NumberPaper, by.Body)}
	var owed []consolidation.UpwardReport
	if by.Can(access.ReadConsolidation, by.Body) {
		var err error
		if owed, err = consolidation.OwedUpward(tx, by); err != nil {
			return data, err
		}
	}
	today := calendar.OfInstant(tx.Clock())
	for _, o := range owed {
		line := upwardLine{o, badge{"waiting", "Chưa đến hạn"}}
		switch {
		case o.Receipt.ID != "":
			line.Badge = badge{"accepted", "Cấp trên đã nhận"}
		case o.Late(today):
			line.Badge = badge{"late", "Quá hạn"}
		case o.Signed():
			line.Badge = badge{"on-time", "Đã ký, chờ số tiếp nhận"}
		case o.Answer.ID != "":
			line.Badge = badge{"draft", "Đang soạn"}
		}
		data.Lines = append(data.Lines, line)
	}
	rules, err := report.Upwards(tx, by)
	if err != nil {
		return data, err
	}
	for _, u := range rules {
		r, err := report.RegimeByID(tx, by, u.Regime)
		if err != nil {
			return data, err
		}
		data.Rules = append(data.Rules, upwardRule{u, r.Name, r.Code})
	}
	return data, nil
}

func (s *site) upwardsAgain(tx *db.Tx, by access.Actor, r *http.Request, failed string, problem error) (Reply, error) {
	data, err := upwardsOf(tx, by)
	if err != nil {
		return Reply{}, err
	}
	data.Failed = failed
	data.Typed.Number, data.Typed.Day, data.Typed.Reason = r.PostFormValue("number"), r.PostFormValue("day"), r.PostFormValue("reason")
	return Reply{Page: "regime/upward", Data: data}, refield(problem, map[string]string{
		"number": "number-" + failed, "day": "day-" + failed, "reason": "reason-" + failed})
}

// upwardForm is the form of one thing owed upward.
type upwardForm struct {
	Regimes                         []option
	Name, Receiver, Day, Lead, Rule string
	After                           bool
	Basis                           string
}

func upwardFormOf(tx *db.Tx, by access.Actor, r *http.Request) (upwardForm, error) {
	data := upwardForm{Name: r.FormValue("name"), Receiver: r.FormValue("receiver"), Day: r.FormValue("day"), Lead: r.FormValue("lead"),
		After: r.FormValue("after") == "1", Basis: r.FormValue("basis")}
	if !r.PostForm.Has("name") {
		var err error
		if data.Receiver, err = org.Setting(tx, org.Superior); err != nil {
			return data, err
		}
		data.Day, data.Lead = "25", "5"
	}
	regimes, err := report.Regimes(tx, by)
	for _, one := range regimes {
		if one.EndedAt == 0 && one.Kind != 0 {
			data.Regimes = append(data.Regimes, option{string(one.ID), one.Name, string(one.ID) == r.FormValue("regime") || one.Code == r.FormValue("che-do")})
		}
	}
	return data, err
}

func (s *site) newUpward(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ManageRegime, by.Body); err != nil {
		return Reply{}, err
	}
	data, err := upwardFormOf(tx, by, r)
	return Reply{Page: "regime/upward-new", Data: data}, err
}

func (s *site) addUpward(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	_, err := report.AddUpward(tx, by, report.Upward{Name: r.PostFormValue("name"), Receiver: r.PostFormValue("receiver"), Regime: db.ID(r.PostFormValue("regime")),
		Day: int(wholeNumber(r.PostFormValue("day"))), Lead: int(wholeNumber(r.PostFormValue("lead"))), After: r.PostFormValue("after") == "1", Basis: r.PostFormValue("basis")})
	if err != nil {
		data, again := upwardFormOf(tx, by, r)
		if again != nil {
			return Reply{}, again
		}
		return Reply{Page: "regime/upward-new", Data: data}, err
	}
	return Reply{To: upwardURL}, nil
}

func (s *site) endUpward(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := r.PathValue("upward")
	if err := report.EndUpward(tx, by, db.ID(id), r.PostFormValue("reason")); err != nil {
		return s.upwardsAgain(tx, by, r, id, err)
	}
	return Reply{To: upwardURL}, nil
}

func (s *site) noteUpwardReceipt(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := r.PathValue("upward")
	period, err := calendar.ParsePeriod(r.PathValue("period"))
	if err != nil {
		return Reply{}, fault.Missing("Không có kỳ này.")
	}
	var wrong fault.List
	day := readDay(&wrong, r, "day", "")
	if err = wrong.Err(); err == nil {
		err = consolidation.NoteReceipt(tx, by, db.ID(id), period, r.PostFormValue("number"), day)
	}
	if err != nil {
		return s.upwardsAgain(tx, by, r, id+"-"+period.String(), err)
	}
	return Reply{To: upwardURL}, nil
}
