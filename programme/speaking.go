package programme

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/report"
	"giaoban/task"
)

func sectorCodes() (codes []string) {
	for _, s := range directive.AllSectors {
		codes = append(codes, s.Code)
	}
	return codes
}

func modeFor(tx *db.Tx, by access.Actor, lead db.ID) (task.Mode, error) {
	b, err := org.Find(tx, by, lead, day(tx))
	return task.ModeFor(b.Kind), err
}

// citedBy are the documents of the register that a text cites, as far as each is certain.
func citedBy(tx *db.Tx, by access.Actor, text string) ([]directive.Directive, error) {
	refs := citation.Find(text)
	if len(refs) == 0 {
		return nil, nil
	}
	resolved, err := directive.Resolve(tx, by, refs)
	if err != nil {
		return nil, err
	}
	var ids []db.ID
	for _, r := range resolved {
		if id := r.Meant(); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return directive.Among(tx, by, ids)
}

// finder proposes the line that a paragraph speaks of: by the documents both cite, else by pairs of syllables they share. What
// more than a third of the lines say tells nothing.
type finder struct {
	lines   []Line
	pairs   []map[string]bool // of each line, without what is common
	symbols []map[string]bool
}

const (
	leastShared = 3 // pairs of syllables
	leastPart   = 4 // one in so many of the line's own pairs
)

func finderOf(lines []Line) *finder {
	f := &finder{lines: lines}
	count := make(map[string]int)
	for _, l := range lines {
		pairs, _ := pairsOf(l.Words)
		f.pairs, f.symbols = append(f.pairs, pairs), append(f.symbols, symbolsOf(l.Words))
		for pair := range pairs {
			count[pair]++
		}
	}
	for _, pairs := range f.pairs {
		for pair := range pairs {
			if count[pair] > 2 && 3*count[pair] > len(lines) {
				delete(pairs, pair)
			}
		}
	}
	return f
}

func symbolsOf(text string) map[string]bool {
	symbols := make(map[string]bool)
	for _, r := range citation.Find(text) {
		if r.Symbol != "" {
			symbols[r.Symbol] = true
		}
	}
	return symbols
}

// spelt is how a pair stands in a text, and where: its place among the others.
type spelt struct {
	words string
	at    int
}

// pairsOf are the pairs of neighbouring syllables, folded, and how each is written; figures are no syllables.
func pairsOf(text string) (map[string]bool, map[string]spelt) {
	pairs, written := make(map[string]bool), make(map[string]spelt)
	words := strings.FieldsFunc(fold.Clean(text), func(r rune) bool { return strings.ContainsRune(" \t\n,;:.()“”\"'/-–…", r) })
	for i := 1; i < len(words); i++ {
		pair := fold.Fold(words[i-1]) + " " + fold.Fold(words[i])
		if !pairs[pair] && !strings.ContainsAny(pair, "0123456789") {
			pairs[pair], written[pair] = true, spelt{words[i-1] + " " + words[i], i}
		}
	}
	return pairs, written
}

// best is the line that a text speaks of, with the words for which it is proposed; no line when none, or two as much as each other.
func (f *finder) best(text string, fits func(Line) bool) (at int, why string, ok bool) {
	symbols := symbolsOf(text)
	pairs, written := pairsOf(text)
	most, second := 0, 0
	for i, l := range f.lines {
		if l.EndedAt != 0 || !fits(l) {
			continue
		}
		score, cited := 0, ""
		for symbol := range f.symbols[i] {
			if symbols[symbol] && (cited == "" || symbol < cited) {
				score, cited = 1000, symbol
			}
		}
		var shared []string
		for pair := range f.pairs[i] {
			if pairs[pair] {
				shared = append(shared, pair)
			}
		}
		if len(shared) >= leastShared && leastPart*len(shared) >= len(f.pairs[i]) || cited != "" {
			score += len(shared)
		}
		if score <= most {
			second = max(second, score)
			continue
		}
		second, most, at = most, score, i
		slices.SortFunc(shared, func(a, b string) int { return written[a].at - written[b].at })
		var words []string
		for _, pair := range shared[:min(len(shared), 6)] {
			words = append(words, written[pair].words)
		}
		why = strings.Join(words, ", ")
		if cited != "" {
			why = strings.Trim("cùng viện dẫn "+cited+"; "+why, "; ")
		}
	}
	return at, why, most > 0 && most > second
}

// Speaking is a paragraph of an accepted report that may speak of a line, nobody having said so yet.
type Speaking struct {
	Decision
	Body   db.ID
	Period calendar.Period
	Words  string
	Of     Line
}

// MostProposed is how many paragraphs one page proposes.
const MostProposed = 200

// Propose looks through the accepted reports of a year for paragraphs that speak of a line, from the bodies that the line names, or
// whoever answers for their work now. Nothing is kept; more tells that there are others.
func Propose(tx *db.Tx, by access.Actor, id db.ID, year int) (all []Speaking, more bool, err error) {
	p, err := keeping(tx, by, id)
	if err != nil {
		return nil, false, err
	}
	lines, err := linesOf(tx, p.ID)
	if err != nil {
		return nil, false, err
	}
	var decided []struct {
		Record db.ID  `db:"record"`
		Place  string `db:"place"`
	}
	if err := tx.Select(&decided, "select record, place from programme_evidence where programme = ? and kind = 'submission'", p.ID); err != nil {
		return nil, false, err
	}
	known := make(map[string]bool, len(decided))
	for _, d := range decided {
		known[string(d.Record)+d.Place] = true
	}
	parties, err := partiesOf(tx, p.ID)
	if err != nil {
		return nil, false, err
	}
	names, err := fieldBodies(tx, by, lines, parties)
	if err != nil {
		return nil, false, err
	}
	find := finderOf(lines)
	err = eachParagraph(tx, by, year, func(c report.Counted, section, sector string, n int, words string) {
		if section == report.SectionProposals || len(all) > MostProposed {
			return
		}
		place := placeOf(section, sector, n)
		if known[string(c.Submission)+place] {
			return
		}
		at, why, ok := find.best(words, func(l Line) bool { return names[l.ID][c.Body.ID] })
		if ok {
			all = append(all, Speaking{Decision{c.Submission, place, lines[at].ID, true, why}, c.Body.ID, c.Period, words, lines[at]})
		}
	})
	if len(all) > MostProposed {
		all, more = all[:MostProposed], true
	}
	return all, more, err
}

// fieldBodies are, by line, the bodies it names, or all parties where it names none, and those that answer for their work today.
func fieldBodies(tx *db.Tx, by access.Actor, lines []Line, parties []Party) (map[db.ID]map[db.ID]bool, error) {
	descent, err := org.DescentTo(tx, by, day(tx))
	if err != nil {
		return nil, err
	}
	names := make(map[db.ID]map[db.ID]bool, len(lines))
	for _, l := range lines {
		names[l.ID] = make(map[db.ID]bool)
		bodies := l.Bodies()
		if len(bodies) == 0 {
			for _, party := range parties {
				bodies = append(bodies, party.Body)
			}
		}
		for _, body := range bodies {
			names[l.ID][body] = true
			for _, heir := range descent.HeirsFor(body, l.Words, descent.FunctionsOf(l.Sector, l.SectorName())...) {
				names[l.ID][heir] = true
			}
		}
	}
	return names, nil
}

// eachParagraph goes through the accepted reports of the periods that end in a year.
func eachParagraph(tx *db.Tx, by access.Actor, year int, visit func(c report.Counted, section, sector string, n int, words string)) error {
	regimes, err := report.Regimes(tx, by)
	if err != nil {
		return err
	}
	for _, r := range regimes {
		openings, err := report.Openings(tx, by, r.ID)
		if err != nil {
			return err
		}
		var periods []calendar.Period
		for _, o := range openings {
			if o.Period.Last().Year() == year {
				periods = append(periods, o.Period)
			}
		}
		if len(periods) == 0 {
			continue
		}
		all, err := report.CountedTexts(tx, r, periods, report.Accepted)
		if err != nil {
			return err
		}
		for _, c := range all {
			sections, err := c.Sections()
			if err != nil {
				return err
			}
			for _, part := range sections {
				for i, words := range part.Paragraphs {
					visit(c, part.Section, part.Sector, i+1, words)
				}
			}
		}
	}
	return nil
}

// headOf are the headings a paragraph stands under: those of its part and of its sector.
func headOf(f *report.Form, section, sector string) string {
	head := ""
	for _, s := range f.Sections {
		if s.Code == section {
			head = s.Name
		}
	}
	for _, s := range f.Sectors {
		if s.Code == sector {
			head += " / " + s.Name
		}
	}
	return head
}

// Said is what a party wrote of the cooperation itself in its report of a year.
type Said struct {
	Body       db.ID
	Submission db.ID
	Period     calendar.Period
	Words      string
}

// SelfAssessments are the paragraphs of the parties' yearly reports that stand under a heading of cooperation (công tác phối hợp).
func SelfAssessments(tx *db.Tx, by access.Actor, id db.ID, year int) (all []Said, err error) {
	if _, err = keeping(tx, by, id); err != nil {
		return nil, err
	}
	parties, err := partiesOf(tx, id)
	if err != nil {
		return nil, err
	}
	err = eachParagraph(tx, by, year, func(c report.Counted, section, sector string, _ int, words string) {
		of := slices.ContainsFunc(parties, func(p Party) bool { return p.Body == c.Body.ID })
		if of && c.Period.Kind() == calendar.Year && strings.Contains(fold.Fold(headOf(c.Form, section, sector)), "phoi hop") {
			all = append(all, Said{c.Body.ID, c.Submission, c.Period, words})
		}
	})
	return all, err
}
