package directive_test

import (
	"fmt"
	"testing"
	"time"

	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
)

// BenchmarkResolving resolves 10,000 references against a register of 50,000 documents, on both engines.
func BenchmarkResolving(b *testing.B) {
	for _, e := range dbtest.Engines(b) {
		b.Run(e.Name, func(b *testing.B) {
			d, p := library50000(b, e)
			var refs []citation.Reference
			for i := range 10_000 {
				r := citation.Reference{Type: "Chỉ thị", Symbol: fmt.Sprintf("%d-CT/TW", i%2500+1), Issuer: "Ban Bí thư", Text: "Chỉ thị"}
				if i%3 > 0 {
					r.Date = calendar.On(2000+i%20, time.Month(1+i%12), 1+i%28)
				}
				if i%5 == 0 { // a fifth is of documents that nobody has registered
					r.Symbol = fmt.Sprintf("%d-QĐ/TW", i)
				}
				refs = append(refs, r)
			}
			b.ResetTimer()
			for b.Loop() {
				read(b, d, func(tx *db.Tx) error {
					_, err := directive.Resolve(tx, p.officer, refs)
					return err
				})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/reference")
		})
	}
}

// BenchmarkSearching looks for words in a register of 50,000 documents.
func BenchmarkSearching(b *testing.B) {
	e := dbtest.Engines(b)[0]
	d, p := library50000(b, e)
	for _, f := range []directive.Filter{{Text: "khong co o dau"}, {Text: "217-CT/TW"}, {Text: "tre em", State: directive.InForce}, {Sector: "YT", Year: 2015}, {State: directive.Replaced}, {}} {
		b.Run(fmt.Sprintf("%+v", f), func(b *testing.B) {
			for b.Loop() {
				read(b, d, func(tx *db.Tx) error { _, _, err := directive.List(tx, p.officer, f); return err })
			}
		})
	}
}

// library50000 fills a register by plain inserts: Record itself is not what is measured.
func library50000(b *testing.B, e dbtest.Engine) (*db.DB, province) {
	b.Helper()
	d := e.Open(b)
	var p province
	if err := d.WriteLong(b.Context(), func(tx *db.Tx) (err error) {
		if p, err = settle(tx); err != nil {
			return err
		}
		return directive.FillForBench(tx, p.ban, 50_000)
	}); err != nil {
		b.Fatal(err)
	}
	return d, p
}
