package web_test

import (
	"fmt"
	"strings"

	"giaoban/appraisal"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/library"
)

// appraised lets each of the five bodies ask its brother before it about a draft: the two and the commission see it, each does its
// own part. A document came out for which each is asked why no file was seen.
func (w *world) appraised(tx *db.Tx) error {
	if err := appraisal.AddRule(tx, w.Officer, appraisal.Rule{Form: "Đề án", Addressee: appraisal.ToParty, Days: 7, Basis: "Quy chế thử", From: calendar.On(2022, 1, 1)}); err != nil {
		return err
	}
	rules, err := appraisal.Rules(tx, w.Officer)
	if err != nil {
		return err
	}
	w.rule = rules[0].ID
	for i, b := range w.bodies {
		brother := w.bodies[(i+len(w.bodies)-1)%len(w.bodies)]
		if err := w.document(tx, i, b.ID, b.Code); err != nil || b.Kind.Own() || brother.Kind.Own() {
			if err != nil {
				return err
			}
			continue
		}
		by := w.AgencyOfficer(b)
		words := fmt.Sprintf("Lời riêng trong dự thảo của %s.", b.Code)
		stored, err := w.store.Keep(strings.NewReader("%PDF-1.4\n% "+words+"\n%%EOF\n"), 1<<20)
		if err != nil {
			return err
		}
		file, err := library.Add(tx, by, b.ID, stored, "du thao "+b.Code+".docx")
		if err != nil {
			return err
		}
		a, err := appraisal.Submit(tx, by, appraisal.New{Kind: appraisal.Consulted, Form: "Kế hoạch", Subject: "của " + b.Code, Addressee: appraisal.ToOwn, AddresseeName: b.Name,
			Days: 20, Asked: []db.ID{brother.ID}, File: appraisal.File{File: file, Read: document.Document{Blocks: []document.Block{{Kind: document.Paragraph, Text: words}}}}})
		if err != nil {
			return err
		}
		path := map[string]string{"appraisal": string(a.ID), "n": "1", "format": "docx"}
		w.objects["appraisal"] = append(w.objects["appraisal"], object{about: b.Code, path: path, org: b.ID, readers: []db.ID{brother.ID}, secrets: []string{string(a.ID), words}})
		w.objects["appraisal-own"] = append(w.objects["appraisal-own"], object{about: b.Code, path: path, org: b.ID})
		w.objects["appraisal-asked"] = append(w.objects["appraisal-asked"], object{about: b.Code, path: path, org: brother.ID})
	}
	return nil
}

// document is one that came out, with the body that is asked about it.
func (w *world) document(tx *db.Tx, i int, body db.ID, code string) error {
	d, err := directive.Record(tx, w.Officer, directive.New{Type: "Đề án", Symbol: fmt.Sprintf("%d-ĐA/TU", 30+i), Date: calendar.On(2022, 6, 1), Issuer: "Tỉnh ủy Khánh Hòa", Subject: "thử của " + code})
	if err != nil {
		return err
	}
	if err := appraisal.AskUnseen(tx, w.Officer, d.ID, body); err != nil {
		return nil // a unit of the commission writes no drafts of others
	}
	w.objects["unseen"] = append(w.objects["unseen"], object{about: code, path: map[string]string{"directive": string(d.ID)}, org: body})
	return nil
}
