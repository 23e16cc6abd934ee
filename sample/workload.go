package sample

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/id"
	"giaoban/org"
	"giaoban/people"
	"giaoban/report"
	"giaoban/task"
)

// Sizes of the workload by which speed is measured: how many bodies report.
var Sizes = map[string]int{"S": 30, "M": 400, "L": 3300}

// What every size has beside its bodies.
const (
	BenchRegime     = "bench"
	benchIndicators = 60
	benchSectors    = 6
	benchTasks      = 100_000
	taskChunk       = 2_000 // in one commit
)

// ErrNotEmpty refuses a place where somebody already works.
var ErrNotEmpty = errors.New("nơi này đã có dữ liệu; dữ liệu đo tốc độ chỉ đổ vào một nơi còn trống")

// Fill puts the workload into an empty database: bodies B0001…, one monthly regime with 60 indicators and one text
// section, accepted reports of the years 2021 to 2025 with about 4 % missing, every month of 2026 open, 100,000 tasks.
// It gives an API token of an officer who may hand in for any body. progress gets the name of each stage and how far it
// is; it may be nil.
func Fill(ctx context.Context, d *db.DB, bodies int, progress func(stage string, done, of int)) (token string, err error) {
	return fillWith(ctx, d, bodies, benchTasks, progress)
}

func fillWith(ctx context.Context, d *db.DB, bodies, tasks int, progress func(stage string, done, of int)) (token string, err error) {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	clock := &db.Clock{}
	clock.Set(at("2020-12-01", "08:00"))
	back := d.LiveBy(clock.Now, id.Seeded("Giao Ban, dữ liệu đo"))
	defer back()
	w := &workload{ctx: ctx, d: d, clock: clock, by: access.System("dữ liệu đo tốc độ"), progress: progress}
	for _, stage := range []func() error{func() error { return w.found(bodies) }, w.past, func() error { return w.tasks(tasks) }, w.future} {
		if err := stage(); err != nil {
			return "", err
		}
	}
	back() // the token is of today, not of the sample's clock
	err = d.Write(ctx, func(tx *db.Tx) (err error) {
		token, _, err = people.AddToken(tx, w.by, access.CommissionOfficer, "", true, "Đo tốc độ")
		return err
	})
	return token, err
}

type workload struct {
	ctx      context.Context
	d        *db.DB
	clock    *db.Clock
	by       access.Actor
	bodies   []org.Body
	progress func(stage string, done, of int)
}

func (w *workload) long(fn func(tx *db.Tx) error) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	return w.d.WriteLong(w.ctx, fn)
}

// found makes the commission, the bodies and the regime.
func (w *workload) found(bodies int) error {
	return w.long(func(tx *db.Tx) error {
		some, err := tx.Exists("select 1 from body")
		if err != nil {
			return err
		}
		if some {
			return ErrNotEmpty
		}
		if err := org.Set(tx, w.by, org.Banner, Mark); err != nil {
			return err
		}
		commission, err := org.Create(tx, w.by, org.New{Code: BTGTU, Kind: org.Commission, Name: "Ban Tuyên giáo Tỉnh ủy", Place: "Khánh Hòa",
			Sort: 1, ValidFrom: date("2000-01-01")})
		if err != nil {
			return err
		}
		for i := range bodies {
			code := fmt.Sprintf("B%04d", i+1)
			b, err := org.Create(tx, w.by, org.New{Code: code, Kind: org.Department, Name: "Đơn vị mẫu " + code, Place: "Khánh Hòa", Sort: i + 2,
				ValidFrom: date("2000-01-01")})
			if err != nil {
				return err
			}
			w.bodies = append(w.bodies, b)
			if i%200 == 0 {
				w.progress("Cơ quan", i, bodies)
			}
		}
		regime, err := report.CreateRegime(tx, w.by, report.NewRegime{Code: BenchRegime, Name: "Báo cáo tháng để đo tốc độ", Content: "60 chỉ tiêu, sáu lĩnh vực",
			Receiver: commission.ID, Kind: calendar.Month, Cutoff: calendar.Calendar, WorkingDays: 5, Channel: "Gửi trong chương trình", Basis: Mark})
		if err != nil {
			return err
		}
		if _, err := report.SaveForm(tx, w.by, regime.ID, benchOutline(), 0); err != nil {
			return err
		}
		ids := make([]db.ID, len(w.bodies))
		for i, b := range w.bodies {
			ids[i] = b.ID
		}
		if err := report.Assign(tx, w.by, regime.ID, ids, date("2021-01-01"), Mark); err != nil {
			return err
		}
		return report.Activate(tx, w.by, regime.ID, calendar.MustPeriod("2021-01"))
	})
}

func benchOutline() report.Outline {
	o := report.Outline{Sections: []report.Section{{Code: report.SectionResults, Name: report.SectionName(report.SectionResults)}}}
	for i := range benchSectors {
		o.Sectors = append(o.Sectors, report.Sector{Code: fmt.Sprintf("S%d", i+1), Name: fmt.Sprintf("Lĩnh vực %d", i+1)})
	}
	for i := range benchIndicators {
		o.Indicators = append(o.Indicators, report.Indicator{Code: fmt.Sprintf("I%02d", i+1), Name: fmt.Sprintf("Chỉ tiêu %d", i+1),
			Sector: o.Sectors[i%benchSectors].Code, Unit: "đơn vị", Decimals: 2, Aggregation: report.Sum, Direction: report.NoDirection, Fraction: report.NoFraction})
	}
	return o
}

// dice is the chance of one body and period, the same on every machine.
func dice(words ...string) *rand.Rand {
	h := fnv.New64a()
	for _, w := range words {
		h.Write([]byte(w))
	}
	return rand.New(rand.NewPCG(h.Sum64(), 20260527))
}

// past enters five years of accepted reports, a month at a time.
func (w *workload) past() error {
	months := periodsOf(calendar.Month, "2021-01", "2025-12")
	values := make([]report.Value, benchIndicators)
	for n, p := range months {
		w.clock.Set(on(p.Last().AddDays(5), 10, 0))
		if err := w.long(func(tx *db.Tx) error {
			im, err := report.NewImport(tx, w.by, BenchRegime)
			if err != nil {
				return err
			}
			for _, b := range w.bodies {
				r := dice(b.Code, p.String())
				if r.IntN(100) < 4 {
					continue
				}
				for i := range values {
					values[i] = report.Value{Set: r.IntN(100) > 0, Figure: r.Int64N(10_000_00), Estimate: r.IntN(50) == 0}
				}
				if err := im.Put(tx, b.Code, p, values, []report.SectionText{{Section: report.SectionResults, Sector: fmt.Sprintf("S%d", 1+r.IntN(benchSectors)),
					Paragraphs: []string{fmt.Sprintf("Trong %s, %s hoàn thành %d phần việc theo kế hoạch, %d phần chuyển kỳ sau.", p.Name(), b.Name, 5+r.IntN(20), r.IntN(6))}}}); err != nil {
					return err
				}
			}
			_, err = report.WriteImport(tx, w.by, im, nil)
			return err
		}); err != nil {
			return err
		}
		w.progress("Báo cáo", n+1, len(months))
	}
	return nil
}

// tasks assigns tasks at the beginning of 2026: one in fifty falls due in January, the others in the years after, one in
// ten is in its body's hands.
func (w *workload) tasks(count int) error {
	w.clock.Set(at("2026-01-05", "13:00"))
	first := date("2026-01-06")
	for begin := 0; begin < count; begin += taskChunk {
		end := min(begin+taskChunk, count)
		if err := w.long(func(tx *db.Tx) error {
			for i := begin; i < end; i++ {
				lead := w.bodies[i%len(w.bodies)]
				r := dice("nhiệm vụ", fmt.Sprint(i))
				due := first.AddDays(365 + r.IntN(2000))
				if i/len(w.bodies)%50 == 0 {
					due = first.AddDays(r.IntN(20))
				}
				t, err := task.Assign(tx, w.by, task.New{Mode: task.Requested, Title: fmt.Sprintf("Nhiệm vụ mẫu %d", i+1), Product: "Báo cáo kết quả",
					Lead: lead.ID, Due: due})
				if err != nil {
					return err
				}
				if i%10 == 0 {
					if err := task.Receive(tx, access.Actor{Person: t.ID, Name: lead.Name, Role: access.AgencyOfficer, Body: lead.ID, BodyCode: lead.Code}, t.ID); err != nil {
						return err
					}
				}
			}
			return nil
		}); err != nil {
			return err
		}
		w.progress("Nhiệm vụ", end, count)
	}
	return nil
}

// future opens every month of 2026.
func (w *workload) future() error {
	months := periodsOf(calendar.Month, "2026-01", "2026-12")
	w.clock.Set(at("2026-01-05", "16:00"))
	for n, p := range months {
		if err := w.long(func(tx *db.Tx) error {
			_, err := report.Open(tx, w.by, BenchRegime, p)
			return err
		}); err != nil {
			return err
		}
		w.progress("Mở kỳ", n+1, len(months))
	}
	return nil
}
