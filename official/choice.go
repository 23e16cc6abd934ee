package official

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"giaoban/internal/fault"
)

// Choice is a value that the source leaves to the office: a measure between two bounds, one of some wordings, or the
// letters of a type.
type Choice struct {
	Key, Name, Unit string
	Low, High       float64
	Step            float64  // of a measure; 0: one of Forms, or letters
	Forms           []string // as they are typed
}

// Allowed tells what may be chosen: "14–15 pt".
func (c Choice) Allowed() string {
	switch {
	case c.Step == 0 && len(c.Forms) == 0:
		return "1–6 chữ cái, không dấu cách"
	case len(c.Forms) > 0:
		return strings.TrimSpace(strings.Join(c.Forms, " hoặc ") + " " + c.Unit)
	}
	return number(c.Low) + "–" + number(c.High) + " " + c.Unit
}

// followers take the size of the part they belong to, where the source gives both the same bounds.
var followers = map[Part]Part{PartBasis: PartBody, PartItem: PartBody, PartHeading1: PartBody, PartHeading2: PartBody,
	PartHeading3: PartBody, PartHeading4: PartBody, PartIssuer: PartSuperior, PartSubject: PartTypeName,
	PartSignerTitle: PartAuthority, PartSignerName: PartAuthority, PartAnnexTitle: PartAnnex, PartAnnexOf: PartAnnex}

func (p Profile) leader(part Part) Part {
	if lead, ok := followers[part]; ok && p.Parts[lead].Low == p.Parts[part].Low && p.Parts[lead].High == p.Parts[part].High {
		return lead
	}
	return part
}

// mostGap bounds the gap between paragraphs, of which the sources say only the least.
const mostGap = 12

// Choices lists what an office may choose under the profile, in the order of a paper.
func (p Profile) Choices() []Choice {
	var all []Choice
	measure := func(key, name, unit string, low, high, step float64) {
		all = append(all, Choice{Key: key, Name: name, Unit: unit, Low: low, High: high, Step: step})
	}
	low, high := p.Page.Lows, p.Page.Highs
	bounds := [][2]float64{{low.Top, high.Top}, {low.Bottom, high.Bottom}, {low.Left, high.Left}, {low.Right, high.Right}}
	for i, side := range marginSides {
		if bounds[i][0] < bounds[i][1] {
			measure("Page.Margins."+side.field, "Lề "+side.name, "mm", bounds[i][0], bounds[i][1], 0.5)
		}
	}
	for _, part := range allParts {
		if s := p.Parts[part]; s.Low < s.High && p.leader(part) == part {
			measure("Parts."+string(part)+".Size", partWords(part)+": cỡ chữ", "pt", s.Low, s.High, 0.5)
		}
	}
	body := "Parts." + string(PartBody)
	measure(body+".Before", partWords(PartBody)+": cách đoạn trên", "pt", 6, mostGap, 0.5)
	if p.Family == Party {
		measure(body+".LineExact", partWords(PartBody)+": dãn dòng", "pt", 18, 22, 0.5)
		measure("LeftColumn", fieldNames["LeftColumn"].name, "mm", 75, 80, 0.5)
		all = append(all, Choice{Key: "FilingPrefix", Name: fieldNames["FilingPrefix"].name, Forms: []string{"Lưu", "Lưu:"}})
	} else {
		all = append(all, Choice{Key: body + ".Indent", Name: partWords(PartBody) + ": dòng đầu thụt vào", Unit: "mm", Forms: []string{"10", "12,7"}})
	}
	measure("NumberPad", fieldNames["NumberPad"].name, fieldNames["NumberPad"].unit, 2, 4, 1)
	for _, kind := range p.symbolKinds() {
		all = append(all, Choice{Key: "Symbols." + kind, Name: "Chữ viết tắt: " + kind})
	}
	return all
}

// Chosen gives the value that stands in the profile for a choice, as it would be typed.
func (p Profile) Chosen(c Choice) string {
	for _, v := range p.Values() {
		if v.Key != c.Key {
			continue
		}
		words := strings.Trim(strings.TrimPrefix(v.Words, "đúng "), "“”")
		return strings.TrimSpace(strings.TrimSuffix(words, " "+c.Unit))
	}
	return ""
}

// With gives the profile with one value of the office's own. What the source does not leave open, or not so far, is
// refused with what it allows.
func (p Profile) With(key, typed string) (Profile, error) {
	at := slices.IndexFunc(p.Choices(), func(c Choice) bool { return c.Key == key })
	if at < 0 {
		return p, fault.Invalid("key", "%s không để ngỏ giá trị này; hãy chọn một giá trị trong danh sách.", p.Name)
	}
	c := p.Choices()[at]
	typed = strings.TrimSpace(typed)
	switch {
	case len(c.Forms) > 0:
		if !slices.Contains(c.Forms, typed) {
			return p, fault.Invalid("value", "%s chỉ có thể là %s; “%s” không đúng.", c.Name, c.Allowed(), typed)
		}
	case c.Step == 0:
		if !abbreviation(typed) {
			return p, fault.Invalid("value", "%s gồm %s; “%s” không đúng.", c.Name, c.Allowed(), typed)
		}
		p.Symbols[strings.TrimPrefix(key, "Symbols.")] = typed
		return p, nil
	}
	if key == "FilingPrefix" {
		p.FilingPrefix = typed + " "
		return p, nil
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(typed, ",", "."), 64)
	if err != nil || math.IsNaN(value) {
		return p, fault.Invalid("value", "%s là một số trong khoảng %s; “%s” không đọc được.", c.Name, c.Allowed(), typed)
	}
	if c.Step > 0 && (value < c.Low || value > c.High) {
		return p, fault.Invalid("value", "%s phải trong khoảng %s; %s nằm ngoài khoảng %s cho phép.", c.Name, c.Allowed(), number(value), p.Name)
	}
	if c.Step > 0 && math.Mod(value, c.Step) != 0 {
		return p, fault.Invalid("value", "%s là bội số của %s %s.", c.Name, number(c.Step), c.Unit)
	}
	p.set(key, value)
	return p, nil
}

func abbreviation(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
		n++
	}
	return n >= 1 && n <= 6
}

// set writes a measure that was found right, also where it belongs besides.
func (p *Profile) set(key string, value float64) {
	switch key {
	case "Page.Margins.Top":
		p.Page.Margins.Top = value
	case "Page.Margins.Bottom":
		p.Page.Margins.Bottom = value
	case "Page.Margins.Left":
		p.Page.Margins.Left = value
	case "Page.Margins.Right":
		p.Page.Margins.Right = value
	case "LeftColumn":
		p.LeftColumn = value
	case "NumberPad":
		p.NumberPad = int(value)
	default:
		name, _ := strings.CutPrefix(key, "Parts.")
		part, what, _ := strings.Cut(name, ".")
		for _, one := range allParts {
			if p.leader(one) != Part(part) {
				continue
			}
			s := p.Parts[one]
			switch what {
			case "Size":
				s.Size = value
			case "Before":
				s.Before = value
			case "LineExact":
				s.LineExact = value
			case "Indent":
				s.Indent = value
			}
			p.Parts[one] = s
		}
	}
	p.RightColumn = p.textWidth(false) - p.LeftColumn // both blocks fill the line
}

// Label tells a choice in a list, with what may be chosen.
func (c Choice) Label() string { return fmt.Sprintf("%s (%s)", c.Name, c.Allowed()) }
