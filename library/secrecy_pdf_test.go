package library_test

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// draft is a PDF in the making. What its pages show is written in codes of its own, as word processors do it: only a reader of
// PDFs that knows the font gives the letters back.
type draft struct {
	packed  bool // its streams are deflated
	named   bool // the font names its letters, and has no table of them
	pages   []string
	objects []string // besides the catalogue, the pages and the font
	codes   map[rune]int
	letters []rune
}

const (
	catalogue = 1 + iota
	pageTree
	font
	inner
	table
	firstFree
)

func (d *draft) code(r rune) int {
	if d.codes == nil {
		d.codes = make(map[rune]int)
	}
	if d.codes[r] == 0 {
		d.letters = append(d.letters, r)
		d.codes[r] = len(d.letters)
	}
	return d.codes[r]
}

// shown is a text in the codes of the font.
func (d *draft) shown(text string) string {
	var b strings.Builder
	for _, r := range text {
		if d.named {
			fmt.Fprintf(&b, "%02x", 32+d.code(r))
		} else {
			fmt.Fprintf(&b, "%04x", d.code(r))
		}
	}
	return "<" + b.String() + ">"
}

func (d *draft) add(object string) (number int) {
	d.objects = append(d.objects, object)
	return firstFree + len(d.objects) - 1
}

func (d *draft) stream(dictionary, content string) string {
	if d.packed {
		dictionary, content = dictionary+" /Filter /FlateDecode", deflated(content)
	}
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dictionary, len(content), content)
}

// page adds a page with these operators.
func (d *draft) page(operators ...string) *draft {
	content := d.add(d.stream("", strings.Join(operators, "\n")))
	number := d.add(fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 2400 842] /Contents %d 0 R "+
		"/Resources << /Font << /F %d 0 R >> /XObject << /S %d 0 R >> >> >>", pageTree, content, font, firstFree))
	d.pages = append(d.pages, fmt.Sprintf("%d 0 R", number))
	return d
}

// text adds a page of lines, one below the other.
func (d *draft) text(lines ...string) *draft {
	var operators []string
	for i, line := range lines {
		for n, part := range strings.Split(line, "\t") { // a PDF has no tabs, only places
			operators = append(operators, d.at(40+300*n, 780-14*i, d.shown(part)+" Tj"))
		}
	}
	return d.page(operators...)
}

// at shows something at a place.
func (d *draft) at(x, y int, show string) string {
	return fmt.Sprintf("BT /F 10 Tf %d %d Td %s ET", x, y, show)
}

// scan adds a page that a picture fills.
func (d *draft) scan() *draft { return d.page("q 2400 0 0 842 0 0 cm /S Do Q") }

// note adds an object that says a text beside the pages; in a stream of objects when asked.
func (d *draft) note(object string, inStream bool) *draft {
	if inStream {
		object = d.stream("/Type /ObjStm /N 1 /First 5", "99 0 "+object)
	}
	d.add(object)
	return d
}

// about adds the XML that says what the paper is.
func (d *draft) about(title string) *draft {
	d.add(d.stream("/Type /Metadata /Subtype /XML", `<?xpacket begin="" id="1"?><x:xmpmeta><rdf:RDF><rdf:Description>`+
		`<dc:creator>Ban Tuyên giáo Tỉnh ủy, chuyên viên soạn thảo văn bản của Ban</dc:creator>`+
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`+title+`</rdf:li></rdf:Alt></dc:title>`+
		`</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`))
	return d
}

// string16 writes a text as PDFs write titles and comments.
func string16(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return "<FEFF" + b.String() + ">"
}

func (d *draft) bytes() []byte {
	all := make([]string, firstFree-1)
	all[catalogue-1] = fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R >>", pageTree)
	all[pageTree-1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(d.pages, " "), len(d.pages))
	if d.named {
		var names strings.Builder
		for _, r := range d.letters {
			fmt.Fprintf(&names, " /uni%04X", r)
		}
		all[font-1] = fmt.Sprintf("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /FirstChar 33 /LastChar %d /Widths [%s] "+
			"/Encoding << /Type /Encoding /Differences [33%s] >> >>",
			32+len(d.letters), strings.Repeat("600 ", len(d.letters)), names.String())
		all[inner-1], all[table-1] = "<< >>", "<< >>"
	} else {
		var letters strings.Builder
		for i, r := range d.letters {
			fmt.Fprintf(&letters, "1 beginbfchar <%04x> %s endbfchar\n", i+1, strings.Replace(string16(string(r)), "FEFF", "", 1))
		}
		all[font-1] = fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Khac /Encoding /Identity-H "+
			"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", inner, table)
		all[inner-1] = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Khac " +
			"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 600 >>"
		all[table-1] = d.stream("", "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"+
			"1 begincodespacerange <0000> <ffff> endcodespacerange\n"+letters.String()+"endcmap end end")
	}
	return pdf(append(all, d.objects...)...)
}

// newDraft begins with the picture that scans show.
func newDraft(packed bool) *draft {
	d := &draft{packed: packed}
	d.add(d.stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8",
		strings.Repeat("\xf0", 64)))
	return d
}

// plain begins without a picture.
func plain(packed bool) *draft {
	d := &draft{packed: packed}
	d.add("<< >>")
	return d
}

// usual is a page of ordinary text.
var usual = []string{"TỈNH ỦY KHÁNH HÒA", "BAN TUYÊN GIÁO", "Báo cáo công tác quý I năm 2022",
	"Toàn tỉnh duy trì các trường mở cửa trở lại;", "công tác bảo mật được giữ vững, đời sống nhân dân ổn định."}

// pdfPlaces are the places in which PDFs show a text, by name.
func pdfPlaces(text string, packed bool) map[string][]byte {
	lines := func(more ...string) []string { return append(append([]string{}, usual...), more...) }
	named := plain(packed)
	named.named = true
	kerned, beside, apart := plain(packed), plain(packed), plain(packed)
	first, others := kerned.shown(string([]rune(text)[:1])), kerned.shown(string([]rune(text)[1:]))
	kerned.page(kerned.at(40, 700, "["+first+" -12 "+others+"] TJ"), kerned.at(40, 600, kerned.shown(usual[3])+" Tj"))
	beside.page(beside.at(40, 780, beside.shown(usual[0])+" Tj"), beside.at(400, 780, beside.shown(text)+" Tj"),
		beside.at(40, 600, beside.shown(usual[3])+" Tj"))
	var letters []string
	for i, r := range []rune(text) {
		letters = append(letters, apart.at(40+6*i, 780, apart.shown(string(r))+" Tj"))
	}
	apart.page(append(letters, apart.at(40, 600, apart.shown(usual[3])+" Tj"))...)
	corner := plain(packed)
	corner.page(corner.at(40, 780, corner.shown(text)+" Tj"),
		corner.at(220, 780, corner.shown("Khánh Hòa, ngày 05 tháng 4 năm 2022")+" Tj"),
		corner.at(40, 600, corner.shown(usual[3])+" Tj"))
	said := string16(text)
	all := map[string][]byte{
		"line":                 plain(packed).text(lines(text)...).bytes(),
		"first line":           plain(packed).text(append([]string{text}, usual...)...).bytes(),
		"third page":           plain(packed).text(usual...).text(usual...).text(lines(text)...).bytes(),
		"beside a logo":        newDraft(packed).text(lines(text)...).bytes(),
		"named letters":        named.text(lines(text)...).bytes(),
		"kerned":               kerned.bytes(),
		"beside":               beside.bytes(),
		"corner":               corner.bytes(),
		"letter by letter":     apart.bytes(),
		"title":                plain(packed).text(usual...).note("<< /Title "+said+" >>", false).bytes(),
		"subject in a stream":  plain(packed).text(usual...).note("<< /Subject "+said+" >>", true).bytes(),
		"bookmark":             plain(packed).text(usual...).note("<< /Type /Outlines /Title "+said+" >>", true).bytes(),
		"comment":              plain(packed).text(usual...).note("<< /Type /Annot /Subtype /FreeText /Contents "+said+" >>", false).bytes(),
		"comment in a stream":  plain(packed).text(usual...).note("<< /Type /Annot /Subtype /FreeText /Contents "+said+" >>", true).bytes(),
		"field of a form":      plain(packed).text(usual...).note("<< /FT /Tx /V "+said+" >>", true).bytes(),
		"described picture":    plain(packed).text(usual...).note("<< /Type /StructElem /S /Figure /Alt "+said+" >>", true).bytes(),
		"stamp of a scan":      newDraft(packed).scan().note("<< /Type /Annot /Subtype /Stamp /Contents "+said+" >>", true).bytes(),
		"metadata":             plain(packed).text(usual...).about(text).bytes(),
		"metadata of a scan":   newDraft(packed).scan().about(text).bytes(),
		"text beside the scan": newDraft(packed).scan().text(lines(text)...).bytes(),
	}
	for lift := 0; lift < 20; lift += 4 {
		rising, falling := fmt.Sprintf("0.707 0.707 -0.707 0.707 120 %d", 400+lift), fmt.Sprintf("0.707 -0.707 0.707 0.707 120 %d", 760+lift)
		all[fmt.Sprintf("watermark rising %d", lift)] = watermark(packed, text, rising)
		all[fmt.Sprintf("watermark falling %d", lift)] = watermark(packed, text, falling)
	}
	return all
}

// watermark shows a text in large letters across the lines of a page.
func watermark(packed bool, text, across string) []byte {
	d := plain(packed)
	operators := []string{"BT /F 60 Tf " + across + " Tm " + d.shown(text) + " Tj ET"}
	for i := range 36 {
		operators = append(operators, d.at(40, 780-20*i, d.shown(usual[3]+" "+usual[4])+" Tj"))
	}
	return d.page(operators...).bytes()
}
