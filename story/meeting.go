package story

import (
	"strings"

	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/paper"
	"giaoban/record"
)

// meetingActs are the conference from its plan to the release of its notice.
func (s *stage) meetingActs() []act {
	m := s.meeting
	return []act{
		s.act(m.planned, "Lập kế hoạch hội nghị", s.plan),
		s.act(m.invitation.signed, "Soạn, ký giấy mời", s.invite),
		s.act(m.invitation.released, "Vào số, phát hành giấy mời", s.sendInvitation),
		s.act(m.named, "Các cơ quan cử người dự, đăng ký tham luận", s.nameDelegates),
		s.act(m.shown, "Trình hồ sơ hội nghị", s.show),
		s.act(m.began, "Hội nghị", s.attend),
		s.act(m.concluded, "Kết luận, kết thúc hội nghị", s.conclude),
		s.act(s.notice.drafted, "Dự thảo thông báo kết luận", s.draftNotice),
		s.act(s.notice.signed, "Ký thông báo kết luận", s.signNotice),
		s.act(s.notice.released, "Vào số, phát hành thông báo", s.releaseNotice),
	}
}

func (s *stage) plan(tx *db.Tx) error {
	m := s.meeting
	day, at, _ := strings.Cut(m.began, " ")
	n := conference.New{Type: m.kind, Title: m.title, Organiser: m.organiser, Regime: s.reports.regime.code, Period: s.period(),
		HeldOn: date(day), HeldAt: at, Place: m.place, Bring: m.bring, ReportDue: date(m.reportDue)}
	for _, code := range m.conveners {
		n.Conveners = append(n.Conveners, s.bodies[code].ID)
	}
	for _, v := range m.seats {
		one := conference.Seat{Role: v.role, Name: s.actors[v.login].Name, Title: v.title, Body: s.bodies[v.body].ID}
		n.Seats = append(n.Seats, one)
	}
	for _, g := range m.guests {
		one := conference.Guest{Name: g.name, Title: g.title, Body: s.bodies[g.body].ID, As: g.as, Speaks: g.speaks}
		n.Guests = append(n.Guests, one)
	}
	for _, v := range m.invited {
		n.Invitees = append(n.Invitees, conference.Invitee{Body: s.bodies[v.code].ID, Who: v.who})
	}
	for _, i := range m.items {
		it := conference.Item{At: i.at, Subject: i.subject, Speaker: i.speaker, RollsOut: i.rollsOut}
		if i.symbol != "" {
			d, err := s.documentOf(tx, i.symbol)
			if err != nil {
				return err
			}
			it.AboutKind, it.AboutID = d.Node().Kind, d.ID
		}
		n.Items = append(n.Items, it)
	}
	b, err := conference.Plan(tx, s.officer(), n)
	if err == nil {
		s.conference = b.ID
		s.tell("%s, %s; mời %d cơ quan.", b.FullName(), b.When(), len(n.Invitees))
	}
	return err
}

func (s *stage) invite(tx *db.Tx) error {
	p, err := conference.Invite(tx, s.officer(), s.conference, s.signature())
	if err != nil {
		return err
	}
	_, err = paper.Sign(tx, s.actors[deputy], p.ID, s.signature())
	return err
}

func (s *stage) sendInvitation(tx *db.Tx) error {
	p, _, err := conference.Papers(tx, s.clerk(), s.conference)
	if err != nil {
		return err
	}
	if err := s.number(tx, p.ID, s.meeting.invitation.number); err != nil {
		return err
	}
	p, err = record.Release(tx, s.clerk(), p.ID)
	if err == nil {
		s.tell("%s.", p.Label())
	}
	return err
}

func (s *stage) nameDelegates(tx *db.Tx) error {
	for _, v := range s.meeting.invited {
		by, who := s.focal(v.code), s.leads(v.code)
		if who.Person == "" { // a unit of the commission names nobody
			continue
		}
		sent := conference.Delegate{Name: who.Name, Title: s.titleOf(v.code)}
		if err := conference.NameDelegate(tx, by, s.conference, s.bodies[v.code].ID, sent); err != nil {
			return err
		}
	}
	for _, c := range s.meeting.speeches {
		body := s.bodies[c.code]
		if _, err := conference.Contribute(tx, s.focal(c.code), s.conference, body.ID, c.subject, c.words, 0); err != nil {
			return err
		}
		s.tell("Tham luận của %s: %s.", body.Name, c.subject)
	}
	return nil
}

// titleOf is the title of a body's leader.
func (s *stage) titleOf(code string) string {
	for _, b := range s.plot.bodies {
		if b.Code == code {
			return b.people[len(b.people)-1].title
		}
	}
	return ""
}

func (s *stage) show(tx *db.Tx) error {
	pack, err := conference.Show(tx, s.officer(), s.conference)
	if err == nil {
		s.tell("Hồ sơ: %d báo cáo thiếu, %d báo cáo muộn.", len(pack.Reports.Missing), len(pack.Reports.Late))
	}
	return err
}

// attend writes down who came and what they said.
func (s *stage) attend(tx *db.Tx) error {
	var rows []conference.Attendance
	for _, v := range s.meeting.invited {
		rows = append(rows, conference.Attendance{Body: s.bodies[v.code].ID, State: conference.Present})
	}
	if err := conference.Attend(tx, s.officer(), s.conference, rows); err != nil {
		return err
	}
	all, err := conference.Contributions(tx, s.officer(), s.conference)
	if err != nil {
		return err
	}
	const heard = "Trình bày theo tham luận đã gửi."
	for i, c := range all {
		if _, err := conference.Note(tx, s.officer(), s.conference, c.Body, i+1, heard, c.Version); err != nil {
			return err
		}
	}
	s.tell("Có mặt %d cơ quan, %d khách mời.", len(rows), len(s.meeting.guests))
	return nil
}

func (s *stage) conclude(tx *db.Tx) error {
	m := s.meeting
	all, err := conference.Conclude(tx, s.officer(), s.conference, m.conclusions)
	if err != nil {
		return err
	}
	for _, c := range all {
		s.tell("%d. %s: %s", c.No, c.Kind.Name(), c.Words)
	}
	_, ended, _ := strings.Cut(m.concluded, " ")
	if _, err := conference.WriteMinutes(tx, s.officer(), s.conference, conference.Minutes{Course: strings.Join(m.course, "\n"),
		Assessment: strings.Join(m.assessment, "\n"), EndedAt: ended}); err != nil {
		return err
	}
	return conference.Close(tx, s.officer(), s.conference)
}

func (s *stage) draftNotice(tx *db.Tx) error {
	p, err := conference.DraftNotice(tx, s.officer(), s.conference, s.signature())
	if err == nil {
		s.tell("%s.", p.Label())
	}
	return err
}

func (s *stage) signNotice(tx *db.Tx) error {
	_, p, err := conference.Papers(tx, s.officer(), s.conference)
	if err != nil {
		return err
	}
	_, err = record.Sign(tx, s.actors[deputy], p.ID, s.signature())
	return err
}

func (s *stage) releaseNotice(tx *db.Tx) error {
	_, p, err := conference.Papers(tx, s.clerk(), s.conference)
	if err != nil {
		return err
	}
	if err := s.number(tx, p.ID, s.notice.number); err != nil {
		return err
	}
	p, err = record.Release(tx, s.clerk(), p.ID)
	if err == nil {
		s.tell("%s.", p.Label())
	}
	return err
}

// asking makes one of the conclusions a request to everybody invited; product and date are the play's.
func asking(all []conference.Typed, no int, product, due string) []conference.Typed {
	c := &all[no-1]
	c.Kind, c.Cooperation, c.Product, c.Due = conference.Request, "tất cả", product, due
	return all
}

// guides numbers conclusions that are guidance: the pages of these stories tell no product and no date.
func guides(words ...string) (all []conference.Typed) {
	for i, w := range words {
		all = append(all, conference.Typed{No: i + 1, Kind: conference.Guidance, Words: w})
	}
	return all
}
