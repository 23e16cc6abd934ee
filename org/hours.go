package org

import (
	"fmt"
	"strconv"
	"strings"

	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// UsualHours are proposed to an office that has not said when it works.
const UsualHours = "07:30–11:30, 13:30–17:00"

var hoursSpan = pattern.Of(`^(\d{1,2})(?:[:hg.](\d{2})?)?\s*[-–—]\s*(\d{1,2})(?:[:hg.](\d{2})?)?$`)

// ReadHours reads when an office works, "7h30 - 11h30, 13:30-17:00", and writes it in one way.
func ReadHours(text string) (string, error) {
	wrong := fault.Invalid("hours", "Ghi giờ làm việc như %s.", UsualHours)
	var spans []string
	before := -1
	for _, span := range strings.FieldsFunc(fold.Tidy(text), func(r rune) bool { return r == ',' || r == ';' }) {
		m := hoursSpan().FindStringSubmatch(strings.TrimSpace(span))
		if m == nil {
			return "", wrong
		}
		from, to := minutes(m[1], m[2]), minutes(m[3], m[4])
		if from <= before || to <= from || to > 24*60 {
			return "", wrong
		}
		before = to
		spans = append(spans, fmt.Sprintf("%02d:%02d–%02d:%02d", from/60, from%60, to/60, to%60))
	}
	if len(spans) == 0 {
		return "", wrong
	}
	return strings.Join(spans, ", "), nil
}

func minutes(hour, minute string) int {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	if m > 59 {
		return -1
	}
	return h*60 + m
}
