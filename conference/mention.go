package conference

import (
	"giaoban/access"
	"giaoban/directive"
	"giaoban/internal/db"
)

// mentionConclusions notes the documents that the conclusions refer to, once the conference has closed.
func mentionConclusions(tx *db.Tx, by access.Actor, b Conference, all []Conclusion) error {
	texts := make([]directive.Text, 0, 2*len(all))
	for _, c := range all {
		texts = append(texts, directive.Text{Source: c.Node(), Text: c.Words}, directive.Text{Source: c.Node(), Field: "căn cứ", Text: c.ForcePaper})
	}
	return directive.MentionAll(tx, by, texts)
}
