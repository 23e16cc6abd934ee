package api

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/report"
)

type consolidationInput struct {
	InPeriod
	Include string `query:"include" enum:"accepted,submitted" default:"accepted" doc:"submitted: bản xem trước, gồm cả báo cáo chưa nhận"`
	Part    string `query:"part" enum:"all,figures,text" default:"all" doc:"figures: chỉ số liệu; text: chỉ nội dung"`
}

type figureShape struct {
	Code        string   `json:"code"`
	Sector      string   `json:"sector"`
	Value       *string  `json:"value"`
	Previous    *string  `json:"previous"`
	LastYear    *string  `json:"last_year"`
	Target      *string  `json:"target"`
	Met         *bool    `json:"met"`
	Estimated   []string `json:"estimated" doc:"Cơ quan có số ước"`
	Lacking     int      `json:"lacking" doc:"Bao nhiêu cơ quan thiếu số này"`
	LackingAlso []string `json:"lacking_also" doc:"Cơ quan thiếu số này mà không có trong missing"`
}

type missingShape struct {
	Org     string   `json:"org"`
	Periods []string `json:"periods"`
}

type paragraphShape struct {
	Text       string `json:"text"`
	Org        string `json:"org"`
	Submission string `json:"submission"`
	Version    int64  `json:"version"`
}

type consolidatedSection struct {
	Section    string           `json:"section"`
	Sector     string           `json:"sector"`
	Paragraphs []paragraphShape `json:"paragraphs"`
}

type consolidationShape struct {
	Regime     string                `json:"regime"`
	Period     string                `json:"period"`
	Include    string                `json:"include"`
	Missing    []missingShape        `json:"missing"`
	Indicators []figureShape         `json:"indicators"`
	Sections   []consolidatedSection `json:"sections"`
}

func consolidation(tx *db.Tx, by access.Actor, in *consolidationInput) (*body[consolidationShape], error) {
	period, err := in.period()
	if err != nil {
		return nil, err
	}
	out := consolidationShape{Regime: in.Regime, Period: period.String(), Include: in.Include, Missing: []missingShape{},
		Indicators: []figureShape{}, Sections: []consolidatedSection{}}
	include := report.Include(in.Include)
	if in.Part != "text" {
		figures, err := report.AddUp(tx, by, in.Regime, period, include)
		if err != nil {
			return nil, err
		}
		for _, m := range figures.Missing {
			shape := missingShape{Org: m.Org.Code}
			for _, p := range m.Periods {
				shape.Periods = append(shape.Periods, p.String())
			}
			out.Missing = append(out.Missing, shape)
		}
		for _, f := range figures.Figures {
			d := f.Indicator.Decimals
			out.Indicators = append(out.Indicators, figureShape{Code: f.Indicator.Code, Sector: f.Indicator.Sector,
				Value: figure(f.Value, d), Previous: figure(f.Previous, d), LastYear: figure(f.LastYear, d),
				Target: figure(f.Indicator.Target, d), Met: f.Met, Estimated: codes(f.Estimated), Lacking: f.Lacking,
				LackingAlso: codes(f.LackingAlso)})
		}
	}
	if in.Part != "figures" {
		paragraphs, err := report.Paragraphs(tx, by, in.Regime, period, include)
		if err != nil {
			return nil, err
		}
		for _, p := range paragraphs { // they come by section and sector
			last := len(out.Sections) - 1
			if last < 0 || out.Sections[last].Section != p.Section || out.Sections[last].Sector != p.Sector {
				out.Sections = append(out.Sections, consolidatedSection{Section: p.Section, Sector: p.Sector})
				last++
			}
			out.Sections[last].Paragraphs = append(out.Sections[last].Paragraphs,
				paragraphShape{Text: p.Text, Org: p.Org.Code, Submission: string(p.Submission), Version: p.Version})
		}
	}
	return &body[consolidationShape]{out}, nil
}

func codes(orgs []report.Org) []string {
	out := make([]string, len(orgs))
	for i, o := range orgs {
		out[i] = o.Code
	}
	return out
}
