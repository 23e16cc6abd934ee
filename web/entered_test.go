package web_test

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
	"giaoban/report"
	"giaoban/web"
)

// contents are the rows of all tables: table → key → column → value; what is empty is left out.
type contents map[string]map[string]map[string]string

// contentsOf reads a SQLite database.
func contentsOf(t testing.TB, d *db.DB) contents {
	t.Helper()
	all := make(contents)
	if err := d.Read(t.Context(), func(tx *db.Tx) error {
		var tables []string
		if err := tx.Select(&tables, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'goose_%'"); err != nil {
			return err
		}
		for _, table := range tables {
			all[table] = make(map[string]map[string]string)
			var keys []string
			if err := tx.Select(&keys, "select name from pragma_table_info(?) where pk > 0 order by pk", table); err != nil {
				return err
			}
			var columns []string
			if err := tx.Select(&columns, "select name from pragma_table_info(?) order by cid", table); err != nil {
				return err
			}
			if err := tx.Each(func(rows *sql.Rows) error {
				values := make([]any, len(columns))
				into := make([]any, len(columns))
				for i := range values {
					into[i] = &values[i]
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				row, key := make(map[string]string), ""
				for i, column := range columns {
					text := fmt.Sprint(values[i])
					if b, ok := values[i].([]byte); ok {
						text = fmt.Sprintf("%x", b)
					}
					if slices.Contains(keys, column) {
						key += text + "\x00"
					}
					if values[i] != nil && text != "" && text != "0" && text != "false" {
						row[column] = text
					}
				}
				all[table][key] = row
				return nil
			}, "select "+strings.Join(columns, ", ")+" from "+table); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// filled are the columns that have a value in some row that was not there before, or had another value.
func filled(before, after contents, into map[string]bool) {
	for table, rows := range after {
		for key, row := range rows {
			was := before[table][key]
			for column, value := range row {
				if was[column] != value {
					into[table+"."+column] = true
				}
			}
		}
	}
}

// lacking are the columns that the sample fills and nothing entered has filled, without those excepted.
func lacking(sample, entered map[string]bool, excepted map[string]away) (columns, needless []string) {
	for _, column := range slices.Sorted(maps.Keys(sample)) {
		if _, ok := excepted[column]; !entered[column] && !ok {
			columns = append(columns, column)
		}
	}
	for _, column := range slices.Sorted(maps.Keys(excepted)) {
		if entered[column] || !sample[column] {
			needless = append(needless, column)
		}
	}
	return columns, needless
}

// The sample province is no better than a real office: whatever column it fills, a page or a command fills too. The acts
// of the matrix, the journeys and the founding of an office are what is entered here.
func TestWhatTheSampleFillsCanBeEntered(t *testing.T) {
	if testing.Short() {
		t.Skip("every journey is walked once more: part of make test, not of the quick check")
	}
	e := dbtest.Engines(t)[0]
	sample, entered := make(map[string]bool), make(map[string]bool)
	w := newWorld(t, e)
	filled(nil, contentsOf(t, enter(t, e, "").DB), sample)

	before := contentsOf(t, w.DB)
	handler := web.Handler(web.Config{DB: w.DB, Files: w.store, Dev: true})
	trials := w.trials(w.callers(handler))
	for _, last := range []bool{false, true} {
		for _, trial := range trials {
			if trial.route.Method == "POST" && trial.allowed && trial.last == last && trial.who.Role != "" {
				ask(handler, trial.who, "POST", trial.path, trial.form, nil)
			}
		}
	}
	filled(before, contentsOf(t, w.DB), entered)

	journeys, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range journeys {
		var start contents
		h := play(t, e, name, func(h *house) { start = contentsOf(t, h.DB) })
		filled(start, contentsOf(t, h.DB), entered)
	}
	round := begin(t, e)
	round.someone = func(who access.Actor) person { return &byRequests{visitor: round.visitor(t, access.Nobody)} }
	start := contentsOf(t, round.DB)
	round.walk()
	filled(start, contentsOf(t, round.DB), entered)

	o := foundOffice(t, e, access.Administrator, access.CommissionOfficer)
	handler = web.Handler(o.config)
	admin, officer := o.signIn(handler, access.Administrator), o.signIn(handler, access.CommissionOfficer)
	var commission org.Body
	if err := o.db.Read(t.Context(), func(tx *db.Tx) (err error) {
		commission, err = org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, act := range setUp {
		who := admin
		if act.officer {
			who = officer
		}
		form := strings.ReplaceAll(act.form, "{ban}", string(commission.ID))
		for place, query := range madeSince {
			if err := o.db.Read(t.Context(), func(tx *db.Tx) error {
				var id string
				err := tx.Get(&id, query)
				form = strings.ReplaceAll(form, place, id)
				return err
			}); err != nil && !errors.Is(err, db.None) {
				t.Fatal(err)
			}
		}
		if answer := ask(handler, who, "POST", act.path, strings.ReplaceAll(form, " ", "+"), nil); answer.Code != http.StatusSeeOther {
			t.Errorf("%s: %d %s", act.path, answer.Code, sentence(answer.Body.String()))
		}
	}
	filled(nil, contentsOf(t, o.db), entered)

	columns, needless := lacking(sample, entered, notEntered)
	for _, column := range columns {
		t.Errorf("bản mẫu ghi cột %s mà không trang, lệnh nào ở đây ghi được", column)
	}
	for column, at := range notEntered {
		declared := slices.ContainsFunc(web.Routes(), func(r web.Route) bool { return r.Method == "POST" && r.Path == at.page })
		if declared == (at.why != "") {
			t.Errorf("%s: cần một trang có ô nhập nó, hoặc lý do không có trang nào", column)
		}
	}
	for _, column := range needless {
		t.Errorf("cột %s đã nhập được: bỏ khỏi notEntered, bảng này chỉ được ngắn đi", column)
	}
	t.Logf("bản mẫu ghi %d cột, nhập được %d, ngoại lệ %d", len(sample), len(entered), len(notEntered))
	sample["body.planted"] = true
	if columns, _ := lacking(sample, entered, notEntered); !slices.Contains(columns, "body.planted") {
		t.Error("cột cài vào không bị nhận ra")
	}
}

// setUp is how a new office begins to work.
var setUp = []struct {
	officer    bool
	path, form string
}{
	{false, "/thiet-lap/co-quan", "offers=1&bodies[]=SYT&bodies[]=SGDDT"},
	{true, "/danh-ba", "code=PKG&name=Phòng Khoa giáo&kind=own_unit&valid_from=01/01/2026&parent={ban}"},
	{false, "/tai-khoan", "name=Tạ Thị Hoài Thương&phone=0258.000.0020&login=khoagiao&password=nắng sớm trên đầm Nha Phu&again=nắng sớm trên đầm Nha Phu&title=Chuyên viên&body={ban}&role=commission_officer&from=30/11/2026"},
	{true, "/che-do/moi", "code=thu&name=Báo cáo thử&kind=quarter&cutoff=ND09&working_days=2&basis=Quy chế phối hợp&opens=BEFORE&opens_n=40"},
	{true, "/thiet-lap/bo-mau", "kit=kg-thang" + kitParts("kg-thang")},
	{true, "/thiet-lap/bo-mau", "kit=kg-quy" + kitParts("kg-quy")},
	{true, "/bao-cao-cap-tren/moi", "name=Báo cáo quý&receiver=Tỉnh ủy&regime={quy}&day=5&after=1&lead=13&basis=Quy chế làm việc"},
	{true, "/nguoi-theo-doi", "body={sở}&person={chuyên viên}&sector=GD&from=30/11/2026"},
}

// madeSince finds what an earlier act of setUp made.
var madeSince = map[string]string{
	"{quy}": "select id from regime where code = 'kg-quy'", "{sở}": "select id from body where code = 'SGDDT'",
	"{chuyên viên}": "select person from account where login = 'khoagiao'",
}

// kitParts takes every part of a kit, as the page does.
func kitParts(code string) (form string) {
	kit, err := report.FindKit(code)
	if err != nil {
		panic(err) // the kits are part of the program
	}
	for _, part := range kit.Parts() {
		form += "&parts[]=" + part.Code
	}
	return form
}

// away is why a column stands apart: the page that has a field for it although nothing here types into it, or why it has none.
type away struct{ page, why string }

// notEntered are the columns that the sample fills and none of these ways does. The table may only get shorter.
var notEntered = map[string]away{
	"body_alias.basis":                  {"", "a spelling is entered without a ground; the sample's districts bring theirs along with their end"},
	"conference.report_due":             {"/giao-ban/{id}/sua", ""},
	"conference_conclusion.force_paper": {"/giao-ban/{id}/ket-luan", ""},
	"conference_delegate.reason":        {"/giao-ban/{id}/dai-bieu", ""},
	"conference_delegate.substitute":    {"/giao-ban/{id}/dai-bieu", ""},
	"conference_seat.body":              {"/giao-ban/{id}/sua", ""},
	"directive_advice.sent_on":          {"/tham-muu", ""},
	"directive_mention.name_key":        {"", "follows from a text that cites a document without a symbol"},
	"directive_mention.term":            {"", "follows from a text that cites the term of a committee"},
	"report_return.indicator":           {"/ban-bao-cao/{submission}/bo-sung", ""},
	"review.lead":                       {"/so-ket-tong-ket/{review}/phan-cong", ""},
	"review.unit":                       {"/so-ket-tong-ket/{review}/phan-cong", ""},
	"review_cooperation.body":           {"/so-ket-tong-ket/{review}/phan-cong", ""},
	"review_cooperation.part":           {"/so-ket-tong-ket/{review}/phan-cong", ""},
	"review_cooperation.review":         {"/so-ket-tong-ket/{review}/phan-cong", ""},
}
