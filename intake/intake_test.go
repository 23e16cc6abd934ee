package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/document"
	"giaoban/edxml"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
	"giaoban/lineage"
	"giaoban/sample/sampletest"
)

// paragraphs are a file of plain paragraphs.
func paragraphs(lines ...string) document.Document {
	d := document.Document{Problems: []string{}}
	for _, line := range lines {
		d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: line})
	}
	return d
}

func ofHealth() document.Document {
	return paragraphs("UBND TỈNH KHÁNH HÒA", "SỞ Y TẾ", "Số: 128/BC-SYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
		"Khánh Hòa, ngày 15 tháng 3 năm 2022", "BÁO CÁO", "Kết quả công tác khoa giáo quý I năm 2022", "I. Kết quả", "Khám bệnh 1.915.509 lượt.",
		"Nơi nhận: Lưu VT.", "GIÁM ĐỐC", "Trần Văn Bình")
}

var sums int

// came is a file that came alone, kept in the library.
func came(t *testing.T, tx *db.Tx, by access.Actor, name string, d document.Document) intake.Sent {
	t.Helper()
	sums++
	f, err := library.Add(tx, by, by.Body, files.Stored{Kind: files.PDF, Size: 3, SHA256: fmt.Sprintf("%064x", sums)}, name)
	if err != nil {
		t.Fatal(err)
	}
	return intake.Sent{Name: name, Document: d, Files: []library.File{f}}
}

func take(t *testing.T, tx *db.Tx, by access.Actor, sent ...intake.Sent) []intake.Taken {
	t.Helper()
	taken, err := intake.Take(tx, by, sent)
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

// entryOf is what was proposed, confirmed as it stands.
func entryOf(i intake.Incoming, number string) intake.Entry {
	return intake.Entry{Number: number, ArrivedOn: i.ArrivedOn, Sender: i.Sender, SenderName: i.SenderName, Type: i.Type, Symbol: i.Symbol, Date: i.Date,
		Subject: i.Subject, Signer: i.Signer, Due: i.Due, Kind: i.Kind, LeadsTo: i.LeadsTo}
}

func TestAFileIsProposedAsWhatItSeemsToBe(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-03-15 09:00")
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				for _, c := range []struct {
					name              string
					document          document.Document
					kind              intake.Kind
					symbol, typ, what string
					leads             bool
					sender            db.ID
				}{
					{"bc.docx", ofHealth(), intake.Report, "128/BC-SYT", "Báo cáo", "Kết quả công tác khoa giáo quý I năm 2022", true, p.SYT.ID},
					{"ct.docx", paragraphs("BAN CHẤP HÀNH TRUNG ƯƠNG", "Số 20-CT/TW", "ĐẢNG CỘNG SẢN VIỆT NAM", "Hà Nội, ngày 05 tháng 3 năm 2022", "CHỈ THỊ",
						"về tăng cường sự lãnh đạo của Đảng"), intake.Steering, "20-CT/TW", "Chỉ thị", "về tăng cường sự lãnh đạo của Đảng", false, ""},
					{"cu.docx", paragraphs("SỞ Y TẾ", "Số: 9/TB-SYT", "Khánh Hòa, ngày 02 tháng 5 năm 2017", "THÔNG BÁO", "Kết luận cuộc họp"), intake.Old, "9/TB-SYT",
						"Thông báo", "Kết luận cuộc họp", false, p.SYT.ID},
					{"moi.docx", paragraphs("SỞ Y TẾ", "Số: 130/SYT-VP", "V/v mời dự lễ", "Khánh Hòa, ngày 14 tháng 3 năm 2022", "Kính gửi: Ban Tuyên giáo"), intake.Other,
						"130/SYT-VP", "Công văn", "mời dự lễ", false, ""},
					{"quet.pdf", document.Document{}, intake.Other, "", "", "", false, ""},
				} {
					got := take(t, tx, p.Officer, came(t, tx, p.Officer, c.name, c.document))[0]
					if got.Kind != c.kind || got.Symbol != c.symbol || got.Type != c.typ || got.Subject != c.what || (got.LeadsTo != "") != c.leads || got.Why == "" {
						t.Errorf("%s: %s %q %q %q, leads to %q, because %q", c.name, got.Kind, got.Symbol, got.Type, got.Subject, got.LeadsTo, got.Why)
					}
					if c.sender != "" && got.Sender != c.sender {
						t.Errorf("%s is said to be of %q (%s)", c.name, got.Sender, got.SenderName)
					}
					if got.State != intake.Waiting || got.Number != "" {
						t.Errorf("%s is in the book unasked: %s %q", c.name, got.State, got.Number)
					}
				}
			})
		})
	}
}

func TestAPacketSaysMoreThanItsFile(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-03-15 09:00")
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				s := came(t, tx, p.Officer, "vb.pdf", document.Document{})
				s.Packet = &edxml.Packet{From: edxml.Organ{ID: "SYT", Name: "Sở Y tế"}, Symbol: "131/SYT-VP", Kind: "Công văn", Subject: "trao đổi số liệu",
					Date: calendar.On(2022, 3, 15), Due: calendar.On(2022, 3, 25), Signer: edxml.Signer{Name: "Trần Văn Bình"}}
				got := take(t, tx, p.Officer, s)[0]
				if got.Sender != p.SYT.ID || got.Symbol != "131/SYT-VP" || got.Due != calendar.On(2022, 3, 25) || got.Signer != "Trần Văn Bình" || !got.Packet {
					t.Errorf("the packet was read as %+v", got.Incoming)
				}
			})
		})
	}
}

// A packet that revokes or replaces an earlier one is told on both, and neither leaves the book.
func TestAPacketTellsWhatItDoesWithAnEarlierOne(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-03-15 09:00")
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				packet := func(name, id string, purpose edxml.Purpose, about string) intake.Sent {
					s := came(t, tx, p.Officer, name, ofHealth())
					s.Packet = &edxml.Packet{From: edxml.Organ{ID: "SYT", Name: "Sở Y tế"}, DocumentID: id, Symbol: "128/BC-SYT", Kind: "Báo cáo",
						Subject: "kết quả quý I năm 2022", Date: calendar.On(2022, 3, 15), Purpose: purpose, About: about, Reason: "nhầm phụ lục"}
					return s
				}
				first := take(t, tx, p.Officer, packet("1.docx", "SYT,128", edxml.New, ""))[0]
				if _, err := intake.Enter(tx, p.Officer, first.ID, first.Version, entryOf(first.Incoming, "12")); err != nil {
					t.Fatal(err)
				}
				other := take(t, tx, p.Officer, packet("2.docx", "SYT,130", edxml.New, ""))[0]
				replaces := take(t, tx, p.Officer, packet("3.docx", "SYT,131", edxml.Replace, "SYT,128"))[0]
				revokes := take(t, tx, p.Officer, packet("4.docx", "SYT,131", edxml.Revoke, ""))[0]
				stray := take(t, tx, p.Officer, packet("5.docx", "SYT,9", edxml.Revoke, "SYT,8"))[0]
				if replaces.Kind != intake.Report || !strings.HasPrefix(replaces.Why, "thay thế văn bản đến số 12 (nhầm phụ lục); ") {
					t.Errorf("replaces: %s, %q", replaces.Kind, replaces.Why)
				}
				if revokes.Kind != intake.Other || revokes.LeadsTo != "" || !strings.HasPrefix(revokes.Why, "thu hồi văn bản đang chờ vào sổ, Báo cáo số 128/BC-SYT") {
					t.Errorf("revokes: %s, %q", revokes.Kind, revokes.Why)
				}
				if stray.Why != "thu hồi văn bản chưa có trong sổ đến (nhầm phụ lục)" {
					t.Errorf("stray: %q", stray.Why)
				}
				for _, c := range []struct {
					of, later db.ID
				}{{first.ID, replaces.ID}, {replaces.ID, revokes.ID}, {other.ID, ""}, {revokes.ID, ""}} {
					i, err := intake.Find(tx, p.Officer, c.of)
					if err != nil {
						t.Fatal(err)
					}
					later, err := intake.Later(tx, p.Officer, i)
					if err != nil || c.later == "" != (later == nil) || later != nil && later.ID != c.later {
						t.Errorf("%s: later is %+v (%v)", i.Name, later, err)
					}
				}
			})
		})
	}
}

func TestTheBookHasEachNumberOnce(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-03-15 09:00")
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				clerk := p.Actor("vanthu")
				first := take(t, tx, clerk, came(t, tx, clerk, "a.docx", ofHealth()))[0]
				second := take(t, tx, clerk, came(t, tx, clerk, "b.docx", paragraphs("SỞ Y TẾ", "Số: 131/SYT-VP", "V/v khác")))[0]
				i, err := intake.Enter(tx, clerk, first.ID, first.Version, entryOf(first.Incoming, "128"))
				if err != nil || i.State != intake.Entered || i.Number != "128" || i.EnteredBy != clerk.Name {
					t.Fatalf("entered as %+v: %v", i, err)
				}
				if n, err := intake.NextNumber(tx, clerk); err != nil || n != 129 {
					t.Errorf("the next number is %d %v", n, err)
				}
				if _, err := intake.Enter(tx, clerk, second.ID, second.Version, entryOf(second.Incoming, "128")); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "đã dùng") {
					t.Errorf("a number twice: %v", err)
				}
				late := entryOf(second.Incoming, "129")
				late.ArrivedOn = calendar.On(2022, 3, 16)
				if _, err := intake.Enter(tx, clerk, second.ID, second.Version, late); !fault.Is(err, fault.KindInvalid) {
					t.Errorf("arrived tomorrow: %v", err)
				}
				if _, err := intake.Enter(tx, clerk, first.ID, first.Version, entryOf(first.Incoming, "130")); !fault.Is(err, fault.KindStale) {
					t.Errorf("an old version: %v", err)
				}
				secret := entryOf(second.Incoming, "129")
				secret.Subject = "Tối mật"
				if _, err := intake.Enter(tx, clerk, second.ID, second.Version, secret); err == nil {
					t.Error("a mark of secrecy was let in")
				}
				other := entryOf(second.Incoming, "129")
				other.Kind, other.LeadsTo = intake.Report, first.LeadsTo
				other.Sender, other.SenderName = p.SGDDT.ID, ""
				if _, err := intake.Enter(tx, clerk, second.ID, second.Version, other); !fault.Is(err, fault.KindInvalid) {
					t.Errorf("a report of somebody else's: %v", err)
				}
			})
		})
	}
}

func TestAPaperIsTakenOnceAndSettledOnce(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-03-15 09:00")
			dbtest.Begin(t, p.DB, func(tx *db.Tx) {
				word := came(t, tx, p.Officer, "bao cao.docx", ofHealth())
				signed := came(t, tx, p.Officer, "bao cao.pdf", document.Document{})
				taken := take(t, tx, p.Officer, signed, word)
				if len(taken) != 1 || taken[0].Symbol != "128/BC-SYT" {
					t.Fatalf("the Word file and its signed copy are %d papers: %+v", len(taken), taken)
				}
				i := taken[0].Incoming
				if all, err := intake.Files(tx, p.Officer, i.ID); err != nil || len(all) != 2 {
					t.Errorf("it has %d files %v", len(all), err)
				}
				if again := take(t, tx, p.Officer, word)[0]; !again.Known || again.ID != i.ID {
					t.Errorf("the same file came again as %+v", again)
				}
				if err := intake.Settle(tx, p.Officer, i.ID, lineage.Node{Kind: "submission", ID: "x", Label: "x"}); !fault.Is(err, fault.KindConflict) {
					t.Errorf("settled before it was in the book: %v", err)
				}
				i, err := intake.Enter(tx, p.Officer, i.ID, i.Version, entryOf(i, "5"))
				if err != nil {
					t.Fatal(err)
				}
				if err := intake.Close(tx, p.Officer, i.ID, i.Version, " "); !fault.Is(err, fault.KindInvalid) {
					t.Errorf("closed without a word: %v", err)
				}
				if err := intake.Close(tx, p.Officer, i.ID, i.Version, "Chuyển Phòng Khoa giáo"); err != nil {
					t.Fatal(err)
				}
				if err := intake.Drop(tx, p.Officer, i.ID, i.Version+1, "nhầm"); !fault.Is(err, fault.KindConflict) {
					t.Errorf("dropped after it was settled: %v", err)
				}
				agency := p.Actor("syt")
				if _, err := intake.Find(tx, agency, i.ID); !fault.Is(err, fault.KindMissing) {
					t.Errorf("an agency reads the book: %v", err)
				}
				if _, err := intake.Take(tx, agency, []intake.Sent{word}); !fault.Is(err, fault.KindForbidden) {
					t.Errorf("an agency fills the book: %v", err)
				}
				if _, err := intake.Take(tx, p.Actor("truongban"), []intake.Sent{word}); !fault.Is(err, fault.KindForbidden) {
					t.Errorf("the leader fills the book: %v", err)
				}
			})
		})
	}
}
