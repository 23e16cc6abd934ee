package paper_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
)

// out signs, numbers and releases a paper on its way.
func out(t *testing.T, tx *db.Tx, o office, p paper.Paper, number int64, follows bool) paper.Paper {
	t.Helper()
	sign, release := paper.Sign, paper.Release
	s := paper.Signature{Signer: "Lê Thị Hoa"}
	var err error
	if follows {
		_, err = paper.SignSuccessor(tx, o.leader, p, s)
	} else {
		_, err = sign(tx, o.leader, p.ID, s)
	}
	check(t, err)
	p, err = paper.EnterNumber(tx, o.clerk, p.ID, number, calendar.On(2022, 4, 5))
	check(t, err)
	if follows {
		p, err = paper.ReleaseSuccessor(tx, o.clerk, p)
	} else {
		p, err = release(tx, o.clerk, p.ID)
	}
	check(t, err)
	return p
}

// aNotice is one that was sent to the education department.
func aNotice(t *testing.T, tx *db.Tx, o office, number int64) paper.Paper {
	t.Helper()
	p, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: paper.ThongBao, Content: notice("kết luận hội nghị"), To: []db.ID{o.education.ID}})
	check(t, err)
	return out(t, tx, o, p, number, false)
}

func found(t *testing.T, tx *db.Tx, o office, id db.ID) paper.Paper {
	t.Helper()
	p, err := paper.Find(tx, o.officer, id)
	check(t, err)
	return p
}

func wordsIn(t *testing.T, tx *db.Tx, o office, id db.ID) (official.Document, string) {
	t.Helper()
	d, err := paper.Content(tx, o.officer, id)
	check(t, err)
	var said []string
	for _, p := range paper.WordsOf(d).Pieces {
		said = append(said, p.Text)
	}
	return d, strings.Join(said, "\n")
}

func TestWhatFollowsAPaperSaysOnlyFacts(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		old := aNotice(t, tx, o, 12)
		name := "Thông báo số 12-TB/BTGTU ngày 05/4/2022"
		for _, c := range []struct {
			kind    paper.SuccessionKind
			of      paper.Kind
			subject string
			said    string
		}{
			{paper.Amends, paper.ThongBao, "sửa đổi " + name, "Ban Tuyên giáo sửa đổi " + name + " như sau:\n"},
			{paper.Supplements, paper.ThongBao, "bổ sung " + name, "Ban Tuyên giáo bổ sung " + name + " như sau:\n"},
			{paper.Corrects, paper.CongVan, "đính chính " + name, "Ngày 05/4/2022, Ban Tuyên giáo ban hành Thông báo số 12-TB/BTGTU kết luận hội nghị.\n" +
				"Ban Tuyên giáo đính chính văn bản nêu trên: hạn ghi 15/4, đúng là 15/5.\nBan Tuyên giáo thông báo để các cơ quan, đơn vị biết."},
			{paper.Revokes, paper.CongVan, "thu hồi " + name, "Ngày 05/4/2022, Ban Tuyên giáo ban hành Thông báo số 12-TB/BTGTU kết luận hội nghị.\n" +
				"Ban Tuyên giáo thu hồi văn bản nêu trên. Lý do: hạn ghi 15/4, đúng là 15/5.\nBan Tuyên giáo thông báo để các cơ quan, đơn vị biết."},
			{paper.Replaces, paper.ThongBao, "kết luận hội nghị", "Thông báo này thay thế " + name + ".\nThực hiện chương trình công tác, Ban Tuyên giáo Tỉnh ủy thông báo như sau.\nCác cơ quan triển khai thực hiện"},
		} {
			p, err := paper.Succeed(tx, o.officer, old.ID, c.kind, " hạn ghi 15/4, đúng là 15/5. ")
			check(t, err)
			d, said := wordsIn(t, tx, o, p.ID)
			if p.Kind != c.of || p.Subject != c.subject || said != c.said {
				t.Errorf("%s: %s %q\n%s", c.kind, p.Kind, p.Subject, said)
			}
			if c.of == paper.CongVan && (len(d.Addressed) != 1 || d.Addressed[0] != "Sở Giáo dục và Đào tạo") {
				t.Errorf("%s goes to %v", c.kind, d.Addressed)
			}
			if c.kind == paper.Amends && (len(d.Bases) != 1 || d.Bases[0] != "Căn cứ "+name) {
				t.Errorf("bases %v", d.Bases)
			}
			to, err := paper.Recipients(tx, o.officer, p.ID)
			check(t, err)
			if len(to) != 1 || to[0] != o.education.ID {
				t.Errorf("%s is sent to %v", c.kind, to)
			}
			_, err = paper.Withdraw(tx, o.officer, p.ID, "Thử")
			check(t, err)
		}
		if now := found(t, tx, o, old.ID); now.Words != "" {
			t.Errorf("drafts that were withdrawn left %q", now.Words)
		}
	})
}

func TestCorrectionsAddUpAndAReplacementIsTheEnd(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		old := aNotice(t, tx, o, 12)
		draft := func(kind paper.SuccessionKind) paper.Paper {
			t.Helper()
			p, err := paper.Succeed(tx, o.officer, old.ID, kind, "Ghi nhầm")
			check(t, err)
			return p
		}
		correction := draft(paper.Corrects)
		if now := found(t, tx, o, old.ID); now.Words != "" {
			t.Errorf("a draft marks it: %q", now.Words)
		}
		out(t, tx, o, correction, 3, true)
		said := "Đã được đính chính tại Công văn số 03-CV/BTGTU ngày 05/4/2022"
		if now := found(t, tx, o, old.ID); now.Words != said || now.Successor != "" {
			t.Errorf("corrected it says %q, %q", now.Words, now.Successor)
		}
		check(t, paper.Overtake(tx, o.officer, old.ID, paper.Overtaken{Words: "Hội nghị đã hủy"}))
		if now := found(t, tx, o, old.ID); now.Words != said+"; hội nghị đã hủy" || now.RoomWords != "Hội nghị đã hủy" {
			t.Errorf("with what its room says: %q, %q", now.Words, now.RoomWords)
		}
		check(t, paper.Overtake(tx, o.officer, old.ID, paper.Overtaken{}))
		if now := found(t, tx, o, old.ID); now.Words != said {
			t.Errorf("when the room takes its words back: %q", now.Words)
		}

		amendment := draft(paper.Amends)
		_, err := paper.SignSuccessor(tx, o.leader, amendment, paper.Signature{Signer: "Lê Thị Hoa"})
		refused(t, err, fault.KindConflict, "chưa ghi nội dung sửa đổi")
		replacement := draft(paper.Replaces)
		_, err = paper.Succeed(tx, o.officer, old.ID, paper.Revokes, "Bỏ")
		refused(t, err, fault.KindConflict, "Đang soạn văn bản thay thế")
		replacement = out(t, tx, o, replacement, 13, true)
		now := found(t, tx, o, old.ID)
		if now.Words != said+"; đã được thay thế bởi Thông báo số 13-TB/BTGTU ngày 05/4/2022" || now.Successor != replacement.ID {
			t.Errorf("replaced it says %q, %q", now.Words, now.Successor)
		}
		_, err = paper.Succeed(tx, o.officer, old.ID, paper.Corrects, "Muộn")
		refused(t, err, fault.KindConflict, "thôi hiệu lực")
		_, err = paper.SignSuccessor(tx, o.leader, amendment, paper.Signature{Signer: "Lê Thị Hoa"})
		refused(t, err, fault.KindConflict, "thôi hiệu lực")

		next, err := paper.Succeed(tx, o.officer, replacement.ID, paper.Replaces, "Lại nhầm")
		check(t, err)
		if _, words := wordsIn(t, tx, o, next.ID); strings.Count(words, "này thay thế") != 1 {
			t.Errorf("a second replacement says:\n%s", words)
		}
		_, err = paper.Withdraw(tx, o.officer, next.ID, "Thôi")
		check(t, err)
		revocation, err := paper.Succeed(tx, o.officer, replacement.ID, paper.Revokes, "Không còn cần")
		check(t, err)
		out(t, tx, o, revocation, 4, true)
		if now := found(t, tx, o, replacement.ID); now.Words != "Đã được thu hồi tại Công văn số 04-CV/BTGTU ngày 05/4/2022" || !now.Revoked {
			t.Errorf("revoked it says %q", now.Words)
		}
	})
}

func TestNobodyFollowsAPaperThatIsNotOutOrWithoutWords(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		draft := pile(t, tx, o, 0, paper.ThongBao)[0]
		_, err := paper.Succeed(tx, o.officer, draft, paper.Replaces, "Nhầm")
		refused(t, err, fault.KindConflict, "chưa phát hành")
		old := aNotice(t, tx, o, 12)
		_, err = paper.Succeed(tx, o.leader, old.ID, paper.Replaces, "Nhầm")
		refused(t, err, fault.KindForbidden, "")
		_, err = paper.Succeed(tx, o.atHealth, old.ID, paper.Replaces, "Nhầm")
		refused(t, err, fault.KindMissing, "")
		_, err = paper.Succeed(tx, o.officer, old.ID, "xoa", " ")
		refused(t, err, fault.KindInvalid, "Cần lý do")
		_, err = paper.Succeed(tx, o.officer, old.ID, paper.Corrects, "TUYỆT MẬT")
		refused(t, err, fault.KindRefused, "")
	})
}
