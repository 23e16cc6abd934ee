// Package official keeps thể thức văn bản: one content model of an official paper, its layout
// under a dated profile (Hướng dẫn 05, Hướng dẫn 36, Nghị định 30), and what is wrong with it.
//
// A Document holds words and figures only. Everything that can be measured (margins, sizes,
// spacing, separators, the way a number is written) is a field of its Profile, so that the same
// content prints as a Party paper or a State paper without a decision in a renderer.
package official

import (
	"fmt"
	"strings"
)

// Kind is the loại văn bản, which sets the type name, the letters of the symbol and the place of
// the subject.
type Kind string

// The kinds that the layout knows. BaoCao and ThongBaoKetLuan build the first two.
const (
	Report     Kind = "bao-cao"
	Notice     Kind = "thong-bao"
	Plan       Kind = "ke-hoach"
	Invitation Kind = "giay-moi"
	Minutes    Kind = "bien-ban"
	Letter     Kind = "cong-van"
	Petition   Kind = "to-trinh"
	Guideline  Kind = "huong-dan"
	Programme  Kind = "chuong-trinh"
	Decision   Kind = "quyet-dinh"
	Regulation Kind = "quy-che"
	Transfer   Kind = "phieu-chuyen"
)

// Family tells Party papers from State papers.
type Family string

// The two families of papers.
const (
	Party Family = "dang"
	State Family = "nha-nuoc"
)

// Document is one paper. Lines inside Superior, Issuer, Subject and texts may be broken by "\n".
// Case is applied by the profile: write names as they are said.
type Document struct {
	Profile Profile
	Kind    Kind

	Superior string // cơ quan cấp trên trực tiếp; may be empty
	Issuer   string // cơ quan ban hành
	// Joint are the bodies that issue the paper together with Issuer, which leads. Each is written in full then, none
	// below a superior.
	Joint []string `json:",omitempty"`

	Number     int    // 0: not yet given by the clerk, a blank is printed
	TypeSymbol string // "BC"; may be empty (State letters)
	BodySymbol string // "BTGTU", "SGDĐT"
	Place      string
	Date       Day // D = 0: the day is left blank; the zero Day prints blanks throughout

	TypeName  string // "Báo cáo"; empty for a letter
	Subject   string // trích yếu
	Addressed []string
	FixedTo   bool     `json:",omitempty"` // Addressed says what a record keeps
	Bases     []string // căn cứ, without dash and end mark
	Body      []Block
	Annexes   []Annex

	Signers    []Signer
	Recipients []string // without dash and end mark
	Filing     string   // what stands after "Lưu": "Văn phòng Ban", "VT, KG"

	Marks Marks

	// Proof stands among the properties of the file, where it disturbs no layout: how the paper can be proven later.
	Proof string `json:"-"`

	// Code is printed at the end of the text of a PDF; without an address there is none.
	Code Code `json:"-"`
}

// Code is a QR code that leads from the printed paper to its record: where it is found, and the digest (SHA-256 in hex) of
// what was signed. It is printed before the file is signed.
type Code struct{ Address, Digest string }

// Marks are the additional signs of a paper.
type Marks struct {
	Draft      int     // Dự thảo lần n; 0: no draft
	Urgency    Urgency // empty: none
	Conference bool    // TÀI LIỆU HỘI NGHỊ
	Banner     string  // printed at the top of every page, e.g. that the figures are invented
}

// Urgency is mức độ khẩn.
type Urgency string

// The three degrees of urgency.
const (
	Urgent     Urgency = "KHẨN"
	VeryUrgent Urgency = "THƯỢNG KHẨN"
	Immediate  Urgency = "HỎA TỐC"
)

// Run is a stretch of text with one appearance.
type Run struct {
	Text                    string
	Bold, Italic, Underline bool
}

// Text makes the runs of a plain text.
func Text(s string) []Run { return []Run{{Text: s}} }

// Say is a paragraph of one sentence or more, written as fmt.Sprintf does.
func Say(format string, args ...any) Paragraph {
	return Paragraph{Runs: Text(fmt.Sprintf(format, args...))}
}

// Origin says where a piece of text or a figure came from. Ref is stable and unambiguous
// (kind and id of the record); Label is what a reader sees ("Sở Y tế, bản 2").
type Origin struct{ Ref, Label string }

// Block is a piece of the body: Heading, Paragraph, NumberedItem, Table or PageBreak.
type Block interface{ block() }

// Heading is a numbered title inside the body, Level 1 to 4 (I. 1. 1.1. a) by default).
type Heading struct {
	Level      int
	Runs       []Run
	Unnumbered bool
}

// Paragraph is running text.
type Paragraph struct {
	Runs   []Run
	Origin Origin
	// Ask says what is still to be written in this place ("mục đích, yêu cầu"). Nothing is printed for it.
	Ask string `json:",omitempty"`
	// Fixed words tell what a record keeps, a day or a body, and change only with it.
	Fixed bool `json:",omitempty"`
}

// NumberedItem is an item of a list. Its label is counted from the profile's item formats, or is
// Label when that is given. Counting starts again after a heading or with Restart.
type NumberedItem struct {
	Level   int // 1 to 4
	Runs    []Run
	Label   string
	Restart bool
	Origin  Origin
	Article bool   `json:",omitempty"` // a điều: counted through the whole paper, whatever stands between
	Ask     string `json:",omitempty"` // as those of a paragraph
	Fixed   bool   `json:",omitempty"`
}

// Asked is what is still to be written in the place of a block, "" when its words are there.
func Asked(b Block) string {
	switch b := b.(type) {
	case Paragraph:
		if strings.TrimSpace(plain(b.Runs)) == "" {
			return b.Ask
		}
	case NumberedItem:
		if strings.TrimSpace(plain(b.Runs)) == "" {
			return b.Ask
		}
	}
	return ""
}

// PlainText is the words of a heading, a paragraph or an item without their looks; "" of other blocks.
func PlainText(b Block) string {
	switch b := b.(type) {
	case Heading:
		return plain(b.Runs)
	case Paragraph:
		return plain(b.Runs)
	case NumberedItem:
		return plain(b.Runs)
	}
	return ""
}

// Table is a table of figures or text. Head gives header rows with spans; without it one header
// row is made of the columns' titles. A cell that is covered by a span from above or from the left
// is left out, as in HTML.
type Table struct {
	Caption string
	Unit    string // "Đơn vị tính: người"
	Columns []Column
	Head    [][]Cell
	Rows    [][]Cell
	Notes   []string
}

// Column is one column of a table. Width is a share: the sum of all widths fills the page.
type Column struct {
	Title string
	Width float64
	Align Align
}

// Cell is one cell. ColSpan and RowSpan of 0 mean 1; an empty Align follows the column.
type Cell struct {
	Runs             []Run
	ColSpan, RowSpan int
	Align            Align
	RowHead          bool // names its row, for readers who hear the table
	Origin           Origin
	Fixed            bool `json:",omitempty"` // as that of a paragraph
}

// C makes a plain cell.
func C(s string) Cell { return Cell{Runs: Text(s)} }

// PageBreak begins a new page.
type PageBreak struct{}

// Annex is a phụ lục: it follows the signature on a page of its own.
type Annex struct {
	Title     string
	Of        string `json:",omitempty"` // what stands below the title; "": to which paper it belongs
	Body      []Block
	Landscape bool
}

func (Heading) block()      {}
func (Paragraph) block()    {}
func (NumberedItem) block() {}
func (Table) block()        {}
func (PageBreak) block()    {}

// Signer is one signature. One signer stands on the right, beside the recipients; several stand
// two in a row in the given order, so the minutes name the writer first and the chair second.
type Signer struct {
	Lines []AuthorityLine // none: the head of a body signs directly
	Title string          // chức vụ, without the body's name
	Name  string          // without academic title
}

// AuthorityLine is one line of quyền hạn: T/M BAN THƯỜNG VỤ.
type AuthorityLine struct {
	Authority Authority
	Of        string
}

// Authority is how a signer comes to sign.
type Authority string

// The authorities; the profile says how each is written.
const (
	OnBehalf  Authority = "thay-mat"
	ForHead   Authority = "ky-thay"
	ByOrder   Authority = "thua-lenh"
	Delegated Authority = "thua-uy-quyen"
	Acting    Authority = "quyen"
)

// Align is the side a text leans on.
type Align string

// Alignments; the empty one follows the column or the style.
const (
	Left    Align = "left"
	Center  Align = "center"
	Right   Align = "right"
	Justify Align = "both"
)
