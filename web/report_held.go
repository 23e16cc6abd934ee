package web

import (
	"io"
	"net/http"

	"giaoban/access"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/report"
)

// heldPage holds the figures of a report against the signed paper behind it.
type heldPage struct {
	Submission report.Submission
	Paper      library.File
	Held       report.HeldFigures
	Trouble    string // why the paper could not be read
}

// heldSubmission reads the paper anew each time: what it says is kept nowhere beside it.
func (s *site) heldSubmission(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	sub, err := report.FindSubmission(tx, by, db.ID(r.PathValue("submission")))
	if err != nil {
		return Reply{}, err
	}
	data := heldPage{Submission: sub, Trouble: "Báo cáo này không kèm bản ký."}
	if sub.Original.File == "" {
		return Reply{Page: "report/held", Data: data}, nil
	}
	data.Trouble = ""
	if data.Paper, err = library.Find(tx, by, sub.Original.File); err != nil {
		return Reply{}, err
	}
	content, err := s.Files.Reader(data.Paper.SHA256)
	if err != nil {
		return Reply{}, err
	}
	defer content.Close()
	whole, err := io.ReadAll(io.LimitReader(content, document.MostBytes+1))
	if err != nil {
		return Reply{}, err
	}
	paper, err := document.Read(tx.Context(), data.Paper.Name, whole)
	switch {
	case err == nil:
		data.Held = sub.HeldAgainst(paper)
	case fault.Of(err) != nil && tx.Context().Err() == nil:
		data.Trouble = err.Error() + " Xin đối chiếu bằng mắt."
	default:
		return Reply{}, err
	}
	return Reply{Page: "report/held", Data: data}, nil
}
