package lists_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/internal/table"
	"giaoban/lists"
	"giaoban/org"
)

func officeIn(t *testing.T, e dbtest.Engine) *db.DB {
	t.Helper()
	d := e.From(t, "", nil, dbtest.NewClock("2026-03-02").Now)
	if err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := org.Create(tx, access.System("thử"), org.New{Code: "BTGDV", Name: "Ban Tuyên giáo và Dân vận Tỉnh ủy", Kind: org.Commission, ValidFrom: calendar.On(2000, 1, 1)})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return d
}

func enter(t *testing.T, d *db.DB, kind, text string) (c lists.Checked, err error) {
	t.Helper()
	l, err := lists.Find(kind)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := table.Pasted(text)
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		c, err = lists.Enter(tx, access.System("thử"), l, rows, lists.Options{})
		return err
	})
	return c, err
}

// What a room refuses only while the rows are entered, since each of them is right by itself, is told by line and takes the
// whole list back.
func TestWhatTurnsOutWhileEnteringIsToldByLineAndTakesAllBack(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			d := officeIn(t, e)
			text := "Loại văn bản\tSố, ký hiệu\tNgày ban hành\tCơ quan ban hành\n" +
				"Kế hoạch\t7-KH/TU\t02/02/2026\tTỉnh ủy\n" +
				"Chỉ thị\t20-CT/TW\t05/11/2012\tBộ Chính trị\n" +
				"Chỉ thị\t20-CT/TW\t\tBộ Chính trị\n" // perhaps the same: only the register can tell
			c, err := enter(t, d, "directives", text)
			if !fault.Is(err, fault.KindInvalid) || len(c.Problems) != 1 || !strings.HasPrefix(c.Problems[0].String(), "Dòng 4: Sổ đã có") {
				t.Fatalf("%v, %v", err, c.Problems)
			}
			if err := d.Read(t.Context(), func(tx *db.Tx) error {
				some, err := tx.Exists("select 1 from directive")
				if some {
					t.Error("something of the list stayed")
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestBodiesAreToldFromEachOtherByTheirMarks(t *testing.T) {
	d := officeIn(t, dbtest.Engines(t)[0])
	c, err := enter(t, d, "co-quan", "Tên cơ quan\tTrực thuộc\nXã xã Hòa Thắng\t\nXÃ HOÀ THẮNG\t\nXã Hòa Thăng\t\nPhường Nha Trang\t\nTrạm Y tế Nha Trang\tPhường Nha Trang")
	if err != nil || c.Sentence() != "Cơ quan: 4 thêm mới, 1 ghi hai lần." {
		t.Fatalf("%v %s", err, c.Sentence())
	}
	c, err = enter(t, d, "co-quan", "Tên cơ quan\nxa hoa thang\nphuong nha trang\nXã Hoa Thắng")
	if err != nil || c.Count(lists.There) != 1 || c.Count(lists.Added) != 2 {
		t.Errorf("without marks %v: %s %v", err, c.Sentence(), c.Lines)
	}
	for _, line := range c.Lines {
		if line.State == lists.Added && !strings.Contains(line.Words, "chỉ khác dấu") {
			t.Errorf("%s: nobody is told that something like it is there: %s", line.Label, line.Words)
		}
	}
	_, err = enter(t, d, "co-quan", "Tên cơ quan\tTrực thuộc\nTrung tâm A\tTrung tâm B\nTrung tâm B\tTrung tâm A")
	if f := fault.Of(err); f == nil || !strings.Contains(f.Error(), "đứng trên chính mình") {
		t.Errorf("a ring of bodies: %v", err)
	}
}

func TestAListIsForWhoMayAndHasRows(t *testing.T) {
	d := officeIn(t, dbtest.Engines(t)[0])
	if err := d.Read(t.Context(), func(tx *db.Tx) error {
		for _, l := range lists.All {
			if _, err := lists.Check(tx, access.Actor{Person: "x", Role: access.AgencyOfficer, Body: "y"}, l, nil, lists.Options{}); !fault.Is(err, fault.KindForbidden) {
				t.Errorf("an agency looks at a list of %s: %v", l.Code, err)
			}
			c, err := lists.Check(tx, access.System("thử"), l, nil, lists.Options{})
			if err != nil || len(c.Problems) != 1 || c.Problems[0].Line != 0 {
				t.Errorf("an empty list of %s: %v %v", l.Code, err, c.Problems)
			}
			rows, _ := table.Pasted("Ghi chú\t" + l.Columns[1].Name + "\nx\ty")
			if c, err := lists.Check(tx, access.System("thử"), l, rows, lists.Options{}); err != nil || len(c.Problems) == 0 || !strings.Contains(c.Problems[0].String(), "Thiếu cột") {
				t.Errorf("%s without its first column: %v %v", l.Code, err, c.Problems)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
