package official

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
)

// leaves gives every value below v by its path, with a function that changes it in a fresh copy of the profile.
func leaves(v reflect.Value, path string, visit func(path string, v reflect.Value)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), fmt.Sprintf("%s.%d", path, i), visit)
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return slices.Compare([]byte(a.String()), []byte(b.String())) })
		for _, k := range keys {
			one := reflect.New(v.Type().Elem()).Elem()
			one.Set(v.MapIndex(k))
			leaves(one, path+"."+k.String(), func(path string, leaf reflect.Value) {
				visit(path, leaf)
				v.SetMapIndex(k, one)
			})
			v.SetMapIndex(k, one)
		}
	default:
		visit(path, v)
	}
}

func change(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[Family]() || v.Type() == reflect.TypeFor[Align]() {
			v.SetString(map[string]string{"dang": "nha-nuoc", "nha-nuoc": "dang", "left": "right"}[v.String()] + "")
			if v.String() == "" {
				v.SetString("left")
			}
			return
		}
		if v.Type() == reflect.TypeFor[Part]() {
			v.SetString(string(PartDraft))
			return
		}
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Float64:
		v.SetFloat(v.Float() + 0.5)
	}
}

// hidden lists the values of a profile that a list does not show: those that can be changed without a change in it.
func hidden(code string, list func(Profile) []Value) (all []string, checked int) {
	fresh := func() Profile { p, _ := ProfileByCode(code); return p }
	var paths []string
	p := fresh()
	leaves(reflect.ValueOf(&p).Elem(), "", func(path string, _ reflect.Value) { paths = append(paths, path) })
	before := list(fresh())
	for _, path := range paths {
		p := fresh()
		leaves(reflect.ValueOf(&p).Elem(), "", func(at string, v reflect.Value) {
			if at == path {
				change(v)
			}
		})
		if slices.Equal(before, list(p)) {
			all = append(all, path)
		}
	}
	return all, len(paths)
}

func TestEveryValueOfALayoutIsShown(t *testing.T) {
	for _, p := range Profiles() {
		all, checked := hidden(p.Code, Profile.Values)
		for _, path := range all {
			t.Errorf("%s: %s is not shown on the page of the layout", p.Code, path)
		}
		if checked < 400 {
			t.Errorf("%s: only %d values were tried", p.Code, checked)
		}
		keys := map[string]bool{}
		for _, v := range p.Values() {
			if v.Name == "" || v.Words == "" || v.Source == "" || v.Group == "" {
				t.Errorf("%s: %+v lacks words", p.Code, v)
			}
			if keys[v.Key] {
				t.Errorf("%s: %s is shown twice", p.Code, v.Key)
			}
			keys[v.Key] = true
		}
		t.Logf("%s: %d values in %d lines", p.Code, checked, len(keys))
	}
	// The planted list leaves a mark, a size and one of the gaps out.
	planted := func(p Profile) []Value {
		return slices.DeleteFunc(p.Values(), func(v Value) bool {
			return v.Key == "TextEnd" || v.Key == "Parts.NoiNhanDong.Size" || v.Key == "Parts.ThanVan.Before"
		})
	}
	all, _ := hidden("ND30", planted)
	for _, want := range []string{".TextEnd", ".Parts.NoiNhanDong.Size", ".Parts.ThanVan.Before"} {
		if !slices.Contains(all, want) {
			t.Errorf("the planted list hides %s and %v was told", want, all)
		}
	}
}

// Every field, part and authority has words and a component: a new one is told before anybody sees a page without it.
func TestEveryFieldOfALayoutHasAName(t *testing.T) {
	of := reflect.TypeFor[Profile]()
	for i := range of.NumField() {
		if f, ok := fieldNames[of.Field(i).Name]; !ok || f.of.name == "" {
			t.Errorf("Profile.%s has no line in fieldNames", of.Field(i).Name)
		}
	}
	for _, part := range allParts {
		if partComponents[part].name == "" || partWords(part) == "" {
			t.Errorf("part %s has no component or name", part)
		}
	}
	for _, p := range Profiles() {
		for a := range maps.Keys(p.Authorities) {
			if authorityNames[a] == "" {
				t.Errorf("authority %s has no name", a)
			}
		}
	}
}

func TestAnOfficeChoosesWithinTheSource(t *testing.T) {
	for _, p := range Profiles() {
		for _, c := range p.Choices() {
			was := p.Chosen(c)
			if fresh, err := p.With(c.Key, was); err != nil || fresh.Chosen(c) != was {
				t.Errorf("%s %s: what stands (%q) cannot be chosen: %v", p.Code, c.Key, was, err)
			}
			outside := map[bool]string{true: number(c.High + 1), false: "tám / 8"}[c.Step > 0]
			if _, err := p.With(c.Key, outside); err == nil {
				t.Errorf("%s %s: %q was taken", p.Code, c.Key, outside)
			}
			within := "Abc"
			if c.Step > 0 {
				within = number(c.High)
			} else if len(c.Forms) > 0 {
				within = c.Forms[1]
			}
			chosen, err := p.With(c.Key, within)
			if err != nil || chosen.Chosen(c) != within {
				t.Errorf("%s %s: %q gives %q, %v", p.Code, c.Key, within, chosen.Chosen(c), err)
			}
			if d := chosen.LeftColumn + chosen.RightColumn - chosen.textWidth(false); d > 0.01 || d < -0.01 {
				t.Errorf("%s %s: the head is %g mm wider than the line", p.Code, c.Key, d)
			}
			doc := Document{Profile: chosen, Kind: Report, TypeName: "Báo cáo", TypeSymbol: chosen.Symbols["Báo cáo"]}
			for _, f := range Lint(doc) {
				if f.Rule == "le-trang" || f.Rule == "co-chu" {
					t.Errorf("%s %s = %s: lint says %s", p.Code, c.Key, within, f.Sentence)
				}
			}
		}
		if _, err := p.With("TextEnd", "!"); err == nil {
			t.Errorf("%s: what the source fixes was changed", p.Code)
		}
	}
	p, _ := ProfileByCode("HD05")
	_, err := p.With("Parts.ThanVan.Size", "16")
	if want := "Thân văn bản: cỡ chữ phải trong khoảng 14–15 pt; 16 nằm ngoài khoảng Hướng dẫn 05-HD/VPTW cho phép."; err == nil || err.Error() != want {
		t.Errorf("refused with %v", err)
	}
	p, _ = p.With("Parts.ThanVan.Size", "15")
	if at := slices.IndexFunc(p.Values(), func(v Value) bool { return v.Key == "Parts.MucLietKe.Size" }); p.Values()[at].By != "Parts.ThanVan.Size" {
		t.Errorf("whom an item follows: %+v", p.Values()[at])
	}
	if p.Parts[PartItem].Size != 15 || p.Parts[PartHeading1].Size != 15 || p.Parts[PartRecipients].Size != 14 {
		t.Error("items and headings do not follow the text")
	}
}
