package web

import (
	"net/http"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/fault"
)

// neededDay is what is asked where a form has to name a day.
const neededDay = "Cần ngày, ghi như 01/4/2022."

// readDay reads a day from a form that may leave it out; missing says what is asked where it must not.
func readDay(wrong *fault.List, r *http.Request, field, missing string) calendar.Date {
	text := strings.TrimSpace(r.FormValue(field))
	if text == "" {
		if missing != "" {
			wrong.Add(field, missing)
		}
		return calendar.Date{}
	}
	d, err := calendar.ReadDate(text)
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
