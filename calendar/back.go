package calendar

// CountBack returns the n-th working day before the day on which something else is due: until when those must be done on
// whom it rests. what names it, "báo cáo gửi Tỉnh ủy". The day itself is not counted.
func CountBack(h Holidays, from Date, workingDays int, what string) Deadline {
	return Deadline{Date: h.AddWorkingDays(from, -workingDays), From: from, WorkingDays: -workingDays, back: what}
}

// DueSince is Due for a day that is counted from what happened, not from the cut-off of figures: what says it, "Dự thảo gửi".
func DueSince(h Holidays, what string, day Date, workingDays int) Deadline {
	l := Due(h, day, workingDays)
	if workingDays > 0 {
		l.since = what
	}
	return l
}
