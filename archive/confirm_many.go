package archive

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
)

// AcceptSure takes all fields that wait and are sure, as they were read. What needs a person's choice stays: a spelling of
// no known body, a document that the register knows in another form. left is how many wait still.
func AcceptSure(tx *db.Tx, by access.Actor, id db.ID) (taken, left int, err error) {
	i, fields, err := waiting(tx, by, id)
	if err != nil {
		return 0, 0, err
	}
	for n := range fields {
		f := &fields[n]
		if f.State != Pending {
			continue
		}
		if !f.Sure {
			left++
			continue
		}
		v := f.Value
		if err := ready(f.Kind, &v); err != nil {
			if fault.Is(err, fault.KindInvalid) {
				left++
				continue
			}
			return 0, 0, err
		}
		m, err := f.make(tx, by, i, v, Choice{})
		// Every room says no before it writes, so what is left has left nothing.
		if fault.Is(err, fault.KindInvalid) || fault.Is(err, fault.KindConflict) {
			left++
			continue
		}
		if err != nil {
			return 0, 0, err
		}
		if err := f.take(tx, by, v, m); err != nil {
			return 0, 0, err
		}
		taken++
	}
	if taken == 0 {
		return 0, left, nil
	}
	if err := settle(tx, by, i); err != nil {
		return 0, 0, err
	}
	_, err = journal.Write(tx, by, "confirmed", i.about(), journal.Details{"title": shortTitle(i.Title), "taken": taken, "left": left})
	return taken, left, err
}

// SkipRest says of all fields that wait that they do not count, and so ends the work on a file.
func SkipRest(tx *db.Tx, by access.Actor, id db.ID) (skipped int, err error) {
	i, fields, err := waiting(tx, by, id)
	if err != nil {
		return 0, err
	}
	for n := range fields {
		if fields[n].State != Pending {
			continue
		}
		if err := fields[n].skip(tx, by, i); err != nil {
			return 0, err
		}
		skipped++
	}
	if skipped == 0 {
		return 0, nil
	}
	if err := settle(tx, by, i); err != nil {
		return 0, err
	}
	_, err = journal.Write(tx, by, "skipped_rest", i.about(), journal.Details{"title": shortTitle(i.Title), "skipped": skipped})
	return skipped, err
}

func waiting(tx *db.Tx, by access.Actor, id db.ID) (Import, []Field, error) {
	i, err := Find(tx, by, id)
	if err != nil {
		return i, nil, err
	}
	if err := by.May(access.ImportArchive, i.Body); err != nil {
		return i, nil, err
	}
	fields, err := fieldsOf(tx, id)
	return i, fields, err
}
