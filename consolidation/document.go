package consolidation

import (
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/report"
)

// PreviewMark stands on every page of a consolidation that counts reports not yet accepted.
const PreviewMark = "BẢN XEM TRƯỚC, GỒM CẢ BÁO CÁO CHƯA ĐƯỢC TIẾP NHẬN"

// Document is the consolidation as a báo cáo: results by sector, limits and causes, tasks of the next period,
// proposals, and the annex of figures. profile insists on a layout ("HD05"); "" is that of the paper's date.
func Document(tx *db.Tx, by access.Actor, c Consolidation, profile string) (official.Document, error) {
	if err := by.May(access.ReadConsolidation, c.Body); err != nil {
		return official.Document{}, err
	}
	insisted, known, err := paper.LayoutByCode(tx, profile, c.Period.Last())
	if err != nil {
		return official.Document{}, err
	}
	if profile != "" && !known {
		return official.Document{}, fault.Invalid("profile", "Không có thể thức “%s”; hãy chọn HD05, HD36 hoặc ND30.", profile)
	}
	var d official.Document
	switch {
	case c.SignedAt != 0:
		d, err = paper.Document(tx, by, c.Paper)
	case c.ID != "":
		d, err = paper.Dressed(tx, by, c.Paper, c.content())
	default:
		d, err = c.undated(tx)
	}
	if err != nil {
		return d, err
	}
	if c.Issuer != "" {
		if err := c.issuedAbove(tx, &d); err != nil {
			return d, err
		}
	}
	if known {
		d.Profile, d.TypeSymbol = insisted, insisted.Symbols[d.TypeName]
		d.Body = official.Ended(insisted, d.Body)
	}
	return d, nil
}

// issuedAbove lays the report out as the draft of who issues it: the commission only writes it.
func (c Consolidation) issuedAbove(tx *db.Tx, d *official.Document) error {
	superior, err := org.Setting(tx, org.Superior)
	if err != nil {
		return err
	}
	family, behalf, symbol := official.State, "Ủy ban nhân dân", "UBND"
	if c.Issuer == superior {
		family, behalf, symbol = official.Party, "Ban Thường vụ", "TU"
	}
	if d.Profile, err = paper.LayoutFor(tx, family, c.Period.Last()); err != nil {
		return err
	}
	d.TypeSymbol, d.BodySymbol = d.Profile.Symbols[d.TypeName], symbol
	d.Superior, d.Issuer, d.Number = "", c.Issuer, 0
	d.Signers = []official.Signer{{Lines: []official.AuthorityLine{{Authority: official.OnBehalf, Of: behalf}}, Title: c.Signer}}
	d.Body = official.Ended(d.Profile, d.Body)
	d.Marks.Draft = max(d.Marks.Draft, 1)
	return nil
}

// undated dresses what was only composed. Its date stays blank but for the year of the period, so that the same
// reports give the same bytes on any day.
func (c Consolidation) undated(tx *db.Tx) (official.Document, error) {
	last := c.Period.Last()
	d := c.content()
	d.Kind, d.TypeName = official.Report, "Báo cáo"
	d, err := paper.Unissued(tx, d, last)
	if err != nil {
		return d, err
	}
	d.Date = official.Day{Y: last.Year()}
	d.Marks.Draft = 1
	banner := d.Marks.Banner
	marks := []string{}
	if c.Include == report.Submitted {
		marks = append(marks, PreviewMark)
	}
	if banner != "" {
		marks = append(marks, banner)
	}
	d.Marks.Banner = strings.Join(marks, " - ")
	return d, nil
}

// File renders a consolidation by the ending of a file: docx, pdf, html or json. link gives the address that an origin is shown
// under in html; nil for none. charts are the indicators whose course a person asked to have drawn behind the text.
func File(tx *db.Tx, by access.Actor, c Consolidation, format, profile string, charts []string, link func(official.Origin) string) (paper.Rendered, error) {
	name := "tong hop " + c.RegimeCode + " " + c.Period.String()
	if format == "json" {
		body, err := c.JSON()
		return paper.Rendered{Name: "tong-hop-" + strings.ToLower(c.RegimeCode+"-"+c.Period.String()) + ".json", Type: "application/json", Body: body}, err
	}
	d, err := Document(tx, by, c, profile)
	if err != nil {
		return paper.Rendered{}, err
	}
	if len(charts) > 0 {
		if d, err = withCharts(tx, by, c, d, charts); err != nil {
			return paper.Rendered{}, err
		}
	}
	return paper.File(d, name, format, official.HTMLOptions{Link: link})
}

// content is everything of the paper that the consolidation itself decides.
func (c Consolidation) content() official.Document {
	d := official.Document{Kind: official.Report, TypeName: "Báo cáo", Subject: c.Wording.Subject, Bases: c.Wording.Bases,
		Recipients: c.Wording.Recipients, Filing: c.Wording.Filing,
		Signers: []official.Signer{{Title: "Trưởng ban"}}}
	d.Body = c.body()
	if len(c.Indicators) > 0 {
		d.Annexes = []official.Annex{c.annex()}
	}
	return d
}
