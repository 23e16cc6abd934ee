package calendar_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
)

func TestADeadlineFollowsTheCalendarThereAndBack(t *testing.T) {
	due, next := calendar.On(2022, 5, 20), calendar.On(2022, 5, 23)
	plain := calendar.Default()
	off := plain.With(calendar.Day{Date: due, Kind: calendar.OfficeOff, Name: "Ngày hội", Confirmed: true})
	if s, moved := plain.ShiftFixed(due, calendar.Date{}); moved {
		t.Errorf("a working day moves to %s", s.To)
	}
	s, moved := off.ShiftFixed(due, calendar.Date{})
	if !moved || s.To != next || !strings.Contains(s.Why, "cơ quan nghỉ Ngày hội") {
		t.Errorf("%+v %t", s, moved)
	}
	if s, moved := off.ShiftFixed(next, due); moved {
		t.Errorf("it goes back to a day off: %+v", s)
	}
	if s, moved := plain.ShiftFixed(next, due); !moved || s.To != due {
		t.Errorf("it does not go back: %+v %t", s, moved)
	}
	// A day within the count moves what was counted over it, although the day itself is a working day.
	cutoff := calendar.On(2022, 6, 14)
	within := plain.With(calendar.Day{Date: calendar.On(2022, 6, 15), Kind: calendar.Holiday, Name: "Ngày truyền thống", Confirmed: true})
	if s, moved := within.ShiftCounted(cutoff, 2, calendar.On(2022, 6, 16)); !moved || s.To != calendar.On(2022, 6, 17) {
		t.Errorf("%+v %t", s, moved)
	}
	made := plain.With(calendar.Day{Date: calendar.On(2022, 6, 18), Kind: calendar.MakeUp, Name: "thay 17/6", Confirmed: true},
		calendar.Day{Date: calendar.On(2022, 6, 17), Kind: calendar.SwapOff, Name: "làm bù 18/6", Confirmed: true})
	if s, moved := made.ShiftCounted(cutoff, 3, calendar.On(2022, 6, 17)); !moved || s.To != calendar.On(2022, 6, 18) {
		t.Errorf("a make-up day is not counted: %+v %t", s, moved)
	}
}
