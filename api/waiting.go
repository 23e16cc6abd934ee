package api

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/report"
)

type reminderShape struct {
	At      string `json:"at" format:"date-time"`
	By      string `json:"by"`
	Channel string `json:"channel"`
	Note    string `json:"note"`
}

type absentShape struct {
	Body      string          `json:"org"`
	Name      string          `json:"name"`
	State     string          `json:"state" enum:"missing,draft,returned,extended"`
	Due       string          `json:"due" format:"date"`
	DaysLate  int             `json:"days_late" doc:"Số ngày làm việc quá hạn; 0 là còn hạn"`
	Reminders []reminderShape `json:"reminders"`
}

type missingAnswer struct {
	Items []absentShape `json:"items"`
	Next  string        `json:"next"`
	Text  string        `json:"text" doc:"Lời nhắn để dán vào tin nhắn"`
}

func missing(tx *db.Tx, by access.Actor, in *InPeriod) (*body[missingAnswer], error) {
	period, err := in.period()
	if err != nil {
		return nil, err
	}
	absence, err := report.Missing(tx, by, in.Regime, period)
	if err != nil {
		return nil, err
	}
	out := &body[missingAnswer]{missingAnswer{Items: []absentShape{}, Text: absence.Text}}
	for _, a := range absence.Items {
		shape := absentShape{Body: a.BodyCode, Name: a.Name, State: string(a.State()), Due: a.Due.String(), DaysLate: a.DaysLate,
			Reminders: []reminderShape{}}
		for _, r := range a.Reminders {
			shape.Reminders = append(shape.Reminders, reminderShape{r.At.RFC3339(), r.ByName, r.Channel, r.Note})
		}
		out.Body.Items = append(out.Body.Items, shape)
	}
	return out, nil
}

// owed finds what a body owes for the period of the address.
func (p InPeriod) owed(tx *db.Tx, by access.Actor, code string) (report.Obligation, error) {
	period, err := p.period()
	if err != nil {
		return report.Obligation{}, err
	}
	b, err := bodyOf(tx, by, "org", code)
	if err != nil {
		return report.Obligation{}, err
	}
	if sees := by.Sees(access.ReadReport); sees != "" && sees != string(b) {
		return report.Obligation{}, fault.Missing("Không có báo cáo này, hoặc không thuộc cơ quan của đồng chí.")
	}
	return report.ObligationOf(tx, by, p.Regime, period, b)
}

// bodyOf reads a body's code out of a request: one that does not exist is a wrong input there, not a missing page.
func bodyOf(tx *db.Tx, by access.Actor, field, code string) (db.ID, error) {
	if code == "" {
		return "", nil
	}
	b, err := org.ByCode(tx, by, code, calendar.OfInstant(tx.Clock()))
	if fault.Is(err, fault.KindMissing) {
		return "", fault.Invalid(field, "%s", err.Error())
	}
	return b.ID, err
}

type remindInput struct {
	InPeriod
	Body struct {
		Body    string `json:"org" minLength:"1"`
		Channel string `json:"channel" enum:"phone,zalo,email,paper"`
		Note    string `json:"note,omitempty" doc:"Đã nói gì, với ai"`
	}
}

type remindedShape struct {
	Body   string `json:"org"`
	Period string `json:"period"`
	At     string `json:"at" format:"date-time"`
}

func remind(tx *db.Tx, by access.Actor, in *remindInput) (*body[remindedShape], error) {
	o, err := in.owed(tx, by, in.Body.Body)
	if err != nil {
		return nil, err
	}
	if err := report.Remind(tx, by, o.ID, in.Body.Channel, in.Body.Note); err != nil {
		return nil, err
	}
	return &body[remindedShape]{remindedShape{o.BodyCode, o.Period.String(), tx.Now().RFC3339()}}, nil
}

type extensionInput struct {
	InPeriod
	Body struct {
		Body   string        `json:"org" minLength:"1"`
		Due    calendar.Date `json:"due" format:"date" doc:"Hạn mới"`
		Reason string        `json:"reason"`
	}
}

type extensionShape struct {
	Body   string `json:"org"`
	Period string `json:"period"`
	Due    string `json:"due" format:"date" doc:"Hạn mới, hoặc hạn được xin"`
	State  string `json:"state" enum:"asked,granted"`
}

// extend grants when the commission speaks and asks when the body does.
func extend(tx *db.Tx, by access.Actor, in *extensionInput) (*body[extensionShape], error) {
	o, err := in.owed(tx, by, in.Body.Body)
	if err != nil {
		return nil, err
	}
	state := "granted"
	if by.OfCommission() {
		err = report.GrantExtension(tx, by, o.ID, in.Body.Due, in.Body.Reason)
	} else {
		state = "asked"
		_, err = report.AskExtension(tx, by, o.ID, in.Body.Due, in.Body.Reason)
	}
	if err != nil {
		return nil, err
	}
	return &body[extensionShape]{extensionShape{o.BodyCode, o.Period.String(), in.Body.Due.String(), state}}, nil
}
