package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/officetest"
	"giaoban/sample"
)

// A consolidated report goes to the head as Word and comes back: what was not touched keeps where it came from, what was
// changed is shown old and new, what is not clear is asked, and a figure is held against the table.
func TestAConsolidatedReportComesBackFromWord(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-03-21 10:00")
			by := h.Officer
			v := h.visitor(t, by)
			at := "/tong-hop/" + sample.Quarterly + "/" + sample.Quarter.String()
			v.get(at + "/loi-van")
			v.submit("Bắt đầu dự thảo của Ban")
			find := func() (c consolidation.Consolidation) {
				h.do(t, func(tx *db.Tx) (err error) {
					c, err = consolidation.Find(tx, by, sample.Quarterly, sample.Quarter)
					return err
				})
				return c
			}
			was := find()
			var kept []consolidation.Paragraph
			for _, g := range was.Groups {
				if g.Section == "results" {
					kept = append(kept, g.Kept()...)
				}
			}
			if len(kept) < 4 {
				t.Fatalf("%d paragraphs of results", len(kept))
			}
			file := officetest.InHands(t, v.download(at+"/tai/docx"))
			words := func(p consolidation.Paragraph) string { return strings.Join(strings.Fields(p.Text)[:4], " ") }
			file.Change(words(kept[0]), "Lãnh đạo viết lại:")
			file.Strike(words(kept[1]))
			file.Add(words(kept[2]), "Ban đã làm việc với ba bệnh viện.")
			file.Body = strings.Replace(file.Body, words(kept[3]), "Không theo dõi:", 1)
			v.get(at + "/ban-word")
			v.sendFileAs(at+"/ban-word", "ban-word", "lanh dao sua.docx", file.File(), url.Values{"act": {"doc"}})
			v.see(t, "4 chỗ khác, 1 chỗ cần đồng chí chọn")
			v.see(t, "Phan Đức Hòa")
			v.see(t, "Word không ghi ai sửa")
			v.submit("Nhận các chỗ đã chọn")
			if v.status != http.StatusUnprocessableEntity {
				t.Errorf("an unclear line was taken without a choice: %d", v.status)
			}
			v.see(t, "Chỗ này chưa rõ: hãy chọn nhận hay giữ như trên máy")
			v.see(t, "Ban đã làm việc với ba bệnh viện.")
			asked := *v
			v.typed.Set("chon-3", "giu")
			v.submit("Nhận các chỗ đã chọn")
			v.see(t, "Đã nhận các chỗ đã chọn")
			now := map[db.ID]consolidation.Paragraph{}
			added := 0
			for _, g := range find().Groups {
				for i, p := range g.Paragraphs {
					now[p.ID] = p
					if p.Text == "Ban đã làm việc với ba bệnh viện." {
						added++
						if i == 0 || g.Paragraphs[i-1].ID != kept[2].ID || !p.Own() {
							t.Error("the new paragraph does not stand behind the one that it was written behind, as the commission's own")
						}
					}
				}
			}
			if one := now[kept[0].ID]; !strings.Contains(one.Text, "Lãnh đạo viết lại:") || len(one.Origins) != len(kept[0].Origins) || one.Own() {
				t.Errorf("changed: %+v", one)
			}
			if one := now[kept[1].ID]; one.State != consolidation.ParagraphDropped || one.Reason != "Bỏ trong tệp Word trả về (Phan Đức Hòa)" {
				t.Errorf("struck: %+v", one)
			}
			for _, i := range []int{2, 3} {
				if one := now[kept[i].ID]; one.Text != kept[i].Text || one.EditedBy != kept[i].EditedBy {
					t.Errorf("touched: %+v", one)
				}
			}
			if added != 1 {
				t.Errorf("the new paragraph is there %d times", added)
			}
			v.page = asked.page
			v.typed.Set("chon-3", "giu")
			v.submit("Nhận các chỗ đã chọn")
			v.see(t, "Người khác vừa sửa báo cáo tổng hợp này")
			out := h.visitor(t, h.AgencyOfficer(h.SYT))
			if out.get(at + "/ban-word"); out.status != http.StatusForbidden {
				t.Errorf("an agency reads it: %d", out.status)
			}
		})
	}
}
