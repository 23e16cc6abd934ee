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

func TestAnExtensionReachesAWorkingDayWithinItsSpan(t *testing.T) {
	h, due, today := calendar.Default(), calendar.On(2022, 4, 29), calendar.On(2022, 4, 20)
	if err := h.Extended(due, today, calendar.On(2022, 5, 31)); err != nil {
		t.Error(err)
	}
	err := h.Extended(due, today, calendar.On(2022, 5, 15))
	if err == nil || !strings.Contains(err.Error(), "ngày làm việc kế tiếp là thứ Hai 16/5/2022") {
		t.Error(err)
	}
	last := h.FarthestExtension(due, today)
	if n := h.WorkingDaysBetween(due, last); n != calendar.LongestExtension {
		t.Errorf("the farthest day is %d working days away", n)
	}
	if err := h.Extended(due, today, last); err != nil {
		t.Error(err)
	}
	if err := h.Extended(due, today, h.AddWorkingDays(last, 1)); err == nil || !strings.Contains(err.Error(), last.WithWeekday()) {
		t.Error(err)
	}
	late := calendar.On(2022, 9, 1) // a day long past counts from today
	if err := h.Extended(due, late, h.AddWorkingDays(late, 5)); err != nil {
		t.Error(err)
	}
}
