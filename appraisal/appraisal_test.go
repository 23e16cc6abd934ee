package appraisal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/appraisal"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/review"
	"giaoban/sample"
	"giaoban/sample/sampletest"
)

// first is the draft of Sở Y tế as it is sent first.
var first = []string{"Về nâng cao chất lượng khám, chữa bệnh tại trạm y tế xã giai đoạn 2022 - 2025",
	"Đến năm 2025, 90% trạm y tế xã có đủ bác sĩ làm việc thường xuyên và thuốc thiết yếu theo danh mục của Bộ Y tế.",
	"Sở Y tế chủ trì, phối hợp với Bảo hiểm xã hội tỉnh thanh toán chi phí khám, chữa bệnh tại trạm y tế xã theo quy định của pháp luật.",
	"Ủy ban nhân dân các huyện, thị xã, thành phố bố trí đất và kinh phí sửa chữa trạm y tế xuống cấp trong năm 2023."}

type stage struct {
	*testing.T
	*sample.Province
	tx    *db.Tx
	files int
}

// drafted is a draft as it came and was read.
func (s *stage) drafted(by access.Actor, body db.ID, words ...string) appraisal.File {
	s.Helper()
	s.files++
	f, err := library.Add(s.tx, by, body, files.Stored{SHA256: fmt.Sprintf("%064d", s.files), Size: 10, Kind: "application/zip"}, fmt.Sprintf("du thao %d.docx", s.files))
	if err != nil {
		s.Fatal(err)
	}
	var d document.Document
	for _, w := range words {
		d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: w})
	}
	return appraisal.File{File: f, Read: d}
}

func (s *stage) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// refused checks that an act is refused for the reason in the words.
func (s *stage) refused(err error, kind fault.Kind, words string) {
	s.Helper()
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
		s.Errorf("%v, not refused for %q", err, words)
	}
}

func (s *stage) look(by access.Actor, id db.ID) appraisal.Sheet {
	s.Helper()
	sheet, err := appraisal.Look(s.tx, by, id, 0)
	s.must(err)
	return sheet
}

func onStage(t *testing.T, when string, play func(s *stage)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, when)
			dbtest.Begin(t, p.DB, func(tx *db.Tx) { play(&stage{T: t, Province: p, tx: tx}) })
		})
	}
}

func (s *stage) rule() {
	s.Helper()
	s.must(appraisal.AddRule(s.tx, s.Officer, appraisal.Rule{Form: "Nghị quyết", Addressee: appraisal.ToParty, Days: 10, Basis: "Quy chế làm việc số 01-QC/TU", From: calendar.On(2022, 1, 1)}))
}

// The whole life of a draft for the Party committee: sent, others asked, commented, signed, disposed of, sent anew, concluded by
// a paper, closed.
func TestADraftIsAppraisedAndEveryCommentAnswered(t *testing.T) {
	onStage(t, "2022-03-17", func(s *stage) {
		tx := s.tx
		author, leader := s.AgencyOfficer(s.SYT), s.AgencyLeader(s.SYT)
		school, schoolHead := s.AgencyOfficer(s.SGDDT), s.AgencyLeader(s.SGDDT)
		n := appraisal.New{Kind: appraisal.Formal, Form: "Nghị quyết", Subject: "về nâng cao chất lượng trạm y tế xã", Addressee: appraisal.ToParty,
			AddresseeName: "Ban Thường vụ Tỉnh ủy", Sector: "YT", File: s.drafted(author, s.SYT.ID, first...)}
		_, err := appraisal.Submit(tx, author, n)
		s.refused(err, fault.KindInvalid, "Cần ghi ngày dự kiến trình")
		s.rule()
		a, err := appraisal.Submit(tx, author, n)
		s.must(err)
		if a.Due != calendar.On(2022, 4, 1) || !strings.Contains(a.Explained, "Dự thảo gửi thứ Sáu 18/3/2022; hạn là ngày làm việc thứ 10 sau đó") || a.Rule == "" {
			t.Errorf("due %s: %s", a.Due, a.Explained)
		}
		if _, err := appraisal.Find(tx, school, a.ID); !fault.Is(err, fault.KindMissing) {
			t.Errorf("who was not asked sees the draft: %v", err)
		}
		s.refused(appraisal.Ask(tx, author, a.ID, []db.ID{s.SGDDT.ID}, 5), fault.KindForbidden, "")
		s.refused(appraisal.Ask(tx, s.Officer, a.ID, []db.ID{s.SGDDT.ID}, 20), fault.KindInvalid, "sau hạn chung")
		s.refused(appraisal.Ask(tx, s.Officer, a.ID, []db.ID{s.PKG.ID}, 5), fault.KindInvalid, "đơn vị thuộc Ban")
		s.must(appraisal.Ask(tx, s.Officer, a.ID, []db.ID{s.SGDDT.ID, s.BHXH.ID}, 5))

		sheet := s.look(school, a.ID)
		key := sheet.Paragraphs[1].Key
		s.must(appraisal.Say(tx, school, a.ID, 1, appraisal.NewComment{Paragraph: key, Words: "Nên tính cả y tế trường học.", Wording: "Đến năm 2025, 95% trạm y tế xã có bác sĩ."}))
		s.must(appraisal.Say(tx, school, a.ID, 1, appraisal.NewComment{Paragraph: sheet.Paragraphs[3].Key, Words: "Nêu rõ nguồn kinh phí."}))
		s.must(appraisal.Say(tx, school, a.ID, 1, appraisal.NewComment{Words: "Bổ sung đánh giá tác động."}))
		s.must(appraisal.Say(tx, school, a.ID, 1, appraisal.NewComment{Words: "Ý ghi nhầm."}))
		s.refused(appraisal.Say(tx, school, a.ID, 1, appraisal.NewComment{Paragraph: key}), fault.KindInvalid, "trống")
		if err := appraisal.Say(tx, school, a.ID, 1, appraisal.NewComment{Words: "TỐI MẬT\n\nNội dung"}); err == nil || !strings.Contains(err.Error(), "TỐI MẬT") {
			t.Errorf("a comment that bears a mark of secrecy: %v", err)
		}
		mine := s.look(school, a.ID).Comments
		s.must(appraisal.Drop(tx, school, a.ID, mine[3].ID))
		for who, by := range map[string]access.Actor{"the author": author, "the commission": s.Officer, "another one asked": s.AgencyOfficer(s.BHXH)} {
			if seen := s.look(by, a.ID).Comments; len(seen) != 0 {
				t.Errorf("%s reads what is not signed: %v", who, seen)
			}
		}
		s.refused(appraisal.SignOpinion(tx, school, a.ID, 1, appraisal.Supplement, ""), fault.KindForbidden, "")
		s.must(appraisal.SignOpinion(tx, schoolHead, a.ID, 1, appraisal.Supplement, ""))
		s.refused(appraisal.Say(tx, school, a.ID, 1, appraisal.NewComment{Words: "Thêm."}), fault.KindConflict, "đã ký")
		if seen := s.look(author, a.ID).Comments; len(seen) != 3 {
			t.Errorf("the author reads %d comments", len(seen))
		}
		if seen := s.look(s.AgencyOfficer(s.BHXH), a.ID).Comments; len(seen) != 0 {
			t.Error("another one that was asked reads them before the end")
		}
		if seen := s.look(s.AgencyOfficer(s.BHXH), a.ID); len(seen.Reviewers) != 1 || len(seen.Rounds) != 1 || seen.Reviewers[0].Body != s.BHXH.ID {
			t.Errorf("another one that was asked reads who else was, and what they said: %+v", seen.Rounds)
		}

		s.refused(appraisal.Dispose(tx, s.Officer, a.ID, []db.ID{mine[0].ID}, appraisal.Disposal{Kind: appraisal.Accepted}), fault.KindConflict, "không làm thay")
		s.refused(appraisal.Dispose(tx, author, a.ID, []db.ID{mine[0].ID}, appraisal.Disposal{Kind: appraisal.Partly}), fault.KindInvalid, "nay viết thế nào")
		s.must(appraisal.Dispose(tx, author, a.ID, []db.ID{mine[0].ID}, appraisal.Disposal{Kind: appraisal.Partly, Wording: "Đến năm 2025, 92% trạm y tế xã có bác sĩ."}))

		changed := slices.Clone(first)
		changed[1] = "Đến năm 2025, 92% trạm y tế xã có đủ bác sĩ làm việc thường xuyên và thuốc thiết yếu theo danh mục của Bộ Y tế."
		changed = append(changed[:1], changed[3], changed[1], changed[2])
		s.refused(appraisal.SubmitVersion(tx, author, a.ID, appraisal.NewVersion{Seen: 0, File: s.drafted(author, s.SYT.ID, changed...)}), fault.KindStale, "bản mới")
		s.must(appraisal.SubmitVersion(tx, author, a.ID, appraisal.NewVersion{Seen: 1, File: s.drafted(author, s.SYT.ID, changed...), Note: "Sửa theo góp ý."}))
		sheet = s.look(author, a.ID)
		if of := sheet.Of(sheet.Paragraphs[1].Key); len(of) != 1 || of[0].Words != "Nêu rõ nguồn kinh phí." {
			t.Errorf("at the paragraph that was moved stand %v", of)
		}
		if len(sheet.OfWhole()) != 1 || len(sheet.Reviewers) != 3 {
			t.Errorf("of the whole %v, asked %v", sheet.OfWhole(), sheet.Reviewers)
		}
		differ, err := appraisal.Compare(tx, author, a.ID, 1, 2)
		s.must(err)
		told := ""
		for _, c := range differ {
			for _, w := range c.Words {
				if w.Change != "" {
					told += fmt.Sprintf("%s %s; ", w.Change, w.Text)
				}
			}
		}
		if told != "deleted 90%; inserted 92%; " {
			t.Errorf("the versions differ by %q", told)
		}
		s.refused(appraisal.Close(tx, author, a.ID), fault.KindConflict, "Chưa có kết quả thẩm định")

		p, err := appraisal.DraftResult(tx, s.Officer, a.ID, appraisal.NewResult{Says: string(appraisal.Mended), Kind: paper.CongVan})
		s.must(err)
		_, err = appraisal.DraftResult(tx, s.Officer, a.ID, appraisal.NewResult{Says: string(appraisal.Ready), Kind: paper.CongVan})
		s.refused(err, fault.KindConflict, "đã soạn")
		if seen := s.look(author, a.ID); seen.State != appraisal.Reviewing {
			t.Errorf("a draft of the result is the result: %s", seen.State)
		}
		s.release(p)
		sheet = s.look(school, a.ID)
		if sheet.State != appraisal.Concluded || sheet.Says != appraisal.Mended || sheet.Paper != p.ID {
			t.Errorf("after the release %+v", sheet.Standing)
		}
		s.refused(appraisal.Close(tx, leader, a.ID), fault.KindConflict, "Còn 2 góp ý")
		s.must(appraisal.Dispose(tx, author, a.ID, []db.ID{mine[1].ID, mine[2].ID}, appraisal.Disposal{Kind: appraisal.Explained, Reason: "Đã nêu ở tờ trình."}))
		d, err := appraisal.Table(tx, author, a.ID)
		s.must(err)
		text, err := official.HTML(d, official.HTMLOptions{})
		s.must(err)
		for _, words := range []string{"Bản lần 1: gửi 03 cơ quan; 01 cơ quan trả lời", "chưa trả lời: Ban Tuyên giáo Tỉnh ủy; Bảo hiểm xã hội tỉnh", "tiếp thu một phần 01, giải trình 02", "92% trạm y tế xã có bác sĩ", "Đã nêu ở tờ trình", "trình sau khi sửa"} {
			if !strings.Contains(string(text), words) {
				t.Errorf("the table does not say %q", words)
			}
		}
		s.must(appraisal.Close(tx, leader, a.ID))
		s.refused(appraisal.Dispose(tx, author, a.ID, []db.ID{mine[1].ID}, appraisal.Disposal{Kind: appraisal.Accepted}), fault.KindConflict, "đã kết thúc")
		if seen := s.look(s.AgencyOfficer(s.BHXH), a.ID).Comments; len(seen) != 3 {
			t.Errorf("after the end those who were asked read %d comments", len(seen))
		}
		turns, err := appraisal.Turnaround(tx, s.Officer, 2022)
		s.must(err)
		if got := turns[s.SYT.ID]; got.Sent != 1 || got.OnTime != 1 || got.Late != 0 {
			t.Errorf("the table says %+v", got)
		}
	})
}

// release signs, numbers and releases a paper as the office does.
func (s *stage) release(p paper.Paper) {
	s.Helper()
	signers, _, err := paper.Signers(s.tx, s.Leader, p.Body, "")
	s.must(err)
	_, err = record.Sign(s.tx, s.Leader, p.ID, paper.Signature{Signer: string(signers[0].Post.Person)})
	s.must(err)
	_, err = paper.EnterNumber(s.tx, s.Clerk, p.ID, 57, calendar.OfInstant(s.tx.Clock()))
	s.must(err)
	_, err = record.Release(s.tx, s.Clerk, p.ID)
	s.must(err)
}

// The clock stands for a reason and goes on with the days it stood; silence stays silence.
func TestTheClockStandsForAReason(t *testing.T) {
	onStage(t, "2022-03-17", func(s *stage) {
		tx, author := s.tx, s.AgencyOfficer(s.SYT)
		advice, err := directive.NoteAdvice(tx, author, directive.Advice{Form: "Quyết định", Subject: "ban hành quy chế", ForWhom: "Ủy ban nhân dân tỉnh", DraftedOn: calendar.On(2022, 3, 1)})
		s.must(err)
		a, err := appraisal.Submit(tx, author, appraisal.New{Kind: appraisal.Consulted, Form: "Quyết định", Subject: "ban hành quy chế", Addressee: appraisal.ToGovernment,
			AddresseeName: "Ủy ban nhân dân tỉnh", Advice: advice.ID, Days: 5, Asked: []db.ID{s.SGDDT.ID, s.BTGTU.ID}, File: s.drafted(author, s.SYT.ID, first...)})
		s.must(err)
		from, err := record.Walk(tx, author, "appraisal", a.ID, 1)
		s.must(err)
		if len(from.Ancestors) != 1 || from.Ancestors[0].Node.ID != advice.ID {
			t.Errorf("the draft came from %+v", from.Ancestors)
		}
		s.refused(appraisal.Stop(tx, author, a.ID, ""), fault.KindInvalid, "vì sao")
		s.refused(appraisal.Stop(tx, s.Officer, a.ID, "Thử"), fault.KindConflict, "không làm thay")
		s.must(appraisal.Stop(tx, author, a.ID, "Chờ số liệu của huyện."))
		s.refused(appraisal.Say(tx, s.AgencyOfficer(s.SGDDT), a.ID, 1, appraisal.NewComment{Words: "Ý kiến"}), fault.KindConflict, "tạm dừng")
		s.must(appraisal.Resume(tx, author, a.ID))
		sheet := s.look(author, a.ID)
		if sheet.State != appraisal.Reviewing || len(sheet.Facts) != 2 || !strings.Contains(sheet.Explained, "tạm dừng từ 18/3/2022 (Chờ số liệu của huyện)") {
			t.Errorf("%s, %v, %s", sheet.State, sheet.Facts, sheet.Explained)
		}
		_, err = appraisal.DraftResult(tx, s.Officer, a.ID, appraisal.NewResult{Says: string(appraisal.Ready), Kind: paper.CongVan})
		s.refused(err, fault.KindInvalid, "kết luận")
		p, err := appraisal.DraftResult(tx, s.Officer, a.ID, appraisal.NewResult{Says: string(appraisal.Agree), Kind: paper.CongVan})
		s.must(err)
		d, err := paper.Document(tx, s.Officer, p.ID)
		s.must(err)
		if html, _ := official.HTML(d, official.HTMLOptions{}); !strings.Contains(string(html), "không thay cho thẩm định của cơ quan tư pháp") {
			t.Error("an opinion on a draft of the people's committee does not say what it is not")
		}
		s.release(p)
		sheet = s.look(author, a.ID)
		asked, _ := sheet.Asked(s.BTGTU.ID)
		silent, _ := sheet.Asked(s.SGDDT.ID)
		if asked.Says != appraisal.Agree || asked.Paper != p.ID || silent.Says.Name() != "Chưa trả lời" || sheet.State != appraisal.Reviewing {
			t.Errorf("%+v %+v %s", asked, silent, sheet.State)
		}
		s.must(appraisal.Close(tx, author, a.ID))
	})
}

// A reviewer's Word file is read into comments at their places: a tracked change is a proposed wording, a remark stands at the
// paragraph it begins in, a change that Word does not track is told as unclear.
func TestAReviewersWordFileBecomesComments(t *testing.T) {
	onStage(t, "2022-03-17", func(s *stage) {
		tx, author, reviewer := s.tx, s.AgencyOfficer(s.SYT), s.AgencyOfficer(s.SGDDT)
		a, err := appraisal.Submit(tx, author, appraisal.New{Kind: appraisal.Consulted, Form: "Kế hoạch", Subject: "về trạm y tế", Addressee: appraisal.ToOwn,
			AddresseeName: "Sở Y tế", Days: 5, Asked: []db.ID{s.SGDDT.ID}, File: s.drafted(author, s.SYT.ID, first...)})
		s.must(err)
		f := s.drafted(reviewer, s.SGDDT.ID, first...)
		tracked := strings.Replace(first[1], "90%", "95%", 1)
		at := len([]rune(first[1][:strings.Index(first[1], "90%")]))
		f.Read.Blocks[1] = document.Block{Kind: document.Paragraph, Text: tracked, Changes: []document.Edit{
			{Kind: document.Deleted, Who: "Trần Thị Lan", Text: "90%", At: at}, {Kind: document.Inserted, Who: "Trần Thị Lan", Text: "95%", At: at}}}
		f.Read.Blocks[2].Remarks = []document.Remark{{ID: "0", Quote: "Bảo hiểm xã hội tỉnh"}}
		f.Read.Blocks[3].Text = strings.Replace(first[3], "2023", "2024", 1)
		f.Read.Comments = []document.Comment{{ID: "0", Who: "Trần Thị Lan", Text: "Ghi rõ trách nhiệm."}, {ID: "9", Who: "Trần Thị Lan", Text: "Xem lại thể thức."}}
		taken, err := appraisal.TakeFile(tx, reviewer, a.ID, 1, appraisal.Returned(f))
		s.must(err)
		sheet := s.look(reviewer, a.ID)
		if taken != 4 || len(sheet.Comments) != 4 {
			t.Fatalf("%d comments: %+v", taken, sheet.Comments)
		}
		for i, want := range []struct {
			at                           int
			words, wording, quote, about string
		}{{1, "", tracked, "", ""}, {3, "", f.Read.Blocks[3].Text, "", "Word không ghi ai sửa"}, {2, "Ghi rõ trách nhiệm.", "", "Bảo hiểm xã hội tỉnh", ""}, {-1, "Xem lại thể thức.", "", "", "không cho biết"}} {
			got := sheet.Comments[i]
			key := ""
			if want.at >= 0 {
				key = sheet.Paragraphs[want.at].Key
			}
			if got.Paragraph != key || got.Words != want.words || got.Wording != want.wording || got.Quote != want.quote || got.File != f.ID ||
				!strings.Contains(got.Unsure, want.about) || (want.about == "") != (got.Unsure == "") {
				t.Errorf("comment %d is %+v", i, got)
			}
		}
		_, err = appraisal.TakeFile(tx, reviewer, a.ID, 1, appraisal.Returned(f))
		s.refused(err, fault.KindInvalid, "đã đọc")
		same := s.drafted(reviewer, s.SGDDT.ID, first...)
		_, err = appraisal.TakeFile(tx, reviewer, a.ID, 1, appraisal.Returned(same))
		s.refused(err, fault.KindInvalid, "không có nhận xét")
	})
}

// Where the words do not tell, the author is asked, and a comment stands nowhere until it has answered.
func TestACommentWhoseParagraphIsGoneIsAsked(t *testing.T) {
	onStage(t, "2022-03-17", func(s *stage) {
		tx, author, reviewer := s.tx, s.AgencyOfficer(s.SYT), s.AgencyOfficer(s.SGDDT)
		a, err := appraisal.Submit(tx, author, appraisal.New{Kind: appraisal.Consulted, Form: "Kế hoạch", Subject: "về trạm y tế", Addressee: appraisal.ToOwn,
			AddresseeName: "Sở Y tế", Days: 5, Asked: []db.ID{s.SGDDT.ID}, File: s.drafted(author, s.SYT.ID, first...)})
		s.must(err)
		s.must(appraisal.Say(tx, reviewer, a.ID, 1, appraisal.NewComment{Paragraph: s.look(reviewer, a.ID).Paragraphs[3].Key, Words: "Nêu nguồn."}))
		s.must(appraisal.SignOpinion(tx, s.AgencyLeader(s.SGDDT), a.ID, 1, appraisal.Supplement, ""))
		s.must(appraisal.SubmitVersion(tx, author, a.ID, appraisal.NewVersion{Seen: 1, Again: true,
			File: s.drafted(author, s.SYT.ID, first[0], first[1], first[2], "Kinh phí sửa chữa lấy từ ngân sách huyện, tỉnh hỗ trợ một phần theo khả năng.")}))
		sheet := s.look(author, a.ID)
		if len(sheet.Questions) != 1 || sheet.Questions[0].Was != first[3] {
			t.Fatalf("asked is %+v", sheet.Questions)
		}
		waits, err := appraisal.Awaits(tx, author)
		s.must(err)
		if len(waits) != 2 || waits[0].Step != appraisal.ToPlace || waits[1].Step != appraisal.ToDispose {
			t.Errorf("the author has to do %+v", waits)
		}
		s.refused(appraisal.PlaceComment(tx, reviewer, a.ID, sheet.Questions[0].ID, ""), fault.KindForbidden, "")
		s.must(appraisal.PlaceComment(tx, author, a.ID, sheet.Questions[0].ID, sheet.Paragraphs[3].Key))
		sheet = s.look(author, a.ID)
		if of := sheet.Of(sheet.Paragraphs[3].Key); len(sheet.Questions) != 0 || len(of) != 1 || of[0].Place.How != appraisal.ByPerson {
			t.Errorf("after the answer %+v %+v", sheet.Questions, of)
		}
		s.must(appraisal.SubmitVersion(tx, author, a.ID, appraisal.NewVersion{Seen: 2, File: s.drafted(author, s.SYT.ID, first[0], sheet.Paragraphs[3].Text, first[1])}))
		sheet = s.look(author, a.ID)
		if of := sheet.Of(sheet.Paragraphs[1].Key); len(of) != 1 || len(sheet.Reviewers) != 0 {
			t.Errorf("what a person placed does not come along: %+v, asked %v", of, sheet.Reviewers)
		}
	})
}

// A document came out of which no file was seen: its agency is asked first, and only the leader says whether it is told.
func TestADocumentWithoutAFileIsAskedAboutBeforeItIsTold(t *testing.T) {
	onStage(t, "2022-03-17", func(s *stage) {
		tx := s.tx
		s.rule()
		d, err := directive.Record(tx, s.Officer, directive.New{Type: "Nghị quyết", Symbol: "19-NQ/TU", Date: calendar.On(2022, 3, 10), Issuer: "Tỉnh ủy Khánh Hòa", Subject: "về y tế cơ sở"})
		s.must(err)
		find := func(by access.Actor) (found appraisal.Unseen, ok bool) {
			all, err := appraisal.UnseenDocuments(tx, by)
			s.must(err)
			for _, u := range all {
				if u.Document.ID == d.ID {
					return u, true
				}
			}
			return found, false
		}
		if u, ok := find(s.Officer); !ok || u.Kind != "" {
			t.Fatalf("the commission finds %+v %v", u, ok)
		}
		if _, ok := find(s.AgencyOfficer(s.SYT)); ok {
			t.Error("an agency reads of it before it is asked")
		}
		s.refused(appraisal.DecideUnseen(tx, s.Leader, d.ID, true, ""), fault.KindConflict, "Chưa hỏi")
		s.must(appraisal.AskUnseen(tx, s.Officer, d.ID, s.SYT.ID))
		s.refused(appraisal.AnswerUnseen(tx, s.AgencyOfficer(s.SGDDT), d.ID, "Không phải"), fault.KindMissing, "")
		s.must(appraisal.AnswerUnseen(tx, s.AgencyOfficer(s.SYT), d.ID, "Tỉnh ủy giao soạn gấp."))
		s.refused(appraisal.DecideUnseen(tx, s.Officer, d.ID, true, ""), fault.KindForbidden, "")
		turn := func() appraisal.Turn {
			all, err := appraisal.Turnaround(tx, s.Officer, 2022)
			s.must(err)
			return all[s.SYT.ID]
		}
		if turn().Unseen != 0 {
			t.Error("it is told before the leader said so")
		}
		s.must(appraisal.DecideUnseen(tx, s.Leader, d.ID, true, ""))
		if turn().Unseen != 1 {
			t.Error("it is not told")
		}
	})
}

// A review's step of appraisal opens an appraisal and ends with its paper.
func TestAReviewsStepEndsWithTheAppraisal(t *testing.T) {
	onStage(t, "2022-03-17", func(s *stage) {
		tx, author := s.tx, s.AgencyOfficer(s.SLDTBXH)
		all, err := review.DueIn(tx, s.Officer, 2022)
		s.must(err)
		at := slices.IndexFunc(all, func(r review.Review) bool { return r.Holder == s.SLDTBXH.ID && r.Live() })
		if at < 0 {
			t.Fatal("the sample has no review of Sở Lao động")
		}
		a, err := appraisal.Submit(tx, author, appraisal.New{Kind: appraisal.Formal, Form: "Báo cáo", Subject: "tổng kết", Addressee: appraisal.ToParty, AddresseeName: "Ban Thường vụ Tỉnh ủy",
			SubmitOn: calendar.On(2022, 4, 15), Review: all[at].ID, File: s.drafted(author, s.SLDTBXH.ID, first...)})
		s.must(err)
		p, err := appraisal.DraftResult(tx, s.Officer, a.ID, appraisal.NewResult{Says: string(appraisal.Ready), Kind: paper.BaoCao})
		s.must(err)
		s.release(p)
		r, err := review.Find(tx, s.Officer, all[at].ID)
		s.must(err)
		for _, step := range r.Steps {
			if step.Step == review.StepAppraisal && !step.Over() && step.Standing.State != "done" {
				t.Errorf("the step is not over: %+v", step)
			}
		}
		of, err := appraisal.OfReview(tx, s.Officer, r.ID)
		s.must(err)
		if len(of) != 1 || of[0].ID != a.ID {
			t.Errorf("the review knows %v", of)
		}
	})
}
