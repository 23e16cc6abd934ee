package programme_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/appraisal"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/programme"
	"giaoban/record"
	"giaoban/sample"
	"giaoban/sample/sampletest"
	"giaoban/task"
)

// on plays a test in the sample province at the end of its story, on both engines.
func on(t *testing.T, test func(t *testing.T, p *sample.Province)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) { test(t, sampletest.Open(t, e, "")) })
	}
}

func write(t *testing.T, p *sample.Province, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := p.DB.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, p *sample.Province, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := p.DB.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// The lines are pasted from a table and typed, with headings between.
const lines = `1. Lĩnh vực Y tế
TT	Nội dung	Chủ trì	Phối hợp	Sản phẩm	Thời gian
1	Tuyên truyền phòng, chống dịch bệnh Covid-19 đến từng hộ gia đình	Sở Y tế	Sở TT&TT, SGDDT	Báo cáo kết quả	hằng quý
2	Tổng kết Nghị quyết số 20-NQ/TW về bảo vệ, chăm sóc sức khỏe nhân dân	SYT		Báo cáo tổng kết	trước ngày 30/11/2022
Lĩnh vực Lao động, thương binh, xã hội và trẻ em:
- Truyền thông Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị về chăm sóc, giáo dục và bảo vệ trẻ em; chủ trì: Sở LĐTBXH; sản phẩm: Báo cáo; thời gian: hằng năm
Chung
Trao đổi thông tin hai chiều về vấn đề báo chí phản ánh; thời gian: thường xuyên`

func begun(t *testing.T, p *sample.Province, n programme.New) (made []programme.Programme) {
	t.Helper()
	if n.Kind == "" {
		n.Kind = programme.OfWork
	}
	if n.Term.IsZero() {
		n.Term = calendar.MustPeriod("2022..2025")
	}
	if n.Parties == nil {
		n.Parties = []db.ID{p.SYT.ID, p.SLDTBXH.ID}
	}
	if n.Lines == "" {
		n.Lines = lines
	}
	write(t, p, func(tx *db.Tx) (err error) { made, err = programme.Begin(tx, p.Officer, n); return err })
	return made
}

func signed(t *testing.T, p *sample.Province, id db.ID) {
	t.Helper()
	write(t, p, func(tx *db.Tx) error {
		parties, err := programme.Parties(tx, p.Officer, id)
		if err != nil {
			return err
		}
		var all []programme.Signed
		for _, one := range parties {
			all = append(all, programme.Signed{Body: one.Body, Signer: "Người ký " + string(one.Body[20:]), Title: "Giám đốc"})
		}
		return programme.NoteSignatures(tx, p.Officer, id, calendar.On(2022, 3, 10), "01-CTr/BTGTU-SYT", all)
	})
}

func TestAPastedTableBecomesLines(t *testing.T) {
	on(t, func(t *testing.T, p *sample.Province) {
		one := begun(t, p, programme.New{})[0]
		var all []programme.Line
		read(t, p, func(tx *db.Tx) (err error) { all, err = programme.Lines(tx, p.Officer, one.ID); return err })
		var got []string
		for _, l := range all {
			got = append(got, fmt.Sprintf("%s|%t|%d|%s|%s|%s", l.Sector, l.Lead != "", len(l.With), l.Product, l.Frequency, l.Due))
		}
		want := []string{"|false|0||year|", "YT|true|2|Báo cáo kết quả|quarter|", "YT|true|0|Báo cáo tổng kết||2022-11-30", "LD|true|0|Báo cáo|year|"}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("lines %q", got)
		}
		// What nobody answers to is named with its row, and nothing is entered.
		err := p.DB.Write(t.Context(), func(tx *db.Tx) error {
			_, err := programme.AddLines(tx, p.Officer, one.ID, one.Version, "Việc mới; chủ trì: Sở Phép thuật", "")
			return err
		})
		if !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "Dòng 1: “Sở Phép thuật”") {
			t.Errorf("%v", err)
		}
		// Each programme is seen by who agreed on it.
		read(t, p, func(tx *db.Tx) error {
			if _, err := programme.Find(tx, p.Actor("syt"), one.ID); err != nil {
				t.Errorf("Sở Y tế: %v", err)
			}
			if _, err := programme.Find(tx, p.AgencyOfficer(p.SGDDT), one.ID); !fault.Is(err, fault.KindMissing) {
				t.Errorf("Sở Giáo dục: %v", err)
			}
			return nil
		})
	})
}

// A ceremony signs one programme with each body on a common frame; each has its own parties, number and signatures.
func TestACeremonySignsProgrammesOnOneFrame(t *testing.T) {
	on(t, func(t *testing.T, p *sample.Province) {
		var ceremony conference.Conference
		write(t, p, func(tx *db.Tx) (err error) {
			ceremony, err = conference.Plan(tx, p.Officer, conference.New{Type: "programme_signing", Title: "Hội nghị ký kết chương trình phối hợp giai đoạn 2022 - 2025",
				HeldOn: calendar.On(2022, 3, 31), Place: "Hội trường Ban"})
			return err
		})
		made := begun(t, p, programme.New{Apart: true, Conference: ceremony.ID, Frame: "Phối hợp chặt chẽ, thường xuyên.", Lines: "Trao đổi thông tin; thời gian: hằng quý",
			Parties: []db.ID{p.SYT.ID, p.SGDDT.ID, p.STTTT.ID}})
		if len(made) != 3 || !strings.Contains(made[0].Subject, "Sở ") || made[0].Frame != made[2].Frame {
			t.Fatalf("%+v", made)
		}
		for _, one := range made {
			signed(t, p, one.ID)
		}
		read(t, p, func(tx *db.Tx) error {
			all, err := programme.OfConference(tx, p.Officer, ceremony.ID)
			for _, one := range all {
				if one.StateOn(calendar.On(2022, 4, 1)) != programme.InForce || one.Symbol == "" || one.Parties != 2 {
					t.Errorf("%+v", one)
				}
			}
			if len(all) != 3 {
				t.Errorf("%d programmes", len(all))
			}
			g, walkErr := record.Walk(tx, p.Officer, "briefing", ceremony.ID, 3)
			if walkErr != nil || len(g.Descendants) != 3 {
				t.Errorf("the ceremony leads to %+v %v", g.Descendants, walkErr)
			}
			return err
		})
		// The paper bears both names, both symbols and, once signed, both signatures.
		write(t, p, func(tx *db.Tx) error {
			draft, err := programme.Draft(tx, p.Officer, made[0].ID, programme.RoleProgramme, 0, paper.Signature{})
			if err != nil {
				return err
			}
			if _, err := record.Sign(tx, p.Leader, draft.ID, paper.Signature{Signer: string(p.Leader.Person)}); err != nil {
				return err
			}
			d, err := paper.Document(tx, p.Officer, draft.ID)
			if len(d.Joint) != 1 || !strings.Contains(d.BodySymbol, "-") || len(d.Signers) != 2 || d.Signers[0].Name == "" || d.Signers[1].Name == "" {
				t.Errorf("%+v %s %+v", d.Joint, d.BodySymbol, d.Signers)
			}
			return err
		})
	})
}

// The signed plan of a year gives its lines as tasks; what comes of them shows on the lines, and lineage leads from the directive to
// the review of the term and back.
func TestFromADirectiveToTheReviewOfTheTerm(t *testing.T) {
	on(t, func(t *testing.T, p *sample.Province) {
		one := begun(t, p, programme.New{})[0]
		signed(t, p, one.ID)
		var all []programme.Line
		read(t, p, func(tx *db.Tx) (err error) { all, err = programme.Lines(tx, p.Officer, one.ID); return err })
		of := func(words string) programme.Line {
			return all[slices.IndexFunc(all, func(l programme.Line) bool { return strings.Contains(l.Words, words) })]
		}
		children := of("trẻ em")
		var plan paper.Paper
		write(t, p, func(tx *db.Tx) (err error) {
			if err = programme.SetPlan(tx, p.Officer, one.ID, 2022, []programme.PlanLine{{Line: children.ID, On: calendar.On(2022, 10, 31)},
				{Line: of("Covid-19").ID, On: calendar.On(2022, 1, 15)}, // over when the plan comes out
				{Line: of("hai chiều").ID, LeftOut: true, Reason: "Làm thường xuyên"}}); err != nil {
				return err
			}
			plan, err = programme.Draft(tx, p.Officer, one.ID, programme.RolePlan, 2022, paper.Signature{Signer: string(p.Leader.Person)})
			return err
		})
		write(t, p, func(tx *db.Tx) error {
			ahead, err := record.Ahead(tx, p.Officer, plan.ID)
			if ahead.Tasks != 2 {
				t.Errorf("ahead %+v", ahead)
			}
			if err != nil {
				return err
			}
			if _, err := record.Sign(tx, p.Leader, plan.ID, paper.Signature{}); err != nil {
				return err
			}
			if _, err := paper.EnterNumber(tx, p.Clerk, plan.ID, 61, calendar.OfInstant(tx.Clock())); err != nil {
				return err
			}
			_, err = record.Release(tx, p.Clerk, plan.ID)
			return err
		})
		var table programme.Table
		progress := func() {
			read(t, p, func(tx *db.Tx) (err error) { table, err = programme.ProgressOf(tx, p.Officer, one.ID); return err })
		}
		progress()
		if got := table.At(children.ID, 2022); got.Tasks != 1 || got.State() != programme.MarkGoing {
			t.Errorf("%+v", got)
		}
		var given db.ID
		read(t, p, func(tx *db.Tx) error {
			g, err := record.Walk(tx, p.Officer, "programme_line", children.ID, 4)
			for _, b := range g.Descendants {
				if b.Node.Kind == "task" {
					given = b.Node.ID
				}
			}
			if !slices.ContainsFunc(g.Ancestors, func(b lineage.Branch) bool { return b.Node.Kind == "directive" }) {
				t.Errorf("no directive above the line: %+v", g.Ancestors)
			}
			return err
		})
		write(t, p, func(tx *db.Tx) error {
			by := p.AgencyOfficer(p.SLDTBXH)
			if err := task.Receive(tx, by, given); err != nil {
				return err
			}
			return task.Complete(tx, by, given, task.Evidence{Note: "Đã truyền thông ở 32 xã", Paper: "Báo cáo số 210/BC-SLĐTBXH ngày 25/3/2022"})
		})
		progress()
		if got := table.At(children.ID, 2022); got.Done != 1 || got.State() != programme.MarkDone {
			t.Errorf("%+v", got)
		}
		// Where something derives, nobody types a state; where nothing does, a proof is asked for.
		refused := func(kind fault.Kind, words string, fn func(tx *db.Tx) error) {
			t.Helper()
			if err := p.DB.Write(t.Context(), fn); !fault.Is(err, kind) || !strings.Contains(err.Error(), words) {
				t.Errorf("%v, not %q", err, words)
			}
		}
		refused(fault.KindConflict, "tính từ đó", func(tx *db.Tx) error {
			return programme.SayOf(tx, p.Officer, children.ID, 2022, programme.MarkNone, "", "")
		})
		refused(fault.KindInvalid, "Cần ghi căn cứ", func(tx *db.Tx) error {
			return programme.SayOf(tx, p.Officer, of("hai chiều").ID, 2022, programme.MarkDone, "", "")
		})
		write(t, p, func(tx *db.Tx) error {
			return programme.SayOf(tx, p.Officer, of("hai chiều").ID, 2022, programme.MarkDone, "12 bản tin đã gửi", "")
		})
		// The review of the term names the task as its source, and the walk goes back from the paper to the directive.
		write(t, p, func(tx *db.Tx) error {
			review, err := programme.ReviewOf(tx, p.Officer, one.ID)
			if review.Lines != 4 || review.Touched != 3 {
				t.Errorf("%+v", review)
			}
			if err != nil {
				return err
			}
			d, err := programme.Draft(tx, p.Officer, one.ID, programme.RoleTerm, 0, paper.Signature{})
			if err != nil {
				return err
			}
			g, err := record.Walk(tx, p.Officer, "paper", d.ID, 6)
			if found := kinds(g.Ancestors); !found["task"] || !found["programme_line"] || !found["directive"] {
				t.Errorf("the review leads back to %v", found)
			}
			if err != nil {
				return err
			}
			c, err := programme.PlanReviewConference(tx, p.Officer, one.ID, calendar.On(2022, 6, 30), "Hội trường Ban")
			if err != nil {
				return err
			}
			pack, err := conference.Compose(tx, p.Officer, c.ID)
			if len(pack.Papers) != 1 || len(pack.Papers[0].Paragraphs) < 8 {
				t.Errorf("the pack holds %+v", pack.Papers)
			}
			return err
		})
		// What goes on stands in the draft of the next term, led to from the line before.
		write(t, p, func(tx *db.Tx) error {
			if err := programme.SayNext(tx, p.Officer, one.ID, []programme.Next{{Line: children.ID, Ahead: programme.Continues}}); err != nil {
				return err
			}
			next, err := programme.Renew(tx, p.Officer, one.ID, calendar.MustPeriod("2026..2030"), "Y tế\nPhòng bệnh ở cơ sở")
			if err != nil {
				return err
			}
			kept, err := programme.Lines(tx, p.Officer, next.ID)
			if len(kept) != 2 || !slices.ContainsFunc(kept, func(l programme.Line) bool { return l.Origin == children.ID }) || next.Renews != one.ID {
				t.Errorf("%+v", kept)
			}
			return err
		})
	})
}

func kinds(all []lineage.Branch) map[string]bool {
	found := make(map[string]bool)
	for _, b := range all {
		found[b.Node.Kind] = true
		for k := range kinds(b.Branches) {
			found[k] = true
		}
	}
	return found
}

// A paragraph of an accepted report that speaks of a line is proposed with the words that made the proposal; only a person's word
// puts it there.
func TestAParagraphIsProposedAndConfirmed(t *testing.T) {
	on(t, func(t *testing.T, p *sample.Province) {
		one := begun(t, p, programme.New{})[0]
		signed(t, p, one.ID)
		var found []programme.Speaking
		read(t, p, func(tx *db.Tx) (err error) {
			found, _, err = programme.Propose(tx, p.Officer, one.ID, 2022)
			return err
		})
		if len(found) == 0 {
			t.Fatal("nothing is proposed")
		}
		for _, s := range found {
			if s.Body != p.SYT.ID && s.Body != p.SLDTBXH.ID && s.Body != p.STTTT.ID && s.Body != p.SGDDT.ID { // parties and whom a line names
				t.Errorf("a paragraph of a body that agreed on nothing: %+v", s)
			}
			if s.Why == "" || s.Words == "" {
				t.Errorf("%+v", s)
			}
		}
		write(t, p, func(tx *db.Tx) error {
			no := found[0].Decision
			no.Speaks = false
			all := []programme.Decision{no}
			for _, s := range found[1:] {
				all = append(all, s.Decision)
			}
			taken, err := programme.Decide(tx, p.Officer, one.ID, all)
			if taken != len(found)-1 {
				t.Errorf("%d of %d", taken, len(found))
			}
			return err
		})
		read(t, p, func(tx *db.Tx) error {
			again, _, err := programme.Propose(tx, p.Officer, one.ID, 2022)
			if len(again) != 0 {
				t.Errorf("proposed again: %+v", again)
			}
			return err
		})
		// From the line to the report, and from the review of the term back to it.
		write(t, p, func(tx *db.Tx) error {
			g, err := record.Walk(tx, p.Officer, "programme_line", found[1].Line, 3)
			if !kinds(g.Descendants)["submission"] {
				t.Errorf("the line leads to %+v", g.Descendants)
			}
			if err != nil {
				return err
			}
			review, err := programme.Draft(tx, p.Officer, one.ID, programme.RoleTerm, 0, paper.Signature{})
			if err != nil {
				return err
			}
			g, err = record.Walk(tx, p.Officer, "paper", review.ID, 4)
			if back := kinds(g.Ancestors); !back["submission"] || !back["programme_line"] {
				t.Errorf("the review leads back to %v", back)
			}
			return err
		})
	})
}

// Derived progress is what anybody counts who goes through the records one by one: 1,000 random programmes of evidence.
func TestProgressIsTheCountOfTheRecords(t *testing.T) {
	on(t, func(t *testing.T, p *sample.Province) {
		one := begun(t, p, programme.New{})[0]
		signed(t, p, one.ID)
		var all []programme.Line
		read(t, p, func(tx *db.Tx) (err error) { all, err = programme.Lines(tx, p.Officer, one.ID); return err })
		states := []string{"open", "accepted", "done", "closed", "returned", "withdrawn"}
		write(t, p, func(tx *db.Tx) error { // 12 tasks in all states
			for i := range 12 {
				t, err := programme.Give(tx, p.Officer, all[1+i%3].ID, calendar.On(2022, 5, 1+i))
				if err != nil {
					return err
				}
				state := states[i%len(states)]
				live := state != "closed" && state != "withdrawn"
				if _, err := tx.Exec("update task_side set state = ?, live = ?, running = ? where task = ?", state, live, live && state != "done", t.ID); err != nil {
					return err
				}
			}
			return nil
		})
		var tasks []struct {
			ID    db.ID  `db:"task"`
			State string `db:"state"`
		}
		read(t, p, func(tx *db.Tx) error {
			return tx.Select(&tasks, "select s.task, s.state from task_side s join programme_evidence e on e.record = s.task where s.leads order by s.task")
		})
		random := rand.New(rand.NewPCG(2022, 4))
		for round := range 1000 {
			type row struct {
				line    programme.Line
				year    int
				kind    string
				how     programme.How
				task    int
				settled string
			}
			var rows []row
			err := p.DB.Write(t.Context(), func(tx *db.Tx) error {
				if _, err := tx.Exec("delete from programme_evidence where programme = ?", one.ID); err != nil {
					return err
				}
				for n := range random.IntN(9) {
					r := row{line: all[random.IntN(len(all))], year: 2022 + random.IntN(3), settled: []string{"yes", "yes", "no", ""}[random.IntN(4)]}
					r.kind = []string{"task", "submission", "paper", "briefing", ""}[random.IntN(5)]
					record, place := fmt.Sprintf("r%d", n), ""
					switch r.kind {
					case "task":
						r.task = random.IntN(len(tasks))
						record, place, r.how = string(tasks[r.task].ID), fmt.Sprint(n), programme.Made
					case "":
						place, record, r.how = fmt.Sprint(n), "", programme.Archive
					default:
						r.how = programme.Proposed
					}
					rows = append(rows, r)
					if _, err := tx.Exec(`
insert into programme_evidence (id, programme, line, sector, kind, record, place, label, words, day, how, why, at, by_name, settled, settled_at, settled_by)
values (?, ?, ?, '', ?, ?, ?, '', '', ?, ?, '', ?, '', ?, null, '')`, tx.NewID(), one.ID, r.line.ID, r.kind, record, place,
						calendar.On(r.year, time.Month(1+random.IntN(12)), 5), string(r.how), tx.Now(), r.settled); err != nil {
						return err
					}
				}
				table, err := programme.ProgressOf(tx, p.Officer, one.ID)
				if err != nil {
					return err
				}
				for _, l := range all {
					for year := 2022; year < 2025; year++ {
						var want programme.Progress
						for _, r := range rows {
							if r.line.ID != l.ID || r.year != year || r.settled == "no" {
								continue
							}
							withdrawn := r.kind == "task" && tasks[r.task].State == "withdrawn"
							switch {
							case withdrawn:
							case r.settled == "":
								want.Waiting++
							case r.kind == "task":
								want.Tasks++
								if s := tasks[r.task].State; s == "done" || s == "closed" {
									want.Done++
								}
							case r.kind == "":
								want.Old++
							case r.kind == "submission":
								want.Told++
							default:
								want.Others++
							}
						}
						if got := table.At(l.ID, year); got != want {
							return fmt.Errorf("round %d, %s %d: %+v, want %+v", round, l.Words, year, got, want)
						}
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// The Department of Labour was merged away: the programme stands as it was signed and says who does each part now, since when.
func TestAPartyThatIsNoMoreShowsWhoStandsInItsPlace(t *testing.T) {
	on(t, func(t *testing.T, p *sample.Province) {
		one := begun(t, p, programme.New{})[0]
		signed(t, p, one.ID)
		p.Clock.Set(calendar.On(2025, 3, 3).StartOfDay())
		write(t, p, func(tx *db.Tx) error {
			_, err := org.Announce(tx, p.Admin, org.NewChange{Kind: org.Merged, Day: calendar.On(2025, 3, 1), Basis: "Nghị quyết số 01/NQ-HĐND, ngày 20/02/2025",
				Parts: []org.NewPart{{From: p.SLDTBXH.ID, To: p.SNV.ID}, {From: p.SLDTBXH.ID, To: p.SYT.ID, Function: "tre-em"}}})
			return err
		})
		read(t, p, func(tx *db.Tx) error {
			parties, err := programme.Parties(tx, p.Officer, one.ID)
			if err != nil {
				return err
			}
			all, err := programme.Lines(tx, p.Officer, one.ID)
			if err != nil {
				return err
			}
			then, err := programme.Stands(tx, p.Officer, parties, all, calendar.On(2025, 2, 28))
			if len(then) != 0 {
				t.Errorf("before the day: %+v", then)
			}
			if err != nil {
				return err
			}
			now, err := programme.Stands(tx, p.Officer, parties, all, calendar.On(2025, 3, 3))
			s := now[p.SLDTBXH.ID]
			if len(s) != 1 || s[0].Body != p.SYT.ID || s[0].Since != calendar.On(2025, 3, 1) || len(now) != 1 {
				t.Errorf("now: %+v", now)
			}
			if _, err := programme.Find(tx, p.AgencyOfficer(p.SYT), one.ID); err != nil {
				t.Errorf("%v", err)
			}
			return err
		})
	})
}

// Nothing keeps how far a line has come: neither a column of the tables nor a field a person could fill.
func TestNoPercentageIsKept(t *testing.T) {
	p := sampletest.Open(t, dbtest.Engines(t)[0], "")
	read(t, p, func(tx *db.Tx) error {
		tables, err := tx.Tables()
		if err != nil {
			return err
		}
		for _, table := range tables {
			var columns []string
			if err := tx.Select(&columns, "select name from pragma_table_info(?)", table); err != nil {
				return err
			}
			for _, c := range columns {
				if stored(table, c) {
					t.Errorf("%s.%s keeps how far something has come", table, c)
				}
			}
		}
		return nil
	})
	for _, planted := range []string{"progress", "percent_done", "completion_rate", "tien_do", "pct"} {
		if !stored("programme_line", planted) {
			t.Errorf("%s is not seen", planted)
		}
	}
}

func stored(table, column string) bool {
	for _, word := range []string{"percent", "progress", "pct", "_rate", "tien_do", "_ratio"} {
		if strings.Contains(column, word) {
			return true
		}
	}
	return false
}

// A regulation lays down duties; what agencies report becomes a regime of its parties, which drafts they send a rule, once each.
func TestTheDutiesOfARegulationBecomeRegimesAndRules(t *testing.T) {
	on(t, func(t *testing.T, p *sample.Province) {
		var one programme.Programme
		write(t, p, func(tx *db.Tx) error {
			made, err := programme.Begin(tx, p.Officer, programme.New{Kind: programme.Regulation, From: calendar.On(2022, 3, 1), Parties: []db.ID{p.SYT.ID, p.SGDDT.ID},
				Duties: "Các cơ quan: báo cáo tháng; thời gian: trước ngày 20\nCác cơ quan: gửi dự thảo để thẩm định trước khi trình\nBan: trả lời kiến nghị; thời gian: 15 ngày"})
			if err == nil {
				one = made[0]
			}
			return err
		})
		var duties []programme.Duty
		read(t, p, func(tx *db.Tx) (err error) { duties, err = programme.Duties(tx, p.Officer, one.ID); return err })
		if len(duties) != 3 || duties[0].Kind != programme.ToReport || duties[1].Kind != programme.ToAppraise || !duties[2].ByCommission() || duties[0].Time != "trước ngày 20" {
			t.Fatalf("%+v", duties)
		}
		regime := func(tx *db.Tx) error {
			_, err := programme.MakeRegime(tx, p.Officer, one.ID, duties[0].ID, "qc-thang", calendar.Month)
			return err
		}
		if err := p.DB.Write(t.Context(), regime); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a draft lays nothing down: %v", err)
		}
		signed(t, p, one.ID)
		write(t, p, regime)
		if err := p.DB.Write(t.Context(), regime); !fault.Is(err, fault.KindConflict) {
			t.Errorf("made twice: %v", err)
		}
		write(t, p, func(tx *db.Tx) error {
			if err := programme.MakeRule(tx, p.Officer, one.ID, duties[1].ID, appraisal.ToParty, 7); err != nil {
				return err
			}
			all, err := appraisal.Rules(tx, p.Officer)
			if !slices.ContainsFunc(all, func(r appraisal.Rule) bool {
				return r.Days == 7 && strings.HasPrefix(r.Basis, "Quy chế phối hợp")
			}) {
				t.Errorf("%+v", all)
			}
			return err
		})
	})
}
