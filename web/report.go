package web

import (
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/charge"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
	"net/http"
)

var reportRoom = room{
	menu: entry{group: reportGroup, name: "Báo cáo", url: "/bao-cao", needs: needsOpening, key: "g b"},
	pages: []route{
		see("/bao-cao", (*site).reports, access.ReadReport),
		see("/bao-cao/nhan", (*site).receivingQueue, access.AcceptReport, access.GrantReportExtension).titled("Nhận báo cáo").named("opening/receive", "?che-do={regime}&ky={period}"),
		see("/bao-cao/{obligation}", (*site).showObligation, access.ReadReport).owing().shows("obligation").byPerson(charge.Obligation),
		see("/bao-cao/{obligation}/soan", (*site).showSheet, access.DraftReport).of("obligation").named("obligation/sheet").byPerson(charge.Obligation),
		see("/bao-cao/{obligation}/bieu-excel", (*site).showBook, access.DraftReport).of("obligation"),
		see("/bao-cao/{obligation}/bieu-excel/tai", (*site).bookOut, access.DraftReport).of("obligation").titled("Biểu Excel"),
		see("/bao-cao/{obligation}/bieu-excel/ky-sau", (*site).bookAhead, access.DraftReport).of("obligation").titled("Biểu Excel kỳ sau"),
		act("/bao-cao/{obligation}/bieu-excel", (*site).takeBook, access.DraftReport).of("obligation").files(1).
			says("Đã đưa biểu Excel vào bản nháp; chưa gửi Ban.", "Việc của cơ quan", "/ban-lam-viec"),
		see("/bao-cao/{obligation}/doc", (*site).showDraft, access.DraftReport).of("obligation").named("obligation/draft").byPerson(charge.Obligation),
		act("/bao-cao/{obligation}/trinh", (*site).putForward, access.DraftReport).of("obligation").files(mostFiles).
			says("Đã trình lãnh đạo cơ quan; trong khi chờ duyệt vẫn rút lại được.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/rut-lai", (*site).takeBackDraft, access.DraftReport).of("obligation").
			says("Đã rút lại; sửa xong thì trình lại.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/duyet", (*site).approveDraft, access.ApproveReport).of("obligation").files(mostFiles).
			says("Đã duyệt và gửi báo cáo. Đây là biên nhận; Ban xem và nhận hoặc đề nghị bổ sung.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/tra-lai", (*site).sendDraftBack, access.ApproveReport).of("obligation").files(mostFiles).
			says("Đã trả lại; đầu mối thấy nhận xét ngay tại đoạn, số liệu và trình lại khi sửa xong.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/gui-di", (*site).sendDraft, access.SubmitReport).of("obligation").files(mostFiles).
			says("Đã gửi báo cáo. Đây là biên nhận; Ban xem và nhận hoặc đề nghị bổ sung.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/luu", (*site).saveSheet, access.DraftReport).of("obligation").files(mostFiles).
			says("Đã lưu bản nháp; chưa gửi Ban.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/luu-nhap", (*site).autosaveSheet, access.DraftReport).of("obligation").
			says("Đã lưu bản nháp; chưa gửi Ban.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/lay-ky-truoc", (*site).takeLastText, access.DraftReport).of("obligation").files(mostFiles).
			says("Đã lấy lời văn kỳ trước vào bản nháp; xin đọc lại và sửa cho kỳ này.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/xep", (*site).layOutText, access.DraftReport).of("obligation").files(mostFiles).reading().
			says("Đã xếp lời văn vào đề cương; bản nháp đã lưu.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/gui", (*site).submitSheet, access.SubmitReport).of("obligation").files(mostFiles).
			says("Đã gửi báo cáo. Đây là biên nhận; Ban xem và nhận hoặc đề nghị bổ sung.", "Việc của cơ quan", "/ban-lam-viec"),
		see("/bao-cao/{obligation}/khong-phat-sinh", (*site).confirmNil, access.SubmitReport).of("obligation").titled("Không phát sinh").named("obligation/nil"),
		act("/bao-cao/{obligation}/khong-phat-sinh", (*site).submitNil, access.SubmitReport).of("obligation").
			says("Đã báo không phát sinh. Đây là biên nhận.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/xin-gia-han", (*site).askReportExtension, access.AskReportExtension).of("obligation").
			says("Đã gửi đề nghị gia hạn; hạn hiện nay giữ nguyên đến khi Ban trả lời.", "Việc của cơ quan", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/cho-gia-han", (*site).grantReportExtension, access.GrantReportExtension).of("obligation").
			says("Đã trả lời đề nghị gia hạn; cơ quan thấy ngay trên bàn làm việc.", "Bàn làm việc", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/sua-gia-han", (*site).correctReportExtension, access.GrantReportExtension).of("obligation").
			says("Đã sửa gia hạn; điều đã ghi trước vẫn còn.", "Báo cáo đang chờ", "/bao-cao/nhan"),
		act("/bao-cao/{obligation}/don-doc", (*site).remindReport, access.NoteReminder).of("obligation").
			says("Đã ghi lần đôn đốc.", "Bàn làm việc", "/ban-lam-viec"),
		act("/bao-cao/{obligation}/thoi-cho", (*site).waiveReport, access.GrantReportExtension).of("obligation").
			says("Đã thôi chờ báo cáo này; lý do hiện trong báo cáo tổng hợp.", "Bàn làm việc", "/ban-lam-viec"),
		see("/bao-cao/{obligation}/nhap-thay", (*site).showPaperEntry, access.EnterPaperReport).owing().of("obligation"),
		act("/bao-cao/{obligation}/nhap-thay", (*site).enterPaperReport, access.EnterPaperReport).of("obligation").files(mostFiles).reading().
			says("Đã nhập báo cáo giấy thay cơ quan.", "Báo cáo đã nhận", "/bao-cao/nhan"),
		see("/bao-cao/{regime}/ma-tran", (*site).reportMatrix, access.ReadReport).owing(),
		see("/bao-cao/{regime}/{period}/chua-nop", (*site).absentReports, access.NoteReminder, access.GrantReportExtension).owing().named("opening/missing", "?loc={state}"),
		act("/bao-cao/{regime}/{period}/chua-nop", (*site).actOnAbsent, access.NoteReminder, access.GrantReportExtension).
			says("Đã ghi.", "Bàn làm việc", "/ban-lam-viec"),
		see("/ban-bao-cao/{submission}", (*site).showSubmission, access.ReadReport).shows("submission"),
		see("/ban-bao-cao/{submission}/doi-chieu", (*site).heldSubmission, access.ReadReport).of("submission").
			titled("Đối chiếu với bản ký"),
		see("/ban-bao-cao/{submission}/in", (*site).printSubmission, access.ReadReport).of("submission"),
		see("/ban-bao-cao/{submission}/tai/{format}", (*site).downloadSubmission, access.ReadReport).of("submission"),
		act("/ban-bao-cao/{submission}/nhan", (*site).acceptSubmission, access.AcceptReport).of("submission").
			says("Đã nhận báo cáo.", "Báo cáo chờ nhận", "/bao-cao/nhan"),
		act("/ban-bao-cao/{submission}/bo-sung", (*site).returnSubmission, access.ReturnReport).of("submission").
			says("Đã đề nghị bổ sung; cơ quan thấy lý do và hạn mới trên bàn làm việc.", "Báo cáo chờ nhận", "/bao-cao/nhan"),
		see("/bien-nhan/{submission}", (*site).showReceipt, access.ReadReport).of("submission").named("submission/receipt"),
	},
}

// reportsPage is the front page of the reports: what a body owes, or what the commission awaits.
type reportsPage struct {
	Owed       []owedLine
	History    []regimeHistory
	Regimes    []regimeOverview
	Waiting    int // submissions to accept
	MayOpen    bool
	MayReceive bool
	BodyName   string
}

// owedLine is one report still to be handed in.
type owedLine struct {
	Obligation report.Obligation
	Badge      badge
	When       string // "còn 3 ngày làm việc"
	Why        string
	Class      string // is-late, is-soon or nothing
	Action     string
}

type regimeHistory struct {
	Regime report.Regime
	Items  []historyLine
}

type historyLine struct {
	Item  report.CompletenessItem
	Badge badge
	Why   string // the commission waits no more, because
	Of    string // whose report it was first, when it was taken over
}

// regimeOverview is one regime with its newest periods.
type regimeOverview struct {
	Regime  report.Regime
	Periods []periodOverview
}

type periodOverview struct {
	Opening report.Opening
	Counts  periodCounts
	When    string
}

// periodCounts tells how far one period has come; Late counts received ones that came after their day.
type periodCounts struct{ All, Received, Accepted, Late, Returned, Missing, Waived int }

const overviewPeriods = 4

func (s *site) reports(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadReport, by.Body); err != nil {
		return Reply{}, err
	}
	data := reportsPage{MayOpen: by.Can(access.OpenPeriod, by.Body),
		MayReceive: by.Can(access.AcceptReport, by.Body) || by.Can(access.GrantReportExtension, by.Body)}
	regimes, err := report.Regimes(tx, by)
	if err != nil {
		return Reply{}, err
	}
	slices.SortStableFunc(regimes, func(a, b report.Regime) int { return int(b.Kind) - int(a.Kind) })
	holidays, err := org.Holidays(tx)
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	if by.OfCommission() {
		for _, regime := range regimes {
			if regime.ActivatedAt == 0 {
				continue
			}
			overview, err := overviewOf(tx, by, regime, holidays, today)
			if err != nil {
				return Reply{}, err
			}
			data.Regimes = append(data.Regimes, overview)
		}
		rounds, err := report.Rounds(tx, by, report.Unreceived, today)
		for _, round := range rounds {
			data.Waiting += round.All
		}
		return Reply{Page: "report/list", Data: data}, err
	}
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	data.BodyName = names[by.Body].Name
	owed, err := report.Due(tx, by, by.Body)
	if err != nil {
		return Reply{}, err
	}
	for _, o := range owed {
		line := owedOf(o, holidays, today)
		line.Badge = stageBadge(o, today)
		if o.Moved() {
			line.Why = "Nhận bàn giao từ " + names[o.Body].ShortName + ". " + line.Why
		}
		data.Owed = append(data.Owed, line)
	}
	once, err := report.AskedOnce(tx, by, by.Body)
	if err != nil {
		return Reply{}, err
	}
	for _, regime := range append(regimes, once...) {
		if regime.ActivatedAt == 0 {
			continue
		}
		items, err := report.Completeness(tx, by, regime.Code, 12)
		if err != nil {
			return Reply{}, err
		}
		if len(items) == 0 {
			continue
		}
		slices.SortStableFunc(items, func(a, b report.CompletenessItem) int { return b.Period.Compare(a.Period) })
		h := regimeHistory{Regime: regime}
		waivers, err := report.Waivers(tx, by, regime.ID)
		if err != nil {
			return Reply{}, err
		}
		for _, item := range items {
			line := historyLine{Item: item, Badge: itemBadge(item, today), Why: waivers[item.ID].Reason}
			if item.Body.ID != by.Body {
				line.Of = names[item.Body.ID].ShortName
			}
			h.Items = append(h.Items, line)
		}
		data.History = append(data.History, h)
	}
	return Reply{Page: "report/list", Data: data}, nil
}

func overviewOf(tx *db.Tx, by access.Actor, regime report.Regime, holidays calendar.Holidays, today calendar.Date) (regimeOverview, error) {
	overview := regimeOverview{Regime: regime}
	openings, err := newestOpenings(tx, by, regime.ID, overviewPeriods)
	if err != nil || len(openings) == 0 {
		return overview, err
	}
	periods := make([]calendar.Period, len(openings))
	for i, o := range openings {
		periods[i] = o.Period
	}
	items, err := report.CompletenessOf(tx, by, regime.Code, periods)
	if err != nil {
		return overview, err
	}
	counts := make(map[calendar.Period]*periodCounts, len(openings))
	for _, o := range openings {
		counts[o.Period] = &periodCounts{}
	}
	for _, item := range items {
		if c := counts[item.Period]; c != nil {
			c.add(item)
		}
	}
	for _, o := range openings {
		line := periodOverview{Opening: o, Counts: *counts[o.Period]}
		if line.Counts.Pressed() > 0 {
			line.When = dueWords(holidays, o.Due, today)
		}
		overview.Periods = append(overview.Periods, line)
	}
	return overview, nil
}

func (c *periodCounts) add(item report.CompletenessItem) {
	c.All++
	if item.Waived {
		c.Waived++
	}
	if item.At == 0 {
		c.Missing++
		return
	}
	c.Received++
	switch {
	case item.State == report.StateReturned:
		c.Returned++
	case item.Accepted:
		c.Accepted++
	}
	if item.Late {
		c.Late++
	}
}

// newestOpenings gives at most n periods of a regime, the newest first.
func newestOpenings(tx *db.Tx, by access.Actor, regime db.ID, n int) ([]report.Opening, error) {
	openings, err := report.Openings(tx, by, regime)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(openings, func(a, b report.Opening) int { return b.Period.Compare(a.Period) })
	return openings[:min(n, len(openings))], nil
}

func owedOf(o report.Obligation, holidays calendar.Holidays, today calendar.Date) owedLine {
	line := owedLine{Obligation: o, Badge: obligationBadge(o, today), When: dueWords(holidays, o.Due, today), Why: o.Reason, Action: "Lập báo cáo"}
	switch left := holidays.WorkingDaysBetween(today, o.Due); {
	case o.Due.Before(today):
		line.Class = "is-late"
	case left <= 3:
		line.Class = "is-soon"
	}
	switch {
	case o.Stage() == report.StagePutForward:
		line.Action, line.Why = "Xem bản đã trình", "Đã trình lãnh đạo cơ quan, chờ duyệt."
	case o.Stage() == report.StageApproved:
		line.Action, line.Why = "Gửi báo cáo", "Lãnh đạo cơ quan đã duyệt, chỉ còn gửi."
	case o.Stage() == report.StageSentBack:
		line.Action, line.Why = "Sửa, trình lại", "Lãnh đạo cơ quan trả lại kèm nhận xét."
	case o.Returned:
		line.Action, line.Why = "Bổ sung", "Bản "+fmt.Sprint(o.Version)+" được đề nghị bổ sung; phần còn lại giữ nguyên."
	case o.Drafted:
		line.Action = "Làm tiếp"
	}
	return line
}

// dueWords says how long there is, or how late it is, in working days.
func dueWords(holidays calendar.Holidays, due, today calendar.Date) string {
	switch {
	case due.IsZero():
		return ""
	case due == today:
		return "hết hạn hôm nay"
	case due.Before(today):
		return calendar.Late(holidays.DaysLate(due, today))
	}
	if n := holidays.WorkingDaysBetween(today, due); n > 0 {
		return fmt.Sprintf("còn %d ngày làm việc", n)
	}
	return "còn hạn"
}

func stateClass(s report.State) string {
	if s == report.StateOnTime {
		return "on-time"
	}
	return string(s)
}

func obligationBadge(o report.Obligation, today calendar.Date) badge {
	return stateBadge(o.State(), o.Due, today, o.Late, o.Latest != "")
}

func itemBadge(item report.CompletenessItem, today calendar.Date) badge {
	return stateBadge(item.State, item.Due, today, item.Late, item.At != 0)
}

func stateBadge(state report.State, due, today calendar.Date, late, received bool) badge {
	text := state.Name()
	if state == report.StateMissing && !today.After(due) {
		return notYetDue
	}
	if received && late && state != report.StateLate {
		text += ", gửi muộn"
	}
	return badge{stateClass(state), text}
}

// notYetDue is a report that nobody has to have sent yet: it is not missing before its day has passed.
var notYetDue = badge{"waiting", "Chưa đến hạn"}

// regimeAndPeriod reads both from the address.
func regimeAndPeriod(tx *db.Tx, by access.Actor, r *http.Request) (report.Regime, calendar.Period, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return regime, calendar.Period{}, err
	}
	period, err := calendar.ParsePeriod(r.PathValue("period"))
	if err != nil {
		return regime, period, fault.Missing("Không có kỳ “%s”. Kỳ viết như 2022-03, 2022-Q1, 2022-H1, 2022-9M hoặc 2022.", r.PathValue("period"))
	}
	return regime, period, nil
}

// amountText writes a figure that may be absent.
func amountText(v *int64, decimals int) string {
	if v == nil {
		return ""
	}
	return decimal.FormatVietnamese(*v, decimals)
}

// Waiting counts reports handed in that nobody accepted or sent back yet.
func (c periodCounts) Waiting() int { return c.Received - c.Accepted - c.Returned }

// Pressed counts reports that are still waited for.
func (c periodCounts) Pressed() int { return c.Missing + c.Returned - c.Waived }
