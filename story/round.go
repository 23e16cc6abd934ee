package story

import (
	"slices"
	"strings"

	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/report"
)

func (r round) of() calendar.Period { return calendar.MustPeriod(r.period) }

func sorted(all []act) []act {
	slices.SortStableFunc(all, func(a, b act) int { return a.at.Compare(b.at) })
	return all
}

// reporting are the acts of one period: it is opened, bodies report, those who do not are asked, what came is accepted.
func (s *stage) reporting(r round) []act {
	all := []act{s.act(r.opened, "Mở kỳ báo cáo "+r.of().Name(), func(tx *db.Tx) error {
		o, err := report.Open(tx, s.officer(), r.regime.code, r.of())
		if err == nil {
			s.tell("Số liệu từ %s đến %s; hạn gửi %s.", o.From.Vietnamese(), o.To.Vietnamese(), o.Due.Vietnamese())
		}
		return err
	})}
	for _, one := range r.reports {
		name := "Báo cáo " + r.of().Name() + " của " + s.nameOf(one.code)
		all = append(all, s.act(one.at, name, func(tx *db.Tx) error { return s.report(tx, r, one) }))
	}
	if r.reminded != "" {
		name := "Nhắc cơ quan chưa báo cáo " + r.of().Name()
		all = append(all, s.act(r.reminded, name, func(tx *db.Tx) error { return s.remind(tx, r) }))
	}
	return append(all, s.act(r.accepted, "Nhận báo cáo "+r.of().Name(), func(tx *db.Tx) error { return s.accept(tx, r) }))
}

// nameOf is a body's name before it was entered.
func (s *stage) nameOf(code string) string {
	for _, b := range s.plot.bodies {
		if b.Code == code {
			return b.Name
		}
	}
	return code
}

func (s *stage) sectorOf(code string) string {
	for _, b := range s.plot.bodies {
		if b.Code == code {
			return b.sector
		}
	}
	return ""
}

// report is one body's: its officer writes and puts it forward, its leader approves, the officer sends.
func (s *stage) report(tx *db.Tx, r round, one handed) error {
	focal, sector := s.focal(one.code), s.sectorOf(one.code)
	o, err := report.ObligationOf(tx, focal, r.regime.code, r.of(), s.bodies[one.code].ID)
	if err != nil {
		return err
	}
	var d report.Draft
	for _, part := range []struct{ section, words string }{
		{report.SectionResults, one.results}, {report.SectionShortcomings, one.shortcomings}, {report.SectionNextTasks, one.ahead},
	} {
		if part.words != "" {
			text := report.SectionText{Section: part.section, Sector: sector, Paragraphs: strings.Split(part.words, "\n")}
			d.Sections = append(d.Sections, text)
		}
	}
	saved, err := report.SaveDraft(tx, focal, o, d, 0)
	if err != nil {
		return err
	}
	if err := report.PutForward(tx, focal, o, saved.Version); err != nil {
		return err
	}
	if err := report.Approve(tx, s.leads(one.code), o, saved.Version); err != nil {
		return err
	}
	receipt, err := report.SubmitDraft(tx, focal, o, saved.Version, report.Original{})
	if err != nil {
		return err
	}
	when := "đúng hạn"
	if receipt.Late {
		when = "muộn"
	}
	s.tell("Biên nhận %s, %s.", receipt.Number, when)
	return nil
}

func (s *stage) remind(tx *db.Tx, r round) error {
	absent, err := report.Missing(tx, s.officer(), r.regime.code, r.of())
	if err != nil {
		return err
	}
	for _, b := range absent.Items {
		if err := report.Remind(tx, s.officer(), b.ID, "phone", "Đã gọi đầu mối, đề nghị gửi ngay."); err != nil {
			return err
		}
		s.tell("Đã gọi %s.", s.bodies[b.BodyCode].ShortName)
	}
	return nil
}

func (s *stage) accept(tx *db.Tx, r round) error {
	for _, one := range r.reports {
		o, err := report.ObligationOf(tx, s.officer(), r.regime.code, r.of(), s.bodies[one.code].ID)
		if err != nil {
			return err
		}
		if o.Latest == "" {
			continue // comes later than the others are accepted
		}
		if err := report.Accept(tx, s.officer(), o.Latest); err != nil {
			return err
		}
	}
	s.tell("Đã nhận %d báo cáo.", len(r.reports))
	return nil
}

// consolidating are the acts of the commission's own report.
func (s *stage) consolidating() []act {
	return []act{
		s.act(s.plot.report.drafted, "Tổng hợp báo cáo "+s.period().Name(), s.consolidate),
		s.act(s.plot.report.signed, "Ký báo cáo tổng hợp", s.signReport),
		s.act(s.plot.report.released, "Vào số, phát hành báo cáo", s.releaseReport),
	}
}

func (s *stage) consolidate(tx *db.Tx) error {
	c, err := consolidation.Draft(tx, s.officer(), s.reports.regime.code, s.period())
	if err != nil {
		return err
	}
	version, ours := c.Version, s.plot.report
	for _, part := range []struct {
		section string
		words   []string
	}{{report.SectionResults, ours.results}, {report.SectionShortcomings, ours.shortcomings}, {report.SectionNextTasks, ours.ahead}} {
		for _, words := range part.words {
			if version, err = consolidation.AddParagraph(tx, s.officer(), c.ID, version, part.section, own, "", words); err != nil {
				return err
			}
		}
	}
	w := c.Wording
	w.Recipients = []string{"Thường trực " + s.committee() + " (để báo cáo)", "Các cơ quan trong khối Khoa giáo",
		"Lãnh đạo Ban"}
	if _, err := consolidation.Reword(tx, s.officer(), c.ID, version, w); err != nil {
		return err
	}
	s.tell("Dự thảo từ báo cáo của %d cơ quan; thiếu %d.", c.Reporting, len(c.Missing))
	return nil
}

// committee is the body above the commission in running text: "Tỉnh ủy", "Thành ủy".
func (s *stage) committee() string {
	if strings.HasPrefix(s.superior, "THÀNH") {
		return "Thành ủy"
	}
	return "Tỉnh ủy"
}

// signature is how the deputy signs for the head.
func (s *stage) signature() paper.Signature {
	return paper.Signature{Signer: string(s.actors[deputy].Person)}
}

func (s *stage) signReport(tx *db.Tx) error {
	by := s.actors[deputy]
	c, err := consolidation.Find(tx, by, s.reports.regime.code, s.period())
	if err != nil {
		return err
	}
	if err := consolidation.PutForward(tx, s.officer(), c.ID, c.Version); err != nil {
		return err
	}
	_, err = consolidation.Sign(tx, by, c.ID, c.Version, s.signature())
	return err
}

func (s *stage) releaseReport(tx *db.Tx) error {
	c, err := consolidation.Find(tx, s.clerk(), s.reports.regime.code, s.period())
	if err != nil {
		return err
	}
	if err := s.number(tx, c.Paper, s.plot.report.number); err != nil {
		return err
	}
	p, err := paper.Release(tx, s.clerk(), c.Paper)
	if err == nil {
		s.tell("%s.", p.Label())
	}
	return err
}

// number enters a paper into the book on the day it is.
func (s *stage) number(tx *db.Tx, id db.ID, n int64) error {
	_, err := paper.EnterNumber(tx, s.clerk(), id, n, calendar.OfInstant(tx.Clock()))
	return err
}
