package web

import (
	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/people"
)

// need is what a room's list lives on: without it the page is empty, and says what comes first.
type need uint8

const (
	needsNothing need = iota
	needsBodies
	needsRegime
	needsOpening
	needsDirective
	needs // how many there are
)

// before are the steps that lead to what is needed, in their order.
var before = [needs][]need{
	needsBodies: {needsBodies}, needsRegime: {needsBodies, needsRegime}, needsOpening: {needsBodies, needsRegime, needsOpening},
	needsDirective: {needsDirective},
}

// firstStep is what the office has to do before a page can show anything, and where; to who cannot do it the page says
// who does.
type firstStep struct {
	Sentence, Link, URL string
}

// steps say what is lacking, what fills it, and who does it.
var steps = [needs]struct {
	has                string
	sentence, others   string
	act                access.Act
	link, url          string
	elsewhere, urlElse string // for who may not
}{
	needsBodies: {has: "select 1 from body where kind not in ('commission', 'authority')",
		sentence: "Danh bạ mới có Ban, chưa có cơ quan nào khác.", others: "Quản trị hoặc chuyên viên của Ban thêm cơ quan.",
		act: access.EnterBodies, link: "Thêm cơ quan", url: "/danh-ba/them", urlElse: "/danh-ba", elsewhere: "Danh bạ"},
	needsRegime: {has: "select 1 from regime",
		sentence: "Chưa có chế độ báo cáo nào.", others: "Chuyên viên của Ban hoặc Quản trị lập chế độ.",
		act: access.ManageRegime, link: "Dùng bộ mẫu", url: "/thiet-lap/bo-mau", urlElse: "/ban-lam-viec", elsewhere: "Bàn làm việc"},
	needsOpening: {has: "select 1 from opening",
		sentence: "Chưa mở kỳ báo cáo nào.", others: "Chuyên viên của Ban mở kỳ; khi đó mỗi cơ quan thấy việc của mình.",
		act: access.OpenPeriod, link: "Mở kỳ ở Chế độ báo cáo", url: "/che-do", urlElse: "/ban-lam-viec", elsewhere: "Bàn làm việc"},
	needsDirective: {has: "select 1 from directive",
		sentence: "Sổ văn bản chỉ đạo chưa có văn bản nào.", others: "Chuyên viên của Ban hoặc văn thư vào sổ.",
		act: access.RecordDirective, link: "Vào sổ văn bản đầu tiên", url: "/van-ban-chi-dao/them", urlElse: "/ban-lam-viec", elsewhere: "Bàn làm việc"},
}

// first finds what comes before the room's first page can show anything. Rows of these tables are never deleted: once
// all are there nobody asks again.
func (s *site) first(tx *db.Tx, at route, by access.Actor) (step firstStep, err error) {
	wanted := at.under.needs
	if wanted == needsNothing || s.filled[wanted].Load() || at.path != at.under.url || !by.SignedIn() {
		return step, nil
	}
	for _, need := range before[wanted] {
		known := steps[need]
		has, err := tx.Exists(known.has)
		if err != nil {
			return step, err
		}
		if has {
			continue
		}
		if by.Can(known.act, by.Body) {
			return firstStep{known.sentence + " Việc này làm trước:", known.link, known.url}, nil
		}
		return firstStep{known.sentence + " " + known.others, known.elsewhere, known.urlElse}, nil
	}
	s.filled[wanted].Store(true)
	return step, nil
}

// tellsOf gathers what the page says of the office beside its own content.
func (s *site) tellsOf(tx *db.Tx, at route, who *visitor) (err error) {
	if who.first, err = s.first(tx, at, who.Actor); err != nil || !at.owes || !who.OfCommission() && who.Role != access.Administrator {
		return err
	}
	today := calendar.OfInstant(tx.Clock())
	unserved, err := people.Unserved(tx, today)
	if err != nil || len(unserved) == 0 {
		return err
	}
	names, err := org.Names(tx, today)
	who.unserved = make(map[string]bool, 3*len(unserved))
	for id := range unserved {
		b := names[id]
		who.unserved[string(id)], who.unserved[b.Name], who.unserved[b.ShortName] = true, true, true
	}
	return err
}

// Unserved reports whether nobody can sign in for a body, named as pages name it: whatever it owes waits for an account.
func (v *view) Unserved(name string) bool { return v.unserved[name] }

// First is what the office has to do before this page can show anything.
func (v *view) First() firstStep { return v.first }
