package report

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
)

// ImportResult says what an import wrote.
type ImportResult struct {
	Values, Reports, Periods int
}

// WriteImport writes what was read, all or nothing: periods not yet opened are opened, bodies not in them are added, and
// every group becomes a submission marked as imported and accepted. Imported reports are not judged late: when the body
// reported is not in the file. One journal line tells each period, with a hash over its reports. progress gets the
// reports written and their number; it may be nil.
func WriteImport(tx *db.Tx, by access.Actor, im *Import, progress func(done, of int64)) (ImportResult, error) {
	if err := by.May(access.ImportValues, im.Regime.Receiver); err != nil {
		return ImportResult{}, err
	}
	im.close()
	byPeriod := make(map[calendar.Period][]*group)
	var periods []calendar.Period
	for _, g := range im.order {
		if byPeriod[g.key.period] == nil {
			periods = append(periods, g.key.period)
		}
		byPeriod[g.key.period] = append(byPeriod[g.key.period], g)
	}
	slices.SortFunc(periods, calendar.Period.Compare)
	done := 0
	for _, period := range periods {
		if err := im.writePeriod(tx, by, period, byPeriod[period]); err != nil {
			return ImportResult{}, err
		}
		done += len(byPeriod[period])
		if progress != nil {
			progress(int64(done), int64(len(im.order)))
		}
	}
	return ImportResult{Values: im.Values, Reports: len(im.order), Periods: len(periods)}, nil
}

// imported is an obligation as an import must know it.
type imported struct {
	ID       db.ID         `db:"id"`
	Body     db.ID         `db:"body"`
	N        int32         `db:"n"`
	Due      calendar.Date `db:"due"`
	Version  int64         `db:"latest_version"`
	Accepted db.ID         `db:"accepted"`
}

func (im *Import) writePeriod(tx *db.Tx, by access.Actor, period calendar.Period, groups []*group) error {
	f := im.forms[period]
	var o Opening
	var roster []Seat
	err := tx.Get(&o, selectOpening+"where regime = ? and period = ?", im.Regime.ID, period)
	switch {
	case errors.Is(err, db.None):
		o, roster, err = open(tx, by, im.Regime, period, calendar.Date{})
	case err == nil:
		roster, err = rosterOf(tx, o.ID)
	}
	if err != nil {
		return err
	}
	if o.Form != f.ID {
		return fault.Conflict("Biểu mẫu của %s vừa thay đổi; hãy đọc lại tệp.", period.Name())
	}
	if err := admitAll(tx, o, roster, groups); err != nil {
		return err
	}
	var rows []imported
	if err := tx.Select(&rows, "select id, body, n, due, latest_version, accepted from obligation where opening = ?", o.ID); err != nil {
		return err
	}
	obligations := make(map[db.ID]imported, len(rows))
	for _, row := range rows {
		obligations[row.Body] = row
	}
	slices.SortFunc(groups, func(a, b *group) int { return int(obligations[a.org].N) - int(obligations[b.org].N) })
	sealed := make([]Prepared, len(groups))
	digest := sha256.New()
	for i, g := range groups {
		p := &sealed[i]
		*p = Prepared{Form: f, Regime: im.Regime.Code, Period: period, Body: Body{g.org, g.key.org}, opening: o.ID, way: WayImport}
		values, err := unpackValues(im.scratch, g.packed)
		if err != nil {
			return err
		}
		if err := p.seal(f.all(values), g.sections, nil); err != nil {
			return err
		}
		io.WriteString(digest, p.Hash)
	}
	head, err := journal.Write(tx, by, "imported", journal.Subject{Kind: "opening", ID: o.ID}, journal.Details{
		"regime": im.Regime.Code, "period": period.String(), "reports": len(groups), "sha256": hex.EncodeToString(digest.Sum(nil))})
	if err != nil {
		return err
	}
	s, err := hold(tx, o.ID)
	if err != nil {
		return err
	}
	s.touch(head.Root)
	for i := range sealed {
		if err := s.enterImported(tx, by, obligations[sealed[i].Body.ID], &sealed[i], head); err != nil {
			return err
		}
	}
	return keepStates(tx, o.ID)
}

// admitAll adds the bodies of a file that were not asked for this period.
func admitAll(tx *db.Tx, o Opening, roster []Seat, groups []*group) error {
	known := make(map[db.ID]bool, len(roster))
	for _, body := range roster {
		known[body.ID] = true
	}
	before := len(roster)
	for _, g := range groups {
		if known[g.org] {
			continue
		}
		known[g.org] = true
		// What a file brings of a body that was not asked is taken as it is: every sector.
		if err := insertObligation(tx, o, g.org, len(roster), ""); err != nil {
			return err
		}
		roster = append(roster, Seat{Body: Body{g.org, g.key.org}})
	}
	if len(roster) == before {
		return nil
	}
	_, err := tx.Exec("update opening_roster set data = ? where opening = ?", packRoster(roster), o.ID)
	return err
}

func (s *standing) enterImported(tx *db.Tx, by access.Actor, ob imported, p *Prepared, head journal.Head) error {
	if ob.Accepted != "" {
		var before []byte
		if err := tx.Get(&before, "select figures from submission where id = ?", ob.Accepted); err != nil {
			return err
		}
		if err := s.putPacked(tx, p.Form, ob.N, before, -1); err != nil {
			return err
		}
	}
	s.received++
	r := submissionRow{ID: tx.NewID(), Obligation: ob.ID, Opening: p.opening, Body: p.Body.ID, Version: ob.Version + 1,
		Number: s.received, At: tx.Now(), Due: ob.Due, Way: WayImport, ByActor: by.Key(), ByName: by.Name, Figures: p.figures,
		Sections: p.sections, Hash: p.Hash, JournalSize: head.Size, JournalRoot: head.Root}
	if err := tx.Insert("submission", &r); err != nil {
		return err
	}
	if err := insertAcceptance(tx, by, r.ID); err != nil {
		return err
	}
	if mayPropose(r.Version, r.Sections) {
		if err := proposalsOf(tx, r.ID); err != nil {
			return err
		}
	}
	return s.putPacked(tx, p.Form, ob.N, p.figures, 1)
}
