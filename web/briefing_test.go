package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/dbtest"
)

// sheetOf opens the conclusions of the conference of 2022-Q1 and gives its form.
func (v *visitor) sheetOf() url.Values {
	v.t.Helper()
	v.get("/giao-ban")
	v.click("Quý I năm 2022")
	v.click("Kết luận")
	for _, form := range all(v.page, "form") {
		if has(form, "data-autosave") {
			return formValues(form)
		}
	}
	v.t.Fatalf("no sheet on %s: %s", v.url, v.text)
	return nil
}

// autosave sends a form as the page's script does, and gives the status and what was answered.
func (v *visitor) autosave(to string, form url.Values) (int, map[string]string) {
	v.t.Helper()
	u, err := v.url.Parse(to)
	if err != nil {
		v.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, u.String(), strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", v.house.server.URL)
	r.Header.Set("X-Autosave", "1")
	response, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	said := map[string]string{}
	if err := json.NewDecoder(response.Body).Decode(&said); err != nil {
		v.t.Fatalf("%d: %v", response.StatusCode, err)
	}
	return response.StatusCode, said
}

func TestConclusionsAreSavedWhileTheyAreTyped(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-01 13:50")
			first, second := h.visitor(t, h.Actor("khoagiao")), h.visitor(t, h.Actor("khoagiao2"))
			mine, theirs := first.sheetOf(), second.sheetOf()
			at := first.url.Path

			mine.Set("words-1", "Tập trung")
			status, said := first.autosave(at, mine)
			if status != 200 || said["saved_at"] == "" || !strings.HasPrefix(said["version"], "1=1-") {
				t.Fatalf("%d %v", status, said)
			}
			mine.Set("version", said["version"])
			mine.Set("words-1", "Tập trung tuyên truyền chuyển đổi số")
			if status, said = first.autosave(at, mine); status != 200 || !strings.HasPrefix(said["version"], "1=2-") {
				t.Fatalf("the second pause: %d %v", status, said)
			}
			mine.Set("version", said["version"])

			// Another line of another person goes in beside it.
			theirs.Set("words-2", "Chuẩn bị tổng kết")
			if status, said := second.autosave(at, theirs); status != 200 {
				t.Fatalf("the other line: %d %v", status, said)
			}
			if status, said := first.autosave(at, mine); status != 200 {
				t.Fatalf("nothing of one's own changed: %d %v", status, said)
			}

			// The same line is not overwritten: both versions are shown, and saving again is a decision.
			theirs.Set("words-1", "Bản của người thứ hai")
			if status, said := second.autosave(at, theirs); status != 412 || !strings.Contains(said["sentence"], "Kết luận 1 vừa được người khác sửa") || said["url"] != at {
				t.Fatalf("%d %v", status, said)
			}
			second.post(at, theirs)
			if second.status != 412 || !strings.Contains(second.text, "Tập trung tuyên truyền chuyển đổi số") || !strings.Contains(second.text, "Bản của người thứ hai") {
				t.Fatalf("%d: %s", second.status, second.text)
			}
			second.submit("Lưu kết luận")
			if second.status != 200 || !strings.Contains(second.text, "Bản của người thứ hai") || strings.Contains(second.text, "Tập trung tuyên truyền chuyển đổi số") {
				t.Fatalf("%d: %s", second.status, second.text)
			}
		})
	}
}

func TestNotesOfTwoPeopleAreKeptBesideEachOther(t *testing.T) {
	t.Parallel()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-01 13:50")
			notes := func(v *visitor) url.Values {
				v.get("/giao-ban")
				v.click("Quý I năm 2022")
				v.click("Diễn biến")
				v.click("Ghi ý kiến mọi cơ quan trong một bảng")
				for _, form := range all(v.page, "form") {
					if has(form, "data-autosave") {
						return formValues(form)
					}
				}
				t.Fatalf("no form on %s", v.url)
				return nil
			}
			first, second := h.visitor(t, h.Actor("khoagiao")), h.visitor(t, h.Actor("khoagiao2"))
			mine, theirs := notes(first), notes(second)
			at := first.url.Path
			mine.Set("notes-SYT", "Nêu tiến độ tiêm chủng")
			for range 2 { // the second time nothing changed
				status, said := first.autosave(at, mine)
				if status != 200 || !strings.Contains(said["version"], "SYT=") {
					t.Fatalf("%d %v", status, said)
				}
				mine.Set("version", said["version"])
			}
			theirs.Set("notes-SNV", "Nêu việc bổ nhiệm")
			if status, said := second.autosave(at, theirs); status != 200 {
				t.Fatalf("another row: %d %v", status, said)
			}
			theirs.Set("notes-SYT", "Bản của người thứ hai")
			if status, said := second.autosave(at, theirs); status != 412 {
				t.Fatalf("the same row: %d %v", status, said)
			}
			second.post(at, theirs)
			if second.status != 412 || !strings.Contains(second.text, "Bản người khác vừa lưu: Nêu tiến độ tiêm chủng") || !strings.Contains(second.text, "Bản của người thứ hai") {
				t.Fatalf("%d: %s", second.status, second.text)
			}
			second.submit("Lưu ý kiến")
			if second.status != 200 || !strings.Contains(second.text, "Bản của người thứ hai") {
				t.Fatalf("%d: %s", second.status, second.text)
			}
		})
	}
}
