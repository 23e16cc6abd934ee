package report

import "slices"

// filled gives the figure that a file says for an empty cell, if it is clear.
func (d *Draft) filled(r FromFile) (Said, bool) {
	s, ok := r.Clear()
	return s, ok && (d.Values[r.Indicator] == "" || d.Values[r.Indicator] == s.Text)
}

// WithRead is the draft as the sheet shows it: the clear figures of a file stand in empty cells.
func (d Draft) WithRead() Draft {
	values := make(map[string]string, len(d.Values)+len(d.Read))
	for code, text := range d.Values {
		values[code] = text
	}
	for _, one := range d.Read {
		if s, ok := d.filled(one); ok {
			values[one.Indicator] = s.Text
		}
	}
	d.Values = values
	return d
}

// Unconfirmed takes out of the cells what only stands there because a file says so: it stays in Read.
func (d *Draft) Unconfirmed() {
	for _, one := range d.Read {
		if s, ok := one.Clear(); ok && d.Values[one.Indicator] == s.Text {
			delete(d.Values, one.Indicator)
		}
	}
}

// Confirm is said by a person who saves the sheet: the cells are what is meant. What a file contradicts itself about stays open
// while its cell is empty.
func (d *Draft) Confirm() {
	d.Read = slices.DeleteFunc(d.Read, func(one FromFile) bool {
		_, clear := one.Clear()
		return clear || d.Values[one.Indicator] != ""
	})
}

// Chose is said by a person who takes one of two figures for a cell.
func (d *Draft) Chose(code, text string) {
	d.Values[code] = text
	d.Read = slices.DeleteFunc(d.Read, func(one FromFile) bool { return one.Indicator == code })
}
