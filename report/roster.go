package report

import (
	"encoding/binary"

	"giaoban/internal/db"
	"giaoban/internal/id"
)

// The roster of an opening is one blob, so that 3,300 bodies of three months are named without reading 10,000 rows:
//
//	byte    1, the version of this format
//	uvarint how many bodies
//	each    24 characters of id, uvarint length of the code, the code, uvarint mask of the form's sectors it is asked
//	        for (bit 0 the first; 0: all)
//
// in the order of obligation.n. Codes never change, so it is only ever added to.
const rosterVersion = 1

// seat is a body's place in a roster.
type seat struct {
	Org
	sectors uint64
}

func packRoster(bodies []seat) []byte {
	b := make([]byte, 0, 4+len(bodies)*(id.Length+8))
	b = append(b, rosterVersion)
	b = binary.AppendUvarint(b, uint64(len(bodies)))
	for _, o := range bodies {
		b = append(b, o.ID...)
		b = binary.AppendUvarint(b, uint64(len(o.Code)))
		b = append(b, o.Code...)
		b = binary.AppendUvarint(b, o.sectors)
	}
	return b
}

func unpackRoster(b []byte) ([]seat, error) {
	r := reader{b: b}
	if r.byte() != rosterVersion {
		return nil, errPacked
	}
	n := r.uvarint()
	if r.bad || n > uint64(len(r.b)/(id.Length+1)) {
		return nil, errPacked
	}
	text := string(r.b) // one copy that all names share
	at := 0
	bodies := make([]seat, n)
	for i := range bodies {
		if len(text)-at < id.Length {
			return nil, errPacked
		}
		bodies[i].ID = db.ID(text[at : at+id.Length])
		at += id.Length
		length, size := binary.Uvarint(r.b[at:])
		if size <= 0 || length > uint64(len(text)-at-size) {
			return nil, errPacked
		}
		at += size
		bodies[i].Code = text[at : at+int(length)]
		at += int(length)
		if bodies[i].sectors, size = binary.Uvarint(r.b[at:]); size <= 0 {
			return nil, errPacked
		}
		at += size
	}
	if at != len(text) {
		return nil, errPacked
	}
	return bodies, nil
}

func rosterOf(tx *db.Tx, opening db.ID) ([]seat, error) {
	var data []byte
	if err := tx.Get(&data, "select data from opening_roster where opening = ?", opening); err != nil {
		return nil, err
	}
	return unpackRoster(data)
}
