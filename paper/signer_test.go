package paper_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/people"
	"giaoban/people/peopletest"
)

// signature signs a new notice and gives how it reads, or why it was refused.
func (o office) signature(t *testing.T, tx *db.Tx, body db.ID, profile string, s paper.Signature) (string, error) {
	t.Helper()
	p, err := paper.Draft(tx, o.officer, paper.New{Body: body, Kind: paper.ThongBao, Content: notice("thử chữ ký"), Profile: profile})
	check(t, err)
	if _, err := paper.Sign(tx, o.leader, p.ID, s); err != nil {
		return "", err
	}
	d, err := paper.Document(tx, o.officer, p.ID)
	check(t, err)
	if len(d.Signers) != 1 {
		t.Fatalf("%d signers", len(d.Signers))
	}
	return strings.Join(official.SignatureLines(d.Profile, d.Signers[0]), " / "), nil
}

func TestASignatureReadsAsThePostSays(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		system := access.System("thử")
		place := func(code, name string, kind org.Kind) db.ID {
			b, err := org.Create(tx, system, org.New{Code: code, Name: name, Kind: kind, Place: "Khánh Hòa", ValidFrom: calendar.On(2015, 1, 1)})
			check(t, err)
			return b.ID
		}
		post := func(name string, body db.ID, title string, signs people.Signing) {
			_, err := peopletest.PostOf(tx, name, body, title, signs, calendar.On(2020, 1, 1), calendar.Date{})
			check(t, err)
		}
		unit, party := place("VPB", "Văn phòng Ban", org.OwnUnit), place("BCS", "Ban Cán sự đảng", org.PartyCommittee)
		lower, young := place("BTGH", "Ban Tuyên giáo Huyện ủy A", org.LowerCommission), place("SKH", "Sở Khoa học", org.Department)
		post("Võ Văn Chánh", unit, "Chánh Văn phòng", people.SignsByTitle)
		post("Bùi Thị Ủy", o.education.ID, "Trưởng phòng Tổ chức", people.SignsByWrit)
		post("Hồ Bí Thư", party, "Bí thư", people.SignsByTitle)
		post("Phan Phó Bí", party, "Phó Bí thư", people.SignsByTitle)
		post("Đinh Phụ Trách", lower, "Phó Trưởng ban phụ trách", people.SignsByTitle)
		post("Tô Văn Quyền", young, "Quyền Giám đốc", people.SignsByTitle)
		post("Mai Thị Phó", young, "Phó Giám đốc", people.SignsByTitle)
		for _, c := range []struct {
			body          db.ID
			profile, who  string
			want, refused string
		}{
			{o.commission.ID, "", "Nguyễn Minh Quân", "TRƯỞNG BAN / Nguyễn Minh Quân", ""},
			{o.commission.ID, "", "Lê Thị Hoa", "K/T TRƯỞNG BAN / PHÓ TRƯỞNG BAN / Lê Thị Hoa", ""},
			{o.commission.ID, "", "Võ Văn Chánh", "T/L TRƯỞNG BAN / CHÁNH VĂN PHÒNG / Võ Văn Chánh", ""},
			{party, "", "Hồ Bí Thư", "T/M BAN CÁN SỰ ĐẢNG / BÍ THƯ / Hồ Bí Thư", ""},
			{party, "", "Phan Phó Bí", "T/M BAN CÁN SỰ ĐẢNG / PHÓ BÍ THƯ / Phan Phó Bí", ""},
			{party, "ND30", "Phan Phó Bí", "TM. BAN CÁN SỰ ĐẢNG / KT. BÍ THƯ / PHÓ BÍ THƯ / Phan Phó Bí", ""},
			{lower, "", "Đinh Phụ Trách", "PHÓ TRƯỞNG BAN PHỤ TRÁCH / Đinh Phụ Trách", ""},
			{lower, "ND30", "Đinh Phụ Trách", "KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN PHỤ TRÁCH / Đinh Phụ Trách", ""},
			{young, "", "Tô Văn Quyền", "Q. GIÁM ĐỐC / Tô Văn Quyền", ""},
			{young, "", "Mai Thị Phó", "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / Mai Thị Phó", ""},
			{o.education.ID, "", "Bùi Thị Ủy", "TUQ. GIÁM ĐỐC / TRƯỞNG PHÒNG TỔ CHỨC / Bùi Thị Ủy", ""},
			{o.education.ID, "HD36", "Bùi Thị Ủy", "", "không giữ chức vụ"},
			{o.education.ID, "", "Nguyễn Minh Quân", "", "không giữ chức vụ"},
			{unit, "", "Nguyễn Minh Quân", "", "không giữ chức vụ"},
		} {
			got, err := o.signature(t, tx, c.body, c.profile, paper.Signature{Signer: c.who})
			if got != c.want {
				t.Errorf("%s under %q signs %q (%v), want %q", c.who, c.profile, got, err, c.want)
			}
			if c.refused != "" {
				refused(t, err, fault.KindInvalid, c.refused)
			}
		}
	})
}

func TestNothingOfASignatureIsFreeToType(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		onBehalf := []official.AuthorityLine{{Authority: official.OnBehalf, Of: "Ban Thường vụ"}}
		for _, c := range []struct {
			s     paper.Signature
			words string
		}{
			{paper.Signature{Signer: "Lê Thị Hoa", Title: "BÍ THƯ TỈNH ỦY"}, "K/T TRƯỞNG BAN, PHÓ TRƯỞNG BAN"},
			{paper.Signature{Signer: "Lê Thị Hoa", Title: "Phó Trưởng ban", Authority: onBehalf}, "lấy theo chức vụ đang giữ"},
			{paper.Signature{Signer: "Nguyễn Bí Thư", Title: "BÍ THƯ TỈNH ỦY"}, "Người được ký: Nguyễn Minh Quân (TRƯỞNG BAN)"},
			{paper.Signature{Title: "BÍ THƯ TỈNH ỦY"}, "Cần chọn người ký"},
		} {
			_, err := o.signature(t, tx, o.commission.ID, "", c.s)
			refused(t, err, fault.KindInvalid, c.words)
		}
		// What agrees with the post is taken, however it is spelt.
		got, err := o.signature(t, tx, o.commission.ID, "", paper.Signature{Signer: "lê thị hoa", Title: "PHÓ TRƯỞNG BAN",
			Authority: []official.AuthorityLine{{Authority: official.ForHead}}})
		if check(t, err); got != "K/T TRƯỞNG BAN / PHÓ TRƯỞNG BAN / Lê Thị Hoa" {
			t.Error(got)
		}
		// A draft that came with a name keeps none.
		named := notice("có tên sẵn")
		named.Signers = []official.Signer{{Title: "Bí thư Tỉnh ủy", Name: "Người Khác"}}
		p, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: paper.ThongBao, Content: named})
		check(t, err)
		if page := o.html(t, tx, p.ID); strings.Contains(page, "Người Khác") {
			t.Error("the draft names who holds no post")
		}
	})
}

func TestAPostThatEndedSignsNoMore(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		today := calendar.OfInstant(tx.Clock())
		end := func(name string, last calendar.Date) {
			person, err := peopletest.PostOf(tx, name, o.commission.ID, "Phó Trưởng ban", people.SignsByTitle, calendar.On(2020, 1, 1), last)
			check(t, err)
			p, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: paper.ThongBao, Content: notice("thử")})
			check(t, err)
			_, err = paper.Sign(tx, o.leader, p.ID, paper.Signature{Signer: string(person)})
			if last == today {
				check(t, err)
				return
			}
			refused(t, err, fault.KindInvalid, name+" không giữ chức vụ nào được ký văn bản này vào ngày 05/4/2022")
		}
		end("Hết Hôm Qua", today.AddDays(-1))
		end("Hết Hôm Nay", today)
	})
}

// A draft shows who is to sign, and asks the post again when it is signed.
func TestADraftFollowsThePostOfWhoIsToSign(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		system, today := access.System("thử"), calendar.OfInstant(tx.Clock())
		p, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: paper.ThongBao, Content: notice("thử"),
			Signer: paper.Signature{Signer: "Lê Thị Hoa"}})
		check(t, err)
		if page := o.html(t, tx, p.ID); !strings.Contains(page, "K/T TRƯỞNG BAN") || !strings.Contains(page, "Lê Thị Hoa") {
			t.Error("the draft does not show who is to sign")
		}
		posts, err := people.PostsOf(tx, system, o.commission.ID, today)
		check(t, err)
		for _, post := range posts {
			if post.Name == "Lê Thị Hoa" {
				check(t, people.EndPost(tx, system, post.ID, today.AddDays(-1)))
			}
		}
		if page := o.html(t, tx, p.ID); strings.Contains(page, "Lê Thị Hoa") {
			t.Error("the draft still names a post that ended")
		}
		_, err = paper.Sign(tx, o.leader, p.ID, paper.Signature{})
		refused(t, err, fault.KindInvalid, "Lê Thị Hoa không giữ chức vụ nào")
		p, err = paper.Sign(tx, o.leader, p.ID, head)
		check(t, err)
		if p.Signer != "Nguyễn Minh Quân" || p.Title != "Trưởng ban" {
			t.Errorf("signed by %s, %s", p.Signer, p.Title)
		}
	})
}

func TestABodyHasOneHeadAtATime(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		_, err := peopletest.Post(tx, "Người Thứ Hai", o.commission.ID, "Trưởng ban")
		refused(t, err, fault.KindInvalid, "đã có Nguyễn Minh Quân đứng đầu")
	})
}
