package calendar

// CountBack returns the n-th working day before the day on which something else is due: until when those must be done on
// whom it rests. what names it, "báo cáo gửi Tỉnh ủy". The day itself is not counted.
func CountBack(h Holidays, from Date, workingDays int, what string) Deadline {
	return Deadline{Date: h.AddWorkingDays(from, -workingDays), From: from, WorkingDays: -workingDays, back: what}
}
