package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/paper"
	"giaoban/report"
)

// comingDays is how far ahead the page of periods that open by themselves looks.
const comingDays = 120

// comingPage lists the periods that open by themselves, and those that are open with the công văn that asks for them.
type comingPage struct {
	Lines   []comingLine
	Until   calendar.Date
	Today   calendar.Date
	MayOpen bool
	ByHand  []report.Regime // active regimes without a rule
	Failed  string          // the line that was refused
	Reason  string
}

type comingLine struct {
	report.Coming
	Badge badge
}

// Key names the line's fields.
func (l comingLine) Key() string { return l.Regime.Code + "-" + l.Period.String() }

func (s *site) comingPeriods(tx *db.Tx, by access.Actor, _ *http.Request) (Reply, error) {
	data, err := comingOf(tx, by)
	return Reply{Page: "regime/coming", Data: data}, err
}

func comingOf(tx *db.Tx, by access.Actor) (comingPage, error) {
	data := comingPage{Today: calendar.OfInstant(tx.Clock()), MayOpen: by.Can(access.OpenPeriod, by.Body)}
	data.Until = data.Today.AddDays(comingDays)
	coming, err := report.ComingPeriods(tx, by, data.Until)
	if err != nil {
		return data, err
	}
	for _, c := range coming {
		line := comingLine{c, badge{"waiting", "Sẽ mở " + c.On.Vietnamese()}}
		switch {
		case c.Decision.Kind == report.PeriodSkipped:
			line.Badge = badge{"nil", "Bỏ qua"}
		case c.Problem != "":
			line.Badge = badge{"late", "Chưa mở được"}
		case c.Decision.Kind == report.PeriodConfirmed:
			line.Badge = badge{"accepted", "Đã xác nhận, mở " + c.On.Vietnamese()}
		}
		data.Lines = append(data.Lines, line)
	}
	regimes, err := report.Regimes(tx, by)
	for _, r := range regimes {
		if r.Active() && r.Opens == "" {
			data.ByHand = append(data.ByHand, r)
		}
	}
	return data, err
}

// decidePeriod confirms a period that will open by itself, or skips it.
func (s *site) decidePeriod(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	period, err := calendar.ParsePeriod(r.PostFormValue("ky"))
	if err != nil {
		err = fault.Invalid("ky", "Hãy chọn kỳ.")
	} else {
		err = report.DecidePeriod(tx, by, r.PathValue("regime"), period, r.PostFormValue("act"), r.PostFormValue("reason"))
	}
	if err != nil {
		data, again := comingOf(tx, by)
		if again != nil {
			return Reply{}, again
		}
		data.Failed, data.Reason = r.PathValue("regime")+"-"+period.String(), r.PostFormValue("reason")
		return Reply{Page: "regime/coming", Data: data}, refield(err, map[string]string{"reason": "reason-" + data.Failed})
	}
	said := "Đã xác nhận; kỳ sẽ tự mở đúng ngày."
	if r.PostFormValue("act") == report.PeriodSkipped {
		said = "Đã bỏ qua kỳ này; lý do đã ghi vào nhật ký."
	}
	return Reply{To: "/che-do/ky-sap-mo", Said: said}, nil
}

// requestReports drafts the công văn that asks for the reports of a period.
func (s *site) requestReports(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	period, err := calendar.ParsePeriod(r.PathValue("period"))
	if err != nil {
		return Reply{}, fault.Missing("Không có kỳ này.")
	}
	p, err := report.Request(tx, by, regime.Code, period)
	if err != nil {
		return Reply{}, err
	}
	return Reply{To: address("paper", p.ID)}, nil
}

// openedLine is a period that was opened, with the công văn that asks for its reports.
type openedLine struct {
	report.Opening
	Request    paper.Paper // without ID when there is none
	MayRequest bool
}

func openedLines(tx *db.Tx, by access.Actor, regime report.Regime, openings []report.Opening, today calendar.Date) ([]openedLine, error) {
	var lines []openedLine
	for _, o := range openings {
		line := openedLine{Opening: o}
		if by.Can(access.ReadPaper, regime.Receiver) {
			var err error
			if line.Request, err = report.RequestOf(tx, by, o.ID); err != nil {
				return nil, err
			}
		}
		line.MayRequest = line.Request.ID == "" && !o.Due.Before(today) && by.Can(access.DraftPaper, regime.Receiver)
		lines = append(lines, line)
	}
	return lines, nil
}
