package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
)

// layoutLine is one thể thức in the list.
type layoutLine struct {
	official.Profile
	Dates string
	Own   int // values of the office that stand
}

func (s *site) layouts(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var lines []layoutLine
	for _, p := range official.Profiles() {
		versions, err := paper.LayoutValues(tx, p.Code)
		if err != nil {
			return Reply{}, err
		}
		line := layoutLine{Profile: p, Dates: layoutDates(p)}
		for _, v := range versions {
			if v.Ended.IsZero() {
				line.Own++
			}
		}
		lines = append(lines, line)
	}
	return Reply{Page: "paper/layouts", Data: lines}, nil
}

// layoutDates tells when a layout holds.
func layoutDates(p official.Profile) string {
	dates := "từ " + officeDay(p.From).Vietnamese()
	if p.To != (official.Day{}) {
		dates += " đến " + officeDay(p.To).Vietnamese()
	}
	return dates
}

func officeDay(d official.Day) calendar.Date { return calendar.On(d.Y, time.Month(d.M), d.D) }

// layoutPage is every value of a layout on a day, what the office chose, and the form for one more version.
type layoutPage struct {
	Profile  official.Profile
	Dates    string
	On       calendar.Date
	Groups   []layoutGroup
	Versions []layoutVersion
	May      bool
	Choices  []option
	Typed    struct{ Value, Source, From string }
}

type layoutGroup struct {
	Name   string
	Values []layoutValue
}

type layoutValue struct {
	official.Value
	From calendar.Date
}

type layoutVersion struct {
	paper.LayoutValue
	Name, Unit string
}

// Until tells how a version ended; nothing of one that stands.
func (v layoutVersion) Until() string {
	switch {
	case v.Ended.IsZero():
		return ""
	case v.Ended == v.From:
		return "đã ghi lại cùng ngày áp dụng"
	}
	return "đến trước ngày " + v.Ended.Vietnamese()
}

// layoutOrStyle answers for a layout: its page, or under the ending .css its measures for the pages that show a sheet.
func (s *site) layoutOrStyle(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	code, style := strings.CutSuffix(r.PathValue("profile"), ".css")
	day := calendar.OfInstant(tx.Clock())
	if asked := r.FormValue("ngay"); asked != "" {
		read, err := calendar.ReadDate(asked)
		if err != nil {
			return Reply{}, err
		}
		day = read
	}
	p, known, err := paper.LayoutByCode(tx, code, day)
	switch {
	case err != nil:
		return Reply{}, err
	case !known:
		return Reply{}, fault.Missing("Không có thể thức này.")
	case style:
		return Reply{Download: &Download{Name: p.Code + ".css", Type: "text/css; charset=utf-8", Body: []byte(official.CSS(p))}}, nil
	}
	return showLayout(tx, by, r, p, day)
}

func showLayout(tx *db.Tx, by access.Actor, r *http.Request, p official.Profile, day calendar.Date) (Reply, error) {
	data := layoutPage{Profile: p, Dates: layoutDates(p), On: day, May: by.Can(access.ManageBooks, by.Body)}
	versions, err := paper.LayoutValues(tx, p.Code)
	if err != nil {
		return Reply{}, err
	}
	choices := p.Choices()
	inForce := map[string]paper.LayoutValue{}
	for _, v := range versions {
		if !v.From.After(day) {
			inForce[v.Key] = v
		}
		line := layoutVersion{LayoutValue: v, Name: v.Key}
		if at := slices.IndexFunc(choices, func(c official.Choice) bool { return c.Key == v.Key }); at >= 0 {
			line.Name, line.Unit = choices[at].Name, choices[at].Unit
		}
		data.Versions = append(data.Versions, line)
	}
	for _, v := range p.Values() {
		line := layoutValue{v, officeDay(p.From)}
		if own, ok := inForce[v.By]; ok {
			line.Source, line.From = own.Source, own.From
		}
		if n := len(data.Groups); n == 0 || data.Groups[n-1].Name != v.Group {
			data.Groups = append(data.Groups, layoutGroup{Name: v.Group})
		}
		last := &data.Groups[len(data.Groups)-1]
		last.Values = append(last.Values, line)
	}
	for _, c := range choices {
		data.Choices = append(data.Choices, option{c.Key, c.Label(), r.PostFormValue("key") == c.Key})
	}
	data.Typed.Value, data.Typed.Source, data.Typed.From = r.PostFormValue("value"), r.PostFormValue("source"), r.PostFormValue("from")
	return Reply{Page: "paper/layout", Data: data}, nil
}

func (s *site) enterLayoutValue(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	code := r.PathValue("profile")
	again := func(err error) (Reply, error) {
		return withPage(err, func() (Reply, error) { return s.layoutOrStyle(tx, by, r) })
	}
	v := paper.LayoutValue{Profile: code, Key: r.PostFormValue("key"), Value: r.PostFormValue("value"), Source: r.PostFormValue("source")}
	if typed := strings.TrimSpace(r.PostFormValue("from")); typed != "" {
		var err error
		if v.From, err = calendar.ReadDate(typed); err != nil {
			var wrong fault.List
			if err := wrong.AddError("from", err); err != nil {
				return Reply{}, err
			}
			return again(wrong.Err())
		}
	}
	if err := paper.EnterLayoutValue(tx, by, v); err != nil {
		return again(err)
	}
	return Reply{To: "/the-thuc/" + code}, nil
}

// styleOf is the address of the measures of a paper's sheet: those of its layout on its day.
func styleOf(p paper.Paper, layout official.Profile) string {
	return "/the-thuc/" + layout.Code + ".css?ngay=" + p.LayoutDay().String()
}
