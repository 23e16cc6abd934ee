package archive

import (
	"encoding/json"

	"giaoban/calendar"
	"giaoban/citation"
)

// MarshalJSON gives the line that `giaoban import --json` prints: what is not known is null, a list is never null,
// periods are written 2022-Q1, 2023-9M, 2021. Bodies are named once each, as first written.
func (p Proposal) MarshalJSON() ([]byte, error) {
	type person struct {
		Name  string  `json:"name"`
		Title *string `json:"title"`
	}
	type review struct {
		Symbol string `json:"symbol"`
		Kind   string `json:"kind"`
		Years  *int   `json:"years"`
	}
	type figure struct {
		Text       string  `json:"text"`
		Value      string  `json:"value"`
		Unit       *string `json:"unit"`
		Comparison *string `json:"comparison"`
		Row        *string `json:"row"`
		Column     *string `json:"column"`
	}
	type task struct {
		Text        string  `json:"text"`
		Lead        *string `json:"lead"`
		Cooperating *string `json:"cooperating"`
		Product     *string `json:"product"`
		Deadline    *string `json:"deadline"`
		Due         *string `json:"due"`
	}
	persons := func(some []Person) []person {
		all := []person{}
		for _, one := range some {
			all = append(all, person{one.Name, known(one.Title)})
		}
		return all
	}
	reviews := []review{}
	for _, r := range p.Reviews {
		one := review{r.Symbol, r.Kind, nil}
		if r.Years != 0 {
			one.Years = &r.Years
		}
		reviews = append(reviews, one)
	}
	figures := []figure{}
	for _, f := range p.Figures {
		figures = append(figures, figure{f.Text, f.Value, known(f.Unit), known(f.Comparison), known(f.Row), known(f.Column)})
	}
	tasks := []task{}
	for _, t := range p.Tasks {
		tasks = append(tasks, task{t.Value, known(t.Lead), known(t.Cooperating), known(t.Product), known(t.Deadline), known(isoDay(t.Due))})
	}
	bodies := []string{}
	seen := map[string]bool{}
	for _, b := range p.Bodies {
		key := b.Code
		if key == "" {
			key = bodyKey(b.Name)
		}
		if !seen[key] {
			seen[key] = true
			bodies = append(bodies, b.Name)
		}
	}
	citations := p.Citations
	if citations == nil {
		citations = []citation.Reference{}
	}
	return json.Marshal(struct {
		File         string               `json:"file"`
		Kind         Kind                 `json:"kind"`
		HeldOn       *string              `json:"held_on"`
		PartOfDay    *string              `json:"part_of_day"`
		Period       *string              `json:"period"`
		NextPeriod   *string              `json:"next_period"`
		Organiser    *string              `json:"organiser"`
		Province     *string              `json:"province"`
		Chairs       []person             `json:"chairs"`
		Concluder    *string              `json:"concluder"`
		Bodies       []string             `json:"bodies"`
		Citations    []citation.Reference `json:"citations"`
		Reviews      []review             `json:"reviews"`
		Results      []string             `json:"results"`
		Difficulties []string             `json:"difficulties"`
		Shortcomings []string             `json:"shortcomings"`
		Conclusions  []string             `json:"conclusions"`
		Figures      []figure             `json:"figures"`

		// What only the skeleton of an official paper tells; paper is null for anything else.
		Paper     *string  `json:"paper"`
		Symbol    *string  `json:"symbol"`
		Issued    *string  `json:"issued"`
		Tasks     []task   `json:"tasks"`    // each of them stands among the conclusions too
		Guidance  []string `json:"guidance"` // likewise
		Causes    []string `json:"causes"`
		Proposals []string `json:"proposals"`
		Programme []string `json:"programme"`
		Invited   []string `json:"invited"`
		Present   []string `json:"present"`
		Absent    []string `json:"absent"`
		Signers   []person `json:"signers"`
	}{p.File, p.Kind, known(isoDay(p.HeldOn)), known(p.PartOfDay), known(p.Period.String()), known(p.NextPeriod.String()),
		known(p.Organiser.Value), known(p.Province.Value), persons(p.Chairs), known(p.Concluder.Value), bodies, citations, reviews,
		values(p.Results), values(p.Difficulties), values(p.Shortcomings), values(p.Conclusions), figures,
		known(string(p.Paper)), known(p.Symbol.Value), known(isoDay(p.Issued)), tasks, values(p.Guidance), values(p.Causes), values(p.Proposals),
		values(p.Programme), values(p.Invited), values(p.Present), values(p.Absent), persons(p.Signers)})
}

func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func isoDay(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func values(items []Item) []string {
	all := []string{}
	for _, it := range items {
		all = append(all, it.Value)
	}
	return all
}
