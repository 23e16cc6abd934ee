package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/consolidation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/lineage"
	"giaoban/task"
)

// itemForm is one row of the programme as typed; About are words that name a record.
type itemForm struct {
	N                           int
	At, Subject, Speaker, About string
	RollsOut                    bool
}

const itemRows = 6 // how many rows of the programme a form has at least

// Number is the row as people count it.
func (i itemForm) Number() int { return i.N + 1 }

// readItems takes the rows of the programme that hold something.
func readItems(r *http.Request) (rows []itemForm) {
	for n := 0; r.Form.Has(fmt.Sprintf("item-subject.%d", n)); n++ {
		at := func(field string) string { return strings.TrimSpace(r.FormValue(fmt.Sprintf("item-%s.%d", field, n))) }
		row := itemForm{n, at("at"), at("subject"), at("speaker"), at("about"), at("rolls") != ""}
		if row.At+row.Subject+row.Speaker+row.About != "" || row.RollsOut {
			rows = append(rows, row)
		}
	}
	return rows
}

// itemForms are the rows of a kept programme.
func itemForms(items []conference.Item) (rows []itemForm) {
	for _, i := range items {
		rows = append(rows, itemForm{At: i.At, Subject: i.Subject, Speaker: i.Speaker, About: i.AboutLabel, RollsOut: i.RollsOut})
	}
	return rows
}

// subjects finds what the rows are about: what the conference holds already, a document of the register, the consolidated
// report of its period, an open task. What names none or several is told, row by row.
func subjects(tx *db.Tx, by access.Actor, rows []itemForm, kept []conference.Item, regime string, period calendar.Period) ([]conference.Item, error) {
	var wrong fault.List
	var items []conference.Item
	for n, row := range rows {
		item := conference.Item{At: row.At, Subject: row.Subject, Speaker: row.Speaker, RollsOut: row.RollsOut}
		if row.About != "" {
			found, err := named(tx, by, row.About, kept, regime, period)
			if err != nil {
				return nil, err
			}
			switch len(found) {
			case 0:
				wrong.Add("agenda", "Mục %d: không tìm thấy văn bản, báo cáo hay nhiệm vụ nào là “%s”. Hãy ghi ký hiệu như 37-CT/TW (văn bản có trong sổ), hoặc để trống.", n+1, row.About)
			case 1:
				item.AboutKind, item.AboutID, item.AboutLabel = found[0].Kind, found[0].ID, found[0].Label
			default:
				wrong.Add("agenda", "Mục %d: có nhiều văn bản, nhiệm vụ là “%s”, như %s và %s. Hãy ghi đủ số, ký hiệu.", n+1, row.About, found[0].Label, found[1].Label)
			}
		}
		items = append(items, item)
	}
	return items, wrong.Err()
}

func named(tx *db.Tx, by access.Actor, words string, kept []conference.Item, regime string, period calendar.Period) ([]lineage.Node, error) {
	for _, i := range kept {
		if i.AboutKind != "" && fold.Fold(i.AboutLabel) == fold.Fold(words) {
			return []lineage.Node{i.About()}, nil
		}
	}
	if report, err := reportOf(tx, by, regime, period); err != nil || report.ID != "" && fold.Fold(report.Label) == fold.Fold(words) {
		return []lineage.Node{report}, err
	}
	documents, _, err := directive.List(tx, by, directive.Filter{Text: words, Limit: 20})
	if err != nil {
		return nil, err
	}
	var nodes []lineage.Node
	for _, d := range documents {
		if fold.Fold(d.Symbol) == fold.Fold(words) || fold.Fold(d.Label()) == fold.Fold(words) {
			return []lineage.Node{d.Node()}, nil
		}
		nodes = append(nodes, d.Node())
	}
	if len(nodes) > 0 {
		return nodes, nil
	}
	tasks, _, err := task.Search(tx, by, task.Filter{State: task.StateUnfinished, Limit: 2}, words, nil, 0)
	for _, t := range tasks {
		nodes = append(nodes, t.Node())
	}
	return nodes, err
}

// reportOf is the consolidated report that a conference looks back on; without ID where there is none.
func reportOf(tx *db.Tx, by access.Actor, regime string, period calendar.Period) (lineage.Node, error) {
	if regime == "" || period.IsZero() {
		return lineage.Node{}, nil
	}
	c, err := consolidation.Find(tx, by, regime, period)
	if err != nil {
		if fault.Of(err) != nil {
			err = nil // not drafted yet, or not for these eyes
		}
		return lineage.Node{}, err
	}
	return c.Node(), nil
}

// offers are what the rows of the programme may be about, to choose from: the report, then the newest documents.
func offers(tx *db.Tx, by access.Actor, regime, period string) ([]string, error) {
	read, _ := calendar.ReadPeriod(period)
	report, err := reportOf(tx, by, regime, read)
	if err != nil {
		return nil, err
	}
	documents, _, err := directive.List(tx, by, directive.Filter{Limit: 40})
	var all []string
	for _, label := range append([]string{report.Label}, labels(documents)...) {
		if label != "" && !slices.Contains(all, label) {
			all = append(all, label)
		}
	}
	return all, err
}

func labels(documents []directive.Directive) (all []string) {
	for _, d := range documents {
		all = append(all, d.Label())
	}
	return all
}
