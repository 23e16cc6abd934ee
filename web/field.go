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

// renamedFields gives a refusal whose fields are called as they are on the page.
func renamedFields(err error, called func(field string) string) error {
	f := fault.Of(err)
	if f == nil {
		return err
	}
	renamed := &fault.Error{Kind: f.Kind}
	for _, problem := range f.Problems {
		problem.Field = called(problem.Field)
		renamed.Problems = append(renamed.Problems, problem)
	}
	return renamed
}
