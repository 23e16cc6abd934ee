package web_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
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
	"giaoban/internal/officetest"
	"giaoban/library"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/web/browser"
)

// twelvePages are the paragraphs of a resolution on public health stations.
func twelvePages() (all []string) {
	what := []string{"củng cố tổ chức bộ máy", "bố trí bác sĩ làm việc thường xuyên", "cung ứng thuốc thiết yếu", "sửa chữa nhà trạm xuống cấp", "quản lý sức khỏe người cao tuổi",
		"tiêm chủng cho trẻ dưới một tuổi", "khám sức khỏe học sinh", "phòng, chống dịch bệnh", "truyền thông về dinh dưỡng", "kết nối dữ liệu khám, chữa bệnh"}
	who := []string{"Sở Y tế", "Sở Giáo dục và Đào tạo", "Bảo hiểm xã hội tỉnh", "Sở Lao động - Thương binh và Xã hội", "Ủy ban nhân dân các huyện, thị xã, thành phố"}
	how := []string{"rà soát thực trạng từng trạm, lập danh mục cần đầu tư theo thứ tự ưu tiên và công khai với nhân dân", "đào tạo lại, luân phiên cán bộ tuyến trên về hỗ trợ tuyến dưới theo lịch từng quý",
		"huy động nguồn lực xã hội cùng với ngân sách, bảo đảm không trùng lặp với các chương trình đang thực hiện", "kiểm tra, đánh giá hằng năm, lấy sự hài lòng của người dân làm thước đo kết quả",
		"phối hợp với mặt trận và các đoàn thể tuyên truyền, vận động, giám sát việc thực hiện ngay từ cơ sở"}
	all = append(all, "Nghị quyết về nâng cao chất lượng hoạt động của trạm y tế xã, phường, thị trấn giai đoạn 2022 - 2025, định hướng đến năm 2030")
	for i := range 86 {
		w, b, h := what[i%len(what)], who[(i*3+i/10)%len(who)], how[(i*7+i/5)%len(how)]
		all = append(all, fmt.Sprintf("Nội dung thứ %d về %s: %s chịu trách nhiệm %s; phấn đấu đến hết năm %d có ít nhất %d trạm đạt yêu cầu, năm sau cao hơn năm trước không dưới %d trạm, "+
			"không để xảy ra tình trạng người dân phải chuyển tuyến vì lý do thiếu điều kiện chuyên môn ở cơ sở số %d.", i+1, w, b, h, 2022+i%4, 40+i, 3+i%9, 100+i))
	}
	return all
}

// asWord is a draft as its author's office writes it in Word.
func asWord(t *testing.T, words []string) []byte {
	t.Helper()
	profile, _ := official.ProfileByCode("ND30")
	d := official.BaoCao(profile, "dự thảo")
	for _, w := range words {
		d.Body = append(d.Body, official.Say("%s", w))
	}
	var file bytes.Buffer
	if err := official.WriteDocx(&file, d); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// drafting is one appraisal on its way through many hands.
type drafting struct {
	*testing.T
	h      *house
	folder string
	id     db.ID
	files  int
	screen *browser.Page
}

func (d *drafting) file(content []byte) string {
	d.Helper()
	d.files++
	at := filepath.Join(d.folder, fmt.Sprintf("du thao %d.docx", d.files))
	if err := os.WriteFile(at, content, 0o600); err != nil {
		d.Fatal(err)
	}
	return at
}

func (d *drafting) as(who access.Actor) *byRequests {
	d.Helper()
	p := &byRequests{visitor: d.h.visitor(d.T, who)}
	if d.id != "" {
		p.open("/tham-dinh/" + string(d.id))
	}
	return p
}

// before is somebody before a screen, on the page of the draft.
func (d *drafting) before(who access.Actor) person {
	d.Helper()
	tab := d.screen.Another()
	tab.Open(d.h.server.URL + "/dang-nhap")
	tab.Click(who.Name)
	tab.WaitFor(".who", "")
	p := &inBrowser{d.T, d.h.server.URL, tab, true}
	p.open("/tham-dinh/" + string(d.id))
	return p
}

func (d *drafting) sheet(by access.Actor) (s appraisal.Sheet) {
	d.Helper()
	if err := d.h.DB.Read(d.Context(), func(tx *db.Tx) (err error) {
		s, err = appraisal.Look(tx, by, d.id, 0)
		return err
	}); err != nil {
		d.Fatal(err)
	}
	return s
}

// say comments on paragraphs whose words contain these, on the page.
func (d *drafting) say(p person, by access.Actor, words ...string) {
	d.Helper()
	for i, w := range words {
		s := d.sheet(by)
		at := slices.IndexFunc(s.Paragraphs, func(one appraisal.Paragraph) bool { return strings.Contains(one.Text, w) })
		if at < 0 {
			d.Fatalf("no paragraph has %q", w)
		}
		p.open("/tham-dinh/" + string(d.id) + "?doan=" + s.Paragraphs[at].Key)
		p.fill("words", fmt.Sprintf("Đề nghị làm rõ “%s” (%s, ý %d).", w, by.BodyCode, i+1))
		p.press("Ghi góp ý")
		mustSee(d, p, "Đã ghi góp ý")
	}
}

func (d *drafting) sign(leader access.Actor, says, note string) {
	d.Helper()
	p := d.as(leader)
	p.choose("says", says)
	p.fill("note", note)
	p.press("Ký ý kiến")
	mustSee(d, p, "Đã ký ý kiến của cơ quan")
}

// dispose treats all comments that are not disposed of and that pass the test, together.
func (d *drafting) dispose(author access.Actor, kind, wording, reason string, which func(appraisal.Comment) bool) (n int) {
	d.Helper()
	p := d.as(author)
	for _, c := range d.sheet(author).Comments {
		if c.Signed && !c.Disposed() && which(c) {
			for _, box := range all(p.page(), "input") {
				if attr(box, "value") == string(c.ID) && attr(box, "name") == "rows[]" {
					n++
				}
			}
		}
	}
	values := formValues(formTo(d.T, p, "/tiep-thu"))
	for _, c := range d.sheet(author).Comments {
		if c.Signed && !c.Disposed() && which(c) {
			values.Add("rows[]", string(c.ID))
		}
	}
	values.Set("disposal", kind)
	values.Set("new_wording", wording)
	values.Set("reason", reason)
	p.post("/tham-dinh/"+string(d.id)+"/tiep-thu", values)
	mustSee(d, p, fmt.Sprintf("với %d góp ý", n))
	return n
}

// A resolution of twelve pages goes through three rounds: four reviewers, two of whom work in Word, make sixty comments in a browser; each is
// disposed of, those that are open come along, the result is a numbered paper, and the table tells all sixty.
func TestATwelvePageDraftThroughThreeRoundsAndSixtyComments(t *testing.T) {
	t.Parallel()
	browser.Missing(t)
	h := enter(t, dbtest.Engines(t)[0], "2022-03-17 08:00")
	d := &drafting{T: t, h: h, folder: t.TempDir(), screen: browser.Start(t)}
	author, school, insurance, labour := h.AgencyOfficer(h.SYT), h.AgencyOfficer(h.SGDDT), h.AgencyOfficer(h.BHXH), h.AgencyOfficer(h.SLDTBXH)
	words := twelvePages()
	if pages := pagesOf(t, words); pages < 12 {
		t.Fatalf("the draft has %d pages", pages)
	}

	officer := d.as(h.Officer)
	officer.open("/tham-dinh")
	officer.fill("rule_form", "Nghị quyết")
	officer.fill("rule_days", "15")
	officer.fill("from", "01/01/2022")
	officer.fill("basis", "Quy chế làm việc số 01-QC/TU, ngày 15/01/2021")
	officer.press("Ghi quy định")

	p := d.as(author)
	p.open("/tham-dinh/moi")
	mustSee(t, p, "Nghị quyết trình cấp ủy", "15 ngày làm việc")
	p.fill("form", "Nghị quyết")
	p.fill("subject", "về nâng cao chất lượng trạm y tế xã")
	p.choose("addressee", "party")
	p.fill("addressee_name", "Ban Thường vụ Tỉnh ủy")
	p.press("Gửi dự thảo")
	mustSee(t, p, "Hãy chọn tệp Word")
	p.attach("file", d.file(asWord(t, words)))
	p.press("Gửi dự thảo")
	mustSee(t, p, "Đã gửi dự thảo", "Thẩm định dự thảo nghị quyết về nâng cao chất lượng trạm y tế xã", words[35])
	d.id = db.ID(strings.TrimPrefix(p.where(), "/tham-dinh/"))

	officer = d.as(h.Officer)
	values := formValues(formTo(t, officer, "/hoi-them"))
	for _, b := range []org.Body{h.SGDDT, h.BHXH, h.SLDTBXH} {
		values.Add("asked[]", string(b.ID))
	}
	values.Set("ask_days", "5")
	officer.post("/tham-dinh/"+string(d.id)+"/hoi-them", values)
	mustSee(t, officer, "Đã hỏi thêm")

	// The first round: one on the page, two in Word, the commission itself.
	some := func(format string, from, n int) (all []string) {
		for i := range n {
			all = append(all, fmt.Sprintf(format, from+i))
		}
		return all
	}
	d.say(d.before(school), school, some("Nội dung thứ %d về", 1, 12)...)
	first := d.as(school)
	d.inWord(d.before(insurance), words, 20, 15)
	d.inWord(d.before(labour), words, 40, 15)
	d.say(d.before(h.Officer), h.Officer, some("Nội dung thứ %d về", 60, 6)...)
	mustSee(t, first, "Chưa ký")
	if seen := d.sheet(author).Comments; len(seen) != 0 {
		t.Fatalf("the author reads %d comments that nobody signed", len(seen))
	}
	d.sign(h.AgencyLeader(h.SGDDT), "supplement", "")
	d.sign(h.AgencyLeader(h.BHXH), "supplement", "")
	d.sign(h.AgencyLeader(h.SLDTBXH), "reconsider", "")
	d.sign(h.Leader, "supplement", "")
	if seen := d.sheet(author).Comments; len(seen) != 48 {
		t.Fatalf("the author reads %d comments, want 48", len(seen))
	}
	done := d.dispose(author, "accepted", "", "", func(c appraisal.Comment) bool { return c.Body == h.BHXH.ID })
	done += d.dispose(author, "partly", "Mỗi xã có ít nhất một bác sĩ.", "", func(c appraisal.Comment) bool { return c.Body == h.SGDDT.ID && c.Seq <= 6 })

	// The second version: paragraphs moved, split, joined, reworded; what is open comes along.
	next := slices.Clone(words)
	next[44] = strings.Replace(next[44], "chịu trách nhiệm", "có trách nhiệm", 1)
	half := strings.Index(next[50], "; phấn đấu")
	next = slices.Replace(next, 50, 51, next[50][:half]+".", strings.ToUpper(next[50][2:3])+next[50][half+2:])
	next = append(slices.Delete(next, 8, 9), words[8])
	d.renew(author, next)
	p = d.as(author)
	s := d.sheet(author)
	open := 0
	for _, c := range s.Comments {
		if c.Disposed() {
			continue
		}
		open++
		if c.Place.How == appraisal.Asked {
			continue
		}
		was, now := "", ""
		for _, one := range words {
			if strings.Contains(c.Words+c.Quote, one[:min(len(one), 20)]) || c.Quote != "" && strings.Contains(one, c.Quote) {
				was = one
			}
		}
		for _, one := range s.Paragraphs {
			if one.Key == c.Place.Paragraph {
				now = one.Text
			}
		}
		if was != "" && !strings.HasPrefix(now, was[:strings.Index(was, " về")]) {
			t.Errorf("a comment on %.30q stands at %.30q", was, now)
		}
	}
	if open+done != 48 || len(s.Questions) > 5 {
		t.Errorf("%d open, %d done, %d asked", open, done, len(s.Questions))
	}
	for len(d.sheet(author).Questions) > 0 {
		q := d.sheet(author).Questions[0]
		p.choose("place-"+string(q.ID), "-")
		p.press("Ghi chỗ")
	}
	p.click("So sánh hai bản")
	mustSee(t, p, "đoạn đã sửa lời", "đoạn đã chuyển chỗ", "có trách nhiệm")

	d.say(d.before(school), school, some("Nội dung thứ %d về", 2, 6)...)
	d.say(d.before(insurance), insurance, some("Nội dung thứ %d về", 30, 6)...)
	d.sign(h.AgencyLeader(h.SGDDT), "supplement", "")
	d.sign(h.AgencyLeader(h.BHXH), "agree", "Nhất trí với các nội dung còn lại.")
	done += d.dispose(author, "explained", "", "Đã nêu tại tờ trình và phụ lục.", func(c appraisal.Comment) bool { return c.Body == h.SLDTBXH.ID })
	done += d.dispose(author, "accepted", "", "", func(appraisal.Comment) bool { return true })
	if done != 60 {
		t.Errorf("%d comments are disposed of, want 60", done)
	}

	// The third version is concluded by a numbered paper.
	d.renew(author, append(next, "Nghị quyết này được phổ biến đến chi bộ."))
	d.sign(h.AgencyLeader(h.SGDDT), "agree", "")
	d.sign(h.AgencyLeader(h.SLDTBXH), "agree", "")
	officer = d.as(h.Officer)
	officer.choose("result", "ready")
	officer.press("Soạn văn bản")
	d.release(db.ID(strings.TrimPrefix(officer.where(), "/van-ban/")))
	p = d.as(author)
	mustSee(t, p, "Đủ điều kiện trình", "Bản lần 3", "Chưa trả lời")
	table := d.table(p)
	for _, sentence := range []string{"Bản lần 1: gửi 04 cơ quan; 04 cơ quan trả lời", "Có 60 ý kiến cụ thể", "Bảo hiểm xã hội tỉnh", "Mỗi xã có ít nhất một bác sĩ.", "Đã nêu tại tờ trình"} {
		if !strings.Contains(table, sentence) {
			t.Errorf("the table does not say %q", sentence)
		}
	}
	if rows := strings.Count(table, "\n60\t"); rows != 1 {
		t.Errorf("the table has no sixtieth row: %.2000s", table)
	}
	p.press("Kết thúc hồ sơ")
	mustSee(t, p, "Đã kết thúc")
	p = d.as(insurance)
	mustSee(t, p, "Tiếp thu một phần")
	p.open("/tham-dinh")
	mustSee(t, p, "Được hỏi góp ý")
}

// inWord downloads the draft, changes it in Word with tracking and remarks, and brings it back.
func (d *drafting) inWord(p person, words []string, from, n int) {
	d.Helper()
	hands := officetest.InHands(d.T, asWord(d.T, words))
	for i := range n {
		w := words[from+i]
		if i%3 == 2 {
			hands.Remark(w[:strings.Index(w, " về")], "Đề nghị nêu nguồn lực thực hiện.")
			continue
		}
		hands.Change("cơ sở số "+fmt.Sprint(99+from+i), "cơ sở và tuyến huyện số "+fmt.Sprint(99+from+i))
	}
	p.attach("file", d.file(hands.File()))
	p.press("Đọc tệp")
	mustSee(d, p, fmt.Sprintf("Đã đọc %d góp ý từ tệp", n), "Đọc từ tệp Word, chưa ai xác nhận")
}

func (d *drafting) renew(author access.Actor, words []string) {
	d.Helper()
	p := d.as(author)
	p.attach("file", d.file(asWord(d.T, words)))
	p.press("Gửi bản mới")
	mustSee(d, p, "Đã gửi bản mới")
}

func (d *drafting) release(id db.ID) {
	d.Helper()
	d.h.do(d.T, func(tx *db.Tx) error {
		p, err := paper.Find(tx, d.h.Leader, id)
		if err != nil {
			return err
		}
		signers, _, err := paper.Signers(tx, d.h.Leader, p.Body, "")
		if err != nil {
			return err
		}
		if _, err := record.Sign(tx, d.h.Leader, id, paper.Signature{Signer: string(signers[0].Post.Person)}); err != nil {
			return err
		}
		if _, err := paper.EnterNumber(tx, d.h.Clerk, id, 901, calendar.OfInstant(tx.Clock())); err != nil {
			return err
		}
		_, err = record.Release(tx, d.h.Clerk, id)
		return err
	})
}

// table reads what the author may download as Word.
func (d *drafting) table(p *byRequests) string {
	d.Helper()
	answer, err := p.client.Get(d.h.server.URL + "/tham-dinh/" + string(d.id) + "/bang-tong-hop/docx")
	if err != nil {
		d.Fatal(err)
	}
	defer answer.Body.Close()
	var file bytes.Buffer
	if _, err := file.ReadFrom(answer.Body); err != nil || answer.StatusCode != http.StatusOK {
		d.Fatal(answer.Status, err)
	}
	read, err := document.Read(context.Background(), "bang.docx", file.Bytes())
	if err != nil {
		d.Fatal(err)
	}
	var text strings.Builder
	for _, b := range read.Blocks {
		text.WriteString("\n" + b.Text)
	}
	return text.String()
}

// pagesOf is how many pages the draft has when it is printed.
func pagesOf(t *testing.T, words []string) int {
	t.Helper()
	profile, _ := official.ProfileByCode("ND30")
	d := official.BaoCao(profile, "dự thảo")
	for _, w := range words {
		d.Body = append(d.Body, official.Say("%s", w))
	}
	var file bytes.Buffer
	if err := official.WritePDF(&file, d); err != nil {
		t.Fatal(err)
	}
	read, err := document.Read(context.Background(), "du-thao.pdf", file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return read.Blocks[len(read.Blocks)-1].Page
}

// draftUnderway lets Sở Y tế send a draft that has comments of others, one of them carried to the second version and one asked
// about, and registers a document of which no file was seen: what the pages of drafts show at most.
func draftUnderway(t *testing.T, h *house) (id db.ID) {
	t.Helper()
	author, school := h.AgencyOfficer(h.SYT), h.AgencyOfficer(h.SGDDT)
	h.do(t, func(tx *db.Tx) error {
		if err := appraisal.AddRule(tx, h.Officer, appraisal.Rule{Form: "Nghị quyết", Addressee: appraisal.ToParty, Days: 10, Basis: "Quy chế làm việc số 01-QC/TU", From: calendar.On(2022, 1, 1)}); err != nil {
			return err
		}
		d, err := directive.Record(tx, h.Officer, directive.New{Type: "Nghị quyết", Symbol: "19-NQ/TU", Date: calendar.On(2022, 3, 10), Issuer: "Tỉnh ủy Khánh Hòa", Subject: "về y tế cơ sở"})
		if err != nil {
			return err
		}
		if err := appraisal.AskUnseen(tx, h.Officer, d.ID, h.SYT.ID); err != nil {
			return err
		}
		words := []string{"Về nâng cao chất lượng trạm y tế xã", "Đến năm 2025, 90% trạm y tế xã có đủ bác sĩ làm việc thường xuyên.", "Kinh phí do ngân sách huyện bảo đảm theo phân cấp.",
			"Sở Y tế chủ trì, phối hợp với Bảo hiểm xã hội tỉnh thanh toán chi phí khám, chữa bệnh."}
		file := func(words ...string) (f appraisal.File, err error) {
			stored, err := h.store.Keep(strings.NewReader("%PDF-1.4\n% "+strings.Join(words, " ")+"\n%%EOF\n"), 1<<20)
			if err != nil {
				return f, err
			}
			for _, w := range words {
				f.Read.Blocks = append(f.Read.Blocks, document.Block{Kind: document.Paragraph, Text: w})
			}
			f.File, err = library.Add(tx, author, h.SYT.ID, stored, "du thao.docx")
			return f, err
		}
		first, err := file(words...)
		if err != nil {
			return err
		}
		a, err := appraisal.Submit(tx, author, appraisal.New{Kind: appraisal.Formal, Form: "Nghị quyết", Subject: "về trạm y tế xã", Addressee: appraisal.ToParty,
			AddresseeName: "Ban Thường vụ Tỉnh ủy", File: first})
		if err != nil {
			return err
		}
		id = a.ID
		if err := appraisal.Ask(tx, h.Officer, id, []db.ID{h.SGDDT.ID, h.STTTT.ID}, 5); err != nil {
			return err
		}
		sheet, err := appraisal.Look(tx, school, id, 0)
		if err != nil {
			return err
		}
		for _, c := range []appraisal.NewComment{{Words: "Bổ sung đánh giá tác động."}, {Paragraph: sheet.Paragraphs[1].Key, Wording: "Đến năm 2025, 95% trạm y tế xã có bác sĩ."},
			{Paragraph: sheet.Paragraphs[2].Key, Words: "Nêu rõ tỷ lệ."}, {Paragraph: sheet.Paragraphs[3].Key, Words: "Thêm thời hạn."}} {
			if err := appraisal.Say(tx, school, id, 1, c); err != nil {
				return err
			}
		}
		if err := appraisal.SignOpinion(tx, h.AgencyLeader(h.SGDDT), id, 1, appraisal.Supplement, "Cần rà soát thêm."); err != nil {
			return err
		}
		if sheet, err = appraisal.Look(tx, author, id, 0); err != nil {
			return err
		}
		if err := appraisal.Dispose(tx, author, id, []db.ID{sheet.Comments[1].ID}, appraisal.Disposal{Kind: appraisal.Partly, Wording: "92% trạm", Reason: "Theo khả năng ngân sách."}); err != nil {
			return err
		}
		second, err := file(words[0], strings.Replace(words[1], "90%", "92%", 1), words[3], "Tỉnh hỗ trợ một phần, còn lại huy động hợp pháp khác.")
		if err != nil {
			return err
		}
		if err := appraisal.SubmitVersion(tx, author, id, appraisal.NewVersion{Seen: 1, File: second, Note: "Sửa theo góp ý."}); err != nil {
			return err
		}
		return appraisal.Say(tx, school, id, 2, appraisal.NewComment{Words: "Thống nhất số liệu ở hai đoạn."})
	})
	return id
}
