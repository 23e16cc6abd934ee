package story_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"giaoban/archive"
	"giaoban/document"
	"giaoban/internal/dbtest"
	"giaoban/internal/fold"
	"giaoban/internal/officetest"
	"giaoban/story"
)

// What the rooms wrote is read back as the archive reads anybody's paper: the notice of a story holds each of its conclusions,
// in the list of its kind, and no other.
func TestTheNoticeOfAStoryIsReadBack(t *testing.T) {
	officetest.Needs(t, document.PDFReader)
	for _, name := range story.Names()[1:] {
		if name == ofAProgramme {
			continue // it has no notice
		}
		files := play(t, dbtest.Engines(t)[0], name)
		var e story.Event
		if err := json.Unmarshal(files["su-kien.json"], &e); err != nil {
			t.Fatal(err)
		}
		for _, ending := range []string{"docx", "pdf"} {
			p, err := archive.Read(t.Context(), "thong-bao."+ending, files["thong-bao-ket-luan."+ending], nil)
			if err != nil {
				t.Fatal(err)
			}
			if p.Paper != "thong-bao" || len(p.Signers) == 0 {
				t.Errorf("%s.%s: %s, signed by %v", name, ending, p.Paper, p.Signers)
			}
			lists := map[string][]string{"guidance": textsOf(p.Guidance), "shortcoming": textsOf(p.Shortcomings)}
			for _, one := range p.Tasks {
				lists["task"] = append(lists["task"], fold.Fold(one.Value))
			}
			lists["request"] = lists["task"]
			concluded := 0
			for _, c := range e.Conclusions {
				if c.Kind != "shortcoming" {
					concluded++
				}
				words := fold.Fold(strings.TrimRight(string(c.Text), ". "))
				if !slices.ContainsFunc(lists[string(c.Kind)], func(s string) bool { return strings.HasPrefix(s, words) }) {
					t.Errorf("%s.%s: %s “%s” is not among %q", name, ending, c.Kind, c.Text, lists[string(c.Kind)])
				}
			}
			if len(p.Conclusions) != concluded {
				t.Errorf("%s.%s: %d conclusions were written, %d are read: %q", name, ending, concluded, len(p.Conclusions), textsOf(p.Conclusions))
			}
		}
	}
}

func textsOf(items []archive.Item) (texts []string) {
	for _, one := range items {
		texts = append(texts, fold.Fold(one.Value))
	}
	return texts
}
