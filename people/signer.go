package people

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
	"giaoban/official"
	"giaoban/org"
)

// Signing is quyền ký: how whoever holds a post signs papers.
type Signing string

// The ways to sign, in the order in which signers are offered.
const (
	SignsByTitle  Signing = ""          // not said: read from title and role
	SignsAsHead   Signing = "head"      // cấp trưởng, directly
	SignsActing   Signing = "acting"    // quyền cấp trưởng: Q. TRƯỞNG BAN
	SignsInCharge Signing = "in_charge" // cấp phó phụ trách a body that has no head
	SignsForHead  Signing = "deputy"    // cấp phó: K/T TRƯỞNG BAN
	SignsByOrder  Signing = "by_order"  // head of a unit of the body: T/L TRƯỞNG BAN
	SignsByWrit   Signing = "delegated" // was given it in writing, for a time: TUQ. GIÁM ĐỐC
	SignsNothing  Signing = "none"
)

// Signings are the ways a form offers.
var Signings = []Signing{SignsByTitle, SignsAsHead, SignsActing, SignsInCharge, SignsForHead, SignsByOrder, SignsByWrit, SignsNothing}

// Name is the office's word.
func (s Signing) Name() string {
	return map[Signing]string{SignsByTitle: "Theo chức vụ", SignsAsHead: "Cấp trưởng, ký trực tiếp", SignsActing: "Quyền cấp trưởng (Q.)",
		SignsInCharge: "Cấp phó phụ trách khi chưa có cấp trưởng", SignsForHead: "Cấp phó, ký thay (K/T)",
		SignsByOrder: "Đứng đầu đơn vị, ký thừa lệnh (T/L)", SignsByWrit: "Được ủy quyền bằng văn bản (TUQ.)",
		SignsNothing: "Không ký văn bản"}[s]
}

// Leads reports whether the post stands at the head of its body; there is one such post at a time.
func (s Signing) Leads() bool { return s == SignsAsHead || s == SignsActing || s == SignsInCharge }

var headTitle = pattern.Of(`^(trưởng|giám đốc|tổng |bí thư|chủ tịch|chủ nhiệm|chánh|viện trưởng|cục trưởng|hiệu trưởng)`)

// LeadingTitle reports whether a title is that of a head or a deputy.
func LeadingTitle(title string) bool {
	title = strings.ToLower(strings.TrimSpace(title))
	for _, before := range []string{"phó ", "quyền "} {
		title = strings.TrimPrefix(title, before)
	}
	return headTitle().MatchString(title)
}

// readSigning is how a post signs whose form did not say it: leaders by their title, heads of own units by order.
func readSigning(title string, role access.Role, kind org.Kind) Signing {
	title = strings.ToLower(title)
	unit, leader := kind == org.OwnUnit, role == access.CommissionLeader || role == access.AgencyLeader
	switch {
	case unit && headTitle().MatchString(title):
		return SignsByOrder
	case unit || !leader:
		return SignsNothing
	case strings.HasPrefix(title, "phó ") && strings.Contains(title, "phụ trách"):
		return SignsInCharge
	case strings.HasPrefix(title, "phó "):
		return SignsForHead
	case strings.HasPrefix(title, "quyền "):
		return SignsActing
	case headTitle().MatchString(title):
		return SignsAsHead
	}
	return SignsNothing
}

// aloneAtTheHead refuses a second head of a body for the same days: two would sign directly.
func aloneAtTheHead(tx *db.Tx, b org.Body, signs Signing, from, to calendar.Date) error {
	if !signs.Leads() {
		return nil
	}
	var held []Post
	if err := tx.Select(&held, postSelect+`
where po.body = ? and po.signs in ('head', 'acting', 'in_charge')
  and (po.valid_to is null or po.valid_to >= ?) and (cast(? as text) = '' or po.valid_from <= ?)
order by po.valid_from`, string(b.ID), from, to.String(), to.String()); err != nil || len(held) == 0 {
		return err
	}
	return fault.Invalid("signs", "%s đã có %s đứng đầu (%s, từ %s). Xin ghi ngày thôi chức vụ đó trước, hoặc chọn quyền ký khác.",
		b.ShortName, held[0].Name, held[0].Title, held[0].ValidFrom.Vietnamese())
}

// Signer is one person who may sign for a body on a day, and how the signature reads.
type Signer struct {
	Post  Post
	Block official.Signer
}

// Signers lists who may sign the papers of a body on a day under a layout: the actor first, then from the head down.
func Signers(tx *db.Tx, by access.Actor, body db.ID, day calendar.Date, layout official.Profile) ([]Signer, error) {
	if err := by.May(access.ReadBodies, body); err != nil {
		return nil, err
	}
	issuer, err := org.Find(tx, access.System("đọc người ký"), body, day)
	if err != nil {
		return nil, err
	}
	units := "" // office and sections are the commission's
	if issuer.Kind == org.Commission {
		units = string(org.OwnUnit)
	}
	var posts []Post
	if err := tx.Select(&posts, postSelect+`
where po.signs <> 'none' and po.valid_from <= ? and (po.valid_to is null or po.valid_to >= ?)
  and (po.body = ? or po.signs in ('by_order', 'delegated') and po.body in (select id from body where kind = ?))
order by p.sort_key, po.id`, day, day, string(body), units); err != nil {
		return nil, err
	}
	var all []Signer
	for _, p := range posts {
		if block, ok := blockOf(p, issuer, headOf(posts, body), layout); ok {
			all = append(all, Signer{p, block})
		}
	}
	rank := func(s Signer) int {
		if s.Post.Person == by.Person {
			return -1
		}
		return slices.Index(Signings, s.Post.Signs)
	}
	slices.SortStableFunc(all, func(a, b Signer) int { return rank(a) - rank(b) })
	return all, nil
}

// headOf is the title of a body's head, from whoever stands there or stands in: "Trưởng ban".
func headOf(posts []Post, body db.ID) string {
	for _, signs := range Signings[1:5] {
		for _, p := range posts {
			if p.Body == body && p.Signs == signs {
				return titleOfHead(p)
			}
		}
	}
	return ""
}

func titleOfHead(p Post) string {
	for _, before := range []string{"phó ", "quyền "} {
		if strings.HasPrefix(strings.ToLower(p.Title), before) && p.Signs != SignsAsHead {
			of, _, _ := strings.Cut(p.Title[len(before):], " phụ trách")
			first, size := utf8.DecodeRuneInString(of)
			return string(unicode.ToUpper(first)) + of[size:]
		}
	}
	return p.Title
}

// blockOf writes the signature of a post by the rules of the layout: docs/sources/hd-05.md, docs/sources/nd-30.md. ok is
// false where the layout has no such way to sign.
func blockOf(p Post, issuer org.Body, head string, layout official.Profile) (block official.Signer, ok bool) {
	s := official.Signer{Title: p.Title, Name: p.Name}
	line := func(a official.Authority, of string) {
		_, known := layout.Authorities[a]
		ok = ok && known && of != ""
		s.Lines = append(s.Lines, official.AuthorityLine{Authority: a, Of: of})
	}
	ok = true
	collective := issuer.Kind == org.PartyCommittee && p.Body == issuer.ID
	if collective {
		line(official.OnBehalf, issuer.Name)
	}
	switch p.Signs {
	case SignsActing:
		line(official.Acting, titleOfHead(p))
		s.Title = ""
	case SignsInCharge:
		if layout.InChargeForHead && (!collective || layout.DeputyUnderBody) {
			line(official.ForHead, titleOfHead(p))
		}
	case SignsForHead:
		if !collective || layout.DeputyUnderBody {
			line(official.ForHead, head)
		}
	case SignsByOrder:
		line(official.ByOrder, head)
	case SignsByWrit:
		line(official.Delegated, head)
	}
	return s, ok
}

// SignerOf is how a person signs for a body on a day: given by key or, by outside programs, by name. What they say of
// title and authority must be what the post gives: nothing of a signature is free to type.
func SignerOf(tx *db.Tx, by access.Actor, body db.ID, who string, said official.Signer, day calendar.Date, layout official.Profile) (Signer, error) {
	all, err := Signers(tx, by, body, day, layout)
	if err != nil {
		return Signer{}, err
	}
	var found []Signer
	for _, s := range all {
		if string(s.Post.Person) == who {
			found = []Signer{s}
			break
		}
		if fold.Fold(s.Post.Name) == fold.Fold(who) && !slices.ContainsFunc(found, func(f Signer) bool { return f.Post.Person == s.Post.Person }) {
			found = append(found, s)
		}
	}
	switch {
	case who == "":
		return Signer{}, fault.Invalid("signer", "Cần chọn người ký. %s", offered(all, layout))
	case len(found) == 0:
		name := who
		if p, err := person(tx, db.ID(who)); err == nil {
			name = p.Name
		}
		return Signer{}, fault.Invalid("signer", "%s không giữ chức vụ nào được ký văn bản này vào ngày %s. %s",
			strings.TrimSpace(name), day.Vietnamese(), offered(all, layout))
	case len(found) > 1:
		return Signer{}, fault.Invalid("signer", "Có %d người được ký cùng tên %s. Xin chọn trong danh sách ở trang Văn bản.", len(found), who)
	}
	s := found[0]
	if !agrees(said, s, layout) {
		return Signer{}, fault.Invalid("title", "Chức vụ, quyền hạn dưới chữ ký lấy theo chức vụ đang giữ: %s ký “%s”. Xin bỏ trống phần này, hoặc ghi đúng như vậy.",
			s.Post.Name, Reads(layout, s.Block))
	}
	return s, nil
}

// agrees reports whether what was said of a signature is what the post gives; what is left out agrees.
func agrees(said official.Signer, s Signer, layout official.Profile) bool {
	if said.Title != "" && fold.Fold(said.Title) != fold.Fold(s.Post.Title) {
		return false
	}
	if len(said.Lines) == 0 {
		return true
	}
	return slices.EqualFunc(said.Lines, s.Block.Lines, func(a, b official.AuthorityLine) bool {
		return a.Authority == b.Authority && (a.Of == "" || fold.Fold(a.Of) == fold.Fold(b.Of))
	})
}

// Reads writes a signature in one line: "K/T TRƯỞNG BAN, PHÓ TRƯỞNG BAN".
func Reads(layout official.Profile, block official.Signer) string {
	block.Name = ""
	return strings.Join(official.SignatureLines(layout, block), ", ")
}

// offered names who may sign, for the sentence of a refusal.
func offered(all []Signer, layout official.Profile) string {
	if len(all) == 0 {
		return "Chưa ai giữ chức vụ được ký; quản trị ghi chức vụ và quyền ký ở trang Tài khoản."
	}
	names := make([]string, min(len(all), 6))
	for i := range names {
		names[i] = all[i].Post.Name + " (" + Reads(layout, all[i].Block) + ")"
	}
	return "Người được ký: " + strings.Join(names, "; ") + "."
}
