package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"

	"giaoban/internal/db"

	"golang.org/x/mod/sumdb/tlog"
)

// Head says where the chain stands: how many lines, and the Merkle root over them. An office that keeps a head can
// prove later that no line before it was altered or removed.
type Head struct {
	Size int64  `json:"size"`
	Root string `json:"root"` // base64 of 32 bytes, as tlog prints it
}

// frontier is the right edge of the Merkle tree: one hash for every 1 in the binary form of size, the largest tree
// first. It is all that appending needs.
type frontier struct {
	size int64
	tops []tlog.Hash
}

// add appends a leaf's hash.
func (f *frontier) add(leaf tlog.Hash) {
	for i := bits.TrailingZeros64(^uint64(f.size)); i > 0; i-- {
		last := len(f.tops) - 1
		leaf = tlog.NodeHash(f.tops[last], leaf)
		f.tops = f.tops[:last]
	}
	f.tops = append(f.tops, leaf)
	f.size++
}

// root folds the edge from right to left, as RFC 6962 defines the head of a tree that is not full.
func (f *frontier) root() tlog.Hash {
	if len(f.tops) == 0 {
		return tlog.Hash(sha256.Sum256(nil))
	}
	root := f.tops[len(f.tops)-1]
	for i := len(f.tops) - 2; i >= 0; i-- {
		root = tlog.NodeHash(f.tops[i], root)
	}
	return root
}

func (f *frontier) bytes() []byte {
	out := make([]byte, 0, len(f.tops)*tlog.HashSize)
	for _, h := range f.tops {
		out = append(out, h[:]...)
	}
	return out
}

func frontierOf(size int64, data []byte) (frontier, bool) {
	f := frontier{size: size}
	if len(data) != bits.OnesCount64(uint64(size))*tlog.HashSize {
		return f, false
	}
	for len(data) > 0 {
		f.tops = append(f.tops, tlog.Hash(data[:tlog.HashSize]))
		data = data[tlog.HashSize:]
	}
	return f, true
}

// leaf is the text of a line that is hashed: every field with its length before it, so that no two lines share a text.
func (e *Line) leaf(previous []byte) []byte {
	out := make([]byte, 0, 256+len(e.Details))
	out = append(out, "giaoban journal 1\n"...)
	out = binary.BigEndian.AppendUint64(out, uint64(e.Seq))
	out = binary.BigEndian.AppendUint64(out, uint64(e.At))
	for _, s := range []string{e.Actor, e.ActorName, e.Body, e.Verb, e.Kind, string(e.Subject), e.Details} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(s)))
		out = append(out, s...)
	}
	out = append(out, byte(len(e.PrivateHash)))
	out = append(out, e.PrivateHash...)
	return append(out, previous...)
}

// head is what one batch of writers shares: the number of the last line, its hash, the edge of the tree.
type head struct {
	frontier
	last []byte
}

func (h *head) Copy() db.Held {
	c := *h
	c.tops = append([]tlog.Hash(nil), h.tops...)
	return &c
}

// Flush writes the head once for the whole batch.
func (h *head) Flush(tx *db.Tx) error {
	root := h.root()
	_, err := tx.Exec(`
insert into journal_head (id, size, hash, root, frontier)
values (1, ?, ?, ?, ?)
on conflict (id) do update
set size = excluded.size, hash = excluded.hash, root = excluded.root, frontier = excluded.frontier`,
		h.size, h.last, root[:], h.bytes())
	return err
}
