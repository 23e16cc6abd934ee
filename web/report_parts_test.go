package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/report"

	"golang.org/x/net/html"
)

// Every field of a sheet stands in the part that the program takes it to stand in: a refusal opens the page there, and the
// contents count what is to be mended there.
func TestEveryFieldOfASheetStandsInItsPart(t *testing.T) {
	b := newBlock(t)
	b.history()
	officer := b.as("ban.1")
	fields := 0
	for i, d := range departments {
		o := b.obligation("kg-quy", "2022-Q1", i)
		page := b.parted(o)
		focal := b.as(strings.ToLower(d.code) + ".1").get("/bao-cao/" + string(o.ID) + "/soan")
		for _, paper := range []bool{false, true} {
			page.Paper = paper
			shown := focal
			if paper {
				shown = officer.get("/bao-cao/" + string(o.ID) + "/nhap-thay")
			}
			if shown.status != 200 {
				continue // it was accepted, or is nobody's to write
			}
			seen, wrong := misplaced(page, shown.page)
			fields += seen
			for _, one := range wrong {
				t.Errorf("%s: %s", shown.url, one)
			}
		}
	}
	t.Logf("%d fields stand in their parts", fields)
	if fields < 200 {
		t.Errorf("only %d fields were looked at", fields)
	}
	planted := `<section class="panel part" id="gui"><input id="value-q01"></section><section class="part" id="so-lieu"><input id="value-q02"></section>`
	if _, wrong := misplaced(b.parted(b.obligation("kg-quy", "2022-Q1", 0)), planted); len(wrong) != 1 || !strings.Contains(wrong[0], "value-q01") {
		t.Errorf("a figure in the part that sends is not reported: %v", wrong)
	}
}

// parted is a sheet as far as the places of its fields go.
func (b *block) parted(o report.Obligation) (page sheetPage) {
	b.t.Helper()
	if err := b.d.Read(b.t.Context(), func(tx *db.Tx) error {
		f, err := report.FormByID(tx, b.officer, o.Form)
		if err == nil {
			for _, section := range f.Sections {
				page.Sections = append(page.Sections, sheetSection{Code: section.Code})
			}
		}
		return err
	}); err != nil {
		b.t.Fatal(err)
	}
	return page
}

// misplaced lists the fields of a page that stand in another part than their names say.
func misplaced(page sheetPage, source string) (seen int, wrong []string) {
	for _, part := range sheetParts(source) {
		for _, field := range elements(part, "input", "textarea", "select") {
			id := attr(field, "id")
			if id == "" || id == "luu" {
				continue
			}
			seen++
			if at := page.partOf(id); at != attr(part, "id") {
				wrong = append(wrong, fmt.Sprintf("%s stands in %s and is taken to stand in %q", id, attr(part, "id"), at))
			}
		}
	}
	return seen, wrong
}

// sheetParts finds the parts of a page, in their order.
func sheetParts(source string) (parts []*html.Node) {
	document, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return nil
	}
	for _, n := range elements(document, "section", "div") {
		if slices.Contains(strings.Fields(attr(n, "class")), "part") {
			parts = append(parts, n)
		}
	}
	return parts
}

// shownParts are the ids of the parts that a page opens with.
func shownParts(source string) (ids []string) {
	for _, part := range sheetParts(source) {
		if !slices.Contains(strings.Fields(attr(part, "class")), "elsewhere") {
			ids = append(ids, attr(part, "id"))
		}
	}
	return ids
}

func elements(n *html.Node, names ...string) (found []*html.Node) {
	for n := range n.Descendants() {
		if n.Type == html.ElementNode && slices.Contains(names, n.Data) {
			found = append(found, n)
		}
	}
	return found
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// A sheet opens where something is left, a refused one where something is wrong, a saved one where it was saved.
func TestASheetOpensWhereSomethingIsLeft(t *testing.T) {
	b := newBlock(t)
	b.history()
	focal := b.as("syt.1")
	at := "/bao-cao/" + string(b.obligation("kg-quy", "2022-Q1", 0).ID)
	opens := func(part string) {
		t.Helper()
		if got := shownParts(focal.page); len(got) != 1 || got[0] != part {
			t.Errorf("%s opens at %v, not at %s\n%s", focal.url, got, part, focal.errors())
		}
	}
	form := url.Values{"version": {"0"}, "latest": {"0"}}
	focal.get(at + "/soan")
	opens("so-lieu")
	focal.see(200, "0/6 số liệu", "chưa viết", `href="#phan-causes"`, "Tiếp: ")

	form.Set("value.q01", "8.5")
	focal.post(at+"/trinh", form)
	opens("so-lieu")
	focal.see(422, "1 lỗi", `href="#value-q01"`)

	for name, text := range map[string]string{"q01": "1.915.509", "q02": "116.432", "q03": "104.000", "q04": "9,5", "q05": "1.200.000", "q06": "1.250.000"} {
		form.Set("value."+name, text)
		form.Set("note.change:"+name, "Đã đối chiếu.")
		form.Set("note.far:"+name, "Đã đối chiếu.")
	}
	focal.get(at+"/soan").post(at+"/luu?phan=phan-causes", form)
	if !strings.Contains(focal.page, "6/6 số liệu") {
		t.Errorf("the contents do not count six figures: %s", between(focal.page, `id="muc-luc"`, "</nav>"))
	}
	opens("phan-results")

	for _, section := range report.SectionCodes {
		form.Set("sections."+section+".yte", "Không phát sinh.")
	}
	form.Set("version", focal.field("version"))
	form.Set("paper_number", "412/BC-SYT")
	focal.post(at+"/gui", form)
	opens("gui")
	focal.see(422, "không phát sinh</span>", "Hãy ghi người ký", "412/BC-SYT")
}

// A sheet that fits a screen or so stays whole; a longer one has parts, and each says what is left in it.
func TestAShortSheetStaysWhole(t *testing.T) {
	short := sheetPage{Sections: []sheetSection{{Code: "results", Items: make([]sheetText, 2)}},
		Groups: []gridGroup{{Rows: make([]gridRow, onePage-8)}}}
	long := short
	long.Groups = []gridGroup{{Code: "yte", Rows: make([]gridRow, onePage-9)}, {Code: "gddt", Rows: []gridRow{{Typed: "5"}, {}}}}
	short.turn(nil)
	long.turn(nil)
	if len(short.Contents.Parts) != 0 || len(long.Contents.Parts) != 3 {
		t.Errorf("the short sheet has %d parts, the long one %d", len(short.Contents.Parts), len(long.Contents.Parts))
	}
	if under := long.Contents.Parts[0].Under; len(under) != 2 || under[1].Note != "1/2 số liệu" || under[1].URL != "#so-lieu-gddt" {
		t.Errorf("the figures of two sectors are listed as %+v", under)
	}
	if n := long.Contents.Tally(); n.Done != 0 || n.All != 2 {
		t.Errorf("of the long sheet %d of %d parts are done", n.Done, n.All)
	}
}
