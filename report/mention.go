package report

import (
	"strings"

	"giaoban/access"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/lineage"
)

// mention notes the documents that an accepted report refers to, section by section.
func (s received) mention(tx *db.Tx, by access.Actor, sent lineage.Node) error {
	if !strings.ContainsAny(s.Sections, "0123456789") { // a reference has a number; most short reports have none
		return nil
	}
	sections, err := readSections(s.Sections)
	if err != nil {
		return err
	}
	texts := make([]directive.Text, len(sections))
	for i, section := range sections {
		texts[i] = directive.Text{Source: sent, Field: section.Section + "/" + section.Sector, Text: strings.Join(section.Paragraphs, "\n")}
	}
	return directive.MentionAll(tx, by, texts)
}
