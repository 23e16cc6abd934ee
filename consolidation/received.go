package consolidation

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
)

// ReceivedFile renders the reports that a consolidation rests on, each as it was received, as one file: the head of the
// consolidated report, a list of what is in it and what is missing, then a phụ lục for each report, its numbers from the beginning.
func ReceivedFile(tx *db.Tx, by access.Actor, c Consolidation, format string) (paper.Rendered, error) {
	d, err := received(tx, by, c)
	if err != nil {
		return paper.Rendered{}, err
	}
	return paper.File(d, "bao cao cac co quan "+c.RegimeCode+" "+c.Period.String(), format, official.HTMLOptions{})
}

// received is that file as a document.
func received(tx *db.Tx, by access.Actor, c Consolidation) (official.Document, error) {
	d, err := Document(tx, by, c, "")
	if err != nil {
		return d, err
	}
	regime, err := report.FindRegime(tx, by, c.RegimeCode)
	if err != nil {
		return d, err
	}
	parts, err := partsOf(regime, c.Period)
	if err != nil {
		return d, err
	}
	names, err := org.Names(tx, c.Period.Last())
	if err != nil {
		return d, err
	}
	var all []report.Submission
	for _, p := range parts {
		versions, err := report.Submissions(tx, by, c.RegimeCode, p)
		if fault.Is(err, fault.KindMissing) { // never opened
			continue
		}
		if err != nil {
			return d, err
		}
		all = append(all, slices.DeleteFunc(versions, func(s report.Submission) bool { return !s.Accepted })...)
	}
	slices.SortStableFunc(all, func(a, b report.Submission) int { return names[a.Body.ID].Sort - names[b.Body.ID].Sort })
	items, err := report.CompletenessOf(tx, by, c.RegimeCode, parts)
	if err != nil {
		return d, err
	}

	d.TypeName, d.Subject = "Phụ lục", fmt.Sprintf("báo cáo của các cơ quan, kèm theo Báo cáo %s", c.Wording.Subject)
	d.Bases, d.Addressed, d.Signers, d.Recipients, d.Filing, d.Annexes = nil, nil, nil, nil, "", nil
	list := official.Table{Columns: []official.Column{{Title: "Phụ lục", Width: 2, Align: official.Center}, {Title: "Cơ quan, kỳ báo cáo", Width: 7},
		{Title: "Bản được tiếp nhận", Width: 7}}}
	for i, s := range all {
		title := "Báo cáo của " + bodyName(names, s.Body) + ", " + s.Period.Name()
		annex := official.Annex{Title: title, Of: "(" + receivedAs(s) + ")", Body: s.Blocks(bodyName(names, s.Body))}
		if table, ok := s.FiguresTable(); ok {
			table.Caption = "Số liệu " + s.Period.Name()
			annex.Body = append(annex.Body, table)
		}
		d.Annexes = append(d.Annexes, annex)
		list.Rows = append(list.Rows, []official.Cell{official.C(document.Roman(i + 1)), {Runs: official.Text(strings.TrimPrefix(title, "Báo cáo của ")), RowHead: true},
			official.C(fold.Capital(receivedAs(s)))})
	}
	if len(all) == 0 {
		d.Body = []official.Block{words("Chưa có báo cáo nào của kỳ này được tiếp nhận.")}
	} else {
		d.Body = []official.Block{words(fmt.Sprintf("Tập này gồm %02d báo cáo đã được tiếp nhận, in theo lời và số liệu của cơ quan gửi, không sửa.", len(all))), list}
	}
	d.Body = official.Ended(d.Profile, append(d.Body, words(lackingReports(items, c.NotOpened, names))))
	return d, nil
}

// receivedAs tells which paper and which version it is.
func receivedAs(s report.Submission) string {
	said := report.VersionName(s.Version)
	if n := s.Original.Number; n != "" {
		said += ", bản gốc số " + n
		if !s.Original.Date.IsZero() {
			said += " ngày " + s.Original.Date.Vietnamese()
		}
	}
	return said + ", gửi ngày " + calendar.OfInstant(s.At.Time()).Vietnamese()
}

// lackingReports names who owes a report that is not in the file.
func lackingReports(items []report.CompletenessItem, notOpened []calendar.Period, names map[db.ID]org.Body) string {
	var order []report.Body
	owed := make(map[report.Body][]calendar.Period)
	for _, item := range items {
		if item.Accepted {
			continue
		}
		if owed[item.Body] == nil {
			order = append(order, item.Body)
		}
		owed[item.Body] = append(owed[item.Body], item.Period)
	}
	said := "Không thiếu báo cáo của cơ quan nào phải báo cáo."
	if len(order) > 0 {
		lacking := make([]string, len(order))
		for i, body := range order {
			lacking[i] = bodyName(names, body) + " (" + shortPeriods(owed[body]) + ")"
		}
		said = fmt.Sprintf("Chưa có báo cáo được tiếp nhận của %s cơ quan: %s.", decimal.FormatVietnamese(int64(len(order)), 0), strings.Join(lacking, "; "))
	}
	if len(notOpened) > 0 {
		said += " Chưa mở kỳ báo cáo: " + shortPeriods(notOpened) + "."
	}
	return said
}

func bodyName(names map[db.ID]org.Body, body report.Body) string {
	if n := names[body.ID].Name; n != "" {
		return n
	}
	return body.Code
}
