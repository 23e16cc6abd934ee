package org

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fold"
)

//go:embed reference/*.json
var shipped embed.FS

// read fills dest from a shipped file; what we ship is tested, so that a broken file cannot reach a user.
func read(name string, dest any) {
	content, err := shipped.ReadFile("reference/" + name + ".json")
	if err == nil {
		err = json.Unmarshal(content, dest)
	}
	if err != nil {
		panic("org: reference/" + name + ".json: " + err.Error())
	}
}

// catalogue are the shipped functions.
var catalogue = sync.OnceValue(func() []Function {
	var all []Function
	read("functions", &all)
	return all
})

// functionRow is a function the office has added.
type functionRow struct {
	Code   string `db:"code"`
	Name   string `db:"name"`
	Words  string `db:"words"`
	Sector string `db:"sector"`
}

func functionsOf(tx *db.Tx, by access.Actor) ([]Function, error) {
	if err := by.May(access.ReadBodies, by.Body); err != nil {
		return nil, err
	}
	all := slices.Clone(catalogue())
	var own []functionRow
	if err := tx.Select(&own, "select code, name, words, sector from org_function order by code"); err != nil {
		return nil, err
	}
	for _, f := range own {
		all = append(all, Function{Code: f.Code, Name: f.Name, Words: strings.FieldsFunc(f.Words, func(r rune) bool { return r == '\n' }), Sector: f.Sector})
	}
	slices.SortStableFunc(all, func(a, b Function) int { return strings.Compare(fold.SortKey(a.Name), fold.SortKey(b.Name)) })
	return all, nil
}

// spoken is one word or group of words by which a function is known, folded.
type spoken struct {
	words string
	code  string
}

// said are the words of the shipped catalogue, the longest first.
var said = sync.OnceValue(func() []spoken { return spokenOf(catalogue()) })

func spokenOf(functions []Function) []spoken {
	var all []spoken
	for _, f := range functions {
		for _, words := range append([]string{f.Name}, f.Words...) {
			all = append(all, spoken{spellingKey(words), f.Code})
		}
	}
	slices.SortStableFunc(all, func(a, b spoken) int { return len(b.words) - len(a.words) })
	return all
}

func functionsIn(text string) []Function {
	folded := " " + spellingKey(text) + " "
	var codes []string
	for _, s := range said() {
		if !strings.Contains(folded, " "+s.words+" ") {
			continue
		}
		// What longer words have claimed is not claimed again: "giáo dục nghề nghiệp" is not "giáo dục".
		folded = strings.ReplaceAll(folded, " "+s.words+" ", " | ")
		if !slices.Contains(codes, s.code) {
			codes = append(codes, s.code)
		}
	}
	functions := make([]Function, len(codes))
	for i, code := range codes {
		functions[i] = catalogue()[slices.IndexFunc(catalogue(), func(f Function) bool { return f.Code == code })]
	}
	return functions
}
