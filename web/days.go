package web

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// spans say how far from today a typed day is believed without asking, by where it is typed; the longest beginning of an
// address counts. What stands nowhere is the office's daily work. See docs/decisions/0022-order-of-time.md.
var spans = map[string]calendar.Span{
	"/che-do":          calendar.Planned,
	"/so-ket-tong-ket": calendar.Planned,
	"/van-ban-chi-dao": calendar.Documents,
	"/vien-dan":        calendar.Documents,
	"/tu-lieu":         calendar.Documents,
	"/danh-ba":         calendar.Founded,
	"/sap-xep":         calendar.Founded,
	"/thiet-lap":       calendar.Founded,
	"/tai-khoan":       calendar.Held,
	"/chuc-vu":         calendar.Held,
}

func spanOf(path string) calendar.Span {
	span, longest := calendar.Daily, 0
	for begins, s := range spans {
		if (path == begins || strings.HasPrefix(path, begins+"/")) && len(begins) > longest {
			span, longest = s, len(begins)
		}
	}
	return span
}

// confirms is what the name of the box begins with that says of a far day that it is meant.
const confirms = "confirm_"

// farDay is one typed day that is asked about.
type farDay struct {
	Field, Typed, Sentence string
	Here                   bool // the field's only value, so that it can be typed anew where it is asked about
}

// farDays finds the days of a form that lie outside the span of its address and were not said to be meant. Every field is
// looked at, whatever its name: a form that is new tomorrow is asked as well.
func farDays(r *http.Request, today calendar.Date) (far []farDay) {
	span := spanOf(r.URL.Path)
	for _, field := range slices.Sorted(maps.Keys(r.PostForm)) {
		if strings.HasPrefix(field, confirms) {
			continue
		}
		for _, typed := range r.PostForm[field] {
			typed = strings.TrimSpace(typed)
			day, ok := calendar.DateIn(typed)
			if !ok || slices.Contains(r.PostForm[confirms+field], typed) {
				continue
			}
			if sentence := span.Far(day, today); sentence != "" {
				far = append(far, farDay{field, typed, sentence, len(r.PostForm[field]) == 1})
			}
		}
	}
	return far
}

// farPage asks about far days: the form as it was typed, each day to be mended in place or said to be meant.
type farPage struct {
	To    string
	Far   []farDay
	Kept  []farDay // all fields, to be sent again
	Files bool     // files came along, which a page cannot send again
}

// askFar holds back what a page has just done when a day in its form is far away and nobody said that it is meant. The
// room was asked first: only what it would take is asked about, and nothing of it is kept.
func (s *site) askFar(tx *db.Tx, r *http.Request) (Reply, error) {
	if r.Header.Get("X-Autosave") != "" {
		return Reply{}, nil // a draft is kept as typed, and asked about when it is sent
	}
	far := farDays(r, calendar.OfInstant(tx.Clock()))
	if len(far) == 0 {
		return Reply{}, nil
	}
	data := farPage{To: r.URL.RequestURI(), Far: far, Files: strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/")}
	var wrong fault.List
	for _, day := range far {
		wrong.Add(confirms+day.Field, "%s", day.Sentence)
	}
	for _, field := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, value := range r.PostForm[field] {
			if slices.ContainsFunc(far, func(day farDay) bool { return day.Field == field && day.Here }) {
				continue // it stands on the page, to be mended
			}
			if field != "form_token" && !slices.Contains(secretInputs, field) { // a password is typed again
				data.Kept = append(data.Kept, farDay{Field: field, Typed: value})
			}
		}
	}
	return Reply{Page: "site/far", Data: data}, wrong.Err()
}
