package paper

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
	"giaoban/people"
)

// New is a paper about to be drafted. In Content, what the issuing body decides may be left empty and is filled in as
// of the paper's date: profile, issuer and superior, symbols, place, number and date.
type New struct {
	Body    db.ID // the issuing body
	Kind    Kind
	Content official.Document
	Origin  Origin
	To      []db.ID   // bodies that may read it once released
	Profile string    // "HD05", "HD36", "ND30" to insist on a layout; "" follows the date
	Signer  Signature // who is to sign, zero while that is open

	Composed bool   // written from Origin by hand: its room has no part in what becomes of the paper
	From     string // what Origin is called, for the journal

	Secretary, Chair string // of minutes: whose two signatures they need
}

// Draft begins a paper.
func Draft(tx *db.Tx, by access.Actor, n New) (Paper, error) {
	if err := by.May(access.DraftPaper, n.Body); err != nil {
		return Paper{}, err
	}
	var wrong fault.List
	if !n.Kind.Known() {
		wrong.Add("kind", "Loại văn bản “%s” chưa có trong chương trình; hãy chọn một loại trong danh sách.", string(n.Kind))
	}
	if _, known := official.ProfileByCode(n.Profile); n.Profile != "" && !known {
		wrong.Add("profile", "Không có thể thức “%s”; hãy chọn HD05, HD36 hoặc ND30.", n.Profile)
	}
	n.Content.Subject = fold.Tidy(n.Content.Subject)
	if n.Content.Subject == "" {
		wrong.Add("subject", "Văn bản cần có trích yếu.")
	}
	if err := wrong.AddError("secretary", twoSigners(n.Secretary, n.Chair)); err != nil {
		return Paper{}, err
	}
	if err := wrong.Err(); err != nil {
		return Paper{}, err
	}
	body, err := org.Find(tx, by, n.Body, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Paper{}, err
	}
	if n.Profile, err = insisted(tx, body, n.Profile); err != nil {
		return Paper{}, err
	}
	n.Content.Signers = unnamed(n.Content.Signers)
	text, err := encode(n.Content)
	if err != nil {
		return Paper{}, err
	}
	p := Paper{ID: tx.NewID(), Body: n.Body, Kind: n.Kind, Family: familyOf(body.Kind), Profile: n.Profile,
		Subject: n.Content.Subject, DraftNo: max(1, n.Content.Marks.Draft), Version: 1, At: tx.Now(), ByActor: by.Key(), By: by.Name,
		OriginKind: n.Origin.Kind, OriginID: string(n.Origin.ID), Composed: n.Composed, Witnessed: Witnessed{Secretary: fold.Tidy(n.Secretary), Chair: fold.Tidy(n.Chair)}, State: Drafted}
	if n.Signer.Signer != "" {
		signer, err := p.signerOf(tx, by, n.Signer)
		if err != nil {
			return Paper{}, err
		}
		p.ToSign = signer.Post.Person
	}
	if _, err := tx.Exec(`
insert into paper (id, org, kind, family, profile, subject, draft, content, version, origin_kind, origin_id, at, by_actor, by_name, to_sign,
	composed, secretary, chair)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, p.Body, string(p.Kind), string(p.Family), p.Profile, p.Subject, p.DraftNo, string(text), p.Version,
		p.OriginKind, p.OriginID, p.At, by.Key(), by.Name, p.ToSign, p.Composed, p.Secretary, p.Chair); err != nil {
		return Paper{}, err
	}
	if err := p.address(tx, n.To); err != nil {
		return Paper{}, err
	}
	details := journal.Details{"kind": string(p.Kind), "subject": p.Subject}
	if n.From != "" {
		details["from"] = n.From
	}
	_, err = journal.Write(tx, by, "drafted", subject(p), details)
	return p, err
}

// Address adds bodies that read the paper once it is released, by who signs it: its Nơi nhận stand only with the signature.
func Address(tx *db.Tx, by access.Actor, id db.ID, to []db.ID) error {
	p, err := open(tx, by, access.SignPaper, id)
	if err != nil {
		return err
	}
	if err := p.still(Signed, "Văn bản đã vào số, nơi nhận không thêm được nữa."); err != nil {
		return err
	}
	if err := p.address(tx, to); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "addressed", subject(p), journal.Details{"bodies": len(to)})
	return err
}

func (p Paper) address(tx *db.Tx, to []db.ID) error {
	for _, body := range to {
		if _, err := tx.Exec("insert into paper_recipient (body, paper) values (?, ?) on conflict (body, paper) do nothing", body, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// familyOf: the commission, its units, lower commissions and Party committees issue Party papers, all others State
// papers.
func familyOf(k org.Kind) official.Family {
	if k.OfParty() {
		return official.Party
	}
	return official.State
}

// Revise replaces the content of a draft. version is the one the writer read; when another was faster, the answer is
// Stale and nothing changes.
func Revise(tx *db.Tx, by access.Actor, id db.ID, version int64, content official.Document) (Paper, error) {
	p, err := open(tx, by, access.DraftPaper, id)
	if err != nil {
		return Paper{}, err
	}
	if err := p.Writable(); err != nil {
		return Paper{}, err
	}
	if version != p.Version {
		return Paper{}, stale()
	}
	content.Subject, content.Signers = fold.Tidy(content.Subject), unnamed(content.Signers)
	if content.Subject == "" {
		return Paper{}, fault.Invalid("subject", "Văn bản cần có trích yếu.")
	}
	text, err := encode(content)
	if err != nil {
		return Paper{}, err
	}
	p.Version, p.Subject = p.Version+1, content.Subject
	if _, err := tx.Exec("update paper set content = ?, subject = ?, version = ? where id = ?", string(text), p.Subject, p.Version, p.ID); err != nil {
		return Paper{}, err
	}
	_, err = journal.Write(tx, by, "revised", subject(p), journal.Details{"version": p.Version, "sha256": sum(text)})
	return p, err
}

// Redraft begins the next dự thảo: the content stays, the count printed on it rises.
func Redraft(tx *db.Tx, by access.Actor, id db.ID, version int64) (Paper, error) {
	p, err := open(tx, by, access.DraftPaper, id)
	if err != nil {
		return Paper{}, err
	}
	if err := p.Writable(); err != nil {
		return Paper{}, err
	}
	if version != p.Version {
		return Paper{}, stale()
	}
	p.DraftNo, p.Version = p.DraftNo+1, p.Version+1
	if _, err := tx.Exec("update paper set draft = ?, version = ? where id = ?", p.DraftNo, p.Version, p.ID); err != nil {
		return Paper{}, err
	}
	_, err = journal.Write(tx, by, "redrafted", subject(p), journal.Details{"draft": p.DraftNo})
	return p, err
}

// Signature says who signs. Name, title and authority line are those of the signer's post on that day; what outside
// programs say of title and authority is only compared with them.
type Signature struct {
	Signer    string                   // the person's key, or a name that one of those who may sign has; "": as the draft says
	Title     string                   // chức vụ: "TRƯỞNG BAN"
	Authority []official.AuthorityLine // K/T, T/L, T/M
	Version   int64                    // the version that was read before signing; 0: whichever stands
	Content   *official.Document       // the final text, when the room that wrote the paper keeps it; nil: as drafted
	Settle    func(*official.Document) // what the signature changes in the text as it was shown; nil: nothing
	Beside    []official.Signer        // of a joint paper: those of the other bodies, as they signed
}

// Sign fixes the content: from here on it cannot change, and its hash is kept.
func Sign(tx *db.Tx, by access.Actor, id db.ID, s Signature) (Paper, error) {
	p, err := open(tx, by, access.SignPaper, id)
	if err != nil {
		return Paper{}, err
	}
	if err := p.still(Drafted, "Văn bản này đã được ký."); err != nil {
		return Paper{}, err
	}
	if s.Version != 0 && s.Version != p.Version {
		return Paper{}, stale()
	}
	if p.Secretary != "" {
		return p.signMinutes(tx, by)
	}
	content, err := contentOf(tx, p.ID)
	if err != nil {
		return Paper{}, err
	}
	if s.Content != nil {
		content = *s.Content
	}
	if s.Settle != nil {
		s.Settle(&content)
	}
	if s.Signer == "" {
		s.Signer = string(p.ToSign)
	}
	signer, err := p.signerOf(tx, by, s)
	if err != nil {
		return Paper{}, err
	}
	content.Signers = append(slices.Clone(s.Beside), signer.Block)
	return p.fix(tx, by, "signed", content, signer.Post)
}

// fix ends the draft: from here on the content cannot change.
func (p Paper) fix(tx *db.Tx, by access.Actor, verb string, content official.Document, signer people.Post) (Paper, error) {
	content.Marks.Draft = 0
	text, err := encode(content)
	if err != nil {
		return Paper{}, err
	}
	p.Version, p.Subject = p.Version+1, fold.Tidy(content.Subject)
	p.SignedAt, p.SignedBy, p.Signer, p.Title, p.SHA256 = tx.Now(), by.Name, signer.Name, signer.Title, sum(text)
	p.State = p.state()
	d, err := p.document(tx, by, content)
	if err != nil {
		return Paper{}, err
	}
	// What could not be released must not be signed: afterwards nothing in the text can be mended.
	if err := refuseErrors(d); err != nil {
		return Paper{}, err
	}
	if _, err := tx.Exec("update paper set content = ?, subject = ?, version = ? where id = ?", string(text), p.Subject, p.Version, p.ID); err != nil {
		return Paper{}, err
	}
	if _, err := tx.Exec(`
insert into paper_signing (paper, at, by_actor, by_name, signer, title, post, sha256) values (?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, p.SignedAt, by.Key(), by.Name, p.Signer, p.Title, signer.ID, p.SHA256); err != nil {
		return Paper{}, err
	}
	_, err = journal.Write(tx, by, verb, subject(p), journal.Details{"signer": p.Signer, "title": p.Title, "sha256": p.SHA256})
	return p, err
}

// signerOf finds who signs the paper today, by the layout it has today.
func (p *Paper) signerOf(tx *db.Tx, by access.Actor, s Signature) (people.Signer, error) {
	today := calendar.OfInstant(tx.Clock())
	layout, err := p.layout(tx, today)
	if err != nil {
		return people.Signer{}, err
	}
	return people.SignerOf(tx, by, p.Body, fold.Tidy(s.Signer), official.Signer{Title: fold.Tidy(s.Title), Lines: s.Authority}, today, layout)
}

// Signers lists who may sign the papers of a body today, the actor first.
func Signers(tx *db.Tx, by access.Actor, body db.ID, profile string) ([]people.Signer, official.Profile, error) {
	today := calendar.OfInstant(tx.Clock())
	b, err := org.Find(tx, by, body, today)
	if err != nil {
		return nil, official.Profile{}, err
	}
	p := Paper{Family: familyOf(b.Kind), Profile: profile}
	layout, err := p.layout(tx, today)
	if err != nil {
		return nil, layout, err
	}
	all, err := people.Signers(tx, by, body, today, layout)
	return all, layout, err
}

// unnamed keeps of a draft's signers only those without a name: a name comes with the post.
func unnamed(signers []official.Signer) []official.Signer {
	return slices.DeleteFunc(slices.Clone(signers), func(s official.Signer) bool { return s.Name != "" })
}

// Release sends the paper out. Errors of layout stand in the way and are all listed; what the release sets in motion
// is the business of the room that wrote the paper, in the same transaction.
func Release(tx *db.Tx, by access.Actor, id db.ID) (Paper, error) {
	p, err := open(tx, by, access.ReleasePaper, id)
	if err != nil {
		return Paper{}, err
	}
	if p.State == Drafted || p.State == Signed {
		return Paper{}, fault.Conflict("Văn bản chưa %s nên chưa phát hành được.", map[State]string{Drafted: "được ký", Signed: "vào số"}[p.State])
	}
	if err := p.still(Numbered, "Văn bản này đã được phát hành."); err != nil {
		return Paper{}, err
	}
	content, err := contentOf(tx, p.ID)
	if err != nil {
		return Paper{}, err
	}
	d, err := p.document(tx, by, content)
	if err != nil {
		return Paper{}, err
	}
	if err := refuseErrors(d); err != nil {
		return Paper{}, err
	}
	p.ReleasedAt, p.ReleasedBy = tx.Now(), by.Name
	p.State = p.state()
	head, err := journal.Write(tx, by, "released", subject(p), journal.Details{"symbol": p.Symbol, "date": p.Date.String(), "sha256": p.SHA256})
	if err != nil {
		return Paper{}, err
	}
	p.JournalSize, p.JournalRoot = head.Size, head.Root
	_, err = tx.Exec("insert into paper_release (paper, at, by_actor, by_name, journal_size, journal_root) values (?, ?, ?, ?, ?, ?)",
		p.ID, p.ReleasedAt, by.Key(), by.Name, head.Size, head.Root)
	return p, err
}

// Withdraw takes a paper back before its release; a number it already had stays used.
func Withdraw(tx *db.Tx, by access.Actor, id db.ID, reason string) (Paper, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return Paper{}, err
	}
	act := access.DraftPaper // a draft is withdrawn by who writes it, a signed paper by who signs, a numbered one by the clerk
	switch p.State {
	case Signed, Kept:
		act = access.SignPaper
	case Numbered, Released:
		act = access.ReleasePaper
	}
	if err := by.May(act, p.Body); err != nil {
		return Paper{}, err
	}
	if p.State == Released {
		return Paper{}, fault.Conflict("Văn bản đã phát hành thì không rút được; hãy soạn văn bản thay thế, đính chính hoặc thu hồi ở phần “Văn bản kế tiếp”.")
	}
	if p.State == Withdrawn {
		return Paper{}, fault.Conflict("Văn bản này đã được rút.")
	}
	if reason = fold.Tidy(reason); reason == "" {
		return Paper{}, fault.Invalid("reason", "Cần lý do rút văn bản.")
	}
	if err := official.RefuseSecret(reason); err != nil {
		return Paper{}, err
	}
	p.WithdrawnAt, p.WithdrawnBy, p.Reason = tx.Now(), by.Name, reason
	p.State = p.state()
	if _, err := tx.Exec("insert into paper_withdrawal (paper, at, by_actor, by_name, reason) values (?, ?, ?, ?, ?)",
		p.ID, p.WithdrawnAt, by.Key(), by.Name, reason); err != nil {
		return Paper{}, err
	}
	_, err = journal.Write(tx, by, "withdrawn", subject(p), journal.Details{"reason": reason})
	return p, err
}

// open finds the paper for a change and asks whether the actor may make it.
func open(tx *db.Tx, by access.Actor, act access.Act, id db.ID) (Paper, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return Paper{}, err
	}
	return p, by.May(act, p.Body)
}

// still refuses when the paper is past the state that a change needs.
func (p *Paper) still(want State, sentence string) error {
	if p.State == Withdrawn {
		return fault.Conflict("Văn bản đã rút ngày %s: %s", calendar.OfInstant(p.WithdrawnAt.Time()).Vietnamese(), p.Reason)
	}
	if p.State != want {
		return fault.Conflict(sentence)
	}
	return nil
}

func stale() error {
	return fault.Stale("Người khác vừa sửa văn bản này. Hãy xem bản mới nhất rồi sửa tiếp; phần đồng chí vừa gõ vẫn còn trên trang.")
}

func sum(text []byte) string {
	s := sha256.Sum256(text)
	return hex.EncodeToString(s[:])
}
