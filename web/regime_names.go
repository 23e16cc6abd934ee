package web

import (
	"fmt"
	"strings"

	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
	"giaoban/report"
)

// operands are the indicators of a form as its formulas call them: by name, or by code for who wants to.
type operands struct {
	names map[string]string   // by code
	codes map[string][]string // by name, without regard to capitals
}

func operandsOf(indicators []report.Indicator) operands {
	o := operands{make(map[string]string), make(map[string][]string)}
	for _, in := range indicators {
		o.names[in.Code] = in.Name
		o.codes[fold.SortKey(in.Name)] = append(o.codes[fold.SortKey(in.Name)], in.Code)
	}
	return o
}

// code reads one operand. What is neither a code nor a name is left for the room to refuse.
func (o operands) code(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if _, ok := o.names[typed]; ok {
		return typed, nil
	}
	codes := o.codes[fold.SortKey(typed)]
	switch len(codes) {
	case 0:
		return typed, nil
	case 1:
		return codes[0], nil
	}
	return typed, fault.Invalid("", "Có %d chỉ tiêu tên “%s” (mã %s); hãy ghi mã của chỉ tiêu muốn nói.", len(codes), typed, strings.Join(codes, ", "))
}

// said is how a formula calls an indicator: by its name, where that reads as this indicator again.
func (o operands) said(code string) string {
	name := o.names[code]
	if _, other := o.names[name]; other || name == "" || strings.ContainsAny(name, "/×*=+>") || len(o.codes[fold.SortKey(name)]) > 1 {
		return code
	}
	return name
}

// ratioForm is tử / mẫu × 100: the last multiplication is that by the factor, an x may stand in a name.
var ratioForm = pattern.Of(`^([^/]+)/(.+?)\s*[×xX*]\s*([0-9.]+)$`)

func (o operands) ratio(in report.Indicator) string {
	return fmt.Sprintf("%s / %s × %d", o.said(in.Numerator), o.said(in.Denominator), in.Factor)
}

func (o operands) rule(rule report.Rule) string {
	mark := " = "
	if rule.Kind == report.PartAtMostTotal {
		mark = " >= "
	}
	parts := make([]string, len(rule.Parts))
	for i, part := range rule.Parts {
		parts[i] = o.said(part)
	}
	return o.said(rule.Total) + mark + strings.Join(parts, " + ")
}

// resolve gives the formulas of an outline that was read the codes of what they name.
func (o operands) resolve(outline *report.Outline, rows []int, wrong *fault.List) {
	take := func(operand *string, field string) {
		code, err := o.code(*operand)
		if err != nil {
			wrong.Add(field, "%s", err.Error())
		}
		*operand = code
	}
	for i := range outline.Indicators {
		if in := &outline.Indicators[i]; in.Aggregation == report.Ratio {
			field := fmt.Sprintf("ratio.%d", rows[i])
			take(&in.Numerator, field)
			take(&in.Denominator, field)
		}
	}
	for i := range outline.Rules {
		take(&outline.Rules[i].Total, "rules")
		for j := range outline.Rules[i].Parts {
			take(&outline.Rules[i].Parts[j], "rules")
		}
	}
}
