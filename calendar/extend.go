package calendar

import "giaoban/internal/fault"

// LongestExtension is how many working days an extension may reach beyond the day in force, or beyond today when that day
// has passed: about a quarter. What needs longer is another task, or another period.
const LongestExtension = 60

// FarthestExtension is the last day that an extension may give.
func (h Holidays) FarthestExtension(due, today Date) Date {
	from := due
	if from.Before(today) {
		from = today
	}
	return h.AddWorkingDays(from, LongestExtension)
}

// Extended refuses, with the day to take instead, an extension to a day on which offices do not work or which is farther
// than extensions reach.
func (h Holidays) Extended(due, today, to Date) error {
	if working, reason := h.WorkingDay(to); !working {
		return fault.Invalid("due", "Ngày %s là ngày nghỉ (%s); ngày làm việc kế tiếp là %s.", to.Vietnamese(), reason, h.MoveToWorkingDay(to).WithWeekday())
	}
	if farthest := h.FarthestExtension(due, today); to.After(farthest) {
		return fault.Invalid("due", "Gia hạn được nhiều nhất %d ngày làm việc, đến hết %s.", LongestExtension, farthest.WithWeekday())
	}
	return nil
}
