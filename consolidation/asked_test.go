package consolidation_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/consolidation"
	"giaoban/report"
)

// What is asked for again leaves the totals and the words; everything else of the report stays, and the totals kept are
// what the reports add up to at every step.
func TestAskingForOnePartLeavesTheRestInTheTotals(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		health := o.accepted("SYT", "2022-03", "kham=615509 bhyt=90.31", section(report.SectionResults, "yt", "Đoạn một.", "Đoạn hai."))
		figure := func(code string) consolidation.Figure {
			o.t.Helper()
			o.sound()
			f, err := consolidation.AddUp(o.tx, o.officer, "kg-thang", quarter, report.Accepted)
			o.ok(err)
			for _, one := range f.Figures {
				if one.Indicator.Code == code {
					return one
				}
			}
			o.t.Fatalf("no %s", code)
			return consolidation.Figure{}
		}
		words := func() string {
			o.t.Helper()
			c, err := consolidation.Compose(o.tx, o.officer, "kg-thang", quarter, report.Accepted)
			o.ok(err)
			return group(c, report.SectionResults, "yt")
		}
		all, cover := *figure("kham").Value, *figure("bhyt").Value

		o.ok(report.Return(o.tx, o.officer, health, report.Returning{Reason: "Xem lại", Indicator: "kham"}))
		asked := figure("kham")
		if *asked.Value != all-615509 || len(asked.Asked) != 1 || asked.Asked[0].Code != "SYT" {
			o.t.Errorf("asked for, the figure still counts or is not marked: %+v", asked)
		}
		if rest := figure("bhyt"); rest.Value == nil || *rest.Value != cover || len(rest.Asked) != 0 {
			o.t.Errorf("another figure of the report left the totals: %+v", rest)
		}
		if text := words(); !strings.Contains(text, "Đoạn một. | Đoạn hai.") {
			o.t.Errorf("words left with a figure: %s", text)
		}
		o.ok(report.Return(o.tx, o.officer, health, report.Returning{Reason: "Nói rõ", Section: report.SectionResults, Sector: "yt", Paragraph: 1}))
		if text := words(); strings.Contains(text, "Đoạn một.") || !strings.Contains(text, "Đoạn hai.") {
			o.t.Errorf("one paragraph was asked for, the words are: %s", text)
		}
		o.ok(report.Return(o.tx, o.officer, health, report.Returning{Reason: "Lần nữa", Indicator: "kham"}))
		if again := figure("kham"); *again.Value != all-615509 {
			o.t.Errorf("asked for twice, it was taken out twice: %d", *again.Value)
		}
		ob, err := report.ObligationOf(o.tx, o.officer, "kg-thang", calendar.MustPeriod("2022-03"), o.bodies["SYT"].ID)
		o.ok(err)
		if ob.Accepted != health || !ob.Owed || ob.State() != report.StateReturned {
			o.t.Errorf("the version must count and be waited for: %+v", ob)
		}

		o.accepted("SYT", "2022-03", "kham=615510 bhyt=90.31", section(report.SectionResults, "yt", "Đoạn một, rõ hơn.", "Đoạn hai."))
		if now := figure("kham"); *now.Value != all+1 || len(now.Asked) != 0 {
			o.t.Errorf("the new version is not in: %+v", now)
		}

		fresh := o.sends("SVHTT", "2022-03", "kham=5 truong=7", section(report.SectionResults, "gd", "Của văn hóa."))
		o.ok(report.Return(o.tx, o.officer, fresh, report.Returning{Reason: "Xem lại", Indicator: "kham"}))
		o.ok(report.Accept(o.tx, o.officer, fresh))
		if now := figure("kham"); *now.Value != all+1 {
			o.t.Errorf("accepted but for one figure, that figure counts: %d", *now.Value)
		}
		schools := *figure("truong").Value
		o.ok(report.Return(o.tx, o.officer, fresh, report.Returning{Reason: "Làm lại cả"}))
		if now := figure("truong"); now.Value != nil && *now.Value != schools-7 {
			o.t.Errorf("sent back whole, it still counts: %d", *now.Value)
		}
	})
}

func (o *quarterOffice) sound() {
	o.t.Helper()
	wrong, err := report.Verify(o.tx)
	o.ok(err)
	for _, w := range wrong {
		o.t.Error(w.Sentence)
	}
}
