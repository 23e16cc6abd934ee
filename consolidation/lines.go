package consolidation

import (
	"slices"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/org"
	"giaoban/report"
)

// Line is one body's row of an indicator over sub-periods.
type Line struct {
	Body  report.Body
	Was   []report.Body // whose reports these are, where they are not the body's own
	Apart string        // why the row stands under a body that no longer answers; "" when it does
	Cells []LineCell
}

// LineCell is what counts for the row in one sub-period; several sources only where whole bodies became one.
type LineCell struct {
	Value   report.Value
	Sources []Source
}

// LinesAsWas lays the figures behind a total out by the bodies that reported them.
func LinesAsWas(sources []Source, periods []calendar.Period) []Line {
	var lines []Line
	at := make(map[db.ID]int)
	for _, s := range sources {
		i, ok := at[s.Body.ID]
		if !ok {
			i = len(lines)
			at[s.Body.ID] = i
			lines = append(lines, Line{Body: s.Body, Cells: make([]LineCell, len(periods))})
		}
		if n := slices.Index(periods, s.Period); n >= 0 {
			lines[i].Cells[n] = LineCell{s.Value, []Source{s}}
		}
	}
	return lines
}

// LinesAsNow lays the figures out by the bodies that answer today for the indicator, or else for its sector. Figures of several bodies
// are added only when whole bodies became one and the indicator is a sum; what was divided, or only partly went over to
// a body that has figures of its own, stands apart under the body that reported it. No share is ever made up.
func LinesAsNow(sources []Source, periods []calendar.Period, in report.Indicator, sector report.Sector, d *org.Descent, code func(db.ID) string) []Line {
	was, functions := LinesAsWas(sources, periods), report.FunctionsOf(d, sector)
	heir := make([]db.ID, len(was))
	var apart []int
	for i, l := range was {
		heirs := d.HeirsFor(l.Body.ID, in.Name, functions...)
		if len(heirs) != 1 {
			was[i].Apart = "đã chia cho nhiều cơ quan, không có số để chia"
			if len(heirs) == 0 {
				was[i].Apart = "chưa xác định cơ quan tiếp nhận"
			}
			apart = append(apart, i)
			continue
		}
		heir[i] = heirs[0]
	}
	var lines []Line
	place := make(map[db.ID]int)
	take := func(i int) {
		to := report.Body{ID: heir[i], Code: was[i].Body.Code}
		if to.ID != was[i].Body.ID {
			to.Code = code(to.ID)
		}
		n, ok := place[to.ID]
		if !ok {
			n = len(lines)
			place[to.ID] = n
			lines = append(lines, Line{Body: to, Cells: make([]LineCell, len(periods))})
		}
		if joined, ok := join(lines[n].Cells, was[i].Cells, in, whole(d, was[i].Body.ID, to.ID)); ok {
			lines[n].Cells = joined
			if to.ID != was[i].Body.ID {
				lines[n].Was = append(lines[n].Was, was[i].Body)
			}
			return
		}
		was[i].Apart = "chỉ một phần chức năng chuyển sang, không cộng vào số của cơ quan tiếp nhận"
		if in.Aggregation == report.Average || in.Aggregation == report.Ratio {
			was[i].Apart = "số bình quân, tỷ lệ của hai cơ quan không cộng với nhau"
		}
		apart = append(apart, i)
	}
	// A body's own figures come first, so that what joins them is judged against them.
	for i := range was {
		if heir[i] != "" && heir[i] == was[i].Body.ID {
			take(i)
		}
	}
	for i := range was {
		if heir[i] != "" && heir[i] != was[i].Body.ID {
			take(i)
		}
	}
	slices.Sort(apart)
	for _, i := range apart {
		lines = append(lines, was[i])
	}
	return lines
}

func whole(d *org.Descent, body, into db.ID) bool {
	to, ok := d.Whole(body)
	return ok && to == into
}

// join puts the figures of one body into the row of another; false when two figures meet that may not be added.
func join(row, more []LineCell, in report.Indicator, whole bool) ([]LineCell, bool) {
	both := slices.Clone(row)
	for i, m := range more {
		if len(m.Sources) == 0 {
			continue
		}
		if len(row[i].Sources) == 0 {
			both[i] = m
			continue
		}
		if !m.Value.Set || !row[i].Value.Set {
			if m.Value.Set {
				both[i].Value = m.Value
			}
		} else {
			if !whole || in.Aggregation != report.Sum && in.Aggregation != report.Last {
				return nil, false
			}
			sum, ok := decimal.Add(row[i].Value.Figure, m.Value.Figure)
			if !ok {
				return nil, false
			}
			both[i].Value = report.Value{Set: true, Figure: sum, Estimate: row[i].Value.Estimate || m.Value.Estimate}
		}
		both[i].Sources = append(slices.Clone(row[i].Sources), m.Sources...)
	}
	return both, true
}
