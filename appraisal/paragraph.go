package appraisal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"giaoban/document"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// Paragraph is one paragraph, item or row of a frozen version. Its key is made of its words, so that it is the same
// wherever in the draft these stand.
type Paragraph struct {
	Key    string        `json:"key"`
	Kind   document.Kind `json:"kind"`
	Level  int           `json:"level,omitempty"`
	Number string        `json:"number,omitempty"` // as printed, not part of the text
	Text   string        `json:"text"`
	Cells  []string      `json:"cells,omitempty"` // of a row
	bare   string
}

// Words are what is read of the paragraph: the cells of a row with a stroke between.
func (p Paragraph) Words() string {
	if p.Kind == document.Row {
		return strings.Join(p.Cells, " | ")
	}
	return p.Text
}

// frozen are the paragraphs of a draft as read: what was inserted is in it, what was struck is not.
func frozen(d document.Document) []Paragraph {
	var all []Paragraph
	for _, b := range d.Accepted() {
		if strings.TrimSpace(b.Text) == "" {
			continue
		}
		all = append(all, Paragraph{Kind: b.Kind, Level: b.Level, Number: b.Number, Text: b.Text, Cells: b.Cells})
	}
	return keyed(all)
}

// keyed gives paragraphs their keys. Those that read the same are counted.
func keyed(all []Paragraph) []Paragraph {
	seen := make(map[string]int)
	for i := range all {
		all[i].bare = bare(all[i].Words())
		sum := sha256.Sum256([]byte(all[i].bare))
		key := hex.EncodeToString(sum[:6])
		if seen[key]++; seen[key] > 1 {
			key += fmt.Sprintf("-%d", seen[key])
		}
		all[i].Key = key
	}
	return all
}

// readParagraphs reads what pack wrote.
func readParagraphs(text string) (all []Paragraph, err error) {
	if err = json.Unmarshal([]byte(text), &all); err != nil {
		return nil, fmt.Errorf("đọc dự thảo: %w", err)
	}
	for i := range all {
		all[i].bare = bare(all[i].Words())
	}
	return all, nil
}

func packParagraphs(all []Paragraph) (string, error) {
	text, err := json.Marshal(all)
	return string(text), err
}

var label = pattern.Of(`^(?:(?:[IVXLC]{1,7}|[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}|[a-zđ])[.)]|Điều [0-9]{1,3}\.|[-–+•*])\s+`)

// bare is a text by which two writings of one paragraph are the same: no blanks, no number before it, no mark behind it.
func bare(text string) string {
	text = label().ReplaceAllString(strings.TrimSpace(fold.Clean(text)), "")
	return strings.TrimRight(strings.Join(strings.Fields(text), ""), ".;:,/")
}
