package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/decimal"

	"golang.org/x/net/html"
)

// Old pages are brought in and confirmed by hand: with scripts and the keyboard, without scripts, and by plain requests on
// the other engine. Our own five pages are always there; five real ones are confirmed too where they lie beside us.

func TestTheArchiveIsConfirmedInABrowser(t *testing.T) {
	t.Parallel()
	c := begin(t, dbtest.Engines(t)[0])
	c.inBrowser(true)
	c.feedTheArchive()
}

func TestTheArchiveIsConfirmedInABrowserWithoutScripts(t *testing.T) {
	t.Parallel()
	c := begin(t, dbtest.Engines(t)[0])
	c.inBrowser(false)
	c.feedTheArchive()
}

func TestTheArchiveIsConfirmedByPlainRequests(t *testing.T) {
	t.Parallel()
	engines := dbtest.Engines(t)
	c := begin(t, engines[len(engines)-1])
	c.someone = func(who access.Actor) person { return &byRequests{visitor: c.visitor(t, access.Nobody)} }
	c.feedTheArchive()
}

// seeds are the real pages that lie beside the program where it is made, none elsewhere.
func seeds() []string {
	names, _ := filepath.Glob("../../shared/seeds/*.txt")
	return names
}

// bring sends many files in one form.
func bring(t testing.TB, p person, names []string) {
	t.Helper()
	p.open("/tu-lieu")
	switch p := p.(type) {
	case *inBrowser:
		full := make([]string, len(names))
		for i, name := range names {
			full[i], _ = filepath.Abs(name)
		}
		p.tab.Attach("#files", full...)
		p.press("Nhập và đọc")
	case *byRequests:
		for _, form := range all(p.page(), "form") {
			if attr(form, "enctype") == "multipart/form-data" {
				p.upload("/tu-lieu", url.Values{"form_token": {formValues(form).Get("form_token")}}, map[string][]string{"files": names})
				return
			}
		}
		t.Fatalf("no form for files on %s", p.where())
	}
}

// feedTheArchive is a morning of an officer: files in, each confirmed, the register and the past conferences there; and
// the same files once more change nothing.
func (c *cycle) feedTheArchive() {
	names := append(oldPages(), seeds()...)
	officer := c.as(c.Officer, "2024-01-15 08:30")
	bring(c.t, officer, names)
	mustSee(c.t, officer, "Đã đọc "+number(len(names))+" trên "+number(len(names))+" tệp", "giao-ban-quy-1-2019.txt")
	c.picture(officer, "dot-nhap")
	officer.open("/tu-lieu")
	mustSee(c.t, officer, number(len(names))+" tệp chưa xem", "Triển khai nhiệm vụ công tác khoa giáo năm 2021")
	c.picture(officer, "tu-lieu")
	officer.open("/tu-lieu?tim=dich+soi")
	mustSee(c.t, officer, "Giao ban công tác khoa giáo quý I năm 2019")
	mustMiss(c.t, officer, "Triển khai nhiệm vụ công tác khoa giáo năm 2021")
	c.nothingTypedIsLost(officer)
	for n := 0; ; n++ {
		officer.open("/tu-lieu")
		if !c.has(officer, "Xác nhận tiếp") {
			break
		}
		if n > len(names) {
			c.t.Fatal("the confirming has no end")
		}
		officer.click("Xác nhận tiếp")
		c.confirmFile(officer)
	}
	c.archiveStands(officer, len(names))
	before := c.archiveRows()
	bring(c.t, officer, names)
	mustSee(c.t, officer, "Không có gì mới", number(len(names))+" tệp đã có trong tư liệu từ trước")
	if after := c.archiveRows(); after != before {
		c.t.Errorf("before %s, after the second time %s", before, after)
	}
}

// nothingTypedIsLost: a wrong day comes back with what was typed and a sentence; two people do not overwrite each other.
func (c *cycle) nothingTypedIsLost(officer person) {
	officer.open("/tu-lieu?tim=dich+soi")
	officer.click("Giao ban công tác khoa giáo quý I năm 2019")
	officer.click("11/4/2019")
	officer.fill("text", "31/4/2019")
	officer.press("Nhận")
	mustSee(c.t, officer, "Cần xem lại")
	if got := c.value(officer, "text"); got != "31/4/2019" {
		c.t.Fatalf("the field holds %q", got)
	}
	clerk := c.as(c.Clerk, "2024-01-15 08:40")
	clerk.open("/tu-lieu?tim=dich+soi")
	clerk.click("Giao ban công tác khoa giáo quý I năm 2019")
	clerk.click("11/4/2019")
	clerk.press("Nhận")
	officer.fill("text", "12/4/2019")
	officer.press("Nhận")
	mustSee(c.t, officer, c.Clerk.Name+" vừa nhận phần này: “11/4/2019”")
	if got := c.value(officer, "text"); got != "12/4/2019" {
		c.t.Fatalf("the second writer's field holds %q", got)
	}
	officer.fill("text", "11/4/2019")
	officer.press("Thay bằng nội dung này")
	officer.open("/tu-lieu?tim=dich+soi")
	officer.click("Giao ban công tác khoa giáo quý I năm 2019")
	officer.click("11/4/2019")
	mustSee(c.t, officer, c.Officer.Name+", ", "Xem lại")
}

// confirmFile takes what is sure and decides on the rest one by one.
func (c *cycle) confirmFile(p person) {
	c.t.Helper()
	c.picture(p, "xac-nhan")
	if c.has(p, "phần chắc chắn") {
		c.use(p, "A", "phần chắc chắn")
	}
	for n := 0; !strings.Contains(textOf(p.page()), "Đã xong tệp này"); n++ {
		if n > 40 {
			c.t.Fatalf("the file has no end: %.600s", textOf(p.page()))
		}
		card := cardOf(p.page())
		switch {
		case fieldOf(card, "directive-khac") != nil:
			c.picture(p, "chon-van-ban")
			c.use(p, "a", "Nhận")
			mustSee(c.t, p, "Hãy chọn đúng văn bản")
			c.choose(p, card)
			p.press("Nhận")
		case fieldOf(card, "symbol") != nil || fieldOf(card, "body") == nil:
			c.use(p, "a", "Nhận")
		default:
			c.use(p, "s", "Bỏ qua")
		}
	}
}

// choose says that a bare 20-NQ/TW in a page on health is the resolution of 2017.
func (c *cycle) choose(p person, card *html.Node) {
	c.t.Helper()
	for _, label := range all(card, "label") {
		if strings.Contains(textOf(label), "25/10/2017") {
			p.tick(attr(all(label, "input")[0], "id"))
			return
		}
	}
	p.tick("directive-khac")
}

func cardOf(page *html.Node) *html.Node {
	for _, n := range all(page, "div") {
		if attr(n, "id") == "phan" {
			return n
		}
	}
	return page
}

// use presses a key where there is a keyboard that the page listens to, else the button of these words.
func (c *cycle) use(p person, key, words string) {
	c.t.Helper()
	b, ok := p.(*inBrowser)
	if !ok || !b.scripts {
		p.press(words)
		return
	}
	b.tab.Eval(`document.documentElement.dataset.before = "1"`)
	b.tab.Press(key)
	b.tab.WaitFor("html:not([data-before]) main", "")
}

// archiveStands: each document once, the past conferences listed and readable, each led back to its file.
func (c *cycle) archiveStands(p person, files int) {
	c.t.Helper()
	var twice []string
	c.read(func(tx *db.Tx) error {
		return tx.Select(&twice, "select symbol from directive where symbol <> '' group by symbol, type, coalesce(date, ''), coalesce(province, '') having count(*) > 1")
	})
	if len(twice) > 0 {
		c.t.Errorf("the register holds %v more than once", twice)
	}
	p.open("/tu-lieu")
	mustSee(c.t, p, number(files)+" tệp, mới nhất trước", "Xong")
	mustMiss(c.t, p, "Chưa xem…")
	p.open("/van-ban-chi-dao?tim=33-NQ/TW")
	mustSee(c.t, p, "33-NQ/TW")
	p.open("/giao-ban")
	mustSee(c.t, p, "Chưa rõ của tỉnh nào", "Hội nghị giao ban quý I năm 2019", "Tổng kết năm 2020", "Hội nghị giao ban 9 tháng đầu năm 2021")
	p.press("hội nghị trên là của tỉnh mình")
	mustSee(c.t, p, "Từ tư liệu cũ", "Hội nghị giao ban quý I năm 2019", "Tổng kết năm 2020", "Hội nghị giao ban 9 tháng đầu năm 2021")
	mustMiss(c.t, p, "Chưa rõ của tỉnh nào")
	c.picture(p, "giao-ban-cac-ky-truoc")
	p.click("Hội nghị giao ban 9 tháng đầu năm 2021")
	mustSee(c.t, p, "Từ tư liệu cũ", "Chiều 06/10/2021", "Đinh Trọng Hoài", "duy trì nề nếp giao ban", "giao-ban-9-thang-2021.html")
	mustMiss(c.t, p, "0258.", "Giới thiệu", "Giấy phép")
	c.picture(p, "hoi-nghi-da-qua")
	p.click("Nguồn gốc và kết quả")
	mustSee(c.t, p, "Tư liệu: Giao ban công tác khoa giáo 9 tháng đầu năm 2021")
	for year, want := range map[string][]string{"2019": {"33-NQ/TW"}, "2020": {"42-CT/TW"}} {
		p.open("/so-ket-tong-ket?nam=" + year)
		mustSee(c.t, p, want...)
	}
	if len(seeds()) == 0 {
		return
	}
	for year, want := range map[string][]string{"2019": {"36-NQ/TW", "37-CT/TW", "38-CT/TW"}, "2022": {"20-CT/TW", "19-CT/TW", "20-NQ/TW"}} {
		p.open("/so-ket-tong-ket?nam=" + year)
		mustSee(c.t, p, want...)
		c.picture(p, "so-ket-tong-ket-"+year)
	}
	p.open("/giao-ban")
	mustSee(c.t, p, "Tỉnh khác: Hải Phòng", "Tỉnh khác: Kon Tum")
	p.open("/van-ban-chi-dao?tim=1056-QC/TU")
	mustSee(c.t, p, "Quyết định")
}

func (c *cycle) read(fn func(tx *db.Tx) error) {
	c.t.Helper()
	if err := c.DB.Read(c.t.Context(), fn); err != nil {
		c.t.Fatal(err)
	}
}

// archiveRows counts what a second import must not change.
func (c *cycle) archiveRows() string {
	var counts []string
	for _, table := range []string{"file", "archive_import", "archive_field", "archive_decision", "archive_batch", "archive_event", "directive", "body_alias"} {
		c.read(func(tx *db.Tx) error {
			var n int
			err := tx.Get(&n, "select count(*) from "+table)
			counts = append(counts, table+" "+number(n))
			return err
		})
	}
	return strings.Join(counts, ", ")
}

func number(n int) string { return decimal.FormatVietnamese(int64(n), 0) }

// A broken file among good ones is named with its sentence; the good ones are there. Without any file the page says so.
func TestABrokenUploadStopsNoOther(t *testing.T) {
	t.Parallel()
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	folder := t.TempDir()
	broken, secret := filepath.Join(folder, "hong.docx"), filepath.Join(folder, "bao-cao.txt")
	os.WriteFile(broken, []byte("PK\x03\x04 nửa tệp"), 0o600)
	os.WriteFile(secret, []byte("TỈNH ỦY KHÁNH HÒA\nTỐI MẬT\n\nBÁO CÁO\n\nNội dung"), 0o600)
	p := &byRequests{visitor: h.visitor(t, h.Officer)}
	bring(t, p, []string{broken, oldPages()[1], secret})
	mustSee(t, p, "Đã đọc 3 trên 3 tệp", "hong.docx", "Không nhận", "(không ghi tên)")
	mustMiss(t, p, "bao-cao.txt")
	bring(t, p, nil)
	if p.status != http.StatusUnprocessableEntity || !strings.Contains(p.text, "Chưa chọn tệp nào") {
		t.Errorf("%d %s", p.status, p.text)
	}
	bring(t, p, []string{broken})
	if p.status != http.StatusUnprocessableEntity || !strings.Contains(p.text, "1 tệp không nhận được, không giữ lại gì") {
		t.Errorf("%d %s", p.status, p.text)
	}
	doctor := &byRequests{visitor: h.visitor(t, h.AgencyOfficer(h.SYT))}
	doctor.open("/tu-lieu")
	if doctor.status != http.StatusForbidden {
		t.Errorf("an agency sees the archive: %d", doctor.status)
	}
	doctor.upload("/tu-lieu", url.Values{}, map[string][]string{"files": {oldPages()[2]}})
	if doctor.status != http.StatusForbidden {
		t.Errorf("an agency brought a file in: %d", doctor.status)
	}
	err := h.DB.Read(t.Context(), func(tx *db.Tx) error {
		all, _, err := archive.List(tx, h.Officer, archive.Filter{})
		if len(all) != 1 {
			t.Errorf("%d files were kept", len(all))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
