package report

import (
	"io"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// ImportValues reads a file and writes it in one go, as tests do: nobody waits there for the writer.
func ImportValues(tx *db.Tx, by access.Actor, regimeCode string, file io.Reader, progress func(done, of int64)) (ImportResult, error) {
	im, err := ReadImport(tx, by, regimeCode, file, "", progress)
	if err != nil {
		return ImportResult{}, err
	}
	return WriteImport(tx, by, im, progress)
}

// HandInUnjudged is a door that somebody built without the guard, for the test that must report it.
func HandInUnjudged(tx *db.Tx, by access.Actor, regime string, period calendar.Period, body db.ID, figures map[string]int64) error {
	o, err := ObligationOf(tx, by, regime, period, body)
	if err != nil {
		return err
	}
	f, err := formByID(tx, o.Form)
	if err != nil {
		return err
	}
	p := o.prepared(f, WayProgram)
	values := make([]Value, len(f.Indicators))
	for code, figure := range figures {
		if at := f.index[code]; f.Indicators[at].Aggregation != Ratio {
			values[at] = Value{Set: true, Figure: figure}
		}
	}
	if err := p.seal(values, nil, nil); err != nil {
		return err
	}
	_, err = o.addressee().receive(tx, by, p)
	return err
}

// FormOf is a form that was never kept.
func FormOf(o Outline) *Form {
	f := &Form{Outline: o}
	f.prepare()
	return f
}

// HeadingOnly reports whether a line may be a heading.
func HeadingOnly(line string) bool {
	_, ok := headingIn(strings.Join(strings.Fields(line), " "))
	return ok
}
