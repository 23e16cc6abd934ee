package official

import (
	"maps"
	"slices"
	"strings"
)

// component is a thành phần thể thức: values are shown under it, and its place in each source is known.
type component struct {
	name       string
	hd05, hd36 string // section of the source
	nd30       string
}

// The components in the order of a paper. HD 05 was read in summaries, which name components and no sections
// (docs/sources/hd-05.md); for HD 36 the points of Mục II and Phụ lục 3 are known.
var (
	theLayout     = component{"Thể thức", "tên và hiệu lực của hướng dẫn", "tên và hiệu lực của hướng dẫn", "Điều 37"}
	thePage       = component{"Trang giấy", "phần phông chữ, khổ giấy, lề, số trang", "phần phông chữ, khổ giấy, lề, số trang", "Phụ lục I, Phần I, Mục I"}
	theNational   = component{"Quốc hiệu, tiêu đề", "phần tiêu đề", "Mục II, điểm 1.1; Phụ lục 3", "Phụ lục I, Phần I, Mục II.1"}
	theIssuer     = component{"Tên cơ quan ban hành", "phần tên cơ quan ban hành", "Mục II, điểm 1.2; Phụ lục 3", "Phụ lục I, Phần I, Mục II.2"}
	theNumber     = component{"Số và ký hiệu", "phần số và ký hiệu", "Mục II, điểm 1.3; Phụ lục 3", "Phụ lục I, Phần I, Mục II.3"}
	theDate       = component{"Địa danh, ngày tháng", "phần địa danh, ngày tháng", "Mục II, điểm 1.4; Phụ lục 3", "Phụ lục I, Phần I, Mục II.4"}
	theTitle      = component{"Tên loại, trích yếu", "phần tên loại và trích yếu", "Mục II, điểm 1.5; Phụ lục 3", "Phụ lục I, Phần I, Mục II.5"}
	theText       = component{"Nội dung", "phần nội dung văn bản", "Mục II, điểm 1.6; Phụ lục 3", "Phụ lục I, Phần I, Mục II.6"}
	theSignature  = component{"Quyền hạn, chức vụ, chữ ký", "phần quyền hạn, chức vụ, chữ ký", "Mục II, điểm 1.7; Phụ lục 3", "Điều 13; Phụ lục I, Phần I, Mục II.7"}
	theRecipients = component{"Kính gửi, nơi nhận", "phần nơi nhận", "Mục II, điểm 1.9; Phụ lục 3", "Phụ lục I, Phần I, Mục II.9"}
	theMarks      = component{"Dấu và chỉ dẫn khác", "phần thành phần thể thức bổ sung", "Mục II, thành phần thể thức bổ sung", "Phụ lục I, Phần I, Mục III.2"}
	theAnnexes    = component{"Phụ lục, bảng", "phần phụ lục", "phần phụ lục", "Phụ lục I, Phần I, Mục III.1"}
	theSymbols    = component{"Chữ viết tắt tên loại", "phần bảng ký hiệu tên loại", "Mục II, điểm 1.3", "Phụ lục III"}

	components = []component{theLayout, thePage, theNational, theIssuer, theNumber, theDate, theTitle, theText,
		theSignature, theRecipients, theMarks, theAnnexes, theSymbols}
)

// fieldName says what a field of a profile is called, its unit, and the component it belongs to.
type fieldName struct {
	name, unit string
	of         component
}

var fieldNames = map[string]fieldName{
	"Code":               {"Mã thể thức trong chương trình", "-", theLayout},
	"Name":               {"Nguồn", "-", theLayout},
	"Family":             {"Dùng cho", "", theLayout},
	"From":               {"Hiệu lực từ ngày", "", theLayout},
	"To":                 {"Ngày cuối có hiệu lực", "", theLayout},
	"Source":             {"Trang ghi cách đọc nguồn", "-", theLayout},
	"Page":               {"", "mm", thePage},
	"Font":               {"Phông chữ", "-", thePage},
	"Parts":              {"", "pt", theText},
	"National":           {"Các dòng bên phải đầu trang", "", theNational},
	"NationalSeparator":  {"Dưới quốc hiệu, tiêu đề", "", theNational},
	"IssuerSeparator":    {"Dưới tên cơ quan", "", theIssuer},
	"SubjectSeparator":   {"Dưới trích yếu", "", theTitle},
	"LeftColumn":         {"Bề rộng khối bên trái (cơ quan, nơi nhận)", "mm", theIssuer},
	"RightColumn":        {"Bề rộng khối bên phải (quốc hiệu, chữ ký)", "mm", theNational},
	"NumberLabel":        {"Chữ trước số", "", theNumber},
	"NumberPad":          {"Số viết ít nhất", "chữ số", theNumber},
	"NumberBlank":        {"Chỗ trống khi chưa có số", "", theNumber},
	"AfterNumber":        {"Dấu sau số", "", theNumber},
	"BetweenSymbols":     {"Dấu giữa tên loại và cơ quan", "", theNumber},
	"DayBlank":           {"Chỗ trống khi chưa có ngày", "", theDate},
	"LetterSymbol":       {"Ký hiệu tên loại của công văn", "", theNumber},
	"LetterSubject":      {"Chữ trước trích yếu công văn", "", theTitle},
	"AddressLabel":       {"Chữ trước nơi nhận công văn", "", theRecipients},
	"PetitionLabel":      {"Chữ trước nơi nhận tờ trình", "", theRecipients},
	"BasisPrefix":        {"Đầu dòng căn cứ", "", theText},
	"BasisSeparator":     {"Cuối dòng căn cứ", "", theText},
	"BasisEnd":           {"Cuối dòng căn cứ cuối cùng", "", theText},
	"TextEnd":            {"Kết thúc nội dung", "", theText},
	"Headings":           {"Số của tiêu đề", "", theText},
	"Items":              {"Số của mục liệt kê", "", theText},
	"Authorities":        {"", "", theSignature},
	"InChargeForHead":    {"Cấp phó phụ trách ghi ký thay", "", theSignature},
	"DeputyUnderBody":    {"Ghi ký thay dưới ký thay mặt", "", theSignature},
	"SignatureGap":       {"Khoảng trống để ký", "pt", theSignature},
	"RecipientsLabel":    {"Chữ đầu nơi nhận", "", theRecipients},
	"RecipientPrefix":    {"Đầu dòng nơi nhận", "", theRecipients},
	"RecipientSeparator": {"Cuối dòng nơi nhận", "", theRecipients},
	"RecipientEnd":       {"Cuối dòng nơi nhận cuối cùng", "", theRecipients},
	"FilingPrefix":       {"Chữ trước nơi lưu", "", theRecipients},
	"AnnexName":          {"Tên phụ lục", "", theAnnexes},
	"AnnexOwnPages":      {"Mỗi phụ lục đánh số trang riêng", "", theAnnexes},
	"TableCellInset":     {"Khoảng cách chữ với khung ô", "mm", theAnnexes},
	"ConferenceText":     {"Dấu tài liệu hội nghị", "", theMarks},
	"DraftText":          {"Chữ trước lần dự thảo", "", theMarks},
	"Symbols":            {"", "", theSymbols},
}

// partComponents say to which component a part belongs; those not named are of the text.
var partComponents = map[Part]component{
	PartNational: theNational, PartMotto: theNational, PartSuperior: theIssuer, PartIssuer: theIssuer,
	PartSeparator: theIssuer, PartNumber: theNumber, PartPlaceDate: theDate, PartTypeName: theTitle,
	PartSubject: theTitle, PartLetterMatter: theTitle, PartAddressLabel: theRecipients,
	PartTableTitle: theAnnexes, PartTableUnit: theAnnexes, PartTableHead: theAnnexes, PartTableCell: theAnnexes,
	PartTableNote: theAnnexes, PartRecipients: theRecipients, PartRecipient: theRecipients,
	PartAuthority: theSignature, PartSignerTitle: theSignature, PartSignerName: theSignature,
	PartUrgency: theMarks, PartDraft: theMarks, PartConference: theMarks, PartPageNumber: thePage,
	PartBanner: theMarks, PartAnnex: theAnnexes, PartAnnexTitle: theAnnexes, PartAnnexOf: theAnnexes,
	PartTight: theAnnexes, PartBasis: theText, PartBody: theText, PartItem: theText,
	PartHeading1: theText, PartHeading2: theText, PartHeading3: theText, PartHeading4: theText,
}

func componentOf(key string) component {
	field, rest, _ := strings.Cut(key, ".")
	if field == "Parts" {
		part, _, _ := strings.Cut(rest, ".")
		return partComponents[Part(part)]
	}
	return fieldNames[field].of
}

// OwnChoice is the source of what no source says.
const OwnChoice = "Chương trình tự chọn; nguồn không nói"

// ownFields and ownParts are the program's own choice in every profile, ownPartyParts in those of the Party.
var (
	ownFields     = []string{"Code", "Source", "NumberBlank", "DayBlank", "SignatureGap", "TableCellInset", "DraftText", "Page.HeaderDistance"}
	ownPartyOnly  = []string{"Headings", "Items", "AnnexName", "AnnexOwnPages", "ConferenceText"}
	ownParts      = []Part{PartTableTitle, PartTableUnit, PartTableHead, PartTableCell, PartTableNote, PartBanner, PartTight, PartDraft, PartConference}
	ownPartyParts = []Part{PartUrgency, PartAnnex, PartAnnexTitle, PartAnnexOf, PartHeading1, PartHeading2, PartHeading3, PartHeading4}
)

// sourceOf names document and section that a value comes from.
func (p Profile) sourceOf(key string) string {
	field, rest, _ := strings.Cut(key, ".")
	part, _, _ := strings.Cut(rest, ".")
	own := slices.Contains(ownFields, key) || p.Family == Party && slices.Contains(ownPartyOnly, key)
	if field == "Parts" {
		own = slices.Contains(ownParts, Part(part)) || p.Family == Party && slices.Contains(ownPartyParts, Part(part))
	}
	if own {
		return OwnChoice
	}
	c := componentOf(key)
	section := map[string]string{"HD05": c.hd05, "HD36": c.hd36, "ND30": c.nd30}[p.Code]
	if field == "Parts" && rest == part && partComponents[Part(part)] != theText {
		section += "; khoảng cách quanh dòng do chương trình chọn" // of the text the sources say them
	}
	return p.Name + ", " + section
}

// symbolKinds are the types of papers that have letters, in a fixed order.
func (p Profile) symbolKinds() []string { return slices.Sorted(maps.Keys(p.Symbols)) }
