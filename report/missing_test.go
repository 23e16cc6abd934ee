package report

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/calendar"
)

// A message to three hundred bodies that share a deadline says it once.
func TestManyBodiesShareALineOfTheMessage(t *testing.T) {
	a := Absence{}
	for n := range 300 {
		a.Items = append(a.Items, Absent{Name: fmt.Sprintf("Xã Suối Mây %d", n+1), Obligation: Obligation{Due: calendar.On(2022, 5, 17)}, DaysLate: 24})
	}
	a.Items = append(a.Items, Absent{Name: "Sở Y tế", Obligation: Obligation{Due: calendar.On(2022, 6, 20)}})
	text := a.message("Báo cáo tháng", calendar.MustPeriod("2022-05"), calendar.On(2022, 6, 20))
	for _, want := range []string{"còn 301 cơ quan chưa gửi báo cáo", "- Hạn 17/5/2022, chậm 24 ngày làm việc (300 cơ quan): Xã Suối Mây 1; Xã Suối Mây 2; ",
		"- Sở Y tế: hạn 20/6/2022, hết hạn hôm nay"} {
		if !strings.Contains(text, want) {
			t.Errorf("the message lacks %q: %.300s", want, text)
		}
	}
	if lines := strings.Count(text, "\n"); lines != 3 {
		t.Errorf("the message has %d lines", lines)
	}
}
