package web_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/sample"
)

// A form that was opened before somebody else saved lays nothing over the other's words: both are shown, and saved again
// both stand. The words of a paper that was signed are not opened at all.
func TestAStaleFormOfWordsKeepsBothWriters(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-20 09:00")
			var p paper.Paper
			h.do(t, func(tx *db.Tx) (err error) {
				p, err = record.Compose(tx, h.Officer, record.Composing{Kind: paper.CongVan, Subject: "về việc thử"})
				return err
			})
			at := "/van-ban/" + string(p.ID)
			first, second := h.visitor(t, h.Officer), h.visitor(t, h.Officer)
			first.get(at + "/loi-van")
			second.get(at + "/loi-van")

			second.typed.Set("text-0", "Câu mở đầu của người khác.\nLý do của người khác.")
			second.typed.Set("addressed", "Sở Y tế")
			second.submit("Lưu lời văn")
			first.typed.Set("text-1", "Đề nghị đang gõ.")
			first.typed.Set("text-0", "Lý do đang gõ.")
			first.typed.Set("addressed", "Sở Nội vụ")
			first.typed.Set("text-2", "Đoạn thêm đang gõ.")
			first.submit("Lưu lời văn")
			if first.status != http.StatusPreconditionFailed {
				t.Fatalf("a stale form: %d", first.status)
			}
			first.see(t, "Người khác vừa lưu", "Sở Y tế", "người khác đã sửa đoạn này")
			for _, name := range []string{"text-0", "text-1", "text-2", "addressed"} {
				first.typed.Del(name)
			}
			first.submit("Lưu lời văn")
			if first.status != http.StatusOK {
				t.Fatalf("saved again: %d %.300s", first.status, first.text)
			}
			first.see(t, "Câu mở đầu của người khác.", "Lý do của người khác.", "Lý do đang gõ.", "Đề nghị đang gõ.", "Đoạn thêm đang gõ.", "Sở Nội vụ")
			if before, after, _ := strings.Cut(first.text, "Đề nghị đang gõ."); !strings.Contains(before, "Lý do đang gõ.") || !strings.Contains(after, "Đoạn thêm đang gõ.") {
				t.Error("what was typed stands in another order")
			}

			second.get(at + "/loi-van")
			leader := h.visitor(t, h.Leader)
			leader.get(at)
			leader.submit("Ký văn bản")
			second.typed.Set("text-0", "Gõ sau khi ký.")
			second.submit("Lưu lời văn")
			second.see(t, "Văn bản đã ký, nội dung không sửa được nữa", "Gõ sau khi ký.")
			second.get(at + "/loi-van")
			second.see(t, "Văn bản đã ký, nội dung không sửa được nữa")
			if second.status != http.StatusConflict || strings.Contains(second.text, "Lưu lời văn") {
				t.Errorf("the form of a signed paper: %d", second.status)
			}
		})
	}
}

// A mark on a paper is told once on a page: no page draws it twice for the same paper.
func TestAMarkIsToldOnceOnAPage(t *testing.T) {
	pages, err := filepath.Glob("page/*/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal(len(pages), err)
	}
	mark := regexp.MustCompile(`\{\{template "overtaken" \$\S+\}\}|\{\{template "overtaken" \.Data\S*\}\}`)
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		seen := make(map[string]bool)
		for _, found := range mark.FindAllString(string(text), -1) {
			if seen[found] {
				t.Errorf("%s draws %s twice", page, found)
			}
			seen[found] = true
		}
	}
}

// The day of an invitation and the due day, lead and product of a notice are no fields: the form leads to the conference.
func TestAFormOfWordsLeavesTheFactsOfAConference(t *testing.T) {
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	var notice paper.Paper
	var at db.ID
	h.do(t, func(tx *db.Tx) error {
		b, err := conference.OfPeriod(tx, h.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q1"))
		if err != nil {
			return err
		}
		at = b.ID
		if _, notice, err = conference.Papers(tx, h.Officer, b.ID); err != nil {
			return err
		}
		if notice, err = record.Succeed(tx, h.Officer, notice.ID, paper.Revokes, "Ghi nhầm"); err != nil {
			return err
		}
		if _, err := record.Sign(tx, h.Leader, notice.ID, paper.Signature{Signer: h.Leader.Name}); err != nil {
			return err
		}
		if _, err := paper.EnterNumber(tx, h.Clerk, notice.ID, 91, calendar.OfInstant(tx.Clock())); err != nil {
			return err
		}
		if _, err := record.Release(tx, h.Clerk, notice.ID); err != nil {
			return err
		}
		notice, err = conference.DraftNotice(tx, h.Officer, b.ID, paper.Signature{})
		return err
	})
	v := h.visitor(t, h.Officer)
	v.get("/van-ban/" + string(notice.ID) + "/loi-van")
	v.see(t, "Chỗ không có ô là dữ kiện của hồ sơ", "Thời hạn")
	editable := map[string]bool{}
	for _, cell := range all(v.page, "td") {
		editable[attr(cell, "data-label")] = editable[attr(cell, "data-label")] || len(all(cell, "textarea")) > 0
	}
	if !editable["Nội dung"] || editable["Thời hạn"] || editable["Chủ trì"] || editable["Sản phẩm"] {
		t.Errorf("editable: %v", editable)
	}
	leads := false
	for _, a := range all(v.page, "a") {
		leads = leads || strings.Contains(attr(a, "href"), "/giao-ban/"+string(at))
	}
	if !leads {
		t.Error("nothing leads to the conference")
	}
	v.submit("Lưu lời văn")
	if v.status != http.StatusOK {
		t.Errorf("saved: %d", v.status)
	}
}
