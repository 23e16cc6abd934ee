package paper

import (
	"encoding/json"
	"fmt"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
)

// stored is the content as JSON. The fields here stand in front of the document's own of the same name: the profile is
// kept by its code, because its values are the office's and not the paper's, and blocks are kept with their kind.
type stored struct {
	Profile string
	Body    []storedBlock
	Annexes []storedAnnex
	document
}

type document official.Document

type storedAnnex struct {
	Body []storedBlock
	annex
}

type annex official.Annex

// storedBlock has exactly one of its fields.
type storedBlock struct {
	Heading   *official.Heading      `json:",omitempty"`
	Paragraph *official.Paragraph    `json:",omitempty"`
	Item      *official.NumberedItem `json:",omitempty"`
	Table     *official.Table        `json:",omitempty"`
	PageBreak *official.PageBreak    `json:",omitempty"`
}

// Encode writes a document as the JSON that papers are kept in: the same document gives the same bytes.
func Encode(d official.Document) ([]byte, error) {
	s := stored{Profile: d.Profile.Code, document: document(d)}
	var err error
	if s.Body, err = storeBlocks(d.Body); err != nil {
		return nil, err
	}
	for _, a := range d.Annexes {
		blocks, err := storeBlocks(a.Body)
		if err != nil {
			return nil, err
		}
		s.Annexes = append(s.Annexes, storedAnnex{blocks, annex(a)})
	}
	return json.Marshal(s)
}

// Decode reads what Encode wrote, with the profile of the code kept in it.
func Decode(text []byte) (official.Document, error) {
	var s stored
	if err := json.Unmarshal(text, &s); err != nil {
		return official.Document{}, fmt.Errorf("đọc nội dung văn bản: %w", err)
	}
	d := official.Document(s.document)
	d.Profile, _ = official.ProfileByCode(s.Profile)
	d.Body = readBlocks(s.Body)
	d.Annexes = nil
	for _, a := range s.Annexes {
		one := official.Annex(a.annex)
		one.Body = readBlocks(a.Body)
		d.Annexes = append(d.Annexes, one)
	}
	return d, nil
}

func storeBlocks(blocks []official.Block) ([]storedBlock, error) {
	out := make([]storedBlock, 0, len(blocks))
	for _, b := range blocks {
		switch b := b.(type) {
		case official.Heading:
			out = append(out, storedBlock{Heading: &b})
		case official.Paragraph:
			out = append(out, storedBlock{Paragraph: &b})
		case official.NumberedItem:
			out = append(out, storedBlock{Item: &b})
		case official.Table:
			out = append(out, storedBlock{Table: &b})
		case official.PageBreak:
			out = append(out, storedBlock{PageBreak: &b})
		default:
			return nil, fmt.Errorf("paper: a block of type %T cannot be kept", b)
		}
	}
	return out, nil
}

func readBlocks(blocks []storedBlock) []official.Block {
	var out []official.Block
	for _, b := range blocks {
		switch {
		case b.Heading != nil:
			out = append(out, *b.Heading)
		case b.Paragraph != nil:
			out = append(out, *b.Paragraph)
		case b.Item != nil:
			out = append(out, *b.Item)
		case b.Table != nil:
			out = append(out, *b.Table)
		case b.PageBreak != nil:
			out = append(out, *b.PageBreak)
		}
	}
	return out
}

// encode is Encode at the edge: a text marked secret never comes in.
func encode(d official.Document) ([]byte, error) {
	if level, found := d.SecretMarkIn(); found {
		return nil, fault.Refused("%s", official.SecretError{Level: level}.Error())
	}
	return Encode(d)
}

func contentOf(tx *db.Tx, id db.ID) (official.Document, error) {
	var text string
	if err := tx.Get(&text, "select content from paper where id = ?", id); err != nil {
		return official.Document{}, err
	}
	return Decode([]byte(text))
}
