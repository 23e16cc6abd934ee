package archive

import (
	"strconv"
	"strings"

	"giaoban/calendar"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

var (
	quarterWords = pattern.Of(`^(?:quy )?(?:q ?)?(i{1,3}|iv|[1-4])[ /-]*(?:nam )?(\d{4})$`)
	monthWords   = pattern.Of(`^(?:thang )?(\d{1,2})[ /-]*(?:nam )?(\d{4})$`)
	halfWords    = pattern.Of(`^(?:6 thang|sau thang) (dau|cuoi) nam[ /-]*(\d{4})$`)
	nineWords    = pattern.Of(`^(?:9|chin) thang(?: dau nam)?[ /-]*(?:nam )?(\d{4})$`)
	yearWords    = pattern.Of(`^(?:ca )?(?:nam )?(\d{4})$`)
	termWords    = pattern.Of(`^(?:giai doan |nhiem ky )?(\d{4}) *(?:-|–|den|\.\.) *(\d{4})$`)
)

var quarterNumbers = map[string]string{"i": "1", "ii": "2", "iii": "3", "iv": "4"}

// ReadPeriod reads a period as people type it: "quý I/2022", "9 tháng đầu năm 2023", "6 tháng cuối năm 2020", "năm 2021",
// "2017-2021", or the codes of calendar.ParsePeriod.
func ReadPeriod(s string) (calendar.Period, error) {
	if p, err := calendar.ParsePeriod(strings.ToUpper(strings.TrimSpace(s))); err == nil {
		return p, nil
	}
	words := strings.Join(strings.Fields(fold.Fold(s)), " ")
	code := ""
	if m := quarterWords().FindStringSubmatch(words); m != nil {
		n := m[1]
		if roman, ok := quarterNumbers[n]; ok {
			n = roman
		}
		if strings.HasPrefix(words, "q") {
			code = m[2] + "-Q" + n
		}
	}
	switch {
	case code != "":
	case halfWords().MatchString(words):
		m := halfWords().FindStringSubmatch(words)
		code = m[2] + "-H" + map[string]string{"dau": "1", "cuoi": "2"}[m[1]]
	case nineWords().MatchString(words):
		code = nineWords().FindStringSubmatch(words)[1] + "-9M"
	case yearWords().MatchString(words):
		code = yearWords().FindStringSubmatch(words)[1]
	case termWords().MatchString(words):
		m := termWords().FindStringSubmatch(words)
		code = m[1] + ".." + m[2]
	case monthWords().MatchString(words):
		m := monthWords().FindStringSubmatch(words)
		n, _ := strconv.Atoi(m[1])
		code = m[2] + "-" + string([]byte{byte('0' + n/10), byte('0' + n%10)})
	}
	p, err := calendar.ParsePeriod(code)
	if err != nil {
		return p, fault.Invalid("", "Chưa đọc được kỳ “%s”. Hãy viết như quý I/2022, tháng 3/2022, 6 tháng đầu năm 2022, 9 tháng 2022, năm 2022 hoặc 2022-2025.", fold.Cut(s, 40))
	}
	return p, nil
}
