package cli

import (
	"context"
	"errors"

	"giaoban/document"
	"giaoban/edxml"
	"giaoban/official"
)

// packetJSON is what giaoban read --json tells of a packet: names as they stand in it, days as yyyy-mm-dd.
type packetJSON struct {
	From        string       `json:"from"`
	FromCode    string       `json:"from_code"`
	To          []string     `json:"to"`
	ToCodes     []string     `json:"to_codes"`
	Symbol      string       `json:"symbol"`
	Date        string       `json:"date"` // "" where none is said
	Type        string       `json:"type"`
	Subject     string       `json:"subject"`
	Signer      string       `json:"signer"`
	SignerTitle string       `json:"signer_title"`
	Due         string       `json:"due"`
	Answers     []string     `json:"answers"` // symbols of the papers that are answered
	Purpose     string       `json:"purpose"`
	Status      string       `json:"status,omitempty"` // of a packet without a paper: what the receiver says of it
	Attachments []attachment `json:"attachments"`
}

// attachment is a file of a packet: its size in bytes, as the sender had it.
type attachment struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

// readPacket is a packet as it is printed: the blocks are those of its files, each with the file's name before its place.
type readPacket struct {
	Package packetJSON `json:"package"`
	document.Document
}

func packetOut(p edxml.Packet) packetJSON {
	out := packetJSON{From: p.From.Name, FromCode: p.From.ID, To: []string{}, ToCodes: []string{}, Symbol: p.Symbol, Date: p.Date.String(), Type: p.Kind,
		Subject: p.Subject, Signer: p.Signer.Name, SignerTitle: p.Signer.Title, Due: p.Due.String(), Answers: []string{}, Purpose: p.Purpose.String(),
		Attachments: []attachment{}}
	for _, to := range p.To {
		out.To, out.ToCodes = append(out.To, to.Name), append(out.ToCodes, to.ID)
	}
	for _, a := range p.Answers {
		out.Answers = append(out.Answers, a.Symbol)
	}
	if p.Status != nil {
		out.Status, out.Purpose = p.Status.String(), "phản hồi"
		out.Answers = append(out.Answers, p.Status.Answer.Symbol)
	}
	for _, a := range p.Files {
		out.Attachments = append(out.Attachments, attachment{a.Name, len(a.Content)})
	}
	return out
}

// packet prints a packet and what its files say. One mark of secrecy, in what the packet says or in any of its files, refuses it
// whole.
func (k *readFile) packet(ctx context.Context, c *console, content []byte) error {
	p, err := edxml.Read(content)
	if err != nil {
		return err
	}
	out := packetOut(p)
	if err := official.RefuseSecret(p.Words()...); err != nil {
		return err
	}
	all := readPacket{out, document.Document{Blocks: []document.Block{}, Problems: append([]string{}, p.Problems...)}}
	for _, a := range p.Files {
		if level, found := official.SecretName(a.Name); found {
			return official.SecretError{Level: level}
		}
		d, err := readOpen(ctx, a.Name, a.Content)
		if secret := (official.SecretError{}); errors.As(err, &secret) {
			return err
		}
		if err != nil {
			all.Problems = append(all.Problems, a.Name+": "+err.Error())
			continue
		}
		for _, b := range d.Blocks {
			b.Place = a.Name + ", " + b.Place
			all.Blocks = append(all.Blocks, b)
		}
		for _, problem := range d.Problems {
			all.Problems = append(all.Problems, a.Name+": "+problem)
		}
	}
	if k.JSON {
		return printJSON(c, all)
	}
	c.say("%s %s ngày %s: %s", out.Type, out.Symbol, p.Date.Vietnamese(), out.Subject)
	for _, line := range [][2]string{{"Nơi gửi", out.From}, {"Người ký", out.Signer}, {"Hạn trả lời", p.Due.Vietnamese()}, {"Phản hồi", out.Status}} {
		if line[1] != "" {
			c.say("%s: %s", line[0], line[1])
		}
	}
	k.print(c, all.Document)
	return nil
}
