package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/figure"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/org"
)

// LabelKind says what a word of a table names.
type LabelKind string

// A table has the one in its columns and the other in its rows.
const (
	LabelIndicator LabelKind = "indicator"
	LabelBody      LabelKind = "body"
)

// LeftOut is what a label means whose column or row is not taken.
const LeftOut = "-"

// TableLabel is a name of a column or row of somebody else's table, and what it means: the code of an indicator or body, or
// LeftOut. Known ones are such by their name, or were chosen before; for others Means is only proposed, "" for nothing near.
type TableLabel struct {
	Kind  LabelKind
	Text  string
	Means string
	Known bool
}

// labels knows names: what was chosen in this form, what was chosen before, and what things are called here.
type labels struct {
	form   *Form
	day    calendar.Date
	chosen map[LabelKind]map[string]string
	kept   map[LabelKind]map[string]string
	match  func(string, calendar.Date) (string, bool)
	codes  map[string]db.ID
	names  map[db.ID]org.Body
	met    map[TableLabel]TableLabel // by kind and text
}

func newLabels(tx *db.Tx, by access.Actor, regime Regime, f *Form, day calendar.Date, chosen []TableLabel) (*labels, error) {
	l := &labels{form: f, day: day, chosen: make(map[LabelKind]map[string]string), kept: make(map[LabelKind]map[string]string), met: make(map[TableLabel]TableLabel)}
	for _, one := range chosen {
		put(l.chosen, one.Kind, foldedLabel(one.Text), one.Means)
	}
	var rows []struct {
		Kind  LabelKind `db:"kind"`
		Label string    `db:"label"`
		Means string    `db:"means"`
	}
	if err := tx.Select(&rows, "select kind, label, means from table_label where regime = ?", regime.ID); err != nil {
		return nil, err
	}
	for _, row := range rows {
		put(l.kept, row.Kind, row.Label, cmp.Or(row.Means, LeftOut))
	}
	var err error
	if l.match, err = org.Matcher(tx, by); err != nil {
		return nil, err
	}
	if l.codes, err = org.Codes(tx); err != nil {
		return nil, err
	}
	l.names, err = org.Names(tx, day)
	return l, err
}

func put(m map[LabelKind]map[string]string, kind LabelKind, label, means string) {
	if m[kind] == nil {
		m[kind] = make(map[string]string)
	}
	m[kind][label] = means
}

func foldedLabel(text string) string { return strings.Join(wordsOf(text), " ") }

// usualLabels are names of columns and rows that are no figures, in every office.
var usualLabels = []string{"stt", "tt", "so tt", "so thu tu", "don vi tinh", "dvt", "ghi chu", "cong", "tong", "tong cong", "tong so",
	"toan tinh", "cong toan tinh", "tong cong toan tinh", "tong toan tinh", "tong so toan tinh", "toan khoi", "cong toan khoi", "tong cong toan khoi", "cong chung"}

// of gives what a label means.
func (l *labels) of(kind LabelKind, text string) TableLabel {
	key := TableLabel{Kind: kind, Text: text}
	if known, ok := l.met[key]; ok {
		return known
	}
	one, label := key, foldedLabel(text)
	one.Known = true
	if means, ok := l.kept[kind][label]; ok && l.there(kind, means) {
		one.Means = means
	} else if one.Means = l.named(kind, text, label); one.Means == "" {
		one.Known, one.Means = false, cmp.Or(l.byPart(kind, text), l.near(kind, text))
	}
	if means, ok := l.chosen[kind][label]; ok && l.there(kind, means) {
		one.Means = means
	}
	l.met[key] = one
	return one
}

// there reports whether a code still names something a figure can be entered for.
func (l *labels) there(kind LabelKind, means string) bool {
	if means == LeftOut {
		return true
	}
	if kind == LabelBody {
		_, ok := l.codes[means]
		return ok
	}
	return l.form.slotOf(means) >= 0
}

// named is what a label means by the words that are used here, "" for nothing or for several things.
func (l *labels) named(kind LabelKind, text, label string) string {
	if label == "" || slices.Contains(usualLabels, label) {
		return LeftOut
	}
	if kind == LabelBody {
		if _, ok := l.codes[text]; ok {
			return text
		}
		code, _ := l.match(text, l.day)
		return code
	}
	found := ""
	for _, in := range l.form.Indicators {
		if in.Code == text {
			return l.taken(in)
		}
		if foldedLabel(in.Name) == label {
			if found != "" {
				return ""
			}
			found = l.taken(in)
		}
	}
	return found
}

// taken leaves a computed figure out: it comes out of the others.
func (l *labels) taken(in Indicator) string {
	if in.Aggregation == Ratio {
		return LeftOut
	}
	return in.Code
}

// byPart proposes what the column itself is called, or its group where the column only says that it holds what was done.
func (l *labels) byPart(kind LabelKind, text string) string {
	at := strings.LastIndex(text, groupMark)
	if at < 0 {
		return ""
	}
	group, own := text[:at], text[at+len(groupMark):]
	means := l.named(kind, own, foldedLabel(own))
	if (means == "" || means == LeftOut) && slices.Contains(doneHeads, figure.Lower(own)) {
		means = l.named(kind, group, foldedLabel(group))
	}
	if means == LeftOut || means == "" || speaksOfOthers(text, l.nameOf(kind, means)) {
		return ""
	}
	return means
}

// doneHeads are names of columns that hold what was done in the period.
var doneHeads = []string{"thực hiện", "kỳ này", "kết quả", "kết quả thực hiện", "trong kỳ", "số liệu", "số lượng"}

// speaksOfOthers reports whether a label names a plan, another period or a comparison, which the name here does not.
func speaksOfOthers(label, name string) bool {
	label, name = figure.Lower(label), figure.Lower(name)
	return slices.ContainsFunc(otherHeads, func(word string) bool { return strings.Contains(label, word) && !strings.Contains(name, word) })
}

func (l *labels) nameOf(kind LabelKind, code string) string {
	if kind == LabelBody {
		return l.names[l.codes[code]].Name
	}
	in, _ := l.form.Indicator(code)
	return in.Name
}

// near proposes what shares most words with a label: at least half of all words of both.
func (l *labels) near(kind LabelKind, text string) string {
	best, share, words := "", 0.5, wordsOf(text)
	try := func(code, name string) {
		if s := sharedWords(words, wordsOf(name)); (s > share || s == share && best == "") && !speaksOfOthers(text, name) {
			best, share = code, s
		}
	}
	if kind == LabelBody {
		for _, code := range slices.Sorted(maps.Keys(l.codes)) {
			if b, ok := l.names[l.codes[code]]; ok {
				try(code, b.Name)
			}
		}
		return best
	}
	for _, in := range l.form.Indicators {
		if in.Aggregation != Ratio {
			try(in.Code, in.Name)
		}
	}
	return best
}

// sharedWords is which part of the words of two names both have.
func sharedWords(a, b []string) float64 {
	both := 0
	for _, word := range a {
		if slices.Contains(b, word) {
			both++
		}
	}
	if len(a)+len(b) == both {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// asked lists the labels that somebody must confirm or has just confirmed, in the order of the table.
func (l *labels) asked(order []TableLabel) (all []TableLabel, open bool) {
	for _, key := range order {
		one := l.met[TableLabel{Kind: key.Kind, Text: key.Text}]
		if one.Known {
			continue
		}
		all = append(all, one)
		if _, chosen := l.chosen[one.Kind][foldedLabel(one.Text)]; !chosen || one.Means == "" {
			open = true
		}
	}
	return all, open
}

// keepLabels remembers what was chosen for a file that is entered now.
func (im *Import) keepLabels(tx *db.Tx, by access.Actor) error {
	if len(im.labels) == 0 {
		return nil
	}
	for _, one := range im.labels {
		means := one.Means
		if means == LeftOut {
			means = ""
		}
		if _, err := tx.Exec(`
insert into table_label (regime, kind, label, means, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?)
on conflict (regime, kind, label) do update set means = excluded.means, at = excluded.at, by_actor = excluded.by_actor, by_name = excluded.by_name`,
			im.Regime.ID, one.Kind, foldedLabel(one.Text), means, tx.Now(), by.Key(), by.Name); err != nil {
			return err
		}
	}
	_, err := journal.Write(tx, by, "labels_kept", journal.Subject{Kind: "regime", ID: im.Regime.ID}, journal.Details{"labels": len(im.labels), "file": im.File})
	return err
}
