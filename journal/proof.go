package journal

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"giaoban/internal/db"
)

// Problem is one record that is not as the program left it.
type Problem struct {
	Table    string `json:"table"`
	ID       string `json:"id"`
	Field    string `json:"field,omitempty"`
	Sentence string `json:"problem"`
}

// VerifySeals compares every row of every sealed table with its last seal, and every seal with the line that vouches for
// it. progress may be nil; it counts rows.
func VerifySeals(tx *db.Tx, progress func(done int64)) ([]Problem, error) {
	all, err := Columns(tx)
	if err != nil {
		return nil, err
	}
	tables, err := tablesOf(all)
	if err != nil {
		return nil, err
	}
	problems, err := verifyLines(tx)
	if err != nil {
		return nil, err
	}
	rows, err := verifyTables(tx, tables, progress)
	return append(problems, rows...), err
}

// verifyLines recomputes what each sealing line says of its pages.
func verifyLines(tx *db.Tx) (problems []Problem, err error) {
	for after := int64(0); ; {
		var lines []struct {
			Seq     int64  `db:"seq"`
			Details string `db:"details"`
		}
		if err := tx.Select(&lines, `
select seq, details
from journal
where kind = '`+SealKind+`' and verb = 'sealed' and seq > ?
order by seq
limit 2000`, after); err != nil {
			return nil, err
		}
		upTo := int64(1) << 62
		if len(lines) == 2000 {
			upTo = lines[len(lines)-1].Seq
		}
		pages := make(map[int64]map[int64][]byte) // sums by line and number
		if err := tx.Each(func(row *sql.Rows) error {
			var line, n int64
			var tbl string
			var data sql.RawBytes
			if err := row.Scan(&line, &n, &tbl, &data); err != nil {
				return err
			}
			if pages[line] == nil {
				pages[line] = make(map[int64][]byte)
			}
			pages[line][n] = pageSum(tbl, int(n), data)
			return nil
		}, "select line, n, tbl, data from seal where line > ? and line <= ?", after, upTo); err != nil {
			return nil, err
		}
		for _, l := range lines {
			problems = append(problems, verifyPages(l.Seq, l.Details, pages[l.Seq])...)
			delete(pages, l.Seq)
		}
		for _, line := range slices.Sorted(maps.Keys(pages)) {
			for _, n := range slices.Sorted(maps.Keys(pages[line])) {
				problems = append(problems, sealProblem(line, n, "không có trong dòng nhật ký ấy"))
			}
		}
		if len(lines) < 2000 {
			return problems, nil
		}
		after = upTo
	}
}

func sealProblem(line, n int64, what string) Problem {
	return Problem{Table: "seal", ID: fmt.Sprintf("%d~%d", line, n),
		Sentence: fmt.Sprintf("Trang niêm %d của dòng nhật ký %d %s.", n, line, what)}
}

// verifyPages compares the pages of one line with its details. The marks tell which page is wrong; the hash over all is
// what proves.
func verifyPages(line int64, details string, pages map[int64][]byte) (problems []Problem) {
	var says struct {
		Sum   string `json:"sha256"`
		Marks string `json:"pages"`
	}
	if err := json.Unmarshal([]byte(details), &says); err != nil {
		return []Problem{sealProblem(line, 0, "không so được vì dòng nhật ký đã hỏng")}
	}
	var sums []byte
	for n := int64(0); len(says.Marks) >= 2*markSize; n++ {
		mark := says.Marks[:2*markSize]
		says.Marks = says.Marks[2*markSize:]
		sum, ok := pages[n]
		delete(pages, n)
		if sums = append(sums, sum...); !ok {
			problems = append(problems, sealProblem(line, n, "đã mất"))
		} else if marks(sum) != mark {
			problems = append(problems, sealProblem(line, n, "đã bị sửa"))
		}
	}
	for _, n := range slices.Sorted(maps.Keys(pages)) {
		problems = append(problems, sealProblem(line, n, "không có trong dòng nhật ký ấy"))
	}
	if len(problems) == 0 && sealOf(sums) != says.Sum {
		problems = append(problems, sealProblem(line, 0, "đã bị sửa"))
	}
	return problems
}

// mostKept rows of tables have their entries in memory at the same time, unless one table has more.
const mostKept = 250_000

// inGroups reads the seals once for as many tables as fit into memory and gives each table what was last sealed of its rows.
// broken is told of pages that cannot be read.
func inGroups(tx *db.Tx, tables []*table, broken func(line, n int64), each func(*table, map[string]entry) error) error {
	for len(tables) > 0 {
		n, rows := 0, 0
		for ; n < len(tables); n++ {
			var have int
			if err := tx.Get(&have, `select count(*) from "`+tables[n].name+`"`); err != nil {
				return err
			}
			if rows += have; n > 0 && rows > mostKept {
				break
			}
		}
		last, err := lastEntries(tx, tables[:n], broken)
		if err != nil {
			return err
		}
		for _, t := range tables[:n] {
			if err := each(t, last[t.name]); err != nil {
				return err
			}
			delete(last, t.name)
		}
		tables = tables[n:]
	}
	return nil
}

func lastEntries(tx *db.Tx, tables []*table, broken func(line, n int64)) (map[string]map[string]entry, error) {
	last := make(map[string]map[string]entry, len(tables))
	var names []string
	for _, t := range tables {
		names = append(names, t.name)
		last[t.name] = make(map[string]entry)
	}
	list, args := db.In(names)
	return last, tx.Each(func(row *sql.Rows) error {
		var line, n int64
		var tbl, data, salts sql.RawBytes
		if err := row.Scan(&line, &n, &tbl, &data, &salts); err != nil {
			return err
		}
		of := last[string(tbl)]
		if !parsePage(data, salts, func(id string, e entry) {
			e.line = line
			of[id] = e
		}) {
			broken(line, n)
		}
		return nil
	}, "select line, n, tbl, data, salts from seal where tbl in "+list+" order by line, n", args...)
}

func verifyTables(tx *db.Tx, tables []*table, progress func(done int64)) (problems []Problem, err error) {
	done := int64(0)
	err = inGroups(tx, tables, func(line, n int64) {
		problems = append(problems, sealProblem(line, n, "đã hỏng"))
	}, func(t *table, last map[string]entry) error {
		found, err := t.verify(tx, last, func() {
			if done++; progress != nil && done%1000 == 0 {
				progress(done)
			}
		})
		problems = append(problems, found...)
		return err
	})
	return problems, err
}

func (t *table) verify(tx *db.Tx, last map[string]entry, each func()) (problems []Problem, err error) {
	found := func(id, sentence string, args ...any) {
		problems = append(problems, Problem{Table: t.name, ID: id, Sentence: fmt.Sprintf(sentence, args...)})
	}
	r := t.row(0)
	if err := tx.Each(func(rows *sql.Rows) error {
		each()
		if err := r.scan(rows); err != nil {
			return err
		}
		key := id(r.values[:len(t.keys)])
		kept, ok := last[key]
		delete(last, key)
		switch {
		case !ok:
			found(key, "Dòng %s của bảng %s không có niêm: được thêm ngoài chương trình.", key, t.name)
		case kept.gone:
			found(key, "Dòng %s của bảng %s đã được xóa (nhật ký dòng %d) mà nay lại có.", key, t.name, kept.line)
		case r.digest(kept.salt) != kept.digest:
			found(key, "Dòng %s của bảng %s khác với lúc được niêm (nhật ký dòng %d).", key, t.name, kept.line)
		}
		return nil
	}, t.allRows(tx.Dialect())); err != nil {
		return nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(last)) {
		if kept := last[key]; !kept.gone {
			found(key, "Dòng %s của bảng %s đã mất; được niêm lần cuối ở nhật ký dòng %d.", key, t.name, kept.line)
		}
	}
	return problems, nil
}
