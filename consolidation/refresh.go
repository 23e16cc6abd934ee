package consolidation

import (
	"fmt"
	"slices"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/org"
	"giaoban/report"
)

// Refreshed tells what a refresh brought.
type Refreshed struct {
	Version    int64
	Added      int // paragraphs that were accepted since
	Superseded int // origins that no longer count
	Again      int // origins that count again
	LeftOut    int // untouched paragraphs whose every origin no longer counts: dropped, with the reason
}

// originKey is a paragraph of one version of one report.
type originKey struct {
	submission      db.ID
	section, sector string
	n               int
}

func (o Origin) key() originKey { return originKey{o.Submission, o.Section, o.Sector, o.N} }

// Refresh brings in what was accepted since and marks what no longer counts because its report was
// replaced or sent back. Words the commission has written are never touched; an untouched paragraph that nothing
// supports any more is left out and stays listed.
func Refresh(tx *db.Tx, by access.Actor, id db.ID, version int64) (Refreshed, error) {
	e, err := edit(tx, by, id, version)
	if err != nil {
		return Refreshed{}, err
	}
	c, err := read(tx, by, e.row)
	if err != nil {
		return Refreshed{}, err
	}
	now, err := Compose(tx, by, c.RegimeCode, c.Period, report.Accepted)
	if err != nil {
		return Refreshed{}, err
	}
	r := refresh{e: e, c: &c, counts: make(map[originKey]bool), newest: make(map[string]Origin)}
	for _, g := range now.Groups {
		for _, p := range g.Paragraphs {
			for _, o := range p.Origins {
				r.counts[o.key()] = true
				r.newest[o.Body+" "+o.Period.String()] = o
			}
		}
	}
	if err := r.mark(); err != nil {
		return Refreshed{}, err
	}
	if err := r.bring(now); err != nil {
		return Refreshed{}, err
	}
	if err := r.leaveOut(); err != nil {
		return Refreshed{}, err
	}
	if now.ID, now.Body = c.ID, c.Body; r.out == (Refreshed{}) {
		r.out.Version = version
		return r.out, nil
	}
	if err := now.link(tx); err != nil {
		return Refreshed{}, err
	}
	r.out.Version, err = r.e.done("refreshed", journal.Details{"added": r.out.Added, "superseded": r.out.Superseded, "left_out": r.out.LeftOut})
	return r.out, err
}

type refresh struct {
	e      editing
	c      *Consolidation
	counts map[originKey]bool // origins that count now
	newest map[string]Origin  // body and period → an origin of the version that counts now
	out    Refreshed
}

// mark notes which origins no longer count, and which do again.
func (r *refresh) mark() error {
	for i := range r.c.Groups {
		for j := range r.c.Groups[i].Paragraphs {
			p := &r.c.Groups[i].Paragraphs[j]
			for k := range p.Origins {
				o := &p.Origins[k]
				why := ""
				if !r.counts[o.key()] {
					why = r.why(*o)
				}
				if why == o.Superseded {
					continue
				}
				if why == "" {
					r.out.Again++
				} else if o.Superseded == "" {
					r.out.Superseded++
				}
				o.Superseded = why
				if _, err := r.e.tx.Exec(`
update consolidation_origin set superseded = ?
where paragraph = ? and submission = ? and section = ? and sector = ? and n = ?`, why, p.ID, o.Submission, o.Section, o.Sector, o.N); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *refresh) why(o Origin) string {
	newer, ok := r.newest[o.Body+" "+o.Period.String()]
	if ok && newer.Submission == o.Submission {
		return "Ban đang đề nghị bổ sung đoạn này."
	}
	if ok {
		return fmt.Sprintf("Báo cáo đã được thay bằng bản %d.", newer.Version)
	}
	return "Báo cáo không còn được nhận."
}

// bring puts in what is new: as a further origin of a paragraph that says the same, or as a paragraph behind the last
// one of its body.
func (r *refresh) bring(now Consolidation) error {
	known := make(map[originKey]bool)
	says := make(map[string]*Paragraph) // heading, sector, body and folded text as the agency wrote it
	for i := range r.c.Groups {
		for j := range r.c.Groups[i].Paragraphs {
			p := &r.c.Groups[i].Paragraphs[j]
			for _, o := range p.Origins {
				known[o.key()] = true
				says[o.Section+"\x00"+o.Sector+"\x00"+o.Body+"\x00"+fold.Fold(o.Text)] = p
			}
		}
	}
	ids, err := org.Codes(r.e.tx)
	if err != nil {
		return err
	}
	bodies, err := org.Names(r.e.tx, r.c.Period.Last())
	if err != nil {
		return err
	}
	sorts := make(map[string]int, len(bodies))
	for _, b := range bodies {
		sorts[b.Code] = b.Sort
	}
	origins := insertion{tx: r.e.tx, into: "consolidation_origin (paragraph, submission, section, sector, n, consolidation, body, period, version, text, superseded)", columns: 11}
	for _, g := range now.Groups {
		for _, p := range g.Paragraphs {
			fresh := slices.DeleteFunc(slices.Clone(p.Origins), func(o Origin) bool { return known[o.key()] })
			if len(fresh) == 0 {
				continue
			}
			if same := says[g.Section+"\x00"+g.Sector+"\x00"+fresh[0].Body+"\x00"+fold.Fold(p.Text)]; same != nil {
				for _, o := range fresh {
					origins.add(same.ID, o.Submission, o.Section, o.Sector, o.N, r.c.ID, ids[o.Body], o.Period, o.Version, o.Text, "")
					same.Origins = append(same.Origins, o)
				}
				continue
			}
			p.Origins = fresh
			add := placed{&p, g.Section, g.Sector, 0}
			if err := insertParagraphs(r.e.tx, r.c.ID, []*placed{&add}); err != nil {
				return err
			}
			at := r.behind(g, fresh[0].Body, sorts)
			if err := r.e.arrange(p.ID, g.Section, g.Sector, at); err != nil {
				return err
			}
			r.insert(g, p, at)
			r.out.Added++
		}
	}
	return origins.flush()
}

// behind finds the place in the office's order of bodies: behind the last paragraph of this body or of one before it.
func (r *refresh) behind(g Group, code string, sorts map[string]int) any {
	var last, first db.ID
	for _, group := range r.c.Groups {
		if group.Section != g.Section || group.Sector != g.Sector {
			continue
		}
		for _, p := range group.Paragraphs {
			if first == "" {
				first = p.ID
			}
			if len(p.Origins) > 0 && sorts[p.Origins[0].Body] <= sorts[code] {
				last = p.ID
			}
		}
	}
	if last == "" && first != "" {
		return putBefore{first}
	}
	return putAfter{last}
}

// insert keeps the copy in memory in the same order, for the next new paragraph.
func (r *refresh) insert(g Group, p Paragraph, where any) {
	for i := range r.c.Groups {
		if group := &r.c.Groups[i]; group.Section == g.Section && group.Sector == g.Sector {
			at := len(group.Paragraphs)
			for j, other := range group.Paragraphs {
				if w, ok := where.(putBefore); ok && other.ID == w.id {
					at = j
				}
				if w, ok := where.(putAfter); ok && other.ID == w.id {
					at = j + 1
				}
			}
			group.Paragraphs = slices.Insert(group.Paragraphs, at, p)
			return
		}
	}
	r.c.Groups = append(r.c.Groups, Group{Section: g.Section, Sector: g.Sector, Paragraphs: []Paragraph{p}})
}

// leaveOut drops untouched paragraphs that nothing supports any more.
func (r *refresh) leaveOut() error {
	for _, g := range r.c.Groups {
		for _, p := range g.Paragraphs {
			if p.State != ParagraphKept || p.EditedBy != "" || len(p.Origins) == 0 {
				continue
			}
			if slices.ContainsFunc(p.Origins, func(o Origin) bool { return o.Superseded == "" }) {
				continue
			}
			if _, err := r.e.tx.Exec("update consolidation_paragraph set state = ?, reason = ? where id = ?",
				ParagraphDropped, p.Origins[len(p.Origins)-1].Superseded, p.ID); err != nil {
				return err
			}
			r.out.LeftOut++
		}
	}
	return nil
}
