package paper

import (
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/edxml"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/org"
)

// urgencies in the order in which packets number them.
var urgencies = []official.Urgency{"", official.Urgent, official.VeryUrgent, official.Immediate}

// Packet is a released paper on its way to the bodies that receive it, with the files that go along. Who has no code for
// packets receives it otherwise and stands among its Places. It goes as a new paper even where it
// replaces or revokes another: a receiving program would take the older one out of its book, and that is for people to decide.
func Packet(tx *db.Tx, by access.Actor, id db.ID, files []edxml.File) (edxml.Packet, error) {
	p, err := Find(tx, by, id)
	if err != nil {
		return edxml.Packet{}, err
	}
	if p.State != Released {
		return edxml.Packet{}, fault.Conflict("Chỉ văn bản đã phát hành mới xuất được gói điện tử (.edxml).")
	}
	d, err := Document(tx, by, id)
	if err != nil {
		return edxml.Packet{}, err
	}
	to, codes, err := p.reaches(tx, by)
	if err != nil {
		return edxml.Packet{}, err
	}
	issuing, err := issuer(tx, p.Body, p.Date)
	if err != nil {
		return edxml.Packet{}, err
	}
	bodies, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return edxml.Packet{}, err
	}
	out := edxml.Packet{From: edxml.Organ{ID: codes[p.Body], Name: issuing.Name}, Symbol: p.Symbol, Number: strconv.FormatInt(p.Number, 10), Place: d.Place,
		Date: p.Date, Kind: p.KindName(), Subject: strings.ReplaceAll(d.Subject, "\n", " "), Signer: edxml.Signer{Title: p.Title, Name: p.Signer},
		Files: files}
	if number, rest, ok := cutSymbol(p.Symbol); ok {
		out.Number, out.Notation = number, rest
	}
	for n, u := range urgencies {
		if d.Marks.Urgency == u {
			out.Urgency = n
		}
	}
	if len(d.Signers) > 0 {
		for _, line := range d.Signers[0].Lines {
			out.Signer.Competence = strings.TrimSpace(out.Signer.Competence + " " + string(line.Authority) + " " + line.Of)
		}
	}
	for _, body := range to {
		if codes[body] == "" {
			out.Places = append(out.Places, bodies[body].Name)
			continue
		}
		out.To = append(out.To, edxml.Organ{ID: codes[body], Name: bodies[body].Name})
	}
	if len(out.To) == 0 && len(out.Places) > 0 {
		return edxml.Packet{}, fault.Conflict("Chưa nơi nhận nào có mã định danh để gửi gói điện tử: %s. Ghi mã (như 000.00.15.H51) vào phần cách viết khác của cơ quan trong danh bạ.",
			strings.Join(out.Places, ", "))
	}
	return out, nil
}

// reaches gives the bodies that receive the paper, and the codes of those and of who issued it.
func (p Paper) reaches(tx *db.Tx, by access.Actor) (to []db.ID, codes map[db.ID]string, err error) {
	if to, err = Recipients(tx, by, p.ID); err != nil {
		return nil, nil, err
	}
	codes, err = org.ExchangeCodes(tx, by, append([]db.ID{p.Body}, to...))
	return to, codes, err
}

// Sendable reports whether a paper can go out as a packet: it is released, and who issued it and one of those who receive it have
// codes.
func (p Paper) Sendable(tx *db.Tx, by access.Actor) (bool, error) {
	if p.State != Released {
		return false, nil
	}
	to, codes, err := p.reaches(tx, by)
	return codes[p.Body] != "" && slices.ContainsFunc(to, func(body db.ID) bool { return codes[body] != "" }), err
}

// cutSymbol splits number and notation where the paper joins them.
func cutSymbol(symbol string) (number, notation string, ok bool) {
	i := strings.IndexAny(symbol, "-/")
	if i < 0 {
		return "", "", false
	}
	return symbol[:i], symbol[i+1:], true
}
