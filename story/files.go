package story

import (
	"encoding/json"
	"strings"

	"giaoban/conference"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/official"
	"giaoban/paper"
)

// File is one file that a story leaves.
type File struct {
	Name string
	Body []byte
}

// Written is a paper as a Word file of that name and, beside it, as a PDF. It does not bear the journal's head, which
// covers salts of chance: a story leaves the same bytes each time.
func Written(name string, d official.Document) ([]File, error) {
	d.Proof = ""
	var files []File
	for _, ending := range []string{"docx", "pdf"} {
		written, err := paper.File(d, name, ending, official.HTMLOptions{})
		if err != nil {
			return nil, err
		}
		files = append(files, File{strings.TrimSuffix(name, "docx") + ending, written.Body})
	}
	return files, nil
}

// Files are the papers of a story as Word files and PDFs, and what happened at its conference.
func (p Played) Files(tx *db.Tx) ([]File, error) {
	if p.Conference == "" {
		files, err := p.programmeFiles(tx)
		if err != nil {
			return nil, err
		}
		happened, err := p.EventFile(tx, map[paper.Kind]string{paper.BaoCao: "tong-ket.docx"})
		return append(files, happened), err
	}
	names := map[paper.Kind]string{paper.BaoCao: "bao-cao.docx", paper.GiayMoi: "giay-moi.docx",
		paper.ThongBao: "thong-bao-ket-luan.docx"}
	written, err := p.papers(tx)
	if err != nil {
		return nil, err
	}
	var all []File
	for _, one := range written {
		d, err := paper.Document(tx, p.Officer, one.ID)
		if err != nil {
			return nil, err
		}
		files, err := Written(names[one.Kind], d)
		if err != nil {
			return nil, err
		}
		all = append(all, files...)
	}
	happened, err := p.EventFile(tx, names)
	return append(all, happened), err
}

// EventFile is su-kien.json. names are the files that were left, by kind of paper.
func (p Played) EventFile(tx *db.Tx, names map[paper.Kind]string) (File, error) {
	e, err := p.Event(tx, names)
	if err != nil {
		return File{}, err
	}
	body, err := json.MarshalIndent(e, "", "  ")
	return File{"su-kien.json", append(body, '\n')}, err
}

// papers are the report, the invitation and the notice: in the order in which they came out.
func (p Played) papers(tx *db.Tx) ([]paper.Paper, error) {
	c, err := consolidation.Find(tx, p.Officer, p.Regime, p.Period)
	if err != nil {
		return nil, err
	}
	report, err := paper.Find(tx, p.Officer, c.Paper)
	if err != nil {
		return nil, err
	}
	invitation, notice, err := conference.Papers(tx, p.Officer, p.Conference)
	return []paper.Paper{report, invitation, notice}, err
}
