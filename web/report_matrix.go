package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/report"
	"giaoban/succession"
)

// matrixPage is body × period: how complete, how timely.
type matrixPage struct {
	Regime  report.Regime
	N       int
	Choices []int
	Periods []matrixPeriod
	Rows    []matrixRow
	Legend  []badge
	Waived  []waivedCell
	Switch  readingSwitch
	Words   string // of a body's name, searched for
	Wrong   int    // rows with something missing, late or asked for
	Folded  int    // rows without, not shown
	All     string // the address that shows them too
	Bound   bound
}

// mostMatrixRows keeps the page of a whole country's communes small enough to open on a slow line.
const mostMatrixRows = 100

// waivedCell is a report that the commission waits for no more; it stays missing.
type waivedCell struct {
	ID     db.ID
	Body   string
	Period calendar.Period
	Reason string
}

type matrixPeriod struct {
	Period calendar.Period
	Short  string
	Counts periodCounts
}

type matrixRow struct {
	Body   org.Body
	Note   string // what it was called, whose reports it holds, or why it stands apart
	Cells  []matrixCell
	OnTime int
	Due    int  // periods whose day has passed, or that were received
	Wrong  bool // something is missing past its day, came late, or is asked for
	Apart  bool
}

// matrixCell is empty where the body was not obliged; several marks where bodies that became one each reported.
type matrixCell struct{ Marks []matrixMark }

type matrixMark struct {
	Item  report.CompletenessItem
	Badge badge
	Why   string // the commission waits no more, because
	Of    string // whose report it is, in the row of another
}

func (s *site) reportMatrix(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	regime, err := report.FindRegime(tx, by, r.PathValue("regime"))
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.ReadReport, by.Body); err != nil {
		return Reply{}, err
	}
	data := matrixPage{Regime: regime, N: 12, Choices: []int{4, 8, 12, 24}}
	if n := int(wholeNumber(r.FormValue("n"))); slices.Contains(data.Choices, n) {
		data.N = n
	}
	if data.Switch, err = readingOf(tx, r); err != nil {
		return Reply{}, err
	}
	items, err := report.Completeness(tx, by, regime.Code, data.N)
	if err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	called, err := succession.AllNames(tx)
	if err != nil {
		return Reply{}, err
	}
	waivers, err := report.Waivers(tx, by, regime.ID)
	if err != nil {
		return Reply{}, err
	}
	placed := make([]report.Placed, len(items))
	for i, item := range items {
		placed[i] = report.Placed{CompletenessItem: item, Now: item.Body.ID, Heirs: []db.ID{item.Body.ID}}
	}
	if data.Switch.Now {
		d, err := org.DescentTo(tx, by, today)
		if err != nil {
			return Reply{}, err
		}
		if placed, err = report.PlaceNow(tx, by, regime.Code, items, d); err != nil {
			return Reply{}, err
		}
	}
	data.fill(placed, called, waivers, today)
	data.cut(r)
	return Reply{Page: "report/matrix", Data: data}, nil
}

// cut shows first what is not as it should be; where there are more bodies than fit a page, the others are counted, with
// the way to them.
func (p *matrixPage) cut(r *http.Request) {
	if p.Words = strings.TrimSpace(r.FormValue("tim")); p.Words != "" {
		p.Rows = slices.DeleteFunc(p.Rows, func(row matrixRow) bool {
			return !strings.Contains(fold.Fold(row.Body.Name+" "+row.Body.ShortName), fold.Fold(p.Words))
		})
	}
	for _, row := range p.Rows {
		if row.Wrong {
			p.Wrong++
		}
	}
	query := url.Values{"n": {strconv.Itoa(p.N)}}
	for name, value := range map[string]string{"doc": p.Switch.Query(), "tim": p.Words} {
		if value != "" {
			query.Set(name, value)
		}
	}
	base := "/bao-cao/" + p.Regime.Code + "/ma-tran?"
	all := r.FormValue("loc") == "tat-ca"
	if !all && len(p.Rows) > mostMatrixRows && p.Wrong > 0 {
		p.Folded = len(p.Rows) - p.Wrong
		p.Rows = slices.DeleteFunc(p.Rows, func(row matrixRow) bool { return !row.Wrong })
	}
	if all {
		query.Set("loc", "tat-ca")
	}
	p.Bound = bound{From: min(int(wholeNumber(r.FormValue("tu"))), len(p.Rows)), Total: len(p.Rows), Rest: base + query.Encode()}
	p.Rows = p.Rows[p.Bound.From:min(p.Bound.From+mostMatrixRows, len(p.Rows))]
	p.Bound.Shown = len(p.Rows)
	p.Bound.step(mostMatrixRows, "tu")
	query.Set("loc", "tat-ca")
	p.All = base + query.Encode()
}

func (p *matrixPage) fill(items []report.Placed, called *succession.Names, waivers map[db.ID]report.Waiver, today calendar.Date) {
	column := make(map[calendar.Period]int)
	type key struct {
		body  db.ID
		apart bool
	}
	row := make(map[key]int)
	for _, item := range items {
		if _, ok := column[item.Period]; !ok {
			column[item.Period] = 0
			p.Periods = append(p.Periods, matrixPeriod{Period: item.Period, Short: item.Period.Short()})
		}
	}
	slices.SortFunc(p.Periods, func(a, b matrixPeriod) int { return a.Period.Compare(b.Period) })
	for i, m := range p.Periods {
		column[m.Period] = i
	}
	seen := make(map[badge]bool)
	for _, item := range items {
		k := key{item.Now, item.Apart()}
		i, ok := row[k]
		if !ok {
			i = len(p.Rows)
			row[k] = i
			p.Rows = append(p.Rows, matrixRow{Cells: make([]matrixCell, len(p.Periods)), Apart: k.apart})
		}
		line := &p.Rows[i]
		line.name(item, p.Switch.Now, called, today)
		mark := matrixMark{Item: item.CompletenessItem, Badge: matrixBadge(item.CompletenessItem, today), Why: waivers[item.ID].Reason}
		if item.Now != item.Body.ID {
			mark.Of = called.On(item.Body.ID, item.Period.Last()).ShortName
		}
		cell := &line.Cells[column[item.Period]]
		cell.Marks = append(cell.Marks, mark)
		if item.Waived {
			p.Waived = append(p.Waived, waivedCell{item.ID, line.Body.ShortName, item.Period, waivers[item.ID].Reason})
		}
		p.Periods[column[item.Period]].Counts.add(item.CompletenessItem)
		if item.Late || item.State == report.StateReturned || item.At == 0 && item.Due.Before(today) {
			line.Wrong = true
		}
		if item.At != 0 || item.Due.Before(today) {
			line.Due++
			if item.At != 0 && !item.Late {
				line.OnTime++
			}
		}
		if !seen[mark.Badge] {
			seen[mark.Badge] = true
			p.Legend = append(p.Legend, mark.Badge)
		}
	}
	slices.SortStableFunc(p.Rows, func(a, b matrixRow) int {
		if a.Apart != b.Apart {
			if a.Apart {
				return 1
			}
			return -1
		}
		if a.Wrong != b.Wrong {
			if a.Wrong {
				return -1
			}
			return 1
		}
		return a.Body.Sort - b.Body.Sort
	})
	slices.SortFunc(p.Legend, func(a, b badge) int { return legendPlace(a) - legendPlace(b) })
}

// name calls the row, as it was, by the name of the newest period shown; as it is now, by today's, with what it was called
// and whose reports stand in it. Items come with the oldest period first.
func (line *matrixRow) name(item report.Placed, now bool, called *succession.Names, today calendar.Date) {
	day := item.Period.Last()
	if !now {
		line.Body = called.On(item.Body.ID, day)
		return
	}
	line.Body = called.On(item.Now, today)
	note := ""
	switch {
	case item.Apart() && len(item.Heirs) == 0:
		note = "chưa xác định cơ quan tiếp nhận"
	case item.Apart():
		names := make([]string, len(item.Heirs))
		for i, heir := range item.Heirs {
			names[i] = called.On(heir, today).ShortName
		}
		note = "nay thuộc " + strings.Join(names, ", ") + "; không chia số"
	case item.Now != item.Body.ID:
		note = formerly(called.On(item.Body.ID, day).ShortName)
	default:
		note = formerly(called.Before(item.Body.ID, day, today))
	}
	if note != "" && !strings.Contains(line.Note, note) {
		if line.Note != "" {
			line.Note += "; "
		}
		line.Note += note
	}
}

// matrixBadge tells timeliness first: an accepted report that came late shows as late.
func matrixBadge(item report.CompletenessItem, today calendar.Date) badge {
	switch {
	case item.State == report.StateMissing && !today.After(item.Due):
		return notYetDue
	case item.State == report.StateAccepted && item.Late:
		return badge{"late", "Đã nhận, gửi muộn"}
	case item.State == report.StateNil && item.Late:
		return badge{"late", "Không phát sinh, gửi muộn"}
	}
	return badge{stateClass(item.State), item.State.Name()}
}

var legendOrder = []string{"accepted", "on-time", "late", "returned", "nil", "extended", "draft", "waiting", "missing"}

func legendPlace(b badge) int { return slices.Index(legendOrder, b.Class)*2 + len(b.Text)%2 }

// columnPeriod fits the head of a wide table: Quý IV/2021.
func columnPeriod(p calendar.Period) string {
	return strings.ReplaceAll(fold.Capital(p.Name()), " năm ", "/")
}
