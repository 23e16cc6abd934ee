package journal

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
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
where kind = 'seal' and verb = 'sealed' and seq > ?
order by seq
limit 2000`, after); err != nil {
			return nil, err
		}
		upTo := int64(1) << 62
		if len(lines) == 2000 {
			upTo = lines[len(lines)-1].Seq
		}
		sums := make(map[int64]hash.Hash)
		if err := tx.Each(func(row *sql.Rows) error {
			var line int64
			var n int
			var tbl string
			var data []byte
			if err := row.Scan(&line, &n, &tbl, &data); err != nil {
				return err
			}
			if sums[line] == nil {
				sums[line] = sha256.New()
			}
			sums[line].Write(pageText(tbl, n, data))
			return nil
		}, "select line, n, tbl, data from seal where line > ? and line <= ? order by line, n", after, upTo); err != nil {
			return nil, err
		}
		for _, l := range lines {
			var says struct {
				Sum string `json:"sha256"`
			}
			sum, ok := sums[l.Seq]
			if !ok {
				sum = sha256.New()
			}
			delete(sums, l.Seq)
			if err := json.Unmarshal([]byte(l.Details), &says); err != nil || says.Sum != hex.EncodeToString(sum.Sum(nil)) {
				problems = append(problems, Problem{Table: "seal", ID: fmt.Sprint(l.Seq),
					Sentence: fmt.Sprintf("Các niêm của dòng nhật ký %d đã bị sửa, thêm hoặc mất.", l.Seq)})
			}
		}
		for _, line := range slices.Sorted(maps.Keys(sums)) {
			problems = append(problems, Problem{Table: "seal", ID: fmt.Sprint(line),
				Sentence: fmt.Sprintf("Có niêm ghi cho dòng nhật ký %d, nhưng dòng ấy không niêm gì.", line)})
		}
		if len(lines) < 2000 {
			return problems, nil
		}
		after = upTo
	}
}

// lastEntries gives what was last sealed of each row of a table; broken is told of pages that cannot be read.
func lastEntries(tx *db.Tx, tbl string, broken func(line int64, n int)) (map[string]entry, error) {
	last := make(map[string]entry)
	err := tx.Each(func(row *sql.Rows) error {
		var line int64
		var n int
		var data, salts sql.RawBytes
		if err := row.Scan(&line, &n, &data, &salts); err != nil {
			return err
		}
		if !parsePage(data, salts, func(id string, e entry) {
			e.line = line
			last[id] = e
		}) {
			broken(line, n)
		}
		return nil
	}, "select line, n, data, salts from seal where tbl = ? order by line, n", tbl)
	return last, err
}

func verifyTables(tx *db.Tx, tables []*table, progress func(done int64)) (problems []Problem, err error) {
	done := int64(0)
	for _, t := range tables {
		found, err := t.verify(tx, func() {
			if done++; progress != nil && done%1000 == 0 {
				progress(done)
			}
		})
		if err != nil {
			return nil, err
		}
		problems = append(problems, found...)
	}
	return problems, nil
}

func (t *table) verify(tx *db.Tx, each func()) (problems []Problem, err error) {
	found := func(tbl, id, sentence string, args ...any) {
		problems = append(problems, Problem{Table: tbl, ID: id, Sentence: fmt.Sprintf(sentence, args...)})
	}
	last, err := lastEntries(tx, t.name, func(line int64, n int) {
		found("seal", fmt.Sprintf("%d~%d", line, n), "Trang niêm %d của dòng nhật ký %d đã hỏng.", n, line)
	})
	if err != nil {
		return nil, err
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
			found(t.name, key, "Dòng %s của bảng %s không có niêm: được thêm ngoài chương trình.", key, t.name)
		case kept.gone:
			found(t.name, key, "Dòng %s của bảng %s đã được xóa (nhật ký dòng %d) mà nay lại có.", key, t.name, kept.line)
		case r.digest(kept.salt) != kept.digest:
			found(t.name, key, "Dòng %s của bảng %s khác với lúc được niêm (nhật ký dòng %d).", key, t.name, kept.line)
		}
		return nil
	}, t.allRows(tx.Dialect())); err != nil {
		return nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(last)) {
		if kept := last[key]; !kept.gone {
			found(t.name, key, "Dòng %s của bảng %s đã mất; được niêm lần cuối ở nhật ký dòng %d.", key, t.name, kept.line)
		}
	}
	return problems, nil
}
