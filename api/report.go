package api

import (
	"reflect"
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/report"

	"github.com/danielgtaylor/huma/v2"
)

var reportRoom = room{
	read(huma.Operation{OperationID: "listRegimes", Path: "/regimes", Summary: "Các chế độ báo cáo và mẫu đang dùng"}, regimes, access.ReadRegime),
	write(huma.Operation{OperationID: "openPeriod", Path: "/reports/{regime}/{period}/opening", Summary: "Mở một kỳ báo cáo"}, openPeriod, access.OpenPeriod),
	{"submitReport", submitActs, (*server).submitReport},
	read(huma.Operation{OperationID: "listSubmissions", Path: "/reports/{regime}/{period}/submissions", Summary: "Báo cáo đã nhận của một kỳ"}, submissions, access.ReadReport),
	write(huma.Operation{OperationID: "acceptSubmission", Path: "/reports/{regime}/{period}/submissions/{id}/acceptance",
		Summary: "Nhận một báo cáo"}, accept, access.AcceptReport),
	write(huma.Operation{OperationID: "returnSubmission", Path: "/reports/{regime}/{period}/submissions/{id}/return",
		Summary: "Đề nghị bổ sung một báo cáo"}, returnSubmission, access.ReturnReport),
	read(huma.Operation{OperationID: "consolidation", Path: "/reports/{regime}/{period}/consolidation",
		Summary: "Số liệu và nội dung tổng hợp"}, consolidated, access.ReadConsolidation),
	readReady[page[completenessShape]](huma.Operation{OperationID: "completeness", Path: "/reports/{regime}/completeness",
		Summary: "Mức đầy đủ và đúng hạn theo cơ quan và kỳ"}, completeness, access.ReadReport),
	read(huma.Operation{OperationID: "missingReports", Path: "/reports/{regime}/{period}/missing", Summary: "Cơ quan chưa báo cáo một kỳ"}, missing, access.ReadReport),
	write(huma.Operation{OperationID: "remind", Path: "/reports/{regime}/{period}/reminders", Summary: "Ghi một lần đôn đốc"}, remind, access.NoteReminder),
	write(huma.Operation{OperationID: "extend", Path: "/reports/{regime}/{period}/extensions",
		Summary: "Xin gia hạn (cơ quan) hoặc cho gia hạn (Ban)"}, extend, access.GrantReportExtension, access.AskReportExtension),
}

// InPeriod is the address of everything that belongs to one regime and period. Embedded parts of inputs are exported
// because the framework reads no others.
type InPeriod struct {
	Regime string `path:"regime" doc:"Mã chế độ báo cáo"`
	Period string `path:"period" doc:"2022-03, 2022-Q1, 2022-H1, 2022-H2, 2022-9M, 2022 hoặc 2022..2025"`
}

func (p InPeriod) period() (calendar.Period, error) { return calendar.ParsePeriod(p.Period) }

type indicatorShape struct {
	Code        string  `json:"code"`
	Name        string  `json:"name"`
	Sector      string  `json:"sector"`
	Unit        string  `json:"unit"`
	Decimals    int     `json:"decimals"`
	Aggregation string  `json:"aggregation" enum:"sum,last,average,ratio"`
	Numerator   string  `json:"numerator,omitempty"`
	Denominator string  `json:"denominator,omitempty"`
	Factor      int64   `json:"factor,omitempty"`
	Direction   string  `json:"direction" enum:"higher,lower,none"`
	Target      *string `json:"target"`
	Bound       string  `json:"bound,omitempty" enum:"plan,growth" doc:"Bỏ trống: số không âm, phần trăm từ 0 đến 100; plan: so với kế hoạch; growth: tăng trưởng"`
}

type regimeShape struct {
	Code       string           `json:"code"`
	Name       string           `json:"name"`
	Kind       string           `json:"kind"`
	Cutoff     string           `json:"cutoff"`
	Deadline   int              `json:"deadline_working_days"`
	Active     bool             `json:"active"`
	Sectors    []report.Sector  `json:"sectors"`
	Sections   []report.Section `json:"sections"`
	Indicators []indicatorShape `json:"indicators"`
}

func regimes(tx *db.Tx, by access.Actor, _ *struct{}) (*body[page[regimeShape]], error) {
	all, err := report.Regimes(tx, by)
	if err != nil {
		return nil, err
	}
	out := &body[page[regimeShape]]{page[regimeShape]{Items: []regimeShape{}}}
	for _, r := range all {
		shape := regimeShape{Code: r.Code, Name: r.Name, Kind: r.Kind.String(), Cutoff: r.Cutoff.String(), Deadline: r.WorkingDays,
			Active: r.Active(), Sectors: []report.Sector{}, Sections: []report.Section{}, Indicators: []indicatorShape{}}
		forms, err := report.Forms(tx, by, r.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range forms { // the newest active version is the one in use
			if !f.Active {
				continue
			}
			shape.Sectors, shape.Sections, shape.Indicators = f.Sectors, f.Sections, nil
			for _, i := range f.Indicators {
				shape.Indicators = append(shape.Indicators, indicatorShape{Code: i.Code, Name: i.Name, Sector: i.Sector, Unit: i.Unit,
					Decimals: i.Decimals, Aggregation: string(i.Aggregation), Numerator: i.Numerator, Denominator: i.Denominator,
					Factor: i.Factor, Direction: string(i.Direction), Target: figure(i.Target, i.Decimals), Bound: string(i.Bound)})
			}
			break
		}
		out.Body.Items = append(out.Body.Items, shape)
	}
	return out, nil
}

// figure writes a scaled integer as the decimal string it stands for; nil stays null.
func figure(v *int64, decimals int) *string {
	if v == nil {
		return nil
	}
	text := decimal.Format(*v, decimals)
	return &text
}

type openingShape struct {
	Regime string `json:"regime"`
	Period string `json:"period"`
	From   string `json:"from" doc:"Ngày đầu của số liệu"`
	To     string `json:"to" doc:"Ngày chốt số liệu"`
	Due    string `json:"due"`
	Reason string `json:"reason" doc:"Cách tính ngày hạn"`
}

func openPeriod(tx *db.Tx, by access.Actor, in *InPeriod) (*body[openingShape], error) {
	period, err := in.period()
	if err != nil {
		return nil, err
	}
	o, err := report.Open(tx, by, in.Regime, period)
	if err != nil {
		return nil, err
	}
	return &body[openingShape]{openingShape{Regime: in.Regime, Period: period.String(), From: o.From.String(), To: o.To.String(),
		Due: o.Due.String(), Reason: o.DueReason}}, nil
}

type sectionShape struct {
	Section    string   `json:"section"`
	Sector     string   `json:"sector"`
	Paragraphs []string `json:"paragraphs"`
}

type submissionShape struct {
	ID        string             `json:"id"`
	Number    string             `json:"number"`
	Body      string             `json:"org"`
	Period    string             `json:"period"`
	Version   int64              `json:"version"`
	At        string             `json:"at"`
	Due       string             `json:"due"`
	Late      bool               `json:"late"`
	Nil       bool               `json:"nil"`
	Way       string             `json:"way" enum:"program,signed,paper,import"`
	State     string             `json:"state" enum:"received,accepted,returned,superseded"`
	Hash      string             `json:"hash"`
	Values    map[string]*string `json:"values"`
	Estimates []string           `json:"estimates"`
	Sections  []sectionShape     `json:"sections"`
}

type submissionsInput struct {
	InPeriod
	Limit  int    `query:"limit" minimum:"1" maximum:"5000" default:"500"`
	Cursor string `query:"cursor"`
}

func submissions(tx *db.Tx, by access.Actor, in *submissionsInput) (*body[page[submissionShape]], error) {
	period, err := in.period()
	if err != nil {
		return nil, err
	}
	all, err := report.Submissions(tx, by, in.Regime, period)
	if err != nil {
		return nil, err
	}
	start := 0
	if in.Cursor != "" {
		if start, err = strconv.Atoi(in.Cursor); err != nil || start < 0 || start > len(all) {
			return nil, fault.Invalid("cursor", "cursor phải là giá trị next của lần gọi trước.")
		}
	}
	out := &body[page[submissionShape]]{page[submissionShape]{Items: []submissionShape{}}}
	end := min(start+in.Limit, len(all))
	newest := make(map[db.ID]int64)
	for _, sub := range all {
		newest[sub.Obligation] = max(newest[sub.Obligation], sub.Version)
	}
	for _, sub := range all[start:end] {
		out.Body.Items = append(out.Body.Items, submissionOf(sub, newest[sub.Obligation]))
	}
	if end < len(all) {
		out.Body.Next = strconv.Itoa(end)
	}
	return out, nil
}

func submissionOf(sub report.Submission, newest int64) submissionShape {
	shape := submissionShape{ID: string(sub.ID), Number: sub.Number, Body: sub.Body.Code, Period: sub.Period.String(), Version: sub.Version,
		At: sub.At.RFC3339(), Due: sub.Due.String(), Late: sub.Late, Nil: sub.Nil, Way: sub.Way, State: "received", Hash: sub.Hash,
		Values: make(map[string]*string, len(sub.Values)), Estimates: []string{}, Sections: []sectionShape{}}
	switch {
	case sub.Accepted:
		shape.State = "accepted"
	case sub.Returned():
		shape.State = "returned"
	case sub.Version < newest:
		shape.State = "superseded"
	}
	for i, v := range sub.Values {
		ind := sub.Form.Indicators[i]
		if v.Set {
			text := decimal.Format(v.Figure, ind.Decimals)
			shape.Values[ind.Code] = &text
		} else {
			shape.Values[ind.Code] = nil
		}
		if v.Estimate {
			shape.Estimates = append(shape.Estimates, ind.Code)
		}
	}
	for _, section := range sub.Sections {
		shape.Sections = append(shape.Sections, sectionShape{section.Section, section.Sector, section.Paragraphs})
	}
	return shape
}

type OneSubmission struct {
	InPeriod
	ID string `path:"id" doc:"id trong biên nhận"`
}

// find makes sure that the submission belongs to the address it was asked under.
func (in OneSubmission) find(tx *db.Tx, by access.Actor) (report.Submission, error) {
	period, err := in.period()
	if err != nil {
		return report.Submission{}, err
	}
	sub, err := report.FindSubmission(tx, by, db.ID(in.ID))
	if err != nil {
		return sub, err
	}
	if sub.Regime != in.Regime || sub.Period != period {
		return sub, fault.Missing("Kỳ này của chế độ %s không có báo cáo mang mã đó.", in.Regime)
	}
	return sub, nil
}

type judged struct {
	ID    string `json:"id"`
	State string `json:"state" enum:"accepted,returned"`
}

func accept(tx *db.Tx, by access.Actor, in *OneSubmission) (*body[judged], error) {
	sub, err := in.find(tx, by)
	if err != nil {
		return nil, err
	}
	if err := report.Accept(tx, by, sub.ID); err != nil {
		return nil, err
	}
	return &body[judged]{judged{in.ID, "accepted"}}, nil
}

type returnInput struct {
	OneSubmission
	Body struct {
		Reason    string        `json:"reason"`
		Section   string        `json:"section,omitempty"`
		Sector    string        `json:"sector,omitempty"`
		Paragraph int           `json:"paragraph,omitempty" minimum:"0" doc:"Đoạn thứ mấy, từ 1; 0 là cả mục"`
		Indicator string        `json:"indicator,omitempty"`
		Due       calendar.Date `json:"due,omitzero" format:"date" doc:"Hạn mới"`
	}
}

func returnSubmission(tx *db.Tx, by access.Actor, in *returnInput) (*body[judged], error) {
	sub, err := in.find(tx, by)
	if err != nil {
		return nil, err
	}
	if err := report.Return(tx, by, sub.ID, report.Returning{Reason: in.Body.Reason, Section: in.Body.Section, Sector: in.Body.Sector,
		Paragraph: in.Body.Paragraph, Indicator: in.Body.Indicator, Due: in.Body.Due}); err != nil {
		return nil, err
	}
	return &body[judged]{judged{in.ID, "returned"}}, nil
}

type completenessInput struct {
	Regime string `path:"regime"`
	Last   int    `query:"last" minimum:"1" maximum:"120" default:"12" doc:"Bao nhiêu kỳ gần nhất đã mở"`
}

type completenessShape struct {
	Body   string  `json:"org"`
	Period string  `json:"period"`
	State  string  `json:"state" enum:"missing,draft,late,on_time,accepted,returned,extended,nil"`
	Due    string  `json:"due" format:"date"`
	At     *string `json:"at" doc:"Lúc nhận bản mới nhất; null là chưa có"`
}

// readReady is read for an answer T that a room keeps ready in bytes.
func readReady[T, I any](op huma.Operation, fn func(tx *db.Tx, by access.Actor, in *I) (*rawJSON, error), acts ...access.Act) operation {
	return operation{op.OperationID, acts, func(s *server) {
		schema := s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
		op := op
		op.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}}
		read(op, fn).register(s)
	}}
}

// rawJSON is such an answer.
type rawJSON struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func completeness(tx *db.Tx, by access.Actor, in *completenessInput) (*rawJSON, error) {
	text, err := report.CompletenessJSON(tx, by, in.Regime, in.Last)
	if err != nil {
		return nil, err
	}
	list := make([]byte, 0, len(text)+len(`{"items":,"next":""}`))
	list = append(append(append(list, `{"items":`...), text...), `,"next":""}`...)
	return &rawJSON{"application/json", list}, nil
}
