package api_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/official"
)

const probe = "Zqx7kh"

var stamps = []string{probe + "\nTỐI MẬT\n" + probe, "BÁO CÁO TUYỆT MẬT\n" + probe, probe + "\nHỎA TỐC - MẬT"}

// stamped gives the body once for each of its texts, with the stamp in its place.
func stamped(body any, stamp string) (all []any) {
	switch body := body.(type) {
	case string:
		all = append(all, stamp)
	case []any:
		for i := range body {
			for _, inner := range stamped(body[i], stamp) {
				copied := append([]any(nil), body...)
				copied[i] = inner
				all = append(all, copied)
			}
		}
	case map[string]any:
		for key := range body {
			for _, inner := range stamped(body[key], stamp) {
				copied := make(map[string]any)
				for k, v := range body {
					copied[k] = v
				}
				copied[key] = inner
				all = append(all, copied)
			}
		}
	}
	return all
}

// Every text of every operation refuses a mark before anything is kept, whatever the room does with it.
func TestNoOperationTakesAMarkOfSecrecy(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		all := doors(o)
		operations, asked := 0, 0
		for _, op := range description().operations {
			if op.method == "GET" {
				continue
			}
			operations++
			d := all[op.id]
			path := strings.NewReplacer(append(d.at, "{regime}", "thang", "{period}", "2022-03")...).Replace(op.path)
			refused := func(path string, body any, headers ...string) {
				t.Helper()
				asked++
				var r reply
				for _, who := range []string{"SGDDT leader", "officer", "leader", "clerk", "any"} { // the first who may
					if r = o.call(who, op.method, path, body, headers...); r.status != 403 {
						break
					}
				}
				if r.status/100 != 4 || !strings.Contains(r.body, "mang dấu độ mật") {
					t.Errorf("%s %v: %d %s", op.id, body, r.status, short(r.body))
				}
			}
			refused(path, d.body, "Idempotency-Key", probe+" TỐI MẬT")
			refused(path+"?x="+probe+"%0AT%E1%BB%90I%20M%E1%BA%ACT", d.body)
			if d.body == nil {
				continue
			}
			var body any
			raw, err := json.Marshal(d.body)
			if err == nil {
				err = json.Unmarshal(raw, &body)
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, stamp := range stamps {
				for _, one := range stamped(body, stamp) {
					refused(path, one)
				}
			}
			with := body.(map[string]any)
			with["reason"] = stamps[0]
			refused(path, with)
		}
		t.Logf("%d requests to %d operations", asked, operations)
		if where := o.kept(); len(where) > 0 {
			t.Errorf("something is kept: %v", where)
		}
	})
}

// kept gives the columns in which the probe stands.
func (o *office) kept() (where []string) {
	o.t.Helper()
	query := "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'"
	if o.db.Dialect == db.PostgreSQL {
		query = "select table_name, column_name from information_schema.columns where table_schema = current_schema()"
	}
	o.read(func(tx *db.Tx) error {
		var columns [][2]string
		if err := tx.Each(func(row *sql.Rows) error {
			var c [2]string
			columns = append(columns, c)
			return row.Scan(&columns[len(columns)-1][0], &columns[len(columns)-1][1])
		}, query); err != nil {
			return err
		}
		if len(columns) < 300 {
			o.t.Errorf("only %d columns were searched", len(columns))
		}
		for _, c := range columns {
			if err := tx.Each(func(row *sql.Rows) error {
				var value []byte
				if err := row.Scan(&value); err != nil {
					return err
				}
				if strings.Contains(string(value), probe) {
					where = append(where, c[0]+"."+c[1])
				}
				return nil
			}, fmt.Sprintf("select cast(%q as text) from %q where %q is not null", c[1], c[0], c[1])); err != nil {
				return err
			}
		}
		return nil
	})
	return where
}

func TestMarksAreFoundInJSONHoweverTheyAreWritten(t *testing.T) {
	for _, marked := range []string{
		`{"a":"TỐI MẬT"}`, `{"a":"M\u1eacT"}`, `{"a":"x\nMẬT\ny"}`, `{"a":"Độ mật:","b":"Mật"}`, `["M","Ậ","T"]`, `{"MẬT":1}`, `[[["T\u1ed0I"],["M\u1eacT"]]]`,
		`{"a":"HỎA TỐC \u2013 MẬT"}`, `{"a":"M\u200b\u1eacT"}`,
	} {
		if err := official.RefuseSecretJSON([]byte(marked)); err == nil {
			t.Errorf("%s is let in", marked)
		}
	}
	for _, plain := range []string{`{"a":"bảo mật"}`, `{"a":"b\u1ea3o m\u1eadt\n"}`, `["M","A","T"]`, `{"a":"Mật độ","b":"Tối"}`, `{`, ``} {
		if err := official.RefuseSecretJSON([]byte(plain)); err != nil {
			t.Errorf("%s: %v", plain, err)
		}
	}
}
