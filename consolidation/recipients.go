package consolidation

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/report"
)

// addressed are the bodies that the lines of Nơi nhận mean: one that the directory knows by the line's words, and with a
// line like “Các cơ quan trong khối khoa giáo” every body that was asked for the period's report.
func (c Consolidation) addressed(tx *db.Tx, by access.Actor) (bodies []db.ID, err error) {
	directory, err := org.LoadDirectory(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	add := func(body db.ID) {
		if body != c.Body && !slices.Contains(bodies, body) {
			bodies = append(bodies, body)
		}
	}
	for _, line := range c.Wording.Recipients {
		name, _, _ := strings.Cut(line, "(") // "(để báo cáo)"
		name = strings.Trim(name, " ,;.-")
		if b, ok := directory.Find(name); ok {
			add(b.ID)
			continue
		}
		if !strings.HasPrefix(fold.Fold(name), "cac co quan") {
			continue
		}
		regime, err := report.RegimeByID(tx, by, c.Regime)
		if err != nil {
			return nil, err
		}
		asked, err := report.CompletenessOf(tx, by, regime.Code, []calendar.Period{c.Period})
		if err != nil {
			return nil, err
		}
		for _, item := range asked {
			add(item.Body.ID)
		}
	}
	return bodies, nil
}
