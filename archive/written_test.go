package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"giaoban/document"
	"giaoban/internal/officetest"
	"giaoban/official"
)

// written is a paper of chance words with what stands in it, by the list it belongs to.
type written struct {
	official.Document
	want map[string][]string
}

// writer makes papers. The words are drawn so that each sentence may say "kết quả", "hạn chế" or "yêu cầu": only where it
// stands tells what it is.
type writer struct {
	*rand.Rand
	profile official.Profile
	want    map[string][]string
	bare    bool // sentences without full stops
}

func (w *writer) one(words ...string) string { return words[w.IntN(len(words))] }

func (w *writer) body() string {
	return w.one("Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Văn hóa và Thể thao", "Bảo hiểm xã hội tỉnh", "Sở Khoa học và Công nghệ", "Ban Tuyên giáo cấp huyện")
}

// said is a sentence without its end mark.
func (w *writer) said() string {
	s := w.one("Các đơn vị", "Ngành y tế", "Toàn ngành giáo dục", "Cấp ủy các huyện", "Những xã vùng cao", w.body()) + " " +
		w.one("khắc phục hạn chế", "đáp ứng yêu cầu nhiệm vụ", "tháo gỡ khó khăn, vướng mắc", "thực hiện kết luận của Thường trực", "đề nghị hỗ trợ sách vở", "triển khai kế hoạch",
			"nâng cao kết quả học tập", "tổng kết phong trào", "phối hợp tuyên truyền", "sắp xếp trường lớp", "kiểm tra thuốc và vật tư", "nắm tình hình dạy học") + " " +
		w.one("tại các thôn", "ở tuyến huyện", "trong nhà trường", "ở vùng đồng bào", "trên địa bàn", "cho trẻ mầm non")
	for range w.IntN(4) {
		s += ", " + w.one("đồng thời kiến nghị bổ sung kinh phí", "góp phần ổn định tư tưởng", "chú trọng nguyên nhân chủ quan", "bảo đảm tiến độ", "còn chậm so với yêu cầu", "được nhân dân đồng tình",
			"chủ động hướng dẫn cơ sở", "gắn với chuyển đổi số")
	}
	switch w.IntN(5) {
	case 0:
		s += "; " + w.one("các trường tiếp tục mở cửa", "người bệnh được chuyển tuyến kịp thời")
	case 1:
		s += ". " + w.one("Việc này sẽ tiếp tục", "Nhiệm vụ còn lại được chuyển sang quý sau", "Kết quả được công khai")
	}
	return s
}

// figured is a sentence with a figure.
func (w *writer) figured() string {
	n, unit := 100+w.IntN(900), w.one("học sinh", "giáo viên", "lượt người", "trạm y tế")
	w.want["figures"] = append(w.want["figures"], fmt.Sprint(n))
	return w.said() + fmt.Sprintf(", có %d %s", n, unit)
}

func (w *writer) end() string {
	if w.bare {
		return ""
	}
	return w.one(".", ".", ";")
}

func (w *writer) expect(s string, lists ...string) {
	for _, list := range lists {
		w.want[list] = append(w.want[list], s)
	}
}

func (w *writer) paragraph(lists ...string) official.Block {
	s := w.said()
	if w.IntN(3) == 0 {
		s = w.figured()
	}
	w.expect(s, lists...)
	return official.Paragraph{Runs: official.Text(s + ".")}
}

func (w *writer) item(level int, lists ...string) official.Block {
	s := w.said()
	w.expect(s, lists...)
	return official.NumberedItem{Level: level, Runs: official.Text(s + w.end())}
}

func (w *writer) itemsOf(lists ...string) (body []official.Block) {
	for range 2 + w.IntN(3) {
		body = append(body, w.item(1, lists...))
	}
	return body
}

func head1(s string) official.Block { return official.Heading{Level: 1, Runs: official.Text(s)} }
func head2(s string) official.Block { return official.Heading{Level: 2, Runs: official.Text(s)} }

// tasks is a table as the notice has it.
func (w *writer) tasks(caption string, from int) official.Block {
	t := official.Table{Caption: caption, Columns: []official.Column{{Title: "TT", Width: 0.9, Align: official.Center}, {Title: "Nội dung", Width: 4.5},
		{Title: "Chủ trì", Width: 2.8}, {Title: "Phối hợp", Width: 3.7}, {Title: "Sản phẩm", Width: 2.3}, {Title: "Thời hạn", Width: 2.3, Align: official.Center}},
		Notes: []string{"Thời hạn ghi “đề xuất” chưa được nêu tại hội nghị; chỉ thành hạn khi thông báo này được ký."}}
	for i := range 2 + w.IntN(3) {
		s, lead, due := w.said(), w.body(), fmt.Sprintf("%02d/%d/2022", 1+w.IntN(28), 4+w.IntN(8))
		w.expect(s, "conclusions", "tasks")
		w.expect(lead+", "+due, "owners")
		t.Rows = append(t.Rows, []official.Cell{official.C(fmt.Sprint(from + i)), official.C(s + "."), official.C(lead), official.C(w.body() + ": góp ý;\n" + w.body()),
			official.C(w.one("Kế hoạch", "Báo cáo kết quả", "")), official.C(due)})
	}
	return t
}

// figures is a table whose head has two lines.
func (w *writer) figures(caption string) official.Block {
	t := official.Table{Caption: caption, Unit: "Đơn vị tính: người", Columns: []official.Column{{Title: "TT", Width: 1, Align: official.Center}, {Title: "Chỉ tiêu", Width: 5},
		{Title: "Kế hoạch", Width: 2, Align: official.Right}, {Title: "Thực hiện", Width: 2, Align: official.Right}},
		Head: [][]official.Cell{{{Runs: official.Text("TT"), RowSpan: 2}, {Runs: official.Text("Chỉ tiêu"), RowSpan: 2}, {Runs: official.Text("Quý I năm 2022"), ColSpan: 2}},
			{official.C("Kế hoạch"), official.C("Thực hiện")}},
		Notes: []string{"Ghi chú: số liệu do các đơn vị báo cáo."}}
	for i := range 2 + w.IntN(4) {
		plan, done := 1000+w.IntN(8000), 10+w.IntN(900)
		row := []official.Cell{official.C(fmt.Sprint(i + 1)), {Runs: official.Text("Số " + w.one("lớp học", "người bệnh", "thư viện", "trẻ đến trường") + fmt.Sprintf(" nhóm %c", 'A'+i)), RowHead: true},
			official.C(fmt.Sprintf("%d.%03d", plan/1000, plan%1000)), official.C(fmt.Sprintf("%d,5", done))}
		w.want["figures"] = append(w.want["figures"], fmt.Sprint(plan), fmt.Sprintf("%d.5", done))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// kinds writes a paper of each kind.
var kinds = map[official.Kind]func(w *writer) official.Document{
	official.Notice: func(w *writer) official.Document {
		body := []official.Block{official.Say("Chiều ngày 01/4/2022, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2022. Đồng chí Nguyễn Văn Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy chủ trì Hội nghị."),
			official.Say("Sau khi nghe báo cáo tổng hợp và ý kiến của các cơ quan, đơn vị, đồng chí Nguyễn Văn Mẫu kết luận như sau:")}
		if w.bare { // conclusions without chapters
			body = append(body, w.itemsOf("conclusions")...)
		} else {
			body = append(append(body, head1("Hạn chế cần khắc phục")), w.itemsOf("shortcomings")...)
			body = append(append(body, head1("Định hướng công tác quý II năm 2022")), w.itemsOf("conclusions", "guidance")...)
			body = append(body, head1("Nhiệm vụ cụ thể"), w.tasks("Giao các đơn vị", 1), w.tasks("Đề nghị các cơ quan, đơn vị", 9))
		}
		body = append(body, official.Say("Ban Tuyên giáo Tỉnh ủy thông báo để các cơ quan, đơn vị biết, thực hiện."))
		return official.ThongBaoKetLuan(w.profile, "đồng chí Nguyễn Văn Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy", "Hội nghị giao ban công tác khoa giáo quý I năm 2022", body...)
	},
	official.Report: func(w *writer) official.Document {
		w.want["figures"] = append(w.want["figures"], "7")
		body := []official.Block{official.Say("Thực hiện chế độ báo cáo, trên cơ sở báo cáo của 07 cơ quan, Ban Tuyên giáo Tỉnh ủy tổng hợp kết quả như sau:"),
			head1("Kết quả thực hiện"), head2("Giáo dục và đào tạo"), w.paragraph("results"), w.paragraph("results"), head2("Y tế"), w.paragraph("results")}
		body = append(body, w.itemsOf("results")...)
		body = append(body, w.figures("Một số chỉ tiêu chủ yếu"), head1("Hạn chế, khó khăn và nguyên nhân"), head2("Hạn chế"), w.paragraph("shortcomings"), w.paragraph("shortcomings"),
			head2("Khó khăn"), w.paragraph("difficulties"), head2("Nguyên nhân"), w.paragraph("causes"), head1("Nhiệm vụ trọng tâm quý II năm 2022"))
		body = append(append(body, w.itemsOf("conclusions", "tasks")...), head1("Kiến nghị, đề xuất"))
		body = append(body, w.itemsOf("proposals")...)
		d := official.BaoCao(w.profile, "kết quả công tác khoa giáo quý I năm 2022", body...)
		d.Bases = []string{"Chương trình công tác năm 2022", "Báo cáo của các sở, ngành trong khối khoa giáo"}
		d.Annexes = []official.Annex{{Title: "Số liệu quý I năm 2022", Landscape: true, Body: []official.Block{w.figures("")}}}
		return d
	},
	official.Plan: func(w *writer) official.Document {
		body := append([]official.Block{head1("Mục đích, yêu cầu")}, w.itemsOf()...)
		body = append(append(body, head1("Nội dung")), w.itemsOf("conclusions", "tasks")...)
		body = append(append(body, head1("Tổ chức thực hiện")), w.itemsOf("conclusions", "tasks")...)
		return official.Document{Body: body}
	},
	official.Minutes: func(w *writer) official.Document {
		one, other := w.said(), w.said()
		lead, due := w.body(), "30/4/2022"
		w.expect(one, "conclusions", "tasks")
		w.expect(lead+", "+due, "owners")
		w.expect(other, "conclusions")
		w.expect("Sở Y tế", "present")
		w.expect("Sở Giáo dục và Đào tạo", "present")
		w.expect("Bảo hiểm xã hội tỉnh", "absent")
		w.expect("Khai mạc hội nghị", "programme")
		w.expect("Thảo luận báo cáo", "programme")
		item := func(s string) official.Block { return official.NumberedItem{Level: 1, Runs: official.Text(s)} }
		return official.Document{Body: official.Listed([]official.Block{head1("Thời gian, địa điểm"), official.Say("Bắt đầu: 14 giờ ngày 01/4/2022."), official.Say("Địa điểm: Hội trường Tỉnh ủy."),
			head1("Thành phần"), item("Chủ trì: đồng chí Nguyễn Văn Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy"), item("Người ghi biên bản: đồng chí Trần Thị Thử"),
			item("Có mặt: đại diện Sở Y tế; Sở Giáo dục và Đào tạo"), item("Vắng mặt: đại diện Bảo hiểm xã hội tỉnh"), head1("Diễn biến"), official.Say("Chương trình hội nghị:"),
			official.NumberedItem{Level: 3, Runs: official.Text("Khai mạc hội nghị")}, official.NumberedItem{Level: 3, Runs: official.Text("Thảo luận báo cáo")},
			w.paragraph(), official.Say("Sở Y tế: %s.", w.said()), head1("Kết luận"), item(one + ". Chủ trì: " + lead + "; phối hợp: " + w.body() + "; sản phẩm: báo cáo; thời hạn: " + due), item(other),
			head1("Kết thúc"), official.Say("Hội nghị kết thúc lúc 16 giờ 30 cùng ngày.")})}
	},
	official.Invitation: func(w *writer) official.Document {
		dash := func(list, s string) official.Block {
			if list != "" {
				w.expect(s, list)
			}
			return official.NumberedItem{Level: 3, Runs: official.Text(s)}
		}
		item := func(s string) official.Block { return official.NumberedItem{Level: 1, Runs: official.Text(s)} }
		return official.Document{Body: official.Listed([]official.Block{official.Say("Ban Tuyên giáo Tỉnh ủy trân trọng kính mời các đồng chí dự Hội nghị giao ban công tác khoa giáo quý I năm 2022, cụ thể như sau:"),
			item("Thành phần mời:"), dash("invited", "Đại diện lãnh đạo "+w.body()), dash("invited", "Đồng chí Lê Văn Thí, Phó Giám đốc "+w.body()),
			item("Chủ trì: đồng chí Nguyễn Văn Mẫu, Trưởng ban Tuyên giáo Tỉnh ủy"), item("Thời gian: 14 giờ ngày 01/4/2022 (thứ Sáu)"), item("Địa điểm: Hội trường Tỉnh ủy"),
			item("Nội dung:"), dash("programme", w.said()), dash("programme", w.said()), item("Tài liệu đại biểu mang theo:"), dash("", "Báo cáo kết quả quý I"),
			official.Say("Ban Tuyên giáo Tỉnh ủy kính mời các đồng chí dự họp đúng thành phần, thời gian.")})}
	},
	official.Letter: func(w *writer) official.Document {
		body := []official.Block{official.Say("Căn cứ chế độ báo cáo, Ban Tuyên giáo Tỉnh ủy đề nghị các cơ quan, đơn vị báo cáo quý I năm 2022 như sau:")}
		return official.Document{Addressed: []string{"Sở Y tế", "Sở Giáo dục và Đào tạo"}, Body: append(append(body, w.itemsOf("conclusions")...),
			official.Say("Đề nghị các cơ quan, đơn vị gửi báo cáo đúng thời hạn để Ban tổng hợp."))}
	},
	official.Petition: func(w *writer) official.Document {
		body := []official.Block{head1("Sự cần thiết"), w.paragraph(), head1("Nội dung trình"), w.paragraph(), head1("Đề nghị")}
		return official.Document{Addressed: []string{"Thường trực Tỉnh ủy"}, Body: append(body, w.itemsOf("proposals")...)}
	},
	official.Guideline: func(w *writer) official.Document {
		body := append([]official.Block{w.paragraph(), head1("Mục đích, yêu cầu")}, w.itemsOf()...)
		body = append(append(body, head1("Nội dung")), w.itemsOf("conclusions", "guidance")...)
		return official.Document{Body: append(append(body, head1("Tổ chức thực hiện")), w.itemsOf("conclusions", "tasks")...)}
	},
	official.Programme: func(w *writer) official.Document {
		body := append([]official.Block{head1("Mục tiêu"), w.paragraph(), head1("Nhiệm vụ, giải pháp")}, w.itemsOf("conclusions", "tasks")...)
		return official.Document{Body: append(append(body, head1("Tổ chức thực hiện")), w.itemsOf("conclusions", "tasks")...)}
	},
	official.Decision: func(w *writer) official.Document {
		var body []official.Block
		for range 3 {
			s := w.said()
			w.expect(s, "conclusions")
			body = append(body, official.NumberedItem{Level: 1, Article: true, Runs: official.Text(s + ".")})
		}
		return official.Document{Bases: []string{"Quy chế làm việc của Ban", "Đề nghị của Văn phòng Ban"}, Body: body}
	},
	official.Regulation: func(w *writer) official.Document {
		article := func() official.Block {
			s := w.said()
			w.expect(s, "conclusions")
			return official.NumberedItem{Level: 1, Article: true, Runs: official.Text(s + ".")}
		}
		return official.Document{Body: []official.Block{w.paragraph(), head1("Quy định chung"), article(), article(), head1("Quy định cụ thể"), article(), article()}}
	},
	official.Transfer: func(w *writer) official.Document {
		return official.Document{Addressed: []string{"Sở Y tế"}, Body: []official.Block{official.Say("Ban Tuyên giáo Tỉnh ủy chuyển đơn đề ngày 02/3/2022 về việc cấp thẻ bảo hiểm y tế."), w.paragraph()}}
	},
}

// write makes a paper of a kind; the seed chooses its words.
func write(p official.Profile, k official.Kind, seed uint64) written {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 7)), profile: p, want: map[string][]string{}, bare: seed%2 == 1}
	d := kinds[k](w)
	if d.Kind == "" {
		names := map[official.Kind]string{official.Plan: "Kế hoạch", official.Minutes: "Biên bản", official.Invitation: "Giấy mời", official.Petition: "Tờ trình", official.Guideline: "Hướng dẫn",
			official.Programme: "Chương trình", official.Decision: "Quyết định", official.Regulation: "Quy chế", official.Transfer: "Phiếu chuyển"}
		d.Profile, d.Kind, d.TypeName, d.Subject = p, k, names[k], "công tác khoa giáo quý I năm 2022"
		d.TypeSymbol = p.Symbols[d.TypeName]
		if k == official.Letter {
			d.TypeSymbol = p.LetterSymbol
		}
		d.Body = official.Ended(p, d.Body)
	}
	d.Superior, d.Issuer, d.BodySymbol, d.Place, d.Date, d.Number = "Tỉnh ủy Khánh Hòa", "Ban Tuyên giáo", "BTGTU", "Khánh Hòa", official.DayOf(2022, 4, 5), 12
	if p.Family == official.State {
		d.Superior, d.Issuer, d.BodySymbol = "Ủy ban nhân dân tỉnh Khánh Hòa", "Sở Giáo dục và Đào tạo", "SGDĐT"
	}
	d.Signers = []official.Signer{{Lines: []official.AuthorityLine{{Authority: official.ForHead, Of: "Trưởng ban"}}, Title: "Phó trưởng ban", Name: "Trần Thị Mẫu"}}
	d.Recipients, d.Filing = []string{"Thường trực Tỉnh ủy (để báo cáo)", "Sở Y tế", "Sở Giáo dục và Đào tạo"}, "Văn phòng Ban"
	w.expect("Trần Thị Mẫu", "signers")
	if k == official.Minutes {
		d.Number, d.BodySymbol, d.Recipients, d.Filing = 0, "", nil, ""
		d.Signers = []official.Signer{{Title: "Người ghi biên bản", Name: "Trần Thị Thử"}, {Title: "Chủ trì", Name: "Nguyễn Văn Mẫu"}}
		w.want["signers"] = []string{"Trần Thị Thử", "Nguyễn Văn Mẫu"}
	}
	d.Marks.Banner = "Bản mẫu, số liệu giả định"
	return written{d, w.want}
}

// listed is what a proposal holds, by list.
func listed(p Proposal) map[string][]string {
	got := map[string][]string{"results": values(p.Results), "difficulties": values(p.Difficulties), "shortcomings": values(p.Shortcomings), "conclusions": values(p.Conclusions),
		"guidance": values(p.Guidance), "causes": values(p.Causes), "proposals": values(p.Proposals), "programme": values(p.Programme), "invited": values(p.Invited),
		"present": values(p.Present), "absent": values(p.Absent)}
	for _, t := range p.Tasks {
		got["tasks"] = append(got["tasks"], t.Value)
		if t.Lead != "" {
			got["owners"] = append(got["owners"], t.Lead+", "+t.Deadline)
		}
	}
	for _, f := range p.Figures {
		got["figures"] = append(got["figures"], f.Value)
	}
	for _, s := range p.Signers {
		got["signers"] = append(got["signers"], s.Name)
	}
	return got
}

// plainly is a passage without line ends and end marks.
func plainly(s string) string {
	return strings.TrimRight(strings.Join(strings.Fields(s), " "), " .;:/")
}

// compare counts what is wanted, what of it stands in its list, and what stands in a list where it was not written.
func compare(want, got map[string][]string) (wanted, found int, missing, wrong []string) {
	lists := map[string]bool{}
	for list := range want {
		lists[list] = true
	}
	for list := range got {
		lists[list] = true
	}
	for _, list := range slices.Sorted(maps.Keys(lists)) {
		left := map[string]int{}
		for _, s := range got[list] {
			left[plainly(s)]++
		}
		for _, s := range want[list] {
			wanted++
			if s = plainly(s); left[s] > 0 {
				left[s]--
				found++
			} else {
				missing = append(missing, list+": "+s)
			}
		}
		for s, n := range left {
			for range n {
				wrong = append(wrong, list+": "+s)
			}
		}
	}
	slices.Sort(wrong)
	return wanted, found, missing, wrong
}

var writers = map[string]func(w io.Writer, d official.Document) error{
	".docx": official.WriteDocx,
	".html": func(w io.Writer, d official.Document) error { return official.WriteHTML(w, d, official.HTMLOptions{}) },
	".pdf":  official.WritePDF,
}

// What is written is read back, each thing in its own list and nothing in a wrong one: every kind of paper, every layout, as
// Word file, PDF and page, with words of chance. -v prints the table.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	officetest.Needs(t, document.PDFReader)
	profiles := official.Profiles()
	if testing.Short() {
		profiles = profiles[:1]
	}
	type count struct{ papers, wanted, found, wrong int }
	table := map[string]*count{}
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		for e, ending := range slices.Sorted(maps.Keys(writers)) {
			c := &count{}
			table[string(k)+" "+ending] = c
			for n, profile := range profiles {
				seed := uint64(10*n + (n+e)%2) // full stops and none by turns
				d := write(profile, k, seed)
				p := readBack(t, d.Document, ending)
				wanted, found, missing, wrong := compare(d.want, listed(p))
				c.papers, c.wanted, c.found, c.wrong = c.papers+1, c.wanted+wanted, c.found+found, c.wrong+len(wrong)
				if len(missing)+len(wrong) > 0 {
					t.Errorf("%s %s %s %d\nthiếu\n  %s\nsai chỗ\n  %s", k, profile.Code, ending, seed, strings.Join(missing, "\n  "), strings.Join(wrong, "\n  "))
				}
				if p.Paper != k {
					t.Errorf("%s %s %s: is taken for %q", k, profile.Code, ending, p.Paper)
				}
			}
		}
	}
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(table)) {
		c := table[name]
		fmt.Fprintf(&out, "%-22s %3d văn bản %5d phần %5d đúng danh sách %3d sai chỗ\n", name, c.papers, c.wanted, c.found, c.wrong)
	}
	t.Log("\n" + out.String())
}

func readBack(t *testing.T, d official.Document, ending string) Proposal {
	t.Helper()
	var file bytes.Buffer
	if err := writers[ending](&file, d); err != nil {
		t.Fatal(err)
	}
	p, err := Read(t.Context(), "van-ban"+ending, file.Bytes(), nil)
	if err != nil {
		t.Fatalf("%s: %v", ending, err)
	}
	checkSpans(t, p)
	if line, err := json.Marshal(p); err != nil || !bytes.Contains(line, []byte(`"paper":"`+string(d.Kind)+`"`)) {
		t.Errorf("%s: %v", ending, err)
	}
	return p
}
