package paper

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/official"
	"giaoban/org"
)

// following is the paper that follows this one, in words that tell nothing but facts: what the older one is, what is done to it and
// the reason that was given.
func (p Paper) following(tx *db.Tx, by access.Actor, kind SuccessionKind, reason string) (New, error) {
	content, err := contentOf(tx, p.ID)
	if err != nil {
		return New{}, err
	}
	to, err := Recipients(tx, by, p.ID)
	if err != nil {
		return New{}, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return New{}, err
	}
	n := New{Body: p.Body, Kind: p.Kind, Origin: Origin{Kind: "paper", ID: p.ID}, To: to}
	issuer := strings.Join(append([]string{names[p.Body].Name}, content.Joint...), " và ")
	switch kind {
	case Replaces:
		n.Content = p.replacing(content)
	case Amends, Supplements:
		n.Content = p.amending(content, kind, issuer)
	default:
		n.Kind = CongVan
		n.Content = p.letterAbout(content, kind, issuer, reason)
		for _, body := range to {
			if len(content.Addressed) == 0 {
				n.Content.Addressed = append(n.Content.Addressed, names[body].Name)
			}
		}
		if len(n.Content.Addressed) > 0 {
			n.Content.Recipients = []string{"Như trên"}
		}
	}
	return n, nil
}

// replacing is the content of the old paper with the sentence that says what it replaces, in the place of one about a paper
// before that.
func (p Paper) replacing(content official.Document) official.Document {
	begins := p.Kind.Name() + " này thay thế "
	first := official.Say("%s%s.", begins, p.Label())
	first.Origin = official.Origin{Ref: "paper/" + string(p.ID), Label: p.Label()}
	body := slices.DeleteFunc(slices.Clone(content.Body), func(b official.Block) bool {
		said, ok := b.(official.Paragraph)
		return ok && strings.HasPrefix(plain(said.Runs), begins)
	})
	for i, b := range body {
		if t, ok := b.(official.Table); ok {
			body[i] = loosened(t)
		}
	}
	content.Body = append([]official.Block{first}, body...)
	content.Signers, content.Marks = nil, official.Marks{}
	return content
}

// loosened is a table whose cells may be changed: what a replacement says otherwise of the tasks of the older paper is confirmed
// one by one after its release.
func loosened(t official.Table) official.Table {
	rows := make([][]official.Cell, len(t.Rows))
	for r, row := range t.Rows {
		rows[r] = slices.Clone(row)
		for c := range rows[r] {
			rows[r][c].Fixed = false
		}
	}
	t.Rows = rows
	return t
}

// bare is a document with the letterhead and the recipients of the old paper, and nothing else.
func bare(content official.Document) official.Document {
	return official.Document{Kind: content.Kind, TypeName: content.TypeName, Joint: content.Joint, BodySymbol: content.BodySymbol,
		Addressed: content.Addressed, Recipients: content.Recipients, Filing: content.Filing}
}

// amending cites the old paper among its bases and leaves one item to be written.
func (p Paper) amending(content official.Document, kind SuccessionKind, issuer string) official.Document {
	d := bare(content)
	d.Subject = kind.Name() + " " + p.Label()
	d.Bases = append(slices.Clone(content.Bases), "Căn cứ "+p.Label())
	said := official.Say("%s %s %s như sau:", issuer, kind.Name(), p.Label())
	said.Origin = official.Origin{Ref: "paper/" + string(p.ID), Label: p.Label()}
	d.Body = []official.Block{said, official.NumberedItem{Level: 1, Ask: "nội dung " + kind.Name()}}
	return d
}

// letterAbout is the công văn by which a paper is corrected or revoked.
func (p Paper) letterAbout(content official.Document, kind SuccessionKind, issuer, reason string) official.Document {
	d := bare(content)
	d.Kind, d.TypeName, d.Subject = official.Letter, "", kind.Name()+" "+p.Label()
	about := p.Subject
	if p.Kind == CongVan {
		about = "về việc " + about
	}
	first := official.Say("Ngày %s, %s ban hành %s số %s %s.", p.Date.Vietnamese(), issuer, p.Kind.Name(), p.Symbol, strings.TrimRight(about, ". "))
	first.Origin = official.Origin{Ref: "paper/" + string(p.ID), Label: p.Label()}
	reason = strings.TrimRight(reason, ". ")
	done := official.Say("%s đính chính văn bản nêu trên: %s.", issuer, reason)
	if kind == Revokes {
		done = official.Say("%s thu hồi văn bản nêu trên. Lý do: %s.", issuer, reason)
	}
	d.Body = []official.Block{first, done, official.Say("%s thông báo để các cơ quan, đơn vị biết.", issuer)}
	return d
}
