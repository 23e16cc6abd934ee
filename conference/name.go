package conference

import (
	"strconv"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/fold"
)

// Name is how papers call the conference after they named it in full: "Hội nghị giao ban công tác khoa giáo quý I năm 2022".
func (b Conference) Name() string {
	if b.Title == "" {
		return "Hội nghị giao ban công tác khoa giáo " + b.Period.Name()
	}
	name, _, _ := strings.Cut(b.Title, launching)
	return name
}

// launching parts what is looked back on from what is launched.
const launching = ", triển khai nhiệm vụ "

// Short is how lists name it: a briefing by its period, any other by its name.
func (b Conference) Short() string {
	if b.Title == "" {
		return fold.Capital(b.Period.Name())
	}
	return b.Name()
}

// FullName tells what is launched too: “…, triển khai nhiệm vụ quý II năm 2022”.
func (b Conference) FullName() string {
	if b.Title == "" {
		return b.Name() + launching + b.Period.Ahead()
	}
	return b.Title
}

// spread is its full name over two lines, as under the type of a paper.
func (b Conference) spread() string {
	return strings.Replace(b.FullName(), ", triển khai", ",\ntriển khai", 1)
}

// closes is the last day that it looks back on, which tells the one before: of its period, else the day it is held.
func (b Conference) closes() calendar.Date {
	if b.PeriodEnd.IsZero() {
		return b.HeldOn
	}
	return b.PeriodEnd
}

// Ahead names the time that conclusions are for: “quý II năm 2022”, “” where nothing is launched.
func (b Conference) Ahead() string {
	if b.Launches.IsZero() {
		return ""
	}
	return b.Period.Ahead()
}

// BringItems are the papers to bring.
func (b Conference) BringItems() []string { return lines(b.Bring) }

// When says day and hour as an invitation does: "14 giờ 00, thứ Sáu, ngày 01/4/2022"; "" while no day is fixed.
func (b Conference) When() string {
	if b.HeldOn.IsZero() {
		return ""
	}
	day := b.HeldOn.WithWeekday()
	if i := strings.LastIndexByte(day, ' '); i > 0 { // "thứ Sáu 01/4/2022"
		day = strings.TrimSuffix(day[:i], ",") + ", ngày " + day[i+1:]
	}
	if hour, minute, ok := strings.Cut(b.HeldAt, ":"); ok {
		return hour + " giờ " + minute + ", " + day
	}
	return day
}

// HalfDay is "Sáng" or "Chiều", "" while no hour is fixed.
func (b Conference) HalfDay() string {
	switch {
	case b.HeldAt == "":
		return ""
	case b.HeldAt < "12:00":
		return "Sáng"
	}
	return "Chiều"
}

// readHour reads "14:00", "14h30", "14 giờ", "8 giờ 00 phút" into "14:00"; "" when it is none of these.
func readHour(s string) string {
	s = strings.NewReplacer("phút", "", "phut", "", "’", "", "'", "").Replace(strings.ToLower(fold.Clean(s)))
	for _, word := range []string{"giờ", "gio", "h", "."} {
		s = strings.Replace(s, word, ":", 1)
	}
	hour, minute, _ := strings.Cut(s, ":")
	minute = strings.TrimSpace(minute)
	if minute == "" {
		minute = "0"
	}
	h, err := strconv.ParseUint(strings.TrimSpace(hour), 10, 8)
	m, err2 := strconv.ParseUint(minute, 10, 8)
	if err != nil || err2 != nil || h > 23 || m > 59 {
		return ""
	}
	return pad(h) + ":" + pad(m)
}

func pad(n uint64) string {
	if n < 10 {
		return "0" + strconv.FormatUint(n, 10)
	}
	return strconv.FormatUint(n, 10)
}

// usualAgenda is what such a conference goes through, one item a line; the office edits it.
func usualAgenda(b Conference) []string {
	if b.Period.IsZero() {
		return []string{"Ổn định tổ chức, giới thiệu đại biểu", "Trao đổi, phát biểu của đại biểu", "Kết luận hội nghị"}
	}
	return []string{
		"Ổn định tổ chức, giới thiệu đại biểu",
		"Báo cáo kết quả thực hiện các kết luận của hội nghị trước",
		"Báo cáo kết quả công tác khoa giáo " + b.Period.Name() + ", nhiệm vụ " + b.Period.Ahead(),
		"Tham luận, trao đổi của các sở, ngành, đơn vị",
		"Trả lời kiến nghị, trao đổi của lãnh đạo Ban",
		"Kết luận hội nghị",
	}
}
