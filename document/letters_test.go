package document

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// inTCVN3 writes a text as the fonts .VnTime hold it; capitals with marks are shown by another font, so they become small.
func inTCVN3(text string) string {
	places := make(map[rune]rune)
	for place, letter := range tcvn3Letters() {
		places[letter] = place
	}
	return strings.Map(func(r rune) rune {
		if place, ok := places[r]; ok {
			return place
		}
		if place, ok := places[unicode.ToLower(r)]; ok {
			return place
		}
		return r
	}, text)
}

// inVNI writes a text as the fonts VNI-Times hold it.
func inVNI(text string) string {
	var b strings.Builder
	for _, r := range text {
		low := unicode.ToLower(r)
		write := func(s string) {
			if low != r {
				s = strings.ToUpper(s)
			}
			b.WriteString(s)
		}
		alone := rune(0)
		for place, letter := range vniLetters {
			if letter == low {
				alone = place
			}
		}
		if alone != 0 {
			write(string(alone))
			continue
		}
		parts := []rune(norm.NFD.String(string(low)))
		marks := string(parts[1:])
		base := string(parts[:1])
		if strings.ContainsRune(marks, '\u031B') { // ơ, ư keep their horn
			base = map[string]string{"o": "ô", "u": "ö"}[base]
			marks = strings.ReplaceAll(marks, "\u031B", "")
		}
		mark := ""
		for place, is := range vniMarks {
			if marks != "" && norm.NFC.String("a"+is) == norm.NFC.String("a"+marks) {
				mark = string(place)
			}
		}
		write(base + mark)
	}
	return b.String()
}

const (
	notice = "Cộng hòa xã hội chủ nghĩa Việt Nam: Sở Y tế hoàn thành kế hoạch tiêm chủng, được 96,5% trẻ em; trường, lớp đều sửa chữa."
	plain  = "Thực hiện kế hoạch của Ban Thường vụ Tỉnh ủy, các ngành trong khối đã phối hợp chặt chẽ, kịp thời, hiệu quả."
)

func bytesOfLatin(text string) []byte {
	var b []byte
	for _, r := range text {
		b = append(b, byte(r))
	}
	return b
}

func twice(text string) string {
	s, err := charmap.Windows1252.NewDecoder().String(text)
	if err != nil {
		panic(err)
	}
	return s
}

func lettersTraps() []trap {
	unmarked := func(s string) string {
		return strings.NewReplacer("Đ", "D").Replace(strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			if r == 'đ' {
				return 'd'
			}
			return r
		}, norm.NFD.String(s)))
	}
	wide := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(notice)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	by1258, err := charmap.Windows1258.NewEncoder().String(decomposed1258(notice))
	if err != nil {
		panic(err)
	}
	return []trap{
		{name: "phông .VnTime", file: "a.docx", content: docx(p("", in(".VnTime", inTCVN3(notice))), nil), want: lines("paragraph||" + notice), problems: []string{".VnTime (mã TCVN3)"}},
		{name: "phông .VnTimeH: chữ hoa", file: "a.docx", content: docx(p("", in(".VnTimeH", inTCVN3("ủy ban nhân dân")), in(".VnTime", inTCVN3(" tỉnh"))), nil),
			want: lines("paragraph||ỦY BAN NHÂN DÂN tỉnh"), problems: []string{".VnTime"}},
		{name: "phông .VnTime theo kiểu đoạn mặc định", file: "a.docx", content: docx(p("", inTCVN3(plain)), parts{"styles": `<w:docDefaults><w:rPrDefault><w:rPr>` +
			`<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:rPrDefault></w:docDefaults>`}), want: lines("paragraph||" + plain), problems: []string{".VnTime"}},
		{name: "Unicode gõ trong phông .VnTime thì để nguyên", file: "a.docx", content: docx(p("", in(".VnTime", notice)), nil), want: lines("paragraph||" + notice)},
		{name: "phông VNI-Times, chữ ngắt giữa dấu", file: "a.docx", content: docx(p("", in("VNI-Times", inVNI(notice)[:30]), in("VNI-Times", inVNI(notice)[30:])), nil), want: lines("paragraph||" + notice), problems: []string{"phông VNI"}},
		{name: "chữ TCVN3 nằm trong UTF-8, không có phông", file: "a.docx", content: docx(p("", inTCVN3(notice)), nil), want: lines("paragraph||" + notice), problems: []string{"mã TCVN3"}},
		{name: "ô bảng bằng phông .VnTime", file: "a.docx", content: docx(tbl(tr(tc("", p("", in(".VnTime", inTCVN3("Y tế")))), tc("", "12"))), nil), want: lines("row||Y tế ¦ 12"), problems: []string{".VnTime"}},
		{name: "sửa số trong đoạn phông .VnTime", file: "a.docx", content: docx(p("", in(".VnTime", inTCVN3("Đạt ")), del("503"), ins("516"), in(".VnTime", inTCVN3(" trẻ được tiêm"))), nil),
			want: lines("paragraph||Đạt 516 trẻ được tiêm {516 503}"), problems: []string{"sửa đổi", ".VnTime"}},
		{name: "tệp chữ theo byte TCVN3", file: "a.txt", content: bytesOfLatin(inTCVN3(notice)), want: lines("paragraph||" + notice), problems: []string{"mã TCVN3"}},
		{name: "tệp chữ theo byte VNI", file: "a.txt", content: bytesOfLatin(inVNI(notice)), want: lines("paragraph||" + notice), problems: []string{"mã VNI"}},
		{name: "tệp chữ VNI nằm trong UTF-8", file: "a.txt", content: []byte(inVNI(notice)), want: lines("paragraph||" + notice), problems: []string{"mã VNI"}},
		{name: "tệp chữ theo Windows-1258", file: "a.txt", content: []byte(by1258), want: lines("paragraph||" + notice)},
		{name: "UTF-16 có dấu đầu tệp", file: "a.txt", content: wide, want: lines("paragraph||" + notice)},
		{name: "UTF-16 không có dấu đầu tệp", file: "a.txt", content: wide[2:], want: lines("paragraph||" + notice)},
		{name: "trang web theo byte TCVN3", file: "a.html", content: bytesOfLatin("<html><body><p>" + inTCVN3(notice) + "</p></body></html>"), want: lines("paragraph||" + notice), problems: []string{"mã TCVN3"}},
		{name: "tiếng Pháp không bị đổi", file: "a.txt", content: []byte("La réunion de l'équipe française à l'école a été reportée; le café est fermé."), want: lines("paragraph||La réunion de l'équipe française à l'école a été reportée; le café est fermé.")},
		{name: "chữ dựng sẵn và tổ hợp như nhau", file: "a.txt", content: []byte(norm.NFD.String(notice)), want: lines("paragraph||" + notice)},
		{name: "chữ mất dấu", file: "a.txt", content: []byte(unmarked(plain)), want: lines("paragraph||" + unmarked(plain)), problems: []string{"không có dấu tiếng Việt"}},
		{name: "chữ ghi sai mã hai lần", file: "a.txt", content: []byte(twice(strings.ReplaceAll(plain, "Đ", "D"))), want: lines("paragraph||" + oneLine(twice(plain))), problems: []string{"sai mã hai lần"}},
		{name: "chữ thành dấu hỏi", file: "a.txt", content: []byte("H?i ngh? giao ban c?a t?nh ?y Kh?nh H?a v? c?ng t?c khoa gi?o."), want: lines("paragraph||H?i ngh? giao ban c?a t?nh ?y Kh?nh H?a v? c?ng t?c khoa gi?o."), problems: []string{"dấu hỏi"}},
		{name: "tiếng Anh không phải tiếng Việt mất dấu", file: "a.txt", content: []byte("The committee reviewed the quarterly report and agreed on the next steps for schools and hospitals."),
			want: lines("paragraph||The committee reviewed the quarterly report and agreed on the next steps for schools and hospitals.")},
	}
}

// decomposed1258 leaves the letters of Windows-1258 whole and sets the tones behind them.
func decomposed1258(text string) string {
	var b strings.Builder
	for _, r := range text {
		tone := ""
		var rest []rune
		for _, c := range norm.NFD.String(string(r)) {
			if strings.ContainsRune(tones, c) {
				tone = string(c)
			} else {
				rest = append(rest, c)
			}
		}
		b.WriteString(norm.NFC.String(string(rest)) + tone)
	}
	return b.String()
}

func TestOlderLettersAreReadConvertedAndSaid(t *testing.T) {
	check(t, lettersTraps())
	d, err := Read(t.Context(), "a.txt", bytesOfLatin(inTCVN3(notice)))
	if err != nil || d.Blocks[0].Original != inTCVN3(notice) {
		t.Errorf("the original stands beside: %v (%v)", d.Blocks, err)
	}
}

func TestSyllables(t *testing.T) {
	for word := range strings.FieldsSeq(notice + " " + plain + " nghiêng khuếch quyết giếng gì gìn quý uống yêu ngoằn khuya oan ươm") {
		for _, w := range wordsOf(word) {
			if !syllable(w) {
				t.Errorf("%q is a syllable", w)
			}
		}
	}
	for _, w := range []string{"cộc2", "bcd", "càt", "thếc", "strong", "école", "hàh", "ngôộ"} {
		if syllable(w) {
			t.Errorf("%q is none", w)
		}
	}
}
