package web_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/decimal"
	"giaoban/org"
	"giaoban/report"
	"giaoban/sample"
	"giaoban/web"
)

const signedPage = "/tong-hop/" + sample.Quarterly + "/2022-Q1"

// What stands on the pages of a signed report is what its download says, whatever happened to the agencies' reports and
// to the agencies since; what happened stands in a box beside it.
func TestTheSignedPageIsItsDownload(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			h := enter(t, e, "2022-04-20 09:00")
			v := h.visitor(t, h.Officer)
			s := &signedReport{t: t, v: v}
			word := s.download("docx")
			rows, texts := s.compare("as signed")
			if len(s.changes()) > 0 {
				t.Errorf("changes are told although nothing happened: %q", s.changes())
			}
			accepted := h.accepted(t, h.SYT)
			h.do(t, func(tx *db.Tx) error {
				return report.Return(tx, h.Officer, accepted, report.Returning{Reason: "Thiếu số liệu tiêm chủng"})
			})
			s.stands("after a return", word, rows, texts, h.SYT.Name, "Thiếu số liệu tiêm chủng", h.Officer.Name, "20/4/2022", "nay là")
			h.do(t, func(tx *db.Tx) error { return correct(tx, h, h.SYT) })
			s.stands("after a correction", word, rows, texts, "bản 2", "nhận")
			h.Clock.Set(moment(t, "2025-03-10 09:00"))
			v = h.visitor(t, h.Officer)
			s.v = v
			h.do(t, func(tx *db.Tx) error {
				_, err := org.Announce(tx, h.Admin, org.NewChange{Kind: org.Merged, Day: calendar.On(2025, 3, 1), Basis: "Nghị quyết tháng 02/2025",
					Parts: []org.NewPart{{From: h.SLDTBXH.ID, To: h.SNV.ID}, {From: h.SNV.ID, To: h.SNV.ID}}})
				return err
			})
			s.stands("after a reorganisation", word, rows, texts, "Nghị quyết tháng 02/2025", h.SLDTBXH.Name)
			s.v.get(signedPage + "?doc=nhu-nay")
			if now := s.rows(); !slices.Equal(now, rows) {
				t.Errorf("read as now the signed figures are others:\n%s\nwere\n%s", now, rows)
			}
			for _, wrong := range s.wrong {
				t.Error(wrong)
			}
		})
	}
}

// A page that adds a signed report up again is told.
func TestASignedPageThatIsAddedUpAgainIsTold(t *testing.T) {
	h := enter(t, dbtest.Engines(t)[0], "2022-04-20 09:00")
	server := httptest.NewServer(web.RecountingHouse(web.Config{DB: h.DB, Files: h.store, Dev: true}))
	t.Cleanup(server.Close)
	h.server = server
	s := &signedReport{t: t, v: h.visitor(t, h.Officer)}
	accepted := h.accepted(t, h.SYT)
	h.do(t, func(tx *db.Tx) error {
		return report.Return(tx, h.Officer, accepted, report.Returning{Reason: "Thiếu số liệu tiêm chủng"})
	})
	s.compare("after a return")
	if !slices.ContainsFunc(s.wrong, func(w string) bool {
		return strings.Contains(w, "the page says") && strings.Contains(w, "the download")
	}) {
		t.Errorf("the planted page was not told: %q", s.wrong)
	}
}

type signedReport struct {
	t     *testing.T
	v     *visitor
	wrong []string // what is not as signed
}

func (s *signedReport) tell(format string, args ...any) {
	s.wrong = append(s.wrong, fmt.Sprintf(format, args...))
}

func (s *signedReport) download(format string) string {
	s.t.Helper()
	body, _, status, _ := s.v.read(signedPage + "/tai/" + format)
	if status != 200 {
		s.t.Fatalf("%s: %d", format, status)
	}
	return body
}

// rows are the lines of figures of the page that is open: code, value, note.
func (s *signedReport) rows() (rows []string) {
	for _, tr := range all(s.v.page, "tr") {
		for _, a := range all(tr, "a") {
			if _, code, ok := strings.Cut(attr(a, "href"), "/chi-tieu/"); ok {
				code, _, _ = strings.Cut(code, "?")
				rows = append(rows, code+"|"+cellsOf(tr))
			}
		}
	}
	return rows
}

func cellsOf(tr *html.Node) string {
	var cells []string
	for _, td := range all(tr, "td") {
		cells = append(cells, strings.Join(strings.Fields(textOf(td)), " "))
	}
	return strings.Join(cells, "|")
}

func (s *signedReport) texts() (texts []string) {
	for _, div := range all(s.v.page, "div") {
		if attr(div, "class") == "text" && has(div.Parent, "id") {
			texts = append(texts, bare(textOf(div)))
		}
	}
	return texts
}

// bare leaves out the blanks: those about a link to a cited document differ.
func bare(text string) string { return strings.Join(strings.Fields(text), "") }

func (s *signedReport) changes() (told []string) {
	for _, box := range all(s.v.page, "aside") {
		if attr(box, "id") == "sau-khi-ky" {
			for _, li := range all(box, "li") {
				told = append(told, strings.Join(strings.Fields(textOf(li)), " "))
			}
		}
	}
	return told
}

// compare holds both pages against the JSON download.
func (s *signedReport) compare(when string) (rows, texts []string) {
	s.t.Helper()
	var file consolidation.Shape
	if err := json.Unmarshal([]byte(s.download("json")), &file); err != nil {
		s.t.Fatal(err)
	}
	s.v.get(signedPage + "/loi-van")
	texts = s.texts()
	for _, section := range file.Sections {
		for _, p := range section.Paragraphs {
			if !slices.Contains(texts, bare(p.Text)) {
				s.tell("%s: the page has not what the download says: %s", when, p.Text)
			}
		}
	}
	s.v.get(signedPage)
	rows = s.rows()
	if len(rows) != len(file.Indicators) || len(rows) < 20 || len(texts) < 20 {
		s.t.Fatalf("%s: %d lines of %d, %d paragraphs", when, len(rows), len(file.Indicators), len(texts))
	}
	for i, in := range file.Indicators {
		fields := strings.Split(rows[i], "|")
		want := "chưa có"
		if in.Value != nil {
			_, digits, _ := strings.Cut(*in.Value, ".")
			scaled, err := decimal.Parse(*in.Value, len(digits))
			if err != nil {
				s.t.Fatal(err)
			}
			want = decimal.FormatVietnamese(scaled, len(digits))
		}
		if fields[0] != in.Code || fields[1] != want {
			s.tell("%s: the page says %s, the download %s %s", when, rows[i], in.Code, want)
		}
	}
	return rows, texts
}

// stands asserts that everything signed is as it was, and that the box of both pages tells what happened.
func (s *signedReport) stands(when, word string, rows, texts []string, told ...string) {
	s.t.Helper()
	if s.download("docx") != word {
		s.tell("%s: another document is downloaded", when)
	}
	nowRows, nowTexts := s.compare(when)
	for i := range rows {
		if i >= len(nowRows) || nowRows[i] != rows[i] {
			s.tell("%s: the page of the signed report says %q, signed was %q", when, nowRows[min(i, len(nowRows)-1)], rows[i])
			break
		}
	}
	if !slices.Equal(nowTexts, texts) {
		s.tell("%s: other words than those signed", when)
	}
	for _, page := range []string{signedPage, signedPage + "/loi-van"} {
		s.v.get(page)
		box := strings.Join(s.changes(), "\n")
		for _, want := range told {
			if !strings.Contains(box, want) {
				s.tell("%s: %s does not tell %q:\n%s", when, page, want, box)
			}
		}
	}
}

func (h *house) do(t *testing.T, change func(tx *db.Tx) error) {
	t.Helper()
	if err := h.DB.WriteLong(t.Context(), change); err != nil {
		t.Fatal(err)
	}
}

// accepted gives a body's version that counts for the quarter.
func (h *house) accepted(t *testing.T, body org.Body) (id db.ID) {
	t.Helper()
	h.do(t, func(tx *db.Tx) error {
		o, err := report.ObligationOf(tx, h.Officer, sample.Quarterly, sample.Quarter, body.ID)
		id = o.Accepted
		return err
	})
	return id
}

// correct hands a new version in with one figure changed, and has it accepted.
func correct(tx *db.Tx, h *house, body org.Body) error {
	o, err := report.ObligationOf(tx, h.Officer, sample.Quarterly, sample.Quarter, body.ID)
	if err != nil {
		return err
	}
	id, err := resend(tx, h, o)
	if err != nil {
		return err
	}
	return report.Accept(tx, h.Officer, id)
}
