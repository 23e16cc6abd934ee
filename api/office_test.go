package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"sort"
	"strings"
	"sync"
	"testing"

	"giaoban/access"
	"giaoban/api"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/org"
	"giaoban/people"
	"giaoban/people/peopletest"
	"giaoban/report"
)

// office is an invented commission of April 2022 with two departments that report and one that does not, and a token
// for everybody who calls.
type office struct {
	t       *testing.T
	db      *db.DB
	clock   *dbtest.Clock
	handler http.Handler
	tokens  map[string]string // "officer", "leader", "clerk", "any", "SYT", "SYT leader", "SGDDT leader", …
}

func eachOffice(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			clock := dbtest.NewClock("2022-04-05")
			d := e.From(t, "", nil, clock.Now)
			o := &office{t: t, db: d, clock: clock, handler: api.Handler(api.Config{DB: d, Address: address})}
			if err := d.Write(t.Context(), o.furnish); err != nil {
				t.Fatal(err)
			}
			test(t, o)
		})
	}
}

// furnish sets up the office; a second call would refuse its codes.
func (o *office) furnish(tx *db.Tx) error {
	tokens, err := furnish(tx)
	o.tokens = tokens
	return err
}

func furnish(tx *db.Tx) (map[string]string, error) {
	system := access.System("thử")
	ids := make(map[string]db.ID)
	for _, b := range []struct {
		code, name string
		kind       org.Kind
	}{
		{"BTGTU", "Ban Tuyên giáo", org.Commission}, {"VPB", "Văn phòng Ban", org.OwnUnit}, {"SYT", "Sở Y tế", org.Department},
		{"SGDDT", "Sở Giáo dục và Đào tạo", org.Department}, {"SNV", "Sở Nội vụ", org.Department},
	} {
		made, err := org.Create(tx, system, org.New{Code: b.code, Name: b.name, Kind: b.kind, Place: "Khánh Hòa", ValidFrom: calendar.On(2015, 1, 1)})
		if err != nil {
			return nil, err
		}
		ids[b.code] = made.ID
	}
	if err := org.Set(tx, system, org.Superior, "Tỉnh ủy Khánh Hòa"); err != nil {
		return nil, err
	}
	if _, err := peopletest.Post(tx, "Nguyễn Minh Quân", ids["BTGTU"], "Trưởng ban"); err != nil {
		return nil, err
	}
	r, err := report.CreateRegime(tx, system, report.NewRegime{Code: "thang", Name: "Báo cáo tháng", Content: "Kết quả công tác tháng",
		Receiver: ids["BTGTU"], Kind: calendar.Month, Cutoff: calendar.Calendar, WorkingDays: 2, Channel: "Chương trình", Basis: "Kế hoạch mẫu"})
	if err != nil {
		return nil, err
	}
	target := int64(9550)
	if _, err := report.SaveForm(tx, system, r.ID, report.Outline{
		Sectors:  []report.Sector{{Code: "YTE", Name: "Y tế"}, {Code: "GD", Name: "Giáo dục"}},
		Sections: []report.Section{{Code: report.SectionResults, Name: "Kết quả"}, {Code: report.SectionProposals, Name: "Kiến nghị"}},
		Indicators: []report.Indicator{
			{Code: "KHAM", Name: "Lượt khám", Sector: "YTE", Unit: "lượt", Decimals: 0, Aggregation: report.Sum, Direction: report.Higher, Fraction: report.NoFraction},
			{Code: "TIEM", Name: "Trẻ tiêm đủ", Sector: "YTE", Unit: "trẻ", Decimals: 2, Aggregation: report.Sum, Direction: report.Higher, Fraction: report.NoFraction},
			{Code: "TRE", Name: "Trẻ dưới 1 tuổi", Sector: "YTE", Unit: "trẻ", Decimals: 2, Aggregation: report.Last, Direction: report.NoDirection, Fraction: report.NoFraction},
			{Code: "TYLE", Name: "Tỷ lệ tiêm đủ", Sector: "YTE", Unit: "%", Decimals: 2, Aggregation: report.Ratio, Numerator: "TIEM", Denominator: "TRE",
				Factor: 100, Direction: report.Higher, Target: &target, Fraction: report.NoFraction},
		},
	}, 0); err != nil {
		return nil, err
	}
	if err := report.Assign(tx, system, r.ID, []db.ID{ids["SYT"], ids["SGDDT"]}, calendar.On(2021, 1, 1), "Kế hoạch mẫu"); err != nil {
		return nil, err
	}
	first, err := calendar.ParsePeriod("2022-01")
	if err != nil {
		return nil, err
	}
	if err := report.Activate(tx, system, r.ID, first); err != nil {
		return nil, err
	}
	for _, p := range []string{"2022-01", "2022-02"} {
		period, err := calendar.ParsePeriod(p)
		if err != nil {
			return nil, err
		}
		if _, err := report.Open(tx, system, "thang", period); err != nil {
			return nil, err
		}
	}
	tokens := make(map[string]string)
	for _, a := range []struct {
		who, code string
		role      access.Role
		any       bool
	}{
		{"officer", "BTGTU", access.CommissionOfficer, false}, {"any", "BTGTU", access.CommissionOfficer, true},
		{"leader", "BTGTU", access.CommissionLeader, false}, {"clerk", "BTGTU", access.Clerk, false},
		{"administrator", "BTGTU", access.Administrator, false}, {"SYT", "SYT", access.AgencyOfficer, false},
		{"SYT leader", "SYT", access.AgencyLeader, false}, {"SGDDT leader", "SGDDT", access.AgencyLeader, false},
		{"SNV leader", "SNV", access.AgencyLeader, false},
	} {
		secret, _, err := people.AddToken(tx, system, a.role, a.code, a.any, a.who)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.who, err)
		}
		tokens[a.who] = secret
	}
	return tokens, nil
}

// address stands in for the pages.
func address(kind string, id db.ID) string { return "/" + kind + "/" + string(id) }

func newHandler() http.Handler { return api.Handler(api.Config{}) }

// called are the operations that some test has called with an answer as described.
var called sync.Map

func TestMain(m *testing.M) {
	if os.Getenv(childDatabase) != "" {
		serveUntilKilled()
	}
	code := m.Run()
	whole := true
	for _, arg := range os.Args[1:] {
		whole = whole && !strings.HasPrefix(arg, "-test.run") && !strings.HasPrefix(arg, "-test.fuzz") && !strings.HasPrefix(arg, "-test.skip") && !strings.HasPrefix(arg, "-test.list")
	}
	if whole && code == 0 {
		var never []string
		for _, op := range description().operations {
			if _, ok := called.Load(op.id); !ok {
				never = append(never, op.id)
			}
		}
		if sort.Strings(never); len(never) > 0 {
			fmt.Println("FAIL: no test calls", strings.Join(never, ", "))
			code = 1
		}
	}
	os.Exit(code)
}

// reply is an answer that was held against the description.
type reply struct {
	status int
	body   string
	json   map[string]any
}

// call sends a request as who ("" for nobody); body is text, or anything that becomes JSON.
func (o *office) call(who, method, path string, body any, headers ...string) reply {
	o.t.Helper()
	return o.send(o.tokens[who], method, path, body, headers...)
}

func (o *office) send(token, method, path string, body any, headers ...string) reply {
	o.t.Helper()
	var content []byte
	switch b := body.(type) {
	case nil:
	case string:
		content = []byte(b)
	case []byte:
		content = b
	default:
		var err error
		if content, err = json.Marshal(b); err != nil {
			o.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(content))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	answer := reply{status: w.Code, body: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &answer.json); err != nil {
		o.t.Errorf("%s %s: %d is not a JSON object: %s", method, path, w.Code, short(answer.body))
	}
	if op := description().find(method, r.URL.Path); op != nil {
		for _, wrong := range op.check(w.Code, w.Header().Get("Content-Type"), w.Body.Bytes()) {
			o.t.Errorf("%s %s: %d: %s\n%s", method, path, w.Code, wrong, short(answer.body))
		}
		if w.Code < 300 {
			for _, wrong := range op.checkRequest(content) {
				o.t.Errorf("%s %s was accepted, but %s", method, path, wrong)
			}
			called.Store(op.id, true)
		}
	}
	return answer
}

// must is call with the status that has to come back.
func (o *office) must(status int, who, method, path string, body any, headers ...string) reply {
	o.t.Helper()
	r := o.call(who, method, path, body, headers...)
	if r.status != status {
		o.t.Fatalf("%s %s as %s: %d, want %d: %s", method, path, who, r.status, status, short(r.body))
	}
	return r
}

func (r reply) text(name string) string {
	s, _ := r.json[name].(string)
	return s
}

func (r reply) items() []map[string]any {
	list, _ := r.json["items"].([]any)
	out := make([]map[string]any, len(list))
	for i, item := range list {
		out[i], _ = item.(map[string]any)
	}
	return out
}

func (o *office) read(fn func(tx *db.Tx) error) {
	o.t.Helper()
	if err := o.db.Read(o.t.Context(), fn); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) count(query string, args ...any) (n int) {
	o.t.Helper()
	o.read(func(tx *db.Tx) error { return tx.Get(&n, query, args...) })
	return n
}

func short(s string) string {
	if len(s) > 600 {
		return s[:600] + "…"
	}
	return s
}
