package web

import (
	"giaoban/access"
	"giaoban/directive"
	"giaoban/intake"
	"giaoban/internal/db"
)

// incomingKind is the record that a paper came in as.
const incomingKind = "incoming"

// arrived fills the form from the book of incoming papers.
func (f *directiveForm) arrived(tx *db.Tx, by access.Actor) error {
	i, err := intake.Find(tx, by, db.ID(f.Record))
	if err != nil {
		return err
	}
	f.Type, f.Symbol, f.Date, f.Issuer, f.Subject = i.Type, i.Symbol, i.Date.Vietnamese(), i.SenderName, i.Subject
	f.ArrivedNo, f.ArrivedOn = i.Number, i.ArrivedOn.Vietnamese()
	f.Read = []string{"Các ô lấy từ văn bản đến số " + i.Number + "; tệp đến được giữ cùng văn bản."}
	return nil
}

// takeOver makes the file and the words of an incoming paper those of the document.
func (f *directiveForm) takeOver(tx *db.Tx, by access.Actor, n *directive.New) error {
	i, err := intake.Find(tx, by, db.ID(f.Record))
	if err != nil {
		return err
	}
	if n.File, err = intake.Original(tx, by, i.ID); err != nil {
		return err
	}
	n.Source = i.Node()
	if n.Text == "" {
		d, err := intake.Read(tx, by, i.ID)
		if err != nil {
			return err
		}
		n.Text, _ = d.Text()
	}
	return nil
}
