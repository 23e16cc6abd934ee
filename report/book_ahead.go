package report

import (
	"fmt"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
)

// opened reports whether a period of a regime was opened.
func opened(tx *db.Tx, regimeCode string, period calendar.Period) (bool, error) {
	return tx.Exists("select 1 from opening p join regime r on r.id = p.regime where r.code = ? and p.period = ?", regimeCode, period)
}

// BookFor writes the book of a body's report for a period. While the period is not opened it is empty: by the form that
// will be in force, without figures of earlier periods, and it says so; ahead is true then.
func BookFor(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, code string) (book []byte, ahead bool, err error) {
	is, err := opened(tx, regimeCode, period)
	if err != nil {
		return nil, false, err
	}
	if is {
		o, err := ObligationByCode(tx, by, regimeCode, period, code)
		if err == nil {
			book, err = Book(tx, by, o)
		}
		return book, false, err
	}
	sheet, err := sheetAhead(tx, by, regimeCode, period, code)
	if err == nil {
		book, err = writeBook(tx, sheet, true)
	}
	return book, true, err
}

// sheetAhead is the empty sheet that a body would be asked for if the period were opened as things stand.
func sheetAhead(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period, code string) (Sheet, error) {
	codes, err := org.Codes(tx)
	if err != nil {
		return Sheet{}, err
	}
	body, ok := codes[code]
	if !ok {
		return Sheet{}, fault.Invalid("org", "Không có cơ quan nào mang mã “%s”.", code)
	}
	if err := by.May(access.DraftReport, body); err != nil {
		return Sheet{}, err
	}
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return Sheet{}, err
	}
	switch {
	case !r.Active():
		return Sheet{}, fault.Conflict("Chế độ %s chưa kích hoạt hoặc đã dừng nên không có biểu cho kỳ chưa mở.", r.Code)
	case period.Kind() != r.Kind:
		return Sheet{}, fault.Invalid("period", "Chế độ %s báo cáo theo %s; %s không phải kỳ của chế độ này.", r.Code, r.Kind.Name(), period.Name())
	}
	f, err := ActiveForm(tx, r.ID, period)
	if err != nil {
		return Sheet{}, err
	}
	_, to := r.Cutoff.Span(period)
	all, err := askedOn(tx, r.ID, f, to)
	if err != nil {
		return Sheet{}, err
	}
	for _, a := range all {
		if a.ID != body {
			continue
		}
		o := Obligation{Regime: r.ID, RegimeCode: r.Code, RegimeName: r.Name, Period: period, Form: f.ID, Body: body, BodyCode: code, Holder: body, Scope: a.Scope}
		deadline, err := DeadlineOf(tx, r, period)
		if err != nil && fault.Of(err) == nil {
			return Sheet{}, err
		}
		o.Due = deadline.Date // zero where it cannot be told yet
		return Sheet{Obligation: o, Form: f.For(a.Scope), Source: "empty"}, nil
	}
	return Sheet{}, fault.Conflict("Kỳ %s chưa mở, và tới ngày chốt số liệu %s cơ quan %s không được giao báo cáo theo chế độ %s.", period.Name(), to.Vietnamese(), code, r.Code)
}

// heldBack says what becomes of a book whose period was not opened.
func heldBack(period calendar.Period) string {
	return fmt.Sprintf("Kỳ %s chưa mở nên biểu chưa đưa vào báo cáo được. Xin giữ tệp; khi Ban mở kỳ, đưa lại đúng tệp này.", period.Name())
}
