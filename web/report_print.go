package web

import (
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
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
	var text []official.Block
	if sub.Nil {
		text = append(text, official.Paragraph{Runs: official.Text("Trong kỳ, " + body.Name + " không phát sinh nội dung phải báo cáo.")})
	}
	written := paragraphsBy(sub.Sections)
	for _, section := range sub.Form.Sections {
		headed := false
		for _, sector := range sub.Form.Sectors {
			paragraphs := written[textName(section.Code, sector.Code)]
			if len(paragraphs) == 0 {
				continue
			}
			if !headed {
				text = append(text, official.Heading{Level: 1, Runs: official.Text(sub.Form.SectionTitle(section.Code))})
				headed = true
			}
			if sectorsTold(sub, written) > 1 { // one sector needs no name in every section
				text = append(text, official.Heading{Level: 2, Runs: official.Text(sector.Name)})
			}
			for _, p := range paragraphs {
				text = append(text, official.Paragraph{Runs: official.Text(p)})
			}
		}
	}
	d := official.BaoCao(profile, strings.TrimPrefix(regime.Name, "Báo cáo ")+", "+sub.Period.Name(), text...)
	d.BodySymbol = body.Symbol
	d.Date = official.DayOf(day.Year(), int(day.Month()), 0)
	if !sub.Original.Date.IsZero() {
		d.Date.D = day.Day()
	}
	if n, _, _ := strings.Cut(sub.Original.Number, "/"); n != "" {
		d.Number = int(wholeNumber(strings.TrimSpace(n)))
	}
	d.Recipients, d.Filing = []string{receiver.Name}, "VT"
	if table, ok := annexOf(sub); ok {
		d.Annexes = append(d.Annexes, official.Annex{Title: "Số liệu " + sub.Period.Name(), Body: []official.Block{table}})
	}
	return d
}

// sectorsTold counts the sectors of which the report says anything.
func sectorsTold(sub report.Submission, written map[string][]string) int {
	n := 0
	for _, sector := range sub.Form.Sectors {
		if slices.ContainsFunc(sub.Form.Sections, func(s report.Section) bool { return len(written[textName(s.Code, sector.Code)]) > 0 }) {
			n++
		}
	}
	return n
}

// annexOf is the table of figures of one version.
func annexOf(sub report.Submission) (official.Table, bool) {
	table := official.Table{Columns: []official.Column{{Title: "TT", Width: 6, Align: official.Center}, {Title: "Chỉ tiêu", Width: 54},
		{Title: "Đơn vị", Width: 18}, {Title: "Số liệu", Width: 22, Align: official.Right}}}
	n := 0
	for _, sector := range sub.Form.Sectors {
		headed := false
		for i, in := range sub.Form.Indicators {
			if in.Sector != sector.Code || i >= len(sub.Values) || !sub.Values[i].Set {
				continue
			}
			if !headed {
				table.Rows = append(table.Rows, []official.Cell{{Runs: []official.Run{{Text: sector.Name, Bold: true}}, ColSpan: 4, RowHead: true}})
				headed = true
			}
			n++
			table.Rows = append(table.Rows, []official.Cell{official.C(decimal.FormatVietnamese(int64(n), 0)), {Runs: official.Text(in.Name), RowHead: true},
				official.C(in.Unit), official.C(figureText(sub.Values[i], in.Decimals))})
		}
	}
	return table, n > 0
}
