package record

import (
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/fold"
)

// ofAll are the verbs that rooms write about whatever record it happens to.
var ofAll = map[string]string{
	"attached":    "đính kèm tệp “{name}”[ ({label})]",
	"handed_over": "bàn giao cho {to}[, thay {from}]",
	"taken_back":  "hoàn tác bàn giao, {to} lại thực hiện",

	"handed_to_person": "giao cho một người của cơ quan",
	"handed_to_all":    "để cả cơ quan cùng làm, không giao riêng ai",

	"due_left":  "để nguyên hạn {from}, không dời sang {due} theo lịch nghỉ[: {reason}]",
	"due_again": "xét lại việc dời hạn {from} sang {due} theo lịch nghỉ",
}

// Words says how a verb of a kind is told; false when nobody wrote it down.
func Words(kind, verb string) (string, bool) {
	if words, ok := Kinds[kind].Verbs[verb]; ok {
		return words, true
	}
	words, ok := ofAll[verb]
	return words, ok
}

// Sentence says what was done in plain words, to follow the name of who did it. It ends without a full stop, also where
// what somebody typed has one: the page sets it.
func Sentence(kind, verb string, details map[string]any) string {
	if words, ok := Words(kind, verb); ok {
		return strings.TrimSuffix(fillWords(words, details), ".")
	}
	sentence := "ghi việc “" + verb + "”"
	if name := Kinds[kind].Name; name != "" {
		sentence += " của " + name
	}
	return sentence
}

// fillWords puts the details into their places.
func fillWords(words string, details map[string]any) string {
	var out strings.Builder
	for words != "" {
		open := strings.IndexByte(words, '[')
		if open < 0 {
			text, _ := fillPart(words, details)
			out.WriteString(text)
			break
		}
		end := open + strings.IndexByte(words[open:], ']')
		text, _ := fillPart(words[:open], details)
		out.WriteString(text)
		if text, whole := fillPart(words[open+1:end], details); whole {
			out.WriteString(text)
		}
		words = words[end+1:]
	}
	return out.String()
}

// fillPart reports whether every detail that the part asks for was there.
func fillPart(part string, details map[string]any) (text string, whole bool) {
	whole = true
	for {
		open := strings.IndexByte(part, '{')
		if open < 0 {
			return text + part, whole
		}
		end := open + strings.IndexByte(part[open:], '}')
		name, asked := strings.CutPrefix(part[open+1:end], "?")
		value := detailWords(name, details[name])
		whole = whole && value != ""
		text += part[:open]
		if !asked {
			text += value
		}
		part = part[end+1:]
	}
}

// longestDetail in a sentence: a reason may be a page long, and the record itself shows it whole.
const longestDetail = 160

// detailWords writes a value as people read it; "" for nothing, no, and none.
func detailWords(name string, value any) string {
	switch v := value.(type) {
	case bool:
		if v {
			return "có"
		}
	case float64:
		if v != 0 {
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	case string:
		if d, err := calendar.ParseDate(v); err == nil {
			return d.Vietnamese()
		}
		if name == "period" {
			if p, err := calendar.ParsePeriod(v); err == nil {
				return p.Name()
			}
		}
		if name == "role" {
			return access.Role(v).Name()
		}
		if words, ok := channelWords[v]; ok && name == "channel" {
			return words
		}
		v = strings.Join(strings.Fields(fold.Clean(v)), " ")
		return fold.Cut(v, longestDetail)
	}
	return ""
}

var channelWords = map[string]string{"phone": "điện thoại", "zalo": "Zalo", "email": "thư điện tử", "paper": "công văn"}
