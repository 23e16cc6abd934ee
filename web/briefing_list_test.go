package web_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/record"
)

// Five old articles in our own words, with the facts of pages of five provinces: day, period, kind, and the province where the
// page tells it.
var oldArticles = map[string]string{
	"khanh-hoa.txt": "Giao ban công tác khoa giáo quý I năm 2022\n\nChiều ngày 01/4/2022, Ban Tuyên giáo Tỉnh ủy Khánh Hòa tổ chức Hội nghị giao ban công tác " +
		"khoa giáo quý I năm 2022. Các sở, ngành của khối dự họp.\n",
	"quy-1-2019.txt": "Giao ban quý I năm 2019\n\nChiều ngày 08/4/2019, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I, triển khai nhiệm vụ " +
		"quý II năm 2019.\n",
	"hai-phong.txt": "Giao ban 9 tháng năm 2023\n\nSáng ngày 06/10/2023, Ban Tuyên giáo Thành ủy Hải Phòng tổ chức Hội nghị giao ban công tác khoa giáo 9 tháng đầu năm, " +
		"triển khai nhiệm vụ 3 tháng cuối năm 2023.\n",
	"kon-tum.txt": "Chương trình phối hợp giai đoạn 2017-2021\n\nNgày 12/10/2021, Ban Tuyên giáo Tỉnh ủy Kon Tum tổ chức tổng kết chương trình phối hợp công tác khoa giáo " +
		"giai đoạn 2017-2021 với các ngành trong khối.\n",
	"tong-ket-2020.txt": "Tổng kết công tác khoa giáo năm 2020\n\nNgày 12/01/2021, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị tổng kết công tác khoa giáo năm 2020, triển khai " +
		"nhiệm vụ năm 2021.\n",
}

// bringOld brings articles in and takes over what was read of them.
func (h *house) bringOld(t *testing.T, v *visitor, articles map[string]string) {
	t.Helper()
	folder, names := t.TempDir(), []string(nil)
	for name, text := range articles {
		names = append(names, filepath.Join(folder, name))
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	bring(t, &byRequests{visitor: v}, names)
	h.do(t, func(tx *db.Tx) error {
		files, _, err := archive.List(tx, h.Officer, archive.Filter{})
		if err != nil || len(files) < len(articles) {
			t.Fatalf("%d files, %v", len(files), err)
		}
		for _, f := range files {
			if _, _, err := archive.AcceptSure(tx, h.Officer, f.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// rowsWith counts the rows of the page's tables that hold all of some words.
func (v *visitor) rowsWith(words ...string) (n int) {
	for _, row := range all(v.page, "tr") {
		text, has := textOf(row), true
		for _, w := range words {
			has = has && strings.Contains(text, w)
		}
		if has {
			n++
		}
	}
	return n
}

// The conferences of the program and those of old articles stand in one list: an article of one that the program has is its
// source, one of another province is marked and counts for nothing, and one that names no province asks.
func TestOldArticlesAndConferencesStandInOneList(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2024-01-15 09:00")
			v := h.visitor(t, h.Officer)
			h.bringOld(t, v, oldArticles)
			v.get("/giao-ban")
			v.see(t, "Chưa rõ của tỉnh nào", "Tỉnh khác: Hải Phòng", "Tỉnh khác: Kon Tum")
			if n := v.rowsWith("01/4/2022", "Tư liệu cũ: Hội nghị giao ban quý I năm 2022"); n != 1 {
				t.Errorf("%d rows tell of 01/4/2022 with its article", n)
			}
			if n := v.rowsWith("2019") + v.rowsWith("Tổng kết năm 2020"); n != 0 {
				t.Errorf("%d rows before anybody said whose they were", n)
			}

			// one press each way
			v.press(t, "ours.", "Hội nghị giao ban quý I năm 2019")
			v.see(t, "Đã ghi hội nghị đó của tỉnh nào.")
			v.press(t, "foreign.", "Tổng kết năm 2020")
			if v.rowsWith("Hội nghị giao ban quý I năm 2019", "Từ tư liệu cũ") != 1 || v.rowsWith("Tổng kết năm 2020", "Tỉnh khác") != 1 {
				t.Errorf("after the answers: %s", v.text)
			}
			for year, want := range map[string][3]string{"2019": {"Quý I năm 2019", "Đã họp, theo tư liệu cũ", "1"}, "2020": {"Quý IV năm 2020", "Đã họp", "0"},
				"2023": {"Quý III năm 2023", "Không có hội nghị", "1"}} {
				v.get("/giao-ban?nam=" + year)
				if n := v.rowsWith(want[0], want[1]); n != int(want[2][0]-'0') {
					t.Errorf("%s: %d rows with %v", year, n, want)
				}
			}

			// a second article of the day, without its province, is asked about beside the conference that it looks like
			h.bringOld(t, v, map[string]string{"mot-bai-nua.txt": "Hội nghị giao ban khoa giáo\n\nChiều ngày 01/4/2022, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công " +
				"tác khoa giáo quý I năm 2022, đánh giá kết quả công tác.\n"})
			v.get("/giao-ban")
			v.see(t, "Cùng loại, cùng kỳ với một hội nghị của Ban")
			v.press(t, "ours.", "Hội nghị giao ban quý I năm 2022")
			if n := v.rowsWith("01/4/2022"); n != 1 {
				t.Errorf("%d rows tell of 01/4/2022", n)
			}
			h.oneEventWithBoth(t)
			v.click("Quý I năm 2022")
			v.see(t, "Tư liệu cũ về hội nghị này")
			v.click("Nguồn gốc và kết quả")
			v.see(t, "Tư liệu: Giao ban công tác khoa giáo quý I năm 2022")
		})
	}
}

// press says of a conference on the page whose it was.
func (v *visitor) press(t *testing.T, act, name string) {
	t.Helper()
	for _, form := range all(v.page, "form") {
		for _, b := range all(form, "button") {
			if value := attr(b, "value"); strings.HasPrefix(value, act) && value != act && strings.Contains(textOf(b), name) {
				v.post(attr(form, "action"), url.Values{"form_token": {formValues(form).Get("form_token")}, "act": {value}})
				return
			}
		}
	}
	t.Fatalf("no %s%s on %s: %s", act, name, v.url, v.text)
}

// oneEventWithBoth: both articles of 01/4/2022 are sources of one conference.
func (h *house) oneEventWithBoth(t *testing.T) {
	t.Helper()
	h.do(t, func(tx *db.Tx) error {
		list, err := conference.List(tx, h.Officer)
		if err != nil {
			return err
		}
		for _, c := range list {
			if c.Period.String() != "2022-Q1" {
				continue
			}
			events, err := archive.SourcesOf(tx, h.Officer, c.ID)
			if err != nil || len(events) != 1 {
				t.Fatalf("%d conferences of the past tell of it (%v)", len(events), err)
			}
			told, err := archive.FindEvent(tx, h.Officer, events[0].ID)
			if err != nil || len(told.Sources) != 2 {
				t.Errorf("%d articles (%v)", len(told.Sources), err)
			}
			g, err := record.Walk(tx, h.Officer, "briefing", c.ID, 1)
			articles := 0
			for _, b := range g.Ancestors {
				if b.Node.Kind == "import" {
					articles++
				}
			}
			if err != nil || articles != 2 {
				t.Errorf("%d articles lead to it (%v)", articles, err)
			}
		}
		return nil
	})
}

// Many conferences stand on pages, none on two and none on no page.
func TestTheListOfConferencesHasPages(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2024-01-15 09:00")
			h.do(t, func(tx *db.Tx) error {
				for n := range 120 {
					if _, err := conference.Plan(tx, h.Officer, conference.New{Type: "rollout", Title: fmt.Sprintf("Hội nghị quán triệt văn bản thứ %03d", n),
						HeldOn: calendar.On(2024, 2, 1).AddDays(n / 7)}); err != nil {
						return err
					}
				}
				return nil
			})
			v, seen, pages := h.visitor(t, h.Officer), make(map[string]int), 0
			for v.get("/giao-ban?nam=2023"); ; v.click("Trang sau") {
				pages++
				for _, a := range all(v.page, "a") {
					if name := textOf(a); strings.HasPrefix(name, "Hội nghị quán triệt văn bản thứ ") {
						seen[name]++
					}
				}
				v.see(t, "năm 2023")
				if n := v.rowsWith("Hội nghị"); n > 60 {
					t.Errorf("%d rows on page %d", n, pages)
				}
				if !strings.Contains(v.text, "Trang sau") {
					break
				}
			}
			twice := 0
			for _, n := range seen {
				if n > 1 {
					twice++
				}
			}
			if pages < 3 || len(seen) != 120 || twice > 0 {
				t.Errorf("%d pages show %d conferences, %d of them twice", pages, len(seen), twice)
			}
		})
	}
}

// An article of a province that has become part of ours may be an inheritance: it asks, as one that names no province.
func TestAnArticleOfAProvinceThatJoinedOursAsks(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2026-01-15 09:00")
			v := h.visitor(t, h.Officer)
			h.bringOld(t, v, map[string]string{"ninh-thuan.txt": "Giao ban quý II năm 2021\n\nNgày 07/7/2021, Ban Tuyên giáo Tỉnh ủy Ninh Thuận tổ chức Hội nghị giao ban " +
				"công tác khoa giáo quý II năm 2021.\n"})
			v.get("/giao-ban?nam=2021")
			v.see(t, "Chưa rõ của tỉnh nào", "tư liệu ghi tỉnh Ninh Thuận")
			v.press(t, "foreign.", "quý II năm 2021")
			if v.rowsWith("Hội nghị giao ban quý II năm 2021", "Tỉnh khác: Ninh Thuận") != 1 {
				t.Errorf("%s", v.text)
			}
			v.click("Hội nghị giao ban quý II năm 2021")
			v.see(t, "Tạ Thị Hoài Thương đã xác nhận", "Của tỉnh khác")
			v.submit("Của tỉnh mình")
			v.get("/giao-ban?nam=2021")
			if v.rowsWith("Quý II năm 2021", "Đã họp, theo tư liệu cũ") != 1 {
				t.Errorf("%s", v.text)
			}
		})
	}
}
