package paper

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/official"
	"giaoban/org"
	"giaoban/people"
)

// Document is the paper as it stands: layout of its date, issuer and symbols as of its date, number and date as
// entered by the clerk, or blanks until then.
func Document(tx *db.Tx, by access.Actor, id db.ID) (official.Document, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return official.Document{}, err
	}
	content, err := contentOf(tx, id)
	if err != nil {
		return official.Document{}, err
	}
	return p.document(tx, by, content)
}

// Dressed is Document with another content: what the paper would look like with a text that the room that writes it
// still keeps itself.
func Dressed(tx *db.Tx, by access.Actor, id db.ID, content official.Document) (official.Document, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return official.Document{}, err
	}
	return p.document(tx, by, content)
}

// document fills in what the issuing body and the paper's life decide.
func (p *Paper) document(tx *db.Tx, by access.Actor, d official.Document) (official.Document, error) {
	day := p.LayoutDay()
	written := official.DayOf(day.Year(), int(day.Month()), 0)
	if p.NumberedAt != 0 {
		written.D = day.Day()
	}
	d.Date, d.Number = written, int(p.Number)
	var err error
	if d.Profile, err = p.layout(tx, day); err != nil {
		return d, err
	}
	if p.Secretary != "" && p.SignedAt != 0 {
		d.Date = official.DayOf(day.Year(), int(day.Month()), day.Day()) // of the second signature
	}
	if p.SignedAt == 0 {
		if err := p.toBeSigned(tx, by, &d); err != nil {
			return d, err
		}
	}
	body, err := issuer(tx, p.Body, day)
	if err != nil {
		return d, err
	}
	fill := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	if p.Secretary == "" {
		fill(&d.BodySymbol, body.Symbol)
	} else {
		d.BodySymbol = "" // minutes bear no number
	}
	place, err := org.PlaceOf(tx, body, day)
	if err != nil {
		return d, err
	}
	fill(&d.Place, place)
	if len(d.Joint) > 0 {
		fill(&d.Issuer, body.Name) // two bodies together stand below nobody: each has its full name
	} else if d.Superior == "" {
		if d.Superior, err = Superior(tx, body, day); err != nil {
			return d, err
		}
	}
	fill(&d.Issuer, IssuerName(body.Name, d.Superior))
	if d.Kind == "" {
		d.Kind = kinds[p.Kind].layout
	}
	if p.Kind == CongVan {
		d.TypeSymbol = d.Profile.LetterSymbol
	} else {
		fill(&d.TypeName, p.Kind.Name())
		d.TypeSymbol = d.Profile.Symbols[d.TypeName]
		fill(&d.TypeSymbol, string(p.Kind))
	}
	if p.JournalSize > 0 {
		d.Proof = fmt.Sprintf("Đầu nhật ký lúc phát hành: %d %s", p.JournalSize, p.JournalRoot)
	}
	d.Body = official.Ended(d.Profile, d.Body)
	if p.State == Drafted || p.SignedAt == 0 {
		d.Marks.Draft = p.DraftNo
	}
	if d.Marks.Banner == "" {
		d.Marks.Banner, err = org.Setting(tx, org.Banner)
	}
	return d, err
}

// LayoutDay is the day that decides names and layout: the paper's own, until then the day it was signed or begun.
func (p *Paper) LayoutDay() calendar.Date {
	switch {
	case p.NumberedAt != 0:
		return p.Date
	case p.SignedAt != 0:
		return calendar.OfInstant(p.SignedAt.Time())
	}
	return calendar.OfInstant(p.At.Time())
}

// layout is the profile of the paper on a day.
func (p *Paper) layout(tx *db.Tx, day calendar.Date) (official.Profile, error) {
	if insisted, known, err := LayoutByCode(tx, p.Profile, day); known {
		return insisted, err
	}
	return LayoutFor(tx, p.Family, day)
}

// toBeSigned shows in a draft how whoever is to sign would sign today; a post that ended leaves the place empty.
func (p *Paper) toBeSigned(tx *db.Tx, by access.Actor, d *official.Document) error {
	if p.Secretary != "" {
		d.Signers = p.bothSigners()
		return nil
	}
	d.Signers = unnamed(d.Signers)
	if p.ToSign == "" {
		return nil
	}
	signer, err := p.signerOf(tx, access.System("in văn bản"), Signature{Signer: string(p.ToSign)})
	if fault.Is(err, fault.KindInvalid) {
		d.Signers = nil
		return nil
	}
	d.Signers = []official.Signer{signer.Block}
	return err
}

// issuer is read without asking who reads: whoever may read the paper reads what stands on it.
func issuer(tx *db.Tx, id db.ID, day calendar.Date) (org.Body, error) {
	return org.Find(tx, access.System("in văn bản"), id, day)
}

// Superior is what stands above the issuing body: for the commission a setting of the office, for others the parent, for a
// sở without one the UBND of the province.
func Superior(tx *db.Tx, body org.Body, day calendar.Date) (string, error) {
	if body.Kind == org.Commission {
		return org.Setting(tx, org.Superior)
	}
	if body.Parent == "" {
		if body.Kind != org.Department {
			return "", nil
		}
		committee, err := org.Setting(tx, org.Superior)
		return peoplesCommittee(committee), err
	}
	parent, err := issuer(tx, body.Parent, day)
	return parent.Name, err
}

// peoplesCommittee is what stands above the sở of a province: the UBND of the province whose Party committee is given.
func peoplesCommittee(committee string) string {
	for prefix, kind := range map[string]string{"tinh uy ": "tỉnh ", "thanh uy ": "thành phố "} {
		if strings.HasPrefix(fold.Fold(committee)+" ", prefix) {
			if words := strings.Fields(committee); len(words) > 2 {
				return "Ủy ban nhân dân\n" + kind + strings.Join(words[2:], " ")
			}
		}
	}
	return ""
}

// IssuerName is how a body stands below its superior on a paper: what the superior's name already says is left out, so
// that "Ban Tuyên giáo Tỉnh ủy" below "Tỉnh ủy Khánh Hòa" is "Ban Tuyên giáo".
func IssuerName(name, superior string) string {
	above := fold.Fold(superior) + " "
	for i := 1; i < len(name); i++ {
		if name[i-1] == ' ' && strings.HasPrefix(above, fold.Fold(name[i:])+" ") {
			return strings.TrimSpace(name[:i])
		}
	}
	return name
}

// symbolOf writes number and symbol as printed: 05-BC/BTGTU, 05/BC-SGDĐT.
func symbolOf(d official.Document) string {
	number := fmt.Sprintf("%0*d", d.Profile.NumberPad, d.Number)
	symbols := []string{d.TypeSymbol, d.BodySymbol}
	if d.TypeSymbol == "" {
		symbols = symbols[1:]
	}
	return number + d.Profile.AfterNumber + strings.Join(symbols, d.Profile.BetweenSymbols)
}

// grave are the rules of the layout without which a paper is none; all others are shown and do not stand in the way.
var grave = map[string]bool{
	"thieu-co-quan": true, "thieu-trich-yeu": true, "thieu-ten-loai": true, "thieu-ky-hieu": true, "thieu-noi-dung": true,
	"so-sai": true, "ngay-sai": true, "co-so-chua-co-ngay": true, "co-ngay-chua-co-so": true, "thieu-kinh-gui": true,
	"thieu-nguoi-ky": true, "thieu-ho-ten": true, "ky-thay-duoi-thay-mat": true, "quyen-han-la": true, "dau-mat": true,
	"cho-chua-ghi": true, "thieu-can-cu": true, "thieu-dieu": true,
}

// Finding is one remark on the layout; Grave ones must be mended before signing and release.
type Finding struct {
	official.Finding
	Grave bool
}

// Lint reads the paper as it stands against its layout and what the office knows on its day. A draft lacks no signer:
// signing names one, by the post.
func Lint(tx *db.Tx, by access.Actor, id db.ID) ([]Finding, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	d, err := Document(tx, by, id)
	if err != nil {
		return nil, err
	}
	day := calendar.OfInstant(tx.Clock())
	if p.SignedAt != 0 {
		day = calendar.OfInstant(p.SignedAt.Time())
	}
	known, err := Directory(tx, p.Body, day)
	if err != nil {
		return nil, err
	}
	var out []Finding
	for _, f := range known.Lint(d) {
		if f.Rule == "thieu-nguoi-ky" && p.State == Drafted {
			continue
		}
		out = append(out, Finding{f, grave[f.Rule]})
	}
	return out, nil
}

// Directory is what the office knows on a day and the papers of a body are compared with: its place and name, and who
// holds which post. It is asked without regard to who reads: a finding names only whom the paper names.
func Directory(tx *db.Tx, body db.ID, day calendar.Date) (official.Directory, error) {
	own, err := issuer(tx, body, day)
	if err != nil {
		return official.Directory{}, err
	}
	known := official.Directory{Body: own.Name}
	if known.Place, err = org.PlaceOf(tx, own, day); err != nil {
		return known, err
	}
	posts, err := people.PostsOn(tx, access.System("soát văn bản"), day)
	if err != nil {
		return known, err
	}
	names, err := org.Names(tx, day)
	for _, post := range posts {
		known.People = append(known.People, official.Person{Name: post.Name, Title: post.Title, Body: names[post.Body].Name})
	}
	return known, err
}

// refuseErrors lists every grave finding at once, but for the rules that do not bind yet.
func refuseErrors(d official.Document, but ...string) error {
	e := fault.Error{Kind: fault.KindConflict}
	for _, f := range official.Lint(d) {
		if grave[f.Rule] && !slices.Contains(but, f.Rule) {
			e.Problems = append(e.Problems, fault.Problem{Sentence: f.Where + ": " + f.Sentence})
		}
	}
	if len(e.Problems) == 0 {
		return nil
	}
	return &e
}

// Rendered is a paper as a file.
type Rendered struct {
	Name string // bao-cao-05-BC-BTGTU.docx
	Type string // media type
	Body []byte
}

// Formats are the endings a paper can be rendered to.
var Formats = []string{"docx", "pdf", "html"}

// Render gives the paper as a file in one of Formats. The same paper gives the same bytes. With at, the address of the
// paper, a PDF bears a code of it and of the digest of what was signed.
func Render(tx *db.Tx, by access.Actor, id db.ID, format, at string) (Rendered, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return Rendered{}, err
	}
	d, err := Document(tx, by, id)
	if err != nil {
		return Rendered{}, err
	}
	if at != "" {
		if p.SHA256 == "" {
			return Rendered{}, fault.Conflict("Văn bản chưa ký nên chưa có mã nội dung để in. Hãy tải bản PDF không có mã QR, hoặc tải lại sau khi ký.")
		}
		d.Code = official.Code{Address: at, Digest: p.SHA256}
	}
	name := p.Kind.Name() + " " + p.Symbol
	if p.Symbol == "" {
		name = p.Kind.Name() + " du thao " + string(p.ID)
	}
	return File(d, name, format, official.HTMLOptions{})
}

// File renders any document; it needs no transaction. name is a title from which the file's name is made.
func File(d official.Document, name, format string, o official.HTMLOptions) (Rendered, error) {
	r := Rendered{Name: fileName(name) + "." + format}
	var out bytes.Buffer
	var err error
	switch format {
	case "docx":
		r.Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		err = official.WriteDocx(&out, d)
	case "pdf":
		r.Type = "application/pdf"
		err = official.WritePDF(&out, d)
	case "html":
		r.Type = "text/html; charset=utf-8"
		err = official.WriteHTML(&out, d, o)
	default:
		return r, fault.Invalid("format", "Chưa in được định dạng “%s”; hãy chọn docx, pdf hoặc html.", format)
	}
	r.Body = out.Bytes()
	return r, err
}

// fileName keeps what every system accepts in a name.
func fileName(title string) string {
	var out strings.Builder
	for _, r := range fold.Fold(title) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			out.WriteRune(r)
		case out.Len() > 0 && !strings.HasSuffix(out.String(), "-"):
			out.WriteByte('-')
		}
	}
	return strings.TrimSuffix(out.String(), "-")
}

// Unissued gives a text that is no paper yet the head of the commission as it is on a day: layout, names, place and mark.
// What the text has of these already stays.
func Unissued(tx *db.Tx, d official.Document, day calendar.Date) (official.Document, error) {
	body, err := org.TheCommission(tx, day)
	if err != nil {
		return d, err
	}
	if d.Profile, err = LayoutFor(tx, official.Party, day); err != nil {
		return d, err
	}
	d.TypeSymbol = d.Profile.Symbols[d.TypeName]
	if d.Superior, err = org.Setting(tx, org.Superior); err != nil {
		return d, err
	}
	d.Issuer, d.BodySymbol, d.Place = IssuerName(body.Name, d.Superior), body.Symbol, body.Place
	d.Body = official.Ended(d.Profile, d.Body)
	d.Marks.Banner, err = org.Setting(tx, org.Banner)
	return d, err
}

// PeoplesCommittee is the UBND of the office's province as it stands in the head of papers; "" where the Party committee above
// the commission does not say the province.
func PeoplesCommittee(tx *db.Tx) (string, error) {
	committee, err := org.Setting(tx, org.Superior)
	return strings.ReplaceAll(peoplesCommittee(committee), "\n", " "), err
}
