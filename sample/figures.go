package sample

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"

	"giaoban/calendar"
	"giaoban/internal/decimal"
	"giaoban/report"
)

// firstMonth is where the sample's reports begin; given figures are counted from there.
var firstMonth = calendar.MustPeriod("2020-04")

// waves says how strongly the epidemic of those years pressed on each month since firstMonth.
var waves = []float64{.7, .3, .05, .2, .5, .2, .05, .05, .05, .1, .25, .1, .05, .3, .45, .9, 1, .9, .6, .5, .5, .45, .6, .55}

// seasons are yearly patterns, January first.
var seasons = map[string][12]float64{
	"clinic": {.94, .86, 1.02, 1.0, 1.01, 1.02, 1.05, 1.06, 1.05, 1.04, 1.0, .98},
	"tet":    {1.5, 1.6, 1.0, .9, .95, .9, .85, .9, 1.05, .8, .85, .9},
	"school": {.5, .6, .8, .8, .7, 1.2, 1.7, 1.9, 1.4, 1.0, .8, .6},
	"summer": {.7, 1.1, .9, 1.1, 1.0, 1.4, 1.5, 1.2, .8, .8, .8, .7},
	"work":   {.8, 1.1, 1.3, 1.1, 1.0, 1.0, .95, .95, 1.0, 1.0, .95, .85},
}

// scales of the three districts, whose figures share one base.
var scales = map[string]float64{BTGNT: 1.7, BTGNH: 1.05, BTGDK: 0.8}

func monthsSince(p calendar.Period) int {
	return 12*(p.First().Year()-firstMonth.First().Year()) + int(p.First().Month()) - int(firstMonth.First().Month())
}

// one is the figure of one period by itself, scaled by the measure's decimals.
func (m measure) one(body string, p calendar.Period) int64 {
	n := monthsSince(p)
	length := 1
	if p.Kind() == calendar.Quarter {
		length = 3
	}
	var v float64
	if m.given != nil {
		v = m.given[min(n/length, len(m.given)-1)]
	} else {
		wave, season := 0.0, 0.0
		for i := range length {
			if n+i < len(waves) {
				wave += waves[n+i]
			}
			month := (int(p.First().Month()) - 1 + i) % 12
			if s, ok := seasons[m.season]; ok {
				season += s[month]
			} else {
				season++
			}
		}
		wave, season = wave/float64(length), season/float64(length)
		grown := m.base * (1 + m.yearly*float64(n)/12)
		v = grown * season * (1 + m.wave*wave) * (1 + m.noise*chance(m.Code, body, p.String()))
	}
	if scale, ok := scales[body]; ok && m.Aggregation == report.Sum {
		v *= scale
	}
	if m.over > 0 {
		v = min(v, m.over)
	}
	if m.Unit == "%" {
		v = min(v, 100)
	}
	return int64(math.Round(v * math.Pow10(m.Decimals)))
}

// chance is between -1 and 1 and always the same for the same words.
func chance(words ...string) float64 {
	h := fnv.New64a()
	for _, w := range words {
		h.Write([]byte(w))
		h.Write([]byte{0})
	}
	seed := h.Sum64()
	return 2*rand.New(rand.NewPCG(seed, seed>>7)).Float64() - 1
}

// sheet is what a body's report of a period says in figures, its monthly ones included: a quarter's text speaks of them.
type sheet map[string]string

// figures gives the typed cells of a body's report and, in words, every figure its text may speak of.
func figures(body, sector string, p calendar.Period) (cells map[string]string, words sheet) {
	cells, words = make(map[string]string), make(sheet)
	values := make(map[string]int64)
	monthly := p.Kind() == calendar.Month
	for _, m := range measures {
		if m.Sector != sector || m.Aggregation == report.Ratio || (monthly && !m.monthly) {
			continue
		}
		values[m.Code] = m.figure(body, p)
		if m.Code == "VH17" {
			values[m.Code] = values["VH15"] + values["VH18"]
		}
		text := decimal.FormatVietnamese(values[m.Code], m.Decimals)
		words[m.Code] = text
		if m.monthly != monthly {
			continue
		}
		if m.over > 0 {
			text += "/" + decimal.FormatVietnamese(int64(m.over), 0)
		}
		if m.guess && !monthly {
			text = "ước " + text
		}
		cells[m.Code] = text
	}
	for _, m := range measures {
		if num, ok := values[m.Numerator]; ok && m.Sector == sector && m.Aggregation == report.Ratio {
			v, _ := decimal.MulDiv(num, m.Factor*int64(math.Pow10(m.Decimals)), values[m.Denominator])
			words[m.Code] = decimal.FormatVietnamese(v, m.Decimals)
		}
	}
	return cells, words
}

// figure is what a body reports for a period: it adds up a monthly measure over the months of a quarter, or takes the last of them.
func (m measure) figure(body string, p calendar.Period) int64 {
	if !m.monthly || p.Kind() == calendar.Month {
		return m.one(body, p)
	}
	months, err := p.Parts(calendar.Month)
	if err != nil {
		panic("sample: " + err.Error())
	}
	if m.Aggregation == report.Last {
		return m.one(body, months[len(months)-1])
	}
	var total int64
	for _, month := range months {
		total += m.one(body, month)
	}
	return total
}

// periodsOf lists the periods from first to last.
func periodsOf(kind calendar.Kind, first, last string) []calendar.Period {
	var all []calendar.Period
	for p := calendar.MustPeriod(first); ; p = p.Next() {
		all = append(all, p)
		if p.String() == last || p.Kind() != kind {
			return slices.Clip(all)
		}
	}
}
