package journal

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"

	"giaoban/internal/db"

	"golang.org/x/mod/sumdb/tlog"
)

// Finding is one thing that verify found wrong, in a sentence.
type Finding struct {
	Seq      int64 // the line, 0 for the head
	Sentence string
}

// So many are enough to know.
const (
	mostFindings = 1000
	mostMissing  = 50 // of lines in one gap
)

// Problem tells the finding as one of a record.
func (f Finding) Problem() Problem {
	if f.Seq == 0 {
		return Problem{Table: "journal_head", ID: "1", Sentence: f.Sentence}
	}
	return Problem{Table: "journal", ID: strconv.FormatInt(f.Seq, 10), Sentence: f.Sentence}
}

// Verify recomputes every hash, the chain, the numbering, the root and the head. known are heads that an office kept
// from earlier: each must still be a beginning of this journal. progress may be nil.
func Verify(tx *db.Tx, known []Head, progress func(done, of int64)) ([]Finding, Head, error) {
	var findings []Finding
	found := func(seq int64, sentence string, args ...any) {
		if seq == 0 || len(findings) < mostFindings {
			findings = append(findings, Finding{seq, fmt.Sprintf(sentence, args...)})
		}
	}
	gone := func(from, to int64) {
		for seq := from; seq <= min(to, from+mostMissing); seq++ {
			found(seq, "Dòng %d đã mất (thiếu từ dòng %d đến %d).", seq, from, to)
		}
	}
	var row headRow
	err := tx.Get(&row, "select size, hash, root, frontier from journal_head where id = 1")
	if err != nil && !errors.Is(err, db.None) {
		return nil, Head{}, err
	}
	roots := make(map[int64][]string)
	for _, k := range known {
		roots[k.Size] = append(roots[k.Size], k.Root)
	}
	var f frontier
	var last []byte
	broken := false // once a line is missing the tree over the rest cannot be right; the chain is still followed
	after := int64(0)
	for {
		var lines []Line
		if err := tx.Select(&lines, `
select seq, at, actor, actor_name, org, verb, kind, subject, details, private, salt, private_hash, hash
from journal
where seq > ?
order by seq
limit 2000`, after); err != nil {
			return nil, Head{}, err
		}
		if len(lines) == 0 {
			break
		}
		for i := range lines {
			e := &lines[i]
			if e.Seq != after+1 {
				gone(after+1, e.Seq-1)
				broken = true
			}
			leaf := e.leaf(last)
			sum := sha256.Sum256(leaf)
			if !bytes.Equal(sum[:], e.Hash) {
				found(e.Seq, "Dòng %d đã bị sửa: mã băm không khớp nội dung hoặc dòng trước.", e.Seq)
			}
			erased := e.Private == "" && len(e.Salt) == 0
			if !erased && !bytes.Equal(privateHash(e.Salt, e.Private), e.PrivateHash) {
				found(e.Seq, "Phần dữ liệu cá nhân của dòng %d đã bị sửa.", e.Seq)
			}
			if e.Seq > row.Size {
				found(e.Seq, "Dòng %d nằm ngoài đầu nhật ký: được thêm ngoài chương trình.", e.Seq)
			}
			last, after = e.Hash, e.Seq
			if broken {
				continue
			}
			f.add(tlog.RecordHash(leaf))
			for _, root := range roots[f.size] {
				if root != f.root().String() {
					found(e.Seq, "Nhật ký không còn khớp đầu nhật ký đã lưu ở dòng %d.", f.size)
				}
			}
		}
		if progress != nil {
			progress(after, row.Size)
		}
	}
	for _, k := range known {
		if k.Size > f.size {
			found(0, "Nhật ký chỉ còn %d dòng, ít hơn đầu nhật ký đã lưu (%d dòng).", f.size, k.Size)
		}
	}
	if row.Size > after && row.Size-after < 1<<31 { // a size far beyond is itself what was altered
		gone(after+1, row.Size)
	}
	root := f.root()
	if row.Size != f.size || (f.size > 0 && (!bytes.Equal(row.Root, root[:]) || !bytes.Equal(row.Hash, last) ||
		!bytes.Equal(row.Frontier, f.bytes()))) {
		found(0, "Đầu nhật ký (%d dòng) không khớp các dòng đang có (%d dòng).", row.Size, f.size)
	}
	return findings, Head{Size: f.size, Root: root.String()}, nil
}
