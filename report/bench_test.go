package report_test

import (
	"bytes"
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/id"
	"giaoban/org"
	"giaoban/report"
)

var system = access.System("đo")

// benchForm has 60 indicators in six sectors, two decimals.
func benchForm() report.Outline {
	o := report.Outline{Sections: []report.Section{{Code: report.SectionResults}}}
	for s := 1; s <= 6; s++ {
		o.Sectors = append(o.Sectors, report.Sector{Code: fmt.Sprintf("S%d", s), Name: fmt.Sprintf("Lĩnh vực %d", s)})
	}
	for i := 1; i <= 60; i++ {
		in := report.Indicator{Code: fmt.Sprintf("I%02d", i), Name: fmt.Sprintf("Chỉ tiêu %d", i), Sector: fmt.Sprintf("S%d", (i-1)/10+1),
			Unit: "đơn vị", Decimals: 2, Aggregation: []report.Aggregation{report.Sum, report.Sum, report.Last, report.Average}[i%4]}
		if i%10 == 0 {
			in.Aggregation, in.Numerator, in.Denominator, in.Factor = report.Ratio, fmt.Sprintf("I%02d", i-1), fmt.Sprintf("I%02d", i-2), 100
		}
		o.Indicators = append(o.Indicators, in)
	}
	return o
}

// benchOffice fills a database with size bodies and the months that a quarter with both comparisons needs; the other
// months of 2025 are open and empty.
func benchOffice(b testing.TB, size int) (*db.DB, *dbtest.Clock) {
	clock := dbtest.NewClock("2026-01-05")
	d := dbtest.Engines(b)[0].From(b, "", nil, clock.Now)
	must(b, d.WriteLong(b.Context(), func(tx *db.Tx) error {
		ban, err := org.Create(tx, system, org.New{Code: "BTG", Name: "Ban", Kind: org.Commission, ValidFrom: calendar.On(2020, 1, 1)})
		if err != nil {
			return err
		}
		var ids []id.ID
		for i := range size {
			body, err := org.Create(tx, system, org.New{Code: fmt.Sprintf("B%04d", i+1), Name: fmt.Sprintf("Cơ quan %d", i+1), Kind: org.Department,
				Sort: i + 1, ValidFrom: calendar.On(2020, 1, 1)})
			if err != nil {
				return err
			}
			ids = append(ids, body.ID)
		}
		r, err := report.CreateRegime(tx, system, report.NewRegime{Code: "bench", Name: "Đo", Content: "Đo", Receiver: ban.ID,
			Kind: calendar.Month, Cutoff: calendar.Calendar, WorkingDays: 2, Channel: "API"})
		if err != nil {
			return err
		}
		if _, err := report.SaveForm(tx, system, r.ID, benchForm(), 0); err != nil {
			return err
		}
		if err := report.Assign(tx, system, r.ID, ids, calendar.On(2020, 1, 1), ""); err != nil {
			return err
		}
		return report.Activate(tx, system, r.ID, calendar.MustPeriod("2020-01"))
	}))
	for _, month := range []string{"2024-01", "2024-02", "2024-03", "2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03"} {
		importMonths(b, d, size, month)
	}
	must(b, d.WriteLong(b.Context(), func(tx *db.Tx) error {
		for m := 4; m <= 12; m++ {
			if _, err := report.Open(tx, system, "bench", calendar.MustPeriod(fmt.Sprintf("2025-%02d", m))); err != nil {
				return err
			}
		}
		return nil
	}))
	return d, clock
}

func benchCSV(size int, months ...string) []byte {
	var csv bytes.Buffer
	csv.WriteString("org,period,indicator,value,estimate\n")
	for _, month := range months {
		for i := range size {
			if (i+len(month)+int(month[6]))%25 == 0 {
				continue // about 4 % missing
			}
			for n := 1; n <= 60; n++ {
				if n%10 == 0 {
					continue
				}
				fmt.Fprintf(&csv, "B%04d,%s,I%02d,%d.%02d,\n", i+1, month, n, (i*37+n*101)%9000, n)
			}
		}
	}
	return csv.Bytes()
}

func importMonths(b testing.TB, d *db.DB, size int, months ...string) report.ImportResult {
	var got report.ImportResult
	must(b, d.WriteLong(b.Context(), func(tx *db.Tx) (err error) {
		got, err = report.ImportValues(tx, system, "bench", bytes.NewReader(benchCSV(size, months...)), nil)
		return err
	}))
	return got
}

func must(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func reading(b *testing.B, d *db.DB, fn func(tx *db.Tx) error) {
	b.Helper()
	must(b, d.Read(context.Background(), fn))
}

func BenchmarkReading(b *testing.B) {
	for _, size := range []int{400, 3300} {
		d, _ := benchOffice(b, size)
		b.Run(fmt.Sprintf("quarter with both comparisons/%d", size), func(b *testing.B) {
			for b.Loop() {
				reading(b, d, func(tx *db.Tx) error {
					_, err := consolidation.AddUp(tx, system, "bench", calendar.MustPeriod("2025-Q1"), report.Accepted)
					return err
				})
			}
		})
		b.Run(fmt.Sprintf("completeness of 12 as JSON/%d", size), func(b *testing.B) {
			for b.Loop() {
				reading(b, d, func(tx *db.Tx) error {
					_, err := report.CompletenessJSON(tx, system, "bench", 12)
					return err
				})
			}
		})
		i := 0
		b.Run(fmt.Sprintf("submit, then completeness of 12 as JSON/%d", size), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				benchSubmit(b, d, "2025-06", i%size)
				i++
				b.StartTimer()
				reading(b, d, func(tx *db.Tx) error {
					_, err := report.CompletenessJSON(tx, system, "bench", 12)
					return err
				})
			}
		})
		b.Run(fmt.Sprintf("submit by one client/%d", size), func(b *testing.B) {
			for b.Loop() {
				benchSubmit(b, d, "2025-07", i%size)
				i++
			}
		})
		b.Run(fmt.Sprintf("submit by 16 clients/%d", size), func(b *testing.B) {
			prepared := make([]report.Prepared, size)
			for n := range prepared {
				prepared[n] = benchPrepare(b, d, "2025-08", n)
			}
			b.SetParallelism(8) // times two processors
			var n atomic.Int64
			b.ResetTimer()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					if err := d.Write(context.Background(), func(tx *db.Tx) error {
						_, err := report.Submit(tx, system, prepared[int(n.Add(1))%size])
						return err
					}); err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
		b.Run(fmt.Sprintf("accept, one at a time/%d", size), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				r := benchSubmit(b, d, "2025-02", i%size)
				i++
				b.StartTimer()
				must(b, d.Write(b.Context(), func(tx *db.Tx) error { return report.Accept(tx, system, r.ID) }))
			}
		})
	}
}

func benchPrepare(b *testing.B, d *db.DB, month string, i int) report.Prepared {
	in := report.Input{Values: make(map[string]*string, 60), Sections: []report.SectionText{{Section: "results", Sector: "S1",
		Paragraphs: []string{"Trong tháng, cơ quan đã triển khai các nhiệm vụ theo kế hoạch và đạt kết quả đề ra."}}}}
	for n := 1; n <= 60; n++ {
		if n%10 != 0 {
			v := fmt.Sprintf("%d.%02d", (i*37+n*101)%9000, n)
			in.Values[fmt.Sprintf("I%02d", n)] = &v
		}
	}
	var p report.Prepared
	reading(b, d, func(tx *db.Tx) (err error) {
		p, err = report.Prepare(tx, system, "bench", calendar.MustPeriod(month), fmt.Sprintf("B%04d", i+1), in)
		return err
	})
	return p
}

func benchSubmit(b *testing.B, d *db.DB, month string, i int) report.Receipt {
	p := benchPrepare(b, d, month, i)
	var r report.Receipt
	must(b, d.Write(b.Context(), func(tx *db.Tx) (err error) {
		r, err = report.Submit(tx, system, p)
		return err
	}))
	return r
}

func BenchmarkImportOfAYear(b *testing.B) {
	d, _ := benchOffice(b, 400)
	months := make([]string, 12)
	for m := range months {
		months[m] = fmt.Sprintf("2023-%02d", m+1)
	}
	csv := benchCSV(400, months...)
	values := 0
	for b.Loop() {
		must(b, d.WriteLong(b.Context(), func(tx *db.Tx) error {
			got, err := report.ImportValues(tx, system, "bench", bytes.NewReader(csv), nil)
			values += got.New + got.Unchanged
			return err
		}))
	}
	b.ReportMetric(float64(values)/b.Elapsed().Seconds(), "values/s")
}
