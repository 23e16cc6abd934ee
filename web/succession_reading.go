package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/report"
	"giaoban/succession"
)

// readingSwitch is the choice between the two readings of a page that reaches back over changes of bodies: two links.
type readingSwitch struct {
	Shown   bool // bodies have changed, so that the readings differ
	Now     bool
	Was, Is string // addresses
}

// Query carries the reading along to other addresses: "" or "nhu-nay".
func (s readingSwitch) Query() string {
	if s.Now {
		return string(report.AsNow)
	}
	return ""
}

// Reading is what was asked for.
func (s readingSwitch) Reading() report.Reading {
	if s.Now {
		return report.AsNow
	}
	return report.AsWas
}

func readingOf(tx *db.Tx, r *http.Request) (readingSwitch, error) {
	s := readingSwitch{Now: report.ReadingOf(r.FormValue("doc")) == report.AsNow}
	for reading, to := range map[report.Reading]*string{report.AsWas: &s.Was, report.AsNow: &s.Is} {
		query := r.URL.Query()
		query.Set("doc", string(reading))
		query.Del("sau") // the mark between pages belongs to the other list
		*to = r.URL.Path + "?" + query.Encode()
	}
	var err error
	s.Shown, err = succession.Reorganised(tx, calendar.OfInstant(tx.Clock()))
	return s, err
}

// answering names who answers for something now: “Sở Y tế (nhận từ Sở LĐTBXH)” when it was handed over, else own.
func answering(own string, names map[db.ID]org.Body, asked, holder db.ID) string {
	if asked == holder {
		return own
	}
	return names[holder].ShortName + " (nhận từ " + names[asked].ShortName + ")"
}

// reporterName names who answers for a report: who was asked, called as in its period, or who took it over, called as
// today.
func reporterName(tx *db.Tx, by access.Actor, o report.Obligation, today calendar.Date) (string, error) {
	asked, err := org.Find(tx, by, o.Body, o.Period.Last())
	if err != nil || !o.Moved() {
		return asked.Name, err
	}
	holder, err := org.Find(tx, by, o.Holder, today)
	return holder.Name + " (nhận từ " + asked.ShortName + ")", err
}

// queueName is reporterName for many reports.
func queueName(called *succession.Names, o report.Obligation, today calendar.Date) string {
	asked := called.On(o.Body, o.Period.Last())
	if !o.Moved() {
		return asked.Name
	}
	return called.On(o.Holder, today).Name + " (nhận từ " + asked.ShortName + ")"
}

// formerly says what a body was called, or whose work it took over, beside its name of today.
func formerly(was string) string {
	if was == "" {
		return ""
	}
	return "trước đây là " + was
}

// namesFor gives the names a consolidation is read with: of its period, or of today.
func namesFor(tx *db.Tx, head consolidationHead) (map[db.ID]org.Body, error) {
	if head.Switch.Now {
		return org.Names(tx, calendar.OfInstant(tx.Clock()))
	}
	return org.Names(tx, head.Period.Last())
}

// renameHeirs calls bodies that handed everything over by who answers today, each with what it was: “Sở Y tế (trước đây là
// Sở LĐTBXH)”, or “Sở LĐTBXH (nay thuộc Sở Nội vụ, Sở Y tế)” when it was divided.
func renameHeirs(tx *db.Tx, by access.Actor, names map[db.ID]org.Body, bodies []report.Body, sectors []report.Sector) error {
	d, err := org.DescentTo(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	functions := report.FunctionsOf(d, sectors...)
	for _, o := range bodies {
		heirs := d.Heirs(o.ID, functions...)
		if len(heirs) == 1 && heirs[0] == o.ID {
			continue
		}
		b := names[o.ID]
		if len(heirs) == 1 {
			heir := names[heirs[0]]
			b.Name, b.ShortName = heir.Name+" ("+formerly(b.ShortName)+")", heir.ShortName+" ("+formerly(b.ShortName)+")"
		} else {
			all := make([]string, len(heirs))
			for i, heir := range heirs {
				all[i] = names[heir].ShortName
			}
			note := " (nay chưa xác định cơ quan tiếp nhận)"
			if len(all) > 0 {
				note = " (nay thuộc " + strings.Join(all, ", ") + ")"
			}
			b.Name, b.ShortName = b.Name+note, b.ShortName+note
		}
		names[o.ID] = b
	}
	return nil
}

// heirs renames everybody whom the page of figures names.
func (p *figuresPage) heirs(tx *db.Tx, by access.Actor, names map[db.ID]org.Body) error {
	var bodies []report.Body
	for _, m := range p.Figures.Missing {
		bodies = append(bodies, m.Body)
	}
	for _, f := range p.Figures.Figures {
		bodies = append(append(bodies, f.Estimated...), f.LackingAlso...)
	}
	slices.SortFunc(bodies, func(a, b report.Body) int { return strings.Compare(string(a.ID), string(b.ID)) })
	var sectors []report.Sector
	if p.Figures.Form != nil {
		sectors = p.Figures.Form.Sectors
	}
	return renameHeirs(tx, by, names, slices.Compact(bodies), sectors)
}
