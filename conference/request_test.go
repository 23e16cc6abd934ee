package conference_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/task"
)

// seven adds five departments that are invited beside the two, and gives all seven.
func (o *office) seven(t *testing.T) []db.ID {
	t.Helper()
	ids := []db.ID{o.soYTe, o.soLD}
	o.write(t, func(tx *db.Tx) error {
		b, err := conference.Find(tx, o.officer, o.id)
		if err != nil {
			return err
		}
		plan := o.plan()
		for i, name := range []string{"Khoa học", "Giáo dục", "Văn hóa", "Môi trường", "Thông tin"} {
			made, err := org.Create(tx, setup, org.New{Code: fmt.Sprintf("S%d", i+1), Name: "Sở " + name, ShortName: "Sở " + name, Symbol: fmt.Sprintf("S%d", i+1),
				Place: "Khánh Hòa", Kind: org.Department, Sort: 10 + i, ValidFrom: calendar.On(2010, 1, 1)})
			if err != nil {
				return err
			}
			ids = append(ids, made.ID)
			plan.Invitees = append(plan.Invitees, conference.Invitee{Body: made.ID, Who: "Lãnh đạo Sở"})
		}
		_, err = conference.Change(tx, o.officer, o.id, plan, b.Version)
		return err
	})
	return ids
}

// agency is an officer of a body, who works on what it was asked.
func agency(body db.ID) access.Actor {
	return access.Actor{Person: "p" + body, Name: "Chuyên viên", Role: access.AgencyOfficer, Body: body}
}

func TestOneRequestToSevenBodiesIsCountedSevenTimes(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		ids := o.seven(t)
		o.conclude(t,
			conference.Typed{No: 1, Kind: conference.Request, Words: "Yêu cầu các đơn vị nghiên cứu, đề xuất giải pháp thông tin về tiêm chủng", Product: "Văn bản đề xuất",
				Due: "20/5/2022", DueSpoken: true, Cooperation: "các sở\nSYT: Kế hoạch truyền thông, hạn 29/4/2022"})
		p := o.numbered(t)
		if text := o.text(t, p.ID); !strings.Contains(text, "Đề nghị nhiều cơ quan, đơn vị cùng thực hiện") ||
			!strings.Contains(text, "Kế hoạch truyền thông (hạn 29/4/2022)") || !strings.Contains(text, "Sở Thông tin") || !strings.Contains(text, "Yêu cầu các đơn vị") {
			t.Errorf("the notice does not tell the request: %s", text)
		}
		o.write(t, func(tx *db.Tx) error {
			ahead, err := conference.Ahead(tx, o.officer, p)
			if ahead.Tasks != 7 {
				t.Errorf("the release will make %d tasks", ahead.Tasks)
			}
			return err
		})
		for range 2 { // a second release makes nothing more
			o.write(t, func(tx *db.Tx) error { _, err := record.Release(tx, o.clerk, p.ID); return err })
		}
		made := make(map[db.ID]task.Task)
		o.read(t, func(tx *db.Tx) error {
			tasks, _, err := task.List(tx, o.officer, task.Filter{})
			for _, one := range tasks {
				made[one.Lead] = one
			}
			if len(tasks) != 7 || len(made) != 7 {
				t.Errorf("%d tasks for %d bodies", len(tasks), len(made))
			}
			health := made[o.soYTe]
			if health.Product != "Kế hoạch truyền thông" || health.Due != calendar.On(2022, 4, 29) || health.Mode != task.Requested || !health.Noted {
				t.Errorf("of the health department is asked %+v", health)
			}
			if other := made[ids[6]]; other.Product != "Văn bản đề xuất" || other.Due != calendar.On(2022, 5, 20) {
				t.Errorf("of the last one is asked %+v", other)
			}
			return err
		})
		// Five bring it, in different states; one only received it, one has done nothing.
		o.clock.Set(time.Date(2022, 4, 20, 9, 0, 0, 0, db.Vietnam))
		for n, id := range ids[:5] {
			o.write(t, func(tx *db.Tx) error {
				return task.Complete(tx, agency(id), made[id].ID, task.Evidence{Note: "Đã gửi.", Paper: fmt.Sprintf("Công văn số %d/SYT-VP", n+1)})
			})
		}
		o.write(t, func(tx *db.Tx) error { return task.Accept(tx, o.officer, made[ids[0]].ID, "Đủ nội dung.") })
		o.write(t, func(tx *db.Tx) error { return task.Receive(tx, agency(ids[5]), made[ids[5]].ID) })
		o.clock.Set(time.Date(2022, 6, 20, 9, 0, 0, 0, db.Vietnam))
		var next conference.Conference
		o.write(t, func(tx *db.Tx) (err error) {
			next, err = conference.Plan(tx, o.officer, conference.New{Regime: "kg-quy", Period: calendar.MustPeriod("2022-H1")})
			return err
		})
		o.read(t, func(tx *db.Tx) error {
			pack, err := conference.Compose(tx, o.officer, next.ID)
			if err != nil {
				return err
			}
			if len(pack.Results.Tasks) != 0 || len(pack.Results.Requests) != 1 {
				t.Fatalf("%+v", pack.Results)
			}
			asked := pack.Results.Requests[0]
			if asked.Count() != "5/7" || !slices.Equal(asked.Missing, []string{"Sở Môi trường", "Sở Thông tin"}) {
				t.Errorf("%s, missing %v", asked.Count(), asked.Missing)
			}
			if want := "5/7 cơ quan đã có kết quả; còn Sở Môi trường, Sở Thông tin."; !strings.HasSuffix(asked.Said(), want) {
				t.Errorf("said %q", asked.Said())
			}
			var states []string
			for _, s := range asked.Sides {
				states = append(states, s.State)
			}
			if got := strings.Join(states, "|"); got != "Đã ghi nhận|Chờ ghi nhận|Chờ ghi nhận|Chờ ghi nhận|Chờ ghi nhận|Quá hạn|Quá hạn" {
				t.Errorf("the sides stand at %s", got)
			}
			// A body reads its own side and nobody else's.
			_, results, err := conference.Results(tx, agency(ids[3]), next.ID)
			if len(results) > 1 {
				t.Errorf("one body sees %d sides", len(results))
			}
			if fault.Is(err, fault.KindMissing) { // not invited to the next conference
				err = nil
			}
			return err
		})
	})
}

func TestALeadChosenBesideARequestKeepsWhatWasTypedOfIt(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		sheet := o.conclude(t, conference.Typed{No: 1, Kind: conference.Request, Words: "Yêu cầu hai sở báo cáo", Lead: o.soYTe, Product: "Báo cáo", Due: "20/5/2022",
			Cooperation: "SLDTBXH\nSYT: Kế hoạch, hạn 29/4/2022"},
			conference.Typed{No: 2, Kind: conference.Request, Words: "Yêu cầu khác", Lead: o.soYTe, Cooperation: "SLDTBXH"})
		asked := sheet[0].Cooperating
		if len(asked) != 2 || asked[1].Body != o.soYTe || asked[1].Part != "Kế hoạch" || asked[1].Due != calendar.On(2022, 4, 29) {
			t.Errorf("asked are %+v", asked)
		}
		if asked = sheet[1].Cooperating; len(asked) != 2 || asked[0].Body != o.soYTe {
			t.Errorf("a lead that is named nowhere: %+v", asked)
		}
	})
}

func TestMinutesTellNoDateThatNobodySpoke(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.conclude(t, conference.Typed{No: 1, Kind: conference.Request, Words: "Yêu cầu hai sở báo cáo", Product: "Báo cáo", Due: "20/5/2022", Cooperation: "SYT: Kế hoạch, hạn 29/4/2022\nSLDTBXH"},
			conference.Typed{No: 2, Kind: conference.Task, Words: "Xây dựng kế hoạch", Product: "Kế hoạch", Lead: o.phong, Due: "15/5/2022", Cooperation: "SYT: số liệu, hạn 10/5/2022"})
		o.clock.Set(time.Date(2022, 4, 1, 17, 0, 0, 0, db.Vietnam))
		o.write(t, func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) })
		var p paper.Paper
		o.write(t, func(tx *db.Tx) (err error) {
			p, err = conference.DraftMinutes(tx, o.officer, o.id, "Phạm Thu Hà")
			return err
		})
		if text := o.text(t, p.ID); strings.Contains(text, "/5/2022") || strings.Contains(text, "29/4/2022") || !strings.Contains(text, "Kế hoạch") {
			t.Errorf("the minutes tell dates: %s", text)
		}
	})
}

func TestARequestLacksWhatItLacks(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.clock.Set(time.Date(2022, 4, 1, 17, 0, 0, 0, db.Vietnam))
		o.conclude(t,
			conference.Typed{No: 1, Kind: conference.Request, Words: "Việc không có ai"},
			conference.Typed{No: 2, Kind: conference.Request, Words: "Việc của một cơ quan", Cooperation: "SYT: Báo cáo, hạn 20/5/2022"},
			conference.Typed{No: 3, Kind: conference.Request, Words: "Việc thiếu sản phẩm và hạn", Cooperation: "SYT: Báo cáo\nSLDTBXH: hạn 30/5/2022"},
			conference.Typed{No: 5, Kind: conference.Request, Words: "Việc ghi hai lần", Cooperation: "SYT: Báo cáo, hạn 20/5/2022\nSLDTBXH: Báo cáo, hạn 20/5/2022\nSYT: Kế hoạch, hạn 21/5/2022"},
			conference.Typed{No: 4, Kind: conference.Request, Words: "Việc của xã", Product: "Báo cáo", Due: "20/5/2022", Cooperation: "các xã"})
		for _, want := range []string{"Kết luận 1 đề nghị nhiều cơ quan nhưng chưa ghi cơ quan nào", "Kết luận 2 chỉ đề nghị Sở Y tế; một cơ quan thì chọn loại Nhiệm vụ",
			"Kết luận 3 chưa ghi sản phẩm của Sở Lao động", "Kết luận 3 chưa có hạn của Sở Y tế", "Kết luận 4: không nhận ra cơ quan “các xã”", "Kết luận 5: Sở Y tế được ghi hai lần"} {
			o.refused(t, fault.KindConflict, want, func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) })
		}
	})
}

func TestOnlyOwnUnitsAreOrderedUnlessAPaperGivesForce(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		try := func(lead db.ID, mode task.Mode, force string) (c conference.Conclusion, err error) {
			err = o.d.Write(t.Context(), func(tx *db.Tx) (err error) {
				c, err = conference.AddConclusion(tx, o.officer, o.id, conference.Typed{Kind: conference.Task, Mode: mode, Words: "Việc", Lead: lead, ForcePaper: force})
				return err
			})
			return c, err
		}
		for _, lead := range []db.ID{o.huyen, o.soYTe} {
			if c, err := try(lead, "", ""); err != nil || c.Mode != task.Requested {
				t.Errorf("without a word it is %q (%v)", c.Mode, err)
			}
			if _, err := try(lead, task.Assigned, ""); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "Ban đề nghị chứ không giao") {
				t.Errorf("ordering without a paper: %v", err)
			}
			if c, err := try(lead, task.Assigned, "Kế hoạch số 12-KH/TU, ngày 14/02/2022"); err != nil || c.Mode != task.Assigned {
				t.Errorf("ordering with a paper: %q (%v)", c.Mode, err)
			}
		}
		if _, err := try(o.phong, task.Requested, ""); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("requesting of an own unit: %v", err)
		}
	})
}

func TestAShortcomingIsToldUntilItIsMended(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		sheet := o.conclude(t,
			conference.Typed{No: 1, Kind: conference.Guidance, Words: "Giữ nhịp giao ban hằng quý"},
			conference.Typed{No: 2, Kind: conference.Shortcoming, Words: "Công tác thẩm định văn bản còn chậm", Lead: o.soYTe},
			conference.Typed{No: 3, Kind: conference.Shortcoming, Words: "Báo cáo gửi chưa đúng hạn"})
		p := o.numbered(t)
		id := sheet[1].ID
		o.refused(t, fault.KindConflict, "chưa phát hành", func(tx *db.Tx) error { return conference.Mend(tx, o.officer, id, "Đã ban hành quy trình.", "") })
		if text := o.text(t, p.ID); !strings.Contains(text, "HẠN CHẾ CẦN KHẮC PHỤC") || !strings.Contains(text, "còn chậm (Sở Y tế)") {
			t.Errorf("the notice does not name the shortcoming: %s", text)
		}
		o.write(t, func(tx *db.Tx) error { _, err := record.Release(tx, o.clerk, p.ID); return err })
		o.read(t, func(tx *db.Tx) error {
			tasks, _, err := task.List(tx, o.officer, task.Filter{})
			if len(tasks) != 0 {
				t.Errorf("a shortcoming made %d tasks", len(tasks))
			}
			return err
		})
		next := func(period string, at time.Time) (said []string) {
			o.clock.Set(at)
			var b conference.Conference
			o.write(t, func(tx *db.Tx) (err error) {
				b, err = conference.Plan(tx, o.officer, conference.New{Regime: "kg-quy", Period: calendar.MustPeriod(period),
					HeldOn: calendar.OfInstant(at).AddDays(10), Place: "Hội trường"})
				return err
			})
			o.read(t, func(tx *db.Tx) error {
				pack, err := conference.Compose(tx, o.officer, b.ID)
				for _, s := range pack.Results.Shortcomings {
					said = append(said, s.Said())
				}
				return err
			})
			return said
		}
		health, all := "Công tác thẩm định văn bản còn chậm (Sở Y tế), nêu ngày 01/4/2022: ", "Báo cáo gửi chưa đúng hạn, nêu ngày 01/4/2022: chưa khắc phục."
		if got := next("2022-H1", time.Date(2022, 6, 20, 9, 0, 0, 0, db.Vietnam)); !slices.Equal(got, []string{health + "chưa khắc phục.", all}) {
			t.Errorf("the half-year is told %q", got)
		}
		o.refused(t, fault.KindInvalid, "Cần ghi đã khắc phục thế nào", func(tx *db.Tx) error { return conference.Mend(tx, o.officer, id, " ", "") })
		o.refused(t, fault.KindForbidden, "", func(tx *db.Tx) error { return conference.Mend(tx, agency(o.soYTe), id, "Xong.", "") })
		mend := func(tx *db.Tx) error {
			return conference.Mend(tx, o.officer, id, "Đã có quy trình thẩm định 5 ngày.", "Quyết định số 45-QĐ/BTGTU, ngày 01/9/2022")
		}
		o.clock.Set(time.Date(2022, 9, 5, 9, 0, 0, 0, db.Vietnam))
		o.write(t, mend)
		o.refused(t, fault.KindConflict, "đã được ghi là khắc phục", mend)
		mended := health + "đã khắc phục, Đã có quy trình thẩm định 5 ngày (Quyết định số 45-QĐ/BTGTU, ngày 01/9/2022)."
		if got := next("2022-9M", time.Date(2022, 9, 20, 9, 0, 0, 0, db.Vietnam)); !slices.Equal(got, []string{mended, all}) {
			t.Errorf("the nine months are told %q", got)
		}
		// The conference on nine months never told it: no notice of it went out.
		if got := next("2022", time.Date(2022, 12, 20, 9, 0, 0, 0, db.Vietnam)); !slices.Equal(got, []string{mended, all}) {
			t.Errorf("the year is told %q", got)
		}
		o.write(t, func(tx *db.Tx) error { return conference.Unmend(tx, o.officer, id, "Quý IV lại chậm.") })
		if got := next("2023-Q1", time.Date(2023, 3, 20, 9, 0, 0, 0, db.Vietnam)); !slices.Equal(got, []string{health + "chưa khắc phục.", all}) {
			t.Errorf("the next year is told %q", got)
		}
	})
}
