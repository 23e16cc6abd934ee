// Package citation reads viện dẫn: references to official documents in running text, as the field writes them
// ("Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị"), with what is certain about each and what is not
// (docs/sources/vien-dan.md).
package citation

import (
	"bytes"
	"encoding/json"

	"giaoban/calendar"
)

// Reference is one viện dẫn: one document, named at one place of a text. A text is "" and a date zero when the place
// does not say it; nothing is guessed.
type Reference struct {
	Start, End int    // bytes of the original text, End beyond the last
	Text       string // the original between them
	Type       string // "Chỉ thị": in sentence case, the word as written; it wins over the symbol
	Number     string // "20": digits as written, leading zeros kept
	Symbol     string // "20-CT/TW": whole, NFC, no spaces, one kind of dash, Đ for Eth; a portal's shorthand as written
	Date       calendar.Date
	Issuer     string  // "Bộ Chính trị": as written, without khóa
	Term       string  // "XI": the khóa or term, as written
	Confidence float64 // 0–1
	Notes      []string
}

// MarshalJSON gives the line that `giaoban cite` prints, without the file: missing values are null, notes is never null.
func (r Reference) MarshalJSON() ([]byte, error) {
	text := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	date := ""
	if !r.Date.IsZero() {
		date = r.Date.String()
	}
	notes := r.Notes
	if notes == nil {
		notes = []string{}
	}
	var b bytes.Buffer
	plain := json.NewEncoder(&b)
	plain.SetEscapeHTML(false) // BTG&DVTU
	err := plain.Encode(struct {
		Start      int      `json:"start"`
		End        int      `json:"end"`
		Text       string   `json:"text"`
		Type       *string  `json:"type"`
		Number     *string  `json:"number"`
		Symbol     *string  `json:"symbol"`
		Date       *string  `json:"date"`
		Issuer     *string  `json:"issuer"`
		Term       *string  `json:"term"`
		Confidence float64  `json:"confidence"`
		Notes      []string `json:"notes"`
	}{r.Start, r.End, r.Text, text(r.Type), text(r.Number), text(r.Symbol), text(date), text(r.Issuer), text(r.Term), r.Confidence, notes})
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
