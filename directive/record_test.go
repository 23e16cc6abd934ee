package directive_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/record"
)

func TestADocumentIsRegisteredOnce(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		made := enter(t, d, p.clerk, childrenDirective())
		if made.Level != directive.Central || made.IssuerBody != p.boChinhTri || made.Number != "20" || made.Province != "" {
			t.Errorf("level %s, issuer %s, number %s, province %q", made.Level, made.IssuerBody, made.Number, made.Province)
		}
		again := childrenDirective()
		again.Symbol, again.Issuer, again.Subject = "20 – ct/tw", "Bộ chính trị", "khác"
		refused(t, d, fault.KindConflict, "Sổ đã có văn bản này: Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị", func(tx *db.Tx) error {
			_, err := directive.Record(tx, p.officer, again)
			return err
		})
		again.Distinct = true // nobody can say that the very same document is another
		refused(t, d, fault.KindConflict, "Sổ đã có văn bản này", func(tx *db.Tx) error {
			_, err := directive.Record(tx, p.officer, again)
			return err
		})
	})
}

func TestTheTwo20NQTWStandSideBySide(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		enter(t, d, p.officer, scienceResolution())
		enter(t, d, p.officer, healthResolution())
		undated := healthResolution()
		undated.Date, undated.Term = calendar.Date{}, ""
		refused(t, d, fault.KindConflict, "có thể chính là văn bản này", func(tx *db.Tx) error {
			_, err := directive.Record(tx, p.officer, undated)
			return err
		})
		read(t, d, func(tx *db.Tx) error {
			found, _, err := directive.List(tx, p.doctor, directive.Filter{Text: "20-nq/tw"})
			if len(found) != 2 || found[0].Term != "XII" {
				t.Errorf("the register shows %d of the two, the first of khóa %s", len(found), found[0].Term)
			}
			return err
		})
	})
}

func TestASymbolOfTheProvinceIsOneOfOurs(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		ours := enter(t, d, p.officer, provincialPlan())
		if ours.Level != directive.Province || ours.Province != "tỉnh Khánh Hòa" {
			t.Errorf("level %s of %q", ours.Level, ours.Province)
		}
		theirs := provincialPlan()
		theirs.Issuer = "Tỉnh ủy Kon Tum"
		made := enter(t, d, p.officer, theirs)
		if made.Province != "Kon Tum" {
			t.Errorf("the neighbour's plan is of %q", made.Province)
		}
	})
}

func TestLevelsFollowFromSymbolAndIssuer(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		for _, c := range []struct {
			typ, symbol, issuer string
			want                directive.Level
		}{
			{"Quyết định", "1665/QĐ-TTg", "Thủ tướng Chính phủ", directive.Central},
			{"Nghị định", "09/2019/NĐ-CP", "Chính phủ", directive.Central},
			{"Thông tư", "01/2021/TT-BYT", "", directive.Central},
			{"Luật", "102/2016/QH13", "", directive.Central},
			{"Hướng dẫn", "36-HD/VPTW", "", directive.Central},
			{"Quyết định", "1056-QC/TU", "Ban Thường vụ Thành ủy", directive.Province},
			{"Công văn", "7095/UBND-KT", "", directive.Province},
			{"Kế hoạch", "12-KH/BTGTU", "", directive.Agency},
			{"Kế hoạch", "45/KH-SYT", "Sở Y tế", directive.Agency},
			{"Kế hoạch", "3-KH/HU", "Huyện ủy Vạn Ninh", directive.Local},
		} {
			made := enter(t, d, p.officer, directive.New{Type: c.typ, Symbol: c.symbol, Issuer: c.issuer, Date: calendar.On(2021, 3, 1)})
			if made.Level != c.want {
				t.Errorf("%s of %q: %s, want %s", c.symbol, c.issuer, made.Level, c.want)
			}
		}
	})
}

func TestACongressResolutionIsRegisteredWithItsGoals(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		made := enter(t, d, p.officer, directive.New{Type: "Nghị quyết", Issuer: "Đại hội đại biểu Đảng bộ tỉnh", Term: "XVIII",
			Subject: "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XVIII", Date: calendar.On(2020, 10, 14),
			Goals: []directive.Goal{{Text: "Tỷ lệ bao phủ bảo hiểm y tế", Unit: "%", Target: 9525, Decimals: 2, Year: 2025}, {Text: "Bác sĩ trên một vạn dân", Unit: "bác sĩ", Target: 10, Year: 2025}}})
		read(t, d, func(tx *db.Tx) error {
			goals, err := directive.Goals(tx, p.doctor, made.ID)
			if len(goals) != 2 || goals[0].TargetText() != "95,25 %" || goals[0].Year != 2025 {
				t.Errorf("goals %+v", goals)
			}
			return err
		})
		refused(t, d, fault.KindConflict, "Sổ đã có văn bản này", func(tx *db.Tx) error {
			_, err := directive.Record(tx, p.officer, directive.New{Type: "Nghị quyết", Issuer: "Đại hội đại biểu Đảng bộ tỉnh", Term: "XVIII",
				Subject: "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XVIII", Date: calendar.On(2020, 10, 14)})
			return err
		})
	})
}

func TestWhatIsWrongIsSaidAllAtOnce(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := directive.Record(tx, p.officer, directive.New{Date: calendar.On(2023, 1, 1), Sectors: "XX"})
			return err
		})
		for _, want := range []string{"Cần ghi loại văn bản", "Cần ghi số, ký hiệu", "ở sau hôm nay (01/4/2022)", "lĩnh vực mang mã “XX”"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v does not say %q", err, want)
			}
		}
		secret := childrenDirective()
		secret.Text = "MẬT\nBỘ CHÍNH TRỊ"
		refused(t, d, fault.KindRefused, "", func(tx *db.Tx) error { _, err := directive.Record(tx, p.officer, secret); return err })
	})
}

func TestOnlyTheCommissionWritesTheRegister(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		for _, by := range []access.Actor{p.doctor, p.leader, p.speaker, p.administrator} {
			refused(t, d, fault.KindForbidden, "Vào sổ văn bản chỉ đạo", func(tx *db.Tx) error { _, err := directive.Record(tx, by, childrenDirective()); return err })
		}
		made := enter(t, d, p.clerk, childrenDirective())
		read(t, d, func(tx *db.Tx) error {
			if _, err := directive.Find(tx, p.doctor, made.ID); err != nil {
				t.Errorf("the department reads the register: %v", err)
			}
			if _, err := directive.Find(tx, p.administrator, made.ID); !fault.Is(err, fault.KindMissing) {
				t.Errorf("the administrator does not: %v", err)
			}
			return nil
		})
	})
}

func TestACorrectionKeepsWhatStoodBefore(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		made := enter(t, d, p.officer, childrenDirective())
		right := childrenDirective()
		right.Date, right.Subject = calendar.On(2012, 11, 6), "về chăm sóc trẻ em"
		write(t, d, func(tx *db.Tx) error {
			now, err := directive.Revise(tx, p.officer, made.ID, made.Version, right)
			if err == nil && (now.Version != 2 || now.Subject != "về chăm sóc trẻ em") {
				t.Errorf("version %d, %s", now.Version, now.Subject)
			}
			return err
		})
		refused(t, d, fault.KindStale, "vừa được người khác sửa", func(tx *db.Tx) error {
			_, err := directive.Revise(tx, p.officer, made.ID, made.Version, right)
			return err
		})
		read(t, d, func(tx *db.Tx) error {
			lines, err := journal.Activity(tx, p.officer, "directive", made.ID, 10)
			kept := slices.ContainsFunc(lines, func(l journal.Line) bool {
				return l.Verb == "revised" && strings.Contains(l.Details, `"before":{"date":"2012-11-05"`) && strings.Contains(l.Details, `"2012-11-06"`)
			})
			if !kept {
				t.Errorf("journal %+v", lines)
			}
			return err
		})
	})
}

func TestTheListIsNarrowedAndPaged(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		for i := range 7 {
			enter(t, d, p.officer, directive.New{Type: "Công văn", Symbol: string(rune('1'+i)) + "-CV/TU", Date: calendar.On(2020, 1, 1+i), Issuer: "Tỉnh ủy", Sectors: "YT", Subject: "về công tác y tế"})
		}
		enter(t, d, p.officer, childrenDirective())
		enter(t, d, p.officer, directive.New{Type: "Luật", Subject: "Luật Trẻ em", Issuer: "Quốc hội", Term: "XIII"})
		count := func(f directive.Filter, want int) {
			t.Helper()
			read(t, d, func(tx *db.Tx) error {
				found, _, err := directive.List(tx, p.doctor, f)
				if len(found) != want {
					t.Errorf("%+v gives %d, want %d", f, len(found), want)
				}
				return err
			})
		}
		count(directive.Filter{Type: "Công văn"}, 7)
		count(directive.Filter{Level: directive.Central}, 2)
		count(directive.Filter{Sector: "LD"}, 1)
		count(directive.Filter{Year: 2020}, 7)
		count(directive.Filter{Text: "tre em"}, 2)
		count(directive.Filter{Text: "CHĂM SÓC bảo vệ"}, 1)
		count(directive.Filter{Text: "3-cv/tu"}, 1)
		count(directive.Filter{Text: "812"}, 1)
		count(directive.Filter{State: directive.Replaced}, 0)
		var seen []db.ID
		cursor := ""
		for range 5 {
			read(t, d, func(tx *db.Tx) error {
				found, next, err := directive.List(tx, p.doctor, directive.Filter{Limit: 3, Cursor: cursor})
				for _, f := range found {
					seen = append(seen, f.ID)
				}
				cursor = next
				return err
			})
			if cursor == "" {
				break
			}
		}
		if len(seen) != 9 {
			t.Errorf("the pages show %d of 9", len(seen))
		}
		read(t, d, func(tx *db.Tx) error {
			if _, _, err := directive.List(tx, p.doctor, directive.Filter{Cursor: "vo-ly"}); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("a made-up cursor: %v", err)
			}
			types, err := directive.Types(tx, p.doctor)
			if strings.Join(types, ", ") != "Chỉ thị, Công văn, Luật" && len(types) != 3 {
				t.Errorf("types %v", types)
			}
			return err
		})
	})
}

func TestALaterDocumentTakesThePlaceOfAnEarlierOneAndGivesItBack(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		old := enter(t, d, p.officer, childrenDirective())
		later := enter(t, d, p.officer, directive.New{Type: "Chỉ thị", Symbol: "28-CT/TW", Date: calendar.On(2022, 3, 1), Issuer: "Ban Bí thư"})
		refused(t, d, fault.KindInvalid, "có trước", func(tx *db.Tx) error {
			return directive.Relate(tx, p.officer, directive.Replaces, old.ID, later.ID, calendar.Date{}, "")
		})
		write(t, d, func(tx *db.Tx) error {
			return directive.Relate(tx, p.officer, directive.Replaces, later.ID, old.ID, calendar.Date{}, "")
		})
		var relation db.ID
		read(t, d, func(tx *db.Tx) error {
			now, err := directive.Find(tx, p.doctor, old.ID)
			if now.StateOn(calendar.On(2022, 2, 28)) != directive.InForce || now.StateOn(calendar.On(2022, 3, 1)) != directive.Replaced {
				t.Errorf("replaced on %s", now.ReplacedOn)
			}
			all, _, err2 := directive.Related(tx, p.doctor, old.ID)
			if len(all) == 1 {
				relation = all[0].ID
			}
			if err == nil {
				err = err2
			}
			return err
		})
		refused(t, d, fault.KindConflict, "vòng tròn", func(tx *db.Tx) error {
			if _, err := tx.Exec("update directive set date = '2023-01-01' where id = ?", old.ID); err != nil {
				return err
			}
			return directive.Relate(tx, p.officer, directive.Replaces, old.ID, later.ID, calendar.Date{}, "")
		})
		refused(t, d, fault.KindInvalid, "Cần ghi lý do", func(tx *db.Tx) error { return directive.EndRelation(tx, p.officer, relation, "") })
		write(t, d, func(tx *db.Tx) error {
			return directive.EndRelation(tx, p.officer, relation, "Nhập nhầm văn bản")
		})
		read(t, d, func(tx *db.Tx) error {
			now, err := directive.Find(tx, p.doctor, old.ID)
			if now.StateOn(calendar.On(2022, 4, 1)) != directive.InForce {
				t.Errorf("still replaced on %s", now.ReplacedOn)
			}
			return err
		})
	})
}

func TestAPlanStandsUnderWhatItCarriesOut(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		central := enter(t, d, p.officer, childrenDirective())
		read1 := enter(t, d, p.officer, provincialPlan()) // its subject cites the directive
		var proposed directive.Relation
		read(t, d, func(tx *db.Tx) error {
			all, _, err := directive.Related(tx, p.doctor, read1.ID)
			if len(all) != 1 || !all[0].Proposed() || all[0].Kind != directive.CarriesOut || all[0].Target != central.ID {
				t.Fatalf("relations %+v", all)
			}
			proposed = all[0]
			c, err2 := directive.ChainOf(tx, p.doctor, central.ID)
			if len(c.Down) != 0 || len(c.Without) != 2 {
				t.Errorf("before confirming: %d below, %d without a plan", len(c.Down), len(c.Without))
			}
			if err == nil {
				err = err2
			}
			return err
		})
		write(t, d, func(tx *db.Tx) error { return directive.ConfirmRelation(tx, p.officer, proposed.ID, "") })
		agency := enter(t, d, p.officer, directive.New{Type: "Kế hoạch", Symbol: "310/KH-SYT", Date: calendar.On(2013, 3, 4), Issuer: "Sở Y tế", Subject: "về bảo vệ trẻ em", Parent: read1.ID})
		read(t, d, func(tx *db.Tx) error {
			c, err := directive.ChainOf(tx, p.doctor, central.ID)
			if err != nil {
				return err
			}
			if len(c.Down) != 1 || len(c.Down[0].Links) != 1 || c.Down[0].Links[0].ID != agency.ID {
				t.Errorf("chain %+v", c.Down)
			}
			if len(c.Without) != 1 || c.Without[0].ID != p.soGDDT {
				t.Errorf("without a plan: %+v", c.Without)
			}
			c, err = directive.ChainOf(tx, p.doctor, agency.ID)
			if len(c.Up) != 1 || len(c.Up[0].Links) != 1 || c.Up[0].Links[0].ID != central.ID || len(c.Without) != 0 {
				t.Errorf("upwards %+v", c.Up)
			}
			g, err2 := record.Walk(tx, p.officer, "directive", central.ID, 3)
			if len(g.Descendants) == 0 || g.Descendants[0].Node.ID != read1.ID {
				t.Errorf("lineage %+v", g.Descendants)
			}
			if err == nil {
				err = err2
			}
			return err
		})
	})
}
