package db

// kept is what Once loaded on one connection and which state of the tables it is of.
type kept struct {
	state string
	known map[any]any
}

// mostKept bounds what one connection keeps, such as the names of all bodies on a few days.
const mostKept = 24

// Once loads what nearly every page asks and what changes rarely, such as the names of all bodies and the days off: from
// memory as long as nothing at all was committed, by this process or by another, since the tables were read, else from the
// tables. A transaction that writes loads it each time. The answer is shared and not to be changed; key is a value of a
// type of the caller's own and names everything the answer depends on besides the tables, such as the day.
func Once[T any](tx *Tx, key any, load func() (T, error)) (T, error) {
	if !tx.readOnly {
		return load()
	}
	k := &tx.conn.kept
	if !tx.same {
		state, err := tx.state()
		if err != nil {
			var none T
			return none, err
		}
		if state != k.state || k.known == nil {
			*k = kept{state, make(map[any]any)}
		}
		tx.same = true
	}
	if known, ok := k.known[key]; ok {
		return known.(T), nil
	}
	got, err := load()
	if err != nil {
		return got, err
	}
	if len(k.known) >= mostKept {
		clear(k.known)
	}
	k.known[key] = got
	return got, nil
}

// state names what this snapshot sees: on one connection two snapshots of the same name see the same rows. SQLite counts the
// commits of all others, and a reader commits nothing; PostgreSQL tells which transactions are over.
func (tx *Tx) state() (state string, err error) {
	query := "pragma data_version"
	if tx.Dialect() == PostgreSQL {
		query = "select cast(pg_current_snapshot() as text)"
	}
	err = tx.Get(&state, query)
	return state, err
}
