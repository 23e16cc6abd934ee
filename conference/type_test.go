package conference_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// The review of a year, held together with the social insurance, a vice-chairman of the province attending: its papers tell
// all of them by name, title and body.
func TestAYearIsReviewedTogetherWithAnotherBody(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		var b conference.Conference
		plan := conference.New{Type: "year_review", Period: calendar.MustPeriod("2020"), HeldOn: calendar.On(2021, 1, 12), HeldAt: "8:00", Place: "Hội trường Tỉnh ủy",
			Organiser: conference.Jointly, Conveners: []db.ID{o.soYTe},
			Seats: []conference.Seat{{Role: conference.Chair, Name: "Lò Thị Hoa", Title: "Phó Trưởng ban Tuyên giáo Tỉnh ủy"},
				{Role: conference.CoChair, Name: "Trịnh Minh Quân", Title: "Giám đốc Sở Y tế"}},
			Guests:   []conference.Guest{{Name: "Phan Đức Hòa", Title: "Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch UBND tỉnh", As: conference.Attends, Speaks: true}},
			Invitees: []conference.Invitee{{Body: o.soLD}}}
		o.write(t, func(tx *db.Tx) (err error) {
			b, err = conference.Plan(tx, o.officer, plan)
			return err
		})
		const title = "Hội nghị tổng kết công tác khoa giáo năm 2020, triển khai nhiệm vụ năm 2021"
		if b.Title != title || b.FullName() != title || b.Name() != "Hội nghị tổng kết công tác khoa giáo năm 2020" || b.Short() != b.Name() {
			t.Errorf("it is called %q, %q, %q, %q", b.Title, b.FullName(), b.Name(), b.Short())
		}
		o.write(t, func(tx *db.Tx) error { // a second one on the same year is no clash
			_, err := conference.Plan(tx, o.officer, plan)
			return err
		})
		read := func(tx *db.Tx, p paper.Paper) string {
			t.Helper()
			doc, err := paper.Document(tx, o.officer, p.ID)
			if err != nil {
				t.Fatal(err)
			}
			page, err := official.HTML(doc, official.HTMLOptions{})
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(strings.Fields(tags.ReplaceAllString(string(page), " ")), " ")
		}
		says := func(tx *db.Tx, p paper.Paper, words ...string) {
			t.Helper()
			text := read(tx, p)
			for _, want := range words {
				if !strings.Contains(text, want) {
					t.Errorf("%s does not say %q:\n%s", p.KindName(), want, text)
				}
			}
			if strings.Contains(text, "đại diện UBND") {
				t.Errorf("%s says đại diện UBND", p.KindName())
			}
		}
		o.write(t, func(tx *db.Tx) error {
			p, err := conference.Invite(tx, o.officer, b.ID, paper.Signature{})
			if err != nil {
				return err
			}
			if doc, err := paper.Document(tx, o.officer, p.ID); err != nil || !slices.Equal(doc.Joint, []string{"Sở Y tế"}) {
				t.Errorf("the letterhead names %v beside the commission (%v)", doc.Joint, err)
			}
			says(tx, p, "Ban Tuyên giáo Tỉnh ủy và Sở Y tế trân trọng kính mời các đồng chí dự "+title, "-GM/BTGTU-SYT", "Đồng chí Phan Đức Hòa, Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch UBND tỉnh")
			return err
		})
		o.clock.Set(b.HeldOn.StartOfDay().Add(18 * 3600e9))
		o.write(t, func(tx *db.Tx) error {
			if _, err := conference.Conclude(tx, o.officer, b.ID, []conference.Typed{{No: 1, Kind: conference.Guidance, Words: "Nâng cao chất lượng tham mưu"}}); err != nil {
				return err
			}
			if err := conference.Close(tx, o.officer, b.ID); err != nil {
				return err
			}
			p, err := conference.DraftNotice(tx, o.officer, b.ID, paper.Signature{})
			if err != nil {
				return err
			}
			says(tx, p, "Ban Tuyên giáo Tỉnh ủy phối hợp với Sở Y tế tổ chức "+title,
				"Đồng chí Lò Thị Hoa, Phó Trưởng ban Tuyên giáo Tỉnh ủy chủ trì Hội nghị. Cùng chủ trì có đồng chí Trịnh Minh Quân, Giám đốc Sở Y tế.",
				"Dự Hội nghị có đồng chí Phan Đức Hòa, Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch UBND tỉnh.")
			if strings.Contains(read(tx, p), "trước hội nghị giao ban") {
				t.Error("the notice of a year's review asks for reports before a briefing")
			}
			return err
		})
	})
}

// A conference that looks back on nothing has a pack of its own all the same: no report is missed in it, and a guest who
// speaks is called on. One that others convene is invited to by them.
func TestARolloutHasItsPackAndItsSpeaker(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		var b conference.Conference
		o.write(t, func(tx *db.Tx) (err error) {
			b, err = conference.Plan(tx, o.officer, conference.New{Type: "rollout", Title: "Hội nghị quán triệt, triển khai Quy chế phối hợp", HeldOn: calendar.On(2022, 4, 8),
				HeldAt: "8h", Place: "Hội trường", Organiser: conference.ByProvince, Seats: []conference.Seat{{Role: conference.Chair, Name: "Lê Minh Đức", Title: "Trưởng ban"}},
				Guests: []conference.Guest{{Name: "Phan Đức Hòa", Title: "Phó Chủ tịch UBND tỉnh", As: conference.Directs, Speaks: true}}, Invitees: []conference.Invitee{{Body: o.soYTe}}})
			return err
		})
		o.read(t, func(tx *db.Tx) error {
			pack, err := conference.Compose(tx, o.officer, b.ID)
			if err != nil {
				return err
			}
			var script string
			for _, step := range pack.Script {
				script += step.What + ": " + step.Words + "\n"
			}
			if !strings.Contains(script, "Mời đồng chí Phan Đức Hòa, Phó Chủ tịch UBND tỉnh phát biểu") || strings.Contains(script, "Báo cáo tổng hợp") {
				t.Errorf("the script is\n%s", script)
			}
			return nil
		})
		o.refused(t, fault.KindConflict, "cấp ủy tỉnh triệu tập", func(tx *db.Tx) error {
			_, err := conference.Invite(tx, o.officer, b.ID, paper.Signature{})
			return err
		})
	})
}

// What a type leaves open has to be written; what it does not look back on is not asked for.
func TestATypeSaysWhatAConferenceIsCalled(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		plan := func(n conference.New) func(tx *db.Tx) error {
			return func(tx *db.Tx) error {
				_, err := conference.Plan(tx, o.officer, n)
				return err
			}
		}
		o.refused(t, fault.KindInvalid, "Cần ghi đủ tên hội nghị", plan(conference.New{Type: "programme_signing"}))
		o.refused(t, fault.KindInvalid, "Cần ghi đủ tên hội nghị", plan(conference.New{Type: "rollout", Title: "Hội nghị quán triệt, triển khai …"}))
		o.refused(t, fault.KindInvalid, "Cần ghi kỳ", plan(conference.New{Type: "year_review"}))
		o.refused(t, fault.KindInvalid, "Không có loại hội nghị", plan(conference.New{Type: "khong-co"}))
		o.refused(t, fault.KindInvalid, "ít nhất một cơ quan cùng tổ chức", plan(conference.New{Type: "thematic", Title: "Hội nghị chuyên đề A", Organiser: conference.Jointly}))
		o.refused(t, fault.KindInvalid, "chưa có chức danh", plan(conference.New{Type: "thematic", Title: "Hội nghị chuyên đề A", Guests: []conference.Guest{{Name: "Phan Đức Hòa"}}}))
		o.write(t, plan(conference.New{Type: "programme_signing", Title: "Hội nghị ký kết Chương trình phối hợp giai đoạn 2022 - 2025"}))

		o.refused(t, fault.KindForbidden, "không có quyền", func(tx *db.Tx) error {
			_, err := conference.AddType(tx, o.doctor, "Gặp mặt", "Hội nghị gặp mặt …", conference.Nothing)
			return err
		})
		o.refused(t, fault.KindInvalid, "Không có từ thay {năm}", func(tx *db.Tx) error {
			_, err := conference.AddType(tx, o.officer, "Gặp mặt", "Hội nghị gặp mặt {năm}", conference.Period)
			return err
		})
		var own conference.Type
		o.write(t, func(tx *db.Tx) (err error) {
			own, err = conference.AddType(tx, o.officer, "Gặp mặt", "Hội nghị gặp mặt {kỳ}", conference.Period)
			return err
		})
		o.refused(t, fault.KindInvalid, "Đã có loại “Gặp mặt”", func(tx *db.Tx) error {
			_, err := conference.AddType(tx, o.officer, "gặp mặt", "Hội nghị gặp mặt", conference.Nothing)
			return err
		})
		o.write(t, func(tx *db.Tx) error {
			b, err := conference.Plan(tx, o.officer, conference.New{Type: own.Code, Period: calendar.MustPeriod("2022")})
			if b.Name() != "Hội nghị gặp mặt năm 2022" {
				t.Errorf("it is called %q", b.Name())
			}
			return err
		})
		o.write(t, func(tx *db.Tx) error { return conference.EndType(tx, o.officer, own.Code) })
		o.refused(t, fault.KindInvalid, "đã thôi dùng", plan(conference.New{Type: own.Code, Period: calendar.MustPeriod("2023")}))
		o.refused(t, fault.KindConflict, "loại có sẵn", func(tx *db.Tx) error { return conference.EndType(tx, o.officer, "thematic") })
	})
}
