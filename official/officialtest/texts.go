// Package officialtest giữ kho mẫu dấu mật: the texts and files, marked and innocent, by which the readers of secret marks are
// measured.
package officialtest

import (
	_ "embed"
	"strconv"
	"strings"
)

// Marked is a text with the degree of its mark: 1 to 3, Mật to Tuyệt mật.
type Marked struct {
	Degree int
	Text   string
}

//go:embed marked.txt
var marked string

//go:embed innocent.txt
var innocent string

// MarkedTexts are texts that bear a mark.
func MarkedTexts() (all []Marked) {
	for _, line := range lines(marked) {
		degree, text, _ := strings.Cut(line, "=")
		n, err := strconv.Atoi(degree)
		if err != nil {
			panic(err)
		}
		all = append(all, Marked{n, text})
	}
	return all
}

// InnocentTexts say the word without being marked.
func InnocentTexts() []string { return lines(innocent) }

// lines gives the lines of a corpus, \n and \u undone.
func lines(corpus string) (all []string) {
	for line := range strings.Lines(corpus) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(line, `"`, `\"`) + `"`)
		if err != nil {
			panic(err)
		}
		all = append(all, text)
	}
	return all
}
