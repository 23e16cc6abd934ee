package journal

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
)

const (
	saltSize   = 16
	commitSize = 8 // of the digest of a salt: tells whether the salt is the one that was sealed
	markSize   = 4
	mostRows   = 2000 // entries of one row of the table seal
)

// SealKind is the kind of the lines that seal what a commit changed. They stand in the chain and are no act of a person,
// so lists of acts leave them out.
const SealKind = "seal"

var sealer = access.System("niêm")

// entry is what the table seal keeps of one row: its digest as it was left, or that it was removed.
type entry struct {
	line   int64
	gone   bool
	digest [sha256.Size]byte
	salt   [saltSize]byte
}

// sealing gathers the entries of one commit and ends in one line of the journal.
type sealing struct {
	tx   *db.Tx
	line int64
	n    int
	rows int
	sums []byte // of the pages, one after another

	inserts []any // waiting to be written
}

// begin finds the number that the sealing line will have.
func begin(tx *db.Tx) (*sealing, error) {
	held, err := tx.Hold("journal", loadHead)
	if err != nil {
		return nil, err
	}
	return &sealing{tx: tx, line: held.(*head).size + 1}, nil
}

// end writes the line. Nothing is written when nothing was sealed, unless details tell something themselves.
func (s *sealing) end(subject db.ID, details Details) error {
	if err := s.write(); err != nil || s.rows == 0 && details == nil {
		return err
	}
	if details == nil {
		details = make(Details)
	}
	details["rows"], details["sha256"], details["pages"] = s.rows, sealOf(s.sums), marks(s.sums)
	_, err := Write(s.tx, sealer, "sealed", Subject{Kind: SealKind, ID: subject}, details)
	return err
}

// page is a row of the table seal in the making.
type page struct {
	data, salts []byte
	rows        int
}

// add appends one row's entry.
func (p *page) add(id string, e *entry) {
	p.data = binary.BigEndian.AppendUint32(p.data, uint32(len(id)))
	p.data = append(p.data, id...)
	if e.gone {
		p.data = append(p.data, 0)
	} else {
		p.data = append(append(p.data, 1), e.digest[:]...)
	}
	of := sha256.Sum256(e.salt[:])
	p.data = append(p.data, of[:commitSize]...)
	p.salts = append(p.salts, e.salt[:]...)
	p.rows++
}

// seal takes the pages of one table.
func (s *sealing) seal(tbl string, pages []page) error {
	for _, p := range pages {
		s.sums = append(s.sums, pageSum(tbl, s.n, p.data)...)
		s.inserts = append(s.inserts, s.line, s.n, tbl, p.data, p.salts)
		s.n, s.rows = s.n+1, s.rows+p.rows
		if len(s.inserts) >= 5*16 {
			if err := s.write(); err != nil {
				return err
			}
		}
	}
	return nil
}

// pageSum is what the line knows of a page: not its salts, so that they may be erased.
func pageSum(tbl string, n int, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 16+len(tbl)+len(data)), uint32(n))
	sum := sha256.Sum256(sized(sized(b, tbl), data))
	return sum[:]
}

// sealOf is the hash that a line carries over the sums of all its pages.
func sealOf(sums []byte) string {
	sum := sha256.Sum256(sums)
	return hex.EncodeToString(sum[:])
}

// marks are the first bytes of each page's sum: they tell which page of a line was altered.
func marks(sums []byte) string {
	var b strings.Builder
	for page := range slices.Chunk(sums, sha256.Size) {
		b.WriteString(hex.EncodeToString(page[:markSize]))
	}
	return b.String()
}

func (s *sealing) write() error {
	n := len(s.inserts) / 5
	if n == 0 {
		return nil
	}
	_, err := s.tx.Exec("insert into seal (line, n, tbl, data, salts) values (?, ?, ?, ?, ?)"+
		strings.Repeat(", (?, ?, ?, ?, ?)", n-1), s.inserts...)
	s.inserts = s.inserts[:0]
	return err
}

// parsePage reads a page back; false when it is none.
func parsePage(data, salts []byte, each func(id string, e entry)) bool {
	for len(data) > 0 {
		if len(data) < 4 {
			return false
		}
		size := int(binary.BigEndian.Uint32(data))
		if data = data[4:]; size < 0 || len(data) < size+1+commitSize || len(salts) < saltSize {
			return false
		}
		id, kind := string(data[:size]), data[size]
		e := entry{gone: kind == 0}
		data = data[size+1:]
		switch {
		case kind == 1 && len(data) >= sha256.Size+commitSize:
			data = data[copy(e.digest[:], data):]
		case kind != 0:
			return false
		}
		copy(e.salt[:], salts)
		if of := sha256.Sum256(e.salt[:]); !bytes.Equal(of[:commitSize], data[:commitSize]) && e.salt != [saltSize]byte{} {
			return false
		}
		data, salts = data[commitSize:], salts[saltSize:]
		each(id, e)
	}
	return len(salts) == 0
}

// row reads rows of one table and makes their digests.
type row struct {
	t      *table
	lead   int   // how many values stand before those of the row
	values []any // lead, keys, sealed columns
	into   []any
	text   []byte
	salts  []byte // random, not used yet: asking for each by itself takes as long as the digest
}

func (t *table) row(lead int) *row {
	n := lead + len(t.keys) + len(t.columns)
	r := &row{t: t, lead: lead, values: make([]any, n), into: make([]any, n)}
	for i := range r.values {
		r.into[i] = &r.values[i]
	}
	return r
}

func (r *row) scan(rows *sql.Rows) error { return rows.Scan(r.into...) }

// id joins the values of the key.
func id(keys []any) string {
	if len(keys) == 1 {
		return keyText(keys[0])
	}
	var b strings.Builder
	for i, k := range keys {
		if i > 0 {
			b.WriteByte('~')
		}
		b.WriteString(keyText(k))
	}
	return b.String()
}

func keyText(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	if b, ok := v.([]byte); ok {
		return string(b)
	}
	return fmt.Sprint(v)
}

// digest is the hash of a row in a canonical form: the columns by name, every value with its type and length. Salted,
// so that a short value such as a telephone number cannot be guessed from it once the salt is gone.
func (r *row) digest(salt [saltSize]byte) [sha256.Size]byte {
	b := append(r.text[:0], salt[:]...)
	b = sized(b, r.t.name)
	for i, c := range r.t.columns {
		b = sized(b, c.Name)
		switch v := r.values[r.lead+len(r.t.keys)+i].(type) {
		case nil:
			b = append(b, 'n')
		case int64:
			b = binary.BigEndian.AppendUint64(append(b, 'i'), uint64(v))
		case bool:
			b = binary.BigEndian.AppendUint64(append(b, 'i'), uint64(number(v)))
		case float64:
			b = binary.BigEndian.AppendUint64(append(b, 'f'), math.Float64bits(v))
		case string:
			b = sized(append(b, 's'), v)
		case []byte:
			b = sized(append(b, 'b'), v)
		default:
			b = sized(append(b, 's'), fmt.Sprint(v))
		}
	}
	r.text = b
	return sha256.Sum256(b)
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func sized[T string | []byte](b []byte, v T) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(v))), v...)
}

func into(pages []page, id string, e *entry) []page {
	if n := len(pages); n == 0 || pages[n-1].rows == mostRows {
		pages = append(pages, page{})
	}
	pages[len(pages)-1].add(id, e)
	return pages
}
