package directive

import (
	"strings"
	"unicode"

	"giaoban/citation"
	"giaoban/internal/fold"
)

// symbolKey is the one spelling symbols are compared in. On top of what citation unifies, separators are one: 80/QĐ-TU,
// 80-QĐ/TU and 80-QĐ-TU are the same symbol typed in three offices, and 05-BC/BTGTU is 5-BC/BTGTU.
func symbolKey(symbol string) string { return strings.Join(parts(symbol), "/") }

// spelled is a symbol as it is kept and shown: no blanks, one kind of dash.
func spelled(symbol string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= 0x2010 && r <= 0x2015 || r == 0x2212:
			return '-'
		}
		return r
	}, fold.Clean(symbol))
}

// parts are the pieces of a symbol: {"20", "CT", "TW"}, {"9", "2019", "NĐ", "CP"}.
func parts(symbol string) []string {
	fields := strings.FieldsFunc(citation.SymbolKey(symbol), func(r rune) bool {
		return r == '/' || r == '-' || r == '.' || r == '&' || r == ',' || unicode.IsSpace(r)
	})
	for i, f := range fields {
		if bare := strings.TrimLeft(f, "0"); bare != "" && digits(f) {
			fields[i] = bare
		}
	}
	return fields
}

// EndsIn reports whether the last piece of the symbol ends so: 20-CT/TW ends in TW.
func (d Directive) EndsIn(ending string) bool {
	all, end := parts(d.Symbol), parts(ending)
	return len(all) > 1 && len(end) > 0 && strings.HasSuffix(all[len(all)-1], end[len(end)-1])
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// numberOf is the number of a symbol, as written: "05" of 05-BC/BTGTU, "51" of HD.51.BTGTU.
func numberOf(symbol string) string {
	for _, f := range strings.FieldsFunc(symbol, func(r rune) bool { return r < '0' || r > '9' }) {
		return f
	}
	return ""
}

// shortKey is number and last piece alone: what is left of a symbol in the shorthand of portals (72.TW, HD.51.BTGTU).
// It finds only together with the type.
func shortKey(symbol string) string {
	all := parts(symbol)
	number := ""
	for _, p := range all {
		if digits(p) {
			number = p
			break
		}
	}
	if number == "" || len(all) < 2 || digits(all[len(all)-1]) {
		return ""
	}
	return number + "|" + all[len(all)-1]
}

// numberKey is number and type, all that "Nghị quyết 68 của Chính phủ" says. Its sign keeps it apart from a short key.
func numberKey(number, typ string) string {
	if number = strings.TrimLeft(number, "0"); number == "" || typ == "" {
		return ""
	}
	return "#" + number + "|" + fold.Fold(typ)
}

// letters of a symbol that stand for one type of document (Hướng dẫn 36-HD/VPTW; Nghị định 30/2020/NĐ-CP, Phụ lục III). QĐ
// is left out: in the Party it is Quyết định and Quy định alike.
var letters = map[string]string{
	"NQ": "nghi quyet", "CT": "chi thi", "KL": "ket luan", "QC": "quy che", "HD": "huong dan", "TB": "thong bao", "BC": "bao cao",
	"KH": "ke hoach", "CTR": "chuong trinh", "CV": "cong van", "ĐA": "de an", "TTR": "to trinh", "NĐ": "nghi dinh",
}

// typeIn is the folded type that a symbol's letters stand for; "" when they do not say.
func typeIn(symbol string) string {
	for _, p := range parts(symbol) {
		if t := letters[p]; t != "" {
			return t
		}
	}
	return ""
}

// yearIn is the last year written in a text; 0 when there is none.
func yearIn(text string) int {
	year := 0
	for _, f := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(f) == 4 && (f[:2] == "19" || f[:2] == "20") {
			year = int(f[0]-'0')*1000 + int(f[1]-'0')*100 + int(f[2]-'0')*10 + int(f[3]-'0')
		}
	}
	return year
}

// nameKey is how a document without a symbol is found again: its type and name, folded, without what follows the name
// (its number of articles, date, year, issuer).
func nameKey(typ, name string) string {
	key := fold.Fold(name)
	for _, end := range []string{" ngay ", " nam ", " so ", " duoc ", " (", ", ", "; "} {
		if at := strings.Index(key, end); at > 0 {
			key = key[:at]
		}
	}
	key = strings.Trim(key, " .,;:\"“”")
	if bare := strings.TrimRight(key, "0123456789"); len(key)-len(bare) == 4 { // Luật Bảo vệ môi trường 2020
		key = strings.TrimSpace(bare)
	}
	if t := fold.Fold(typ); t != "" && key != "" && !strings.HasPrefix(key, t) {
		key = t + " " + key
	}
	return key
}

// issuerWords writes out how issuers are shortened in the field.
var issuerWords = map[string]string{
	"bch": "ban chap hanh", "bchtw": "ban chap hanh trung uong", "btv": "ban thuong vu", "tw": "trung uong", "t.u": "tinh uy",
	"tu": "tinh uy", "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "bct": "bo chinh tri", "bbt": "ban bi thu",
	"ttg": "thu tuong", "cp": "chinh phu", "qh": "quoc hoi", "ubtvqh": "uy ban thuong vu quoc hoi", "tinhuy": "tinh uy",
	"gd&dt": "giao duc va dao tao", "khcn": "khoa hoc va cong nghe", "kh&cn": "khoa hoc va cong nghe", "bgddt": "bo giao duc va dao tao",
	"byt": "bo y te", "ttv": "thuong truc", "ldtbxh": "lao dong thuong binh va xa hoi",
}

// dropped are words that add nothing to who issued a document.
var dropped = []string{"dang cong san viet nam", "cua dang", "cua", "dong chi", "viet nam"}

// issuer takes an issuer apart: a key by which two spellings of one issuer are equal, and the province named in it
// (folded; "" when none is). "UBND tỉnh Khánh Hòa" → "uy ban nhan dan", "khanh hoa".
func issuer(written string) (key, province string) {
	text := fold.Fold(written)
	if at := strings.IndexByte(text, '('); at >= 0 { // (khóa XI)
		text = text[:at]
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '-' || r == '.' })
	for i, w := range words {
		if full, ok := issuerWords[w]; ok {
			words[i] = full
		}
	}
	text = " " + strings.Join(words, " ") + " "
	if at := strings.Index(text, " khoa "); at > 0 && !strings.HasPrefix(text[at:], " khoa hoc") && !strings.HasPrefix(text[at:], " khoa giao") {
		text = text[:at+1]
	}
	for _, d := range dropped {
		text = strings.ReplaceAll(text, " "+d+" ", " ")
	}
	// A city under the Centre is a province: its Party committee and its People's Committee stand beside the others.
	text = strings.ReplaceAll(text, " thanh uy ", " tinh uy ")
	text = strings.ReplaceAll(text, " thanh pho ", " tinh ")
	text = strings.ReplaceAll(text, " tp ", " tinh ")
	text = strings.TrimSuffix(strings.TrimSpace(text), " dang")
	text = strings.TrimSpace(text)
	for _, cut := range []string{"tinh uy", "uy ban nhan dan tinh", "hoi dong nhan dan tinh", "dang bo tinh", " tinh"} {
		at := strings.LastIndex(text, cut)
		if at < 0 {
			continue
		}
		end := at + len(cut)
		if end < len(text) && text[end] != ' ' {
			continue
		}
		province = strings.TrimSpace(text[end:])
		text = text[:end]
		if cut != "tinh uy" {
			text = strings.TrimSuffix(text, "tinh")
		}
		break
	}
	switch text = strings.TrimSpace(text); text {
	case "thu tuong":
		text = "thu tuong chinh phu"
	case "ban chap hanh trung uong dang":
		text = "ban chap hanh trung uong"
	}
	return text, province
}

// provinceKey is the folded name of a province without what kind of place it is.
func provinceKey(name string) string {
	key := fold.Fold(name)
	for _, kind := range []string{"tinh ", "thanh pho ", "tp ", "tp. "} {
		key = strings.TrimPrefix(key, kind)
	}
	return strings.TrimSpace(key)
}

// agreement of two things said about a document.
type agreement int8

const (
	unclear   agreement = iota // one side does not say, or says it more loosely
	equal                      //
	different                  //
)

// sameIssuer compares two issuer keys. "Tỉnh ủy" and "Ban Thường vụ Tỉnh ủy" neither agree nor contradict: people write
// the one for the other.
func sameIssuer(a, b string) agreement {
	switch {
	case a == "" || b == "":
		return unclear
	case a == b:
		return equal
	case strings.HasSuffix(a, " "+b), strings.HasSuffix(b, " "+a), strings.HasPrefix(a, b+" "), strings.HasPrefix(b, a+" "):
		return unclear
	}
	return different
}

// levelOf derives the level from the symbol's issuing part, else from the issuer; the office may correct it by hand.
func levelOf(symbol, issuerKey string) Level {
	if all := parts(symbol); len(all) > 1 {
		last := all[len(all)-1]
		for _, p := range all {
			if p == "UBND" || p == "HĐND" {
				return nearest(issuerKey, Province)
			}
		}
		switch {
		case strings.HasSuffix(last, "TW"), last == "TTG", last == "CP", last == "CTN", last == "VPCP", last == "TTCP", last == "NHNN",
			last == "MTTW", strings.HasPrefix(last, "QH") && digits(last[2:]), strings.HasPrefix(last, "UBTVQH"), ministry(all):
			return Central
		case last == "TU":
			return nearest(issuerKey, Province)
		case last == "HU", last == "QU", last == "THU", last == "TXU", last == "ĐU":
			return Local
		}
	}
	for _, p := range []string{"bo chinh tri", "ban bi thu", "ban chap hanh trung uong", "trung uong", "chinh phu", "thu tuong",
		"quoc hoi", "uy ban thuong vu quoc hoi", "chu tich nuoc", "dai hoi dai bieu toan quoc", "dai hoi dang toan quoc"} {
		if strings.HasPrefix(issuerKey, p) {
			return Central
		}
	}
	if strings.HasPrefix(issuerKey, "bo ") || strings.HasSuffix(issuerKey, " trung uong") {
		return Central
	}
	for _, p := range []string{"tinh uy", "ban thuong vu tinh uy", "thuong truc tinh uy", "uy ban nhan dan", "hoi dong nhan dan", "dai hoi", "ban chap hanh dang bo"} {
		if issuerKey == p || strings.HasPrefix(issuerKey, p+" ") {
			return nearest(issuerKey, Province)
		}
	}
	return nearest(issuerKey, Agency)
}

// nearest lowers a level when the issuer says that it is a district's or a commune's.
func nearest(issuerKey string, l Level) Level {
	padded := " " + issuerKey + " "
	for _, p := range []string{" huyen ", " huyen uy ", " quan uy ", " thi uy ", " thi xa ", " xa ", " phuong ", " dang uy xa ", " dang uy phuong "} {
		if strings.Contains(padded, p) {
			return Local
		}
	}
	return l
}

// ministries by the letters of their symbols, those merged in 2025 and those that took over included.
var ministries = map[string]bool{
	"BYT": true, "BGDĐT": true, "BKHCN": true, "BTTTT": true, "BLĐTBXH": true, "BVHTTDL": true, "BTNMT": true, "BNV": true, "BTC": true,
	"BKHĐT": true, "BTP": true, "BCA": true, "BQP": true, "BCT": true, "BXD": true, "BGTVT": true, "BNNPTNT": true, "BNNMT": true,
	"BNG": true, "BDTTG": true, "UBDT": true,
}

func ministry(all []string) bool {
	for _, p := range all[1:] {
		if ministries[p] {
			return true
		}
	}
	return false
}
