package conference

import (
	"strings"

	"giaoban/calendar"
	"giaoban/internal/fold"
)

// named is one line of a cooperation as typed: the body's spelling, its part, its own date.
type named struct {
	body, part string
	due        calendar.Date
}

// readCooperation reads lines such as "STTTT: tuyên truyền trên cổng thông tin, hạn 20/5/2022". Without parts several
// bodies may stand on one line, parted by commas or semicolons: "SYT, SNV". wrong lists dates that are no dates.
func readCooperation(text string) (entries []named, wrong []string) {
	for _, line := range lines(text) {
		body, rest, parted := strings.Cut(line, ":")
		if !parted {
			for _, name := range strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' }) {
				if name = strings.Trim(name, " ."); name != "" {
					entries = append(entries, named{body: name})
				}
			}
			continue
		}
		e := named{body: strings.TrimSpace(body), part: strings.Trim(rest, " ,;.")}
		if at, after, ok := lastDueWord(e.part); ok {
			day, err := calendar.ReadDate(strings.Trim(e.part[after:], " ,;."))
			if err != nil {
				wrong = append(wrong, strings.Trim(e.part[after:], " ,;."))
			} else {
				e.due, e.part = day, strings.Trim(e.part[:at], " ,;.(")
			}
		}
		if e.body != "" {
			entries = append(entries, e)
		}
	}
	return entries, wrong
}

// lastDueWord finds the last "hạn", "trước ngày" or "xong trước" behind which a date stands to the end of the line.
func lastDueWord(s string) (at, after int, ok bool) {
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		return 0, 0, false
	}
	for _, word := range []string{"hạn ngày ", "hạn ", "trước ngày ", "xong trước "} {
		i := strings.LastIndex(lower, word)
		if i < 0 || i > 0 && !strings.ContainsRune(" ,;(", rune(lower[i-1])) {
			continue
		}
		if tail := strings.Trim(lower[i+len(word):], " ,;.)"); tail == "" || tail[0] < '0' || tail[0] > '9' {
			continue
		}
		if !ok || i > at || i == at && i+len(word) > after {
			at, after, ok = i, i+len(word), true
		}
	}
	return at, after, ok
}

// unknown lists the spellings that no body, or more than one, answers to, and the words for many of whom none was invited.
func (d bodies) unknown(entries []named) []string {
	var out []string
	for _, e := range entries {
		if all, many := d.group(e.body); many && len(all) > 0 {
			continue
		}
		if _, ok := d.match(fold.Clean(e.body)); !ok {
			out = append(out, e.body)
		}
	}
	return out
}
