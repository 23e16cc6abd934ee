package web

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/table"

	"golang.org/x/net/html"
)

// Every table of a page is also a file: the frame reads the rows out of the page itself, so that the file holds what the
// page shows under the same filter, and follows the page to the end of its list. No room writes a file of its own table.
const (
	fileField  = "tep"  // in the address of a page: xlsx or csv
	tableField = "bang" // and which of its tables, from 1
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// listMarks begin a table that shows rows; one that is typed into is a grid and no list.
var listMarks = []string{`<table class="list`, `<table class="matrix`}

// tableAt finds the next table of a page that shows rows, or -1.
func tableAt(page []byte, from int) int {
	found := -1
	for _, mark := range listMarks {
		if at := bytes.Index(page[from:], []byte(mark)); at >= 0 && (found < 0 || from+at < found) {
			found = from + at
		}
	}
	if found < 0 {
		return -1
	}
	tag, _, _ := bytes.Cut(page[found:], []byte(">"))
	if bytes.Contains(tag, []byte("data-grid")) {
		return tableAt(page, found+len(tag))
	}
	return found
}

// withFiles puts before each table of a page the way to its files.
func withFiles(page []byte, r *http.Request) []byte {
	at := tableAt(page, 0)
	if at < 0 || writes(r) {
		return page
	}
	query := r.URL.Query()
	for _, place := range []string{"sau", "tu", "tiep", "truoc"} {
		query.Del(place) // a file begins where the list begins
	}
	var out bytes.Buffer
	last := 0
	for n := 1; at >= 0; n++ {
		out.Write(page[last:at])
		query.Set(tableField, strconv.Itoa(n))
		out.WriteString(`<p class="files no-print small">Tải bảng`)
		if n > 1 {
			fmt.Fprintf(&out, `<span class="visually-hidden"> %d</span>`, n)
		}
		for _, kind := range []string{"xlsx", "csv"} {
			query.Set(fileField, kind)
			fmt.Fprintf(&out, ` <a href="?%s">.%s<span class="visually-hidden"> của bảng %d</span></a>`,
				html.EscapeString(query.Encode()), kind, n)
		}
		out.WriteString(`</p>`)
		last = at
		at = tableAt(page, at+1)
	}
	out.Write(page[last:])
	return out.Bytes()
}

// asFile makes of a page's reply the file of one of its tables, where the address asks for it.
func (s *site) asFile(tx *db.Tx, at route, who visitor, r *http.Request, reply Reply) (Reply, error) {
	kind := r.FormValue(fileField)
	if kind == "" || reply.Page == "" {
		return reply, nil
	}
	f := following{site: s, tx: tx, at: at, who: who, n: max(1, int(wholeNumber(r.FormValue(tableField))))}
	if err := f.follow(r, reply); err != nil {
		return Reply{}, err
	}
	if f.rows == nil {
		return Reply{}, fault.Missing("Trang này không có bảng thứ %d. Xin mở lại trang rồi tải từ đó.", f.n)
	}
	name := strings.Trim(strings.ReplaceAll(r.URL.Path, "/", "-"), "-") + "-" + strings.ReplaceAll(f.day(), "/", "-")
	if f.n > 1 {
		name += "-" + strconv.Itoa(f.n)
	}
	return fileOf(name, "Bảng", kind, f.rows)
}

// fileOf sends rows as .csv, or as a workbook.
func fileOf(name, sheet, kind string, rows [][]string) (Reply, error) {
	var body bytes.Buffer
	if kind == "csv" {
		err := table.CSV(&body, rows)
		return Reply{Download: &Download{Name: name + ".csv", Type: "text/csv; charset=utf-8", Body: body.Bytes()}}, err
	}
	err := table.XLSX(&body, sheet, rows)
	return Reply{Download: &Download{Name: name + ".xlsx", Type: xlsxType, Body: body.Bytes()}}, err
}

// following reads a table over all pages of its list.
type following struct {
	*site
	tx   *db.Tx
	at   route
	who  visitor
	n    int
	rows [][]string
	head int
	all  bool // the page that shows everything was asked
}

func (f *following) day() string { return (&view{visitor: f.who}).Today().Vietnamese() }

// follow reads the page and those after it, all in one transaction.
func (f *following) follow(r *http.Request, reply Reply) error {
	for {
		page, err := f.drawn(r, reply)
		if err != nil {
			return err
		}
		found := tableOf(page, f.n)
		if found == nil {
			return nil
		}
		rows, head := cellsOf(found)
		if f.rows == nil {
			f.rows, f.head = rows, head
		} else {
			f.rows = append(f.rows, rows[min(head, len(rows)):]...)
		}
		if len(f.rows)-f.head > table.MostRows {
			return fault.TooLarge("", "Bảng có hơn %d dòng, quá nhiều cho một tệp. Xin lọc bớt, ví dụ theo năm hoặc cơ quan, rồi tải lại.", table.MostRows)
		}
		next, whole := restOf(page)
		if next == "" {
			return nil
		}
		if whole && f.all { // it was the page of everything that led here
			return nil
		}
		if whole {
			f.rows, f.all = nil, true
		}
		if r, reply, err = f.ask(r, next); err != nil || reply.Page == "" {
			return err
		}
	}
}

// ask runs the page function again for the address that a page leads on to.
func (f *following) ask(r *http.Request, to string) (*http.Request, Reply, error) {
	u, err := r.URL.Parse(to)
	if err != nil || u.Path != r.URL.Path {
		return r, Reply{}, err
	}
	next := r.Clone(r.Context())
	next.URL, next.Form = u, u.Query()
	reply, err := f.at.page(f.site, f.tx, f.who.Actor, next)
	return next, reply, err
}

func (f *following) drawn(r *http.Request, reply Reply) (*html.Node, error) {
	var body bytes.Buffer
	if err := f.pages.render(&body, reply.Page, f.viewOf(r, f.who, f.at, reply)); err != nil {
		return nil, err
	}
	return html.Parse(&body)
}

// tableOf is the n-th table of a page that shows rows.
func tableOf(page *html.Node, n int) *html.Node {
	for node := range page.Descendants() {
		if node.Type != html.ElementNode || node.Data != "table" {
			continue
		}
		class := attrOf(node, "class")
		if !strings.HasPrefix(class, "list") && !strings.HasPrefix(class, "matrix") || typedInto(node) {
			continue
		}
		if n--; n == 0 {
			return node
		}
	}
	return nil
}

// restOf is the address of the next page of a list, or of the page that shows all of it.
func restOf(page *html.Node) (next string, whole bool) {
	for node := range page.Descendants() {
		if node.Type != html.ElementNode || node.Data != "a" || attrOf(node, "rel") != "next" {
			continue
		}
		for above := range node.Ancestors() {
			switch attrOf(above, "class") {
			case "pages":
				return attrOf(node, "href"), false
			case "bound":
				next, whole = cmp.Or(next, attrOf(node, "href")), true
			}
		}
	}
	return next, whole
}

// cellsOf reads a table as a spreadsheet lays it: a cell over several columns or rows stands in the first of them. head
// says how many rows name the columns.
func cellsOf(t *html.Node) (rows [][]string, head int) {
	over := make(map[[2]int]bool) // places taken by a cell above
	for tr := range t.Descendants() {
		if tr.Type != html.ElementNode || tr.Data != "tr" {
			continue
		}
		var row []string
		for cell := range tr.ChildNodes() {
			if cell.Type != html.ElementNode || cell.Data != "td" && cell.Data != "th" || offPaper(cell) {
				continue
			}
			for over[[2]int{len(rows), len(row)}] {
				row = append(row, "")
			}
			wide, high := max(1, int(wholeNumber(attrOf(cell, "colspan")))), max(1, int(wholeNumber(attrOf(cell, "rowspan"))))
			for down := 1; down < min(high, table.MostRows); down++ {
				over[[2]int{len(rows) + down, len(row)}] = true
			}
			row = append(row, cellText(cell))
			row = append(row, make([]string, min(wide, 60)-1)...)
		}
		if tr.Parent.Data == "thead" {
			head++
		}
		rows = append(rows, row)
	}
	return rows, head
}

// cellText is what a cell says on paper, its lines set apart by semicolons.
func cellText(cell *html.Node) string {
	var parts []string
	var b strings.Builder
	end := func() {
		if text := strings.Join(strings.Fields(b.String()), " "); text != "" {
			parts = append(parts, text)
		}
		b.Reset()
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			return
		case n.Type != html.ElementNode || offPaper(n):
			return
		}
		apart := strings.Contains(" br p li div dd dt summary ", " "+n.Data+" ") || strings.HasPrefix(attrOf(n, "class"), "badge")
		if apart {
			end()
		}
		for child := range n.ChildNodes() {
			walk(child)
		}
		if apart {
			end()
		}
	}
	for child := range cell.ChildNodes() {
		walk(child)
	}
	end()
	return strings.Join(parts, "; ")
}

// offPaper is what stands in a cell to be used, or only read aloud.
func offPaper(n *html.Node) bool {
	switch n.Data {
	case "form", "button", "input", "select", "textarea", "script", "svg":
		return true
	}
	class := " " + attrOf(n, "class") + " "
	return strings.Contains(class, " visually-hidden ") || strings.Contains(class, " no-print ")
}

func attrOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// typedInto reports whether a table is a grid, into which figures are typed.
func typedInto(t *html.Node) bool {
	return slices.ContainsFunc(t.Attr, func(a html.Attribute) bool {
		return a.Key == "data-grid"
	})
}
