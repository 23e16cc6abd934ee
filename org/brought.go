package org

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fold"
)

// Tidied is a body's name as a list should have it: the word for its kind once ("Xã xã Vạn Thắng"), with a capital.
func Tidied(name string) string {
	words := strings.Fields(fold.Tidy(name))
	for n := 3; n > 0; n-- {
		if len(words) > 2*n && strings.EqualFold(strings.Join(words[:n], " "), strings.Join(words[n:2*n], " ")) {
			words = slices.Delete(words, n, 2*n)
		}
	}
	if len(words) == 0 {
		return ""
	}
	first := []rune(words[0])
	first[0] = unicode.ToUpper(first[0])
	words[0] = string(first)
	return strings.Join(words, " ")
}

// KindByName guesses what a body is from the first words of its name.
func KindByName(name string) Kind {
	folded := fold.Fold(name)
	starts := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(folded, w+" ") })
	}
	switch {
	case starts("xa", "phuong", "thi tran", "dac khu"):
		return Commune
	case starts("so"):
		return Department
	case starts("ban can su", "dang bo", "dang uy", "thanh uy", "huyen uy", "thi uy"):
		return PartyCommittee
	case starts("ban tuyen giao", "ban xay dung dang"):
		return LowerCommission
	}
	return Agency
}

// CodeFor makes a code of a name: the first letters of its words, or of the symbol its papers bear, without marks; with a
// number where it is taken.
func CodeFor(name, symbol string, taken func(code string) bool) string {
	var code strings.Builder
	if symbol == "" {
		for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }) {
			folded := []rune(strings.ToUpper(fold.Fold(word)))
			if unicode.IsNumber(folded[0]) {
				code.WriteString(string(folded)) // Phường 10
			} else if word := string(folded); word != "VA" {
				code.WriteRune(folded[0])
			}
		}
	} else {
		for _, r := range strings.ToUpper(fold.Fold(symbol)) {
			if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsNumber(r) || r == '-') {
				code.WriteRune(r)
			}
		}
	}
	base := code.String()
	if base == "" {
		base = "CQ"
	}
	for n := 1; ; n++ {
		code := base
		if n > 1 {
			code = base + "-" + strconv.Itoa(n)
		}
		if !taken(code) {
			return code
		}
	}
}

// Directory knows every body by every name, to tell what a list brings again. Names that differ in nothing but capitals,
// blanks and where a mark stands (hoà, hòa) are one; names that differ in a mark are two, unless one was typed without any.
type Directory struct {
	byName   map[string]Body
	byFolded map[string][]Body
	byCode   map[string]Body
	codes    map[string]db.ID
}

// LoadDirectory loads the bodies that exist on a day with their names, short names and aliases.
func LoadDirectory(tx *db.Tx, by access.Actor, day calendar.Date) (*Directory, error) {
	all, err := At(tx, by, day)
	if err != nil {
		return nil, err
	}
	d := &Directory{byName: make(map[string]Body), byFolded: make(map[string][]Body), byCode: make(map[string]Body)}
	if d.codes, err = Codes(tx); err != nil {
		return nil, err
	}
	var aliases []struct {
		Body  db.ID  `db:"body"`
		Alias string `db:"alias"`
	}
	if err := tx.Select(&aliases, `
select body, alias
from body_alias
where (valid_from is null or valid_from <= ?)
  and (valid_to is null or valid_to >= ?)`, day, day); err != nil {
		return nil, err
	}
	byID := make(map[db.ID]Body, len(all))
	for _, b := range all {
		byID[b.ID], d.byCode[strings.ToUpper(fold.Fold(b.Code))] = b, b
		d.Add(b, b.Name, b.ShortName)
	}
	for _, a := range aliases {
		if b, ok := byID[a.Body]; ok {
			d.Add(b, a.Alias)
		}
	}
	return d, nil
}

// Add notes names of a body; the first body to bear a name keeps it.
func (d *Directory) Add(b Body, names ...string) {
	for _, name := range names {
		key, folded := fold.SortKey(name), spellingKey(name)
		if key == "" {
			continue
		}
		if _, ok := d.byName[key]; !ok {
			d.byName[key] = b
		}
		if !slices.ContainsFunc(d.byFolded[folded], func(other Body) bool { return other.ID == b.ID }) {
			d.byFolded[folded] = append(d.byFolded[folded], b)
		}
	}
	if _, ok := d.codes[b.Code]; !ok && b.Code != "" {
		d.codes[b.Code] = b.ID
	}
}

// Named finds the one body that a name means; like is one whose name differs in marks only.
func (d *Directory) Named(name string) (b Body, ok bool, like string) {
	if b, ok = d.byName[fold.SortKey(name)]; ok {
		return b, true, ""
	}
	near := d.byFolded[spellingKey(name)]
	switch {
	case len(near) == 0:
		return Body{}, false, ""
	case len(near) == 1 && unmarked(name):
		return near[0], true, ""
	}
	return Body{}, false, near[0].Name
}

// Find finds a body by any of its names or by its code, as whoever refers to it may write.
func (d *Directory) Find(name string) (Body, bool) {
	if b, ok, _ := d.Named(name); ok {
		return b, true
	}
	if b, ok := d.byCode[strings.ToUpper(fold.Fold(name))]; ok {
		return b, true
	}
	if near := d.byFolded[spellingKey(name)]; len(near) == 1 {
		return near[0], true
	}
	return Body{}, false
}

// Taken reports whether a code belongs to a body that exists or existed.
func (d *Directory) Taken(code string) bool { _, ok := d.codes[code]; return ok }

// unmarked reports whether a name was typed without Vietnamese marks.
func unmarked(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsMark(r)) })
}
