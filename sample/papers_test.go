package sample_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/official"
	"giaoban/paper"
	"giaoban/report"
	"giaoban/review"
	"giaoban/sample"
)

// unsigned are the findings that every paper has before the clerk gave it a number and somebody put a name to it.
var unsigned = map[string]bool{"thieu-nguoi-ky": true, "thieu-ho-ten": true, "co-ngay-chua-co-so": true}

// folder: the papers of a conference lie on the table, nobody signs or receives them.
var folder = map[string]bool{"thieu-nguoi-ky": true, "co-ngay-chua-co-so": true, "thieu-noi-nhan": true, "thieu-luu": true}

// TestNothingIsAmissInOurOwnPapers reads every paper that the sample province and its story write, in the layout of its
// day and in every other of its family, as the clerk would.
func TestNothingIsAmissInOurOwnPapers(t *testing.T) {
	province(t, "", func(t *testing.T, tx *db.Tx, p *sample.Province) {
		read := 0
		look := func(what string, d official.Document, body db.ID, day calendar.Date, allowed map[string]bool) {
			t.Helper()
			known, err := paper.Directory(tx, body, day)
			ok(t, err)
			if known.Place == "" || len(known.People) == 0 {
				t.Fatal("the directory of the office is empty")
			}
			for _, layout := range official.Profiles() {
				if layout.Family != d.Profile.Family {
					continue
				}
				another := d
				another.Profile, another.Body = layout, official.Ended(layout, d.Body)
				read++
				for _, f := range known.Lint(another) {
					if !allowed[f.Rule] && (f.Rule != "the-thuc-het-hieu-luc" || layout.Code == d.Profile.Code) {
						t.Errorf("%s (%s): %+v", what, layout.Code, f)
					}
				}
			}
		}
		papers, _, err := paper.List(tx, access.System("soát"), paper.Filter{Limit: 200})
		ok(t, err)
		for _, one := range papers {
			d, err := paper.Document(tx, access.System("soát"), one.ID)
			ok(t, err)
			allowed := map[string]bool{}
			day := calendar.OfInstant(tx.Clock())
			if one.State == paper.Drafted || one.State == paper.Withdrawn {
				allowed = unsigned
			} else {
				day = calendar.OfInstant(one.SignedAt.Time())
			}
			look(one.Label(), d, one.Body, day, allowed)
		}
		commission := p.Officer.Body
		day := calendar.OfInstant(tx.Clock())
		found, err := consolidation.Find(tx, p.Officer, sample.Quarterly, sample.Quarter)
		ok(t, err)
		summary, err := consolidation.Document(tx, p.Officer, found, "")
		ok(t, err)
		look("báo cáo tổng hợp", summary, commission, day, nil)
		for year := 2021; year <= 2023; year++ {
			plan, err := review.YearPlan(tx, p.Officer, year)
			ok(t, err)
			look("kế hoạch sơ kết, tổng kết", plan, commission, day, unsigned)
		}
		asked, err := report.Request(tx, p.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q2"))
		ok(t, err)
		request, err := paper.Document(tx, p.Officer, asked.ID)
		ok(t, err)
		look("công văn đề nghị báo cáo", request, commission, day, unsigned)
		var held []db.ID
		ok(t, tx.Select(&held, "select id from conference order by id"))
		for _, id := range held {
			pack, err := conference.PackDocument(tx, p.Officer, id)
			ok(t, err)
			look("hồ sơ giao ban "+pack.Subject, pack, commission, day, folder)
			wholeWords(t, pack)
		}
		if len(papers) < 5 || len(held) < 3 {
			t.Errorf("only %d papers and %d conferences were read", len(papers), len(held))
		}
		if read < 24 {
			t.Errorf("only %d layouts were read", read)
		}
	})
}

// wholeWords reads the text of a paper as it is printed: no word is cut, and no hash stands in it.
func wholeWords(t *testing.T, d official.Document) {
	t.Helper()
	var page bytes.Buffer
	ok(t, official.WriteHTML(&page, d, official.HTMLOptions{}))
	_, text, _ := strings.Cut(page.String(), "<main>")
	text = markup.ReplaceAllString(text, " ")
	for _, cut := range cutWord.FindAllString(text, -1) {
		t.Errorf("%s: words are cut: %q", d.Subject, cut)
	}
	for _, hash := range hexDigits.FindAllString(text, -1) {
		t.Errorf("%s: a hash stands in the text: %s", d.Subject, hash)
	}
}

var (
	markup    = regexp.MustCompile("<[^>]*>")
	cutWord   = regexp.MustCompile(`.{0,40}\pL…`)
	hexDigits = regexp.MustCompile("[0-9a-f]{16,}")
)

func TestCutWordsAndHashesInAPackAreSeen(t *testing.T) {
	if !cutWord.MatchString("Thúc đẩy thị trư… (Sở Khoa học)") || cutWord.MatchString("hội nghị gặp mặt …") {
		t.Error("a cut word is not told from an open place")
	}
	if !hexDigits.MatchString("mã băm 0f3a99c1d2e4b5a6978812") {
		t.Error("a hash is not seen")
	}
}
