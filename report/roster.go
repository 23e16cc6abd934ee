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

// Seat is a body's place in the roster of an opening.
type Seat struct {
	Body
	Sectors uint64 // one bit for each sector of the form it is asked for, bit 0 the first; 0: all
}

func packRoster(bodies []Seat) []byte {
	b := make([]byte, 0, 4+len(bodies)*(id.Length+8))
	b = append(b, rosterVersion)
	b = binary.AppendUvarint(b, uint64(len(bodies)))
	for _, o := range bodies {
		b = append(b, o.ID...)
		b = binary.AppendUvarint(b, uint64(len(o.Code)))
		b = append(b, o.Code...)
		b = binary.AppendUvarint(b, o.Sectors)
	}
	return b
}

func unpackRoster(b []byte) ([]Seat, error) {
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
	bodies := make([]Seat, n)
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
		if bodies[i].Sectors, size = binary.Uvarint(r.b[at:]); size <= 0 {
			return nil, errPacked
		}
		at += size
	}
	if at != len(text) {
		return nil, errPacked
	}
	return bodies, nil
}

// Rosters gives who was asked in some openings, each in the order of its roster.
func Rosters(tx *db.Tx, openings []db.ID) (map[db.ID][]Seat, error) {
	in, args := db.In(openings)
	var rows []struct {
		Opening db.ID  `db:"opening"`
		Data    []byte `db:"data"`
	}
	if err := tx.Select(&rows, "select opening, data from opening_roster where opening in "+in, args...); err != nil {
		return nil, err
	}
	rosters := make(map[db.ID][]Seat, len(rows))
	for _, row := range rows {
		var err error
		if rosters[row.Opening], err = unpackRoster(row.Data); err != nil {
			return nil, err
		}
	}
	return rosters, nil
}
