package official

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Value is one value of a profile as people read it: what it is, what it says with its unit, and where that comes from.
type Value struct {
	Key     string // path in the profile: "Page.Margins.Left", "Parts.ThanVan.Size"
	Group   string
	Name    string
	Words   string // with its unit
	Allowed string // what an office may choose; "" for nothing
	Source  string
	Open    bool   // an office may choose another within Allowed
	By      string // key of the choice that sets it; of what follows another value, the one that sets that
}

// Values lists every value of the profile, in the order of a paper from head to foot. It walks the profile itself, so that
// no field can be left out: TestEveryValueOfALayoutIsShown changes each of them in turn.
func (p Profile) Values() []Value {
	choices := map[string]Choice{}
	for _, c := range p.Choices() {
		choices[c.Key] = c
	}
	var all []Value
	add := func(key, name, words string) {
		part := componentOf(key)
		v := Value{Key: key, Group: part.name, Name: name, Words: words, Source: p.sourceOf(key)}
		if by := p.decider(key); choices[by].Key != "" {
			v.By = by
		}
		if c, ok := choices[key]; ok {
			v.Open, v.Allowed = true, c.Allowed()
			v.Words, _, _ = strings.Cut(words, allowedWords)
		}
		all = append(all, v)
	}
	of := reflect.ValueOf(p)
	for i := range of.NumField() {
		p.valuesOf(of.Type().Field(i).Name, of.Field(i), choices, add)
	}
	var sorted []Value
	for _, c := range components {
		for _, v := range all {
			if v.Group == c.name {
				sorted = append(sorted, v)
			}
		}
	}
	return sorted
}

// valuesOf tells one field of the profile, in as many lines as it has values of its own.
func (p Profile) valuesOf(name string, v reflect.Value, open map[string]Choice, add func(key, name, words string)) {
	switch name {
	case "Page":
		p.pageValues(add)
	case "Parts":
		for _, part := range allParts {
			p.styleValues(part, open, add)
		}
	case "Authorities":
		for _, a := range []Authority{OnBehalf, ForHead, ByOrder, Delegated, Acting} {
			add(name+"."+string(a), authorityNames[a], quoted(p.Authorities[a]))
		}
	case "Symbols":
		for _, kind := range p.symbolKinds() {
			add(name+"."+kind, kind, quoted(p.Symbols[kind]))
		}
	default:
		f := fieldNames[name]
		add(name, f.name, said(v, f.unit))
	}
}

func (p Profile) pageValues(add func(key, name, words string)) {
	add("Page.Size", "Khổ giấy", number(p.Page.Width)+" × "+number(p.Page.Height)+" mm")
	add("Page.HeaderDistance", "Số trang cách mép trên", number(p.Page.HeaderDistance)+" mm")
	sides := func(m Margins) [4]float64 { return [4]float64{m.Top, m.Bottom, m.Left, m.Right} }
	now, low, high := sides(p.Page.Margins), sides(p.Page.Lows), sides(p.Page.Highs)
	for i, side := range marginSides {
		add("Page.Margins."+side.field, "Lề "+side.name, number(now[i])+" mm"+allowed(low[i], high[i], now[i], "mm"))
	}
}

var marginSides = []struct{ field, name string }{{"Top", "trên"}, {"Bottom", "dưới"}, {"Left", "trái"}, {"Right", "phải"}}

// styleValues tells the look of one part: its size, what an office may choose, and the rest in one line.
func (p Profile) styleValues(part Part, open map[string]Choice, add func(key, name, words string)) {
	s, name := p.Parts[part], partWords(part)
	key := "Parts." + string(part)
	add(key+".Size", name+": cỡ chữ", number(s.Size)+" pt"+allowed(s.Low, s.High, s.Size, "pt"))
	look := []string{either(s.Upper, "in hoa", "in thường"), either(s.Bold, "đậm", "không đậm"), either(s.Italic, "nghiêng", "đứng")}
	if s.Underline {
		look = append(look, "gạch chân")
	}
	if s.Boxed {
		look = append(look, "đóng khung")
	}
	look = append(look, alignNames[s.Align])
	line := "đơn"
	if s.LineExact != 0 {
		line = "đúng " + number(s.LineExact) + " pt"
	}
	for _, gap := range []struct {
		field, name, words string
		none               bool
	}{
		{"Before", "cách đoạn trên", number(s.Before) + " pt", s.Before == 0},
		{"After", "cách đoạn dưới", number(s.After) + " pt", s.After == 0},
		{"LineExact", "dãn dòng", line, false},
		{"Indent", "dòng đầu thụt vào", number(s.Indent) + " mm", s.Indent == 0},
	} {
		if _, ok := open[p.decider(key+"."+gap.field)]; ok {
			add(key+"."+gap.field, name+": "+gap.name, gap.words)
		} else if !gap.none {
			look = append(look, gap.name+" "+gap.words)
		}
	}
	add(key, name+": kiểu chữ, vị trí", strings.Join(look, ", "))
}

// decider is the key of the value that another follows: items have the size of the text.
func (p Profile) decider(key string) string {
	if key == "RightColumn" {
		return "LeftColumn"
	}
	name, ok := strings.CutPrefix(key, "Parts.")
	part, what, _ := strings.Cut(name, ".")
	if !ok || what == "" {
		return key
	}
	return "Parts." + string(p.leader(Part(part))) + "." + what
}

// partWords is what people call a part.
func partWords(part Part) string {
	if level, ok := strings.CutPrefix(string(part), "Heading"); ok {
		return partName(part) + " cấp " + level
	}
	return partName(part)
}

var alignNames = map[Align]string{Left: "căn trái", Center: "căn giữa", Right: "căn phải", Justify: "căn đều hai bên"}

var authorityNames = map[Authority]string{OnBehalf: "Ký thay mặt", ForHead: "Ký thay", ByOrder: "Ký thừa lệnh",
	Delegated: "Ký thừa ủy quyền", Acting: "Quyền"}

var familyNames = map[Family]string{Party: "văn bản của Đảng", State: "văn bản hành chính của Nhà nước"}

// Name is what people call a family of papers.
func (f Family) Name() string { return familyNames[f] }

func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// allowed tells the bounds that the source gives beside a value; nothing where they are the value itself.
func allowed(low, high, value float64, unit string) string {
	if low == high && (low == 0 || low == value) {
		return ""
	}
	return fmt.Sprintf("%s %s–%s %s)", allowedWords, number(low), number(high), unit)
}

const allowedWords = " (nguồn cho phép"

// number writes a measure as people do, with a decimal comma.
func number(f float64) string {
	return strings.ReplaceAll(strconv.FormatFloat(f, 'f', -1, 64), ".", ",")
}

// quoted shows a text with its blanks, which are part of it.
func quoted(s string) string {
	if s == "" {
		return "không ghi"
	}
	return "“" + s + "”"
}

// said writes a value of any type that a profile has.
func said(v reflect.Value, unit string) string {
	switch x := v.Interface().(type) {
	case Day:
		if x == (Day{}) {
			return "không có"
		}
		return x.short()
	case Separator:
		if x.Rule != 0 {
			return strings.TrimSpace("đường kẻ dài " + number(x.Rule) + " lần dòng chữ " + x.Text)
		}
		return quoted(x.Text)
	case []NationalLine:
		var lines []string
		for _, l := range x {
			lines = append(lines, quoted(l.Text)+" ("+partWords(l.Part)+")")
		}
		return strings.Join(lines, "; ")
	case []Counter:
		var levels []string
		for i, c := range x {
			levels = append(levels, fmt.Sprintf("cấp %d %s", i+1, quoted(c.Format+c.Suffix)))
		}
		return strings.Join(levels, "; ")
	case Family:
		return x.Name()
	}
	switch v.Kind() {
	case reflect.Float64:
		return number(v.Float()) + " " + unit
	case reflect.Bool:
		return either(v.Bool(), "có", "không")
	case reflect.Int:
		return strings.TrimSpace(fmt.Sprint(v.Int()) + " " + unit)
	}
	if unit == "-" { // a name, not a mark that is printed
		return v.String()
	}
	return quoted(v.String())
}

// short is 27/5/2026.
func (d Day) short() string {
	month := fmt.Sprint(d.M)
	if d.M <= 2 {
		month = fmt.Sprintf("%02d", d.M)
	}
	return fmt.Sprintf("%02d/%s/%d", d.D, month, d.Y)
}
