package story

import (
	"context"
	"slices"
	"strings"
	"time"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/files"
	"giaoban/internal/id"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/programme"
	"giaoban/record"
	"giaoban/sample"
)

// cooperation is a programme of coordination that a story looks back on: signed before the program was there, its years entered from
// old reports, reviewed, and followed by the next term.
type cooperation struct {
	entered, old, confirmed, renewed string
	term, next                       string
	bases, frame, lines              string
	parties                          []string
	years                            []oldYear
	tasks                            string // of the next term, a line each
	review                           papers
}

// oldYear is what the report of one year tells of one sector.
type oldYear struct {
	year                  int
	sector, source, words string
}

// length is how many years the programme ran.
func (c cooperation) length() int {
	term := calendar.MustPeriod(c.term)
	return term.Last().Year() - term.Year() + 1
}

func (s *stage) programmeActs() []act {
	c := s.cooperation
	return []act{
		s.act(c.entered, "Nhập chương trình phối hợp đã ký", s.enterProgramme),
		s.act(c.old, "Nhập kết quả từng năm từ báo cáo cũ", s.enterYears),
		s.act(c.confirmed, "Xác nhận từng đoạn nói về nội dung nào", s.confirmYears),
		s.act(c.renewed, "Dự thảo chương trình giai đoạn sau", s.renew),
		s.act(c.review.drafted, "Soạn báo cáo tổng kết chương trình", s.draftReview),
		s.act(c.review.signed, "Ký báo cáo tổng kết", s.signReview),
		s.act(c.review.released, "Vào số, phát hành báo cáo tổng kết", s.releaseReview),
	}
}

func (s *stage) enterProgramme(tx *db.Tx) error {
	c := s.cooperation
	n := programme.New{Kind: programme.OfWork, Term: calendar.MustPeriod(c.term), Bases: c.bases, Frame: c.frame, Lines: c.lines, Imported: true}
	for _, code := range c.parties {
		n.Parties = append(n.Parties, s.bodies[code].ID)
	}
	made, err := programme.Begin(tx, s.officer(), n)
	if err != nil {
		return err
	}
	s.programme = made[0].ID
	lines, err := programme.Lines(tx, s.officer(), s.programme)
	s.tell("%s: %d cơ quan, %d nội dung.", made[0].Label(), len(n.Parties), len(lines))
	return err
}

func (s *stage) enterYears(tx *db.Tx) error {
	all, sure := 0, 0
	for _, y := range s.cooperation.years {
		entered, proposed, err := programme.EnterOld(tx, s.officer(), s.programme, programme.Old{Year: y.year, Sector: y.sector, Source: y.source, Words: y.words})
		if err != nil {
			return err
		}
		all, sure = all+entered, sure+proposed
	}
	s.tell("%d đoạn của %d năm; chương trình đề xuất nội dung cho %d đoạn.", all, s.cooperation.length(), sure)
	return nil
}

// confirmYears agrees to what was proposed; what speaks of no line stays with its sector.
func (s *stage) confirmYears(tx *db.Tx) error {
	all, err := programme.EvidenceOf(tx, s.officer(), s.programme)
	if err != nil {
		return err
	}
	var placed []programme.Placed
	for _, e := range all {
		placed = append(placed, programme.Placed{ID: e.ID, Line: e.Line})
	}
	s.tell("Đã xác nhận %d đoạn.", len(placed))
	return programme.PlaceOld(tx, s.officer(), s.programme, placed)
}

func (s *stage) renew(tx *db.Tx) error {
	next, err := programme.Renew(tx, s.officer(), s.programme, calendar.MustPeriod(s.cooperation.next), s.cooperation.tasks)
	if err == nil {
		s.renewal = next.ID
		s.tell("%s.", next.Label())
	}
	return err
}

func (s *stage) draftReview(tx *db.Tx) error {
	p, err := programme.Draft(tx, s.officer(), s.programme, programme.RoleTerm, 0, s.signature())
	if err != nil {
		return err
	}
	content, err := paper.Content(tx, s.officer(), p.ID)
	if err != nil {
		return err
	}
	content.Body = slices.DeleteFunc(content.Body, func(b official.Block) bool { return official.Asked(b) != "" })
	if p, err = paper.Revise(tx, s.officer(), p.ID, p.Version, content); err != nil {
		return err
	}
	s.review = p.ID
	_, err = paper.PutForward(tx, s.officer(), p.ID, p.Version)
	return err
}

func (s *stage) signReview(tx *db.Tx) error {
	_, err := record.Sign(tx, s.actors[deputy], s.review, s.signature())
	return err
}

func (s *stage) releaseReview(tx *db.Tx) error {
	if err := s.number(tx, s.review, s.cooperation.review.number); err != nil {
		return err
	}
	p, err := record.Release(tx, s.clerk(), s.review)
	if err == nil {
		s.tell("%s.", p.Label())
	}
	return err
}

// Programme is what su-kien.json tells of a programme of coordination.
type Programme struct {
	Term    Fact              `json:"term"`
	Parties []Fact            `json:"parties"`
	Sectors []ProgrammeSector `json:"sectors"`
}

// ProgrammeSector counts the lines of one sector: those with a result, and those never touched.
type ProgrammeSector struct {
	Name      Fact `json:"name"`
	Lines     int  `json:"lines"`
	Touched   int  `json:"touched"`
	Untouched int  `json:"untouched"`
}

// programmeEvent is the event of a story without a conference.
func (p Played) programmeEvent(tx *db.Tx, files map[paper.Kind]string) (Event, error) {
	e := Event{Story: Fact(p.Name)}
	if err := p.programmes(tx, &e); err != nil {
		return e, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return e, err
	}
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return e, err
	}
	e.Organiser = Fact(names[commission.ID].Name)
	signed, err := programme.PaperOf(tx, p.Officer, p.Programmes[0], programme.RoleTerm, 0)
	e.Papers = []Paper{{Fact(signed.Kind), Fact(signed.Symbol), Fact(files[signed.Kind])}}
	return e, err
}

// programmes reads the programmes of a story: those that a ceremony signed on one frame are told as one.
func (p Played) programmes(tx *db.Tx, e *Event) error {
	for i, one := range p.Programmes {
		found, err := programme.Find(tx, p.Officer, one)
		if err != nil {
			return err
		}
		names, err := org.Names(tx, found.From)
		if err != nil {
			return err
		}
		parties, err := programme.Parties(tx, p.Officer, one)
		if err != nil {
			return err
		}
		if i == 0 {
			e.Programme = &Programme{Term: Fact(found.Term.String()), Parties: []Fact{Fact(names[found.Body].Name)}}
			review, err := programme.ReviewOf(tx, p.Officer, one)
			if err != nil {
				return err
			}
			for _, s := range review.Sectors {
				e.Programme.Sectors = append(e.Programme.Sectors, ProgrammeSector{Fact(s.Name), len(s.Lines), len(s.Done), len(s.Untouched)})
			}
		}
		for _, party := range parties[1:] {
			e.Programme.Parties = append(e.Programme.Parties, Fact(names[party.Body].Name))
		}
	}
	if p.Renewal == "" {
		return nil
	}
	next, err := programme.Find(tx, p.Officer, p.Renewal)
	if err != nil {
		return err
	}
	lines, err := programme.Lines(tx, p.Officer, p.Renewal)
	e.NextTerm = Fact(next.Term.String())
	for _, l := range lines {
		e.NextTasks = append(e.NextTasks, Fact(l.Words))
	}
	return err
}

// programmeFiles are the review of the term as it was released, and the draft of the next term.
func (p Played) programmeFiles(tx *db.Tx) ([]File, error) {
	signed, err := programme.PaperOf(tx, p.Officer, p.Programmes[0], programme.RoleTerm, 0)
	if err != nil {
		return nil, err
	}
	review, err := paper.Document(tx, p.Officer, signed.ID)
	if err != nil {
		return nil, err
	}
	draft, err := programme.Document(tx, p.Officer, p.Renewal, programme.RoleProgramme, 0)
	if err != nil {
		return nil, err
	}
	files, err := Written("tong-ket.docx", review)
	if err != nil {
		return nil, err
	}
	more, err := Written("chuong-trinh.docx", draft)
	return append(files, more...), err
}

// signedAt is the ceremony of the story of the sample: the quarter's page tells that it was held, not on which day.
var signedAt = hour("2022-02-25 14:00")

// PlayFirst builds the sample province with the ceremony that its page tells of: a programme with each of eight bodies, on one frame.
func PlayFirst(ctx context.Context, d *db.DB, store *files.Store, say func(sample.Step)) (*sample.Province, []db.ID, error) {
	p, err := sample.BuildUntil(ctx, d, store, time.Time{}, signedAt, say)
	if err != nil {
		return nil, nil, err
	}
	d.LiveBy(p.Clock.Now, id.Seeded(sample.Seed+", ký kết"))
	var signed []db.ID
	var told []string
	if err := d.WriteLong(ctx, func(tx *db.Tx) (err error) { signed, told, err = ceremony(tx, p); return err }); err != nil {
		return nil, nil, err
	}
	if say != nil {
		say(sample.Step{At: signedAt, Name: "Hội nghị ký kết chương trình phối hợp", Details: told})
	}
	p, err = sample.BuildUntil(ctx, d, store, signedAt, sample.Played, say)
	return p, signed, err
}

func ceremony(tx *db.Tx, p *sample.Province) (signed []db.ID, told []string, err error) {
	bodies := []org.Body{p.BCSUBND, p.SKHCN, p.SGDDT, p.SYT, p.SVHTT, p.STNMT, p.SLDTBXH, p.STTTT}
	n := conference.New{Type: "programme_signing", Title: "Hội nghị ký kết chương trình phối hợp công tác giai đoạn 2022 - 2025", HeldOn: calendar.OfInstant(signedAt),
		HeldAt: "14:00", Place: "Hội trường Ban Tuyên giáo Tỉnh ủy",
		Seats: []conference.Seat{{Role: conference.Chair, Name: p.Leader.Name, Title: "Trưởng ban", Body: p.BTGTU.ID}, {Role: conference.Concluder, Name: p.Leader.Name, Title: "Trưởng ban", Body: p.BTGTU.ID}},
		Items: []conference.Item{{Subject: "Giới thiệu nội dung chương trình phối hợp"}, {Subject: "Ký kết"}, {Subject: "Kết luận"}}}
	var here []conference.Attendance
	var parties []db.ID
	for _, b := range bodies {
		n.Invitees = append(n.Invitees, conference.Invitee{Body: b.ID, Who: "Đại diện lãnh đạo"})
		here = append(here, conference.Attendance{Body: b.ID, State: conference.Present})
		parties = append(parties, b.ID)
	}
	c, err := conference.Plan(tx, p.Officer, n)
	if err != nil {
		return nil, nil, err
	}
	if err := conference.Attend(tx, p.Officer, c.ID, here); err != nil {
		return nil, nil, err
	}
	made, err := programme.Begin(tx, p.Officer, programme.New{Kind: programme.OfWork, Term: calendar.MustPeriod("2022..2025"), Parties: parties, Apart: true, Conference: c.ID,
		Bases: "Quyết định số 238-QĐ/TW của Ban Bí thư", Frame: "Giữ mối liên hệ thường xuyên giữa Ban với từng cơ quan quản lý nhà nước về khoa giáo.\nViệc của bên nào bên ấy chịu trách nhiệm, kết quả báo cho nhau.",
		Lines: "Chung\nTrao đổi thông tin về lĩnh vực khoa giáo, nhất là việc dư luận quan tâm; thời gian: hằng quý\n" +
			"Tham mưu cấp ủy ban hành, sơ kết, tổng kết chỉ thị, nghị quyết về khoa giáo; thời gian: hằng năm\n" +
			"Đánh giá kết quả phối hợp; sản phẩm: báo cáo; thời gian: hằng năm"})
	if err != nil {
		return nil, nil, err
	}
	for _, one := range made {
		all, err := programme.Parties(tx, p.Officer, one.ID)
		if err != nil {
			return nil, nil, err
		}
		expected, err := programme.Expected(tx, p.Officer, all)
		if err != nil {
			return nil, nil, err
		}
		var hands []programme.Signed
		for _, party := range all {
			hands = append(hands, expected[party.Body])
		}
		if err := programme.NoteSignatures(tx, p.Officer, one.ID, calendar.OfInstant(signedAt), "", hands); err != nil {
			return nil, nil, err
		}
		signed = append(signed, one.ID)
	}
	if _, err := conference.Conclude(tx, p.Officer, c.ID, guides("Các bên triển khai ngay nội dung đã ký, hằng năm cùng đánh giá kết quả phối hợp.")); err != nil {
		return nil, nil, err
	}
	told = append(told, "8 chương trình trên cùng phần chung, giai đoạn 2022 - 2025.")
	return signed, told, conference.Close(tx, p.Officer, c.ID)
}

// sectorWords is a heading of lines as an office types it.
func sectorWords(code string) string { return "Lĩnh vực " + directive.SectorName(code) }

// linesBySector joins lines under the headings of their sectors.
func linesBySector(parts ...[2]string) string {
	var text []string
	for _, p := range parts {
		text = append(text, sectorWords(p[0]), p[1])
	}
	return strings.Join(text, "\n")
}
