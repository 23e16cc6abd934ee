package web

import (
	"net/http"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/fault"
)

// typedDay reads a day that a form must have; what is wrong goes on the list.
func typedDay(r *http.Request, field string, wrong *fault.List) calendar.Date {
	if strings.TrimSpace(r.FormValue(field)) == "" {
		wrong.Add(field, "Cần ngày, ghi như 01/4/2022.")
		return calendar.Date{}
	}
	d, err := calendar.ReadDate(r.FormValue(field))
	wrong.AddError(field, err)
	return d
}

// fieldOf puts an Invalid fault that names no field under one.
func fieldOf(field string, err error) error {
	var wrong fault.List
	if other := wrong.AddError(field, err); other != nil {
		return other
	}
	return wrong.Err()
}

func fieldProblem(field, sentence string) error { return fault.Invalid(field, "%s", sentence) }
