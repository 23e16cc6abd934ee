package calendar

import (
	"regexp"
	"strings"

	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// spoken are the ways in which people write periods, folded, with the stable form each stands for; $1 is the number.
var spoken = []struct {
	written func() *regexp.Regexp
	stable  func(m []string) string
}{
	{pattern.Of(`^quy (i{1,3}|iv|[1-4])(?:[ /,-]+|[ ,]*nam )(\d{4})$`), func(m []string) string { return m[2] + "-Q" + quarterDigit(m[1]) }},
	{pattern.Of(`^thang (\d{1,2})(?:[ /,-]+|[ ,]*nam )(\d{4})$`), func(m []string) string { return m[2] + "-" + strings.Repeat("0", 2-len(m[1])) + m[1] }},
	{pattern.Of(`^6 thang dau (?:nam )?(\d{4})$`), func(m []string) string { return m[1] + "-H1" }},
	{pattern.Of(`^6 thang cuoi (?:nam )?(\d{4})$`), func(m []string) string { return m[1] + "-H2" }},
	{pattern.Of(`^9 thang (?:dau )?(?:nam )?(\d{4})$`), func(m []string) string { return m[1] + "-9M" }},
	{pattern.Of(`^(?:ca )?nam (\d{4})$`), func(m []string) string { return m[1] }},
	{pattern.Of(`^giai doan (\d{4})-(\d{4})$`), func(m []string) string { return m[1] + ".." + m[2] }},
}

func quarterDigit(said string) string {
	if n := map[string]string{"i": "1", "ii": "2", "iii": "3", "iv": "4"}[said]; n != "" {
		return n
	}
	return said
}

// ReadPeriod reads a period as a person types it: "quý I năm 2022", "tháng 3/2022", "6 tháng đầu năm 2022", or its stable
// form.
func ReadPeriod(s string) (Period, error) {
	s = strings.TrimSpace(s)
	if p, err := ParsePeriod(s); err == nil {
		return p, nil
	}
	said := fold.Fold(s)
	for _, way := range spoken {
		if m := way.written().FindStringSubmatch(said); m != nil {
			if p, err := ParsePeriod(way.stable(m)); err == nil {
				return p, nil
			}
		}
	}
	return Period{}, fault.Invalid("", "Kỳ “%s” không đọc được; hãy viết như quý I năm 2022, tháng 3 năm 2022, 6 tháng đầu năm 2022 hoặc năm 2022.", fold.Cut(s, 40))
}
