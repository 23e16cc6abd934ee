package document

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// mend says of a whole document what is wrong with its letters; such damage cannot be undone with certainty.
func mend(d *Document) {
	var all strings.Builder
	for _, b := range d.Blocks {
		if all.Len() > 1<<20 {
			break
		}
		all.WriteString(b.Text + "\n")
	}
	text := all.String()
	say := func(sentence string) { d.Problems = append(d.Problems, sentence) }
	if doublyEncoded(text) {
		say("Chữ trong tệp bị hỏng: đã bị ghi lại sai mã hai lần (“Ä‘”, “á»‡”). Hãy tìm bản gốc, hoặc mở bằng chương trình đã tạo ra rồi lưu lại theo UTF-8.")
	}
	if lostLetters(text) {
		say("Chữ trong tệp bị hỏng: nhiều chữ đã thành dấu hỏi hoặc ô vuông. Hãy tìm bản gốc.")
	}
	if withoutMarks(text) {
		say("Chữ trong tệp không có dấu tiếng Việt; tên người, tên cơ quan, viện dẫn có thể đọc không đúng. Hãy tìm bản có dấu.")
	}
}

// withoutMarks tells a Vietnamese text written without its marks: nearly all words can be syllables, hardly one has a mark.
func withoutMarks(text string) bool {
	words, like, marked := 0, 0, 0
	for _, w := range wordsOf(text) {
		if len(w) < 2 || w == strings.ToUpper(w) && len(w) < 6 {
			continue
		}
		words++
		if bare(w) != w {
			marked++
		} else if bareSyllable(w) {
			like++
		}
	}
	return words >= 12 && 50*marked < words && 10*like >= 8*words
}

// doublyEncoded tells UTF-8 that was taken for Windows-1252 and written as UTF-8 again.
func doublyEncoded(text string) bool {
	found := 0
	for word := range strings.FieldsSeq(text) {
		if !strings.ContainsAny(word, "ÃÄÅÆáâ") || !strings.ContainsFunc(word, func(r rune) bool { return r > 0x7F && !unicode.IsLetter(r) || r == 'º' || r == 'ª' }) {
			continue
		}
		raw, err := charmap.Windows1252.NewEncoder().Bytes([]byte(word))
		if err != nil {
			continue
		}
		if again := strings.ToValidUTF8(string(raw), "\uFFFD"); modern(again) || again != word && !strings.ContainsRune(again, '\uFFFD') {
			if found++; found >= 3 {
				return true
			}
		}
	}
	return false
}

// lostLetters tells a text in which marks of question stand inside words.
func lostLetters(text string) bool {
	words, lost := 0, 0
	for word := range strings.FieldsSeq(text) {
		words++
		inside := strings.TrimFunc(word, func(r rune) bool { return r != '\uFFFD' && !unicode.IsLetter(r) })
		if strings.ContainsRune(word, '\uFFFD') || strings.Contains(inside, "?") && !strings.Contains(inside, "://") && !strings.ContainsAny(inside, "=&/") {
			lost++
		}
	}
	return lost >= 3 && 20*lost >= words
}
