package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// ticked is one act on several rows of a list, in one form. Every row is asked by its own room, all in one transaction;
// where the act is not right the row is left as it is, and the answer names it with the reason.
type ticked struct {
	Rows    []string // what was ticked, to stand ticked when the form comes back
	done    int
	refused []refusedRow
}

type refusedRow struct{ name, why string }

const (
	mostTicked = 500
	mostNamed  = 8 // an answer is short: the rest is counted
)

// Has reports whether a row was ticked in the form that came back.
func (t ticked) Has(id db.ID) bool { return slices.Contains(t.Rows, string(id)) }

func tickedIn(r *http.Request) ticked { return ticked{Rows: r.PostForm["rows[]"]} }

// each does the act on every ticked row. The error is for what stops all of them: nothing ticked, a field of the form that
// no row can do without, a row that is not the actor's to touch, or one that was refused when half of it was written.
func (t *ticked) each(tx *db.Tx, act func(id db.ID) (name string, err error)) error {
	if err := t.count(); err != nil {
		return err
	}
	var first error
	for _, id := range t.Rows {
		before := tx.Writes()
		name, err := act(db.ID(id))
		f := fault.Of(err)
		switch {
		case err == nil:
			t.done++
		case f == nil || f.Kind != fault.KindInvalid && f.Kind != fault.KindConflict:
			return err
		case tx.Writes() > before:
			return fault.Conflict("%s: %s. Chưa làm dòng nào; hãy bỏ đánh dấu dòng này rồi làm lại.", name, strings.TrimSuffix(f.Error(), "."))
		default:
			if first == nil {
				first = err
			}
			t.refused = append(t.refused, refusedRow{name, strings.TrimSuffix(f.Error(), ".")})
		}
	}
	if t.done > 0 {
		return nil
	}
	if !slices.ContainsFunc(t.refused, func(row refusedRow) bool { return row.why != t.refused[0].why }) {
		return first // one reason for all stands at its field
	}
	return fault.Invalid("rows", "%s", t.Refused())
}

// count refuses a form in which nothing is ticked, or more than one act can do.
func (t ticked) count() error {
	switch {
	case len(t.Rows) == 0:
		return fault.Invalid("rows", "Chưa chọn dòng nào; hãy đánh dấu ở đầu dòng.")
	case len(t.Rows) > mostTicked:
		return fault.Invalid("rows", "Mỗi lần chọn nhiều nhất %d dòng; đang chọn %d.", mostTicked, len(t.Rows))
	}
	return nil
}

// Said is the answer: to how many rows it was done, and which were left, why.
func (t ticked) Said(done string) string {
	return strings.TrimSpace(fmt.Sprintf(done, t.done) + " " + t.Refused())
}

// Refused names the rows that were left as they are; "" when there are none.
func (t ticked) Refused() string {
	if len(t.refused) == 0 {
		return ""
	}
	var named []string
	for _, row := range t.refused[:min(len(t.refused), mostNamed)] {
		named = append(named, row.name+" ("+row.why+")")
	}
	said := fmt.Sprintf("Để nguyên %d: %s", len(t.refused), strings.Join(named, "; "))
	if more := len(t.refused) - len(named); more > 0 {
		said += fmt.Sprintf("; và %d dòng khác", more)
	}
	return said + "."
}
