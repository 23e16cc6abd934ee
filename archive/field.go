package archive

import (
	"encoding/json"
	"strconv"
	"strings"

	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/internal/db"
)

// FieldKind is what a field of a file tells.
type FieldKind string

const (
	KindField       FieldKind = "kind"
	HeldOnField     FieldKind = "held_on"
	PartField       FieldKind = "part"
	PeriodField     FieldKind = "period"
	NextField       FieldKind = "next_period"
	OrganiserField  FieldKind = "organiser"
	ProvinceField   FieldKind = "province"
	PlaceField      FieldKind = "place"
	ChairField      FieldKind = "chair"
	ConcluderField  FieldKind = "concluder"
	BodyField       FieldKind = "body"
	CitationField   FieldKind = "citation"
	ReviewField     FieldKind = "review"
	ResultField     FieldKind = "result"
	DifficultyField FieldKind = "difficulty"
	ShortcomeField  FieldKind = "shortcoming"
	ConclusionField FieldKind = "conclusion"
	FigureField     FieldKind = "figure"
	CaptionField    FieldKind = "caption"
	AuthorField     FieldKind = "author"
	SourceField     FieldKind = "source"
)

// FieldKinds in the order in which they are confirmed: what a later one rests on comes first.
var FieldKinds = []FieldKind{KindField, HeldOnField, PartField, PeriodField, NextField, OrganiserField, ProvinceField, PlaceField, ChairField,
	ConcluderField, BodyField, CitationField, ReviewField, ResultField, DifficultyField, ShortcomeField, ConclusionField, FigureField,
	CaptionField, AuthorField, SourceField}

var fieldNames = map[FieldKind]string{KindField: "Loại tư liệu", HeldOnField: "Ngày họp", PartField: "Buổi", PeriodField: "Kỳ xem lại",
	NextField: "Kỳ triển khai", OrganiserField: "Cơ quan tổ chức", ProvinceField: "Tỉnh", PlaceField: "Địa điểm", ChairField: "Chủ trì",
	ConcluderField: "Người kết luận", BodyField: "Cơ quan", CitationField: "Văn bản viện dẫn", ReviewField: "Sơ kết, tổng kết",
	ResultField: "Kết quả", DifficultyField: "Khó khăn", ShortcomeField: "Hạn chế", ConclusionField: "Kết luận, nhiệm vụ tới",
	FigureField: "Số liệu", CaptionField: "Chú thích ảnh", AuthorField: "Tác giả", SourceField: "Nguồn tin"}

// Name is the office's word.
func (k FieldKind) Name() string { return fieldNames[k] }

// Known reports whether k is one of FieldKinds.
func (k FieldKind) Known() bool { return fieldNames[k] != "" }

// Single reports whether a file has at most one field of the kind.
func (k FieldKind) Single() bool {
	switch k {
	case KindField, HeldOnField, PartField, PeriodField, NextField, OrganiserField, ProvinceField, PlaceField, ConcluderField, AuthorField, SourceField:
		return true
	}
	return false
}

// Head reports whether the field belongs to the head of a file: what it is, when, where and by whom.
func (k FieldKind) Head() bool {
	return k.Single() && k != AuthorField && k != SourceField || k == ChairField
}

// Long reports whether the field is a passage rather than a word.
func (k FieldKind) Long() bool {
	switch k {
	case ResultField, DifficultyField, ShortcomeField, ConclusionField, CaptionField:
		return true
	}
	return false
}

// Value is what a field says. Text holds its words: the name of a chair, the passage of a conclusion, the reference as
// written; of a kind, day, part and period their codes ("briefing", "2022-04-01", "afternoon", "2022-Q1"). The other
// parts belong to one kind of field each.
type Value struct {
	Text  string `json:"text,omitempty"`
	Title string `json:"title,omitempty"` // of a chair
	Body  string `json:"body,omitempty"`  // code of the body that is meant

	Type       string  `json:"type,omitempty"` // of a document that is cited
	Symbol     string  `json:"symbol,omitempty"`
	Date       string  `json:"date,omitempty"` // ISO
	Issuer     string  `json:"issuer,omitempty"`
	Term       string  `json:"term,omitempty"`
	Subject    string  `json:"subject,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
	Remark     string  `json:"remark,omitempty"` // what the recogniser noted

	Review string `json:"review,omitempty"` // sơ kết | tổng kết
	Years  int    `json:"years,omitempty"`

	Number     string `json:"number,omitempty"` // of a figure: exact decimal with a point
	Unit       string `json:"unit,omitempty"`
	Comparison string `json:"comparison,omitempty"`
	Estimate   bool   `json:"estimate,omitempty"`

	Task    bool   `json:"task,omitempty"` // of a conclusion: a task, otherwise guidance
	Lead    string `json:"lead,omitempty"` // code of the body that leads
	Product string `json:"product,omitempty"`
	Due     string `json:"due,omitempty"` // ISO
}

func (v Value) json() string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings, numbers and yes or no can always be written
	}
	return string(text)
}

func valueOf(text string) (v Value) {
	if text != "" {
		json.Unmarshal([]byte(text), &v) // written by json above
	}
	return v
}

// Reference is a cited document as the recogniser would have given it.
func (v Value) Reference() citation.Reference {
	day, _ := calendar.ParseDate(v.Date)
	return citation.Reference{End: len(v.Text), Text: v.Text, Type: v.Type, Number: leadingNumber(v.Symbol), Symbol: v.Symbol, Date: day,
		Issuer: v.Issuer, Term: v.Term, Confidence: v.Confidence}
}

func leadingNumber(symbol string) string {
	for _, part := range strings.FieldsFunc(symbol, func(r rune) bool { return r < '0' || r > '9' }) {
		return part
	}
	return ""
}

// FieldState is how far the confirming of a field has come.
type FieldState string

const (
	Pending   FieldState = "pending"
	Accepted  FieldState = "accepted"
	Corrected FieldState = "corrected"
	Skipped   FieldState = "skipped"
)

// Name is the office's word.
func (s FieldState) Name() string {
	switch s {
	case Pending:
		return "Chờ xác nhận"
	case Accepted:
		return "Đã nhận"
	case Corrected:
		return "Đã sửa"
	case Skipped:
		return "Đã bỏ qua"
	}
	return string(s)
}

// Taken reports whether the field counts: accepted as it was, or corrected.
func (s FieldState) Taken() bool { return s == Accepted || s == Corrected }

// Field is one thing that a file seems to say, with what a person decided.
type Field struct {
	ID     db.ID     `db:"id"`
	Import db.ID     `db:"import"`
	Seq    int       `db:"seq"`
	Kind   FieldKind `db:"kind"`
	Span
	Value     Value      // as read
	Sure      bool       `db:"sure"`
	Added     bool       `db:"added"`
	State     FieldState `db:"state"`
	Kept      Value      // as confirmed
	Version   int        `db:"version"` // what a decision must have read
	MadeKind  string     `db:"made_kind"`
	MadeID    db.ID      `db:"made_id"`
	MadeLabel string     `db:"made_label"`
}

// Now is the field as it counts at present: as confirmed, else as read.
func (f Field) Now() Value {
	if f.State.Taken() {
		return f.Kept
	}
	return f.Value
}

// Line says a value in one line, as a person reads it.
func (k FieldKind) Line(v Value) string {
	switch k {
	case KindField:
		return Kind(v.Text).Name()
	case HeldOnField:
		if d, err := calendar.ParseDate(v.Text); err == nil {
			return d.Vietnamese()
		}
	case PartField:
		return partNames[v.Text]
	case PeriodField, NextField:
		if p, err := calendar.ParsePeriod(v.Text); err == nil {
			return p.Name()
		}
	case ChairField:
		if v.Title != "" {
			return v.Text + ", " + v.Title
		}
	case CitationField:
		return v.cited()
	case ReviewField:
		if v.Years > 0 {
			return v.Review + " " + strconv.Itoa(v.Years) + " năm thực hiện " + v.Symbol
		}
		return v.Review + " " + v.Symbol
	case FigureField:
		return v.Text
	}
	return v.Text
}

// cited is a document as offices cite it.
func (v Value) cited() string {
	line := v.Type
	if v.Symbol != "" {
		line = strings.TrimSpace(line + " " + v.Symbol)
	} else if v.Text != "" {
		line = v.Text
	}
	if d, err := calendar.ParseDate(v.Date); err == nil && v.Symbol != "" {
		line += ", ngày " + d.Vietnamese()
	}
	if v.Issuer != "" && v.Symbol != "" {
		line += " của " + v.Issuer
	}
	if v.Term != "" && v.Symbol != "" {
		line += " khóa " + v.Term
	}
	return line
}

var partNames = map[string]string{"morning": "Sáng", "afternoon": "Chiều", "evening": "Tối"}

// Parts of a day in their order, as codes.
var Parts = []string{"morning", "afternoon", "evening"}

// PartName is the office's word for a part of the day.
func PartName(part string) string { return partNames[part] }

// Name is the office's word for what a file tells of.
func (k Kind) Name() string {
	switch k {
	case Briefing:
		return "Hội nghị giao ban"
	case YearReview:
		return "Tổng kết năm"
	case ProgrammeSigning:
		return "Ký kết chương trình phối hợp"
	case ProgrammeReview:
		return "Sơ kết, tổng kết chương trình phối hợp"
	case Notice:
		return "Thông báo"
	case Report:
		return "Báo cáo"
	case Other:
		return "Tư liệu khác"
	}
	return string(k)
}

// Conference reports whether the kind is of something that was held.
func (k Kind) Conference() bool {
	return k == Briefing || k == YearReview || k == ProgrammeSigning || k == ProgrammeReview
}

func (k Kind) known() bool {
	for _, one := range Kinds {
		if k == one {
			return true
		}
	}
	return false
}
