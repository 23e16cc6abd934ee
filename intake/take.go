package intake

import (
	"encoding/json"
	"path"
	"strings"

	"giaoban/access"
	"giaoban/document"
	"giaoban/edxml"
	"giaoban/internal/db"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/lineage"
	"giaoban/official"
)

// Sent is what came as one: a file, or a packet with its files. It was read before the transaction.
type Sent struct {
	Name     string
	Document document.Document // of the file that was read; no blocks where nothing could be
	Packet   *edxml.Packet     // nil for a file alone
	Files    []library.File    // the one that was read first
}

// Taken is what became of one Sent: a new row, or the one in which the same file stands already.
type Taken struct {
	Incoming
	Known bool
}

// Take puts what came into the book's waiting list, with what it seems to be. A file that came before is not taken again.
func Take(tx *db.Tx, by access.Actor, all []Sent) ([]Taken, error) {
	book, err := bookOf(tx, by)
	if err != nil {
		return nil, err
	}
	p, err := propose(tx, by)
	if err != nil {
		return nil, err
	}
	var last int64
	if err := tx.Get(&last, "select coalesce(max(seq), 0) from incoming where org = ?", book); err != nil {
		return nil, err
	}
	var taken []Taken
	for _, s := range paired(all) {
		there, err := known(tx, by, book, s)
		if err != nil {
			return nil, err
		}
		if there.ID != "" {
			taken = append(taken, Taken{there, true})
			continue
		}
		last++
		i := Incoming{ID: tx.NewID(), Body: book, Seq: last, File: s.Files[0].ID, Name: s.Name, State: Waiting, ArrivedOn: p.today, At: tx.Now(), By: by.Key(),
			ByName: by.Name, Version: 1}
		if err := p.kind(&i, p.read(&i, s), s); err != nil {
			return nil, err
		}
		if i.Purpose != edxml.New {
			earlier, err := Earlier(tx, by, i)
			if err != nil {
				return nil, err
			}
			i.Why = i.does(earlier) + "; " + i.Why
			if i.Purpose == edxml.Revoke {
				i.Kind, i.LeadsTo, i.Why = Other, "", i.does(earlier)
			}
		}
		if err := official.RefuseSecret(i.Subject, i.Symbol, i.SenderName, i.Signer, i.Reason); err != nil {
			return nil, err
		}
		if err := i.keep(tx, by, s); err != nil {
			return nil, err
		}
		taken = append(taken, Taken{i, false})
	}
	return taken, nil
}

// keep writes the row, what the file says, and whose the files are.
func (i Incoming) keep(tx *db.Tx, by access.Actor, s Sent) error {
	if err := tx.Insert("incoming", i); err != nil {
		return err
	}
	if textOf(s.Document) {
		text, err := json.Marshal(s.Document)
		if err != nil {
			return err
		}
		if _, err := tx.Exec("insert into incoming_text (incoming, blocks) values (?, ?)", i.ID, string(text)); err != nil {
			return err
		}
	}
	for n, f := range s.Files {
		label := "Bản đến"
		if n > 0 {
			label = "Kèm theo"
		}
		if err := library.Attach(tx, by, f.ID, "incoming", i.ID, i.Body, label); err != nil {
			return err
		}
		if err := lineage.Link(tx, lineage.Node{Kind: "file", ID: f.ID, Label: f.Name}, i.Node(), "đọc từ"); err != nil {
			return err
		}
	}
	_, err := journal.Write(tx, by, "taken", i.subject(), journal.Details{"name": i.Name, "kind": i.Kind.Name(), "files": len(s.Files)})
	return err
}

// paired puts the signed PDF of a paper to the Word file of the same name.
func paired(all []Sent) []Sent {
	stem := func(s Sent) string { return strings.TrimSuffix(s.Name, path.Ext(s.Name)) }
	var kept []Sent
	at := make(map[string]int)
	for _, s := range all {
		n, ok := at[stem(s)]
		switch {
		case !ok || s.Packet != nil || kept[n].Packet != nil || path.Ext(kept[n].Name) == path.Ext(s.Name):
			at[stem(s)] = len(kept)
			kept = append(kept, s)
		case strings.EqualFold(path.Ext(kept[n].Name), ".pdf") && textOf(s.Document): // words are read from the Word file
			s.Files = append(s.Files, kept[n].Files...)
			kept[n] = s
		default:
			kept[n].Files = append(kept[n].Files, s.Files...)
		}
	}
	return kept
}

// known is the row in which a file of the same content stands; one that was dropped may come again.
func known(tx *db.Tx, by access.Actor, book db.ID, s Sent) (Incoming, error) {
	var found []db.ID
	err := tx.Select(&found, `
select i.id
from incoming i
join file f on f.id = i.file
where i.org = ? and f.sha256 = ? and i.state <> ?
order by i.id
limit 1`, book, s.Files[0].SHA256, string(Dropped))
	if err != nil || len(found) == 0 {
		return Incoming{}, err
	}
	return Find(tx, by, found[0])
}
