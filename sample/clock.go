package sample

import (
	"fmt"
	"time"

	"giaoban/calendar"
	"giaoban/internal/db"
)

// From gives a clock that runs with real time, beginning at start now.
func From(start time.Time) func() time.Time {
	began := time.Now() // with the monotonic reading: a machine whose clock is set does not move the sample's
	return func() time.Time { return start.Add(time.Since(began)) }
}

// at is an hour of a day written in the story: at("2022-03-16", "09:15").
func at(day, hour string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+hour, db.Vietnam)
	if err != nil {
		panic(fmt.Sprintf("sample: %v", err)) // a typing error in our own story
	}
	return t
}

// on is the hour and minute of a day of the calendar.
func on(day calendar.Date, hour, minute int) time.Time {
	return day.StartOfDay().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(fmt.Sprintf("sample: %v", err))
	}
	return d
}
