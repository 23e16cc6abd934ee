package web_test

import (
	"strings"

	"giaoban/document"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/library"
)

// arrived puts one paper into the waiting list and one into the book. Both are the commission's.
func (w *world) arrived(tx *db.Tx) error {
	for _, name := range []string{"Thư riêng của khối một", "Thư riêng của khối hai"} {
		stored, err := w.store.Keep(strings.NewReader("%PDF-1.4\n% "+name+"\n%%EOF\n"), 1<<20)
		if err != nil {
			return err
		}
		file, err := library.Add(tx, w.Officer, w.BTGTU.ID, stored, name+".pdf")
		if err != nil {
			return err
		}
		d := document.Document{Blocks: []document.Block{{Kind: document.Paragraph, Text: "SỞ Y TẾ"}, {Kind: document.Paragraph, Text: "Số: 12/SYT-VP"},
			{Kind: document.Paragraph, Text: "V/v " + name}}}
		taken, err := intake.Take(tx, w.Officer, []intake.Sent{{Name: file.Name, Document: d, Files: []library.File{file}}})
		if err != nil {
			return err
		}
		i := taken[0].Incoming
		w.add("incoming", "incoming", i.ID, i.Name, i.Body, name)
		if len(w.objects["incoming"]) == 2 {
			_, err = intake.Enter(tx, w.Officer, i.ID, i.Version, intake.Entry{Number: "12", ArrivedOn: i.ArrivedOn, SenderName: "Sở Y tế", Subject: name, Kind: intake.Other})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
