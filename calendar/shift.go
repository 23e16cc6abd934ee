package calendar

// Shift is dời hạn: a deadline that falls otherwise because offices do not work as was thought when it was given.
type Shift struct {
	From, To Date
	Why      string // in a sentence
}

// ShiftFixed tells whether a day that was fixed falls on a day off now, or may go back to the day from which it was moved
// before, because offices work on it again. before is zero for a day that was never moved.
func (h Holidays) ShiftFixed(due, before Date) (Shift, bool) {
	if working, reason := h.WorkingDay(due); !working {
		to := h.MoveToWorkingDay(due)
		return Shift{due, to, "Ngày " + due.Vietnamese() + " là ngày nghỉ (" + reason + "); ngày làm việc kế tiếp là " + to.WithWeekday() + "."}, to != due
	}
	if !before.IsZero() && before.Before(due) && h.works(before) {
		return Shift{due, before, "Ngày " + before.Vietnamese() + " không còn là ngày nghỉ; trở lại hạn cũ."}, true
	}
	return Shift{}, false
}

// ShiftCounted tells whether a deadline that was counted from a cut-off is another day now.
func (h Holidays) ShiftCounted(cutoff Date, workingDays int, due Date) (Shift, bool) {
	deadline := Due(h, cutoff, workingDays)
	return Shift{due, deadline.Date, deadline.Explain()}, deadline.Date != due
}
