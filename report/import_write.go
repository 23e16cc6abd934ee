package report

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
)

// ImportResult says what an import wrote: figures that were new and changed, how many reports it made, how many of these
// are new versions of reports that stood, and the periods it opened.
type ImportResult struct {
	New, Changed, Unchanged     int
	Reports, Replaced, Openings int
}

// Sentence tells it as the clerk reads it.
func (r ImportResult) Sentence() string {
	text := fmt.Sprintf("Đã nhập %d số liệu mới, %d số liệu thay đổi vào %d báo cáo", r.New, r.Changed, r.Reports)
	if r.Replaced > 0 {
		text += fmt.Sprintf(", trong đó %d báo cáo đã có được thay bằng bản mới", r.Replaced)
	}
	if r.Openings > 0 {
		text += fmt.Sprintf("; đã mở %d kỳ", r.Openings)
	}
	return text + fmt.Sprintf(". %d số liệu đã có sẵn, giữ nguyên.", r.Unchanged)
}

// WriteImport writes what was read, all or nothing: past periods not yet opened are opened, and every body's report that
// changes becomes a submission marked as imported and accepted, a new version where one was accepted. What the file does
// not name stays as it stood. Imported reports are not judged late: when the body reported is not in the file. One journal
// line tells each period, with a hash over its reports. progress gets the reports written and their number; it may be nil.
func WriteImport(tx *db.Tx, by access.Actor, im *Import, progress func(done, of int64)) (ImportResult, error) {
	if err := by.May(access.ImportValues, im.Regime.Receiver); err != nil {
		return ImportResult{}, err
	}
	if err := im.judge(tx); err != nil {
		return ImportResult{}, err
	}
	if err := im.Err(); err != nil {
		return ImportResult{}, err
	}
	var got ImportResult
	byPeriod, periods := im.byPeriod()
	done := 0
	for _, period := range periods {
		if err := im.writePeriod(tx, by, period, byPeriod[period], &got); err != nil {
			return ImportResult{}, err
		}
		done += len(byPeriod[period])
		if progress != nil {
			progress(int64(done), int64(len(im.order)))
		}
	}
	return got, im.keepLabels(tx, by)
}

func (im *Import) writePeriod(tx *db.Tx, by access.Actor, period calendar.Period, groups []*group, got *ImportResult) error {
	var changed []*group
	for _, g := range groups {
		got.Unchanged += g.Unchanged
		if g.Replaces == 0 || g.New+g.Changed > 0 || g.text {
			changed = append(changed, g)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	f := im.forms[period]
	var o Opening
	err := tx.Get(&o, selectOpening+"where regime = ? and period = ?", im.Regime.ID, period)
	if errors.Is(err, db.None) {
		got.Openings++
		o, _, err = open(tx, by, im.Regime, period, calendar.Date{})
	}
	if err != nil {
		return err
	}
	if o.Form != f.ID {
		return fault.Conflict("Biểu mẫu của %s vừa thay đổi; hãy đọc lại tệp.", period.Name())
	}
	now, _, err := im.stands(tx, period, changed)
	if err != nil {
		return err
	}
	slices.SortFunc(changed, func(a, b *group) int { return int(now[a.org].N) - int(now[b.org].N) })
	sealed := make([]Prepared, len(changed))
	digest := sha256.New()
	replaced := 0
	for i, g := range changed {
		there := now[g.org]
		if there.Obligation == "" || there.Latest != g.was.Latest || there.Accepted != g.was.Accepted || there.Returned != g.was.Returned ||
			there.Scope != g.was.Scope {
			return fault.Stale("Báo cáo %s của %s vừa thay đổi; hãy xem lại tệp trước khi nhập.", period.Name(), g.key.org)
		}
		p := &sealed[i]
		*p = Prepared{Form: f.For(there.Scope), Regime: im.Regime.Code, Period: period, Body: Body{g.org, g.key.org}, opening: o.ID, way: WayImport}
		values, err := unpackValues(im.scratch, g.packed)
		if err != nil {
			return err
		}
		if err := p.seal(f.all(values), g.sections, g.notes); err != nil {
			return err
		}
		io.WriteString(digest, p.Hash)
		got.New += g.New
		got.Changed += g.Changed
		got.Reports++
		if g.Replaces > 0 {
			replaced++
		}
	}
	got.Replaced += replaced
	head, err := journal.Write(tx, by, "imported", journal.Subject{Kind: "opening", ID: o.ID}, journal.Details{
		"regime": im.Regime.Code, "period": period.String(), "reports": len(changed), "replaced": replaced, "file": im.File,
		"sha256": hex.EncodeToString(digest.Sum(nil))})
	if err != nil {
		return err
	}
	s, err := hold(tx, o.ID)
	if err != nil {
		return err
	}
	s.touch(head.Root)
	var origins []lineage.Edge
	for i, g := range changed {
		r, err := s.enterImported(tx, by, now[g.org], &sealed[i], head)
		if err != nil {
			return err
		}
		if g.Replaces > 0 {
			origins = append(origins, im.origin(now[g.org], r, &sealed[i]))
		}
	}
	if err := lineage.LinkAll(tx, origins); err != nil {
		return err
	}
	return keepStates(tx, o.ID)
}

// origin leads from the version that a file changed to the one it made.
func (im *Import) origin(was held, r submissionRow, p *Prepared) lineage.Edge {
	label := func(version int64) string {
		return "Báo cáo " + p.Period.Name() + " của " + p.Body.Code + ", " + VersionName(version)
	}
	verb := "sửa theo tệp số liệu"
	if im.File != "" {
		verb = "sửa theo tệp " + im.File
	}
	return lineage.Edge{From: lineage.Node{Kind: "submission", ID: was.Latest, Label: label(was.Version)},
		To: lineage.Node{Kind: "submission", ID: r.ID, Label: label(r.Version)}, Verb: verb}
}

func (s *standing) enterImported(tx *db.Tx, by access.Actor, ob held, p *Prepared, head journal.Head) (submissionRow, error) {
	s.received++
	r := submissionRow{ID: tx.NewID(), Obligation: ob.Obligation, Opening: p.opening, Body: p.Body.ID, Version: ob.Version + 1,
		Number: s.received, At: tx.Now(), Due: ob.Due, Way: WayImport, ByActor: by.Key(), ByName: by.Name, Figures: p.figures,
		Sections: p.sections, Notes: p.notes, Hash: p.Hash, JournalSize: head.Size, JournalRoot: head.Root}
	if ob.Counted != nil {
		asked, err := askedWhere(tx, "t.submission = ?", ob.Accepted)
		if err != nil {
			return r, err
		}
		if err := s.putPacked(tx, p.Form, ob.N, ob.Counted, asked[ob.Accepted], -1); err != nil {
			return r, err
		}
	}
	if err := s.putPacked(tx, p.Form, ob.N, p.figures, nil, 1); err != nil {
		return r, s.nameSender(tx, p.Form, err, p.Body.ID, p.figures)
	}
	if err := tx.Insert("submission", &r); err != nil {
		return r, err
	}
	if err := insertAcceptance(tx, by, r.ID); err != nil {
		return r, err
	}
	if mayPropose(r.Version, r.Sections) {
		return r, proposalsOf(tx, r.ID)
	}
	return r, nil
}
