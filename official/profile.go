package official

// Profile is a thể thức: every value of layout as data, with the dates it is valid for. The values
// may be edited by an office; Lint tells when an edited value leaves the range of its source.
type Profile struct {
	Code     string // "HD05", "HD36", "ND30"
	Name     string
	Family   Family
	From, To Day // first and last day of validity; zero: open
	Source   string

	Page  Page
	Font  string
	Parts map[Part]Style

	National          []NationalLine // lines of the right block, above the date
	NationalSeparator Separator
	IssuerSeparator   Separator
	SubjectSeparator  Separator
	LeftColumn        float64 // mm, block of the issuing body and of the recipients
	RightColumn       float64 // mm, block of the national title and of the signature

	NumberLabel     string // what stands before the number, with its blank: "Số " or "Số: "
	NumberPad       int    // least count of digits
	NumberBlank     string // printed while no number is given
	AfterNumber     string // "-" in 12-BC/BTGTU, "/" in 05/BC-SGDĐT
	BetweenSymbols  string // "/" or "-"
	DayBlank        string
	LetterSymbol    string // type letters of a công văn; State letters have none
	LetterSubject   string // what introduces the subject of a công văn
	AddressLabel    string
	PetitionLabel   string // the same for a tờ trình
	BasisPrefix     string
	BasisSeparator  string
	BasisEnd        string
	TextEnd         string // end mark of the whole text
	Headings        []Counter
	Items           []Counter
	Authorities     map[Authority]string
	InChargeForHead bool    // cấp phó phụ trách signs as for the head (Nghị định 30, Điều 13); a Party paper has no K/T then
	DeputyUnderBody bool    // KT. may stand under TM. (State); never in the Party
	SignatureGap    float64 // pt between the title and the name, about four lines

	RecipientsLabel    string
	RecipientPrefix    string
	RecipientSeparator string
	RecipientEnd       string
	FilingPrefix       string

	AnnexName      string
	AnnexOwnPages  bool // page numbers of each annex begin at 1
	TableCellInset float64
	ConferenceText string
	DraftText      string            // printed before the count of drafts
	Symbols        map[string]string // type letters of each type of paper
}

// Page measures the sheet, in mm. Lows and Highs bound the margins in the source.
type Page struct {
	Width, Height, HeaderDistance float64
	Margins, Lows, Highs          Margins
}

// Margins are the four margins in mm.
type Margins struct{ Top, Bottom, Left, Right float64 }

// NationalLine is one line of the national title and the part that styles it.
type NationalLine struct {
	Part Part
	Text string
}

// Separator is what stands below a text: a centred Text, or a Rule as a share of the text's length.
type Separator struct {
	Text string
	Rule float64
}

// Counter writes the numbers of one level. Format is one of "I", "1", "1.1", "a" (letters follow
// the Vietnamese alphabet: a b c d đ e …) or empty; Suffix follows the number, or is the bullet.
type Counter struct{ Format, Suffix string }

// Style is the look of one part. Sizes and spacings in pt, Indent (first line) in mm. LineExact 0
// means single spacing. Low and High bound the size in the source; 0 means exactly Size.
type Style struct {
	Size, Low, High                float64
	Bold, Italic, Underline, Upper bool
	Align                          Align
	Before, After, LineExact       float64
	Indent                         float64
	Boxed                          bool
}

// Part names a component of a paper; it is also the style's id in Word and the class in HTML.
type Part string

// The parts of a paper.
const (
	PartNational     Part = "QuocHieu"
	PartMotto        Part = "TieuNgu"
	PartSuperior     Part = "CapTren"
	PartIssuer       Part = "CoQuan"
	PartSeparator    Part = "DauCach"
	PartNumber       Part = "SoKyHieu"
	PartPlaceDate    Part = "DiaDanhNgay"
	PartTypeName     Part = "TenLoai"
	PartSubject      Part = "TrichYeu"
	PartLetterMatter Part = "TrichYeuCongVan"
	PartAddressLabel Part = "KinhGui"
	PartBasis        Part = "CanCu"
	PartBody         Part = "ThanVan"
	PartItem         Part = "MucLietKe"
	PartHeading1     Part = "Heading1"
	PartHeading2     Part = "Heading2"
	PartHeading3     Part = "Heading3"
	PartHeading4     Part = "Heading4"
	PartTableTitle   Part = "TenBang"
	PartTableUnit    Part = "DonViTinh"
	PartTableHead    Part = "DauBang"
	PartTableCell    Part = "OBang"
	PartTableNote    Part = "GhiChuBang"
	PartRecipients   Part = "NoiNhan"
	PartRecipient    Part = "NoiNhanDong"
	PartAuthority    Part = "QuyenHan"
	PartSignerTitle  Part = "ChucVu"
	PartSignerName   Part = "HoTenNguoiKy"
	PartUrgency      Part = "MucDoKhan"
	PartDraft        Part = "DuThao"
	PartConference   Part = "TaiLieuHoiNghi"
	PartPageNumber   Part = "SoTrang"
	PartBanner       Part = "DongBaoTrang"
	PartAnnex        Part = "PhuLuc"
	PartAnnexTitle   Part = "TenPhuLuc"
	PartAnnexOf      Part = "KemTheo"
	PartTight        Part = "DongKe"
)

// allParts is the fixed order in which styles are written, so that files are the same every time.
var allParts = []Part{PartNational, PartMotto, PartSuperior, PartIssuer, PartSeparator, PartNumber,
	PartPlaceDate, PartTypeName, PartSubject, PartLetterMatter, PartAddressLabel, PartBasis, PartBody,
	PartItem, PartHeading1, PartHeading2, PartHeading3, PartHeading4, PartTableTitle, PartTableUnit,
	PartTableHead, PartTableCell, PartTableNote, PartRecipients, PartRecipient, PartAuthority,
	PartSignerTitle, PartSignerName, PartUrgency, PartDraft, PartConference, PartPageNumber,
	PartBanner, PartAnnex, PartAnnexTitle, PartAnnexOf, PartTight}

// headingPart gives the part of a heading's level, kept within 1 to 4.
func headingPart(level int) Part {
	return [...]Part{PartHeading1, PartHeading2, PartHeading3, PartHeading4}[min(max(level, 1), 4)-1]
}

// textWidth is the width of the type area in mm.
func (p Profile) textWidth(landscape bool) float64 {
	if landscape {
		// The margins are those of the sheet as it is read: the rules name edges, not the binding.
		return p.Page.Height - p.Page.Margins.Left - p.Page.Margins.Right
	}
	return p.Page.Width - p.Page.Margins.Left - p.Page.Margins.Right
}

// ProfileFor gives a fresh copy of the profile that holds for a family of papers on a day, so an
// office may edit it. A paper without a date gets the newest one.
func ProfileFor(family Family, day Day) Profile {
	for _, p := range Profiles() {
		if p.Family != family {
			continue
		}
		if day == (Day{}) && p.To == (Day{}) {
			return p
		}
		if day != (Day{}) && !day.Before(p.From) && (p.To == (Day{}) || !p.To.Before(day)) {
			return p
		}
	}
	// Before the oldest profile its layout is the nearest we know.
	if family == State {
		return nd30()
	}
	return hd36()
}

// ProfileByCode gives the profile with that code, or false.
func ProfileByCode(code string) (Profile, bool) {
	for _, p := range Profiles() {
		if p.Code == code {
			return p, true
		}
	}
	return Profile{}, false
}
