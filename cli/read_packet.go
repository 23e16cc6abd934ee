package cli

import "giaoban/edxml"

// packetJSON is what giaoban read --json tells of a packet: names as they stand in it, days as yyyy-mm-dd.
type packetJSON struct {
	From        string          `json:"from"`
	FromCode    string          `json:"from_code"`
	To          []string        `json:"to"`
	ToCodes     []string        `json:"to_codes"`
	Symbol      string          `json:"symbol"`
	Date        string          `json:"date"` // "" where none is said
	Type        string          `json:"type"`
	Subject     string          `json:"subject"`
	Signer      string          `json:"signer"`
	SignerTitle string          `json:"signer_title"`
	Due         string          `json:"due"`
	Answers     []string        `json:"answers"` // symbols of the papers that are answered
	Purpose     string          `json:"purpose"`
	Status      string          `json:"status,omitempty"` // of a packet without a paper: what the receiver says of it
	Attachments []packetFileOut `json:"attachments"`
}

type packetFileOut struct {
	Name string `json:"name"`
	Size int    `json:"size"` // bytes, as the sender had it
}

func packetOut(p edxml.Packet) packetJSON {
	out := packetJSON{From: p.From.Name, FromCode: p.From.ID, To: []string{}, ToCodes: []string{}, Symbol: p.Symbol, Date: p.Date.String(), Type: p.Kind,
		Subject: p.Subject, Signer: p.Signer.Name, SignerTitle: p.Signer.Position, Due: p.Due.String(), Answers: []string{}, Purpose: p.Purpose.String(),
		Attachments: []packetFileOut{}}
	for _, to := range p.To {
		out.To, out.ToCodes = append(out.To, to.Name), append(out.ToCodes, to.ID)
	}
	for _, a := range p.Answers {
		out.Answers = append(out.Answers, a.Symbol)
	}
	if p.Status != nil {
		out.Status = p.Status.String()
		out.Answers = append(out.Answers, p.Status.Answer.Symbol)
	}
	for _, a := range p.Attachments {
		out.Attachments = append(out.Attachments, packetFileOut{a.Name, len(a.Content)})
	}
	return out
}
