package api

import (
	"giaoban/access"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/report"
)

type consolidationInput struct {
	InPeriod
	Include string `query:"include" enum:"accepted,submitted" default:"accepted" doc:"submitted: bản xem trước, gồm cả báo cáo chưa nhận"`
	Part    string `query:"part" enum:"all,figures,text" default:"all" doc:"figures: chỉ số liệu; text: chỉ nội dung"`
}

type consolidationShape struct {
	Regime     string                          `json:"regime"`
	Period     string                          `json:"period"`
	Include    string                          `json:"include"`
	Missing    []consolidation.MissingJSON     `json:"missing"`
	Indicators []consolidation.IndicatorJSON   `json:"indicators"`
	Sections   []consolidation.SectionTextJSON `json:"sections"`
}

func consolidated(tx *db.Tx, by access.Actor, in *consolidationInput) (*body[consolidationShape], error) {
	period, err := in.period()
	if err != nil {
		return nil, err
	}
	out := consolidationShape{Regime: in.Regime, Period: period.String(), Include: in.Include, Missing: []consolidation.MissingJSON{},
		Indicators: []consolidation.IndicatorJSON{}, Sections: []consolidation.SectionTextJSON{}}
	include := report.Include(in.Include)
	if in.Part != "text" {
		figures, err := consolidation.AddUp(tx, by, in.Regime, period, include)
		if err != nil {
			return nil, err
		}
		previous, lastYear, err := consolidation.Incomparable(tx, by, in.Regime, period)
		if err != nil {
			return nil, err
		}
		out.Missing, out.Indicators = figures.Shape(previous, lastYear)
	}
	if in.Part != "figures" {
		paragraphs, err := consolidation.Texts(tx, by, in.Regime, period, include)
		if err != nil {
			return nil, err
		}
		for _, p := range paragraphs { // they come by section and sector
			last := len(out.Sections) - 1
			if last < 0 || out.Sections[last].Section != p.Section || out.Sections[last].Sector != p.Sector {
				out.Sections = append(out.Sections, consolidation.SectionTextJSON{Section: p.Section, Sector: p.Sector})
				last++
			}
			out.Sections[last].Paragraphs = append(out.Sections[last].Paragraphs,
				consolidation.ParagraphJSON{Text: p.Text, Body: p.Body.Code, Submission: p.Submission, Version: p.Version})
		}
	}
	return &body[consolidationShape]{out}, nil
}
