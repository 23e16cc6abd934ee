package official

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/pattern"
)

// understood are the abbreviations that every reader of these papers knows: bodies and schools as the whole system
// writes them, columns of tables, names known over the world. All others are explained where they first stand.
var understood = wordSet(`UBND HĐND MTTQ UBMTTQ TW TƯ TU TP TX TT STT ĐVT THPT THCS BHYT BHXH COVID COVID-19 SARS-CoV-2 HIV AIDS HIV/AIDS
	GDP GRDP USD VND ASEAN WHO UNESCO UNICEF FDI ODA OCOP VNeID QR PDF KT-XH`)

func wordSet(words string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

var (
	symbolWritten = pattern.Of(`\d+[\p{L}]*[-/][\p{L}\d]*\p{Lu}[\p{L}\d]*(?:[-/.&][\p{L}\d]+)*|(?:^|\s)-\p{Lu}[\p{L}\d]*/[\p{L}\d]+`)
	shortened     = pattern.Of(`[A-ZĐƯ][A-ZĐƯ&]*(?:-[A-ZĐƯ&]+)*(?:-\d+)?`)
	romanNumber   = pattern.Of(`^[IVXLCDM]+$`)
	capitals      = pattern.Of(`\p{Lu}[\p{Lu}\p{Mn}]+`)
)

// abbreviations finds those that nothing explains where they first stand. Numbers of papers, headlines in capitals
// and the lines of the closing block are other things.
func (l *linter) abbreviations() {
	told := make(map[string]bool)
	for _, t := range l.d.reading() {
		text := symbolWritten().ReplaceAllString(t.text, " ")
		if strings.ToUpper(text) == text {
			continue
		}
		for _, m := range shortened().FindAllStringIndex(text, -1) {
			short := text[m[0]:m[1]]
			if len([]rune(short)) < 2 || told[short] || understood[short] || romanNumber().MatchString(short) || inWord(text, m) {
				continue
			}
			told[short] = true
			if !explained(text, short, m) && !explainedInNotes(t.notes, short) && !loud(text, m) {
				l.add("viet-tat-chua-giai-thich", t.where, "Chữ viết tắt “%s” chưa được giải thích; lần đầu hãy viết đủ rồi ghi (%s), hoặc viết đủ mỗi lần.", short, short)
			}
		}
	}
}

// read is one text with the notes of its table, where abbreviations may be explained as well.
type read struct {
	typed
	notes string
}

// reading gives the texts in which abbreviations need an explanation, in the order of the paper.
func (d Document) reading() []read {
	out := []read{{typed{"Trích yếu", d.Subject, true}, ""}}
	for _, t := range d.texts() {
		if strings.HasPrefix(t.where, "Căn cứ") {
			out = append(out, read{t, ""})
		}
	}
	body := func(in string, blocks []Block) {
		for i, b := range blocks {
			notes := ""
			if table, ok := b.(Table); ok {
				notes = strings.Join(table.Notes, "\n")
			}
			for _, t := range textsOfBlock(fmt.Sprintf("%sĐoạn %d", in, i+1), b) {
				out = append(out, read{t, notes})
			}
		}
	}
	body("", d.Body)
	for i, a := range d.Annexes {
		body(annexPlace(i)+", ", a.Body)
	}
	return out
}

// inWord: the capitals are part of a longer word ("ThS", "TTg", "YT01").
func inWord(text string, m []int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:m[0]])
	after, _ := utf8.DecodeRuneInString(text[m[1]:])
	return unicode.IsLetter(before) || unicode.IsDigit(before) || unicode.IsLetter(after) || unicode.IsDigit(after)
}

// explained: "… (ABC)", "(gọi tắt là ABC)", "(viết tắt: ABC)", or "ABC (…)" with the full words behind it.
func explained(text, short string, m []int) bool {
	if open := strings.LastIndexByte(text[:m[0]], '('); open >= 0 && !strings.Contains(text[open:m[0]], ")") {
		inside := strings.TrimSpace(text[open+1 : m[0]])
		if inside == "" || strings.HasSuffix(inside, "tắt là") || strings.HasSuffix(inside, "tắt:") || strings.HasSuffix(inside, "tắt") {
			return strings.HasPrefix(strings.TrimSpace(text[m[1]:]), ")") || inside != ""
		}
	}
	rest, opened := strings.CutPrefix(text[m[1]:], " (")
	if !opened {
		return false
	}
	words, _, closed := strings.Cut(rest, ")")
	return closed && len(strings.Fields(words)) >= len([]rune(short))
}

func explainedInNotes(notes, short string) bool {
	for _, sign := range []string{": ", " là ", " = "} {
		if strings.Contains(notes, short+sign) {
			return true
		}
	}
	return false
}

// loud: a word beside it is in capitals with Vietnamese marks, so the words are shouted and not shortened.
func loud(text string, m []int) bool {
	before, after := strings.Fields(text[:m[0]]), strings.Fields(text[m[1]:])
	near := ""
	if len(before) > 0 {
		near = before[len(before)-1]
	}
	if len(after) > 0 {
		near += " " + after[0]
	}
	for _, w := range capitals().FindAllString(near, -1) {
		if strings.ContainsFunc(w, func(r rune) bool { return r > 0x7f && r != 'Đ' && r != 'Ư' }) {
			return true
		}
	}
	return false
}
