package web

import (
	"net/http"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/people"
	"giaoban/report"
)

// printSubmission is the body's own report on paper: State bodies under Nghị định 30, Party bodies under the guidance of
// the day.
func (s *site) printSubmission(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	file, err := submissionFile(tx, by, db.ID(r.PathValue("submission")), "html")
	return Reply{Paper: string(file.Body)}, err
}

// downloadSubmission gives the same as a file, for Word or to be signed.
func (s *site) downloadSubmission(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	file, err := submissionFile(tx, by, db.ID(r.PathValue("submission")), r.PathValue("format"))
	return downloaded(file), err
}

func submissionFile(tx *db.Tx, by access.Actor, id db.ID, format string) (paper.Rendered, error) {
	sub, err := report.FindSubmission(tx, by, id)
	if err != nil {
		return paper.Rendered{}, err
	}
	regime, err := report.RegimeByID(tx, by, sub.RegimeID)
	if err != nil {
		return paper.Rendered{}, err
	}
	d, err := submissionPaper(tx, by, sub, regime)
	if err != nil {
		return paper.Rendered{}, err
	}
	return paper.File(d, "bao cao "+sub.Body.Code+" "+regime.Code+" "+sub.Period.String(), format, official.HTMLOptions{})
}

// submissionPaper dresses the report as its body's paper of its day: below its governing body, signed by the post of who
// signed it or of the head.
func submissionPaper(tx *db.Tx, by access.Actor, sub report.Submission, regime report.Regime) (official.Document, error) {
	day := sub.Original.Date
	if day.IsZero() {
		day = calendar.OfInstant(sub.At.Time())
	}
	body, err := org.Find(tx, by, sub.Body.ID, day)
	if err != nil {
		return official.Document{}, err
	}
	family := official.State
	if body.Kind.OfParty() {
		family = official.Party
	}
	profile, err := paper.LayoutFor(tx, family, day)
	if err != nil {
		return official.Document{}, err
	}
	commission, err := org.TheCommission(tx, day)
	if err != nil {
		return official.Document{}, err
	}
	d := paperOf(sub, regime, body, commission, day, profile)
	if d.Place, err = org.PlaceOf(tx, body, day); err != nil {
		return d, err
	}
	if d.Superior, err = paper.Superior(tx, body, day); err != nil {
		return d, err
	}
	d.Issuer = paper.IssuerName(body.Name, d.Superior)
	signers, err := people.Signers(tx, access.System("in báo cáo"), body.ID, day, profile)
	if err != nil {
		return d, err
	}
	d.Signers = []official.Signer{submissionSigner(sub, signers)}
	d.Marks.Banner, err = org.Setting(tx, org.Banner)
	return d, err
}

// submissionSigner is the post of who signed the original or sent the report; of neither, the head's with no name, and
// that of a name that no post has, "Thủ trưởng cơ quan".
func submissionSigner(sub report.Submission, signers []people.Signer) official.Signer {
	for _, name := range []string{sub.Original.Signer, sub.ByName} {
		for _, s := range signers {
			if name != "" && fold.Fold(s.Block.Name) == fold.Fold(name) {
				return s.Block
			}
		}
	}
	if sub.Original.Signer != "" || len(signers) == 0 {
		return official.Signer{Title: "Thủ trưởng cơ quan", Name: sub.Original.Signer}
	}
	return official.Signer{Lines: signers[0].Block.Lines, Title: signers[0].Block.Title}
}

func paperOf(sub report.Submission, regime report.Regime, body, receiver org.Body, day calendar.Date, profile official.Profile) official.Document {
	d := official.BaoCao(profile, strings.TrimPrefix(regime.Name, "Báo cáo ")+", "+sub.Period.Name(), sub.Blocks(body.Name)...)
	d.BodySymbol = body.Symbol
	d.Date = official.DayOf(day.Year(), int(day.Month()), 0)
	if !sub.Original.Date.IsZero() {
		d.Date.D = day.Day()
	}
	if n, _, _ := strings.Cut(sub.Original.Number, "/"); n != "" {
		d.Number = int(wholeNumber(strings.TrimSpace(n)))
	}
	d.Recipients, d.Filing = []string{receiver.Name}, "VT"
	if table, ok := sub.FiguresTable(); ok {
		d.Annexes = append(d.Annexes, official.Annex{Title: "Số liệu " + sub.Period.Name(), Body: []official.Block{table}})
	}
	return d
}
