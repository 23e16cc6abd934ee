package conference_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/people/peopletest"
	"giaoban/record"
	"giaoban/report"
	"giaoban/task"
)

// office is the smallest province that can hold a conference, on 01/4/2022 in the morning.
type office struct {
	d                                      *db.DB
	clock                                  *dbtest.Clock
	ban, phong, soYTe, soLD, huyen         db.ID
	officer, leader, clerk, doctor, worker access.Actor
	id                                     db.ID // the conference on 2022-Q1
}

var setup = access.System("dựng tỉnh mẫu")

func on(t *testing.T, test func(t *testing.T, o *office)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			o := &office{clock: dbtest.NewClock("2022-03-24")}
			o.d = e.From(t, "", nil, o.clock.Now)
			o.write(t, func(tx *db.Tx) error { return o.settle(tx) })
			test(t, o)
		})
	}
}

func (o *office) settle(tx *db.Tx) error {
	for i, b := range []struct {
		to         *db.ID
		code, name string
		kind       org.Kind
	}{
		{&o.ban, "BTGTU", "Ban Tuyên giáo Tỉnh ủy", org.Commission}, {&o.phong, "PKG", "Phòng Khoa giáo", org.OwnUnit},
		{&o.soYTe, "SYT", "Sở Y tế", org.Department}, {&o.soLD, "SLDTBXH", "Sở Lao động - Thương binh và Xã hội", org.Department},
		{&o.huyen, "BTGHA", "Ban Tuyên giáo Huyện ủy A", org.LowerCommission},
	} {
		made, err := org.Create(tx, setup, org.New{Code: b.code, Name: b.name, ShortName: b.name, Symbol: b.code, Place: "Khánh Hòa",
			Kind: b.kind, Sort: i, ValidFrom: calendar.On(2010, 1, 1)})
		if err != nil {
			return err
		}
		*b.to = made.ID
	}
	if err := org.Set(tx, setup, org.Superior, "TỈNH ỦY KHÁNH HÒA"); err != nil {
		return err
	}
	for _, p := range []struct {
		name  string
		body  db.ID
		title string
	}{{"Lê Minh Đức", o.ban, "Trưởng ban"}, {"Ngô Văn Tám", o.phong, "Chánh Văn phòng"}} {
		if _, err := peopletest.Post(tx, p.name, p.body, p.title); err != nil {
			return err
		}
	}
	actor := func(name string, role access.Role, body db.ID) access.Actor {
		return access.Actor{Person: db.ID(name), Name: name, Role: role, Body: body}
	}
	o.officer = actor("Phạm Thu Hà", access.CommissionOfficer, o.ban)
	o.leader = actor("Lê Minh Đức", access.CommissionLeader, o.ban)
	o.clerk = actor("Võ Thị Sáu", access.Clerk, o.ban)
	o.doctor = actor("Trần Bích Ngọc", access.AgencyOfficer, o.soYTe)
	o.worker = actor("Đỗ Hải Yến", access.AgencyOfficer, o.soLD)
	if _, err := report.CreateRegime(tx, setup, report.NewRegime{Code: "kg-quy", Name: "Báo cáo quý", Content: "Công tác khoa giáo", Receiver: o.ban,
		Kind: calendar.Quarter, Cutoff: calendar.ND09, WorkingDays: 2, Channel: "Chương trình"}); err != nil {
		return err
	}
	b, err := conference.Plan(tx, o.officer, o.plan())
	o.id = b.ID
	return err
}

// plan is the conference on the first quarter as it was planned.
func (o *office) plan() conference.New {
	return conference.New{Regime: "kg-quy", Period: calendar.MustPeriod("2022-Q1"),
		HeldOn: calendar.On(2022, 4, 1), HeldAt: "14h", Place: "Hội trường Ban Tuyên giáo Tỉnh ủy", ReportDue: calendar.On(2022, 3, 30),
		Seats: []conference.Seat{{Role: conference.Chair, Name: "Lê Minh Đức", Title: "Trưởng ban Tuyên giáo Tỉnh ủy"},
			{Role: conference.Concluder, Name: "Hồ Thị Lan", Title: "Phó Trưởng ban Tuyên giáo Tỉnh ủy"}},
		Invitees: []conference.Invitee{{Body: o.soYTe, Who: "Lãnh đạo Sở"}, {Body: o.soLD, Who: "Lãnh đạo Sở"}}}
}

func (o *office) write(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := o.d.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func (o *office) read(t *testing.T, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := o.d.Read(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func (o *office) refused(t *testing.T, kind fault.Kind, sentence string, fn func(tx *db.Tx) error) {
	t.Helper()
	err := o.d.Write(t.Context(), fn)
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), sentence) {
		t.Errorf("got %v, want a fault of kind %d saying %q", err, kind, sentence)
	}
}

// conclude types items and gives the sheet.
func (o *office) conclude(t *testing.T, items ...conference.Typed) (sheet []conference.Conclusion) {
	t.Helper()
	o.write(t, func(tx *db.Tx) (err error) {
		sheet, err = conference.Conclude(tx, o.officer, o.id, items)
		return err
	})
	return sheet
}

// concluded are one guidance and two tasks: to a department with a date nobody spoke, to an own unit with a spoken one.
func (o *office) concluded(t *testing.T) []conference.Conclusion {
	t.Helper()
	return o.conclude(t,
		conference.Typed{No: 1, Kind: conference.Guidance, Words: "Tập trung công tác tuyên truyền về chuyển đổi số"},
		conference.Typed{No: 2, Kind: conference.Task, Words: "Chuẩn bị tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW", Product: "Báo cáo tổng kết",
			Lead: o.soLD, Due: "20/5/2022", Cooperation: "SYT: cung cấp số liệu trẻ em, hạn 10/5/2022", ForcePaper: "Kế hoạch số 12-KH/TU"},
		conference.Typed{No: 3, Kind: conference.Task, Words: "Xây dựng kế hoạch phối hợp quý II", Product: "Kế hoạch", Lead: o.phong, Due: "15/4/2022", DueSpoken: true})
}

func TestAConferenceCannotEndWhileAnItemIsUndecided(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.clock.Set(time.Date(2022, 4, 1, 16, 0, 0, 0, db.Vietnam))
		shut := func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) }
		o.refused(t, fault.KindConflict, "Chưa có kết luận nào", shut)
		o.conclude(t, conference.Typed{No: 1, Words: "Việc thứ nhất"}, conference.Typed{No: 2, Kind: conference.Task, Words: "Việc thứ hai", Due: "30/2"})
		err := o.d.Write(t.Context(), shut)
		for _, want := range []string{"Kết luận 1 (“Việc thứ nhất”) chưa quyết", "Kết luận 2 là nhiệm vụ nhưng chưa có cơ quan chủ trì",
			"chưa ghi sản phẩm", "Hạn “30/2” của kết luận 2 không phải là ngày"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v does not say %q", err, want)
			}
		}
		sheet := o.conclude(t)
		o.conclude(t, conference.Typed{No: 1, Mark: sheet[0].Mark(), Kind: conference.Guidance, Words: "Việc thứ nhất"})
		o.write(t, func(tx *db.Tx) error { return conference.Drop(tx, o.officer, o.id, 2, sheet[1].Mark()) })
		o.write(t, shut)
		o.refused(t, fault.KindConflict, "đã kết thúc", func(tx *db.Tx) error {
			_, err := conference.AddConclusion(tx, o.officer, o.id, conference.Typed{Words: "Nói thêm"})
			return err
		})
	})
}

func TestTheCommissionRequestsOfStateBodiesAndAssignsItsOwn(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.refused(t, fault.KindInvalid, "đề nghị chứ không giao", func(tx *db.Tx) error {
			_, err := conference.AddConclusion(tx, o.officer, o.id, conference.Typed{Kind: conference.Task, Mode: task.Assigned, Words: "Việc", Lead: o.soYTe})
			return err
		})
		sheet := o.concluded(t)
		if sheet[1].Mode != task.Requested || sheet[2].Mode != task.Assigned || sheet[0].Mode != "" {
			t.Errorf("modes %q %q %q", sheet[0].Mode, sheet[1].Mode, sheet[2].Mode)
		}
		if k := sheet[1].Cooperating; len(k) != 1 || k[0].Body != o.soYTe || k[0].Part != "cung cấp số liệu trẻ em" || k[0].Due != calendar.On(2022, 5, 10) {
			t.Errorf("cooperating %+v", k)
		}
	})
}

func TestADateNobodySpokeStaysProposedUntilTheNoticeIsSigned(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		sheet := o.concluded(t)
		if !sheet[1].Proposed() || sheet[1].DueWords() != "20/5/2022 (đề xuất)" || sheet[2].Proposed() {
			t.Errorf("%q, %q", sheet[1].DueWords(), sheet[2].DueWords())
		}
		p := o.notice(t)
		if text := o.text(t, p.ID); !strings.Contains(text, "20/5/2022 (đề xuất)") || strings.Contains(text, "15/4/2022 (đề xuất)") {
			t.Errorf("the draft does not mark proposed dates: %s", text)
		}
		o.write(t, func(tx *db.Tx) error {
			_, err := record.Sign(tx, o.leader, p.ID, paper.Signature{})
			return err
		})
		if text := o.text(t, p.ID); strings.Contains(text, "đề xuất") || !strings.Contains(text, "20/5/2022") {
			t.Errorf("the signed notice still proposes: %s", text)
		}
		o.read(t, func(tx *db.Tx) error {
			all, err := conference.Conclusions(tx, o.officer, o.id)
			if all[1].Proposed() {
				t.Error("the signature confirmed nothing")
			}
			return err
		})
	})
}

// notice closes the conference at 17:00 on its day and drafts the notice.
func (o *office) notice(t *testing.T) (p paper.Paper) {
	t.Helper()
	o.clock.Set(time.Date(2022, 4, 1, 17, 0, 0, 0, db.Vietnam))
	o.write(t, func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) })
	o.write(t, func(tx *db.Tx) (err error) {
		p, err = conference.DraftNotice(tx, o.officer, o.id, paper.Signature{Signer: "Ngô Văn Tám", Title: "Chánh Văn phòng",
			Authority: []official.AuthorityLine{{Authority: official.ByOrder, Of: "Trưởng ban"}}})
		return err
	})
	return p
}

func (o *office) text(t *testing.T, id db.ID) (text string) {
	t.Helper()
	o.read(t, func(tx *db.Tx) error {
		r, err := paper.Render(tx, o.officer, id, "html", "")
		text = string(r.Body)
		return err
	})
	return text
}

// numbered signs and numbers the notice.
func (o *office) numbered(t *testing.T) paper.Paper {
	t.Helper()
	p := o.notice(t)
	o.write(t, func(tx *db.Tx) error {
		if _, err := record.Sign(tx, o.leader, p.ID, paper.Signature{}); err != nil {
			return err
		}
		_, err := paper.EnterNumber(tx, o.clerk, p.ID, 12, calendar.On(2022, 4, 1))
		return err
	})
	return p
}

func TestReleaseMakesEveryTaskOnceHoweverOftenItIsCalled(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.concluded(t)
		p := o.numbered(t)
		o.refused(t, fault.KindForbidden, "", func(tx *db.Tx) error {
			_, err := record.Release(tx, o.officer, p.ID)
			return err
		})
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if err := o.d.Write(t.Context(), func(tx *db.Tx) error {
					_, err := record.Release(tx, o.clerk, p.ID)
					return err
				}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		o.read(t, func(tx *db.Tx) error {
			tasks, _, err := task.List(tx, o.officer, task.Filter{})
			if len(tasks) != 2 {
				t.Errorf("%d tasks, want 2", len(tasks))
			}
			own, _, err2 := task.List(tx, o.worker, task.Filter{})
			if err2 != nil || len(own) != 1 || own[0].Due != calendar.On(2022, 5, 20) || own[0].Origin.Kind != "conclusion" || own[0].FromPaper != p.ID {
				t.Errorf("the labour department sees %+v (%v)", own, err2)
			}
			return err
		})
	})
}

func TestAgenciesSeeNothingBeforeTheRelease(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.concluded(t)
		hidden := func(step string, by access.Actor) {
			t.Helper()
			o.read(t, func(tx *db.Tx) error {
				if _, err := conference.Find(tx, by, o.id); !fault.Is(err, fault.KindMissing) {
					t.Errorf("%s: %s finds the conference (%v)", step, by.Name, err)
				}
				list, err := conference.List(tx, by)
				if len(list) > 0 {
					t.Errorf("%s: %s lists %d briefings", step, by.Name, len(list))
				}
				return err
			})
		}
		hidden("planned", o.doctor)
		o.refused(t, fault.KindMissing, "", func(tx *db.Tx) error {
			return conference.NameDelegate(tx, o.doctor, o.id, o.soYTe, conference.Delegate{Name: "Trần Bích Ngọc", Title: "Chánh Văn phòng"})
		})
		o.invite(t)
		o.write(t, func(tx *db.Tx) error {
			if all, err := conference.Conclusions(tx, o.doctor, o.id); err != nil || len(all) > 0 {
				t.Errorf("before the notice the doctor reads %d conclusions (%v)", len(all), err)
			}
			o.readsSingly(t, tx, 0)
			if _, err := conference.Compose(tx, o.doctor, o.id); !fault.Is(err, fault.KindMissing) {
				t.Errorf("the doctor reads the pack (%v)", err)
			}
			return conference.NameDelegate(tx, o.doctor, o.id, o.soYTe, conference.Delegate{Name: "Trần Bích Ngọc", Title: "Chánh Văn phòng"})
		})
		o.refused(t, fault.KindForbidden, "", func(tx *db.Tx) error {
			return conference.NameDelegate(tx, o.doctor, o.id, o.soLD, conference.Delegate{Name: "Ai đó", Title: "Giám đốc"})
		})
		district := access.Actor{Person: "h", Name: "Bùi Quang Huy", Role: access.AgencyOfficer, Body: o.huyen}
		hidden("not invited", district)
		p := o.numbered(t)
		o.write(t, func(tx *db.Tx) error { _, err := record.Release(tx, o.clerk, p.ID); return err })
		o.read(t, func(tx *db.Tx) error {
			all, err := conference.Conclusions(tx, o.doctor, o.id)
			o.readsSingly(t, tx, 3)
			if len(all) != 3 {
				t.Errorf("after the release the doctor reads %d conclusions", len(all))
			}
			return err
		})
		hidden("released", district)
	})
}

// readsSingly counts the conclusions that the doctor finds when he asks for each, as lineage does.
func (o *office) readsSingly(t *testing.T, tx *db.Tx, want int) {
	t.Helper()
	all, err := conference.Conclusions(tx, o.officer, o.id)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]db.ID, len(all))
	for i, c := range all {
		ids[i] = c.ID
	}
	if found, err := conference.ConclusionsAmong(tx, o.doctor, ids); err != nil || len(found) != want {
		t.Errorf("of %d conclusions the doctor finds %d, want %d (%v)", len(ids), len(found), want, err)
	}
}

// invite takes the invitation through its life.
func (o *office) invite(t *testing.T) {
	t.Helper()
	o.write(t, func(tx *db.Tx) error {
		p, err := conference.Invite(tx, o.officer, o.id, paper.Signature{Signer: "Lê Minh Đức"})
		if err != nil {
			return err
		}
		if _, err := paper.Sign(tx, o.leader, p.ID, paper.Signature{}); err != nil {
			return err
		}
		if _, err := paper.EnterNumber(tx, o.clerk, p.ID, 30, calendar.On(2022, 3, 24)); err != nil {
			return err
		}
		_, err = record.Release(tx, o.clerk, p.ID)
		return err
	})
}

func TestTwoPeopleAtTwoLinesDoNotStopEachOther(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		opened := o.concluded(t) // both pages were opened now
		first, second := opened[0].Form(), opened[1].Form()
		first.Words = "Sửa dòng một"
		o.conclude(t, first, opened[1].Form())
		second.Words = "Sửa dòng hai"
		sheet := o.conclude(t, opened[0].Form(), second)
		if sheet[0].Words != "Sửa dòng một" || sheet[1].Words != "Sửa dòng hai" {
			t.Errorf("%q, %q", sheet[0].Words, sheet[1].Words)
		}
		again := opened[0].Form()
		again.Words = "Sửa dòng một cách khác"
		o.refused(t, fault.KindStale, "Kết luận 1 vừa được người khác sửa", func(tx *db.Tx) error {
			_, err := conference.Conclude(tx, o.officer, o.id, []conference.Typed{again})
			return err
		})
	})
}

func TestTheNextConferenceOpensWithTheResultsOfTheLast(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.concluded(t)
		p := o.numbered(t)
		o.write(t, func(tx *db.Tx) error { _, err := record.Release(tx, o.clerk, p.ID); return err })
		o.clock.Set(time.Date(2022, 6, 20, 9, 0, 0, 0, db.Vietnam))
		var next conference.Conference
		o.write(t, func(tx *db.Tx) (err error) {
			next, err = conference.Plan(tx, o.officer, conference.New{Regime: "kg-quy", Period: calendar.MustPeriod("2022-H1")})
			return err
		})
		o.read(t, func(tx *db.Tx) error {
			last, results, err := conference.Results(tx, o.officer, next.ID)
			if err != nil || last.ID != o.id || len(results) != 2 || results[0].State != task.StateOverdue || results[0].DaysLate != 21 {
				t.Errorf("%+v %v", results, err)
			}
			beats, err := conference.Cadence(tx, o.officer, 2022)
			if err != nil || !beats[0].Held || beats[1].Held || beats[1].Conference.ID != next.ID || beats[2].Conference.ID != "" {
				t.Errorf("%+v %v", beats, err)
			}
			return nil
		})
		o.refused(t, fault.KindInvalid, "Không có chế độ báo cáo “la”", func(tx *db.Tx) error {
			_, err := conference.Plan(tx, o.officer, conference.New{Regime: "la", Period: calendar.MustPeriod("2022-H1")})
			return err
		})
		o.refused(t, fault.KindInvalid, "không cộng được", func(tx *db.Tx) error {
			_, err := conference.Plan(tx, o.officer, conference.New{Regime: "kg-quy", Period: calendar.MustPeriod("2022-07")})
			return err
		})
		o.refused(t, fault.KindConflict, "Đã có hội nghị", func(tx *db.Tx) error {
			_, err := conference.Plan(tx, o.officer, conference.New{Regime: "kg-quy", Period: calendar.MustPeriod("2022-H1")})
			return err
		})
	})
}

func TestNothingMarkedSecretIsTyped(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.refused(t, fault.KindRefused, "mật", func(tx *db.Tx) error {
			_, err := conference.Conclude(tx, o.officer, o.id, []conference.Typed{{No: 1, Words: "TUYỆT MẬT\nnội dung"}})
			return err
		})
	})
}

func TestASpeechIsSentInWithItsFile(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.invite(t)
		var c conference.Contribution
		o.write(t, func(tx *db.Tx) error {
			stored := files.Stored{SHA256: strings.Repeat("a", 64), Size: 3, Kind: files.PDF}
			f, err := library.Add(tx, o.doctor, o.soYTe, stored, "tham-luan.pdf")
			if err != nil {
				return err
			}
			if _, err = conference.Contribute(tx, o.doctor, o.id, o.soYTe, "Tiêm chủng", "", 0); err != nil {
				return err
			}
			if err := conference.AttachTo(tx, o.doctor, o.id, o.soYTe, []library.File{f}); err != nil {
				return err
			}
			all, err := conference.Contributions(tx, o.doctor, o.id)
			c = all[0]
			return err
		})
		for _, who := range []access.Actor{o.doctor, o.officer, o.worker} {
			o.read(t, func(tx *db.Tx) error {
				found, err := library.Attached(tx, who, "contribution", c.ID)
				if want := map[db.ID]int{o.soYTe: 1, o.ban: 1}[who.Body]; len(found) != want {
					t.Errorf("%s sees %d files, want %d", who.Name, len(found), want)
				}
				return err
			})
		}
		o.refused(t, fault.KindForbidden, "", func(tx *db.Tx) error { return conference.AttachTo(tx, o.worker, o.id, o.soYTe, nil) })
		// What all said is noted in one form; a row that somebody else changed meanwhile is refused with the others.
		note := func(words string) func(tx *db.Tx) error {
			return func(tx *db.Tx) error {
				return conference.NoteAll(tx, o.officer, o.id, []conference.Noted{{Body: o.soYTe, Sort: 1, Notes: words, Mark: c.Mark()},
					{Body: o.soLD, Notes: "Nêu việc làm.", Mark: conference.Contribution{}.Mark()}})
			}
		}
		o.write(t, note("Nêu tiến độ."))
		o.write(t, note(""))             // not touched on a page that was opened before
		o.write(t, note("Nêu tiến độ.")) // as it stands
		o.refused(t, fault.KindStale, "", note("Nêu khác."))
		o.refused(t, fault.KindForbidden, "", func(tx *db.Tx) error { return conference.NoteAll(tx, o.doctor, o.id, nil) })
	})
}
