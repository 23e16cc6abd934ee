package paper_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/people/peopletest"
)

// The people of the tests: an invented office of April 2022.
type office struct {
	commission, education, health    org.Body
	officer, leader, clerk, atHealth access.Actor
}

func eachOffice(t *testing.T, test func(t *testing.T, tx *db.Tx, o office)) {
	t.Helper()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := e.From(t, "", nil, dbtest.NewClock("2022-04-05").Now)
			dbtest.Begin(t, d, func(tx *db.Tx) { test(t, tx, open(t, tx)) })
		})
	}
}

func open(t *testing.T, tx *db.Tx) office {
	t.Helper()
	system := access.System("thử")
	body := func(code, name string, kind org.Kind) org.Body {
		b, err := org.Create(tx, system, org.New{Code: code, Name: name, Kind: kind, Place: "Khánh Hòa", ValidFrom: calendar.On(2015, 1, 1)})
		check(t, err)
		return b
	}
	o := office{
		commission: body("BTGTU", "Ban Tuyên giáo", org.Commission),
		education:  body("SGDĐT", "Sở Giáo dục và Đào tạo", org.Department),
		health:     body("SYT", "Sở Y tế", org.Department),
	}
	check(t, org.Set(tx, system, org.Superior, "Tỉnh ủy Khánh Hòa"))
	post := func(name string, of db.ID, title string) {
		_, err := peopletest.Post(tx, name, of, title)
		check(t, err)
	}
	post("Nguyễn Minh Quân", o.commission.ID, "Trưởng ban")
	post("Lê Thị Hoa", o.commission.ID, "Phó Trưởng ban")
	post("Trần Văn Bình", o.education.ID, "Giám đốc")
	actor := func(name string, role access.Role, of db.ID) access.Actor {
		return access.Actor{Person: db.ID(role), Name: name, Role: role, Body: of}
	}
	o.officer = actor("Phạm Thu Hà", access.CommissionOfficer, o.commission.ID)
	o.leader = actor("Nguyễn Minh Quân", access.CommissionLeader, o.commission.ID)
	o.clerk = actor("Đỗ Thị Lan", access.Clerk, o.commission.ID)
	o.atHealth = actor("Lê Thị An", access.AgencyOfficer, o.health.ID)
	return o
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, kind fault.Kind, words string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		t.Errorf("want kind %d with %q, got %v", kind, words, err)
	}
}

func text(s string) official.Paragraph { return official.Paragraph{Runs: official.Text(s)} }

func notice(subject string) official.Document {
	return official.Document{Subject: subject, Recipients: []string{"Các sở trong khối"}, Filing: "Văn phòng Ban",
		Body: []official.Block{text("Thực hiện chương trình công tác, Ban Tuyên giáo Tỉnh ủy thông báo như sau."), text("Các cơ quan triển khai thực hiện")}}
}

var head = paper.Signature{Signer: "Nguyễn Minh Quân", Title: "Trưởng ban"}

func (o office) draft(t *testing.T, tx *db.Tx, kind paper.Kind, subject string, to ...db.ID) paper.Paper {
	t.Helper()
	p, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: kind, Content: notice(subject), To: to,
		Origin: paper.Origin{Kind: "briefing", ID: "b1"}})
	check(t, err)
	return p
}

func (o office) signed(t *testing.T, tx *db.Tx, kind paper.Kind, subject string, to ...db.ID) paper.Paper {
	t.Helper()
	p, err := paper.Sign(tx, o.leader, o.draft(t, tx, kind, subject, to...).ID, head)
	check(t, err)
	return p
}

func (o office) html(t *testing.T, tx *db.Tx, id db.ID) string {
	t.Helper()
	r, err := paper.Render(tx, o.officer, id, "html", "")
	check(t, err)
	return string(r.Body)
}

func TestANoticeLivesFromDraftToRelease(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		p := o.draft(t, tx, paper.ThongBao, "kết luận hội nghị giao ban", o.health.ID)
		p, err := paper.Revise(tx, o.officer, p.ID, p.Version, notice("kết luận Hội nghị giao ban quý I năm 2022"))
		check(t, err)
		_, err = paper.Revise(tx, o.officer, p.ID, 1, notice("người đến sau"))
		refused(t, err, fault.KindStale, "Người khác vừa sửa")
		p, err = paper.Redraft(tx, o.officer, p.ID, p.Version)
		check(t, err)
		for _, want := range []string{"Dự thảo lần 2", "Số      -TB/BTGTU", "ngày      tháng 4 năm 2022"} {
			page := strings.ReplaceAll(o.html(t, tx, p.ID), "\u00a0", " ") // blanks are not broken at a line's end
			if !strings.Contains(page, want) {
				t.Errorf("the draft does not show %q", want)
			}
		}

		_, err = paper.Sign(tx, o.officer, p.ID, head)
		refused(t, err, fault.KindForbidden, "Ký văn bản")
		_, err = paper.EnterNumber(tx, o.clerk, p.ID, 7, calendar.On(2022, 4, 5))
		refused(t, err, fault.KindConflict, "chưa được ký")
		_, err = paper.Release(tx, o.clerk, p.ID)
		refused(t, err, fault.KindConflict, "chưa được ký")
		p, err = paper.Sign(tx, o.leader, p.ID, head)
		check(t, err)
		if p.State != paper.Signed || len(p.SHA256) != 64 {
			t.Errorf("signed: %+v", p)
		}
		_, err = paper.Revise(tx, o.officer, p.ID, p.Version, notice("sửa sau khi ký"))
		refused(t, err, fault.KindConflict, "đã ký")
		_, err = paper.Sign(tx, o.leader, p.ID, head)
		refused(t, err, fault.KindConflict, "đã được ký")

		p, err = paper.EnterNumber(tx, o.clerk, p.ID, 7, calendar.On(2022, 4, 5))
		check(t, err)
		if p.Symbol != "07-TB/BTGTU" || p.Book != "2020-2025" || len(p.Warnings) != 0 {
			t.Errorf("numbered: %q in %q, %v", p.Symbol, p.Book, p.Warnings)
		}
		if _, err := paper.Find(tx, o.atHealth, p.ID); !fault.Is(err, fault.KindMissing) {
			t.Errorf("a recipient reads it before the release: %v", err)
		}
		p, err = paper.Release(tx, o.clerk, p.ID)
		check(t, err)
		_, err = paper.Release(tx, o.clerk, p.ID)
		refused(t, err, fault.KindConflict, "đã được phát hành")
		_, err = paper.Withdraw(tx, o.clerk, p.ID, "nhầm")
		refused(t, err, fault.KindConflict, "đã phát hành")

		found, err := paper.Find(tx, o.atHealth, p.ID)
		check(t, err)
		if found.State != paper.Released || found.SHA256 != p.SHA256 || found.Signer != "Nguyễn Minh Quân" {
			t.Errorf("a recipient reads %+v", found)
		}
		page := o.html(t, tx, p.ID)
		for _, want := range []string{"Số 07-TB/BTGTU", "Khánh Hòa, ngày 05 tháng 4 năm 2022", "Nguyễn Minh Quân", "TRƯỞNG BAN"} {
			if !strings.Contains(page, want) {
				t.Errorf("the released paper does not show %q", want)
			}
		}
		other := o.atHealth
		other.Body = o.education.ID
		if _, err := paper.Find(tx, other, p.ID); !fault.Is(err, fault.KindMissing) {
			t.Errorf("who is no recipient reads it: %v", err)
		}
	})
}

func TestNumbersMayHaveGapsButNoDoubles(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		enter := func(p paper.Paper, n int64, day calendar.Date) (paper.Paper, error) {
			return paper.EnterNumber(tx, o.clerk, p.ID, n, day)
		}
		a, b := o.signed(t, tx, paper.ThongBao, "việc thứ nhất"), o.signed(t, tx, paper.ThongBao, "việc thứ hai")
		report := o.signed(t, tx, paper.BaoCao, "kết quả quý I")
		_, err := enter(a, 12, calendar.On(2022, 4, 5))
		check(t, err)
		if n, err := paper.NextNumber(tx, o.clerk, b.ID, calendar.On(2022, 4, 5)); err != nil || n != 13 {
			t.Errorf("next number %d, %v", n, err)
		}
		_, err = enter(b, 12, calendar.On(2022, 4, 5))
		refused(t, err, fault.KindInvalid, "việc thứ nhất")
		_, err = enter(report, 12, calendar.On(2022, 4, 5)) // another type has its own book
		check(t, err)
		_, err = enter(b, 20, calendar.On(2022, 4, 4)) // what follows the signature is not dated before it
		refused(t, err, fault.KindInvalid, "Ngày văn bản (04/4/2022) không thể trước ngày ký")
		b, err = enter(b, 20, calendar.On(2022, 4, 5)) // a gap
		check(t, err)
		b, err = enter(b, 21, calendar.On(2022, 4, 5)) // corrected before the release
		check(t, err)
		if b.Symbol != "21-TB/BTGTU" || len(b.Warnings) != 0 {
			t.Errorf("corrected: %s %q", b.Symbol, b.Warnings)
		}
		_, err = enter(b, 0, calendar.On(2022, 4, 6))
		refused(t, err, fault.KindInvalid, "Ngày văn bản (06/4/2022) ở sau hôm nay")
		refused(t, err, fault.KindInvalid, "số nguyên từ 1")
		_, err = enter(b, 22, calendar.Date{})
		refused(t, err, fault.KindInvalid, "Cần ngày văn bản")
	})
}

func TestBooksFollowTheTermForThePartyAndTheYearForTheState(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		for _, c := range []struct {
			family official.Family
			day    calendar.Date
			book   string
		}{
			{official.Party, calendar.On(2022, 4, 5), "2020-2025"}, {official.Party, calendar.On(2020, 9, 30), "2015-2020"},
			{official.Party, calendar.On(2026, 6, 1), "2025-2030"}, {official.State, calendar.On(2022, 4, 5), "2022"},
		} {
			if book, err := paper.BookOf(tx, c.family, c.day); err != nil || book != c.book {
				t.Errorf("%s on %s: %s, %v", c.family, c.day, book, err)
			}
		}
		check(t, org.Set(tx, access.System("thử"), paper.TermsSetting, "2020-10-13, 2025-10-02"))
		if book, err := paper.BookOf(tx, official.Party, calendar.On(2025, 10, 1)); err != nil || book != "2020-2025" {
			t.Errorf("the office's own days: %s, %v", book, err)
		}
	})
}

func TestAStateBodyWritesAStatePaper(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		p, err := paper.Draft(tx, o.officer, paper.New{Body: o.education.ID, Kind: paper.BaoCao, Content: notice("kết quả quý I")})
		check(t, err)
		_, err = paper.Sign(tx, o.leader, p.ID, paper.Signature{Signer: "Trần Văn Bình", Title: "Giám đốc"})
		check(t, err)
		p, err = paper.EnterNumber(tx, o.clerk, p.ID, 5, calendar.On(2022, 4, 5))
		check(t, err)
		if p.Symbol != "05/BC-SGDĐT" || p.Book != "2022" {
			t.Errorf("%s in %s", p.Symbol, p.Book)
		}
		if page := o.html(t, tx, p.ID); !strings.Contains(page, "ỦY BAN NHÂN DÂN<br>TỈNH KHÁNH HÒA") {
			t.Error("the paper does not stand below the UBND of the province")
		}
		if page := o.html(t, tx, p.ID); !strings.Contains(page, "CỘNG HÒA XÃ HỘI") || !strings.Contains(page, "thực hiện./.") {
			t.Error("the paper is not laid out as a State paper")
		}
	})
}

func TestTheLayoutIsThatOfThePapersDate(t *testing.T) {
	clock := dbtest.NewClock("2026-05-26")
	d := dbtest.Engines(t)[0].From(t, "", nil, clock.Now)
	layout := func(tx *db.Tx, o office, id db.ID) string {
		doc, err := paper.Document(tx, o.officer, id)
		check(t, err)
		return doc.Profile.Code
	}
	dbtest.Begin(t, d, func(tx *db.Tx) {
		o := open(t, tx)
		p := o.signed(t, tx, paper.BaoCao, "trước ngày đổi thể thức")
		if code := layout(tx, o, p.ID); code != "HD36" {
			t.Errorf("on 26/5/2026: %s", code)
		}
		kept, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: paper.BaoCao, Content: notice("thử"), Profile: "HD05"})
		check(t, err)
		if code := layout(tx, o, kept.ID); code != "HD05" {
			t.Errorf("insisted: %s", code)
		}
	})
	clock.Set(time.Date(2026, 5, 27, 9, 0, 0, 0, db.Vietnam))
	dbtest.Begin(t, d, func(tx *db.Tx) {
		o := open(t, tx)
		if code := layout(tx, o, o.draft(t, tx, paper.BaoCao, "sau ngày đổi thể thức").ID); code != "HD05" {
			t.Errorf("on 27/5/2026: %s", code)
		}
	})
}

func TestWhatIsNotAPaperIsNotSigned(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		empty := notice("một văn bản chưa có nội dung")
		empty.Body = nil
		p, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: paper.ThongBao, Content: empty})
		check(t, err)
		_, err = paper.Sign(tx, o.leader, p.ID, head)
		refused(t, err, fault.KindConflict, "chưa có nội dung")
		_, err = paper.Sign(tx, o.leader, p.ID, paper.Signature{})
		refused(t, err, fault.KindInvalid, "Cần chọn người ký")
		found, err := paper.Lint(tx, o.officer, p.ID)
		check(t, err)
		if len(found) == 0 {
			t.Error("the clerk is told nothing")
		}
		if slices.ContainsFunc(found, func(f paper.Finding) bool { return f.Rule == "thieu-nguoi-ky" }) {
			t.Error("a draft is said to lack the signer that signing gives it")
		}
		secret := notice("báo cáo")
		secret.Body = append(secret.Body, text("TỐI MẬT"))
		_, err = paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: paper.ThongBao, Content: secret})
		refused(t, err, fault.KindRefused, "TỐI MẬT")
		_, err = paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: "XX", Content: official.Document{}, Profile: "HD99"})
		for _, words := range []string{"“XX”", "HD99", "trích yếu"} {
			refused(t, err, fault.KindInvalid, words)
		}
	})
}

func TestAWithdrawnPaperStaysWithItsReason(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		p := o.signed(t, tx, paper.ThongBao, "nhầm hội nghị")
		_, err := paper.Withdraw(tx, o.leader, p.ID, " ")
		refused(t, err, fault.KindInvalid, "lý do")
		p, err = paper.Withdraw(tx, o.leader, p.ID, "Ghi nhầm hội nghị")
		check(t, err)
		_, err = paper.EnterNumber(tx, o.clerk, p.ID, 1, calendar.On(2022, 4, 5))
		refused(t, err, fault.KindConflict, "đã rút")
		found, next, err := paper.List(tx, o.officer, paper.Filter{State: paper.Withdrawn})
		check(t, err)
		if len(found) != 1 || next != "" || found[0].Reason != "Ghi nhầm hội nghị" {
			t.Errorf("%+v", found)
		}
	})
}

func TestTheListGoesPageByPage(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		for _, s := range []string{"một", "hai", "ba"} {
			o.draft(t, tx, paper.ThongBao, s)
		}
		o.draft(t, tx, paper.BaoCao, "khác loại")
		first, next, err := paper.List(tx, o.clerk, paper.Filter{Kind: paper.ThongBao, State: paper.Drafted, Limit: 2, Origin: paper.Origin{Kind: "briefing", ID: "b1"}})
		check(t, err)
		rest, end, err := paper.List(tx, o.clerk, paper.Filter{Kind: paper.ThongBao, Limit: 2, Cursor: next})
		check(t, err)
		if len(first) != 2 || len(rest) != 1 || end != "" {
			t.Errorf("%d, then %d, then %q", len(first), len(rest), end)
		}
		none, _, err := paper.List(tx, o.atHealth, paper.Filter{})
		if err != nil || len(none) != 0 {
			t.Errorf("an agency lists drafts: %d, %v", len(none), err)
		}
	})
}

func TestContentSurvivesItsJSON(t *testing.T) {
	d := notice("kết quả quý I")
	d.Bases = []string{"Căn cứ Quyết định 238-QĐ/TW"}
	d.Signers = []official.Signer{{Lines: []official.AuthorityLine{{Authority: official.ForHead, Of: "Trưởng ban"}}, Title: "Phó Trưởng ban", Name: "Lê Thị Hoa"}}
	d.Profile, _ = official.ProfileByCode("HD36")
	d.Body = append(d.Body, official.Heading{Level: 1, Runs: official.Text("Kết quả")}, official.PageBreak{},
		official.NumberedItem{Level: 1, Runs: official.Text("Việc một"), Origin: official.Origin{Ref: "submission/1", Label: "Sở Y tế"}},
		official.Table{Caption: "Số liệu", Columns: []official.Column{{Title: "Chỉ tiêu", Width: 3}}, Rows: [][]official.Cell{{official.C("1.915.509")}}})
	d.Annexes = []official.Annex{{Title: "Bảng số liệu", Landscape: true, Body: []official.Block{text("Ghi chú")}}}
	one, err := paper.Encode(d)
	check(t, err)
	back, err := paper.Decode(one)
	check(t, err)
	if !reflect.DeepEqual(d, back) {
		t.Errorf("came back as\n%+v\nwas\n%+v", back, d)
	}
	two, err := paper.Encode(back)
	check(t, err)
	if !bytes.Equal(one, two) || !json.Valid(one) {
		t.Error("the same content gives other bytes")
	}
}

func FuzzDecodeNeverFails(f *testing.F) {
	f.Add([]byte(`{"Profile":"HD05","Body":[{"Heading":{"Level":9}},{}],"Annexes":[{}],"Subject":"x"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := paper.Decode(text)
		if err != nil {
			return
		}
		if _, err := paper.Encode(d); err != nil {
			t.Error(err)
		}
	})
}
